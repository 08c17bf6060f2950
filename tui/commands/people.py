"""`shuke people`: who works at an organisation, who reports to whom, and where somebody worked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from store.errors import NotFound
from store.forms.declaration import Form, load_form
from store.language import N_, _
from store.records.people import ChartRow, Employer, PersonRow, PlaceValues
from tui.arguments import Parser, positive, read_date
from tui.command import Command
from tui.field_values import read_settings, read_value
from tui.output import say, write_json, write_table
from tui.session import Session
from tui.shapes import Shape, day, moment

if TYPE_CHECKING:
    from store.clock import Clock
    from store.desk import Desk

NO_PLACE = N_("{name} works at no organisation; `shuke people history` shows where he worked.")
OTHER_PLACE = N_("{name} has no place with the number {number}.")

OPTIONS = ("title", "department", "role", "attitude", "influence", "faction", "reports_to")
"""What `people add` takes as an option of its own."""

KEYS = {"department": "org_department"}
"""Options that the form calls something else."""


def _declare_organisation(parser: Parser) -> None:
    parser.add_argument(
        "organisation",
        metavar="ORG",
        help=_("the organisation: a card's number, or a text that finds exactly one"),
    )


def _declare_person(parser: Parser) -> None:
    parser.add_argument(
        "person",
        metavar="PERSON",
        help=_("the person: a card's number, or a text that finds exactly one"),
    )


def _declare_place(parser: Parser) -> None:
    parser.add_argument(
        "--place",
        metavar="ID",
        type=positive,
        help=_(
            "which of his places, a number as `shuke people history` shows; the present main one "
            "unless said otherwise"
        ),
    )


def declare(parser: Parser) -> None:
    """Arguments of `shuke people`."""
    _declare_organisation(parser)
    parser.add_argument("--past", action="store_true", help=_("those who left, too"))
    parser.json_option()


def people(session: Session) -> int:
    """List the people at an organisation."""
    desk, options = session.desk, session.options
    found = desk.people.of(desk.cards.resolve(options.organisation).id, past=options.past)
    if options.json:
        write_json([person_shape(row, session.clock) for row in found])
    elif found:
        _write_people(found, session.clock)
    else:
        say(_("Nobody there is known yet."))
    return 0


def declare_chart(parser: Parser) -> None:
    """Arguments of `shuke people chart`."""
    _declare_organisation(parser)
    parser.json_option()


def chart(session: Session) -> int:
    """Draw the organisation chart, and name what is missing in the chain of decision."""
    desk = session.desk
    card = desk.cards.resolve(session.options.organisation)
    rows, gaps = desk.people.chart(card.id), desk.people.gaps(card.id)
    if session.options.json:
        write_json(
            {
                "organisation": card.number,
                "name": card.name,
                "gaps": [{"key": gap.key, "text": gap.sentence} for gap in gaps],
                "chart": [
                    {**person_shape(row.person, session.clock), "depth": row.depth} for row in rows
                ],
            }
        )
        return 0
    for row in rows:
        say(_line(row, session.clock))
    if rows and gaps:
        say()
    for gap in gaps:
        say(gap.sentence)
    return 0


def declare_add(parser: Parser) -> None:
    """Arguments of `shuke people add`."""
    _declare_organisation(parser)
    parser.add_argument(
        "--name",
        metavar="NAME",
        required=True,
        help=_("of somebody new, who gets a card; or the number of somebody who has one"),
    )
    parser.add_argument("--title", metavar="TEXT", help=_("what he is there"))
    parser.add_argument("--department", metavar="TEXT", help=_("where in the organisation"))
    parser.add_argument("--role", metavar="ROLE", help=_("what part he plays when they buy"))
    parser.add_argument("--attitude", metavar="WORD", help=_("how he stands towards us"))
    parser.add_argument("--influence", metavar="N", help=_("from 1 to 5"))
    parser.add_argument("--faction", metavar="TEXT", help=_("whose man he is"))
    parser.add_argument(
        "--reports-to",
        dest="reports_to",
        metavar="PERSON",
        help=_("somebody who works there: name or number"),
    )
    parser.add_argument("--mobile", metavar="PHONE", help=_("of somebody new"))
    parser.add_argument(
        "--set",
        dest="settings",
        metavar="KEY=VALUE",
        action="append",
        default=[],
        help=_("anything else that is known of his place, by key or label; repeatable"),
    )
    parser.json_option()


def add(session: Session) -> int:
    """Enter somebody at an organisation."""
    desk, options = session.desk, session.options
    house = desk.cards.resolve(options.organisation).id
    form = place_form()
    today = session.clock.today()
    said = read_settings(form, options.settings, today)
    for option in OPTIONS:
        text = getattr(options, option)
        if text is not None:
            key = KEYS.get(option, option)
            said[key] = read_value(form.field(key), text, today)
    values = changed(desk, house, PlaceValues(), said)
    _warn(desk, house, options.name, options.mobile)
    _tell(session, desk.people.add(house, options.name, values, options.mobile))
    return 0


def _warn(desk: "Desk", house: int, name: str, mobile: str | None) -> None:
    """Name the cards that somebody new may be; the number of a card is nobody new."""
    from store.forms.links import card_number
    from tui.commands.card import warn_of_duplicates

    if card_number(name) is None:
        values = {"name": name, "mobile": mobile, "organisation": desk.cards.row(house).number}
        warn_of_duplicates(desk, load_form("person"), values)


def declare_set(parser: Parser) -> None:
    """Arguments of `shuke people set`."""
    _declare_person(parser)
    parser.add_argument(
        "settings",
        metavar="KEY=VALUE",
        nargs="+",
        help=_("what is known of his place, by key or label; nothing behind = makes it blank"),
    )
    _declare_place(parser)
    parser.json_option()


def set_place(session: Session) -> int:
    """Change what is known of somebody's place."""
    desk, options = session.desk, session.options
    place = _place(session)
    said = read_settings(place_form(), options.settings, session.clock.today())
    values = changed(desk, place.organisation_id, place.values, said)
    _tell(session, desk.people.update(place.id, place.values, values))
    return 0


