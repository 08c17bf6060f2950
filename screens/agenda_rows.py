"""The day's agenda as rows of one list, each kind under its own word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from screens.briefing_text import calendar_words, whose
from store import labels
from store.briefing_lines import age_words, trip_words
from store.language import N_, _, current
from store.lunar import YearlyDate
from widgets.columns import Column
from widgets.row_pages import Row

if TYPE_CHECKING:
    from datetime import date

    from store.clock import Clock
    from store.records.briefing import Agenda, NewsItem, Trip
    from store.records.cards import CardRow
    from store.records.drafts import Draft
    from store.records.inspections import InspectionRow
    from store.records.loans import LoanRow
    from store.records.occasions import OccasionRow
    from store.records.remarks import RemarkRow
    from store.records.todos import TodoRow

KINDS = {
    "remark": N_("Told"),
    "inspection": N_("Sent back"),
    "loan": N_("Loan"),
    "draft": N_("Unsaved"),
    "todo": N_("To do"),
    "followup": N_("Contact"),
    "date": N_("Date"),
    "trip": N_("Travels"),
    "news": N_("News"),
    "review": N_("Review"),
    "pile": N_("Pile"),
}
"""What stands before the first row of each kind; message ids."""


CARD = 10
"""Characters of a customer's name before what was told about him."""


def columns() -> tuple[Column, ...]:
    """The columns of the agenda."""
    chinese = current() == "zh"
    return (
        Column("kind", "", 6 if chinese else 8),
        Column("when", N_("When"), 9 if chinese else 12, least=8),
        Column("who", N_("Who"), 16, least=8, share=2),
        Column("what", N_("What"), 30, least=10, share=5),
    )


def agenda_rows(
    agenda: Agenda, drafts: Iterable[Draft], clock: Clock, names: Mapping[str, str]
) -> list[Row]:
    """The rows, keyed `kind:id`: what colleagues wait for, then what waits to be saved, to do, to
    contact, to greet, who travels, what happened, what to review.

    Args:
        agenda: the day's.
        drafts: the words that wait.
        clock: the team's.
        names: the names of the cards that the drafts are about, by number.
    """
    today = clock.today()
    groups: list[tuple[str, list[Row]]] = [
        ("remark", [_remark_row(remark, clock) for remark in agenda.remarks]),
        ("inspection", [_inspection_row(row, clock) for row in agenda.inspections]),
        ("loan", [_loan_row(loan, clock) for loan in agenda.loans]),
        ("draft", [_draft_row(draft, clock, names) for draft in drafts]),
        ("todo", [_todo_row(todo, today) for todo in agenda.todos]),
        ("followup", [_followup_row(card, today) for card in agenda.followups]),
        ("date", [_date_row(row) for row in agenda.dates]),
        ("trip", [_trip_row(trip, today) for trip in agenda.trips]),
        ("news", [_news_row(item, place, clock) for place, item in enumerate(agenda.news)]),
        ("review", [_review_row(card, clock) for card in agenda.reviews]),
        ("pile", [_pile_row(agenda.pile)] if agenda.pile else []),
    ]
    rows = []
    for kind, members in groups:
        for place, row in enumerate(members):
            title = _(KINDS[kind]) if place == 0 else ""
            rows.append(Row(f"{kind}:{row.key}", (title, *row.cells), row.tone))
    return rows


def _remark_row(remark: RemarkRow, clock: Clock) -> Row:
    when = labels.ago(clock.local(remark.at).date(), clock.today())
    return Row(str(remark.id), (when, remark.author, remark_words(remark)), "strong")


def _inspection_row(row: InspectionRow, clock: Clock) -> Row:
    """A card that was sent back: by whom, and what he said."""
    when = labels.ago(clock.local(row.at).date(), clock.today())
    said = " ".join(_("; ").join(row.remarks.values()).split())
    what = _("{what}: {words}").format(what=row.inspector, words=said)
    return Row(str(row.id), (when, labels.aside(row.name, row.organisation), what), "strong")


def _loan_row(loan: LoanRow, clock: Clock) -> Row:
    from store import loan_words

    today, card = clock.today(), loan_words.card(loan)
    told = loan_words.told(loan, clock)
    if loan.why == "decide":
        when = labels.ago(clock.local(loan.asked_at).date(), today)
        whole = _("{card}: {told}").format(card=card, told=told)
        return Row(str(loan.id), (when, loan.borrower, whole), "strong")
    when = "" if loan.due_at is None else _due(loan_words.last_day(loan.due_at, clock), today)
    if loan.why == "collect":
        whole = _("{card}: {told}").format(card=card, told=told)
        return Row(str(loan.id), (when, loan.borrower, whole), "warning")
    tone = {"late": "error", "refused": "muted"}.get(loan.state, "")
    return Row(str(loan.id), (when, card, told), tone)


def remark_words(remark: RemarkRow) -> str:
    """A remark on one line: the card, as far as it may be seen, what it answers, what it says."""
    about = labels.short(remark.card_name, CARD) if remark.card_name else ""
    if remark.hidden:
        about = _("a card that is closed to you")
    sort = labels.remark_kind(remark.kind)
    head = " ".join(f"[{part}]" for part in (sort, about) if part)
    text = " ".join(remark.text.split())
    if remark.answered:
        text = _("{text} (on “{words}”)").format(text=text, words=labels.short(remark.answered))
    return f"{head} {text}".lstrip()


