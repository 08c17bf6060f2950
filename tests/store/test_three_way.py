"""Lists that two people changed at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.three_way import Contradiction, merge_lists, merged


def phones(*values: str) -> list[dict[str, str]]:
    """Phones written as `139`, or `139 home` with a label."""
    return [
        {"value": value, "label": label}
        for value, _blank, label in (each.partition(" ") for each in values)
    ]


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "both"),
    [
        (["1"], ["1", "2"], ["1", "3"], ["1", "3", "2"]),
        ([], ["2"], ["3"], ["3", "2"]),
        ([], ["2 home"], ["2"], ["2 home"]),
        (["1"], ["2"], ["1", "3"], ["2", "3"]),
        (["1", "2"], ["2"], ["1", "2", "3"], ["2", "3"]),
        (["1", "2"], ["1"], ["2"], []),
        (["1", "2"], ["1 home", "2"], ["1", "2 work"], ["1 home", "2 work"]),
        (["1"], ["1 home"], ["4"], ["4 home"]),
        (["1", "2"], ["2", "1"], ["1", "2", "3"], ["2", "1", "3"]),
        (["1", "2"], ["1", "2", "3"], ["2", "1"], ["2", "1", "3"]),
        (["1"], ["0", "1"], ["1", "2"], ["1", "2", "0"]),
        (["1"], ["2"], ["2"], ["2"]),
        (["1"], [], ["1", "2"], ["2"]),
    ],
)
def test_what_both_did_is_kept(
    base: list[str], mine: list[str], theirs: list[str], both: list[str]
) -> None:
    assert merge_lists(phones(*base), phones(*mine), phones(*theirs)) == phones(*both)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "as_mine", "as_theirs"),
    [
        (["1"], ["2"], ["3"], ["2"], ["3"]),
        (["1"], [], ["3"], [], ["3"]),
        (["1"], ["1 home"], ["1 work"], ["1 home"], ["1 work"]),
        ([], ["1 home"], ["1 work"], ["1 home"], ["1 work"]),
        (["1", "2"], ["3", "2"], ["4", "2", "5"], ["3", "2", "5"], ["4", "2", "5"]),
    ],
)
def test_the_same_entry_is_asked_about(
    base: list[str], mine: list[str], theirs: list[str], as_mine: list[str], as_theirs: list[str]
) -> None:
    """Whoever is preferred, what the other did elsewhere in the list stays."""
    three = phones(*base), phones(*mine), phones(*theirs)
    with pytest.raises(Contradiction):
        merge_lists(*three)
    assert merge_lists(*three, "mine") == phones(*as_mine)
    assert merge_lists(*three, "theirs") == phones(*as_theirs)


def test_words_and_single_values() -> None:
    assert merged(["a", "b"], ["b", "c"], ["a", "b", "d"]) == ["b", "d", "c"]
    assert merged(("a",), ("a", "b"), ("a", "c")) == ("a", "c", "b")
    assert merged(None, ["a"], ["b"]) == ["b", "a"]
    assert merged(["a"], None, ["a", "b"]) == ["b"]
    assert merged("x", "y", "x") == "y"
    assert merged("x", "x", "y") == "y"
    assert merged("x", "y", "y") == "y"
    with pytest.raises(Contradiction):
        merged("x", "y", "z")
    assert merged("x", "y", "z", "theirs") == "z"


words = st.lists(st.sampled_from("abcdef"), unique=True)


@given(base=words, mine=words, theirs=words)
def test_of_words_nothing_added_is_lost_and_nothing_removed_stays(
    base: list[str], mine: list[str], theirs: list[str]
) -> None:
    both = merge_lists(base, mine, theirs)
    assert len(both) == len(set(both))
    kept = {word for word in base if word in mine and word in theirs}
    assert set(both) == kept | (set(mine) - set(base)) | (set(theirs) - set(base))


entries = st.lists(
    st.builds(
        lambda value, label: {"value": value, "label": label},
        st.sampled_from("1234"),
        st.sampled_from(["", "home"]),
    ),
    unique_by=lambda entry: entry["value"],
)


@given(base=entries, mine=entries, theirs=entries)
def test_of_phones_no_number_that_was_typed_is_lost(
    base: list[dict[str, str]], mine: list[dict[str, str]], theirs: list[dict[str, str]]
) -> None:
    try:
        both = merge_lists(base, mine, theirs)
    except Contradiction:
        return
    values = [entry["value"] for entry in both]
    assert len(values) == len(set(values))
    typed = {entry["value"] for side in (mine, theirs) for entry in side}
    assert typed - {entry["value"] for entry in base} <= set(values)


def test_one_number_that_both_put_in_place_of_different_ones_stands_once() -> None:
    base, mine, theirs = (
        [{"value": value, "label": ""} for value in side] for side in ("31", "32", "21")
    )
    assert [entry["value"] for entry in merge_lists(base, mine, theirs)] == ["2"]


def test_rows_that_are_new_on_both_sides_all_stay() -> None:
    mine = [{"school": "浙大"}, {"school": "清华", "from": "1990"}, {"school": "复旦"}]
    theirs = [{"school": "复旦"}, {"school": "北大"}]
    assert merge_lists([], mine, theirs) == [*theirs, *mine[:2]]


@given(base=entries, mine=entries)
def test_a_change_of_one_side_alone_is_taken_as_it_is(
    base: list[dict[str, str]], mine: list[dict[str, str]]
) -> None:
    assert merged(base, mine, base) == mine
    assert merged(base, base, mine) == mine
