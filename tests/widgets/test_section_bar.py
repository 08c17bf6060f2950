"""The row of sections: what fits is shown, the present one is marked, clicks choose."""

import pytest
from rich.cells import cell_len
from textual.app import App

from widgets.section_bar import SectionBar, SectionTitle

SECTIONS = [
    SectionTitle(key, str(digit), title)
    for digit, (key, title) in enumerate(
        [("today", "Today"), ("cards", "客户"), ("log", "[/b]x"), ("todo", "To-do")], 1
    )
]


class Host(App[None]):
    def __init__(self):
        super().__init__()
        self.heard = []

    def compose(self):
        yield SectionBar(SECTIONS, "cards", "王小明[@click=app.quit]")

    def on_section_bar_chosen(self, message):
        self.heard.append(message.section)


def line(app: App) -> str:
    return "".join(s.text for s in app.screen._compositor.render_strips()[0])


@pytest.mark.parametrize("width", [10, 20, 33, 40, 80, 120])
async def test_it_is_one_line_of_the_screen(width):
    app = Host()
    async with app.run_test(size=(width, 5)) as pilot:
        await pilot.pause()
        assert cell_len(line(app)) == width
        assert app.query_one(SectionBar).region.height == 1
        assert line(app).startswith(" 1 Tod")


async def test_sections_and_member_are_shown_as_text():
    app = Host()
    async with app.run_test(size=(80, 5)) as pilot:
        await pilot.pause()
        assert line(app).startswith(" 1 Today  2 客户  3 [/b]x  4 To-do")
        assert line(app).rstrip().endswith("王小明[@click=app.quit]")


async def test_long_titles_are_cut_before_a_section_is_left_out():
    app = Host()
    async with app.run_test(size=(30, 5)) as pilot:
        await pilot.pause()
        assert line(app).rstrip() == " 1 Tod… 2 客户 3 [/b… 4 To-…"


async def test_the_member_gives_way():
    app = Host()
    async with app.run_test(size=(38, 5)) as pilot:
        await pilot.pause()
        assert line(app).startswith(" 1 Today  2 客户  3 [/b]x  4 To-do")
        assert "王小明" not in line(app)


async def test_the_present_section_is_marked():
    app = Host()
    async with app.run_test(size=(80, 5)) as pilot:
        await pilot.pause()
        marked = [
            s.text
            for s in app.screen._compositor.render_strips()[0]
            if s.style.underline and s.style.bold
        ]
        assert marked == ["2 客户"]


@pytest.mark.parametrize(
    ("x", "section"), [(1, "today"), (10, "cards"), (15, "cards"), (18, "log"), (60, None)]
)
async def test_a_click_chooses(x, section):
    app = Host()
    async with app.run_test(size=(80, 5)) as pilot:
        await pilot.click(SectionBar, offset=(x, 0))
        await pilot.pause()
        assert app.heard == ([section] if section else [])
