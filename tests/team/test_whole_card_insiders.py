"""What somebody learns of a card of which only the name is released to him, by what joins cards."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.desk import Desk
from store.errors import NotAllowed
from store.forms.followed import follow
from store.models.base import database
from store.models.cards import Affiliation
from store.models.papers import Paper
from store.models.relations import Relationship
from store.records.clubs import ClubValues
from store.records.occasions import FamilyValues
from store.records.people import PlaceValues
from store.records.relations import Route
from tests.team.team_box import NAME, PHONE, WORD, TeamBox

SCHOOL, VILLAGE = f"{WORD}大学", f"{WORD}乡"
SAID = {"native_place": VILLAGE, "education": [{"school": SCHOOL}]}


@pytest.fixture(autouse=True)
def taken_back(team: TeamBox) -> Iterator[None]:
    """Nothing of an attempt stays in the team's box."""
    with database.atomic() as transaction:
        yield
        transaction.rollback()
    follow("")


@pytest.fixture
def namely(team: TeamBox) -> Desk:
    """Of the customer he has only the name."""
    return team.desk("namely")


def probe(desk: Desk) -> int:
    """A card of his own that says what he would like to know of the customer."""
    return desk.cards.create("person", {"name": "探针", **SAID}).id


def told_of_him(desk: Desk, card: int) -> list[str]:
    return [tie.how for tie in desk.relations.around(card).ties if tie.card.name == NAME]


def save(team: TeamBox, **values: object) -> None:
    owner = team.desk("owner")
    present = owner.cards.get(team.card.id).values
    owner.cards.save(team.card.id, present, {**present, **values})


def test_a_card_made_to_guess_proves_nothing(team: TeamBox, namely: Desk) -> None:
    save(team, **SAID)
    card = probe(namely)
    assert told_of_him(namely, card) == []
    director = team.desk("boss")
    assert told_of_him(director, card) == ["same_school"]
    for desk in (namely, director):
        desk.family.add(card, FamilyValues("某某", "妻子", phone=PHONE))
    assert told_of_him(namely, card) == []
    assert "family" in told_of_him(director, card)


def test_places_beside_the_main_one_stay_with_the_whole_card(team: TeamBox, namely: Desk) -> None:
    house = namely.cards.create("organisation", {"name": "南方仪表"}).id
    colleague = namely.cards.create("person", {"name": "同事", "organisation": "南方仪表"}).id
    director = team.desk("boss")
    place = director.people.add(house, team.card.number, PlaceValues(title=f"{WORD}顾问"))
    with director.change("x", asked=True) as change:
        change.update(Affiliation, place.id, {"reports_to_id": colleague})
    assert told_of_him(namely, house) == told_of_him(namely, colleague) == []
    assert path(namely, team, house).steps == path(namely, team, colleague).steps == ()
    assert told_of_him(director, house) == ["works_here"]
    assert path(director, team, house).steps
    director.people.leave(place.id)
    assert told_of_him(namely, house) == told_of_him(namely, colleague) == []
    assert path(namely, team, house).steps == ()


def test_the_main_place_is_told_with_the_name(team: TeamBox, namely: Desk) -> None:
    house = namely.cards.create("organisation", {"name": "南方仪表"}).id
    save(team, organisation="南方仪表")
    with team.desk("boss").change("x", asked=True) as change:
        for row in list(Affiliation.select().where(Affiliation.person == team.card.id)):
            change.delete(Affiliation, row.id)
        columns = {"person_id": team.card.id, "organisation_id": house, "main": True}
        change.insert(Affiliation, {**columns, "position": 0})
    assert told_of_him(namely, house) == ["works_here"]
    assert len(path(namely, team, house).steps) == 2


def path(desk: Desk, team: TeamBox, start: int) -> Route:
    return desk.relations.path(team.card.id, start)


def test_a_merge_reads_no_note_that_stands_on_a_hidden_card(team: TeamBox, namely: Desk) -> None:
    one = namely.cards.create("person", {"name": "甲"}).id
    two = namely.cards.create("person", {"name": "乙"}).id
    team.desk("boss").relations.add(team.card.id, two, "friend", 3, f"{WORD}说明")
    namely.relations.add(one, team.card.id, "friend", 1, "见过")
    namely.merging.merge(one, two)
    notes = sorted(row.values.note for row in namely.relations.of(one))
    assert notes == ["", "见过"]
    assert WORD not in repr(namely.relations.of(one))
    kept = Relationship.select(Relationship.note).where(Relationship.card == team.card.id)
    assert f"{WORD}说明" in {row.note for row in kept}  # lost is nothing either


def test_a_forged_file_name_leads_nowhere_else(team: TeamBox, tmp_path: Path) -> None:
    Paper.update(file_name="../../forged").where(Paper.id == team.paper).execute()
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    assert team.desk("owner").papers.fetch_into(team.paper, folder) == folder / "forged"


def test_nobody_writes_over_a_verdict_that_he_does_not_see(team: TeamBox, namely: Desk) -> None:
    club = namely.clubs.make(ClubValues("球会")).id
    director = team.desk("boss")
    director.clubs.join(club, [team.card.id])
    (member,) = director.clubs.members(club)
    director.clubs.review(member.id, "keep", f"{WORD}理由")
    with pytest.raises(NotAllowed):
        namely.clubs.review(member.id, "drop", "")
    assert director.clubs.member(member.id).reason == f"{WORD}理由"


@pytest.mark.parametrize("kept", ["[1]", "1", '"x"', "null"])
def test_remarks_that_are_none_stop_no_page(team: TeamBox, kept: str) -> None:
    team.desk("boss").inspections.inspect(team.card.id, "sent_back", {"": "电话不对"})
    database.execute_sql("UPDATE inspection SET remarks = ?", [kept])
    assert [row.remarks for row in team.desk("owner").inspections.waiting()] == [{}]


SECRETS = """
[[changes]]
field = "purchases"
sensitive = true
[[changes]]
field = "risk_note"
sensitive = true
[[changes]]
field = "native_place"
sensitive = true
[[changes]]
field = "dislikes_introductions"
sensitive = true
"""


def test_what_the_team_calls_sensitive_is_told_nowhere_else(team: TeamBox) -> None:
    said = {"risk": True, "risk_note": f"{WORD}欠款", "dislikes_introductions": True}
    save(team, native_place=VILLAGE, **said)
    owner, served, card = team.desk("owner"), team.desk("served"), team.card.id
    house = owner.cards.get(team.house).values
    bought = [{"year": 2026, "product": "泵", "amount": 123_400}]
    owner.cards.save(team.house, house, {**house, "purchases": bought})
    owner.cards.create("person", {"name": "老乡", "native_place": VILLAGE})

    def learned(desk: Desk) -> tuple[bool, ...]:
        brings = desk.clubs.member(team.fellow).brings
        return (
            WORD in desk.grades.risks([card])[card],
            brings is not None and brings.bought > 0,
            desk.referrals.dislikes(card),
            any(tie.how == "same_place" for tie in desk.relations.around(card).ties),
        )

    assert learned(served) == learned(owner) == (True, True, True, True)
    team.desk("admin").team_forms.use(SECRETS)
    assert learned(served) == (False, False, False, False)
    assert learned(owner) == (True, True, True, True)
