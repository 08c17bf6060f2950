"""Counts the steps of a long piece of work for a progress bar."""

from collections.abc import Callable


class Steps:
    """Called with the number of steps just done; tells how many are done, and of how many."""

    def __init__(self, progress: Callable[[int, int], None], total: int) -> None:
        self.progress = progress
        self.total = total
        self.done = 0

    def __call__(self, count: int) -> None:
        """So many steps more are done; what goes beyond the total is not told."""
        self.done = min(self.done + count, self.total)
        self.progress(self.done, self.total)
