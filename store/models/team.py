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
    trainee = BooleanField(default=False)
    coach = ForeignKeyField("self", null=True, on_delete="RESTRICT", backref="+", index=False)
    left_at = MomentField(null=True)

    if TYPE_CHECKING:
        department_id: int | None
        coach_id: int | None


class PublicKey(Table):
    """An SSH public key with which a member comes in: `kind blob` is its line in OpenSSH's form."""

    id = AutoField()
    member = ForeignKeyField(Member, on_delete="CASCADE")
    kind = TextField()
    blob = TextField()
    fingerprint = TextField(unique=True)
    comment = TextField(default="")
    added_at = MomentField()
    added_by = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")

    if TYPE_CHECKING:
        member_id: int
        added_by_id: int


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
