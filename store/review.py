"""When a card falls due for revision (domain.md section 1.5).

A card is looked through again so many months after it was last changed: two, or one for key cards
and those of the risk list (`store.records.rules`). A later day that a member chose holds until the
card is changed on that day or after it.
"""

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple

from store.clock import Clock
from store.later_days import later
from store.models.base import database
from store.records.rules import Rules


class Periods(NamedTuple):
    """Months between two revisions."""

    usual: int = 2
    key: int = 1
    """Of key cards and those of the risk list."""


def periods(rules: Rules | None = None) -> Periods:
    """The periods of the team's rules; of those that hold in the box where none are given."""
    from store.rules import held_rules

    held = rules or held_rules()
    return Periods(held.review_months, held.review_months_key)


USUAL = Periods()


@lru_cache(maxsize=256)
def review_due(
    updated: date, is_key: bool, months: Periods = USUAL, chosen: date | None = None
) -> date:
    """The day on which a card falls due.

    Args:
        updated: the local day on which it was last changed.
        is_key: whether it is a key card, or one of the risk list.
        months: the team's periods.
        chosen: the day that a member chose.
    """
    if chosen is not None and chosen > updated:
        return chosen
    return later(updated, months.key if is_key else months.usual)


def is_key(importance: str | None, risk: object) -> bool:
    """Whether a card is reviewed more often than others."""
    return importance == "key" or bool(risk)


def follow(clock: Clock, rules: Rules) -> None:
    """Work out anew when every card falls due, after the rules have changed."""
    months = periods(rules)
    cursor = database.execute_sql(
        "SELECT updated_at, importance, risk, review_on, review_due_on, id FROM card"
    )
    changed = []
    for updated, importance, risk, chosen, present, card_id in cursor.fetchall():
        day = clock.local(datetime.fromisoformat(updated).replace(tzinfo=UTC)).date()
        on = date.fromisoformat(chosen) if chosen else None
        due = review_due(day, is_key(importance, risk), months, on).isoformat()
        if due != present:
            changed.append((due, card_id))
    database.cursor().executemany("UPDATE card SET review_due_on=? WHERE id=?", changed)
