"""The line to type in: all that is pasted, an input method's digits, words deleted leftwards."""

import pytest
from textual import events
from textual.app import App

from widgets.text_input import LineInput


class Host(App[None]):
    def __init__(self, **options):
        super().__init__()
        self.options = options

    def compose(self):
        yield LineInput(**self.options)

    @property
    def field(self) -> LineInput:
        return self.query_one(LineInput)


@pytest.mark.parametrize(
    ("pasted", "value"),
    [
        ("张伟\n13911112345\r\n深圳", "张伟 13911112345 深圳"),
        ("one\ttwo", "one two"),
        ("\x1b[31mred\x07\u202e", "[31mred"),
        ("\n", ""),
        ("[/b][@click=app.quit]x", "[/b][@click=app.quit]x"),
    ],
)
async def test_all_lines_of_a_paste_go_in_as_one(pasted, value):
    app = Host()
    async with app.run_test() as pilot:
        app.field.post_message(events.Paste(pasted))
        await pilot.pause()
        assert app.field.value == value


async def test_a_paste_replaces_what_is_selected():
    app = Host(value="abc def")
    async with app.run_test() as pilot:
        await pilot.press("shift+home")
        app.field.post_message(events.Paste("x\ny"))
        await pilot.pause()
        assert app.field.value == "x y"


@pytest.mark.parametrize(
    ("type_", "typed", "value"),
    [
        ("number", "１２．５", "12.5"),
        ("number", "１２。５", "12.5"),
        ("integer", "１２a3", "123"),
        ("text", "１２．５", "１２．５"),
    ],
)
async def test_numbers_are_typed_with_the_input_method_on(type_raw, type_, typed, value):
    app = Host(type=type_)
    async with app.run_test() as pilot:
        type_raw(app, typed)
        await pilot.pause()
        assert app.field.value == value


async def test_a_telephone_number_may_ask_for_half_width(type_raw):
    app = Host(half_width=True)
    async with app.run_test() as pilot:
        type_raw(app, "＋８６　１３９")
        await pilot.pause()
        assert app.field.value == "+86 139"


@pytest.mark.parametrize("key", ["ctrl+backspace", "alt+backspace", "ctrl+w"])
async def test_a_word_is_deleted_to_the_left(key):
    app = Host(value="张伟 送样品")
    async with app.run_test() as pilot:
        await pilot.press(key)
        assert app.field.value == "张伟 "


async def test_coming_to_a_field_selects_nothing():
    app = Host(value="张伟")
    async with app.run_test() as pilot:
        await pilot.press("a")
        assert app.field.value == "张伟a"


async def test_it_is_one_line_high_and_does_not_blink():
    app = Host(value="x")
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.field.region.height == 1
        assert app.field.region.width == 80
        assert not app.field.cursor_blink


async def test_hot_keys_stay_text(type_raw):
    app = Host()
    async with app.run_test() as pilot:
        type_raw(app, "?/nqeltbu12345 jkgG[/b]")
        await pilot.pause()
        assert app.field.value == "?/nqeltbu12345 jkgG[/b]"


async def test_the_wide_space_of_an_input_method_is_text(type_raw):
    app = Host()
    async with app.run_test() as pilot:
        type_raw(app, "张\u3000三")
        await pilot.pause()
        assert app.field.value == "张\u3000三"


async def test_what_was_typed_or_deleted_can_be_taken_back_and_done_again(type_raw):
    app = Host(value="张伟")
    async with app.run_test() as pilot:
        type_raw(app, " abc")
        await pilot.pause()
        await pilot.press("ctrl+u")
        assert app.field.value == ""
        await pilot.press("ctrl+z")
        assert app.field.value == "张伟 abc"
        await pilot.press("ctrl+z", "ctrl+z")
        assert app.field.value == "张伟"
        await pilot.press("ctrl+y", "ctrl+y", "ctrl+y")
        assert app.field.value == ""


async def test_a_paste_is_taken_back_at_once():
    app = Host(value="ab")
    async with app.run_test() as pilot:
        app.field.post_message(events.Paste("x\ny"))
        await pilot.pause()
        await pilot.press("z", "ctrl+z", "ctrl+z")
        assert app.field.value == "ab"
