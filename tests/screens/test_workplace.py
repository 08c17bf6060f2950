"""What part somebody plays where he works, said from his own card: page, relations and form."""

from dataclasses import replace

import pytest

from screens.briefing import Briefing
from screens.card_editor import CardEditor
from screens.pick import Pick
from screens.place_form import PlaceForm
from screens.relations_side import RelationsSide
from store.database import Store
from store.desk import Desk
from store.records.people import PersonRow, PlaceValues
from tests.screens.at_desks import at_desks
from tests.screens.typing import fill, type_raw, until
from tests.store.sales_team import sales_team


@pytest.fixture
def zhang(box: Desk) -> int:
    return box.cards.find("张山")[0].id


def place(desk: Desk, person: int) -> PersonRow:
    return desk.people.get(desk.people.history(person)[0].id)


async def form_on(app, pilot) -> PlaceForm:
    await until(pilot, lambda: isinstance(app.screen, PlaceForm) and app.screen.form)
    return app.screen


async def test_a_key_of_the_form_asks_his_role_beside_what_is_typed(showing, box, zhang) -> None:
    async with showing(lambda desk: CardEditor(desk, "person", zhang)) as (app, pilot):
        await fill(pilot, "cares_about", "交期")
        await pilot.press("ctrl+r")
        form = await form_on(app, pilot)
        assert "title" not in form.form.form  # it stands in the form below
        await fill(pilot, "role", "决策者")
        await fill(pilot, "influence", "5")
        await fill(pilot, "attitude", "支持")
        await fill(pilot, "faction", "技术派")
        await fill(pilot, "reports_to", "赵申")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, CardEditor))
        assert app.screen.form.values["cares_about"] == "交期"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    kept = place(box, zhang)
    assert (kept.values.role, kept.values.influence) == ("decision_maker", 5)
    assert (kept.values.attitude, kept.values.faction) == ("supporter", "技术派")
    assert (kept.head, kept.title) == ("赵申", "采购经理")
    assert box.cards.get(zhang).values["cares_about"] == "交期"


async def test_a_new_employer_is_saved_first(showing, box, zhang) -> None:
    async with showing(lambda desk: CardEditor(desk, "person", zhang)) as (app, pilot):
        await until(pilot, lambda: app.screen.form is not None)
        await app.screen.form.go_to("organisation")
        await pilot.press("ctrl+u")
        type_raw(app, "恒通物流")
        await pilot.pause()
        await pilot.press("ctrl+r")
        await until(pilot, lambda: any("Save his new employer first" in each for each in app.told))
        assert isinstance(app.screen, CardEditor)


async def test_a_new_card_and_an_organisation_have_no_such_key(showing, box) -> None:
    house = box.cards.find("华东电子")[0].id
    for kind, card in (("person", None), ("organisation", house)):
        async with showing(lambda desk, k=kind, c=card: CardEditor(desk, k, c)) as (app, pilot):
            await until(pilot, lambda app=app: app.screen.form is not None)
            assert not app.screen.check_action("place", ())
    async with showing(lambda desk: Briefing(desk, house)) as (app, pilot):
        assert not app.screen.check_action("place", ())


async def test_of_two_employers_one_is_picked(showing, box, zhang) -> None:
    second = box.cards.create("organisation", {"name": "恒通物流"}).id
    box.people.add(second, box.cards.get(zhang).number, PlaceValues(title="董事"))
    async with showing(lambda desk: Briefing(desk, zhang)) as (app, pilot):
        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, Pick))
        assert "华东电子 采购经理" in app.text()
        type_raw(app, "htwl")
        await pilot.pause()
        await pilot.press("enter")
        form = await form_on(app, pilot)
        assert form.form.values == {"title": "董事"}
        await fill(pilot, "role", "影响者")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Briefing))
    roles = {each.name: each.values.role for each in box.people.history(zhang)}
    assert roles == {"华东电子": None, "恒通物流": "influencer"}


async def test_who_works_nowhere_is_told_of(showing, box) -> None:
    li = box.cards.find("李雪梅")[0].id
    async with showing(lambda desk: Briefing(desk, li)) as (app, pilot):
        await pilot.press("R")
        await until(pilot, lambda: any("where 李雪梅 works" in each for each in app.told))


async def test_the_employer_among_the_relations_opens_his_place(
    showing, box, zhang, settled
) -> None:
    async with showing(lambda desk: Briefing(desk, zhang)) as (app, pilot):
        app.screen.view = "relations"
        await settled(pilot)
        side = app.screen.query_one(RelationsSide)
        await until(pilot, lambda: side.shown)
        names = [each.tie.card.name if each.tie else "" for each in side.shown.values()]
        side.list.cursor = names.index("华东电子")
        await pilot.pause()
        await pilot.press("e")
        await form_on(app, pilot)
        await fill(pilot, "attitude", "反对")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Briefing))
    assert place(box, zhang).values.attitude == "opposed"


async def test_his_employer_may_be_closed_to_the_member(store: Store) -> None:
    """He says what part his customer plays, is told no number, and whom he reports to stays."""
    team = sales_team(store)
    other = team["li"]
    house = other.cards.get(team.card("li", "关着的厂", "organisation"))
    boss = other.people.add(house.id, "看不见的人", PlaceValues())
    mine = team.card("li", "我的客户", organisation=house.number)
    held = place(other, mine)
    above = PlaceValues(reports_to=boss.card_id, title="科长")
    other.people.update(held.id, held.values, above)
    team["boss"].transfers.hand([mine], "zhang", "分给他")
    async with at_desks(store)("zhang", lambda desk: Briefing(desk, mine)) as (app, pilot):
        await pilot.press("R")
        form = await form_on(app, pilot)
        assert "关着的厂" in app.text()
        assert house.number not in app.text()
        assert "看不见的人" not in app.text()
        assert "reports_to" not in form.form.form
        await fill(pilot, "role", "使用者")
        await form.keep_words()
        key = form.draft_key
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Briefing))
    assert house.number not in key
    kept = team["boss"].people.get(held.id).values
    assert kept == replace(above, role="user")
