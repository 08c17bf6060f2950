"""The people at organisations: their places there, who reports to whom, and how they change."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from store import people_chart
from store.arguments import checks_arguments
from store.errors import BadValue, Conflict, NotFound
from store.language import N_
from store.people_rows import employers, people_where
from store.records.people import ChartRow, Employer, Gap, PersonRow, PlaceValues
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk
    from store.recorder import Recorder

ONLY_ORGANISATIONS = N_("Only an organisation has people.")
ONLY_PERSONS = N_("Only a person works at an organisation.")
NO_PLACE = N_("There is nobody with the number {number} at an organisation.")
CHANGED_MEANWHILE = N_("{name} changed this place meanwhile.")
ROWS_CHANGED_MEANWHILE = N_("{name} changed the people there meanwhile.")

PERSON_ADDED = N_("Person added to an organisation")
PLACE_CHANGED = N_("Place at an organisation changed")
PERSON_LEFT = N_("Person left an organisation")
PLACE_REMOVED = N_("Place at an organisation taken away")


@explains_trouble
@checks_arguments
class People:
    """Who works where, of the cards that a member sees."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def of(self, organisation_id: int, past: bool = False) -> list[PersonRow]:
        """The people at an organisation, in the order in which they were entered.

        Those whom the member sees only in part tell name and title alone; others are missing.

        Args:
            past: those who left, too.

        Raises:
            BadValue: the card is a person's.
            NotFound: the member sees no such organisation.
        """
        self._check_organisation(organisation_id)
        return self._of(organisation_id, past)

    def _of(self, organisation_id: int, past: bool = False) -> list[PersonRow]:
        where = "link.organisation_id = ?" + ("" if past else " AND link.until IS NULL")
        return people_where(self.desk, where, [organisation_id])

    def _check_organisation(self, card_id: int) -> None:
        self.desk.cards.check_visible(card_id)
        if self.desk.cards.row(card_id).kind != "organisation":
            raise BadValue(ONLY_ORGANISATIONS)

    def get(self, place_id: int) -> PersonRow:
        """One place that somebody has, or had.

        Raises:
            NotFound: the member sees no such person.
        """
        for row in people_where(self.desk, "link.id = ?", [place_id]):
            if row.whole:
                return row
        raise NotFound(NO_PLACE, number=place_id)

    def chart(self, organisation_id: int) -> list[ChartRow]:
        """Who works at an organisation now, as a tree from the top, those below each behind him.

        Raises:
            BadValue: the card is a person's.
            NotFound: the member sees no such organisation.
        """
        return people_chart.chart(self.of(organisation_id))

    def gaps(self, card_id: int) -> list[Gap]:
        """What is missing in the chain of decision of an organisation, or of a person's employer.

        Of a person whose employer the member does not see whole there is nothing to say.

        Raises:
            NotFound: the member sees no such card.
        """
        self.desk.cards.check_visible(card_id)
        if self.desk.cards.row(card_id).kind == "organisation":
            return people_chart.gaps(self._of(card_id))
        for employer in employers(self.desk, card_id):
            if employer.organisation_id is not None and employer.until is None:
                return people_chart.gaps(self._of(employer.organisation_id))
        return []

    def head(self, organisation_id: int, text: str) -> int:
        """The card of the one person at an organisation whom a name, number or label means.

        Raises:
            BadValue: there is none, or there are several.
            NotFound: the member sees no such organisation.
        """
        from store.people_writing import head_called

        return head_called(self.of(organisation_id), text)

    def may_add(self) -> bool:
        """Whether the member may enter somebody new."""
        from store.rights import ENTERING

        return self.desk.member.role in ENTERING

    def history(self, person_id: int) -> list[Employer]:
        """Where a person works and worked: the present places first, then the latest.

        Raises:
            BadValue: the card is an organisation's.
            NotFound: the member sees no such person.
        """
        self.desk.cards.check_visible(person_id)
        if self.desk.cards.row(person_id).kind != "person":
            raise BadValue(ONLY_PERSONS)
        return employers(self.desk, person_id)

    def add(
        self,
        organisation_id: int,
        name: str,
        values: PlaceValues | None = None,
        mobile: str | None = None,
    ) -> PersonRow:
        """Enter somebody at an organisation.

        Args:
            name: of somebody new, who gets a card; or the number or the label of a card, which
                then has a further place here. Its main one stays where it is.
            values: what is known of his place.
            mobile: of somebody new.

        Raises:
            BadValue: a value is wrong, or he works there already.
            NotAllowed: the person's card is not the member's to change.
            NotFound: the member sees no such organisation.
        """
        from store.people_writing import PeopleWriter

        with self.desk.change(PERSON_ADDED) as change:
            self._check_organisation(organisation_id)
            writer = PeopleWriter(self.desk, change)
            place = writer.enter(organisation_id, name, values or PlaceValues(), mobile)
        return self.get(place)

    def update(self, place_id: int, base: PlaceValues, values: PlaceValues) -> PersonRow:
        """Save what was changed of somebody's place since it was opened.

        What his name card tells, title, department and the dates, whoever looks after the person
        changes; the rest also whoever looks after the organisation.

        Args:
            base: the values the editor opened with.
            values: the values now.

        Raises:
            BadValue: a value is wrong, or he would stand above himself.
            Conflict: somebody else changed the same fields; nothing was saved.
            NotAllowed: neither card is the member's to change.
            NotFound: the member sees no such person.
        """
        from store.changed_values import changed_since
        from store.last_hands import last_hand
        from store.people_values import checked
        from store.people_writing import PeopleWriter

        clean = checked(values, self.desk.store.clock.today())
        with self.desk.change(PLACE_CHANGED) as change:
            present = self.get(place_id)
            changed = changed_since(
                base,
                clean,
                present.values,
                CHANGED_MEANWHILE,
                lambda: last_hand(self.desk, "affiliation", place_id),
            )
            PeopleWriter(self.desk, change).set(present, changed)
        return self.get(place_id)

    def leave(
        self,
        place_id: int,
        until: date | None = None,
        to: str | None = None,
        title: str | None = None,
    ) -> PersonRow:
        """Somebody left an organisation; his place stays in his history.

        Args:
            until: his last day; today where it is not said.
            to: the organisation he works at from then on, by number or name; a new name gets a
                card.
            title: what he is there.

        Returns:
            His place at the new organisation, or the one that ended.

        Raises:
            BadValue: he left before, or a value is wrong.
            NotAllowed: the person's card is not the member's to change.
            NotFound: the member sees no such person.
        """
        from store.forms.tidy import one_line
        from store.people_writing import PeopleWriter

        day = until or self.desk.store.clock.today()
        with self.desk.change(PERSON_LEFT) as change:
            writer = PeopleWriter(self.desk, change)
            place = writer.leave(self.get(place_id), day, one_line(to or ""), title)
        return self.get(place)

    def remove(self, place_id: int) -> None:
        """Take a place away that was entered by mistake; the person's card stays.

        Raises:
            NotAllowed: the person's card is not the member's to change.
            NotFound: the member sees no such person.
        """
        from store.models.cards import Affiliation

        with self.desk.change(PLACE_REMOVED) as change:
            self.get(place_id)
            change.delete(Affiliation, place_id)

    def rows_for_form(self, organisation_id: int) -> list[dict[str, Any]]:
        """The people at an organisation as rows of its form; those seen in part have none.

        A row's `id` is that of the place; `reports_to` is a name, with the number where two there
        have it; `mobile` is the preferred number.

        Raises:
            BadValue: the card is a person's.
            NotFound: the member sees no such organisation.
        """
        from store.people_values import as_rows

        return as_rows(self.of(organisation_id))

    def save_rows(
        self,
        change: "Recorder",
        organisation_id: int,
        base: Sequence[Mapping[str, Any]],
        rows: Sequence[Mapping[str, Any]],
    ) -> None:
        """Make the people at an organisation be those of its form, within a change set.

        Rows that somebody else changed meanwhile are kept as long as they are not the same
        fields. A row that is gone: he left today. A new row enters somebody, as `add` does; he
        may report to another new one.

        Args:
            base: the rows as the form opened with them.
            rows: the rows now.

        Raises:
            BadValue: a value is wrong; its `field` is `people`.
            Conflict: somebody else changed the same fields of a row.
            NotAllowed: a card is not the member's to change.
            NotFound: the member sees no such organisation.
        """
        from store.people_writing import PEOPLE, PeopleWriter
        from store.three_way import Contradiction, merged

        present = self.rows_for_form(organisation_id)
        mine = [dict(row) for row in rows]
        try:
            wanted: Any = merged([dict(row) for row in base], mine, present)
        except Contradiction:
            name = self._last_hand(base, present)
            raise Conflict(ROWS_CHANGED_MEANWHILE, {PEOPLE: (present, mine)}, name=name) from None
        PeopleWriter(self.desk, change).save_rows(organisation_id, present, wanted or [])

    def _last_hand(
        self, base: Sequence[Mapping[str, Any]], present: Sequence[Mapping[str, Any]]
    ) -> str:
        """The names of those who changed rows of a form since it was opened."""
        from store.language import listed
        from store.last_hands import last_hand

        before = {row.get("id"): dict(row) for row in base}
        changed = [row["id"] for row in present if before.get(row["id"]) != row]
        names = {last_hand(self.desk, "affiliation", int(row_id)): None for row_id in changed}
        return listed(names) or last_hand(self.desk, "affiliation", 0)
