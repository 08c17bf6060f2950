"""Who says what of people at an organisation, and what of them nobody else learns."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from store.clock import Clock
from store.database import open_store
from store.errors import NotAllowed, NotFound
from store.models.sharing import CardRelease
from store.records.people import HIDDEN, PersonRow, PlaceValues
from tests.team.team_box import NAME, TITLE, TeamBox, _write, make_team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[TeamBox]:
    store = open_store(tmp_path / "box.sqlite", Clock(shown_today=date(2026, 9, 24)))
    yield make_team(store)
    store.close()


def everything_seen(team: TeamBox, login: str, level: str = "whole") -> None:
    """Release all cards to a member."""
    now = team.store.clock.now()
    member = team.desk(login).member.id
    given = {"member_id": member, "level": level, "given_by_id": 1, "given_at": now}
    _write(team.store, CardRelease, id=9, updated_at=now, **given)


@pytest.fixture
def house(team: TeamBox) -> int:
    """An organisation of a rep of another department."""
    return team.desk("rep").cards.create("organisation", {"name": "南方仪表"}).id


@pytest.fixture
def guest(team: TeamBox, house: int) -> PersonRow:
    """The owner's customer, who has a further place there; entered by the director."""
    return team.desk("boss").people.add(
        house, team.card.number, PlaceValues(title="顾问", note="秘密")
    )


def test_whoever_looks_after_the_organisation_says_what_part_somebody_plays(
    team: TeamBox, house: int, guest: PersonRow
) -> None:
    rep = team.desk("rep")
    with pytest.raises(NotFound):  # he does not see him
        rep.people.update(guest.id, guest.values, replace(guest.values, role="user"))
    everything_seen(team, "rep")
    kept = rep.people.update(guest.id, guest.values, replace(guest.values, role="user"))
    assert kept.values.role == "user"
    for refused in ({"title": "x"}, {"since": date(2020, 1, 1)}, {"until": date(2020, 1, 1)}):
        with pytest.raises(NotAllowed):
            rep.people.update(guest.id, kept.values, replace(kept.values, **refused))
    with pytest.raises(NotAllowed):
        rep.people.remove(guest.id)
    # His own undo takes back what he may write.
    rep.trail.undo()
    assert rep.people.get(guest.id).values.role is None


def test_another_rep_says_nothing(team: TeamBox, house: int, guest: PersonRow) -> None:
    everything_seen(team, "partly")
    with pytest.raises(NotAllowed):
        team.desk("partly").people.update(
            guest.id, guest.values, replace(guest.values, role="user")
        )


def test_whoever_is_not_seen_is_in_no_list(team: TeamBox, house: int, guest: PersonRow) -> None:
    rep = team.desk("rep")
    below = rep.people.add(house, "小陈")
    boss = team.desk("boss")
    boss.people.update(below.id, below.values, replace(below.values, reports_to=guest.card_id))
    assert [row.name for row in rep.people.of(house, past=True)] == ["小陈"]
    seen = rep.people.get(below.id)
    assert (seen.head, seen.above) == ("", HIDDEN)
    assert NAME not in repr(rep.people.chart(house)) + repr(rep.people.gaps(house))
    assert NAME not in repr(rep.people.rows_for_form(house))
    # What he saves beside it leaves the head that he does not see.
    kept = rep.people.update(below.id, seen.values, replace(seen.values, role="user"))
    assert kept.values.reports_to == guest.card_id
    rows = rep.people.rows_for_form(house)
    with rep.change("x") as change:
        rep.people.save_rows(change, house, rows, [{**rows[0], "title": "工程师"}])
    assert rep.people.get(below.id).values.reports_to == guest.card_id


def test_whoever_is_released_tells_name_and_title_of_his_main_place(
    team: TeamBox, house: int, guest: PersonRow
) -> None:
    everything_seen(team, "rep", "released")
    rep = team.desk("rep")
    assert rep.people.of(house) == []  # there he has a further place, which is not released
    boss = team.desk("boss")
    boss.people.leave(team.place.id)
    boss.people.update(guest.id, guest.values, replace(guest.values, until=date(2026, 9, 1)))
    back = boss.people.update(
        guest.id, boss.people.get(guest.id).values, replace(guest.values, note="秘密")
    )
    assert back.main
    row = rep.people.of(house)[0]
    assert (row.name, row.values, row.whole) == (NAME, PlaceValues(title="顾问"), False)
    assert (row.phone, row.met_at, row.owner) == ("", None, "")
    assert TITLE not in repr(row)
    with pytest.raises(NotFound):
        rep.people.get(row.id)
    assert rep.people.rows_for_form(house) == []
    # He may be whom somebody reports to.
    chen = rep.people.add(house, "小陈", PlaceValues(reports_to=row.card_id))
    assert [each.depth for each in rep.people.chart(house)] == [0, 1]
    assert rep.people.rows_for_form(house)[0]["reports_to"] == NAME
    assert chen.head == NAME
