"""Two members changed the same field: whose value holds is chosen by whoever saves last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from screens.choose import Choose
from store.language import _

if TYPE_CHECKING:
    from screens.base import BaseScreen
    from store.forms.declaration import Field, Values
    from widgets.card_form import CardForm

MINE = "mine"
THEIRS = "theirs"


def clashing(base: Values, mine: Values, present: Values) -> list[str]:
    """The keys of values that were changed both here and by somebody else, and not alike.

    Args:
        base: the values from which both began.
        mine: the values now.
        present: the values that somebody else wrote.
    """
    return [
        key
        for key in dict.fromkeys([*base, *mine])
        if mine.get(key) != base.get(key) and present.get(key) not in (base.get(key), mine.get(key))
    ]


async def choose_values(
    screen: BaseScreen[Any], form: CardForm, base: Values, present: Values
) -> Values | None:
    """Show both values of each field that clashes, and put the chosen ones into the form.

    Must be called in a worker of the screen.

    Returns:
        The base from which saving goes on; None where the member chose nothing.
    """
    mine = form.values
    keys = clashing(base, mine, present)
    for field in [field for field in form.form.fields() if field.key in keys]:
        key, theirs = field.key, present.get(field.key)
        choices = [
            (MINE, _("Mine: {value}").format(value=_shown(field, mine.get(key)))),
            (THEIRS, _("Theirs: {value}").format(value=_shown(field, theirs))),
        ]
        title = _("Changed by somebody else meanwhile: {field}").format(field=field.title)
        chosen = await screen.app.push_screen_wait(Choose(title, choices))
        if chosen is None:
            return None
        base = {**base, key: theirs}
        if chosen == THEIRS:
            await form.put({key: theirs})
    return base


def _shown(field: Field, value: object) -> str:
    text = "" if value is None else field.show(value)
    return " ".join(text.split()) or _("(blank)")
