"""Keys with the input method on, and their names."""

import pytest
from textual.binding import Binding
from textual.widgets import Input

from widgets.keys import FullWidthKeys, half_width, name_of_key


class Host(FullWidthKeys):
    BINDINGS = [
        Binding(key, f"hear('{key}')")
        for key in ("slash", "question_mark", "1", "j", "space", "G", "full_stop")
    ]

    def __init__(self):
        super().__init__()
        self.heard = []

    def compose(self):
        yield Input()

    def action_hear(self, key):
        self.heard.append(key)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("／", "slash"),
        ("、", "slash"),
        ("/", "slash"),
        ("？", "question_mark"),
        ("１", "1"),
        ("ｊ", "j"),
        ("Ｇ", "G"),
        ("\u3000", "space"),
        ("。", "full_stop"),
    ],
)
async def test_a_full_width_key_does_what_its_twin_does(type_raw, typed, key):
    app = Host()
    async with app.run_test() as pilot:
        app.set_focus(None)
        type_raw(app, typed)
        await pilot.pause()
        assert app.heard == [key]


async def test_in_a_text_field_every_character_stays_text(type_raw):
    app = Host()
    async with app.run_test() as pilot:
        app.query_one(Input).focus()
        await pilot.pause()
        type_raw(app, "／、？１ｊ。/?1jG")
        await pilot.pause()
        assert app.query_one(Input).value == "／、？１ｊ。/?1jG"
        assert app.heard == []


@pytest.mark.parametrize("character", ["a", "张", "é", "①", "\u200b", "㎏"])
def test_other_characters_mean_themselves(character):
    assert half_width(character) is None or len(half_width(character)) == 1
    assert half_width("张") is None
    assert half_width("a") is None


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("ctrl+s", "Ctrl+S"),
        ("f1", "F1"),
        ("question_mark", "?"),
        ("slash", "/"),
        ("n", "n"),
        ("G", "G"),
        ("escape", "Esc"),
        ("space", "Space"),
        ("alt+1", "Alt+1"),
        ("shift+tab", "Shift+Tab"),
    ],
)
def test_keys_have_names(key, shown):
    assert name_of_key(key) == shown
