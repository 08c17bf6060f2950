"""Texts that try to harm are shown as they are, everywhere, and do nothing."""

import re
from pathlib import Path
from typing import Any

import pytest

from screens.ask_text import AskText
from screens.briefing import VIEWS, Briefing
from screens.card_editor import CardEditor
from screens.card_filters import FilterChoice, SortChoice
from screens.choose import Choose
from screens.confirm import Confirm
from screens.date_form import DateForm
from screens.family_form import FamilyForm
from screens.form_screen import FormScreen
from screens.log_entry import LogEntry
from screens.log_form import LogForm
from screens.todo_entry import TodoEntry
from screens.todo_form import TodoForm
from store.records.cards import CardQuery
from store.records.interactions import InteractionQuery
from store.records.todos import TodoQuery
from tests.journeys.hostile import TEXTS, make_hostile_box
from tests.journeys.walking import Walker, walking
from widgets.text_input import LineInput

HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What must never be painted: commands to the terminal, marks that turn the writing."""

ALL = slice(None)
SOME = slice(3, None, 9)
ONE = slice(3, 4)
"""One is enough, and two are better: the texts stand in the fields of each in turn."""


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("hostile") / "box.sqlite"
    make_hostile_box(made)
    return made


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))


def check(walker: Walker) -> None:
    """Nothing that commands a terminal is painted, and nothing of a text can be clicked."""
    for segment in walker.segments():
        assert not HARMFUL.search(segment.text), repr(segment.text)
        if segment.style is not None:
            assert "hostile" not in str(segment.style.meta)
            assert "hostile" not in str(segment.style.link)
    assert not walker.told


async def cards_of(walker: Walker, kind: str) -> list[int]:
    query = CardQuery(kind=kind)
    rows = await walker.app.desk.read(lambda desk: desk.cards.page(query, 0, 200))
    return sorted(row.id for row in rows)


async def go_through(walker: Walker) -> None:
    """Go through all rows of the list that is shown."""
    screen: Any = walker.app.screen
    assert screen.list.count > len(TEXTS) / 2
    for _ in range(screen.list.count):
        await walker.pilot.pause()
        check(walker)
        screen.list.action_move(1)
    assert screen.list.cursor == screen.list.count - 1


@pytest.mark.parametrize(
    "section",
    ["today", pytest.param("cards", marks=pytest.mark.slow), "log", "todos", "dates", "team"],
)
async def test_every_list_shows_them(box: Path, section: str) -> None:
    async with walking(box, size=(120, 40)) as walker:
        await walker.go_to(section)
        check(walker)
        if section in ("cards", "log", "team"):
            await go_through(walker)


@pytest.mark.parametrize("tab", ["departments", "work"])
async def test_every_tab_of_the_team_shows_them(box: Path, tab: str) -> None:
    async with walking(box, size=(120, 40)) as walker:
        await walker.go_to("team")
        while tab != walker.app.screen.TAB:  # type: ignore[attr-defined]
            await walker.press("right_square_bracket")
        await walker.settle()
        await go_through(walker)


async def look_at_every_side(box: Path, which: slice) -> None:
    async with walking(box) as walker:
        persons = await cards_of(walker, "person")
        others = await cards_of(walker, "organisation")
        for card in [*persons[which], *others[which]]:
            await walker.open(Briefing(walker.app.desk, card))
            for view in VIEWS:
                walker.app.screen.view = view  # type: ignore[attr-defined]
                await walker.settle()
                check(walker)
            await walker.close()


@pytest.mark.slow
async def test_every_side_of_a_card_shows_them(box: Path) -> None:
    await look_at_every_side(box, SOME)


@pytest.mark.slow
async def test_every_side_of_every_card_shows_them(box: Path) -> None:
    await look_at_every_side(box, ALL)


async def look_into(walker: Walker, screen: FormScreen[Any]) -> None:
    """Open a form, go through its sections, and leave it without a question."""
    await walker.open(screen)
    assert screen.form is not None
    for section in screen.form.form.sections:
        if section.fields:
            await screen.form.go_to(section.fields[0].key)
            await walker.settle()
            check(walker)
    assert not screen.form.texts, "a form changes nothing by being looked at"
    await walker.close()


async def look_into_the_forms(box: Path, which: slice) -> None:
    async with walking(box) as walker:
        desk = walker.app.desk
        for kind in ("person", "organisation"):
            for card in (await cards_of(walker, kind))[which]:
                await look_into(walker, CardEditor(desk, kind, card))
                await look_into(walker, DateForm(desk, card))
        talks = await desk.read(lambda d: d.interactions.page(InteractionQuery(), 0, 200))
        for talk in talks[which]:
            read = await desk.read(lambda d, talk=talk: d.interactions.get(talk.id))
            await look_into(walker, LogForm(desk, talk.card_id, read.values, talk.id))
        todos = await desk.read(lambda d: d.todos.page(TodoQuery(everyone=True), 0, 200))
        for todo in todos[which]:
            await look_into(walker, TodoForm(desk, todo.id, todo.values))
        for card in (await cards_of(walker, "person"))[which]:
            (member,) = await desk.read(lambda d, card=card: d.family.of(card))
            await look_into(walker, FamilyForm(desk, card, member.id))


@pytest.mark.slow
async def test_forms_show_them(box: Path) -> None:
    await look_into_the_forms(box, ONE)


@pytest.mark.slow
async def test_every_form_shows_them(box: Path) -> None:
    await look_into_the_forms(box, ALL)


@pytest.mark.slow
async def test_windows_show_them(box: Path) -> None:
    async with walking(box) as walker:
        desk = walker.app.desk
        choices = list(enumerate(TEXTS.values()))
        tags = tuple(text for text in TEXTS.values() if text.strip())
        await walker.go_to("cards")
        for screen in (
            Choose(TEXTS["link"], choices),
            Choose(TEXTS["lines"], choices[::-1]),
            SortChoice("name", False),
            FilterChoice(desk, CardQuery(tags=tags, regions=tags[:3])),
            *(Confirm(desk, text) for text in list(TEXTS.values())[::4]),
            *(AskText(text, text) for text in list(TEXTS.values())[::4]),
        ):
            await walker.open(screen)
            check(walker)
            await walker.close()


async def test_what_is_said_shows_them(box: Path) -> None:
    async with walking(box) as walker:
        for text in TEXTS.values():
            walker.app.notify(text, title=text)
            await walker.settle()
            check(walker)


async def type_into_lines(box: Path, which: slice) -> None:
    async with walking(box) as walker:
        desk = walker.app.desk
        for card in (await cards_of(walker, "person"))[which]:
            for entry in (LogEntry, TodoEntry):
                await walker.open(entry(desk, card))
                check(walker)
                await walker.close()
        for text in ["P0", "张", *list(TEXTS.values())[which]]:
            for open_field in ("ctrl+p", "t"):
                await walker.press(open_field)
                walker.app.screen.query_one(LineInput).insert_text_at_cursor(text[:500])
                await walker.settle()
                check(walker)
                await walker.close()


@pytest.mark.slow
async def test_lines_and_the_palette_show_them(box: Path) -> None:
    await type_into_lines(box, SOME)


@pytest.mark.slow
async def test_every_line_and_the_palette_show_them(box: Path) -> None:
    await type_into_lines(box, ALL)


async def test_words_that_wait_are_taken_up(box: Path) -> None:
    async with walking(box, size=(120, 40)) as walker:
        screen: Any = walker.app.screen
        drafts = list(screen.drafts)
        assert len(drafts) >= 4
        for key in drafts:
            screen.take_up(key)
            await walker.settle()
            assert not walker.errors
            for segment in walker.segments():
                assert not HARMFUL.search(segment.text)
            while walker.app.screen is not screen:
                await walker.close()


async def test_the_filter_that_was_kept_is_shown(box: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.sqlite"
    own.write_bytes(box.read_bytes())
    async with walking(own) as walker:
        kept = {"tags": list(TEXTS.values()), "regions": [TEXTS["link"]], "sort": "name"}
        kept["tags"] = [text.encode("utf-8", "replace").decode() for text in kept["tags"]]
        await walker.app.desk.write(lambda desk: desk.settings.set("cards.query", kept))
        await walker.go_to("cards")
        check(walker)
        await walker.press("u", "u", "u")
        check(walker)
