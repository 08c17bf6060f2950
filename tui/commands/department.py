"""`shuke department`: the tree of departments."""

from store.errors import WrongUsage
from store.language import N_, _
from store.records.team import DepartmentRow
from tui.arguments import Parser
from tui.command import Command
from tui.output import say, write_json, write_table
from tui.session import Session
from tui.shapes import Shape

WHERE_TO = N_("Say where to: --under NAME, or --top.")


def declare_add(parser: Parser) -> None:
    """Arguments of `shuke department add`."""
    parser.add_argument("name", metavar="NAME", help=_("the new department"))
    parser.add_argument("--under", metavar="NAME", help=_("the department above it"))
    parser.json_option()


def add(session: Session) -> int:
    """Add a department."""
    departments, options = session.desk.departments, session.options
    under = None if options.under is None else departments.resolve(options.under).id
    return _tell(session, departments.add(options.name, under))


def declare_list(parser: Parser) -> None:
    """Arguments of `shuke department list`."""
    parser.json_option()


def list_departments(session: Session) -> int:
    """List the departments as a tree."""
    rows = session.desk.departments.all()
    if session.options.json:
        write_json([department_shape(row) for row in rows])
    elif rows:
        write_table(
            [_("Department"), _("Members"), _("Cards")],
            [(f"{'  ' * row.depth}{row.name}", row.members, row.cards) for row in rows],
        )
    else:
        say(_("There are no departments yet."))
    return 0


def _declare_one(parser: Parser) -> None:
    parser.add_argument("department", metavar="NAME", help=_("its name, or its path: 总部/华东"))


def declare_rename(parser: Parser) -> None:
    """Arguments of `shuke department rename`."""
    _declare_one(parser)
    parser.add_argument("name", metavar="NEW", help=_("its new name"))
    parser.json_option()


def rename(session: Session) -> int:
    """Give a department another name."""
    departments, options = session.desk.departments, session.options
    place = departments.resolve(options.department).id
    return _tell(session, departments.rename(place, options.name))


def declare_move(parser: Parser) -> None:
    """Arguments of `shuke department move`."""
    _declare_one(parser)
    parser.add_argument("--under", metavar="NAME", help=_("the department above it"))
    parser.add_argument("--top", action="store_true", help=_("no department stands above it"))
    parser.json_option()


def move(session: Session) -> int:
    """Put a department, with all below it, under another one."""
    departments, options = session.desk.departments, session.options
    if options.top == (options.under is not None):
        raise WrongUsage(WHERE_TO)
    place = departments.resolve(options.department).id
    under = None if options.top else departments.resolve(options.under).id
    return _tell(session, departments.move(place, under))


def declare_remove(parser: Parser) -> None:
    """Arguments of `shuke department remove`."""
    _declare_one(parser)


def remove(session: Session) -> int:
    """Take an empty department away."""
    departments = session.desk.departments
    row = departments.resolve(session.options.department)
    departments.remove(row.id)
    say(_("{path} is removed; `shuke undo` takes back.").format(path=row.path))
    return 0


def department_shape(row: DepartmentRow) -> Shape:
    """A department."""
    return {"name": row.name, "path": row.path, "members": row.members, "cards": row.cards}


def _tell(session: Session, row: DepartmentRow) -> int:
    if session.options.json:
        write_json(department_shape(row))
    else:
        say(row.path)
    return 0


COMMANDS = {
    "department add": Command(declare_add, add, begins=True),
    "department list": Command(declare_list, list_departments),
    "department rename": Command(declare_rename, rename),
    "department move": Command(declare_move, move),
    "department remove": Command(declare_remove, remove),
}
