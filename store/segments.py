"""Segments 目标市场: saved filters with a name, a member's own or shared with the team.

Each reader gets of a shared one the cards that he sees: only the filter is shared.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from store.arguments import checks_arguments, shortened
from store.errors import BadValue, NotFound
from store.forms.tidy import LONGEST_LINE, one_line, short_enough
from store.json_text import read_json
from store.language import N_
from store.models.base import database
from store.models.relations import Segment
from store.records.card_list import SORTS, CardQuery, query_as_kept, query_from
from store.records.segments import SegmentRow
from store.rights import members_below
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk

LONGEST_NAME = 40
"""Characters of a segment's name."""

MOST_VALUES = 200
"""Values of one filter: the database asks for each, and whoever shares a segment asks for all."""

NO_NAME = N_("A segment needs a name.")
NO_SEGMENT = N_("There is no segment “{name}”.")
NAME_TAKEN = N_("There is a segment “{name}” already.")
NO_ORDER = N_("There is no order “{sort}” of cards.")
TOO_MANY = N_("A segment holds no more than {most} values of one filter.")

SEGMENT_SAVED = N_("Segment saved")
SEGMENT_CHANGED = N_("Segment changed")
SEGMENT_REMOVED = N_("Segment removed")

LISTED = (
    "SELECT segment.id, segment.name, segment.query, member.name, member.login, segment.shared, "
    "segment.owner_id, segment.updated_at FROM segment "
    "JOIN member ON member.id = segment.owner_id "
    "WHERE (segment.owner_id = ? OR segment.shared) {further} "
    "ORDER BY segment.owner_id <> ?, segment.name, segment.id"
)


@explains_trouble
@checks_arguments
class Segments:
    """A member's segments, and those that colleagues share."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def all(self, counted: bool = False) -> list[SegmentRow]:
        """His own by name, then the shared ones of others.

        Args:
            counted: with the number of cards that each finds for him.
        """
        found = self._rows("", [])
        if not counted:
            return found
        return [replace(row, count=self.desk.cards.count(row.query)) for row in found]

    def get(self, segment_id: int) -> SegmentRow:
        """One segment.

        Raises:
            NotFound: there is none that he has.
        """
        found = self._rows("AND segment.id = ?", [segment_id])
        if not found:
            raise NotFound(NO_SEGMENT, name=str(segment_id))
        return found[0]

    def named(self, name: str) -> SegmentRow:
        """The segment of a name, his own before one that is shared.

        Raises:
            NotFound: there is none that he has.
        """
        wanted = one_line(name)
        found = self._rows("AND segment.name = ?", [wanted])
        if not found:
            raise NotFound(NO_SEGMENT, name=shortened(wanted))
        return found[0]

    def save(self, name: str, query: CardQuery, shared: bool | None = None) -> SegmentRow:
        """Keep a filter under a name; one of his own with that name gets this filter.

        Args:
            shared: whether the whole team has it; None leaves it as it is, a new one his own.

        Raises:
            BadValue: the name says nothing or is too long, or the query is none.
        """
        called = _name(name)
        values: dict[str, Any] = {"query": filter_as_kept(query)}
        if shared is not None:
            values["shared"] = shared
        with self.desk.change(SEGMENT_SAVED) as change:
            segment_id = self._own(called)
            if segment_id is None:
                values = {"shared": False, **values, "name": called}
                segment_id = change.insert(Segment, {**values, "owner_id": self.desk.member.id})
            else:
                change.update(Segment, segment_id, values)
        return self.get(segment_id)

    def rename(self, segment_id: int, name: str) -> SegmentRow:
        """Give a segment another name.

        Raises:
            BadValue: the name says nothing or is too long, or another of his has it.
            NotAllowed: it is a colleague's.
            NotFound: there is none that he has.
        """
        called = _name(name)
        with self.desk.change(SEGMENT_CHANGED) as change:
            present = self.get(segment_id)
            other = self._own(called)
            if other is not None and other != segment_id and present.mine:
                raise BadValue(NAME_TAKEN, field="name", name=called)
            change.update(Segment, segment_id, {"name": called})
        return self.get(segment_id)

    def share(self, segment_id: int, shared: bool = True) -> SegmentRow:
        """Share a segment with the team, or keep it to oneself again.

        Raises:
            NotAllowed: it is a colleague's.
            NotFound: there is none that he has.
        """
        with self.desk.change(SEGMENT_CHANGED) as change:
            present = self.get(segment_id)
            change.update(Segment, segment_id, {"shared": shared})
        return replace(present, shared=shared)

    def remove(self, segment_id: int) -> None:
        """Take a segment away; its cards stay as they are.

        Raises:
            NotAllowed: it is a colleague's.
            NotFound: there is none that he has.
        """
        with self.desk.change(SEGMENT_REMOVED) as change:
            self.get(segment_id)
            change.delete(Segment, segment_id)

    def _own(self, name: str) -> int | None:
        own = (Segment.name == name) & (Segment.owner == self.desk.member.id)
        found = Segment.select(Segment.id).where(own).scalar()
        return None if found is None else int(found)

    def _rows(self, further: str, parameters: list[Any]) -> list[SegmentRow]:
        me = self.desk.member.id
        cursor = database.execute_sql(LISTED.format(further=further), [me, *parameters, me])
        below = members_below(self.desk.member)
        return [
            SegmentRow(
                id=row_id,
                name=name,
                query=query_from(read_json(query)) or CardQuery(),
                owner=owner,
                owner_login=login,
                shared=bool(shared),
                mine=owner_id == me or below is None or owner_id in below,
                updated_at=Segment.updated_at.python_value(updated),
            )
            for row_id, name, query, owner, login, shared, owner_id, updated in cursor.fetchall()
        ]


def filter_as_kept(query: CardQuery) -> dict[str, Any]:
    """A filter as a segment keeps it.

    Raises:
        BadValue: it says too much, or asks for an order that there is not.
    """
    from store.setting_values import checked

    if query.sort not in SORTS:
        raise BadValue(NO_ORDER, field="sort", sort=shortened(query.sort))
    short_enough(query.text, LONGEST_LINE, "text")
    kept: dict[str, Any] = checked(query_as_kept(query))
    for key, value in kept.items():
        if isinstance(value, list) and len(value) > MOST_VALUES:
            raise BadValue(TOO_MANY, field=key, most=MOST_VALUES)
    return kept


def _name(text: str) -> str:
    called = one_line(text, LONGEST_NAME)
    if not called:
        raise BadValue(NO_NAME, field="name")
    return called
