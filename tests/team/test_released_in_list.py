"""In the list a released card offers what can be done with it, and no more."""

import shutil
from pathlib import Path

from tests.journeys.walking import walking
from tests.team.team_box import NAME
from tests.team.test_screens_matrix import made

__all__ = ["made"]


async def test_a_released_card_offers_no_editing(made: Path, tmp_path: Path) -> None:
    box = tmp_path / "box.sqlite"
    shutil.copy(made, box)
    async with walking(box, "en", (100, 30), acting="namely") as walker:
        await walker.go_to("cards")
        await walker.press("slash", *"namely", "enter")
        assert {"e", "l", "t"} <= walker.app.screen.active_bindings.keys()
        await walker.press("escape", "slash", *["backspace"] * 6, *NAME, "enter")
        assert NAME in walker.text()
        assert not {"e", "l", "t"} & walker.app.screen.active_bindings.keys()
