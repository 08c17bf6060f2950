"""A home in which nobody ever was, and the real program in it."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from tests.journeys.terminal import Terminal

HOUSE = Path(__file__).parent.parent.parent

TODAY = date(2026, 9, 24)
"""A Thursday; lunar 2026-08-14."""


class Home:
    """A folder that stands for the home of a salesperson.

    Args:
        folder: a folder that is there and empty.
        language: what the program speaks, `zh` or `en`.
        box: the box to work on; None for the one in the home.
        today: the day that the program shows; None for the real one.
    """

    def __init__(
        self,
        folder: Path,
        language: str = "zh",
        box: Path | None = None,
        today: str | None = str(TODAY),
    ) -> None:
        self.folder = folder
        self.options = ["--lang", language]
        if today is not None:
            self.options += ["--today", today]
        if box is not None:
            self.options += ["--database", str(box)]

    def command(self, *arguments: str) -> list[str]:
        """The command line of the program, from the house's own files."""
        return [sys.executable, "-m", "tui.cli", *self.options, *arguments]

    @property
    def environment(self) -> dict[str, str]:
        """The variables that lead into this home; empty ones are to be taken away."""
        names = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "SHUKE_DATABASE")
        return {"HOME": str(self.folder), **dict.fromkeys(names, "")}

    def open(self, *arguments: str, columns: int = 80, lines: int = 24) -> Terminal:
        """Open the program in a terminal, and wait until the first section is there."""
        terminal = Terminal(
            self.command(*arguments),
            columns=columns,
            lines=lines,
            environment=self.environment,
            folder=HOUSE,
        )
        terminal.wait_until(lambda: terminal.screen_text().startswith(" 1 "), 60)
        return terminal

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of the shell forms."""
        variables = {**os.environ, **self.environment, "LANG": "C.UTF-8"}
        return subprocess.run(
            self.command(*arguments),
            env={name: value for name, value in variables.items() if value},
            cwd=HOUSE,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )

    def ask(self, *arguments: str) -> Any:
        """What a reading command says as JSON."""
        ran = self.run(*arguments, "--json")
        assert ran.returncode in (0, 1), ran.stderr
        return json.loads(ran.stdout)
