"""The organisation chart on the page of a card: drawn, folded, entered, changed."""

from datetime import UTC, date, datetime

import pytest
from textual.content import Content

from screens.briefing import Briefing
from screens.confirm import Confirm
from screens.people_rows import chart_rows
from screens.people_side import PeopleSide, gaps_text
from screens.pick import Pick
from screens.place_form import PlaceForm
from screens.place_leave import PlaceLeave
from screens.take_up import take_up
from screens.today import Today
from store import language
from store.desk import Desk
from store.records.interactions import InteractionValues
from store.records.people import Gap, PersonRow, PlaceValues
from tests.screens.typing import fill, type_raw, until

MET = datetime(2026, 9, 24, 1, tzinfo=UTC)


@pytest.fixture
def house(desk: Desk) -> int:
    """Four people and two levels; nobody has met the first of them."""
    house = desk.cards.create("organisation", {"name": "华东电子"}).id
    boss = add(desk, house, "王总", None, title="总经理", role="decision_maker")
    buyer = add(desk, house, "张山", boss, title="采购经理", role="buyer", attitude="supporter")
    add(desk, house, "冯一凡", buyer, attitude="opposed")
    add(desk, house, "李强", boss, role="user", faction="技术派", influence=4)
    desk.interactions.log(buyer.card_id, InteractionValues(minutes="谈价", at=MET))
    return house


def add(desk: Desk, house: int, name: str, head: PersonRow | None, **said: object) -> PersonRow:
    above = None if head is None else head.card_id
    return desk.people.add(house, name, PlaceValues(reports_to=above, **said))  # type: ignore[arg-type]


async def opened(pilot, settled) -> PeopleSide:
    screen = pilot.app.screen
    screen.view = "people"
    await settled(pilot)
    await until(pilot, lambda: screen.query(PeopleSide) and screen.query_one(PeopleSide).people)
    await settled(pilot)
    return screen.query_one(PeopleSide)


async def test_the_chart_is_drawn(showing, desk, house, settled) -> None:
    async with showing(lambda background: Briefing(background, house)) as (app, pilot):
        await opened(pilot, settled)
        lines = [line.strip() for line in app.text().splitlines()]
        assert lines[2] == "No decision-maker met yet: 王总."
        assert [" ".join(line.split()) for line in lines[4:8]] == [
            "王总 总经理 Decider not met yet",
            "|- 张山 采购经理 Buyer Supporter today",
            "| `- 冯一凡 Opposed not met yet",
            "`- 李强 User not met yet 4 技术派",
        ]


async def test_heads_are_folded_and_people_opened(showing, desk, house, settled) -> None:
    async with showing(lambda background: Briefing(background, house)) as (app, pilot):
        side = await opened(pilot, settled)
        await pilot.press("j", "space")
        assert "张山 [+1]" in app.text()
        assert "冯一凡" not in app.text()
        assert side.person.name == "张山"
        await pilot.press("minus")
        assert "王总 [+3]" in app.text()
        await pilot.press("plus", "G", "enter")
        await settled(pilot)
        assert app.opened == [side.row_card()]
        assert side.person.name == "李强"
        # Left and right are the card's.
        await pilot.press("left")
        assert app.screen.view == "todos"


async def test_somebody_is_entered_below_the_cursor(showing, desk, house, settled) -> None:
    async with showing(lambda background: Briefing(background, house)) as (app, pilot):
        side = await opened(pilot, settled)
        await pilot.press("j", "n")
        await until(pilot, lambda: isinstance(app.screen, PlaceForm) and app.screen.form)
        assert app.screen.form.values == {"reports_to": "张山"}
        await fill(pilot, "name", "小陈")
        await fill(pilot, "role", "使用者")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Briefing))
        await until(pilot, lambda: side.person and side.person.name == "小陈")
    chart = {row.person.name: row.depth for row in desk.people.chart(house)}
    assert chart["小陈"] == 2


