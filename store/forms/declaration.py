"""The declared forms: sections, fields and choices as `person.toml` and its fellows say.

The editor, the validation, the completeness figure, import, export and printing all read these.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from store import language
from store.errors import BadValue, NotFound
from store.forms import followed
from store.language import N_

Value = str | int | bool | list[str] | list[dict[str, Any]]
"""A value as it is kept: what JSON can say. A blank value is never kept."""

Values = dict[str, Any]
"""Values of a card by the keys of its form; a key that is absent is blank."""

Label = Mapping[str, str]
"""A text by language: `zh` and `en`."""

ATTACHED = frozenset({"family", "people"})
"""Sources of rows that are records of their own: they are no values of the card."""

GONE: Label = {"zh": "不再填写的", "en": "No longer asked"}
"""What fields are called that the form asks no more."""

ANY = "*"
"""In the condition of a field: whatever stands in the other field, if anything does."""


def spoken(label: Label) -> str:
    """A label in the language spoken now; "" for a label that was not declared."""
    return label.get(language.current(), "")


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One of the values a choice offers."""

    value: str
    """What is kept."""
    label: Label
    short: Label = field(default_factory=dict)
    """How a narrow column shows it, where the label is long."""
    help: Label = field(default_factory=dict)
    unknown: bool = False
    """Stands for "not known yet": a field with this value still counts as a blank."""
    retired: bool = False
    """Not offered any more; cards that have it keep it, under its label."""

    @property
    def title(self) -> str:
        """The label in the language spoken now."""
        return spoken(self.label)

    @property
    def short_title(self) -> str:
        """The short label, or the whole one, in the language spoken now."""
        return spoken(self.short) or self.title

    @property
    def explanation(self) -> str:
        """What the choice means, in the language spoken now; may be ""."""
        return spoken(self.help)


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One thing a form asks for."""

    key: str
    """Unique in its form; the key of the value everywhere."""
    type: str
    """One of `store.forms.fields.TYPES`."""
    label: Label
    section: str = ""
    """The key of the section it stands in."""
    help: Label = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    other: bool = False
    """Free words are welcome besides the choices; for a card, a name instead of a number."""
    several: bool = False
    """Holds a list: contact points, each with a label, or dates, each with a note."""
    columns: tuple["Field", ...] = ()
    """What a row holds; only of the type `rows`."""
    gone_columns: tuple["Field", ...] = ()
    """What rows held once and are not asked any more: rows that have it keep it."""
    required: bool = False
    """Must be filled, whenever it is asked for."""
    sensitive: bool = False
    """Masked to everyone but the owner and those above (domain.md, section 1.4)."""
    index: bool = False
    """Also kept as a fact of the card, so that cards with the same value are found quickly."""
    weight: int = 1
    """How much it counts in the completeness and how early it is asked for; 0: not at all."""
    source: str = ""
    """Where it is kept: card, contact, affiliation, occasion; "": in the card's profile.

    Rows of `family` and `people` are records of their own (`ATTACHED`).
    """
    unit: Label = field(default_factory=dict)
    """What a number counts: 人, 厘米."""
    currency: str = "CNY"
    """CNY or USD; for amounts."""
    ten_thousands: bool = False
    """A bare number typed for this amount counts 万元, and so it is shown."""
    calendar: str = ""
    """solar or lunar where an occasion can only be one of them."""
    ahead: bool = False
    """A date typed without its year, or a weekday, is the next one; else the last one."""
    minimum: int | None = 0
    """The smallest number allowed (an amount: in 元), None for no limit."""
    maximum: int | None = None
    """The greatest number allowed."""
    default: str = ""
    """What a new card has."""
    kinds: tuple[str, ...] = ()
    """The kinds of card that are asked; () for all. Others do not have the field at all."""
    lifecycles: tuple[str, ...] = ()
    """The lifecycles in which it is asked; () for all."""
    gone: bool = False
    """Not asked any more, by what the team of the box declares; cards that have it keep it."""
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Asked only when each of these fields has one of these values; `ANY`: any value.

    Of what is yes or no, the values are `yes` and `no`.
    """

    @property
    def title(self) -> str:
        """The label in the language spoken now."""
        return spoken(self.label)

    @property
    def explanation(self) -> str:
        """The help text in the language spoken now; may be ""."""
        return spoken(self.help)

    def __str__(self) -> str:
        return self.title

    def column(self, key: str) -> "Field":
        """The column of this key; raises `NotFound`."""
        for one in self.columns:
            if one.key == key:
                return one
        raise NotFound(N_("No field is called {key}."), key=key)

    def choice(self, value: object) -> Choice | None:
        """The declared choice of this value; None for free words."""
        return next((choice for choice in self.choices if choice.value == value), None)

    @property
    def offered(self) -> tuple[Choice, ...]:
        """The choices that are offered: not those that are retired."""
        return tuple(choice for choice in self.choices if not choice.retired)

    def asked(self, values: Mapping[str, Any]) -> bool:
        """Whether the form asks for this field on a card with these values."""
        if self.lifecycles and values.get("lifecycle", "prospect") not in self.lifecycles:
            return False
        return all(_fits(values.get(key), wanted) for key, wanted in self.when.items())

    def blank(self, values: Mapping[str, Any]) -> bool:
        """Whether a card with these values has nothing to say here."""
        value = values.get(self.key)
        if value in (None, "", []):
            return True
        choice = self.choice(value) if self.choices else None
        return choice is not None and choice.unknown

    def read(self, text: str, today: date | None = None) -> Value | None:
        """What somebody typed, or a file says, as a value; None for a blank.

        Args:
            text: anything; full-width signs, labels of both languages and pinyin are understood.
            today: what words such as 昨天 are reckoned from; without it they are refused.

        Raises:
            BadValue: it cannot be understood; the sentence says why.
        """
        try:
            return self._type.read(self, text, today)
        except BadValue as error:
            error.field = self.key
            raise

    def check(self, value: object) -> Value | None:
        """A value from JSON in the form in which it is kept; None for a blank.

        Raises:
            BadValue: it is not of this field's shape, or not possible.
        """
        try:
            return self._type.check(self, value)
        except BadValue as error:
            error.field = self.key
            raise

    def show(self, value: object) -> str:
        """A kept value for people, in the language spoken now. Never fails."""
        return self._type.show(self, value)

    def plain(self, value: object) -> str:
        """A kept value as text that `read` reads back as the same value."""
        return self._type.plain(self, value)

    def editable(self, value: object) -> str:
        """A kept value as a person edits it, in the language spoken; `read` reads it back."""
        return self._type.editable(self, value)

    @property
    def _type(self) -> "FieldType":
        from store.forms.fields import type_of

        return type_of(self)


