"""A talk in full: everything that is worth keeping of it, on one screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual import on

from screens.card_offer import labels_found, offer_cards, spell_out
from screens.form_screen import FormScreen
from screens.raise_level import offer_level
from store import labels
from store.errors import BadValue
from store.forms.declaration import Form, Values, load_form
from store.language import N_, _
from store.records.interactions import InteractionValues, Logged
from store.talk_form import talk_as_form, talk_from_form
from store.todo_line import lines_of, todos_of, understood
from widgets.card_form import CardForm

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk
    from store.records.cards import CardRow
    from store.records.todos import TodoValues

TO_COME = N_("This day is still to come; what is planned stands under “Next contact”.")


class LogForm(FormScreen[Logged]):
    """A new talk, or one that was logged before."""

    HELP = N_(
        "Write what was said right after the talk. His own words are what the next briefing shows "
        "first; the next contact and the to-dos, one a line, come up by themselves when they are "
        "due. Tab or Enter goes on, Ctrl+S saves from anywhere."
    )

    def __init__(
        self,
        desk: Background,
        card_id: int,
        values: InteractionValues,
        interaction_id: int | None = None,
        todos: Sequence[TodoValues] = (),
        line_draft: str | None = None,
    ) -> None:
        """Make the page.

        Args:
            desk: as of every screen.
            card_id: the card the talk was with.
            values: the talk so far, or as it is stored.
            interaction_id: the talk to change; None for a new one.
            todos: to-dos that came of it.
            line_draft: the key of the draft of the line that said all this.
        """
        super().__init__(desk, is_new=interaction_id is None, replaces=line_draft)
        self.card = card_id
        self.talk = interaction_id
        self.given = values
        self.todos = lines_of(todos)
        """The to-dos that came with it, by the lines that say them."""
        self.noted: list[str] = []
        """The titles of to-dos that came of the talk before."""
        self.row: CardRow | None = None
        self.labels: dict[int, str] = {}
        """What the further cards are called in the form, by id."""
        self.offered: list[str] = []

    @property
    def card_id(self) -> int | None:
        """The card the talk was with."""
        return self.card

    @property
    def draft_key(self) -> str:
        """Under which unsaved words are kept."""
        which = "form" if self.talk is None else self.talk
        return f"interaction:{which}:{self.row.number if self.row else ''}"

    async def begin(self) -> Values:
        """Read whose talk it is, and what the further cards are called."""
        await self.desk.read(self._read_cards)
        form = talk_as_form(self.given, self.desk.clock, self.labels)
        return form | ({"todos": "\n".join(self.todos)} if self.todos else {})

    def _read_cards(self, desk: Desk) -> None:
        self.row = desk.cards.row(self.card)
        if self.talk is not None:
            self.noted = [todo.title for todo in desk.interactions.todos_of(self.talk)]
        self._label(desk, self.given)
        self.offered = labels_found(desk, "")

    def _label(self, desk: Desk, values: InteractionValues) -> None:
        from store.card_labels import card_label

        for card in values.others:
            self.labels.setdefault(card, card_label(desk.cards.row(card)))

    def declared(self) -> Form:
        """Everything about a talk, and to-dos that come of it."""
        return load_form("interaction")

    def heading(self) -> str:
        """Whom the talk was with."""
        name = self.row.name if self.row else ""
        if self.talk is None:
            return _("Log a talk with {name}").format(name=name)
        return _("Talk with {name}").format(name=name)

    def options(self) -> dict[str, Any]:
        """The cards that are offered for who else took part."""
        return {"known": {"others": self.offered}}

    def opened(self, form: CardForm) -> None:
        """Say how the to-dos are understood that came with it."""
        self._explain_todos(form)

    def changed(self, form: CardForm, key: str) -> None:
        """Offer cards, and say how to-dos are understood, while they are typed."""
        if key == "others":
            self.run_worker(offer_cards(self, form, key), group="form.offer", exclusive=True)
        elif key == "todos":
            self._explain_todos(form)

    @on(CardForm.Left)
    def spell_cards_out(self, event: CardForm.Left) -> None:
        """Say at once which cards are meant."""
        if event.key == "others":
            self.run_worker(spell_out(self, event.form, event.key), group="form.spell")

    def _explain_todos(self, form: CardForm) -> None:
        if "todos" in form.form:
            said = understood(form.values.get("todos", ""), self.desk.clock.today())
            if self.noted:
                noted = _(", ").join(labels.short(title) for title in self.noted)
                said.insert(0, _("Noted before: {titles}").format(titles=noted))
            form.remark("todos", "\n".join(said))

    def record_edited(self) -> tuple[str, int] | None:
        """What is changed here."""
        return None if self.talk is None else ("interaction", self.talk)

    def present(self, desk: Desk) -> Values:
        """The talk as it is stored now."""
        assert self.talk is not None
        values = desk.interactions.get(self.talk).values
        self._label(desk, values)
        return talk_as_form(values, self.desk.clock, self.labels)

    def write(self, desk: Desk, base: Values, values: Values) -> Logged:
        """Log the talk with its to-dos, or save what was changed of it."""
        day = values.get("day")
        if day and day != base.get("day") and day > self.desk.clock.today().isoformat():
            raise BadValue(TO_COME, field="day")
        after = self._talk(desk, values)
        todos = todos_of(values.get("todos", ""), self.todos, self.desk.clock.today())
        if self.talk is not None:
            record = desk.interactions.update(self.talk, self._talk(desk, base), after, todos)
            return Logged(record.id, record.card_id)
        return desk.interactions.log(self.card, after, todos)

    def _talk(self, desk: Desk, values: Values) -> InteractionValues:
        from store.card_labels import labelled_card

        def find_card(text: str) -> int:
            return labelled_card(desk, text, "others").id

        return talk_from_form(values, self.given, self.desk.clock, self.labels, find_card)

    def told(self, result: Logged) -> str:
        """What came of it."""
        if self.talk is not None:
            return super().told(result)
        if result.todos:
            return _("Logged, with {count} to-dos; u takes back").format(count=len(result.todos))
        return _("Logged; u takes back")

    async def after_saving(self, result: Logged) -> None:
        """Offer the level that the talk speaks for."""
        await offer_level(self, result)
