"""What another member changes appears on every screen, and nothing that is typed is touched."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from screens.briefing import Briefing
from screens.card_editor import CardEditor
from screens.cards import Cards
from screens.choose import Choose
from screens.company import Company
from screens.contact_log import ContactLog
from screens.dates import Dates
from screens.log_entry import LogEntry
from screens.palette import Palette
from screens.quadrants import Quadrants
from screens.today import Today
from store.models.cards import Card
from store.models.sharing import Loan
from store.records.interactions import InteractionValues
from store.records.presence import Present
from store.records.todos import TodoValues
from tests.conftest import TODAY
from tests.screens.pair import Pair, pair_of
from tests.screens.typing import choose, fill, type_raw, until
from widgets.text_input import LineInput


@pytest.fixture
def pair(desk, clock) -> Iterator[Pair]:
    with pair_of(desk, clock) as two:
        yield two


async def renew(app: Any, pilot: Pilot[None], settled: Any) -> None:
    """What the program does every three seconds."""
    cards = await app.desk.changes()
    assert cards is not None
    app.screen.cards_changed(cards)
    await settled(pilot)


@pytest.fixture
def live(showing, pair, settled) -> Any:
    """Shows a screen of the director's that looks for changes by `await renew(...)`."""

    def show(make: Any, size: tuple[int, int] = (80, 24)) -> Any:
        return showing(lambda _desk: make(pair.at_screen), size)

    return show


async def begin(app: Any, pair: Pair) -> None:
    app.desk = pair.at_screen
    assert await pair.at_screen.changes() is None


def many(pair: Pair, count: int) -> list[int]:
    """So many cards of the rep's, numbered names; ids in order."""
    return [
        pair.rep.cards.create("person", {"name": f"客户{number:03d}"}).id for number in range(count)
    ]


def screen_line(row_list: Any) -> int:
    """On which line of the list the cursor is."""
    return int(row_list.cursor - round(row_list.scroll_y))


async def test_the_cursor_stays_on_its_card_and_on_its_line(live, pair, settled) -> None:
    cards = many(pair, 130)
    async with live(Cards) as (app, pilot):
        await begin(app, pair)
        listed = app.screen.list
        listed.cursor = 100
        await settled(pilot)
        await pilot.press("space", "up")
        key, line, marks = listed.key, screen_line(listed), listed.marks
        assert marks == (key,)
        pair.rep.interactions.log(cards[0], InteractionValues(topic="报价"))
        pair.rep.interactions.log(cards[1], InteractionValues(topic="报价"))
        await renew(app, pilot, settled)
        assert (listed.key, screen_line(listed)) == (key, line)
        assert listed.marks == marks
        pair.rep.interactions.log(int(key), InteractionValues(topic="报价"))
        await renew(app, pilot, settled)
        assert listed.key == key
        assert listed.cursor == 0


async def test_a_card_that_moves_far_down_keeps_the_cursor(live, pair, settled) -> None:
    many(pair, 200)
    async with live(Cards) as (app, pilot):
        await begin(app, pair)
        app.screen.change_query(app.screen.wanted.__class__(sort="name"))
        await settled(pilot)
        listed = app.screen.list
        await pilot.press("down", "down", "down")
        key = listed.key
        record = pair.rep.cards.get(int(key))
        pair.rep.cards.save(record.id, record.values, {**record.values, "name": "祝先生"})
        await renew(app, pilot, settled)
        assert listed.key == key
        assert listed.cursor == listed.count - 1
        assert "祝先生" in app.text()


async def test_a_list_that_was_scrolled_away_from_the_cursor_stays_there(
    live, pair, settled
) -> None:
    cards = many(pair, 130)
    async with live(Cards) as (app, pilot):
        await begin(app, pair)
        listed = app.screen.list
        listed.scroll_to(y=60, animate=False, force=True)
        await settled(pilot)
        pair.rep.interactions.log(cards[99], InteractionValues(topic="报价"))
        await renew(app, pilot, settled)
        assert listed.scroll_y == 60


