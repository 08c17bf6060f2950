"""Clubs on screens: made, filled, looked through."""

from datetime import date

from screens.card_pick import CardPick
from screens.cards import Cards
from screens.club_form import ClubForm, VerdictForm
from screens.club_page import ClubPage
from screens.clubs_page import ClubsPage
from screens.pick import Pick
from store.records.clubs import ClubValues
from tests.screens.typing import fill


async def fill_all(pilot, texts: dict[str, str]) -> None:
    for key, text in texts.items():
        await fill(pilot, key, text)


def lines(app) -> list[str]:
    return [" ".join(line.split()) for line in app.text().splitlines()]


async def test_a_club_is_made_and_filled(showing, box, settled) -> None:
    async with showing(ClubsPage) as (app, pilot):
        assert "No club yet: n makes one" in app.text()
        await pilot.press("n")
        await settled(pilot)
        assert isinstance(app.screen, ClubForm)
        await fill_all(pilot, {"name": "金卡会", "purpose": "老客户", "review_on": "today"})
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert isinstance(app.screen, ClubPage)
        await pilot.press("n")
        await settled(pilot)
        assert isinstance(app.screen, CardPick)
        await pilot.press(*"lxm")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        (club,) = box.clubs.all()
        assert [row.card.name for row in box.clubs.members(club.id)] == ["李雪梅"]
        assert "李雪梅" in app.text()
        await pilot.press("v")
        await settled(pilot)
        assert isinstance(app.screen, VerdictForm)
        await fill_all(pilot, {"verdict": "drop", "reason": "两年没下单"})
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "drop" in app.text()
        await pilot.press("x")
        await settled(pilot)
        assert "Nobody is in it yet" in app.text()
        await pilot.press("m")
        await settled(pilot)
        assert lines(app)[3] == "李雪梅 left 两年没下单 2026-09-24"
        await pilot.press("escape")
        await settled(pilot)
        assert any(line.startswith("金卡会 0 today") for line in lines(app))


async def test_marked_cards_go_into_a_club(showing, box, settled) -> None:
    club = box.clubs.make(ClubValues("金卡会", "", date(2026, 9, 1))).id
    async with showing(Cards, (100, 30)) as (app, pilot):
        await pilot.press("space", "space", "a")
        await settled(pilot)
        place = [text for _value, text in app.screen._choices].index("Put into a club")
        for _row in range(place):
            await pilot.press("down")
        await pilot.press("enter")
        for _turn in range(50):
            await pilot.pause(0.02)
            if isinstance(app.screen, Pick):
                break
        await pilot.press("enter")
        await settled(pilot)
        assert box.clubs.get(club).members == 2
        assert "2 customers put into the club" in app.told[-1]


async def test_a_club_is_put_away_and_comes_back(showing, box, settled) -> None:
    box.clubs.make(ClubValues("金卡会"))
    async with showing(ClubsPage, (40, 12)) as (app, pilot):
        await pilot.press("d")
        await settled(pilot)
        assert box.clubs.all() == []
        await pilot.press("u")
        await settled(pilot)
        assert "金卡会" in app.text()
