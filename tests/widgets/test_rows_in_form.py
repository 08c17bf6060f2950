"""Rows edited in their place: entered, changed, taken away, moved, and nothing typed is lost."""

import asyncio
import json
from datetime import date

import pytest
from textual import events
from textual.app import App

from store.forms.declaration import Choice, Field, Form, Section
from widgets.card_form import CardForm
from widgets.field_row import FieldRow
from widgets.rows_field import RowsField

TODAY = date(2026, 9, 24)


def named(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


SCHOOLS = Field(
    "education",
    "rows",
    named("教育", "Education"),
    section="first",
    columns=(
        Field("school", "text", named("学校", "School"), index=True),
        Field("since", "date", named("从", "From")),
        Field(
            "degree",
            "choice",
            named("学位", "Degree"),
            choices=(
                Choice("bachelor", named("学士", "Bachelor")),
                Choice("master", named("硕士", "Master")),
            ),
        ),
        Field("note", "long_text", named("备注", "Note")),
    ),
)
FORM = Form(
    "person",
    named("个人", "Person"),
    (
        Section(
            "first",
            named("一", "One"),
            (
                Field("name", "text", named("姓名", "Name"), section="first", required=True),
                SCHOOLS,
                Field("city", "text", named("城市", "City"), section="first"),
            ),
        ),
        Section(
            "second",
            named("二", "Two"),
            (Field("hobby", "text", named("爱好", "Hobby"), section="second"),),
        ),
    ),
)
TWO = [{"id": "a1", "school": "浙江大学", "since": "1998-09-01"}, {"id": "b2", "school": "一中"}]


class Host(App[None]):
    def __init__(self, values=None, **options):
        super().__init__()
        self.given = {"name": "张山"} if values is None else values
        self.options = options
        self.quit_keys = 0

    BINDINGS = [("q", "hot", "Hot"), ("n", "hot", "Hot")]

    def action_hot(self):
        self.quit_keys += 1

    def compose(self):
        yield CardForm(FORM, self.given, today=TODAY, **self.options)

    @property
    def form(self) -> CardForm:
        return self.query_one(CardForm)

    @property
    def rows(self) -> RowsField:
        return self.query_one(RowsField)

    @property
    def schools(self) -> list[dict]:
        """What stands in the rows, without ids of rows that are new."""
        known = {row["id"] for row in self.given.get("education", [])}
        return [
            {key: value for key, value in row.items() if key != "id" or value in known}
            for row in self.form.values.get("education", [])
        ]

    def text(self) -> str:
        strips = self.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)


@pytest.fixture
def type_in(type_raw):
    """Sends what a terminal sends, all at once, and waits until it has been worked through."""

    async def send(pilot, text):
        type_raw(pilot.app, text)
        arrived = asyncio.Event()
        pilot.app._driver.send_message(events.Callback(callback=arrived.set))
        await arrived.wait()
        await pilot.app.form.caught_up()
        await pilot.pause()

    return send


UP, DOWN, RIGHT, DELETE = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[3~"
ALT_UP, CTRL_Z, BACK_TAB = "\x1b[1;3A", "\x1a", "\x1b[Z"


async def test_two_schools_and_on_to_the_next_field_by_enter_alone(type_in):
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "\r浙江大学\r1998-9-1\rbach\r\t一中\r\r\r\t\r杭州")
        assert app.schools == [
            {"school": "浙江大学", "since": "1998-09-01", "degree": "bachelor"},
            {"school": "一中"},
        ]
        assert app.form.values["city"] == "杭州"


async def test_one_key_ends_a_row_and_begins_another(type_in):
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "\r浙江大学\r\rmast\x0e一中\x0e二中\x0e\r杭州")
        assert app.schools == [
            {"school": "浙江大学", "degree": "master"},
            {"school": "一中"},
            {"school": "二中"},
        ]
        assert app.form.values["city"] == "杭州"


async def test_what_is_wrong_in_the_open_row_is_gone_to(type_in):
    app = Host({"name": "张山", "education": [dict(row) for row in TWO]})
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, DOWN + "\r\rx\r")
        assert app.rows.opened is app.rows.table.rows[0]
        for _ in range(3):
            assert await app.form.show_problem()
            assert app.rows.opened is app.rows.table.rows[0]
            assert app.form.current == "education"
            await pilot.pause()
            assert "01x” names no day" in app.text()
        await type_in(pilot, "\x15" + "2001-9-1\r")
        assert not app.form.problems


