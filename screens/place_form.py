"""Somebody's place at an organisation: a few lines for somebody new, all that is known later."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work

from screens.telling_form import LOOK_PAUSE, TellingForm, told_of_duplicates
from store.errors import NotFound, StoreError
from store.forms.declaration import Form, Values, load_form
from store.language import N_, _
from store.records.people import PersonRow, PlaceValues

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk
    from widgets.card_form import CardForm

QUICK = (
    *("name", "title", "org_department", "role", "attitude", "reports_to", "mobile", "influence"),
)
"""What is asked of somebody new."""

NOT_HERE = ("organisation", "name", "mobile")
"""What is no part of a place that somebody has."""


class PlaceForm(TellingForm[PersonRow]):
    """Somebody new at an organisation, or the place that somebody has there."""

    HELP = N_(
        "Who decides, who advises, who keeps the door, and whose man is who: the chart shows it, "
        "and the briefing names what is missing. Whom he reports to is picked by name, pinyin or "
        "number. A new name gets a card of its own; a number joins somebody who has one."
    )

    CHANGES_CARD: ClassVar[bool] = True

    def __init__(
        self,
        desk: Background,
        organisation: int,
        place: int | None = None,
        head: int | None = None,
        elsewhere: Collection[str] = (),
    ) -> None:
        """Make the page.

        Args:
            desk: as of every screen.
            organisation: the card of the organisation; that of a place follows from it.
            place: the place to change; None for somebody new.
            head: whom somebody new is to report to, as the form opens.
            elsewhere: keys that are not asked, since they stand in the form this one was opened
                from.
        """
        super().__init__(desk, is_new=place is None)
        self.organisation = organisation
        self.place = place
        self.above = head
        self.elsewhere = elsewhere
        self.house = self.number = ""
        self.is_closed = False
        """Whether the member does not see the organisation, which the person's card names."""
        self.opened_with: PersonRow | None = None
        self.heads: dict[str, int] = {}
        """Cards by what the form calls them."""

    @property
    def card_id(self) -> int | None:
        """The organisation; the person, where that is closed to the member."""
        if self.is_closed and self.opened_with is not None:
            return self.opened_with.card_id
        return self.organisation

    @property
    def draft_key(self) -> str:
        """Under which unsaved words are kept."""
        return f"place:{'new' if self.place is None else self.place}:{self.number}"

    async def begin(self) -> Values:
        """Read who works there, and what is known."""

        def read(desk: Desk) -> tuple[str, str, PersonRow | None]:
            place = None if self.place is None else desk.people.get(self.place)
            if place is not None:
                self.organisation = place.organisation_id
            self.heads = self._people_there(desk)
            if place is not None and self.is_closed:
                names = {each.id: each.name for each in desk.people.history(place.card_id)}
                return names[place.id], place.number, place
            row = desk.cards.row(self.organisation)
            return row.name, row.number, place

        self.house, self.number, self.opened_with = await self.desk.read(read)
        if self.opened_with is None:
            return self._with_head({}, self.above)
        if self.opened_with.head and self.opened_with.values.reports_to not in self.heads.values():
            self.heads[self.opened_with.head] = self.opened_with.values.reports_to or 0
        return self._values(self.opened_with)

    def _people_there(self, desk: Desk) -> dict[str, int]:
        """The cards of whoever works there now, by what the form calls them."""
        from store.people_values import labels

        try:
            people = desk.people.of(self.organisation)
        except NotFound:
            if self.place is None:
                raise
            self.is_closed = True
            return {}
        self.is_closed = False
        return {text: card for card, text in labels(people).items()}

    def _values(self, person: PersonRow) -> Values:
        from store.people_values import as_texts

        whole = self._with_head(as_texts(person.values), person.values.reports_to)
        asked = self.declared()
        return {key: value for key, value in whole.items() if key in asked}

    def _with_head(self, values: Values, head: int | None) -> Values:
        called = next((text for text, card in self.heads.items() if card == head), None)
        return values if called is None else {**values, "reports_to": called}

    def declared(self) -> Form:
        """What is asked."""
        form = load_form("affiliation")
        if self.place is not None:
            # Whom he reports to is somebody there: where nobody is seen, it stays as it is.
            hidden = ("reports_to",) if self.is_closed else ()
            return form.without(*NOT_HERE, *self.elsewhere, *hidden)
        return form.without(*(field.key for field in form.fields() if field.key not in QUICK))

    def heading(self) -> str:
        """Who it is, and where."""
        if self.opened_with is None:
            return _("Somebody new at {name}").format(name=self.house)
        return _("{name} at {organisation}").format(
            name=self.opened_with.name, organisation=self.house
        )

    def options(self) -> dict[str, Any]:
        """Whom he may report to."""
        own = None if self.opened_with is None else self.opened_with.card_id
        return {"known": {"reports_to": [t for t, card in self.heads.items() if card != own]}}

    def changed(self, form: CardForm, key: str) -> None:
        """Look whether somebody new has a card already."""
        if self.place is None and key in ("name", "mobile"):
            self.look_for_duplicates(form, key)

    @work(exclusive=True, exit_on_error=False, group="place.duplicates")
    async def look_for_duplicates(self, form: CardForm, key: str) -> None:
        """Warn below the field when there is a card of the same customer."""
        await asyncio.sleep(LOOK_PAUSE)
        said = {each: form.values.get(each) for each in ("name", "mobile")}
        values = {**said, "organisation": self.number}
        try:
            found = await self.desk.read(lambda desk: desk.cards.duplicates("person", values))
        except StoreError as error:
            self.report(error)
            return
        self.know_alike(key, found)
        form.remark(key, told_of_duplicates(found))

    def record_edited(self) -> tuple[str, int] | None:
        """What is changed here."""
        return None if self.place is None else ("affiliation", self.place)

    def present(self, desk: Desk) -> Values:
        """The place as stored now."""
        assert self.place is not None
        # Somebody may have been entered meanwhile, and stand above him now.
        self.heads = {**self._people_there(desk), **self.heads}
        return self._values(desk.people.get(self.place))

    def write(self, desk: Desk, base: Values, values: Values) -> PersonRow:
        """Enter somebody, or save what was changed."""
        now = self._place(desk, values)
        if self.place is None:
            return desk.people.add(
                self.organisation, values.get("name") or "", now, values.get("mobile")
            )
        return desk.people.update(self.place, self._place(desk, base), now)

    def _place(self, desk: Desk, values: Values) -> PlaceValues:
        """The place that a form says."""
        from store.people_values import from_texts

        return replace(from_texts(values), reports_to=self._head(desk, values.get("reports_to")))

    def _head(self, desk: Desk, text: str | None) -> int | None:
        if text in self.heads:
            return self.heads[text]
        if text:
            return desk.people.head(self.organisation, text)
        opened = self.opened_with
        # Whom the member does not see stays, where the line is blank.
        is_unseen = opened is not None and bool(opened.above) and not opened.head
        return opened.values.reports_to if opened and (self.is_closed or is_unseen) else None
