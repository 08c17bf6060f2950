"""Field types for times: time, repeat."""

from datetime import date, time

from store.errors import BadValue
from store.forms.declaration import Field, FieldType, Value
from store.forms.tidy import narrow, one_line
from store.language import N_


class TimeOfDay(FieldType):
    """A time of day, kept as `15:30`."""

    def read(self, field: Field, text: str, today: date | None) -> Value | None:
        """15:30, 1530, 下午三点半, 3pm."""
        from store.moment_times import time_at

        line = narrow(text)
        if not line:
            return None
        if line.isdecimal() and len(line) in (3, 4):
            line = f"{line[:-2]}:{line[-2:]}"
        found = time_at(line, 0, sure=False)
        if found is None or found[1] != len(line):
            raise BadValue(N_("“{text}” is not a time such as 15:30."), text=line[:60])
        return f"{found[0]:%H:%M}"

    def check(self, field: Field, value: object) -> Value | None:
        """A text such as `15:30`."""
        if value is None or value == "":
            return None
        try:
            if isinstance(value, str) and len(value) == len("15:30"):
                return f"{time.fromisoformat(value):%H:%M}"
        except ValueError:
            pass
        raise BadValue(N_("This should be a time such as 15:30."))


class Repeat(FieldType):
    """How something comes again, kept as an RFC 5545 rule without DTSTART."""

    def read(self, field: Field, text: str, today: date | None) -> Value | None:
        """每周一, 每月5号, every 2 weeks; or the rule itself."""
        from store.repeat_words import read_repeat

        line = one_line(text)
        return read_repeat(line) if line else None

    def check(self, field: Field, value: object) -> Value | None:
        """A rule."""
        from store.repeats import checked_rule

        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise BadValue(N_("This should be a repeat rule such as FREQ=WEEKLY;BYDAY=MO."))
        return checked_rule(value)

    def show(self, field: Field, value: object) -> str:
        """In words."""
        from store.repeat_words import in_words

        return in_words(str(value))

    def editable(self, field: Field, value: object) -> str:
        """In words where they can be read back, else the rule."""
        words = self.show(field, value)
        try:
            return words if self.read(field, words, None) == value else str(value)
        except BadValue:
            return str(value)
