"""The pile 未分类: forgotten cards, taken up one by one at quiet moments (domain.md section 1.1).

In it lie cards that nobody classified, whose revision is overdue, whose customer nobody met for
long though nothing is planned, and those that were put off to a day that has come. Every decision
puts a card off: to a chosen day, or until its revision falls due.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

from store.arguments import Limit, checks_arguments, in_reach
from store.errors import BadValue
from store.language import N_
from store.later_days import later
from store.models.base import database
from store.records.card_list import LIFECYCLES, LIKELIHOODS
from store.records.pile import REASONS, PileCard
from store.review import is_key, periods
from store.rights import Refused, Right, condition
from store.rules import held_rules
from store.search import expression_sql
from store.standing import whole_record
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk
    from store.recorder import Recorder

PLACE = "pile.ahead"
"""The member's setting that keeps where he stopped."""

KEPT_AHEAD = 30
"""Cards ahead that are remembered: the first of them that still lies there is where he goes on."""

MOST_COUNTED = 1000
"""Cards up to which the pile is counted."""

CARD_GRADED = N_("Card classified")
CARD_KEPT = N_("Card looked at and kept as it is")
CARD_PUT_OFF = N_("Card put off")

TOO_EARLY = N_("A card is put off to a day that is still to come.")

OPEN = ("prospect", "target", "likely")
"""Lifecycles of customers that the likelihood is meant for."""

WANTS = {
    "put_off": "card.put_off_until IS NOT NULL",
    "review": "card.review_due_on <= :today",
    "unclassified": "(card.likelihood = 'unclassified' AND card.lifecycle IN "
    "('prospect', 'target', 'likely'))",
    "unseen": "(coalesce(card.last_contact_at, card.created_at) < :long_ago "
    "AND card.lifecycle <> 'former' AND (card.next_on IS NULL OR card.next_on < :today))",
}
"""SQL of each reason; a card that is put off to a later day is left out before."""

ORDER = (
    "card.owner_id <> :me, CASE WHEN card.put_off_until IS NOT NULL THEN 0 "
    "WHEN card.importance = 'key' OR card.risk THEN 1 "
    "ELSE CASE card.lifecycle WHEN 'loyal' THEN 2 WHEN 'buyer' THEN 2 WHEN 'likely' THEN 3 "
    "WHEN 'target' THEN 4 WHEN 'prospect' THEN 5 ELSE 6 END END, "
    "coalesce(card.last_contact_at, card.created_at), card.id"
)
"""One's own first; then what was put off, what is important, who is near to buying; the longest
unseen first."""


