"""Rows of a field while they are edited: each of them is a small form of its own."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from store.errors import BadValue
from store.forms.declaration import Field, Form, Section, Value, Values
from store.forms.entry import Entry
from store.forms.tables import MOST_ROWS, ROW_ID, show_row
from store.language import N_

TYPED = "typed"
"""In a draft, what stands for the value of a column that cannot be read: what was typed."""

IN_COLUMN = N_("{title}: {reason}")

_SPAN = ("from", "until")
"""The columns of a row that say from when until when it was or will be."""


@cache
def form_of_rows(field: Field) -> Form:
    """What a row asks for: the columns of its field, as a form with one section."""
    section = Section(field.key, field.label, field.columns)
    return Form(field.key, field.label, (section,))


class RowEntry(Entry):
    """One row while it is edited, by the keys of its columns."""

    def __init__(
        self,
        field: Field,
        given: Mapping[str, Any] | None,
        today: date | None,
        heard: Callable[[], None],
    ) -> None:
        """Make a row.

        Args:
            field: the field whose row it is.
            given: the row as it stands on the card; None for a new one.
            today: what words such as 昨天 are reckoned from.
            heard: called after anything was written into it.
        """
        form = form_of_rows(field)
        super().__init__(form, form.defaults() if given is None else given, today)
        self.is_new = given is None
        """Whether it does not stand on the card yet."""
        self.is_taken_away = False
        """Whether it will be gone once the card is saved."""
        self._field = field
        self._heard = heard

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it that would be kept."""
        if self.is_new:
            return not any(text.strip() for text in self.texts.values())
        return not (self.values.keys() - {ROW_ID} or any(map(self.text, self.texts)))

    @property
    def wrong(self) -> list[str]:
        """The keys of the columns in which something is wrong, or missing."""
        return list(self.problems)

    @property
    def first_problem(self) -> str:
        """The first thing that is wrong, in words: in which column and why; "" for nothing."""
        for key, problem in self.problems.items():
            return str(BadValue(IN_COLUMN, title=self.form.field(key), reason=problem))
        return ""

    @property
    def content(self) -> Values:
        """The row as a draft keeps it: what cannot be read, too."""
        unread = {key: {TYPED: self.text(key)} for key in self.texts if self.problem(key)}
        return {**self.values, **unread}

    @property
    def line(self) -> str:
        """The row in a line, in the language spoken now."""
        row = {key: value for key, value in self.values.items() if key in self.form}
        for key in self.texts:
            if self.problem(key):
                row.pop(key, None)
        shown = show_row(self._field, row)
        return shown or " ".join(self.text(key) for key in self.wrong).strip()

    def problem(self, key: str) -> BadValue | None:
        """Why what stands in a column cannot be read, or be: an end before its beginning."""
        found = super().problem(key)
        if found is not None or key not in _SPAN or not all(each in self.form for each in _SPAN):
            return found
        last_typed = next((each for each in reversed(_SPAN) if each in self.texts), None)
        began, ended = (
            self.value(each) if self.form.field(each).type == "date" else None for each in _SPAN
        )
        if key == last_typed and began and ended and str(ended) < str(began):
            return BadValue(N_("The end is before the beginning."), field=key)
        return None

    def write(self, key: str, text: str) -> None:
        """Note what stands in a column now."""
        super().write(key, text)
        self._heard()

    def reset(self) -> None:
        """Let the row be again as it stands on the card."""
        for key in list(self.texts):
            super().write(key, self._given_text(key))
        self._heard()


