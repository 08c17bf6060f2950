"""The pictures of the README and of every screen: `python -m bench.pictures [--all FOLDER]`.

Without a folder the few pictures of the README are painted into docs/pictures. With one, every
screen is painted at 80x24 and 120x40, in Chinese and English, light and dark, to be looked at.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from argparse import Namespace
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")

from textual.pilot import Pilot

from bench.picture import save_picture
from store import language
from store.clock import Clock
from store.demo import make_demo

TARGET = Path(__file__).resolve().parent.parent / "docs" / "pictures"
DAY = date(2026, 9, 24)
"""The day that the pictures show."""

SIZES = ((80, 24), (120, 40))

Steps = Callable[[Pilot[object]], Awaitable[None]]


async def rest(pilot: Pilot[object]) -> None:
    """Wait until nothing is being worked on."""
    for _ in range(100):
        await pilot.pause(0.03)
        if all(worker.is_finished for worker in pilot.app.workers):
            break
    await pilot.pause()


def keys(*pressed: str) -> Steps:
    """Steps that press keys, one after the other."""

    async def press(pilot: Pilot[object]) -> None:
        for key in pressed:
            await pilot.press(key)
            await rest(pilot)

    return press


def opened(name: str, *pressed: str) -> Steps:
    """Steps that open a page, as the command palette does, and press keys there."""

    async def open_page(pilot: Pilot[object]) -> None:
        from screens.sections import page
        from tui.app import ShukeApp

        assert isinstance(pilot.app, ShukeApp)
        await pilot.app.push_screen(page(name)(pilot.app.desk))
        await rest(pilot)
        await keys(*pressed)(pilot)

    return open_page


SCREENS: dict[str, Steps] = {
    "today": keys(),
    "cards": keys("2"),
    "search": keys("2", "slash", "z", "s"),
    "filter": keys("2", "f"),
    "briefing": keys("2", "slash", "z", "s", "enter"),
    "whole": keys("2", "slash", "z", "s", "enter", "right"),
    "talks": keys("2", "slash", "z", "s", "enter", "right", "right"),
    "history": keys("2", "slash", "z", "s", "enter", "left"),
    "people": keys("2", "slash", *"杭州华东", "enter", *["right"] * 4),
    "relations": keys("2", "slash", "z", "s", "enter", *["right"] * 4),
    "papers": keys("2", "slash", *"杭州华东", "enter", *["right"] * 6),
    "segments": keys("2", "S"),
    "pile": keys("2", "w"),
    "merge": opened("duplicates", "down", "enter"),
    "thanks": opened("referrals"),
    "club": opened("clubs", "enter"),
    "reviews": keys("8", *["right_square_bracket"] * 3),
    "editor": keys("2", "slash", "z", "s", "enter", "e"),
    "new": keys("2", "n", "1"),
    "log": keys("3"),
    "logline": keys("2", "slash", "z", "s", "enter", "l", *"电话 聊了新报价 *4 @三天后 回访"),
    "logform": keys("3", "enter"),
    "todos": keys("4"),
    "todoline": keys("4", "n", *"给张伟送样品 @下周三 !"),
    "todoform": keys("4", "enter"),
    "dates": keys("5"),
    "members": keys("8"),
    "member": keys("8", "down", "down", "e"),
    "departments": keys("8", "right_square_bracket"),
    "work": keys("8", *["right_square_bracket"] * 2),
    "loans": keys("8", *["right_square_bracket"] * 4),
    "releases": keys("8", *["right_square_bracket"] * 5),
    "volumes": keys("8", *["right_square_bracket"] * 6, "v"),
    "audit": keys("8", *["right_square_bracket"] * 7),
    "handover": keys("2", "h"),
    "remark": keys("2", "at", *"李静 这单您看看"),
    "help": keys("2", "question_mark"),
    "palette": keys("ctrl+p", "z"),
}
"""How to come to each picture from the first screen."""

README = (
    ("cards", "zh", "dark", (120, 40)),
    ("briefing", "zh", "dark", (80, 24)),
    ("todos", "zh", "dark", (80, 24)),
    ("dates", "zh", "light", (80, 24)),
    ("editor", "en", "dark", (80, 24)),
    ("people", "zh", "dark", (80, 24)),
    ("relations", "zh", "dark", (80, 24)),
)


async def paint(
    box: Path, screen: str, spoken: str, theme: str, size: tuple[int, int], folder: Path
) -> Path:
    """Paint one screen into a folder, and give its file."""
    from tui.app import ShukeApp
    from tui.config import Configuration
    from tui.session import Session

    language.use(spoken)
    options = Namespace(database=str(box), acting=None, lang=spoken, today=DAY, demo=False)
    session = Session(options, Configuration())
    app = ShukeApp(session)
    target = folder / f"{screen}-{spoken}-{theme}-{size[0]}x{size[1]}.png"
    async with app.run_test(size=size) as pilot:
        await rest(pilot)
        app.theme = theme
        await rest(pilot)
        await SCREENS[screen](pilot)
        save_picture(app, target)
    return target


def main() -> None:
    """Make the sample box and paint."""
    parser = argparse.ArgumentParser(prog="python -m bench.pictures", description=__doc__)
    parser.add_argument("--all", type=Path, metavar="FOLDER")
    parser.add_argument("--only", nargs="+", choices=sorted(SCREENS))
    wanted = parser.parse_args()
    folder = wanted.all or TARGET
    folder.mkdir(parents=True, exist_ok=True)
    plan = list(README)
    if wanted.all:
        plan = [
            (screen, spoken, theme, size)
            for screen in SCREENS
            for spoken, theme in (("zh", "dark"), ("en", "light"))
            for size in SIZES
            if not wanted.only or screen in wanted.only
        ]
    with tempfile.TemporaryDirectory() as name:
        box = Path(name) / "demo.sqlite"
        make_demo(box, Clock(shown_today=DAY))
        for screen, spoken, theme, size in plan:
            print(asyncio.run(paint(box, screen, spoken, theme, size, folder)).name)


if __name__ == "__main__":
    main()
