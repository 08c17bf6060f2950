"""Members as plain values."""

from store.models.team import Member
from store.records.team import MemberRecord


def member_record(member: Member) -> MemberRecord:
    """The plain value of a member's row."""
    return MemberRecord(
        member.id, member.login, member.name, member.role, member.department_id, member.active
    )
