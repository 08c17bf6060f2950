"""Members, departments, settings."""

from typing import TYPE_CHECKING, Any

from store.models.base import MomentField, Table, json_field

from peewee import AutoField, BooleanField, ForeignKeyField, TextField  # isort: skip


class Department(Table):
    """A department; the tree has one root per company."""

    id = AutoField()
    name = TextField()
    parent = ForeignKeyField("self", null=True, on_delete="RESTRICT")

    if TYPE_CHECKING:
        parent_id: int | None


class Member(Table):
    """Somebody who works with the box."""

    id = AutoField()
    login = TextField(unique=True)
    name = TextField()
    role = TextField(default="rep")
    department = ForeignKeyField(Department, null=True, on_delete="RESTRICT")
    active = BooleanField(default=True)
    created_at = MomentField()

    if TYPE_CHECKING:
        department_id: int | None


class Setting(Table):
    """A setting of one member, or of the box where there is no member."""

    id = AutoField()
    member = ForeignKeyField(Member, null=True, on_delete="CASCADE")
    key = TextField()
    value: Any = json_field()

    class Meta:
        indexes = ((("member", "key"), True),)

    if TYPE_CHECKING:
        member_id: int | None
