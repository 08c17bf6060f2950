"""Opening a box: the file, its pragmas, its schema, its first member."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.box_url import file_of
from store.cleaning import clean_line
from store.clock import Clock, zone_named
from store.drivers import server_drivers_hidden
from store.errors import NotFound, SessionOver, StorageTrouble, StoreError
from store.forms.followed import FORMS_KEY, follow
from store.half_written import take_back
from store.language import N_
from store.members import box_setting, has_members, member_named, usual_login
from store.models.base import database
from store.patience import PatientDatabase
from store.sharing import SHARED_KEY
from store.system_words import reason_of
from store.trouble import storage_errors

from peewee import OperationalError  # isort: skip

if TYPE_CHECKING:
    from store.desk import Desk

SCHEMA = 4
"""The schema this program works with: the number of the newest migration."""

WHOLE_CARDS = 4
"""The schema since which the forms ask for everything: completeness and search follow anew."""

MIGRATIONS = Path(__file__).with_name("migrations")
"""The numbered scripts that make and change the schema."""

LONGEST_LOGIN = 60
NOBODY = "me"
"""Who opens a box where the system does not say."""

NEWER = N_("This box was written by a newer 熟客. Please update the program.")
BEHIND = N_(
    "The program is newer than this shared box: its administrator runs `shuke migrate`, then "
    "everybody comes in again."
)
MIGRATED = N_(
    "The box was brought to a newer version of the program meanwhile: leave it and come in again."
)
NO_FOLDER = N_("The folder {folder} cannot be made: {reason}.")
NO_MEMBER = N_("There is no active member “{login}” here.")
NO_BOX = N_("This file is not a card box.")
SEVERAL_MEMBERS = N_("Several members work here: say who you are with --as LOGIN.")

PRAGMAS: dict[str, Any] = {
    "journal_mode": "wal",
    "foreign_keys": 1,
    "synchronous": "full",
    "cache_size": -2000,
    "temp_store": "memory",
    "journal_size_limit": 16 * 2**20,
}
"""Set on every connection (architecture.md, SQLite)."""


class Store:
    """One open box; a process has at most one."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self.path = path
        """The box's file; drafts and backups lie beside it."""
        self.clock = clock
        self._forms: int | None = None
        """The id of what the team declares about its forms; None before that was asked."""
        self.defaults: Mapping[str, Any] = {}
        """What holds for settings that neither a member nor the box has: the installation's."""
        self.grades_later = False
        """Whether value grades are worked out once all is written, and not after each change."""

    def desk(self, login: str | None = None, origin: str = "screen", place: str = "") -> "Desk":
        """The desk of a member; of the only one, or the box's usual one, where none is named.

        Args:
            origin: what the member works with, as the trail notes it.
            place: the key and the address of a session over SSH.

        Raises:
            NotFound: there is no such active member, or it is not clear who is meant.
        """
        from store.desk import Desk

        with storage_errors():
            login = usual_login() if login is None else clean_line(login)
            member = None if login is None else member_named(login)
        if login is None:
            raise NotFound(SEVERAL_MEMBERS)
        if member is None:
            raise NotFound(NO_MEMBER, login=login)
        return Desk(self, member, origin, place)

    def savepoint(self) -> AbstractContextManager[Any]:
        """A part of a transaction that may fail on its own."""
        savepoint: AbstractContextManager[Any] = database.savepoint()
        return savepoint

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One IMMEDIATE transaction; the storage's errors come out as `StorageTrouble`."""
        with storage_errors(), database.atomic():
            yield

    def data_version(self) -> int:
        """A number that moves when another connection has written (4.5 µs a look)."""
        row = database.execute_sql("PRAGMA data_version").fetchone()
        return int(row[0])

    def schema(self) -> int:
        """The number of the box's schema, as it is now; `SCHEMA` as long as nobody migrates it."""
        return int(database.execute_sql("PRAGMA user_version").fetchone()[0])

    def take_up_forms(self) -> bool:
        """Let the forms be those of this box; whether they have changed since the last call."""
        sql = "SELECT id FROM setting WHERE member_id IS NULL AND key = ?"
        found = database.execute_sql(sql, [FORMS_KEY]).fetchone()
        number = 0 if found is None else int(found[0])
        if number == self._forms:
            return False
        self._forms = number
        sql = "SELECT value FROM setting WHERE id = ?"
        follow(str(database.execute_sql(sql, [number]).fetchone()[0]) if number else "")
        return True

    def check_schema(self) -> None:
        """Make sure that nobody migrated the box since it was opened.

        Raises:
            SessionOver: it has another schema than this program works with.
        """
        if self.schema() != SCHEMA:
            raise SessionOver(MIGRATED)

    def close_connection(self) -> None:
        """Close this thread's connection."""
        if not database.is_closed():
            database.close()

    def close(self) -> None:
        """Close the box in this thread."""
        self.close_connection()