async def test_marks_of_cards_that_went_out_of_sight_go(live, pair, settled) -> None:
    cards = many(pair, 5)
    async with live(Cards) as (app, pilot):
        await begin(app, pair)
        app.screen.list.mark([str(cards[1]), str(cards[3])])
        pair.rep.cards.trash([cards[1]])
        await renew(app, pilot, settled)
        assert app.screen.list.marks == (str(cards[3]),)
        assert "1 marked" in app.text()


async def test_what_is_being_searched_is_not_touched(live, pair, settled) -> None:
    many(pair, 5)
    async with live(Cards) as (app, pilot):
        await begin(app, pair)
        await pilot.press("slash")
        type_raw(app, "客户")
        pair.rep.cards.create("person", {"name": "客户新来"})
        app.screen.cards_changed(frozenset())
        type_raw(app, "新")
        await settled(pilot)
        await renew(app, pilot, settled)
        assert app.screen.search.value == "客户新"
        assert app.screen.search.has_focus
        assert app.screen.list.count == 1


async def test_a_line_being_typed_stays_while_the_list_behind_is_renewed(
    live, pair, settled
) -> None:
    async with live(Cards) as (app, pilot):
        await begin(app, pair)
        await pilot.press("l")
        await settled(pilot)
        assert isinstance(app.screen, LogEntry)
        type_raw(app, "电话 聊了")
        pair.rep.cards.create("person", {"name": "新来的"})
        cards = await app.desk.changes()
        for screen in (app.screen, app.under_test):
            screen.cards_changed(cards)
        await settled(pilot)
        type_raw(app, "报价")
        await until(
            pilot, lambda: app.screen.query_one("#line", LineInput).value == "电话 聊了报价"
        )
        assert "新来的" in app.text()


@pytest.mark.parametrize("screen", [ContactLog, Today, Dates, Quadrants])
async def test_every_section_shows_what_is_new(live, pair, settled, screen) -> None:
    director = pair.director.member.login
    async with live(screen) as (app, pilot):
        await begin(app, pair)
        pair.rep.interactions.log(pair.card, InteractionValues(topic="谈了新样品"))
        pair.rep.todos.add(TodoValues("谈了新样品", owner=director, due_on=TODAY))
        soon = TODAY + timedelta(days=3)
        pair.rep.occasions.add(pair.card, "further", f"--{soon:%m-%d}", "谈了新")
        await renew(app, pilot, settled)
        assert "谈了新" in app.text()


async def test_the_log_keeps_the_cursor_on_its_talk(live, pair, settled) -> None:
    for number in range(60):
        pair.rep.interactions.log(pair.card, InteractionValues(topic=f"第{number}次"))
    async with live(ContactLog) as (app, pilot):
        await begin(app, pair)
        listed = app.screen.list
        listed.cursor = 55
        await settled(pilot)
        key, line = listed.key, screen_line(listed)
        pair.rep.interactions.log(pair.card, InteractionValues(topic="又一次"))
        await renew(app, pilot, settled)
        assert (listed.key, listed.cursor, screen_line(listed)) == (key, 56, line)


async def test_todays_cursor_stays_on_its_row(live, pair, settled) -> None:
    for title in ("第一件", "第二件"):
        pair.director.todos.add(TodoValues(title, due_on=TODAY))
    async with live(Today) as (app, pilot):
        await begin(app, pair)
        await pilot.press("down")
        key = app.screen.list.key
        pair.rep.remarks.write(pair.director.member.login, "看看", pair.card)
        await renew(app, pilot, settled)
        assert app.screen.list.key == key
        assert app.screen.list.cursor == 2
        app.screen.list.mark([key])
        pair.rep.todos.trash([])
        pair.director.todos.done([int(key.partition(":")[2])])
        app.screen.cards_changed(frozenset())
        await settled(pilot)
        assert app.screen.list.marks == ()


