"""Reads the declarations of the forms: `person.toml`, `organisation.toml`, `common.toml`.

A section with `from = 'common'` is the one of that name in `common.toml`, which both forms share.
Texts in the files stand in single quotes: tomllib reads those several times faster.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from store.errors import BadInput, NotFound
from store.forms.declaration import ATTACHED, Choice, Field, Form, Label, Section
from store.forms.fields import TYPES
from store.forms.tables import ROW_ID
from store.language import LANGUAGES, N_

HEAVIEST = 100
"""The greatest weight of a field."""

FARTHEST = 10**15
"""The farthest that a bound of a number is from zero."""

CARD_KINDS = ("person", "organisation")
LIFECYCLES = ("prospect", "target", "likely", "buyer", "loyal", "former")

FOLDER = Path(__file__).parent
"""Where the declarations are."""

SHARED = "common"
"""The file of sections that several forms have."""

_SOURCES = frozenset({"card", "contact", "affiliation", "occasion"}) | ATTACHED
_SEVERAL = frozenset({"phone", "email", "web", "text", "occasion"})

ATTRIBUTES: dict[str, type] = {
    "key": str,
    "type": str,
    "label": dict,
    "help": dict,
    "choices": list,
    "other": bool,
    "several": bool,
    "columns": list,
    "required": bool,
    "sensitive": bool,
    "index": bool,
    "weight": int,
    "source": str,
    "unit": dict,
    "currency": str,
    "ten_thousands": bool,
    "calendar": str,
    "ahead": bool,
    "minimum": int,
    "maximum": int,
    "default": str,
    "kinds": list,
    "lifecycles": list,
    "when": dict,
}


class Wrong(BadInput):
    """What is wrong in a declaration, before file and line are known.

    Args:
        message: an English message id.
        near: the key of the field or section in which it is.
    """

    def __init__(self, message: str, near: str = "", **values: object) -> None:
        super().__init__(message, **values)
        self.near = near
        self.place: tuple[str | int, ...] = ()
        """Where it is in a team's file, as `store.forms.team_lines` counts."""


def read_form(kind: str, folder: Path = FOLDER) -> Form:
    """The form that `folder/kind.toml` declares.

    Raises:
        BadInput: the sentence names file, line and reason.
        NotFound: there is no such file.
    """
    path = folder / f"{kind}.toml"
    declared = _tables(path)
    try:
        entries = _list(declared.get("sections"))
        sections = tuple(_section_or_shared(entry, kind, folder) for entry in entries)
        form = Form(kind, label_of(declared.get("label"), kind), sections)
        _check_keys(form)
    except Wrong as wrong:
        raise _placed(wrong, path) from None
    return form


def _section_or_shared(entry: dict[str, Any], kind: str, folder: Path) -> Section:
    if entry.get("from") != SHARED:
        return _section(entry, kind)
    path = folder / f"{SHARED}.toml"
    for shared in _tables(path).get("sections", []):
        if shared.get("key") == entry.get("key"):
            try:
                return _section(shared, kind)
            except Wrong as wrong:
                raise _placed(wrong, path) from None
    raise Wrong(N_("there is no section {key}"), key=entry.get("key"))


