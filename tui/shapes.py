"""The JSON of the commands (interface.md, The command line): dates ISO, money in fen."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date, datetime

    from store.clock import Clock
    from store.records.briefing import NewsItem, Trip
    from store.records.cards import CardRow
    from store.records.inspections import InspectionRow
    from store.records.loans import LoanRow
    from store.records.occasions import OccasionRow
    from store.records.releases import ReleaseRow
    from store.records.remarks import RemarkRow
    from store.records.todos import TodoRow

Shape = dict[str, Any]
"""One object of a document."""


def card_shape(row: "CardRow") -> Shape:
    """A card as `find` lists it."""
    return {
        "number": row.number,
        "name": row.name,
        "kind": row.kind,
        "organisation": row.organisation,
        "title": row.title,
        "phone": row.phone,
        "owner": row.owner,
        "lifecycle": row.lifecycle,
        "likelihood": row.likelihood,
    }


def followup_shape(row: "CardRow") -> Shape:
    """A card whose next contact is due."""
    return {**card_shape(row), "next_on": day(row.next_on), "next_step": row.next_step}


def review_shape(row: "CardRow") -> Shape:
    """A card that is due to be looked through."""
    return {**card_shape(row), "review_due_on": day(row.review_due_on)}


def todo_shape(row: "TodoRow") -> Shape:
    """A to-do; `due` has a time where one was said, `card` is a number."""
    due = day(row.due_on)
    if due and row.due_time:
        due += f"T{row.due_time:%H:%M}"
    return {
        "id": row.id,
        "title": row.title,
        "important": row.important,
        "urgent": row.urgent,
        "quadrant": row.quadrant,
        "due": due,
        "card": row.card_number,
        "owner": row.owner,
        "done": row.done_at is not None,
    }


def remark_shape(row: "RemarkRow", clock: "Clock") -> Shape:
    """A remark: `from` and `to` are logins; `card` is a number, none where it is closed to him."""
    return {
        "id": row.id,
        "kind": row.kind,
        "from": row.author_login,
        "from_name": row.author,
        "to": row.addressee_login,
        "to_name": row.addressee,
        "text": row.text,
        "at": moment(row.at, clock),
        "card": row.card_number,
        "name": row.card_name,
        "about": row.about,
        "answers": row.answers,
        "done": row.done_at is not None,
    }


def inspection_shape(row: "InspectionRow", clock: "Clock") -> Shape:
    """An inspection: `remarks` by the keys of the form's sections, "" for the whole card."""
    return {
        "id": row.id,
        "card": row.number,
        "name": row.name,
        "owner": row.owner,
        "inspector": row.inspector,
        "at": moment(row.at, clock),
        "verdict": row.verdict,
        "remarks": dict(row.remarks),
        "answer": row.answer,
        "answered_by": row.answered_by,
        "answered_at": None if row.answered_at is None else moment(row.answered_at, clock),
    }


def occasion_shape(row: "OccasionRow") -> Shape:
    """A yearly date: `card` is a number, `name` its name, `who` the member of the family."""
    return {
        "card": row.number,
        "name": row.name,
        "who": row.who,
        "occasion": row.occasion,
        "stored": row.stored,
        "date": day(row.date),
        "days": row.days,
        "age": row.age,
        "nominal_age": row.nominal_age,
    }


def trip_shape(trip: "Trip") -> Shape:
    """A row of an itinerary: `card` is the number of who travels, `from` may be unknown."""
    return {
        "card": trip.number,
        "name": trip.name,
        "organisation": trip.organisation,
        "owner": trip.owner,
        "mine": trip.mine,
        "from": day(trip.starts),
        "until": day(trip.ends),
        "city": trip.city,
        "hotel": trip.hotel,
        "flight": trip.flight,
        "purpose": trip.purpose,
    }


def news_shape(item: "NewsItem") -> Shape:
    """A row of the news: `card` is the number of whom it is about, `kind` in words."""
    return {
        "card": item.number,
        "name": item.name,
        "owner": item.owner,
        "mine": item.mine,
        "on": day(item.on),
        "kind": item.kind,
        "what": item.what,
        "source": item.source,
    }


def loan_shape(loan: "LoanRow", clock: "Clock") -> Shape:
    """A loan; `card` is a number, `sections` none for the whole card."""
    return {
        "id": loan.id,
        "card": loan.number,
        "name": loan.name,
        "kind": loan.kind,
        "borrower": loan.borrower,
        "what": loan.what,
        "pages": loan.pages,
        "sections": None if loan.sections is None else list(loan.sections),
        "reason": loan.reason,
        "state": loan.state,
        "asked_at": moment(loan.asked_at, clock),
        "days": loan.days,
        "handler": loan.handler,
        "approver": loan.approver,
        "answer": loan.answer,
        "due_at": moment(loan.due_at, clock),
        "returned_at": moment(loan.returned_at, clock),
        "why": loan.why,
    }


def release_shape(release: "ReleaseRow", clock: "Clock") -> Shape:
    """A release; no `department` means all of them, no `ends_at` that it has no end."""
    return {
        "id": release.id,
        "department": release.department_name or None,
        "role": release.role or None,
        "member": release.login or None,
        "level": release.level,
        "reason": release.reason,
        "given_by": release.given_by,
        "given_at": moment(release.given_at, clock),
        "ends_at": moment(release.ends_at, clock),
        "taken_back_at": moment(release.taken_back_at, clock),
        "state": release.state,
        "to_review": release.to_review,
    }


def day(value: "date | None") -> str | None:
    """A date as text."""
    return None if value is None else value.isoformat()


def moment(value: "datetime | None", clock: "Clock") -> str | None:
    """A moment as text, in the team's time with its offset, to the second."""
    return None if value is None else clock.local(value).isoformat(timespec="seconds")
