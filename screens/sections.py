"""The sections and pages of the program, by name: a module is read when it is first shown."""

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from store.language import N_

if TYPE_CHECKING:
    from screens.base import BaseScreen


class Section(NamedTuple):
    """A section: a screen that a digit leads to."""

    key: str
    digit: str
    title: str
    """A message id."""
    module: str
    screen: str


SECTIONS = (
    Section("today", "1", N_("Today"), "screens.today", "Today"),
    Section("cards", "2", N_("Cards"), "screens.cards", "Cards"),
    Section("log", "3", N_("Contact log"), "screens.contact_log", "ContactLog"),
    Section("todos", "4", N_("To-do"), "screens.quadrants", "Quadrants"),
    Section("dates", "5", N_("Dates"), "screens.dates", "Dates"),
    Section("team", "8", N_("Team"), "screens.team_members", "TeamMembers"),
)
"""The sections, in the order of their digits; the first is the one the program opens with."""

PAGES = {
    "briefing": ("screens.briefing", "Briefing"),
    "card_editor": ("screens.card_editor", "CardEditor"),
    "duplicates": ("screens.duplicates", "Duplicates"),
    "pile": ("screens.pile_walk", "PileWalk"),
    "settings": ("screens.settings", "Settings"),
    "help": ("screens.help", "Help"),
    "palette": ("screens.palette", "Palette"),
    "confirm": ("screens.confirm", "Confirm"),
    "import": ("screens.import_cards", "ImportCards"),
    "import_over_ssh": ("screens.inbox_import", "InboxImport"),
    "export_over_ssh": ("screens.outbox_export", "OutboxExport"),
    "export": ("screens.export_cards", "ExportCards"),
    "clubs": ("screens.clubs_page", "ClubsPage"),
    "referrals": ("screens.referrals_page", "ReferralsPage"),
}
"""The screens that others open, with module and class."""

SOURCE_CENTRES = "source_centres"
"""What another screen wishes of the list of cards to see those who bring customers."""

OVERVIEWS = {
    "clubs": N_("Customer clubs"),
    "referrals": N_("Referrals: whom to thank"),
    SOURCE_CENTRES: N_("Source centres"),
}
"""What is about all customers, or many; message ids by name."""


def section(key: str) -> Section:
    """The section of a key; raises `KeyError` where there is none."""
    return {each.key: each for each in SECTIONS}[key]


def load(module: str, screen: str) -> "type[BaseScreen[object]]":
    """The class of a screen, whose module is read now if it was not before."""
    found: type[BaseScreen[object]] = getattr(import_module(module), screen)
    return found


def page(name: str) -> "type[BaseScreen[object]]":
    """The class of a page; raises `KeyError` for a name that is not in `PAGES`."""
    return load(*PAGES[name])
