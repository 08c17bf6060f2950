"""What is read at the beginning is not looked through for garbage again; what comes later is."""

import subprocess
import sys

SCRIPT = """
import gc, weakref
from tui import memory

class Screen:
    pass

def garbage():
    screen = Screen()
    screen.child = [screen]
    return weakref.ref(screen)

gc.disable()
before = garbage()
memory.settle()
assert before() is None
assert gc.get_freeze_count() > 1000
later = garbage()
assert later() is not None
gc.collect()
assert later() is None
"""


def test_garbage_is_thrown_away_and_the_rest_is_left_alone() -> None:
    subprocess.run([sys.executable, "-c", SCRIPT], check=True)
