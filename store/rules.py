"""The team's rules about cards: when they are reviewed, how value grades are worked out.

They are settings of the box, which a director or whoever sets up the team changes.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from store.arguments import checks_arguments, shortened
from store.errors import BadValue, NotAllowed
from store.language import N_
from store.models.base import database
from store.records.rules import Level, Rules
from store.rights import may_manage_team
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk

RULING = frozenset({"director"})
"""Roles that make rules beside whoever sets up the team."""

HELD = "SELECT key, value FROM setting WHERE member_id IS NULL AND key IN ({marks})"

BETWEEN = {"review_months": (1, 24), "review_months_key": (1, 24), "pile_days": (7, 3650)}
"""The least and the most of rules that are numbers."""

KEYS = tuple(field.name for field in fields(Rules))

NO_RULING = N_("Only a director, or whoever sets up the team, changes its rules.")
NO_RULE = N_("There is no rule “{key}”; there are {keys}.")
NO_NUMBER = N_("{key} should be a whole number from {least} to {most}.")
NO_LEVELS = N_(
    "Value grades are said with the part of the revenue that each has, the best first: A 80, B 15, "
    "C 5. Each is one of {grades}, and together they are no more than 100."
)

_LEVEL = re.compile(r"\s*(?P<grade>\S+?)\s*[ :=：]?\s*(?P<percent>\d{1,3})?\s*[%％]?\s*")


def held_rules() -> Rules:
    """The rules that hold now; what is damaged in the box is as usual."""
    marks = ",".join([database.param] * len(KEYS))
    cursor = database.execute_sql(HELD.format(marks=marks), list(KEYS))
    said: dict[str, Any] = {}
    for key, text in cursor.fetchall():
        value = json.loads(text)
        if key == "value_levels":
            levels = _levels_held(value)
            said |= {key: levels} if levels else {}
        elif isinstance(value, int) and BETWEEN[key][0] <= value <= BETWEEN[key][1]:
            said[key] = value
    return Rules(**said)


def _levels_held(value: Any) -> tuple[Level, ...]:
    try:
        return tuple(Level(str(grade), int(percent)) for grade, percent in value)
    except (TypeError, ValueError):
        return ()


@explains_trouble
@checks_arguments
class RulesOfTeam:
    """Reads and changes the team's rules."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def get(self) -> Rules:
        """The rules that hold now."""
        return held_rules()

    def as_written(self) -> dict[str, str]:
        """The same, each as `change` takes it."""
        return written(held_rules())

    def may_change(self) -> bool:
        """Whether the member makes rules."""
        return self.desk.member.role in RULING or may_manage_team(self.desk)

    def change(self, said: Mapping[str, str]) -> Rules:
        """Change rules, given as they are written; what follows from them is worked out anew.

        Raises:
            BadValue: there is no such rule, or its value is none.
            NotAllowed: the member makes no rules.
        """
        from store import review

        if not self.may_change():
            raise NotAllowed(NO_RULING)
        values = {key: _read(key, text) for key, text in said.items()}
        with self.desk.store.transaction():
            before = held_rules()
            for key, value in values.items():
                self.desk.settings._write(None, key, value)
            after = held_rules()
            if review.periods(before) != review.periods(after):
                review.follow(self.desk.store.clock, after)
        if before.value_levels != after.value_levels:
            self.desk.grades.compute()
        return after


def _read(key: str, text: Any) -> Any:
    if key not in KEYS:
        raise BadValue(NO_RULE, field=shortened(key), key=shortened(key), keys=", ".join(KEYS))
    line = str(text).strip()[:200]
    if key == "value_levels":
        return [list(level) for level in read_levels(line)]
    least, most = BETWEEN[key]
    if not (line.isascii() and line.isdigit() and least <= int(line) <= most):
        raise BadValue(NO_NUMBER, field=key, key=key, least=least, most=most)
    return int(line)


def read_levels(text: str) -> tuple[Level, ...]:
    """Value grades as they are written: `A 80, B 15, C`; the last one takes what is left.

    Raises:
        BadValue: they are none.
    """
    from store.forms.declaration import load_form

    known = [choice.value for choice in load_form("organisation").field("value_grade").choices]
    parts = [part for part in re.split("[,，、;；]", text) if part.strip()]
    levels: list[Level] = []
    for place, part in enumerate(parts):
        match = _LEVEL.fullmatch(part)
        grade = match["grade"] if match else ""
        percent = match["percent"] if match else None
        is_last = place == len(parts) - 1
        if grade not in known or (percent is None and not is_last):
            raise BadValue(NO_LEVELS, field="value_levels", grades=", ".join(known))
        rest = 100 - sum(level.percent for level in levels)
        levels.append(Level(grade, rest if percent is None else int(percent)))
    whole = sum(level.percent for level in levels)
    twice = len({level.grade for level in levels}) < len(levels)
    if not levels or twice or whole > 100 or any(level.percent <= 0 for level in levels):
        raise BadValue(NO_LEVELS, field="value_levels", grades=", ".join(known))
    return tuple(levels)


def written(rules: Rules) -> dict[str, str]:
    """The rules as they are written, by key."""
    levels = ", ".join(f"{level.grade} {level.percent}" for level in rules.value_levels)
    return {key: levels if key == "value_levels" else str(getattr(rules, key)) for key in KEYS}
