"""The records of the JSON document of a box: rows without ids.

Cards are named by their numbers, members by their logins, departments by their path. Only the
order of records counts: a to-do names its talk, and a greeting its date, by the place in the
document, from 1. What follows from the rest is left out.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from store import rows, talk_search, todo_search
from store.exchange.box_inspections import inspections_of
from store.exchange.box_pairs import pairs_of
from store.exchange.box_papers import papers_of, volumes_of
from store.exchange.box_relations import clubs_of, referrals_of, relationships_of
from store.exchange.box_remarks import remarks_of
from store.exchange.box_segments import segments_of
from store.exchange.chosen import CHUNK
from store.lunar import Calendar, YearlyDate
from store.models.base import Table, database
from store.models.cards import Affiliation, Card, ContactPoint, FamilyMember, Occasion
from store.models.interactions import Interaction, InteractionCard
from store.models.papers import Paper, Volume
from store.models.relations import (
    Club,
    ClubMember,
    DistinctPair,
    Inspection,
    Referral,
    Relationship,
    Segment,
)
from store.models.sharing import Remark
from store.models.todos import Todo
from store.recorder import DERIVED_OF_CARD
from store.records.interactions import InteractionQuery
from store.standing import foreign, sensitive_keys

if TYPE_CHECKING:
    from store.desk import Desk

MOMENTS = frozenset(
    {
        *("at", "created_at", "updated_at", "trashed_at", "done_at", "closed_at"),
        "answered_at",
    }
)
"""Columns that hold a moment: ISO 8601 with a Z in the document."""

_LINKS = frozenset(
    {
        *("id", "version", "card_id", "person_id", "organisation_id", "reports_to_id"),
        *(
            "family_member_id",
            "referrer_card_id",
            "merged_into_id",
            "interaction_id",
            "department_id",
            "member_id",
        ),
        *("owner_id", "asked_by_id", "created_by_id", "updated_by_id"),
        *("volume_id", "closed_by_id", "inspector_id", "answered_by_id"),
        *("author_id", "addressee_id", "todo_id", "answers_id"),
    }
)
"""Columns of ids, which the document says in another way, and of the program's own counting."""

_MEMBER_COLUMNS = {
    "owner_id": "owner",
    "member_id": "member",
    "asked_by_id": "asked_by",
    "created_by_id": "created_by",
    "updated_by_id": "updated_by",
    "closed_by_id": "closed_by",
    "inspector_id": "inspector",
    "answered_by_id": "answered_by",
    "author_id": "author",
    "addressee_id": "addressee",
}
_DATE_COLUMNS = frozenset({"calendar", "year", "month", "day", "leap"})

Record = dict[str, Any]


def _without_secrets(card: rows.Row) -> rows.Row:
    """A row of a card without what is sensitive: it is not the member's own."""
    hidden = sensitive_keys(card["kind"])
    profile = json.loads(card["profile"] or "{}")
    kept = {key: value for key, value in profile.items() if key not in hidden}
    return {**card, "profile": json.dumps(kept, ensure_ascii=False)}


