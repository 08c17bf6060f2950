"""What members share: loans of cards, releases to roles, remarks to a colleague."""

from typing import TYPE_CHECKING, Any

from store.models.base import MomentField, Table, json_field
from store.models.cards import Card
from store.models.interactions import Interaction
from store.models.papers import Paper
from store.models.team import Department, Member
from store.models.todos import Todo

from peewee import AutoField, ForeignKeyField, IntegerField, TextField  # isort: skip


class Loan(Table):
    """A card that a member asks to see, or papers that he takes from the shelf (domain.md 6).

    `kind` is `access` or `paper`; `status` is asked, withdrawn, lent, refused, returned or
    recalled. An access ends by itself at `due_at`; `sections` are keys of the card's form, none
    for all of it, `papers` among them for its papers. `paper` is set where a listed one was lent.
    """

    id = AutoField()
    card = ForeignKeyField(Card, on_delete="RESTRICT", index=False)
    member = ForeignKeyField(Member, on_delete="RESTRICT", index=False)
    kind = TextField(default="access")
    paper = ForeignKeyField(Paper, null=True, on_delete="SET NULL", backref="+")
    what = TextField(default="")
    pages = IntegerField(null=True)
    sections: Any = json_field(null=True)
    reason = TextField(default="")
    status = TextField(default="asked")
    asked_at = MomentField()
    days = IntegerField(default=0)
    decided_by = ForeignKeyField(Member, null=True, on_delete="RESTRICT", index=False, backref="+")
    decided_at = MomentField(null=True)
    approved_by = ForeignKeyField(Member, null=True, on_delete="RESTRICT", index=False, backref="+")
    answer = TextField(default="")
    due_at = MomentField(null=True)
    returned_at = MomentField(null=True)
    version = IntegerField(default=1)
    updated_at = MomentField()

    class Meta:
        indexes = (
            (("member", "status", "due_at"), False),
            (("card", "status"), False),
            (("status", "due_at"), False),
        )

    if TYPE_CHECKING:
        card_id: int
        member_id: int
        paper_id: int | None
        decided_by_id: int | None
        approved_by_id: int | None


class CardRelease(Table):
    """What a role, or one member, gets of a department's cards that are not his own.

    `level` is `released` (name, organisation, title) or `whole`; no department means all of them.
    """

    id = AutoField()
    department = ForeignKeyField(Department, null=True, on_delete="RESTRICT", index=False)
    role = TextField(null=True)
    member = ForeignKeyField(Member, null=True, on_delete="RESTRICT", index=False)
    level = TextField()
    reason = TextField(default="")
    given_by = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")
    given_at = MomentField()
    ends_at = MomentField(null=True)
    taken_back_at = MomentField(null=True)
    version = IntegerField(default=1)
    updated_at = MomentField()

    if TYPE_CHECKING:
        department_id: int | None
        member_id: int | None
        given_by_id: int


class Remark(Table):
    """A word to a colleague, which waits on his Today until he is done with it.

    `kind` is `remark`, or `guidance` of a manager.
    """

    id = AutoField()
    kind = TextField(default="remark")
    text = TextField()
    author = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")
    addressee = ForeignKeyField(Member, on_delete="RESTRICT", index=False)
    card = ForeignKeyField(Card, null=True, on_delete="RESTRICT")
    interaction = ForeignKeyField(Interaction, null=True, on_delete="SET NULL", index=False)
    todo = ForeignKeyField(Todo, null=True, on_delete="SET NULL", index=False)
    answers = ForeignKeyField("self", null=True, on_delete="SET NULL", backref="+")
    created_at = MomentField()
    done_at = MomentField(null=True)
    version = IntegerField(default=1)
    updated_at = MomentField()
    trashed_at = MomentField(null=True)

    class Meta:
        indexes = ((("addressee", "trashed_at", "done_at"), False),)

    if TYPE_CHECKING:
        author_id: int
        addressee_id: int
        card_id: int | None
        interaction_id: int | None
        todo_id: int | None
        answers_id: int | None
