"""`shuke brief`: everything known about one customer, for the minute before a visit."""

from dataclasses import asdict
from pathlib import Path

from store.briefing_lines import facts, parts
from store.clock import Clock
from store.errors import WrongUsage
from store.language import N_, _
from store.records.briefing import Briefing, Review
from store.records.exchange import PAGE_FORMATS
from tui.arguments import Parser, joined
from tui.command import Command
from tui.output import complain, say, write_json, write_pairs, write_paragraph
from tui.session import Session
from tui.shapes import (
    Shape,
    card_shape,
    day,
    moment,
    news_shape,
    occasion_shape,
    remark_shape,
    todo_shape,
    trip_shape,
)
from tui.standard_streams import DASH, binary_output

ONE_FORM = N_("A page is no JSON document: leave out --json, or --format and -o.")


def declare(parser: Parser) -> None:
    """Arguments of `shuke brief`."""
    parser.add_argument(
        "card",
        metavar="CARD",
        nargs="+",
        help=_("a card's number, or a text that finds exactly one"),
    )
    parser.add_argument(
        "--format",
        metavar="FORMAT",
        choices=PAGE_FORMATS,
        help=_("as a page: html or text (from the file's ending, else text)"),
    )
    parser.file_argument(
        "-o",
        dest="output",
        metavar="FILE",
        help=_("the file to write the page to; - for standard output"),
    )
    parser.json_option()


def brief(session: Session) -> int:
    """Show the briefing of a card, or write it as a page."""
    desk, options = session.desk, session.options
    is_page = options.format is not None or options.output is not None
    if is_page and options.json:
        raise WrongUsage(ONE_FORM)
    card = desk.cards.resolve(joined(options.card)).id
    if is_page:
        return _write_page(session, card)
    briefing = desk.briefing.of(card)
    if options.json:
        write_json(briefing_shape(briefing, session.clock))
    else:
        _show(briefing, session.clock)
    return 0


def _write_page(session: Session, card: int) -> int:
    """Write the page to a file or to standard output; the trail notes that it went out."""
    output = session.options.output or DASH
    file = Path(output).expanduser()
    form = session.options.format or _usual_format(file)
    exchange = session.desk.exchange
    if output == DASH:
        exchange.print_card("briefing", card, form, binary_output(text=True))
        return 0
    exchange.print_card_file("briefing", card, form, file)
    complain(_("The page is in {file}.").format(file=output))
    return 0


def _usual_format(file: Path) -> str:
    return "html" if file.suffix.lower() in (".html", ".htm") else "text"


def briefing_shape(briefing: Briefing, clock: Clock) -> Shape:
    """The briefing as `--json` gives it."""
    return {
        "card": {
            **card_shape(briefing.card),
            "value_grade": briefing.card.value_grade,
            "importance": briefing.card.importance,
            "completeness": briefing.completeness,
            "identity": _labelled(briefing.identity),
            "people": [
                {**card_shape(row), "part": briefing.parts.get(row.id, "")}
                for row in briefing.people
            ],
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
        "stage": _labelled(briefing.stage),
        "review": _review_shape(briefing.review, clock),
        "itinerary": [trip_shape(trip) for trip in briefing.itinerary],
        "needs": list(briefing.needs),
        "gaps": list(briefing.gaps),
        "news": [news_shape(item) for item in briefing.news],
        "dealer_check": briefing.dealer_check,
        "own_card": briefing.own_card,
    }


def _labelled(pairs: dict[str, str]) -> list[Shape]:
    return [{"label": label, "text": text} for label, text in pairs.items()]


def _review_shape(review: Review, clock: Clock) -> Shape:
    return {
        "due_on": day(review.due_on),
        "verdict": review.verdict or None,
        "by": review.by or None,
        "at": moment(review.at, clock),
        "remarks": list(review.remarks),
    }


def _show(briefing: Briefing, clock: Clock) -> None:
    card = briefing.card
    place = _(", ").join(part for part in (card.title, card.organisation) if part)
    say("  ".join(part for part in (card.number, card.name, place) if part))
    for pairs in facts(briefing, clock, full=True):
        write_pairs(pairs)
    for part in parts(briefing, clock, full=True):
        say()
        say(part.title)
        for line in part.lines:
            write_paragraph(line.text, indent=4 if line.deeper else 2)


COMMANDS = {"brief": Command(declare, brief)}
