"""A row of choices: by letter, by arrows and Enter, by a click."""

import pytest
from textual.app import App

from widgets.choice_row import Choice, ChoiceRow

CHOICES = [Choice("y", "是[/b]"), Choice("n", "No"), Choice("c", "[@click=app.quit]x")]


class Host(App[None]):
    def __init__(self):
        super().__init__()
        self.heard = []

    def compose(self):
        yield ChoiceRow(CHOICES)

    def on_choice_row_taken(self, message):
        self.heard.append(message.key)


@pytest.mark.parametrize(
    ("keys", "taken"),
    [
        (["enter"], "y"),
        (["right", "enter"], "n"),
        (["left", "space"], "c"),
        (["tab", "tab", "tab", "enter"], "y"),
        (["n"], "n"),
        (["N"], "n"),
        (["x"], None),
    ],
)
async def test_keys_take_a_choice(keys, taken):
    app = Host()
    async with app.run_test(size=(60, 5)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        assert app.heard == ([taken] if taken else [])


async def test_what_is_shown_is_text_and_the_present_one_stands_out():
    app = Host()
    async with app.run_test(size=(60, 5)) as pilot:
        await pilot.press("right")
        await pilot.pause()
        strip = app.screen._compositor.render_strips()[0]
        assert strip.text.startswith(" y 是[/b]    n No    c [@click=app.quit]x")
        present = next(s for s in strip if "No" in s.text)
        other = next(s for s in strip if "是" in s.text)
        assert present.style.bgcolor != other.style.bgcolor


@pytest.mark.parametrize(("x", "taken"), [(2, "y"), (14, "n"), (11, None), (22, "c")])
async def test_a_click_takes_a_choice(x, taken):
    app = Host()
    async with app.run_test(size=(60, 5)) as pilot:
        await pilot.click(ChoiceRow, offset=(x, 0))
        await pilot.pause()
        assert app.heard == ([taken] if taken else [])
