"""A whole card as text: every field that has something to say, section by section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from store.forms.declaration import Field, load_form
from store.language import _

if TYPE_CHECKING:
    from store.records.cards import CardRecord

QUIET = "$text-muted"


def card_text(card: CardRecord) -> Content:
    """Every filled field with its label; what an import brought besides stands at the end."""
    parts = []
    for section in load_form(card.kind).sections:
        lines = [
            Content.styled(f"  {field.title}", QUIET) + f"  {shown(field, card)}"
            for field in section.fields
            if field.key in card.values
        ]
        if lines:
            head = Content.styled(section.title, "bold $text-accent")
            parts.append(Content("\n").join([head, *lines]))
    others = [*(tuple(pair) for pair in card.extras), *card.unknown.items()]
    if others:
        head = Content.styled(_("Also in the file it came from"), "bold $text-accent")
        lines = [Content.styled(f"  {name}", QUIET) + f"  {text}" for name, text in others]
        parts.append(Content("\n").join([head, *lines]))
    return Content("\n\n").join(parts)


def shown(field: Field, card: CardRecord) -> str:
    """A value for people; a link by the name of the card it leads to."""
    value = card.values[field.key]
    if isinstance(value, str) and value in card.linked:
        return f"{card.linked[value]} ({value})"
    return field.show(value)
