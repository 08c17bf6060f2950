"""`shuke audit`: who did what, when and from where."""

from store.errors import NotFound
from store.labels import short
from store.language import _
from store.records.audit import KINDS, AuditQuery
from tui.arguments import Parser, positive, read_date
from tui.command import Command
from tui.output import say, write_json, write_table
from tui.session import Session

LONGEST = 160
"""Characters of what an entry says that a line of the list has; `--json` has all of it."""

CARDS = 2
"""Cards of an entry that a line of the list names."""

LINES = 50
"""Entries that are listed, unless said otherwise."""


def declare(parser: Parser) -> None:
    """Arguments of `shuke audit`."""
    parser.add_argument("--member", metavar="LOGIN", help=_("what this member did"))
    parser.add_argument("--kind", choices=tuple(KINDS), help=_("entries of one kind"))
    parser.add_argument(
        "--card", metavar="CARD", help=_("entries about a card, by its number or a text")
    )
    parser.add_argument("--field", metavar="KEY", help=_("changes of a field, by its key"))
    parser.add_argument("--table", metavar="NAME", help=_("changes of one kind of record"))
    parser.add_argument(
        "--place", metavar="TEXT", help=_("a part of the key, the address or the program used")
    )
    parser.add_argument(
        "--text", metavar="TEXT", help=_("a part of a name, a number, or a value that was changed")
    )
    parser.add_argument(
        "--from", dest="since", metavar="DATE", type=read_date, help=_("the first day")
    )
    parser.add_argument(
        "--to", dest="until", metavar="DATE", type=read_date, help=_("the last day")
    )
    parser.add_argument(
        "--limit",
        metavar="N",
        type=positive,
        default=LINES,
        help=_("at most so many entries (50)"),
    )
    parser.json_option()


def audit(session: Session) -> int:
    """List entries of the trail, the newest first; 1 when there are none."""
    options = session.options
    part = session.desk.audit
    query = AuditQuery(
        member=part.check_member(options.member) if options.member else "",
        kind=options.kind or "",
        card=part.card(options.card) if options.card else None,
        table=options.table or "",
        field=options.field or "",
        since=options.since,
        until=options.until,
        place=options.place or "",
        text=options.text or "",
    )
    found = part.entries(query, 0, options.limit)
    if options.json:
        from store.exchange.trail_table import shape

        write_json([shape(entry, session.clock) for entry in found])
    elif found:
        write_table(
            [_("When"), _("Who"), _("Kind"), _("Card"), _("What"), _("From where")],
            [
                (
                    f"{session.clock.local(entry.at):%Y-%m-%d %H:%M:%S}",
                    entry.member,
                    _(KINDS[entry.kind]),
                    _(", ").join([*entry.about[:CARDS], *["…"][: len(entry.about) - CARDS]]),
                    short(entry.detail, LONGEST),
                    entry.place or ("" if entry.origin == entry.kind else entry.origin),
                )
                for entry in found
            ],
        )
    else:
        say(_("The trail has no such entry that you may see."))
    return 0 if found else NotFound.exit_status


COMMANDS = {"audit": Command(declare, audit)}