@explains_trouble
@checks_arguments
class Pile:
    """The forgotten cards that a member may decide about."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def count(self, mine: bool = True) -> int:
        """How many lie there, up to `MOST_COUNTED`.

        Args:
            mine: only those that he looks after himself.
        """
        where = self._where(mine)
        if where is None:
            return 0
        by = "INDEXED BY card_owner_id_trashed_at_last_contact_at" if mine else ""
        sql = f"SELECT 1 FROM card {by} WHERE {where[0]} LIMIT {MOST_COUNTED}"
        sql = f"SELECT count(*) FROM ({sql})"
        return int(database.execute_sql(sql, where[1]).fetchone()[0])

    def ids(self, limit: Limit = MOST_COUNTED, mine: bool = False) -> list[int]:
        """The ids of the cards, in the order in which they are taken up."""
        where = self._where(mine)
        if where is None:
            return []
        sql = f"SELECT card.id FROM card WHERE {where[0]} ORDER BY {ORDER} LIMIT :limit"
        parameters = {**where[1], "limit": limit}
        return [card for (card,) in database.execute_sql(sql, parameters).fetchall()]

    def cards(self, card_ids: Sequence[int]) -> list[PileCard]:
        """Those of a few cards that lie there, in the order of these ids."""
        where = self._where(False)
        found: dict[int, tuple[Any, ...]] = {}
        wants = ", ".join(WANTS[reason] for reason in REASONS)
        ids = list(dict.fromkeys(card_ids))
        for start in range(0, len(ids) if where is not None else 0, 500):
            assert where is not None
            named = ",".join(map(str, ids[start : start + 500]))
            sql = (
                f"SELECT card.id, card.owner_id, {wants} FROM card "
                f"WHERE card.id IN ({named}) AND {where[0]}"
            )
            cursor = database.execute_sql(sql, where[1])
            found |= {card: values for card, *values in cursor.fetchall()}
        rows = self.desk.cards.rows(list(found))
        return [
            PileCard(
                row=rows[card],
                reasons=tuple(
                    reason for reason, holds in zip(REASONS, found[card][1:], strict=True) if holds
                ),
                mine=found[card][0] == self.desk.member.id,
            )
            for card in ids
            if card in found and card in rows
        ]

    def page(self, limit: Limit = 50, mine: bool = False) -> list[PileCard]:
        """The first cards of the pile."""
        return self.cards(self.ids(limit, mine))

    def ahead(self, limit: Limit = MOST_COUNTED) -> tuple[list[int], int]:
        """The pile, and the place in it where the member goes on: where he stopped the last time,
        as far as that card still lies there.
        """
        ids = self.ids(limit)
        places = {card: place for place, card in enumerate(ids)}
        kept = self.desk.settings.get(PLACE)
        stopped = [card for card in kept if isinstance(card, int)] if isinstance(kept, list) else []
        return ids, next((places[card] for card in stopped if card in places), 0)

    def stop(self, card_ids: Sequence[int]) -> None:
        """Remember where the member stops.

        Args:
            card_ids: the cards still ahead, the next one first.
        """
        self.desk.settings.set(PLACE, list(card_ids)[:KEPT_AHEAD] or None)

    def grade(self, card_id: int, likelihood: Annotated[str, LIKELIHOODS]) -> None:
        """Set the likelihood; the card comes again when its revision falls due.

        Raises:
            NotAllowed: the card is not the member's to change.
            NotFound: he sees no such card.
        """
        with self.desk.change(CARD_GRADED) as change:
            self._set(change, card_id, {"likelihood": likelihood})
            self._put_off(change, card_id)

    def move(self, card_id: int, steps: int) -> str:
        """Move the lifecycle up or down by so many levels; gives the level it has now.

        Who is a former customer stays one: that needs its reason, on the card.

        Raises:
            NotAllowed: the card is not the member's to change.
            NotFound: he sees no such card.
        """
        levels = LIFECYCLES[:-1]
        with self.desk.change(CARD_GRADED) as change:
            present = str(whole_record(self.desk, card_id).values.get("lifecycle", levels[0]))
            if present not in levels:
                return present
            place = min(max(levels.index(present) + max(-9, min(9, steps)), 0), len(levels) - 1)
            self._set(change, card_id, {"lifecycle": levels[place]})
        return levels[place]

    def keep(self, card_id: int) -> None:
        """Leave a card as it is: it was looked at, and comes again when its revision falls due.

        Raises:
            NotAllowed: the card is not the member's to change.
            NotFound: he sees no such card.
        """
        with self.desk.change(CARD_KEPT) as change:
            self.desk.cards.check_visible(card_id)
            self._put_off(change, card_id, looked_through=True)

    def put_off(self, card_id: int, until: date) -> None:
        """Put a card off to a day.

        Raises:
            BadValue: the day is not still to come.
            NotAllowed: the card is not the member's to change.
            NotFound: he sees no such card.
        """
        from store.models.cards import Card

        in_reach(until, "until")
        if until <= self.desk.store.clock.today():
            raise BadValue(TOO_EARLY, field="until")
        with self.desk.change(CARD_PUT_OFF) as change:
            self.desk.cards.check_visible(card_id)
            change.update(Card, card_id, {"put_off_until": until})

    def _set(self, change: "Recorder", card_id: int, values: Mapping[str, Any]) -> None:
        from store.card_writing import CardWriter

        present = whole_record(self.desk, card_id)
        checked = self.desk.cards.rechecked(present.kind, present.values, values)
        CardWriter(self.desk, change).rewrite(present, checked)

    def _put_off(self, change: "Recorder", card_id: int, *, looked_through: bool = False) -> None:
        """Put a card off until its revision falls due, reckoned from today.

        Args:
            looked_through: whether that was a revision.
        """
        from store.models.cards import Card
        from store.rows import fetch

        row = fetch(Card, [card_id])[card_id]
        months = periods()
        often = is_key(row["importance"], row["risk"])
        until = later(self.desk.store.clock.today(), months.key if often else months.usual)
        columns = {"put_off_until": until, **({"review_on": until} if looked_through else {})}
        change.update(Card, card_id, columns)

    def _where(self, mine: bool) -> tuple[str, dict[str, Any]] | None:
        """The condition of the pile with its parameters; None where the member decides nothing."""
        allowed = condition(self.desk, Right.EDIT)
        if isinstance(allowed, Refused):
            return None
        today = self.desk.store.clock.today()
        long_ago = today - timedelta(days=held_rules().pile_days)
        parameters: dict[str, Any] = {
            "today": today.isoformat(),
            "long_ago": long_ago.isoformat(),
            "me": self.desk.member.id,
        }
        parts = [
            "card.trashed_at IS NULL",
            "(card.put_off_until IS NULL OR card.put_off_until <= :today)",
            f"({' OR '.join(WANTS.values())})",
        ]
        if mine:
            parts.insert(0, "card.owner_id = :me")
        elif allowed is not None:
            sql, values = expression_sql(allowed)
            for place, value in enumerate(values):
                sql = sql.replace("?", f":own{place}", 1)
                parameters[f"own{place}"] = value
            parts.append(sql)
        own = self._own_card()
        if own:
            parts.append("card.number <> :own")
            parameters["own"] = own
        return " AND ".join(parts), parameters

    def _own_card(self) -> str:
        """The number of the card that the member keeps of himself."""
        from store.own_card import SETTING

        kept = self.desk.settings.get(SETTING)
        return kept if isinstance(kept, str) else ""
