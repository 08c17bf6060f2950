"""The row list in an empty app: keys, pages, marks, repainting, hostile text."""

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.content import Content

from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import PAGE, Row

COLUMNS = (
    Column("name", "Name", 12, share=1),
    Column("organisation", "Organisation", 20, share=2),
    Column("days", "Days", 6, align="right"),
)


class Host(App[None]):
    """Answers pages at once, or keeps them back."""

    def __init__(self, count=300, *, answers=True, mark=""):
        super().__init__()
        self.count, self.answers, self.mark = count, answers, mark
        self.heard: list[object] = []
        self.wanted: list[tuple[int, int]] = []

    def compose(self):
        yield RowList(COLUMNS)

    def on_mount(self):
        self.list.set_source(self.count)

    @property
    def list(self) -> RowList:
        return self.query_one(RowList)

    def rows(self, page):
        return [
            Row(f"{self.mark}{i}", (f"客户{i}号{self.mark}", "华东电子有限公司", str(i)))
            for i in range(page * PAGE, self.count)[:PAGE]
        ]

    def on_row_list_page_wanted(self, message):
        self.wanted.append((message.page, message.edition))
        if self.answers:
            self.list.put_page(message.page, self.rows(message.page), message.edition)

    def on_row_list_highlighted(self, message):
        self.heard.append((message.index, message.row and message.row.key))

    def on_row_list_opened(self, message):
        self.heard.append(("opened", message.row.key))

    def on_row_list_marked(self, message):
        self.heard.append(("marked", message.keys))

    def on_row_list_sort_wanted(self, message):
        self.heard.append(("sort", message.column))


def lines(app: App) -> list[str]:
    return ["".join(s.text for s in strip) for strip in app.screen._compositor.render_strips()]


async def test_only_pages_near_the_screen_are_asked_for():
    app = Host(100_000)
    async with app.run_test(size=(80, 24)) as pilot:
        assert [page for page, _ in app.wanted] == [0]
        await pilot.press("end")
        await pilot.pause()
        assert {page for page, _ in app.wanted} == {0, 1999}
        assert "客户99999号" in lines(app)[-1]
        assert app.list.key == "99999"


async def test_a_row_is_blank_until_its_page_comes():
    app = Host(300, answers=False)
    async with app.run_test(size=(80, 24)) as pilot:
        assert not "".join(lines(app)[1:]).strip()
        assert app.list.key is None
        await pilot.press("enter", "space")
        assert app.heard[-1] == (1, None)
        app.list.put_page(0, app.rows(0))
        await pilot.pause()
        assert "客户1号" in lines(app)[2]
        assert app.heard[-1] == (1, "1")


@pytest.mark.parametrize(
    ("keys", "index"),
    [
        (["down", "j", "j", "k", "up"], 1),
        (["pagedown"], 22),
        (["pagedown", "pageup"], 0),
        (["end"], 299),
        (["end", "home"], 0),
        (["end", "down", "home", "up"], 0),
    ],
)
async def test_keys_move_the_cursor(keys, index):
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        assert app.list.cursor == index
        assert app.list.key == str(index)
        assert app.heard[-1] == (index, str(index))


async def test_the_cursor_stays_in_sight():
    app = Host()
    async with app.run_test(size=(80, 12)) as pilot:
        for key in ("end", "pageup", "up", "home", *["down"] * 15):
            await pilot.press(key)
            assert any(f"客户{app.list.cursor}号" in line for line in lines(app)[1:])
        await pilot.resize_terminal(80, 6)
        await pilot.pause()
        assert any(f"客户{app.list.cursor}号" in line for line in lines(app)[1:])


async def test_enter_and_double_click_open():
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "enter")
        assert app.heard[-1] == ("opened", "1")
        await pilot.click(RowList, offset=(5, 4))
        assert app.list.key == "3"
        await pilot.click(RowList, offset=(5, 5), times=2)
        assert app.heard[-1] == ("opened", "4")
        await pilot.click(RowList, offset=(5, 20))
        assert app.list.key == "19"


async def test_marks_survive_paging_and_refreshing():
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "space", "end", "space")
        assert app.list.marks == ("0", "1", "299")
        assert app.list.chosen == ("0", "1", "299")
        await pilot.press("home")
        assert [line[0] for line in lines(app)[1:4]] == ["*", "*", " "]
        app.list.set_source(300, keep=True)
        await pilot.pause()
        assert [line[0] for line in lines(app)[1:4]] == ["*", "*", " "]
        await pilot.press("space")
        assert app.heard[-2] == ("marked", ("1", "299"))
        await pilot.click(RowList, offset=(0, 4))
        assert app.list.marks == ("1", "299", "3")
        app.list.clear_marks()
        await pilot.pause()
        assert app.heard[-1] == ("marked", ())
        assert lines(app)[2][0] == " "
        assert app.list.chosen == ("3",)


async def test_the_cursor_stays_with_its_row_when_rows_are_added_before_it():
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down", "down")
        app.answers = False
        app.list.set_source(302, keep=True)
        app.list.put_page(0, [Row("a", ("a",)), Row("b", ("b",)), *app.rows(0)[: PAGE - 2]])
        await pilot.pause()
        assert (app.list.cursor, app.list.key) == (5, "3")


