"""The fields of one section of a form, one below the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from textual.containers import VerticalScroll
from textual.widget import Widget

from store.forms.declaration import Field, Section
from store.forms.entry import Entry
from widgets.cells import width_of
from widgets.choice_picker import ChoicePicker
from widgets.field_row import FieldRow
from widgets.rows_field import RowsField, Stop

WIDEST_LABEL = 24
"""Cells that a label takes at most."""


class FieldColumn(VerticalScroll, can_focus=False):
    """The rows of a section: what is asked on a card with the values that stand in the form."""

    DEFAULT_CSS = """
    FieldColumn { height: 1fr; scrollbar-size-vertical: 1; }
    """

    def __init__(
        self,
        section: Section,
        entry: Entry,
        picker: ChoicePicker,
        today: date,
        known: Mapping[str, Sequence[str]],
        owner: Widget,
    ) -> None:
        """Make a column.

        Args:
            section: the section.
            entry: the card that is being edited.
            picker: the list in which one chooses.
            today: what ages and the days to go are reckoned from.
            known: words to offer, by key of the field, or of field and column.
            owner: the form, which hears of changes.
        """
        self.section = section
        self.entry = entry
        self.picker = picker
        self.today = today
        self.known = known
        self.owner = owner
        fields = entry.asked(section)
        widest = max((width_of(field.title) for field in section.fields), default=0)
        self.label_width = min(widest + 1, WIDEST_LABEL)
        self.rows = [self._new_row(field) for field in fields]
        """The rows in order."""
        super().__init__(*self.rows)

    def row(self, key: str) -> FieldRow | RowsField | None:
        """The row of the field of this key, where it is shown."""
        return next((row for row in self.rows if row.key == key), None)

    def around(self, stop: Stop | None) -> FieldRow | RowsField | None:
        """The row in which a place for the cursor is; None where it is shown no more."""
        for row in self.rows:
            if row is stop or (isinstance(row, RowsField) and stop in row.stops):
                return row
        return None

    async def show_asked(self) -> None:
        """Add the fields that are asked now, and take away those that are asked no more."""
        wanted = self.entry.asked(self.section)
        if [field.key for field in wanted] == [row.field.key for row in self.rows]:
            return
        present = {row.field.key: row for row in self.rows}
        rows: list[FieldRow | RowsField] = []
        for field in wanted:
            row = present.pop(field.key, None)
            if row is None:
                row = self._new_row(field)
                await self.mount(row, before=len(rows) if rows else 0)
            rows.append(row)
        for row in present.values():
            row.remove()
        self.rows = rows

    def _new_row(self, field: Field) -> FieldRow | RowsField:
        if field.type == "rows" and field.key not in self.entry.masked:
            place = (self.entry, self.picker, self.label_width, self.today)
            return RowsField(field, *place, self.known, self.owner)
        known = self.known.get(field.key)
        place = (self.entry, self.picker, self.label_width, self.today)
        return FieldRow(field, *place, known, owner=self.owner)
