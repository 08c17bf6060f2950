"""The papers of customers: five classes, numbered, closed into yearly volumes."""

from typing import TYPE_CHECKING

from store.models.base import MomentField, Table
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


class Volume(Table):
    """The closed papers of one class and one year; nothing in it changes any more."""

    id = AutoField()
    paper_class = TextField()
    year = IntegerField()
    number = TextField(unique=True)
    title = TextField(default="")
    shelf = TextField(default="")
    closed_at = MomentField()
    closed_by = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")
    updated_at = MomentField()
    version = IntegerField(default=1)

    if TYPE_CHECKING:
        closed_by_id: int


class Paper(Table):
    """A document of a card (domain.md section 6): where the paper is, or the file itself.

    `paper_class` is basic, contract, debt, trade or return; `kind` one of its kinds. A file lies
    beside the box under `digest`, the SHA-256 of its content in hexadecimal.
    """

    id = AutoField()
    number = TextField(unique=True)
    card = ForeignKeyField(Card, on_delete="RESTRICT")
    paper_class = TextField()
    kind = TextField()
    title = TextField()
    dated_on = DateField(null=True)
    pages = IntegerField(null=True)
    original = BooleanField(default=False)
    shelf = TextField(default="")
    note = TextField(default="")
    digest = TextField(null=True, index=True)
    file_name = TextField(null=True)
    file_size = IntegerField(null=True)
    media_type = TextField(null=True)
    volume = ForeignKeyField(Volume, null=True, on_delete="RESTRICT")
    place = IntegerField(null=True)
    created_at = MomentField()
    created_by = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")
    updated_at = MomentField()
    version = IntegerField(default=1)
    trashed_at = MomentField(null=True)

    if TYPE_CHECKING:
        card_id: int
        created_by_id: int
        volume_id: int | None
