"""Reads and checks the JSON document of a box before anything of it is written."""

import io
import json
import math
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO, NoReturn

from store.card_values import COLUMN_OF, take_apart
from store.card_writing import LETTERS
from store.errors import BadInput, BadValue
from store.exchange.box_inspections import BoxInspection, read_inspections
from store.exchange.box_json import FORMAT, VERSION
from store.exchange.box_pairs import BoxPair, read_pairs
from store.exchange.box_papers import BoxPaper, BoxVolume, read_papers, read_volumes
from store.exchange.box_relations import Ties, read_ties
from store.exchange.box_remarks import BoxRemark, read_remarks
from store.exchange.box_segments import BoxSegment, read_segments
from store.exchange.json_fields import DEEPEST, Fields
from store.exchange.text import LIMIT, decode
from store.former_fields import brought_over
from store.forms.contacts import normal_contact
from store.forms.declaration import Form, load_form
from store.forms.links import card_number
from store.language import N_
from store.records.cards import KINDS
from store.records.interactions import InteractionValues
from store.repeats import checked_rule
from store.talk_values import COLUMNS, checked
from store.todo_values import clock_time

_NO_JSON = N_("This is no JSON, or it is cut off ({reason}).")
_NO_BOX = N_("This JSON holds no card box. What `export all` writes as JSON can be read.")
_NEWER = N_("This box was written by a newer 熟客. Please update the program.")
_NO_NUMBER = N_("The JSON holds {number}, which is no number that can be kept.")
_TOO_LARGE = N_(
    "A JSON file of more than {limit} MB cannot be read: `shuke backup` and `shuke restore` take "
    "a box of any size to another computer."
)
_NO_KIND = N_("A card is a person or an organisation.")
_NO_CARD = N_("There is no card {number} in the file.")
_NO_TALK = N_("There is no such talk in the file.")
_NO_CARD_NUMBER = N_("This should be the number of a card, such as P000123.")
_TWICE = N_("The number {number} is there twice.")
_NO_SIDE = N_("A to-do is ours or theirs, not “{side}”.")
_NO_TIME = N_("This should be a time such as 15:30.")

LONGEST_NUMBER = 12

Row = dict[str, Any]
"""Values by column name, without ids."""


@dataclass(slots=True)
class BoxPlace:
    """Where somebody works."""

    columns: Row
    organisation: str | None
    """The number of a card of the file; else `name` says it."""
    name: str | None
    reports_to: str | None


@dataclass(slots=True)
class BoxRelative:
    """Somebody of a person's family."""

    columns: Row
    dates: list[Row]


@dataclass(slots=True)
class BoxCard:
    """A card and what stands on it."""

    number: str
    kind: str
    columns: Row
    owner: str | None
    created_by: str | None
    updated_by: str | None
    department: tuple[str, ...]
    referrer: str | None
    blank: frozenset[str]
    """Keys of fields with a usual value of which the file says nothing."""
    merged_into: str | None
    """The number of the card that this one, in the trash, was merged into."""
    contacts: list[Row]
    dates: list[Row]
    places: list[BoxPlace]
    family: list[BoxRelative]


@dataclass(slots=True)
class BoxTalk:
    """A talk."""

    card: str
    columns: Row
    member: str | None
    others: list[str]
    extras: Row


@dataclass(slots=True)
class BoxTodo:
    """A to-do."""

    columns: Row
    card: str | None
    talk: int | None
    """The place of its talk in the file, from 1."""
    owner: str | None
    asked_by: str | None
    created_by: str | None


@dataclass(slots=True)
class BoxMember:
    """A member whom records name."""

    login: str
    name: str
    department: tuple[str, ...]


@dataclass(slots=True)
class Box:
    """All of a document."""

    cards: list[BoxCard] = field(default_factory=list)
    talks: list[BoxTalk] = field(default_factory=list)
    todos: list[BoxTodo] = field(default_factory=list)
    members: list[BoxMember] = field(default_factory=list)
    papers: list[BoxPaper] = field(default_factory=list)
    volumes: list[BoxVolume] = field(default_factory=list)
    ties: Ties = field(default_factory=lambda: Ties([], [], []))
    pairs: list[BoxPair] = field(default_factory=list)
    inspections: list[BoxInspection] = field(default_factory=list)
    remarks: list[BoxRemark] = field(default_factory=list)
    segments: list[BoxSegment] = field(default_factory=list)


