"""What a merge shows: the fields that differ as rows, one of them whole, and what comes along."""

from __future__ import annotations

from typing import Any

from textual.content import Content

from store.language import N_, _
from store.merge_words import shown, title_of, told_attached
from store.records.merging import BOTH, DROP, KEEP, Comparison, Difference
from widgets.cells import fit, tidy, width_of
from widgets.columns import Column
from widgets.row_pages import Row
from widgets.wrapping import wrapped

CHOSEN = "> "
"""Stands before the value that holds."""

BLANK = "-"


def columns(keep: str, drop: str) -> tuple[Column, ...]:
    """The columns of the list, headed by the numbers of the cards."""
    left = _("{number} stays").format(number=keep) if keep else ""
    right = _("{number} goes").format(number=drop) if drop else ""
    return (
        Column("field", N_("Field"), 12, least=8, share=1, sortable=False),
        Column(KEEP, f"  {left}", 24, least=12, share=3, sortable=False),
        Column(DROP, f"  {right}", 24, least=12, share=3, sortable=False),
    )


def difference_row(compared: Comparison, difference: Difference, side: str) -> Row:
    """A field as a row."""
    cells = [
        (CHOSEN if side in (each, BOTH) else "  ") + (_on_one_line(compared, difference, each))
        for each in (KEEP, DROP)
    ]
    tone = "" if is_to_choose(compared, difference) else "muted"
    return Row(difference.key, (title_of(compared.keep.kind, difference), *cells), tone)


def is_to_choose(compared: Comparison, difference: Difference) -> bool:
    """Whether both cards say something there, so that somebody has to choose."""
    return all(shown(compared, difference, side) for side in (KEEP, DROP))


def in_order(compared: Comparison) -> list[Difference]:
    """The differences as they are listed: what is to be chosen, what comes, what was there."""

    def place(difference: Difference) -> int:
        if is_to_choose(compared, difference):
            return 0
        return 2 if shown(compared, difference, KEEP) else 1

    return sorted(compared.differences, key=place)


def _on_one_line(compared: Comparison, difference: Difference, side: str) -> str:
    return " ".join(shown(compared, difference, side).split()) or BLANK


def summary(compared: Comparison) -> str:
    """How many fields differ and agree, and what comes along."""
    choices = sum(is_to_choose(compared, each) for each in compared.differences)
    words = [
        _("{choices} to choose, {single} on one card only, {same} the same").format(
            choices=choices, single=len(compared.differences) - choices, same=compared.same
        )
    ]
    along = told_attached(compared.attached)
    if along:
        words.append(_("Comes along: {what}").format(what=along))
    if compared.new_owner:
        words.append(_("From now on {name} looks after it.").format(name=compared.new_owner))
    return " · ".join(words)


def about(
    compared: Comparison, difference: Difference, side: str, width: int, height: int
) -> Content:
    """The values of a field whole, as far as there is room, the one that holds first."""
    labels = {KEEP: _("Left"), DROP: _("Right"), BOTH: _("both sides")}
    margin = max(map(width_of, labels.values())) + 2
    title = title_of(compared.keep.kind, difference)
    if difference.masked:
        note = _("{title} is masked for you; v shows it").format(title=title)
        return Content("\n").join([Content.styled(tidy(note), "$text-warning")])
    order = [side, *(each for each in (KEEP, DROP) if each != side)]
    lines: list[Content] = []
    for each in order:
        text = shown(compared, difference, each) or _("(blank)")
        parts = [part for line in text.splitlines() for part in wrapped(tidy(line), width - margin)]
        for place, part in enumerate(parts):
            head = fit(labels[each] if place == 0 else "", margin)
            lines.append(
                Content.styled(head, "$text-muted")
                + Content.styled(part, "bold" if each == side else "")
            )
    return Content("\n").join(lines[: max(1, height)])


def chosen_values(
    compared: Comparison, chosen: dict[str, str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values of the card as it would be, by form key; and those that no form declares."""
    values: dict[str, Any] = dict(compared.keep.values)
    unknown: dict[str, Any] = dict(compared.keep.unknown)
    declared = set(values) | set(compared.drop.values)
    for each in compared.differences:
        value = each.value(chosen[each.key])
        if each.place:
            for key in {*(each.keep or {}), *(each.drop or {})}:
                values.pop(key, None)
            values.update(value or {})
            continue
        target = values if each.key in declared or each.masked else unknown
        if value is None:
            target.pop(each.key, None)
        else:
            target[each.key] = value
    return values, unknown
