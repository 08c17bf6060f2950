"""What was understood of a line, in short sentences."""

from collections.abc import Iterator, Sequence
from datetime import date, time

from store import labels
from store.calendar_words import weekday
from store.language import _
from store.records.cards import CardRow
from store.records.interactions import InteractionValues
from store.records.todos import TodoValues


def of_contact(
    values: InteractionValues, todos: Sequence[TodoValues], card: CardRow | None
) -> tuple[str, ...]:
    """What a contact line says, for people who are about to press Enter."""
    return tuple(_contact(values, todos, card))


def of_todo(values: TodoValues, card: CardRow | None) -> tuple[str, ...]:
    """What a to-do line says, for people who are about to press Enter."""
    return tuple(_todo(values, card))


def _contact(
    values: InteractionValues, todos: Sequence[TodoValues], card: CardRow | None
) -> Iterator[str]:
    if card is not None:
        yield _card(card)
    if values.method != "other":
        yield labels.method(values.method)
    if values.at is not None:
        yield _("On {day}").format(day=_day(values.at.date()))
    if not values.reached:
        yield _("Not reached: {reason}").format(reason=values.not_reached_reason)
    if values.interest is not None:
        yield _("Interest {level} of 5").format(level=values.interest)
    if values.words:
        yield _("In his own words: {words}").format(words=" ".join(values.words.split()))
    if values.next_on is not None:
        when = _("Next contact {day}").format(day=_day(values.next_on))
        yield _(": ").join(part for part in (when, values.next_purpose) if part)
    for todo in todos:
        said = [todo.title, *_todo(todo, None)]
        yield _("To-do: {todo}").format(todo=" · ".join(said))


def _todo(values: TodoValues, card: CardRow | None) -> Iterator[str]:
    if card is not None:
        yield _card(card)
    if values.side == "theirs":
        yield _("The customer's promise")
    if values.due_on is not None:
        yield _("Due {day}").format(day=_day(values.due_on, values.due_time))
    if values.repeat:
        yield _("Repeats")
    if values.important and values.urgent:
        yield _("Important and urgent")
    elif values.important:
        yield _("Important")
    elif values.urgent:
        yield _("Urgent")
    for tag in values.tags:
        yield f"#{tag}"


def _card(card: CardRow) -> str:
    name = labels.aside(card.name, card.organisation)
    return _("Card: {name}").format(name=name)


def _day(day: date, clock: time | None = None) -> str:
    words = f"{day} {weekday(day.weekday())}"
    return f"{words} {clock:%H:%M}" if clock else words
