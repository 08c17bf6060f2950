"""Turns what a file says of a card into checked values, or into the reasons why it cannot be."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from store.birthdays import disagreement
from store.cleaning import clean_line, clean_text
from store.errors import BadInput, BadValue
from store.exchange.drafts import CardDraft
from store.exchange.headings import folded
from store.exchange.mapping import LEAVE_OUT
from store.forms.declaration import ATTACHED, Field, Form, load_form
from store.forms.validation import missing
from store.language import N_
from store.records.cards import KINDS
from store.records.exchange import PlannedCard, RowError

_MEANT_ELSE = {"category": "tags"}
"""Fields whose label other programs use for something else: 类别 of Outlook are free words."""

_EVERYDAY = frozenset({"lifecycle", "likelihood", "value_grade"})
"""Choices that everyday words head as well: what 级别 says may be no level of ours."""

_OTHER_WORDS = N_("“{text}” under {heading} is kept beside the fields.")


_TITLED = re.compile("[:：=]")
"""What stands behind the title of a column, in rows that are written as one text."""


class Checker:
    """Checks the cards of one file by the fields of their forms.

    Args:
        headings: the heading under which each field stands, for sentences; may be empty.
        today: what words such as 昨天 are reckoned from.
        texts: values are texts of cells, to be read by their fields, and a row with a wrong one
            is refused. Otherwise they have the shape that fields keep, and a wrong one is kept
            beside the fields: nobody mends a vCard by hand.
    """

    def __init__(self, headings: Mapping[str, str], today: date, texts: bool) -> None:
        self.headings = headings
        self.today = today
        self.texts = texts

    def check(self, draft: CardDraft) -> tuple[PlannedCard, list[RowError], list[RowError]]:
        """The card, why it is refused, and what is worth a look."""
        form = load_form(draft.kind)
        extras = [[clean_line(name), clean_text(text)] for name, text in draft.extras]
        warnings = [RowError(draft.row, "", warning) for warning in draft.warnings]
        wrong: list[RowError] = []
        values: dict[str, Any] = {}
        for key, given in draft.values.items():
            if key == LEAVE_OUT:
                continue
            if key not in form:
                extras += [[self._heading(form, key), text] for text in _texts(given)]
                continue
            field = form.field(key)
            if field.source in ATTACHED and self.texts and not _TITLED.search(given):
                # Of 妻子李慧 nobody can tell what is the name.
                extras.append([self._heading(form, key), clean_text(given)])
                continue
            try:
                value = field.read(given, self.today) if self.texts else field.check(given)
            except BadValue as error:
                if self.texts and key in _MEANT_ELSE:
                    _add(values, form.field(_MEANT_ELSE[key]), given)
                    continue
                trouble = RowError(draft.row, self._heading(form, key), error)
                if self.texts and key in _EVERYDAY and not self._named(form.field(key)):
                    heading, text = self._heading(form, key), clean_line(str(given))
                    extras.append([heading, text])
                    said = BadInput(_OTHER_WORDS, text=text[:60], heading=heading)
                    warnings.append(RowError(draft.row, heading, said))
                    continue
                if self.texts or key == "name":
                    wrong.append(trouble)
                else:
                    warnings.append(trouble)
                    extras += [[self._heading(form, key), text] for text in _texts(given)]
            else:
                if value is not None:
                    _put(values, key, value)
        wrong += self._missing(draft.row, form, values, wrong)
        unlike = disagreement(values)
        if unlike is not None:
            warnings.append(RowError(draft.row, self._heading(form, unlike.field), unlike))
        card = PlannedCard(draft.row, draft.kind, values, extras, draft.number, bool(wrong))
        return card, wrong, warnings

    def _missing(
        self, row: int, form: Form, values: Mapping[str, Any], wrong: list[RowError]
    ) -> Iterator[RowError]:
        said = {trouble.error.field for trouble in wrong if isinstance(trouble.error, BadValue)}
        for key, error in missing(form, values).items():
            if key not in said:
                yield RowError(row, self._heading(form, key), error)

    def _named(self, field: Field) -> bool:
        """Whether a heading is the field's own name, and not another word for it."""
        own = {folded(word) for word in (field.key, *field.label.values())}
        return folded(self.headings.get(field.key, field.key)) in own

    def _heading(self, form: Form, key: str) -> str:
        """What stands above the value of a field; its label where nothing does."""
        if key in self.headings:
            return self.headings[key]
        forms = (form, *map(load_form, KINDS))
        return next((one.field(key).title for one in forms if key in one), key)


def _put(values: dict[str, Any], key: str, value: Any) -> None:
    """Fill a field; where it holds words already, they stay."""
    if key in _MEANT_ELSE.values() and key in values:
        value = list(dict.fromkeys([*values[key], *value]))
    values[key] = value


def _add(values: dict[str, Any], field: Field, text: str) -> None:
    """Put words into a field besides those that it holds."""
    read = field.read(text)
    if isinstance(read, list):
        _put(values, field.key, read)


def _texts(value: object) -> list[str]:
    """The texts of a value of any shape."""
    entries = value if isinstance(value, list) else [value]
    found = (str(e.get("value", e.get("date", ""))) if isinstance(e, dict) else e for e in entries)
    return [clean_text(str(text)) for text in found if text]
