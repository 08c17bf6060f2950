"""The filters that were kept for the card list, as another version may have left them."""

from typing import Any

from screens.cards import kept_query
from store.records.cards import CardQuery


def test_filters_come_back_with_the_text_of_now() -> None:
    kept = {"mine": True, "tags": ["老乡"], "not_seen_days": 30, "unheard_of": 7}
    wanted = CardQuery(text="张", mine=True, tags=("老乡",), not_seen_days=30)
    assert kept_query(kept, "张") == wanted


def test_filters_that_are_none_hide_no_cards() -> None:
    wrong: Any
    for wrong in (10**9, "7", [1]):
        assert kept_query({"mine": True, "not_seen_days": wrong}, "张") == CardQuery(text="张")
