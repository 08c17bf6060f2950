"""Cards as a table whose headings and cells the import understands again."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from store.exchange.headings import EXTRA
from store.exchange.links import link_text
from store.exchange.mapping import KEPT, map_columns
from store.exchange.tables import MOST_COLUMNS
from store.exchange.xlsx_write import LONGEST
from store.forms.declaration import load_form
from store.language import N_, _
from store.models.base import compact_json, database
from store.records.cards import KINDS, CardRecord

NUMBER, KIND = "number", "kind"
"""The columns before the fields."""

_HEADINGS = {NUMBER: N_("Card number"), KIND: N_("Kind")}
_NAMELESS = N_("(no heading)")
_REST = N_("Further things kept")

_FIELDS_AT_LEAST = ("name", "organisation", "title", "mobile")
"""Columns that a table has even when they are empty."""


def further(record: CardRecord) -> list[tuple[str, str]]:
    """What is kept beside the fields: extras, and values of fields that no form declares now."""
    kept = [(name or _(_NAMELESS), text) for name, text in record.extras]
    for key, value in record.unknown.items():
        kept.append((key, value if isinstance(value, str) else compact_json(value)))
    return [(name, text) for name, text in kept if text and len(text) <= LONGEST]


def linked_names(record: CardRecord, ambiguous: frozenset[str]) -> dict[str, Any]:
    """The values of a card, other cards named so that people and the import know them.

    Args:
        ambiguous: names that several organisations have.
    """
    values = dict(record.values)
    house = values.get("organisation")
    if house in record.linked:
        name = record.linked[house]
        values["organisation"] = link_text(name, house) if name in ambiguous else name
    referrer = values.get("referrer")
    if referrer in record.linked:
        values["referrer"] = link_text(record.linked[referrer], referrer)
    return values


def ambiguous_houses() -> frozenset[str]:
    """The names that several organisations have."""
    cursor = database.execute_sql(
        "SELECT name FROM card WHERE kind = 'organisation' AND trashed_at IS NULL "
        "GROUP BY name HAVING count(*) > 1"
    )
    return frozenset(name for (name,) in cursor.fetchall())


class CardTable:
    """The columns that some cards need, and the cards as rows of them.

    Args:
        cards: the cards, to see which columns they fill.
    """

    def __init__(self, cards: Iterable[CardRecord]) -> None:
        self._kinds: set[str] = set()
        used: set[str] = set(_FIELDS_AT_LEAST)
        extras: Counter[str] = Counter()
        for record in cards:
            self._kinds.add(record.kind)
            used.update(record.values)
            extras |= Counter(name for name, _text in further(record))
        self.keys = tuple(key for key in self._declared() if key in used)
        room = MOST_COLUMNS - 2 - len(self.keys)
        columns = [name for name, times in extras.items() for _time in range(times)]
        self._overflowing = len(columns) > room
        self._extras = columns[: room - 1] if self._overflowing else columns
        self.headings = self._headed()
        self._ambiguous = ambiguous_houses()

    def _declared(self) -> Iterator[str]:
        """Every key of the forms of these kinds, each once, the person's first."""
        kinds = [kind for kind in KINDS if kind in self._kinds] or KINDS[:1]
        yield from dict.fromkeys(field.key for kind in kinds for field in load_form(kind).fields())

    def _headed(self) -> list[str]:
        """The headings: labels in the language spoken, as long as they are understood again."""
        meant = [NUMBER, KIND, *self.keys]
        headings = [_(_HEADINGS[NUMBER]), _(_HEADINGS[KIND]), *map(self._label, self.keys)]
        kept = self._extras + ([_(_REST)] if self._overflowing else [])
        meant += [EXTRA] * len(kept)
        headings += kept
        for place, column in enumerate(map_columns(headings)):
            if column.target != meant[place] or column.heading != headings[place]:
                plain = meant[place] != EXTRA
                headings[place] = meant[place] if plain else _(KEPT).format(name=headings[place])
        return headings

    def _label(self, key: str) -> str:
        """The label of a field, of another form's field of the same key where it is clearer."""
        forms = [load_form(kind) for kind in KINDS if kind in self._kinds or len(self._kinds) != 1]
        labels = [form.field(key).title for form in [*forms, *map(load_form, KINDS)] if key in form]
        return next((label for label in labels if map_columns([label])[0].target == key), key)

    def rows(self, cards: Iterable[CardRecord]) -> Iterator[list[str]]:
        """The cards as rows."""
        for record in cards:
            yield self._row(record)

    def _row(self, record: CardRecord) -> list[str]:
        form = load_form(record.kind)
        values = linked_names(record, self._ambiguous)
        row = [record.number, form.title]
        row += [form.field(key).plain(values[key]) if key in values else "" for key in self.keys]
        return row + self._extra_cells(further(record))

    def _extra_cells(self, kept: Sequence[tuple[str, str]]) -> list[str]:
        waiting: dict[str, list[str]] = {}
        for name, text in kept:
            waiting.setdefault(name, []).append(text)
        cells = [waiting[name].pop(0) if waiting.get(name) else "" for name in self._extras]
        if self._overflowing:
            rest = [f"{name}: {text}" for name, texts in waiting.items() for text in texts]
            cells.append("\n".join(rest)[:LONGEST])
        return cells
