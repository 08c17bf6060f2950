"""What the operating system says against a file, in the language spoken."""

import errno

from store.language import N_, _

REASONS = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.ENOTDIR: N_("there is no such file or folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.EACCES: N_("you may not do that there"),
    errno.EPERM: N_("you may not do that there"),
    errno.EROFS: N_("nothing can be changed there"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk is full"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EIO: N_("the disk reports an error"),
}
"""Message ids by the number of the error."""


def reason_of(error: OSError) -> str:
    """Why a file could not be read or written: a part of a sentence, without a full stop."""
    known = REASONS.get(error.errno) if error.errno is not None else None
    return _(known) if known is not None else str(error.strerror or error)
