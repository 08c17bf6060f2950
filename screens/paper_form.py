"""A paper in a customer's file: a new one, or one that is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from screens.form_screen import FormScreen
from store import paper_words
from store.errors import BadValue, Conflict
from store.forms.declaration import Form, Values, load_form
from store.language import N_, _
from store.paper_form import form_values, paper_values
from store.records.papers import PaperRow

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk
    from store.records.cards import CardRow


class PaperForm(FormScreen[PaperRow]):
    """What is written down of a paper; its file is put to it afterwards."""

    HELP = N_(
        "A paper is numbered by its class and the year of its date: J basic papers, H contracts, "
        "Q debts, Y trade, T returns. Another class or year gives it another number. Where the "
        "kind says enough it needs no title. Originals never leave the shelf. The file itself is "
        "put to it afterwards, with f."
    )

    def __init__(
        self, desk: Background, card_id: int, paper_id: int | None = None, sort: str = ""
    ) -> None:
        """Make the page.

        Args:
            desk: as of every screen.
            card_id: whose paper it is.
            paper_id: which one to change; None for a new one.
            sort: class and kind of a new one, as the form has them.
        """
        super().__init__(desk, is_new=paper_id is None)
        self.card = card_id
        self.paper = paper_id
        self.sort = sort
        self.row: CardRow | None = None
        self.number = ""

    @property
    def card_id(self) -> int | None:
        """Whose paper it is."""
        return self.card

    @property
    def draft_key(self) -> str:
        """Under which unsaved words are kept."""
        which = "new" if self.paper is None else self.paper
        return f"paper:{which}:{self.row.number if self.row else ''}"

    async def begin(self) -> Values:
        """Read whose paper it is, and what is known of it."""
        self.row = await self.desk.read(lambda desk: desk.cards.row(self.card))
        if self.paper is None:
            return {"sort": self.sort} if self.sort else {}
        return await self.desk.read(self.present)

    def declared(self) -> Form:
        """Everything about a paper."""
        return load_form("paper")

    def heading(self) -> str:
        """Whose paper it is, and which."""
        name = self.row.name if self.row else ""
        if self.paper is None:
            return _("New paper of {name}").format(name=name)
        return _("{number}, paper of {name}").format(number=self.number, name=name)

    def record_edited(self) -> tuple[str, int] | None:
        """What is changed here."""
        return None if self.paper is None else ("paper", self.paper)

    def present(self, desk: Desk) -> Values:
        """The paper as it is stored now."""
        assert self.paper is not None
        row = desk.papers.get(self.paper)
        self.number = row.number
        return form_values(row.values)

    def write(self, desk: Desk, base: Values, values: Values) -> PaperRow:
        """List the paper, or save what was changed of it."""
        try:
            if self.paper is None:
                return desk.papers.add(self.card, paper_values(values))
            return desk.papers.change(self.paper, paper_values(base), paper_values(values))
        except BadValue as error:
            if error.field in ("paper_class", "kind"):
                error.field = "sort"
            raise
        except Conflict as error:
            if error.fields.keys() & {"paper_class", "kind"}:
                error.fields["sort"] = ("", "")
            raise

    def told(self, result: PaperRow) -> str:
        """Which number it has."""
        called = paper_words.numbered(result)
        if self.is_new:
            return _("{paper} is listed; f puts its file to it, u takes back").format(paper=called)
        if self.number and result.number != self.number:
            return _("It is {new} now, and was {old}").format(new=result.number, old=self.number)
        return super().told(result)

    def options(self) -> dict[str, Any]:
        """Nothing further."""
        return {}
