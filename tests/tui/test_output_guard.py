"""A command whose answer nobody hears ends, whatever it is doing."""

import subprocess
import sys
import time
from pathlib import Path

HOUSE = Path(__file__).parent.parent.parent

BUSY = """
import sys, time
from tui.output_guard import guard_output
guard_output(grace=float(sys.argv[1]))
print("begun", flush=True)
time.sleep(float(sys.argv[2]))
"""


def start(grace: float, busy: float) -> subprocess.Popen[bytes]:
    program = subprocess.Popen(
        [sys.executable, "-c", BUSY, str(grace), str(busy)], stdout=subprocess.PIPE, cwd=HOUSE
    )
    assert program.stdout is not None
    assert program.stdout.readline() == b"begun\n"
    return program


def test_it_ends_when_its_reader_has_gone():
    program = start(grace=0.2, busy=60)
    assert program.stdout is not None
    time.sleep(0.3)
    assert program.poll() is None
    program.stdout.close()
    assert program.wait(10) == 129


def test_what_is_nearly_done_is_finished():
    program = start(grace=30, busy=0.5)
    assert program.stdout is not None
    program.stdout.close()
    assert program.wait(10) != 129
