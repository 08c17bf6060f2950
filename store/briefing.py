"""The briefing: everything known about one customer, for the minute before a visit."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from store import briefing_facts as facts
from store import briefing_tables as tables
from store import itinerary, labels, news, todo_search
from store.acquaintances import acquaintances
from store.arguments import checks_arguments
from store.briefing_people import beside_name, people_of, place_of
from store.common_ground import common_ground
from store.forms.completeness import completeness
from store.forms.declaration import Form, load_form
from store.guidance import advice
from store.itinerary import trips_of
from store.language import _, listed
from store.models.base import database
from store.news import news_of
from store.records.briefing import Blank, Briefing, NewsItem, NextStep, Review, Talk
from store.records.cards import CardRecord, CardRow
from store.records.occasions import FamilyRow
from store.records.todos import TodoQuery, TodoRow
from store.row_facts import Holder, rows_in
from store.rows_known import rows_known
from store.standing import sensitive_keys
from store.trouble import explains_trouble
from store.visibility import Level

if TYPE_CHECKING:
    from store.desk import Desk

LINKED = ("organisation", "referrer")
"""Fields whose values are numbers of other cards."""

TALKS = 3
BLANKS = 3
PROMISES = 12
PEOPLE = 30
REMARKS = 5
DATES = 5
DATE_DAYS = 90
"""Coming dates that are worth a word at a visit."""

GAPS = 4
TRIPS = 3
NEWS = 3
NEWS_DAYS = 180
"""Older news is none."""

LONGEST = 300
"""Characters of a talk that a briefing repeats."""


@explains_trouble
@checks_arguments
class Briefings:
    """Briefings on the cards that a member sees."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def of(self, card_id: int) -> Briefing:
        """Everything known about one customer.

        Raises:
            NotFound: the member sees no such card.
        """
        row, record = self.desk.cards.row(card_id), self.desk.cards.get(card_id)
        if record.level < Level.WHOLE:
            return self._in_part(row, record)
        form = load_form(record.kind)
        known = completeness(form, {**record.values, **rows_known([card_id]).get(card_id, {})})
        masked = frozenset() if record.own else sensitive_keys(record.kind)
        there = people_of(self.desk, card_id) if record.kind == "organisation" else []
        rows = self.desk.cards.rows([person.card_id for person in there[:PEOPLE]])
        cards = [card_id, *rows]
        house = record if record.kind == "organisation" else self._house(record)
        own = self.desk.own_card.record()
        return Briefing(
            card=row,
            identity=self._identity(form, record),
            how_met=facts.how_met(form, record),
            last_interactions=tuple(self._talks(card_id, cards)),
            promises=tuple(self._promises(cards)),
            next_step=NextStep(row.next_on, _next_step(row), advice(row.lifecycle, row.likelihood)),
            dates=tuple(self.desk.occasions.of_cards(cards, DATE_DAYS)[:DATES]),
            likes=facts.likes(form, record),
            taboos=facts.taboos(form, record),
            common_ground=() if own is None else self._common(own, record),
            money=self._money(form, record, house),
            competitors=() if house is None else tables.competitors(house)[: _most(house, record)],
            blanks=tuple(
                Blank(field.key, field.title, field.explanation)
                for field in [field for field in known.blanks if field.key not in masked][:BLANKS]
            ),
            completeness=known.percent if record.own else row.completeness,
            people=tuple(rows[each.card_id] for each in there if each.card_id in rows),
            parts={each.card_id: beside_name(each) for each in there[:PEOPLE]},
            remarks=tuple(self.desk.remarks.of_card(card_id, REMARKS, waiting=True)),
            stage=facts.stage(form, record) | self._house_grade(row) | place_of(self.desk, card_id),
            review=self._review(card_id, row.review_due_on),
            itinerary=tuple(trips_of(self._holder(record, itinerary.FIELD), self._today)[:TRIPS]),
            needs=() if house is None else tables.needs(house)[: _most(house, record)],
            gaps=tuple(gap.sentence for gap in self.desk.people.gaps(card_id)[:GAPS]),
            news=() if house is None else self._news(house, record),
            dealer_check="" if house is None else tables.dealer_check(house),
            own_card=None if own is None else own.number,
        )

    @property
    def _today(self) -> date:
        return self.desk.store.clock.today()

    def _identity(self, form: Form, record: CardRecord) -> dict[str, str]:
        """Who he is, with his family in a few words."""
        told = facts.identity(form, record, self._today, self.desk.occasions.policy())
        family = self._family(record.id) if record.kind == "person" else ""
        if family:
            told[_("Family")] = family
        return told

    def _common(self, own: CardRecord, record: CardRecord) -> tuple[str, ...]:
        """What the member and a customer share, people first."""
        people = tuple(acquaintances(self.desk, own, record))
        return (*people, *common_ground(own, record))

    @staticmethod
    def _house_grade(row: CardRow) -> dict[str, str]:
        """The value grade of the organisation where somebody works."""
        if row.house_grade is None:
            return {}
        return {_("Value grade"): labels.aside(row.house_grade, row.organisation)}

    def _house(self, record: CardRecord) -> CardRecord | None:
        """The organisation where a person works, as far as the member sees it; whole or not."""
        number = record.values.get("organisation") if record.kind == "person" else None
        found = database.execute_sql("SELECT id FROM card WHERE number = ?", [number]).fetchone()
        if found is None or found[0] not in self.desk.cards.rows([found[0]]):
            return None
        return self.desk.cards.get(found[0])

    def _holder(self, record: CardRecord, field: str) -> Holder:
        """A card with the rows of a field, as the member gets them."""
        values = record.values
        organisation = record.linked.get(str(values.get("organisation")), "")
        asked = "SELECT owner_id FROM card WHERE id = ?"
        (owner,) = database.execute_sql(asked, [record.id]).fetchone()
        return Holder(
            *(record.id, record.number, record.kind, record.name, organisation, record.owner),
            mine=owner == self.desk.member.id,
            rows=rows_in(values.get(field)),
        )

    @staticmethod
    def _money(form: Form, record: CardRecord, house: CardRecord | None) -> tuple[str, ...]:
        """What is known of a customer's money, and in one line of that of his organisation."""
        told = tables.money(form, record)
        if house is None or house is record:
            return told
        name = str(house.values.get("short_name") or house.name)
        of_house = " · ".join(tables.money(load_form(house.kind), house))
        return (*told, *([_(": ").join((name, of_house))] if of_house else []))

    def _news(self, house: CardRecord, record: CardRecord) -> tuple[NewsItem, ...]:
        """The newest of an organisation; on a person's card no more than a line."""
        since = self._today - timedelta(days=NEWS_DAYS)
        holder = self._holder(house, news.FIELD)
        short = str(house.values.get("short_name") or house.name)
        told = news_of(holder if house is record else holder._replace(name=short), since)
        return tuple(told[: NEWS if house is record else 1])

    def _in_part(self, row: CardRow, record: CardRecord) -> Briefing:
        """What is released or lent of a card, and nothing that follows from the rest."""
        form = load_form(record.kind)
        return Briefing(
            card=row,
            identity={
                field.title: field.show(record.values[field.key])
                for field in form.fields()
                if field.key in record.values and field.key not in ("name", *LINKED)
            },
            how_met="",
            last_interactions=(),
            promises=(),
            next_step=NextStep(None, "", ""),
            dates=(),
            likes=(),
            taboos=(),
            common_ground=(),
            money=(),
            competitors=(),
            blanks=(),
            completeness=0,
        )

    def _review(self, card_id: int, due_on: date | None) -> Review:
        """When the card falls due, and the last verdict; its remarks while they wait."""
        last = next(iter(self.desk.inspections.of_card(card_id, 1)), None)
        if last is None:
            return Review(due_on)
        words = (
            _(": ").join((last.titles[section], text)) if section else text
            for section, text in last.remarks.items()
        )
        remarks = tuple(words) if last.is_open else ()
        return Review(due_on, last.verdict, last.inspector, last.at, remarks)

    def _family(self, card_id: int) -> str:
        """The family in a few words: 妻子 李娜, 女儿 张小雨."""
        return listed(_named(member) for member in self.desk.family.of(card_id))

    def _talks(self, card_id: int, cards: Sequence[int]) -> list[Talk]:
        """The last talks with a card, or with an organisation's people too."""
        marks = ",".join("?" * len(cards))
        cursor = database.execute_sql(
            "SELECT talk.id, talk.at, member.name, talk.method, talk.topic, talk.minutes, "
            "talk.words, talk.interest, talk.feedback_kind, talk.feedback, talk.reached, "
            "talk.not_reached_reason, card.id, card.name "
            "FROM interaction AS talk NOT INDEXED JOIN card ON card.id = talk.card_id "
            "JOIN member ON member.id = talk.member_id WHERE talk.id IN ("
            f"SELECT id FROM interaction WHERE card_id IN ({marks}) UNION ALL "
            f"SELECT interaction_id FROM interaction_card WHERE card_id IN ({marks})) "
            "AND talk.trashed_at IS NULL ORDER BY talk.at DESC, talk.id DESC LIMIT ?",
            [*cards, *cards, TALKS],
        )
        return [_talk(values, card_id) for values in cursor.fetchall()]

    def _promises(self, cards: Sequence[int]) -> list[TodoRow]:
        """What is open on both sides, the first due first."""
        chosen = todo_search.select(self.desk, TodoQuery(everyone=True, side=None))
        chosen.add(f"todo.card_id IN ({','.join('?' * len(cards))})", *cards)
        return todo_search.rows_of(self.desk, chosen, 0, PROMISES)


