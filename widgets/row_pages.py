"""The rows of a list as far as they are known: pages that come from outside and are forgotten."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

PAGE = 50
"""Rows in a page."""

PAGES_KEPT = 40
"""Pages that are remembered; the ones not looked at for longest are forgotten."""

LOOK_AHEAD = PAGE // 2
"""How many rows beyond those on screen are asked for before they come into sight."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list."""

    key: str
    """What names the row to the owner; no two rows of a list have the same."""
    cells: tuple[str | Content, ...]
    """What stands in the columns; a `str` is shown as it is, never read as markup."""
    tone: str = ""
    """One of `row_list.TONES`, or "" for the plain one."""


class RowPages:
    """Pages by number, each with the edition of the source that it came from.

    Pages of an earlier edition are good to look at until newer ones come, so that nothing
    flickers, but not to act on.
    """

    def __init__(self) -> None:
        self.count = 0
        """How many rows the source has, known or not."""
        self.edition = 0
        """Goes up with every `begin`."""
        self._trusted = 0
        self._pages: OrderedDict[int, tuple[int, tuple[Row, ...]]] = OrderedDict()
        self._asked: set[int] = set()
        self._kept = PAGES_KEPT

    @property
    def waiting(self) -> bool:
        """Whether pages were asked for that have not come."""
        return bool(self._asked)

    def begin(self, count: int, *, same: bool, kept: int = PAGES_KEPT) -> None:
        """Begin another edition of `count` rows.

        Args:
            count: how many rows the source has now.
            same: whether it is the same list after a change, so that its rows may be acted on.
            kept: how many pages to remember, where they cannot be asked for again.
        """
        self.count = count
        self.edition += 1
        self._kept = max(kept, PAGES_KEPT)
        if not same:
            self._trusted = self.edition
        self._asked.clear()

    def put(self, page: int, rows: Sequence[Row]) -> None:
        """Remember a page of the present edition."""
        self._asked.discard(page)
        self._pages[page] = (self.edition, tuple(rows))
        self._pages.move_to_end(page)
        while len(self._pages) > self._kept:
            self._pages.popitem(last=False)

    def shown(self, index: int) -> Row | None:
        """The row to paint at an index, perhaps of an earlier edition; None where unknown."""
        return self._find(index, 0)

    def row(self, index: int) -> Row | None:
        """The row to act on at an index; None where it is unknown, or another list's."""
        return self._find(index, self._trusted)

    def _find(self, index: int, oldest: int) -> Row | None:
        if not 0 <= index < self.count:
            return None
        number, place = divmod(index, PAGE)
        edition, rows = self._pages.get(number, (-1, ()))
        return rows[place] if edition >= oldest and place < len(rows) else None

    def replace(self, row: Row) -> int | None:
        """Put a row in the place of the one with its key.

        Returns:
            The index that has to be painted anew; None where the row is unknown or unchanged.
        """
        for number, (edition, rows) in self._pages.items():
            for place, old in enumerate(rows):
                if old.key == row.key:
                    if old == row:
                        return None
                    self._pages[number] = (edition, (*rows[:place], row, *rows[place + 1 :]))
                    return number * PAGE + place
        return None

    def wanted(self, first: int, last: int) -> list[int]:
        """The pages to ask for now that rows `first` to `last` are on screen, those first.

        What is returned counts as asked for.
        """
        if not self.count:
            return []
        highest = (self.count - 1) // PAGE
        seen = range(max(0, first) // PAGE, min(max(0, last) // PAGE, highest) + 1)
        around = range(
            max(0, first - LOOK_AHEAD) // PAGE, min((last + LOOK_AHEAD) // PAGE, highest) + 1
        )
        pages = [page for page in (*seen, *around) if not self._has(page)]
        self._asked.update(pages)
        return list(dict.fromkeys(pages))

    def _has(self, page: int) -> bool:
        if page in self._asked:
            return True
        if page not in self._pages:
            return False
        self._pages.move_to_end(page)
        return self._pages[page][0] == self.edition
