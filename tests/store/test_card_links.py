"""Cards that name other cards: where somebody works, and who brought him."""

import pytest

from store import doctor
from store.database import Store
from store.desk import Desk
from store.errors import BadValue
from store.models.cards import Affiliation, Card
from store.models.team import Member
from store.records.cards import CardQuery, CardRecord


@pytest.fixture
def rep(store: Store) -> Desk:
    """The desk of a member who sees his own cards only."""
    now = store.clock.now()
    Member.insert(id=99, login="rep", name="小王", role="rep", created_at=now).execute()
    return store.desk("rep")


def named(desk: Desk, kind: str | None = None) -> list[str]:
    return [row.name for row in desk.cards.page(CardQuery(kind=kind, sort="number"), 0, 99)]


def edited(desk: Desk, card: CardRecord, **values: object) -> CardRecord:
    return desk.cards.save(card.id, card.values, {**card.values, **values})


def test_whoever_works_at_a_trashed_organisation_stays_there(store: Store, desk: Desk) -> None:
    zhang = desk.cards.create("person", {"name": "张山", "organisation": "华强", "title": "经理"})
    desk.cards.trash([desk.cards.resolve("华强").id])
    again = edited(desk, zhang, nickname="老张", title="总监")
    assert again.values["organisation"] == "O000001"
    assert again.values["title"] == "总监"
    assert Affiliation.select().count() == 1
    assert named(desk) == ["张山"]
    assert desk.cards.row(zhang.id).organisation == "华强"
    assert doctor.examine(store, thorough=True).ok


def test_a_trashed_organisation_gets_no_new_people(desk: Desk) -> None:
    house = desk.cards.create("organisation", {"name": "华强"})
    desk.cards.trash([house.id])
    with pytest.raises(BadValue, match="no organisation with the number O000001"):
        desk.cards.create("person", {"name": "张山", "organisation": house.number})
    desk.cards.create("person", {"name": "张山", "organisation": "华强"})
    assert named(desk, "organisation") == ["华强"]
    assert desk.cards.page(CardQuery(kind="organisation"), 0, 9)[0].number == "O000002"


def test_no_organisation_comes_to_be_called_a_number(desk: Desk) -> None:
    zhang = desk.cards.create("person", {"name": "张山"})
    with pytest.raises(BadValue) as refused:
        edited(desk, zhang, organisation="O000045")
    assert refused.value.field == "organisation"
    with pytest.raises(BadValue):
        edited(desk, zhang, organisation=zhang.number)
    assert named(desk) == ["张山"]


def test_a_number_outweighs_a_name_that_looks_like_it(desk: Desk) -> None:
    odd = desk.cards.create("organisation", {"name": "O000002"})
    alone = desk.cards.create("person", {"name": "甲", "organisation": "O000002"})
    assert alone.values["organisation"] == odd.number
    house = desk.cards.create("organisation", {"name": "华强"})
    zhang = desk.cards.create("person", {"name": "张山", "organisation": "O000002"})
    assert zhang.values["organisation"] == house.number
    assert edited(desk, alone, nickname="阿甲").values["organisation"] == odd.number


def test_of_two_organisations_of_one_name_the_one_that_stands_there_stays(desk: Desk) -> None:
    first = desk.cards.create("organisation", {"name": "华强"})
    second = desk.cards.create("organisation", {"name": "华强"})
    zhang = desk.cards.create("person", {"name": "张山", "organisation": second.number})
    assert edited(desk, zhang, nickname="老张").values["organisation"] == second.number
    li = desk.cards.create("person", {"name": "李四", "organisation": "华强"})
    assert li.values["organisation"] == first.number


def test_numbers_of_cards_out_of_sight_tell_nothing(desk: Desk, rep: Desk) -> None:
    desk.cards.create("organisation", {"name": "机密公司"})
    desk.cards.create("person", {"name": "机密先生"})
    mine = rep.cards.create("person", {"name": "张山", "referrer": "P000001"})
    assert mine.values["referrer"] == "P000001"
    assert mine.linked == {}
    with pytest.raises(BadValue, match="O000001"):
        edited(rep, mine, organisation="O000001")


def test_links_to_cards_out_of_sight_stay_when_something_else_is_changed(
    desk: Desk, rep: Desk
) -> None:
    chen = desk.cards.create("person", {"name": "老陈"})
    mine = desk.cards.create(
        "person", {"name": "张山", "organisation": "华强", "referrer": chen.number}
    )
    Card.update(owner=rep.member.id).where(Card.id == mine.id).execute()
    again = edited(rep, rep.cards.get(mine.id), nickname="老张")
    assert again.values["referrer"] == chen.number
    assert again.linked == {chen.number: "老陈", "O000001": "华强"}


def test_nobody_brings_himself(desk: Desk) -> None:
    zhang = desk.cards.create("person", {"name": "张山"})
    with pytest.raises(BadValue) as refused:
        edited(desk, zhang, referrer=zhang.number)
    assert refused.value.field == "referrer"


def test_two_may_have_brought_each_other(store: Store, desk: Desk) -> None:
    zhang = desk.cards.create("person", {"name": "张山"})
    li = desk.cards.create("person", {"name": "李四", "referrer": zhang.number})
    assert edited(desk, zhang, referrer=li.number).linked == {li.number: "李四"}
    assert desk.briefing.of(zhang.id).how_met == "Referrer 李四"
    file = store.path.with_name("box.json")
    with file.open("wb") as stream:
        assert desk.exchange.export("all", "json", stream) == 4  # two cards, two referrals
    assert doctor.examine(store, thorough=True).ok
