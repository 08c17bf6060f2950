"""Keep the database drivers that are not used out of memory.

Peewee tries to import every driver it knows, which triples its start where they are installed
(architecture.md: 106 against 339 ms). Importing this module before Peewee hides them meanwhile.
"""

import sys

SERVER_DRIVERS = ("psycopg2cffi", "psycopg2", "psycopg", "pymysql", "MySQLdb")
"""What Peewee would try to import; none of it is needed for a SQLite file."""


def import_peewee_alone() -> None:
    """Import Peewee without the server drivers; one that is loaded already stays."""
    if "peewee" in sys.modules:
        return
    hidden = [name for name in SERVER_DRIVERS if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        import peewee  # noqa: F401
    finally:
        for name in hidden:
            del sys.modules[name]
