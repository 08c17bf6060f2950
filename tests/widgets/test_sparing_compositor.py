"""What is painted anew looks as if everything had been painted, and asks few widgets."""

from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from widgets.sparing_compositor import SparingCompositor


class Line(Static):
    asked = 0

    def render_lines(self, crop):
        Line.asked += 1
        return super().render_lines(crop)


class Page(Screen[None]):
    def __init__(self) -> None:
        super().__init__()
        self._compositor = SparingCompositor()

    def compose(self) -> ComposeResult:
        with Vertical():
            for number in range(10):
                yield Line(f"line {number}", id=f"line{number}", markup=False)
            over = Static("above", id="over", markup=False)
            over.styles.layer = "above"
            over.styles.offset = (2, 1)
            over.styles.width = 5
            yield over


class Host(App[None]):
    CSS = "Vertical { layers: base above; } Line { height: 1; } #over { height: 1; }"

    def on_mount(self) -> None:
        self.push_screen(Page())


def lines(app: App[None]) -> list[str]:
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


async def test_a_line_that_changes_is_the_only_one_asked_for() -> None:
    app = Host()
    async with app.run_test(size=(30, 12)) as pilot:
        await pilot.pause()
        whole = lines(app)
        Line.asked = 0
        app.screen.query_one("#line4", Static).update("other", layout=False)
        await pilot.pause()
        assert Line.asked == 1
        whole[4] = "other"
        assert lines(app) == whole


async def test_what_stands_above_stays_above() -> None:
    app = Host()
    async with app.run_test(size=(30, 12)) as pilot:
        await pilot.pause()
        compositor = app.screen._compositor
        app.screen.query_one("#over", Static).update("ABOVE", layout=False)
        compositor.update_widgets({app.screen.query_one("#over")})
        update = compositor.render_partial_update()
        assert update is not None
        painted = [
            (y, strip.text)
            for y, chops in enumerate(update.chops)
            for strip in chops.values()
            if strip is not None and "ABOVE" in strip.text
        ]
        assert len(painted) == 1
