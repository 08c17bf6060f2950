"""Cards are found by ID number and credit code; the last contact is one that reached somebody."""

STATEMENTS = (
    "CREATE INDEX card_id_number ON card (json_extract(profile, '$.id_number')) "
    "WHERE json_extract(profile, '$.id_number') IS NOT NULL",
    "CREATE INDEX card_credit_code ON card (json_extract(profile, '$.credit_code')) "
    "WHERE json_extract(profile, '$.credit_code') IS NOT NULL",
    "UPDATE card SET last_contact_at = (SELECT max(at) FROM ("
    "SELECT at FROM interaction "
    "WHERE interaction.card_id = card.id AND trashed_at IS NULL AND reached "
    "UNION ALL SELECT talk.at FROM interaction_card AS link "
    "JOIN interaction AS talk ON talk.id = link.interaction_id "
    "WHERE link.card_id = card.id AND talk.trashed_at IS NULL AND talk.reached)) "
    "WHERE last_contact_at IS NOT NULL",
)


def up(migrator, db):
    """Make the indexes, and reckon the last contact of every card anew."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
