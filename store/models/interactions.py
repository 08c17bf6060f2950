"""The contact log."""

from typing import TYPE_CHECKING, Any

from store.models.base import MomentField, Table, json_field
from store.models.cards import Card
from store.models.team import Member

from peewee import (  # isort: skip
    AutoField,
    BigIntegerField,
    BooleanField,
    DateField,
    ForeignKeyField,
    IntegerField,
    TextField,
)


class Interaction(Table):
    """One talk, visit or message with a customer (domain.md section 3)."""

    id = AutoField()
    card = ForeignKeyField(Card, on_delete="RESTRICT", index=False)
    member = ForeignKeyField(Member, on_delete="RESTRICT", index=False)
    at = MomentField()
    length = IntegerField(null=True)
    place = TextField(null=True)
    method = TextField(default="other")
    topic = TextField(null=True)
    purpose = TextField(null=True)
    reached = BooleanField(default=True)
    not_reached_reason = TextField(null=True)
    interest = IntegerField(null=True)
    minutes = TextField(null=True)
    words = TextField(null=True)
    mood = TextField(null=True)
    insight = TextField(null=True)
    feedback_kind = TextField(null=True)
    feedback = TextField(null=True)
    agreed = TextField(null=True)
    services = TextField(null=True)
    cost = BigIntegerField(null=True)
    gifts = TextField(null=True)
    verdict = TextField(null=True)
    next_on = DateField(null=True)
    next_method = TextField(null=True)
    next_purpose = TextField(null=True)
    extras: Any = json_field(null=True)
    created_at = MomentField()
    updated_at = MomentField()
    version = IntegerField(default=1)
    trashed_at = MomentField(null=True)

    class Meta:
        indexes = (
            (("card", "trashed_at", "at"), False),
            (("trashed_at", "at"), False),
            (("member", "trashed_at", "at"), False),
        )

    if TYPE_CHECKING:
        card_id: int
        member_id: int


class InteractionCard(Table):
    """A further card that took part in an interaction."""

    id = AutoField()
    interaction = ForeignKeyField(Interaction, on_delete="CASCADE")
    card = ForeignKeyField(Card, on_delete="CASCADE")

    if TYPE_CHECKING:
        interaction_id: int
        card_id: int