async def test_the_cursor_stays_at_its_place_when_its_row_is_gone():
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down", "down")
        app.answers = False
        app.list.set_source(299, keep=True)
        app.list.put_page(0, [row for row in app.rows(0) if row.key != "3"])
        await pilot.pause()
        assert (app.list.cursor, app.list.key) == (3, "4")


async def test_another_source_begins_at_the_top_and_drops_overtaken_pages():
    app = Host(answers=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end")
        app.answers = False
        old = app.wanted[-1][1]
        app.list.set_source(10)
        assert app.list.key is None
        app.list.put_page(0, app.rows(0), old)
        await pilot.press("enter")
        assert app.list.key is None
        assert ("opened", "0") not in app.heard
        app.mark = "new"
        app.list.put_page(0, app.rows(0)[:10], app.wanted[-1][1])
        await pilot.pause()
        assert (app.list.cursor, app.list.key) == (0, "new0")
        assert app.heard[-1] == (0, "new0")


async def test_what_was_there_stays_on_screen_until_the_new_page_comes():
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        app.answers = False
        app.list.set_source(200)
        await pilot.pause()
        assert "客户0号" in lines(app)[1]


async def test_a_page_that_is_known_already_is_not_asked_for():
    app = Host()
    async with app.run_test(size=(80, 24)):
        app.wanted.clear()
        app.list.set_source(300, pages={0: app.rows(0)})
        assert app.wanted == []
        assert app.list.key == "0"


async def test_an_empty_list_says_so():
    app = Host(0)
    async with app.run_test(size=(80, 24)) as pilot:
        app.list.set_empty("[/b] none [@click=app.quit]x")
        await pilot.pause()
        assert lines(app)[1].startswith(" [/b] none [@click=app.quit]x")
        await pilot.press("enter", "space", "down", "end", "pageup")
        assert app.list.cursor == -1
        app.list.set_rows([Row("a", ("张三", "华东电子", "1"))])
        await pilot.pause()
        assert app.list.key == "a"
        app.list.set_rows([])
        await pilot.pause()
        assert app.heard[-1] == (-1, None)


async def test_hostile_text_is_shown_as_text():
    rows = [
        Row("1", ("[/b]张", "[@click=app.quit]x", "\x1b[2J")),
        Row("2", ("\u202e倒", Content("[red]甲[/red]\n乙"), "1\t2")),
        Row("3", ("🇨🇳👨‍👩‍👧❤️", "x" * 5000, "9" * 50)),
    ]
    app = Host(0)
    async with app.run_test(size=(80, 24)) as pilot:
        app.list.set_rows(rows)
        await pilot.pause()
        shown = lines(app)
        assert shown[1].startswith(" [/b]张")
        assert "[@click=app.quit]x" in shown[1]
        assert "[red]甲[/red] 乙" in shown[2]
        assert not any("\x1b" in line or "\u202e" in line for line in shown)
        assert all(cell_len(line) == 80 for line in shown)


@pytest.mark.slow
async def test_wide_characters_are_never_split():
    app = Host(0)
    async with app.run_test(size=(41, 10)) as pilot:
        app.list.set_rows([Row(str(i), ("a" * (i % 2) + "张" * 40,) * 3) for i in range(8)])
        for width in range(20, 60):
            await pilot.resize_terminal(width, 10)
            await pilot.pause()
            assert all(cell_len(line) == width for line in lines(app))


async def test_moving_repaints_two_lines():
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        painted: list[int] = []
        paint = app.list.render_line
        app.list.render_line = lambda y: painted.append(y) or paint(y)
        await pilot.press("down")
        await pilot.pause()
        assert sorted(set(painted)) == [1, 2]


async def test_a_changed_row_repaints_one_line():
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        painted: list[int] = []
        paint = app.list.render_line
        app.list.render_line = lambda y: painted.append(y) or paint(y)
        app.list.update_row(Row("4", ("改了", "", "")))
        app.list.update_row(Row("250", ("不在", "", "")))
        await pilot.pause()
        assert sorted(set(painted)) == [5]
        assert "改了" in lines(app)[5]


async def test_headings_show_the_sorting_and_ask_for_another():
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        app.list.set_sorting("name")
        await pilot.pause()
        assert "Name^" in lines(app)[0]
        app.list.set_sorting("name", descending=True)
        await pilot.pause()
        assert "Namev" in lines(app)[0]
        await pilot.click(RowList, offset=(2, 0))
        assert app.heard[-1] == ("sort", "name")
        assert app.list.cursor == 0


async def test_a_known_list_keeps_the_cursor_on_its_row():
    app = Host(0)
    rows = [Row(str(i), (str(i),)) for i in range(5000)]
    async with app.run_test(size=(80, 24)) as pilot:
        app.list.set_rows(rows)
        await pilot.press("end", "up")
        app.list.set_rows(rows[10:], keep=True)
        await pilot.pause()
        assert (app.list.cursor, app.list.key) == (4988, "4998")
        await pilot.press("home")
        assert app.list.key == "10"
