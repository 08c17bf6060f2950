"""What a file is by its content: its name may lie, and nothing of it is ever run."""

import mmap
import re
from contextlib import suppress
from pathlib import PurePath
from typing import BinaryIO

UNKNOWN = "application/octet-stream"

_LOOK = 4096
_TAIL = 65_536

_OOXML = "application/vnd.openxmlformats-officedocument."

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
)

_IN_ARCHIVES: tuple[tuple[bytes, str], ...] = (
    (b"word/document.xml", f"{_OOXML}wordprocessingml.document"),
    (b"xl/workbook.xml", f"{_OOXML}spreadsheetml.sheet"),
    (b"ppt/presentation.xml", f"{_OOXML}presentationml.presentation"),
    (b"OFD.xml", "application/ofd"),
)
"""Names in a zip archive's own list, at its end, that tell what it is."""

_IN_OLE: tuple[tuple[str, str], ...] = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)
"""Names in the container of old Office files."""

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")

TEXT, CHINESE_TEXT = "text/plain; charset=utf-8", "text/plain; charset=gb18030"

ENDINGS: dict[str, tuple[str, ...]] = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "image/tiff": (".tif", ".tiff"),
    "application/zip": (".zip", ".wps", ".et", ".dps", ".odt", ".ods", ".odp"),
    f"{_OOXML}wordprocessingml.document": (".docx", ".docm", ".dotx", ".wps"),
    f"{_OOXML}spreadsheetml.sheet": (".xlsx", ".xlsm", ".xltx", ".et"),
    f"{_OOXML}presentationml.presentation": (".pptx", ".pptm", ".potx", ".dps"),
    "application/ofd": (".ofd",),
    "application/msword": (".doc", ".dot", ".wps"),
    "application/vnd.ms-excel": (".xls", ".xlt", ".et"),
    "application/vnd.ms-powerpoint": (".ppt", ".pot", ".dps"),
    "application/x-ole-storage": (".doc", ".xls", ".ppt", ".wps", ".et", ".dps", ".msg"),
}
"""The endings that files of a type have; texts have any that no other type has."""

_TAKEN = frozenset(ending for endings in ENDINGS.values() for ending in endings)

SHORT = {
    "application/pdf": "PDF",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/gif": "GIF",
    "image/webp": "WebP",
    "image/tiff": "TIFF",
    "application/zip": "ZIP",
    f"{_OOXML}wordprocessingml.document": "Word",
    f"{_OOXML}spreadsheetml.sheet": "Excel",
    f"{_OOXML}presentationml.presentation": "PowerPoint",
    "application/ofd": "OFD",
    "application/msword": "Word 97",
    "application/vnd.ms-excel": "Excel 97",
    "application/vnd.ms-powerpoint": "PowerPoint 97",
    "application/x-ole-storage": "Office 97",
    TEXT: "TXT",
    CHINESE_TEXT: "TXT (GB18030)",
}
"""What types are called where people read them; the same in every language."""

_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def media_type(file: BinaryIO) -> str:
    """The type of an open file by its content; `UNKNOWN` where nothing tells."""
    file.seek(0)
    head = file.read(_LOOK)
    for beginning, found in _BEGINNINGS:
        if head.startswith(beginning):
            return found
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_archive(file)
    if head.startswith(_OLE):
        return _of_container(file)
    return _of_text(head, whole=len(head) < _LOOK)


def _of_archive(file: BinaryIO) -> str:
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    tail = file.read()
    return next((found for name, found in _IN_ARCHIVES if name in tail), "application/zip")


def _of_container(file: BinaryIO) -> str:
    with (
        suppress(ValueError, OSError),
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
    ):
        for name, found in _IN_OLE:
            if content.find(name.encode("utf-16-le")) >= 0:
                return found
    return "application/x-ole-storage"


def _of_text(head: bytes, whole: bool) -> str:
    if not head or _NO_TEXT.search(head):
        return UNKNOWN
    for encoding, found in (("utf-8-sig", TEXT), ("gb18030", CHINESE_TEXT)):
        # The last character may have been cut in two.
        for cut in range(1 if whole else 4):
            with suppress(UnicodeDecodeError):
                head[: len(head) - cut].decode(encoding)
                return found
    return UNKNOWN


def lies(name: str, found: str) -> bool:
    """Whether a file's name ends like another type than the one that it is."""
    ending = PurePath(name).suffix.lower()
    if ending not in _TAKEN:
        return False
    return ending not in ENDINGS.get(found, ())


def short_type(found: str) -> str:
    """What a type is called, in a word; "" for one that is unknown."""
    return SHORT.get(found, "")


def ending_of(name: str, found: str) -> str:
    """The ending of a file, without its dot: as it is called, else as its type has it."""
    ending = PurePath(name).suffix.lower().lstrip(".")
    if ending.isascii() and ending.isalnum() and len(ending) <= 8:
        return ending
    return ENDINGS.get(found, (".bin",))[0].lstrip(".")
