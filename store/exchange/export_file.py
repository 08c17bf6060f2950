"""A file that appears under its name only when it is whole."""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from store.errors import StorageTrouble, WrongUsage
from store.language import N_
from store.system_words import reason_of

_NOT_WRITTEN = N_("The file {file} cannot be written: {reason}.")
_OWN_FILE = N_("{file} belongs to the card box itself: choose another name.")


_SIDE = re.compile(r"\.sqlite(-\w+)?$|\.unfinished$")
"""How side files of a box end."""


def written(box: Path, path: Path, write: Callable[[BinaryIO], int]) -> int:
    """Write a file beside its place and move it there; gives what `write` gives.

    Args:
        box: the box's file, which is not overwritten, nor what lies beside it for it.

    Raises:
        StorageTrouble: the disk refuses; what was there before is still there.
        WrongUsage: the file is one of the box's own.
    """
    folder = path.parent.resolve()
    beside = folder == box.parent.resolve() and _is_own(box, path.name)
    if beside or box.with_name(f"{box.stem}.files").resolve() in (folder, *folder.parents):
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


def _is_own(box: Path, name: str) -> bool:
    """Whether a file of this name beside the box is, or may become, the box's own.

    That are the box with its log and journal, its side files (`box.drafts.sqlite`, and what is
    kept of a broken one), and the folder of its files. `box.json` is anybody's.
    """
    folded, own, stem = name.casefold(), box.name.casefold(), box.stem.casefold()
    if folded == own or folded.startswith((f"{own}-", f"{own}.")):
        return True
    if folded == f"{stem}.files":
        return True
    return folded.startswith(f"{stem}.") and _SIDE.search(folded.removeprefix(stem)) is not None
