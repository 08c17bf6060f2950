"""The app over SSH reaches the box and the terminal, and nothing else; it ends when left alone."""

import io
import signal
from argparse import Namespace
from pathlib import Path

import pytest
from textual.widgets import Static

from screens.sections import PAGES
from store import deeds
from store.database import open_store
from store.desk import Desk
from store.language import N_
from store.models.base import database
from store.models.team import Member
from tests.store.sample_keys import key_line
from tui.config import Configuration
from tui.driver import RestrictedDriver
from tui.restricted_app import RestrictedApp
from tui.session import Session
from tui.visit import Visit

WAITING = 300
"""Looks, 20 ms apart, until something must have come about."""


async def until(pilot, condition):
    for _ in range(WAITING):
        if condition():
            return
        await pilot.pause(0.02)
    raise AssertionError("it did not come about")


@pytest.fixture
def box(tmp_path: Path) -> Path:
    return tmp_path / "team" / "box.sqlite"


@pytest.fixture
def boss(box: Path):
    """The desk of whoever set the box up, with a rep and his key; closed before the app opens."""
    store = open_store(box)
    desk = store.desk()
    with desk.change(N_("Sample team set up")) as change:
        change.insert(Member, {"login": "zhang", "name": "张磊"})
    desk.keys.add("zhang", key_line(1))
    yield desk
    store.close()


@pytest.fixture
def app(sample_sections: None, boss: Desk, box: Path, tmp_path: Path, monkeypatch):
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    (key,) = boss.keys.list()
    boss.store.close()
    visit = Visit("zhang", key.fingerprint, "10.0.0.7 5 10.0.0.1 22", "shuke", str(box))
    options = Namespace(database=None, demo=False, acting=None, lang="en", today=None)
    return RestrictedApp(Session(options, Configuration(), visit=visit))


async def test_a_coming_in_is_noted_with_key_and_address(app, box):
    async with app.run_test(size=(80, 24)) as pilot:
        sql = "SELECT place, origin FROM change_set WHERE origin = ?"

        def logins():
            store = open_store(box)
            try:
                return database.execute_sql(sql, [deeds.LOGIN]).fetchall()
            finally:
                store.close()

        await until(pilot, lambda: app.member_name)
        await app.workers.wait_for_complete()
        place = app.session.visit.place
    assert place.endswith(" 10.0.0.7")
    assert logins() == [(place, deeds.LOGIN)]


