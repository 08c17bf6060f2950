"""What is asked at every key goes by an index: nothing reads or sorts a whole table.

The plans of SQLite are looked at, not the time: they are the same in a small box and a large one.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bench import boxes
from store import derived, search
from store.clock import Clock
from store.database import open_store
from store.desk import Desk
from store.itinerary import travels
from store.models.base import database
from store.news import recent
from store.records.cards import CardQuery
from store.records.interactions import InteractionQuery, InteractionValues

Question = Callable[[Desk], Any]

CENTURY = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))

HARMLESS = re.compile(
    # Values in the statement itself, a page that is chosen already, a few members, what a partial
    # index holds alone, the newest
    # change set, FTS by a match.
    r"SCAN (?:\(subquery-\d+\)|(?:\d+ )?CONSTANT ROWS?|wanted|flagged|member|change_set"
    r"|\w+ VIRTUAL TABLE INDEX \d+:M)"
)

FEW_ROWS = re.compile(r"INDEX \w+ \((?:card|card_id|person_id|name)=")
"""What gives a few rows, those of one card or one name, which may be sorted."""

QUESTIONS: dict[str, tuple[Question, str]] = {
    "cards": (
        lambda desk: desk.cards.page(CardQuery(), 30, 30),
        "card_trashed_at_last_contact_at",
    ),
    "cards by name": (
        lambda desk: desk.cards.page(CardQuery(sort="name"), 0, 30),
        "card_trashed_at_sort_key",
    ),
    "own cards": (
        lambda desk: desk.cards.page(CardQuery(mine=True), 0, 30),
        "card_owner_id_trashed_at_last_contact_at",
    ),
    "cards to look through": (
        lambda desk: desk.cards.page(CardQuery(review_due=True, sort="review"), 0, 30),
        "card_trashed_at_review_due_on",
    ),
    "cards with a tag": (
        lambda desk: desk.cards.page(CardQuery(tags=("VIP",)), 0, 30),
        "cardfact_key_value",
    ),
    "the risk list": (
        lambda desk: desk.cards.page(CardQuery(risk=True), 0, 30),
        "card_risk",
    ),
    "a circle of graded customers": (
        lambda desk: desk.cards.page(
            CardQuery(circles=("校友",), value_grades=("A",), complete_below=50), 0, 30
        ),
        "cardfact_key_value",
    ),
    "source centres": (
        lambda desk: desk.cards.page(CardQuery(source_centre=True), 0, 30),
        "cardfact_key_value",
    ),
    "what was put off": (
        lambda desk: desk.cards.page(CardQuery(put_off=True), 0, 30),
        "card_put_off",
    ),
    "what lies in the own pile": (
        lambda desk: desk.pile.count(),
        "card_owner_id_trashed_at_last_contact_at",
    ),
    "targets that turned likely": (
        lambda desk: desk.grades.changed(*CENTURY, "lifecycle", "target", "likely"),
        "change_graded",
    ),
    "search that finds many": (
        lambda desk: desk.cards.page(CardQuery(text="z"), 0, 30),
        "card_trashed_at_last_contact_at",
    ),
    "search by characters": (
        lambda desk: desk.cards.page(CardQuery(text="公司"), 0, 30),
        "card_name",
    ),
    "talks": (
        lambda desk: desk.interactions.page(InteractionQuery(), 30, 30),
        "interaction_trashed_at_at",
    ),
    "own talks": (
        lambda desk: desk.interactions.page(InteractionQuery(mine=True), 0, 30),
        "interaction_member_id_trashed_at_at",
    ),
    "talks with a card": (
        lambda desk: desk.interactions.count(InteractionQuery(card=1)),
        "interaction_card_id_trashed_at_at",
    ),
    "coming dates": (
        lambda desk: desk.occasions.coming(30),
        "occasion_calendar_month_day",
    ),
    "a talk saved": (
        lambda desk: desk.interactions.log(1, InteractionValues(topic="报价")),
        "interactioncard_card_id",
    ),
    "what follows for many cards at once": (
        lambda _desk: derived.work_out_contact(list(range(1, 501))),
        "interactioncard_card_id",
    ),
    "who travels": (
        lambda desk: travels(desk, 30, 5),
        "cardfact_key_value",
    ),
    "what happened": (
        lambda desk: recent(desk, 7, 20, 5),
        "cardfact_key_value",
    ),
    "the same customer": (
        lambda desk: desk.cards.duplicates("person", {"mobile": [{"value": "13911112345"}]}),
        "contactpoint_normal_kind",
    ),
    "history of a card": (
        lambda desk: desk.trail.history(1),
        "change_card",
    ),
}
"""What is asked, and the index that it goes by."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    box = tmp_path_factory.mktemp("plans") / "box.sqlite"
    boxes.fill(box, 60)
    return box


@pytest.fixture
def measured(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A box of cards and talks that is searched as a large one is."""
    monkeypatch.setattr(search, "FEW", 5)
    store = open_store(shutil.copy(made, tmp_path / "box.sqlite"), Clock())
    yield store.desk()
    store.close()


def plans_of(question: Question, desk: Desk) -> list[tuple[str, list[tuple[int, str]]]]:
    """The statements of a question, each with the steps of its plan: the parent, and a text."""
    asked: list[tuple[str, Any]] = []
    execute = database.obj.execute_sql

    def noting(sql: str, params: Any = None, *further: Any, **named: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, *further, **named)

    search.forget_answers()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database.obj, "execute_sql", noting)
        question(desk)
    return [
        (sql, [(row[1], row[3]) for row in execute(f"EXPLAIN QUERY PLAN {sql}", params)])
        for sql, params in asked
        # A list without anything in it is never looked for.
        if sql.lstrip().startswith(("SELECT", "WITH")) and "IN ()" not in sql
    ]


def slow_steps(plan: list[tuple[int, str]]) -> list[str]:
    """The steps that read or sort a whole table."""
    few = {parent for parent, text in plan if "SCAN (subquery" in text or FEW_ROWS.search(text)}
    return [
        text
        for parent, text in plan
        if (text.startswith("SCAN") and not HARMLESS.match(text))
        or (text == "USE TEMP B-TREE FOR ORDER BY" and parent not in few)
    ]


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_is_asked_often_goes_by_its_index(measured: Desk, name: str) -> None:
    question, index = QUESTIONS[name]
    plans = plans_of(question, measured)
    assert {sql: slow for sql, plan in plans if (slow := slow_steps(plan))} == {}
    assert any(f"INDEX {index} " in f"{text} " for _sql, plan in plans for _parent, text in plan)


@pytest.mark.parametrize("card", [1, 2])
def test_a_briefing_reads_no_whole_table(measured: Desk, card: int) -> None:
    """It sorts what stands on one card and its people, and nothing else."""
    plans = plans_of(lambda desk: desk.briefing.of(card), measured)
    assert len(plans) > 20
    scans = [(sql, text) for sql, plan in plans for text in slow_steps(plan) if "SCAN" in text]
    assert scans == []


def test_a_plan_without_its_index_is_found_out(measured: Desk) -> None:
    database.execute_sql("DROP INDEX interaction_trashed_at_at")
    plans = plans_of(QUESTIONS["talks"][0], measured)
    assert any(slow_steps(plan) for _sql, plan in plans)
