"""The trail: what was changed, by whom, when; append only."""

from typing import TYPE_CHECKING

from store.models.base import MomentField, Table
from store.models.team import Member

from peewee import AutoField, ForeignKeyField, IntegerField, TextField  # isort: skip


class Counter(Table):
    """The last number given out for a table's ids or for cards' numbers."""

    name = TextField(primary_key=True)
    value = IntegerField()


class ChangeSet(Table):
    """One use case: everything it changed stands or falls together.

    `hash` covers `previous_hash`, who, when, where from, what for and the digests of the changes.
    `place` is the key and the address of a session over SSH, empty on one's own computer.
    """

    id = AutoField()
    member = ForeignKeyField(Member, on_delete="RESTRICT", index=False)
    origin = TextField()
    at = MomentField()
    summary = TextField()
    undoes = ForeignKeyField("self", null=True, on_delete="RESTRICT")
    previous_hash = TextField()
    hash = TextField()
    place = TextField(default="")

    class Meta:
        indexes = ((("member", "id"), False), (("at",), False))

    if TYPE_CHECKING:
        member_id: int
        undoes_id: int | None


class Change(Table):
    """One record before and after, as canonical JSON text, with its salted digest.

    `before` is empty for a new record and `after` for one taken away. `card` is the card whose
    history it belongs to.
    """

    id = AutoField()
    change_set = ForeignKeyField(ChangeSet, on_delete="RESTRICT")
    table = TextField()
    row = IntegerField()
    card = IntegerField(null=True, index=True)
    before = TextField()
    after = TextField()
    salt = TextField()
    digest = TextField()

    class Meta:
        indexes = ((("table", "row"), False),)

    if TYPE_CHECKING:
        change_set_id: int
