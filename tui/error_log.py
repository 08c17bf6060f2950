"""The log of unexpected errors: a traceback for whoever mends the program, never on the screen."""

import os
import secrets
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from store.language import N_, _
from tui import places

LARGEST = 1_000_000
"""Bytes after which the log begins anew; the one before is kept beside it."""

NOTED = N_("Something went wrong inside the program; it is noted in {file} as {reference}.")
TELL = N_("Something went wrong inside the program; tell the administrator the number {reference}.")
NOT_NOTED = N_("Something went wrong inside the program ({kind}), and no log could be written.")


def explained(error: BaseException, *, over_ssh: bool = False) -> str:
    """Note an error in the log, and give one sentence with the number it is noted under.

    Args:
        over_ssh: whoever reads it cannot look into the log.
    """
    file = places.log_file()
    reference = note(error, file)
    if reference is None:
        return _(NOT_NOTED).format(kind=type(error).__name__)
    if over_ssh:
        return _(TELL).format(reference=reference)
    return _(NOTED).format(file=file, reference=reference)


def note(error: BaseException, file: Path) -> str | None:
    """Write an error with its traceback to a log file, without the values of any variable.

    Gives its reference number; None where the file cannot be written.
    """
    reference = secrets.token_hex(3).upper()
    head = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}Z {reference} Python {sys.version.split()[0]}\n"
    text = head + "".join(traceback.format_exception(error)) + "\n"
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if file.exists() and file.stat().st_size > LARGEST:
            file.replace(file.with_suffix(".log.1"))
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with open(descriptor, "a", encoding="utf-8", errors="backslashreplace") as log:  # noqa: PTH123
            log.write(text)
    except OSError:
        return None
    return reference
