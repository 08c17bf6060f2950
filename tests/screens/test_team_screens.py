"""Screen 8: members, departments and the work view, each as the one at the desk may use it."""

from datetime import UTC, date, datetime

import pytest

from screens.cards import Cards
from screens.choose import Choose
from screens.confirm import Confirm
from screens.guidance_entry import GuidanceEntry
from screens.member_form import MemberForm
from screens.member_work import MemberWork
from screens.pick import Pick
from screens.team_departments import TeamDepartments
from screens.team_members import TeamMembers
from screens.team_papers import TeamPapers
from screens.team_work import TeamWork
from screens.today import Today
from screens.work_period import DAY, MONTH, WEEK, Period
from store import language
from store.background import Background
from store.database import Store
from store.records.interactions import InteractionValues
from tests.screens.conftest import settle
from tests.screens.typing import fill, until
from tests.store.sales_team import SalesTeam, sales_team
from tests.store.test_team import changed
from widgets.tab_bar import TabBar


@pytest.fixture
def team(store: Store) -> SalesTeam:
    return sales_team(store)


@pytest.fixture
def at(store, clock):
    """Makes the desk of a member for screens; all are closed at the end."""
    made = []

    def background(login: str) -> Background:
        made.append(Background(str(store.path), login, clock, lambda: store))
        return made[-1]

    yield background
    for threads in made:
        threads.close()


async def rest(pilot) -> None:
    """Wait until nothing moves any more, while the worker of an open question waits."""
    await pilot.pause(0.1)
    for _ in range(100):
        running = [each for each in pilot.app.workers if not each.is_finished]
        if all(each.group == "do" for each in running):
            break
        await pilot.pause(0.02)
    await pilot.pause(0.1)


def keys_of(app) -> set[str]:
    """The actions that are offered."""
    return {each.binding.action for each in app.screen.active_bindings.values()}


# Alone


async def test_whoever_works_alone_is_told_how_a_team_begins(showing, desk) -> None:
    async with showing(TeamMembers) as (app, pilot):
        assert "You work alone" in app.text()
        assert [tab.key for tab in app.screen.query_one(TabBar).tabs] == ["members", "papers"]
        await pilot.press("right_square_bracket")
        await until(pilot, lambda: isinstance(app.screen, TeamPapers))
        await pilot.press("right_square_bracket")
        await until(pilot, lambda: isinstance(app.screen, TeamMembers))
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, MemberForm) and app.screen.form)
        await fill(pilot, "name", "张磊")
        await fill(pilot, "login", "zhanglei")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, TeamMembers))
        await settle(pilot)
        assert "You work alone" not in app.text()
        assert "张磊" in app.text()
        assert "shuke key add zhanglei" in app.told[-1]
    assert desk.team.member("zhanglei").role == "rep"


# Members


async def test_members_are_listed_with_what_one_may_know(showing, team, at) -> None:
    team.card("zhang")
    changed(team["admin"], "li", trainee=True, coach="zhou")
    async with showing(lambda _desk: TeamMembers(at("south"))) as (app, pilot):
        text = app.text()
        for told in ("张磊", "zhang", "sales rep", "华南", "trainee"):
            assert told in text
        app.screen.list.cursor = [*app.screen.found].index("zhang")
        await settle(pilot)
        assert "Cards: 1" in app.text()
        assert "no key yet" in app.text()
        app.screen.list.cursor = [*app.screen.found].index("zhou")
        await settle(pilot)
        assert "Cards:" not in app.text()
        app.screen.list.cursor = [*app.screen.found].index("li")
        await settle(pilot)
        assert "trainee of zhou" in app.text()
        assert {"new", "edit", "let_go"} & keys_of(app) == set()
        assert "act" in keys_of(app)


async def test_a_rep_is_offered_nothing_to_do(showing, team, at) -> None:
    async with showing(lambda _desk: TeamMembers(at("zhang"))) as (app, pilot):
        assert {"new", "edit", "let_go", "act", "gone"} & keys_of(app) == set()
        assert [tab.key for tab in app.screen.query_one(TabBar).tabs][:2] == [
            "members",
            "departments",
        ]
        assert "work" not in [tab.key for tab in app.screen.query_one(TabBar).tabs]
        app.screen.list.cursor = [*app.screen.found].index("zhou")
        await pilot.press("n", "e", "d", "enter")
        await settle(pilot)
        assert isinstance(app.screen, TeamMembers)
        assert "those above see" in app.told[-1]
        app.screen.list.cursor = [*app.screen.found].index("zhang")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, MemberWork), "what he did himself he may look at"