class FieldType:
    """How values of one type are read, checked and written; knows nothing of a single field."""

    def read(self, field: Field, text: str, today: date | None) -> Value | None:
        """As `Field.read`."""
        raise NotImplementedError

    def check(self, field: Field, value: object) -> Value | None:
        """As `Field.check`."""
        raise NotImplementedError

    def show(self, field: Field, value: object) -> str:
        """As `Field.show`; what is not of this type is shown as it is."""
        return self.plain(field, value)

    def plain(self, field: Field, value: object) -> str:
        """As `Field.plain`."""
        return str(value)

    def editable(self, field: Field, value: object) -> str:
        """As `Field.editable`."""
        return self.plain(field, value)


def _fits(value: object, wanted: Sequence[str]) -> bool:
    if value in (None, "", []):
        return False
    if isinstance(value, bool):
        value = "yes" if value else "no"
    held = value if isinstance(value, list) else [value]
    return ANY in wanted or any(one in wanted for one in held)


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """A part of a form that is looked at together."""

    key: str
    label: Label
    fields: tuple[Field, ...]

    @property
    def title(self) -> str:
        """The label in the language spoken now."""
        return spoken(self.label)


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """All that is asked about one kind of card, or of record."""

    kind: str
    """The name of its file: person or organisation; interaction, todo, family, date."""
    label: Label
    sections: tuple[Section, ...]
    gone: tuple[Field, ...] = ()
    """Fields that are asked no more and stand in no section: what cards hold of them is kept."""
    _by_key: dict[str, Field] = field(init=False)

    def __post_init__(self) -> None:
        by_key = {one.key: one for section in self.sections for one in section.fields}
        by_key.update((one.key, one) for one in self.gone)
        object.__setattr__(self, "_by_key", by_key)

    @property
    def title(self) -> str:
        """The label in the language spoken now."""
        return spoken(self.label)

    def fields(self) -> tuple[Field, ...]:
        """The fields of all sections, in order, then those that are gone."""
        return tuple(self._by_key.values())

    def shown(self) -> tuple[Section, ...]:
        """The sections of a card that is shown whole: what is asked no more comes last."""
        return (*self.sections, Section("gone", GONE, self.gone)) if self.gone else self.sections

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def field(self, key: str) -> Field:
        """The field of this key; raises `NotFound`."""
        try:
            return self._by_key[key]
        except KeyError:
            raise NotFound(N_("No field is called {key}."), key=key) from None

    def section(self, key: str) -> Section:
        """The section of this key; raises `NotFound`."""
        for section in self.sections:
            if section.key == key:
                return section
        raise NotFound(N_("No section is called {key}."), key=key)

    def without(self, *keys: str) -> "Form":
        """The form without the fields of these keys."""
        return self._with_fields(lambda fields: tuple(one for one in fields if one.key not in keys))

    def limited(self, key: str, values: Collection[str]) -> "Form":
        """The form with only the choices of these values in the field of this key."""

        def limit(fields: tuple[Field, ...]) -> tuple[Field, ...]:
            return tuple(
                replace(one, choices=tuple(c for c in one.choices if c.value in values))
                if one.key == key
                else one
                for one in fields
            )

        return self._with_fields(limit)

    def _with_fields(self, change: Callable[[tuple[Field, ...]], tuple[Field, ...]]) -> "Form":
        sections = tuple(
            replace(section, fields=change(section.fields)) for section in self.sections
        )
        return replace(self, sections=sections)

    def named(self, text: str) -> Field | None:
        """The field that a person means: by its key or its label in either language."""
        from store.forms.tidy import folded

        wanted = folded(text)
        for one in self.fields():
            if wanted in (one.key, *(folded(label) for label in one.label.values())):
                return one
        return None

    def defaults(self) -> Values:
        """What a new card has before anything is typed."""
        return {one.key: one.default for one in self.fields() if one.default}


