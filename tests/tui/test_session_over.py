"""A session ends by itself, with its words kept, when it cannot go on."""

import sqlite3
from contextlib import closing

import pytest

from store.database import SCHEMA
from tests.tui.test_app import until


@pytest.mark.parametrize(
    ("statement", "told", "status"),
    [
        (f"PRAGMA user_version = {SCHEMA + 1}", "newer version", 6),
        ("UPDATE member SET active = 0", "do not work here any more", 3),
    ],
)
async def test_a_session_that_cannot_go_on_keeps_its_words_and_ends(
    make_app, tmp_path, monkeypatch, statement, told, status
):
    monkeypatch.setattr("tui.app.WATCH", 0.05)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.member_name)
        await pilot.pause(0.2)
        screen = app.screen
        screen.words = "还没保存"
        with closing(sqlite3.connect(tmp_path / "box.sqlite")) as other, other:
            other.execute(statement)
            # What changes the schema, or a member, stands in the trail as well.
            other.execute("INSERT INTO counter (name, value) VALUES ('x', 1)")
        await until(pilot, lambda: app._exit)
    assert "kept" in screen.heard
    assert told in app.last_words
    assert app.return_code == status
