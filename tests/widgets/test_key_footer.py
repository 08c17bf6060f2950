"""The footer: the keys that work here, whole ones only, painted only when they change."""

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.binding import Binding
from textual.widgets import Input

from widgets.key_footer import KeyFooter
from widgets.row_list import RowList
from widgets.row_pages import Row


class Host(App[None]):
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [
        Binding("slash", "hear('slash')", "Search"),
        Binding("e", "hear('e')", "编辑"),
        Binding("n", "hear('n')", "[/b]New"),
        Binding("h", "hidden", "Hidden", show=False),
        Binding("d", "dimmed", "Dimmed"),
        Binding("question_mark,f1", "help", "Help"),
        Binding("u", "hear('u')", "Undo"),
    ]

    def __init__(self):
        super().__init__()
        self.heard = []

    def compose(self):
        yield RowList(())
        yield Input(id="one")
        yield Input(id="two")
        yield KeyFooter()

    def on_mount(self):
        self.query_one(RowList).set_rows([Row("1", ())])

    def check_action(self, action, parameters):
        return None if action == "dimmed" else True

    def action_hear(self, key):
        self.heard.append(key)


def line(app: App) -> str:
    return "".join(s.text for s in app.screen._compositor.render_strips()[-1])


async def test_keys_of_the_focused_widget_come_first():
    app = Host()
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        await pilot.pause()
        expected = " Enter Open  Space Mark  / Search  e 编辑  n [/b]New  u Undo  ? Help"
        assert line(app).rstrip() == expected


async def test_a_list_without_rows_has_no_keys_for_them():
    app = Host()
    async with app.run_test(size=(80, 12)) as pilot:
        app.query_one(RowList).set_rows([])
        await pilot.pause()
        await pilot.pause()
        assert line(app).rstrip() == " / Search  e 编辑  n [/b]New  u Undo  ? Help"


@pytest.mark.parametrize("width", [8, 15, 30, 40, 60, 80])
async def test_what_has_no_room_is_left_out_whole_and_help_stays(width):
    app = Host()
    async with app.run_test(size=(width, 12)) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert cell_len(line(app)) == width
        assert line(app).rstrip().endswith("? Help")
        whole = " Enter Open  Space Mark  / Search  e 编辑  n [/b]New  u Undo"
        assert whole.startswith(line(app).removesuffix("? Help").rpartition("? Help")[0].rstrip())


async def test_a_text_field_takes_its_letters():
    app = Host()
    async with app.run_test(size=(80, 12)) as pilot:
        app.query_one("#one").focus()
        await pilot.pause()
        await pilot.pause()
        assert line(app).strip() == "F1 Help"


async def test_it_is_painted_only_when_the_keys_change():
    app = Host()
    async with app.run_test(size=(80, 12)) as pilot:
        app.query_one("#one").focus()
        await pilot.pause()
        await pilot.pause()
        footer = app.query_one(KeyFooter)
        painted = []
        render = footer.render
        footer.render = lambda: painted.append(1) or render()
        app.query_one("#two").focus()
        await pilot.pause()
        await pilot.pause()
        assert painted == []
        app.query_one(RowList).focus()
        await pilot.pause()
        await pilot.pause()
        assert painted


async def test_a_click_does_what_the_key_does():
    app = Host()
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        await pilot.pause()
        x = line(app).index("/ Search")
        await pilot.click(KeyFooter, offset=(x, 0))
        await pilot.pause()
        assert app.heard == ["slash"]
