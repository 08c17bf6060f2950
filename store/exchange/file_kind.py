"""What a file is, told from its first bytes: its name may lie, and standard input has none."""

import re
from enum import StrEnum
from typing import BinaryIO

from store.errors import BadInput
from store.exchange.xlsx_guard import check_workbook
from store.language import N_

_LOOK = 4096


class FileKind(StrEnum):
    """What can be read."""

    CSV = "csv"
    XLSX = "xlsx"
    VCARD = "vcf"
    JSON = "json"


_WEB_PAGE = N_(
    "This is a web page under another name, as some programs export it. "
    "Open it in Excel or WPS and save it as .xlsx."
)
_CALENDAR = N_("This is a calendar file; what can be read are CSV, Excel, vCard and JSON.")
_NO_TEXT = N_("This is a {kind} file; what can be read are CSV, Excel, vCard and JSON.")
_EMPTY = N_("The file is empty.")

_ARCHIVES = (b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"))
"""Beginnings of workbooks: zip, and the container of old or encrypted ones."""

_OTHERS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"SQLite format 3\0", "SQLite"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
)

_VCARD = re.compile(r"\s*BEGIN\s*:\s*VCARD", re.IGNORECASE)
_HTML = re.compile(r"\s*<(?:!doctype html|html|head|body|table|meta|\?xml)", re.IGNORECASE)


def kind_of(stream: BinaryIO) -> FileKind:
    """What the stream holds; it stands at its start afterwards.

    Raises:
        BadInput: nothing that can be read; the sentence says what it is, where that is known.
    """
    stream.seek(0)
    start = stream.read(_LOOK)
    stream.seek(0)
    if not start.strip():
        raise BadInput(_EMPTY)
    if start.startswith(_ARCHIVES):
        check_workbook(stream)
        stream.seek(0)
        return FileKind.XLSX
    for mark, kind in _OTHERS:
        if start.startswith(mark):
            raise BadInput(_NO_TEXT, kind=kind)
    return _text_kind(_glimpse(start))


def _glimpse(start: bytes) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start.decode("utf-16", errors="replace")
    return start.decode("utf-8", errors="replace").lstrip("\ufeff")


def _text_kind(text: str) -> FileKind:
    if _VCARD.match(text) or re.search(r"^BEGIN:VCARD\s*$", text, re.IGNORECASE | re.MULTILINE):
        return FileKind.VCARD
    if _HTML.match(text):
        raise BadInput(_WEB_PAGE)
    if text.lstrip().upper().startswith("BEGIN:VCALENDAR"):
        raise BadInput(_CALENDAR)
    if text.lstrip()[:1] in {"{", "["}:
        return FileKind.JSON
    return FileKind.CSV
