"""`-` for a file: bytes from standard input, bytes to standard output."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from store.errors import StorageTrouble, WrongUsage
from store.language import N_, _

DASH = "-"
"""What stands for standard input or output where a file is asked for."""

NOT_TO_A_TERMINAL = N_("These are bytes, not text: send them to a file with -o FILE or > FILE.")


def binary_output(text: bool = False) -> BinaryIO:
    """Standard output for bytes.

    Args:
        text: the bytes are text that a terminal can show.

    Raises:
        WrongUsage: it is a terminal, and the bytes are no text.
    """
    if sys.stdout.isatty() and not text:
        raise WrongUsage(NOT_TO_A_TERMINAL)
    sys.stdout.flush()
    return sys.stdout.buffer


@contextmanager
def input_as_file(name: str) -> Iterator[Path]:
    """The file of this name; for `-` a file with what standard input gives, while it is used.

    Raises:
        StorageTrouble: as its use does; what is said of the file is said of standard input.
    """
    if name != DASH:
        yield Path(name).expanduser()
        return
    with TemporaryDirectory(prefix="shuke-") as folder:
        file = Path(folder, "standard-input")
        with file.open("wb") as copy:
            shutil.copyfileobj(sys.stdin.buffer, copy)
        try:
            yield file
        except StorageTrouble as error:
            if error.values.get("file") == file:
                error.values["file"] = shown(name)
            raise


def shown(name: str) -> str:
    """What a file of this name is called in a sentence."""
    return _("standard input") if name == DASH else name
