"""The doctor: is the box whole, does everything in it agree, and what to do if not."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from store import append_only, chain, derived, erasure_check, file_check, index_check
from store.backups import MADE_KEY, RESTORED_KEY, Copy, copies_of
from store.box_file import open_readonly, sound_facts
from store.draft_file import drafts_beside
from store.erasure import forget_drafts
from store.errors import StorageTrouble
from store.language import N_, _, listed
from store.models.base import database
from store.models.tables import TABLES, TRAILED
from store.models.team import Setting
from store.records.doctor import Check, Examination
from store.trouble import MALFORMED, storage_errors

if TYPE_CHECKING:
    from store.database import Store

FILE = N_("File")
REFERENCES = N_("References")
SCHEMA_CHECK = N_("Schema")
SEARCH = N_("Search")
CARD_LISTS = N_("Card lists")
NUMBERS = N_("Numbers")
TRAIL = N_("Trail")
FILES = N_("Files of papers")
BACKUPS = N_("Backups")
DRAFTS = N_("Drafts")
FORMS = N_("Forms")
WAY_OUT = N_("Way out")

Finding = tuple[bool, str]
"""Whether it is well, and a sentence."""

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""

FEW = 5
"""Complaints of SQLite that are shown."""


class _Steps:
    """How far an examination is: each check counts a hundred."""

    def __init__(self, progress: Progress | None) -> None:
        self.checks = 1
        self._progress = progress
        self._finished = 0

    def within(self, done: int, whole: int) -> None:
        """So much of the present check is done."""
        if self._progress is not None:
            part = 100 * done // whole if whole else 0
            self._progress(100 * self._finished + part, 100 * self.checks)

    def look(self, name: str, question: Callable[[], Finding]) -> Check:
        """Ask a question; what the database refuses to answer is itself a finding."""
        self.within(0, 1)
        check = _look(name, question)
        self._finished += 1
        self.within(0, 1)
        return check


def examine(
    store: "Store", *, thorough: bool = False, progress: Progress | None = None
) -> Examination:
    """Look the whole box through; nothing is changed.

    Others may go on working: all but the file's and the index's own checks see one moment.

    Args:
        thorough: compare every search document and list line, not a sample of a big box.
        progress: told how far it is: a box of 100,000 cards takes half a minute.
    """
    steps = _Steps(progress)
    looks: list[tuple[str, Callable[[], Finding]]] = [
        (REFERENCES, _references),
        (SCHEMA_CHECK, _schema),
        (SEARCH, lambda: _search(store, thorough, steps.within)),
        (CARD_LISTS, lambda: _card_lists(store, thorough, steps.within)),
        (NUMBERS, _numbers),
        (TRAIL, _trail),
        (BACKUPS, lambda: _backups(store.path, thorough)),
        (FORMS, _forms),
        (DRAFTS, lambda: _drafts(store.path)),
    ]
    steps.checks = len(looks) + 3
    checks = [steps.look(FILE, _file)]
    inner = steps.look(SEARCH, _inner_search)
    files = steps.look(FILES, lambda: file_check.look(store, thorough))
    try:
        with storage_errors(), database.atomic("DEFERRED"):
            checks.extend(steps.look(name, question) for name, question in looks)
    except StorageTrouble as trouble:
        # Only a damaged box cannot end a transaction that wrote nothing.
        if checks[0].ok:
            checks[0] = Check(FILE, False, str(trouble))
    if not inner.ok:
        checks = [inner if check.name == SEARCH else check for check in checks]
    checks.append(files)
    if not checks[0].ok:
        checks.append(_way_out(store.path))
    return Examination(tuple(checks))


def examine_file(box: Path) -> Examination:
    """Look at a box that the program cannot open, and for a backup to put in its place."""
    try:
        sound_facts(box)
        checks = [Check(FILE, True, _("The file is whole."))]
    except StorageTrouble as trouble:
        checks = [Check(FILE, False, str(trouble))]
    if not checks[0].ok:
        checks.append(_way_out(box))
    return Examination(tuple(checks))


def _way_out(box: Path) -> Check:
    """The backup to put in the place of a damaged box."""
    sound = next((copy for copy in copies_of(box) if _is_sound(copy)), None)
    if sound is None:
        return Check(WAY_OUT, False, _("There is no sound backup beside this file."))
    advice = _("The newest sound backup is of {moment}: shuke restore {file}")
    text = advice.format(moment=f"{sound.made_at:%Y-%m-%d %H:%M}", file=sound.file)
    return Check(WAY_OUT, True, text)


def mend(store: "Store") -> None:
    """Make anew what follows from the records, and put the files of papers right.

    Raises:
        StorageTrouble: the storage failed.
    """
    mend_index(store)
    file_check.mend(store)


def mend_index(store: "Store") -> None:
    """Make search and card lists anew from the records, in one transaction.

    What keeps the trail from being altered is put back where it is missing.

    The search tables are made new as well, since the old ones may be damaged beyond emptying.

    Raises:
        StorageTrouble: the storage failed; nothing was changed.
    """
    # Words of erased cards are overwritten, should the program have died after an erasure.
    database.execute_sql("PRAGMA secure_delete = 1").fetchone()
    with store.transaction():
        for name in index_check.INDEXES:
            found = database.execute_sql("SELECT sql FROM sqlite_master WHERE name = ?", [name])
            statement = found.fetchone()[0]
            database.execute_sql(f"DROP TABLE {name}")
            database.execute_sql(statement)
        derived.rebuild(store.clock)
        append_only.mend()
    for number in erasure_check.numbers():
        forget_drafts(store.path, number)


def _look(name: str, question: Callable[[], Finding]) -> Check:
    """Ask a question; what the database refuses to answer is itself a finding."""
    try:
        with storage_errors():
            ok, detail = question()
    except StorageTrouble as trouble:
        if trouble.message == MALFORMED:
            return Check(name, False, _("The file is damaged here: this cannot be read."))
        return Check(name, False, str(trouble))
    return Check(name, ok, detail)


def _file() -> Finding:
    complaints = [row[0] for row in database.execute_sql(f"PRAGMA integrity_check({FEW})")]
    if complaints == ["ok"]:
        return True, _("The file is whole.")
    return False, _("The file is damaged: {complaints}").format(complaints="; ".join(complaints))


def _references() -> Finding:
    broken = database.execute_sql("PRAGMA foreign_key_check").fetchmany(FEW)
    if not broken:
        return True, _("Every record that another one names is there.")
    where = ", ".join(f"{table} {row} → {parent}" for table, row, parent, _key in broken)
    return False, _("Records are missing that others name: {where}").format(where=where)


def _schema() -> Finding:
    from store.database import MIGRATIONS, SCHEMA

    present = int(database.execute_sql("PRAGMA user_version").fetchone()[0])
    run = {name for (name,) in database.execute_sql("SELECT name FROM schema_migration")}
    left = sorted({file.stem for file in MIGRATIONS.glob("[0-9]*.py")} - run)
    absent = [
        f"{table._meta.table_name}.{column}"
        for table in TABLES
        for column in set(table._meta.columns) - _columns(table._meta.table_name)
    ]
    if present == SCHEMA and not left and not absent:
        return True, _("The schema is number {number}.").format(number=present)
    text = _("The schema is number {number}, not {wanted}; missing: {missing}")
    return False, text.format(
        number=present, wanted=SCHEMA, missing=", ".join([*left, *sorted(absent)]) or "-"
    )


def _columns(table: str) -> set[str]:
    return {row[1] for row in database.execute_sql(f'PRAGMA table_info("{table}")')}


def _inner_search() -> Finding:
    complaints = index_check.inner_trouble()
    if complaints:
        return False, _("The search index is damaged: shuke doctor --mend makes it anew.")
    return True, ""


def _search(store: "Store", thorough: bool, advance: Progress) -> Finding:
    missing, superfluous = index_check.missing(), index_check.superfluous()
    different = index_check.differing_documents(store.clock, thorough, advance)
    if not (missing or superfluous or different):
        return True, _("Search finds every card and every talk.")
    text = _(
        "Search disagrees with the records: {missing} missing, {superfluous} too many, "
        "{different} different; shuke doctor --mend makes it anew."
    )
    return False, text.format(missing=missing, superfluous=superfluous, different=different)


def _card_lists(store: "Store", thorough: bool, advance: Progress) -> Finding:
    different = index_check.differing_cards(store.clock, thorough, advance)
    if not different:
        return True, _("Lists show what the cards say.")
    text = _("Lists show something else than {count} cards say; shuke doctor --mend mends it.")
    return False, text.format(count=different)


def _numbers() -> Finding:
    """Numbers given out once are never given out again, as long as the counters are ahead."""
    counters = dict(database.execute_sql("SELECT name, value FROM counter").fetchall())
    highest = {
        name: database.execute_sql(f'SELECT coalesce(max(id), 0) FROM "{name}"').fetchone()[0]
        for name in [*TRAILED, "change_set", "change"]
    }
    for letter in ("P", "O"):
        highest[f"number:{letter}"] = database.execute_sql(
            "SELECT coalesce(max(CAST(substr(number, 2) AS INTEGER)), 0) FROM card "
            "WHERE substr(number, 1, 1) = ?",
            [letter],
        ).fetchone()[0]
    behind = sorted(name for name, value in highest.items() if value > counters.get(name, 0))
    if not behind:
        return True, _("No number can be given out twice.")
    return False, _("Numbers might be given out twice: {names}").format(names=", ".join(behind))


def _trail() -> Finding:
    fault = chain.first_fault() or erasure_check.first_fault()
    if fault is not None:
        return False, _(fault.message).format(**fault.values)
    if append_only.missing():
        text = _("The trail is not protected any more; shuke doctor --mend protects it again.")
        return False, text
    count = database.execute_sql("SELECT count(*) FROM change_set").fetchone()[0]
    told = _("The trail of {count} changes is unbroken.").format(count=count)
    erased = erasure_check.numbers()
    if not erased:
        return True, told
    with_erased = _("{told} Erased for good: {numbers}.")
    return True, with_erased.format(told=told, numbers=listed(erased))


def _backups(box: Path, thorough: bool) -> Finding:
    copies = copies_of(box)
    restored = Setting.get_or_none(Setting.member.is_null() & (Setting.key == RESTORED_KEY))
    if restored is not None:
        # Copies from before the box was put back may know changes that it does not.
        since = datetime.strptime(restored.value["at"], "%Y%m%d-%H%M%S")  # noqa: DTZ007
        copies = [copy for copy in copies if copy.made_at > since]
    if not copies and restored is not None:
        return True, _("There is no backup since the box was put back.")
    if not copies:
        return True, _("There is no backup yet.")
    newest = copies[0]
    moment = f"{newest.made_at:%Y-%m-%d %H:%M}"
    if not _is_sound(newest):
        return False, _("The backup of {moment} is damaged.").format(moment=moment)
    lacking = file_check.of_copy(newest.file, box, thorough)
    if lacking:
        text = _("The backup of {moment} lacks files of papers ({count}).")
        return False, text.format(moment=moment, count=lacking)
    if newest.newest_hash and not chain.holds(newest.newest_hash):
        text = _("The trail lacks what the backup of {moment} has: changes were taken out.")
        return False, text.format(moment=moment)
    made = Setting.get_or_none(Setting.member.is_null() & (Setting.key == MADE_KEY))
    if made is None or made.value.get("file") != newest.file.name or not made.value.get("by"):
        return True, _("The newest backup is of {moment}, and sound.").format(moment=moment)
    told = _("The newest backup is of {moment}, made by {by}, and sound.")
    return True, told.format(moment=moment, by=made.value["by"])


def _is_sound(copy: Copy) -> bool:
    try:
        sound_facts(copy.file)
    except StorageTrouble:
        return False
    return True


def _forms() -> Finding:
    from store.forms.team_forms import misfit
    from store.team_forms import in_force

    _number, kept = in_force()
    text = str(json.loads(kept)["text"]) if kept else ""
    if not text:
        return True, _("The forms are those of the program.")
    wrong = misfit(text)
    if wrong is None:
        return True, _("The team's own forms are in force.")
    told = _("Not all that the team says of its forms is in force: {reason}")
    return False, told.format(reason=wrong)


def _drafts(box: Path) -> Finding:
    file = drafts_beside(box)
    if not file.exists():
        return True, _("There are no drafts.")
    try:
        with closing(open_readonly(file)) as connection:
            well = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            count = connection.execute("SELECT count(*) FROM draft").fetchone()[0]
    except sqlite3.Error:
        well = False
    if not well:
        return False, _("The file of drafts is damaged; the next thing typed begins a new one.")
    return True, _("{count} drafts wait to be taken up.").format(count=count)