async def test_an_open_card_is_renewed(live, pair, settled) -> None:
    async with live(lambda desk: Briefing(desk, pair.card)) as (app, pilot):
        await begin(app, pair)
        pair.rep.interactions.log(pair.card, InteractionValues(topic="谈了新样品"))
        await renew(app, pilot, settled)
        assert "谈了新样品" in app.text()


async def test_a_card_that_was_trashed_closes_with_a_sentence(live, pair, settled) -> None:
    async with live(lambda desk: Briefing(desk, pair.card)) as (app, pilot):
        await begin(app, pair)
        pair.rep.cards.trash([pair.card])
        await renew(app, pilot, settled)
        assert app.answers == [None]
        assert app.told == ["李娜 put the card of 张山 into the trash"]


async def test_a_card_from_the_trash_stays_open(live, pair, settled) -> None:
    pair.rep.cards.trash([pair.card])
    async with live(lambda desk: Briefing(desk, pair.card)) as (app, pilot):
        await begin(app, pair)
        pair.rep.cards.create("person", {"name": "新来的"})
        await renew(app, pilot, settled)
        assert app.answers == []
        assert "张山" in app.text()


async def test_a_card_that_was_handed_away_closes(live, pair, settled) -> None:
    pair.at_screen.login = "lina"
    async with live(lambda desk: Briefing(desk, pair.card)) as (app, pilot):
        await begin(app, pair)
        with pair.director.change("x", asked=True) as change:
            change.update(Card, pair.card, {"owner_id": pair.director.member.id})
        await renew(app, pilot, settled)
        assert app.answers == [None]
        assert app.told == ["The card of 张山 is open to you no more"]


async def test_a_loan_runs_out_under_the_reader(live, pair, settled) -> None:
    own = pair.director.cards.create("person", {"name": "王总"})
    now = pair.director.store.clock.now()
    with pair.director.change("x", asked=True) as change:
        change.insert(
            Loan,
            {
                "card_id": own.id,
                "member_id": pair.rep.member.id,
                "status": "lent",
                "asked_at": now,
                "due_at": now + timedelta(seconds=2),
            },
        )
    pair.at_screen.login = "lina"
    async with live(lambda desk: Briefing(desk, own.id)) as (app, pilot):
        assert "王总" in app.text()
        await until(pilot, lambda: app.answers == [None])
        assert app.told == ["The card of 王总 is open to you no more"]


async def test_the_editor_says_who_changed_what_and_keeps_the_words(live, pair, settled) -> None:
    async with live(lambda desk: CardEditor(desk, "person", pair.card)) as (app, pilot):
        await begin(app, pair)
        await fill(pilot, "nickname", "总")
        record = pair.rep.cards.get(pair.card)
        pair.rep.cards.save(
            pair.card, record.values, {**record.values, "title": "经理", "nickname": "阿山"}
        )
        await renew(app, pilot, settled)
        assert "李娜 changed" in app.text()
        assert app.screen.form.values["nickname"] == "山哥总"
        assert app.screen.form.values.get("title") is None
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        assert "李娜 changed Nickname meanwhile" in app.text()
        assert "李娜: 阿山" in app.text()
        await choose(pilot, "1")
        await until(pilot, lambda: app.answers == [pair.card])
    saved = pair.rep.cards.get(pair.card).values
    assert (saved["nickname"], saved["title"]) == ("山哥总", "经理")


async def test_two_phones_are_both_kept_and_nobody_is_asked(live, pair, settled) -> None:
    async with live(lambda desk: CardEditor(desk, "person", pair.card)) as (app, pilot):
        await begin(app, pair)
        await fill(pilot, "mobile", "; 13800001111")
        record = pair.rep.cards.get(pair.card)
        phones = [*record.values["mobile"], {"value": "13700002222", "label": "私人"}]
        pair.rep.cards.save(pair.card, record.values, {**record.values, "mobile": phones})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers == [pair.card])
    kept = [phone["value"] for phone in pair.rep.cards.get(pair.card).values["mobile"]]
    assert kept == ["13900002345", "13700002222", "13800001111"]


