"""The line of tabs: titles stand whole where they can."""

from textual.app import App, ComposeResult

from widgets.tab_bar import TabBar, TabTitle


async def shown(titles: tuple[str, ...], width: int) -> str:
    class Tabs(App[None]):
        def compose(self) -> ComposeResult:
            yield TabBar([TabTitle(title, title) for title in titles], titles[0])

    app = Tabs()
    async with app.run_test(size=(width, 3)):
        return app.query_one(TabBar).render().plain


async def test_titles_move_together_before_one_is_cut() -> None:
    titles = ("Members", "Departments", "Reviews")
    assert await shown(titles, 40) == " Members   Departments   Reviews"
    assert await shown(titles, 31) == " Members  Departments  Reviews"
    assert "Members" in await shown(titles, 27)
    assert "Departments" not in await shown(titles, 27)
