"""A whole card as text: every field that has something to say, section by section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.content import Content

from store.forms.declaration import Field, load_form
from store.language import _, listed
from widgets.cells import fit, tidy, width_of
from widgets.field_row import MASK
from widgets.wrapping import wrapped

if TYPE_CHECKING:
    from store.desk import Desk
    from store.records.cards import CardRecord
    from store.records.people import Employer, PlaceValues

QUIET = "$text-muted"

MOST_LABEL = 24
"""Cells that a label takes at most, or a third of the width where that is more."""


def whole_card(desk: Desk, card_id: int) -> CardRecord:
    """A card with the rows of its form that are records of their own: family, people.

    Raises:
        NotFound: the member sees no such card.
    """
    card = desk.cards.get(card_id)
    return replace(card, values={**card.values, **desk.cards.attached(card_id)})


def card_text(card: CardRecord, width: int, employers: Sequence[Employer] = ()) -> Content:
    """Every filled field with its label, in lines of a width.

    Where he works and worked stands behind the fields; what an import brought besides, at the
    end.
    """
    parts = []
    for section in load_form(card.kind).shown():
        pairs = [
            (field.title, MASK if field.key in card.masked else shown(field, card))
            for field in section.fields
            if field.key in card.values or field.key in card.masked
        ]
        if pairs:
            parts.append(_part(section.title, pairs, width))
    if card.merged:
        parts.append(_part(_("Merged into this card"), [(_("Number"), listed(card.merged))], width))
    if employers:
        parts.append(_part(_("Where he works and worked"), employer_pairs(employers), width))
    others = [*(tuple(pair) for pair in card.extras), *card.unknown.items()]
    if others:
        told = [(str(name), str(text)) for name, text in others]
        parts.append(_part(_("Also in the file it came from"), told, width))
    return Content("\n\n").join(parts)


def _part(title: str, pairs: Sequence[tuple[str, str]], width: int) -> Content:
    """A titled table: labels in a column, each text beside its own."""
    column = min(max(MOST_LABEL, width // 3), max(width_of(tidy(label)) for label, _text in pairs))
    lines = [Content.styled(title, "bold $text-accent")]
    for label, text in pairs:
        first = Content.styled(f"  {fit(tidy(label), column)}  ", QUIET)
        for paragraph in text.splitlines() or [""]:
            for line in wrapped(tidy(paragraph), width - column - 4):
                lines.append(first + line)
                first = Content(" " * (column + 4))
    return Content("\n").join(lines)


def employer_pairs(employers: Sequence[Employer]) -> list[tuple[str, str]]:
    """From when to when somebody worked where, as what, and how he stands there."""
    return [
        (
            _("{since} to {until}").format(
                since=employer.since or "?", until=employer.until or _("now")
            ),
            place_in_words(employer.name, employer.values, employer.head),
        )
        for employer in employers
    ]


def place_in_words(organisation: str, values: PlaceValues, head: str) -> str:
    """Where somebody works, as what, and what part he plays there."""
    form = load_form("affiliation")
    at = " ".join(part for part in (organisation, values.org_department, values.title) if part)
    told = [at]
    for key in ("role", "attitude", "faction", "influence"):
        value = getattr(values, key)
        if value is not None:
            field = form.field(key)
            shown_value = field.show(value)
            plain = key in ("role", "attitude")
            told.append(shown_value if plain else f"{field.title}{_(': ')}{shown_value}")
    if head:
        told.append(f"{form.field('reports_to').title}{_(': ')}{head}")
    told += [part for part in (values.matters, values.quality, values.note) if part]
    return _(", ").join(told)


def shown(field: Field, card: CardRecord) -> str:
    """A value for people; a link by the name of the card it leads to."""
    value = card.values[field.key]
    if isinstance(value, str) and value in card.linked:
        return f"{card.linked[value]} ({value})"
    return field.show(value)
