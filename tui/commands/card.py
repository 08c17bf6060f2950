"""`shuke card`: cards entered, shown, changed, put in the trash and taken out."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from store.cards import SEVERAL_CARDS
from store.errors import Ambiguous
from store.forms.contacts import normal_phone
from store.forms.declaration import ATTACHED, Field, Form, load_form
from store.history import MASK
from store.language import N_, _
from store.records.cards import KINDS, CardQuery, CardRecord, CardRow
from tui.arguments import Parser, joined
from tui.command import Command
from tui.field_values import field_named, read_settings, read_value
from tui.output import complain, say, write_json, write_pairs
from tui.session import Session
from tui.shapes import Shape, moment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.clock import Clock
    from store.desk import Desk

ALONE_AGAIN = N_(
    "What came along when it was merged into {number} stays there; only `undo` brings it back."
)
WITH_A_COLLEAGUE = N_("{owner} has a card with the same {reason}: ask there.")
SIMILAR_NAME = N_("Another card is called alike: {number} {name}.")
MAYBE_KNOWN = N_("May be the same customer as {number} {name} (same {reason}).")


def _declare_card(parser: Parser) -> None:
    parser.add_argument(
        "card",
        metavar="CARD",
        nargs="+",
        help=_("a card's number, or a text that finds exactly one"),
    )
    parser.json_option()


def declare_add(parser: Parser) -> None:
    """Arguments of `shuke card add`."""
    parser.add_argument("--name", metavar="NAME", required=True, help=_("the customer's name"))
    parser.add_argument(
        "--phone", metavar="PHONE", help=_("a phone number; several with commas between")
    )
    parser.add_argument(
        "--kind",
        choices=KINDS,
        default=KINDS[0],
        help=_("what kind of card (person unless said otherwise)"),
    )
    parser.add_argument(
        "--set",
        dest="settings",
        metavar="KEY=VALUE",
        action="append",
        default=[],
        help=_("a field of the form, by its key or label, as it would be typed there; repeatable"),
    )
    parser.json_option()


def add(session: Session) -> int:
    """Enter a card; cards that may be the same customer are named, and it is entered."""
    options = session.options
    form = load_form(options.kind)
    today = session.clock.today()
    values = read_settings(form, options.settings, today)
    values["name"] = read_value(field_named(form, "name"), options.name, today)
    if options.phone:
        for key, points in _phones(form, options.phone, today).items():
            values[key] = [*points, *(values.get(key) or [])]
    given = {key: value for key, value in values.items() if value is not None}
    cards = session.desk.cards
    warn_of_duplicates(session.desk, form, given)
    card = cards.create(options.kind, given)
    if options.json:
        write_json({"number": card.number})
    else:
        say(card.number)
    return 0


def _phones(form: Form, text: str, today: Any) -> dict[str, list[dict[str, str]]]:
    """Phone numbers by the field where each belongs: mobiles apart from landlines."""
    sorted_out: dict[str, list[dict[str, str]]] = {}
    for point in read_value(form.field("mobile"), text, today) or []:
        digits = normal_phone(point["value"])
        mobile = len(digits) == 11 and digits.startswith("1")
        sorted_out.setdefault("mobile" if mobile else "work_phone", []).append(point)
    return sorted_out


def warn_of_duplicates(desk: "Desk", form: Form, values: "Mapping[str, Any]") -> None:
    """Name the cards that may be the same customer, or whom to ask about them."""
    for found in desk.cards.duplicates(form.kind, values):
        reason = form.field(found.reason).title
        if not found.card_id:
            complain(_(WITH_A_COLLEAGUE).format(owner=found.owner, reason=reason))
            continue
        if found.weak:
            complain(_(SIMILAR_NAME).format(number=found.number, name=found.name))
            continue
        complain(_(MAYBE_KNOWN).format(number=found.number, name=found.name, reason=reason))


def show(session: Session) -> int:
    """Show a whole card."""
    desk = session.desk
    card = desk.cards.get(desk.cards.resolve(joined(session.options.card)).id)
    card = replace(card, values={**card.values, **desk.cards.attached(card.id)})
    if session.options.json:
        write_json(whole_shape(card, session.clock))
    else:
        _show(card)
    return 0


def whole_shape(card: CardRecord, clock: "Clock") -> Shape:
    """A card by the keys of its form, with what stands outside of the form."""
    shape: Shape = {
        "number": card.number,
        "kind": card.kind,
        "owner": card.owner,
        "created_at": moment(card.created_at, clock),
        "updated_at": moment(card.updated_at, clock),
        "trashed": card.trashed,
        **card.values,
    }
    if card.merged:
        shape["merged"] = list(card.merged)
    if card.masked:
        shape["masked"] = sorted(card.masked)
    if card.extras or card.unknown:
        shape["extras"] = [*card.extras, *([key, value] for key, value in card.unknown.items())]
    return shape


def declare_unmask(parser: Parser) -> None:
    """Arguments of `shuke card unmask`."""
    parser.add_argument(
        "card", metavar="CARD", help=_("a card's number, or a text that finds exactly one")
    )
    parser.add_argument("key", metavar="KEY", help=_("a field by its key or label"))
    parser.json_option()


def unmask(session: Session) -> int:
    """Show a sensitive field of a card that is not one's own; the trail notes it."""
    desk = session.desk
    card = desk.cards.get(desk.cards.resolve(session.options.card).id)
    field = field_named(load_form(card.kind), session.options.key)
    if field.key in card.values:
        value = card.values[field.key]
    else:
        value = desk.cards.unmask(card.id, field.key)
    if session.options.json:
        write_json({"number": card.number, field.key: value})
    else:
        say(f"{card.number}  {card.name}")
        write_pairs([(field.title, field.show(value))])
    return 0


