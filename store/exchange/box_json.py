"""A whole box as one JSON document, exactly: what `box_reading` reads back."""

import io
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from store.exchange.box_document import Document, Record
from store.exchange.chosen import chosen_cards
from store.records.cards import CardQuery

if TYPE_CHECKING:
    from store.desk import Desk

FORMAT, VERSION = "shuke-box", 1


def write_box(desk: "Desk", stream: BinaryIO, query: CardQuery, cards_only: bool) -> int:
    """Write chosen cards, and all that belongs to them; gives how many records went out.

    A query that chooses nothing means everything the member sees, what is in the trash as well.

    Args:
        cards_only: leave talks, to-dos, papers, ties and clubs out.
    """
    whole = query == CardQuery()
    if whole and not cards_only:
        ids = sorted([*chosen_cards(desk, query), *chosen_cards(desk, CardQuery(trashed=True))])
    else:
        ids = sorted(chosen_cards(desk, query))
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="\n", write_through=True)
    document = Document(desk, ids)
    text.write(f'{{"format": "{FORMAT}", "version": {VERSION}')
    count = _write_list(text, "cards", document.cards())
    if not cards_only:
        count += _write_list(text, "interactions", document.interactions(whole))
        count += _write_list(text, "todos", document.todos(whole))
        count += _write_list(text, "papers", document.papers(whole))
        _write_list(text, "volumes", document.volumes())
        count += _write_list(text, "relationships", document.relationships())
        count += _write_list(text, "referrals", document.referrals())
        count += _write_list(text, "clubs", document.clubs(whole))
        count += _write_list(text, "distinct_pairs", document.distinct_pairs())
        count += _write_list(text, "inspections", document.inspections())
        count += _write_list(text, "remarks", document.remarks())
        count += _write_list(text, "segments", document.segments(whole))
    _write_list(text, "members", document.members())
    text.write("}\n")
    text.detach()
    return count


def _write_list(text: io.TextIOWrapper, key: str, records: Iterable[Record]) -> int:
    text.write(f',\n"{key}": [')
    count = 0
    for record in records:
        text.write(",\n" if count else "\n")
        text.write(json.dumps(record, ensure_ascii=False))
        count += 1
    text.write("\n]" if count else "]")
    return count
