"""A question that is answered with yes or no, or not at all."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from screens.base import Dialog
from store.language import N_, _
from widgets.choice_row import Choice, ChoiceRow

if TYPE_CHECKING:
    from store.background import Background

YES = "y"
NO = "n"


class Confirm(Dialog[bool]):
    """Asks a question; the answer is True, False, or None for Esc."""

    DEFAULT_CSS = """
    Confirm {
        & > .dialog { overflow-y: auto; scrollbar-size-vertical: 1; }
        & ChoiceRow { margin-top: 1; }
    }
    """
    AUTO_FOCUS: ClassVar[str] = "ChoiceRow"

    def __init__(
        self,
        desk: "Background",
        question: str,
        *,
        yes: str = N_("Yes"),
        no: str = N_("No"),
        default: bool = True,
    ) -> None:
        """Make the dialog.

        Args:
            desk: as of every screen.
            question: in the language spoken now; shown as it is.
            yes: what answers True; a message id.
            no: what answers False; a message id.
            default: the answer that Enter gives.
        """
        super().__init__(desk)
        self.question = question
        self.choices = (Choice(YES, yes), Choice(NO, no))
        self.default = default

    def compose(self) -> ComposeResult:
        """The question and the two answers."""
        with Vertical(classes="dialog"):
            yield Static(self.question, markup=False)
            choices = [Choice(choice.key, _(choice.title)) for choice in self.choices]
            yield ChoiceRow(choices, 0 if self.default else 1)

    def on_choice_row_taken(self, message: ChoiceRow.Taken) -> None:
        """Give the answer."""
        self.dismiss(message.key == YES)
