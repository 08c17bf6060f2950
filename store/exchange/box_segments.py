"""Saved filters in the document of a whole box: the member's own, and those that he shares in.

What he shares with nobody is told without his name: it is the own of whoever reads it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store import rows
from store.errors import BadInput, BadValue
from store.exchange.json_fields import Fields
from store.forms.tidy import one_line
from store.json_text import read_json
from store.language import N_, listed
from store.models.base import database
from store.models.relations import Segment
from store.records.card_list import CardQuery, query_as_kept, query_from
from store.rights import members_below
from store.segments import LONGEST_NAME, filter_as_kept

if TYPE_CHECKING:
    from store.desk import Desk
    from store.exchange.box_members import Members
    from store.recorder import Recorder

LEFT_OUT = N_("Segments that were left out, since there are other ones of these names: {names}.")
_NO_FILTER = N_("This is no filter of cards.")

Row = dict[str, Any]


def segments_of(desk: "Desk") -> Iterator[rows.Row]:
    """The stored rows of the segments that a member has, in their order; of those that are not
    shared without whose they are.
    """
    for row in rows.fetch(Segment, sorted(row.id for row in desk.segments.all())).values():
        query = query_from(read_json(row["query"])) or CardQuery()
        owner = row["owner_id"] if row["shared"] else None
        yield row | {"query": query_as_kept(query), "owner_id": owner}


@dataclass(slots=True)
class BoxSegment:
    """A saved filter."""

    name: str
    query: Row
    shared: bool
    columns: Row
    owner: str | None


def read_segments(top: Fields) -> list[BoxSegment]:
    """The saved filters of a document; raises `BadInput`."""
    return [_segment(one) for one in top.objects("segments")]


def _segment(one: Fields) -> BoxSegment:
    try:
        name: str = one.require("name", one_line(one.line("name") or "", LONGEST_NAME))
    except BadValue as error:
        one.refuse(error, "name")
    query = query_from(one.mapping("query"))
    if query is None:
        one.refuse(BadValue(_NO_FILTER), "query")
    try:
        kept: Row = filter_as_kept(query)
    except BadValue as error:
        one.refuse(error, "query")
    times = {key: one.moment(key) for key in ("created_at", "updated_at")}
    said = {key: moment for key, moment in times.items() if moment is not None}
    return BoxSegment(name, kept, one.yes("shared"), said, one.line("owner"))


def enter(change: "Recorder", segments: Sequence[BoxSegment], members: "Members") -> list[BadInput]:
    """Write the segments that are not here already; gives a word on those whose name is taken.

    Whose they are they become as far as the reader stands above him; else they are the reader's
    own, and shared with nobody before he says so.
    """
    below = members_below(change.desk.member)
    present = _Present(change.desk)
    several: list[Row] = []
    taken: list[str] = []
    for one in segments:
        said = members.known(one.owner)
        is_his = said is not None and (below is None or said in below)
        owner = said if said is not None and is_his else members.me
        known = present.query(owner, said, one.name)
        if known is not None:
            if known != one.query:
                taken.append(one.name)
            continue
        values = {**one.columns, "name": one.name, "query": one.query, "owner_id": owner}
        several.append({**values, "shared": one.shared and members.speaks_for(one.owner)})
        present.take(owner, one)
    for start in range(0, len(several), rows.CHUNK):
        change.insert_many(Segment, several[start : start + rows.CHUNK])
    return [BadInput(LEFT_OUT, names=listed(taken))] if taken else []


class _Present:
    """The filters that are here, by owner and name."""

    def __init__(self, desk: "Desk") -> None:
        self._seen = {(row.owner_login, row.name) for row in desk.segments.all()}
        self._queries: dict[tuple[int, str], Mapping[str, Any]] = {}
        self._logins: dict[int, str] = {}
        for owner, login, name, query in database.execute_sql(
            "SELECT owner_id, login, segment.name, query FROM segment "
            "JOIN member ON member.id = segment.owner_id"
        ).fetchall():
            kept = query_as_kept(query_from(read_json(query)) or CardQuery())
            self._queries[owner, name] = kept
            self._logins[owner] = login

    def query(self, owner: int, said: int | None, name: str) -> Mapping[str, Any] | None:
        """The filter of this name that its owner has here, or as far as the reader sees it the one
        whom the file names.
        """
        if said is not None and (self._logins.get(said, ""), name) in self._seen:
            return self._queries[said, name]
        return self._queries.get((owner, name))

    def take(self, owner: int, segment: BoxSegment) -> None:
        """Know a filter that is new."""
        self._queries[owner, segment.name] = segment.query
