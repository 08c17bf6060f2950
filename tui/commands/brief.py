"""`shuke brief`: everything known about one customer, for the minute before a visit."""

from dataclasses import asdict

from store import labels
from store.clock import Clock
from store.language import _
from store.records.briefing import Briefing, NextStep, Talk
from store.records.occasions import OccasionRow
from store.records.remarks import RemarkRow
from store.records.todos import TodoRow
from tui.arguments import Parser, joined
from tui.command import Command
from tui.output import say, write_json, write_pairs, write_paragraph
from tui.session import Session
from tui.shapes import (
    Shape,
    card_shape,
    day,
    moment,
    occasion_shape,
    remark_shape,
    todo_shape,
)


def declare(parser: Parser) -> None:
    """Arguments of `shuke brief`."""
    parser.add_argument(
        "card",
        metavar="CARD",
        nargs="+",
        help=_("a card's number, or a text that finds exactly one"),
    )
    parser.json_option()


def brief(session: Session) -> int:
    """Show the briefing of a card."""
    desk = session.desk
    briefing = desk.briefing.of(desk.cards.resolve(joined(session.options.card)).id)
    if session.options.json:
        write_json(briefing_shape(briefing, session.clock))
    else:
        _show(briefing, session.clock)
    return 0


def briefing_shape(briefing: Briefing, clock: Clock) -> Shape:
    """The briefing as `--json` gives it."""
    return {
        "card": {
            **card_shape(briefing.card),
            "value_grade": briefing.card.value_grade,
            "importance": briefing.card.importance,
            "completeness": briefing.completeness,
            "identity": [
                {"label": label, "text": text} for label, text in briefing.identity.items()
            ],
            "people": [card_shape(row) for row in briefing.people],
        },
        "how_met": briefing.how_met,
        "last_interactions": [
            {**asdict(talk), "at": moment(talk.at, clock)} for talk in briefing.last_interactions
        ],
        "promises": [{**todo_shape(row), "side": row.side} for row in briefing.promises],
        "next_step": {**asdict(briefing.next_step), "on": day(briefing.next_step.on)},
        "dates": [occasion_shape(row) for row in briefing.dates],
        "likes": list(briefing.likes),
        "taboos": list(briefing.taboos),
        "common_ground": list(briefing.common_ground),
        "money": list(briefing.money),
        "competitors": list(briefing.competitors),
        "blanks": [asdict(blank) for blank in briefing.blanks],
        "remarks": [remark_shape(remark, clock) for remark in briefing.remarks],
    }


def _show(briefing: Briefing, clock: Clock) -> None:
    card = briefing.card
    place = _(", ").join(part for part in (card.title, card.organisation) if part)
    say("  ".join(part for part in (card.number, card.name, place) if part))
    write_pairs(briefing.identity.items())
    _section(_("Told by colleagues"), [_remark(row, clock) for row in briefing.remarks])
    _section(_("Not to be mentioned"), briefing.taboos)
    _section(_("Next step"), _next_step(briefing.next_step))
    _section(_("Promises"), [_promise(row) for row in briefing.promises])
    _section(_("Last talks"), [_talk(talk, clock) for talk in briefing.last_interactions])
    _section(_("Coming dates"), [_occasion(row) for row in briefing.dates])
    _section(_("How you met"), [briefing.how_met] if briefing.how_met else [])
    _section(_("Likes"), briefing.likes)
    _section(_("Common ground"), briefing.common_ground)
    _section(_("Money"), briefing.money)
    _section(_("Competitors"), briefing.competitors)
    _section(_("People"), [_person(row.name, row.title) for row in briefing.people])
    _section(
        _("Ask today"),
        [_(": ").join(part for part in (one.label, one.help) if part) for one in briefing.blanks],
    )


def _section(title: str, lines: "tuple[str, ...] | list[str]") -> None:
    if lines:
        say()
        say(title)
        for line in lines:
            write_paragraph(line, indent=2)


def _next_step(step: NextStep) -> list[str]:
    planned = "  ".join(part for part in (day(step.on) or "", step.what) if part)
    return [line for line in (planned, step.advice) if line]


def _promise(row: TodoRow) -> str:
    whose = _("theirs") if row.side == "theirs" else _("ours")
    due = f"{day(row.due_on)} ({labels.days_away(row.days or 0)})" if row.due_on else ""
    return "  ".join(part for part in (whose, row.title, due) if part)


def _remark(row: RemarkRow, clock: Clock) -> str:
    who = _("{author} to {name}").format(author=row.author, name=row.addressee)
    return f"{clock.local(row.at):%Y-%m-%d} {who}  {' '.join(row.text.split())}"


def _talk(talk: Talk, clock: Clock) -> str:
    head = f"{clock.local(talk.at):%Y-%m-%d} {labels.method(talk.method)}"
    if talk.interest is not None:
        head += _(", interest {interest}").format(interest=talk.interest)
    words = _("“{words}”").format(words=talk.words) if talk.words else ""
    return "  ".join(part for part in (head, talk.member, talk.who, talk.summary, words) if part)


def _occasion(row: OccasionRow) -> str:
    who = " ".join(part for part in (row.relation, row.who) if part)
    what = labels.occasion(row.occasion, row.note)
    return "  ".join(
        part for part in (day(row.date) or "", labels.days_away(row.days), who, what) if part
    )


def _person(name: str, title: str) -> str:
    return f"{name}  {title}".rstrip()


COMMANDS = {"brief": Command(declare, brief)}