async def test_mine_of_two_organisations_can_be_chosen(live, pair, settled) -> None:
    """Both are known by number, and typed by name."""
    pair.rep.cards.create("organisation", {"name": "远大软件"})
    async with live(lambda desk: CardEditor(desk, "person", pair.card)) as (app, pilot):
        await begin(app, pair)
        await fill(pilot, "organisation", "华为终端")
        record = pair.rep.cards.get(pair.card)
        pair.rep.cards.save(pair.card, record.values, {**record.values, "organisation": "远大软件"})
        await pilot.press("ctrl+s")
        await choose(pilot, "1")
        await until(pilot, lambda: app.answers == [pair.card])
    kept = pair.rep.cards.get(pair.card)
    assert kept.linked[kept.values["organisation"]] == "华为终端"


async def test_the_editor_of_a_card_that_was_lost_keeps_the_words(live, pair, settled) -> None:
    pair.at_screen.login = "lina"
    async with live(lambda desk: CardEditor(desk, "person", pair.card)) as (app, pilot):
        await begin(app, pair)
        await fill(pilot, "nickname", "总")
        with pair.director.change("x", asked=True) as change:
            change.update(Card, pair.card, {"owner_id": pair.director.member.id})
        await renew(app, pilot, settled)
        assert "closed to you by now" in app.text()
        assert app.screen.form.values["nickname"] == "山哥总"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.told)
        assert app.screen.form.values["nickname"] == "山哥总"
    assert [draft.content["line"] for draft in pair.rep.drafts.all()] == ["山哥总"]


async def test_the_palette_finds_what_is_new(live, pair, settled) -> None:
    async with live(Cards) as (app, pilot):
        await begin(app, pair)
        app.push_screen(Palette(pair.at_screen, app.under_test))
        await settled(pilot)
        type_raw(app, "新来的")
        await settled(pilot)
        assert "P000002" not in app.text()
        pair.rep.cards.create("person", {"name": "新来的"})
        await renew(app, pilot, settled)
        assert app.screen.query_one(LineInput).value == "新来的"
        assert "P000002" in app.text()


async def test_who_else_has_the_card_open_stands_in_the_title(live, pair, settled) -> None:
    async with live(lambda desk: Briefing(desk, pair.card)) as (app, pilot):
        company = Company(pair.at_screen)
        await company.look(app.screen_stack)
        name = pair.director.member.name
        assert pair.rep.presence.others(pair.card) == [Present(name, False, False)]
        assert "李娜" not in app.text()
        height = app.screen.query_one("#tabs").region.y
        pair.rep.presence.arrive(pair.card, True)
        await company.look(app.screen_stack)
        await pilot.pause()
        assert "李娜 is changing it" in app.text().splitlines()[0]
        assert "张山" in app.text().splitlines()[0]
        assert app.screen.query_one("#tabs").region.y == height
        pair.rep.presence.arrive(pair.card)
        await company.look(app.screen_stack)
        await pilot.pause()
        assert "李娜 has it open too" in app.text()
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, CardEditor))
        await settled(pilot)
        await company.look(app.screen_stack)
        await pilot.pause()
        assert pair.rep.presence.others(pair.card) == [Present(name, True, False)]
        assert "李娜 has it open too" in app.text()
        await company.leave()
    assert pair.rep.presence.others(pair.card) == []


async def test_a_card_that_is_left_is_open_no_more(live, pair, settled) -> None:
    async with live(Cards) as (app, pilot):
        company = Company(pair.at_screen)
        app.push_screen(Briefing(pair.at_screen, pair.card))
        await settled(pilot)
        await company.look(app.screen_stack)
        assert len(pair.rep.presence.others(pair.card)) == 1
        await pilot.press("escape")
        await settled(pilot)
        await company.look(app.screen_stack)
        assert pair.rep.presence.others(pair.card) == []
