"""A line that is turned on and off."""

from textual.app import App

from widgets.check_line import CheckLine


class Host(App[None]):
    def __init__(self):
        super().__init__()
        self.heard = []

    def compose(self):
        yield CheckLine("with [/b]people")

    def on_check_line_turned(self, message):
        self.heard.append(message.on)

    def on_check_line_entered(self, message):
        self.heard.append(message.control.on)


async def test_space_and_clicks_turn_it():
    app = Host()
    async with app.run_test(size=(40, 5)) as pilot:
        line = app.query_one(CheckLine)
        shown = [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]
        assert shown[0] == "[ ] with [/b]people"
        line.focus()
        await pilot.press("space")
        assert line.on
        await pilot.click(CheckLine)
        assert not line.on
        line.set_title("other")
        await pilot.press("space")
        await pilot.pause()
        shown = [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]
        assert shown[0] == "[x] other"
        assert app.heard == [True, False, True]
        await pilot.press("enter")
        assert app.heard == [True, False, True, True]
        assert line.on
