"""`shuke member`: who works here, in which role; leaving and coming back, trainees."""

from dataclasses import replace
from typing import TYPE_CHECKING

from store import labels
from store.language import N_, _
from store.records.team import ROLES, MemberRow
from tui.arguments import Parser, joined
from tui.command import Command
from tui.output import say, write_json, write_table
from tui.session import Session
from tui.shapes import Shape, moment

if TYPE_CHECKING:
    from store.clock import Clock
    from store.desk import Desk

ADDED = N_("{name} ({login}) can work here once there is a key: shuke key add {login} '...'")
BACK = N_("{name} ({login}) works here again, and needs a key: shuke key add {login} '...'")


def declare_add(parser: Parser) -> None:
    """Arguments of `shuke member add`."""
    _login(parser, _("what he comes in with: small letters and digits, such as zhanglei"))
    parser.add_argument("--name", metavar="NAME", required=True, help=_("his name"))
    parser.add_argument(
        "--role", choices=ROLES, default=ROLES[0], help=_("what he may do (rep unless said)")
    )
    parser.add_argument("--department", metavar="NAME", help=_("its name, or its path: 总部/华东"))
    parser.add_argument("--trainee", action="store_true", help=_("he still learns"))
    parser.add_argument("--coach", metavar="LOGIN", help=_("who looks through a trainee's cards"))
    parser.json_option()


def add(session: Session) -> int:
    """Add a member."""
    desk, options = session.desk, session.options
    place = _department(desk, options.department)
    trainee = options.trainee or options.coach is not None
    row = desk.team.add(options.login, options.name, options.role, place, trainee, options.coach)
    return _tell(session, row, _(ADDED))


def _department(desk: "Desk", text: str | None) -> int | None:
    return None if text is None else desk.departments.resolve(text).id


def declare_list(parser: Parser) -> None:
    """Arguments of `shuke member list`."""
    parser.add_argument("--all", action="store_true", help=_("also those who left"))
    parser.json_option()


def list_members(session: Session) -> int:
    """List the members by department."""
    rows = session.desk.team.members(gone=session.options.all)
    if session.options.json:
        write_json([member_shape(row, session.clock) for row in rows])
        return 0
    write_table(
        [
            *(_("Login"), _("Name"), _("Role"), _("Department")),
            *(_("Cards"), _("To-dos"), _("Keys"), _("Last seen"), ""),
        ],
        [
            (
                row.login,
                row.name,
                labels.role(row.role),
                row.department_name,
                row.cards,
                row.todos,
                row.keys,
                row.last_seen and f"{session.clock.local(row.last_seen):%Y-%m-%d %H:%M}",
                labels.standing(row.trainee, row.coach, not row.active),
            )
            for row in rows
        ],
    )
    return 0


def declare_set(parser: Parser) -> None:
    """Arguments of `shuke member set`."""
    _login(parser, _("the member"))
    parser.add_argument(
        "settings",
        metavar="KEY=VALUE",
        nargs="+",
        help=_("login, name, role, department, trainee or coach; KEY= makes it blank"),
    )
    parser.json_option()


def set_values(session: Session) -> int:
    """Change a member."""
    from store.forms.declaration import load_form
    from store.member_form import (
        department_labels,
        member_as_form,
        member_from_form,
        member_labels,
    )
    from tui.field_values import read_settings

    desk, options = session.desk, session.options
    before = desk.team.member(options.login).values
    departments = department_labels(desk.departments.all())
    names = member_labels(desk.team.members())
    changed = read_settings(load_form("member"), options.settings, session.clock.today())
    if changed.get("coach") is not None:
        changed.setdefault("trainee", True)
    form = {**member_as_form(before, departments, names), **changed}

    def find(text: str) -> int:
        return desk.departments.resolve(text).id

    given = {key: value for key, value in form.items() if value is not None}
    after = member_from_form(given, before, departments, names, find)
    if "role" not in given:
        after = replace(after, role=before.role)
    row = desk.team.change(options.login, before, after)
    return _tell(session, row, _("{name} ({login}): changed."))


