"""A member as his form edits him (member.toml), and back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from store.forms.declaration import Values
from store.records.team import DepartmentRow, MemberRow, MemberValues


def department_labels(rows: Sequence[DepartmentRow]) -> dict[int, str]:
    """What departments are called, by id: by their names, where these are not alike."""
    names = [row.name for row in rows]
    return {row.id: row.name if names.count(row.name) == 1 else row.path for row in rows}


def member_labels(rows: Sequence[MemberRow]) -> dict[str, str]:
    """What members are called, by login: by their names, where these are not alike."""
    names = [row.name for row in rows]
    return {
        row.login: row.name if names.count(row.name) == 1 else f"{row.name} ({row.login})"
        for row in rows
    }


def member_as_form(
    values: MemberValues, departments: Mapping[int, str], members: Mapping[str, str]
) -> Values:
    """A member by the keys of the form.

    Args:
        departments: what departments are called, by id.
        members: what members are called, by login.
    """
    place = values.department
    form: Values = {
        "name": values.name or None,
        "login": values.login or None,
        "role": values.role,
        "department": None if place is None else departments.get(place),
        "trainee": values.trainee or None,
        "coach": values.coach and members.get(values.coach, values.coach),
    }
    return {key: value for key, value in form.items() if value is not None}


def member_from_form(
    form: Values,
    given: MemberValues,
    departments: Mapping[int, str],
    members: Mapping[str, str],
    find_department: Callable[[str], int],
) -> MemberValues:
    """The member that a form says.

    Args:
        form: values by key.
        given: the member the form was opened with.
        departments: what departments are called, by id.
        members: what members are called, by login.
        find_department: the id of the department that another text means.

    Raises:
        StoreError: what `find_department` raises.
    """
    logins = {name: login for login, name in members.items()}
    ids = {name: place for place, name in departments.items()}
    coach, department = form.get("coach"), form.get("department")
    if department is not None:
        department = ids[department] if department in ids else find_department(department)
    return replace(
        given,
        name=form.get("name", ""),
        login=form.get("login", ""),
        role=form.get("role", "rep"),
        department=department,
        trainee=form.get("trainee") is True,
        coach=None if coach is None else logins.get(coach, coach),
    )
