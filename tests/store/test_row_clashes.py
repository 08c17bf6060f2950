"""Rows that two changed at once: each contradiction is found, and settles as it was chosen."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from store.row_clashes import RowClash, row_clashes, settle
from store.three_way import merged

ids = st.sampled_from(["a", "b", "c", "d"])
words = st.sampled_from(["x", "y", "z"])
rows = st.dictionaries(ids, st.dictionaries(st.sampled_from(["school", "major"]), words))


def listed(by_id: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    return [{"id": row_id, **row} for row_id, row in by_id.items() if row]


def test_what_contradicts_is_named() -> None:
    base = [{"id": "a", "school": "x", "major": "m"}, {"id": "b", "school": "y"}]
    mine = [{"id": "a", "school": "x1", "major": "n"}]
    theirs = [{"id": "a", "school": "x2", "major": "m"}, {"id": "b", "school": "y2"}]
    assert row_clashes(base, mine, theirs) == [
        RowClash("a", "school", mine[0], theirs[0]),
        RowClash("b", "", None, theirs[1]),
    ]
    assert row_clashes(base, mine, base) == row_clashes(None, mine, mine) == []


@given(rows, rows, rows, st.lists(st.sampled_from(["mine", "theirs"]), min_size=20, max_size=20))
def test_whatever_is_chosen_holds(base: Any, mine: Any, theirs: Any, chosen: list[Any]) -> None:
    before, here, there = (listed(each) for each in (base, mine, theirs))
    choices = {}
    for clash in row_clashes(before, here, there):
        side = chosen.pop()
        choices[clash.row, clash.column] = side
        before, here = settle(before, here, clash, side)
    assert row_clashes(before, here, there) == []
    joined = merged(before, here, there)  # no contradiction is left
    assert isinstance(joined, list)
    found = {row["id"]: row for row in joined}
    sides: dict[str, Any] = {"mine": mine, "theirs": theirs}
    for (row_id, column), side in choices.items():
        wanted = sides[side].get(row_id) or {}
        if column:
            assert found[row_id].get(column) == wanted.get(column)
        else:
            assert found.get(row_id, {"id": row_id}) == {"id": row_id, **wanted}
