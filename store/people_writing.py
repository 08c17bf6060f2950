"""Writes the places that people have at organisations, within one change set."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from store import people_values
from store.arguments import shortened
from store.card_labels import labelled_card
from store.card_values import main_affiliations
from store.card_writing import CardWriter
from store.cleaning import clean_line
from store.errors import BadValue
from store.forms.tidy import one_line
from store.language import N_
from store.models.cards import Affiliation
from store.people_rows import heads_above, people_where
from store.people_values import OF_CARD, PLACE_KEYS, REPORTS_TO, place_form
from store.pinyin import matches
from store.records.people import PersonRow, PlaceValues
from store.standing import whole_record

if TYPE_CHECKING:
    from store.desk import Desk
    from store.recorder import Recorder

NO_NAME = N_("Somebody at an organisation needs a name.")
NO_PERSON = N_("“{text}” is an organisation: name a person.")
HERE_ALREADY = N_("{name} works here already.")
NOT_HERE = N_("{name} cannot report to somebody who does not work here.")
UNKNOWN_HEAD = N_("Nobody called “{text}” works here.")
SEVERAL_HEADS = N_("Several people called “{text}” work here: give the number.")
ABOVE_HIMSELF = N_("{name} would stand above himself then.")
LEFT_ALREADY = N_("{name} has left there already.")
SAME_EMPLOYER = N_("{name} works there already.")
TOLD = N_("{title}: {reason}")
NO_COLUMN = N_("A row has no column {key}.")

HERE = "link.organisation_id = ? AND link.until IS NULL"
"""Who works at an organisation now, as `people_where` takes it."""

PEOPLE = "people"
"""The field of an organisation's form that these rows stand in."""


