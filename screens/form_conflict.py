"""Two members changed the same field: whose value holds is chosen by whoever saves last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from screens.choose import Choose
from store.language import N_, _, listed
from store.three_way import Contradiction, merged

if TYPE_CHECKING:
    from screens.base import BaseScreen
    from store.forms.declaration import Field, Form, Values
    from widgets.card_form import CardForm

MINE = "mine"
THEIRS = "theirs"
BOTH = "both"

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
    for field in [field for field in form.form.fields() if field.key in keys]:
        key, theirs = field.key, present.get(field.key)
        who = hands.get(key) or _(SOMEBODY)
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
            value: Any = _below_each_other(str(theirs), str(mine[key]))
        else:
            value = merged(base.get(key), mine.get(key), theirs, chosen)
        base = {**base, key: theirs}
        if value != mine.get(key):
            await form.put({key: value})
    return base


def _below_each_other(theirs: str, mine: str) -> str:
    """Their text, and of one's own the lines that do not stand in it."""
    known = theirs.splitlines()
    return "\n".join([*known, *(line for line in mine.splitlines() if line not in known)])


def _shown(field: Field, value: object) -> str:
    text = "" if value is None else field.show(value)
    return " ".join(text.split()) or _("(blank)")
