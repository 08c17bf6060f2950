"""What is being typed into a form: the texts, the values they mean, and what is wrong."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from store.errors import BadValue
from store.forms.declaration import Field, Form, Section, Value, Values
from store.forms.validation import missing

if TYPE_CHECKING:
    from store.forms.table_entry import TableEntry

_NUMBERS = frozenset({"whole", "decimal", "per_cent", "amount"})


class Entry:
    """A card while it is edited. What nobody touches stays exactly as it was given.

    Args:
        form: what is asked.
        values: the values of the card, by key.
        today: what words such as 昨天 are reckoned from.
        texts: texts typed earlier and not yet saved, by key (a draft).
        masked: keys whose values are not shown; they take no text and are not among the values.
    """

    def __init__(
        self,
        form: Form,
        values: Mapping[str, Any],
        today: date | None = None,
        texts: Mapping[str, str] | None = None,
        masked: Collection[str] = (),
    ) -> None:
        self.form = form
        self.today = today
        self.masked = frozenset(masked)
        self._given = {key: value for key, value in values.items() if key not in self.masked}
        self._editable: dict[str, str] = {}
        self._typed: dict[str, str] = {}
        self._read: dict[str, Value | BadValue | None] = {}
        self._tables: dict[str, TableEntry] = {}
        for key, text in (texts or {}).items():
            if key in form:
                self.write(key, text)

    @property
    def texts(self) -> dict[str, str]:
        """What was typed and differs from what was given, by key: the draft."""
        return dict(self._typed)

    @property
    def words(self) -> dict[str, str]:
        """The same as a person reads it: rows in lines."""
        return {
            key: "; ".join(row.line for row in self.table(key).rows if not row.is_taken_away)
            if self.form.field(key).type == "rows"
            else text
            for key, text in self._typed.items()
        }

    def table(self, key: str) -> "TableEntry":
        """The rows of a field, to be edited one by one; what is changed in them is heard here."""
        if key not in self._tables:
            from store.forms.table_entry import TableEntry

            field, given, typed = self.form.field(key), self._given.get(key), self._typed.get(key)
            heard = partial(self._hear_table, key)
            self._tables[key] = TableEntry(field, given, self.today, typed, heard)
        return self._tables[key]

    def text(self, key: str) -> str:
        """What stands in the field."""
        return self._typed[key] if key in self._typed else self._given_text(key)

    def shown(self, key: str) -> str:
        """How a field looks while nobody types in it: numbers with their units."""
        field = self.form.field(key)
        value = self.value(key) if field.type in _NUMBERS else None
        return self.text(key) if value is None else field.show(value)

    def write(self, key: str, text: str) -> None:
        """Note what stands in the field now."""
        if key in self.masked:
            return
        self._tables.pop(key, None)
        self._note(key, text)

    def give(self, key: str, value: object) -> None:
        """Put a value into the field; None for a blank."""
        self.write(key, "" if value is None else self.form.field(key).editable(value))

    def unmask(self, values: Mapping[str, Any]) -> None:
        """Show the values that were masked; they can be edited from now on."""
        self._given |= {key: value for key, value in values.items() if key in self.masked}
        self.masked = frozenset()
        self._editable.clear()
        self._tables.clear()

    def count_of_problems(self) -> int:
        """How many fields, and columns of rows, stand in the way of saving."""
        return sum(
            max(1, self.table(key).count_of_problems) if key in self._tables else 1
            for key in self.problems
        )

    def tidy(self, key: str) -> str:
        """Bring what was typed into the form in which it is understood, and return it.

        What cannot be read stays as it was typed; so does a day, whose spelling is its own.
        """
        if key in self._typed and self.problem(key) is None:
            field, value = self.form.field(key), self._meant(key)
            if field.type not in ("occasion", "rows"):
                self.write(key, "" if value is None else field.editable(value))
        return self.text(key)

    def problem(self, key: str) -> BadValue | None:
        """Why what stands in the field cannot be read, if so."""
        meant = self._meant(key)
        return meant if isinstance(meant, BadValue) else None

    def value(self, key: str) -> Value | None:
        """What stands in the field, as it is kept; None for a blank or what cannot be read."""
        meant = self._meant(key)
        if isinstance(meant, BadValue):
            return self.table(key).value if key in self._tables else None
        return meant

    @property
    def values(self) -> Values:
        """All that is known, by key, without what cannot be read."""
        values = dict(self._given)
        for key in self._typed:
            value = self.value(key)
            if value is None:
                values.pop(key, None)
            else:
                values[key] = value
        return values

    @property
    def problems(self) -> dict[str, BadValue]:
        """All that stands in the way of saving, by key: the unreadable and the missing."""
        found = {key: problem for key in self._typed if (problem := self.problem(key))}
        for key, problem in missing(self.form, self.values).items():
            if key not in self.masked:
                found.setdefault(key, problem)
        return found

    def asked(self, section: Section) -> tuple[Field, ...]:
        """The fields of a section to show: asked on a card with these values, or not blank."""
        values = self.values
        return tuple(
            field
            for field in section.fields
            if field.asked(values) or field.key in values or field.key in self._typed
        )

    def _hear_table(self, key: str) -> None:
        self._note(key, self._tables[key].text)

    def _note(self, key: str, text: str) -> None:
        self._read.pop(key, None)
        if text == self._given_text(key) or (text == "[]" and not self._given_text(key)):
            self._typed.pop(key, None)
        else:
            self._typed[key] = text

    def _given_text(self, key: str) -> str:
        if key not in self._editable:
            value = self._given.get(key)
            field = self.form.field(key)
            self._editable[key] = "" if value in (None, "", []) else field.editable(value)
        return self._editable[key]

    def _meant(self, key: str) -> Value | BadValue | None:
        if key not in self._typed:
            given: Value | None = self._given.get(key)
            return given
        if key not in self._read:
            field = self.form.field(key)
            if field.type == "rows":
                table = self.table(key)
                self._read[key] = table.problem or table.value
                return self._read[key]
            try:
                self._read[key] = field.read(self._typed[key], self.today)
            except BadValue as error:
                self._read[key] = error
        return self._read[key]
