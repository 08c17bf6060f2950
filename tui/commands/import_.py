"""`shuke import`: cards from a file, after a look at what would become of them."""

import sys
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TextIO

from store.errors import BadInput, WrongUsage
from store.language import N_, _
from store.records.exchange import POLICIES, ImportPlan, ImportResult, RowError
from tui.arguments import Parser
from tui.asking import agreed
from tui.command import Command
from tui.output import complain, say, write_json, write_table
from tui.progress import progress_bar
from tui.session import Session
from tui.shapes import Shape
from tui.standard_streams import DASH, shown
from widgets.cell_width import cut, tidy

NO_EQUALS = N_("“{text}” should be COLUMN=KEY, such as 客户=name.")
SAY_YES = N_("Nothing was written: say --yes to import, since nobody can be asked here.")
NOTHING_IMPORTED = N_("Nothing was imported.")

FEW = 10
"""Duplicates and errors that are shown before the rest is only counted."""

SAMPLE_CELLS = 40
"""Cells of the terminal that a column's examples take."""


def declare(parser: Parser) -> None:
    """Arguments of `shuke import`."""
    parser.file_argument(
        "file",
        metavar="FILE",
        help=_("CSV, Excel (.xlsx), vCard, or JSON that was exported; - for standard input"),
    )
    parser.add_argument(
        "--map",
        dest="columns",
        metavar="COLUMN=KEY",
        action="append",
        default=[],
        help=_(
            "what a column holds: its heading, or #3 for the third, and a field by key or label; "
            "COLUMN= leaves it out; repeatable"
        ),
    )
    parser.add_argument(
        "--on-duplicate",
        choices=POLICIES,
        default=POLICIES[0],
        help=_("what becomes of customers who are there already (skip unless said otherwise)"),
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=_("only show what would become of the file")
    )
    parser.add_argument("--yes", action="store_true", help=_("do it without asking"))
    parser.json_option()


def import_cards(session: Session) -> int:
    """Show what an import would do, ask, and do it; one `undo` takes it back."""
    options = session.options
    name = shown(Path(options.file).name or options.file)
    from store.backups import daily_backup

    exchange = session.desk.exchange
    with progress_bar(_("Reading {name}").format(name=name)) as progress:
        plan = exchange.plan(
            sys.stdin.buffer if options.file == DASH else Path(options.file).expanduser(),
            name,
            _mapping(options.columns),
            options.on_duplicate,
            progress,
        )
    if not options.json:
        _preview(plan)
    if options.dry_run:
        if options.json:
            write_json(plan_shape(plan))
        return _status(plan)
    if not options.yes and not _agreed(options.file, options.json, plan):
        say(_(NOTHING_IMPORTED))
        return 0
    daily_backup(session.store)
    with progress_bar(_("Importing {name}").format(name=name)) as progress:
        result = exchange.run(plan, progress)
    if options.json:
        write_json(result_shape(result))
    else:
        _tell(result)
    return _status(plan)


def _mapping(texts: Sequence[str]) -> Mapping[str, str] | None:
    """The columns that were named, to what they hold."""
    mapping = {}
    for text in texts:
        heading, equals, key = text.rpartition("=")
        if not equals or not heading.strip():
            raise WrongUsage(NO_EQUALS, text=text)
        mapping[heading.strip()] = key.strip()
    return mapping or None


def _status(plan: ImportPlan) -> int:
    """Bad input where no row at all could be taken; some refused among good ones are not."""
    return BadInput.exit_status if plan.read and plan.rejected == plan.read else 0


def _agreed(file: str, json: bool, plan: ImportPlan) -> bool:
    """Ask whether to go on.

    Raises:
        WrongUsage: there is nobody who could answer.
    """
    if file == DASH or json or not sys.stdin.isatty():
        raise WrongUsage(SAY_YES)
    question = _("Import {new} new and {updated} known cards? [y/N] ").format(
        new=plan.new, updated=plan.count("update")
    )
    return agreed(question)


def plan_shape(plan: ImportPlan) -> Shape:
    """What an import would do, as `--json` gives it."""
    return {
        "read": plan.read,
        "new": plan.new,
        "updated": plan.count("update"),
        "skipped": plan.count("skip"),
        "errors": [error_shape(error) for error in plan.errors],
    }


def result_shape(result: ImportResult) -> Shape:
    """What an import did, as `--json` gives it."""
    return {
        "read": result.read,
        "new": result.new,
        "updated": result.updated,
        "skipped": result.skipped,
        "errors": [error_shape(error) for error in result.errors],
    }


def error_shape(error: RowError) -> Shape:
    """Why a row was refused."""
    return {"row": error.row, "column": error.column, "reason": error.reason}


def _preview(plan: ImportPlan) -> None:
    from store.exchange.mapping import target_title

    if plan.columns:
        write_table(
            [_("Column"), _("goes to"), _("for example")],
            [
                (
                    column.heading,
                    target_title(column.target),
                    cut(tidy("; ".join(column.samples)), SAMPLE_CELLS),
                )
                for column in plan.columns
                if column.samples
            ],
        )
        say()
    _show_duplicates(plan)
    _show(plan.errors, _("Rows that cannot be taken:"), sys.stdout)
    _show(plan.warnings, _("Worth a look:"), sys.stdout)
    say(
        _("{read} cards: {new} new, {known} known already, {rejected} refused.").format(
            read=plan.read, new=plan.new, known=plan.duplicates, rejected=plan.rejected
        )
    )


def _show_duplicates(plan: ImportPlan) -> None:
    known = [card for card in plan.cards if card.known and not card.wrong]
    if not known:
        return
    say(
        {
            "skip": _("Known already, and left as they are:"),
            "update": _("Known already, and filled up:"),
            "new": _("Known already, and entered once more:"),
        }[plan.on_duplicate]
    )
    for card in islice(known, FEW):
        if card.duplicate is not None:
            other = f"{card.duplicate.number} {card.duplicate.name}"
        else:
            other = _("row {row}").format(row=card.twin)
        say(f"  {_('row {row}').format(row=card.row)}  {card.name} = {other}")
    _count_rest(len(known), sys.stdout)
    say()


def _show(errors: Sequence[RowError], title: str, stream: TextIO) -> None:
    if not errors:
        return
    print(title, file=stream)
    for error in islice(errors, FEW):
        where = _("row {row}").format(row=error.row) if error.row else ""
        parts = (where, error.column, error.reason)
        print("  " + tidy("  ".join(part for part in parts if part)), file=stream)
    _count_rest(len(errors), stream)
    print(file=stream)


def _count_rest(count: int, stream: TextIO) -> None:
    if count > FEW:
        print("  " + _("and {count} more").format(count=count - FEW), file=stream)


def _tell(result: ImportResult) -> None:
    say(
        _("{new} entered, {updated} filled up, {skipped} left as they were.").format(
            new=result.new, updated=result.updated, skipped=result.skipped
        )
    )
    if result.organisations:
        say(
            _("{count} cards of organisations were made for the people who work there.").format(
                count=result.organisations
            )
        )
    if result.rejected_file is not None:
        complain(
            _("The refused rows are in {file}, with the reasons.").format(file=result.rejected_file)
        )
    if result.new or result.updated:
        say(_("`shuke undo` takes it all back."))


COMMANDS = {"import": Command(declare, import_cards, begins=True)}