def number_of(draft: Draft) -> str:
    """The number of the card that a draft is about, or nothing."""
    number = draft.key.rpartition(":")[2]
    return number if number[:1] in ("P", "O") and number[1:].isdigit() else ""


DRAFTS = {
    "card": N_("a card"),
    "interaction": N_("a talk"),
    "todo": N_("a to-do"),
    "family": N_("somebody of the family"),
    "place": N_("somebody at an organisation"),
    "occasion": N_("a date"),
    "paper": N_("a paper"),
    "relation": N_("a relationship"),
    "referral": N_("a referral"),
    "club": N_("a club"),
    "club_member": N_("a member of a club"),
    "inspection": N_("an inspection"),
    "remark": N_("a remark"),
    "guidance": N_("guidance"),
    "member": N_("a member of the team"),
}
"""What unsaved words are of, by what the key of their draft begins with; message ids."""


def _draft_row(draft: Draft, clock: Clock, names: Mapping[str, str]) -> Row:
    kept = clock.local(draft.kept_at)
    kind = draft.key.partition(":")[0]
    about = names.get(number_of(draft), number_of(draft))
    words = str(draft.content.get("line") or draft.content.get("name") or "")
    title = _(DRAFTS[kind]) if kind in DRAFTS else kind
    shown = _(": ").join((title, words)) if words else title
    is_of_today = kept.date() == clock.local(clock.now()).date()
    when = f"{kept:%H:%M}" if is_of_today else f"{kept:%m-%d}"
    return Row(draft.key, (when, about, shown), "warning")


def _todo_row(todo: TodoRow, today: date) -> Row:
    due = _due(todo.due_on, today)
    if todo.due_time and todo.days == 0:
        due = f"{todo.due_time:%H:%M}"
    late = todo.days is not None and todo.days < 0
    flag = "! " if todo.quadrant in (1, 3) else ""
    side = _("he owes us") + " " if todo.side == "theirs" else ""
    asked = _("for {name}:").format(name=todo.asked_by) + " " if todo.asked_by else ""
    what = f"{flag}{asked}{side}{todo.title}"
    return Row(str(todo.id), (due, todo.card_name or "", what), "warning" if late else "")


def _due(day: date | None, today: date) -> str:
    """When something is due; of what is late, by how much: that is what counts."""
    if day is None:
        return ""
    late = (today - day).days
    return labels.days_late(late) if late > 0 else labels.short_day(day, today)


def _followup_row(card: CardRow, today: date) -> Row:
    due = _due(card.next_on, today)
    late = card.next_on is not None and card.next_on < today
    what = card.next_step or _("next contact")
    return Row(str(card.id), (due, _named(card), what), "warning" if late else "")


def _date_row(row: OccasionRow) -> Row:
    said = YearlyDate.parse(row.stored)
    what = labels.occasion(row.occasion, row.note)
    greeted = _("greeted") if row.greeted else ""
    parts = [what, calendar_words(said), age_words(row), greeted]
    text = "  ".join(part for part in parts if part)
    return Row(
        date_key(row),
        (labels.days_away(row.days), whose(row), text),
        "muted" if row.greeted else "",
    )


def _trip_row(trip: Trip, today: date) -> Row:
    """Where a customer is, while he is there; else when he goes."""
    is_now = trip.starts is None or trip.starts <= today
    when = labels.short_day(trip.starts, today) if trip.starts and not is_now else _("now")
    until = _("until {day}").format(day=labels.short_day(trip.ends, today))
    told = trip_words(trip, until)
    key = f"{trip.card_id}:{trip.starts}:{trip.ends}:{trip.city}"
    return Row(key, (when, _whose_card(trip), told), "" if trip.mine else "muted")


def _news_row(item: NewsItem, place: int, clock: Clock) -> Row:
    when = labels.ago(item.on, clock.today()) if item.on else ""
    kind = item.kind if item.kind != item.what else ""
    told = _(": ").join(part for part in (kind, item.what) if part)
    key = f"{item.card_id}:{place}"
    return Row(key, (when, _whose_card(item), told), "" if item.mine else "muted")


def _whose_card(row: Trip | NewsItem) -> str:
    """A customer's name; of one whom a colleague looks after, with the colleague's."""
    return row.name if row.mine else labels.aside(row.name, row.owner)


def date_key(row: OccasionRow) -> str:
    """What names an occurrence of a date, its card first."""
    return f"{row.card_id}:{row.id}:{row.date.isoformat()}"


def _review_row(card: CardRow, clock: Clock) -> Row:
    due = labels.ago(card.review_due_on, clock.today()) if card.review_due_on else ""
    what = _("look it through ({percent} % known)").format(percent=card.completeness)
    return Row(str(card.id), (due, _named(card), what), "muted")


def _pile_row(count: int) -> Row:
    told = _("{count} cards lie in the pile: Enter takes them up one by one").format(count=count)
    return Row("all", ("", "", told), "muted")


def _named(card: CardRow) -> str:
    return labels.aside(card.name, card.organisation)
