"""Does what an import plan says: one transaction, one change set."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from store.bulk import in_bulk
from store.card_values import load_records
from store.card_writing import CardWriter
from store.errors import BadInput
from store.exchange import merging
from store.exchange.families import enter_family, without_family
from store.exchange.links import Links
from store.exchange.origin import origin_of
from store.exchange.planning import Progress
from store.exchange.rejected import write_rejected
from store.exchange.steps import Steps
from store.forms.declaration import load_form
from store.language import N_
from store.models.cards import Card
from store.records.cards import CardRecord
from store.records.exchange import ImportPlan, ImportResult, PlannedCard, RowError
from store.rights import Right, allowed_among
from store.rows import CHUNK

if TYPE_CHECKING:
    from store.desk import Desk

IMPORTED = N_("Cards imported")

_NOTHING_KNOWN = N_(
    "No heading of this file is known. The first row should say what stands below it, such as "
    "姓名 and 手机, or you say which column is which."
)


def run_import(desk: "Desk", plan: ImportPlan, progress: Progress | None) -> ImportResult:
    """As `Exchange.run`."""
    if plan.columns and not any(column.known for column in plan.columns):
        raise BadInput(_NOTHING_KNOWN)
    warnings = list(plan.warnings)
    rejected_file = None
    try:
        rejected_file = write_rejected(plan)
    except BadInput as error:
        warnings.append(RowError(0, "", error))
    try:
        if plan.box is not None:
            from store.exchange.box_import import import_box

            done = import_box(desk, plan, progress)
            told = (*warnings, *done.warnings)
            return replace(done, rejected_file=rejected_file, warnings=told)
        work = _sorted(plan)
        written = _write(desk, plan, work, progress)
    except BaseException:
        if rejected_file is not None:
            rejected_file.unlink(missing_ok=True)
        raise
    return ImportResult(
        read=plan.read,
        new=len(work.entered),
        updated=written.updated,
        skipped=plan.read - plan.rejected - len(work.entered) - written.updated,
        errors=tuple(plan.errors),
        rejected_file=rejected_file,
        organisations=written.organisations,
        warnings=tuple(warnings),
    )


@dataclass(slots=True)
class _Work:
    """What is to be done, by kind of work."""

    entered: list[PlannedCard] = field(default_factory=list)
    added: dict[int, list[PlannedCard]] = field(default_factory=dict)
    """By the row of a card that is entered: later cards of the file that say more of it."""
    updates: dict[int, list[PlannedCard]] = field(default_factory=dict)
    """By the id of a card of the box: the cards of the file that speak of it."""


def _sorted(plan: ImportPlan) -> _Work:
    work = _Work()
    entered: set[int] = set()
    for card in plan.cards:
        outcome = card.outcome(plan.on_duplicate)
        if outcome == "new":
            work.entered.append(card)
            entered.add(card.row)
        elif outcome == "update" and card.duplicate is not None:
            work.updates.setdefault(card.duplicate.card_id, []).append(card)
        elif outcome == "update" and card.twin is not None:
            work.added.setdefault(card.twin, []).append(card)
    return work


@dataclass(slots=True)
class _Written:
    updated: int = 0
    organisations: int = 0


def _write(desk: "Desk", plan: ImportPlan, work: _Work, progress: Progress | None) -> _Written:
    written = _Written()
    steps = Steps(progress, len(work.entered) + 2 * len(work.updates))
    with in_bulk(), desk.change(IMPORTED, origin=origin_of(plan.name)) as change:
        change.advance = steps
        writer = CardWriter(desk, change)
        links = Links(plan.cards)
        # Organisations first: the people of the same file work there.
        for kind in ("organisation", "person"):
            cards = [card for card in work.entered if card.kind == kind]
            for start in range(0, len(cards), CHUNK):
                part = cards[start : start + CHUNK]
                whole = [_whole(card, work.added.get(card.row, ()), links) for card in part]
                apart = [without_family(kind, values) for values, _extras in whole]
                plain = [values for values, _family in apart]
                extras = [kept for _values, kept in whole]
                ids = writer.enter(kind, list(zip(plain, extras, strict=True)))
                for card_id, (_values, family) in zip(ids, apart, strict=True):
                    if family:
                        enter_family(desk, change, card_id, family)
                links.note(part, ids)
                change.advance(len(part))
        written.updated = update_cards(desk, writer, work.updates, links)
        links.settle_referrers(change)
        written.updated += sum(map(len, work.added.values()))
        written.organisations = writer.made_organisations
    steps.finish()
    return written


def _whole(
    card: PlannedCard, more: Iterable[PlannedCard], links: Links
) -> tuple[dict[str, Any], list[list[str]]]:
    """Values and extras of a card that is entered, with what later rows say of it."""
    form = load_form(card.kind)
    values, extras = card.values, card.extras
    for later in more:
        values = merging.united(form, values, later.values)
        extras = merging.more_extras(extras, later.extras)
    return links.in_this_box(card, values), extras


def update_cards(
    desk: "Desk", writer: CardWriter, updates: Mapping[int, list[PlannedCard]], links: Links
) -> int:
    """Bring what the file says into cards of the box; gives how many rows changed something.

    A card that the member sees and may not change is left as it is.

    Args:
        updates: by the id of a card of the box, the cards of the file that speak of it.
    """
    changed = 0
    ids = list(updates)
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        seen = allowed_among(desk, Right.EDIT, desk.cards.rows(part))
        for card_id, record in load_records(seen).items():
            cards = updates[card_id]
            said, extras = _said_of(record, cards, links)
            values, family = without_family(record.kind, said)
            rewritten = writer.rewrite(record, values)
            if family:
                rewritten = enter_family(desk, writer.change, card_id, family) > 0 or rewritten
            if extras != record.extras:
                rewritten = writer.change.update(Card, card_id, {"extras": extras}) or rewritten
            changed += len(cards) if rewritten else 0
        writer.change.advance(len(part))
    return changed


def _said_of(
    record: CardRecord, cards: Iterable[PlannedCard], links: Links
) -> tuple[dict[str, Any], list[list[str]]]:
    form = load_form(record.kind)
    values, extras = record.values, record.extras
    for card in cards:
        said = links.in_this_box(card, card.values, record)
        own_row = card.number == record.number
        values = (merging.replaced if own_row else merging.united)(form, values, said)
        extras = merging.more_extras(extras, card.extras)
    return values, extras
