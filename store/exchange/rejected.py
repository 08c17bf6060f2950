"""The rows of a file that were refused, in a file beside it, with the reasons."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from store.errors import BadInput
from store.exchange.formulas import harmless
from store.exchange.mapping import REASON
from store.language import N_, _
from store.records.exchange import ImportPlan
from store.system_words import reason_of

MARK = ".rejected"
"""What stands before `.csv` in the name of such a file."""

_NOT_WRITTEN = N_("The rejected rows could not be written beside the file: {reason}.")


def write_rejected(plan: ImportPlan) -> Path | None:
    """Write the refused rows as they stood, the reasons in a last column; gives the new file.

    None where no row was refused, or the import came from a stream.

    Raises:
        BadInput: the folder takes no file.
    """
    if plan.path is None or not plan.rejected_rows:
        return None
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    if plan.box is None:
        writer.writerows(_of_a_table(plan))
    else:
        writer.writerows(_of_sheets(plan))
    try:
        return _new_file(plan.path, table.getvalue())
    except OSError as error:
        raise BadInput(_NOT_WRITTEN, reason=reason_of(error)) from error


def _of_sheets(plan: ImportPlan) -> Iterator[list[str]]:
    """Rows of the workbook of a box: each was refused for one reason."""
    yield [_("Sheet"), _("Row"), _(REASON)]
    for (row, (sheet, *cells)), error in zip(plan.rejected_rows, plan.errors, strict=True):
        said = f"{error.column}: {error.reason}"
        yield _line([sheet, str(row), said, *cells])


def _of_a_table(plan: ImportPlan) -> Iterator[list[str]]:
    reasons: dict[int, list[str]] = {}
    for error in plan.errors:
        said = f"{error.column}: {error.reason}" if error.column else error.reason
        reasons.setdefault(error.row, []).append(said)
    headings = [column.heading for column in plan.columns] or [_("Line")]
    width = max(len(headings), *(len(cells) for _row, cells in plan.rejected_rows))
    yield _line([*headings, *[""] * (width - len(headings)), _(REASON)])
    for row, cells in plan.rejected_rows:
        shown = cells if plan.columns else (str(row),)
        padding = [""] * (width - len(shown))
        yield _line([*shown, *padding, "; ".join(reasons.get(row, ()))])


def _line(cells: Iterable[str]) -> list[str]:
    return [harmless(cell) for cell in cells]


def _new_file(beside: Path, text: str) -> Path:
    """A file that was not there before, with a byte order mark for Excel."""
    stem = beside.name.removesuffix(beside.suffix).removesuffix(MARK)
    for place in range(1, 1000):
        counted = "" if place == 1 else f"-{place}"
        path = beside.with_name(f"{stem}{MARK}{counted}.csv")
        try:
            with path.open("x", encoding="utf-8-sig", newline="") as file:
                file.write(text)
        except FileExistsError:
            continue
        return path
    raise FileExistsError(0, "", str(beside))
