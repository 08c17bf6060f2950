"""A member of the team, to add or to change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from screens.form_screen import FormScreen
from store.forms.declaration import Form, Values, load_form
from store.language import N_, _
from store.member_form import (
    department_labels,
    member_as_form,
    member_from_form,
    member_labels,
)
from store.records.team import MemberRow, MemberValues

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk


class MemberForm(FormScreen[MemberRow]):
    """Somebody who works here: login, name, role, department; gives the member."""

    HELP = N_(
        "The role says what a member may do. Whoever changes his department takes his customers "
        "along. The login stands in his key and behind @ in remarks."
    )

    def __init__(self, desk: Background, login: str | None = None) -> None:
        """Make the page.

        Args:
            desk: as of every screen.
            login: the member to change; None for a new one.
        """
        super().__init__(desk, is_new=login is None)
        self.login = login
        self.given = MemberValues("", "")
        self.departments: dict[int, str] = {}
        """What departments are called in the form, by id."""
        self.members: dict[str, str] = {}
        """What members are called in the form, by login."""

    @property
    def draft_key(self) -> str:
        """Under which unsaved words are kept."""
        return f"member:{self.login or ''}"

    async def begin(self) -> Values:
        """Read what the member, the departments and his colleagues are called."""
        await self.desk.read(self._read_names)
        return member_as_form(self.given, self.departments, self.members)

    def _read_names(self, desk: Desk) -> None:
        self.departments = department_labels(desk.departments.all())
        self.members = member_labels(desk.team.members())
        if self.login is not None:
            self.given = desk.team.member(self.login).values

    def declared(self) -> Form:
        """What is said of a member."""
        return load_form("member")

    def heading(self) -> str:
        """Whose page it is."""
        if self.login is None:
            return _("New member")
        return _("Member: {name}").format(name=self.given.name)

    def options(self) -> dict[str, Any]:
        """The departments, and the members who could be the coach."""
        coaches = [name for login, name in self.members.items() if login != self.login]
        return {"known": {"department": [*self.departments.values()], "coach": coaches}}

    def present(self, desk: Desk) -> Values:
        """The member as he is stored now."""
        assert self.login is not None
        return member_as_form(desk.team.member(self.login).values, self.departments, self.members)

    def write(self, desk: Desk, base: Values, values: Values) -> MemberRow:
        """Add the member, or save what was changed of him."""
        after = self._member(desk, values)
        if self.login is None:
            return desk.team.add(
                *(after.login, after.name, after.role, after.department),
                *(after.trainee, after.coach),
            )
        return desk.team.change(self.login, self._member(desk, base), after)

    def _member(self, desk: Desk, values: Values) -> MemberValues:
        from store.errors import BadValue, NotFound

        def find(text: str) -> int:
            try:
                return desk.departments.resolve(text).id
            except NotFound as error:
                raise BadValue(error.message, field="department", **error.values) from error

        return member_from_form(values, self.given, self.departments, self.members, find)

    def told(self, result: MemberRow) -> str:
        """What comes next for a new member."""
        if self.login is None:
            told = _("{name} can work here once there is a key: shuke key add {login}")
            return told.format(name=result.name, login=result.login)
        return super().told(result)
