"""A text is written in its place, and the screen is arranged anew only where it needs that."""

import pytest
from textual.app import App
from textual.content import Content
from textual.widgets import Static

from widgets.steady_text import SteadyText
from widgets.text_input import LineInput


class Host(App[None]):
    CSS = """
    #line { height: 1; }
    #lines { height: auto; min-height: 2; }
    #word { width: auto; height: 1; }
    """

    def __init__(self):
        super().__init__()
        self.arranged = 0

    def compose(self):
        yield SteadyText("a", id="line")
        yield SteadyText("a", id="lines")
        yield Static("below", id="below")
        yield SteadyText("abc", id="word")
        yield LineInput(id="field")

    def text(self, name: str) -> str:
        widget = self.query_one(f"#{name}", Static)
        return "\n".join(strip.text.rstrip() for strip in widget.render_lines(widget.size.region))


def count(app: Host) -> None:
    arrange = app.screen._refresh_layout

    def counting(*arguments, **options):
        app.arranged += 1
        arrange(*arguments, **options)

    app.screen._refresh_layout = counting


@pytest.mark.parametrize(
    ("name", "text"),
    [("line", "b"), ("line", "long " * 40), ("lines", "b"), ("lines", "b\nc"), ("word", "甲b")],
)
async def test_what_takes_the_same_room_moves_nothing(name, text):
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.1)  # the first frame is done with
        count(app)
        app.query_one(f"#{name}", SteadyText).update(Content(text))
        await pilot.pause()
        assert app.arranged == 0
        assert app.text(name).startswith(text.split()[0])


async def test_what_takes_another_room_gets_it():
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        below = app.query_one("#below")
        assert below.region.y == 3
        app.query_one("#lines", SteadyText).update(Content("one\ntwo\nthree\nfour"))
        await pilot.pause()
        assert below.region.y == 5
        assert app.text("lines") == "one\ntwo\nthree\nfour"
        app.query_one("#lines", SteadyText).update(Content(""))
        await pilot.pause()
        assert below.region.y == 3
        app.query_one("#word", SteadyText).update(Content("longer"))
        await pilot.pause()
        assert app.query_one("#word").size.width == 6
        assert app.text("word") == "longer"


@pytest.mark.slow
async def test_a_letter_moves_nothing_and_a_long_line_follows_the_cursor():
    app = Host()
    async with app.run_test(size=(20, 24)) as pilot:
        field = app.query_one(LineInput)
        field.focus()
        await pilot.pause()
        count(app)
        await pilot.press(*"abc")
        assert app.arranged == 0
        await pilot.press(*"defghijklmnopqrstuvwxyz0123456789")
        await pilot.pause()
        shown = "".join(strip.text for strip in field.render_lines(field.size.region))
        assert shown.rstrip().endswith("23456789")
        await pilot.press("home")
        await pilot.pause()
        shown = "".join(strip.text for strip in field.render_lines(field.size.region))
        assert shown.startswith("abcdef")
        assert app.arranged == 0
