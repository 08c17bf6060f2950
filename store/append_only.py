"""The triggers by which the database itself keeps the trail from being altered."""

from store.models.base import database

APPEND_ONLY = {
    # INSERT OR REPLACE takes the old row away without the triggers of a deletion.
    "change_set_is_new": "CREATE TRIGGER change_set_is_new BEFORE INSERT ON change_set "
    "WHEN EXISTS (SELECT 1 FROM change_set WHERE id = NEW.id) "
    "BEGIN SELECT RAISE(ABORT, 'append only'); END",
    "change_is_new": "CREATE TRIGGER change_is_new BEFORE INSERT ON change "
    "WHEN EXISTS (SELECT 1 FROM change WHERE id = NEW.id) "
    "BEGIN SELECT RAISE(ABORT, 'append only'); END",
    "change_set_stays": "CREATE TRIGGER change_set_stays BEFORE DELETE ON change_set "
    "BEGIN SELECT RAISE(ABORT, 'append only'); END",
    "change_set_as_written": "CREATE TRIGGER change_set_as_written BEFORE UPDATE ON change_set "
    "BEGIN SELECT RAISE(ABORT, 'append only'); END",
    "change_stays": "CREATE TRIGGER change_stays BEFORE DELETE ON change "
    "BEGIN SELECT RAISE(ABORT, 'append only'); END",
    # An erasure that the law demands blanks text and salt; the digest keeps the chain whole.
    "change_as_written": "CREATE TRIGGER change_as_written BEFORE UPDATE ON change WHEN NOT ("
    "NEW.before = '' AND NEW.after = '' AND NEW.salt = '' AND NEW.id = OLD.id "
    'AND NEW.change_set_id = OLD.change_set_id AND NEW."table" = OLD."table" '
    "AND NEW.row = OLD.row AND NEW.card IS OLD.card AND NEW.digest = OLD.digest) "
    "BEGIN SELECT RAISE(ABORT, 'append only'); END",
}
"""By name, the statement that makes each."""


def missing() -> list[str]:
    """The triggers that are not there, or not as they should be."""
    present = dict(
        database.execute_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
    )
    return [name for name, sql in APPEND_ONLY.items() if present.get(name) != sql]


def mend() -> None:
    """Make those anew; within a transaction."""
    for name in missing():
        database.execute_sql(f"DROP TRIGGER IF EXISTS {name}")
        database.execute_sql(APPEND_ONLY[name])
