"""Which cards a list shows, and in which order: chosen here, told in words there."""

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
from store.language import N_, _
from store.records.cards import LIFECYCLES, LIKELIHOODS, CardQuery

if TYPE_CHECKING:
    from store.background import Background

SORT_TITLES = {
    "contact": N_("Last contact"),
    "name": N_("Name"),
    "lifecycle": N_("Level"),
    "likelihood": N_("Likelihood"),
    "next": N_("Next step"),
    "review": N_("Review due"),
    "created": N_("Newest first"),
    "number": N_("Number"),
}
"""What the orders of a list are called; message ids."""

NOT_SEEN = (7, 14, 30, 60, 90, 180)
"""Days without a contact that are offered as a filter."""


def described(query: CardQuery) -> list[str]:
    """The filters of a query in words, the text left out."""
    words = [_("my cards") if query.mine else _("all cards")]
    if query.trashed:
        words = [_("trash")]
    if query.kind:
        words.append(_("persons") if query.kind == "person" else _("organisations"))
    words += [labels.lifecycle(value) for value in query.lifecycles]
    words += [labels.likelihood(value) for value in query.likelihoods]
    for values in (query.regions, query.industries, query.tags):
        words += values
    if query.not_seen_days is not None:
        words.append(_("not seen for {days} days").format(days=query.not_seen_days))
    if query.review_due:
        words.append(_("due for review"))
    return words


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
    """A line of the filter window: a heading, or something to switch."""

    text: str
    on: bool | None
    """None for a heading."""
    switched: CardQuery | None = None
    """The query when it is switched."""


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
        self.facts: dict[str, list[str]] = {"region": [], "industry": [], "tags": []}
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
        """The regions, industries and tags in use."""
        try:
            for key in self.facts:
                self.facts[key] = await self.desk.read(
                    lambda desk, key=key: desk.cards.facts(key, 12)  # type: ignore[misc]
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
            Option(
                Content.styled(line.text, "bold $text-muted")
                if line.on is None
                else Content(f"  [{'x' if line.on else ' '}] {line.text}"),
                disabled=line.on is None,
            )
            for line in self.lines
        )
        listed.highlighted = place if place is not None else 1

    def _lines(self) -> list[Line]:
        query = self.draft
        lines = [
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
            Line(
                _("due for review"),
                query.review_due,
                replace(query, review_due=not query.review_due),
            ),
            *self._single(
                "not_seen_days",
                [(days, _("not seen for {days} days").format(days=days)) for days in NOT_SEEN],
            ),
        ]
        for key, name, title in (
            ("region", "regions", _("Region")),
            ("industry", "industries", _("Industry")),
            ("tags", "tags", _("Tag")),
        ):
            values = list(dict.fromkeys([*getattr(query, name), *self.facts[key]]))
            if values:
                lines += [Line(title, None), *self._several(name, [(v, v) for v in values])]
        lines += [
            Line(_("Elsewhere"), None),
            Line(_("trash"), query.trashed, replace(query, trashed=not query.trashed)),
        ]
        return lines

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
        """Switch a filter."""
        switched = self.lines[place].switched
        if switched is not None:
            self.draft = switched
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
        firsts = [row + 1 for row, line in enumerate(self.lines) if line.on is None]
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
