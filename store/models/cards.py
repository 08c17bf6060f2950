"""Cards and what stands on them."""

from typing import TYPE_CHECKING, Any

from store.models.base import MomentField, Table, json_field
from store.models.team import Department, Member

from peewee import (  # isort: skip
    AutoField,
    BigIntegerField,
    BooleanField,
    DateField,
    ForeignKeyField,
    IntegerField,
    TextField,
)


class Card(Table):
    """A person or an organisation. What lists filter, sort or count by has a column."""

    id = AutoField()
    number = TextField(unique=True)
    kind = TextField()
    name = TextField()
    short_name = TextField(null=True)
    sort_key = TextField(default="")
    owner = ForeignKeyField(Member, on_delete="RESTRICT")
    department = ForeignKeyField(Department, null=True, on_delete="RESTRICT")
    created_at = MomentField()
    created_by = ForeignKeyField(Member, on_delete="RESTRICT", backref="+", index=False)
    updated_at = MomentField()
    updated_by = ForeignKeyField(Member, on_delete="RESTRICT", backref="+", index=False)
    version = IntegerField(default=1)
    trashed_at = MomentField(null=True)
    lifecycle = TextField(default="prospect")
    likelihood = TextField(default="unclassified")
    value_grade = TextField(null=True)
    importance = TextField(null=True)
    credit_grade = TextField(null=True)
    credit_limit = BigIntegerField(null=True)
    risk = BooleanField(null=True)
    value_pinned = BooleanField(default=False)
    put_off_until = DateField(null=True)
    review_on = DateField(null=True)
    merged_into = ForeignKeyField("self", null=True, on_delete="SET NULL", backref="+")
    category = TextField(null=True)
    ownership = TextField(null=True)
    industry = TextField(null=True)
    region = TextField(null=True)
    city = TextField(null=True)
    circle = TextField(null=True)
    route_order = IntegerField(null=True)
    tags: Any = json_field(null=True)
    source = TextField(null=True)
    referrer_card = ForeignKeyField("self", null=True, on_delete="SET NULL", backref="+")
    referrer_name = TextField(null=True)
    met_on = DateField(null=True)
    profile: Any = json_field(default=dict)
    extras: Any = json_field(null=True)
    organisation_name = TextField(default="")
    title = TextField(default="")
    phone = TextField(default="")
    last_contact_at = MomentField(null=True)
    next_on = DateField(null=True)
    next_step = TextField(default="")
    review_due_on = DateField(null=True)
    completeness = IntegerField(default=0)

    class Meta:
        indexes = (
            (("trashed_at", "last_contact_at"), False),
            (("trashed_at", "sort_key"), False),
            (("owner", "trashed_at", "last_contact_at"), False),
            (("name",), False),
            (("short_name",), False),
            (("trashed_at", "review_due_on"), False),
            (("trashed_at", "next_on"), False),
            (("lifecycle",), False),
        )

    if TYPE_CHECKING:
        owner_id: int
        department_id: int | None
        created_by_id: int
        updated_by_id: int
        referrer_card_id: int | None
        merged_into_id: int | None


class ContactPoint(Table):
    """A way to reach a card; `kind` is the form's key, the lowest position is preferred."""

    id = AutoField()
    card = ForeignKeyField(Card, on_delete="CASCADE")
    kind = TextField()
    value = TextField()
    normal = TextField(default="")
    label = TextField(default="")
    position = IntegerField(default=0)

    class Meta:
        indexes = ((("normal", "kind"), False),)

    if TYPE_CHECKING:
        card_id: int


class Affiliation(Table):
    """A person's place at an organisation."""

    id = AutoField()
    person = ForeignKeyField(Card, on_delete="CASCADE", backref="+")
    organisation = ForeignKeyField(Card, on_delete="CASCADE", backref="+")
    title = TextField(null=True)
    org_department = TextField(null=True)
    department_kind = TextField(null=True)
    level = TextField(null=True)
    role = TextField(null=True)
    influence = IntegerField(null=True)
    attitude = TextField(null=True)
    faction = TextField(null=True)
    reports_to = ForeignKeyField(Card, null=True, on_delete="SET NULL", backref="+")
    matters = TextField(null=True)
    quality = TextField(null=True)
    since = DateField(null=True)
    until = DateField(null=True)
    main = BooleanField(default=True)
    note = TextField(null=True)
    position = IntegerField(default=0)

    if TYPE_CHECKING:
        person_id: int
        organisation_id: int
        reports_to_id: int | None


class FamilyMember(Table):
    """Somebody of the family of a person."""

    id = AutoField()
    card = ForeignKeyField(Card, on_delete="CASCADE")
    name = TextField()
    relation = TextField(null=True)
    employer = TextField(null=True)
    job = TextField(null=True)
    phone = TextField(null=True)
    education = TextField(null=True)
    interests = TextField(null=True)
    note = TextField(null=True)
    position = IntegerField(default=0)

    if TYPE_CHECKING:
        card_id: int


class Occasion(Table):
    """A yearly date as it was said, never as it was converted (calendar.md).

    `kept` tells, of a solar and a lunar birthday, the one that is celebrated.
    """

    id = AutoField()
    card = ForeignKeyField(Card, on_delete="CASCADE")
    family_member = ForeignKeyField(FamilyMember, null=True, on_delete="CASCADE")
    kind = TextField()
    calendar = TextField()
    year = IntegerField(null=True)
    month = IntegerField()
    day = IntegerField()
    leap = BooleanField(default=False)
    kept = BooleanField(default=True)
    note = TextField(default="")
    position = IntegerField(default=0)

    class Meta:
        indexes = ((("calendar", "month", "day"), False),)

    if TYPE_CHECKING:
        card_id: int
        family_member_id: int | None


class CardFact(Table):
    """A value of an indexed field, to find cards that share it (same school, same tag)."""

    id = AutoField()
    card = ForeignKeyField(Card, on_delete="CASCADE")
    key = TextField()
    value = TextField()

    class Meta:
        indexes = ((("key", "value"), False),)

    if TYPE_CHECKING:
        card_id: int
