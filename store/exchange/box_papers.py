"""Papers and volumes in the JSON document of a box; files by name and digest.

The content of files does not travel in JSON: `shuke backup` takes it along. A paper that was read
back has its file as soon as the same file lies beside the box.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store import rows
from store.arguments import taken_as
from store.errors import BadValue
from store.exchange.chosen import CHUNK
from store.exchange.json_fields import Fields
from store.file_store import DIGEST
from store.language import N_
from store.models.base import database
from store.models.papers import Paper, Volume
from store.paper_values import NUMBER, checked, columns, file_name, filing_year, series
from store.records.papers import CLASSES, LETTERS, YEARS, PaperFile, PaperValues
from store.rights import CLOSING

if TYPE_CHECKING:
    from store.exchange.box_members import Members
    from store.recorder import Recorder

_NO_NUMBER = N_("This should be the number of a paper, such as J2026-0012.")
_NO_DIGEST = N_("This should be the SHA-256 of a file: 64 signs 0 to 9 and a to f.")
_NO_YEAR = N_("This should be a year.")
_NO_VOLUME = N_("There is no volume {number} in the file.")
_TWICE = N_("The number {number} is there twice.")

Row = dict[str, Any]


# Out


def volumes_of(papers: Sequence[rows.Row]) -> list[rows.Row]:
    """The stored rows of the volumes that some papers are in, by number."""
    ids = sorted({row["volume_id"] for row in papers if row["volume_id"] is not None})
    return sorted(rows.fetch(Volume, ids).values(), key=lambda row: row["number"])


def papers_of(card_ids: Sequence[int], trashed: bool) -> list[rows.Row]:
    """The stored rows of the papers of some cards, by number.

    Args:
        trashed: those in the trash, too.
    """
    found: list[rows.Row] = []
    condition = "1" if trashed else "trashed_at IS NULL"
    for start in range(0, len(card_ids), CHUNK):
        part = rows.children(Paper, "card_id", card_ids[start : start + CHUNK], condition)
        found.extend(row for several in part.values() for row in several)
    return sorted(found, key=lambda row: row["number"])


# In


@dataclass(slots=True)
class BoxVolume:
    """A volume."""

    number: str
    columns: Row
    closed_by: str | None


@dataclass(slots=True)
class BoxPaper:
    """A paper."""

    number: str
    card: str
    columns: Row
    volume: str | None
    place: int | None
    created_by: str | None


def read_volumes(top: Fields) -> list[BoxVolume]:
    """The volumes of a document; raises `BadInput`."""
    found: dict[str, BoxVolume] = {}
    for one in top.objects("volumes"):
        number = one.require("number", one.line("number"))
        if number in found:
            one.refuse(BadValue(_TWICE, number=number), "number")
        paper_class, year = _class(one), one.whole("year")
        if year not in YEARS:
            one.refuse(BadValue(_NO_YEAR), "year")
        said = {
            "paper_class": paper_class,
            "year": year,
            "title": one.line("title") or "",
            "shelf": one.line("shelf") or "",
            "closed_at": one.require("closed_at", one.moment("closed_at")),
        }
        found[number] = BoxVolume(number, said, one.line("closed_by"))
    return list(found.values())


def read_papers(top: Fields, numbers: set[str], volumes: Sequence[BoxVolume]) -> list[BoxPaper]:
    """The papers of a document.

    Args:
        numbers: of the cards in it.

    Raises:
        BadInput: one of them is wrong.
    """
    known = {volume.number for volume in volumes}
    found: dict[str, BoxPaper] = {}
    for one in top.objects("papers"):
        paper = _paper(one, numbers)
        if paper.number in found:
            one.refuse(BadValue(_TWICE, number=paper.number), "number")
        if paper.volume is not None and paper.volume not in known:
            one.refuse(BadValue(_NO_VOLUME, number=paper.volume), "volume")
        found[paper.number] = paper
    return list(found.values())


def _class(one: Fields) -> str:
    paper_class = one.word("paper_class")
    if paper_class not in CLASSES:
        one.refuse(BadValue(_NO_NUMBER), "paper_class")
    return paper_class


def _paper(one: Fields, numbers: set[str]) -> BoxPaper:
    paper_class = _class(one)
    number = one.require("number", one.line("number"))
    if not NUMBER.fullmatch(number) or number[0] != LETTERS[paper_class]:
        one.refuse(BadValue(_NO_NUMBER), "number")
    card = one.require("card", one.line("card"))
    if card not in numbers:
        one.refuse(BadValue(N_("There is no card {number} in the file."), number=card), "card")
    values = PaperValues(
        paper_class,
        one.line("kind") or "",
        one.line("title") or "",
        one.day("dated_on"),
        one.whole("pages"),
        one.yes("original"),
        one.line("shelf") or "",
        one.text("note") or "",
    )
    try:
        said = columns(checked(taken_as(PaperValues, values, "values")))
    except BadValue as error:
        one.refuse(error, error.field)
    times = {key: one.moment(key) for key in ("created_at", "trashed_at")}
    place = one.whole("place")
    said |= {key: value for key, value in times.items() if value is not None}
    said |= _file(one)
    return BoxPaper(number, card, said, one.line("volume"), place, one.line("created_by"))


def _file(one: Fields) -> Row:
    """What is said of a file; its content may be beside the box, or come later."""
    digest = one.line("digest")
    if digest is None:
        return {}
    if not DIGEST.fullmatch(digest):
        one.refuse(BadValue(_NO_DIGEST), "digest")
    file = PaperFile(
        digest,
        file_name(one.line("file_name") or ""),
        max(0, one.whole("file_size") or 0),
        (one.line("media_type") or "")[:100],
    )
    names = ("digest", "file_name", "file_size", "media_type")
    return dict(zip(names, (file.digest, file.name, file.size, file.media_type), strict=True))


def enter(
    change: "Recorder",
    papers: Sequence[BoxPaper],
    volumes: Sequence[BoxVolume],
    cards: Mapping[str, int],
    members: "Members",
    keeping: bool,
) -> None:
    """Write the papers of cards that were entered, and the volumes that they are in.

    Whoever closes no volumes gets the papers open.

    Args:
        cards: ids of the entered cards by their numbers in the file.
        keeping: let numbers be those of the file: the box has never had any.
    """
    entered = [paper for paper in papers if paper.card in cards]
    may_close = change.desk.member.role in CLOSING
    wanted = {paper.volume for paper in entered} if may_close else set()
    ids = {
        volume.number: change.insert(
            Volume,
            {
                **volume.columns,
                "number": volume.number if keeping else _volume_number(volume.columns),
                "closed_by_id": members.id_of(volume.closed_by),
            },
        )
        for volume in volumes
        if volume.number in wanted
    }
    for paper in entered:
        values: Row = {
            **paper.columns,
            "number": paper.number if keeping else _paper_number(change, paper.columns),
            "card_id": cards[paper.card],
            "created_by_id": members.id_of(paper.created_by),
        }
        paper_id = change.insert(Paper, values)
        volume = ids.get(paper.volume or "")
        if volume is not None:
            # Afterwards, so that an undo opens the paper before it takes it away.
            change.update(Paper, paper_id, {"volume_id": volume, "place": paper.place})
    if keeping:
        _count_on(papers, volumes)


def _paper_number(change: "Recorder", said: Row) -> str:
    from store.recorder import reserve

    values = PaperValues(said["paper_class"], dated_on=said["dated_on"])
    today = change.desk.store.clock.local(change.now).date()
    begins = series(values.paper_class, filing_year(values, today))
    return f"{begins}-{reserve(f'paper:{begins}'):04d}"


def _volume_number(said: Row) -> str:
    from store.recorder import reserve

    begins = series(said["paper_class"], said["year"])
    return f"{begins}-V{reserve(f'volume:{begins}')}"


def _count_on(papers: Sequence[BoxPaper], volumes: Sequence[BoxVolume]) -> None:
    """Let the counters go on behind the numbers of the file."""
    from store.recorder import reserve

    highest: dict[str, int] = {}
    for kind, numbers in (
        ("paper", [paper.number for paper in papers]),
        ("volume", [volume.number for volume in volumes]),
    ):
        for number in numbers:
            begins, _dash, count = number.partition("-")
            digits = count.removeprefix("V")
            if digits.isdecimal() and len(digits) < 10:
                name = f"{kind}:{begins}"
                highest[name] = max(highest.get(name, 0), int(digits))
    for name, most in highest.items():
        reserve(name, most)


def never_had_any() -> bool:
    """Whether the box never had a paper or a volume."""
    cursor = database.execute_sql(
        "SELECT EXISTS (SELECT 1 FROM counter WHERE name LIKE 'paper:%' OR name LIKE 'volume:%')"
    )
    return not cursor.fetchone()[0]
