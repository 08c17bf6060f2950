"""A whole card as text."""

from screens.card_text import card_text
from store.desk import Desk


def test_labels_have_the_room_that_there_is(desk: Desk) -> None:
    values = {"name": "张山", "concerned_with": "own"}
    card = desk.cards.get(desk.cards.create("person", values).id)
    assert "Concerned with whose future" in card_text(card, 110).plain
    assert "Concerned with whose fu…" in card_text(card, 60).plain