async def test_on_the_line_of_a_row_it_is_told_what_is_wrong_in_it(type_in):
    app = Host({"name": "张山", "education": [dict(row) for row in TWO]})
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, DOWN + "\r\rx")
        await pilot.press("escape")
        assert app.rows.opened is None
        assert "! From: “1998-09-01x” names no day" in app.text()
        assert "Del takes it away" not in app.text()
        await type_in(pilot, DOWN)
        assert "names no day" not in app.text()
        assert "Del takes it away" in app.text()


async def test_going_to_another_section_and_back_leaves_no_blank_row(type_in):
    app = Host({"name": "张山", "education": [dict(row) for row in TWO]})
    page_up, page_down = "\x1b[5~", "\x1b[6~"
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "\r" + page_down + page_up)
        assert len(app.rows.table.rows) == 2
        await type_in(pilot, "\r" + UP)
        assert app.rows.row_at_cursor is app.rows.table.rows[1]


async def test_the_next_section_takes_the_marked_option(type_in):
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "\r浙江大学\r\rmast\x1b[6~")
        assert app.schools == [{"school": "浙江大学", "degree": "master"}]


async def test_rows_that_nobody_fills_cost_one_key(type_in):
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "\r\r杭州" + BACK_TAB + BACK_TAB + "x")
        assert app.form.values == {"name": "张山x", "city": "杭州"}
        assert not app.form.texts.get("education")


async def test_a_row_is_opened_changed_and_left(type_in):
    app = Host({"name": "张山", "education": TWO})
    async with app.run_test(size=(80, 24)) as pilot:
        assert "浙江大学, From: 1998-09-01" in app.text()
        await type_in(pilot, DOWN + "\r" + "x" + "\t\tmast\r")
        assert app.schools[0] == {
            "id": "a1",
            "school": "浙江大学x",
            "since": "1998-09-01",
            "degree": "master",
        }
        assert app.form.current == "education"
        await pilot.press("escape")
        await pilot.pause()
        assert app.rows.opened is None
        assert app.rows.row_at_cursor is app.rows.table.rows[0]
        assert ">" in app.text().splitlines()[1]
        await type_in(pilot, DOWN + DOWN + DOWN + "杭州")
        assert app.form.values["city"] == "杭州"


async def test_right_shows_all_columns_of_a_row_to_come(type_in):
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "\r" + RIGHT + "2001-9-1")
        assert app.schools == [{"since": "2001-09-01"}]


async def test_a_row_is_taken_away_and_comes_back(type_in):
    app = Host({"name": "张山", "education": TWO})
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, DOWN + DELETE + DOWN)
        assert app.schools == [{"id": "b2", "school": "一中"}]
        assert "(taken away)" in app.text()
        await type_in(pilot, CTRL_Z)
        assert app.schools == TWO
        assert not app.form.is_changed
        await type_in(pilot, DELETE + DOWN + DELETE)
        assert "education" not in app.form.values
        assert app.form.texts == {"education": "[]"}


async def test_keys_typed_ahead_mean_the_row_they_were_meant_for(type_in):
    app = Host({"name": "张山", "education": TWO})
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, DOWN + DOWN + DELETE + UP + "\r" + "!" + "\t" + "\x1b[F")
        assert app.schools == [{**TWO[0], "school": "浙江大学!"}]


async def test_a_row_is_moved(type_in):
    app = Host({"name": "张山", "education": TWO})
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, DOWN + DOWN + ALT_UP)
        assert [row["id"] for row in app.form.values["education"]] == ["b2", "a1"]
        assert app.rows.row_at_cursor is app.rows.table.rows[0]


async def test_letters_on_a_line_are_no_keys_of_the_program(type_in):
    app = Host({"name": "张山", "education": TWO})
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, DOWN + "qn")
        assert app.quit_keys == 0
        assert not app.form.is_changed


async def test_what_is_wrong_is_said_beside_the_column_and_counted(type_in):
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "\r浙江大学\rsoon\r")
        assert "! " in app.text()
        assert "education" in app.form.problems
        await type_in(pilot, "\t\t\t\t")
        assert app.form.count_of_problems == 1
        assert app.text().splitlines()[0].startswith(" One !")
        await app.form.show_problem()
        await pilot.pause()
        assert app.rows.columns
        assert app.form.current == "education"
        focused = app.screen.focused.parent
        assert isinstance(focused, FieldRow)
        assert focused.field.key == "since"
        assert app.form.values["education"][0]["school"] == "浙江大学"


