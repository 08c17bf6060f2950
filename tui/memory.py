"""When Python looks for garbage: not among what was read at the beginning, which stays."""

import gc

SETTLED = 1.5
"""Seconds after the first frame until what is read at the beginning is there."""


def settle() -> None:
    """Throw away what the beginning left, and keep the rest to the end without looking again.

    Else some key waits for a tenth of a second, while all that Textual is made of is looked
    through; and what is really thrown away is found the later.
    """
    gc.collect()
    gc.freeze()
