"""Root works as the account that a box belongs to.

What root made beside a box, a backup or the words that are not saved, its account could not open
any more: the members would stand before a locked door.
"""

import os
import sys
from pathlib import Path

from store.errors import NotAllowed
from store.language import N_

PROGRAM_OUT_OF_REACH = N_(
    "{file} belongs to the account {account}, which cannot read this program: install it where "
    "everybody can, or work as that account."
)


def become_owner(file: Path) -> None:
    """Go on as whoever owns the box, or the folder in which one would begin; root alone can.

    Raises:
        NotAllowed: the owner cannot read this program.
    """
    if sys.platform == "win32" or os.geteuid() != 0:
        return
    owner = next((user for user in map(_owner, (file, file.parent)) if user), 0)
    if not owner:
        return
    import pwd

    try:
        account = pwd.getpwuid(owner)
    except KeyError:  # a folder from outside of a container, whose numbers mean nothing here
        return
    program = [__file__, *(place for place in sys.path if place and Path(place).exists())]
    os.initgroups(account.pw_name, account.pw_gid)
    os.setegid(account.pw_gid)
    os.seteuid(owner)
    readable = all(os.access(place, os.R_OK, effective_ids=True) for place in program)
    os.seteuid(0)
    if not readable:
        raise NotAllowed(PROGRAM_OUT_OF_REACH, file=file, account=account.pw_name)
    os.setgid(account.pw_gid)
    os.setuid(owner)
    os.environ["HOME"] = account.pw_dir
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        os.environ.pop(variable, None)


def _owner(place: Path) -> int:
    """The number of the user who owns a file or folder; 0, root, where it is not there."""
    try:
        return place.stat().st_uid
    except OSError:
        return 0