def _most(house: CardRecord, record: CardRecord) -> int:
    """How many competitors and needs of an organisation are told: fewer on its people."""
    return tables.ROWS if house is record else tables.ROWS // 2


def _named(member: FamilyRow) -> str:
    return " ".join(part for part in (member.values.relation, member.values.name) if part)


def _next_step(row: CardRow) -> str:
    """What was set for the next time; a date alone is a contact."""
    return row.next_step or (_("Next contact") if row.next_on else "")


def _talk(values: tuple[Any, ...], card_id: int) -> Talk:
    talk_id, at, member, method, topic, minutes, words, interest, *rest = values
    kind, feedback, reached, reason, talked_with, name = rest
    said = _(": ").join(part for part in (topic, minutes) if part)
    if not reached:
        missed = _("not reached: {reason}").format(reason=reason) if reason else _("not reached")
        said = _(", ").join(part for part in (missed, said) if part)
    parts = (_(labels.FEEDBACKS.get(kind, kind)) if kind else "", feedback)
    return Talk(
        id=talk_id,
        at=datetime.fromisoformat(at).replace(tzinfo=UTC),
        member=member,
        method=method,
        summary=_short(said),
        words=_short(words or ""),
        interest=interest,
        feedback=_short(_(": ").join(part for part in parts if part)),
        who="" if talked_with == card_id else name,
    )


def _short(text: str) -> str:
    """A text as one line of bearable length."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
