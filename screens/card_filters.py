"""Which cards a list shows, and in which order: chosen here; `store.query_words` tells it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from screens.choose import Choose, fit_list
from store import labels
from store.errors import StoreError
from store.forms.declaration import load_form
from store.language import N_, _
from store.query_words import SORT_TITLES
from store.records.cards import LIFECYCLES, LIKELIHOODS, CardQuery

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk

NOT_SEEN = (7, 14, 30, 60, 90, 180)
"""Days without a contact that are offered as a filter."""

COMPLETE_BELOW = (30, 50, 80)
"""Per cent known below which cards are offered as a filter."""

FACTS = ("region", "city", "industry", "circle", "tags")
"""Fields whose values in use are offered."""

GUIDING = frozenset({"manager", "director", "custodian"})
"""Roles that are offered the members who look after the cards."""


class SortChoice(Choose[tuple[str, bool]]):
    """Choose the order of the list; the present one once more turns it round."""

    def __init__(self, sort: str, reverse: bool) -> None:
        choices = [
            ((key, not reverse if key == sort else False), self._text(key, sort, reverse))
            for key in SORT_TITLES
        ]
        current = next(value for value, _text in choices if value[0] == sort)
        super().__init__(_("Sort by"), choices, current)

    @staticmethod
    def _text(key: str, sort: str, reverse: bool) -> str:
        title = _(SORT_TITLES[key])
        if key != sort:
            return title
        order = _("reversed now") if reverse else _("now; again reverses it")
        return labels.aside(title, order)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the filter window: a heading, a group that is folded, or something to switch."""

    text: str
    on: bool | None
    """None for a heading, and for a group that is folded."""
    switched: CardQuery | None = None
    """The query when it is switched."""
    fold: str = ""
    """The group that the line unfolds."""


