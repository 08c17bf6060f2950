"""A to-do as its form edits it (todo.toml), and back."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, time

from store.forms.declaration import Values
from store.records.todos import TodoValues


def todo_as_form(
    values: TodoValues, cards: Mapping[int, str], members: Mapping[str, str]
) -> Values:
    """A to-do by the keys of the form.

    Args:
        cards: what its card is called in the form, by id.
        members: what members are called in the form, by login.
    """
    form: Values = {
        "title": values.title or None,
        "note": values.note,
        "important": values.important,
        "urgent": values.urgent,
        "due_on": values.due_on and values.due_on.isoformat(),
        "due_time": values.due_time and f"{values.due_time:%H:%M}",
        "repeat": values.repeat,
        "card": None if values.card is None else cards[values.card],
        "side": values.side,
        "owner": values.owner and members.get(values.owner, values.owner),
        "tags": list(values.tags) or None,
    }
    return {key: value for key, value in form.items() if value is not None}


def todo_from_form(
    form: Values,
    given: TodoValues,
    today: date,
    cards: Mapping[int, str],
    members: Mapping[str, str],
    find_card: Callable[[str], int],
) -> TodoValues:
    """The to-do that a form says; one that repeats begins on the first day on which it comes.

    Args:
        form: values by key.
        given: the to-do the form was opened with; what did not change stays exactly as it was.
        today: from when a repeat begins that has no day.
        cards: what its card is called in the form, by id.
        members: what members are called in the form, by login.
        find_card: the id of the card that a text means.

    Raises:
        StoreError: what `find_card` raises.
    """
    before = todo_as_form(given, cards, members)
    due_on, due_time = form.get("due_on"), form.get("due_time")
    due = None if due_on is None else date.fromisoformat(due_on)
    repeat = form.get("repeat")
    if repeat is not None and (repeat, due_on) != (before.get("repeat"), before.get("due_on")):
        from store.repeat_words import anchored, first_day

        due = due or first_day(repeat, today)
        repeat = anchored(repeat, due) if due is not None else repeat
    owner, card = form.get("owner"), form.get("card")
    logins = {name: login for login, name in members.items()}
    ids = {label: card_id for card_id, label in cards.items()}
    return replace(
        given,
        title=form.get("title", ""),
        note=form.get("note"),
        important=form.get("important") is True,
        urgent=form.get("urgent") is True,
        due_on=due,
        due_time=None if due_time is None else time.fromisoformat(due_time),
        repeat=repeat,
        card=None if card is None else ids[card] if card in ids else find_card(card),
        side=form.get("side", "ours"),
        owner=None if owner is None else logins.get(owner, owner),
        tags=tuple(form.get("tags", [])),
    )