async def test_a_member_is_changed_in_the_form(showing, team, at) -> None:
    async with showing(lambda _desk: TeamMembers(at("admin"))) as (app, pilot):
        app.screen.list.cursor = [*app.screen.found].index("li")
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, MemberForm) and app.screen.form)
        await app.screen.form.go_to("department")
        await pilot.press(*["backspace"] * 4)
        await fill(pilot, "department", "华东")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, TeamMembers))
    assert team["admin"].team.member("li").department_name == "华东"


async def test_what_is_wrong_is_said_beside_its_field(showing, team, at) -> None:
    async with showing(lambda _desk: MemberForm(at("admin"))) as (app, pilot):
        await until(pilot, lambda: app.screen.form)
        await fill(pilot, "name", "[/b]新人")
        await fill(pilot, "login", "li")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "There is a member “li” already" in app.text().replace("\n", "")
        assert app.screen.form.current == "login"
        assert app.answers == []


async def test_a_leaver_is_let_go_by_keys_alone(showing, team, at) -> None:
    card = team.card("li")
    async with showing(lambda _desk: TeamMembers(at("admin"))) as (app, pilot):
        app.screen.list.cursor = [*app.screen.found].index("li")
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, Pick))
        receivers = {login for login, _name in app.screen._choices}
        assert receivers & {"service", "keeper", "admin", "li"} == set()
        await pilot.press("z", "l")
        await rest(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("enter")
        await rest(pilot)
        assert team["admin"].team.member("li").active, "Enter alone lets nobody go"
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, Pick))
        await pilot.press("z", "l")
        await rest(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("left", "enter")
        await until(pilot, lambda: "cannot come in" in "".join(app.told))
        await rest(pilot)
        assert "李静" not in app.text()
        await pilot.press("D")
        await rest(pilot)
        assert "李静" in app.text()
        assert "left" in app.text()
        app.screen.list.cursor = len(app.screen.found) - 1
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("1")
        await until(pilot, lambda: "works here again" in "".join(app.told))
    assert team["zhang"].cards.get(card).name == "张山"
    assert team["admin"].team.member("li").active


async def test_a_coach_passes_his_trainee(showing, team, at) -> None:
    changed(team["admin"], "li", trainee=True, coach="zhou")
    async with showing(lambda _desk: TeamMembers(at("zhou"))) as (app, pilot):
        app.screen.list.cursor = [*app.screen.found].index("li")
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("1")
        await rest(pilot)
        await pilot.press(*"ok", "enter")
        await until(pilot, lambda: "no trainee any more" in "".join(app.told))
        await rest(pilot)
    assert team["south"].team.merits("li")[0].words == "ok"
    assert not team["admin"].team.member("li").trainee


async def test_going_back_from_the_words_passes_nobody(showing, team, at) -> None:
    changed(team["admin"], "li", trainee=True, coach="zhou")
    async with showing(lambda _desk: TeamMembers(at("zhou"))) as (app, pilot):
        app.screen.list.cursor = [*app.screen.found].index("li")
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("1")
        await rest(pilot)
        await pilot.press("escape")
        await rest(pilot)
        assert isinstance(app.screen, TeamMembers)
    assert team["admin"].team.member("li").trainee


@pytest.mark.parametrize(("login", "told"), [("service", "released"), ("admin", "administrator")])
async def test_who_enters_no_cards_is_not_told_to(showing, team, at, login, told) -> None:
    team.card("zhang")
    for screen in (Cards, Today):
        async with showing(lambda _desk, screen=screen: screen(at(login))) as (app, _pilot):
            assert told in app.text()
            assert "enters the first" not in app.text()
            assert "new" not in keys_of(app)


async def test_tabs_are_gone_through_by_keys(showing, team, at) -> None:
    async with showing(lambda _desk: TeamMembers(at("south"))) as (app, pilot):
        for key, kind in (
            ("right_square_bracket", TeamDepartments),
            ("tab", TeamWork),
            ("left_square_bracket", TeamDepartments),
            ("shift+tab", TeamMembers),
        ):
            await pilot.press(key)
            await until(pilot, lambda kind=kind: isinstance(app.screen, kind))
            await settle(pilot)
            assert app.screen.query_one(TabBar).current == app.screen.TAB
        assert len(app.screen_stack) == 2


# Departments


@pytest.mark.slow
async def test_departments_are_set_up_by_keys(showing, team, at) -> None:
    async with showing(lambda _desk: TeamDepartments(at("admin"))) as (app, pilot):
        assert "    深圳" in app.text()
        await pilot.press("n")
        await rest(pilot)
        await pilot.press(*"North", "enter")
        await rest(pilot)
        assert "  North" in app.text()
        app.screen.list.cursor = 4
        await pilot.press("e")
        await rest(pilot)
        await pilot.press(*"1", "enter")
        await rest(pilot)
        assert "North1" in app.text()
        await pilot.press("m")
        await rest(pilot)
        await pilot.press("h", "d", "enter")
        await rest(pilot)
        tree = {row.path for row in team["admin"].departments.all()}
        assert "总部/华东/North1" in tree
        await pilot.press("d")
        await rest(pilot)
        assert "North1" not in app.text()
        app.screen.list.cursor = 0
        await pilot.press("d")
        await rest(pilot)
        assert "is not empty" in app.told[-1]
        await pilot.press("u")
        await rest(pilot)
        assert "North1" in app.text()


async def test_others_look_at_the_tree(showing, team, at) -> None:
    async with showing(lambda _desk: TeamDepartments(at("zhang"))) as (app, pilot):
        assert {"new", "edit", "move", "remove"} & keys_of(app) == set()
        await pilot.press("n", "d", "m")
        await settle(pilot)
        assert isinstance(app.screen, TeamDepartments)
    assert len(team["zhang"].departments.all()) == 4


# Work


@pytest.mark.slow
async def test_work_is_looked_through_and_guided(showing, team, clock, at) -> None:
    clock.shown_today = datetime.now(UTC).astimezone(clock.zone).date()
    card = team.card("li")
    team["li"].interactions.log(card, InteractionValues(topic="[/b]新报价", at=datetime.now(UTC)))
    async with showing(lambda _desk: TeamWork(at("south"))) as (app, pilot):
        assert "this week" in app.text()
        line = next(line for line in app.text().splitlines() if "李静" in line)
        assert line.split()[1:6] == ["1", "1", "-", "-", "-"]
        await pilot.press("left")
        await settle(pilot)
        line = next(line for line in app.text().splitlines() if "李静" in line)
        assert line.split()[1:4] == ["-", "-", "-"]
        await pilot.press("right", "right")
        await settle(pilot)
        assert "this week" in app.text()
        app.screen.list.cursor = [*app.screen.found].index("li")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MemberWork))
        await settle(pilot)
        assert "talk logged" in app.text()
        assert "[/b]新报价" in app.text()
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, GuidanceEntry))
        await settle(pilot)
        await pilot.press(*"take samples", "escape")
        await settle(pilot)
        await pilot.press("w")
        await settle(pilot)
        assert "take samples" in app.text(), "the words wait"
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "新报价" in app.text()
    (waiting,) = team["li"].remarks.open()
    assert (waiting.text, waiting.kind, waiting.card_id) == ("take samples", "guidance", card)


