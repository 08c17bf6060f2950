"""What commands write: plain tables for people, one JSON document for programs."""

import errno
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TextIO

from widgets.cell_width import padded, tidy, width_of

GAP = "  "
"""What stands between two columns."""

NARROWEST = 8
"""Cells below which a column is not cut to fit the terminal."""

HIDDEN_IN_JSON = (
    "[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
"""Characters that a terminal obeys or that nobody sees, of those that JSON writes as they are."""


def say(text: str = "") -> None:
    """Write one line for people."""
    print(tidy(text))


def complain(text: str) -> None:
    """Write one line to standard error."""
    print(tidy(text), file=sys.stderr)


def write_json(document: Any) -> None:
    """Write one JSON document; what a terminal would obey in it is escaped."""
    import json
    import re

    unicode_out = (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf8")
    text = json.dumps(document, ensure_ascii=not unicode_out, indent=2)
    print(re.sub(HIDDEN_IN_JSON, lambda match: f"\\u{ord(match[0]):04x}", text))


def write_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows under headings, columns aligned by cells; None is left blank.

    On a terminal the widest columns are cut until a row fits; in a file nothing is.
    """
    lines = [[tidy("" if value is None else str(value)) for value in row] for row in rows]
    shown = [[tidy(heading) for heading in headings], *lines]
    widths = [max(map(width_of, column)) for column in zip(*shown, strict=True)]
    room = terminal_width(sys.stdout)
    if room is not None:
        widths = fitted(widths, room)
    for line in shown:
        cells = map(padded, line, widths)
        print(GAP.join(cells).rstrip())


def fitted(widths: Sequence[int], room: int) -> list[int]:
    """Column widths whose sum with gaps is at most `room` cells, the widest cut first.

    No column gets narrower than `NARROWEST`, so that a very narrow terminal wraps the rows.
    """
    kept = list(widths)
    excess = sum(kept) + len(GAP) * (len(kept) - 1) - room
    while excess > 0:
        widest = max(range(len(kept)), key=kept.__getitem__)
        others = [width for place, width in enumerate(kept) if place != widest]
        target = max(NARROWEST, *others) if others else NARROWEST
        step = min(excess, max(1, kept[widest] - target))
        if kept[widest] - step < NARROWEST:
            break
        kept[widest] -= step
        excess -= step
    return kept


def write_paragraph(text: str, indent: int = 0) -> None:
    """Write text, wrapped to the terminal where there is one."""
    from widgets.wrapping import wrapped

    room = terminal_width(sys.stdout)
    for line in text.splitlines():
        tidied = tidy(line)
        for part in [tidied] if room is None else wrapped(tidied, max(20, room - indent)):
            print(" " * indent + part)


def write_pairs(pairs: Iterable[tuple[str, str]]) -> None:
    """Write labels with their texts beside them, aligned by cells."""
    from widgets.wrapping import wrapped

    tidied = [(tidy(label), tidy(text)) for label, text in pairs]
    if not tidied:
        return
    margin = max(width_of(label) for label, _text in tidied) + len(GAP)
    room = terminal_width(sys.stdout)
    for label, text in tidied:
        parts = [text] if room is None else wrapped(text, max(20, room - margin))
        for place, part in enumerate(parts):
            print((padded("" if place else label, margin) + part).rstrip())


def terminal_width(stream: TextIO) -> int | None:
    """The number of cells in a row of the terminal that a stream goes to; None for a file."""
    try:
        if stream.isatty():
            return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return None
    return None


OUTPUT_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG})
"""What the system says when the file that standard output goes to takes no more."""


def prepare_streams() -> None:
    """What the terminal's encoding cannot write becomes a question mark instead of an error.

    A stream that is closed, as some schedulers leave it, reads and writes nothing.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
