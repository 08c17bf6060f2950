"""The card form: what is typed arrives in its field, is understood, and nothing of it is lost."""

import asyncio
import string
from datetime import date

import pytest
from textual import events
from textual.app import App
from textual.binding import Binding
from textual.widgets import Input

from store import language
from store.forms.declaration import load_form
from widgets.card_form import CardForm
from widgets.field_column import FieldColumn
from widgets.field_row import FieldRow
from widgets.form_hint import FormHint
from widgets.section_list import SectionList

TODAY = date(2026, 9, 24)
PERSON = load_form("person")
HOT_KEYS = string.ascii_letters + string.digits + "/?!*@#+-=[]{}()<>.,;:'\"、。，／？１ａ"

QUICK = [("zh", (80, 24)), ("en", (40, 10))]


class Host(App[None]):
    BINDINGS = [Binding(key, "hot", "Hot") for key in ("q", "n", "slash", "1", "question_mark")]

    def __init__(self, values=None, kind="person", **options):
        super().__init__()
        self.given = {"name": "张山"} if values is None else values
        self.kind = kind
        self.options = options
        self.heard = []
        self.hot = 0

    def compose(self):
        yield CardForm(load_form(self.kind), self.given, today=TODAY, **self.options)

    @property
    def form(self) -> CardForm:
        return self.query_one(CardForm)

    def action_hot(self):
        self.hot += 1

    def on_card_form_changed(self, event):
        self.heard.append(("changed", event.key))

    def on_card_form_left(self, event):
        self.heard.append(("left", event.key))


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


def row(app: Host, key: str) -> FieldRow:
    return next(row for row in app.query(FieldRow) if row.field.key == key)


def lines(app: App) -> list[str]:
    return ["".join(s.text for s in strip) for strip in app.screen._compositor.render_strips()]


def line_of(app: Host, key: str) -> str:
    return lines(app)[row(app, key).region.y]


async def test_typing_reaches_the_field_and_the_owner(type_in):
    app = Host({})
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "张山丰")
        assert app.form.values == {"name": "张山丰"}
        assert set(app.heard) == {("changed", "name")}
        await pilot.press("tab")
        assert ("left", "name") in app.heard
        assert app.form.texts == {"name": "张山丰"}


async def test_a_burst_of_keys_goes_where_it_was_meant_to(type_in):
    app = Host({})
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(
            pilot, "张山\t13900002345\tshan\tnan\r华东电子\r采购部" + "\x1b[Z" * 5 + "x\r"
        )
        await pilot.pause()
        assert app.form.values == {
            "name": "张山x",
            "mobile": [{"value": "13900002345", "label": ""}],
            "nickname": "shan",
            "gender": "male",
            "organisation": "华东电子",
            "org_department": "采购部",
        }


async def test_a_burst_over_the_end_of_a_section_loses_nothing(type_in):
    app = Host({"name": "张山"})
    async with app.run_test(size=(80, 24)) as pilot:
        await app.form.go_to("postcode")
        await type_in(pilot, "518000\tcjkh\tq")
        assert app.form.values["postcode"] == "518000"
        assert app.form.values["lifecycle"] == "buyer"
        assert app.hot == 0


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["person", "organisation"])
async def test_hot_keys_are_text_in_fields_of_every_type(type_in, kind):
    app = Host({"lifecycle": "buyer"}, kind)
    fields = {
        (f.type, f.several, f.other): f
        for f in load_form(kind).fields()
        if f.asked({}) and f.type != "rows"
    }
    async with app.run_test(size=(80, 24)) as pilot:
        for field in fields.values():
            await app.form.go_to(field.key)
            await type_in(pilot, "qn/1?")
            assert row(app, field.key).text.removeprefix("、") == "qn/1?", field.key
        assert app.hot == 0


async def test_every_sign_is_text(type_in):
    app = Host({})
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, HOT_KEYS)
        assert row(app, "name").text == HOT_KEYS


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("mobile", "１３９１１１１２３４５（家）", [{"value": "13911112345", "label": "家"}]),
        ("credit_limit", "３万", 3_000_000),
        ("route_order", "１２", 12),
        ("met_on", "２０２６。３。５", "2026-03-05"),
        ("birth_lunar", "八月十五", "lunar:--08-15"),
        ("accepts_sms", "ｎ", False),
        ("tags", "大客户，VIP", ["大客户", "VIP"]),
    ],
)
async def test_the_input_method_may_stay_on(type_in, key, typed, value):
    app = Host({"name": "张山", "lifecycle": "buyer"})
    async with app.run_test(size=(80, 24)) as pilot:
        await app.form.go_to(key)
        await type_in(pilot, typed)
        await pilot.press("tab")
        assert app.form.values[key] == value
        assert app.form.problems == {}