async def test_a_half_typed_row_is_in_the_draft_and_comes_back(type_in):
    app = Host({"name": "张山", "education": TWO})
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, DOWN + DELETE + "\t二中\rsome day")
        texts = app.form.texts
    assert json.loads(texts["education"]) == [
        TWO[1],
        {"school": "二中", "since": {"typed": "some day"}},
    ]
    app = Host({"name": "张山", "education": TWO}, texts=texts)
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.form.texts == texts
        assert "(taken away)" in app.text()
        await type_in(pilot, DOWN + DELETE)
        assert app.schools == [*TWO, {"school": "二中"}]
        await app.form.show_problem()
        await pilot.pause()
        assert "some day" in app.text()


async def test_emptied_rows_count_as_taken_away(type_in):
    app = Host({"name": "张山", "education": [TWO[1]]})
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, DOWN + "\r\x15")
        await pilot.press("escape")
        assert "education" not in app.form.values
        assert "一中 (taken away)" in app.text()


async def test_words_known_in_the_box_are_offered_in_a_column(type_in):
    app = Host(known={"education.school": ["浙江大学", "复旦大学"]})
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "\rzjdx")
        assert "浙江大学" in app.text()
        await type_in(pilot, "\r")
        assert app.schools == [{"school": "浙江大学"}]


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_forty_rows_stay_in_view_where_the_cursor_is(type_in, size):
    many = [{"id": f"r{n}", "school": f"第{n}中学堂堂堂"} for n in range(40)]
    app = Host({"name": "张山", "education": many})
    async with app.run_test(size=size) as pilot:
        await type_in(pilot, DOWN * 30)
        await pilot.pause()
        assert "第29中" in app.text()
        await type_in(pilot, "\r!\r")
        await pilot.pause()
        assert app.schools[29]["school"] == "第29中学堂堂堂!"
        assert "From" in app.text()
        await pilot.press("escape")
        await type_in(pilot, "\t末\t")
        await pilot.pause()
        assert app.schools[-1] == {"school": "末"}


async def test_rows_survive_a_look_at_another_section(type_in):
    app = Host({"name": "张山", "education": TWO})
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, DOWN + DELETE)
        await pilot.press("pagedown")
        await pilot.press("pageup")
        assert "(taken away)" in app.text()
        assert app.schools == [TWO[1]]


async def test_the_mouse_goes_to_a_line_and_opens_it():
    app = Host({"name": "张山", "education": TWO})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(RowsField, offset=(20, 1))
        await pilot.pause()
        assert app.rows.row_at_cursor is app.rows.table.rows[1]
        await pilot.click(RowsField, offset=(20, 1))
        await pilot.pause()
        assert app.rows.opened is app.rows.table.rows[1]
        await pilot.click(RowsField, offset=(20, 0))
        await pilot.pause()
        assert app.rows.opened is None


async def test_values_put_from_outside_are_shown(type_in):
    app = Host({"name": "张山", "education": TWO})
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, DOWN + "\r")
        await app.form.put({"education": [{"id": "a1", "school": "别处"}]})
        await pilot.pause()
        assert "别处" in app.text()
        assert app.form.values["education"] == [{"id": "a1", "school": "别处"}]


async def test_masked_rows_show_nothing_until_they_are_unmasked(type_in):
    app = Host({"name": "张山", "education": TWO}, masked={"education"})
    async with app.run_test(size=(80, 24)) as pilot:
        assert "***" in app.text()
        assert "浙江大学" not in app.text()
        await type_in(pilot, "\r杭州")
        assert app.form.values == {"name": "张山", "city": "杭州"}
        await app.form.unmask({"education": TWO})
        await pilot.pause()
        assert "浙江大学" in app.text()
        await app.form.go_to("name")
        await type_in(pilot, DOWN + DELETE)
        assert app.schools == [TWO[1]]


async def test_the_hint_says_what_the_keys_do(type_in):
    app = Host({"name": "张山", "education": TWO})
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "\r")
        assert "Up: those above" in app.text()
        await type_in(pilot, UP)
        assert "Enter opens the row" in app.text()
        await type_in(pilot, DELETE)
        assert "Taken away once you save" in app.text()
        await type_in(pilot, "\r")
        assert "Esc leaves it" in app.text()
        assert app.schools == TWO  # opened, it stays
