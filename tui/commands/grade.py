"""`shuke grade`, `shuke transitions`, `shuke card transitions`, `shuke rules`: grades of cards."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from store import grade_words
from store.errors import WrongUsage
from store.language import N_, _
from store.records.grades import GRADED, Transition
from store.rules import written
from tui.arguments import Parser, joined, read_date
from tui.command import Command
from tui.output import complain, say, write_json, write_pairs, write_table
from tui.session import Session
from tui.shapes import Shape, moment

if TYPE_CHECKING:
    from store.clock import Clock

NOT_A_RULE = N_("“{text}” is no KEY=VALUE.")
NEEDS_FIELD = N_("--was and --became need --field.")
NO_TIME = N_("The last day lies before the first.")


def declare_grade(parser: Parser) -> None:
    """Arguments of `shuke grade`."""
    parser.json_option()


def grade(session: Session) -> int:
    """Work out the value grades of all cards; tells how many of the member's have which."""
    counts = session.desk.grades.compute()
    if session.options.json:
        write_json(counts)
    elif counts:
        write_table([_("Value grade"), _("Cards")], list(counts.items()))
    else:
        say(_("No card has a value grade: nothing was bought in the last twelve months."))
    return 0


def declare_rules(parser: Parser) -> None:
    """Arguments of `shuke rules`."""
    parser.add_argument(
        "settings",
        metavar="KEY=VALUE",
        nargs="*",
        help=_("a rule to change, such as review_months=3 or value_levels=A80,B15,C"),
    )
    parser.json_option()


def rules(session: Session) -> int:
    """Show the team's rules about cards, or change some."""
    desk = session.desk
    said: dict[str, str] = {}
    for text in session.options.settings:
        key, equals, value = text.partition("=")
        if not equals:
            raise WrongUsage(NOT_A_RULE, text=text[:60])
        said[key.strip()] = value
    held = desk.rules.change(said) if said else desk.rules.get()
    if session.options.json:
        write_json(
            {
                "review_months": held.review_months,
                "review_months_key": held.review_months_key,
                "value_levels": [list(level) for level in held.value_levels],
                "pile_days": held.pile_days,
            }
        )
    else:
        write_pairs([(f"{_(RULES[key])} ({key})", text) for key, text in written(held).items()])
    return 0


RULES = {
    "review_months": N_("months after which a card is looked through again"),
    "review_months_key": N_("the same for key cards and the risk list"),
    "value_levels": N_("per cent of revenue that each value grade brings"),
    "pile_days": N_("days without a contact after which a card is forgotten"),
}


def declare_of_card(parser: Parser) -> None:
    """Arguments of `shuke card transitions`."""
    parser.add_argument(
        "card",
        metavar="CARD",
        nargs="+",
        help=_("a card's number, or a text that finds exactly one"),
    )
    parser.json_option()


def of_card(session: Session) -> int:
    """How the grades and the owner of a card changed."""
    desk = session.desk
    card = desk.cards.resolve(joined(session.options.card))
    return _list(session, desk.grades.transitions(card.id), one_card=True)


def declare_transitions(parser: Parser) -> None:
    """Arguments of `shuke transitions`."""
    parser.add_argument(
        "--from",
        dest="since",
        metavar="DATE",
        type=read_date,
        help=_("the first day (the first of this quarter unless said otherwise)"),
    )
    parser.add_argument("--until", metavar="DATE", type=read_date, help=_("the last day (today)"))
    parser.add_argument("--field", choices=GRADED, help=_("only this one"))
    parser.add_argument("--was", metavar="VALUE", help=_("the value before; - for none"))
    parser.add_argument("--became", metavar="VALUE", help=_("the value after; - for none"))
    parser.add_argument("--list", action="store_true", help=_("each change, not their number"))
    parser.json_option()


def all_transitions(session: Session) -> int:
    """How many cards went from which grade to which in a time."""
    options, clock = session.options, session.clock
    if (options.was is not None or options.became is not None) and options.field is None:
        raise WrongUsage(NEEDS_FIELD)
    today = clock.today()
    since = options.since or date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    until = options.until or max(today, since)
    if until < since:
        raise WrongUsage(NO_TIME)
    was, became = ("" if each == "-" else each for each in (options.was, options.became))
    moments = (_start(since, clock), _start(until + timedelta(days=1), clock))
    found = session.desk.grades.changed(*moments, options.field, was, became)
    if options.list:
        return _list(session, found, one_card=False)
    from store.transitions import counted

    moves = counted(found)
    if options.json:
        write_json(
            {
                "from": since.isoformat(),
                "until": until.isoformat(),
                "moves": [
                    {"field": m.field, "from": m.before, "to": m.after, "cards": m.cards}
                    for m in moves
                ],
            }
        )
    elif moves:
        say(_("{since} to {until}").format(since=since, until=until))
        write_table(
            [_("What"), _("From"), _("To"), _("Cards")],
            [
                (
                    _(grade_words.TITLES[move.field]),
                    grade_words.said(move.field, move.before),
                    grade_words.said(move.field, move.after),
                    move.cards,
                )
                for move in moves
            ],
        )
    else:
        complain(_("No grade changed from {since} to {until}.").format(since=since, until=until))
    return 0 if moves else 1


def _start(day: date, clock: "Clock") -> datetime:
    """The moment at which a local day begins."""
    return datetime.combine(day, time(), clock.zone)


def _list(session: Session, found: list[Transition], *, one_card: bool) -> int:
    clock = session.clock
    if session.options.json:
        write_json([shape(each, clock) for each in found])
        return 0
    if not found:
        complain(_("No grade changed."))
        return 0
    headings = [_("When"), _("Who"), _("What"), _("From"), _("To")]
    rows = []
    for each in found:
        undone = "" if each.stands else _("(undone)")
        row = [
            f"{clock.local(each.at):%Y-%m-%d %H:%M}",
            _("worked out") if each.origin == "grade" else each.member,
            _(grade_words.TITLES[each.field]),
            grade_words.said(each.field, each.before),
            f"{grade_words.said(each.field, each.after)} {undone}".rstrip(),
        ]
        rows.append(row if one_card else [each.number, each.name, *row])
    if not one_card:
        headings = [_("Number"), _("Name"), *headings]
    write_table(headings, rows)
    return 0


def shape(each: Transition, clock: "Clock") -> Shape:
    """One change of a grade."""
    return {
        "at": moment(each.at, clock),
        "by": each.member,
        "origin": each.origin,
        "card": each.number,
        "name": each.name,
        "field": each.field,
        "from": each.before,
        "to": each.after,
        "undone": not each.stands,
    }


COMMANDS = {
    "card transitions": Command(declare_of_card, of_card),
    "grade": Command(declare_grade, grade),
    "rules": Command(declare_rules, rules),
    "transitions": Command(declare_transitions, all_transitions),
}
