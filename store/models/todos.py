"""To-dos."""

from typing import TYPE_CHECKING, Any

from store.models.base import MomentField, Table, json_field
from store.models.cards import Card
from store.models.interactions import Interaction
from store.models.team import Member

from peewee import (  # isort: skip
    AutoField,
    BooleanField,
    DateField,
    ForeignKeyField,
    IntegerField,
    TextField,
)


class Todo(Table):
    """Something to do, ours or a promise of the customer's (`side` is `theirs`).

    `urgent` is what was said; `pinned` tells that a member put it into its quadrant by hand, so
    that the nearness of its due date no longer moves it. `repeat` is an RFC 5545 rule.
    """

    id = AutoField()
    title = TextField()
    note = TextField(null=True)
    important = BooleanField(default=False)
    urgent = BooleanField(default=False)
    pinned = BooleanField(default=False)
    due_on = DateField(null=True)
    due_time = TextField(null=True)
    repeat = TextField(null=True)
    owner = ForeignKeyField(Member, on_delete="RESTRICT", index=False)
    asked_by = ForeignKeyField(Member, null=True, on_delete="RESTRICT", backref="+", index=False)
    side = TextField(default="ours")
    card = ForeignKeyField(Card, null=True, on_delete="RESTRICT")
    interaction = ForeignKeyField(Interaction, null=True, on_delete="SET NULL")
    tags: Any = json_field(null=True)
    snoozed_until = DateField(null=True)
    done_at = MomentField(null=True)
    result = TextField(null=True)
    created_at = MomentField()
    created_by = ForeignKeyField(Member, on_delete="RESTRICT", backref="+", index=False)
    updated_at = MomentField()
    version = IntegerField(default=1)
    trashed_at = MomentField(null=True)

    class Meta:
        indexes = ((("owner", "done_at", "trashed_at", "due_on"), False),)

    if TYPE_CHECKING:
        owner_id: int
        asked_by_id: int | None
        card_id: int | None
        interaction_id: int | None
        created_by_id: int
