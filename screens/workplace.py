"""What part somebody plays where he works: opened from his own card, for the form of his place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from store.errors import NotFound, StoreError
from store.language import N_, _

if TYPE_CHECKING:
    from screens.base import BaseScreen
    from store.desk import Desk
    from store.records.people import Employer

NOWHERE = N_("Nobody knows yet where {name} works: note his employer first")
NOT_YOURS = N_("Neither the card of {name} nor that of his employer is yours to change.")

ON_CARD = ("title", "org_department")
"""What the person's own form asks of his main place."""


class Workplace(NamedTuple):
    """A place of somebody, and whether the member may say what part he plays there."""

    employer: Employer
    is_changed_here: bool


def workplaces(desk: Desk, person: int) -> list[Workplace]:
    """Where a person works now, the main place first.

    Raises:
        BadValue: the card is an organisation's.
        NotFound: the member sees no such person.
    """
    present = [each for each in desk.people.history(person) if each.until is None]
    return [Workplace(each, may_place(desk, each.id)) for each in present]


def may_place(desk: Desk, place: int) -> bool:
    """Whether the member may say what part somebody plays at an organisation.

    Raises:
        NotFound: the member does not see the whole of the person.
    """
    row = desk.people.get(place)
    if row.yours:
        return True
    try:
        return "edit" in desk.cards.may(row.organisation_id)
    except NotFound:
        return False


def open_workplace(
    screen: BaseScreen[Any], person: int, name: str, elsewhere: Collection[str] = ()
) -> None:
    """Open the form of the place that somebody has now; of several, the one that is picked.

    Args:
        name: of the person.
        elsewhere: keys of the main place that are asked by the screen itself.
    """

    async def open_form() -> None:
        try:
            found = await screen.desk.read(lambda desk: workplaces(desk, person))
        except StoreError as error:
            screen.report(error)
            return
        mine = [each.employer for each in found if each.is_changed_here]
        if not found:
            screen.tell(_(NOWHERE).format(name=name))
        elif not mine:
            screen.tell(_(NOT_YOURS).format(name=name))
        elif len(mine) == 1:
            _show(screen, mine[0], elsewhere)
        else:
            _pick(screen, mine, elsewhere)

    screen.run_worker(open_form(), exit_on_error=False, group="open", exclusive=True)


def _pick(screen: BaseScreen[Any], mine: Sequence[Employer], elsewhere: Collection[str]) -> None:
    from screens.pick import Pick

    by_key = {str(each.id): each for each in mine}
    choices = [(key, f"{each.name} {each.title}".rstrip()) for key, each in by_key.items()]

    def chosen(key: str | None) -> None:
        if key is not None:
            _show(screen, by_key[key], elsewhere)

    screen.app.push_screen(Pick(screen.desk, _("At which employer?"), choices), chosen)


def _show(screen: BaseScreen[Any], employer: Employer, elsewhere: Collection[str]) -> None:
    from screens.place_form import PlaceForm

    house = employer.organisation_id or 0
    asked_there = elsewhere if employer.main else ()
    form = PlaceForm(screen.desk, house, employer.id, elsewhere=asked_there)
    screen.app.push_screen(form)


def open_place(screen: BaseScreen[Any], place: int, name: str) -> None:
    """Open the form of one place, now or before, where the member may change it.

    Args:
        name: of the person.
    """

    async def open_form() -> None:
        from screens.place_form import PlaceForm

        try:
            is_mine = await screen.desk.read(lambda desk: may_place(desk, place))
        except StoreError as error:
            screen.report(error)
            return
        if is_mine:
            screen.app.push_screen(PlaceForm(screen.desk, 0, place))
        else:
            screen.tell(_(NOT_YOURS).format(name=name))

    screen.run_worker(open_form(), exit_on_error=False, group="open", exclusive=True)
