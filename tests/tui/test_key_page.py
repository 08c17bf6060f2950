"""The page of keys is what the program does."""

import subprocess
import sys


def test_the_page_of_keys_is_current() -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "bench.key_table", "--check"], check=False, capture_output=True
    )
    assert checked.returncode == 0, "run: python -m bench.key_table"
