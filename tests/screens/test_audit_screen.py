"""The audit on the screen: filters by key, an entry whole, nothing of what is hidden."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from screens.audit import AuditList
from screens.audit_entry import EntryPage
from store import deeds, language
from store.desk import Desk
from tests.screens.conftest import Showing

Settled = Callable[[Pilot[None]], Any]


@pytest.fixture(autouse=True)
def worked(box: Desk) -> None:
    """A card that was changed, a to-do, a login."""
    card = box.cards.find("张山")[0].id
    values = box.cards.get(card).values
    box.cards.save(card, values, {**values, "city": "深圳"})
    box.todos.add_line("整理名片")
    deeds.note(box, deeds.LOGIN, {"with": "screen"})


@pytest.mark.parametrize("spoken", ["zh", "en"])
async def test_the_list_fits_a_small_terminal(showing: Showing, spoken: str) -> None:
    language.use(spoken)
    async with showing(AuditList) as (app, _pilot):
        lines = app.text().splitlines()
        assert max(map(len, lines)) <= 80
        text = app.text()
        assert "P000001" in text
        assert "深圳" in text
        assert "整理名片" in text
        assert ("登录" if spoken == "zh" else "login") in text


async def test_an_entry_whole(showing: Showing, settled: Settled) -> None:
    async with showing(AuditList) as (app, pilot):
        await pilot.press("down", "down", "enter")
        await settled(pilot)
        assert isinstance(app.screen, EntryPage)
        text = app.text()
        assert "Card changed" in text
        assert "P000001 张山" in text
        assert "City  深圳" in text
        await pilot.press("b")
        assert app.opened == [2]
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, AuditList)


@pytest.mark.slow
async def test_filters_by_key(showing: Showing, settled: Settled) -> None:
    async with showing(AuditList) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, AuditList)
        whole = screen.list.count
        await pilot.press("f", "1", "8")  # kind, login
        await settled(pilot)
        assert (screen.wanted.kind, screen.list.count) == ("login", 1)
        await pilot.press("x")
        await settled(pilot)
        assert screen.list.count == whole
        await pilot.press("down", "down", "c")
        await settled(pilot)
        assert screen.wanted.card == 2
        assert "P000001" in app.text()
        await pilot.press("f", "7")
        await settled(pilot)
        await pilot.press("f", "5")
        await settled(pilot)
        await pilot.press(*"city", "enter")
        await settled(pilot)
        assert (screen.wanted.field, screen.list.count) == ("city", 1)
        await pilot.press("f", "3", "1")
        await settled(pilot)
        assert screen.wanted.since is not None
        await pilot.press("f", "2", "2")
        await settled(pilot)
        assert screen.wanted.member
        assert screen.list.count == 1


async def test_a_text_is_searched(showing: Showing, settled: Settled) -> None:
    async with showing(AuditList) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, AuditList)
        await pilot.press("slash", *"整理", "enter")
        await pilot.pause(0.2)
        await settled(pilot)
        assert screen.list.count == 1 or isinstance(app.screen, EntryPage)


async def test_escape_out_of_a_question_changes_nothing(showing: Showing, settled: Settled) -> None:
    async with showing(AuditList) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, AuditList)
        await pilot.press("f", "6", *"shell", "enter")
        await settled(pilot)
        assert screen.wanted.place == "shell"
        assert "No entry passes the filter" in app.text()
        await pilot.press("f", "6", "escape")
        await settled(pilot)
        assert screen.wanted.place == "shell"


async def test_stored_markup_stays_text(box: Desk, showing: Showing, settled: Settled) -> None:
    box.todos.add_line("[/b][@click=app.quit]x[/]")
    async with showing(AuditList) as (app, pilot):
        assert "[/b][@click" in app.text()
        await pilot.press("enter")
        await settled(pilot)
        assert "[/b][@click=app.quit]x[/]" in app.text()
