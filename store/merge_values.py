"""The fields of two cards side by side: where they differ, and what is best put together.

Filled beats blank, lists and long texts are put together, newer beats older; of how a customer was
met the earlier holds. A value that is
masked for the member is never chosen by him unseen: the only one there is goes along, lists are
put together, and of two single values the one of the card that stays holds.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from store.arguments import shortened
from store.card_values import NO_LIFECYCLE, ORGANISATION_KEY, REFERRER_KEY
from store.errors import BadValue
from store.folding import fold
from store.forms.declaration import ATTACHED, Field, Form, load_form
from store.language import N_
from store.likeness import core
from store.records.cards import CardRecord
from store.records.merging import BOTH, DROP, KEEP, SIDES, Difference
from store.united import united_value

NO_DIFFERENCE = N_("“{key}” is no field in which these two cards differ.")
NO_SIDE = N_("“{side}” is no side: choose the left or the right value, or both.")
NOT_BOTH = N_("{title} has room for one value only: choose the left one or the right one.")
UNSEEN = N_("{title} is masked for you, and what becomes of it is not yours to choose unseen.")

CALLED = {"person": "nickname", "organisation": "short_name"}
"""Where a name stays that the merged card does not have."""


HOW_MET = frozenset({"source", "met_on", "met_at"})
"""How a customer was met: one is met for the first time once."""


class Sides(NamedTuple):
    """Two whole cards, nothing of them masked, and what the member does not see of each."""

    keep: CardRecord
    drop: CardRecord
    hidden_keep: frozenset[str] = frozenset()
    hidden_drop: frozenset[str] = frozenset()


@cache
def place_keys(kind: str) -> tuple[str, ...]:
    """The keys of what is known of the place where somebody works."""
    return tuple(field.key for field in load_form(kind).fields() if field.source == "affiliation")


def compared(sides: Sides, is_newer: Callable[[str], bool]) -> tuple[list[Difference], int]:
    """The fields in which two cards of one kind differ, and in how many they agree.

    Args:
        is_newer: whether a field, by its key, was changed later on the card that goes.
    """
    found: list[Difference] = []
    same = 0
    form = load_form(sides.keep.kind)
    for key, field, first, second in _pairs(form, sides):
        if first is None and second is None:
            continue
        difference = _difference(sides, key, field, first, second, is_newer)
        if difference is None:
            same += 1
        else:
            found.append(difference)
    return found, same


def _pairs(form: Form, sides: Sides) -> Iterator[tuple[str, Field | None, Any, Any]]:
    """Each field with what both cards have there; two different places of work are one thing."""
    keep, drop = sides.keep.values, sides.drop.values
    places = place_keys(form.kind)
    houses = {keep.get(ORGANISATION_KEY), drop.get(ORGANISATION_KEY)}
    is_apart = None not in houses and len(houses) > 1
    for field in form.fields():
        key = field.key
        if field.source in ATTACHED:
            continue
        if is_apart and key in places:
            if key == ORGANISATION_KEY:
                yield key, field, _place(keep, places), _place(drop, places)
            continue
        first, second = keep.get(key), drop.get(key)
        if key == REFERRER_KEY:  # nobody introduces himself
            first = None if first == sides.drop.number else first
            second = None if second == sides.keep.number else second
        yield key, field, first, second
    for key in dict.fromkeys([*sides.keep.unknown, *sides.drop.unknown]):
        yield key, None, sides.keep.unknown.get(key), sides.drop.unknown.get(key)


def _place(values: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any] | None:
    return {key: values[key] for key in keys if key in values} or None


def _difference(
    sides: Sides,
    key: str,
    field: Field | None,
    first: Any,
    second: Any,
    is_newer: Callable[[str], bool],
) -> Difference | None:
    """How a field differs; None where it does not, or where what stays says it all."""
    is_place = isinstance(first, dict)
    united = None
    if first is not None and second is not None:
        united = first if is_place else field and united_value(field, first, second)
    if first == second or (united == first and not is_place and first is not None):
        return None
    masked = frozenset(
        side
        for side, value, hidden in (
            (KEEP, first, sides.hidden_keep),
            (DROP, second, sides.hidden_drop),
        )
        if value is not None and key in hidden
    )
    choices: tuple[str, ...] = (KEEP, DROP, *([BOTH] if united is not None else []))
    if masked:
        choices = (_settled(first, second, united),)
        suggested = choices[0]
    else:
        suggested = _suggested(key, field, first, second, united, is_newer, _met_first(sides))
    return Difference(
        key,
        None if KEEP in masked else first,
        None if DROP in masked else second,
        None if masked else united,
        suggested,
        choices,
        masked,
        is_place,
    )


def _settled(first: Any, second: Any, united: Any) -> str:
    """Whose value holds where the member may not choose."""
    if first is None:
        return DROP
    return BOTH if second is not None and united is not None else KEEP


def _suggested(
    key: str,
    field: Field | None,
    first: Any,
    second: Any,
    united: Any,
    is_newer: Callable[[str], bool],
    met_first: str,
) -> str:
    if _is_blank(field, first):
        return DROP
    if _is_blank(field, second):
        return KEEP
    if key == "name":
        return _better_name(str(first), str(second))
    if key == "risk":  # a warning is not lost because the other card is older
        return DROP if second else KEEP
    if united is not None and not isinstance(first, dict):
        return BOTH
    if key in HOW_MET:
        return met_first
    return DROP if is_newer(key) else KEEP


def _met_first(sides: Sides) -> str:
    """Whose card tells how the customer was met: that of the earlier day, else the older card."""
    days = [str(each.values.get("met_on") or "") for each in (sides.keep, sides.drop)]
    if all(days) and days[0] != days[1]:
        return KEEP if days[0] < days[1] else DROP
    return KEEP if sides.keep.id < sides.drop.id else DROP


def _is_blank(field: Field | None, value: Any) -> bool:
    if value is None:
        return True
    if field is None or isinstance(value, dict):
        return False
    return field.blank({field.key: value}) or (field.key == "lifecycle" and value == NO_LIFECYCLE)


def _better_name(first: str, second: str) -> str:
    """The name without blanks and full-width letters; of one organisation the whole name."""
    if _letters(first) == _letters(second):
        return DROP if len(second) < len(first) else KEEP
    if core(first) and core(first) == core(second):
        return DROP if len(second) > len(first) else KEEP
    return KEEP


def _letters(name: str) -> str:
    return "".join(fold(name).split())


def checked_choices(
    form: Form, differences: list[Difference], wanted: Mapping[str, Any]
) -> dict[str, str]:
    """Whose value holds, by the key of each difference: what is wanted, else what is suggested.

    Raises:
        BadValue: there is no such difference, or it cannot be settled so.
    """
    by_key = {each.key: each for each in differences}
    chosen = {each.key: each.suggested for each in differences}
    for key, side in wanted.items():
        difference = by_key.get(key)
        if difference is None:
            raise BadValue(NO_DIFFERENCE, field=shortened(key), key=shortened(key))
        if side not in SIDES:
            raise BadValue(NO_SIDE, field=key, side=shortened(side))
        if side not in difference.choices:
            title = form.field(key).title if key in form else key
            raise BadValue(UNSEEN if difference.masked else NOT_BOTH, field=key, title=title)
        chosen[key] = side
    return chosen


def merged_values(
    sides: Sides, differences: list[Difference], chosen: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values of the merged card, and those that no form declares.

    The referrer and different places of work are as on the card that stays: they are links, and
    settled apart.
    """
    keep, drop = sides.keep, sides.drop
    form = load_form(keep.kind)
    values, unknown = dict(keep.values), dict(keep.unknown)
    for difference in differences:
        key, side = difference.key, chosen[difference.key]
        if side == KEEP or difference.place or key == REFERRER_KEY:
            continue
        if key not in form:
            _put(unknown, key, drop.unknown.get(key))
        elif side == DROP:
            _put(values, key, drop.values.get(key))
        else:
            values[key] = united_value(form.field(key), keep.values[key], drop.values[key])
    called, name = CALLED[keep.kind], str(values["name"])
    for other in (keep.name, drop.name):
        if _letters(other) != _letters(name) and called in form and called not in values:
            values[called] = other
    return values, unknown


def _put(values: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        values.pop(key, None)
    else:
        values[key] = value
