"""`shuke backup` and `shuke restore`: copies of the box, and the way back to one."""

import getpass
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from store.errors import NotFound, StorageTrouble, WrongUsage
from store.file_store import beside
from store.language import N_, _
from tui.arguments import Parser
from tui.box_place import NO_FOLDER
from tui.command import Command
from tui.output import say, write_json
from tui.session import Session
from tui.shapes import Shape
from tui.standard_streams import DASH, binary_output, input_as_file, shown

NO_FILES = N_(
    "Files of papers did not come along ({count}): put what is in the folder box.files beside the "
    "backup into {folder}, and ask `shuke doctor`."
)
DAILY_IS_HERE = N_("The daily backup goes into the box's own folder: leave out the file.")


def declare_backup(parser: Parser) -> None:
    """Arguments of `shuke backup`."""
    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        help=_("a new file, a folder, or - for standard output (the box's own folder of backups)"),
    )
    parser.add_argument(
        "--daily",
        action="store_true",
        help=_("the day's first copy into the box's own folder, without a word; old ones go"),
    )
    parser.json_option()


def backup(session: Session) -> int:
    """Copy the box, while others work with it, and look the copy through."""
    from store.backups import backup as copy_of

    session.existing_box()
    name = session.options.file
    if session.options.daily:
        return _daily(session)
    if name == DASH:
        return _to_output(session)
    to = Path(name).expanduser() if name else None
    if to is not None and not to.absolute().parent.is_dir():
        raise StorageTrouble(NO_FOLDER, folder=to.parent)  # as when a disk is not plugged in
    made = copy_of(session.store, to, _who(session))
    if to is not None:
        _note_taking(session)
    if session.options.json:
        write_json(_shape("backup", str(made)))
    else:
        say(_("The box is copied to {file}.").format(file=made))
    return 0


def _to_output(session: Session) -> int:
    """Write a copy to standard output: the box alone, or an archive where papers have files."""
    from store.backup_files import LEFT_OUT, write_archive
    from store.box_file import copy_box
    from store.file_store import beside
    from store.paper_files import named_in

    output = binary_output()
    missing = 0
    with TemporaryDirectory(prefix="shuke-") as folder:
        copy = Path(folder, "box.sqlite")
        copy_box(session.store.path, copy)
        if named_in(copy):
            missing = write_archive(copy, beside(session.store.path), output)
        else:
            with copy.open("rb") as stream:
                shutil.copyfileobj(stream, output)
        output.flush()
    _note_taking(session)
    if missing:
        raise StorageTrouble(LEFT_OUT, file=DASH, count=missing)
    return 0


def _daily(session: Session) -> int:
    """The copy that a scheduler makes: nobody reads what it says, unless something is wrong."""
    from store.backups import daily_backup

    if session.options.file:
        raise WrongUsage(DAILY_IS_HERE)
    made = daily_backup(session.store, "shuke backup --daily")
    if session.options.json:
        write_json(_shape("backup", str(made or "")))
    return 0


def _who(session: Session) -> str:
    """Who makes a copy: the member, or the account where it is not clear which member."""
    try:
        return session.desk.member.name
    except NotFound:
        return getpass.getuser()


def _note_taking(session: Session) -> None:
    """Note in the trail that all of the box went out, where it is clear who took it."""
    from store.exchange.export_trail import note_export
    from store.records.cards import CardQuery

    try:
        desk = session.desk
    except NotFound:
        return
    note_export(desk, "box", "sqlite", desk.cards.count(CardQuery()), CardQuery())


def declare_restore(parser: Parser) -> None:
    """Arguments of `shuke restore`."""
    parser.add_argument(
        "file", metavar="FILE", help=_("a backup, or another box; - for standard input")
    )
    parser.json_option()


def restore(session: Session) -> int:
    """Put a backup in the place of the box; the box as it is now is kept beside it."""
    from store.backups import restore as put_back
    from store.box_url import file_of
    from store.paper_files import lacking_in

    box = file_of(session.url)
    with input_as_file(session.options.file) as file:
        kept = put_back(box, file, session.clock)
    lacking = lacking_in(box)
    if session.options.json:
        write_json(_shape("restore", str(kept or ""), ok=not lacking))
        return StorageTrouble.exit_status if lacking else 0
    say(_("The box is now {file} as it was saved.").format(file=shown(session.options.file)))
    if kept is not None:
        say(_("What it replaces is kept in {file}.").format(file=kept))
    if lacking:
        raise StorageTrouble(NO_FILES, count=lacking, folder=beside(box).folder)
    return 0


def _shape(name: str, detail: str, ok: bool = True) -> Shape:
    """What was done, in the shape that `doctor` has too; `detail` is the file that came of it."""
    return {"ok": ok, "checks": [{"name": name, "ok": ok, "detail": detail}]}


COMMANDS = {
    "backup": Command(declare_backup, backup),
    "restore": Command(declare_restore, restore),
}
