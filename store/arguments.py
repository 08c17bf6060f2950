"""The desk's door for arguments: what a caller gives is of the kind that a method declares.

Screens give what they mean; what comes from JSON, a shell or a damaged draft may be anything. A
method declares what it takes by its annotations, and bounds by `Annotated[int, range(...)]`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache, wraps
from itertools import chain
from types import FunctionType, NoneType, UnionType
from typing import Annotated, Any, ParamSpec, TypeVar, Union, get_args, get_origin

from store.cleaning import clean_line, without_halves
from store.errors import BadValue
from store.language import N_

Part = TypeVar("Part")
Taken = ParamSpec("Taken")
Answer = TypeVar("Answer")

STORED = range(-(2**63), 2**63)
"""Whole numbers that the database can hold."""

Place = Annotated[int, range(2**31)]
"""A place in a list, the first one 0."""

YEARS = range(1900, 2200)
"""Years of talks and of what is to do: far from where the calendar or a time zone ends."""

Limit = Annotated[int, range(-1, 2**31)]
"""How much of a list is wanted; -1 for all of it."""

NO_NUMBER = N_("This should be a whole number.")
OUT_OF_RANGE = N_("This should be a number from {first} to {last}.")
TOO_GREAT = N_("This number is too great.")
NO_TEXT = N_("This should be a text.")
NO_LIST = N_("This should be a list.")
NO_DAY = N_("This should be a date such as 2026-03-15.")
NO_SUCH_YEAR = N_("A date from {first} to {last} is wanted here.")
NO_CHOICE = N_("“{value}” is no setting here; choose one of {choices}.")
NOT_FITTING = N_("What was given here does not fit.")

SENTENCES: Mapping[object, str] = {str: NO_TEXT, int: NO_NUMBER, date: NO_DAY}

Check = Callable[[Any], Any]
"""Gives a value as it is taken, or raises `BadValue`."""


def checks_arguments(part: type[Part]) -> type[Part]:
    """A part of the desk whose public methods refuse arguments that they do not declare.

    They raise `BadValue`, whose `field` is the argument's or the record's field.
    """
    for name, method in list(vars(part).items()):
        if isinstance(method, FunctionType) and not name.startswith("_"):
            setattr(part, name, _checking(method))
    return part


def _checking(method: Callable[Taken, Answer]) -> Callable[Taken, Answer]:
    assert isinstance(method, FunctionType)
    code = method.__code__
    names = code.co_varnames[1 : code.co_argcount]
    declared = {key: kind for key, kind in method.__annotations__.items() if key != "return"}

    @wraps(method)
    def checked_method(*arguments: Taken.args, **named: Taken.kwargs) -> Answer:
        own, *given = arguments
        taken = {
            name: taken_as(declared[name], value, name)
            for name, value in chain(zip(names, given, strict=False), named.items())
            if name in declared
        }
        further = given[len(names) :]
        unknown = {name: value for name, value in named.items() if name not in declared}
        checked: Callable[..., Answer] = method
        return checked(own, *further, **taken, **unknown)

    return checked_method


def taken_as(declared: Any, value: Any, name: str) -> Any:
    """A value as something takes it that is declared so.

    Raises:
        BadValue: it is of another kind; its `field` is `name`, or the field within the record.
    """
    try:
        return _check_of(declared)(value)
    except BadValue as error:
        error.field = error.field or name
        raise


@cache
def _check_of(declared: Any) -> Check:
    if declared is Any:
        return _anything
    origin, within = get_origin(declared), get_args(declared)
    if origin is Annotated:
        kind, allowed = within
        return _number_in(allowed) if kind is int else _among(allowed)
    if origin in (Union, UnionType):
        return _one_of(within)
    if origin is tuple or (isinstance(origin, type) and issubclass(origin, Sequence)):
        return _sequence(_check_of(within[0]), tuple if origin is tuple else list)
    kind = origin or declared
    if kind is int:
        return _number_in(STORED)
    if kind is str:
        return _text
    if isinstance(kind, type) and is_dataclass(kind):
        return _record(kind)
    return _instance(kind) if isinstance(kind, type) else _anything


def _anything(value: Any) -> Any:
    return value


def _number_in(allowed: range) -> Check:
    def check(value: Any) -> int:
        if type(value) is not int:
            raise BadValue(NO_NUMBER)
        if allowed is STORED and value not in STORED:
            raise BadValue(TOO_GREAT)
        if value not in allowed:
            raise BadValue(OUT_OF_RANGE, first=allowed.start, last=allowed.stop - 1)
        return value

    return check


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise BadValue(NO_TEXT)
    return without_halves(value)


def _among(choices: tuple[str, ...]) -> Check:
    def check(value: Any) -> str:
        if value not in choices:
            raise BadValue(NO_CHOICE, value=shortened(value), choices=", ".join(choices))
        return str(value)

    return check


def shortened(value: object) -> str:
    """What was given, as a sentence can repeat it."""
    return clean_line(str(value))[:60]


def in_reach(day: date, field: str) -> None:
    """Make sure that a date is one with which everything can reckon.

    Raises:
        BadValue: it lies out of `YEARS`.
    """
    if day.year not in YEARS:
        raise BadValue(NO_SUCH_YEAR, field=field, first=YEARS.start, last=YEARS.stop - 1)


def _instance(kind: type) -> Check:
    def check(value: Any) -> Any:
        # A moment is a date to Python, and no day.
        if not isinstance(value, kind) or (kind is date and isinstance(value, datetime)):
            raise BadValue(SENTENCES.get(kind, NOT_FITTING))
        return value

    return check


def _one_of(kinds: Sequence[Any]) -> Check:
    checks: list[Check] = [_check_of(kind) for kind in kinds if kind is not NoneType]
    may_be_blank = len(checks) < len(list(kinds))

    def check(value: Any) -> Any:
        if value is None and may_be_blank:
            return None
        for other in checks[:-1]:
            try:
                return other(value)
            except BadValue:
                continue
        return checks[-1](value)

    return check


def _sequence(within: Check, kind: type) -> Check:
    def check(value: Any) -> Any:
        if isinstance(value, (str, bytes)) or not isinstance(value, Sequence):
            raise BadValue(NO_LIST)
        return kind(map(within, value))

    return check


def _record(kind: Any) -> Check:
    """Fields keep what they hold; a record is made anew only where a text was mended."""
    checks: dict[str, Check] = {}

    def check(value: Any) -> Any:
        if not isinstance(value, kind):
            raise BadValue(NOT_FITTING)
        if not checks:
            declared: dict[str, Any] = {field.name: field.type for field in fields(kind)}
            checks.update({name: _check_of(held) for name, held in declared.items()})
        mended = {}
        for name, taken in checks.items():
            held = getattr(value, name)
            try:
                kept = taken(held)
            except BadValue as error:
                error.field = error.field or name
                raise
            if kept != held:
                mended[name] = kept
        return replace(value, **mended) if mended else value

    return check