async def test_nobody_guides_himself(showing, team, at) -> None:
    async with showing(lambda _desk: TeamWork(at("south"))) as (app, pilot):
        app.screen.list.cursor = [*app.screen.found].index("south")
        await pilot.press("w")
        await settle(pilot)
        assert isinstance(app.screen, TeamWork)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, MemberWork)
        assert "guide" not in keys_of(app)


def test_periods_are_days_weeks_and_months() -> None:
    today = date(2026, 9, 24)
    week = Period(WEEK, today)
    assert (week.first, week.last) == (date(2026, 9, 21), date(2026, 9, 27))
    assert (week.moved(-1, today).first, week.moved(1, today)) == (date(2026, 9, 14), week)
    month = Period(MONTH, date(2026, 1, 31))
    assert (month.first, month.last) == (date(2026, 1, 1), date(2026, 1, 31))
    assert month.moved(-1, today).first == date(2025, 12, 1)
    assert month.moved(1, today).last == date(2026, 2, 28)
    day = Period(DAY, today)
    assert (day.moved(-1, today).day, day.moved(1, today)) == (date(2026, 9, 23), day)
    assert (day.words(today), week.words(today), month.words(today)) == (
        "today",
        "this week",
        "2026-01",
    )
    assert week.moved(-1, today).words(today) == "09-14 to 09-20"


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("kind", [TeamMembers, TeamDepartments, TeamWork])
async def test_everything_fits_in_both_languages(showing, team, at, kind, size) -> None:
    for name, told in (("zh", "团队"), ("en", "Team")):
        language.use(name)
        async with showing(lambda _desk: kind(at(team["boss"].member.login)), size) as (
            app,
            _pilot,
        ):
            assert told in app.text()
            heading = app.text().splitlines()[3 if kind is TeamWork else 2]
            assert "…" not in heading