class _InForce:
    """What the team of the open box declares, and the forms that follow, as they are asked for."""

    __slots__ = ("forms", "kept")

    def __init__(self, kept: str) -> None:
        self.kept = kept
        self.forms: dict[str, Form] = {}


_in_force = _InForce("")


def load_form(kind: str) -> Form:
    """The form of a kind of card (`person`, `organisation`) or record (`interaction`, `todo`).

    A card's form is the one that comes with the program with what the team of the open box has
    declared besides. It may be another one at the next call: keep what follows from a form by the
    form, never by its kind.

    Raises:
        BadInput: its declaration is wrong; the sentence names file, line and reason.
        NotFound: there is no form of this kind.
    """
    global _in_force
    now = _in_force
    if now.kept is not followed.kept:
        now = _in_force = _InForce(followed.kept)
    form = now.forms.get(kind)
    if form is None:
        form = now.forms[kind] = _form_in_force(kind, now.kept)
    return form


def _form_in_force(kind: str, kept: str) -> Form:
    form = shipped_form(kind)
    if not kept:
        return form
    from store.forms.team_forms import with_team

    return with_team(form, kept)


@cache
def shipped_form(kind: str) -> Form:
    """A form as it comes with the program; raises as `load_form`."""
    from store.forms.reading import read_form

    return read_form(kind)
