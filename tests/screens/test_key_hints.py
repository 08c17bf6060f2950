"""What keys a window and the page of help tell of."""

from textual.binding import Binding
from textual.widgets import OptionList

from screens.cards import Cards
from screens.choose import Choose
from screens.help import WIDEST, Help
from screens.key_table import KeyLine, key_lines
from screens.loan_paper import LoanPaper
from widgets.cells import width_of


def test_a_name_for_several_keys_stands_for_all_of_them() -> None:
    grades = (
        Binding("A", "grade('A')", "Likelihood", key_display="A-E 1 2"),
        Binding("B", "grade('B')", "Likelihood"),
        Binding("z", "later", "A week later"),
        Binding("y", "later", "A week later"),
    )
    assert key_lines(grades) == [
        KeyLine(("A-E 1 2",), "Likelihood"),
        KeyLine(("z", "y"), "A week later"),
    ]


async def test_help_begins_with_what_the_screen_is_for(showing, settled) -> None:
    async with showing(Cards) as (app, pilot):
        await app.push_screen(Help(app.screen.desk, app.screen))
        await settled(pilot)
        lines = app.screen.text().plain.splitlines()
        told = [line.split("  ")[-1].strip() for line in lines[lines.index("Keys here") :]]
        assert told.index("Filter") < told.index("Row up")


async def test_a_window_with_lines_tells_how_it_is_saved(showing, settled) -> None:
    async with showing(Cards) as (app, pilot):
        await app.push_screen(LoanPaper(app.screen.desk))
        await settled(pilot)
        assert "Enter Next field  Ctrl+S Save  Esc Back" in app.text()


async def test_the_marked_choice_is_marked_over_the_whole_window(showing, settled) -> None:
    async with showing(Cards) as (app, pilot):
        await app.push_screen(Choose("A title that is much longer than the choices", [(1, "a")]))
        await settled(pilot)
        listed = app.screen.query_one(OptionList)
        assert listed.size.width >= len("A title that is much longer than the choices")


async def test_what_a_screen_is_for_is_broken_into_lines_once(showing, settled) -> None:
    async with showing(Cards, size=(120, 40)) as (app, pilot):
        await app.push_screen(Help(app.screen.desk, app.screen))
        await settled(pilot)
        lines = app.screen.text().plain.splitlines()
        told = lines[: lines.index("Keys here")]
        assert max(width_of(line) for line in told) <= WIDEST