def declare_leave(parser: Parser) -> None:
    """Arguments of `shuke people leave`."""
    _declare_person(parser)
    parser.add_argument(
        "--on",
        dest="until",
        metavar="DATE",
        type=read_date,
        help=_("his last day there (today unless said otherwise)"),
    )
    parser.add_argument(
        "--to", metavar="ORG", help=_("where he went, by number or name; a new name gets a card")
    )
    parser.add_argument("--title", metavar="TEXT", help=_("what he is there"))
    _declare_place(parser)
    parser.json_option()


def leave(session: Session) -> int:
    """Say that somebody left; his history stays."""
    options = session.options
    place = _place(session)
    row = session.desk.people.leave(place.id, options.until, options.to, options.title)
    _tell(session, row)
    return 0


def declare_history(parser: Parser) -> None:
    """Arguments of `shuke people history`."""
    _declare_person(parser)
    parser.json_option()


def history(session: Session) -> int:
    """List where somebody works and worked."""
    desk = session.desk
    found = desk.people.history(desk.cards.resolve(session.options.person).id)
    if session.options.json:
        write_json([employer_shape(row) for row in found])
    elif found:
        write_table(
            [_("No."), _("From"), _("To"), _("Organisation"), _("Title"), _("Role")],
            [
                (
                    row.id,
                    day(row.since),
                    day(row.until) or _("now"),
                    " ".join(part for part in (row.number, row.name) if part),
                    row.title,
                    shown("role", row.values.role),
                )
                for row in found
            ],
        )
    else:
        say(_("No organisation is known where he works."))
    return 0


def place_form() -> Form:
    """What is known of a place, without what stands on the cards themselves."""
    return load_form("affiliation").without("name", "organisation", "mobile")