async def test_pastes_of_many_lines_go_in_whole():
    app = Host({"name": ""})
    async with app.run_test(size=(80, 24)) as pilot:
        row(app, "name").editor.post_message(events.Paste("张山\n\x1b[31m丰"))
        await pilot.pause()
        assert row(app, "name").text == "张山 [31m丰"
        await app.form.go_to("note")
        row(app, "note").editor.post_message(events.Paste("一\r\n二\x1b]0;x\x07\n三"))
        await pilot.pause()
        assert app.form.values["note"] == "一\n二]0;x\n三"


async def test_markup_in_values_is_text():
    hostile = "[/b][@click=app.quit]x[red]"
    values = {
        "name": hostile,
        "nickname": hostile,
        "industry": hostile,
        "tags": [hostile],
        "note": hostile,
        "wechat": [{"value": hostile, "label": hostile}],
        "mobile": "no list [/b]",
        "birth_solar": "[/b]",
    }
    app = Host(values, known={"city": [hostile]})
    async with app.run_test(size=(120, 40)) as pilot:
        for section in PERSON.sections:
            await app.form.go_to(section.fields[0].key)
            await pilot.pause()
        await app.form.go_to("name")
        await pilot.pause()
        assert hostile in line_of(app, "name")
        assert hostile in line_of(app, "nickname")
        await app.form.go_to("city")
        await pilot.press("space")
        assert any(hostile in line for line in lines(app))
        assert app.form.values == values


async def test_what_is_wrong_is_said_when_the_field_is_left_and_goes_when_mended(type_in):
    app = Host({"name": "张山"})
    async with app.run_test(size=(80, 24)) as pilot:
        await app.form.go_to("mobile")
        await type_in(pilot, "1391111234")
        await pilot.pause()
        assert not any("11 digits" in line for line in lines(app))
        await pilot.press("tab")
        await pilot.pause()
        assert "1391111234" in line_of(app, "mobile")
        below = lines(app)[row(app, "mobile").region.y + 1]
        assert "! A mobile number has 11 digits" in below
        assert "!" in lines(app)[0][:22]
        assert list(app.form.problems) == ["mobile"]
        await pilot.press("shift+tab")
        await type_in(pilot, "5")
        await pilot.press("tab")
        await pilot.pause()
        assert app.form.problems == {}
        assert not any("11 digits" in line for line in lines(app))


async def test_a_lunar_day_in_the_field_of_the_solar_birthday_is_told_at_once(type_in):
    app = Host({"name": "张山"})
    async with app.run_test(size=(80, 24)) as pilot:
        await app.form.go_to("birth_solar")
        await type_in(pilot, "闰六月初三")
        await pilot.press("tab")
        await pilot.pause()
        assert "birth_solar" in app.form.problems
        assert "This is a lunar date" in "\n".join(lines(app))


async def test_required_field_left_blank_is_told():
    app = Host({})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab")
        await pilot.pause()
        assert any("must be filled in" in line for line in lines(app))
        await app.form.go_to("met_at")
        assert await app.form.show_problem()
        await pilot.pause()
        assert row(app, "name").editor.has_focus


async def test_the_owner_can_complain_and_hand_the_cursor_back(type_in):
    app = Host({"name": "张山"})
    async with app.run_test(size=(80, 24)) as pilot:
        await app.form.complain("title", "Somebody has it already [/b]")
        await pilot.pause()
        assert "! Somebody has it already [/b]" in lines(app)[row(app, "title").region.y + 1]
        app.screen.set_focus(None)
        await pilot.pause()
        assert app.form.current == ""
        await app.form.resume()
        assert app.form.current == "title"
        await app.form.complain("title", "Somebody has it already [/b]")
        await type_in(pilot, "x")
        assert not any("Somebody" in line for line in lines(app))


