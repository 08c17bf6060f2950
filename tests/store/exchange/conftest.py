"""Boxes that files go into and come out of; one is open at a time."""

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from store.clock import Clock
from store.database import open_store
from store.desk import Desk
from store.models.base import database
from store.records.exchange import ImportPlan, ImportResult


class Boxes:
    """Fresh boxes on disk, made by copying an empty one."""

    def __init__(self, folder: Path, empty: Path, clock: Clock) -> None:
        self.folder = folder
        self.empty = empty
        self.clock = clock
        self.count = 0

    def new(self) -> Desk:
        """The desk of a new empty box, which is open now instead of the one before."""
        self.count += 1
        path = self.folder / f"box{self.count}.sqlite"
        shutil.copy(self.empty, path)
        return open_store(path, self.clock).desk()


@pytest.fixture(scope="session")
def empty_box(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "box.sqlite"
    store = open_store(path)
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    store.close()
    return path


@pytest.fixture
def boxes(tmp_path: Path, empty_box: Path, clock: Clock) -> Iterator[Boxes]:
    yield Boxes(tmp_path, empty_box, clock)
    if not database.is_closed():
        database.close()


@pytest.fixture
def box(boxes: Boxes) -> Desk:
    """The desk of an empty box."""
    return boxes.new()


@pytest.fixture
def take(box: Desk) -> Callable[..., tuple[ImportPlan, ImportResult]]:
    """Plans and runs the import of a text or bytes into the box."""

    def taken(content: str | bytes, name: str = "book.csv", **how: Any) -> Any:
        raw = content.encode() if isinstance(content, str) else content
        plan = box.exchange.plan(io.BytesIO(raw), name, **how)
        return plan, box.exchange.run(plan)

    return taken
