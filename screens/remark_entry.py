"""A word to a colleague in one line: `@name words`; and the answer to one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from screens.line_entry import LineEntry
from store.errors import StoreError
from store.language import N_, _
from widgets.text_input import LineInput

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk
    from store.records.remarks import RemarkRow


class RemarkEntry(LineEntry["RemarkRow"]):
    """A remark about a card, a talk or a to-do, or about nothing of these."""

    DRAFT = "remark:new"
    FORM_DRAFT = "remark:form"
    HINT = N_("lj take the new price list along   (name, pinyin or initials first)")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", N_("Take the name")),
    ]

    def __init__(
        self,
        desk: Background,
        card_id: int | None = None,
        *,
        talk: int | None = None,
        todo: int | None = None,
    ) -> None:
        """Make the entry.

        Args:
            desk: as of every screen.
            card_id: the card it is about.
            talk: the talk it is about; its card is known from it.
            todo: the to-do it is about.
        """
        super().__init__(desk, card_id)
        self.talk = talk
        self.todo = todo
        self.can_complete = True

    @property
    def draft_key(self) -> str:
        """Under which the words are kept."""
        if self.talk is not None:
            return f"remark:talk:{self.talk}"
        if self.todo is not None:
            return f"remark:todo:{self.todo}"
        return super().draft_key

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A remark has no full form."""
        return action != "full" and super().check_action(action, parameters)

    def key_hints(self) -> Sequence[tuple[str, str]]:
        """The keys that are told below the line."""
        complete = [("tab", _("Take the name"))] if self.can_complete else []
        return [
            ("enter", _("Send")),
            *complete,
            ("escape", _("Leave; the words stay")),
        ]

    def about(self) -> str:
        """What the remark is about."""
        if self.talk is not None:
            return _("Tell a colleague about this talk")
        if self.todo is not None:
            return _("Tell a colleague about this to-do")
        if self.row is None:
            return _("Tell a colleague")
        return _("Tell a colleague about {name}").format(name=self.row.name)

    def read_line(self, desk: Desk, text: str) -> Sequence[str]:
        """Whom the line means, and what it says."""
        from store.remark_line import understood

        return understood(desk.remarks.read_line(text), bool(desk.remarks.colleagues()))

    def write_line(self, desk: Desk, text: str) -> RemarkRow:
        """Write the remark."""
        about = None if self.talk is not None or self.todo is not None else self.card
        return desk.remarks.write_line(text, about, self.talk, self.todo)

    def told(self, result: RemarkRow) -> str:
        """Who got it."""
        return _("Told {name}; u takes back").format(name=result.addressee)

    @work(exclusive=True, exit_on_error=False, group="entry.complete")
    async def action_complete(self) -> None:
        """Write the whole name of whom the line means most likely."""
        line = self.query_one("#line", LineInput)
        text = line.value
        try:
            whole = await self.desk.read(lambda desk: desk.remarks.complete_line(text))
        except StoreError as error:
            self.report(error)
            return
        if line.value == text and whole != text:
            line.value = whole
            line.cursor_position = len(whole)


class RemarkAnswer(RemarkEntry):
    """The answer to a remark, whose whole text stands above the line."""

    DEFAULT_CSS = """
    RemarkAnswer { & #about { height: auto; max-height: 10; text-wrap: wrap; overflow-y: auto; } }
    """
    HINT = N_("Your answer lands on your colleague's Today, and the remark leaves yours")

    def __init__(self, desk: Background, remark: RemarkRow) -> None:
        """Make the entry.

        Args:
            desk: as of every screen.
            remark: what is answered.
        """
        super().__init__(desk, remark.card_id)
        self.remark = remark
        self.can_complete = False

    @property
    def draft_key(self) -> str:
        """Under which the words are kept."""
        return f"remark:{self.remark.id}"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The name of whom it goes to is known."""
        return action != "complete" and super().check_action(action, parameters)

    def show_about(self) -> None:
        """Show the whole remark above the line."""
        waited = _("not saved last time") if self.is_taken_up else ""
        lines = [Content.styled(self.about(), "bold"), Content(self.remark.text)]
        if waited:
            lines.append(Content.styled(waited, "$text-muted"))
        self.query_one("#about", Static).update(Content("\n").join(lines))

    def about(self) -> str:
        """Whom it goes to, and about which card."""
        if self.remark.card_name:
            told = _("Answer {name}, about {card}")
            return told.format(name=self.remark.author, card=self.remark.card_name)
        return _("Answer {name}").format(name=self.remark.author)

    def read_line(self, desk: Desk, text: str) -> Sequence[str]:
        """An answer is nothing but its words."""
        return []

    def write_line(self, desk: Desk, text: str) -> RemarkRow:
        """Answer."""
        return desk.remarks.answer(self.remark.id, text)
