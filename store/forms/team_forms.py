"""What a team declares about the forms of its cards, as its box keeps it, and what follows.

The box keeps the text, what it says, and what earlier texts said of fields, columns and choices
that are gone since: cards may still hold something of them.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from store.errors import BadInput
from store.forms.declaration import ATTACHED, Choice, Field, Form, shipped_form
from store.forms.reading import CARD_KINDS, Wrong, choice_of, field_of
from store.forms.team_apply import as_gone, check_matched, with_declared
from store.forms.team_file import TeamFile, read_team
from store.forms.team_lines import line_of
from store.forms.written import declared, declared_choices
from store.language import N_

LONGEST = 200_000
"""Characters of a team's file."""

MOST_DOTS = 500
"""Dots on one line: the reader of TOML takes minutes over a name of many parts."""

WRONG_AT = N_("{file}, line {line}: {reason}.")
WRONG = N_("{file}: {reason}.")
NO_TOML = N_("this is no TOML ({reason})")
TOO_DEEP = N_("too much stands within each other")
TOO_LONG = N_("{file} is longer than {most} characters.")
NO_FORM_FILE = N_("this says nothing about any form")

Kept = Mapping[str, Any]
"""What a box keeps: `text`, `declared` (its tables), and of what is gone `fields`, `columns` and
`choices`, each by kind of card."""


def read_text(text: str, file: str) -> tuple[Mapping[str, Any], TeamFile]:
    """The tables of a team's file, and what they say.

    Args:
        file: what the file is called, for sentences.

    Raises:
        BadInput: it is no TOML, or does not fit the forms; the sentence names line and reason.
    """
    if len(text) > LONGEST:
        raise BadInput(TOO_LONG, file=file, most=LONGEST)
    if any(line.count(".") > MOST_DOTS for line in text.splitlines()):
        raise BadInput(WRONG, file=file, reason=Wrong(TOO_DEEP))
    try:
        tables = tomllib.loads(text)
    except ValueError as error:  # no TOML, or a number of thousands of digits
        raise _no_toml(text, file, str(error)) from None
    except RecursionError:
        raise BadInput(WRONG, file=file, reason=Wrong(TOO_DEEP)) from None
    try:
        team = read_team(tables)
        if not team.sections and not team.changes:
            raise Wrong(NO_FORM_FILE)
        shipped = {kind: shipped_form(kind) for kind in CARD_KINDS}
        forms = {kind: with_declared(form, team) for kind, form in shipped.items()}
        check_matched(team, forms, shipped)
    except Wrong as wrong:
        name = str(wrong.values.get("name", ""))
        line = line_of(text, wrong.place, name, wrong.near)
        if line is None:
            raise BadInput(WRONG, file=file, reason=wrong) from None
        raise BadInput(WRONG_AT, file=file, line=line, reason=wrong) from None
    return tables, team


def _no_toml(text: str, file: str, said: str) -> BadInput:
    """The sentence for what the reader of TOML says, `Invalid value (at line 2, column 7)`."""
    reason, _bracket, where = said.partition(" (at ")
    found = re.search(r"line (\d+)", where)
    line = int(found[1]) if found else max(1, len(text.splitlines()))
    return BadInput(WRONG_AT, file=file, line=line, reason=Wrong(NO_TOML, reason=reason))


def kept_after(before: str, text: str, tables: Mapping[str, Any]) -> str:
    """What a box keeps once this text is in force; "" for nothing at all.

    Args:
        before: what it kept until now.
        text: the new one, "" for none; `tables` are what it says.
    """
    plain: dict[str, Any] = {"text": text, "declared": tables}
    bare = json.dumps(plain, ensure_ascii=False)
    for kind in CARD_KINDS:
        old, new = with_team(shipped_form(kind), before), with_team(shipped_form(kind), bare)
        fields, columns, choices = _lost(old, new)
        for name, found in (("fields", fields), ("columns", columns), ("choices", choices)):
            if found:
                plain.setdefault(name, {})[kind] = found
    if not text and plain.keys() == {"text", "declared"}:
        return ""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _lost(
    old: Form, new: Form
) -> tuple[list[dict[str, Any]], dict[str, list[Any]], dict[str, list[Any]]]:
    """What cards may hold by the old form of which the new one knows nothing."""
    fields = [declared(field) for field in old.fields() if field.key not in new]
    columns: dict[str, list[Any]] = {}
    choices: dict[str, list[Any]] = {}
    for field in old.fields():
        if field.key not in new:
            continue
        present = new.field(field.key)
        known = {one.key: one for one in (*present.columns, *present.gone_columns)}
        lost = [one for one in (*field.columns, *field.gone_columns) if one.key not in known]
        if lost and present.type == "rows":
            columns[field.key] = [declared(one) for one in lost]
        _note_choices(choices, field.key, field, present)
        for column in field.columns:
            if column.key in known:
                _note_choices(choices, f"{field.key}.{column.key}", column, known[column.key])
    return fields, columns, choices


