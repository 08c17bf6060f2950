"""CSV files that Excel and WPS open rightly, and that come back exactly."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from store.exchange.formulas import harmless


def write_csv(stream: BinaryIO, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write a table; answers how many rows it has below the headings.

    UTF-8 with a byte order mark, without which Excel takes it for GBK; every cell in quotation
    marks, so that nobody has to guess what parts them; nothing in it can become a formula.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow([harmless(heading) for heading in headings])
    count = 0
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        count += 1
    text.detach()
    return count
