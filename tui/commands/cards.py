"""`shuke cards`: cards by grade, place, circle, risk and more; the risk list among them."""

from typing import TYPE_CHECKING

from store import grade_words, labels
from store.language import _, ngettext
from tui.arguments import Parser, positive
from tui.card_filters import declare_filters, query_of
from tui.command import Command
from tui.output import complain, write_json, write_table
from tui.session import Session
from tui.shapes import Shape, card_shape, day, moment

if TYPE_CHECKING:
    from store.clock import Clock
    from store.desk import Desk
    from store.records.card_list import CardQuery, CardRow

USUAL_LIMIT = 50


def declare(parser: Parser) -> None:
    """Arguments of `shuke cards`."""
    declare_filters(parser)
    parser.add_argument(
        "--limit",
        metavar="N",
        type=positive,
        default=USUAL_LIMIT,
        help=_("how many cards at most (50 unless said otherwise)"),
    )
    parser.json_option()


def cards(session: Session) -> int:
    """List the cards that pass the filters; 1 when there is none."""
    return list_cards(session, query_of(session.desk, session.options), session.options.limit)


def list_cards(session: Session, query: "CardQuery", limit: int) -> int:
    """Write the cards of a query; 1 when there is none."""
    desk = session.desk
    found = desk.cards.page(query, 0, limit)
    reasons = desk.grades.risks([row.id for row in found if row.risk])
    if session.options.json:
        clock = session.clock
        shapes = [{**listed_shape(row, clock), "risks": reasons.get(row.id, "")} for row in found]
        write_json(shapes)
        return 0 if found else 1
    if not found:
        complain(_("No card passes the filter."))
        return 1
    _write(found, reasons, query)
    _tell_rest(desk, query, len(found))
    return 0


def listed_shape(row: "CardRow", clock: "Clock") -> Shape:
    """A card as `cards` lists it."""
    return {
        **card_shape(row),
        "value_grade": row.value_grade,
        "house_grade": row.house_grade,
        "importance": row.importance,
        "credit_grade": row.credit_grade,
        "credit_limit": row.credit_limit,
        "risk": row.risk,
        "route_order": row.route_order,
        "last_contact": moment(row.last_contact, clock),
        "next_on": day(row.next_on),
        "review_due_on": day(row.review_due_on),
        "put_off_until": day(row.put_off_until),
        "completeness": row.completeness,
    }


def _write(found: "list[CardRow]", reasons: dict[int, str], query: "CardQuery") -> None:
    headings = [
        *(_("Number"), _("Name"), _("Organisation"), _("Level"), _("Likelihood")),
        *(_("Value grade"), _("Importance"), _("Credit"), _("Looked after by")),
    ]
    if query.risk:
        headings.append(_("Risk"))
    if query.sort == "route":
        headings.insert(0, _("Route order"))
    rows = []
    for row in found:
        cells: list[object] = [
            *(row.number, row.name, row.organisation),
            *(labels.lifecycle(row.lifecycle), labels.likelihood(row.likelihood)),
            *(grade_words.value(row), grade_words.importance(row), grade_words.credit(row)),
            row.owner,
        ]
        if query.risk:
            cells.append(reasons.get(row.id, ""))
        if query.sort == "route":
            cells.insert(0, row.route_order)
        rows.append(cells)
    write_table(headings, rows)


def _tell_rest(desk: "Desk", query: "CardQuery", shown: int) -> None:
    rest = desk.cards.count(query) - shown
    if rest > 0:
        told = ngettext(
            "{count} more: --limit shows it.", "{count} more: --limit shows them.", rest
        )
        complain(told.format(count=rest))


COMMANDS = {"cards": Command(declare, cards)}
