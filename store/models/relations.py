"""How cards are joined to each other, and the circles that members draw around them."""

from typing import TYPE_CHECKING, Any

from store.models.base import MomentField, Table, json_field
from store.models.cards import Card
from store.models.team import Member

from peewee import (  # isort: skip
    AutoField,
    BooleanField,
    DateField,
    ForeignKeyField,
    IntegerField,
    TextField,
)


class Relationship(Table):
    """What one card is to another (domain.md section 2): `card` is the `kind` of `other`.

    `strength` goes from 1, they have met, to 5, they would do anything for each other.
    """

    id = AutoField()
    card = ForeignKeyField(Card, on_delete="CASCADE", index=False)
    other = ForeignKeyField(Card, on_delete="CASCADE", backref="+")
    kind = TextField()
    strength = IntegerField(null=True)
    note = TextField(default="")
    created_at = MomentField()
    created_by = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")
    updated_at = MomentField()
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("card", "other", "kind"), True),)

    if TYPE_CHECKING:
        card_id: int
        other_id: int
        created_by_id: int


class Referral(Table):
    """Who brought a customer, when and by what means; one of each referrer for each customer.

    The referrer is a card, or only a name. `means` is letter, phone, in_person or other.
    """

    id = AutoField()
    card = ForeignKeyField(Card, on_delete="CASCADE")
    referrer = ForeignKeyField(Card, null=True, on_delete="SET NULL", backref="+")
    referrer_name = TextField(null=True)
    on = DateField(null=True)
    means = TextField(null=True)
    result = TextField(default="")
    reported_on = DateField(null=True)
    thanked_on = DateField(null=True)
    note = TextField(default="")
    created_at = MomentField()
    created_by = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")
    updated_at = MomentField()
    version = IntegerField(default=1)

    if TYPE_CHECKING:
        card_id: int
        referrer_id: int | None
        created_by_id: int


class Club(Table):
    """A named circle of customers (domain.md section 2)."""

    id = AutoField()
    name = TextField()
    purpose = TextField(default="")
    owner = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")
    review_on = DateField(null=True)
    created_at = MomentField()
    updated_at = MomentField()
    version = IntegerField(default=1)
    trashed_at = MomentField(null=True)

    if TYPE_CHECKING:
        owner_id: int


class ClubMember(Table):
    """A customer in a club, and whether he is worth keeping: `verdict` is keep or drop."""

    id = AutoField()
    club = ForeignKeyField(Club, on_delete="CASCADE")
    card = ForeignKeyField(Card, on_delete="CASCADE")
    joined_on = DateField(null=True)
    left_on = DateField(null=True)
    verdict = TextField(null=True)
    reason = TextField(default="")
    reviewed_on = DateField(null=True)
    created_at = MomentField()
    updated_at = MomentField()
    version = IntegerField(default=1)

    if TYPE_CHECKING:
        club_id: int
        card_id: int


class Segment(Table):
    """A saved filter of cards with a name; `shared` with the whole team, or the owner's own."""

    id = AutoField()
    name = TextField()
    query: Any = json_field(default=dict)
    owner = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")
    shared = BooleanField(default=False)
    created_at = MomentField()
    updated_at = MomentField()
    version = IntegerField(default=1)

    if TYPE_CHECKING:
        owner_id: int


class DistinctPair(Table):
    """Two cards that look like one customer, and are not: somebody has looked."""

    id = AutoField()
    card = ForeignKeyField(Card, on_delete="CASCADE", index=False)
    other = ForeignKeyField(Card, on_delete="CASCADE", backref="+")
    created_at = MomentField()
    created_by = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")

    class Meta:
        indexes = ((("card", "other"), True),)

    if TYPE_CHECKING:
        card_id: int
        other_id: int
        created_by_id: int


class Inspection(Table):
    """What a manager says of a card he looked through: `verdict` is approved or sent_back.

    `remarks` are his words by section of the form; "" holds those on the whole card. A card that
    was sent back waits on the owner's Today until `answered_at`.
    """

    id = AutoField()
    card = ForeignKeyField(Card, on_delete="CASCADE")
    inspector = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")
    at = MomentField()
    verdict = TextField()
    remarks: Any = json_field(default=dict)
    answer = TextField(default="")
    answered_by = ForeignKeyField(Member, null=True, on_delete="RESTRICT", index=False, backref="+")
    answered_at = MomentField(null=True)
    updated_at = MomentField()
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("verdict", "answered_at"), False),)

    if TYPE_CHECKING:
        card_id: int
        inspector_id: int
        answered_by_id: int | None
