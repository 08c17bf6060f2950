"""How much of a card is known, and which blanks matter first (domain.md, section 1.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from store.forms.declaration import Field, Form

EITHER = {"birth_solar": "birth_lunar", "birth_lunar": "birth_solar"}
"""Fields of which one is enough: the other can be worked out (calendar.md)."""


@dataclass(frozen=True, slots=True)
class Completeness:
    """What is known of what is asked, by weight."""

    percent: int
    """Of the whole card, 0 to 100; 100 only when nothing of weight is blank."""
    sections: Mapping[str, int]
    """The same for each section that asks for anything of weight."""
    blanks: tuple[Field, ...]
    """What is asked and blank, the most valuable first."""


def completeness(form: Form, values: Mapping[str, Any]) -> Completeness:
    """How complete these values are; fields that are not asked on such a card do not count."""
    sections: dict[str, int] = {}
    blanks: list[Field] = []
    known_in_all = asked_in_all = 0
    for section in form.sections:
        known = asked = 0
        for field in section.fields:
            if field.weight and field.asked(values) and not _answered_by_other(field, values):
                asked += field.weight
                if field.blank(values):
                    blanks.append(field)
                else:
                    known += field.weight
        if asked:
            sections[section.key] = _percent(known, asked)
        known_in_all += known
        asked_in_all += asked
    blanks.sort(key=lambda field: -field.weight)
    return Completeness(_percent(known_in_all, asked_in_all), sections, tuple(blanks))


def percent(form: Form, values: Mapping[str, Any]) -> int:
    """`completeness(form, values).percent` of kept values, for thousands of cards."""
    weights, asked, special = _weights(form, values.get("lifecycle", "prospect"))
    known = sum([weights[key] for key in values if key in weights])
    for field in special:
        if field.asked(values) and not _answered_by_other(field, values):
            asked += field.weight
            known += 0 if field.blank(values) else field.weight
    return _percent(known, asked)


@cache
def _weights(form: Form, lifecycle: str) -> tuple[Mapping[str, int], int, tuple[Field, ...]]:
    """Weights by key of what every card of this lifecycle is asked, their sum, other fields.

    The others are asked only besides something, have a choice that counts as a blank, or may be
    answered by another field.
    """
    asked = [
        field
        for field in form.fields()
        if field.weight and (not field.lifecycles or lifecycle in field.lifecycles)
    ]
    special = tuple(
        field
        for field in asked
        if field.when or field.key in EITHER or any(choice.unknown for choice in field.choices)
    )
    plain = {field.key: field.weight for field in asked if field not in special}
    return plain, sum(plain.values()), special


def _answered_by_other(field: Field, values: Mapping[str, Any]) -> bool:
    return field.blank(values) and bool(values.get(EITHER.get(field.key, "")))


def _percent(known: int, asked: int) -> int:
    return known * 100 // asked if asked else 100
