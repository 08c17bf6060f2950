"""Where the box is that is meant, and whether one may be begun there.

A path that was named is a promise that a box is there: where it is not, the path is more likely
mistyped than a box wanted. At the usual place the first card makes the box without a word.
"""

from pathlib import Path

from store.errors import NotFound, StorageTrouble
from store.language import N_
from store.system_words import reason_of

NO_BOX = N_("There is no card box {file} yet; `shuke` makes one.")
NO_BOX_THERE = N_(
    "There is no card box {file}: is the path right? `shuke --database {file}` begins one there."
)
NO_FOLDER = N_("There is no folder {folder}: is the path right?")
A_FOLDER = N_("{file} is a folder, not a card box.")
UNREACHABLE = N_("{file} cannot be reached: {reason}.")
BEGUN = N_("A new card box was begun: {file}.")
BEGIN = N_("There is no card box {file}. Begin a new one there? [y/N]")


def check_place(file: Path, named: bool, begins: bool) -> bool:
    """Whether a box must be begun in this file, which may then be done.

    Args:
        named: the file was named, on the command line or in the configuration.
        begins: what is to be done makes sense with an empty box.

    Raises:
        NotFound: there is no box, and none is to be begun.
        StorageTrouble: it is a folder, in a folder that is not there, or out of reach.
    """
    try:
        if file.is_dir():
            raise StorageTrouble(A_FOLDER, file=file)
        if file.exists():
            return False
        if named and not file.parent.is_dir():
            raise StorageTrouble(NO_FOLDER, folder=file.parent)
    except OSError as error:
        raise StorageTrouble(UNREACHABLE, file=file, reason=reason_of(error)) from error
    if not begins:
        raise NotFound(NO_BOX_THERE if named else NO_BOX, file=file)
    return True
