"""The contact log: every talk, searched and filtered."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from screens import card_actions
from screens.card_lists import open_talk
from screens.choose import Choose
from screens.list_screen import ListScreen
from store import labels
from store.language import N_, _, current
from store.records.interactions import METHODS, InteractionQuery, InteractionRow
from widgets.columns import Column
from widgets.row_pages import Row
from widgets.wrapping import wrapped

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk

QUIET = "$text-muted"


class ContactLog(ListScreen[InteractionQuery, InteractionRow]):
    """Every talk the member may read, the newest first."""

    SECTION = "log"
    HELP = N_(
        "Log a talk right after it, while his words are fresh: l, one line, Enter. His own words "
        "in quotes are what the next briefing shows first."
    )
    EMPTY = N_("Nothing logged yet: l logs a talk")

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "filter", N_("Filter"), id="log.filter"),
        Binding("m", "toggle_mine", N_("Mine or all"), id="log.mine"),
        Binding("delete,d", "trash", N_("Trash"), id="log.trash", show=False),
    ]

    def __init__(self, desk: Background) -> None:
        super().__init__(desk, InteractionQuery())

    def columns(self) -> tuple[Column, ...]:
        """The columns of the list."""
        chinese = current() == "zh"
        return (
            Column("at", N_("When"), 11),
            Column("name", N_("Name"), 10, least=8, share=2),
            Column("organisation", N_("Organisation"), 12, least=8, share=2),
            Column("method", N_("How"), 8 if chinese else 12, least=4 if chinese else 6),
            Column("interest", N_("Interest"), 4 if chinese else 8, align="right"),
            Column("summary", N_("About"), 20, least=12, share=5),
        )

    def id_of(self, item: InteractionRow) -> int:
        """The id of a talk."""
        return item.id

    def row_of(self, item: InteractionRow) -> Row:
        """A talk as a row."""
        at = self.desk.clock.local(item.at)
        said = item.summary or item.words
        return Row(
            str(item.id),
            (
                f"{at:%m-%d %H:%M}"
                if at.year == self.desk.clock.today().year
                else f"{at:%Y-%m-%d}",
                item.name,
                item.organisation,
                labels.method(item.method),
                str(item.interest or ""),
                said if item.reached else _("not reached") + f" {said}",
            ),
            "" if item.reached else "muted",
        )

    def preview_of(self, item: InteractionRow) -> Content:
        """The talk in his own words."""
        at = self.desk.clock.local(item.at)
        head = Content.styled(item.name, "bold") + Content.styled(
            f"  {at:%Y-%m-%d %H:%M}  {labels.method(item.method)}  {item.member}", QUIET
        )
        room = self.preview_width if self.has_class("-wide") else sys.maxsize
        lines = [head, *(Content(line) for line in wrapped(item.summary, room))]
        if item.words:
            words = wrapped(_("“{words}”").format(words=item.words), room)
            lines += [Content.styled(line, "italic") for line in words]
        if item.next_on:
            day = labels.short_day(item.next_on, self.desk.clock.today())
            lines.append(Content.styled(_("Next contact"), QUIET) + f" {day}")
        return Content("\n").join(lines)

    def with_text(self, text: str) -> InteractionQuery:
        """The same filters for another text."""
        return replace(self.wanted, text=text)

    def text_of(self, wanted: InteractionQuery) -> str:
        """What is searched."""
        return wanted.text

    def answer(self, desk: Desk, wanted: InteractionQuery) -> tuple[int, int]:
        """How many talks a query finds, and how many there are."""
        shown = desk.interactions.count(wanted)
        whole = InteractionQuery(trashed=wanted.trashed)
        return shown, shown if wanted == whole else desk.interactions.count(whole)

    def page_of(
        self, desk: Desk, wanted: InteractionQuery, offset: int, limit: int
    ) -> list[InteractionRow]:
        """A page of talks."""
        return desk.interactions.page(wanted, offset, limit)

    def place_of(self, desk: Desk, wanted: InteractionQuery, item: int) -> int | None:
        """At which place of the answer a talk stands."""
        return desk.interactions.place(wanted, item)

    def described(self, wanted: InteractionQuery) -> Sequence[str]:
        """The filters in words."""
        words = [_("my talks") if wanted.mine else _("all talks")]
        return [*words, *(labels.method(method) for method in wanted.methods)]

    def empty_text(self, wanted: InteractionQuery) -> str:
        """What an empty list says."""
        if wanted.text or wanted.mine or wanted.methods:
            return N_("No talk passes the filter: f changes it")
        return self.EMPTY

    def open_item(self, key: int) -> None:
        """Open a talk in its form."""
        open_talk(self, key)

    @property
    def card_id(self) -> int | None:
        """The card that the talk under the cursor was with."""
        return self.item.card_id if self.item else None

    def action_new(self) -> None:
        """Log a talk with somebody."""
        card_actions.log_talk(self, None)

    def action_log(self) -> None:
        """Log a talk with the card under the cursor."""
        card_actions.log_talk(self, self.card_id)

    def action_todo(self) -> None:
        """Note a to-do for the card under the cursor."""
        card_actions.add_todo(self, self.card_id)

    def action_remark(self) -> None:
        """Tell a colleague something about the talk under the cursor."""
        talk = int(self.list.key) if self.list.key is not None else None
        card_actions.tell_colleague(self, None, talk=talk)

    def action_edit(self) -> None:
        """Change what was logged."""
        if self.list.key is not None:
            open_talk(self, int(self.list.key))

    def action_toggle_mine(self) -> None:
        """Show one's own talks, or all."""
        self.show_query(replace(self.wanted, mine=not self.wanted.mine))

    def action_filter(self) -> None:
        """Show talks of one kind only."""
        choices = [("", _("all"))] + [(method, labels.method(method)) for method in METHODS]
        current_method = self.wanted.methods[0] if self.wanted.methods else ""

        def chosen(method: str | None) -> None:
            if method is not None:
                methods = (method,) if method else ()
                self.show_query(replace(self.wanted, methods=methods))

        self.app.push_screen(Choose(_("Kind of contact"), choices, current_method), chosen)

    def action_trash(self) -> None:
        """Take talks away; u brings them back."""
        from screens.card_lists import remove_entries

        remove_entries(self, "talks", [int(key) for key in self.list.chosen])
