"""`shuke club`: named circles of customers, and who is worth his place in them."""

from collections.abc import Sequence
from dataclasses import replace

from store import relation_words
from store.errors import NotFound
from store.exchange.relation_tables import club_shape, member_shape
from store.language import N_, _, ngettext
from store.records.clubs import VERDICTS, ClubMemberRow, ClubRow, ClubValues
from tui.arguments import Parser, joined, read_date
from tui.command import Command
from tui.output import say, write_json, write_pairs, write_table
from tui.session import Session

NOT_A_MEMBER = N_("{name} is not in this club.")


def declare_list(parser: Parser) -> None:
    """Arguments of `shuke club list`."""
    parser.json_option()


def list_clubs(session: Session) -> int:
    """List the clubs, those that are due to be looked through first."""
    found = session.desk.clubs.all()
    if session.options.json:
        write_json([club_shape(club) for club in found])
    elif found:
        _write_clubs(found)
    else:
        say(_("There is no club yet."))
    return 0


def _club_argument(parser: Parser) -> None:
    parser.add_argument("club", metavar="CLUB", help=_("its name, a part of it, or its number"))


def declare_show(parser: Parser) -> None:
    """Arguments of `shuke club show`."""
    _club_argument(parser)
    parser.add_argument("--left", action="store_true", help=_("also those who left"))
    parser.json_option()


def show(session: Session) -> int:
    """Show a club with what each member brings."""
    clubs, options = session.desk.clubs, session.options
    club = clubs.resolve(options.club)
    members = clubs.members(club.id, left=options.left)
    if options.json:
        write_json({**club_shape(club), "members": [member_shape(each) for each in members]})
        return 0
    write_pairs(
        [
            (_("Club"), club.values.name),
            (_("What it is for"), club.values.purpose),
            (_("Looked after by"), club.owner),
        ]
    )
    _write_members(members)
    return 0


def declare_add(parser: Parser) -> None:
    """Arguments of `shuke club add`."""
    parser.add_argument("name", metavar="NAME", nargs="+", help=_("the name of the new club"))
    _declare_values(parser)
    parser.json_option()


def _declare_values(parser: Parser) -> None:
    parser.add_argument("--purpose", metavar="TEXT", help=_("what it is for"))
    parser.add_argument(
        "--review", metavar="DATE", type=read_date, help=_("when to look through its members")
    )


def add(session: Session) -> int:
    """Make a club."""
    options = session.options
    values = ClubValues(joined(options.name), options.purpose or "", options.review)
    return _told(session, session.desk.clubs.make(values))


def declare_set(parser: Parser) -> None:
    """Arguments of `shuke club set`."""
    _club_argument(parser)
    parser.add_argument("--name", metavar="NAME", help=_("another name"))
    _declare_values(parser)
    parser.json_option()


def set_values(session: Session) -> int:
    """Change the name, the purpose or the day of the next look."""
    clubs, options = session.desk.clubs, session.options
    club = clubs.resolve(options.club)
    said = {"name": options.name, "purpose": options.purpose, "review_on": options.review}
    changed = {key: value for key, value in said.items() if value is not None}
    return _told(session, clubs.change(club.id, club.values, replace(club.values, **changed)))


def declare_join(parser: Parser) -> None:
    """Arguments of `shuke club join`."""
    _club_argument(parser)
    parser.add_argument("card", metavar="CARD", nargs="+", help=_("customers, each by one word"))
    parser.json_option()


def join(session: Session) -> int:
    """Put customers into a club."""
    desk, options = session.desk, session.options
    club = desk.clubs.resolve(options.club)
    count = desk.clubs.join(club.id, [desk.cards.resolve(text).id for text in options.card])
    if options.json:
        write_json(club_shape(desk.clubs.get(club.id)))
    else:
        told = ngettext("{count} customer put in.", "{count} customers put in.", count)
        say(told.format(count=count))
    return 0


def _declare_member(parser: Parser) -> None:
    _club_argument(parser)
    parser.add_argument("card", metavar="CARD", help=_("the customer"))


def _member(session: Session) -> ClubMemberRow:
    """The customer whom the arguments name, in the club.

    Raises:
        NotFound: he is not in it.
    """
    desk, options = session.desk, session.options
    club, card = desk.clubs.resolve(options.club), desk.cards.resolve(options.card)
    for member in desk.clubs.members(club.id):
        if member.card.id == card.id:
            return member
    raise NotFound(NOT_A_MEMBER, name=card.name)


def declare_leave(parser: Parser) -> None:
    """Arguments of `shuke club leave`."""
    _declare_member(parser)
    parser.add_argument("--on", metavar="DATE", type=read_date, help=_("when; without it, today"))
    parser.json_option()


def leave(session: Session) -> int:
    """Note that a customer left a club."""
    member = _member(session)
    session.desk.clubs.leave([member.id], session.options.on)
    return _told_member(session, session.desk.clubs.member(member.id))


def declare_review(parser: Parser) -> None:
    """Arguments of `shuke club review`."""
    _declare_member(parser)
    parser.add_argument("verdict", choices=VERDICTS, help=_("whether he is worth his place"))
    parser.add_argument("reason", metavar="REASON", nargs="*", help=_("why"))
    parser.json_option()


def review(session: Session) -> int:
    """Say whether a member is worth his place."""
    options = session.options
    member = _member(session)
    row = session.desk.clubs.review(member.id, options.verdict, joined(options.reason))
    return _told_member(session, row)


def declare_remove(parser: Parser) -> None:
    """Arguments of `shuke club remove`."""
    _club_argument(parser)
    parser.json_option()


def remove(session: Session) -> int:
    """Put a club into the trash."""
    clubs = session.desk.clubs
    club = clubs.resolve(session.options.club)
    clubs.trash([club.id])
    return _told(session, club)


def _told(session: Session, club: ClubRow) -> int:
    if session.options.json:
        write_json(club_shape(club))
    else:
        _write_clubs([club])
    return 0


def _told_member(session: Session, member: ClubMemberRow) -> int:
    if session.options.json:
        write_json(member_shape(member))
    else:
        _write_members([member])
    return 0


def _write_clubs(clubs: Sequence[ClubRow]) -> None:
    write_table(
        [
            *(_("No."), _("Club"), _("Members"), _("Look through"), _("Looked after by")),
            _("What it is for"),
        ],
        [
            (
                club.id,
                club.values.name,
                club.members,
                club.values.review_on,
                club.owner,
                " ".join(club.values.purpose.split()),
            )
            for club in clubs
        ],
    )


def _write_members(members: Sequence[ClubMemberRow]) -> None:
    write_table(
        [
            *(_("Card number"), _("Name"), _("Bought this year"), _("Last year"), _("Brought")),
            *(_("Talks"), _("Verdict"), _("Why"), _("Left")),
        ],
        [
            (
                member.card.number,
                member.card.name,
                relation_words.amount(member.brings.bought) if member.brings else "",
                relation_words.amount(member.brings.bought_before) if member.brings else "",
                member.brings.referrals if member.brings else "",
                member.brings.talks if member.brings else "",
                relation_words.verdict(member.verdict),
                " ".join(member.reason.split()),
                member.left_on,
            )
            for member in members
        ],
    )


COMMANDS = {
    "club list": Command(declare_list, list_clubs),
    "club show": Command(declare_show, show),
    "club add": Command(declare_add, add),
    "club set": Command(declare_set, set_values),
    "club join": Command(declare_join, join),
    "club leave": Command(declare_leave, leave),
    "club review": Command(declare_review, review),
    "club remove": Command(declare_remove, remove),
}