class FilterChoice(ModalScreen[CardQuery | None]):
    """Switch filters on and off; Enter shows the result, Esc leaves it as it was."""

    DEFAULT_CSS = """
    FilterChoice {
        align: center middle;
        background: transparent;
        & > Vertical {
            width: 58;
            max-width: 95%;
            height: auto;
            max-height: 95%;
            border: solid $primary;
            background: $surface;
        }
        & Static { padding: 0 1; color: $text-muted; }
        & OptionList { height: auto; }
        & OptionList, & OptionList:focus { border: none; padding: 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "cancel", N_("Back"), id="filter.back"),
        Binding("space", "switch", N_("Switch"), id="filter.switch", priority=True),
        Binding("enter", "show", N_("Show"), id="filter.show", priority=True),
        Binding("c", "clear", N_("Clear all"), id="filter.clear"),
        Binding("tab", "group(1)", N_("Next group"), show=False),
        Binding("shift+tab", "group(-1)", N_("Group before"), show=False),
        Binding("j", "down", N_("Row down"), show=False),
        Binding("k", "up", N_("Row up"), show=False),
    ]

    def __init__(self, desk: Background, query: CardQuery) -> None:
        super().__init__()
        self.desk = desk
        self.draft = query
        self.facts: dict[str, list[str]] = {key: [] for key in FACTS}
        """The values in use, by field."""
        self.owners: list[tuple[str, str]] = []
        """Login and name of the members whose cards the member may look for."""
        self.unfolded: set[str] = set()
        self.lines: list[Line] = []

    def compose(self) -> ComposeResult:
        """The filters, and how to switch them."""
        with Vertical():
            yield OptionList()
            yield Static(Content(_("Space switch  Tab group  Enter show  c clear  Esc back")))

    def on_mount(self) -> None:
        """Show what can be switched, and fetch the values in use."""
        self.show_lines()
        self.query_one(OptionList).focus()
        self.fetch_facts()

    def on_resize(self) -> None:
        """Have the list scroll where the window is as high as the terminal allows."""
        fit_list(self, 19, 4)

    @work(exit_on_error=False)
    async def fetch_facts(self) -> None:
        """The regions, industries and tags in use, and who looks after cards."""
        try:
            self.owners = await self.desk.read(_owners)
            for key in self.facts:
                self.facts[key] = await self.desk.read(
                    lambda desk, key=key: desk.cards.facts(key, 30)  # type: ignore[misc]
                )
        except StoreError as error:
            self.notify(str(error), severity="error", markup=False)
        self.show_lines()

    def show_lines(self) -> None:
        """Write the lines anew; the highlighted one stays."""
        listed = self.query_one(OptionList)
        place = listed.highlighted
        self.lines = list(self._lines())
        listed.set_options(
            Option(_shown(line), disabled=line.on is None and not line.fold) for line in self.lines
        )
        listed.highlighted = place if place is not None else 1

    def _lines(self) -> list[Line]:
        return [*self._usual_lines(), *self._folding_lines(), *self._last_lines()]

    def _usual_lines(self) -> list[Line]:
        query = self.draft
        return [
            Line(_("Whose"), None),
            Line(_("my cards"), query.mine, replace(query, mine=not query.mine)),
            Line(_("Kind"), None),
            *self._single("kind", [("person", _("persons")), ("organisation", _("organisations"))]),
            Line(_("Level"), None),
            *self._several("lifecycles", [(v, labels.lifecycle(v)) for v in LIFECYCLES]),
            Line(_("Likelihood"), None),
            *self._several(
                "likelihoods",
                [(v, _("unclassified") if v == "unclassified" else v) for v in LIKELIHOODS],
            ),
            Line(_("To look after"), None),
            self._switch("review_due", _("due for review")),
            self._switch("risk", _("risk list")),
            self._switch("put_off", _("put off")),
            self._switch("source_centre", _("source centres")),
            *self._single(
                "not_seen_days",
                [(days, _("not seen for {days} days").format(days=days)) for days in NOT_SEEN],
            ),
            *self._single(
                "complete_below",
                [
                    (percent, _("less than {percent} % known").format(percent=percent))
                    for percent in COMPLETE_BELOW
                ],
            ),
        ]

    def _folding_lines(self) -> list[Line]:
        """Groups that show what is chosen until they are unfolded: some have many values."""
        lines: list[Line] = []
        if self.owners:
            lines += self._folding("owners", _("Looked after by"), self.owners)
        for key, name in (
            ("value_grade", "value_grades"),
            ("importance", "importances"),
            ("credit_grade", "credit_grades"),
            ("category", "categories"),
            ("ownership", "ownerships"),
        ):
            declared = load_form("organisation").field(key)
            if not declared.gone:
                offered = [(choice.value, choice.title) for choice in declared.offered]
                lines += self._folding(name, declared.title, offered)
        for key, name, title in (
            ("region", "regions", _("Region")),
            ("city", "cities", _("City")),
            ("industry", "industries", _("Industry")),
            ("circle", "circles", _("Circle")),
            ("tags", "tags", _("Tag")),
        ):
            values = list(dict.fromkeys([*getattr(self.draft, name), *self.facts[key]]))
            if values:
                lines += self._folding(name, title, [(value, value) for value in values])
        return lines

    def _last_lines(self) -> list[Line]:
        query = self.draft
        trash = replace(query, trashed=not query.trashed, merged=False)
        merged = replace(query, merged=not query.merged, trashed=False)
        return [
            Line(_("Elsewhere"), None),
            Line(_("trash"), query.trashed, trash),
            Line(_("merged into others"), query.merged, merged),
        ]

    def _folding(self, name: str, title: str, values: list[tuple[str, str]]) -> list[Line]:
        """A group of filters of which any may hold, unfolded or in one line."""
        if name in self.unfolded:
            return [Line(title, None, fold=name), *self._several(name, values)]
        held = [text for value, text in values if value in getattr(self.draft, name)]
        chosen = _(", ").join(held) if held else _("any")
        return [Line(_("{title}: {chosen}").format(title=title, chosen=chosen), None, fold=name)]

    def _switch(self, name: str, text: str) -> Line:
        """A filter that holds or not."""
        held = bool(getattr(self.draft, name))
        return Line(text, held, replace(self.draft, **{name: not held}))

    def _single(self, name: str, values: list[tuple[Any, str]]) -> list[Line]:
        """Filters of which one at most holds."""
        held = getattr(self.draft, name)
        return [
            Line(
                text, held == value, replace(self.draft, **{name: None if held == value else value})
            )
            for value, text in values
        ]

    def _several(self, name: str, values: list[tuple[str, str]]) -> list[Line]:
        """Filters of which any may hold."""
        held = getattr(self.draft, name)
        lines = []
        for value, text in values:
            other = tuple(v for v in held if v != value) if value in held else (*held, value)
            lines.append(Line(text, value in held, replace(self.draft, **{name: other})))
        return lines

    @on(OptionList.OptionSelected)
    def switch_clicked(self, event: OptionList.OptionSelected) -> None:
        """A click switches too."""
        self.switch(event.option_index)

    def action_switch(self) -> None:
        """Switch the highlighted filter."""
        place = self.query_one(OptionList).highlighted
        if place is not None:
            self.switch(place)

    def switch(self, place: int) -> None:
        """Switch a filter, or fold or unfold a group."""
        line = self.lines[place]
        if line.fold:
            self.unfolded ^= {line.fold}
            self.show_lines()
        elif line.switched is not None:
            self.draft = line.switched
            self.show_lines()

    def action_clear(self) -> None:
        """Take all filters away."""
        kept = self.draft
        self.draft = CardQuery(text=kept.text, sort=kept.sort, reverse=kept.reverse)
        self.show_lines()

    def action_show(self) -> None:
        """Show the result."""
        self.dismiss(self.draft)

    def action_cancel(self) -> None:
        """Leave the list as it was."""
        self.dismiss(None)

    def action_group(self, step: int) -> None:
        """Highlight the first line of the next group, or of the one before; round at the ends."""
        listed = self.query_one(OptionList)
        place = listed.highlighted or 0
        firsts = [
            row if line.fold else row + 1 for row, line in enumerate(self.lines) if line.on is None
        ]
        if step > 0:
            listed.highlighted = next((row for row in firsts if row > place), firsts[0])
        else:
            here = max((row for row in firsts if row <= place), default=firsts[0])
            listed.highlighted = max((row for row in firsts if row < here), default=firsts[-1])

    def action_down(self) -> None:
        """Highlight the next line."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Highlight the line before."""
        self.query_one(OptionList).action_cursor_up()


def _shown(line: Line) -> Content:
    """A line of the window as it is painted."""
    if line.fold:
        return Content.styled(line.text, "bold $text-muted") + Content.styled(" …", "$text-muted")
    if line.on is None:
        return Content.styled(line.text, "bold $text-muted")
    return Content(f"  [{'x' if line.on else ' '}] {line.text}")


def _owners(desk: Desk) -> list[tuple[str, str]]:
    """Login and name of those whose cards a member may look for; in the reading thread."""
    if desk.member.role not in GUIDING:
        return []
    me = (desk.member.login, desk.member.name)
    return [me, *((each.login, each.name) for each in desk.remarks.colleagues())]
