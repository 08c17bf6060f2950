"""A to-do in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on

from screens.card_offer import labels_found, offer_cards, spell_out
from screens.form_screen import FormScreen
from store import labels
from store.errors import BadValue, NotFound
from store.forms.declaration import Form, Values, load_form
from store.language import N_, _
from store.records.todos import TodoRow, TodoValues
from store.todo_form import todo_as_form, todo_from_form
from widgets.card_form import CardForm

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk
    from store.records.cards import CardRow


class TodoForm(FormScreen[TodoRow]):
    """A new to-do, or one that was noted before."""

    HELP = N_(
        "A to-do says what, for whom, by when, and whose it is: what the customer promised is "
        "listed too, so that somebody asks for it. One that repeats comes again when it is done."
    )

    def __init__(
        self,
        desk: Background,
        todo_id: int | None,
        values: TodoValues,
        line_draft: str | None = None,
    ) -> None:
        """Make the page.

        Args:
            desk: as of every screen.
            todo_id: the to-do to change; None for a new one.
            values: the to-do so far, or as it is stored.
            line_draft: the key of the draft of the line that said all this.
        """
        super().__init__(desk, is_new=todo_id is None, replaces=line_draft)
        self.todo = todo_id
        self.given = values
        self.row: CardRow | None = None
        self.cards: dict[int, str] = {}
        """What cards are called in the form, by id."""
        self.members: dict[str, str] = {}
        """What members are called in the form, by login."""
        self.offered: dict[str, list[str]] = {}

    @property
    def card_id(self) -> int | None:
        """The card that the to-do was opened for."""
        return self.given.card

    @property
    def draft_key(self) -> str:
        """Under which unsaved words are kept."""
        which = "form" if self.todo is None else self.todo
        return f"todo:{which}:{self.row.number if self.row else ''}"

    async def begin(self) -> Values:
        """Read what its card and the members are called."""
        await self.desk.read(self._read_names)
        return todo_as_form(self.given, self.cards, self.members)

    def _read_names(self, desk: Desk) -> None:
        from store.members import active_members

        members = active_members()
        names = [member.name for member in members]
        self.members = {
            member.login: member.name
            if names.count(member.name) == 1
            else f"{member.name} ({member.login})"
            for member in members
        }
        if self.given.card is not None:
            self.row = desk.cards.row(self.given.card)
        self._label(desk, self.given)
        self.offered = {
            "card": labels_found(desk, ""),
            "owner": list(self.members.values()),
        }

    def _label(self, desk: Desk, values: TodoValues) -> None:
        from store.card_labels import card_label

        if values.card is not None and values.card not in self.cards:
            self.cards[values.card] = card_label(desk.cards.row(values.card))

    def declared(self) -> Form:
        """Everything about a to-do."""
        return load_form("todo")

    def heading(self) -> str:
        """What the to-do is for."""
        if self.todo is not None:
            return _("To-do: {title}").format(title=self.given.title)
        if self.row is not None:
            return _("New to-do for {name}").format(name=self.row.name)
        return _("New to-do")

    def options(self) -> dict[str, Any]:
        """The cards and members that are offered."""
        return {"known": self.offered}

    def changed(self, form: CardForm, key: str) -> None:
        """Offer cards while one is typed."""
        if key == "card":
            self.run_worker(offer_cards(self, form, key), group="form.offer", exclusive=True)

    @on(CardForm.Left)
    def spell_card_out(self, event: CardForm.Left) -> None:
        """Say at once which card is meant."""
        if event.key == "card":
            self.run_worker(spell_out(self, event.form, event.key), group="form.spell")

    def record_edited(self) -> tuple[str, int] | None:
        """What is changed here."""
        return None if self.todo is None else ("todo", self.todo)

    def present(self, desk: Desk) -> Values:
        """The to-do as it is stored now."""
        assert self.todo is not None
        values = desk.todos.get(self.todo).values
        self._label(desk, values)
        return todo_as_form(values, self.cards, self.members)

    def write(self, desk: Desk, base: Values, values: Values) -> TodoRow:
        """Note the to-do, or save what was changed of it."""
        after = self._todo(desk, values)
        try:
            if self.todo is None:
                return desk.todos.add(after)
            return desk.todos.update(self.todo, self._todo(desk, base), after)
        except NotFound as error:
            if after.owner is not None and after.owner not in self.members:
                raise BadValue(error.message, field="owner", **error.values) from error
            raise

    def _todo(self, desk: Desk, values: Values) -> TodoValues:
        from store.card_labels import labelled_card

        def find_card(text: str) -> int:
            return labelled_card(desk, text, "card").id

        today = self.desk.clock.today()
        return todo_from_form(values, self.given, today, self.cards, self.members, find_card)

    def told(self, result: TodoRow) -> str:
        """That it was noted."""
        if self.todo is not None:
            return super().told(result)
        return _("Noted: {title}; u takes back").format(title=labels.short(result.title))
