"""Remarks of colleagues on the cards of a document.

What was said of a card that is not in it stays in the box, by whomever it was said; and so does
what members tell each other about no customer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store import rows
from store.errors import BadValue
from store.exchange.chosen import CHUNK
from store.exchange.json_fields import Fields
from store.forms.remark_kinds import CHOICES
from store.forms.tidy import LONGEST_TEXT, short_enough
from store.language import N_
from store.models.base import database
from store.models.sharing import Remark
from store.remarks import REMARK

if TYPE_CHECKING:
    from store.exchange.box_members import Members
    from store.recorder import Recorder

_NO_CARD = N_("There is no card {number} in the file.")
_NO_KIND = N_("“{kind}” is no kind of remark.")
_NO_TALK = N_("There is no such talk in the file.")
_NO_TODO = N_("There is no such to-do in the file.")
_NO_REMARK = N_("There is no such remark before this one in the file.")

_KINDS = frozenset(choice.value for choice in CHOICES)

_STORED = (
    "SELECT remark.id, remark.card_id, todo.id, talk.id FROM remark "
    "LEFT JOIN todo ON todo.id = remark.todo_id AND todo.card_id = remark.card_id "
    "LEFT JOIN interaction AS talk ON talk.id = remark.interaction_id "
    "AND (talk.card_id = remark.card_id OR EXISTS (SELECT 1 FROM interaction_card AS further "
    "WHERE further.interaction_id = talk.id AND further.card_id = remark.card_id)) "
    "WHERE remark.trashed_at IS NULL ORDER BY remark.id"
)
"""A talk or to-do that stands on another card by now is not told of."""

Row = dict[str, Any]


# Out


def remarks_of(numbers: Mapping[int, str]) -> Iterator[rows.Row]:
    """The stored rows of the remarks on these cards, in their order."""
    chosen = {
        row_id: {"todo_id": todo, "interaction_id": talk}
        for row_id, card, todo, talk in database.execute_sql(_STORED).fetchall()
        if card in numbers
    }
    ids = list(chosen)
    for start in range(0, len(ids), CHUNK):
        for row_id, row in rows.fetch(Remark, ids[start : start + CHUNK]).items():
            yield row | chosen[row_id]


# In


@dataclass(slots=True)
class BoxRemark:
    """A remark; what it is about and what it answers by their places in the file, from 1."""

    card: str
    columns: Row
    author: str | None
    addressee: str | None
    talk: int | None
    todo: int | None
    answers: int | None


def read_remarks(
    top: Fields, numbers: set[str], talks: Sequence[set[str]], todos: Sequence[str | None]
) -> list[BoxRemark]:
    """The remarks of a document.

    Args:
        numbers: of the cards in it.
        talks: the cards of each talk in it.
        todos: the card of each to-do in it.

    Raises:
        BadInput: one of them is wrong.
    """
    found: list[BoxRemark] = []
    for one in top.objects("remarks"):
        remark = _remark(one, numbers)
        remark.talk = _place(one, "interaction", len(talks), _NO_TALK)
        remark.todo = _place(one, "todo", len(todos), _NO_TODO)
        remark.answers = _place(one, "answers", len(found), _NO_REMARK)
        if remark.talk is not None and remark.card not in talks[remark.talk - 1]:
            remark.talk = None
        if remark.todo is not None and remark.card != todos[remark.todo - 1]:
            remark.todo = None
        found.append(remark)
    return found


def _remark(one: Fields, numbers: set[str]) -> BoxRemark:
    card: str = one.require("card", one.line("card"))
    if card not in numbers:
        one.refuse(BadValue(_NO_CARD, number=card), "card")
    kind = one.line("kind") or REMARK
    if kind not in _KINDS:
        one.refuse(BadValue(_NO_KIND, kind=kind[:40]), "kind")
    text: str = one.require("text", one.text("text"))
    try:
        short_enough(text, LONGEST_TEXT)
    except BadValue as error:
        one.refuse(error, "text")
    times = {key: one.moment(key) for key in ("created_at", "done_at", "updated_at")}
    said = {key: moment for key, moment in times.items() if moment is not None}
    columns = {"kind": kind, "text": text, **said}
    return BoxRemark(card, columns, one.line("author"), one.line("addressee"), None, None, None)


def _place(one: Fields, key: str, count: int, missing: str) -> int | None:
    place = one.whole(key)
    if place is not None and not 1 <= place <= count:
        one.refuse(BadValue(missing), key)
    return place


def enter(
    change: "Recorder",
    remarks: Sequence[BoxRemark],
    cards: Mapping[str, int],
    talks: Mapping[int, int],
    todos: Mapping[int, int],
    members: "Members",
) -> None:
    """Write the remarks on cards that were entered.

    Nobody is written to in a colleague's name: what the reader may not say for its author stands
    in his own name, and is addressed to himself. To somebody who does not stand below the reader
    it comes as a plain remark that waits for him; what he was done with elsewhere stays with its
    author, since here he never got it.

    Args:
        cards: ids of the entered cards by their numbers in the file.
        talks: ids by the places in the file, of those that were entered.
        todos: the same.
    """
    ids: dict[int, int] = {}
    waiting: dict[int, Row] = {}

    def write() -> None:
        ids.update(zip(waiting, change.insert_many(Remark, list(waiting.values())), strict=True))
        waiting.clear()

    for place, one in enumerate(remarks, start=1):
        if one.card not in cards:
            continue
        author, addressee = _names(one, members)
        if one.answers in waiting or len(waiting) == CHUNK:
            write()
        waiting[place] = {
            **one.columns,
            "kind": one.columns["kind"] if members.stands_above(addressee) else REMARK,
            "author_id": author,
            "addressee_id": addressee,
            "card_id": cards[one.card],
            "interaction_id": talks.get(one.talk or 0),
            "todo_id": todos.get(one.todo or 0),
            "answers_id": ids.get(one.answers or 0),
        }
    write()


def _names(one: BoxRemark, members: "Members") -> tuple[int, int]:
    """Whose words a remark is here, and to whom."""
    if not members.speaks_for(one.author):
        return members.me, members.me
    author, addressee = members.id_of(one.author), members.known(one.addressee) or members.me
    if "done_at" in one.columns and not members.stands_above(addressee):
        return author, author
    return author, addressee
