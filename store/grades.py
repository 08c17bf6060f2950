"""Grades: value grades worked out from revenue, risks, and how grades changed.

A value grade that a member set by hand is pinned and stays; the others follow from what customers
brought in the last twelve months (`store.revenue`). They are worked out anew for all cards once a
day, by `shuke grade`, after an import, and whenever purchases change: in a box of at most `SMALL`
cards all of them, in a larger one those of the changed cards, by the bounds of the last time.
"""

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

from store import transitions
from store.arguments import Limit, checks_arguments, in_reach
from store.bulk import in_bulk
from store.deeds import GRADE
from store.errors import StoreError
from store.language import N_, listed
from store.models.base import database
from store.models.cards import Card
from store.records.grades import GRADED, Move, Transition
from store.records.rules import Bounds
from store.rows import CHUNK
from store.search import visible_sql
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk

SMALL = 5_000
"""Cards up to which every change of purchases grades all of them anew."""

BOUNDS = "value_bounds"
"""The setting of the box that keeps what was worked out last."""

RISK_KEYS = ("risk_kinds", "risk_reasons", "risk_note")
"""Fields of the form that say why a card is on the risk list."""

GRADED_ANEW = N_("Value grades worked out")

WORKED_OUT = (
    "SELECT id, value_grade FROM card WHERE value_grade IS NOT NULL AND NOT value_pinned "
    "AND trashed_at IS NULL"
)
PINNED = "SELECT id FROM card WHERE value_pinned"

Field = Annotated[str, GRADED]


