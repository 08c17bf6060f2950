"""The team's box, made once for a module: every attempt in it is rolled back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from store import language
from store.clock import Clock
from store.database import open_store
from tests.team.team_box import TeamBox, make_team


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TeamBox]:
    language.use("en")
    folder: Path = tmp_path_factory.mktemp("team")
    store = open_store(folder / "box.sqlite", Clock(shown_today=date(2026, 9, 24)))
    yield make_team(store)
    store.close()
