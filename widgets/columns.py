"""The columns of a list, and how they share the cells of a line."""

from collections.abc import Sequence
from dataclasses import dataclass

from widgets.cells import Align


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a row list."""

    key: str
    """What names the column to the owner of the list, when it asks for another sorting."""
    title: str
    """The heading: a message id, translated where it is shown."""
    width: int
    """The cells it would like."""
    least: int = 0
    """The cells below which it goes away; 0 where it is never narrower than `width`."""
    share: int = 0
    """Its part of the cells that are left over, against the shares of the others; 0 takes none."""
    align: Align = "left"
    """The side on which its texts stand; numbers stand on the right."""
    sortable: bool = True
    """Whether a click on the heading asks for a sorting by it."""


def lay_out(columns: Sequence[Column], available: int, gap: int = 1) -> list[int]:
    """The width of each column in `available` cells, with `gap` cells between them.

    Where room is short, columns that can do with less give it up, in proportion; where even that
    does not do, the last ones go away (width 0). The first column stays, whatever is left.
    """
    shown = list(range(len(columns)))

    def least_of(index: int) -> int:
        column = columns[index]
        return min(column.least, column.width) or column.width

    def room_for(indexes: Sequence[int]) -> int:
        return available - gap * (len(indexes) - 1) if indexes else available

    while len(shown) > 1 and sum(map(least_of, shown)) > room_for(shown):
        shown.pop()
    widths = [0] * len(columns)
    for index in shown:
        widths[index] = columns[index].width
    spare = room_for(shown) - sum(widths)
    if spare >= 0:
        weights = [columns[index].share for index in shown]
    else:
        weights = [columns[index].width - least_of(index) for index in shown]
    for index, part in zip(shown, _split(spare, weights), strict=True):
        widths[index] += part
    if shown and sum(widths) > room_for(shown):
        widths[shown[0]] = max(0, room_for(shown))
    return widths


def _split(cells: int, weights: Sequence[int]) -> list[int]:
    """Parts of `cells` (which may be negative) by weight, that add up to it exactly."""
    total = sum(weights)
    if not total:
        return [0] * len(weights)
    parts: list[int] = []
    seen = given = 0
    for weight in weights:
        seen += weight
        upto = round(cells * seen / total)
        parts.append(upto - given)
        given = upto
    return parts