def read_box(stream: BinaryIO) -> Box:
    """The whole document in a file.

    Raises:
        BadInput: it is no JSON, no box, newer than the program, or something in it is wrong.
    """
    if stream.seek(0, io.SEEK_END) > LIMIT:
        raise BadInput(_TOO_LARGE, limit=LIMIT // 2**20)
    stream.seek(0)
    try:
        document = json.loads(
            decode(stream.read()), parse_constant=_no_constant, parse_float=_finite
        )
    except RecursionError as error:
        raise BadInput(_NO_BOX) from error
    except ValueError as error:
        raise BadInput(_NO_JSON, reason=str(error)[:80]) from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise BadInput(_NO_BOX)
    version = document.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise BadInput(_NEWER)
    return read_document(document)


def read_document(document: Row) -> Box:
    """The whole document.

    Raises:
        BadInput: something in it is wrong.
    """
    top = Fields(document, "")
    numbers: set[str] = set()
    box = Box(members=[_member(one) for one in top.objects("members")])
    for one in top.objects("cards"):
        box.cards.append(_card(one))
        if box.cards[-1].number in numbers:
            one.refuse(BadValue(_TWICE, number=box.cards[-1].number), "number")
        numbers.add(box.cards[-1].number)
    for one, card in zip(top.objects("cards"), box.cards, strict=True):
        _check_links(one, card, numbers)
    box.talks = [_talk(one, numbers) for one in top.objects("interactions")]
    box.todos = [_todo(one, numbers, len(box.talks)) for one in top.objects("todos")]
    box.volumes = read_volumes(top)
    box.papers = read_papers(top, numbers, box.volumes)
    box.ties = read_ties(top, numbers)
    box.pairs = read_pairs(top, numbers)
    box.inspections = read_inspections(top, numbers)
    box.segments = read_segments(top)
    met = [{talk.card, *talk.others} for talk in box.talks]
    box.remarks = read_remarks(top, numbers, met, [todo.card for todo in box.todos])
    return box


def _no_constant(constant: str) -> NoReturn:
    raise BadInput(_NO_NUMBER, number=constant)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise BadInput(_NO_NUMBER, number=text[:20])
    return number


def _member(one: Fields) -> BoxMember:
    login = one.require("login", one.line("login"))
    return BoxMember(login, one.line("name") or login, _path(one))


def _path(one: Fields) -> tuple[str, ...]:
    """The names of a department and of those above it, from the top."""
    return tuple(one.lines("department")[:DEEPEST])


def _number(one: Fields, key: str) -> str | None:
    text = one.line(key)
    if text is not None and (card_number(text) != text or len(text) > LONGEST_NUMBER):
        one.refuse(BadValue(_NO_CARD_NUMBER), key)
    return text


def _known(one: Fields, key: str, numbers: set[str]) -> str | None:
    number = _number(one, key)
    if number is not None and number not in numbers:
        one.refuse(BadValue(_NO_CARD, number=number), key)
    return number


def _card(one: Fields) -> BoxCard:
    kind = one.line("kind")
    if kind not in KINDS:
        one.refuse(BadValue(_NO_KIND), "kind")
    number = one.require("number", _number(one, "number"))
    if number[0] != LETTERS[kind]:
        one.refuse(BadValue(_NO_CARD_NUMBER), "number")
    form = load_form(kind)
    columns = _card_columns(one, form)
    one.require("name", columns.get("name"))
    return BoxCard(
        number=number,
        kind=kind,
        columns={**columns, **_bookkeeping(one)},
        owner=one.line("owner"),
        created_by=one.line("created_by"),
        updated_by=one.line("updated_by"),
        department=_path(one),
        referrer=_number(one, "referrer"),
        blank=frozenset(key for key in ("lifecycle", "likelihood") if one.line(key) is None),
        merged_into=_number(one, "merged_into"),
        contacts=[_contact(point, form) for point in one.objects("contacts")],
        dates=[_date(day) for day in one.objects("dates")],
        places=[_place(place) for place in one.objects("affiliations")],
        family=[_relative(member) for member in one.objects("family")],
    )


def _card_columns(one: Fields, form: Form) -> Row:
    """The columns of the card's own row, as its form takes them."""
    columns: Row = {
        "referrer_name": one.line("referrer_name"),
        "extras": one.pairs("extras") or None,
        "value_pinned": one.yes("value_pinned", one.line("value_grade") is not None),
        "put_off_until": one.day("put_off_until"),
        "review_on": one.day("review_on"),
    }
    for declared in form.fields():
        if declared.source == "card":
            column = COLUMN_OF.get(declared.key, declared.key)
            value = one.checked(column, declared, one.record.get(column))
            # Lifecycle and likelihood have defaults of their own.
            columns.update(take_apart(form.kind, {declared.key: value}, new=True).columns)
    profile = brought_over(form.kind, one.mapping("profile"))
    for key in profile.keys() & {declared.key for declared in form.fields()}:
        profile[key] = one.checked(f"profile.{key}", form.field(key), profile[key])
    columns["profile"] = {key: value for key, value in profile.items() if value is not None}
    return columns


def _bookkeeping(one: Fields) -> Row:
    """When the record was made, changed and put in the trash; what is not said is left out."""
    said: dict[str, datetime | None] = {
        key: one.moment(key) for key in ("created_at", "updated_at", "trashed_at")
    }
    return {key: value for key, value in said.items() if value is not None}


def _contact(one: Fields, form: Form) -> Row:
    kind = one.word("kind")
    value = one.require("value", one.line("value"))
    label = one.line("label") or ""
    if kind in form and form.field(kind).source == "contact":
        declared = form.field(kind)
        if declared.several:
            point = one.checked("value", declared, [{"value": value, "label": label}])[0]
            value, label = point["value"], point["label"]
        else:
            value = one.checked("value", declared, value)
    return {
        "kind": kind,
        "value": value,
        "label": label,
        "normal": normal_contact(kind, value),
        "position": one.whole("position") or 0,
    }


def _date(one: Fields) -> Row:
    said = one.yearly("date")
    return {
        "kind": one.word("kind"),
        "calendar": str(said.calendar),
        "year": said.year,
        "month": said.month,
        "day": said.day,
        "leap": said.leap,
        "kept": one.yes("kept", True),
        "note": one.line("note") or "",
        "position": one.whole("position") or 0,
    }


def _place(one: Fields) -> BoxPlace:
    texts = ("title", "org_department", "department_kind", "level", "role", "attitude", "faction")
    columns: Row = {key: one.line(key) for key in texts}
    columns |= {key: one.text(key) for key in ("matters", "quality", "note")}
    columns |= {key: one.day(key) for key in ("since", "until")}
    columns |= {"influence": one.whole("influence"), "main": one.yes("main", True)}
    columns["position"] = one.whole("position") or 0
    organisation, name = _number(one, "organisation"), one.line("organisation_name")
    if organisation is None:
        one.require("organisation_name", name)
    return BoxPlace(columns, organisation, name, _number(one, "reports_to"))


def _relative(one: Fields) -> BoxRelative:
    texts = ("relation", "employer", "job", "phone", "education", "interests")
    columns: Row = {key: one.line(key) for key in texts}
    columns |= {
        "name": one.line("name") or "",
        "note": one.text("note"),
        "position": one.whole("position") or 0,
    }
    one.require("name", columns["name"] or columns["relation"])
    return BoxRelative(columns, [_date(day) for day in one.objects("dates")])


def _check_links(one: Fields, card: BoxCard, numbers: set[str]) -> None:
    """Make sure that every card which a card names is in the file."""
    _known(one, "referrer", numbers)
    _known(one, "merged_into", numbers)
    for place in one.objects("affiliations"):
        house = _known(place, "organisation", numbers)
        if house is not None and house[0] != LETTERS["organisation"]:
            place.refuse(BadValue(_NO_CARD_NUMBER), "organisation")
        _known(place, "reports_to", numbers)


def _talk(one: Fields, numbers: set[str]) -> BoxTalk:
    said: Row = {key: one.text(key) for key in COLUMNS if key not in _TALK_OTHERS}
    said |= {key: one.whole(key) for key in ("length", "interest", "cost")}
    said |= {"reached": one.yes("reached", True), "next_on": one.day("next_on")}
    said["method"] = said["method"] or "other"
    try:
        values = checked(InteractionValues(**said))
    except BadValue as error:
        one.refuse(error, error.field)
    columns = {key: getattr(values, key) for key in COLUMNS}
    columns["at"] = one.require("at", one.moment("at"))
    return BoxTalk(
        card=one.require("card", _known(one, "card", numbers)),
        columns={**columns, **_bookkeeping(one)},
        member=one.line("member"),
        others=_others(one, numbers),
        extras=one.mapping("extras"),
    )


_TALK_OTHERS = frozenset({"length", "interest", "cost", "reached", "next_on"})
"""Columns of a talk that are no texts."""


def _others(one: Fields, numbers: set[str]) -> list[str]:
    others = one.lines("others")
    for number in others:
        if number not in numbers:
            one.refuse(BadValue(_NO_CARD, number=number), "others")
    return list(dict.fromkeys(others))


def _todo(one: Fields, numbers: set[str], talks: int) -> BoxTodo:
    side = one.line("side") or "ours"
    if side not in ("ours", "theirs"):
        one.refuse(BadValue(_NO_SIDE, side=side), "side")
    talk = one.whole("interaction")
    if talk is not None and not 1 <= talk <= talks:
        one.refuse(BadValue(_NO_TALK), "interaction")
    columns = {
        "title": one.require("title", one.line("title")),
        "note": one.text("note"),
        "result": one.text("result"),
        "important": one.yes("important"),
        "urgent": one.yes("urgent"),
        "pinned": one.yes("pinned"),
        "due_on": one.day("due_on"),
        "due_time": _time(one),
        "repeat": _repeat(one),
        "side": side,
        "tags": one.lines("tags") or None,
        "snoozed_until": one.day("snoozed_until"),
        "done_at": one.moment("done_at"),
        **_bookkeeping(one),
    }
    return BoxTodo(
        columns=columns,
        card=_known(one, "card", numbers),
        talk=talk,
        owner=one.line("owner"),
        asked_by=one.line("asked_by"),
        created_by=one.line("created_by"),
    )


def _time(one: Fields) -> str | None:
    text = one.line("due_time")
    try:
        due = clock_time(text)
    except ValueError:
        one.refuse(BadValue(_NO_TIME), "due_time")
    return None if due is None else f"{due:%H:%M}"


def _repeat(one: Fields) -> str | None:
    rule = one.line("repeat")
    try:
        return None if rule is None else checked_rule(rule)
    except BadValue as error:
        one.refuse(error, "repeat")
