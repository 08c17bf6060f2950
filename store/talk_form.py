"""A talk as its form edits it (interaction.toml), and back."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from store.clock import Clock
from store.forms.declaration import Values
from store.records.interactions import InteractionValues

NOON = time(12)
"""When a talk took place of which only the day is told."""

SAME = (
    *("method", "length", "place", "topic", "purpose", "reached", "not_reached_reason"),
    *("minutes", "words", "mood", "insight", "feedback_kind", "feedback", "agreed", "services"),
    *("cost", "gifts", "verdict", "next_method", "next_purpose"),
)
"""Values that the form has under the same key and in the same shape."""


def talk_as_form(values: InteractionValues, clock: Clock, labels: Mapping[int, str]) -> Values:
    """A talk by the keys of the form.

    Args:
        labels: what the further cards are called in the form, by id.
    """
    form: Values = {key: getattr(values, key) for key in SAME}
    if values.at is not None:
        local = clock.local(values.at)
        form["day"], form["time"] = f"{local:%Y-%m-%d}", f"{local:%H:%M}"
    form["interest"] = None if values.interest is None else str(values.interest)
    form["next_on"] = values.next_on and values.next_on.isoformat()
    form["others"] = [labels[card] for card in values.others] or None
    return {key: value for key, value in form.items() if value is not None}


def talk_from_form(
    form: Values,
    given: InteractionValues,
    clock: Clock,
    labels: Mapping[int, str],
    find_card: Callable[[str], int],
) -> InteractionValues:
    """The talk that a form says.

    Args:
        form: values by key.
        given: the talk the form was opened with; what did not change stays exactly as it was.
        labels: what its further cards are called in the form, by id.
        find_card: the id of the card that a text means.

    Raises:
        StoreError: what `find_card` raises.
    """
    before = talk_as_form(given, clock, labels)
    same: dict[str, Any] = {key: form.get(key) for key in SAME}
    same["method"] = same["method"] or "other"
    same["reached"] = same["reached"] is not False
    interest, next_on = form.get("interest"), form.get("next_on")
    if (form.get("day"), form.get("time")) == (before.get("day"), before.get("time")):
        at = given.at
    else:
        at = _moment(form.get("day"), form.get("time"), clock)
    known = {label: card for card, label in labels.items()}
    others = [known[text] if text in known else find_card(text) for text in form.get("others", [])]
    return replace(
        given,
        **same,
        at=at,
        interest=None if interest is None else int(interest),
        next_on=None if next_on is None else date.fromisoformat(next_on),
        others=tuple(dict.fromkeys(others)),
    )


def _moment(day: str | None, clock_time: str | None, clock: Clock) -> datetime | None:
    """The moment of the talk; None for now."""
    today = clock.today()
    on = today if day is None else date.fromisoformat(day)
    if clock_time is None and on == today:
        return None
    at = NOON if clock_time is None else time.fromisoformat(clock_time)
    return datetime.combine(on, at, clock.zone)
