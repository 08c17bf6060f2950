"""Keep the database drivers that are not used out of memory.

Peewee tries to import every driver it knows, which triples its start where they are installed
(architecture.md: 106 against 339 ms), and so does `playhouse.migrations`. Importing this module
before Peewee hides them meanwhile.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

SERVER_DRIVERS = ("psycopg2cffi", "psycopg2", "psycopg", "pymysql", "MySQLdb")
"""What Peewee would try to import; none of it is needed for a SQLite file."""


@contextmanager
def server_drivers_hidden() -> Iterator[None]:
    """Meanwhile no server driver can be imported; one that is loaded already stays."""
    hidden = [name for name in SERVER_DRIVERS if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


def import_peewee_alone() -> None:
    """Import Peewee without the server drivers, unless it is loaded already."""
    if "peewee" not in sys.modules:
        with server_drivers_hidden():
            import peewee  # noqa: F401
