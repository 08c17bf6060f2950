"""A form that tells while one types that there is such a card already, and leads to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from screens.form_screen import FormScreen, Result
from screens.pick import Pick
from store.language import N_, _, listed

if TYPE_CHECKING:
    from store.background import Background
    from store.records.cards import Duplicate

LOOK_PAUSE = 0.3
"""Seconds without a key after which the box is asked about what was typed."""


def told_of_duplicates(found: Sequence[Duplicate]) -> str:
    """That there are such cards: which, as far as the member sees them, or whom to ask."""
    seen = [f"{each.name} {each.number}" for each in found if each.card_id and not each.weak]
    weak = [f"{each.name} {each.number}" for each in found if each.weak]
    owners = dict.fromkeys(each.owner for each in found if not each.card_id)
    told = []
    if seen:
        told.append(_("There is such a card already: {names}").format(names=listed(seen[:3])))
    elif weak:
        told.append(_("A similar name: {names}").format(names=listed(weak[:3])))
    if owners:
        whom = listed(owners)
        told.append(_("A colleague has such a card already: ask {names}").format(names=whom))
    return " ".join(told)


class TellingForm(FormScreen[Result]):
    """A form whose fields may name a customer who has a card."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o,f2", "see_alike", N_("See that card"), id="form.see_alike"),
    ]

    def __init__(
        self, desk: Background, *, is_new: bool = True, replaces: str | None = None
    ) -> None:
        """Make the page; as every form."""
        super().__init__(desk, is_new=is_new, replaces=replaces)
        self._alike: dict[str, tuple[Duplicate, ...]] = {}

    @property
    def alike(self) -> dict[int, str]:
        """The cards that were told of and can be seen, by id, those of the last field first."""
        told = [each for found in reversed(self._alike.values()) for each in found]
        told.sort(key=lambda each: each.weak)
        return {each.card_id: f"{each.name} {each.number}" for each in told if each.card_id}

    def know_alike(self, key: str, found: Sequence[Duplicate]) -> None:
        """Know what was found by a field, in place of what was found by it before."""
        if not found and key not in self._alike:
            return
        self._alike.pop(key, None)
        if found:
            self._alike[key] = tuple(found)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the key to such a card only where there is one."""
        if action == "see_alike":
            return bool(self.alike)
        return super().check_action(action, parameters)

    def action_see_alike(self) -> None:
        """Open the card that there is already, on top of the form; of several, the chosen one."""
        alike = self.alike
        if len(alike) == 1:
            self.shell.open_card(next(iter(alike)))
            return

        def chosen(number: str | None) -> None:
            if number:
                self.shell.open_card(int(number))

        choices = [(str(card), text) for card, text in alike.items()]
        self.app.push_screen(Pick(self.desk, _("Which card?"), choices), chosen)