def _show(card: CardRecord) -> None:
    form = load_form(card.kind)
    say(f"{card.number}  {card.name}")
    for section in form.shown():
        pairs = [
            (f"  {field.title}" if not place else "", line)
            for field in section.fields
            if field.key in card.values or field.key in card.masked
            for place, line in enumerate(_lines(card, field))
        ]
        if pairs:
            say()
            say(section.title)
            write_pairs(pairs)
    if card.merged:
        say()
        write_pairs([(_("Merged into this card"), ", ".join(card.merged))])
    others = [*card.extras, *([key, str(value)] for key, value in card.unknown.items())]
    if others:
        say()
        say(_("Else"))
        write_pairs((f"  {name}", text) for name, text in others)


def _lines(card: CardRecord, field: Field) -> list[str]:
    """What a field says; of rows, and of a text of many lines, each line."""
    if field.key in card.masked:
        return [MASK]
    return _shown(card, field.show(card.values[field.key])).splitlines() or [""]


def _shown(card: CardRecord, text: str) -> str:
    name = card.linked.get(text)
    return f"{name} ({text})" if name else text


def declare_set(parser: Parser) -> None:
    """Arguments of `shuke card set`."""
    parser.add_argument(
        "card", metavar="CARD", help=_("a card's number, or a text that finds exactly one")
    )
    parser.add_argument(
        "settings",
        metavar="KEY=VALUE",
        nargs="+",
        help=_("a field by its key or label, as it would be typed there; KEY= makes it blank"),
    )
    parser.json_option()


def set_fields(session: Session) -> int:
    """Change fields of a card."""
    desk = session.desk
    card = desk.cards.get(desk.cards.resolve(session.options.card).id)
    settings = session.options.settings
    form = load_form(card.kind)
    changed = read_settings(form, settings, session.clock.today())
    # Family and people are records of their own; the rows that are there are replaced.
    attached = desk.cards.attached(card.id)
    rows = {key: attached.get(key) for key in changed if form.field(key).source in ATTACHED}
    before = {**card.values, **rows}
    values = {key: value for key, value in {**before, **changed}.items() if value is not None}
    saved = desk.cards.save(card.id, before, values)
    if session.options.json:
        write_json({"number": saved.number})
    elif saved.values == card.values and desk.cards.attached(card.id) == attached:
        say(_("{number} {name}: nothing to change.").format(number=saved.number, name=saved.name))
    else:
        say(_("{number} {name}: changed.").format(number=saved.number, name=saved.name))
    return 0


def trash(session: Session) -> int:
    """Put a card in the trash; `shuke undo` or `shuke card restore` takes it out."""
    cards = session.desk.cards
    card = cards.resolve(joined(session.options.card))
    cards.trash([card.id])
    return _told(session, card.number, _("{number} {name} is in the trash."), card.name)


def restore(session: Session) -> int:
    """Take a card out of the trash."""
    cards = session.desk.cards
    card = _in_trash(session.desk, joined(session.options.card))
    kept = session.desk.merging.leads_to(card.id)
    cards.restore([card.id])
    if kept is not None and not session.options.json:
        complain(_(ALONE_AGAIN).format(number=cards.row(kept).number))
    return _told(session, card.number, _("{number} {name} is back."), card.name)


def _in_trash(desk: "Desk", text: str) -> CardRow:
    """The one card that a number means, or that a text finds in the trash.

    A number of a card that was merged into another one means that card itself here.
    """
    merged = desk.merging.merged_card(text)
    if merged is not None:
        return merged
    found = desk.cards.page(CardQuery(text=text, trashed=True), 0, 10)
    if len(found) == 1:
        return found[0]
    if found:
        lines = [f"{row.number}  {row.name}  {row.organisation}".rstrip() for row in found]
        raise Ambiguous(SEVERAL_CARDS, lines, text=text)
    return desk.cards.resolve(text)


def _told(session: Session, number: str, sentence: str, name: str) -> int:
    if session.options.json:
        write_json({"number": number})
    else:
        say(sentence.format(number=number, name=name))
    return 0


COMMANDS = {
    "card add": Command(declare_add, add, begins=True),
    "card show": Command(_declare_card, show),
    "card unmask": Command(declare_unmask, unmask),
    "card set": Command(declare_set, set_fields),
    "card trash": Command(_declare_card, trash),
    "card restore": Command(_declare_card, restore),
}
