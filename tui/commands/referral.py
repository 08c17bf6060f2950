"""`shuke referral`: who brought whom, whom to tell and to thank, and what came of it."""

from collections.abc import Sequence

from store import relation_words
from store.exchange.relation_tables import referral_shape
from store.language import _
from store.records.referrals import MEANS, Brought, ReferralRow, ReferralValues
from tui.arguments import Parser, joined, positive, read_date
from tui.command import Command
from tui.output import say, write_json, write_table
from tui.session import Session
from tui.shapes import Shape


def declare_list(parser: Parser) -> None:
    """Arguments of `shuke referral list`."""
    parser.add_argument(
        "card",
        metavar="CARD",
        nargs="?",
        help=_("who brought this card, and whom it brought; without it, whom to thank"),
    )
    parser.add_argument(
        "--givers", action="store_true", help=_("who brings customers, and what they bought")
    )
    parser.json_option()


def list_referrals(session: Session) -> int:
    """List referrals that wait for a word, those of a card, or who brings customers."""
    options, desk = session.options, session.desk
    if options.givers:
        return _list_givers(session)
    if options.card:
        found = desk.referrals.of(desk.cards.resolve(options.card).id)
    else:
        found = desk.referrals.to_thank(-1)
    if options.json:
        write_json([referral_shape(row) for row in found])
    elif found:
        _write_referrals(found)
    else:
        say(_("No referral is noted.") if options.card else _("Everybody was told and thanked."))
    return 0


def _list_givers(session: Session) -> int:
    found = session.desk.referrals.givers(-1)
    if session.options.json:
        shapes = [
            {
                "card": giver.card.number,
                "name": giver.card.name,
                **brought_shape(giver.brought),
                "last_on": giver.last_on and giver.last_on.isoformat(),
                "waiting": giver.waiting,
                "dislikes_introductions": giver.dislikes_introductions,
            }
            for giver in found
        ]
        write_json(shapes)
    elif found:
        write_table(
            [
                *(_("Card number"), _("Name"), _("Direct"), _("In all"), _("Bought")),
                *(_("Purchases"), _("To thank")),
            ],
            [
                (
                    giver.card.number,
                    giver.card.name,
                    giver.brought.direct,
                    giver.brought.customers,
                    giver.brought.bought,
                    relation_words.amount(giver.brought.amount),
                    giver.waiting or "",
                )
                for giver in found
            ],
        )
    else:
        say(_("Nobody has brought a customer yet."))
    return 0


def brought_shape(brought: Brought) -> Shape:
    """What a chain has brought; the amount in fen."""
    return {
        "direct": brought.direct,
        "customers": brought.customers,
        "bought": brought.bought,
        "amount": brought.amount,
    }


def declare_note(parser: Parser) -> None:
    """Arguments of `shuke referral note`."""
    parser.add_argument("card", metavar="CARD", help=_("the customer who was brought"))
    parser.add_argument(
        "--by", metavar="CARD", help=_("who brought him: a card's number or a text that finds one")
    )
    parser.add_argument("--name", metavar="NAME", default="", help=_("his name, without a card"))
    parser.add_argument("--on", metavar="DATE", type=read_date, help=_("when"))
    parser.add_argument("--means", choices=MEANS, help=_("by what means"))
    parser.add_argument("--note", metavar="TEXT", default="", help=_("how it came, and more"))
    parser.json_option()


def note(session: Session) -> int:
    """Note who brought a customer."""
    options, desk = session.options, session.desk
    card = desk.cards.resolve(options.card).id
    by = desk.cards.resolve(options.by).id if options.by else None
    values = ReferralValues(on=options.on, means=options.means, note=options.note)
    row = desk.referrals.note(card, by, options.name, values)
    if by is not None and not options.json and desk.referrals.dislikes(by):
        say(_("He dislikes being asked for introductions."))
    return _told(session, [row])


def declare_told(parser: Parser) -> None:
    """Arguments of `shuke referral told`."""
    _declare_one(parser)
    parser.add_argument("text", metavar="TEXT", nargs="*", help=_("what became of it"))
    parser.json_option()


def told(session: Session) -> int:
    """Note that a referrer was told what became of it."""
    referrals, options = session.desk.referrals, session.options
    referrals.report([options.id], joined(options.text), options.on)
    return _told(session, [referrals.get(options.id)])


def declare_thank(parser: Parser) -> None:
    """Arguments of `shuke referral thank`."""
    _declare_one(parser)
    parser.json_option()


def thank(session: Session) -> int:
    """Note that a referrer was thanked."""
    referrals, options = session.desk.referrals, session.options
    referrals.thank([options.id], options.on)
    return _told(session, [referrals.get(options.id)])


def _declare_one(parser: Parser) -> None:
    parser.add_argument(
        "id", metavar="ID", type=positive, help=_("its number, as `shuke referral list` shows")
    )
    parser.add_argument("--on", metavar="DATE", type=read_date, help=_("when; without it, today"))


def declare_chain(parser: Parser) -> None:
    """Arguments of `shuke referral chain`."""
    parser.add_argument("card", metavar="CARD", nargs="+", help=_("the card it begins with"))
    parser.json_option()


def chain(session: Session) -> int:
    """Show who came through a card."""
    desk = session.desk
    found = desk.referrals.chain(desk.cards.resolve(joined(session.options.card)).id)
    if session.options.json:
        write_json(
            {
                "origin": [card.number for card in found.origin],
                "links": [
                    {
                        "card": link.card.number,
                        "name": link.card.name,
                        "depth": link.depth,
                        "on": link.on and link.on.isoformat(),
                        "bought": link.bought,
                        "amount": link.amount,
                        "again": link.again,
                    }
                    for link in found.links
                ],
                **brought_shape(found.brought),
            }
        )
        return 0
    for card in found.origin:
        say(f"{card.name} {card.number}")
    write_table(
        [_("Who"), _("Card number"), _("When"), _("Bought"), _("Purchases")],
        [
            (
                "   " * link.depth + link.card.name,
                link.card.number,
                link.on,
                _("yes") if link.bought else "",
                relation_words.amount(link.amount),
            )
            for link in found.links
        ],
    )
    return 0


def _told(session: Session, rows: Sequence[ReferralRow]) -> int:
    if session.options.json:
        write_json(referral_shape(rows[0]))
    else:
        _write_referrals(rows)
    return 0


def _write_referrals(rows: Sequence[ReferralRow]) -> None:
    write_table(
        [
            *(_("No."), _("Who brought"), _("Whom"), _("When"), _("By what means"), _("Bought")),
            *(_("Reported"), _("Thanked"), _("What became of it")),
        ],
        [
            (
                row.id,
                row.referrer.name if row.referrer else row.referrer_name,
                row.card.name,
                row.values.on,
                relation_words.means(row.values.means),
                _("yes") if row.bought else "",
                row.values.reported_on,
                row.values.thanked_on,
                " ".join(row.values.result.split()),
            )
            for row in rows
        ],
    )


COMMANDS = {
    "referral list": Command(declare_list, list_referrals),
    "referral note": Command(declare_note, note),
    "referral told": Command(declare_told, told),
    "referral thank": Command(declare_thank, thank),
    "referral chain": Command(declare_chain, chain),
}
