"""The whole card: relationships, referrals, clubs, segments, inspections, papers; risk, merging.

Schools and honours, which were words and a text, become rows.
"""

import json

from peewee import (  # isort: skip
    AutoField,
    BooleanField,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    JSONField,
    Model,
    TextField,
)

COLUMNS = (
    "ALTER TABLE card ADD COLUMN risk INTEGER",
    "ALTER TABLE card ADD COLUMN value_pinned INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE card ADD COLUMN put_off_until DATE",
    "ALTER TABLE card ADD COLUMN review_on DATE",
    # Up to now every value grade was set by hand.
    "UPDATE card SET value_pinned = 1 WHERE value_grade IS NOT NULL",
    "ALTER TABLE card ADD COLUMN merged_into_id INTEGER REFERENCES card (id) ON DELETE SET NULL",
    "ALTER TABLE affiliation ADD COLUMN note TEXT",
    "ALTER TABLE affiliation ADD COLUMN position INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX card_merged_into_id ON card (merged_into_id)",
    # Few cards are put off, or at risk.
    "CREATE INDEX card_put_off ON card (put_off_until) WHERE put_off_until IS NOT NULL",
    "CREATE INDEX card_risk ON card (trashed_at) WHERE risk",
    # Changes of grades and owners among all others (store.transitions).
    "CREATE INDEX change_graded ON change (change_set_id) WHERE \"table\" = 'card' "
    "AND before <> '' AND (instr(before, '\"lifecycle\":') > 0 "
    "OR instr(before, '\"likelihood\":') > 0 OR instr(before, '\"value_grade\":') > 0 "
    "OR instr(before, '\"credit_grade\":') > 0 OR instr(before, '\"owner_id\":') > 0)",
    "CREATE INDEX card_standing ON card (id, owner_id, department_id, trashed_at)",
)

REFERRALS = (
    """INSERT INTO referral (id, card_id, referrer_id, referrer_name, "on", result, note,
    created_at, created_by_id, updated_at, version)
    SELECT row_number() OVER (ORDER BY id), id, referrer_card_id, referrer_name,
    CASE WHEN met_on BETWEEN '1900-01-01' AND '2199-12-31' THEN met_on END, '', '',
    created_at, created_by_id, created_at, 1 FROM card
    WHERE referrer_card_id IS NOT NULL OR coalesce(referrer_name, '') <> ''""",
    "INSERT INTO counter (name, value) "
    "SELECT 'referral', many FROM (SELECT count(*) AS many FROM referral) WHERE many > 0",
)
"""The referrers that cards name already, as referrals."""

AFTERWARDS = (
    "ALTER TABLE loan ADD COLUMN paper_id INTEGER REFERENCES paper (id) ON DELETE SET NULL",
    "CREATE INDEX loan_paper_id ON loan (paper_id)",
)
"""What names tables that are made here."""


def up(migrator, db):
    """Make the tables and columns of the whole card."""
    for statement in COLUMNS:
        db.execute_sql(statement)
    _bring_over(db)

    class Bound(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Member(Bound):
        id = AutoField()

    class Card(Bound):
        id = AutoField()

    class Relationship(Bound):
        id = AutoField()
        card = ForeignKeyField(Card, on_delete="CASCADE", index=False)
        other = ForeignKeyField(Card, on_delete="CASCADE", backref="+")
        kind = TextField()
        strength = IntegerField(null=True)
        note = TextField(default="")
        created_at = DateTimeField()
        created_by = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")
        updated_at = DateTimeField()
        version = IntegerField(default=1)

        class Meta:
            indexes = ((("card", "other", "kind"), True),)

    class Referral(Bound):
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
        created_at = DateTimeField()
        created_by = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")
        updated_at = DateTimeField()
        version = IntegerField(default=1)

    class Club(Bound):
        id = AutoField()
        name = TextField()
        purpose = TextField(default="")
        owner = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")
        review_on = DateField(null=True)
        created_at = DateTimeField()
        updated_at = DateTimeField()
        version = IntegerField(default=1)
        trashed_at = DateTimeField(null=True)

    class ClubMember(Bound):
        id = AutoField()
        club = ForeignKeyField(Club, on_delete="CASCADE")
        card = ForeignKeyField(Card, on_delete="CASCADE")
        joined_on = DateField(null=True)
        left_on = DateField(null=True)
        verdict = TextField(null=True)
        reason = TextField(default="")
        reviewed_on = DateField(null=True)
        created_at = DateTimeField()
        updated_at = DateTimeField()
        version = IntegerField(default=1)

    class Segment(Bound):
        id = AutoField()
        name = TextField()
        query = JSONField(default=dict)
        owner = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")
        shared = BooleanField(default=False)
        created_at = DateTimeField()
        updated_at = DateTimeField()
        version = IntegerField(default=1)

    class DistinctPair(Bound):
        id = AutoField()
        card = ForeignKeyField(Card, on_delete="CASCADE", index=False)
        other = ForeignKeyField(Card, on_delete="CASCADE", backref="+")
        created_at = DateTimeField()
        created_by = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")

        class Meta:
            indexes = ((("card", "other"), True),)

    class Inspection(Bound):
        id = AutoField()
        card = ForeignKeyField(Card, on_delete="CASCADE")
        inspector = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")
        at = DateTimeField()
        verdict = TextField()
        remarks = JSONField(default=dict)
        answer = TextField(default="")
        answered_by = ForeignKeyField(
            Member, null=True, on_delete="RESTRICT", index=False, backref="+"
        )
        answered_at = DateTimeField(null=True)
        updated_at = DateTimeField()
        version = IntegerField(default=1)

        class Meta:
            indexes = ((("verdict", "answered_at"), False),)

    class Volume(Bound):
        id = AutoField()
        paper_class = TextField()
        year = IntegerField()
        number = TextField(unique=True)
        title = TextField(default="")
        shelf = TextField(default="")
        closed_at = DateTimeField()
        closed_by = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")
        updated_at = DateTimeField()
        version = IntegerField(default=1)

    class Paper(Bound):
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
        created_at = DateTimeField()
        created_by = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")
        updated_at = DateTimeField()
        version = IntegerField(default=1)
        trashed_at = DateTimeField(null=True)

    db.create_tables(
        [
            *(Relationship, Referral, Club, ClubMember, Segment),
            *(DistinctPair, Inspection, Volume, Paper),
        ]
    )
    for statement in (*REFERRALS, *AFTERWARDS):
        db.execute_sql(statement)


def _bring_over(db):
    """Write anew the profiles that hold something in its former shape."""
    from store.former_fields import brought_over, is_former

    found = db.execute_sql(
        "SELECT id, kind, profile FROM card WHERE profile LIKE '%\"schools\":%' "
        'OR profile LIKE \'%"honours":"%\''
    ).fetchall()
    for card, kind, text in found:
        profile = json.loads(text)
        if is_former(profile):
            now = json.dumps(
                brought_over(kind, profile),
                ensure_ascii=False,
                sort_keys=True,
                separators=(",", ":"),
            )
            db.execute_sql("UPDATE card SET profile = ? WHERE id = ?", [now, card])
