"""The member's own settings."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from screens.base import PageScreen
from screens.choose import Choose
from store.errors import StoreError
from store.language import N_, _
from store.lunar import POLICIES
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row

if TYPE_CHECKING:
    from store.background import Background


@dataclass(frozen=True, slots=True)
class Setting:
    """Something a member may choose; the first choice holds where nothing was chosen."""

    key: str
    title: str
    """A message id."""
    choices: tuple[tuple[Any, str], ...]
    """Values and message ids; a title that is no message is shown as it is."""
    help: str = ""
    rule: bool = False
    """Whether it is a rule of the whole team, its values written as `shuke rules` takes them."""


POLICY_TITLES = {
    "leap_month": N_("Born in a leap month"),
    "doubled_month": N_("Born in a month that comes twice"),
    "day_thirty": N_("Born on lunar day 30, month of 29"),
    "feb29": N_("Born on 29 February"),
}

POLICY_CHOICES = {
    "leap_or_regular": N_("leap month, else the regular one"),
    "regular": N_("the regular month"),
    "both": N_("both"),
    "leap": N_("only in leap months"),
    "first": N_("the first one"),
    "last": N_("on the 29th"),
    "skip": N_("not that year"),
    "next": N_("the 1st of the next month"),
    "feb28": N_("28 February"),
    "mar1": N_("1 March"),
}
"""What the values of the policies are called; message ids."""

OTHER_CHOICES = {("feb29", "leap"): N_("only in leap years")}
"""Policies whose value means something else in one of them."""

SETTINGS = (
    Setting(
        "language",
        N_("Language"),
        (("zh", "中文"), ("en", "English")),
        N_("What the program speaks; what you typed stays as it is."),
    ),
    Setting(
        "theme",
        N_("Colours"),
        (("dark", N_("Dark")), ("light", N_("Light")), ("ansi", N_("16 colours"))),
        N_("16 colours are those of your terminal, for old ones and for your own palette."),
    ),
    Setting(
        "todo.urgent_days",
        N_("A to-do becomes urgent"),
        (
            (2, N_("2 days before it is due")),
            (0, N_("on the day it is due")),
            (1, N_("1 day before it is due")),
            (3, N_("3 days before it is due")),
            (7, N_("a week before it is due")),
        ),
        N_("An important to-do moves to the first quadrant by itself when its date comes near."),
    ),
    *(
        Setting(
            f"policy.{name}",
            POLICY_TITLES[name],
            tuple(
                (value, OTHER_CHOICES.get((name, value), POLICY_CHOICES[value])) for value in values
            ),
            N_("When a birthday is celebrated that this year does not have, or has twice."),
        )
        for name, values in POLICIES.items()
    ),
)
"""What can be chosen, in the order shown."""

RULES = (
    Setting(
        "review_months",
        N_("Team: cards are looked through"),
        (
            ("2", N_("every 2 months")),
            ("1", N_("every month")),
            ("3", N_("every 3 months")),
            ("4", N_("every 4 months")),
            ("6", N_("every 6 months")),
        ),
        N_("Each card falls due for review so long after it was last changed."),
        rule=True,
    ),
    Setting(
        "review_months_key",
        N_("Team: key cards and those at risk"),
        (
            ("1", N_("every month")),
            ("2", N_("every 2 months")),
            ("3", N_("every 3 months")),
        ),
        N_("Key cards and those of the risk list are reviewed more often than others."),
        rule=True,
    ),
    Setting(
        "value_levels",
        N_("Team: value grades by revenue"),
        (
            ("A 80, B 15, C 5", N_("A 80 %, B 15 %, C the rest")),
            ("A 70, B 20, C 10", N_("A 70 %, B 20 %, C the rest")),
            ("A 50, B 30, C 20", N_("A 50 %, B 30 %, C the rest")),
        ),
        N_("A are the customers who bring the first part of revenue; shuke rules sets others."),
        rule=True,
    ),
    Setting(
        "pile_days",
        N_("Team: a customer counts as forgotten"),
        (
            ("60", N_("after 60 days without a contact")),
            ("30", N_("after 30 days without a contact")),
            ("90", N_("after 90 days without a contact")),
            ("180", N_("after 180 days without a contact")),
        ),
        N_("Forgotten cards lie in the pile, which w on the cards takes up one by one."),
        rule=True,
    ),
)
"""The team's rules, for those who may change them."""