@pytest.mark.parametrize(
    "action",
    [
        *("screenshot", "screenshot('a','/tmp')", "suspend_process", "simulate_key('q')"),
        *("add_class('Screen','x')", "toggle_class('Screen','x')", "remove_class('Screen','x')"),
        *("push_screen('x')", "switch_screen('x')", "switch_mode('log')", "change_theme"),
    ],
)
async def test_actions_that_no_key_asks_for_do_nothing(app, action, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        before = {file.name for file in tmp_path.iterdir()}
        screen = app.screen
        assert await app.run_action(f"app.{action}") is False
        await pilot.pause()
        assert app.screen is screen
        assert not app.screen.has_class("x")
        assert {file.name for file in tmp_path.iterdir()} == before


async def test_no_pictures_no_files_no_pages(app, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    async with app.run_test(size=(80, 24)) as pilot:
        before = sorted(tmp_path.rglob("*.svg")) + sorted(tmp_path.rglob("*.txt"))
        app.deliver_screenshot("a.svg", str(tmp_path))
        app.deliver_text(io.StringIO("x"), save_directory=tmp_path, save_filename="a.txt")
        app.deliver_binary(io.BytesIO(b"x"), save_directory=tmp_path, save_filename="b.txt")
        app.open_url("http://example.com")
        with pytest.raises(Exception, match="SSH"):
            app.save_screenshot("a.svg", str(tmp_path))
        await pilot.pause()
    assert sorted(tmp_path.rglob("*.svg")) + sorted(tmp_path.rglob("*.txt")) == before
    assert opened == []


async def test_the_palette_offers_no_pictures(app):
    async with app.run_test(size=(80, 24)):
        titles = [command.title for command in app.get_system_commands(app.screen)]
    assert "Screenshot" not in titles
    assert "Import cards from a file" in titles


async def test_a_click_on_stored_markup_does_nothing(app):
    async with app.run_test(size=(80, 24)) as pilot:
        link = Static("[@click=app.quit]click[/] [@click=app.section('log')]me[/]", id="link")
        await app.screen.mount(link)
        await pilot.pause()
        for x in (1, 7):
            await pilot.click("#link", offset=(x, 0))
        await pilot.pause()
        assert app.is_running
        assert app.return_code is None
        assert app.current_mode == "today"


async def test_files_are_those_of_the_member(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.member_name)
        app.open_import()
        await until(pilot, lambda: app.screen.query("#bring"))
        shown = str(app.screen.query_one("#bring", Static).content)
        assert "ssh shuke@10.0.0.1 shuke inbox put book.csv < book.csv" in shown
        assert not app.screen.query("#path")
        await app.pop_screen()
        app.open_export(app.screen)
        await until(pilot, lambda: type(app.screen).__name__ == "OutboxExport")
    assert PAGES["import"] != PAGES["import_over_ssh"]


async def test_an_export_waits_in_the_outbox_or_goes_to_the_clipboard(app, box):
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: app.member_name)
        await app.desk.write(lambda desk: desk.cards.create("person", {"name": "张山"}))
        app.open_export(app.screen)
        await until(pilot, lambda: type(app.screen).__name__ == "OutboxExport")
        screen = app.screen
        await pilot.press("x")
        await until(pilot, lambda: screen.told_last)
        name = screen.usual_name
        fetch = f"ssh shuke@10.0.0.1 shuke outbox get {name} > {name}"
        assert fetch in screen.told_last
        [file] = (box.parent / "outbox").glob(f"*/{name}")
        assert "张山" in file.read_text("utf-8-sig")
        await pilot.press("c")
        await until(pilot, lambda: "张山" in app.clipboard)
        assert not app.clipboard.startswith("\ufeff")
        screen.form = "xlsx"
        app._clipboard = ""
        await pilot.press("c")
        await pilot.pause(0.1)
        assert app.clipboard == ""


async def test_too_much_for_the_clipboard_is_said(app, monkeypatch):
    monkeypatch.setattr("screens.outbox_export.SMALL", 100)
    said = []
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.member_name)
        await app.desk.write(lambda desk: desk.cards.create("person", {"name": "张山" * 20}))
        app.open_export(app.screen)
        await until(pilot, lambda: type(app.screen).__name__ == "OutboxExport")
        app.notify = lambda message, **_options: said.append(message)
        await pilot.press("c")
        await until(pilot, lambda: said)
        assert "too much" in said[0]
        assert app.clipboard == ""
        # Noted before the first byte went out: it is not known here how much of it was read.
        assert len(await app.desk.read(lambda desk: desk.trail.exports())) == 1


async def test_a_session_that_is_left_alone_ends_and_says_so(app):
    app.idle_minutes = 1
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.member_name)
        app._last_input -= 59.0
        await pilot.press("j")
        app._wait_for_idleness()
        await pilot.pause(0.1)
        assert app._exit is False
        app._last_input -= 60.0
        app._wait_for_idleness()
        await until(pilot, lambda: app._exit)
        assert "no key for 1 min" in app.last_words
        assert "kept" in app.screen_stack[0].heard


async def test_whoever_does_not_work_here_any_more_is_told_and_goes(app, box):
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.member_name)
        await app.workers.wait_for_complete()
        await app.desk.write(_let_go)
        app._look_for_changes()
        await until(pilot, lambda: app._exit)
        assert "do not work here" in app.last_words
    assert app.return_code == 3


def _let_go(desk: Desk) -> None:
    with desk.store.transaction():
        database.execute_sql("UPDATE member SET active = 0 WHERE login = 'zhang'")


async def test_whoever_comes_with_a_revoked_key_is_told_and_goes(app, box):
    store = open_store(box)
    database.execute_sql("DELETE FROM public_key")
    store.close()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app._exit)
        assert "key" in app.last_words
    assert app.return_code == 3


def test_the_driver_neither_sleeps_nor_writes_files(app, tmp_path):
    driver = RestrictedDriver.__new__(RestrictedDriver)
    assert driver.can_suspend is False
    assert driver._sigtstp_application(signal.SIGTSTP, None) is None
    content = io.BytesIO(b"x")
    driver.deliver_binary(content, delivery_key="k", save_path=tmp_path / "x")
    assert content.closed
    assert not (tmp_path / "x").exists()
    assert app.get_driver_class() is RestrictedDriver


async def test_what_a_terminal_of_another_encoding_sends_is_not_typed(app):
    from textual.events import Key, Paste

    from tui.driver import STRANGE

    said = []
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.member_name)
        search = app.screen.query_one("#search")
        search.focus()
        app.notify = lambda message, **_options: said.append(message)
        for event in (Key("x", STRANGE), Key("y", STRANGE), Paste(f"a{STRANGE}")):
            await app.on_event(event)
        await pilot.press("a")
        assert search.value == "a"
    assert len(said) == 1
    assert "UTF-8" in said[0]