class PeopleWriter:
    """Enters people at organisations, changes their places, and ends them."""

    def __init__(self, desk: "Desk", change: "Recorder") -> None:
        self.desk = desk
        self.change = change
        self.today: date = desk.store.clock.today()

    def enter(
        self, organisation_id: int, name: str, values: PlaceValues, mobile: str | None = None
    ) -> int:
        """Give somebody a place at an organisation that the member sees.

        Args:
            name: of somebody new, or the number or label of a card.
            values: as `People.add`; `mobile` too.

        Returns:
            The id of the place.
        """
        clean = people_values.checked(values, self.today)
        called = place_form().field("name").check(name)
        if not isinstance(called, str):
            raise BadValue(NO_NAME, field="name")
        person = self._known(organisation_id, called) if _names_a_card(called) else None
        self._check_head(organisation_id, called, person, clean)
        if person is None:
            return self._enter_new(organisation_id, called, clean, mobile)
        columns = {**_columns(clean), "person_id": person, "organisation_id": organisation_id}
        is_main = clean.until is None and person not in main_affiliations([person])
        return self.change.insert(Affiliation, {**columns, "main": is_main})

    def _known(self, organisation_id: int, text: str) -> int:
        row = labelled_card(self.desk, text, "name")
        if row.kind != "person":
            raise BadValue(NO_PERSON, field="name", text=row.name)
        self.desk.cards.check_visible(row.id)
        if self._works_at(organisation_id, row.id):
            raise BadValue(HERE_ALREADY, field="name", name=row.name)
        return row.id

    def _enter_new(
        self, organisation_id: int, name: str, values: PlaceValues, mobile: str | None
    ) -> int:
        """A card for somebody new, with its place."""
        house = self.desk.cards.row(organisation_id)
        said: dict[str, Any] = {"name": name, "organisation": house.number}
        if mobile:
            number = place_form().field("mobile").read(mobile)
            said["mobile"] = [{"value": number, "label": ""}] if number else None
        of_card = self.desk.cards.checked("person", said)
        person = CardWriter(self.desk, self.change).enter("person", [(of_card, [])])[0]
        place = int(main_affiliations([person])[person]["id"])
        columns = _columns(values)
        if values.until is not None:
            columns["main"] = False
        self.change.update(Affiliation, place, columns)
        return place

    def set(self, present: PersonRow, changed: Mapping[str, Any]) -> None:
        """Set some values of a place; whether it is the main one follows.

        Args:
            changed: by key of `PlaceValues`.
        """
        if not changed:
            return
        whole = people_values.checked(replace(present.values, **changed), self.today)
        if changed.keys() & {REPORTS_TO, "until"}:
            held = present.values.reports_to
            house, person = present.organisation_id, present.card_id
            self._check_head(house, present.name, person, whole, held)
        columns = {key: value for key, value in _columns(whole).items() if _key(key) in changed}
        if (whole.until is None) != (present.values.until is None):
            works = main_affiliations([present.card_id])
            columns["main"] = whole.until is None and present.card_id not in works
        self.change.update(Affiliation, present.id, columns)

    def leave(self, present: PersonRow, until: date, to: str, title: str | None) -> int:
        """End a place, and begin one elsewhere where `to` names an organisation.

        Returns:
            The id of the place that he has now, or had.
        """
        if present.values.until is not None:
            raise BadValue(LEFT_ALREADY, name=present.name)
        new = people_values.checked(PlaceValues(title=title, since=until), self.today)
        self.set(present, {"until": until})
        if not to:
            return present.id
        target = CardWriter(self.desk, self.change).organisation(to)
        if target == present.organisation_id or self._works_at(target, present.card_id):
            raise BadValue(SAME_EMPLOYER, field="to", name=present.name)
        is_main = present.card_id not in main_affiliations([present.card_id])
        columns = {**_columns(new), "person_id": present.card_id, "organisation_id": target}
        return self.change.insert(Affiliation, {**columns, "main": is_main})

    def save_rows(
        self,
        organisation_id: int,
        present: Sequence[Mapping[str, Any]],
        wanted: Sequence[Mapping[str, Any]],
    ) -> None:
        """Make the rows of an organisation's form these.

        Raises:
            BadValue: about the field `people`; the sentence names the row.
        """
        before = {row["id"]: row for row in present}
        kept = {row.get("id") for row in wanted}
        for row_id in before:
            if row_id not in kept:
                self._told(before[row_id], lambda row: self._end(int(row["id"])))
        places: dict[int, Mapping[str, Any]] = {}
        for row in wanted:
            known = before.get(row.get("id"))
            if known is None:
                place = self._told(row, lambda row: self._enter_row(organisation_id, row))
                places[place] = row
            elif known != row:
                places[int(known["id"])] = row
                self._told(row, lambda row, known=known: self._change_row(known, row))
        # Heads come last: one of them may be new himself.
        for place, row in places.items():
            was = before.get(row.get("id"), {}).get(REPORTS_TO)
            if row.get(REPORTS_TO) != was:
                self._told(row, lambda row, place=place: self._set_head(place, row))

    @staticmethod
    def _told(row: Mapping[str, Any], write: Any) -> Any:
        """Write a row; what is wrong is told with its name."""
        try:
            return write(row)
        except BadValue as error:
            name = one_line(str(row.get("name") or ""))
            if not name:
                raise BadValue(error.message, field=PEOPLE, **error.values) from error
            raise BadValue(TOLD, field=PEOPLE, title=name, reason=error) from error

    def _end(self, place: int) -> None:
        self.set(self._place(place), {"until": self.today})

    def _enter_row(self, organisation_id: int, row: Mapping[str, Any]) -> int:
        _check_columns(row)
        values = people_values.from_texts(row)
        return self.enter(organisation_id, row.get("name") or "", values, row.get("mobile"))

    def _change_row(self, known: Mapping[str, Any], row: Mapping[str, Any]) -> None:
        _check_columns(row)
        present = self._place(int(known["id"]))
        of_card = {key for key in OF_CARD if row.get(key) != known.get(key)}
        if of_card:
            self._change_card(present.card_id, {key: row.get(key) for key in of_card})
        changed = {key for key in PLACE_KEYS if row.get(key) != known.get(key)} - {REPORTS_TO}
        values = people_values.from_texts(row)
        self.set(present, {key: getattr(values, key) for key in changed})

    def _change_card(self, person: int, said: Mapping[str, Any]) -> None:
        """Another name or mobile number of somebody; his further numbers stay."""
        record = whole_record(self.desk, person, said)
        values: dict[str, Any] = {}
        if "name" in said:
            if not said["name"]:
                raise BadValue(NO_NAME, field="name")
            values["name"] = said["name"]
        if "mobile" in said:
            others = list(record.values.get("mobile", []))
            text = said["mobile"]
            number = place_form().field("mobile").read(text) if text else None
            label = others[0]["label"] if others else ""
            first = [{"value": number, "label": label}] if number else []
            values["mobile"] = [*first, *others[1:]] or None
        checked = self.desk.cards.rechecked("person", record.values, values)
        CardWriter(self.desk, self.change).rewrite(record, checked)

    def _set_head(self, place: int, row: Mapping[str, Any]) -> None:
        present = self._place(place)
        text = one_line(str(row.get(REPORTS_TO) or ""))
        here = people_where(self.desk, HERE, [present.organisation_id])
        head = head_called(here, text) if text else None
        self.set(present, {REPORTS_TO: head})

    def _works_at(self, organisation_id: int, person: int) -> bool:
        """Whether a person works at an organisation now, as far as the member sees it."""
        both = [organisation_id, person]
        return bool(people_where(self.desk, f"{HERE} AND link.person_id = ?", both))

    def _place(self, place: int) -> PersonRow:
        return self.desk.people.get(place)

    def _check_head(
        self,
        organisation_id: int,
        name: str,
        person: int | None,
        values: PlaceValues,
        held: int | None = None,
    ) -> None:
        """Make sure that whom somebody reports to works there, and does not report to him.

        Args:
            person: his card, if he has one yet.
            held: whom he reported to before, who may have left.

        Raises:
            BadValue: he does not, or does.
        """
        head = values.reports_to
        if head is None or values.until is not None:
            return
        if head != held and not self._works_at(organisation_id, head):
            raise BadValue(NOT_HERE, field=REPORTS_TO, name=name)
        above = heads_above(organisation_id)
        seen: set[int] = set()
        while head is not None and head not in seen:
            if head == person:
                raise BadValue(ABOVE_HIMSELF, field=REPORTS_TO, name=name)
            seen.add(head)
            head = above.get(head)


