"""Finding talks: the contact log's pages and counts.

As with cards, few hits are sorted and many are met by walking the log's own order.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from store.models.base import database
from store.records.interactions import InteractionQuery, InteractionRow
from store.search import FEW, visible_sql
from store.tokens import match_query

if TYPE_CHECKING:
    from store.desk import Desk

BEGINNING = 120
"""Characters of long texts that a list row carries."""

COLUMNS = (
    "talk.id, talk.card_id, card.number, card.name, card.organisation_name, member.name, talk.at, "
    f"talk.method, talk.topic, substr(talk.minutes, 1, {BEGINNING}), "
    f"substr(talk.words, 1, {BEGINNING}), talk.interest, talk.reached, talk.next_on"
)

ABOUT = "SELECT rowid FROM search_interaction WHERE search_interaction MATCH ?"
WITH = "SELECT rowid FROM search_card WHERE search_card MATCH ?"
FITTING = f"{ABOUT} UNION SELECT id FROM interaction WHERE card_id IN ({WITH})"


@dataclass(slots=True)
class Selection:
    """The WHERE of a query over `interaction AS talk`, and how its rows are come by."""

    conditions: list[str] = field(default_factory=list)
    parameters: list[Any] = field(default_factory=list)
    walk: str = ""

    def add(self, condition: str, *parameters: Any) -> None:
        """Require one more condition."""
        self.conditions.append(condition)
        self.parameters.extend(parameters)

    @property
    def where(self) -> str:
        """All conditions as SQL."""
        return " AND ".join(self.conditions)


def visible_talks(desk: "Desk") -> Selection:
    """The talks the member sees: with a card that he sees and that is not in the trash."""
    chosen = Selection()
    visible = visible_sql(desk)
    if visible is None:
        # Trashed cards are few: a list of the others would be built anew for every page.
        chosen.add("talk.card_id NOT IN (SELECT id FROM card WHERE trashed_at IS NOT NULL)")
        return chosen
    cards = f"SELECT card.id FROM card WHERE card.trashed_at IS NULL AND {visible[0]}"
    chosen.add(
        f"(talk.card_id IN ({cards}) OR talk.id IN (SELECT link.interaction_id FROM "
        f"interaction_card AS link WHERE link.card_id IN ({cards})))",
        *visible[1],
        *visible[1],
    )
    return chosen


def select(desk: "Desk", query: InteractionQuery) -> Selection:
    """The conditions under which a talk is in the answer to a query."""
    chosen = visible_talks(desk)
    chosen.add(f"talk.trashed_at IS {'NOT ' if query.trashed else ''}NULL")
    if query.card is not None:
        chosen.add(
            "(talk.card_id = ? OR talk.id IN "
            "(SELECT interaction_id FROM interaction_card WHERE card_id = ?))",
            query.card,
            query.card,
        )
    if query.mine:
        chosen.add("talk.member_id = ?", desk.member.id)
    if query.methods:
        marks = ",".join("?" * len(query.methods))
        chosen.add(f"talk.method IN ({marks})", *query.methods)
    zone = desk.store.clock.zone
    if query.since is not None:
        chosen.add("talk.at >= ?", midnight(query.since, zone))
    if query.until is not None and query.until < date.max:
        chosen.add("talk.at < ?", midnight(query.until + timedelta(days=1), zone))
    if query.text.strip():
        _add_text(chosen, query)
    return chosen


def midnight(day: date, zone: tzinfo) -> str:
    """The beginning of a local day as moments are stored."""
    moment = datetime.combine(day, time.min, zone)
    if day.year <= 1 or day.year >= 9999:
        return str(moment.replace(tzinfo=None))
    return str(moment.astimezone(UTC).replace(tzinfo=None))


def _add_text(chosen: Selection, query: InteractionQuery) -> None:
    """Words of the talk, or the name of the card or its organisation."""
    match = match_query(query.text)
    if match is None:
        chosen.add("0")
        return
    if query.trashed:
        text = query.text.strip()
        chosen.add("(instr(talk.topic, ?) OR instr(talk.minutes, ?))", text, text)
        return
    named = f"{{name organisation}} : ({match})"
    cursor = database.execute_sql(
        f"SELECT count(*) FROM (SELECT * FROM ({FITTING}) LIMIT ?)", [match, named, FEW + 1]
    )
    if int(cursor.fetchone()[0]) <= FEW:
        chosen.add(f"talk.id IN ({FITTING})", match, named)
        return
    chosen.add(f"(talk.id IN ({ABOUT}) OR talk.card_id IN ({WITH}))", match, named)
    if query.card is None and not query.mine:
        chosen.walk = "INDEXED BY interaction_trashed_at_at"


def count(desk: "Desk", query: InteractionQuery) -> int:
    """How many talks answer a query."""
    chosen = select(desk, query)
    sql = f"SELECT count(*) FROM interaction AS talk WHERE {chosen.where}"
    return int(database.execute_sql(sql, chosen.parameters).fetchone()[0])


def page(desk: "Desk", query: InteractionQuery, offset: int, limit: int) -> list[InteractionRow]:
    """A page of the talks that answer a query, the newest first."""
    chosen = select(desk, query)
    sql = (
        f"SELECT {COLUMNS} FROM interaction AS talk {chosen.walk} "
        "CROSS JOIN card ON card.id = talk.card_id CROSS JOIN member ON member.id = talk.member_id "
        f"WHERE {chosen.where} ORDER BY talk.at DESC, talk.id DESC LIMIT ? OFFSET ?"
    )
    cursor = database.execute_sql(sql, [*chosen.parameters, limit, offset])
    return [_row(values) for values in cursor.fetchall()]


def _row(values: tuple[Any, ...]) -> InteractionRow:
    talk_id, card_id, number, name, organisation, member, *rest = values
    at, method, topic, minutes, words, interest, reached, next_on = rest
    return InteractionRow(
        id=talk_id,
        card_id=card_id,
        number=number,
        name=name,
        organisation=organisation,
        member=member,
        at=datetime.fromisoformat(at).replace(tzinfo=UTC),
        method=method,
        summary=" ".join((topic or minutes or "").split()),
        words=" ".join((words or "").split()),
        interest=interest,
        reached=bool(reached),
        next_on=date.fromisoformat(next_on) if next_on else None,
    )