class TableEntry:
    """All rows of a field while they are edited; those that were taken away are still there."""

    def __init__(
        self,
        field: Field,
        given: object,
        today: date | None,
        text: str | None,
        heard: Callable[[], None],
    ) -> None:
        """Make the rows.

        Args:
            field: the field.
            given: the rows that stand on the card.
            today: what words such as 昨天 are reckoned from.
            text: rows as a draft keeps them; None for those that were given.
            heard: called after anything was changed.
        """
        self.field = field
        self.today = today
        self._heard = heard
        self.taken: list[RowEntry] = []
        """The rows that were taken away, the last one last."""
        self._is_being_filled = True
        known = given if isinstance(given, list) else []
        self.rows = [self._new(row) for row in known if isinstance(row, Mapping)]
        """In the order in which they stand on the card."""
        if text is not None:
            self._take_up(text)
        self._is_being_filled = False

    @property
    def text(self) -> str:
        """The rows as a draft keeps them."""
        return json.dumps(
            [row.content for row in self._standing], ensure_ascii=False, sort_keys=True
        )

    @property
    def value(self) -> Value | None:
        """The rows as they are kept, without what cannot be read."""
        try:
            return self.field.check([row.values for row in self._standing][:MOST_ROWS])
        except BadValue:
            return None

    @property
    def problem(self) -> BadValue | None:
        """The first thing that is wrong in a row, if any."""
        for row in self._standing:
            for key, problem in row.problems.items():
                column = self.field.column(key)
                return BadValue(IN_COLUMN, field=self.field.key, title=column, reason=problem)
        try:
            self.field.check([row.values for row in self._standing])
        except BadValue as error:
            return error
        return None

    @property
    def count_of_problems(self) -> int:
        """How many columns want another look."""
        return sum(len(row.problems) for row in self._standing)

    @property
    def first_wrong(self) -> tuple[RowEntry, str] | None:
        """The first row in which something is wrong, and the key of the column."""
        for row in self._standing:
            if row.wrong:
                return row, row.wrong[0]
        return None

    def called(self, name: str) -> RowEntry | None:
        """The one row whose first column says this; None where there is none, or are several."""
        first = self.field.columns[0].key
        found = [row for row in self._standing if name and row.values.get(first) == name]
        return found[0] if len(found) == 1 else None

    def add(self) -> RowEntry:
        """A new row at the end; one in which nothing is typed counts for nothing."""
        self.rows.append(self._new(None))
        return self.rows[-1]

    def drop(self, row: RowEntry) -> None:
        """Forget a new row."""
        self.rows.remove(row)
        self._changed()

    def take_away(self, row: RowEntry) -> None:
        """Let a row be gone once the card is saved."""
        row.is_taken_away = True
        self.taken.append(row)
        self._changed()

    def bring_back(self, row: RowEntry) -> None:
        """Let a row that was taken away stay."""
        row.is_taken_away = False
        self.taken.remove(row)
        self._changed()

    def move(self, row: RowEntry, step: int) -> bool:
        """Move a row up (-1) or down (1); whether there is room."""
        place = self.rows.index(row)
        if not 0 <= place + step < len(self.rows):
            return False
        self.rows.insert(place + step, self.rows.pop(place))
        self._changed()
        return True

    @property
    def _standing(self) -> Sequence[RowEntry]:
        return [
            row for row in self.rows if not (row.is_taken_away or (row.is_new and row.is_blank))
        ]

    def _new(self, given: Mapping[str, Any] | None) -> RowEntry:
        return RowEntry(self.field, given, self.today, self._changed)

    def _changed(self) -> None:
        if not self._is_being_filled:
            self._heard()

    def _take_up(self, text: str) -> None:
        """Make the rows be those of a draft; what it lacks was taken away."""
        left = {row.values[ROW_ID]: row for row in self.rows if ROW_ID in row.values}
        order: list[RowEntry] = []
        for content in _contents(self.field, text, self.today):
            row = left.pop(content.get(ROW_ID), None)
            if row is None:
                row = self._new(None)
            for column in self.field.columns:
                _fill(row, column, content.get(column.key))
            order.append(row)
        for place, row in enumerate(self.rows):
            if row not in order:
                row.is_taken_away = True
                self.taken.append(row)
                before = self.rows[place - 1] if place else None
                order.insert(order.index(before) + 1 if before is not None else 0, row)
        self.rows = order


def _contents(field: Field, text: str, today: date | None) -> list[Mapping[str, Any]]:
    try:
        found = json.loads(text) if text.strip() else []
    except json.JSONDecodeError:
        try:
            found = field.read(text, today)
        except BadValue:
            found = []
    return [row for row in found or [] if isinstance(row, Mapping)]


def _fill(row: RowEntry, column: Field, value: Any) -> None:
    if isinstance(value, Mapping) and isinstance(value.get(TYPED), str):
        row.write(column.key, value[TYPED])
        return
    try:
        row.give(column.key, column.check(value))
    except BadValue:
        row.write(column.key, str(value))
