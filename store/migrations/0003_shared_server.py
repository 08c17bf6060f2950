"""The shared server: keys, trainees, loans, releases, remarks; the trail can only be added to."""

from store.append_only import APPEND_ONLY

from peewee import (  # isort: skip
    AutoField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    JSONField,
    Model,
    SqliteDatabase,
    TextField,
)

COLUMNS = (
    "ALTER TABLE member ADD COLUMN trainee INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE member ADD COLUMN coach_id INTEGER REFERENCES member (id) ON DELETE RESTRICT",
    "ALTER TABLE member ADD COLUMN left_at DATETIME",
    "ALTER TABLE change_set ADD COLUMN place TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX change_set_at ON change_set (at)",
    "CREATE INDEX card_department_id_trashed_at_last_contact_at "
    "ON card (department_id, trashed_at, last_contact_at)",
)


def up(migrator, db):
    """Make the tables and columns that a team needs."""
    for statement in COLUMNS:
        db.execute_sql(statement)

    class Bound(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Department(Bound):
        id = AutoField()

    class Member(Bound):
        id = AutoField()

    class Card(Bound):
        id = AutoField()

    class Interaction(Bound):
        id = AutoField()

    class Todo(Bound):
        id = AutoField()

    class PublicKey(Bound):
        id = AutoField()
        member = ForeignKeyField(Member, on_delete="CASCADE")
        kind = TextField()
        blob = TextField()
        fingerprint = TextField(unique=True)
        comment = TextField(default="")
        added_at = DateTimeField()
        added_by = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")

    class Loan(Bound):
        id = AutoField()
        card = ForeignKeyField(Card, on_delete="RESTRICT", index=False)
        member = ForeignKeyField(Member, on_delete="RESTRICT", index=False)
        kind = TextField(default="access")
        what = TextField(default="")
        pages = IntegerField(null=True)
        sections = JSONField(null=True)
        reason = TextField(default="")
        status = TextField(default="asked")
        asked_at = DateTimeField()
        days = IntegerField(default=0)
        decided_by = ForeignKeyField(
            Member, null=True, on_delete="RESTRICT", index=False, backref="+"
        )
        decided_at = DateTimeField(null=True)
        approved_by = ForeignKeyField(
            Member, null=True, on_delete="RESTRICT", index=False, backref="+"
        )
        answer = TextField(default="")
        due_at = DateTimeField(null=True)
        returned_at = DateTimeField(null=True)
        version = IntegerField(default=1)
        updated_at = DateTimeField()

        class Meta:
            indexes = (
                (("member", "status", "due_at"), False),
                (("card", "status"), False),
                (("status", "due_at"), False),
            )

    class CardRelease(Bound):
        id = AutoField()
        department = ForeignKeyField(Department, null=True, on_delete="RESTRICT", index=False)
        role = TextField(null=True)
        member = ForeignKeyField(Member, null=True, on_delete="RESTRICT", index=False)
        level = TextField()
        reason = TextField(default="")
        given_by = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")
        given_at = DateTimeField()
        ends_at = DateTimeField(null=True)
        taken_back_at = DateTimeField(null=True)
        version = IntegerField(default=1)
        updated_at = DateTimeField()

    class Remark(Bound):
        id = AutoField()
        kind = TextField(default="remark")
        text = TextField()
        author = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")
        addressee = ForeignKeyField(Member, on_delete="RESTRICT", index=False)
        card = ForeignKeyField(Card, null=True, on_delete="RESTRICT")
        interaction = ForeignKeyField(Interaction, null=True, on_delete="SET NULL", index=False)
        todo = ForeignKeyField(Todo, null=True, on_delete="SET NULL", index=False)
        answers = ForeignKeyField("self", null=True, on_delete="SET NULL", backref="+")
        created_at = DateTimeField()
        done_at = DateTimeField(null=True)
        version = IntegerField(default=1)
        updated_at = DateTimeField()
        trashed_at = DateTimeField(null=True)

        class Meta:
            indexes = ((("addressee", "trashed_at", "done_at"), False),)

    db.create_tables([PublicKey, Loan, CardRelease, Remark])
    if isinstance(db, SqliteDatabase):
        for statement in APPEND_ONLY.values():
            db.execute_sql(statement)
