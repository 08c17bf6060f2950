"""A file that appears under its name only when it is whole."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from store.errors import StorageTrouble, WrongUsage
from store.language import N_
from store.system_words import reason_of

_NOT_WRITTEN = N_("The file {file} cannot be written: {reason}.")
_OWN_FILE = N_("{file} belongs to the card box itself: choose another name.")


def written(box: Path, path: Path, write: Callable[[BinaryIO], int]) -> int:
    """Write a file beside its place and move it there; gives what `write` gives.

    Args:
        box: the box's file, which is not overwritten, nor what lies beside it for it.

    Raises:
        StorageTrouble: the disk refuses; what was there before is still there.
        WrongUsage: the file is one of the box's own.
    """
    same_folder = path.parent.resolve() == box.parent.resolve()
    if same_folder and (path.name == box.name or path.name.startswith(f"{box.name}-")):
        raise WrongUsage(_OWN_FILE, file=path)
    if same_folder and path.name.startswith(f"{box.stem}."):
        raise WrongUsage(_OWN_FILE, file=path)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.unfinished")
    try:
        with unfinished.open("wb") as stream:
            count = write(stream)
        unfinished.replace(path)
    except OSError as error:
        raise StorageTrouble(_NOT_WRITTEN, file=path, reason=reason_of(error)) from error
    finally:
        with suppress(OSError):
            unfinished.unlink()
    return count
