"""Where lists and pages tell of grades: a further column, the preview, the history, the rules."""

from screens.briefing import Briefing
from screens.card_rows import EXTRA, extra_of
from screens.cards import Cards
from screens.settings import Settings
from store.models.base import database
from store.records.cards import CardQuery


async def test_the_list_shows_what_its_filter_is_about(showing, box, settled) -> None:
    card = box.cards.resolve("张山").id
    box.cards.flag_risk([card], "arrears")
    box.cards.set_values([card], {"route_order": 3, "credit_grade": "B", "credit_limit": 100_000})
    async with showing(Cards) as (app, pilot):
        assert "! 张山" in app.text()
        assert "AT RISK" in app.text() or app.screen.item.id != card
        app.screen.arrive("risk")
        await settled(pilot)
        assert app.screen.wanted == CardQuery(risk=True)
        assert "Arrears" in app.text()
        assert "Risk" in app.text().splitlines()[2]
        assert "AT RISK" in app.text()
        app.screen.change_query(CardQuery(sort="route"))
        await settled(pilot)
        assert "Route" in app.text().splitlines()[2]
        assert "张山" in app.text().splitlines()[3]
        app.screen.change_query(CardQuery(credit_grades=("B",)))
        await settled(pilot)
        assert "B ¥1,000" in app.text()
        app.screen.change_query(CardQuery())
        await settled(pilot)
        assert app.screen.extra == ""


def test_each_further_column_is_asked_for_by_some_query() -> None:
    queries = [
        CardQuery(risk=True),
        CardQuery(put_off=True),
        CardQuery(owners=("a",)),
        *(CardQuery(sort=sort) for sort in ("route", "value", "credit", "importance", "complete")),
        CardQuery(review_due=True),
    ]
    assert {extra_of(query) for query in queries} == set(EXTRA)
    assert extra_of(CardQuery(lifecycles=("target",))) == ""


async def test_history_begins_with_how_the_grades_changed(showing, box, settled) -> None:
    card = box.cards.resolve("张山").id
    box.cards.set_values([card], {"lifecycle": "likely"})
    box.cards.set_values([card], {"likelihood": "C"})
    box.trail.undo()
    async with showing(lambda desk: Briefing(desk, card)) as (app, pilot):
        app.screen.view = "history"
        await settled(pilot)
        text = app.text()
        assert "Grades and owner" in text
        assert "Level: target -> likely" in text
        assert "Likelihood: unclassified -> C" not in text


async def test_whoever_leads_the_team_changes_its_rules_in_the_settings(
    showing, box, settled
) -> None:
    async with showing(Settings) as (app, pilot):
        assert "every 2 months" in app.text()
        app.screen.list.cursor = len(app.screen.offered) - 4
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("3")
        await settled(pilot)
        assert box.rules.get().review_months == 3
        assert "every 3 months" in app.text()
    database.execute_sql("UPDATE member SET role = 'rep'")


async def test_others_do_not_see_the_rules_there(showing, box, background, settled) -> None:
    database.execute_sql("UPDATE member SET role = 'rep'")
    box.look_at_member()
    async with showing(Settings) as (app, _pilot):
        assert "Team: cards" not in app.text()
