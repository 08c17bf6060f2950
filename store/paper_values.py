"""What is written down of a paper, as it is stored; the file's name, cleaned."""

import re
from dataclasses import replace
from datetime import date
from pathlib import PurePath
from typing import Any

from store.arguments import in_reach
from store.cleaning import clean_line
from store.errors import BadValue
from store.forms.tidy import many_lines, one_line
from store.language import N_
from store.records.papers import CLASSES, KINDS, LETTERS, OTHER, PaperValues

NO_CLASS = N_("“{text}” is no class of papers; choose one of: {known}.")
NO_KIND = N_("“{text}” is no kind of this class; choose one of: {known}.")
NO_TITLE = N_("Say what paper it is.")

LONGEST_TITLE = 200
LONGEST_PLACE = 100
LONGEST_NOTE = 2_000

LONGEST_NAME = 80
"""Characters of a file's name: in UTF-8 fewer bytes than a name may have."""

NUMBER = re.compile(rf"[{''.join(LETTERS.values())}]\d{{4}}-\d{{4,9}}")
"""What a paper's number looks like."""

NAMELESS = "file"

_UNWANTED = re.compile(r'[/\\:*?"<>|]+')
"""Signs that some system takes for something else in the name of a file."""


def checked(values: PaperValues) -> PaperValues:
    """The values as they are stored.

    Raises:
        BadValue: one of them is wrong.
    """
    if values.paper_class not in CLASSES:
        known = ", ".join(CLASSES)
        text = clean_line(str(values.paper_class))[:60]
        raise BadValue(NO_CLASS, field="paper_class", text=text, known=known)
    kind = values.kind or OTHER
    kinds = KINDS[values.paper_class]
    if kind not in kinds:
        text = clean_line(str(kind))[:60]
        raise BadValue(NO_KIND, field="kind", text=text, known=", ".join(kinds))
    title = _line("title", values.title, LONGEST_TITLE)
    if not title and kind == OTHER:
        raise BadValue(NO_TITLE, field="title")
    if values.dated_on is not None:
        in_reach(values.dated_on, "dated_on")
    try:
        note = many_lines(values.note, LONGEST_NOTE)
    except BadValue as error:
        error.field = "note"
        raise
    shelf = _line("shelf", values.shelf, LONGEST_PLACE)
    return replace(values, kind=kind, title=title, shelf=shelf, note=note)


def _line(field: str, text: str, longest: int) -> str:
    try:
        return one_line(text, longest)
    except BadValue as error:
        error.field = field
        raise


def shelf_place(text: str) -> str:
    """Where a paper or volume is, as it is stored; raises `BadValue`."""
    return _line("shelf", text, LONGEST_PLACE)


def volume_title(text: str) -> str:
    """What a volume is called, as it is stored; raises `BadValue`."""
    return _line("title", text, LONGEST_TITLE)


def reason_line(text: str) -> str:
    """Why something is done, as the trail keeps it; raises `BadValue`."""
    return _line("reason", text, LONGEST_TITLE)


def columns(values: PaperValues) -> dict[str, Any]:
    """The columns of checked values."""
    return {name: getattr(values, name) for name in PaperValues.__dataclass_fields__}


def filing_year(values: PaperValues, today: date) -> int:
    """The year that a paper is filed under: that of its date, else the present one."""
    return (values.dated_on or today).year


def series(paper_class: str, year: int) -> str:
    """What the numbers of a class and year begin with."""
    return f"{LETTERS[paper_class]}{year}"


def file_name(name: str) -> str:
    """The name of a file, without its folder and without what a system might stumble over."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    clean = _UNWANTED.sub("_", one_line(last, 10_000)).lstrip(".- ").rstrip(". ")
    path = PurePath(clean or NAMELESS)
    ending = path.suffix if len(path.suffix) <= 12 else ""
    stem = path.name.removesuffix(ending)[: LONGEST_NAME - len(ending)]
    return f"{stem}{ending}".rstrip(". ")
