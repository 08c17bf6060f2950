"""Entering and changing a card, by its declared form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from screens.card_rows import WHOLE
from screens.family_form import RELATIONS
from screens.pause import Pause
from screens.telling_form import LOOK_PAUSE, TellingForm, told_of_duplicates
from screens.workplace import ON_CARD, open_workplace
from store.birthdays import BIRTHDAYS, disagreement
from store.errors import NotFound, StoreError
from store.forms.declaration import load_form
from store.forms.links import card_number
from store.language import N_, _, listed
from store.records.cards import CardQuery, CardRecord

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk
    from store.forms.declaration import Form, Values
    from store.records.cards import Duplicate
    from widgets.card_form import CardForm

TELLING = {"name", "organisation", "mobile", "work_phone", "home_phone", "email", "id_number"}
TELLING |= {"credit_code", "wechat", "qq", "birth_solar", "birth_lunar"}
"""Fields by which two cards are seen to be the same customer."""

NAMING = {"name", "organisation"}
"""Those below which similar names are told; below the others only what agrees."""

LINKS = ("organisation", "referrer")
"""Fields that hold the number of another card, and are typed and shown by its name."""

HOUSE = "organisation"
"""The field that says where somebody works."""

PEOPLE = "people"
"""The rows with the people of an organisation."""

LOOKED_AT = TELLING | {PEOPLE} | set(BIRTHDAYS)
"""Fields of which something may be said while one types."""

OFFERED = 40
"""Words of the team that are offered in a field."""


def house_made(desk: Desk, person: CardRecord) -> str:
    """Name and number of the organisation whose card was made with the newest change of a person.

    Returns:
        "" where there is none, or it had a card before.
    """
    number = person.values.get("organisation")
    if number not in person.linked:
        return ""
    try:
        house = desk.cards.resolve(number)
    except NotFound:
        return ""  # It is no card that the member sees, so none that he has just made.
    if house.level != WHOLE:
        return ""
    begun = desk.trail.history(house.id, 2)
    newest = desk.trail.history(person.id, 1)
    sets = [entry.change_set for entry in begun]
    return f"{house.name} {number}" if sets == [entry.change_set for entry in newest] else ""


def known_words(form: Form) -> list[str]:
    """The fields, and columns of rows, in which the words of the team are offered, by key."""
    keys = []
    for field in form.fields():
        if field.other and (field.index or field.choices):
            keys.append(field.key)
        keys += [f"{field.key}.{column.key}" for column in field.columns if column.index]
    return keys


def named_in(rows: object) -> list[str]:
    """The names that stand in rows."""
    several = rows if isinstance(rows, list) else []
    return list(dict.fromkeys(str(row["name"]) for row in several if row.get("name")))


def _told_of_houses(names: Sequence[str]) -> str:
    """That an organisation that was typed would be new, and which ones are called alike."""
    if not names:
        return ""
    return _("None is called exactly so; a similar name: {names}").format(names=listed(names[:3]))


class CardEditor(TellingForm[int]):
    """The form of one card; gives its id when it was saved."""

    HELP: ClassVar[str] = N_(
        "A name and a phone are enough to begin; the blanks that matter most are asked first. "
        "Enter or Tab goes to the next field, PgDn to the next section. In a list of choices "
        "type letters or pinyin. Of schools, jobs, family and the like type one row after the "
        "other; Up goes to those that are there, Enter opens one. Ctrl+S saves from anywhere."
    )

    CHANGES_CARD: ClassVar[bool] = True

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "place", N_("Role, attitude"), id="form.place"),
    ]

    def __init__(
        self, desk: Background, kind: str, card_id: int | None = None, name: str = ""
    ) -> None:
        """Make the editor.

        Args:
            desk: as of every screen.
            kind: `person` or `organisation`.
            card_id: the card to change; None enters a new one.
            name: what a new card is called, as far as that is known.
        """
        super().__init__(desk, is_new=card_id is None)
        self.kind = kind
        self.card = card_id
        self.name_given = name
        self.record: CardRecord | None = None
        self.made = ""
        """The organisation that got a card because somebody works there."""
        self.known: dict[str, list[str]] = {}
        self.links: dict[str, dict[str, str]] = {key: {} for key in LINKS}
        """The numbers of linked cards by field and name: as the card was opened, and as it is."""
        self._touched: dict[str, None] = {}
        self._unlike: set[str] = set()
        """The fields below which it stands that the two birthdays are different days."""
        self._pause = Pause(self, LOOK_PAUSE, self._look)

    @property
    def card_id(self) -> int | None:
        """The card that is edited."""
        return self.card

    @property
    def draft_key(self) -> str:
        """Under which unsaved words are kept."""
        return f"card:{self.record.number}" if self.record else f"card:new:{self.kind}"

    def declared(self) -> Form:
        """The form of the card's kind."""
        return load_form(self.kind)

    async def begin(self) -> Values:
        """Read the card, and the words that the team uses."""
        card = self.card
        rows: Values = {}
        if card is not None:
            self.record = await self.desk.read(lambda desk: desk.cards.get(card))
            rows = await self.desk.read(lambda desk: desk.cards.attached(card))
            self.kind = self.record.kind
            self._know_links(self.record)
        keys = known_words(self.declared())
        self.known = await self.desk.read(
            lambda desk: {key: desk.cards.facts(key, OFFERED) for key in keys}
        )
        self.known["family.relation"] = [_(relation) for relation in RELATIONS]
        self.known[f"{PEOPLE}.name"] = []
        self.known[f"{PEOPLE}.reports_to"] = named_in(rows.get(PEOPLE))
        if self.record is None:
            given = {"name": self.name_given} if self.name_given else {}
            return {**self.declared().defaults(), **given}
        return {**self.by_name(self.record.values), **rows}

    def options(self) -> dict[str, Any]:
        """What is offered in the fields, and what is masked."""
        return {"known": self.known, "masked": self.record.masked if self.record else ()}

    def opened(self, form: CardForm) -> None:
        """Offer as heads those, too, whom words that waited name."""
        if PEOPLE in form.form:
            form.offer(f"{PEOPLE}.reports_to", named_in(form.values.get(PEOPLE)))

    def heading(self) -> str:
        """Which card is edited."""
        if self.record is None:
            return _("New card: {kind}").format(kind=self.declared().title)
        return f"{self.record.number}  {self.record.name}"

    def by_name(self, values: Values) -> Values:
        """Values with linked cards by name, as they are typed."""
        names = {number: name for known in self.links.values() for name, number in known.items()}
        return {
            key: names.get(value, value) if key in LINKS else value for key, value in values.items()
        }

    def _know_links(self, record: CardRecord) -> None:
        """Know the numbers of the cards that a record links to by their names."""
        for key in LINKS:
            number = record.values.get(key)
            if number in record.linked:
                self.links[key][record.linked[number]] = number

    def by_number(self, values: Values) -> Values:
        """Values with linked cards by number, where the name is one that stood on the card."""
        return {
            key: self.links[key].get(value, value) if key in LINKS else value
            for key, value in values.items()
        }

    def record_edited(self) -> tuple[str, int] | None:
        """What is changed here."""
        return None if self.card is None else ("card", self.card)

    def present(self, desk: Desk) -> Values:
        """The card as it is stored now."""
        if self.card is None:
            return self.base
        present = desk.cards.get(self.card)
        self._know_links(present)
        return {**self.by_name(present.values), **desk.cards.attached(self.card)}

    def write(self, desk: Desk, base: Values, values: Values) -> int:
        """Save the card."""
        if self.card is None:
            saved = desk.cards.create(self.kind, values)
        else:
            saved = desk.cards.save(self.card, self.by_number(base), self.by_number(values))
        self.made = house_made(desk, saved)
        return saved.id

    def told(self, result: int) -> str:
        """That it was saved, and which other card was made."""
        told = _("Card entered; u takes back") if self.is_new else _("Card saved; u takes back")
        if self.made:
            told += "\n" + _("New as well: {card}").format(card=self.made)
        values = self.form.values if self.form is not None else {}
        wrong = None if values.get("birth_kept") else disagreement(values)
        if wrong is None or all(values.get(key) == self.base.get(key) for key in BIRTHDAYS):
            return told
        return f"{told}\n{wrong}"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the part that somebody plays at his employer where his card is stored already."""
        if action == "place":
            return self.kind == "person" and self.record is not None
        return super().check_action(action, parameters)

    def action_place(self) -> None:
        """Say what part he plays where he works: role, influence, attitude, whom he reports to."""
        if self.record is None or self.form is None:
            return
        if self.form.values.get(HOUSE) != self.base.get(HOUSE):
            self.tell(_("Save his new employer first; then note his role there"))
            return
        open_workplace(self, self.record.id, self.record.name, ON_CARD)

    def changed(self, form: CardForm, key: str) -> None:
        """Look at what was typed once nothing more comes for a moment."""
        if key in LOOKED_AT:
            self._touched[key] = None
            self._pause.begin()

    def _look(self) -> None:
        touched, self._touched = self._touched, {}
        for key in touched:
            if self.form is not None:
                self.look_at(self.form, key)

    def look_at(self, form: CardForm, key: str) -> None:
        """Ask the box about what was typed: the same customer, or an organisation's name."""
        if key in TELLING:
            self.look_for_duplicates(form, key)
        if key == "organisation":
            self.offer_organisations(form)
        if key in BIRTHDAYS:
            self.compare_birthdays(form, key)
        if key == PEOPLE:
            form.offer(f"{PEOPLE}.reports_to", named_in(form.values.get(key)))
            self.look_for_people(form)

    @work(exclusive=True, exit_on_error=False, group="editor.birthdays")
    async def compare_birthdays(self, form: CardForm, key: str) -> None:
        """Say below the field when the two birthdays are different days, until one is chosen."""
        values = form.values
        wrong = None if values.get("birth_kept") else disagreement(values)
        if wrong is not None:
            form.remark(key, str(wrong), wrong=True)
            self._unlike.add(key)
            return
        for each in {key} | self._unlike:
            form.remark(each, "")
        self._unlike.clear()

    @work(exclusive=True, exit_on_error=False, group="editor.duplicates")
    async def look_for_duplicates(self, form: CardForm, key: str) -> None:
        """Warn below the field when there is a card of the same customer."""
        kind, values, card = self.kind, self.by_number(form.values), self.card
        house = str(values.get("organisation") or "")
        try:
            found, houses = await self.desk.read(
                lambda desk: (
                    desk.cards.duplicates(kind, values, card),
                    desk.merging.similar_houses(house) if key == "organisation" else [],
                )
            )
        except StoreError as error:
            self.report(error)
            return
        unlike = not form.values.get("birth_kept") and disagreement(form.values) is not None
        if key in BIRTHDAYS and unlike:
            return  # That stands below the field already, and comes first.
        if key not in NAMING:
            found = [each for each in found if not each.weak]
        told = [told_of_duplicates(found), _told_of_houses(houses)]
        self.know_alike(key, found)
        sure = any(not each.weak for each in found)
        form.remark(key, " ".join(each for each in told if each), wrong=sure)

    @work(exclusive=True, exit_on_error=False, group="editor.organisations")
    async def offer_organisations(self, form: CardForm) -> None:
        """Offer the organisations that what was typed may mean."""
        typed = str(form.texts.get("organisation", "")).strip()
        if not typed:
            return
        wanted = CardQuery(text=typed, kind="organisation")
        try:
            found = await self.desk.read(lambda desk: desk.cards.page(wanted, 0, 8))
        except StoreError as error:
            self.report(error)
            return
        form.offer("organisation", [row.name for row in found])

    @work(exclusive=True, exit_on_error=False, group="editor.people")
    async def look_for_people(self, form: CardForm) -> None:
        """Offer the persons whom a new name may mean, and warn where there is such a card."""
        old = {row.get("id") for row in self.base.get(PEOPLE) or []}
        rows = [row for row in form.values.get(PEOPLE) or [] if row.get("id") not in old]
        if not rows or not rows[-1].get("name"):
            self.know_alike(PEOPLE, ())
            return
        house = self.record.number if self.record else str(form.values.get("name", ""))
        try:
            offered, found = await self.desk.read(
                lambda desk: (
                    persons_called(desk, str(rows[-1]["name"])),
                    alike_among(desk, rows, house),
                )
            )
        except StoreError as error:
            self.report(error)
            return
        form.offer(f"{PEOPLE}.name", offered)
        self.know_alike(PEOPLE, found)
        form.remark(PEOPLE, told_of_duplicates(found))


def persons_called(desk: Desk, text: str) -> list[str]:
    """The persons whom a text may mean, by name and number: so named, a card gets a further place.

    None for a text that names one already.
    """
    if card_number(text.split()[-1]):
        return []
    found = desk.cards.page(CardQuery(text=text, kind="person"), 0, 8)
    return [f"{row.name} {row.number}" for row in found if row.level == WHOLE]


def alike_among(desk: Desk, rows: Sequence[Mapping[str, Any]], house: str) -> list[Duplicate]:
    """The cards that new people at an organisation have already."""
    found: dict[int | str, Duplicate] = {}
    for row in rows:
        name = str(row.get("name") or "")
        if not name or card_number(name.split()[-1]):
            continue
        phones = [{"value": row["mobile"], "label": ""}] if row.get("mobile") else None
        values = {"name": name, "mobile": phones, "organisation": house}
        for each in desk.cards.duplicates("person", values):
            found[each.card_id or each.owner] = each
    return list(found.values())
