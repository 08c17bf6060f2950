"""What happened to a card, in the words that its form has."""

from datetime import date

from screens.history_text import history_text
from store.clock import Clock
from store.desk import Desk


def told(desk: Desk, card: int, clock: Clock) -> list[str]:
    """The lines of a person's history, without the indent."""
    text = history_text(desk.trail.history(card), "person", clock).plain
    return [line.strip() for line in text.splitlines()]


def test_contacts_and_dates_bear_the_names_of_their_fields(desk: Desk, clock: Clock) -> None:
    card = desk.cards.create(
        "person",
        {
            "name": "张三",
            "mobile": [{"value": "13911112345", "label": "家"}],
            "birth_lunar": "lunar:1982-04L-10",
        },
    )
    desk.cards.save(card.id, card.values, {**card.values, "birth_lunar": "lunar:1982-04L-11"})
    lines = told(desk, card.id, clock)
    assert (
        "Lunar birthday  lunar leap 4th month, day 10, 1982 -> lunar leap 4th month, day 11, 1982"
        in lines
    )
    assert "Mobile  13911112345 (家)" in lines
    assert "Lunar birthday  lunar leap 4th month, day 10, 1982" in lines


def test_what_was_blanked_and_what_is_new(desk: Desk, clock: Clock) -> None:
    card = desk.cards.create("person", {"name": "张三", "organisation": "恒通", "title": "经理"})
    desk.cards.save(card.id, card.values, {"name": "张三丰", "title": ""} | {"city": "深圳"})
    lines = told(desk, card.id, clock)
    assert "Name  张三 -> 张三丰" in lines
    assert "City  深圳" in lines
    assert "Employment  恒通 经理" in lines
    assert not any(line.endswith("-> ") or "None" in line for line in lines)


def test_talks_and_todos_are_told_in_short(desk: Desk, clock: Clock) -> None:
    card = desk.cards.create("person", {"name": "张三"}).id
    desk.interactions.log_line("电话 聊了报价 *4 +送样品 @明天", card)
    lines = told(desk, card, clock)
    assert "Talk  phone 聊了报价" in lines
    assert "To-do  送样品" in lines
    assert clock.today() == date(2026, 9, 24)


def test_what_was_done_again_is_not_called_undone(desk: Desk, clock: Clock) -> None:
    card = desk.cards.create("person", {"name": "张三"})
    desk.cards.save(card.id, card.values, {**card.values, "nickname": "三哥"})
    desk.trail.undo()
    desk.trail.redo()
    heads = [line for line in told(desk, card.id, clock) if "Card changed" in line]
    assert [line.rpartition("  ")[2] for line in heads] == [
        *("Card changed (done again)", "Card changed (undone)", "Card changed")
    ]