def head_called(here: Sequence[PersonRow], text: str) -> int:
    """The card of the one among these people whom a name, number or label means.

    Where nobody is called so, a part of a name or its pinyin does, if it fits one of them alone.

    Raises:
        BadValue: there is none, or there are several.
    """
    words = text.upper().split()
    found = {
        person.card_id
        for person in here
        if text == person.name or person.number in words[-1:] + words[:1]
    }
    if not found and clean_line(text):
        found = {person.card_id for person in here if matches(text, person.name)}
    if not found:
        raise BadValue(UNKNOWN_HEAD, field=REPORTS_TO, text=shortened(text))
    if len(found) > 1:
        raise BadValue(SEVERAL_HEADS, field=REPORTS_TO, text=shortened(text))
    return found.pop()


def _names_a_card(text: str) -> bool:
    """Whether a name is the number of a card, or its label."""
    from store.forms.links import card_number

    return any(card_number(word) for word in text.split())


def _check_columns(row: Mapping[str, Any]) -> None:
    for key in row.keys() - {"id"}:
        if key not in place_form():
            raise BadValue(NO_COLUMN, key=one_line(str(key))[:60])


def _columns(values: PlaceValues) -> dict[str, Any]:
    """The values by column."""
    columns: dict[str, Any] = {key: getattr(values, key) for key in PLACE_KEYS}
    columns["reports_to_id"] = columns.pop(REPORTS_TO)
    return columns


def _key(column: str) -> str:
    return column.removesuffix("_id")