def changed(
    desk: "Desk", organisation: int, values: PlaceValues, said: Mapping[str, Any]
) -> PlaceValues:
    """A place with some values set, as the form reads them; None makes one blank."""
    given: dict[str, Any] = {}
    for key, value in said.items():
        if key == "reports_to":
            given[key] = None if value is None else desk.people.head(organisation, value)
        elif key in ("since", "until") and value is not None:
            given[key] = date.fromisoformat(value)
        else:
            given[key] = value
    return replace(values, **given)


def _place(session: Session) -> PersonRow:
    """The place of a person that a command is about."""
    desk, options = session.desk, session.options
    card = desk.cards.resolve(options.person)
    places = desk.people.history(card.id)
    if options.place is not None:
        if options.place not in {place.id for place in places}:
            raise NotFound(OTHER_PLACE, name=card.name, number=options.place)
        return desk.people.get(options.place)
    if not places or places[0].until is not None:
        raise NotFound(NO_PLACE, name=card.name)
    return desk.people.get(places[0].id)


def _tell(session: Session, row: PersonRow) -> None:
    if session.options.json:
        write_json(person_shape(row, session.clock))
    else:
        say(f"{row.number}  {row.name}")


def person_shape(row: PersonRow, clock: "Clock") -> Shape:
    """Somebody at an organisation; `place` is a number, `reports_to` a name."""
    values = row.values
    return {
        "place": row.id,
        "number": row.number,
        "name": row.name,
        **values_shape(values, row.head),
        "phone": row.phone,
        "met": moment(row.met_at, clock) if row.met_at else None,
        "owner": row.owner,
    }


def employer_shape(row: Employer) -> Shape:
    """Where somebody works or worked; `number` is blank where the card is closed to the member."""
    return {
        "place": row.id,
        "number": row.number,
        "organisation": row.name,
        "main": row.main,
        **values_shape(row.values, row.head),
    }


def values_shape(values: PlaceValues, head: str) -> Shape:
    """What is known of a place."""
    return {
        "title": values.title,
        "org_department": values.org_department,
        "department_kind": values.department_kind,
        "level": values.level,
        "role": values.role,
        "influence": values.influence,
        "attitude": values.attitude,
        "faction": values.faction,
        "reports_to": head or None,
        "matters": values.matters,
        "quality": values.quality,
        "since": day(values.since),
        "until": day(values.until),
        "note": values.note,
    }


def shown(key: str, value: str | None) -> str:
    """A value of a place in a word."""
    return load_form("affiliation").field(key).show(value) if value else ""


def _write_people(rows: list[PersonRow], clock: "Clock") -> None:
    write_table(
        [
            *(_("Number"), _("Name"), _("Title"), _("Department"), _("Role"), _("Attitude")),
            *(_("Infl."), _("Reports to"), _("Last contact"), _("Until")),
        ],
        [
            (
                row.number,
                row.name,
                row.title,
                row.values.org_department,
                shown("role", row.values.role),
                shown("attitude", row.values.attitude),
                row.values.influence,
                row.head,
                _met(row, clock),
                day(row.values.until),
            )
            for row in rows
        ],
    )


def _met(row: PersonRow, clock: "Clock") -> str:
    if not row.whole:
        return ""
    return _("not met yet") if row.met_at is None else f"{clock.local(row.met_at):%Y-%m-%d}"


def _line(row: ChartRow, clock: "Clock") -> str:
    """A head of the chart in one line."""
    person, values = row.person, row.person.values
    told = [
        shown("role", values.role),
        shown("attitude", values.attitude),
        values.faction or "",
        _met(person, clock),
    ]
    words = _(", ").join(part for part in told if part)
    name = f"{person.name} {person.title}".rstrip()
    return f"{'  ' * row.depth}{name}" + (f"  [{words}]" if words else "")


COMMANDS = {
    "people": Command(declare, people),
    "people chart": Command(declare_chart, chart),
    "people add": Command(declare_add, add),
    "people set": Command(declare_set, set_place),
    "people leave": Command(declare_leave, leave),
    "people history": Command(declare_history, history),
}
