"""Where there is no card under the cursor, a key for one says so."""

import pytest

from screens.cards import Cards
from screens.dates import Dates
from screens.today import Today
from store.records.cards import CardQuery


@pytest.mark.parametrize(
    ("screen", "keys"),
    [(Today, "eb"), (Dates, "ebn"), (Cards, "eba")],
    ids=["today", "dates", "cards"],
)
async def test_a_key_for_a_card_says_that_there_is_none(screen, keys, showing, settled) -> None:
    async with showing(screen) as (app, pilot):
        if screen is Cards:
            app.screen.change_query(CardQuery(lifecycles=("former",)))
            await settled(pilot)
        assert app.screen.card_id is None
        for key in keys:
            app.clear_notifications()
            await pilot.press(key)
            await settled(pilot)
            assert app.told == ["There is no card here: / looks for one"]
