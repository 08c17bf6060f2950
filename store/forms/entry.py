"""What is being typed into a form: the texts, the values they mean, and what is wrong."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from store.errors import BadValue
from store.forms.declaration import Field, Form, Section, Value, Values
from store.forms.validation import missing

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
        for key, text in (texts or {}).items():
            if key in form:
                self.write(key, text)

    @property
    def texts(self) -> dict[str, str]:
        """What was typed and differs from what was given, by key: the draft."""
        return dict(self._typed)

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
        self._read.pop(key, None)
        if text == self._given_text(key):
            self._typed.pop(key, None)
        else:
            self._typed[key] = text

    def give(self, key: str, value: object) -> None:
        """Put a value into the field; None for a blank."""
        self.write(key, "" if value is None else self.form.field(key).editable(value))

    def unmask(self, values: Mapping[str, Any]) -> None:
        """Show the values that were masked; they can be edited from now on."""
        self._given |= {key: value for key, value in values.items() if key in self.masked}
        self.masked = frozenset()
        self._editable.clear()

    def tidy(self, key: str) -> str:
        """Bring what was typed into the form in which it is understood, and return it.

        What cannot be read stays as it was typed; so does a day, whose spelling is its own.
        """
        if key in self._typed and self.problem(key) is None:
            field, value = self.form.field(key), self._meant(key)
            if field.type != "occasion":
                self.write(key, "" if value is None else field.editable(value))
        return self.text(key)

    def problem(self, key: str) -> BadValue | None:
        """Why what stands in the field cannot be read, if so."""
        meant = self._meant(key)
        return meant if isinstance(meant, BadValue) else None

    def value(self, key: str) -> Value | None:
        """What stands in the field, as it is kept; None for a blank or what cannot be read."""
        meant = self._meant(key)
        return None if isinstance(meant, BadValue) else meant

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
            try:
                self._read[key] = self.form.field(key).read(self._typed[key], self.today)
            except BadValue as error:
                self._read[key] = error
        return self._read[key]