@cache
def _tables(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotFound(N_("There is no form {kind}."), kind=path.stem) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(
            N_("The form in {file} cannot be read: {reason}"), file=path.name, reason=error
        ) from None


def _placed(wrong: Wrong, path: Path) -> BadInput:
    """The sentence for a mistake, with the line of the field in which it is."""
    text = path.read_text(encoding="utf-8")
    key = re.search(rf"^[ \t]*key\s*=\s*['\"]{re.escape(wrong.near)}['\"]", text, re.MULTILINE)
    if key is None:
        return BadInput(N_("The form in {file} is wrong: {reason}."), file=path.name, reason=wrong)
    return BadInput(
        N_("The form in {file} is wrong near line {line}: {reason}."),
        file=path.name,
        line=text.count("\n", 0, key.start()) + 1,
        reason=wrong,
    )


def _section(entry: dict[str, Any], kind: str) -> Section:
    key = entry.get("key")
    if not isinstance(key, str) or not key:
        raise Wrong(N_("a section has no key"))
    fields = [field_of(one, key) for one in _list(entry.get("fields"))]
    asked = (one for one in fields if not one.kinds or kind in one.kinds)
    return Section(key, label_of(entry.get("label"), key), tuple(asked))


def field_of(entry: dict[str, Any], section: str) -> Field:
    """The field that an entry of a declaration means; raises `Wrong`."""
    key = entry.get("key")
    if not isinstance(key, str) or not key.isidentifier():
        raise Wrong(N_("a field has no key, or one that is no word"), section)
    for name, value in entry.items():
        wanted = ATTRIBUTES.get(name)
        if wanted is None:
            raise Wrong(N_("nothing is called {name} here"), key, name=name)
        if type(value) is not wanted:
            raise Wrong(N_("{name} has a value of the wrong kind"), key, name=name)
    values = dict(entry, section=section, label=label_of(entry.get("label"), key))
    for name in ("help", "unit"):
        if name in values:
            values[name] = label_of(values[name], key)
    for name in ("kinds", "lifecycles"):
        if name in values:
            values[name] = words_of(values[name], key, name)
    if "when" in values:
        values["when"] = {
            other: words_of(value if isinstance(value, list) else [value], key, "when")
            for other, value in values["when"].items()
        }
    if "choices" in values:
        values["choices"] = tuple(choice_of(one, key) for one in values["choices"])
    if "columns" in values:
        values["columns"] = tuple(_column(one, section) for one in _list(values["columns"]))
    _check_field(values)
    return Field(**values)


def _column(entry: dict[str, Any], section: str) -> Field:
    """What a row holds: a field of its own, without rows, conditions or a place elsewhere."""
    column = field_of(entry, section)
    if column.key == ROW_ID or column.type == "rows" or column.source or column.when:
        raise Wrong(N_("a row cannot hold {key}"), column.key, key=column.key)
    return column


def _check_field(values: dict[str, Any]) -> None:
    key, named = values["key"], values.get("type")
    if named not in TYPES:
        raise Wrong(N_("there is no field type {type}"), key, type=named)
    if values.get("source", "card") not in _SOURCES:
        raise Wrong(N_("there is no source {source}"), key, source=values["source"])
    if values.get("several") and (
        named not in _SEVERAL or (named == "text" and values.get("source") != "contact")
    ):
        raise Wrong(N_("a {type} cannot be several"), key, type=named)
    columns = [column.key for column in values.get("columns", ())]
    if (named == "rows") != bool(columns):
        raise Wrong(N_("only rows have columns, and they have some"), key)
    if len(set(columns)) < len(columns):
        raise Wrong(N_("two columns have the same key"), key)
    if values.get("source") in ATTACHED:
        if named != "rows":
            raise Wrong(N_("there is no source {source}"), key, source=values["source"])
        _check_attached(key, values)
    choices = [choice.value for choice in values.get("choices", ())]
    if len(set(choices)) < len(choices):
        raise Wrong(N_("two choices have the same value"), key)
    if named in ("choice", "choices") and not choices and not values.get("other"):
        raise Wrong(N_("there is nothing to choose from"), key)
    if values.get("default", "") not in ("", *choices):
        raise Wrong(N_("the default is none of the choices"), key)
    if values.get("currency", "CNY") not in ("CNY", "USD"):
        raise Wrong(N_("the currency is neither CNY nor USD"), key)
    if values.get("calendar", "solar") not in ("solar", "lunar"):
        raise Wrong(N_("the calendar is neither solar nor lunar"), key)
    if not 0 <= values.get("weight", 1) <= HEAVIEST:
        raise Wrong(N_("the weight goes from 0 to {most}"), key, name="weight", most=HEAVIEST)
    for bound in ("minimum", "maximum"):
        if abs(values.get(bound, 0)) > FARTHEST:
            raise Wrong(N_("{name} has a value of the wrong kind"), key, name=bound)
    for kind in values.get("kinds", ()):
        if kind not in CARD_KINDS:
            raise Wrong(N_("there is no kind {kind}"), key, name="kinds", kind=kind)
    for lifecycle in values.get("lifecycles", ()):
        if lifecycle not in LIFECYCLES:
            told = N_("there is no lifecycle {lifecycle}")
            raise Wrong(told, key, name="lifecycles", lifecycle=lifecycle)


def _check_attached(key: str, values: dict[str, Any]) -> None:
    """Rows that are records of their own hold what those records hold, and nothing is masked."""
    from dataclasses import fields

    from store.records.occasions import FamilyValues
    from store.records.people import PlaceValues

    known = {field.name for field in fields(FamilyValues)}
    if values["source"] == "people":
        known = {field.name for field in fields(PlaceValues)} | {"name", "mobile"}
    for column in values.get("columns", ()):
        if column.key not in known:
            raise Wrong(N_("a row cannot hold {key}"), column.key, key=column.key)
    if values.get("sensitive"):
        raise Wrong(N_("rows of {source} cannot be sensitive"), key, source=values["source"])


def choice_of(entry: Any, key: str) -> Choice:
    """The choice that an entry of a declaration means; raises `Wrong`."""
    if not isinstance(entry, dict) or not isinstance(entry.get("value"), str):
        raise Wrong(N_("a choice has no value"), key)
    others = set(entry) - {"value", "zh", "en", "short", "help", "unknown", "retired"}
    if others:
        raise Wrong(N_("nothing is called {name} here"), key, name=min(others))
    return Choice(
        entry["value"],
        label_of({name: entry[name] for name in LANGUAGES if name in entry}, key),
        label_of(entry["short"], key) if "short" in entry else {},
        label_of(entry["help"], key) if "help" in entry else {},
        entry.get("unknown") is True,
        entry.get("retired") is True,
    )


def label_of(label: Any, key: str) -> Label:
    """A text in both languages; raises `Wrong`."""
    if isinstance(label, dict) and len(label) == len(LANGUAGES):
        chinese, english = (label.get(language) for language in LANGUAGES)
        if isinstance(chinese, str) and isinstance(english, str) and chinese and english:
            return label
    raise Wrong(N_("{key} has a text that is not in both zh and en"), key, key=key)


def words_of(words: list[Any], key: str, name: str) -> tuple[str, ...]:
    """Words of a list that is not empty; raises `Wrong`."""
    if not words or not all(isinstance(word, str) for word in words):
        raise Wrong(N_("{name} has a value of the wrong kind"), key, name=name)
    return tuple(words)


def _list(entries: Any) -> list[dict[str, Any]]:
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise Wrong(N_("sections and fields are written as [[sections]] and [[sections.fields]]"))
    return entries


def _check_keys(form: Form) -> None:
    """Every key once, and no condition on a field that the form does not have."""
    seen: set[str] = set()
    for section in form.sections:
        for field in section.fields:
            if field.key in seen:
                raise Wrong(N_("{key} is declared twice"), field.key, key=field.key)
            seen.add(field.key)
    conditions: list[tuple[str, Mapping[str, Any]]] = [(f.key, f.when) for f in form.fields()]
    for key, when in conditions:
        for other in when:
            if other not in seen:
                raise Wrong(N_("there is no field {key}"), key, key=other)
