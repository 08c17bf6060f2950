"""What a customer has in common with the member, who may keep a card of himself.

Both cards are taken as the member gets them: what is masked or hidden for him joins nobody.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from store.folding import HAN
from store.forms.declaration import Field, Form, load_form
from store.forms.tidy import folded
from store.language import N_, _
from store.lunar import YearlyDate
from store.models.base import database
from store.records.cards import CardRecord
from store.row_facts import rows_in

if TYPE_CHECKING:
    pass

TIES: tuple[tuple[str, ...], ...] = (
    ("education.school",),
    ("native_place", "birthplace"),
    ("hobbies",),
    ("clubs", "former_clubs"),
    ("bodies.body",),
    ("circle",),
    ("sports_watched",),
    ("travelled",),
    ("military_branch",),
    ("ethnicity",),
    ("languages",),
    ("industry",),
    ("city",),
)
"""Fields, and columns of rows, that join two cards where any of them says the same; the closest
ties first. The first one of a tie names it."""

COMMON = frozenset({"han", "汉族", "普通话", "mandarin"})
"""What nearly everybody has in common."""

WORKED = N_("You both know this house from inside: {place}")

_PROVINCE = re.compile(f"[{HAN}]{{2}}")


def common_ground(own: CardRecord, record: CardRecord) -> tuple[str, ...]:
    """What joins the member, by his own card, and a customer, in short sentences.

    Nothing on that card itself.
    """
    if own.id == record.id:
        return ()
    return (
        *_acquaintance(own, record),
        *_ties(own, record),
        *(_(WORKED).format(place=place) for place in _shared_houses(own, record)),
        *_origin(own.values, record.values),
    )


def _acquaintance(own: CardRecord, record: CardRecord) -> Iterator[str]:
    """Who of the two brought the other, or that the same person brought both."""
    mine, his = own.values.get("referrer"), record.values.get("referrer")
    if his == own.number:
        yield _("You brought him yourself")
    elif mine == record.number:
        yield _("He brought you")
    elif his is not None and his == mine:
        yield _("{name} brought you both").format(name=record.linked.get(his, his))


def _ties(own: CardRecord, record: CardRecord) -> Iterator[str]:
    """What both say of themselves, named by the customer's form."""
    form = load_form(record.kind)
    for keys in TIES:
        mine = {word for key in keys for word in _said(own, key)}
        found: dict[str, str] = {}
        for key in keys:
            for word, shown in _said(record, key).items():
                if word in mine and word not in COMMON:
                    found.setdefault(word, shown)
        fields = (field for key in keys if (field := _field(form, key)) is not None)
        named = next(fields, None)
        if found and named is not None:
            yield _(": ").join((named.title, _("; ").join(found.values())))


def _said(record: CardRecord, key: str) -> Mapping[str, str]:
    """What a field or a column says: each word folded, and as it is shown."""
    form = load_form(record.kind)
    field = _field(form, key)
    if field is None:
        return {}
    name, dot, column = key.partition(".")
    value = record.values.get(name)
    entries: list[Any] = value if isinstance(value, list) else [value]
    if dot:
        entries = [row.get(column) for row in rows_in(value)]
    words = [entry for entry in entries if isinstance(entry, str) and entry]
    shown = {word: field.show([word] if field.type == "choices" else word) for word in words}
    return {folded(word): text for word, text in shown.items()}


def _field(form: Form, key: str) -> Field | None:
    """The field or the column of a key; None where the form has it not."""
    name, dot, column = key.partition(".")
    if name not in form:
        return None
    field = form.field(name)
    if not dot:
        return field
    return next((each for each in field.columns if each.key == column), None)


def _shared_houses(own: CardRecord, record: CardRecord) -> Iterable[str]:
    """Where both work or worked; of an organisation, that the member did."""
    mine = {folded(house) for house in _houses(own)}
    return list(
        {folded(house): house for house in _houses(record) if folded(house) in mine}.values()
    )


def _houses(record: CardRecord) -> Iterator[str]:
    """The employers that a card tells of; an organisation tells of itself."""
    if record.kind == "organisation":
        yield from (
            str(record.values[key]) for key in ("name", "short_name") if key in record.values
        )
        return
    cursor = database.execute_sql(
        "SELECT house.name FROM affiliation JOIN card AS house "
        "ON house.id = affiliation.organisation_id WHERE affiliation.person_id = ?",
        [record.id],
    )
    yield from (name for (name,) in cursor.fetchall())
    yield from _said(record, "career.employer").values()


def _origin(mine: Mapping[str, Any], his: Mapping[str, Any]) -> Iterator[str]:
    """The same province of two places, and the same year of birth."""
    province = _same_province(mine, his)
    if province:
        yield _("From the same province: {place}").format(place=province)
    if _birth_year(mine) is not None and _birth_year(mine) == _birth_year(his):
        yield _("Born in the same year")


def _same_province(mine: Mapping[str, Any], his: Mapping[str, Any]) -> str:
    """The province that two different native places begin with, as far as it shows."""
    places = [str(values.get("native_place") or "") for values in (mine, his)]
    provinces = [match[0] if (match := _PROVINCE.match(place)) else "" for place in places]
    return provinces[0] if provinces[0] == provinces[1] and places[0] != places[1] else ""


def _birth_year(values: Mapping[str, Any]) -> int | None:
    stored = values.get("birth_solar") or values.get("birth_lunar")
    began = YearlyDate.parse(stored).to_solar() if stored else None
    return began.year if began else None
