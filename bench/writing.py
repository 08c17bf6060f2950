"""How fast an import writes, and how that compares with reading the file alone.

Beside it stands what SQLite itself takes for the same rows, by nothing but plain statements in one
transaction: no program that keeps these rows and finds them by search can write them faster.
"""

from __future__ import annotations

import csv
import random
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bench.boxes import CITIES, values_of
from bench.figures import Figure
from store.clock import Clock
from store.database import PRAGMAS, open_store
from store.index_check import INDEXES
from store.models.tables import TABLES
from store.models.team import Department, Member, Setting
from store.models.trail import Counter

CARDS = 10_000


def write_csv(target: Path, cards: int) -> None:
    """An address book as other programs export it."""
    chance = random.Random(7)
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(["姓名", "公司", "职务", "手机", "电子信箱", "籍贯", "生日"])
        written = 0
        while written < cards:
            kind, values = values_of(written * 4 + 1, chance)
            assert kind == "person"
            birth = values.get("birth_lunar") or values.get("birth_solar")
            birth = str(birth).replace("lunar:", "农历")
            mobile = f"137{written:08d}"
            mail = values["email"][0]["value"]  # type: ignore[index]
            house = f"{CITIES[written // 3 % len(CITIES)]}第{written // 3}公司"
            out.writerow(
                [
                    values["name"],
                    house,
                    values["title"],
                    mobile,
                    mail,
                    values["native_place"],
                    birth,
                ]
            )
            written += 1


def row_count() -> int:
    """All rows of all tables."""
    return sum(int(table.select().count()) for table in TABLES)


def plain_seconds(box: Path, copy: Path) -> float:
    """What SQLite takes for the rows of a box when they are simply given to it.

    Args:
        box: where an import into a new box wrote.
        copy: the file of a new box to write them into again.
    """
    of_everybody = (Department, Member, Setting, Counter)
    written = [table._meta.table_name for table in TABLES if table not in of_everybody]
    open_store(copy, Clock()).close()
    with closing(sqlite3.connect(box)) as source:
        rows = {
            name: source.execute(f'SELECT {"rowid, " if name in INDEXES else ""}* FROM "{name}"')
            for name in [*written, *INDEXES]
        }
        columns = {name: [each[0] for each in found.description] for name, found in rows.items()}
        ready = {name: found.fetchall() for name, found in rows.items()}
    with closing(sqlite3.connect(copy, isolation_level=None)) as target:
        for name, value in PRAGMAS.items():
            target.execute(f"PRAGMA {name} = {value}")
        start = time.perf_counter()
        target.execute("BEGIN IMMEDIATE")
        for name, values in ready.items():
            names = ",".join(f'"{column}"' for column in columns[name])
            marks = ",".join("?" * len(columns[name]))
            target.executemany(f'INSERT INTO "{name}" ({names}) VALUES ({marks})', values)
        target.execute("COMMIT")
        return time.perf_counter() - start


@dataclass(frozen=True, slots=True)
class Timed:
    """How long an import into a new box took, in seconds."""

    reading: float
    """Reading, mapping, checking, looking for duplicates."""
    writing: float
    cards: int
    rows: int
    """Rows of all tables that were written."""


def timed_import(source: Path, box: Path) -> Timed:
    """Import a file into a new box."""
    store = open_store(box, Clock())
    desk = store.desk()
    start = time.perf_counter()
    plan = desk.exchange.plan(source, source.name)
    read = time.perf_counter()
    before = row_count()
    planned = time.perf_counter()
    result = desk.exchange.run(plan)
    end = time.perf_counter()
    rows = row_count() - before
    store.close()
    return Timed(read - start, end - planned, result.new, rows)


def write_others(box: Path, folder: Path) -> list[Path]:
    """The cards of a box as the other formats that are imported."""
    store = open_store(box, Clock())
    exchange = store.desk().exchange
    files = [folder / "book.xlsx", folder / "book.vcf"]
    for file in files:
        exchange.export_file("cards", file.suffix.removeprefix("."), file)
    store.close()
    return files


def vobject_seconds(book: Path) -> float:
    """What the library of khard's import takes to read the cards, and nothing else."""
    import vobject

    text = book.read_text("utf-8")
    start = time.perf_counter()
    for _ in vobject.readComponents(text, allowQP=True, ignoreUnreadable=True):
        pass
    return time.perf_counter() - start


def figures() -> Iterator[Figure]:
    """Rows a second while writing; whole imports against reading and mapping alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book, box = folder / "book.csv", folder / "csv.sqlite"
        write_csv(book, CARDS)
        taken = {"CSV": timed_import(book, box)}
        plain = plain_seconds(box, folder / "plain.sqlite")
        for file in write_others(box, folder):
            kind = "vCard" if file.suffix == ".vcf" else "workbook"
            taken[kind] = timed_import(file, folder / f"{kind}.sqlite")
        peer = vobject_seconds(folder / "book.vcf")
    first = taken["CSV"]
    rate = first.rows / first.writing
    yield Figure(
        f"writing {CARDS:,} imported cards",
        rate,
        "rows/s",
        limit="at least 3,000",
        met=rate >= 3000,
    )
    for kind, each in taken.items():
        whole, parser = each.cards / (each.reading + each.writing), each.cards / each.reading
        yield Figure(
            f"whole import of a {kind}",
            whole,
            "cards/s",
            parser,
            "reading alone",
            "at least 0.5",
            whole / parser >= 0.5,
        )
    cards = taken["vCard"]
    yield Figure(
        "whole import of a vCard",
        cards.cards / (cards.reading + cards.writing),
        "cards/s",
        cards.cards / peer,
        "vobject reading alone",
        "at least 0.5",
        cards.reading + cards.writing <= 2 * peer,
    )
    yield Figure(
        "the CSV's, if writing were SQLite alone",
        first.cards / (first.reading + plain),
        "cards/s",
        first.cards / first.reading,
        "reading alone",
    )
    yield Figure("writing the CSV's rows", first.writing, "s", plain, "SQLite alone")
