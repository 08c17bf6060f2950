"""The rows of one field of a form: a line for each, and the columns of the one being edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from textual.content import Content
from textual.widget import AwaitMount, Widget
from textual.widgets import Static

from store.forms.declaration import Field
from store.forms.entry import Entry
from store.forms.table_entry import RowEntry, TableEntry
from store.language import _
from widgets.cells import tidy, width_of
from widgets.choice_picker import ChoicePicker
from widgets.field_row import FieldRow, cut_title, label_of
from widgets.row_lines import Line, RowLines

INDENT = 2
"""Cells by which the columns of a row stand further right than the fields."""

WIDEST_LABEL = 24
"""Cells that the title of a column takes at most."""

Stop = FieldRow | RowLines
"""Where the cursor can be in a form."""


class RowsField(Widget):
    """Rows edited in their place.

    The cursor moves over the lines of the rows. One of them can be open: its columns are fields
    below its line. A row to come stands below the last one by its first column alone, until
    something is typed into it.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    RowsField {
        layout: vertical;
        height: auto;
        & > FieldRow { margin-left: 2; }
        & > .rows-field--remark { color: $text-muted; height: auto; display: none; }
        & > .rows-field--remark.-said { display: block; }
        & > .rows-field--remark.-wrong { color: $text-error; }
    }
    """

    def __init__(
        self,
        field: Field,
        entry: Entry,
        picker: ChoicePicker,
        label_width: int,
        today: date,
        known: Mapping[str, Sequence[str]],
        owner: Widget,
    ) -> None:
        """Make the rows of a field.

        Args:
            field: the field.
            entry: the card that is being edited.
            picker: the list in which one chooses.
            label_width: cells that the label takes.
            today: what ages and the days to go are reckoned from.
            known: words to offer, by field and column: `education.school`.
            owner: the form, which hears of changes.
        """
        self.field = field
        self.key = field.key
        self.entry = entry
        self.picker = picker
        self.today = today
        self.known = known
        self.owner = owner
        self.opened: RowEntry | None = None
        """The row whose columns are shown."""
        self.columns: list[FieldRow] = []
        """The fields of its columns, as far as they are shown."""
        self.remark = ("", False)
        """What the owner of the form says below the rows, and whether that is what is wrong."""
        self.cut_title = cut_title(field, label_width)
        """What the field is called, where its label has no room for that; else ""."""
        self._cursor = 0
        self._is_to_come = False
        """Whether the open row was opened as a row to come: it has no line yet."""
        self._upper = RowLines(label_width)
        self._lower = RowLines(label_width)
        self._remark = Static(Content(), markup=False, classes="rows-field--remark")
        self._remark.styles.margin = (0, 0, 0, label_width + 1)
        widest = max((width_of(column.title) for column in field.columns), default=0)
        self._inner_width = min(max(widest + 1, label_width - INDENT), WIDEST_LABEL)
        super().__init__(self._upper, self._lower, self._remark)
        self._show()

    @property
    def table(self) -> TableEntry:
        """The rows."""
        return self.entry.table(self.field.key)

    @property
    def stops(self) -> list[Stop]:
        """Where the cursor can be at present."""
        return [self._upper, *self.columns]

    @property
    def row_at_cursor(self) -> RowEntry | None:
        """The row on whose line the cursor is."""
        rows = self.table.rows
        return rows[self._cursor] if 0 <= self._cursor < len(rows) else None

    @property
    def is_at_blank(self) -> bool:
        """Whether what is open is a row to come, by its first column alone."""
        row = self.opened
        return row is not None and row.is_new and row.is_blank and len(self.columns) == 1

    def row_under(self, lines: RowLines, place: int) -> RowEntry | None:
        """The row of a line; None for that of the row to come."""
        rows = self.table.rows
        if lines is self._lower and self.opened is not None:
            place += rows.index(self.opened) + 1
        return rows[place] if 0 <= place < len(rows) else None

    # Where the cursor goes

    async def arrive(self, step: int, by_arrow: bool) -> Stop:
        """Where the cursor comes to from the field before (1) or the one after (-1)."""
        if by_arrow and step > 0 and self.table.rows:
            return self.on_line(0)
        return await self.open_new()

    async def next_stop(self, stop: Stop, step: int, by_arrow: bool) -> Stop | None:
        """Where the cursor goes on to (1) or back to (-1); None leaves the rows.

        What was left is closed by then; a new row in which nothing was typed is gone.
        """
        if isinstance(stop, RowLines):
            return await self._beside_line(step, by_arrow)
        place = self.columns.index(stop) + step
        if self.is_at_blank or not 0 <= place < len(self.field.columns):
            return await self._beside_row(step, by_arrow)
        await self.show_all()
        return self.columns[place]

    async def _beside_line(self, step: int, by_arrow: bool) -> Stop | None:
        if not by_arrow:
            return await self.open_new() if step > 0 else None
        if self._cursor + step < 0:
            return None
        if self._cursor + step >= len(self.table.rows):
            return await self.open_new()
        return self.on_line(self._cursor + step)

    async def _beside_row(self, step: int, by_arrow: bool) -> Stop | None:
        """Where the cursor goes from the last column of a row, or from its first one back."""
        row = self.opened
        assert row is not None
        place = self.table.rows.index(row)
        self.close()
        rows = self.table.rows
        if row not in rows:
            return self.on_line(len(rows) - 1) if by_arrow and step < 0 and rows else None
        if step < 0:
            return self.on_line(place)
        return self.on_line(place + 1) if place + 1 < len(rows) else await self.open_new()

    def on_line(self, place: int) -> RowLines:
        """Put the cursor onto the line of a row."""
        self.close()
        self._cursor = max(0, min(place, len(self.table.rows) - 1))
        self._show()
        return self._upper

    # Opening and closing a row

    async def open_new(self) -> FieldRow:
        """Open a row to come."""
        if self.opened is not None and self.is_at_blank:
            return self.columns[0]
        self.close()
        self._is_to_come = True
        return await self._open(self.table.add(), 1)

    async def open_row(self, row: RowEntry, column: str = "") -> FieldRow:
        """Open a row, and give the field of a column, or of the first one."""
        if row is not self.opened:
            self.close()
            if row.is_taken_away:
                self.table.bring_back(row)
            await self._open(row, len(self.field.columns))
        await self.show_all()
        keys = [each.field.key for each in self.columns]
        return self.columns[keys.index(column) if column in keys else 0]

    async def _open(self, row: RowEntry, count: int) -> FieldRow:
        self.opened = row
        self._cursor = self.table.rows.index(row)
        self.columns = [self._new_column(column) for column in self.field.columns[:count]]
        self._show()
        await self.mount(*self.columns, after=self._upper)
        return self.columns[0]

    def show_all(self) -> AwaitMount:
        """Show all columns of the open row."""
        left = self.field.columns[len(self.columns) :] if self.opened is not None else ()
        added = [self._new_column(column) for column in left]
        last = self.columns[-1] if self.columns else self._upper
        self.columns += added
        return self.mount(*added, after=last) if added else AwaitMount(self, ())

    def close(self) -> None:
        """Close the open row; a new one in which nothing was typed is gone.

        One from which all was taken out counts as taken away, and can be brought back.
        """
        row, self.opened = self.opened, None
        self._is_to_come = False
        if row is None:
            return
        columns, self.columns = self.columns, []
        if any(column.has_focus_within for column in columns):
            # Before they go: else the screen would look for another place for the cursor.
            self.screen.set_focus(self._upper, scroll_visible=False)
        for column in columns:
            column.remove()
        if row.is_blank and row.is_new:
            self.table.drop(row)
        elif row.is_blank:
            row.reset()
            self.table.take_away(row)
        self._show()

    def _new_column(self, column: Field) -> FieldRow:
        assert self.opened is not None
        known = self.known.get(f"{self.key}.{column.key}")
        place = (self.opened, self.picker, self._inner_width, self.today)
        return FieldRow(column, *place, known, self.key, self.owner)

    # What is done with the row at the cursor

    def take_away(self) -> bool:
        """Take the row at the cursor away, or bring it back; whether there was one."""
        row = self.row_at_cursor
        if row is None:
            return False
        if row.is_taken_away:
            self.table.bring_back(row)
        else:
            self.table.take_away(row)
        self._show()
        return True

    def bring_back(self) -> bool:
        """Bring back the row at the cursor, or the one that was taken away last."""
        row, taken = self.row_at_cursor, self.table.taken
        if not taken:
            return False
        wanted = row if row in taken else taken[-1]
        self.table.bring_back(wanted)
        self._cursor = self.table.rows.index(wanted)
        self._show()
        return True

    def shift(self, step: int) -> bool:
        """Move the row at the cursor up (-1) or down (1); whether there was room."""
        row = self.row_at_cursor
        if row is None or not self.table.move(row, step):
            return False
        self._cursor += step
        self._show()
        return True

    # What is shown

    def put(self) -> None:
        """Show the rows as they stand in the entry now."""
        self.opened, self._is_to_come = None, False
        columns, self.columns = self.columns, []
        if any(column.has_focus_within for column in columns):
            self.screen.set_focus(self._upper, scroll_visible=False)
        for column in columns:
            column.remove()
        self._cursor = max(0, min(self._cursor, len(self.table.rows) - 1))
        self._show()

    def offer(self, column: str, words: Sequence[str]) -> None:
        """Offer these words in the list of a column from now on."""
        for each in self.columns:
            if each.field.key == column:
                each.offer(words)

    def show_current(self, is_current: bool) -> None:
        """Mark the label of the rows in which the cursor is."""
        self._upper.is_current = is_current
        self._show()

    def say_state(self, missing: str = "") -> None:
        """Show the lines anew, with what is wrong in them."""
        self._show()
        text, wrong = (missing, True) if missing else self.remark
        self._remark.update(Content(tidy(f"! {text}" if wrong else text)))
        self._remark.set_class(wrong, "-wrong")
        self._remark.set_class(bool(text), "-said")

    def _show(self) -> None:
        rows = self.table.rows
        label = label_of(self.field)
        lines = [_line(row) for row in rows]
        if self.opened is None:
            lines.append(Line(_("one more row") if rows else _("a row"), "+"))
            self._upper.show(label, lines, self._cursor)
            self._lower.show("", ())
            return
        place = rows.index(self.opened)
        seen = place if self._is_to_come else place + 1
        self._upper.show(label, lines[:seen])
        self._lower.show("", lines[place + 1 :])


def _line(row: RowEntry) -> Line:
    text = " ".join(tidy(row.line).split())
    if row.is_taken_away:
        return Line(_("{row} (taken away)").format(row=text), "-")
    return Line(text, "!" if row.wrong and not row.is_blank else " ")