def declare_leave(parser: Parser) -> None:
    """Arguments of `shuke member leave`."""
    _login(parser, _("who leaves"))
    parser.add_argument("--to", metavar="LOGIN", help=_("who takes over his cards and to-dos"))
    parser.add_argument("--reason", metavar="TEXT", default="", help=_("why, for the trail"))
    parser.json_option()


def leave(session: Session) -> int:
    """Let a member go: he cannot come in any more, and somebody takes over."""
    options = session.options
    team = session.desk.team
    before = team.member(options.login)
    row = team.leave(options.login, options.to, options.reason)
    if options.json:
        write_json(member_shape(row, session.clock))
        return 0
    say(_("{name} ({login}) cannot come in any more.").format(name=row.name, login=row.login))
    if options.to is not None:
        told = _("{name} takes over: cards {cards}, to-dos {todos}.")
        receiver = team.member(options.to).name
        say(told.format(name=receiver, cards=before.cards, todos=before.todos))
    return 0


def declare_back(parser: Parser) -> None:
    """Arguments of `shuke member back`."""
    _login(parser, _("who comes back"))
    parser.json_option()


def back(session: Session) -> int:
    """Let a member who left work here again."""
    row = session.desk.team.come_back(session.options.login)
    return _tell(session, row, _(BACK))


def declare_pass(parser: Parser) -> None:
    """Arguments of `shuke member pass`."""
    _login(parser, _("the trainee"))
    parser.add_argument("words", metavar="TEXT", nargs="*", help=_("what was good, for the record"))
    parser.json_option()


def pass_trainee(session: Session) -> int:
    """Say that a trainee works on his own from now on."""
    options = session.options
    row = session.desk.team.pass_trainee(options.login, joined(options.words))
    return _tell(session, row, _("{name} ({login}) is no trainee any more."))


def declare_note(parser: Parser) -> None:
    """Arguments of `shuke member note`."""
    _login(parser, _("whom it is about"))
    parser.add_argument("kind", choices=("praise", "reprimand"), help=_("praise, or a reprimand"))
    parser.add_argument("words", metavar="TEXT", nargs="+", help=_("what he did, in a few words"))
    parser.json_option()


def note(session: Session) -> int:
    """Note praise or a reprimand of a member: it stays."""
    options = session.options
    session.desk.team.note_merit(options.login, options.kind, joined(options.words))
    row = session.desk.team.member(options.login)
    return _tell(session, row, _("Noted of {name} ({login})."))


def member_shape(row: MemberRow, clock: "Clock") -> Shape:
    """A member; what is not the asker's business is null."""
    return {
        "login": row.login,
        "name": row.name,
        "role": row.role,
        "department": row.department_name,
        "active": row.active,
        "trainee": row.trainee,
        "coach": row.coach,
        "cards": row.cards,
        "todos": row.todos,
        "keys": row.keys,
        "last_seen": moment(row.last_seen, clock),
        "left_at": moment(row.left_at, clock),
    }


def _login(parser: Parser, told: str) -> None:
    # `login` is whoever works here (--as).
    parser.add_argument("login", metavar="LOGIN", help=told)


def _tell(session: Session, row: MemberRow, sentence: str) -> int:
    if session.options.json:
        write_json(member_shape(row, session.clock))
    else:
        say(sentence.format(name=row.name, login=row.login))
    return 0


COMMANDS = {
    "member add": Command(declare_add, add, begins=True),
    "member list": Command(declare_list, list_members),
    "member set": Command(declare_set, set_values, begins=True),
    "member leave": Command(declare_leave, leave),
    "member back": Command(declare_back, back),
    "member pass": Command(declare_pass, pass_trainee),
    "member note": Command(declare_note, note),
}