async def test_what_the_owner_knows_does_not_hide_what_is_missing(type_in):
    app = Host({"nickname": "老张"})
    async with app.run_test(size=(80, 24)) as pilot:
        assert await app.form.show_problem()
        app.form.remark("name", "")
        await pilot.pause()
        assert "must be filled in" in "\n".join(lines(app))
        await type_in(pilot, "张山")
        await pilot.pause()
        assert "must be filled in" not in "\n".join(lines(app))


async def test_choices_are_narrowed_down_and_taken(type_in):
    app = Host({"name": "张山"})
    async with app.run_test(size=(80, 24)) as pilot:
        language.use("zh")
        await app.form.go_to("category")
        await type_in(pilot, "pf")
        await pilot.pause()
        shown = [line[22:].strip() for line in lines(app)]
        assert any(line.endswith("> 一级批发商") for line in shown)
        assert any(line.endswith("二级批发商") for line in shown)
        await pilot.press("down", "enter")
        assert app.form.values["category"] == "second_tier"
        assert row(app, "industry").editor.has_focus


async def test_editing_keys_typed_ahead_edit_the_field_they_were_meant_for(type_in):
    app = Host({"name": "张山"})
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "丰x\x7f\x1b[Dy\x1b[3~\r")
        assert app.form.values == {"name": "张山y"}


@pytest.mark.parametrize("emptying", ["\x15", "\x7f" * 40])
async def test_a_choice_that_is_emptied_stays_blank(type_in, emptying):
    app = Host({"name": "张山", "category": "second_tier"})
    async with app.run_test(size=(80, 24)) as pilot:
        language.use("zh")
        await app.form.go_to("category")
        await type_in(pilot, "\x1b[F" + emptying + "\r")
        assert "category" not in app.form.values
        assert row(app, "industry").editor.has_focus


async def test_several_choices_are_marked_with_space(type_in):
    app = Host({"name": "张山"})
    async with app.run_test(size=(80, 24)) as pilot:
        language.use("zh")
        await app.form.go_to("source_centre")
        await pilot.press("space", "space", "down", "down", "space")
        assert row(app, "source_centre").text == "容易接近、信任我们、"
        await pilot.pause()
        assert any("[x] 信任我们" in line for line in lines(app))
        assert any("[ ] 人面广" in line for line in lines(app))
        await type_in(pilot, "xxcp")
        await pilot.press("space", "enter")
        chosen = ["approachable", "trusts_us", "believes_in_product"]
        assert app.form.values["source_centre"] == chosen


async def test_marks_are_added_to_what_was_chosen_before():
    app = Host({"name": "张山", "source_centre": ["approachable"]})
    async with app.run_test(size=(80, 24)) as pilot:
        await app.form.go_to("source_centre")
        await pilot.press("space", "down", "space", "enter")
        assert app.form.values["source_centre"] == ["approachable", "well_connected"]
        await app.form.go_to("source_centre")
        await pilot.press("space", "space", "enter")
        assert app.form.values["source_centre"] == ["well_connected"]


async def test_free_words_stay_as_typed_unless_an_option_is_moved_to(type_in):
    app = Host({"name": "张山"}, known={"industry": ["电子元件", "物流"]})
    async with app.run_test(size=(80, 24)) as pilot:
        await app.form.go_to("industry")
        await type_in(pilot, "电子")
        await pilot.press("enter")
        assert app.form.values["industry"] == "电子"
        await app.form.go_to("industry")
        await type_in(pilot, "wl")
        await pilot.press("down", "enter")
        assert app.form.values["industry"] == "物流"


async def test_pinyin_in_a_field_of_free_words_takes_what_it_means(type_in):
    app = Host({"name": "张山"}, known={"industry": ["物流"]})
    async with app.run_test(size=(80, 24)) as pilot:
        language.use("zh")
        await app.form.go_to("ethnicity")
        await type_in(pilot, "zang")
        await pilot.press("enter")
        assert app.form.values["ethnicity"] == "tibetan"
        await app.form.go_to("industry")
        await type_in(pilot, "wl")
        await pilot.press("enter")
        assert app.form.values["industry"] == "物流"
        await app.form.go_to("industry")
        await pilot.press("ctrl+u")
        await type_in(pilot, "wl")
        await pilot.press("escape", "enter")
        assert app.form.values["industry"] == "wl"


async def test_escape_closes_the_list_only():
    app = Host({"name": "张山"})
    async with app.run_test(size=(80, 24)) as pilot:
        await app.form.go_to("category")
        await pilot.press("space", "escape")
        await pilot.pause()
        assert not app.form._picker.is_open
        assert app.form.values == {"name": "张山"}


