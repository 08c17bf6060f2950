"""`shuke segment`: saved filters of cards."""

from typing import TYPE_CHECKING

from store.errors import WrongUsage
from store.language import N_, _
from store.query_words import whole_description
from store.records.card_list import query_as_kept
from tui.arguments import Parser, joined, positive
from tui.card_filters import declare_filters, query_of
from tui.command import Command
from tui.commands.cards import USUAL_LIMIT, list_cards
from tui.output import complain, say, write_json, write_pairs, write_table
from tui.session import Session
from tui.shapes import Shape

if TYPE_CHECKING:
    from store.records.segments import SegmentRow

ONE_WAY = N_("Say --shared or --own, not both.")


def declare_list(parser: Parser) -> None:
    """Arguments of `shuke segment list`."""
    parser.json_option()


def list_segments(session: Session) -> int:
    """List the member's segments and the shared ones, each with how many cards it finds."""
    found = session.desk.segments.all(counted=True)
    if session.options.json:
        write_json([shape(row) for row in found])
    elif found:
        write_table(
            [_("Segment"), _("Whose"), _("Cards"), _("Filter")],
            [(row.name, whose(row), row.count, whole_description(row.query)) for row in found],
        )
    else:
        complain(_("No segments yet: `shuke segment save NAME` keeps a filter."))
    return 0 if found else 1


def whose(row: "SegmentRow") -> str:
    """Whose a segment is."""
    return _("shared by {name}").format(name=row.owner) if row.shared else _("own")


def shape(row: "SegmentRow") -> Shape:
    """A segment; `query` holds what differs from a list of all cards."""
    return {
        "name": row.name,
        "owner": row.owner_login,
        "shared": row.shared,
        "query": query_as_kept(row.query),
        "count": row.count,
    }


def _declare_name(parser: Parser) -> None:
    parser.add_argument("name", metavar="NAME", nargs="+", help=_("the segment's name"))


def declare_show(parser: Parser) -> None:
    """Arguments of `shuke segment show`."""
    _declare_name(parser)
    parser.add_argument(
        "--limit",
        metavar="N",
        type=positive,
        default=USUAL_LIMIT,
        help=_("how many cards at most (50 unless said otherwise)"),
    )
    parser.json_option()


def show(session: Session) -> int:
    """Show a segment: its filter, and the cards that it finds."""
    row = session.desk.segments.named(joined(session.options.name))
    if not session.options.json:
        pairs = [(_("Segment"), row.name), (_("Whose"), whose(row))]
        write_pairs([*pairs, (_("Filter"), whole_description(row.query))])
        say()
    return list_cards(session, row.query, session.options.limit)


def declare_save(parser: Parser) -> None:
    """Arguments of `shuke segment save`."""
    _declare_name(parser)
    declare_filters(parser)
    parser.add_argument("--shared", action="store_true", help=_("for the whole team"))
    parser.add_argument("--own", action="store_true", help=_("for you alone"))
    parser.json_option()


def save(session: Session) -> int:
    """Keep a filter under a name."""
    options, desk = session.options, session.desk
    if options.shared and options.own:
        raise WrongUsage(ONE_WAY)
    shared = True if options.shared else False if options.own else None
    row = desk.segments.save(joined(options.name), query_of(desk, options), shared)
    if options.json:
        write_json({**shape(row), "count": desk.cards.count(row.query)})
    else:
        say(_("Saved as “{name}”.").format(name=row.name))
    return 0


def declare_remove(parser: Parser) -> None:
    """Arguments of `shuke segment remove`."""
    _declare_name(parser)
    parser.json_option()


def remove(session: Session) -> int:
    """Take a segment away."""
    row = session.desk.segments.named(joined(session.options.name))
    session.desk.segments.remove(row.id)
    if session.options.json:
        write_json(shape(row))
    else:
        say(_("“{name}” is taken away; its cards stay.").format(name=row.name))
    return 0


COMMANDS = {
    "segment list": Command(declare_list, list_segments),
    "segment show": Command(declare_show, show),
    "segment save": Command(declare_save, save),
    "segment remove": Command(declare_remove, remove),
}
