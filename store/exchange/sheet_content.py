"""What stands on the printed forms: the personal card, the organisation card, the survey.

All of it follows the declaration, so that fields of the team's own are printed, too. A card shows
what is known and the blanks that are worth asking for; a survey asks for everything of its
sections, with room to write. A blank form is a sheet without a card.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from store.exchange.sheet import SLOTS, Cell, Group, Sheet, Table, filled, spans
from store.forms.declaration import Field, Form, Section, load_form
from store.labels import MASK
from store.language import _

if TYPE_CHECKING:
    from store.desk import Desk
    from store.records.cards import CardRecord

FILLED = "filled"
"""The section that stands at the foot of every sheet."""

SURVEYED: Mapping[str, frozenset[str]] = {
    "person": frozenset(
        {
            *("name_card", "dates", "personal", "education", "family", "career", "interests"),
            *("way_of_life", "decision"),
        }
    ),
    "organisation": frozenset(
        {
            *("name_card", "dates", "basics", "character", "business", "trade_now", "needs"),
            *("buying", "people", "competitors"),
        }
    ),
}
"""The sections of a survey, by the kind of card; a team's own are asked, too."""

OURS = frozenset(
    {
        *("classification", "acquaintance", "referrals", "itinerary", "body_health", "events"),
        *("news", "dealer_checks", "risk", "notes", "source_centre", FILLED),
    }
)
"""Sections that we fill in ourselves, and that no survey asks for."""

BLANK_ROWS = 3
"""Empty rows of a table to write into."""

LONG = frozenset({"long_text"})
SHORT = frozenset(
    {
        *("choice", "yes_no", "whole", "decimal", "per_cent", "amount", "date", "occasion"),
        *("phone", "id_number", "credit_code", "time"),
    }
)
"""Types of fields that need little room to write."""


def card_sheet(desk: "Desk", record: "CardRecord") -> Sheet:
    """A card as a sheet: what is known, and the blanks that matter.

    Sensitive fields show masked as they do on the screen.
    """
    form = load_form(record.kind)
    values = {**record.values, **desk.cards.attached(record.id)}
    printer = _Printer(form, values, record)
    groups = [printer.group(section, every=False) for section in form.shown()]
    told = _no_longer_asked(record)
    return Sheet(tuple(group for group in (*groups, told) if group), printer.signed())


def survey_sheet(desk: "Desk", record: "CardRecord") -> Sheet:
    """A survey: everything its sections ask for, with room to write what is not known."""
    form = load_form(record.kind)
    values = {**record.values, **desk.cards.attached(record.id)}
    return _survey(_Printer(form, values, record), form)


def blank_sheet(kind: str, what: str) -> Sheet:
    """A form without a card, to be filled in by hand.

    Args:
        kind: person or organisation.
        what: card or survey.
    """
    form = load_form(kind)
    printer = _Printer(form, form.defaults(), None)
    if what == "survey":
        return _survey(printer, form)
    groups = [printer.group(section, every=False, rows=1) for section in form.sections]
    return Sheet(tuple(group for group in groups if group), printer.signed())


def _survey(printer: "_Printer", form: Form) -> Sheet:
    asked = [
        section
        for section in form.sections
        if section.key in SURVEYED[form.kind] or section.key not in OURS | _known_sections(form)
    ]
    groups = [printer.group(section, every=True, rows=BLANK_ROWS) for section in asked]
    return Sheet(tuple(group for group in groups if group), printer.signed())


def _known_sections(form: Form) -> frozenset[str]:
    """The sections that the program's own declaration has."""
    from store.forms.reading import read_form

    return frozenset(section.key for section in read_form(form.kind).sections)


class _Printer:
    """Writes the sections of one card."""

    def __init__(self, form: Form, values: Mapping[str, Any], record: "CardRecord | None") -> None:
        self.form = form
        self.values = values
        self.masked = record.masked if record is not None else frozenset()
        self.linked = record.linked if record is not None else {}
        self.shown = None if record is None or record.level >= 3 else frozenset(record.values)
        self.blank = record is None
        """Nothing is filled in: the values only say what is asked."""

    def group(self, section: Section, every: bool, rows: int = 0) -> Group | None:
        """A section; None where there is nothing to print.

        Args:
            every: also blanks of no weight.
            rows: the least rows of each table.
        """
        if section.key == FILLED:
            return None
        cells, tables = [], []
        for field in self._asked(section):
            if field.type == "rows":
                if table := self._table(field, rows, alone=len(section.fields) == 1):
                    tables.append(table)
            elif self._known(field) or (self.shown is None and (every or field.weight)):
                cells.append(self._cell(field, every))
        if not cells and not tables:
            return None
        return Group(section.title, tuple(cells), tuple(tables))

    def signed(self) -> tuple[Cell, ...]:
        """Who filled it in and when, who asked, who looked it through."""
        fields = next((s.fields for s in self.form.sections if s.key == FILLED), ())
        return tuple(Cell(field.title, self._text(field)) for field in fields)

    def _asked(self, section: Section) -> Iterator[Field]:
        for field in section.fields:
            if field.asked(self.values) or self._known(field):
                yield field

    def _known(self, field: Field) -> bool:
        if self.blank:
            return False
        return field.key in self.masked or not field.blank(self.values)

    def _text(self, field: Field) -> str:
        if field.key in self.masked:
            return MASK
        value = self.values.get(field.key)
        if self.blank or value in (None, "", []):
            return ""
        if field.type == "card":
            return self.linked.get(str(value), str(value))
        return field.show(value)

    def _cell(self, field: Field, roomy: bool) -> Cell:
        text = self._text(field)
        if field.type in LONG:
            return Cell(field.title, text, SLOTS)
        span = spans(_cells(text), is_long=False)
        if roomy and not text and field.type not in SHORT:
            span = 2
        if not text and field.type in ("choice", "yes_no") and roomy:
            text = self._boxes(field)
            span = spans(_cells(text), is_long=False)
        return Cell(field.title, text, span)

    @staticmethod
    def _boxes(field: Field) -> str:
        """The choices to tick, where they are few enough."""
        titles = [choice.title for choice in field.choices if not choice.unknown]
        if field.type == "yes_no":
            titles = [_("Yes"), _("No")]
        return "  ".join(f"□ {title}" for title in titles) if len(titles) <= 8 else ""

    def _table(self, field: Field, least: int, alone: bool) -> Table | None:
        if self.shown is not None and field.key not in self.shown:
            return None
        held = self.values.get(field.key) or []
        if not held and not least:
            return None
        rows = [
            [
                column.show(row[column.key]) if row.get(column.key) not in (None, "", []) else ""
                for column in field.columns
            ]
            for row in held
        ]
        used = [
            place
            for place, column in enumerate(field.columns)
            if least or any(row[place] for row in rows)
        ]
        return Table(
            tuple(field.columns[place].title for place in used),
            filled(([row[place] for place in used] for row in rows), len(used), least),
            "" if alone else field.title,
        )


def _no_longer_asked(record: "CardRecord") -> Group | None:
    """What the card holds of fields that no form declares now, and what a file brought along."""
    pairs = [(key, value) for key, value in record.unknown.items() if isinstance(value, str | int)]
    pairs += [(name, text) for name, text in record.extras if len(text) < 500]
    if not pairs:
        return None
    cells = (Cell(str(key), str(value), spans(_cells(str(value)), False)) for key, value in pairs)
    return Group(_("No longer asked"), tuple(cells))


def _cells(text: str) -> int:
    from store.exchange.text_page import cells

    return max((cells(line) for line in text.split("\n")), default=0)
