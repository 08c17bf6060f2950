"""The audit: who did what, when and from where, searched and filtered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from screens.ask_text import AskText
from screens.audit_entry import EntryPage, card_of
from screens.audit_rows import columns, entry_row, head_of
from screens.choose import Choose
from screens.list_screen import ListScreen
from screens.team import TeamScreen
from store.errors import StoreError
from store.language import N_, _
from store.records.audit import KINDS, AuditEntry, AuditQuery
from widgets.columns import Column
from widgets.row_pages import Row

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk

COUNTED = 5_000
"""Entries up to which the desk counts."""

SPANS = (
    (0, N_("today")),
    (6, N_("the last 7 days")),
    (29, N_("the last 30 days")),
    (364, N_("the last year")),
    (-1, N_("all of it")),
)
"""How far back the list may look, in days before today."""

TABLES = {
    "card": N_("cards"),
    "interaction": N_("talks"),
    "todo": N_("to-dos"),
    "contact_point": N_("phones and addresses"),
    "affiliation": N_("employments"),
    "occasion": N_("dates"),
    "family_member": N_("family"),
    "loan": N_("loans"),
    "member": N_("members"),
    "public_key": N_("SSH keys"),
}
"""What records one may look for the changes of."""


class AuditList(ListScreen[AuditQuery, AuditEntry], TeamScreen):
    """Entries of the trail, the newest first."""

    TAB = "audit"
    HELP = N_(
        "Everything that was changed, exported, unmasked or refused, and who came in. Enter shows "
        "an entry whole. Nobody can change what stands here."
    )
    EMPTY = N_("The trail has nothing that you may see yet")
    MARKING = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "filter", N_("Filter"), id="audit.filter"),
        Binding("c", "same_card", N_("This card"), id="audit.card"),
        Binding("w", "same_member", N_("Same member"), id="audit.member"),
        Binding("x", "no_filter", N_("All"), id="audit.all"),
    ]

    def __init__(self, desk: Background) -> None:
        super().__init__(desk, AuditQuery())
        self.card_name = ""
        """The card that is chosen, as it is shown."""

    def columns(self) -> tuple[Column, ...]:
        """The columns of the list."""
        return columns()

    def id_of(self, item: AuditEntry) -> int:
        """The number of an entry."""
        return item.id

    def row_of(self, item: AuditEntry) -> Row:
        """An entry as a row."""
        return entry_row(item, self.desk.clock)

    def preview_of(self, item: AuditEntry) -> Content:
        """Who, where from, and what changed."""
        return Content("\n").join([head_of(item, self.desk.clock), Content(item.detail)])

    def with_text(self, text: str) -> AuditQuery:
        """The same filters for another text."""
        return replace(self.wanted, text=text)

    def text_of(self, wanted: AuditQuery) -> str:
        """What is searched."""
        return wanted.text

    def answer(self, desk: Desk, wanted: AuditQuery) -> tuple[int, int]:
        """How many entries a query finds, and how many there are."""
        found = desk.audit.count(wanted)
        return found, found if wanted == AuditQuery() else desk.audit.count()

    def page_of(self, desk: Desk, wanted: AuditQuery, offset: int, limit: int) -> list[AuditEntry]:
        """A page of entries."""
        return desk.audit.entries(wanted, offset, limit)

    def described(self, wanted: AuditQuery) -> Sequence[str]:
        """The filters in words."""
        words = [
            wanted.member,
            _(KINDS[wanted.kind]) if wanted.kind else "",
            _(TABLES[wanted.table]) if wanted.table else "",
            self.card_name if wanted.card is not None else "",
            wanted.field,
            wanted.place,
            _("since {day}").format(day=f"{wanted.since:%m-%d}") if wanted.since else "",
        ]
        return [word for word in words if word]

    def show_summary(self) -> None:
        """Say what the list shows; more than so many entries are not counted."""
        shown, whole = (f"{count}+" if count >= COUNTED else str(count) for count in self.counts)
        words = [*self.described(self.wanted), f"{shown} / {whole}"]
        self.query_one("#summary", Static).update(Content(" · ".join(words)))

    @property
    def counts(self) -> tuple[int, int]:
        """How many entries are listed, and how many there are."""
        return self.list.count, self.total

    def empty_text(self, wanted: AuditQuery) -> str:
        """What an empty list says."""
        if wanted != AuditQuery():
            return N_("No entry passes the filter: f changes it, x shows all")
        return self.EMPTY

    def open_item(self, key: int) -> None:
        """Show an entry whole."""
        entry = self.found.get(key)
        if entry is not None:
            self.app.push_screen(EntryPage(self.desk, entry))

    @property
    def card_id(self) -> int | None:
        """The card that the entry under the cursor is about."""
        return card_of(self.item) if self.item else None

    def action_no_filter(self) -> None:
        """Show all entries."""
        self.search.value = ""
        self.show_query(AuditQuery())

    def action_same_card(self) -> None:
        """Show the entries about the card of this one."""
        records = self.item.records if self.item else ()
        about = next((record for record in records if record.card_id is not None), None)
        if about is None:
            self.tell(_("This entry is about no card."))
            return
        self.card_name = about.card
        self.show_query(replace(self.wanted, card=about.card_id))

    def action_same_member(self) -> None:
        """Show what this member did."""
        if self.item is not None:
            self.show_query(replace(self.wanted, member=self.item.login))

    def action_filter(self) -> None:
        """Choose what to filter by."""
        by: list[tuple[str, str, Callable[[], object]]] = [
            ("kind", _("Kind of entry"), self.ask_kind),
            ("member", _("Member"), self.ask_member),
            ("since", _("How far back"), self.ask_since),
            ("table", _("What was changed"), self.ask_table),
            ("field", _("Field, by its key"), self.ask_field),
            ("place", _("Key, address or program"), self.ask_place),
            ("none", _("No filter"), self.action_no_filter),
        ]

        def chosen(key: str | None) -> None:
            for each, _title, ask in by:
                if each == key:
                    ask()

        choices = [(key, title) for key, title, _ask in by]
        self.app.push_screen(Choose(_("Filter by"), choices), chosen)

    def ask_kind(self) -> None:
        """Ask for the kind of entry."""
        choices = [("", _("all")), *((key, _(title)) for key, title in KINDS.items())]
        self._choose(_("Kind of entry"), choices, "kind", self.wanted.kind)

    def ask_table(self) -> None:
        """Ask whose changes are wanted."""
        choices = [("", _("all")), *((key, _(title)) for key, title in TABLES.items())]
        self._choose(_("What was changed"), choices, "table", self.wanted.table)

    @work(exclusive=True, exit_on_error=False, group="open")
    async def ask_member(self) -> None:
        """Ask who it was."""
        try:
            members = await self.desk.read(lambda desk: desk.team.members())
        except StoreError as error:
            self.report(error)
            return
        choices = [("", _("all")), *((each.login, each.name) for each in members)]
        self._choose(_("Member"), choices, "member", self.wanted.member)

    def _choose(
        self, title: str, choices: Sequence[tuple[str, str]], field: str, current: str
    ) -> None:
        def chosen(value: str | None) -> None:
            if value is not None:
                self._filter_by(field, value)

        self.app.push_screen(Choose(title, choices, current), chosen)

    def ask_since(self) -> None:
        """Ask how far back to look."""

        def chosen(days: int | None) -> None:
            if days is None:
                return
            clock = self.desk.clock
            today = clock.local(clock.now()).date()
            since = None if days < 0 else today - timedelta(days=days)
            self.show_query(replace(self.wanted, since=since, until=None))

        choices = [(days, _(title)) for days, title in SPANS]
        self.app.push_screen(Choose(_("How far back"), choices), chosen)

    def ask_field(self) -> None:
        """Ask for the key of a field."""
        self._ask(_("Field, by its key"), "field", self.wanted.field)

    def ask_place(self) -> None:
        """Ask for a part of the key, the address, or the program."""
        self._ask(_("Key, address or program"), "place", self.wanted.place)

    def _ask(self, question: str, field: str, value: str) -> None:
        def answered(text: str | None) -> None:
            if text is not None:
                self._filter_by(field, text)

        self.app.push_screen(AskText(question, value, optional=True), answered)

    def _filter_by(self, field: str, value: str) -> None:
        changed: dict[str, str] = {field: value}
        self.show_query(replace(self.wanted, **changed))  # type: ignore[arg-type]