def _note_choices(noted: dict[str, list[Any]], key: str, old: Field, new: Field) -> None:
    lost = [choice for choice in old.choices if new.choice(choice.value) is None]
    if lost and new.type in ("choice", "choices"):
        noted[key] = declared_choices(lost)


def with_team(form: Form, kept: str) -> Form:
    """A card's form with what a box keeps; other forms are as they are.

    What does not fit this version's forms is left out: the cards hold it all the same.
    """
    if form.kind not in CARD_KINDS or not kept:
        return form
    whole, team = _read_kept(kept)
    made = form if team is None else with_declared(form, team, _leave_out)
    made = _with_choices(made, whole.get("choices", {}).get(form.kind, {}))
    made = _with_columns(made, whole.get("columns", {}).get(form.kind, {}))
    return _with_gone(made, whole.get("fields", {}).get(form.kind, []))


def misfit(text: str) -> BadInput | None:
    """What of a text that is in force does not fit this version's forms; None where all does."""
    try:
        read_text(text, "forms.toml")
    except BadInput as error:
        return error
    return None


def _leave_out(_wrong: Wrong) -> None:
    """Nobody is told at every start; `shuke doctor` tells."""


@lru_cache(maxsize=4)
def _read_kept(kept: str) -> tuple[Kept, TeamFile | None]:
    whole: Kept = json.loads(kept)
    if not isinstance(whole, dict):
        return {}, None
    try:
        return whole, read_team(whole.get("declared", {}))
    except Wrong:
        return whole, None


def _with_gone(form: Form, entries: Iterable[Mapping[str, Any]]) -> Form:
    gone = []
    for entry in entries:
        field = _read(field_of, entry, "")
        if field is not None and field.key not in form:
            gone.append(as_gone(field))
    return replace(form, gone=(*form.gone, *gone)) if gone else form


def _with_columns(form: Form, entries: Mapping[str, Sequence[Mapping[str, Any]]]) -> Form:
    def with_old(field: Field) -> Field:
        read = [_read(field_of, entry, "") for entry in entries[field.key]]
        known = {one.key for one in (*field.columns, *field.gone_columns)}
        lost = [as_gone(one) for one in read if one is not None and one.key not in known]
        return replace(field, gone_columns=(*field.gone_columns, *lost))

    return _replaced(form, lambda field: field.key in entries and field.type == "rows", with_old)


def _with_choices(form: Form, entries: Mapping[str, Sequence[Mapping[str, Any]]]) -> Form:
    def with_retired(field: Field, key: str) -> Field:
        if key not in entries or field.type not in ("choice", "choices"):
            return field
        read = [_read(choice_of, entry, "") for entry in entries[key]]
        known = {choice.value for choice in field.choices}
        lost = [_retired(one) for one in read if one is not None and one.value not in known]
        return replace(field, choices=(*field.choices, *lost))

    def with_all(field: Field) -> Field:
        columns = tuple(with_retired(one, f"{field.key}.{one.key}") for one in field.columns)
        return with_retired(replace(field, columns=columns), field.key)

    touched = {key.partition(".")[0] for key in entries}
    return _replaced(form, lambda field: field.key in touched, with_all)


def _retired(choice: Choice) -> Choice:
    return replace(choice, retired=True)


def _read(reader: Any, entry: Mapping[str, Any], near: str) -> Any:
    """What an entry of former days says; None where this version cannot read it."""
    try:
        return reader(dict(entry), near)
    except Wrong:
        return None


def _replaced(form: Form, wanted: Any, made: Any) -> Form:
    def over(fields: tuple[Field, ...]) -> tuple[Field, ...]:
        return tuple(
            made(one) if wanted(one) and one.source not in ATTACHED else one for one in fields
        )

    if not any(wanted(field) for field in form.fields()):
        return form
    sections = tuple(replace(one, fields=over(one.fields)) for one in form.sections)
    return replace(form, sections=sections, gone=over(form.gone))
