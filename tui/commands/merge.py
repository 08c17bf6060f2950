"""`shuke card merge` and `shuke duplicates`: two cards of one customer become one."""

from typing import TYPE_CHECKING

from store.errors import WrongUsage
from store.forms.declaration import load_form
from store.forms.links import card_number
from store.language import N_, _
from store.merge_words import shown, title_of, told_attached, why_group
from store.records.merging import BOTH, DROP, KEEP
from tui.arguments import Parser, positive
from tui.command import Command
from tui.output import say, write_json, write_table
from tui.progress import progress_bar
from tui.session import Session

if TYPE_CHECKING:
    from store.records.merging import Comparison, Group, Merged
    from tui.shapes import Shape

NO_TAKE = N_("“{text}” is no KEY=left, KEY=right or KEY=both.")

SAME_EACH = N_("They agree in {count} fields.")

LISTED = 200
"""Groups that are listed where nobody says how many."""


def declare_merge(parser: Parser) -> None:
    """Arguments of `shuke card merge`."""
    parser.add_argument(
        "card", metavar="CARD", help=_("the card that goes; its number leads to the other one")
    )
    parser.add_argument("into", metavar="INTO", help=_("the card that stays"))
    parser.add_argument(
        "--take",
        metavar="KEY=SIDE",
        action="append",
        default=[],
        help=_(
            "whose value holds in a field: left (of CARD), right (of INTO) or both, or the number "
            "of one of them; repeatable"
        ),
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=_("change nothing, show what would be done")
    )
    parser.json_option()


def merge(session: Session) -> int:
    """Merge two cards, or show how they would be merged."""
    options, desk = session.options, session.desk
    drop = desk.cards.resolve(options.card)
    keep = desk.cards.resolve(options.into)
    comparison = desk.merging.compare(keep.id, drop.id)
    choices = _choices(comparison, options.take)
    if options.dry_run:
        _show(session, comparison, choices)
        return 0
    done = desk.merging.merge(keep.id, drop.id, choices, comparison.versions)
    _told(session, done)
    return 0


def _choices(comparison: "Comparison", takes: list[str]) -> dict[str, str]:
    """Whose value holds, by the keys of differences.

    Raises:
        BadValue: it cannot be settled so.
        WrongUsage: it is no such setting.
    """
    sides = {
        "left": DROP,
        "right": KEEP,
        "both": BOTH,
        comparison.drop.number: DROP,
        comparison.keep.number: KEEP,
    }
    form = load_form(comparison.keep.kind)
    choices: dict[str, str] = {}
    for text in takes:
        named, sign, side = text.partition("=")
        wanted = side.strip()
        found = sides.get(wanted.casefold()) or sides.get(card_number(wanted) or "")
        if not sign or found is None:
            raise WrongUsage(NO_TAKE, text=text)
        field = form.named(named)
        choices[field.key if field is not None else named.strip()] = found
    from store.merge_values import checked_choices

    checked_choices(form, list(comparison.differences), choices)
    return choices


def _show(session: Session, comparison: "Comparison", choices: dict[str, str]) -> None:
    chosen = {each.key: each.suggested for each in comparison.differences} | choices
    words = {DROP: "left", KEEP: "right", BOTH: "both"}
    if session.options.json:
        document: Shape = {
            "number": comparison.keep.number,
            "merged": comparison.drop.number,
            "differences": [
                {
                    "key": each.key,
                    "left": shown(comparison, each, DROP),
                    "right": shown(comparison, each, KEEP),
                    "take": words[chosen[each.key]],
                }
                for each in comparison.differences
            ],
            "same": comparison.same,
            "moved": dict(comparison.attached),
        }
        write_json(document)
        return
    head = (
        _("Field"),
        f"{comparison.drop.number} ({_('left side')})",
        f"{comparison.keep.number} ({_('right side')})",
        _("Taken"),
    )
    kind = comparison.keep.kind
    spoken = {DROP: _("left side"), KEEP: _("right side"), BOTH: _("both sides")}
    write_table(
        head,
        [
            (
                f"{title_of(kind, each)} ({each.key})",
                *(" ".join(shown(comparison, each, side).split()) for side in (DROP, KEEP)),
                spoken[chosen[each.key]],
            )
            for each in comparison.differences
        ],
    )
    say(_(SAME_EACH).format(count=comparison.same))
    along = told_attached(comparison.attached)
    if along:
        say(_("Comes along: {what}").format(what=along))
    if comparison.new_owner:
        say(_("From now on {name} looks after it.").format(name=comparison.new_owner))


def _told(session: Session, done: "Merged") -> None:
    if session.options.json:
        write_json({"number": done.number, "merged": done.dropped, "moved": dict(done.moved)})
        return
    say(
        _("{dropped} is merged into {number} {name}; `shuke undo` takes back.").format(
            dropped=done.dropped, number=done.number, name=done.name
        )
    )
    along = told_attached(done.moved)
    if along:
        say(_("Came along: {what}").format(what=along))


def declare_duplicates(parser: Parser) -> None:
    """Arguments of `shuke duplicates`."""
    parser.add_argument(
        "--limit",
        metavar="N",
        type=positive,
        default=LISTED,
        help=_("so many groups at most (200 unless said otherwise)"),
    )
    parser.add_argument(
        "--apart",
        nargs=2,
        metavar="CARD",
        help=_("note that these two cards are not the same customer; list nothing"),
    )
    parser.json_option()


def duplicates(session: Session) -> int:
    """List groups of cards that look like one customer, or note that two are not."""
    desk, options = session.desk, session.options
    if options.apart:
        first, second = (desk.cards.resolve(text) for text in options.apart)
        desk.merging.set_apart(first.id, second.id)
        if options.json:
            write_json({"apart": [first.number, second.number]})
        else:
            say(
                _(
                    "{first} and {second} are not the same customer; `shuke undo` takes back."
                ).format(
                    first=f"{first.number} {first.name}", second=f"{second.number} {second.name}"
                )
            )
        return 0
    with progress_bar(_("Looking for cards of one customer")) as bar:
        groups = desk.merging.groups(options.limit, bar)
    if options.json:
        write_json([_group_shape(group) for group in groups])
    elif not groups:
        say(_("No two cards look like one customer."))
    else:
        _list(groups)
    return 0 if groups else 1


def _list(groups: "list[Group]") -> None:
    """One card a line; the first of a group says what the cards have in common."""
    head = (
        _("What agrees"),
        _("Number"),
        _("Name"),
        _("Organisation"),
        _("Phone"),
        _("Looked after by"),
    )
    write_table(
        head,
        [
            (
                why_group(group) if place == 0 else "",
                *(card.number, card.name, card.organisation, card.phone, card.owner),
            )
            for group in groups
            for place, card in enumerate(group.cards)
        ],
    )


def _group_shape(group: "Group") -> "Shape":
    return {
        "certainty": group.certainty,
        "reason": group.pairs[0].reason,
        "cards": [
            {
                "number": card.number,
                "name": card.name,
                "kind": card.kind,
                "organisation": card.organisation,
                "title": card.title,
                "phone": card.phone,
                "owner": card.owner,
            }
            for card in group.cards
        ],
    }


COMMANDS = {
    "card merge": Command(declare_merge, merge),
    "duplicates": Command(declare_duplicates, duplicates),
}
