"""Turns the rows of a table into cards, by what its columns mean."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from store.errors import BadInput
from store.exchange.birthdays import birthday_fields
from store.exchange.drafts import CardDraft, Kind
from store.exchange.gathering import Gathering
from store.exchange.google_groups import Google
from store.exchange.headings import EXTRA, Column, folded
from store.exchange.tables import Table, TableRow
from store.forms import listing
from store.language import N_, _

SEVERAL = frozenset(
    ["mobile", "work_phone", "home_phone", "fax", "email", "wechat", "qq", "website"]
)
"""Fields in which several columns of a table have room, beside each other."""

_BETWEEN_PHONES = listing.SEMICOLONS + listing.COMMAS + "/"
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(["个人", "个人客户", "person", "人", "联系人"], "person"),
    **dict.fromkeys(["单位", "单位客户", "企业", "公司", "机构"], "organisation"),
    **dict.fromkeys(["organisation", "organization", "company"], "organisation"),
}
_DATES = frozenset({"wedding", "founded", "opened", "met_on"})
_NO_DATE = re.compile(r"[0/-]+")

_PRESET = {
    word: values
    for words, values in (
        ("priority 优先级 sensitivity 敏感度", ("normal", "普通", "一般")),
        ("private 私有", ("false", "假")),
        ("gender 性别", ("unspecified", "未指定")),
        ("emailtype email2type email3type", ("smtp",)),
        ("电子邮件类型 电子邮件2类型 电子邮件3类型", ("smtp",)),
    )
    for word in words.split()
}
"""What Outlook writes into every row of columns that nobody ever filled."""

_WHOLE_NUMBER = re.compile(r"[0-9]{5,}\.0")
"""A telephone number that some program took for a measure."""

_CUT_NUMBER = re.compile(r"[0-9]\.[0-9]+[eE]\+[0-9]+")

_SURPLUS = N_(
    "The row has {count} cells more than there are headings; they are kept with the card."
)
_CUT = N_("Excel cut off the number {text} under “{heading}”; look it up and type it again.")
_NAMELESS = N_("Column {number}")


def read_drafts(table: Table, columns: Sequence[Column]) -> Iterator[CardDraft]:
    """The cards of a table, row by row, while they are asked for.

    A card of which the row tells no name, firm, e-mail or telephone has no `name` in its values.

    Args:
        table: as a reader of CSV or Excel gives it.
        columns: what each column holds, from `headings.recognise`.

    Raises:
        BadInput: the file is damaged from some row on.
    """
    for row in table.rows:
        yield _draft(row, columns)


def _draft(row: TableRow, columns: Sequence[Column]) -> CardDraft:
    card = Gathering(row.number)
    google = Google()
    for column, cell in zip(columns, row.cells, strict=False):
        if not cell or cell.casefold() in _presets(column.heading):
            continue
        if cell.endswith(".0") and _WHOLE_NUMBER.fullmatch(cell):
            cell = cell[:-2]
        if "+" in cell and _CUT_NUMBER.fullmatch(cell):
            card.draft.warnings.append(BadInput(_CUT, text=cell, heading=column.heading))
        if column.target.startswith("google."):
            google.take(column.target.removeprefix("google."), cell)
        else:
            _take(card, column, cell)
    google.give(card)
    _keep_surplus(card, row, len(columns))
    return card.finished()


def _take(card: Gathering, column: Column, cell: str) -> None:
    """Put one filled cell where it belongs."""
    area, _dot, rest = column.target.partition(".")
    if column.target == EXTRA:
        card.keep(column.heading or _("(no heading)"), cell)
    elif area in SEVERAL:
        card.add(area, cell)
    elif area in _TAKERS:
        _TAKERS[area](card, column.heading, rest or area, cell)
    elif area not in _DATES or not _NO_DATE.fullmatch(cell):
        card.put(area, column.heading, cell)


@lru_cache(maxsize=1000)
def _presets(heading: str) -> tuple[str, ...]:
    return _PRESET.get(folded(heading), ())


def _keep_surplus(card: Gathering, row: TableRow, width: int) -> None:
    """Keep cells beyond the headings: most often a comma inside an address parted it."""
    surplus = [(place, cell) for place, cell in enumerate(row.cells[width:], width + 1) if cell]
    if surplus:
        card.draft.warnings.append(BadInput(_SURPLUS, count=len(surplus)))
    for place, cell in surplus:
        card.keep(_(_NAMELESS).format(number=place), cell)


def _birthday(card: Gathering, heading: str, key: str, cell: str) -> None:
    for field, text in birthday_fields(cell, "" if key == "birthday" else key).items():
        card.put(field, heading, text)


def _phone(card: Gathering, heading: str, key: str, cell: str) -> None:
    card.phones += listing.split(cell, _BETWEEN_PHONES)


def _note(card: Gathering, heading: str, key: str, cell: str) -> None:
    card.add("note", cell, between="\n")


def _tags(card: Gathering, heading: str, key: str, cell: str) -> None:
    groups = [group.lstrip("* ") for group in cell.split(" ::: ")]
    kept = "、".join(group for group in groups if group and folded(group) != "mycontacts")
    if kept:
        card.add("tags", kept, between="、")


def _schools(card: Gathering, heading: str, key: str, cell: str) -> None:
    card.add(key, cell)


def _kind(card: Gathering, heading: str, key: str, cell: str) -> None:
    card.kind = _KINDS.get(folded(cell))
    if card.kind is None:
        card.keep(heading, cell)


def _number(card: Gathering, heading: str, key: str, cell: str) -> None:
    card.draft.number = cell


def _name_part(card: Gathering, heading: str, part: str, cell: str) -> None:
    card.name_parts.setdefault(part, cell)


def _address_part(card: Gathering, heading: str, target: str, cell: str) -> None:
    kind, _dot, part = target.partition(".")
    card.add_address(kind, part, cell)


def _labelled(card: Gathering, heading: str, target: str, cell: str) -> None:
    label, _dot, key = target.partition(".")
    card.labelled.append((key, cell if cell.endswith((")", "）")) else f"{cell} ({label})"))


_TAKERS: dict[str, Callable[[Gathering, str, str, str], None]] = {
    **dict.fromkeys(["birthday", "birth_solar", "birth_lunar"], _birthday),
    "phone": _phone,
    "note": _note,
    "tags": _tags,
    "education": _schools,
    "kind": _kind,
    "number": _number,
    "part": _name_part,
    "address": _address_part,
    "labelled": _labelled,
}
"""Targets that are more than one field: card, heading, rest of the target, cell."""
