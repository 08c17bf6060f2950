"""Which column of a table goes where: recognised by its heading, or named by the person."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from store.errors import WrongUsage
from store.exchange.headings import EXTRA, Column, folded, recognise
from store.forms.declaration import Field, Form, load_form
from store.language import N_, _
from store.records.cards import KINDS

LEAVE_OUT = "leave_out"
"""The target of a column whose cells are not wanted."""

REASON = N_("Reason it was rejected")
"""The heading under which rejected rows say why; it is left out when they are read again."""

KEPT = N_("kept: {name}")
"""The heading of something kept beside the fields whose own name would mean a field."""

_KEPT = re.compile(r"(?:kept|附)\s*[:：]\s*(?P<name>.+)", re.IGNORECASE)
_REASONS = frozenset({folded("Reason it was rejected"), folded("退回原因")})
_NUMBERED = re.compile(r"#([0-9]{1,3})")

SPECIALS: Mapping[str, str] = {
    "birthday": N_("Birthday, solar or lunar"),
    "phone": N_("Telephone of any kind"),
    "customer": N_("Customer"),
    "kind": N_("Person or organisation"),
    "number": N_("Card number"),
    "part.family": N_("Family name"),
    "part.given": N_("Given name"),
    "part.middle": N_("Middle name"),
    "labelled.home.fax": N_("Fax at home"),
    "labelled.other.fax": N_("Other fax"),
    "labelled.car.mobile": N_("Telephone in the car"),
    EXTRA: N_("Kept beside the fields"),
    LEAVE_OUT: N_("Left out"),
}
"""Targets that are no field, with their titles."""

_GOOGLE = {
    "phone": "phone",
    "email": "email",
    "website": "website",
    "organization": "organisation",
    "address": "work_address",
    "event": "further_dates",
    "im": "wechat",
}
"""What the numbered columns of Google's tables mostly fill."""

_NO_COLUMN = N_("The file has no column “{heading}”. It has: {headings}.")
_NO_TARGET = N_("There is no field “{text}” that a column could go to.")


def field_labels() -> Mapping[str, str]:
    """Every label of a field in any language, and every key, to the key; the person's form first.

    In the form of `headings.folded`.
    """
    return _labels(*map(load_form, KINDS))


@lru_cache(maxsize=8)
def _labels(*forms: Form) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for form in forms:
        for field in _own_fields(form):
            for word in (field.key, *field.label.values()):
                found.setdefault(folded(word), field.key)
    return found


def map_columns(headings: Sequence[str], chosen: Mapping[str, str] | None = None) -> list[Column]:
    """What each column holds.

    Args:
        headings: as they stand in the file.
        chosen: what the person said: a heading, or `#3` for the third column, to what
            `target_named` understands.

    Raises:
        WrongUsage: there is no such column, or no such field.
    """
    by_heading, by_place = _wishes(headings, chosen or {})
    columns = recognise(headings, field_labels(), by_heading)
    for place, column in enumerate(columns):
        kept = _KEPT.fullmatch(column.heading)
        if place in by_place:
            columns[place] = Column(column.heading, by_place[place])
        elif folded(column.heading) in by_heading:
            continue
        elif kept:
            columns[place] = Column(kept["name"], EXTRA)
        elif folded(column.heading) in _REASONS:
            columns[place] = Column(column.heading, LEAVE_OUT)
    return columns


def _wishes(
    headings: Sequence[str], chosen: Mapping[str, str]
) -> tuple[dict[str, str], dict[int, str]]:
    known = {folded(heading) for heading in headings}
    by_heading: dict[str, str] = {}
    by_place: dict[int, str] = {}
    for heading, text in chosen.items():
        numbered = _NUMBERED.fullmatch(heading.strip())
        if folded(heading) and folded(heading) in known:
            by_heading[folded(heading)] = target_named(text)
        elif numbered and 1 <= int(numbered[1]) <= len(headings):
            by_place[int(numbered[1]) - 1] = target_named(text)
        else:
            listed = ", ".join(heading for heading in headings if heading)
            raise WrongUsage(_NO_COLUMN, heading=heading, headings=listed)
    return by_heading, by_place


def target_named(text: str) -> str:
    """The target that a person names: a key or label of a field, a special, or any known heading.

    Nothing, or a dash, leaves the column out.

    Raises:
        WrongUsage: there is none.
    """
    wanted = text.strip()
    if wanted in ("", "-"):
        return LEAVE_OUT
    if wanted in SPECIALS:
        return wanted
    found = field_labels().get(folded(wanted)) or recognise([wanted])[0].target
    if found == EXTRA:
        raise WrongUsage(_NO_TARGET, text=text)
    return found


def target_title(target: str) -> str:
    """What a target is called, in the language spoken now."""
    if target in SPECIALS:
        return _(SPECIALS[target])
    for kind in KINDS:
        form = load_form(kind)
        if target in form:
            return form.field(target).title
    area, _dot, rest = target.partition(".")
    what = rest.partition(".")[0]
    if area == "address":
        return _("Other address") if what == "other_address" else target_title(what)
    return target_title(_GOOGLE.get(what, EXTRA))


def every_target() -> list[str]:
    """The targets that a column can be given, in the order in which they are offered."""
    fields = dict.fromkeys(field.key for kind in KINDS for field in _own_fields(load_form(kind)))
    return [*fields, *SPECIALS]


def _own_fields(form: Form) -> list[Field]:
    """The fields that a column can fill: not the people of an organisation, who have cards."""
    return [field for field in form.fields() if field.source != "people"]


def headings_by_key(columns: Iterable[Column]) -> dict[str, str]:
    """The heading under which the value of a field stands, for sentences about it.

    A column of the field's own goes before one that may hold it, as 生日 may a lunar birthday.
    """
    columns = tuple(columns)
    found: dict[str, str] = {}
    for column in columns:
        found.setdefault(column.target, column.heading)
    for column in columns:
        area, _dot, rest = column.target.partition(".")
        keys = {
            "birthday": ("birth_solar", "birth_lunar"),
            "phone": ("mobile", "work_phone"),
            "part": ("name",),
            "customer": ("name", "organisation"),
            "address": (rest.partition(".")[0],),
            "labelled": (rest.partition(".")[2],),
        }.get(area, (column.target,))
        for key in keys:
            found.setdefault(key, column.heading)
    return found
