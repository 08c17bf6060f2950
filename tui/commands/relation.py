"""`shuke relation`: who is what to whom; `shuke path`: who leads to a customer."""

from collections.abc import Sequence

from store import labels, relation_words
from store.errors import NotFound
from store.exchange.relation_tables import relation_shape
from store.language import N_, _
from store.records.relations import KINDS, RelationRow, Route, Step, Tie
from tui.arguments import Parser, joined, positive
from tui.command import Command
from tui.output import complain, say, write_json, write_table
from tui.session import Session
from tui.shapes import Shape, moment

NO_WAY = N_("Nobody you know leads to {name} within a few steps.")


def declare_add(parser: Parser) -> None:
    """Arguments of `shuke relation add`."""
    parser.add_argument("card", metavar="CARD", help=_("a card: number, name, pinyin or initials"))
    parser.add_argument("kind", choices=KINDS, help=_("what CARD is to OTHER"))
    parser.add_argument("other", metavar="OTHER", help=_("another card"))
    parser.add_argument(
        "--strength", metavar="N", type=positive, help=_("from 1, they have met, to 5")
    )
    parser.add_argument("--note", metavar="TEXT", default="", help=_("how it came, and more"))
    parser.json_option()


def add(session: Session) -> int:
    """Note that a card is something to another."""
    options, desk = session.options, session.desk
    card, other = desk.cards.resolve(options.card), desk.cards.resolve(options.other)
    row = desk.relations.add(card.id, other.id, options.kind, options.strength, options.note)
    if options.json:
        write_json(relation_shape(row))
    else:
        _write_relations([row])
    return 0


def declare_list(parser: Parser) -> None:
    """Arguments of `shuke relation list`."""
    parser.add_argument("card", metavar="CARD", help=_("a card: number, name, pinyin or initials"))
    parser.add_argument(
        "--around",
        action="store_true",
        help=_("everybody around the card: colleagues, referrals, clubs, common ground, too"),
    )
    parser.json_option()


def list_relations(session: Session) -> int:
    """List the relationships of a card, or all that is around it."""
    options, desk = session.options, session.desk
    card = desk.cards.resolve(options.card).id
    if options.around:
        return _list_around(session, card)
    found = desk.relations.of(card)
    if options.json:
        write_json([relation_shape(row) for row in found])
    elif found:
        _write_relations(found)
    else:
        say(_("No relationship is noted."))
    return 0


def _list_around(session: Session, card: int) -> int:
    around = session.desk.relations.around(card)
    if session.options.json:
        write_json([tie_shape(tie) for tie in around.ties])
        return 0
    if not around.ties:
        say(_("Nobody is known around him."))
        return 0
    write_table(
        ["", _("Card number"), _("Name"), _("How linked"), _("Strength"), _("Organisation")],
        [
            (
                relation_words.group(tie.group),
                tie.card.number,
                tie.card.name,
                relation_words.tie(tie),
                tie.strength or "",
                tie.card.organisation,
            )
            for tie in around.ties
        ],
    )
    return 0


def tie_shape(tie: Tie) -> Shape:
    """What joins a card to the one in the middle."""
    return {
        "group": tie.group,
        "card": tie.card.number,
        "name": tie.card.name,
        "how": tie.how,
        "detail": tie.detail,
        "strength": tie.strength,
        "note": tie.note,
        "relation": tie.row if tie.table == "relationship" else None,
        "referral": tie.row if tie.table == "referral" else None,
    }


def declare_remove(parser: Parser) -> None:
    """Arguments of `shuke relation remove`."""
    parser.add_argument(
        "id", metavar="ID", type=positive, help=_("its number, as `shuke relation list` shows")
    )
    parser.json_option()


def remove(session: Session) -> int:
    """Take a relationship away."""
    relations = session.desk.relations
    row = relations.get(session.options.id)
    relations.remove(row.id)
    if session.options.json:
        write_json(relation_shape(row))
    else:
        _write_relations([row])
    return 0


def _write_relations(rows: Sequence[RelationRow]) -> None:
    write_table(
        [_("No."), _("Card"), _("Is the"), _("Of"), _("Strength"), _("Note")],
        [
            (
                row.id,
                f"{row.card.name} {row.card.number}",
                relation_words.how(row.values.kind),
                f"{row.other.name} {row.other.number}",
                row.values.strength or "",
                " ".join(row.values.note.split()),
            )
            for row in rows
        ],
    )


def declare_path(parser: Parser) -> None:
    """Arguments of `shuke path`."""
    parser.add_argument("card", metavar="CARD", nargs="+", help=_("whom you want to reach"))
    parser.add_argument(
        "--from", dest="start", metavar="CARD", help=_("begin with this card, not with yourself")
    )
    parser.json_option()


def path(session: Session) -> int:
    """Show who leads to a card; 1 where nobody does."""
    options, desk = session.options, session.desk
    goal = desk.cards.resolve(joined(options.card))
    start = desk.cards.resolve(options.start).id if options.start else None
    route = desk.relations.path(goal.id, start)
    if options.json:
        write_json(path_shape(route, session))
    elif route.steps:
        _write_path(route, session)
    else:
        complain(str(NotFound(NO_WAY, name=route.goal.name)))
    return 0 if route.steps else 1


def path_shape(route: Route, session: Session) -> Shape:
    """A way; without steps where there is none."""
    return {
        "goal": route.goal.number,
        "from_me": route.mine,
        "steps": [
            {
                "card": step.card.number,
                "name": step.card.name,
                "organisation": step.card.organisation,
                "how": step.how,
                "detail": step.detail,
                "strength": step.strength,
                "last_contact": moment(step.last_contact, session.clock),
                "dislikes_introductions": step.dislikes_introductions,
            }
            for step in route.steps
        ],
    }


def _write_path(route: Route, session: Session) -> None:
    write_table(
        ["", _("Card number"), _("Name"), _("What he is to the one above"), _("Organisation"), ""],
        [
            (
                place,
                step.card.number,
                step.card.name,
                _step(step, session),
                step.card.organisation,
                _("dislikes being asked") if step.dislikes_introductions else "",
            )
            for place, step in enumerate(route.steps, start=1)
        ],
    )


def _step(step: Step, session: Session) -> str:
    clock = session.clock
    if step.last_contact is not None:
        ago = labels.ago(clock.local(step.last_contact).date(), clock.today())
        return labels.aside(relation_words.how(step.how), ago)
    told = relation_words.tie(step) if step.how else ""
    return f"{told} {relation_words.strength(step.strength)}".rstrip()


COMMANDS = {
    "relation add": Command(declare_add, add),
    "relation list": Command(declare_list, list_relations),
    "relation remove": Command(declare_remove, remove),
    "path": Command(declare_path, path),
}
