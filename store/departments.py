"""The tree of departments: head office, branches, departments, agents."""

from typing import TYPE_CHECKING

from store.arguments import checks_arguments, shortened
from store.errors import Ambiguous, BadValue, NotFound
from store.forms.tidy import one_line
from store.language import N_
from store.models.base import database
from store.models.team import Department
from store.records.team import DepartmentRow
from store.rights import may_manage_team, require_team
from store.search import visible_sql
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk
    from store.recorder import Recorder

BETWEEN = "/"
"""What stands between the names of a path; no name has it."""

LONGEST = 60
DEEPEST = 8
"""Departments above one another; a company has four or five."""

NO_NAME = N_("A department needs a name.")
NO_SLASH = N_("The name of a department has no “/”: that stands between a department and the next.")
NAME_TAKEN = N_("There is a department “{name}” there already.")
NOWHERE = N_("There is no department “{text}”.")
NONE_OF_ID = N_("This department is gone.")
SEVERAL = N_("Several departments are called “{text}”:")
ITS_OWN = N_("A department cannot stand below itself.")
TOO_DEEP = N_("Departments stand at most {most} above one another.")
NOT_EMPTY = N_(
    "“{name}” is not empty (members: {members}, departments below: {below}, cards: {cards})."
)
RELEASED = N_("Cards of “{name}” are released to others: take that back first.")

DEPARTMENT_ADDED = N_("Department added")
DEPARTMENT_RENAMED = N_("Department renamed")
DEPARTMENT_MOVED = N_("Department moved")
DEPARTMENT_REMOVED = N_("Department removed")


