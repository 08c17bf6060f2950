"""`shuke review`: cards inspected, sent back and answered, and those that fall due."""

from store.errors import WrongUsage
from store.forms.declaration import load_form
from store.language import N_, _, ngettext
from store.records.cards import CardQuery
from store.records.inspections import APPROVED, SENT_BACK, WHOLE_CARD, InspectionRow
from tui.arguments import Parser, joined, positive
from tui.command import Command
from tui.output import say, write_json, write_table
from tui.session import Session
from tui.shapes import Shape, card_shape, inspection_shape, moment

NO_PAIR = N_("“{text}” is no SECTION=TEXT.")
NO_SECTION = N_("This card has no section “{section}”.")
MOST = 100


def declare_list(parser: Parser) -> None:
    """Arguments of `shuke review list`."""
    parser.json_option()


def list_reviews(session: Session) -> int:
    """What was sent back, what is to be inspected, which own cards fall due."""
    desk, clock = session.desk, session.clock
    back, new = desk.inspections.sent_back(MOST), desk.inspections.to_inspect(MOST)
    due = desk.cards.page(CardQuery(mine=True, review_due=True, sort="review"), 0, MOST)
    if session.options.json:
        fresh: list[Shape] = [
            {
                "card": row.number,
                "name": row.name,
                "owner": row.owner,
                "trainee": row.trainee,
                "updated_at": moment(row.updated_at, clock),
                "completeness": row.completeness,
            }
            for row in new
        ]
        write_json(
            {
                "sent_back": [inspection_shape(row, clock) for row in back],
                "to_inspect": fresh,
                "due": [card_shape(row) for row in due],
            }
        )
        return 0
    if not (back or new or due):
        say(_("Nothing to review."))
    if back:
        say(_("Sent back"))
        write_table(
            [_("No."), _("Number"), _("Name"), _("Owner"), _("Written by"), _("What")],
            [(row.id, row.number, row.name, row.owner, row.inspector, words(row)) for row in back],
        )
    if new:
        say(_("To inspect"))
        write_table(
            [_("Number"), _("Name"), _("Owner"), _("Known")],
            [(row.number, row.name, row.owner, f"{row.completeness} %") for row in new],
        )
    if due:
        say(_("Review due"))
        write_table(
            [_("Number"), _("Name"), _("Organisation"), _("Due")],
            [(row.number, row.name, row.organisation, str(row.review_due_on)) for row in due],
        )
    return 0


def words(row: InspectionRow) -> str:
    """The remarks on one line, each behind its section."""
    told = [
        _("{what}: {words}").format(what=row.titles.get(key, key), words=" ".join(text.split()))
        for key, text in row.remarks.items()
    ]
    return _("; ").join(told)


def declare_inspect(parser: Parser) -> None:
    """Arguments of `shuke review inspect`."""
    parser.add_argument(
        "card",
        metavar="CARD",
        nargs="+",
        help=_("a card's number, or a text that finds exactly one"),
    )
    parser.add_argument("--send-back", action="store_true", help=_("send it back to its owner"))
    parser.add_argument("--text", metavar="TEXT", default="", help=_("a word on the whole card"))
    parser.add_argument(
        "--section",
        dest="sections",
        metavar="SECTION=TEXT",
        action="append",
        default=[],
        help=_("a word on a section, by its key or title; repeatable"),
    )
    parser.json_option()


def inspect(session: Session) -> int:
    """Approve a card, or send it back."""
    desk, options = session.desk, session.options
    row = desk.cards.resolve(joined(options.card))
    titles = {
        word: section.key
        for section in load_form(row.kind).sections
        for word in (section.key, *section.label.values())
    }
    remarks = {WHOLE_CARD: options.text}
    for pair in options.sections:
        name, sign, text = pair.partition("=")
        if not sign:
            raise WrongUsage(NO_PAIR, text=pair)
        if name.strip() not in titles:
            raise WrongUsage(NO_SECTION, section=name.strip())
        remarks[titles[name.strip()]] = text
    verdict = SENT_BACK if options.send_back else APPROVED
    _tell(session, desk.inspections.inspect(row.id, verdict, remarks))
    return 0


def declare_answer(parser: Parser) -> None:
    """Arguments of `shuke review answer`."""
    parser.add_argument(
        "id", metavar="ID", type=positive, help=_("a number as `shuke review list` shows")
    )
    parser.add_argument("text", metavar="TEXT", nargs="+", help=_("the answer"))
    parser.json_option()


def answer(session: Session) -> int:
    """Answer what a card was sent back for."""
    options = session.options
    _tell(session, session.desk.inspections.answer(options.id, joined(options.text)))
    return 0


def declare_done(parser: Parser) -> None:
    """Arguments of `shuke review done`."""
    parser.add_argument("cards", metavar="CARD", nargs="+", help=_("a card's number"))
    parser.json_option()


def done(session: Session) -> int:
    """Note that cards were looked through."""
    desk = session.desk
    rows = [desk.cards.resolve(text) for text in session.options.cards]
    count = desk.inspections.look_through([row.id for row in rows])
    if session.options.json:
        write_json([card_shape(desk.cards.row(row.id)) for row in rows])
    else:
        told = ngettext("{count} card looked through.", "{count} cards looked through.", count)
        say(told.format(count=count))
    return 0


def _tell(session: Session, row: InspectionRow) -> None:
    if session.options.json:
        write_json(inspection_shape(row, session.clock))
    elif row.is_open:
        say(_("Sent back: it waits on the Today of {name}.").format(name=row.owner))
    elif row.answer:
        say(_("Answered."))
    else:
        say(_("Approved: {number} {name}.").format(number=row.number, name=row.name))


COMMANDS = {
    "review list": Command(declare_list, list_reviews),
    "review inspect": Command(declare_inspect, inspect),
    "review answer": Command(declare_answer, answer),
    "review done": Command(declare_done, done),
}