async def test_a_wrong_head_is_said_beside_its_field(showing, desk, house, settled) -> None:
    async with showing(lambda background: PlaceForm(background, house)) as (app, pilot):
        await fill(pilot, "name", "小陈")
        await fill(pilot, "reports_to", "没有这人")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Nobody called “没有这人” works here." in app.text())
    assert "小陈" not in repr(desk.people.of(house))


async def test_a_place_is_changed_and_two_do_so_at_once(showing, desk, house, settled) -> None:
    row = desk.people.of(house)[1]
    async with showing(lambda background: PlaceForm(background, house, row.id)) as (app, pilot):
        await fill(pilot, "faction", "王总的人")
        other = PlaceValues(**{**_values(row), "influence": 5})
        desk.people.update(row.id, row.values, other)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    kept = desk.people.get(row.id).values
    assert (kept.faction, kept.influence, kept.reports_to) == ("王总的人", 5, row.values.reports_to)


async def test_the_same_field_of_a_place_is_asked_about(showing, desk, house, settled) -> None:
    row = desk.people.of(house)[3]
    async with showing(lambda background: PlaceForm(background, house, row.id)) as (app, pilot):
        await until(pilot, lambda: app.screen.form is not None)
        await app.screen.form.go_to("reports_to")
        await pilot.press("ctrl+u")
        type_raw(app, "张山")
        await pilot.pause()
        newcomer = desk.people.add(house, "新来的")
        theirs = PlaceValues(**{**_values(row), "reports_to": newcomer.card_id})
        desk.people.update(row.id, row.values, theirs)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "新来的" in app.text())
        assert app.answers == []
    assert desk.people.get(row.id).head == "新来的"


def _values(row: PersonRow) -> dict[str, object]:
    return {key: getattr(row.values, key) for key in PlaceValues.__dataclass_fields__}


async def test_words_that_wait_come_back_from_today(showing, desk, house) -> None:
    async with showing(lambda background: PlaceForm(background, house)) as (app, pilot):
        await fill(pilot, "name", "小陈")
        await app.screen.keep_words()
        key = app.screen.draft_key
    async with showing(Today, (120, 24)) as (app, pilot):
        await until(pilot, lambda: "somebody at an organisation" in app.text())
        take_up(app.screen, key)
        await until(pilot, lambda: isinstance(app.screen, PlaceForm) and app.screen.form)
        assert app.screen.form.texts == {"name": "小陈"}


async def test_whom_he_reports_to_is_picked(showing, desk, house, settled) -> None:
    async with showing(lambda background: Briefing(background, house)) as (app, pilot):
        await opened(pilot, settled)
        await pilot.press("G", "r")
        await until(pilot, lambda: isinstance(app.screen, Pick))
        type_raw(app, "zs")
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: "`- 李强" in app.text() and "|  `- 李强" not in app.text())
        await settled(pilot)
        assert {r.person.name: r.depth for r in desk.people.chart(house)}["李强"] == 2
        # A ring is refused with a sentence.
        await pilot.press("home", "r")
        await until(pilot, lambda: isinstance(app.screen, Pick))
        type_raw(app, "zs")
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: "王总 would stand above himself then." in app.told)


async def test_somebody_leaves_and_is_listed_below(showing, desk, house, settled) -> None:
    async with showing(lambda background: Briefing(background, house)) as (app, pilot):
        await opened(pilot, settled)
        await pilot.press("j", "x")
        await until(pilot, lambda: isinstance(app.screen, PlaceLeave))
        type_raw(app, "2026-9-1")
        await pilot.press("enter")
        type_raw(app, "恒通物流")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Briefing))
        await until(pilot, lambda: "[under 张山" in app.text())
        assert "采购经理" not in app.text()
        await pilot.press("p")
        await until(pilot, lambda: "张山 left 2026-09-01" in app.text())
        await pilot.press("u")
        await until(pilot, lambda: "|- 张山 采购经理" in app.text())
    assert len(desk.people.of(house)) == 4


