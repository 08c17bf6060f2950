"""Boxes for tests: real files, a fixed day, one member."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from store import language
from store.clock import Clock
from store.database import Store, open_store
from store.desk import Desk

# A machine that is busy with other tests is no failure.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

TODAY = date(2026, 9, 24)
"""The day on which tests take place, a Thursday; lunar 2026-08-14."""


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Tests read English unless they ask for Chinese."""
    language.use("en")
    yield
    language.use("en")


@pytest.fixture
def clock() -> Clock:
    return Clock(shown_today=TODAY)


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    opened = open_store(tmp_path / "box.sqlite", clock)
    yield opened
    opened.close()


@pytest.fixture
def desk(store: Store) -> Desk:
    return store.desk()
