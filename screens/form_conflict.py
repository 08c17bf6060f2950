"""Two members changed the same field: whose value holds is chosen by whoever saves last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from screens.choose import Choose
from store.forms.tables import show_row
from store.language import N_, _, listed
from store.row_clashes import RowClash, row_clashes, settle
from store.three_way import Contradiction, merged
from widgets.cells import fit, width_of

if TYPE_CHECKING:
    from screens.base import BaseScreen
    from store.forms.declaration import Field, Form, Values
    from widgets.card_form import CardForm

MINE: Final = "mine"
THEIRS: Final = "theirs"
BOTH = "both"

WIDEST_ROW = 36
"""Cells of a row by which it is recognised."""

NAMED = 2
"""Fields that are named where there is little room."""

SOMEBODY = N_("Somebody else")


def clashing(base: Values, mine: Values, present: Values) -> list[str]:
    """The keys of values that were changed both here and by somebody else, and not alike.

    Lists that hold what both did are none of them.

    Args:
        base: the values from which both began.
        mine: the values now.
        present: the values that somebody else wrote.
    """
    found = []
    for key in dict.fromkeys([*base, *mine]):
        if mine.get(key) == base.get(key):
            continue
        try:
            merged(base.get(key), mine.get(key), present.get(key))
        except Contradiction:
            found.append(key)
    return found


def moved(base: Values, mine: Values, present: Values) -> list[str]:
    """The keys of values that somebody else changed, and that do not stand here anyway."""
    return [
        key
        for key in dict.fromkeys([*base, *present])
        if present.get(key) not in (base.get(key), mine.get(key))
    ]


def changed_in_words(form: Form, keys: Sequence[str], hands: Mapping[str, str]) -> str:
    """Who changed which fields meanwhile, in the language spoken now; "" for none."""
    if not keys:
        return ""
    names = dict.fromkeys(hands.get(key) or _(SOMEBODY) for key in keys)
    titles = [form.field(key).title for key in keys[:NAMED]]
    if len(keys) > NAMED:
        titles.append("…")
    said = _("{name} changed {titles} meanwhile")
    return said.format(name=listed(names), titles=listed(titles))


async def choose_values(
    screen: BaseScreen[Any],
    form: CardForm,
    base: Values,
    present: Values,
    hands: Mapping[str, str],
) -> Values | None:
    """Show both values of each field that clashes, and put the chosen ones into the form.

    Must be called in a worker of the screen.

    Args:
        hands: who changed the fields, by key.

    Returns:
        The base from which saving goes on; None where the member chose nothing.
    """
    mine = form.values
    keys = clashing(base, mine, present)
    value: Any
    for field in [field for field in form.form.fields() if field.key in keys]:
        key, theirs = field.key, present.get(field.key)
        who = hands.get(key) or _(SOMEBODY)
        if field.type == "rows":
            value = await _choose_rows(screen, field, base.get(key), mine.get(key), theirs, who)
            if value is None:
                return None
            base = {**base, key: theirs}
            await form.put({key: value or None})
            continue
        choices = [
            (MINE, _("Mine: {value}").format(value=_shown(field, mine.get(key)))),
            (THEIRS, _("{name}: {value}").format(name=who, value=_shown(field, theirs))),
        ]
        if field.type == "long_text" and mine.get(key) and theirs:
            choices.append((BOTH, _("Both, one below the other")))
        title = _("{name} changed {titles} meanwhile").format(name=who, titles=field.title)
        chosen = await screen.app.push_screen_wait(Choose(title, choices))
        if chosen is None:
            return None
        if chosen == BOTH:
            value = _below_each_other(str(theirs), str(mine[key]))
        else:
            value = merged(base.get(key), mine.get(key), theirs, chosen)
        base = {**base, key: theirs}
        if value != mine.get(key):
            await form.put({key: value})
    return base


async def _choose_rows(
    screen: BaseScreen[Any], field: Field, base: Any, mine: Any, theirs: Any, who: str
) -> list[Any] | None:
    """The rows of both sides, once it was chosen whose holds; None where nothing was chosen."""
    for clash in row_clashes(base, mine, theirs):
        title, choices = _asked_of_row(field, clash, who)
        chosen = await screen.app.push_screen_wait(Choose(title, choices))
        if chosen is None:
            return None
        base, mine = settle(base, mine, clash, MINE if chosen == MINE else THEIRS)
    joined = merged(base, mine, theirs, MINE)
    return list(joined) if isinstance(joined, list) else []


def _asked_of_row(field: Field, clash: RowClash, who: str) -> tuple[str, list[tuple[str, str]]]:
    """What is asked about a row that both changed, and the answers."""
    one, other = clash.mine, clash.theirs
    if other is None:
        title = _("{name} took “{row}” away, which you changed ({titles})")
        answers = [(MINE, _("Keep it: {value}")), (THEIRS, _("Take it away"))]
        row, value = one, _row(field, one)
    elif one is None:
        title = _("{name} changed “{row}”, which you took away ({titles})")
        answers = [(MINE, _("Take it away")), (THEIRS, _("Keep it: {value}"))]
        row, value = other, _row(field, other)
    else:
        column = next((each for each in field.columns if each.key == clash.column), field)
        title = _("{name} changed {column} of “{row}” meanwhile ({titles})")
        values = [side.get(clash.column) for side in (one, other)]
        shown = [
            _shown(column, value) if column is not field else str(value or _("(blank)"))
            for value in values
        ]
        answers = [
            (MINE, _("Mine: {value}").format(value=shown[0])),
            (THEIRS, _("{name}: {value}").format(name=who, value=shown[1])),
        ]
        told = title.format(
            name=who,
            column=column.title,
            row=_row(field, other, but=clash.column),
            titles=field.title,
        )
        return told, answers
    told = title.format(name=who, row=_row(field, row), titles=field.title)
    return told, [(key, text.format(value=value)) for key, text in answers]


def _row(field: Field, row: Mapping[str, Any] | None, but: str = "") -> str:
    """A row by which it is recognised: what stands in it besides one column."""
    others = {key: value for key, value in (row or {}).items() if key != but}
    text = " ".join((show_row(field, others) or show_row(field, row or {})).split())
    return fit(text, min(width_of(text), WIDEST_ROW))


def _below_each_other(theirs: str, mine: str) -> str:
    """Their text, and of one's own the lines that do not stand in it."""
    known = theirs.splitlines()
    return "\n".join([*known, *(line for line in mine.splitlines() if line not in known)])


def _shown(field: Field, value: object) -> str:
    text = "" if value is None else field.show(value)
    return " ".join(text.split()) or _("(blank)")
