"""Looks into a workbook before it is opened: nothing in it may fill the memory or the disk."""

import zipfile
from typing import BinaryIO

from store.errors import BadInput
from store.language import N_

MOST_BYTES = 400 * 2**20
"""Bytes of all parts unpacked; a book of 100,000 customers with 30 columns has about 150 MB."""

MOST_PARTS = 2_000
"""Parts in the archive; pictures are parts too."""

MOST_RATIO = 200
"""How many times its packed size a part may have; the XML of Excel packs 5 to 50 times."""

_SMALL = 2**20
"""Bytes of a part whose ratio does not matter."""

_OLD = N_("This is an old Excel file (.xls). Save it as .xlsx and try again.")
_ENCRYPTED = N_("The workbook is protected by a password. Save it without one and try again.")
_BINARY = N_("This is a binary Excel file (.xlsb). Save it as .xlsx and try again.")
_OPENDOCUMENT = N_("This is an OpenDocument file (.ods). Save it as .xlsx and try again.")
_NO_WORKBOOK = N_("This is no Excel workbook, or it is damaged. Get it again, whole.")
_BOMB = N_("The workbook would unpack to a size that no address book has; it is not opened.")

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How the container of old Excel files begins; a workbook with a password is put into one."""

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_OLE_LOOK = 64 * 2**20


def check_workbook(stream: BinaryIO) -> None:
    """Refuse what is no .xlsx workbook, and what would unpack to more than is good.

    Raises:
        BadInput: with what the person can do about it.
    """
    stream.seek(0)
    if stream.read(len(_OLE)) == _OLE:
        raise BadInput(_ENCRYPTED if _ENCRYPTED_PACKAGE in stream.read(_OLE_LOOK) else _OLD)
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise BadInput(_NO_WORKBOOK) from error
    names = {part.filename for part in parts}
    if "xl/workbook.bin" in names:
        raise BadInput(_BINARY)
    if "content.xml" in names:
        raise BadInput(_OPENDOCUMENT)
    if "[Content_Types].xml" not in names:
        raise BadInput(_NO_WORKBOOK)
    if len(parts) > MOST_PARTS or any(part.flag_bits & 1 for part in parts):
        raise BadInput(_BOMB if len(parts) > MOST_PARTS else _ENCRYPTED)
    # A size that the archive understates does not help it: no more than that is ever unpacked.
    if sum(part.file_size for part in parts) > MOST_BYTES or any(map(_swells, parts)):
        raise BadInput(_BOMB)


def _swells(part: zipfile.ZipInfo) -> bool:
    return part.file_size > _SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1)
