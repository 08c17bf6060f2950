"""The first schema: cards, contact log, to-dos, team, trail and search."""

from peewee import (
    BigIntegerField,
    BooleanField,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    JSONField,
    Model,
    SqliteDatabase,
    TextField,
)

SQLITE = (
    # Without column sizes: only bm25 would want them, and each record would take a row more.
    "CREATE VIRTUAL TABLE search_card USING fts5("
    "name, organisation, title, contact, other, tokenize='unicode61', prefix='1 2 3', columnsize=0)",
    "CREATE VIRTUAL TABLE search_interaction USING fts5("
    "topic, words, tokenize='unicode61', prefix='1 2 3', columnsize=0)",
    "CREATE INDEX interaction_greeting ON interaction (json_extract(extras, '$.greeting')) "
    "WHERE extras IS NOT NULL",
)


def up(migrator, db):
    """Make every table."""

    class Department(Model):
        name = TextField()
        parent = ForeignKeyField("self", null=True, on_delete="RESTRICT")

        class Meta:
            database = db
            table_name = "department"

    db.create_tables([Department])

    class Member(Model):
        login = TextField(unique=True)
        name = TextField()
        role = TextField(default="rep")
        department = ForeignKeyField(Department, null=True, on_delete="RESTRICT")
        active = BooleanField(default=True)
        created_at = DateTimeField()

        class Meta:
            database = db
            table_name = "member"

    db.create_tables([Member])

    class Card(Model):
        number = TextField(unique=True)
        kind = TextField()
        name = TextField()
        short_name = TextField(null=True)
        sort_key = TextField(default="")
        owner = ForeignKeyField(Member, on_delete="RESTRICT")
        department = ForeignKeyField(Department, null=True, on_delete="RESTRICT")
        created_at = DateTimeField()
        created_by = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")
        updated_at = DateTimeField()
        updated_by = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")
        version = IntegerField(default=1)
        trashed_at = DateTimeField(null=True)
        lifecycle = TextField(default="prospect")
        likelihood = TextField(default="unclassified")
        value_grade = TextField(null=True)
        importance = TextField(null=True)
        credit_grade = TextField(null=True)
        credit_limit = BigIntegerField(null=True)
        category = TextField(null=True)
        ownership = TextField(null=True)
        industry = TextField(null=True)
        region = TextField(null=True)
        city = TextField(null=True)
        circle = TextField(null=True)
        route_order = IntegerField(null=True)
        tags = JSONField(null=True)
        source = TextField(null=True)
        referrer_card = ForeignKeyField("self", null=True, on_delete="SET NULL", backref="+")
        referrer_name = TextField(null=True)
        met_on = DateField(null=True)
        profile = JSONField(default=dict)
        extras = JSONField(null=True)
        organisation_name = TextField(default="")
        title = TextField(default="")
        phone = TextField(default="")
        last_contact_at = DateTimeField(null=True)
        next_on = DateField(null=True)
        next_step = TextField(default="")
        review_due_on = DateField(null=True)
        completeness = IntegerField(default=0)

        class Meta:
            database = db
            table_name = "card"
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

    db.create_tables([Card])

    class Affiliation(Model):
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

        class Meta:
            database = db
            table_name = "affiliation"

    db.create_tables([Affiliation])

    class CardFact(Model):
        card = ForeignKeyField(Card, on_delete="CASCADE")
        key = TextField()
        value = TextField()

        class Meta:
            database = db
            table_name = "card_fact"
            indexes = ((("key", "value"), False),)

    db.create_tables([CardFact])

    class ChangeSet(Model):
        member = ForeignKeyField(Member, on_delete="RESTRICT", index=False)
        origin = TextField()
        at = DateTimeField()
        summary = TextField()
        undoes = ForeignKeyField("self", null=True, on_delete="RESTRICT")
        previous_hash = TextField()
        hash = TextField()

        class Meta:
            database = db
            table_name = "change_set"
            indexes = ((("member", "id"), False),)

    db.create_tables([ChangeSet])

    class Change(Model):
        change_set = ForeignKeyField(ChangeSet, on_delete="RESTRICT")
        table = TextField()
        row = IntegerField()
        card = IntegerField(index=True, null=True)
        before = TextField()
        after = TextField()
        salt = TextField()
        digest = TextField()

        class Meta:
            database = db
            table_name = "change"
            indexes = ((("table", "row"), False),)

    db.create_tables([Change])

    class ContactPoint(Model):
        card = ForeignKeyField(Card, on_delete="CASCADE")
        kind = TextField()
        value = TextField()
        normal = TextField(default="")
        label = TextField(default="")
        position = IntegerField(default=0)

        class Meta:
            database = db
            table_name = "contact_point"
            indexes = ((("normal", "kind"), False),)

    db.create_tables([ContactPoint])

    class Counter(Model):
        name = TextField(primary_key=True)
        value = IntegerField()

        class Meta:
            database = db
            table_name = "counter"

    db.create_tables([Counter])

    class FamilyMember(Model):
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

        class Meta:
            database = db
            table_name = "family_member"

    db.create_tables([FamilyMember])

    class Interaction(Model):
        card = ForeignKeyField(Card, on_delete="RESTRICT", index=False)
        member = ForeignKeyField(Member, on_delete="RESTRICT", index=False)
        at = DateTimeField()
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
        extras = JSONField(null=True)
        created_at = DateTimeField()
        updated_at = DateTimeField()
        version = IntegerField(default=1)
        trashed_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "interaction"
            indexes = (
                (("card", "trashed_at", "at"), False),
                (("trashed_at", "at"), False),
                (("member", "trashed_at", "at"), False),
            )

    db.create_tables([Interaction])

    class InteractionCard(Model):
        interaction = ForeignKeyField(Interaction, on_delete="CASCADE")
        card = ForeignKeyField(Card, on_delete="CASCADE")

        class Meta:
            database = db
            table_name = "interaction_card"

    db.create_tables([InteractionCard])

    class Occasion(Model):
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
            database = db
            table_name = "occasion"
            indexes = ((("calendar", "month", "day"), False),)

    db.create_tables([Occasion])

    class Setting(Model):
        member = ForeignKeyField(Member, null=True, on_delete="CASCADE")
        key = TextField()
        value = JSONField()

        class Meta:
            database = db
            table_name = "setting"
            indexes = ((("member", "key"), True),)

    db.create_tables([Setting])

    class Todo(Model):
        title = TextField()
        note = TextField(null=True)
        important = BooleanField(default=False)
        urgent = BooleanField(default=False)
        pinned = BooleanField(default=False)
        due_on = DateField(null=True)
        due_time = TextField(null=True)
        repeat = TextField(null=True)
        owner = ForeignKeyField(Member, on_delete="RESTRICT", index=False)
        asked_by = ForeignKeyField(
            Member, null=True, on_delete="RESTRICT", index=False, backref="+"
        )
        side = TextField(default="ours")
        card = ForeignKeyField(Card, null=True, on_delete="RESTRICT")
        interaction = ForeignKeyField(Interaction, null=True, on_delete="SET NULL")
        tags = JSONField(null=True)
        snoozed_until = DateField(null=True)
        done_at = DateTimeField(null=True)
        result = TextField(null=True)
        created_at = DateTimeField()
        created_by = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")
        updated_at = DateTimeField()
        version = IntegerField(default=1)
        trashed_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "todo"
            indexes = ((("owner", "done_at", "trashed_at", "due_on"), False),)

    db.create_tables([Todo])

    if isinstance(db, SqliteDatabase):
        for statement in SQLITE:
            db.execute_sql(statement)
