"""The frame of the team's section: sections on top, tabs below them, the body, the keys.

Each tab is a screen of its own and takes the place of the one before, so that it has keys, list,
search line and preview like every other section. To add one:

1. write `class Loans(TeamScreen)`, or `class TrailList(ListScreen[Query, Item], TeamScreen)`, with
   `TAB = "loans"` and `compose_body`, as any `SectionScreen` is written; `reload` reads what is
   shown (call no `compose` of your own: the frame stands around the body);
2. add its line to `screens.team_tabs.TABS`, with the roles whose tab it is, if not everybody's.

`[` and `]` (`【` `】` with the input method on), Tab and Shift+Tab go from tab to tab; while a text
field has the cursor Tab only leaves it. A tab is made anew each time it is gone to: what it should
remember belongs into the member's settings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from screens.base import SectionScreen, breakpoints
from screens.sections import SECTIONS, load
from screens.team_tabs import tab, tabs_of
from store.errors import StoreError
from store.language import N_
from widgets.key_footer import KeyFooter
from widgets.section_bar import SectionBar, SectionTitle
from widgets.tab_bar import TabBar, TabTitle

if TYPE_CHECKING:
    from textual.screen import Screen

    from store.records.team import OwnPlace


class TeamScreen(SectionScreen):
    """A tab of the team's section."""

    SECTION = "team"
    TAB: ClassVar[str] = ""
    """Its key in `screens.team_tabs.TABS`."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right_square_bracket,tab", "turn_tab(1)", N_("Next tab"), id="team.next"),
        Binding(
            "left_square_bracket,shift+tab",
            "turn_tab(-1)",
            N_("Tab before"),
            show=False,
            id="team.before",
        ),
    ]
    place: OwnPlace | None = None
    """The member's own place in the team, once it is read; a tab hands it on to the next."""

    def compose(self) -> ComposeResult:
        """The frame around the body."""
        titles = [SectionTitle(each.key, each.digit, each.title) for each in SECTIONS]
        yield SectionBar(titles, self.SECTION, getattr(self.app, "member_name", ""))
        tabs = tabs_of(self.place) if self.place is not None else (tab(self.TAB),)
        yield TabBar([TabTitle(each.key, each.title) for each in tabs], self.TAB)
        yield from self.compose_body()
        yield KeyFooter()

    def on_screen_resume(self) -> None:
        """Show who works here, which tabs he has, and what holds now."""
        super().on_screen_resume()
        self.call_after_refresh(self.read_place)

    @work(exclusive=True, exit_on_error=False, group="team.place")
    async def read_place(self) -> None:
        """Read the member's own place, and show the tabs that he has."""
        try:
            place = await self.desk.read(lambda desk: desk.team.own_place())
        except StoreError as error:
            self.report(error)
            return
        self.place = place
        self.shell.works_alone = place.alone
        tabs = tabs_of(place)
        self.query_one(TabBar).tabs = tuple(TabTitle(each.key, each.title) for each in tabs)
        self.refresh_bindings()
        self.placed()

    def arrive(self, wish: str) -> None:
        """Show the tab that is wished, where the member has it."""
        self.take_wish(wish)

    @work(exclusive=True, exit_on_error=False, group="team.wish")
    async def take_wish(self, wish: str) -> None:
        """Go to a tab, once it is known which ones the member has."""
        try:
            place = await self.desk.read(lambda desk: desk.team.own_place())
        except StoreError as error:
            self.report(error)
            return
        if wish in {each.key for each in tabs_of(place)}:
            self.place = place
            self.go_to_tab(wish)

    def placed(self) -> None:
        """The member's own place is known, or known anew."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the way to other tabs where there are any."""
        if action == "turn_tab":
            return self.place is not None and len(tabs_of(self.place)) > 1
        return super().check_action(action, parameters)

    def action_turn_tab(self, step: int) -> None:
        """Go to the next tab, or the one before; out of a text field first."""
        if self.leave_field():
            return
        keys = [each.key for each in self.query_one(TabBar).tabs]
        if self.TAB in keys:
            self.go_to_tab(keys[(keys.index(self.TAB) + step) % len(keys)])

    @on(TabBar.Chosen)
    def take_tab(self, message: TabBar.Chosen) -> None:
        """Go to the tab that was clicked."""
        self.go_to_tab(message.tab)

    def go_to_tab(self, key: str) -> None:
        """Show another tab in the place of this one."""
        if key == self.TAB:
            return
        wanted = tab(key)
        screen = cast("TeamScreen", load(wanted.module, wanted.screen)(self.desk))
        screen.place = self.place
        screen.add_class(*breakpoints(self.app.size.width), update=False)
        if not self._result_callbacks:  # the first screen of a mode has none to be taken away
            self._push_result_callback(self, None)
        self.app.switch_screen(cast("Screen[object]", screen))