class Document:
    """The records of a document, in their order."""

    def __init__(self, desk: "Desk", card_ids: Sequence[int]) -> None:
        self.desk = desk
        self.card_ids = card_ids
        self.numbers = _numbers(card_ids)
        self._dates: dict[int, int] = {}
        """Place of a yearly date by its id."""
        self._talks: dict[int, int] = {}
        self._todos: dict[int, int] = {}
        self._departments = _department_paths()
        self._logins: dict[int, str] = {}
        self._members: dict[int, Record] = {}
        for row_id, login, name, department in database.execute_sql(
            "SELECT id, login, name, department_id FROM member"
        ).fetchall():
            self._logins[row_id] = login
            self._members[row_id] = _filled(
                login=login, name=name, department=self._departments.get(department)
            )
        self._volumes: list[rows.Row] = []
        self._said: set[int] = set()
        """Members that some record names."""

    def members(self) -> Iterator[Record]:
        """The members that records before this name."""
        return (
            self._members[row_id] for row_id in sorted(self._said, key=self._logins.__getitem__)
        )

    def cards(self) -> Iterator[Record]:
        """The cards with all that stands on them."""
        for start in range(0, len(self.card_ids), CHUNK):
            part = self.card_ids[start : start + CHUNK]
            found = rows.fetch(Card, part)
            contacts = rows.children(ContactPoint, "card_id", part)
            dates = rows.children(Occasion, "card_id", part, "family_member_id IS NULL")
            places = rows.children(Affiliation, "person_id", part)
            family = rows.children(FamilyMember, "card_id", part)
            of_family = rows.children(
                Occasion,
                "family_member_id",
                [member["id"] for several in family.values() for member in several],
            )
            outside = self._outside(found, places)
            strangers = foreign(self.desk, part)
            for card_id in part:
                card = found[card_id]
                if card_id in strangers:
                    card = _without_secrets(card)
                referrer = self._referrer(card, outside)
                yield _filled(
                    **self._plain(Card, card, DERIVED_OF_CARD),
                    referrer=referrer,
                    merged_into=self.numbers.get(card["merged_into_id"]),
                    contacts=[
                        self._plain(ContactPoint, row, {"normal"})
                        for row in contacts.get(card_id, ())
                    ],
                    dates=[self._date(row) for row in dates.get(card_id, ())],
                    affiliations=[
                        self._affiliation(row, outside) for row in places.get(card_id, ())
                    ],
                    family=[
                        _filled(
                            **self._plain(FamilyMember, row),
                            dates=[self._date(date) for date in of_family.get(row["id"], ())],
                        )
                        for row in family.get(card_id, ())
                    ],
                )

    def interactions(self, whole: bool) -> Iterator[Record]:
        """The talks with these cards."""
        ids = self._talk_ids(whole)
        self._talks = {row_id: place for place, row_id in enumerate(ids, start=1)}
        for start in range(0, len(ids), CHUNK):
            part = ids[start : start + CHUNK]
            found = rows.fetch(Interaction, part)
            others = rows.children(InteractionCard, "interaction_id", part)
            for row_id in part:
                row = found[row_id]
                extras = row.pop("extras")
                yield _filled(
                    card=self.numbers[row["card_id"]],
                    **self._plain(Interaction, row),
                    extras=self._extras(json.loads(extras)) if extras else None,
                    others=[
                        self.numbers[link["card_id"]]
                        for link in others.get(row_id, ())
                        if link["card_id"] in self.numbers
                    ],
                )

    def _talk_ids(self, whole: bool) -> list[int]:
        if whole and self.desk.held() is None:
            cursor = database.execute_sql("SELECT id FROM interaction ORDER BY id")
            return [row_id for (row_id,) in cursor.fetchall()]
        ids: set[int] = set()
        for trashed in (False, True) if whole else (False,):
            chosen = talk_search.select(self.desk, InteractionQuery(trashed=trashed))
            cursor = database.execute_sql(
                f"SELECT talk.id, talk.card_id FROM {chosen.source} WHERE {chosen.where}",
                chosen.parameters,
            )
            ids.update(talk for talk, card in cursor.fetchall() if card in self.numbers)
        return sorted(ids)

    def todos(self, whole: bool) -> Iterator[Record]:
        """The to-dos on these cards, and of a whole box those without a card."""
        for place, row in enumerate(self._todo_rows(whole), start=1):
            self._todos[row["id"]] = place
            yield _filled(
                **self._plain(Todo, row),
                card=self.numbers.get(row["card_id"]),
                interaction=self._talks.get(row["interaction_id"]),
            )

    def _todo_rows(self, whole: bool) -> Iterator[rows.Row]:
        chosen = todo_search.within_reach(self.desk)
        if whole and self.desk.held() is None:
            chosen = todo_search.Selection("todo", ["1"])
        elif not whole:
            chosen.add("todo.trashed_at IS NULL")
        cursor = database.execute_sql(
            f"SELECT todo.id, todo.card_id {chosen.sql} ORDER BY todo.id", chosen.parameters
        )
        ids = [
            row_id
            for row_id, card in cursor.fetchall()
            if card in self.numbers or (whole and card is None)
        ]
        for start in range(0, len(ids), CHUNK):
            part = ids[start : start + CHUNK]
            found = rows.fetch(Todo, part)
            yield from (found[row_id] for row_id in part)

    def papers(self, whole: bool) -> Iterator[Record]:
        """The papers of these cards; of a whole box those in the trash, too."""
        found = papers_of(self.card_ids, whole)
        self._volumes = volumes_of(found)
        numbers = {row["id"]: row["number"] for row in self._volumes}
        for row in found:
            yield _filled(
                card=self.numbers[row["card_id"]],
                **self._plain(Paper, {**row, "original": bool(row["original"])}, {"updated_at"}),
                volume=numbers.get(row["volume_id"]),
            )

    def volumes(self) -> Iterator[Record]:
        """The volumes that these papers are in."""
        for row in self._volumes:
            yield self._plain(Volume, row, {"updated_at"})

    def relationships(self) -> Iterator[Record]:
        """What joins these cards."""
        for row in relationships_of(self.numbers):
            yield _filled(
                card=self.numbers[row["card_id"]],
                other=self.numbers[row["other_id"]],
                **self._plain(Relationship, row, {"other_id"}),
            )

    def referrals(self) -> Iterator[Record]:
        """Who brought these cards."""
        for row in referrals_of(self.desk, self.numbers):
            yield _filled(
                card=self.numbers[row["card_id"]],
                referrer=self.numbers.get(row["referrer_id"]),
                **self._plain(Referral, row, {"referrer_id"}),
            )

    def clubs(self, whole: bool) -> Iterator[Record]:
        """The clubs of these cards; of a whole box all that the member knows of."""
        for club, members in clubs_of(self.desk, self.numbers, whole):
            yield _filled(
                **self._plain(Club, club),
                members=[
                    _filled(
                        card=self.numbers[row["card_id"]],
                        **self._plain(ClubMember, row, {"club_id"}),
                    )
                    for row in members
                ],
            )

    def distinct_pairs(self) -> Iterator[Record]:
        """Which of these cards are two customers, though they look like one."""
        for row in pairs_of(self.numbers):
            yield _filled(
                card=self.numbers[row["card_id"]],
                other=self.numbers[row["other_id"]],
                **self._plain(DistinctPair, row, {"other_id"}),
            )

    def inspections(self) -> Iterator[Record]:
        """What managers said of these cards."""
        for row in inspections_of(self.numbers):
            said = self._plain(Inspection, row)
            yield _filled(card=self.numbers[row["card_id"]], **said)

    def remarks(self) -> Iterator[Record]:
        """What colleagues told each other about these cards."""
        places: dict[int, int] = {}
        for place, row in enumerate(remarks_of(self.numbers), start=1):
            places[row["id"]] = place
            yield _filled(
                card=self.numbers[row["card_id"]],
                **self._plain(Remark, row),
                interaction=self._talks.get(row["interaction_id"]),
                todo=self._todos.get(row["todo_id"]),
                answers=places.get(row["answers_id"]),
            )

    def segments(self, whole: bool) -> Iterator[Record]:
        """The saved filters that the member has; none where cards were chosen."""
        for row in segments_of(self.desk) if whole else ():
            said = self._plain(Segment, row, {"query"})
            yield _filled(**said, query=row["query"])

    def _plain(self, table: type[Table], row: rows.Row, skipped: Iterable[str] = ()) -> Record:
        """The columns of a row that say something, members and departments by name."""
        record: Record = {}
        left_out = _LINKS.union(skipped)
        special = rows.json_columns(table)
        for column, value in row.items():
            if value is None:
                continue
            if column in _MEMBER_COLUMNS:
                self._said.add(value)
                record[_MEMBER_COLUMNS[column]] = self._logins[value]
            elif column == "department_id":
                record["department"] = self._departments[value]
            elif column not in left_out:
                record[column] = (
                    json.loads(value)
                    if column in special
                    else f"{value.replace(' ', 'T')}Z"
                    if column in MOMENTS
                    else value
                )
        return record

    def _date(self, row: rows.Row) -> Record:
        self._dates[row["id"]] = len(self._dates) + 1
        said = YearlyDate(
            Calendar(row["calendar"]), row["year"], row["month"], row["day"], bool(row["leap"])
        )
        plain = self._plain(Occasion, row, _DATE_COLUMNS)
        return {"date": str(said), **plain, "kept": bool(row["kept"])}

    def _affiliation(self, row: rows.Row, outside: dict[int, str]) -> Record:
        house, above = row["organisation_id"], row["reports_to_id"]
        named = (
            {"organisation": self.numbers[house]}
            if house in self.numbers
            else {"organisation_name": outside[house]}
        )
        return _filled(
            **named,
            **self._plain(Affiliation, row, {"main"}),
            main=bool(row["main"]),
            reports_to=self.numbers.get(above),
        )

    def _referrer(self, card: rows.Row, outside: dict[int, str]) -> str | None:
        """The number of the card's referrer; of one outside the document the name stays."""
        referrer = card["referrer_card_id"]
        if referrer is not None and referrer not in self.numbers:
            card["referrer_name"] = card["referrer_name"] or outside[referrer]
        return self.numbers.get(referrer)

    def _outside(
        self, cards: dict[int, rows.Row], places: dict[int, list[rows.Row]]
    ) -> dict[int, str]:
        """The names of cards that are not in the document and that cards in it name."""
        named = {card["referrer_card_id"] for card in cards.values()}
        named |= {row["organisation_id"] for several in places.values() for row in several}
        wanted = sorted(row_id for row_id in named - {None} if row_id not in self.numbers)
        return {row_id: card["name"] for row_id, card in rows.fetch(Card, wanted).items()}

    def _extras(self, extras: Record) -> Record | None:
        """What is kept beside the columns of a talk; a greeting names its date by its place."""
        greeting = extras.get("greeting")
        if isinstance(greeting, str):
            day, _colon, occasion = greeting.partition(":")
            place = self._dates.get(int(occasion)) if occasion.isdecimal() else None
            extras = {key: value for key, value in extras.items() if key != "greeting"}
            if place is not None:
                extras["greeting"] = f"{day}:{place}"
        return extras or None


def _filled(**values: Any) -> Record:
    """A record without what says nothing."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def _numbers(card_ids: Sequence[int]) -> dict[int, str]:
    wanted = set(card_ids)
    cursor = database.execute_sql("SELECT id, number FROM card")
    return {row_id: number for row_id, number in cursor.fetchall() if row_id in wanted}


def _department_paths() -> dict[int, list[str]]:
    """The names of each department and of those above it, from the top."""
    above: dict[int, tuple[str, int | None]] = {
        row_id: (name, parent)
        for row_id, name, parent in database.execute_sql(
            "SELECT id, name, parent_id FROM department"
        ).fetchall()
    }
    paths: dict[int, list[str]] = {}
    for row_id in above:
        path: list[str] = []
        place: int | None = row_id
        while place is not None and len(path) < len(above):
            name, place = above[place]
            path.insert(0, name)
        paths[row_id] = path
    return paths
