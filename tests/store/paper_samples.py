"""Small real files, by what they are."""

import io
import struct
import zipfile
import zlib

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\0\xff"))
    + _chunk(b"IEND", b"")
)


def archive(*names: str) -> bytes:
    """A zip archive with these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in names:
            made.writestr(name, "<x/>")
    return stream.getvalue()


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000) + "WordDocument".encode("utf-16-le")

SAMPLES: dict[str, bytes] = {
    "application/pdf": PDF,
    "image/png": PNG,
    "image/jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "image/gif": b"GIF89a\x01\0\x01\0",
    "image/webp": b"RIFF\x10\0\0\0WEBPVP8 ",
    "image/tiff": b"II*\0\x08\0\0\0",
    "application/zip": archive("x.txt"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": archive(
        "[Content_Types].xml", "word/document.xml"
    ),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": archive(
        "[Content_Types].xml", "xl/workbook.xml"
    ),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": archive(
        "[Content_Types].xml", "ppt/presentation.xml"
    ),
    "application/ofd": archive("OFD.xml", "Doc_0/Document.xml"),
    "application/msword": OLE,
    "application/x-ole-storage": OLE[:500],
    "text/plain; charset=utf-8": "合同正文，第一条".encode(),
    "text/plain; charset=gb18030": "合同正文，第一条".encode("gb18030"),
    "application/octet-stream": b"\x7fELF\x02\x01\x01" + bytes(60),
}
"""Files by the type that their content has."""
