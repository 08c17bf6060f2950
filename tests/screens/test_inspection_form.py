"""The form in which a card is inspected, and who has it."""

import pytest

from screens.inspection_form import VERDICT, InspectionForm, inspection_form
from screens.team_reviews import TeamReviews
from store import language
from store.database import Store
from store.forms.declaration import load_form
from store.records.inspections import SENT_BACK
from tests.screens.at_desks import At, at_desks, until
from tests.screens.conftest import settle
from tests.store.sales_team import SalesTeam, sales_team


@pytest.fixture
def team(store: Store) -> SalesTeam:
    return sales_team(store)


@pytest.fixture
def at(store: Store, team: SalesTeam) -> At:
    return at_desks(store)


def test_it_tells_what_becomes_of_a_card_that_is_sent_back() -> None:
    form = inspection_form(load_form("person"), {"name": "张山"})
    assert "waits on the owner" in form.field(VERDICT).explanation
    language.use("zh")
    assert "负责人的今日" in form.field(VERDICT).explanation


async def test_whoever_gives_no_verdict_has_no_key_for_it(at: At, team: SalesTeam) -> None:
    card = team.card("zhang", "张山")
    team["south"].inspections.inspect(card, SENT_BACK, {"": "再问问"})
    async with at("zhang", TeamReviews) as (host, pilot):
        await until(pilot, "张山")
        await settle(pilot)
        assert "Answer" in host.text()
        assert "Inspect" not in host.text()
    async with at("south", TeamReviews) as (host, pilot):
        await until(pilot, "张山")
        await until(pilot, "Inspect")


async def test_nobody_begins_a_verdict_that_would_be_refused(at: At, team: SalesTeam) -> None:
    card = team.card("zhang", "张山")
    async with at("zhang", lambda desk: InspectionForm(desk, card)) as (host, pilot):
        await settle(pilot)
        assert "Verdict" not in host.text()
        assert any("Only those who stand above" in told for told in host.told)
