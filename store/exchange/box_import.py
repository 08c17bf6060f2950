"""Enters a whole box that was exported as JSON: exactly into an empty one, added to another."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from store.card_writing import CardWriter, issue_numbers
from store.errors import BadInput
from store.exchange import (
    box_inspections,
    box_pairs,
    box_papers,
    box_relations,
    box_remarks,
    box_segments,
)
from store.exchange.box_known import Known
from store.exchange.box_members import Members
from store.exchange.box_reading import Box, BoxCard, BoxTodo, Row
from store.exchange.origin import origin_of
from store.exchange.steps import Steps
from store.language import N_
from store.models.base import database
from store.models.cards import Affiliation, Card, ContactPoint, FamilyMember, Occasion
from store.models.interactions import Interaction, InteractionCard
from store.models.todos import Todo
from store.recorder import Recorder, reserve
from store.records.cards import KINDS
from store.records.exchange import ImportPlan, ImportResult, PlannedCard, RowError
from store.rights import Right, allowed_among
from store.rows import CHUNK

if TYPE_CHECKING:
    from store.desk import Desk
    from store.exchange.planning import Progress

BOX_ADDED = N_("Card box imported")


def import_box(desk: "Desk", plan: ImportPlan, progress: "Progress | None") -> ImportResult:
    """As `Exchange.run`, for the document of a box, in JSON or a workbook."""
    box: Box = plan.box
    right = [planned for planned in plan.cards if not planned.wrong]
    entered = [
        card
        for card, planned in zip(box.cards, right, strict=True)
        if planned.outcome(plan.on_duplicate) == "new"
    ]
    updates = plan.on_duplicate == "update"
    steps = Steps(progress, 2 * len(entered) + (2 * plan.duplicates if updates else 0))
    with desk.change(BOX_ADDED, origin=origin_of(plan.name)) as change:
        change.advance = steps
        known = {
            card.number: planned.duplicate.card_id
            for card, planned in zip(box.cards, right, strict=True)
            if planned.duplicate is not None and plan.on_duplicate != "new"
        }
        entering = _Entering(desk, change, box, known)
        entering.enter_cards(entered)
        updated = entering.update(list(zip(right, box.cards, strict=True))) if updates else 0
        entering.enter_talks()
        entering.enter_todos()
        entering.enter_papers()
        entering.enter_ties()
        entering.enter_inspections()
        entering.enter_remarks()
        entering.enter_segments()
    steps.finish()
    return ImportResult(
        read=plan.read,
        new=len(entered),
        updated=updated,
        skipped=len(right) - len(entered) - updated,
        errors=tuple(plan.errors),
        organisations=entering.writer.made_organisations,
        warnings=tuple(entering.warnings),
    )


class _Entering:
    """Writes the records of a document within one change set.

    Args:
        known: ids of cards of this box by the numbers that they have in the file.
    """

    def __init__(self, desk: "Desk", change: Recorder, box: Box, known: dict[str, int]) -> None:
        self.change = change
        self.box = box
        self.writer = CardWriter(desk, change)
        self.empty = _is_empty()
        self.members = Members(desk, change, box.members, self.empty)
        self.ids = dict(known)
        """Ids in this box by number in the file."""
        self.entered: set[str] = set()
        self.warnings: list[RowError] = []
        """What of the file was left out."""
        self._dates: dict[int, int] = {}
        """Ids of yearly dates by their place in the file, from 1."""
        self._talks: dict[int, int] = {}
        self._todos: dict[int, int] = {}

    def enter_cards(self, cards: Sequence[BoxCard]) -> None:
        """Cards, and then what stands on them, since they name each other."""
        numbers = self._numbers(cards)
        for start in range(0, len(cards), CHUNK):
            part = cards[start : start + CHUNK]
            rows = [self._card(card, numbers[card.number]) for card in part]
            ids = self.change.insert_many(Card, rows)
            self.ids.update(zip([card.number for card in part], ids, strict=True))
            self.change.advance(len(part))
        self.entered = {card.number for card in cards}
        self._enter_rows(cards)
        self._enter_dates()
        for card in cards:
            if card.referrer is not None:
                self.change.update(
                    Card, self.ids[card.number], {"referrer_card_id": self.ids[card.referrer]}
                )
            if card.merged_into is not None and "trashed_at" in card.columns:
                self.change.update(
                    Card, self.ids[card.number], {"merged_into_id": self.ids[card.merged_into]}
                )

    def update(self, pairs: Sequence[tuple[PlannedCard, BoxCard]]) -> int:
        """Bring what the file says into the cards that were here; gives how many changed."""
        from store.exchange.box_update import bring_in

        entered = {number: self.ids[number] for number in self.entered}
        return bring_in(self.change.desk, self.writer, pairs, entered)

    def _numbers(self, cards: Sequence[BoxCard]) -> dict[str, str]:
        """Numbers in this box by number in the file: the same ones in an empty box."""
        numbers: dict[str, str] = {}
        for kind in KINDS:
            old = [card.number for card in cards if card.kind == kind]
            if self.empty and old:
                reserve(f"number:{old[0][0]}", max(int(number[1:]) for number in old))
                numbers.update(zip(old, old, strict=True))
            elif old:
                numbers.update(zip(old, issue_numbers(kind, len(old)), strict=True))
        return numbers

    def _card(self, card: BoxCard, number: str) -> Row:
        owner = self.members.id_of(card.owner)
        return {
            **card.columns,
            "number": number,
            "kind": card.kind,
            "owner_id": owner,
            "department_id": self.members.department_of(owner, card.department),
            "created_by_id": self.members.id_of(card.created_by),
            "updated_by_id": self.members.id_of(card.updated_by),
        }

    def _enter_rows(self, cards: Sequence[BoxCard]) -> None:
        """Contact points and places of work."""
        self._insert(
            ContactPoint,
            [
                {**point, "card_id": self.ids[card.number]}
                for card in cards
                for point in card.contacts
            ],
        )
        self._insert(
            Affiliation,
            [
                {
                    **place.columns,
                    "person_id": self.ids[card.number],
                    "organisation_id": self.writer.organisation(place.name or "")
                    if place.organisation is None
                    else self.ids[place.organisation],
                    "reports_to_id": self.ids[place.reports_to] if place.reports_to else None,
                }
                for card in cards
                for place in card.places
            ],
        )

    def _enter_dates(self) -> None:
        """Families and yearly dates; every date of the file has a place, entered or not."""
        family = iter(
            self._insert(
                FamilyMember,
                [
                    {**relative.columns, "card_id": self.ids[card.number]}
                    for card in self.box.cards
                    if card.number in self.entered
                    for relative in card.family
                ],
            )
        )
        place = 0
        dates: dict[int, Row] = {}
        for card in self.box.cards:
            new = card.number in self.entered
            of_card: list[tuple[int | None, Row]] = [(None, day) for day in card.dates]
            for relative in card.family:
                member = next(family) if new else None
                of_card += [(member, day) for day in relative.dates]
            for member, day in of_card:
                place += 1
                if new:
                    links = {"card_id": self.ids[card.number], "family_member_id": member}
                    dates[place] = {**day, **links}
        self._dates = dict(zip(dates, self._insert(Occasion, list(dates.values())), strict=True))

    def enter_talks(self) -> None:
        """The talks with the cards that were entered."""
        chosen = [
            (place, talk)
            for place, talk in enumerate(self.box.talks, start=1)
            if talk.card in self.entered
        ]
        ids = self._insert(
            Interaction,
            [
                {
                    **talk.columns,
                    "card_id": self.ids[talk.card],
                    "member_id": self.members.id_of(talk.member),
                    "extras": self._extras(talk.extras),
                }
                for _place, talk in chosen
            ],
        )
        self._talks = dict(zip([place for place, _talk in chosen], ids, strict=True))
        others = self._loggable({other for _place, talk in chosen for other in talk.others})
        self._insert(
            InteractionCard,
            [
                {"interaction_id": row_id, "card_id": card_id}
                for row_id, (_place, talk) in zip(ids, chosen, strict=True)
                # Two cards of the file may be one here.
                for card_id in dict.fromkeys(self.ids[one] for one in talk.others if one in others)
                if card_id != self.ids[talk.card]
            ],
        )

    def _loggable(self, numbers: set[str]) -> set[str]:
        """Those of these cards that were entered, or with which the reader may log talks."""
        here = {self.ids[number]: number for number in sorted(numbers - self.entered)}
        allowed = allowed_among(self.change.desk, Right.LOG, here)
        return (numbers & self.entered) | {here[card_id] for card_id in allowed}

    def _extras(self, extras: Row) -> Row | None:
        """What is kept beside the columns; a greeting names its date by id again."""
        greeting = extras.get("greeting")
        if isinstance(greeting, str):
            day, _colon, place = greeting.partition(":")
            occasion = (
                self._dates.get(int(place)) if place.isdecimal() and len(place) < 12 else None
            )
            extras = {key: value for key, value in extras.items() if key != "greeting"}
            if occasion is not None:
                extras["greeting"] = f"{day}:{occasion}"
        return extras or None

    def enter_todos(self) -> None:
        """The to-dos on cards that were entered, and those on none that are not here already."""
        is_known = self._known_todos()
        chosen = [
            (place, todo)
            for place, todo in enumerate(self.box.todos, start=1)
            if (todo.card in self.entered if todo.card else not is_known(todo))
        ]
        ids = self._insert(
            Todo,
            [
                {
                    **todo.columns,
                    "card_id": self.ids[todo.card] if todo.card else None,
                    "interaction_id": self._talks.get(todo.talk) if todo.talk else None,
                    "owner_id": self.members.id_of(todo.owner),
                    "asked_by_id": self.members.id_of(todo.asked_by) if todo.asked_by else None,
                    "created_by_id": self.members.id_of(todo.created_by),
                }
                for _place, todo in chosen
            ],
        )
        self._todos = dict(zip([place for place, _todo in chosen], ids, strict=True))

    def _known_todos(self) -> Callable[[BoxTodo], bool]:
        """Tells whether a to-do of no card is here already."""
        made = [todo.columns["created_at"] for todo in self.box.todos if _is_dated(todo)]
        names = ("owner_id", "created_by_id")
        known = Known(Todo, "title", names, made, self.members.below)

        def is_known(todo: BoxTodo) -> bool:
            logins = (todo.owner, todo.created_by)
            named = [self.members.known(login) for login in logins]
            given = [self.members.id_of(login) for login in logins]
            return known.holds(todo.columns, named, given)

        return is_known

    def enter_papers(self) -> None:
        """The papers of the cards that were entered."""
        cards = {number: self.ids[number] for number in self.entered}
        keeping = self.empty and box_papers.never_had_any()
        box_papers.enter(
            self.change, self.box.papers, self.box.volumes, cards, self.members, keeping
        )

    def enter_ties(self) -> None:
        """What joins the cards that were entered or keeps them apart, and the clubs they are in."""
        box_relations.enter(self.change, self.box.ties, self.ids, self.entered, self.members)
        box_pairs.enter(self.change, self.box.pairs, self.ids, self.entered, self.members)

    def enter_inspections(self) -> None:
        """The verdicts of managers on the cards that were entered."""
        owners = {
            card.number: self.members.id_of(card.owner)
            for card in self.box.cards
            if card.number in self.entered
        }
        told = box_inspections.enter(
            self.change, self.box.inspections, self.ids, owners, self.members
        )
        self._tell(told)

    def enter_remarks(self) -> None:
        """What colleagues told each other about the cards that were entered."""
        cards = {number: self.ids[number] for number in self.entered}
        box_remarks.enter(
            self.change, self.box.remarks, cards, self._talks, self._todos, self.members
        )

    def enter_segments(self) -> None:
        """The saved filters that are not here already."""
        self._tell(box_segments.enter(self.change, self.box.segments, self.members))

    def _tell(self, told: Sequence[BadInput]) -> None:
        self.warnings += [RowError(0, "", word) for word in told]

    def _insert(self, table: Any, rows: Sequence[Row]) -> list[int]:
        ids: list[int] = []
        for start in range(0, len(rows), CHUNK):
            ids += self.change.insert_many(table, rows[start : start + CHUNK])
        return ids


def _is_dated(todo: BoxTodo) -> bool:
    return todo.card is None and "created_at" in todo.columns


def _is_empty() -> bool:
    """Whether the box never had a card."""
    cursor = database.execute_sql(
        "SELECT EXISTS (SELECT 1 FROM card) OR EXISTS "
        "(SELECT 1 FROM counter WHERE name LIKE 'number:%')"
    )
    return not cursor.fetchone()[0]
