"""Counts the steps of a long piece of work for a progress bar."""

from collections.abc import Callable


class Steps:
    """Called with the number of steps just done; tells how many are done, and of how many.

    The last step is told by `finish` only, when everything is written.
    """

    def __init__(self, progress: Callable[[int, int], None] | None, total: int) -> None:
        self.progress = progress
        self.total = total + 1
        self.done = 0

    def __call__(self, count: int) -> None:
        """So many steps more are done."""
        self.done = min(self.done + count, self.total - 1)
        self._tell()

    def finish(self) -> None:
        """Everything is done."""
        self.done = self.total
        self._tell()

    def _tell(self) -> None:
        if self.progress is not None:
            self.progress(self.done, self.total)
