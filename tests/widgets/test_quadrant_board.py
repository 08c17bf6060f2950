"""The board of four quadrants: moving, finishing, putting off, going about by keys."""

import pytest
from rich.cells import cell_len
from textual.app import App

from widgets.quadrant_board import QuadrantBoard
from widgets.row_pages import Row

TODOS = {
    1: [
        Row("a", ("!", "今天", "华东电子 交货期答复")),
        Row("b", ("!", "昨天", "恒通物流 催款"), "error"),
        Row("c", ("", "周三", "[/b]送样品[@click=app.quit]x")),
    ],
    2: [Row(f"m{i}", ("", "周五", f"第{i}件")) for i in range(60)],
    3: [Row("d", ("", "今天", "报销单"))],
}


class Host(App[None]):
    def __init__(self):
        super().__init__()
        self.heard = []

    def compose(self):
        yield QuadrantBoard()

    def on_mount(self):
        self.board.set_todos(TODOS)
        self.board.quadrant(1).focus()

    @property
    def board(self) -> QuadrantBoard:
        return self.query_one(QuadrantBoard)

    def on_quadrant_board_moved(self, message):
        self.heard.append(("moved", message.keys, message.quadrant))

    def on_quadrant_board_done(self, message):
        self.heard.append(("done", message.key))

    def on_quadrant_board_postponed(self, message):
        self.heard.append(("postponed", message.key))

    def on_quadrant_board_opened(self, message):
        self.heard.append(("opened", message.key))

    def on_quadrant_board_new_wanted(self, message):
        self.heard.append(("new", message.quadrant))


def lines(app: App) -> list[str]:
    return ["".join(s.text for s in strip) for strip in app.screen._compositor.render_strips()]


@pytest.mark.parametrize(
    ("keys", "heard"),
    [
        (["circumflex_accent"], ("moved", ("a",), 2)),
        (["down", "shift+right"], ("moved", ("b",), 2)),
        (["space", "space", "exclamation_mark"], ("moved", ("a", "b"), 3)),
        (["shift+down"], ("moved", ("a",), 3)),
        (["right", "exclamation_mark"], ("moved", ("m0",), 4)),
        (["right", "circumflex_accent"], ("moved", ("m0",), 1)),
        (["tab", "tab", "shift+up"], ("moved", ("d",), 1)),
        (["x"], ("done", "a")),
        (["j", "z"], ("postponed", "b")),
        (["enter"], ("opened", "a")),
        (["right", "enter"], ("opened", "m0")),
        (["tab", "tab", "x"], ("done", "d")),
        (["n"], ("new", 1)),
        (["right", "t"], ("new", 2)),
        (["end", "down", "x"], ("done", "d")),
        (["right", "left", "down", "x"], ("done", "b")),
    ],
)
async def test_keys(keys, heard):
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        assert app.heard == [heard]


async def test_nothing_happens_where_there_is_nothing():
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        app.board.quadrant(4).focus()
        await pilot.press("x", "z", "exclamation_mark", "enter", "shift+up")
        app.board.quadrant(1).focus()
        await pilot.press("shift+left", "shift+up", "1", "2", "3", "4")
        assert app.heard == []


async def test_titles_count_and_text_stays_text():
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = lines(app)
        assert "Important and urgent (3)" in shown[0]
        assert "Important, not urgent (60)" in shown[0]
        assert "[/b]送样品[@click=app.quit]x" in shown[3]
        assert any("Neither (0)" in line for line in shown)
        assert all(cell_len(line) == 80 for line in shown)


async def test_a_long_quadrant_scrolls_in_itself():
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("right", "end")
        await pilot.pause()
        shown = "\n".join(lines(app))
        assert "第59件" in shown
        assert "Important, not urgent (60)" in shown
        assert "华东电子" in shown


@pytest.mark.parametrize("size", [(40, 16), (30, 10), (59, 24)])
async def test_where_there_is_little_room_all_can_still_be_reached(size):
    app = Host()
    async with app.run_test(size=size) as pilot:
        for number in (1, 2, 3, 4):
            app.board.quadrant(number).focus()
            await pilot.pause()
            await pilot.pause()
            assert app.board.quadrant(number).region.overlaps(app.screen.region)
        app.board.quadrant(1).focus()
        await pilot.press("end", "down", "x")
        assert app.heard == [("done", "m0")]


async def test_the_cursor_and_marks_stay_with_their_rows():
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "space")
        app.board.set_todos({**TODOS, 1: [Row("new", ("", "", "新的")), *TODOS[1][1:]]})
        await pilot.pause()
        assert app.board.key == "c"
        assert app.board.quadrant(1).marks == ("b",)
