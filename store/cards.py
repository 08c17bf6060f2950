"""Customer cards: finding, reading, entering, changing, trashing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from store import partial_cards, search
from store.arguments import Limit, Place, checks_arguments, in_reach, shortened
from store.errors import Ambiguous, BadValue, Conflict, NotFound
from store.language import N_, listed
from store.records.card_list import KINDS, CardQuery, CardRow, Kind
from store.rights import Right
from store.standing import NO_CARD, as_given, standing_of, whole_record
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk
    from store.recorder import Recorder
    from store.records.cards import CardRecord, Duplicate

SEVERAL_CARDS = N_("Several cards fit “{text}”: be more exact, or use the number.")
NO_NAME = N_("A card needs a name.")
NO_TAG = N_("A tag needs a word.")
UNKNOWN_FIELD = N_("This card has no field “{key}”.")
CHANGED_MEANWHILE = N_("{name} changed {titles} meanwhile.")
TOO_EARLY = N_("A review is set for a day that is still to come.")
NOT_MASKED = N_("Nothing is masked there.")

CARD_ENTERED = N_("Card entered")
CARD_CHANGED = N_("Card changed")
CARDS_CHANGED = N_("Cards changed")
RISK_FLAGGED = N_("Cards put on the risk list")
RISK_CLEARED = N_("Cards taken off the risk list")
REVIEW_SET = N_("Review date set")
CARDS_TRASHED = N_("Cards put in the trash")
CARDS_RESTORED = N_("Cards taken out of the trash")


@explains_trouble
@checks_arguments
class Cards:
    """A member's cards."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def find(self, text: str, limit: Limit = 20) -> list[CardRow]:
        """The cards that a text finds, the likeliest first; those seen in part come last.

        By the number of a card that was merged into another one that one is found
        (`Desk.led_on`).
        """
        found = self.page(CardQuery(text=text), 0, limit)
        if _is_number(text.strip()):
            self._note_led_on(text.strip().upper(), found)
        return found

    def _note_led_on(self, number: str, found: Sequence[CardRow]) -> None:
        from store.merged_numbers import leading

        kept = leading([number]).get(number)
        for row in found:
            if row.id == kept:
                self.desk.led_on[number] = row.number

    def count(self, query: CardQuery) -> int:
        """How many cards answer a query, those seen in part included."""
        return search.count(self.desk, query) + partial_cards.count(self.desk, query)

    def page(self, query: CardQuery, offset: Place, limit: Limit) -> list[CardRow]:
        """A page of the answer to a query: cards seen whole, then those seen in part, by name."""
        found = self._with_houses(search.page(self.desk, query, offset, limit))
        missing = limit - len(found) if limit >= 0 else -1
        if missing == 0 or not partial_cards.applies(self.desk, query):
            return found
        before = offset + len(found) if found else search.count(self.desk, query)
        skipped = 0 if found else offset - before
        return [*found, *partial_cards.page(self.desk, query, skipped, missing)]

    def _with_houses(self, rows: list[CardRow]) -> list[CardRow]:
        """With the value grades of the organisations where people work who have none themselves."""
        people = [row.id for row in rows if row.kind == "person" and row.value_grade is None]
        if not people:
            return rows
        from store.house_grades import house_grades

        houses = house_grades(self.desk, people)
        return [row._replace(house_grade=houses.get(row.id)) for row in rows] if houses else rows

    def ids(self, query: CardQuery) -> list[int]:
        """The ids of all cards seen whole that answer a query: what is done to all of them."""
        from store.exchange.chosen import chosen_cards

        return chosen_cards(self.desk, query)

    def place(self, query: CardQuery, card_id: int) -> int | None:
        """At which place of the answer a card stands, from 0; None where it is not found there."""
        return search.place(self.desk, query, card_id)

    def row(self, card_id: int) -> CardRow:
        """The list row of a card, trashed or not; of one that is seen in part, that part.

        Raises:
            NotFound: the member sees no such card.
        """
        for trashed in (False, True):
            chosen = search.select(self.desk, CardQuery(trashed=trashed))
            found = search.rows_where(
                f"{chosen.where} AND card.id = ?", [*chosen.parameters, card_id]
            )
            if found:
                return self._with_houses(found)[0]
        in_part = partial_cards.row(self.desk, card_id)
        if in_part is None:
            raise NotFound(NO_CARD, text=str(card_id))
        return in_part

    def rows(self, card_ids: Sequence[int]) -> dict[int, CardRow]:
        """List rows by id of those that the member sees and that are not in the trash."""
        found: dict[int, CardRow] = {}
        for start in range(0, len(card_ids), 500):
            part = list(card_ids[start : start + 500])
            chosen = search.select(self.desk, CardQuery())
            where = f"{chosen.where} AND card.id IN ({','.join('?' * len(part))})"
            for row in search.rows_where(where, [*chosen.parameters, *part]):
                found[row.id] = row
        return {row.id: row for row in self._with_houses(list(found.values()))}

    def resolve(self, text: str) -> CardRow:
        """The one card that a number or a text means.

        The number of a card that was merged into another one means that one; `Desk.led_on` tells.

        Raises:
            NotFound: none fits.
            Ambiguous: several fit; its candidates are lines to choose from.
        """
        text = text.strip()
        row = self._by_number(text)
        if row is not None:
            return row
        # A number means one card and no other: the likeliest one might be logged with, or changed.
        found = self.find(text, limit=10) if text and not _is_number(text) else []
        exact = [row for row in found if row.name == text]
        if len(found) == 1 or len(exact) == 1:
            return (exact or found)[0]
        if not found:
            raise NotFound(NO_CARD, text=shortened(text))
        lines = [f"{row.number}  {row.name}  {row.organisation}".rstrip() for row in found]
        raise Ambiguous(SEVERAL_CARDS, lines, text=shortened(text))

    def _by_number(self, text: str) -> CardRow | None:
        if not _is_number(text):
            return None
        from store.merged_numbers import kept_card
        from store.models.cards import Card

        number = text.upper()
        card = Card.select(Card.id).where(Card.number == number).scalar()
        if card is None:
            return None
        kept = kept_card(card)
        try:
            row = self.row(kept)
        except NotFound:
            return None
        if kept != card:
            self.desk.led_on[number] = row.number
        return row

    def check_visible(self, card_id: int) -> None:
        """Make sure that the member sees the whole of a card.

        Raises:
            NotFound: he does not, or there is none.
        """
        from store.models.cards import Card

        condition: Any = Card.id == card_id
        visible = self.desk.visible()
        if visible is not None:
            condition &= visible
        if not Card.select().where(condition).exists():
            raise NotFound(NO_CARD, text=str(card_id))

    def get(self, card_id: int) -> "CardRecord":
        """A card, as much of it as the member may see; what is sensitive is masked for others.

        That a lent card was read is noted in the trail.

        Raises:
            NotFound: the member sees no such card.
        """
        from dataclasses import replace

        from store.card_values import load_records
        from store.merged_numbers import merged_numbers

        standing = standing_of(self.desk, card_id)
        self.desk.note_reading(card_id, standing)
        record = load_records([card_id])[card_id]
        merged = tuple(merged_numbers([card_id]).get(card_id, ()))
        whole = replace(record, merged=merged) if merged else record
        return as_given(whole, standing, self.desk.unmasked_keys(card_id))

    def attached(self, card_id: int) -> dict[str, Any]:
        """The rows of a card's form that are records of their own, by the key of their field.

        A person's family, an organisation's people: `create` and `save` take them among the
        card's values. Of a card of which the member does not get all there are none.

        Raises:
            NotFound: the member sees no such card.
        """
        from store.attached import rows_of

        return rows_of(self.desk, card_id)

    def may(self, card_id: int) -> frozenset[str]:
        """What the member may do with a card: `store.rights.Right`, for what a screen offers.

        Raises:
            NotFound: he sees no such card.
        """
        from store.rights import all_allowed

        standing_of(self.desk, card_id)
        return frozenset(str(right) for right in Right if all_allowed(self.desk, right, [card_id]))

    def open_until(self, card_id: int) -> datetime | None:
        """When a card that is lent to the member goes back; None where it is not lent.

        Raises:
            NotFound: the member sees no such card.
        """
        return standing_of(self.desk, card_id).until

    def unmask(self, card_id: int, key: str) -> Any:
        """The value of a field that is masked for the member; the trail notes that he saw it.

        Raises:
            NotAllowed: he does not get that part of the card.
            NotFound: the member sees no such card, or nothing is masked there.
        """
        from store import deeds
        from store.card_values import load_records

        given = self.get(card_id)
        if key not in given.masked:
            raise NotFound(NOT_MASKED)
        deeds.note(self.desk, deeds.UNMASK, {"key": key}, card_id)
        self.desk.unmasked[card_id, key] = self.desk.store.clock.now()
        return load_records([card_id])[card_id].values[key]

    def create(
        self,
        kind: Kind,
        values: Mapping[str, Any],
        *,
        extras: Sequence[Sequence[str]] = (),
    ) -> "CardRecord":
        """Enter a card.

        Args:
            kind: `person` or `organisation`.
            values: by form key, as the form's fields read them; rows that are records of their
                own among them.
            extras: names and texts that no field takes.

        Raises:
            BadValue: a value is wrong, or the name is missing.
        """
        from store.card_values import checked_extras
        from store.card_writing import CardWriter

        checked, kept = self.checked(kind, values), checked_extras(extras)
        with self.desk.change(CARD_ENTERED) as change:
            writer = CardWriter(self.desk, change)
            card_id = writer.enter(kind, [(checked, kept)])[0]
            self._write_attached(change, kind, card_id, checked, checked)
        return self.get(card_id)

    def _write_attached(
        self,
        change: "Recorder",
        kind: str,
        card_id: int,
        keys: Iterable[str],
        values: Mapping[str, Any],
    ) -> bool:
        """Write those of some values that are records of their own; whether there were any."""
        from store import attached

        said = {key: values.get(key) for key in keys if key in attached.attached_fields(kind)}
        attached.write(self.desk, change, kind, card_id, said)
        return bool(said)

    def _with_attached(self, present: "CardRecord", keys: Iterable[str]) -> dict[str, Any]:
        """A card's values, with those of some fields that are records of their own."""
        from store import attached

        wanted = attached.attached_fields(present.kind).keys() & set(keys)
        rows = attached.rows_of(self.desk, present.id, wanted) if wanted else {}
        return {**present.values, **rows}

    def checked(self, kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values as the form takes them; raises `BadValue` for the first that is wrong."""
        from store.forms.declaration import load_form
        from store.forms.validation import check_values

        clean, unknown = check_values(load_form(kind), values)
        for key in unknown:
            raise BadValue(UNKNOWN_FIELD, field=key, key=shortened(key))
        return dict(clean)

    def rechecked(
        self, kind: Kind, present: Mapping[str, Any], changed: Mapping[str, Any]
    ) -> dict[str, Any]:
        """A card's values with some changed, None for a blank; those are checked, not the rest.

        A card that holds something wrong, from an older version or another program, can be worked
        with all the same.
        """
        from store.forms.declaration import load_form
        from store.forms.validation import check_values, missing

        said = {key: value for key, value in changed.items() if value is not None}
        clean, unknown = check_values(load_form(kind), said, whole=False)
        for key in unknown:
            raise BadValue(UNKNOWN_FIELD, field=key, key=shortened(key))
        kept = {key: value for key, value in present.items() if key not in changed}
        whole = {**kept, **clean}
        for wrong in missing(load_form(kind), whole).values():
            raise wrong
        return whole

    def save(
        self,
        card_id: int,
        base: Mapping[str, Any],
        values: Mapping[str, Any],
        *,
        overwrite: bool = False,
    ) -> "CardRecord":
        """Save what was changed on a card since it was opened.

        Fields that somebody else changed meanwhile are kept as long as they are not the same
        ones; an equal change of both is no conflict. Of a list, such as phones or tags, what both
        did is kept, unless it is the same entry; of rows, unless it is the same column of one.

        Args:
            base: the values the editor opened with.
            values: the values now.
            overwrite: put these values over what somebody else wrote meanwhile.

        Raises:
            BadValue: a value is wrong.
            Conflict: the same fields were changed by somebody else; nothing was saved.
            NotFound: the member sees no such card.
        """
        from store.card_writing import CardWriter
        from store.changed_values import settled
        from store.last_hands import last_hand

        with self.desk.change(CARD_CHANGED) as change:
            changed = {
                key: values.get(key)
                for key in {**base, **values}
                if base.get(key) != values.get(key)
            }
            present = whole_record(self.desk, card_id, changed)
            self.desk.require(Right.EDIT, [card_id])
            held = self._with_attached(present, changed)
            changed = _with_ids(present.kind, changed)
            if not overwrite:
                changed, clashes = settled(base, changed, held)
                if clashes:
                    titles = self._titles(present.kind, clashes)
                    name = last_hand(self.desk, "card", card_id, clashes)
                    raise Conflict(CHANGED_MEANWHILE, clashes, titles=titles, name=name)
            checked = self.rechecked(present.kind, held, changed)
            CardWriter(self.desk, change).rewrite(present, self._own(present.kind, checked))
            self._write_attached(change, present.kind, card_id, changed, checked)
        return self.get(card_id)

    @staticmethod
    def _own(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values without those that are records of their own."""
        from store.attached import attached_fields

        return {key: value for key, value in values.items() if key not in attached_fields(kind)}

    @staticmethod
    def _titles(kind: str, keys: Mapping[str, object]) -> str:
        from store.forms.declaration import load_form

        form = load_form(kind)
        return listed(form.field(key).title for key in keys)

    def set_values(self, card_ids: Sequence[int], values: Mapping[str, Any]) -> int:
        """Set the same values on several cards; gives how many cards now differ.

        Raises:
            BadValue: a value is wrong.
            NotFound: the member does not see one of them.
        """
        from store.attached import attached_fields
        from store.bulk_cards import rewrite_many

        if any(key in attached_fields(kind) for kind in KINDS for key in values):
            return self._set_attached(card_ids, values)
        with self.desk.change(CARDS_CHANGED) as change:
            return len(rewrite_many(self.desk, change, card_ids, list(values), lambda _: values))

    def _set_attached(self, card_ids: Sequence[int], values: Mapping[str, Any]) -> int:
        """As `set_values`, with some that are records of their own: card by card."""
        from store.card_writing import CardWriter

        changed = 0
        with self.desk.change(CARDS_CHANGED) as change:
            for card_id in card_ids:
                present = whole_record(self.desk, card_id, values)
                held = self._with_attached(present, values)
                checked = self.rechecked(present.kind, held, values)
                own = self._own(present.kind, checked)
                differs = CardWriter(self.desk, change).rewrite(present, own)
                if checked != held:
                    differs |= self._write_attached(change, present.kind, card_id, values, checked)
                changed += differs
        return changed

    def flag_risk(self, card_ids: Sequence[int], reason: str = "") -> int:
        """Put cards on the risk list; their owners and managers find it on their Today.

        Args:
            reason: one of the form's reasons of risk, which is added to those known, or words.

        Raises:
            NotAllowed: one of them is not the member's to change.
            NotFound: the member does not see one of them.
        """
        from store.bulk_cards import rewrite_many

        def wish(record: "CardRecord") -> dict[str, Any]:
            known = record.values.get("risk_reasons") or []
            more = [reason] if reason and reason not in known else []
            return {"risk": True, **({"risk_reasons": [*known, *more]} if more else {})}

        with self.desk.change(RISK_FLAGGED) as change:
            keys = ["risk", "risk_reasons"]
            return len(rewrite_many(self.desk, change, card_ids, keys, wish))

    def clear_risk(self, card_ids: Sequence[int]) -> int:
        """Take cards off the risk list; what was said of the risk stays on the card.

        Raises:
            NotAllowed: one of them is not the member's to change.
            NotFound: the member does not see one of them.
        """
        from store.bulk_cards import rewrite_many

        with self.desk.change(RISK_CLEARED) as change:
            wanted = {"risk": None}
            return len(rewrite_many(self.desk, change, card_ids, ["risk"], lambda _: wanted))

    def review_on(self, card_ids: Sequence[int], day: date | None) -> int:
        """Say on which day cards fall due for revision; None for by the rule again.

        The day holds until a card is changed on it or later.

        Raises:
            BadValue: the day is not still to come.
            NotAllowed: one of them is not the member's to change.
            NotFound: the member does not see one of them.
        """
        from store.models.cards import Card
        from store.standing import check_all_visible

        if day is not None:
            in_reach(day, "day")
            if day <= self.desk.store.clock.today():
                raise BadValue(TOO_EARLY, field="day")
        with self.desk.change(REVIEW_SET) as change:
            check_all_visible(self.desk, card_ids)
            wanted = {"review_on": day}
            return len(change.update_many(Card, dict.fromkeys(card_ids, wanted)))

    def tag(self, card_ids: Sequence[int], tag: str, *, add: bool = True) -> int:
        """Add a tag to cards, or take it away; gives how many cards now differ.

        Raises:
            BadValue: the tag is empty.
            NotFound: the member does not see one of them.
        """
        from store.bulk_cards import rewrite_many
        from store.forms.tidy import one_line

        tag = one_line(tag)
        if not tag:
            raise BadValue(NO_TAG, field="tags")

        def wish(record: "CardRecord") -> dict[str, Any]:
            held = record.values.get("tags", [])
            if (tag in held) == add:
                return {}
            tags = [*held, tag] if add else [each for each in held if each != tag]
            return {"tags": tags or None}

        with self.desk.change(CARDS_CHANGED) as change:
            return len(rewrite_many(self.desk, change, card_ids, ["tags"], wish))

    def trash(self, card_ids: Sequence[int]) -> int:
        """Put cards into the trash; gives how many went."""
        return self._set_trashed(card_ids, CARDS_TRASHED, True)

    def restore(self, card_ids: Sequence[int]) -> int:
        """Take cards out of the trash; gives how many came."""
        return self._set_trashed(card_ids, CARDS_RESTORED, False)

    def _set_trashed(self, card_ids: Sequence[int], summary: str, trashed: bool) -> int:
        from store.models.cards import Card
        from store.rows import fetch
        from store.standing import check_all_visible

        with self.desk.change(summary) as change:
            check_all_visible(self.desk, card_ids)
            moving = [
                card_id
                for card_id, row in fetch(Card, card_ids).items()
                if (row["trashed_at"] is not None) != trashed
            ]
            # Out of the trash it is a card of its own again, and its number means it.
            back = {"trashed_at": None, "merged_into_id": None}
            wanted = {"trashed_at": change.now} if trashed else back
            return len(change.update_many(Card, dict.fromkeys(moving, wanted)))

    def duplicates(
        self, kind: Kind, values: Mapping[str, Any], but: int | None = None
    ) -> "list[Duplicate]":
        """Cards that may be the same customer: same phone, mail, ID, credit code, or name and
        organisation.

        Args:
            but: a card that is not meant, the one being edited.
        """
        from store.duplicates import duplicates_of

        return [found for found in duplicates_of(self.desk, kind, values) if found.card_id != but]

    def facts(self, key: str, limit: Limit = 200) -> list[str]:
        """The values of an indexed field in use, the commonest first, for pickers.

        Those of a sensitive field come from the cards on which the member reads it unmasked.
        """
        from peewee import fn

        from store import rows
        from store.models.cards import Card, CardFact
        from store.standing import secret_columns

        query = CardFact.select(CardFact.value).join(Card).where(CardFact.key == key)
        # Of rows, the key is that of the field and of the column: `education.school`.
        is_secret = f"profile.{key.partition('.')[0]}" in secret_columns()
        visible = self.desk.held() if is_secret else self.desk.visible()
        if visible is not None:
            query = query.where(visible)
        grouped = query.group_by(CardFact.value).order_by(fn.COUNT(CardFact.id).desc())
        return [value for (value,) in rows.tuples(grouped.limit(limit))]


def _with_ids(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values whose new rows have ids, by which they are told apart when changes are merged."""
    from store.forms.declaration import load_form

    form = load_form(kind)
    return {
        key: form.field(key).check(value)
        if key in form and form.field(key).type == "rows"
        else value
        for key, value in values.items()
    }


def _is_number(text: str) -> bool:
    """Whether a text is a card's number."""
    return 7 <= len(text) <= 12 and text[0] in "PpOo" and text[1:].isdigit()
