"""Cards from vCard files of phones, Outlook, Google, mail programs and this program itself."""

from collections.abc import Iterator
from typing import BinaryIO

from store.errors import BadInput
from store.exchange.drafts import CardDraft
from store.exchange.vcard_blocks import Block, read_blocks
from store.exchange.vcard_card import VcardCard, labels_of
from store.exchange.vcard_extras import LABEL
from store.exchange.vcard_lines import read_line
from store.exchange.vcard_takers import take
from store.language import N_

_NO_CARDS = N_("The file holds no vCards.")
_GROUP = N_("The group “{name}” on line {line} is a list of cards, no card; it was left out.")

_OF_THE_FILE = frozenset(
    {"VERSION", "PRODID", "REV", "PROFILE", LABEL, "X-ABADR", "X-MS-OL-DESIGN"}
)
"""Lines about the file, or about another line: nothing to keep."""


def read_vcards(stream: BinaryIO, notes: list[BadInput] | None = None) -> Iterator[CardDraft]:
    """The cards of a file, one after the other, while they are asked for.

    Args:
        stream: a file that can be read twice (`seek`).
        notes: takes what is to be said about the file rather than about one card.

    Raises:
        BadInput: no vCards at all, cut off, NUL bytes, or a line of endless length. Some of it
            shows only while the cards are read.
    """
    found = False
    for block in read_blocks(stream):
        found = True
        card = _card(block)
        if not card.is_group:
            yield card.finished()
        elif notes is not None:
            notes.append(BadInput(_GROUP, name=card.full_name, line=block.number))
    if not found:
        raise BadInput(_NO_CARDS)


def _card(block: Block) -> VcardCard:
    lines = []
    for raw in block.lines:
        try:
            lines.append(read_line(raw))
        except BadInput as error:
            block.warnings.append(error)
    card = VcardCard(block.number, labels_of(lines))
    card.draft.warnings += block.warnings
    for line in lines:
        if line.name not in _OF_THE_FILE and line.value.strip(" ;"):
            take(card, line)
    return card
