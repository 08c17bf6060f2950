"""Who the members of an exported box are in this one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.exchange.box_reading import BoxMember
from store.models.base import database
from store.models.team import Department, Member
from store.recorder import Recorder
from store.rights import KEEPING, Right, condition, may_manage_team, members_below

if TYPE_CHECKING:
    from store.desk import Desk


class Members:
    """Finds the members that a file names, and makes those who are missing.

    A file gives nobody rights: whom it brings may not work here before an administrator says so.
    The only member of a file is whoever reads it: he changed his computer, and his name with it.
    Who entered, said or wanted something is as the file says where the reader stands above him;
    else anybody could put words into a colleague's mouth.

    Args:
        empty: nothing was ever entered here, so that the box may become the one of the file.
    """

    def __init__(
        self, desk: "Desk", change: Recorder, members: Sequence[BoxMember], empty: bool
    ) -> None:
        self.change = change
        self.me = desk.member.id
        keeps_files = condition(desk, Right.HAND) is None
        self._keeps = desk.member.role in KEEPING
        self._below = None if keeps_files else members_below(desk.member)
        self._departments: dict[tuple[str, ...], int | None] = {(): None}
        self._ids: dict[str, int] = {
            login: row_id
            for row_id, login in database.execute_sql("SELECT id, login FROM member").fetchall()
        }
        self._places: dict[int, int | None] = dict(
            database.execute_sql("SELECT id, department_id FROM member").fetchall()
        )
        self._strangers: set[str] = set()
        """Logins of those of several members who are not here, and whom the reader cannot make."""
        self._as_said = empty and self._below is None
        alone = empty and len(self._ids) == 1
        for member in members:
            if alone and (member.login == desk.member.login or len(members) == 1):
                self._become(member)
            elif member.login not in self._ids:
                makes = len(members) > 1 and may_manage_team(desk)
                made = self._make(member) if makes else self.me
                if len(members) > 1 and not makes:
                    self._strangers.add(member.login)
                self._ids[member.login] = made
                if made not in self._places:
                    self._places[made] = self.department(member.department)

    def _become(self, member: BoxMember) -> None:
        self.change.update(
            Member,
            self.me,
            {
                "login": member.login,
                "name": member.name,
                "department_id": self.department(member.department),
            },
        )
        self._ids[member.login] = self.me

    def _make(self, member: BoxMember) -> int:
        return self.change.insert(
            Member,
            {
                "login": member.login,
                "name": member.name,
                "department_id": self.department(member.department),
                "active": False,
            },
        )

    def id_of(self, login: str | None) -> int:
        """The member of a login, where the reader may speak for him; else the reader himself."""
        member = self._ids.get(login or "", self.me)
        return member if self.stands_above(member) else self.me

    @property
    def below(self) -> frozenset[int] | None:
        """Himself and those below him, for whom the reader speaks; None for everybody: he stands
        above all, or keeps the files.
        """
        return None if self._below is None else frozenset(self._below)

    def known(self, login: str | None) -> int | None:
        """The member of a login, whoever the reader is; None where there is none."""
        return None if login in self._strangers else self._ids.get(login or "")

    def speaks_for(self, login: str | None) -> bool:
        """Whether the reader may say what this member said."""
        member = self.known(login)
        return member is not None and self.stands_above(member)

    def stands_above(self, member: int) -> bool:
        """Whether the reader stands above a member, or is he himself."""
        return self._below is None or member in self._below

    def inspects_for(self, inspector: int, owner: int) -> bool:
        """Whether the reader may bring a verdict on an owner's card: he could give it himself, or
        keeps the files and brings what was said of others.
        """
        if self._below is None:
            return not (self._keeps and owner == self.me)
        return owner in self._below - {self.me, inspector}

    def department_of(self, owner: int, path: tuple[str, ...]) -> int | None:
        """Where a card belongs: to its owner's department; in an empty box as the file says."""
        return self.department(path) if self._as_said else self._places[owner]

    def department(self, path: tuple[str, ...]) -> int | None:
        """The department of this path, made where it is missing."""
        if path not in self._departments:
            self._departments[path] = self._find_or_make(path[-1], self.department(path[:-1]))
        return self._departments[path]

    def _find_or_make(self, name: str, above: int | None) -> int:
        condition = "parent_id IS NULL" if above is None else f"parent_id = {above:d}"
        found = database.execute_sql(
            f"SELECT id FROM department WHERE name = ? AND {condition} ORDER BY id", [name]
        ).fetchone()
        if found:
            return int(found[0])
        return self.change.insert(Department, {"name": name, "parent_id": above})
