"""The memory of a session, of which a server holds fifty: what is kept, when garbage goes."""

import gc

SETTLED = 1.5
"""Seconds after the first frame until what is read at the beginning is there."""

M_ARENA_MAX = -8
"""glibc's `mallopt` parameter: how many heaps a process keeps (malloc.h)."""


def keep_one_heap() -> None:
    """Let all threads of the process share one heap: each of their own would keep a few MB.

    Where the C library knows no such thing, all stays as it is.
    """
    import ctypes

    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_ARENA_MAX, 1)


def settle() -> None:
    """Throw away what the beginning left, and keep the rest to the end without looking again.

    Else some key waits for a tenth of a second, while all that Textual is made of is looked
    through; and what is really thrown away is found the later.
    """
    gc.collect()
    gc.freeze()