async def test_owner_can_offer_words_while_one_types(type_in):
    app = Host({"name": "张山"})
    async with app.run_test(size=(80, 24)) as pilot:
        await app.form.go_to("organisation")
        await type_in(pilot, "华东")
        app.form.offer("organisation", ["华东电子 O000045", "华东物流"])
        await pilot.pause()
        assert any("华东电子 O000045" in line for line in lines(app))


async def test_days_are_understood_while_one_types(type_in):
    app = Host({"name": "张山"})
    async with app.run_test(size=(80, 24)) as pilot:
        language.use("zh")
        await app.form.go_to("birth_lunar")
        await type_in(pilot, "八月十五")
        await pilot.pause()
        below = "".join(lines(app)[row(app, "birth_lunar").region.y + 1 :][:2])
        assert "2026-09-25" in below
        await app.form.go_to("met_on")
        await type_in(pilot, "昨天")
        await pilot.pause()
        assert "2026-09-23" in lines(app)[row(app, "met_on").region.y + 1]


async def test_id_number_fills_in_what_it_tells(type_in):
    app = Host({"name": "张山", "gender": "female"})
    async with app.run_test(size=(80, 24)) as pilot:
        await app.form.go_to("id_number")
        await type_in(pilot, "360426199101010071")
        await pilot.pause()
        assert any("1991-01-01" in line or "January 1" in line for line in lines(app))
        await pilot.press("enter")
        assert app.form.values["birth_solar"] == "1991-01-01"
        assert app.form.values["gender"] == "female"
        assert row(app, "party").editor.has_focus


async def test_masked_values_are_hidden_until_shown(type_in):
    app = Host({"name": "张山"}, masked={"party", "religion", "id_number"})
    async with app.run_test(size=(80, 24)) as pilot:
        await app.form.go_to("registered_address")
        await pilot.pause()
        assert "***" in line_of(app, "party")
        await pilot.press("tab")
        assert row(app, "hobbies").editor.has_focus
        await app.form.unmask({"party": "cpc"})
        await pilot.pause()
        assert "Communist" in line_of(app, "party")
        assert app.form.values == {"name": "张山", "party": "cpc"}


async def test_former_customers_are_asked_why():
    app = Host({"name": "张山"})
    async with app.run_test(size=(80, 24)) as pilot:
        await app.form.go_to("lifecycle")
        await pilot.press("f", "o", "r", "enter")
        assert row(app, "former_reason").editor.has_focus
        assert "former_reason" in app.form.problems
        await pilot.press("x", "tab", "shift+tab", "shift+tab")
        assert row(app, "lifecycle").editor.has_focus
        assert app.form.problems == {}


async def test_a_draft_is_taken_up_again():
    texts = {"name": "张三", "mobile": "1391111234"}
    app = Host({"name": "张山"}, texts=texts)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.form.texts == texts
        assert app.form.is_changed
        assert any("11 digits" in line for line in lines(app))


@pytest.mark.slow
async def test_nothing_is_changed_by_looking_at_it(type_in):
    values = {
        "name": "张山",
        "mobile": [{"value": "139-1111-2345", "label": "家"}],
        "lifecycle": "buyer",
        "birth_lunar": "lunar:1985-08-15",
        "note": "一\n\n二",
        "tags": ["a、b"],
        "strange": {"a": 1},
    }
    app = Host(values)
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "\t" * (len(PERSON.fields()) + 2))
        assert app.form.current == "reviewer"
        assert not app.form.is_changed
        assert app.form.values == values
        assert ("changed", "name") not in app.heard


async def test_long_texts_keep_their_keys_and_grow():
    app = Host({"name": "张山"})
    async with app.run_test(size=(80, 24)) as pilot:
        await app.form.go_to("first_impression")
        await pilot.press("a", "enter", "b", "enter", "c", "up", "up")
        await pilot.pause()
        assert row(app, "first_impression").region.height == 3
        assert row(app, "first_impression").editor.has_focus
        await pilot.press("up")
        assert row(app, "met_at").editor.has_focus
        assert app.form.values["first_impression"] == "a\nb\nc"


