"""Loans in words: what is lent, what has become of it, why it stands on Today."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from store.language import N_, _, listed, ngettext
from store.records.loans import LoanRow

if TYPE_CHECKING:
    from store.clock import Clock

STATES = {
    "asked": N_("waits for an answer"),
    "running": N_("until {when}"),
    "late": N_("LATE since {when}"),
    "ended": N_("ended {when}"),
    "refused": N_("refused"),
    "returned": N_("returned"),
    "recalled": N_("taken back early"),
    "withdrawn": N_("withdrawn"),
}
"""What has become of a loan; message ids."""

WHOLE_CARD = N_("whole card")


def state(loan: LoanRow, clock: "Clock") -> str:
    """What has become of a loan, with the moment that counts."""
    when = "" if loan.due_at is None else moment(loan, clock)
    return _(STATES[loan.state]).format(when=when)


def moment(loan: LoanRow, clock: "Clock") -> str:
    """When a loan ends: a paper by the day, access by the minute."""
    if loan.due_at is None:
        return ""
    local = clock.local(loan.due_at)
    now = clock.local(clock.now())
    if loan.kind == "paper":
        day = last_day(loan.due_at, clock)
        return f"{day:%m-%d}" if day.year == now.year else f"{day:%Y-%m-%d}"
    return f"{local:%m-%d %H:%M}" if local.year == now.year else f"{local:%Y-%m-%d}"


def last_day(due: datetime, clock: "Clock") -> date:
    """The day on which a loan is over: of one that ends at midnight, the day before."""
    return clock.local(due - timedelta(seconds=1)).date()


def what(loan: LoanRow) -> str:
    """What is lent: the paper and its pages, or which part of the card."""
    if loan.kind == "paper":
        if loan.pages is None:
            return loan.what
        return ngettext("{what}, {count} page", "{what}, {count} pages", loan.pages).format(
            what=loan.what, count=loan.pages
        )
    if loan.sections is None:
        return _(WHOLE_CARD)
    from store.lendable import titles_of

    titles = titles_of(loan.card_kind)
    return listed(titles.get(key, key) for key in loan.sections)


def card(loan: LoanRow) -> str:
    """The card, by its name where the reader may know it."""
    return loan.name or loan.number


def told(loan: LoanRow, clock: "Clock") -> str:
    """Why a loan stands on Today."""
    when, days, parts = moment(loan, clock), loan.days, what(loan)
    reason = loan.reason
    if loan.why == "decide":
        asks = ngettext(
            "asks to see it for {days} day ({what})",
            "asks to see it for {days} days ({what})",
            days,
        ).format(days=days, what=parts)
        return _("{asks}: {reason}").format(asks=asks, reason=reason) if reason else asks
    if loan.why == "refused":
        no = _("refused by {name}").format(name=loan.handler)
        return _("{asks}: {reason}").format(asks=no, reason=loan.answer) if loan.answer else no
    if loan.why == "return":
        text = (
            N_("bring back {what} to {name}: late since {when}")
            if loan.state == "late"
            else N_("bring back {what} to {name} today")
        )
        return _(text).format(what=parts, name=loan.handler, when=when)
    if loan.why == "collect":
        return _("{what} is late since {when}: ask for it").format(what=parts, when=when)
    return _("open to you until {when} ({what})").format(when=when, what=parts)
