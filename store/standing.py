"""What a member gets of one card, and the card as he gets it."""

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from store import visibility
from store.errors import NotAllowed, NotFound
from store.language import N_, listed
from store.visibility import Level, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from store.desk import Desk
    from store.forms.declaration import Form
    from store.records.cards import CardRecord

NO_CARD = N_("There is no card “{text}”.")

MASKED = N_("{titles} is masked for you: whoever looks after the card changes it.")

OPEN_KEYS = frozenset({"name", "organisation", "title"})
"""What a released card shows (domain.md section 6)."""


def standing_of(desk: "Desk", card_id: int) -> Standing:
    """What the member gets of a card.

    Raises:
        NotFound: nothing, or there is no such card.
    """
    from store.models.cards import Card

    member, now = desk.member, desk.store.clock.now()
    conditions = (desk.held(), desk.visible(), visibility.released(member, now))
    is_own, is_whole, is_part = (
        _meets(card_id, condition, every=place < 2) for place, condition in enumerate(conditions)
    )
    if not (is_whole or is_part) or not Card.select().where(Card.id == card_id).exists():
        raise NotFound(NO_CARD, text=str(card_id))
    if is_whole:
        until = None if is_own else visibility.lent_until(member, card_id, now)
        return Standing(Level.WHOLE, own=is_own, until=until)
    sections, until = visibility.lent_sections(member, card_id, now)
    if sections:
        return Standing(Level.SECTIONS, sections, until=until)
    return Standing(Level.RELEASED)


def _meets(card_id: int, condition: "Any | None", every: bool) -> bool:
    """Whether a card meets a condition; `every` where none means every card."""
    from store.models.cards import Card

    if condition is None:
        return every
    return bool(Card.select().where((Card.id == card_id) & condition).exists())


def sensitive_keys(kind: str) -> frozenset[str]:
    """The keys of a form that only a card's owner and those above see."""
    from store.forms.declaration import load_form

    return _sensitive_keys(load_form(kind))


@lru_cache(maxsize=8)
def _sensitive_keys(form: "Form") -> frozenset[str]:
    return frozenset(field.key for field in form.fields() if field.sensitive)


def secret_columns() -> frozenset[str]:
    """Sensitive fields by the flat keys of the trail, for both kinds of card."""
    from store.forms.declaration import load_form
    from store.records.card_list import KINDS

    return _secret_columns(*map(load_form, KINDS))


@lru_cache(maxsize=8)
def _secret_columns(*forms: "Form") -> frozenset[str]:
    return frozenset(f"profile.{key}" for form in forms for key in _sensitive_keys(form))


def _section_of(kind: str) -> "Mapping[str, str]":
    """The section of each key of a form."""
    from store.forms.declaration import load_form

    return _sections_by_key(load_form(kind))


@lru_cache(maxsize=8)
def _sections_by_key(form: "Form") -> "Mapping[str, str]":
    return {field.key: section.key for section in form.sections for field in section.fields}


def shown_keys(kind: str, standing: Standing) -> frozenset[str] | None:
    """The keys of a form that a member gets something of, masked or not; None for all."""
    if standing.level is Level.WHOLE:
        return None
    lent = (key for key, section in _section_of(kind).items() if section in standing.sections)
    return OPEN_KEYS.union(lent)


def as_given(
    record: "CardRecord", standing: Standing, unmasked: frozenset[str] = frozenset()
) -> "CardRecord":
    """A card as a member gets it: without what he may not see.

    `masked` names the sensitive fields that hold something he does not see.

    Args:
        unmasked: keys that he unmasked lately.
    """
    if standing.own:
        return record
    shown = shown_keys(record.kind, standing)
    hidden = sensitive_keys(record.kind) - unmasked
    values = {
        key: value
        for key, value in record.values.items()
        if key not in hidden and (shown is None or key in shown)
    }
    masked = frozenset(
        key for key in record.values.keys() & hidden if shown is None or key in shown
    )
    is_whole = standing.level is Level.WHOLE
    named = {str(value) for value in values.values() if isinstance(value, str)}
    return replace(
        record,
        values=values,
        extras=record.extras if is_whole else [],
        # Nobody knows any more what these are: they may be as sensitive as anything.
        unknown={},
        merged=record.merged if is_whole else (),
        linked={number: name for number, name in record.linked.items() if number in named},
        level=int(standing.level),
        sections=tuple(sorted(standing.sections)),
        masked=masked,
        own=False,
        until=standing.until,
    )


def masked_for(desk: "Desk", records: "Iterable[CardRecord]") -> "Iterable[CardRecord]":
    """Cards that the member sees whole, without what is sensitive on those that are not his."""
    several = list(records)
    strangers = foreign(desk, [record.id for record in several])
    for record in several:
        yield as_given(record, Standing(Level.WHOLE)) if record.id in strangers else record


def foreign(desk: "Desk", card_ids: "Iterable[int]") -> set[int]:
    """Those of a few cards that the member neither owns nor stands above."""
    from store import rows
    from store.models.cards import Card

    condition = desk.held()
    ids = list(card_ids)
    if condition is None or not ids:
        return set()
    query = Card.select(Card.id).where(Card.id.in_(ids) & ~condition)
    return {card_id for (card_id,) in rows.tuples(query)}


def masked_among(desk: "Desk", key: str, card_ids: "Iterable[int]") -> set[int]:
    """Those of a few cards of which a field is masked for the member, if it is sensitive at all."""
    return foreign(desk, card_ids) if f"profile.{key}" in secret_columns() else set()


def whole_record(desk: "Desk", card_id: int, keys: "Iterable[str]" = ()) -> "CardRecord":
    """A whole card that is to be changed, nothing of it masked; never to be shown.

    Args:
        keys: the fields that are to be changed.

    Raises:
        NotAllowed: one of them is masked for the member, and he has not unmasked it lately.
        NotFound: he does not see the whole card.
    """
    return whole_records(desk, [card_id], keys)[card_id]


def whole_records(
    desk: "Desk", card_ids: "Sequence[int]", keys: "Iterable[str]" = ()
) -> "dict[int, CardRecord]":
    """As `whole_record` for a few hundred cards, with as many queries as for one."""
    from store.card_values import load_records
    from store.forms.declaration import load_form

    check_all_visible(desk, card_ids)
    found = load_records(card_ids)
    named = set(keys)
    secret: dict[int, frozenset[str]] = {}
    for record in found.values():
        filled = record.values.keys() - desk.unmasked_keys(record.id)
        hidden = sensitive_keys(record.kind) & named & filled
        if hidden:
            secret[record.id] = hidden
    for card_id in foreign(desk, secret):
        form = load_form(found[card_id].kind)
        titles = listed(form.field(key).title for key in sorted(secret[card_id]))
        raise NotAllowed(MASKED, titles=titles)
    return found


def check_all_visible(desk: "Desk", card_ids: "Sequence[int]") -> None:
    """Make sure that the member sees the whole of cards.

    Raises:
        NotFound: he does not see one of them, or there is none.
    """
    from store import rows
    from store.models.cards import Card

    visible = desk.visible()
    for start in range(0, len(card_ids), rows.CHUNK):
        part = card_ids[start : start + rows.CHUNK]
        condition = Card.id.in_(part)
        query = Card.select(Card.id).where(condition if visible is None else condition & visible)
        seen = {card_id for (card_id,) in rows.tuples(query)}
        unseen = [card_id for card_id in part if card_id not in seen]
        if unseen:
            raise NotFound(NO_CARD, text=str(unseen[0]))