async def test_sections_are_gone_through_by_key_and_mouse():
    app = Host({"name": "张山"})
    async with app.run_test(size=(80, 24)) as pilot:
        sections = app.query_one(SectionList)
        await pilot.press("pagedown", "pagedown")
        assert sections.current == "acquaintance"
        await pilot.press("pageup")
        assert sections.current == "classification"
        await pilot.click(SectionList, offset=(3, 4))
        await pilot.pause()
        assert sections.current == "dates"
        assert row(app, "birth_solar").editor.has_focus


async def test_the_section_in_view_is_listed_however_low_the_terminal():
    app = Host({"name": "张山"})
    async with app.run_test(size=(60, 8)) as pilot:
        await app.form.go_to("cares_about")
        await pilot.pause()
        listed = [line for line in lines(app) if line.startswith(">")]
        assert listed
        assert listed[0].startswith(">Decision prof")
        below = lines(app).index(listed[0]) + 1
        await pilot.click(SectionList, offset=(3, below))
        await pilot.pause()
        assert app.query_one(SectionList).current == "risk"


async def test_clicked_row_takes_the_cursor():
    app = Host({"name": "张山"})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(row(app, "title"), offset=(20, 0))
        await pilot.pause()
        assert row(app, "title").editor.has_focus


async def test_only_one_line_to_type_in_is_made():
    app = Host({"name": "恒通"}, "organisation")
    async with app.run_test(size=(80, 24)) as pilot:
        await app.form.go_to("employees")
        await pilot.press("tab", "tab")
        await pilot.pause()
        assert len(app.query(Input)) == 1


@pytest.mark.parametrize(
    ("spoken", "size"),
    [
        pytest.param(spoken, size, marks=() if (spoken, size) in QUICK else (pytest.mark.slow,))
        for spoken in language.LANGUAGES
        for size in [(80, 24), (40, 10), (120, 40), (20, 5)]
    ],
)
async def test_it_fits_any_terminal(spoken, size):
    language.use(spoken)
    app = Host({"name": "张" * 100, "birth_lunar": "lunar:1985-08-15", "note": "字" * 300})
    async with app.run_test(size=size) as pilot:
        for section in PERSON.sections:
            last = app.form.entry.asked(section)[-1].key
            await app.form.go_to(last)
            await pilot.press("space")
            shown = lines(app)
            assert len(shown) == size[1]
            if size[0] >= 80:
                shown_row = app.query_one(FieldColumn).row(last)
                assert shown_row.region in app.form.region


def hint(app: Host) -> str:
    return " ".join(str(app.query_one(FormHint).render()).split())


async def test_the_hint_names_a_field_whose_label_is_cut_off(type_in):
    app = Host({"name": "张山"})
    async with app.run_test(size=(80, 24)) as pilot:
        await app.form.go_to("concerned_with")
        await pilot.pause()
        assert "…" in line_of(app, "concerned_with")
        assert "Concerned with whose future" in hint(app)
        await app.form.go_to("impresses_whom")
        await pilot.pause()
        assert "Whom he likes to impress" in line_of(app, "impresses_whom")


async def test_the_hint_tells_where_own_words_are_welcome(type_in):
    app = Host({"name": "张山"})
    async with app.run_test(size=(80, 24)) as pilot:
        await app.form.go_to("religion")
        await pilot.pause()
        assert "take one from the list with Down" in hint(app)
        await type_in(pilot, "buddh\x1b[B\r")
        assert app.form.values["religion"] == "buddhism"


async def test_a_wide_terminal_shows_the_titles_of_all_sections(type_in):
    app = Host({"name": "张山"})
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert any("Decision profile" in line for line in lines(app))


async def test_the_hint_tells_where_a_number_counts_ten_thousands(type_in):
    app = Host({"name": "华东电子"}, "organisation")
    async with app.run_test(size=(80, 24)) as pilot:
        await app.form.go_to("assets")
        await pilot.pause()
        assert "counts ten thousands" in hint(app)
        await type_in(pilot, "3\r")
        assert app.form.values["assets"] == 3_000_000


async def test_pasted_lines_are_several_where_several_are_welcome(type_in):
    app = Host({"name": "张山"})
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("mobile", "hobbies", "nickname"):
            await app.form.go_to(key)
            await type_in(pilot, "\x1b[200~13911112222\n\n 13911113333\n\x1b[201~\t")
        values = app.form.values
        assert [each["value"] for each in values["mobile"]] == ["13911112222", "13911113333"]
        assert values["hobbies"] == ["13911112222", "13911113333"]
        assert values["nickname"] == "13911112222 13911113333"