COLUMNS = (
    Column("title", N_("Setting"), 36, least=20, share=1),
    Column("value", N_("Holds now"), 30, least=12, share=1),
)


class Settings(PageScreen[None]):
    """Language, colours, when a to-do becomes urgent, how birthdays are reckoned."""

    TITLE_TEXT = N_("Settings")
    HELP = N_(
        "These settings are yours alone and hold wherever you log in, but for the rules of the "
        "team, which whoever leads it changes for all. Keys are changed in the "
        "configuration, table keymap; shuke config shows where it is."
    )
    DEFAULT_CSS = """
    Settings > #about { height: 3; padding: 0 1; color: $text-muted; border-top: solid $panel; }
    """

    def __init__(self, desk: Background) -> None:
        super().__init__(desk)
        self.held: dict[str, Any] = {}
        self.rules: dict[str, str] = {}
        """The team's rules as they are written; none where the member does not change them."""

    def compose_body(self) -> ComposeResult:
        """The list, and what the chosen setting means."""
        yield RowList(COLUMNS, marking=False, id="list")
        yield Static(id="about")

    @property
    def list(self) -> RowList:
        """The list of settings."""
        return self.query_one("#list", RowList)

    def on_mount(self) -> None:
        """Let the list have the keys."""
        self.list.focus()

    def relabel(self) -> None:
        """Write everything in the language spoken now."""
        self.set_title(_(self.TITLE_TEXT))
        self.show_rows()

    def reload(self) -> None:
        """Read the settings anew."""
        self.load()

    @work(exclusive=True, exit_on_error=False, group="settings")
    async def load(self) -> None:
        """Show what holds."""
        try:
            self.held, self.rules = await self.desk.read(
                lambda desk: (
                    desk.settings.all(),
                    desk.rules.as_written() if desk.rules.may_change() else {},
                )
            )
        except StoreError as error:
            self.report(error)
            return
        self.show_rows()

    def value_of(self, setting: Setting) -> Any:
        """What holds for a setting now."""
        if setting.key == "theme":
            return self.app.theme
        held = self.rules if setting.rule else self.held
        return held.get(setting.key, setting.choices[0][0])

    @property
    def offered(self) -> tuple[Setting, ...]:
        """What the member may choose."""
        return (*SETTINGS, *(RULES if self.rules else ()))

    def show_rows(self) -> None:
        """Write the list."""
        rows = []
        for setting in self.offered:
            value = self.value_of(setting)
            title = dict(setting.choices).get(value, str(value))
            rows.append(Row(setting.key, (_(setting.title), _(title))))
        self.list.set_rows(rows, keep=True)

    @property
    def chosen(self) -> Setting | None:
        """The setting under the cursor."""
        return next((each for each in self.offered if each.key == self.list.key), None)

    @on(RowList.Highlighted)
    def explain(self) -> None:
        """Say what the setting under the cursor is for."""
        help_text = _(self.chosen.help) if self.chosen else ""
        self.query_one("#about", Static).update(Content(help_text))

    @on(RowList.Opened)
    def change(self) -> None:
        """Choose another value."""
        setting = self.chosen
        if setting is None:
            return

        def keep(value: Hashable | None) -> None:
            if value is not None:
                self.keep(setting, value)

        choices = [(value, _(title)) for value, title in setting.choices]
        window = Choose(_(setting.title), choices, self.value_of(setting))
        self.app.push_screen(window, keep)

    @work(exit_on_error=False, group="settings.keep")
    async def keep(self, setting: Setting, value: Any) -> None:
        """Keep a choice, and follow it at once."""
        key = setting.key
        try:
            if setting.rule:
                await self.desk.write(lambda desk: desk.rules.change({key: value}))
            else:
                await self.desk.write(lambda desk: desk.settings.set(key, value))
        except StoreError as error:
            self.report(error)
            return
        if key == "language":
            self.shell.use_language(value)
        elif key == "theme":
            self.shell.use_theme(value)
        self.reload()