def open_store(path: str | Path, clock: Clock | None = None, *, migrating: bool = False) -> Store:
    """Open a box, making it with its first member when the file does not exist.

    A box of an older schema is brought up to date, after a copy of it was made and looked through.
    A shared one is not unless that is asked for: sessions may be working with it.

    Args:
        path: the SQLite file, or `sqlite:///FILE`.
        migrating: whether a shared box, too, is brought up to date.

    Raises:
        StorageTrouble: the file is no box, is damaged, newer than the program, or unreachable; or
            it is shared, and older than the program.
    """
    file = file_of(str(path))
    fresh = not file.exists()
    if fresh:
        try:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            file.touch(mode=0o600)
        except OSError as error:
            raise StorageTrouble(NO_FOLDER, folder=file.parent, reason=reason_of(error)) from error
    if not database.is_closed() if database.obj is not None else False:
        database.close()
    database.initialize(
        PatientDatabase(
            str(file),
            lock_type="IMMEDIATE",
            returning_clause=True,
            timeout=30,
            pragmas=PRAGMAS,
        )
    )
    store = Store(file, clock or Clock())
    try:
        with storage_errors():
            _bring_up_to_date(store, migrating)
            _take_zone(store.clock, box_setting("zone"))
            store.take_up_forms()
    except StoreError:
        store.close()  # else SQLite's own files stay beside a box that was refused
        raise
    return store


def _take_zone(clock: Clock, zone: object) -> None:
    """Let a clock tell the box's time; a zone that this computer does not know changes nothing."""
    with suppress(KeyError):
        if zone is not None:
            clock.zone = zone_named(str(zone))


def schema_of(file: Path) -> int:
    """The schema number of a box's file; 0 for an empty one.

    Raises:
        sqlite3.DatabaseError: it is no SQLite file.
    """
    take_back(file)
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def _bring_up_to_date(store: Store, migrating: bool) -> None:
    present = store.schema()
    if present > SCHEMA:
        raise StorageTrouble(NEWER)
    if present == SCHEMA:
        return
    if _belongs_to_others():
        raise StorageTrouble(NO_BOX)
    if present and not migrating and box_setting(SHARED_KEY):
        raise StorageTrouble(BEHIND)
    if present:
        from store.backups import backup_before_migration

        backup_before_migration(store)
    migrate()
    with store.transaction():
        if not has_members():
            _first_member(store)
    if 0 < present < WHOLE_CARDS:
        from store.derived import rebuild_cards

        with store.transaction():
            rebuild_cards(store.clock)
    if present:
        from store.draft_file import DraftFile, drafts_beside

        logins = database.execute_sql("SELECT login, id FROM member").fetchall()
        DraftFile(drafts_beside(store.path)).go_by_ids(dict(logins))
    # Last, so that an opening that was interrupted anywhere is taken up again.
    database.execute_sql(f"PRAGMA user_version = {SCHEMA}")


def _belongs_to_others() -> bool:
    """Whether the file holds the tables of another program."""
    tables = {name for (name,) in database.execute_sql("SELECT name FROM sqlite_master")}
    return bool(tables) and "schema_migration" not in tables


def migrate() -> None:
    """Run the migrations that are missing.

    Two programs may open a new box at once: the one that comes second finds the tables there,
    and looks again at what is still missing.
    """
    with server_drivers_hidden():
        from playhouse.migrations import Runner

    runner: Any = Runner
    for last_try in (False,) * SCHEMA + (True,):
        try:
            runner(database.obj, str(MIGRATIONS)).up()
            return
        except OperationalError:
            if last_try:
                raise


def _first_member(store: Store) -> None:
    """The one member of a personal box: who opened it, with every right."""
    import getpass

    from store import rows
    from store.models.team import Member
    from store.recorder import reserve

    try:
        login = clean_line(getpass.getuser())[:LONGEST_LOGIN] or NOBODY
    except (KeyError, OSError):
        login = NOBODY
    rows.insert(
        Member,
        [
            rows.new_row(
                Member,
                {
                    "id": reserve("member"),
                    "login": login,
                    "name": login,
                    "role": "director",
                    "created_at": store.clock.now(),
                },
            )
        ],
    )
