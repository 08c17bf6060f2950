"""The form of a card, generated from its declaration: plain values in, messages out."""

from __future__ import annotations

from asyncio import Event
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from textual import events
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget

from store.errors import BadValue
from store.forms.completeness import completeness
from store.forms.declaration import Form, Section, Values
from store.forms.entry import Entry
from store.forms.table_entry import RowEntry
from widgets.choice_input import ChoiceInput
from widgets.choice_picker import ChoicePicker
from widgets.field_column import FieldColumn
from widgets.field_row import FieldRow
from widgets.form_bindings import FORM_BINDINGS
from widgets.form_hint import FormHint
from widgets.form_message import FormMessage
from widgets.implying import offer_of, told_by
from widgets.long_text import LongText
from widgets.row_lines import RowLines
from widgets.rows_field import RowsField, Stop
from widgets.section_list import SectionList
from widgets.text_input import LineInput


class CardForm(Widget):
    """One section of a form at a time, the sections as a side list with their completeness."""

    DEFAULT_CSS = """
    CardForm {
        layout: horizontal;
        layers: base above;
        height: 1fr;
        & #form-pane { width: 1fr; padding: 0 0 0 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = FORM_BINDINGS

    class Changed(FormMessage):
        """Something was typed into a field."""

    class Left(FormMessage):
        """A field was left; what is wrong with it is shown beside it."""

    def __init__(
        self,
        form: Form,
        values: Mapping[str, Any],
        *,
        today: date,
        texts: Mapping[str, str] | None = None,
        masked: Collection[str] = (),
        known: Mapping[str, Sequence[str]] | None = None,
        id: str | None = None,
    ) -> None:
        """Make a form.

        Args:
            form: what is asked.
            values: the values of the card, by key.
            today: what words such as 昨天, and ages, are reckoned from.
            texts: a draft: texts typed earlier and not saved, by key.
            masked: keys whose values may not be seen; they show as `***`.
            known: words to offer, by key of the field: the team's industries, cities, tags; of
                a column by `field.column`.
            id: as of any widget.
        """
        super().__init__(id=id)
        self.form = form
        self.today = today
        self.entry = Entry(form, values, today, texts, masked)
        self._known = dict(known or {})
        self._current: Stop | None = None
        self._opened: Stop | None = None
        self._picker = ChoicePicker()
        self._hint = FormHint()
        self._sections = SectionList(form.sections)
        self._column = self._new_column(form.sections[0])

    @property
    def values(self) -> Values:
        """All values by key as they stand now, without what cannot be read."""
        self._hear_current()
        return self.entry.values

    @property
    def problems(self) -> dict[str, BadValue]:
        """What stands in the way of saving, by key."""
        self._hear_current()
        return self.entry.problems

    @property
    def count_of_problems(self) -> int:
        """How many fields, and columns of rows, stand in the way of saving."""
        self._hear_current()
        return self.entry.count_of_problems()

    @property
    def words(self) -> dict[str, str]:
        """What was typed and differs from the values given, as a person reads it."""
        self._hear_current()
        return self.entry.words

    @property
    def texts(self) -> dict[str, str]:
        """What was typed and differs from the values given, by key: the draft."""
        self._hear_current()
        return self.entry.texts

    @property
    def is_changed(self) -> bool:
        """Whether anything was typed that would be lost."""
        return bool(self.texts)

    @property
    def current(self) -> str:
        """The key of the field that the cursor is in; "" where it is in none."""
        row = self._column.around(self._current)
        return row.key if row is not None else ""

    async def caught_up(self) -> None:
        """Wait until all that was typed has arrived; before saving, for instance."""
        stop = self._current
        typed_in = stop.editor if isinstance(stop, FieldRow) else stop
        if typed_in is not None:
            arrived = Event()
            if typed_in.call_later(arrived.set):
                await arrived.wait()

    async def go_to(self, key: str) -> None:
        """Show the field of this key and put the cursor into it."""
        section = self.form.section(self.form.field(key).section)
        row = self._column.row(key)
        if row is not None:
            await self._focus_row(self._column.rows.index(row))
        else:
            await self._show(section, key)

    async def show_problem(self) -> bool:
        """Go to the first field with something wrong; whether there is one."""
        problems = self.problems
        for field in self.form.fields():
            if field.key in problems:
                await self.complain(field.key, str(problems[field.key]))
                return True
        return False

    async def complain(self, key: str, text: str, at: tuple[str, str] = ("", "")) -> None:
        """Go to a field and say what is wrong with it, in the language spoken now.

        Args:
            key: of the field.
            text: what is wrong.
            at: of rows, what the row is called whose fault it is, and the column.
        """
        await self.go_to(key)
        row = self._column.row(key)
        if isinstance(row, RowsField):
            if (wrong := row.table.first_wrong) is not None:
                stop = await row.open_row(*wrong)
                await self._focus(stop)
                self._complain_at(stop, str(stop.entry.problems[stop.field.key]))
            elif (fault := row.table.called(at[0])) is not None and at[1]:
                stop = await row.open_row(fault, at[1])
                await self._focus(stop)
                self._complain_at(stop, text)
            else:
                self.remark(key, text, wrong=True)
        elif row is not None and row is self._current:
            self._complain_at(row, text)

    @staticmethod
    def _complain_at(row: FieldRow, text: str) -> None:
        row.complaint = text
        row.say(text, wrong=True)

    async def resume(self) -> None:
        """Put the cursor back into the field that had it last."""
        if self._current is None:
            if self._opened is not None and self._column.around(self._opened) is not None:
                await self._focus(self._opened)
            else:
                await self._focus_row(0)

    def remark(self, key: str, text: str, *, wrong: bool = False) -> None:
        """Say below a field in view what its text means, or what is wrong, until it changes.

        Args:
            key: of the field.
            text: in the language spoken now; "" for nothing.
            wrong: the text says what is wrong.
        """
        if (row := self._column.row(key)) is not None:
            row.remark = (text, wrong)
            row.say_state()
            if row is self._current and not text and isinstance(row, FieldRow):
                self._offer_implied(row)

    async def unmask(self, values: Mapping[str, Any]) -> None:
        """Show what was masked; from now on it can be edited."""
        key = self.current
        self._leave()
        self._close_rows()
        self.entry.unmask(values)
        await self._show(self._column.section, key)

    async def put(self, values: Mapping[str, Any]) -> None:
        """Fill these values in, as if they had been typed."""
        for key, value in values.items():
            self.entry.give(key, value)
            row = self._column.row(key)
            if isinstance(row, RowsField):
                row.put()
            elif row is not None:
                row.put(self.entry.text(key))
            if row is not None:
                row.say_state()
            self.post_message(self.Changed(self, key))
        await self._column.show_asked()
        self._show_state()

    def offer(self, key: str, words: Sequence[str]) -> None:
        """Offer these words in the list of a field, or of a `field.column`, from now on."""
        self._known[key] = words
        key, _dot, column = key.partition(".")
        row = self._column.row(key)
        if isinstance(row, RowsField):
            row.offer(column, words)
        elif row is not None:
            row.offer(words)

    def compose(self) -> ComposeResult:
        """The sections, the fields of the first one, and the list of choices above them."""
        yield self._sections
        yield Vertical(self._column, self._hint, id="form-pane")
        yield self._picker

    async def on_mount(self) -> None:
        """Put the cursor into the first field."""
        self._sections.current = self._column.section.key
        self._sections.display = len(self.form.sections) > 1
        self._show_state()
        await self._focus_row(0)

    def _new_column(self, section: Section) -> FieldColumn:
        return FieldColumn(section, self.entry, self._picker, self.today, self._known, self)

    async def _show(self, section: Section, key: str = "", from_end: bool = False) -> None:
        """Show a section, with the cursor in the field of this key, or in its first or last."""
        self._leave()
        self._close_rows()
        with self.app.batch_update():
            old, self._column = self._column, self._new_column(section)
            self._sections.current = section.key
            await self.query_one("#form-pane").mount(self._column, before=self._hint)
            rows = self._column.rows
            place = len(rows) - 1 if from_end else 0
            if (row := self._column.row(key)) is not None:
                place = rows.index(row)
            await self._focus_row(place, -1 if from_end else 1)
            old.remove()

    async def _focus_row(self, place: int, step: int = 1, by_arrow: bool = False) -> bool:
        """Put the cursor into this row or, past masked ones, the next; whether there is one."""
        while 0 <= place < len(self._column.rows):
            row = self._column.rows[place]
            if isinstance(row, RowsField):
                await self._focus(await row.arrive(step, by_arrow))
                return True
            if not row.is_masked:
                await self._focus(row)
                return True
            place += step
        return False

    async def _focus(self, stop: Stop) -> None:
        """Put the cursor here. What it is in must not be masked."""
        editor = await stop.open() if isinstance(stop, FieldRow) else stop
        # At once, not by a message: the next key may be waiting already.
        self.screen.set_focus(editor, scroll_visible=False)
        self._enter(stop)
        self.call_after_refresh(self._reveal, stop)

    def _reveal(self, stop: Stop) -> None:
        """Scroll so far that a place is in view, and its list with it; it is known now."""
        if stop is not self._current:
            return
        if isinstance(stop, RowLines):
            row = self._column.around(stop)
            assert row is not None
            place = row.virtual_region.offset + stop.virtual_region.offset
            line = stop.cursor_line.translate(place)
            self._column.scroll_to_region(line, animate=False, immediate=True)
        else:
            stop.scroll_visible(animate=False, immediate=True)
        self.call_after_refresh(self._picker.place)

    def _enter(self, stop: Stop) -> None:
        if stop is self._current:
            self._say_hint(stop)
            return
        self._leave()
        if isinstance(self._opened, FieldRow) and self._opened is not stop:
            self._opened.close()
        self._close_rows(stop)
        self._current = self._opened = stop
        row = self._column.around(stop)
        if isinstance(row, RowsField):
            row.show_current(True)
        if isinstance(stop, FieldRow):
            stop.show_current(True)
            self._offer_implied(stop)
        self._say_hint(stop)

    def _close_rows(self, stop: Stop | None = None) -> None:
        """Close a row of which the cursor is in no column any more."""
        for row in self._column.rows:
            if isinstance(row, RowsField) and row.opened and stop not in row.columns:
                row.close()

    def _leave(self) -> None:
        """Take the text of the present field as it is, and say what is wrong with it."""
        stop, self._current = self._current, None
        if stop is None:
            return
        self._picker.close()
        row = self._column.around(stop)
        if isinstance(row, RowsField):
            row.show_current(False)
        if isinstance(stop, FieldRow):
            stop.show_current(False)
            self._hear(stop)
            key = stop.field.key
            stop.put(stop.entry.tidy(key))
            stop.complaint = ""
            missing = stop.entry.problems.get(key) if stop.field.required else None
            stop.say_state("" if missing is None else str(missing))
        if isinstance(row, RowsField):
            row.say_state()
        self._show_state()
        if row is not None:
            self.post_message(self.Left(self, row.key))

    def _hear(self, row: FieldRow) -> None:
        """Note what was typed into a row, say how it is understood, and let the owner know."""
        if not row.hear():
            return
        self.post_message(self.Changed(self, row.key))
        around = self._column.around(row)
        if isinstance(around, RowsField) and around.opened and not around.opened.is_blank:
            around.show_all()
            self._say_hint(row)
        if row is not self._current:
            row.say_state()
        elif row.is_day:
            row.say_understood()
        elif not self._offer_implied(row):
            row.say("")

    def _hear_current(self) -> None:
        if isinstance(self._current, FieldRow):
            self._hear(self._current)

    async def _step(self, step: int, by_arrow: bool = False) -> None:
        """Go to the next field (1) or the one before (-1), into the next section if need be."""
        stop = self._current
        if stop is None:
            raise SkipAction
        row = self._column.around(stop)
        self._leave()
        await self._column.show_asked()
        if isinstance(row, RowsField) and row in self._column.rows:
            further = await row.next_stop(stop, step, by_arrow)
            if further is not None:
                await self._focus(further)
                return
        place = self._column.rows.index(row) if row in self._column.rows else 0
        if await self._focus_row(place + step, step, by_arrow):
            return
        if not await self._show_section(step, from_end=step < 0):
            await self._focus_row(place)

    async def _show_section(self, step: int, from_end: bool = False) -> bool:
        """Show the section after the present one (1) or before it (-1); whether there is one."""
        place = self.form.sections.index(self._column.section) + step
        if not 0 <= place < len(self.form.sections):
            return False
        await self._show(self.form.sections[place], from_end=from_end)
        return True

    def _show_state(self) -> None:
        """Show in the side list how complete the sections are and where something is wrong."""
        wrong = {
            self.form.field(key).section for key in self.entry.texts if self.entry.problem(key)
        }
        percent = completeness(self.form, self.entry.values).sections
        self._sections.show_state(percent, frozenset(wrong))

    def _say_hint(self, stop: Stop) -> None:
        row = self._column.around(stop)
        if isinstance(stop, FieldRow):
            option = self._picker.option if self._picker.is_open else None
            if isinstance(row, RowsField) and row.is_at_blank:
                has_rows = bool(row.table.rows[1:])
                self._hint.explain_blank(row.field, stop.field, has_rows, row.cut_title)
            else:
                in_row = isinstance(row, RowsField)
                self._hint.explain(stop.field, option, in_row, stop.cut_title)
        elif isinstance(row, RowsField):
            at_cursor = row.row_at_cursor
            taken_away = at_cursor is not None and at_cursor.is_taken_away
            wrong = "" if at_cursor is None or taken_away else at_cursor.first_problem
            self._hint.explain_line(taken_away, row.cut_title, wrong)

    def _offer_implied(self, row: FieldRow) -> bool:
        """Say what an official number tells about other fields; whether it tells anything."""
        told = told_by(row, self.entry)
        if told:
            row.say(offer_of(self.form, told))
        return bool(told)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the keys for other sections where there are none, and those for rows elsewhere."""
        if action == "section":
            return len(self.form.sections) > 1
        if action == "row":
            return isinstance(self._current, RowLines)
        if action in ("open_row", "leave_row", "new_row"):
            row = self._column.around(self._current)
            if not isinstance(row, RowsField):
                return False
            if action == "new_row":
                return True
            if action == "leave_row":
                return row.opened is not None and not row.is_at_blank
            return isinstance(self._current, RowLines) or row.is_at_blank
        return super().check_action(action, parameters)

    async def action_go_on(self, by_enter: bool = False) -> None:
        """Go on to the next field, taking the option that is marked in an open list."""
        row = self._current
        if isinstance(row, RowLines):
            if not by_enter or not await self._open_at_cursor():
                await self._step(1)
            return
        if row is None or (by_enter and isinstance(row.editor, LongText)):
            raise SkipAction
        await self.caught_up()
        if isinstance(row.editor, ChoiceInput):
            row.editor.take()
        self._hear(row)
        if by_enter and (told := told_by(row, self.entry)):
            await self.put(told)
        await self._step(1)

    async def action_go_back(self) -> None:
        """Go back to the field before."""
        await self.caught_up()
        await self._step(-1)

    async def action_down(self) -> None:
        """Go to the field below; in an open list to the option below."""
        await self._move(1)

    async def action_up(self) -> None:
        """Go to the field above; in an open list to the option above."""
        await self._move(-1)

    async def _move(self, step: int) -> None:
        await self.caught_up()
        row = self._current
        if row is None:
            raise SkipAction
        if isinstance(row, RowLines):
            await self._step(step, by_arrow=True)
            return
        if isinstance(row.editor, LongText) and not row.editor.is_at_edge(step):
            raise SkipAction
        if isinstance(row.editor, ChoiceInput) and row.editor.is_choosing:
            row.editor.move(step)
            self._say_hint(row)
        else:
            await self._step(step, by_arrow=True)

    async def _open_at_cursor(self) -> bool:
        """Open the row on whose line the cursor is, or a new one; whether there is one to open."""
        row = self._column.around(self._current)
        if not isinstance(row, RowsField):
            return False
        self._leave()
        at_cursor = row.row_at_cursor
        opened = row.open_new() if at_cursor is None else row.open_row(at_cursor)
        await self._focus(await opened)
        return True

    async def action_open_row(self) -> None:
        """Open the row at the cursor; of a row to come show all columns."""
        await self.caught_up()
        stop, row = self._current, self._column.around(self._current)
        if isinstance(stop, RowLines):
            await self._open_at_cursor()
        elif isinstance(row, RowsField) and row.is_at_blank and len(row.field.columns) > 1:
            self._leave()
            await row.show_all()
            await self._focus(row.columns[1])
        elif isinstance(stop, FieldRow) and isinstance(stop.editor, LineInput):
            stop.editor.action_cursor_right()  # something was typed while the key was under way

    async def action_new_row(self) -> None:
        """Close the row that is open, and go to one more; Esc and Tab could arrive as one key."""
        await self.caught_up()
        stop, row = self._current, self._column.around(self._current)
        if not isinstance(row, RowsField):
            raise SkipAction
        if isinstance(stop, FieldRow):
            if isinstance(stop.editor, ChoiceInput):
                stop.editor.take()
            self._hear(stop)
        self._leave()
        await self._focus(await row.open_new())

    async def action_leave_row(self) -> None:
        """Close the list of a column, or else the row, and go to its line."""
        await self.caught_up()
        stop, row = self._current, self._column.around(self._current)
        if not isinstance(row, RowsField) or not isinstance(stop, FieldRow):
            raise SkipAction
        if isinstance(stop.editor, ChoiceInput) and stop.editor.is_choosing:
            self._picker.close()
            return
        place = row.table.rows.index(row.opened) if row.opened is not None else 0
        self._leave()
        await self._focus(row.on_line(place))

    async def action_row(self, deed: str, step: int = 0) -> None:
        """Take the row at the cursor away, bring one back, or move it."""
        row = self._column.around(self._current)
        if not isinstance(row, RowsField):
            raise SkipAction
        if deed == "shift":
            done = row.shift(step)
        else:
            done = row.take_away() if deed == "take_away" else row.bring_back()
        if done and self._current is not None:
            self.post_message(self.Changed(self, row.key))
            self._show_state()
            self._say_hint(self._current)
            self.call_after_refresh(self._reveal, self._current)

    async def action_section(self, step: int) -> None:
        """Show the next section (1) or the one before (-1), taking the option that is marked."""
        await self.caught_up()
        stop = self._current
        if isinstance(stop, FieldRow) and isinstance(stop.editor, ChoiceInput):
            stop.editor.take()
            self._hear(stop)
        await self._show_section(step)

    async def on_section_list_chosen(self, event: SectionList.Chosen) -> None:
        """Show the section that was clicked."""
        event.stop()
        await self._show(self.form.section(event.section))

    def on_choice_picker_clicked(self, event: ChoicePicker.Clicked) -> None:
        """Take the option that was clicked."""
        event.stop()
        row = self._current
        if isinstance(row, FieldRow) and isinstance(row.editor, ChoiceInput):
            row.editor.choose(event.option)

    def on_field_row_changed(self, event: FieldRow.Changed) -> None:
        """Note what was typed."""
        event.stop()
        self._hear(event.row)
        if event.row is self._current and self._picker.is_open:
            self._say_hint(event.row)

    async def on_field_row_clicked(self, event: FieldRow.Clicked) -> None:
        """Put the cursor where the mouse is."""
        event.stop()
        if self._column.around(event.row) is not None:
            await self._focus(event.row)

    async def on_row_lines_clicked(self, event: RowLines.Clicked) -> None:
        """Put the cursor onto the line under the mouse; open it where it was there."""
        event.stop()
        field = event.lines.parent
        if isinstance(field, RowsField) and field in self._column.rows:
            await self._point_at(field, field.row_under(event.lines, event.place))

    async def _point_at(self, field: RowsField, row: RowEntry | None) -> None:
        was_here = row is not None and row is field.row_at_cursor and not field.opened
        stands_there = was_here and isinstance(self._current, RowLines)
        self._leave()
        if row is None:
            await self._focus(await field.open_new())
        elif stands_there:
            await self._focus(await field.open_row(row))
        else:
            field.close()
            await self._focus(field.on_line(field.table.rows.index(row)))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Note the field that has the cursor now."""
        row = self._row_of(self.screen.focused)
        around = self._column.around(row)
        # Lines have the cursor beside an open row only until its columns are there.
        on_the_way = isinstance(row, RowLines) and isinstance(around, RowsField) and around.opened
        if row is not None and not on_the_way:
            self._enter(row)

    async def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Note that a field was left for something outside the form."""
        if self._current is not None and self._row_of(self.screen.focused) is None:
            self._leave()
            await self._column.show_asked()

    def _row_of(self, widget: Widget | None) -> Stop | None:
        stop = widget if isinstance(widget, RowLines) else widget.parent if widget else None
        if not isinstance(stop, FieldRow | RowLines) or self._column.around(stop) is None:
            return None
        return stop