@explains_trouble
@checks_arguments
class Grades:
    """The grades of the member's cards."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def compute(self) -> dict[str, int]:
        """Work out the value grade of every card; gives how many of his cards have which.

        Anybody may: it follows from what stands on the cards.
        """
        from store.revenue import revenue
        from store.rules import held_rules
        from store.value_grades import graded

        today = self.desk.store.clock.today()
        with (
            in_bulk(),
            self.desk.change(GRADED_ANEW, origin=GRADE, asked=True) as change,
        ):
            grades, bounds = graded(revenue(today), held_rules().value_levels)
            pinned = {card for (card,) in database.execute_sql(PINNED).fetchall()}
            present = dict(database.execute_sql(WORKED_OUT).fetchall())
            changed = {
                card: {"value_grade": grades.get(card)}
                for card in sorted((grades.keys() | present.keys()) - pinned)
                if grades.get(card) != present.get(card)
            }
            change.follow(Card, changed)
            _keep(self.desk, Bounds(today, bounds))
        return self.counts()

    def compute_daily(self) -> bool:
        """Work the value grades out if that was not done today; whether it was done now."""
        held = _bounds()
        if held is not None and held.day == self.desk.store.clock.today():
            return False
        self.compute()
        return True

    def counts(self) -> dict[str, int]:
        """How many of the cards that he sees have which value grade, the best first."""
        sql = "SELECT value_grade, count(*) FROM card WHERE value_grade IS NOT NULL "
        sql += "AND trashed_at IS NULL"
        visible = visible_sql(self.desk)
        if visible is not None:
            sql += f" AND {visible[0]}"
        parameters = [] if visible is None else visible[1]
        found = database.execute_sql(f"{sql} GROUP BY value_grade ORDER BY 1", parameters)
        return dict(found.fetchall())

    def risks(self, card_ids: Sequence[int]) -> dict[int, str]:
        """Why cards are on the risk list, in words, of those that he sees whole."""
        from store.forms.declaration import load_form
        from store.json_text import read_json
        from store.standing import masked_among

        masked = {key: masked_among(self.desk, key, card_ids) for key in RISK_KEYS}
        visible = visible_sql(self.desk)
        condition, parameters = ("1", []) if visible is None else visible
        found: dict[int, str] = {}
        for start in range(0, len(card_ids), CHUNK):
            part = list(card_ids[start : start + CHUNK])
            marks = ",".join([database.param] * len(part))
            cursor = database.execute_sql(
                f"SELECT card.id, card.kind, card.profile FROM card WHERE card.id IN ({marks}) "
                f"AND card.risk AND {condition}",
                [*part, *parameters],
            )
            for card_id, kind, text in cursor.fetchall():
                form, profile = load_form(kind), read_json(text)
                said = [
                    " ".join(form.field(key).show(profile[key]).split())
                    for key in RISK_KEYS
                    if key in form
                    and profile.get(key) not in (None, "", [])
                    and card_id not in masked[key]
                ]
                found[card_id] = listed(said)
        return found

    def transitions(self, card_id: int, limit: Limit = 100) -> list[Transition]:
        """How the grades and the owner of a card changed, the newest first.

        Raises:
            NotFound: he does not see the whole of the card.
        """
        return transitions.of_card(self.desk, card_id, limit)

    def changed(
        self,
        since: datetime,
        until: datetime,
        field: Field | None = None,
        before: str | None = None,
        after: str | None = None,
    ) -> list[Transition]:
        """The changes of a time on the cards that he sees, that nobody took back, in their order.

        Args:
            since: the first moment.
            until: the first moment after it.
            field: the only one that is asked for.
            before: the value that it had, as it is kept; of an owner his name; "" for none.
            after: the value that it got.

        Raises:
            BadValue: a moment lies out of reach.
        """
        in_reach(since.date(), "since")
        in_reach(until.date(), "until")
        return transitions.within(self.desk, since, until, field, before, after)

    def moves(self, since: datetime, until: datetime, field: Field | None = None) -> list[Move]:
        """How many cards went from what to what in a time: targets that turned likely, say.

        Args:
            since: as `changed` takes it, with the further ones.
        """
        return transitions.counted(self.changed(since, until, field))


def follow_purchases(desk: "Desk", card_ids: Iterable[int]) -> None:
    """Grade anew after the purchases of cards changed.

    What was saved stays whatever becomes of this: the next time mends it.
    """
    if desk.store.grades_later:
        return
    with suppress(StoreError):
        held = _bounds()
        newest = database.execute_sql("SELECT max(id) FROM card").fetchone()[0] or 0
        if held is None or newest <= SMALL:
            desk.grades.compute()
        else:
            _grade_by(desk, held, sorted(set(card_ids)))


def _grade_by(desk: "Desk", held: Bounds, card_ids: list[int]) -> None:
    """Give a few cards the grades that they have by the bounds of the last time."""
    from store.revenue import revenue
    from store.rules import held_rules
    from store.value_grades import grade_by

    amounts = revenue(desk.store.clock.today(), card_ids)
    levels = held_rules().value_levels
    with desk.change(GRADED_ANEW, origin=GRADE, asked=True) as change:
        change.follow(
            Card,
            {
                card: {"value_grade": grade_by(held.bounds, amounts.get(card, 0), levels)}
                for card in _unpinned(card_ids)
            },
        )


def _unpinned(card_ids: list[int]) -> list[int]:
    found: list[int] = []
    for start in range(0, len(card_ids), CHUNK):
        part = card_ids[start : start + CHUNK]
        marks = ",".join([database.param] * len(part))
        sql = f"SELECT id FROM card WHERE id IN ({marks}) AND NOT value_pinned"
        found += [card for (card,) in database.execute_sql(sql, part).fetchall()]
    return found


def _bounds() -> Bounds | None:
    """What was worked out last; None where nothing was, or it is damaged."""
    sql = "SELECT value FROM setting WHERE member_id IS NULL AND key = ?"
    row = database.execute_sql(sql, [BOUNDS]).fetchone()
    try:
        held: Any = json.loads(row[0]) if row else {}
        bounds = tuple((str(grade), int(least)) for grade, least in held["bounds"])
        return Bounds(date.fromisoformat(held["day"]), bounds)
    except (KeyError, TypeError, ValueError):
        return None


def _keep(desk: "Desk", bounds: Bounds) -> None:
    if bounds != _bounds():
        value = {"day": bounds.day.isoformat(), "bounds": [list(one) for one in bounds.bounds]}
        desk.settings._write(None, BOUNDS, value)
