"""Talks for the boxes that are measured: a million of them within a minute or two.

They are written as `store.recorder` writes new records, noted in the trail and found by search,
but each of the few texts is taken apart only once, and what no talk says is worked out only once.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta

from store import derived, rows
from store.models.base import compact_json, database
from store.models.interactions import Interaction
from store.recorder import Recorder, noted, reserve
from store.tokens import document

MINUTES = (
    "聊了新报价，担心交期",
    "看了样品，对外观满意，价格还要谈",
    "约好下周去工厂看设备",
    "对方在比较另外两家的方案",
    "介绍了售后政策，请他转给领导",
)
WORDS = ("再降两个点就能定", "等我跟老板商量一下", "你们的交期太长了", "样品先送来看看")
METHODS = ("visit", "phone", "wechat")

MINUTES_BACK = 500_000
"""How long ago the oldest talk may be: nearly a year."""

_DOCUMENTS = {
    (minutes, words): document(" ".join(filter(None, (minutes, words))), "words")
    for minutes in MINUTES
    for words in (None, *WORDS)
}
"""The search document of everything that is said here."""


def write_talks(change: Recorder, cards: Sequence[int], each: int, chance: random.Random) -> None:
    """Log so many talks with each of these new cards."""
    now = change.now
    same = rows.new_row(
        Interaction,
        {"member_id": change.desk.member.id, "created_at": now, "updated_at": now},
    )
    known = noted(Interaction, same)
    first = reserve("interaction", len(cards) * each)
    talks: list[tuple[object, ...]] = []
    documents: list[tuple[int, str, str]] = []
    for place, card in enumerate(card for card in cards for _ in range(each)):
        minutes = MINUTES[int(chance.random() * len(MINUTES))]
        words = WORDS[int(chance.random() * len(WORDS))] if chance.random() < 0.3 else None
        at = now - timedelta(minutes=int(chance.random() * MINUTES_BACK) + 1)
        said: rows.Row = {
            "id": first + place,
            "card_id": card,
            "at": at.replace(tzinfo=None).isoformat(" "),
            "method": METHODS[int(chance.random() * len(METHODS))],
            "minutes": minutes,
            "interest": int(chance.random() * 5) + 1,
        }
        if words:
            said["words"] = words
        talks.append(tuple((same | said).values()))
        change.notes.append(("interaction", first + place, card, "", compact_json(known | said)))
        documents.append((first + place, "", _DOCUMENTS[minutes, words]))
    rows.insert_tuples(Interaction, tuple(same), talks)
    database.cursor().executemany(
        "INSERT INTO search_interaction(rowid, topic, words) VALUES (?,?,?)", documents
    )
    derived.refresh_contact(cards)
