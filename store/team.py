"""Who works with the box: members, trainees and coaches, leaving and coming back."""

from typing import TYPE_CHECKING

from store.arguments import checks_arguments
from store.records.team import MemberRow, OwnPlace
from store.rights import may_manage_team, members_below
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk


@explains_trouble
@checks_arguments
class Team:
    """The members, as whoever is at the desk may know and set them up."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def own_place(self) -> OwnPlace:
        """Where the member himself stands, as it is now."""
        from store.team_rows import is_alone, leads_somebody

        self.desk.look_at_member()
        return OwnPlace(
            self.desk.member.role,
            is_alone(),
            may_manage_team(self.desk),
            leads_somebody(self.desk.member),
        )

    def members(self, gone: bool = False) -> list[MemberRow]:
        """Everybody who works here, by department and name.

        Args:
            gone: also those who left, at the end.
        """
        from store.team_rows import member_rows

        known = None if may_manage_team(self.desk) else members_below(self.desk.member)
        return member_rows(known, gone=gone)
