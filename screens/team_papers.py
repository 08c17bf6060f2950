"""All papers: the register by class and year, the volumes, and whose file lacks something."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from screens import paper_actions
from screens.ask_text import AskText
from screens.choose import Choose
from screens.file_list import size_text
from screens.paper_rows import (
    MISSING,
    OF_BOX,
    VOLUMES,
    about_missing,
    about_paper,
    about_volume,
    box_row,
    missing_row,
    volume_row,
)
from screens.team import TeamScreen
from store import paper_words
from store.errors import StoreError
from store.language import N_, _, ngettext
from store.records.papers import CLASSES, FileUsage, MissingPapers, PaperQuery, PaperRow, VolumeRow
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import PAGE, Row
from widgets.steady_text import SteadyText

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk

PAPERS, VOLUME_LIST, LACKING = "papers", "volumes", "missing"

VIEWS: dict[str, tuple[str, tuple[Column, ...], str]] = {
    PAPERS: (N_("Register"), OF_BOX, N_("No such paper")),
    VOLUME_LIST: (N_("Volumes"), VOLUMES, N_("No volume is closed yet: c closes one")),
    LACKING: (N_("Missing papers"), MISSING, N_("Nothing is missing.")),
}
"""What is listed: its title, its columns, and what is said where there is none."""

CLOSING = frozenset({"custodian", "manager", "director"})
LENDING = frozenset({"custodian", "manager", "director"})
EDITING = frozenset({"rep", "custodian", "manager", "director"})
"""Roles that have the keys; whether it may be done the desk says."""


def counted(view: str, count: int) -> str:
    """How many are listed."""
    if view == PAPERS:
        told = ngettext("{count} paper listed", "{count} papers listed", count)
    elif view == VOLUME_LIST:
        told = ngettext("{count} volume", "{count} volumes", count)
    else:
        told = ngettext("{count} customer", "{count} customers", count)
    return told.format(count=count)


class TeamPapers(TeamScreen):
    """The papers of all customers that the member sees."""

    TAB = "papers"
    HELP = N_(
        "The papers in customers' files. v goes from the register to the volumes and to whose "
        "file lacks something; f chooses a class, y a year, w those whose place nobody noted. "
        "c closes a class and year into a volume, whose papers do not change any more. o prints "
        "the register, or the table of contents of the volume under the cursor."
    )
    DEFAULT_CSS = """
    TeamPapers {
        & > #chosen { height: 1; padding: 0 1; color: $text-muted; }
        & > #about { height: auto; max-height: 5; padding: 0 1; border-top: solid $panel; }
    }
    """
    AUTO_FOCUS: ClassVar[str] = "#list"
    FIRST_KEYS = ("next_view", "choose_class", "choose_year", "close", "print", "new", "lend")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "next_view", N_("View"), id="boxpapers.view"),
        Binding("f", "choose_class", N_("Class"), id="boxpapers.class"),
        Binding("y", "choose_year", N_("Year"), id="boxpapers.year"),
        Binding("w", "without_place", N_("Without place"), id="boxpapers.without_place"),
        Binding("c", "close", N_("Close into a volume"), id="boxpapers.close"),
        Binding("o", "print", N_("Print"), id="boxpapers.print"),
        Binding("n", "new", N_("List a paper"), id="new"),
        Binding("e", "edit", N_("Change"), id="edit"),
        Binding("x", "lend", N_("Lend, bring back"), id="boxpapers.lend"),
        Binding("r", "reopen", N_("Open again"), id="boxpapers.reopen"),
        Binding("d,delete", "remove", N_("Trash"), show=False, id="boxpapers.trash"),
    ]

    def __init__(self, desk: Background) -> None:
        super().__init__(desk)
        self.view = PAPERS
        self.wanted = PaperQuery()
        self.papers: dict[str, PaperRow] = {}
        self.volumes: dict[str, VolumeRow] = {}
        self.lacking: dict[str, MissingPapers] = {}
        self.volume: VolumeRow | None = None
        """The volume whose papers are shown."""
        self.usage: FileUsage | None = None

    def compose_body(self) -> ComposeResult:
        """What is chosen, the list, and what is known of the row under the cursor."""
        yield SteadyText(id="chosen")
        yield RowList(OF_BOX, id="list", marking=False)
        yield Static(id="about")

    @property
    def list(self) -> RowList:
        """The papers, volumes or customers."""
        return self.query_one("#list", RowList)

    @property
    def paper(self) -> PaperRow | None:
        """The paper under the cursor."""
        return self.papers.get(self.list.key or "") if self.view == PAPERS else None

    @property
    def chosen_volume(self) -> VolumeRow | None:
        """The volume under the cursor, or the one whose papers are shown."""
        if self.view == VOLUME_LIST:
            return self.volumes.get(self.list.key or "")
        return self.volume

    @property
    def card_id(self) -> int | None:
        """The customer of the row under the cursor."""
        if self.view == LACKING:
            return int(self.list.key) if self.list.key else None
        return self.paper.card_id if self.paper is not None else None

    def role_is(self, roles: frozenset[str]) -> bool:
        """Whether the member's role is among these."""
        return self.place is not None and self.place.role in roles

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Have the keys that do something in this view."""
        if action in ("choose_class", "choose_year"):
            return self.view != LACKING
        if action == "without_place":
            return self.view == PAPERS
        if action == "close":
            return self.view != LACKING and self.role_is(CLOSING)
        if action == "print":
            return self.view == PAPERS or self.chosen_volume is not None
        if action == "lend":
            return self.paper is not None and self.role_is(LENDING)
        if action == "reopen":
            return self.view == VOLUME_LIST and self.role_is(CLOSING) and bool(self.volumes)
        if action in ("edit", "remove"):
            if self.view == VOLUME_LIST:
                return action == "edit" and self.role_is(CLOSING) and bool(self.volumes)
            return self.paper is not None and self.role_is(EDITING)
        if action == "new":
            return self.role_is(EDITING)
        return super().check_action(action, parameters)

    # What is shown

    def relabel(self) -> None:
        """Write the texts in the language spoken now."""
        self.show_view()

    def show_view(self) -> None:
        """Show another list."""
        _title, columns, empty = VIEWS[self.view]
        self.list.set_columns(columns)
        self.list.set_empty(empty)
        self.list.set_rows([])
        self.reload()

    def reload(self) -> None:
        """Read anew what is listed."""
        self.load(self.view, self.wanted)

    @work(exclusive=True, exit_on_error=False, group="papers")
    async def load(self, view: str, wanted: PaperQuery) -> None:
        """Show the list; a newer call replaces an older one."""
        try:
            count, rows, self.usage = await self.desk.read(
                lambda desk: (*self.first_page(desk, view, wanted), desk.papers.usage())
            )
        except StoreError as error:
            self.report(error)
            return
        self.list.set_source(count, keep=True, pages={0: rows})
        self.show_chosen(count)
        self.follow()

    def first_page(self, desk: Desk, view: str, wanted: PaperQuery) -> tuple[int, list[Row]]:
        """How many rows there are, and the first of them; in the reading thread."""
        if view == VOLUME_LIST:
            found = desk.volumes.all(wanted.paper_class, wanted.year)
            self.volumes = {str(volume.id): volume for volume in found}
            return len(found), [volume_row(volume) for volume in found]
        if view == LACKING:
            return desk.papers.count_missing(), self.page_of(desk, view, wanted, 0)
        self.papers = {}
        return desk.papers.count(wanted), self.page_of(desk, view, wanted, 0)

    def page_of(self, desk: Desk, view: str, wanted: PaperQuery, offset: int) -> list[Row]:
        """A page of the list; in the reading thread."""
        if view == LACKING:
            lacking = desk.papers.missing(offset, PAGE)
            self.lacking.update((str(each.card_id), each) for each in lacking)
            return [missing_row(each) for each in lacking]
        if view == VOLUME_LIST:
            return [volume_row(each) for each in list(self.volumes.values())[offset:][:PAGE]]
        found = desk.papers.page(wanted, offset, PAGE)
        self.papers.update((str(paper.id), paper) for paper in found)
        return [box_row(paper) for paper in found]

    @on(RowList.PageWanted)
    def want_page(self, message: RowList.PageWanted) -> None:
        """Fetch a page that is looked at."""
        self.fetch_page(message.page, message.edition, self.view, self.wanted)

    @work(exit_on_error=False, group="papers.page")
    async def fetch_page(self, page: int, edition: int, view: str, wanted: PaperQuery) -> None:
        """Fetch one page of the list."""
        try:
            rows = await self.desk.read(lambda desk: self.page_of(desk, view, wanted, page * PAGE))
        except StoreError as error:
            self.report(error)
            return
        self.list.put_page(page, rows, edition)

    def show_chosen(self, count: int) -> None:
        """Say what is listed, and how much room the files take."""
        wanted, parts = self.wanted, [_(VIEWS[self.view][0])]
        if self.view != LACKING:
            name = paper_words.class_title(wanted.paper_class) if wanted.paper_class else ""
            parts.append(name or _("all classes"))
            parts.append(str(wanted.year) if wanted.year else _("all years"))
        if self.view == PAPERS and self.volume is not None:
            parts = [_("Volume {number}").format(number=self.volume.number)]
        if wanted.without_place and self.view == PAPERS:
            parts.append(_("without place"))
        if wanted.text and self.view == PAPERS:
            parts.append(f"“{wanted.text}”")
        parts.append(counted(self.view, count))
        used = self.usage
        if used is not None and used.files and self.view == PAPERS:
            told = ngettext("{count} file, {size}", "{count} files, {size}", used.files)
            parts.append(told.format(count=used.files, size=size_text(used.size)))
        self.query_one("#chosen", SteadyText).update(Content(" · ".join(parts)))

    @on(RowList.Highlighted)
    def follow(self) -> None:
        """Show what is known of the row under the cursor, and the keys that are for it."""
        self.refresh_bindings()
        about = self.query_one("#about", Static)
        paper, volume = self.paper, self.chosen_volume
        if paper is not None:
            about.update(about_paper(paper, self.desk.clock))
        elif volume is not None and self.view == VOLUME_LIST:
            about.update(about_volume(volume, self.desk.clock))
        elif self.view == LACKING and self.list.key in self.lacking:
            about.update(about_missing(self.lacking[self.list.key or ""]))
        else:
            about.update(Content())
        about.display = self.list.count > 0

    # Choosing

    def action_next_view(self) -> None:
        """Go on to the volumes, to what is missing, and back to the register."""
        keys = list(VIEWS)
        self.view = keys[(keys.index(self.view) + 1) % len(keys)]
        self.leave_volume()
        self.show_view()

    def leave_volume(self) -> None:
        """Show the papers of all volumes again."""
        self.volume = None
        self.wanted = replace(self.wanted, volume=None)

    def action_back(self) -> None:
        """Leave a volume, or what was searched for."""
        if self.view == PAPERS and self.volume is not None:
            self.leave_volume()
            self.view = VOLUME_LIST
            self.show_view()
        elif self.wanted.text:
            self.choose(text="")
        else:
            super().action_back()

    def choose(self, **changed: Any) -> None:
        """List others."""
        self.wanted = replace(self.wanted, **changed)
        self.show_view()

    def action_choose_class(self) -> None:
        """Ask for a class."""
        choices: list[tuple[Hashable, str]] = [("", _("All classes"))]
        choices += [(name, paper_words.class_title(name)) for name in CLASSES]

        def chosen(name: Any) -> None:
            if name is not None:
                self.choose(paper_class=name)

        self.app.push_screen(Choose(_("Class"), choices, self.wanted.paper_class), chosen)

    @work(exclusive=True, exit_on_error=False, group="papers.ask")
    async def action_choose_year(self) -> None:
        """Ask for one of the years."""
        try:
            years = await self.desk.read(lambda desk: desk.papers.years())
        except StoreError as error:
            self.report(error)
            return
        choices: list[tuple[Hashable, str]] = [(0, _("All years"))]
        choices += [(year, str(year)) for year in years]
        window = Choose(_("Year"), choices, self.wanted.year or 0)
        year: Any = await self.app.push_screen_wait(window)
        if year is not None:
            self.choose(year=year or None)

    def action_without_place(self) -> None:
        """List only those of which nobody noted where they are, or all again."""
        self.choose(without_place=not self.wanted.without_place)

    def action_search(self) -> None:
        """Look for papers by number, title, customer or shelf place."""
        if self.view != PAPERS:
            super().action_search()
            return

        def typed(text: str | None) -> None:
            if text is not None:
                self.choose(text=text)

        question = _("Papers with this in number, title, customer or shelf place")
        self.app.push_screen(AskText(question, self.wanted.text, optional=True), typed)

    # Doing

    @on(RowList.Opened)
    def open_row(self) -> None:
        """Ask what is to be done with a paper; show a volume's papers; open the card."""
        paper, volume = self.paper, self.chosen_volume
        if paper is not None:
            names = paper_actions.possible(
                paper,
                edits=self.role_is(EDITING),
                lends=self.role_is(LENDING),
                elsewhere=True,
            )
            paper_actions.offer(
                self, paper, names, lambda name, row: paper_actions.act(self, name, row)
            )
        elif self.view == VOLUME_LIST and volume is not None:
            self.volume = volume
            self.view = PAPERS
            self.choose(volume=volume.id, text="", without_place=False)
        elif self.card_id is not None:
            self.open_card(self.card_id)

    def action_edit(self) -> None:
        """Change the paper, or where the volume is."""
        volume = self.chosen_volume
        if self.view == VOLUME_LIST and volume is not None:
            self.shelve(volume)
        elif self.paper is not None:
            paper_actions.edit(self, self.paper)

    def shelve(self, volume: VolumeRow) -> None:
        """Ask where a volume is."""

        def typed(text: str | None) -> None:
            if text is not None:
                paper_actions.write(self, lambda desk: desk.volumes.shelve(volume.id, text))

        question = _("Where is volume {number}?").format(number=volume.number)
        self.app.push_screen(AskText(question, volume.shelf, optional=True), typed)

    def action_new(self) -> None:
        """List a paper of a customer, who is asked for where the row is about none."""
        if self.card_id is not None:
            self.add(self.card_id)
            return

        def typed(text: str | None) -> None:
            if text:
                self.find_card(text)

        self.app.push_screen(AskText(_("Whose paper? Number or name")), typed)

    @work(exclusive=True, exit_on_error=False, group="papers.ask")
    async def find_card(self, text: str) -> None:
        """List a paper of the customer that a text means."""
        try:
            card = await self.desk.read(lambda desk: desk.cards.resolve(text))
        except StoreError as error:
            self.report(error)
            return
        self.add(card.id)

    def add(self, card_id: int) -> None:
        """List a paper of a customer."""
        paper_actions.add(self, card_id, "", lambda _paper: self.reload())

    def action_lend(self) -> None:
        """Lend the paper under the cursor, or note that it is back."""
        if self.paper is not None:
            paper_actions.lend(self, self.paper)

    def action_remove(self) -> None:
        """Put the paper under the cursor into the trash."""
        if self.paper is not None:
            paper_actions.trash(self, [self.paper])

    def action_reopen(self) -> None:
        """Open the volume under the cursor again, and say why."""
        volume = self.chosen_volume
        if volume is None:
            return

        def typed(reason: str | None) -> None:
            if reason:
                told = _("{number} is open again; u takes back").format(number=volume.number)
                paper_actions.write(self, lambda desk: desk.volumes.reopen(volume.id, reason), told)

        question = _("Why is volume {number} opened again?").format(number=volume.number)
        self.app.push_screen(AskText(question), typed)

    @work(exclusive=True, exit_on_error=False, group="papers.ask")
    async def action_close(self) -> None:
        """Ask which class and year is closed, and how the volume is called."""
        from screens.volume_close import VolumeClose

        paper_class = await self.ask_class()
        if not paper_class:
            return
        year = await self.ask_year(paper_class)
        if year is None:
            return
        count = await self.desk.read(lambda desk: len(desk.volumes.to_close(paper_class, year)))
        window = VolumeClose(self.desk, paper_class, year, count)
        volume = await self.app.push_screen_wait(window)
        if volume is not None:
            told = _("{number} is closed; o prints its table of contents, u takes back")
            self.tell(told.format(number=volume.number))
            self.leave_volume()
            self.view = VOLUME_LIST
            self.show_view()

    async def ask_class(self) -> str:
        """The class that is closed: the one that is listed, else the member is asked."""
        if self.wanted.paper_class:
            return self.wanted.paper_class
        choices = [(name, paper_words.class_title(name)) for name in CLASSES]
        chosen = await self.app.push_screen_wait(Choose(_("Which class is closed?"), choices))
        return str(chosen or "")

    async def ask_year(self, paper_class: str) -> int | None:
        """The year that is closed: one in which there is something to close."""

        def years_of(desk: Desk) -> dict[int, int]:
            years = desk.papers.years()
            found = {year: len(desk.volumes.to_close(paper_class, year)) for year in years}
            return {year: count for year, count in found.items() if count}

        try:
            years = await self.desk.read(years_of)
        except StoreError as error:
            self.report(error)
            return None
        if not years:
            self.tell(_("Nothing of this class is open."))
            return None
        if self.wanted.year in years:
            return self.wanted.year
        choices = []
        for year, count in years.items():
            told = ngettext("{year}: {count} paper", "{year}: {count} papers", count)
            choices.append((year, told.format(year=year, count=count)))
        return await self.app.push_screen_wait(Choose(_("Which year is closed?"), choices))

    def action_print(self) -> None:
        """Write the register, or the table of contents of the volume, as a page."""
        from screens.outgoing import PaperPages

        volume = self.chosen_volume
        if volume is not None:
            self.shell.open_print(PaperPages(volume=volume))
        else:
            wanted = self.wanted
            self.shell.open_print(PaperPages(wanted.paper_class, wanted.year))
