"""What can be configured: each key, what it takes, and what it is for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from store.errors import BadValue
from store.language import N_

NOT_TEXT = N_("{key} should be a text in quotes.")
NOT_WHOLE = N_("{key} should be a whole number from {least} to {most}.")
NOT_OF = N_("{key} should be one of: {choices}.")
NO_ZONE = N_("{key}: there is no time zone “{value}”.")
NOT_TABLE = N_('{key} should be a table of texts, such as "cards.new" = "f6".')


@dataclass(frozen=True, slots=True)
class Key:
    """One configuration key; a dot in its name is a table in the file, `_` in the variable."""

    name: str
    purpose: str
    """An English message id."""
    kind: str = "text"
    """text, whole, zone or table."""
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    built_in: Any = None
    """What holds where nothing is said, for `shuke config` to show; None: it depends."""

    @property
    def variable(self) -> str | None:
        """The environment variable that overrides the files; a table has none."""
        return None if self.kind == "table" else "SHUKE_" + self.name.upper().replace(".", "_")

    def checked(self, value: object) -> Any:
        """A value from a file or a variable as it is used.

        Raises:
            BadValue: it is none; the sentence names the key.
        """
        if self.kind == "table":
            return self._table(value)
        if self.kind == "whole":
            return self._whole(value)
        text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
        text = text.strip()
        if not text:
            raise BadValue(NOT_TEXT, key=self.name)
        if self.choices and text not in self.choices:
            raise BadValue(NOT_OF, key=self.name, choices=", ".join(self.choices))
        if self.kind == "zone":
            self._check_zone(text)
        return text

    def _whole(self, value: object) -> int:
        try:
            number = -1 if isinstance(value, bool | float) else int(str(value))
        except ValueError:
            number = -1
        if not self.least <= number <= self.most:
            raise BadValue(NOT_WHOLE, key=self.name, least=self.least, most=self.most)
        return number

    def _table(self, value: object) -> dict[str, str]:
        found = dict(flattened(value)) if isinstance(value, Mapping) else {"": None}
        if not all(isinstance(text, str) for text in found.values()):
            raise BadValue(NOT_TABLE, key=self.name)
        return {name: str(text) for name, text in found.items()}

    def _check_zone(self, text: str) -> None:
        from store.clock import zone_named

        try:
            zone_named(text)
        except (KeyError, ValueError, OSError):
            raise BadValue(NO_ZONE, key=self.name, value=text) from None


def flattened(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    """The values of a table and its tables, with their dotted names."""
    found: list[tuple[str, Any]] = []
    for name, value in table.items():
        if isinstance(value, Mapping):
            found.extend(flattened(value, f"{prefix}{name}."))
        else:
            found.append((prefix + name, value))
    return found


KEYS: dict[str, Key] = {
    key.name: key
    for key in (
        Key("database", N_("the box: a file, or sqlite:///FILE")),
        Key("language", N_("the language where a member chose none"), choices=("zh", "en")),
        Key(
            "theme",
            N_("the colours where a member chose none"),
            choices=("dark", "light", "ansi"),
            built_in="dark",
        ),
        Key(
            "zone",
            N_("the time zone that days are reckoned in"),
            "zone",
            built_in="Asia/Shanghai",
        ),
        Key("member", N_("the login of whoever works here")),
        Key(
            "color",
            N_("how many colours the terminal is sent"),
            choices=("256", "16", "truecolor"),
            built_in="256",
        ),
        Key("keymap", N_("other keys for commands, by their names in the key table"), "table"),
        Key(
            "todo.urgent_days",
            N_("days before its due date on which a to-do becomes urgent"),
            "whole",
            least=0,
            most=365,
            built_in=2,
        ),
        Key(
            "today.date_days",
            N_("days ahead whose birthdays and other dates Today shows"),
            "whole",
            least=1,
            most=366,
            built_in=7,
        ),
        Key(
            "papers.largest_mb",
            N_("megabytes that the file of a paper may have"),
            "whole",
            least=1,
            most=1000,
            built_in=20,
        ),
        Key(
            "session.idle_minutes",
            N_("minutes without a key after which a session over SSH ends; 0 for never"),
            "whole",
            least=0,
            most=1440,
            built_in=60,
        ),
        Key(
            "session.address",
            N_("what members type behind ssh to come in, such as shuke@crm.example.com"),
        ),
        Key(
            "policy.leap_month",
            N_("when a birthday of a leap month is kept"),
            choices=("leap_or_regular", "regular", "both", "leap"),
            built_in="leap_or_regular",
        ),
        Key(
            "policy.doubled_month",
            N_("when a birthday is kept in a year that has its month twice"),
            choices=("first", "both"),
            built_in="first",
        ),
        Key(
            "policy.day_thirty",
            N_("when a birthday on day 30 is kept in a month of 29 days"),
            choices=("last", "skip", "next"),
            built_in="last",
        ),
        Key(
            "policy.feb29",
            N_("when a birthday on February 29 is kept in a common year"),
            choices=("feb28", "mar1", "leap"),
            built_in="feb28",
        ),
    )
}
"""Every key by its dotted name, in the order in which `shuke config` shows them."""
