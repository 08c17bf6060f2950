"""What can be done with several cards at once, or with all that a filter shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from screens.card_actions import do, hand_over_cards, restore_cards, trash_cards
from screens.choose import Choose
from screens.merge_actions import find_duplicates, merge_marked
from screens.sections import OVERVIEWS, SOURCE_CENTRES, page
from store import labels
from store.errors import BadInput, BadValue, StoreError
from store.language import N_, _
from store.later_days import next_day
from store.moments import read_day

if TYPE_CHECKING:
    from screens.base import BaseScreen
    from store.desk import Desk
    from store.forms.declaration import Field
    from store.records.card_list import CardQuery

GRADED = ("lifecycle", "likelihood", "importance", "value_grade", "credit_grade")
"""Fields whose choices are set on cards."""

BLANK = "\x00"
"""Stands for taking a value away."""

OTHER = "\x01"
"""Stands for words of one's own."""

ALL = "all"

MERGED = 2
"""So many cards can be made one at a time."""

MOST = 20_000
"""Cards that are changed in one go."""

TOO_MANY = N_("These are more than {most} cards: filter fewer.")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The cards that something is done with."""

    ids: tuple[int, ...]
    hands: bool = False
    """Whether the member may hand cards to others."""
    shown: CardQuery | None = None
    """The filter of the list, where all that it shows may be meant instead."""
    count: int = 0
    """How many the list shows; 0 where the cards are not those of a list."""
    ask: bool = False
    """Whether it is asked before anything is done: all of a filter are meant."""


def act_on_cards(screen: BaseScreen[Any], chosen: Chosen, *, trashed: bool = False) -> None:
    """Ask what to do with cards, and do it.

    Args:
        trashed: whether they lie in the trash.
    """
    if trashed:
        restore_cards(screen, chosen.ids)
        return

    def picked(what: str | None) -> None:
        if what is not None:
            _ACTIONS.get(what, _ask_grade_of(what))(screen, chosen)

    title = _("What to do with {count} cards").format(count=len(chosen.ids))
    if len(chosen.ids) == 1:
        title = _("What to do with this card")
    screen.app.push_screen(Choose(title, _choices(chosen)), picked)


def _choices(chosen: Chosen) -> list[tuple[str, str]]:
    from store.forms.declaration import load_form

    form = load_form("person")
    found = [(key, form.field(key).title) for key in GRADED if not form.field(key).gone]
    found += [("tag", _("Add a tag")), ("untag", _("Take a tag away"))]
    if not form.field("circle").gone:
        found.append(("circle", form.field("circle").title))
    found.append(("review", _("Review date")))
    if not form.field("risk").gone:
        found.append(("risk", _("Risk list")))
    if len(chosen.ids) == 1 and not form.field("route_order").gone:
        found.append(("route_order", form.field("route_order").title))
    if chosen.hands:
        found.append(("hand", _("Hand over to a colleague")))
    if len(chosen.ids) == MERGED:
        found.append(("merge", _("Merge these two cards")))
    if chosen.count:
        found.append(("duplicates", _("Find cards that look alike")))
    found.append(("club", _("Put into a club")))
    found.append(("trash", _("Into the trash")))
    if chosen.count:
        found.append(("risks", _("Show the risk list")))
    if chosen.shown is not None and chosen.count > 1:
        all_shown = _("All {count} that the filter shows …").format(count=chosen.count)
        found.append((ALL, all_shown))
    if chosen.count:
        found += [(key, _(title)) for key, title in OVERVIEWS.items()]
    return found


def _all_shown(screen: BaseScreen[Any], chosen: Chosen) -> None:
    """Ask the same for all that the filter shows."""
    wanted = chosen.shown
    assert wanted is not None

    async def ask() -> None:
        try:
            ids = await screen.desk.read(lambda desk: desk.cards.ids(wanted))
        except StoreError as error:
            screen.report(error)
            return
        if len(ids) > MOST:
            screen.tell(_(TOO_MANY).format(most=MOST))
        elif ids:
            act_on_cards(screen, replace(chosen, ids=tuple(ids), shown=None, ask=len(ids) > 1))

    screen.run_worker(ask(), exit_on_error=False, group="do")


def _change(
    screen: BaseScreen[Any], chosen: Chosen, use_case: Callable[[Desk], int], what: str
) -> None:
    """Change the cards; where all of a filter are meant, once that is confirmed.

    Args:
        what: what is done, for the question.
    """

    def change(sure: bool | None = True) -> None:
        if sure:
            do(
                screen,
                use_case,
                lambda count: _("{count} cards changed; u takes back").format(count=count),
            )

    if not chosen.ask:
        change()
        return
    from screens.confirm import Confirm

    question = _("{what}: change {count} cards?").format(what=what, count=len(chosen.ids))
    screen.app.push_screen(Confirm(screen.desk, question, default=False), change)


def _set(screen: BaseScreen[Any], chosen: Chosen, values: dict[str, Any], what: str) -> None:
    ids = chosen.ids
    _change(screen, chosen, lambda desk: desk.cards.set_values(ids, values), what)


def _ask_grade_of(key: str) -> Callable[[BaseScreen[Any], Chosen], None]:
    return lambda screen, chosen: _ask_grade(screen, chosen, key)


def _ask_grade(screen: BaseScreen[Any], chosen: Chosen, key: str) -> None:
    """Ask for the value of a graded field, and set it."""
    from store.forms.declaration import load_form

    field = load_form("organisation").field(key)
    choices = [(choice.value, choice.title) for choice in field.offered]
    if key == "value_grade":
        choices.append((BLANK, _("automatic again")))
    elif key in ("importance", "credit_grade"):
        choices.append((BLANK, _("none")))

    def picked(value: str | None) -> None:
        if value is None:
            return
        if value == "former":
            _ask_reason(screen, chosen, field)
            return
        title = dict(choices)[value]
        what = _("{title}: {chosen}").format(title=field.title, chosen=title)
        _set(screen, chosen, {key: None if value == BLANK else value}, what)

    screen.app.push_screen(Choose(field.title, choices), picked)


def _ask_reason(screen: BaseScreen[Any], chosen: Chosen, field: Field) -> None:
    """Ask why trade stopped: a former customer needs that."""
    from screens.ask_text import AskText
    from store.forms.declaration import load_form

    reason = load_form("person").field("former_reason")

    def said(text: str | None) -> None:
        if text is not None:
            _set(screen, chosen, {"lifecycle": "former", "former_reason": text}, field.title)

    screen.app.push_screen(AskText(reason.title), said)


def _tag(screen: BaseScreen[Any], chosen: Chosen, *, add: bool) -> None:
    from screens.ask_text import AskText

    question = _("Tag to add") if add else _("Tag to take away")

    def named(tag: str | None) -> None:
        if tag is not None:
            what = _("{title}: {chosen}").format(title=question, chosen=labels.short(tag))
            ids = chosen.ids
            _change(screen, chosen, lambda desk: desk.cards.tag(ids, tag, add=add), what)

    screen.app.push_screen(AskText(question), named)


def _ask_circle(screen: BaseScreen[Any], chosen: Chosen) -> None:
    """Ask for the circle: one of those in use, another, or none."""
    from store.forms.declaration import load_form

    title = load_form("person").field("circle").title

    def put(circle: str | None) -> None:
        if circle is not None:
            what = _("{title}: {chosen}").format(title=title, chosen=labels.short(circle))
            _set(screen, chosen, {"circle": circle or None}, what)

    def picked(value: str | None) -> None:
        if value == OTHER:
            from screens.ask_text import AskText

            screen.app.push_screen(AskText(title), put)
        elif value is not None:
            put("" if value == BLANK else value)

    async def offer() -> None:
        try:
            known = await screen.desk.read(lambda desk: desk.cards.facts("circle", 20))
        except StoreError as error:
            screen.report(error)
            return
        choices = [(OTHER, _("another one …")), (BLANK, _("none"))]
        choices += [(circle, labels.short(circle)) for circle in known]
        screen.app.push_screen(Choose(title, choices), picked)

    screen.run_worker(offer(), exit_on_error=False, group="do")


def _ask_review(screen: BaseScreen[Any], chosen: Chosen) -> None:
    """Ask for the day on which the cards fall due for revision."""
    today = screen.desk.clock.today()
    offered: dict[str, date | None] = {
        _("in a week"): next_day(today, weeks=1),
        _("in two weeks"): next_day(today, weeks=2),
        _("in a month"): next_day(today, months=1),
        _("in three months"): next_day(today, months=3),
        _("in half a year"): next_day(today, months=6),
        _("by the rule again"): None,
    }
    ids = chosen.ids
    title = _("Review date")

    def set_day(day: date | None) -> None:
        what = _("{title}: {chosen}").format(title=title, chosen=day or _("by the rule again"))
        _change(screen, chosen, lambda desk: desk.cards.review_on(ids, day), what)

    def picked(word: str | None) -> None:
        if word == OTHER:
            from screens.ask_text import AskText

            def said(text: str | None) -> None:
                if text is not None:
                    set_day(_later_day(text, today))

            window = AskText(title, check=lambda text: _later_day(text, today))
            screen.app.push_screen(window, said)
        elif word is not None:
            set_day(offered[word])

    choices = [(word, word) for word in offered]
    screen.app.push_screen(Choose(title, [*choices, (OTHER, _("another day …"))]), picked)


def _later_day(text: str, today: date) -> date:
    """A day that is said in words or figures, later than today.

    Raises:
        BadInput: it is none.
    """
    from store.cards import TOO_EARLY

    try:
        day = read_day(text, today)
    except BadValue as error:
        raise BadInput(error.message, **error.values) from error
    if day <= today:
        raise BadInput(TOO_EARLY)
    return day


def _ask_risk(screen: BaseScreen[Any], chosen: Chosen) -> None:
    """Ask why the cards come onto the risk list, or whether they leave it."""
    from store.forms.declaration import load_form

    reasons = load_form("organisation").field("risk_reasons").offered
    title = _("Risk list")
    ids = chosen.ids
    choices = [
        *((choice.value, choice.title) for choice in reasons),
        (OTHER, _("for another reason …")),
        (BLANK, _("off the risk list")),
    ]

    def flag(reason: str | None) -> None:
        if reason is not None:
            _change(screen, chosen, lambda desk: desk.cards.flag_risk(ids, reason), title)

    def picked(value: str | None) -> None:
        if value == OTHER:
            from screens.ask_text import AskText

            screen.app.push_screen(AskText(_("Reason of the risk")), flag)
        elif value == BLANK:
            what = _("off the risk list")
            _change(screen, chosen, lambda desk: desk.cards.clear_risk(ids), what)
        else:
            flag(value)

    screen.app.push_screen(Choose(title, choices), picked)


def _ask_route(screen: BaseScreen[Any], chosen: Chosen) -> None:
    """Ask for the place in the round of visits."""
    from screens.ask_text import AskText
    from store.forms.declaration import load_form

    field = load_form("person").field("route_order")
    today = screen.desk.clock.today()

    def read(text: str) -> Any:
        try:
            return field.read(text, today)
        except BadValue as error:
            raise BadInput(error.message, **error.values) from error

    def said(text: str | None) -> None:
        if text is not None:
            _set(screen, chosen, {"route_order": read(text) if text else None}, field.title)

    screen.app.push_screen(AskText(field.title, optional=True, check=read), said)


def _join_club(screen: BaseScreen[Any], chosen: Chosen) -> None:
    from screens.clubs_page import join_club

    join_club(screen, list(chosen.ids))


def _overview_of(name: str) -> Callable[[BaseScreen[Any], Chosen], None]:
    """Opens a page about all customers, or the list of those who bring some."""

    def open_it(screen: BaseScreen[Any], _chosen: Chosen) -> None:
        if name == SOURCE_CENTRES:
            screen.shell.go_to("cards", name)
        else:
            screen.app.push_screen(page(name)(screen.desk))

    return open_it


def _hand(screen: BaseScreen[Any], chosen: Chosen) -> None:
    hand_over_cards(screen, chosen.ids)


def _trash(screen: BaseScreen[Any], chosen: Chosen) -> None:
    trash_cards(screen, chosen.ids)


_ACTIONS: dict[str, Callable[[BaseScreen[Any], Chosen], None]] = {
    "tag": lambda screen, chosen: _tag(screen, chosen, add=True),
    "untag": lambda screen, chosen: _tag(screen, chosen, add=False),
    "circle": _ask_circle,
    "review": _ask_review,
    "risk": _ask_risk,
    "route_order": _ask_route,
    "hand": _hand,
    "merge": lambda screen, chosen: merge_marked(screen, chosen.ids),
    "duplicates": lambda screen, _chosen: find_duplicates(screen),
    "club": _join_club,
    "trash": _trash,
    **{name: _overview_of(name) for name in OVERVIEWS},
    "risks": lambda screen, _chosen: screen.shell.go_to("cards", "risk"),
    ALL: _all_shown,
}
"""What is done, by the choice."""
