"""Everything that must hold, in one word: lint, format, types, import contracts, tests.

python tests/all.py            what every change must pass (under five minutes)
python tests/all.py --slow     the tests marked slow as well
python tests/all.py --only-slow
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
SOURCES = ("tui", "store", "screens", "widgets", "tests", "bench")

PYTHON = (sys.executable, "-m")
CHECKS: tuple[tuple[str, ...], ...] = (
    (*PYTHON, "ruff", "check", *SOURCES),
    (*PYTHON, "ruff", "format", "--check", *SOURCES),
    (*PYTHON, "mypy"),
    (sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"),
)
TESTS = (*PYTHON, "pytest", "-q", "-n", "auto", "--dist", "worksteal")
SLOW = (*PYTHON, "pytest", "-q", "-n", "auto", "--dist", "worksteal", "-m", "slow")


def run(command: Sequence[str]) -> bool:
    """Run one check in the house; True when it passes."""
    shown = " ".join(command).replace(sys.executable, "python")
    print(f"$ {shown}", flush=True)
    return subprocess.run(command, cwd=HOUSE, check=False).returncode == 0


def main() -> int:
    """Run the checks; 0 when all of them pass."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slow", action="store_true", help="the slow tests as well")
    parser.add_argument("--only-slow", action="store_true", help="nothing but the slow tests")
    wanted = parser.parse_args()
    commands: list[Sequence[str]] = [] if wanted.only_slow else [*CHECKS]
    if wanted.slow or wanted.only_slow:
        commands.append(SLOW)
    if not wanted.only_slow:
        commands.append(TESTS)
    failed = [command for command in commands if not run(command)]
    for command in failed:
        print("failed:", " ".join(command).replace(sys.executable, "python"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