async def test_a_wrong_day_keeps_the_window_open(showing, desk, house, settled) -> None:
    async with showing(lambda background: Briefing(background, house)) as (app, pilot):
        await opened(pilot, settled)
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, PlaceLeave))
        type_raw(app, "2027-1-1")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "This day has not come yet." in app.text())
        assert len(desk.people.of(house)) == 4


async def test_what_was_entered_by_mistake_goes_after_a_question(
    showing, desk, house, settled
) -> None:
    async with showing(lambda background: Briefing(background, house)) as (app, pilot):
        await opened(pilot, settled)
        await pilot.press("G", "delete")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: "李强" not in app.text())
    assert len(desk.people.of(house, past=True)) == 3
    assert desk.cards.find("李强")
    assert desk.cards.row(house).name == "华东电子"


async def test_an_organisation_without_people_says_how_to_begin(showing, desk, settled) -> None:
    house = desk.cards.create("organisation", {"name": "新公司"}).id
    async with showing(lambda background: Briefing(background, house)) as (app, pilot):
        app.screen.view = "people"
        await settled(pilot)
        await until(pilot, lambda: "n enters somebody" in app.text())
        await pilot.press("space", "r", "x", "d", "p", "delete")  # nothing to do them with
        assert isinstance(app.screen, Briefing)
        assert desk.cards.rows([house])  # never the organisation itself goes
        assert "Nobody is known to have left here" in app.told
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, PlaceForm))


@pytest.mark.slow
@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
async def test_long_names_and_two_hundred_people_fit(showing, desk, house, settled, size) -> None:
    head = None
    with desk.change("x") as change:
        from store.people_writing import PeopleWriter

        writer = PeopleWriter(desk, change)
        for place in range(200):
            name = f"第{place}位" + "很长的名字[/b]" * 8
            row = writer.enter(house, name, PlaceValues(title="头衔" * 20, reports_to=head))
            if place % 12 == 0:
                head = desk.people.get(row).card_id
    language.use("zh")
    async with showing(lambda background: Briefing(background, house), size) as (app, pilot):
        side = await opened(pilot, settled)
        assert side.list.count == 204
        for key in ("G", "home", "pagedown", "space", "minus", "plus"):
            await pilot.press(key)
        assert all(len(line) <= size[0] for line in app.text().splitlines())
        assert "第0位" in app.text() or "王总" in app.text()


def test_a_chain_of_five_hundred_is_drawn_in_every_width(desk, house, clock) -> None:
    from store.people_chart import chart
    from store.records.people import PersonRow

    people = [
        PersonRow(n, n, house, f"P{n:06d}", f"人{n}", PlaceValues(reports_to=n - 1 or None))
        for n in range(1, 501)
    ]
    rows = chart_rows(chart(people), set(), clock, 20)
    heads = [cell.cells[0] for cell in rows]
    assert len(heads) == 500
    assert all(isinstance(head, Content) and head.cell_length <= 20 for head in heads)
    assert heads[499].plain.startswith("499> ")


def test_gaps_are_told_in_so_many_lines() -> None:
    gaps = [Gap("not_met", ("王总",)), Gap("no_buyer"), Gap("no_user")]
    assert gaps_text(gaps, 80, 3).count("\n") == 2
    assert gaps_text(gaps, 80, 1) == "No decision-maker met yet: 王总. (2 more)"
    assert gaps_text(gaps, 20, 2).startswith("No decision-maker met yet: 王总.")
    assert gaps_text([], 80, 3) == ""


async def test_where_somebody_worked_stands_on_his_card(showing, desk, house, settled) -> None:
    row = desk.people.of(house)[1]
    desk.people.leave(row.id, date(2026, 9, 1), "恒通物流", "总监")
    async with showing(lambda background: Briefing(background, row.card_id)) as (app, pilot):
        app.screen.view = "whole"
        await settled(pilot)
        lines = [" ".join(line.split()) for line in app.text().splitlines()]
        assert "2026-09-01 to now 恒通物流 总监" in lines
        assert "? to 2026-09-01 华东电子 采购经理, Buyer, Supporter, Reports to: 王总" in lines
