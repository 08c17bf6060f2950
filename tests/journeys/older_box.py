"""Boxes of earlier schemas: their own tables, with the rows of a box of now."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from peewee import SqliteDatabase
from playhouse.migrations import Runner

from store.database import MIGRATIONS


def as_of(schema: int, present: Path, older: Path) -> None:
    """Write a box of an earlier schema.

    Args:
        schema: the number of its newest migration.
        present: a box of now, which nobody has open.
        older: the file that is written anew.
    """
    for ending in ("", "-wal", "-shm"):
        Path(f"{older}{ending}").unlink(missing_ok=True)
    with TemporaryDirectory() as folder:
        for script in MIGRATIONS.glob("[0-9]*.py"):
            if int(script.name[:4]) <= schema:
                shutil.copy(script, folder)
        database: Any = SqliteDatabase(str(older))
        runner: Any = Runner
        runner(database, folder).up()
        database.close()
    with closing(sqlite3.connect(older)) as connection, connection:
        connection.execute("ATTACH ? AS present", [str(present)])
        for (name,) in connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
            "AND name NOT GLOB 'search_*_*' AND name <> 'schema_migration'"
        ).fetchall():
            columns = [row[1] for row in connection.execute(f'PRAGMA main.table_info("{name}")')]
            listed = ", ".join(f'"{column}"' for column in columns)
            if name.startswith("search_"):
                listed = f"rowid, {listed}"
            connection.execute(
                f'INSERT INTO main."{name}" ({listed}) SELECT {listed} FROM present."{name}"'
            )
        connection.execute(f"PRAGMA main.user_version = {schema}")