@explains_trouble
@checks_arguments
class Departments:
    """The departments; everybody knows them, whoever sets up the team changes them."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def all(self) -> list[DepartmentRow]:
        """The tree, each department before those below it.

        How many cards a department has is counted whole for whoever sets up the team; others
        have those counted that they see.
        """
        seen = None if may_manage_team(self.desk) else visible_sql(self.desk)
        condition, parameters = ("1", []) if seen is None else seen
        found = database.execute_sql(
            "SELECT d.id, d.name, d.parent_id, (SELECT count(*) FROM member "
            "WHERE department_id = d.id AND active), (SELECT count(*) FROM card "
            f"WHERE department_id = d.id AND trashed_at IS NULL AND {condition}) "
            "FROM department d ORDER BY d.id",
            parameters,
        ).fetchall()
        children: dict[int | None, list[tuple[int, str, int | None, int, int]]] = {}
        for row in found:
            children.setdefault(row[2], []).append(row)
        rows: list[DepartmentRow] = []
        waiting = [(row, "", 0) for row in reversed(children.get(None, []))]
        while waiting:
            (number, name, parent, members, cards), above, depth = waiting.pop()
            path = f"{above}{BETWEEN}{name}" if above else name
            rows.append(DepartmentRow(number, name, parent, path, depth, members, cards))
            waiting += [(row, path, depth + 1) for row in reversed(children.get(number, []))]
        return rows

    def get(self, department: int) -> DepartmentRow:
        """One department.

        Raises:
            NotFound: it is gone.
        """
        for row in self.all():
            if row.id == department:
                return row
        raise NotFound(NONE_OF_ID)

    def resolve(self, text: str) -> DepartmentRow:
        """The department that a text means: its name, or its path such as `总部/华东`.

        Raises:
            Ambiguous: several have this name; the candidates are their paths.
            NotFound: there is none.
        """
        wanted = BETWEEN.join(part.strip() for part in one_line(text).split(BETWEEN))
        found = [row for row in self.all() if wanted in (row.path, row.name)]
        exact = [row for row in found if row.path == wanted]
        if len(found) > 1 and len(exact) != 1:
            raise Ambiguous(SEVERAL, [row.path for row in found], text=shortened(text))
        if not found:
            raise NotFound(NOWHERE, text=shortened(text))
        return (exact or found)[0]

    def add(self, name: str, under: int | None = None) -> DepartmentRow:
        """Add a department.

        Args:
            under: the id of the department above; None for one at the top.

        Raises:
            BadValue: the name is none, or taken there.
            NotAllowed: the member does not set up the team.
            NotFound: there is no such department above.
        """
        clean = _checked(name)
        with self.desk.change(DEPARTMENT_ADDED) as change:
            require_team(self.desk)
            self._free(clean, under)
            self._not_too_deep(under, 1)
            made = change.insert(Department, {"name": clean, "parent_id": under})
        return self.get(made)

    def rename(self, department: int, name: str) -> DepartmentRow:
        """Give a department another name.

        Raises:
            BadValue, NotAllowed, NotFound: as `add`.
        """
        clean = _checked(name)
        with self.desk.change(DEPARTMENT_RENAMED) as change:
            require_team(self.desk)
            row = self.get(department)
            if row.name != clean:
                self._free(clean, row.parent)
                change.update(Department, department, {"name": clean})
        return self.get(department)

    def move(self, department: int, under: int | None) -> DepartmentRow:
        """Put a department, with all below it, under another one; its managers see along.

        Raises:
            BadValue: it would stand below itself, or its name is taken there.
            NotAllowed, NotFound: as `add`.
        """
        from store.visibility import departments_below

        with self.desk.change(DEPARTMENT_MOVED) as change:
            require_team(self.desk)
            row = self.get(department)
            below = departments_below(department)
            if under in below:
                raise BadValue(ITS_OWN, field="under")
            if row.parent != under:
                self._free(row.name, under)
                depths = [each.depth for each in self.all() if each.id in below]
                self._not_too_deep(under, max(depths) - row.depth + 1)
                change.update(Department, department, {"parent_id": under})
        return self.get(department)

    def remove(self, department: int) -> None:
        """Take an empty department away; those who left and had worked there are in none then.

        Raises:
            BadValue: somebody or something is in it.
            NotAllowed, NotFound: as `add`.
        """
        with self.desk.change(DEPARTMENT_REMOVED, asked=True) as change:
            require_team(self.desk)
            row = self.get(department)
            _need_empty(row)
            _forget_past(change, department)
            change.delete(Department, department)

    def _free(self, name: str, under: int | None) -> None:
        if under is not None:
            self.get(under)
        if any(row.name == name and row.parent == under for row in self.all()):
            raise BadValue(NAME_TAKEN, field="name", name=name)

    def _not_too_deep(self, under: int | None, levels: int) -> None:
        above = 0 if under is None else self.get(under).depth + 1
        if above + levels > DEEPEST:
            raise BadValue(TOO_DEEP, field="under", most=DEEPEST)


def _checked(name: str) -> str:
    """A department's name as it is kept."""
    try:
        clean = one_line(name, LONGEST)
    except BadValue as error:
        error.field = "name"
        raise
    if not clean:
        raise BadValue(NO_NAME, field="name")
    if BETWEEN in clean:
        raise BadValue(NO_SLASH, field="name")
    return clean


def _need_empty(row: DepartmentRow) -> None:
    """Make sure that nobody works in a department, and that it has no cards, trash included."""
    (cards,) = database.execute_sql(
        "SELECT count(*) FROM card WHERE department_id = ?", [row.id]
    ).fetchone()
    (below,) = database.execute_sql(
        "SELECT count(*) FROM department WHERE parent_id = ?", [row.id]
    ).fetchone()
    if row.members or below or cards:
        raise BadValue(NOT_EMPTY, name=row.name, members=row.members, below=below, cards=cards)
    released = "SELECT 1 FROM card_release WHERE department_id = ? AND taken_back_at IS NULL"
    if database.execute_sql(released, [row.id]).fetchone():
        raise BadValue(RELEASED, name=row.name)


def _forget_past(change: "Recorder", department: int) -> None:
    """Free a department of those who left and of releases that were taken back."""
    from store import rows
    from store.models.sharing import CardRelease
    from store.models.team import Member

    for member in rows.children(Member, "department_id", [department]).get(department, []):
        change.update(Member, member["id"], {"department_id": None})
    past = rows.children(CardRelease, "department_id", [department]).get(department, [])
    if past:
        change.delete_many(CardRelease, past)
