"""Two values of one field as one, with nothing of either lost."""

from collections.abc import Mapping, Sequence
from typing import Any

from store.forms.contacts import normal_contact
from store.forms.declaration import Field
from store.forms.tables import ROW_ID
from store.forms.tidy import LONGEST_TEXT


def united_value(field: Field, first: Any, second: Any) -> Any | None:
    """Both values, the first one's before the second's; None where a field has room for one.

    Of lists each entry once; texts of many lines one below the other.
    """
    if isinstance(first, list) and isinstance(second, list):
        return united_entries(field, first, second)
    if field.type == "long_text":
        text = united_text(str(first), str(second))
        return text if len(text) <= LONGEST_TEXT else None
    return None


def united_entries(field: Field, first: Sequence[Any], second: Sequence[Any]) -> list[Any]:
    """The entries of both lists, each once, with the label or note that either of them has."""
    if field.type == "rows":
        return _united_rows(first, second)
    joined: dict[object, Any] = {}
    for entry in [*first, *second]:
        same = _identity(field, entry)
        known = joined.get(same)
        if known is None:
            joined[same] = entry
        elif isinstance(entry, dict):
            joined[same] = {key: known.get(key) or text for key, text in entry.items()}
    return list(joined.values())


def united_text(first: str, second: str) -> str:
    """Both texts, one below the other; one of them where it holds the other."""
    if second in first:
        return first
    return second if first in second else f"{first}\n{second}"


def _identity(field: Field, entry: Any) -> object:
    """By what two entries of a list are the same."""
    if not isinstance(entry, dict):
        return entry
    if "date" in entry:
        return entry["date"], entry.get("note", "")
    return normal_contact(field.key, entry["value"])


def _united_rows(first: Sequence[Any], second: Sequence[Any]) -> list[Any]:
    """Rows of two tables: one that says no more than another goes into it, with that one's id."""
    rows: list[dict[str, Any]] = [dict(row) for row in first]
    for row in second:
        said = _said(row)
        if any(_holds(each, said) for each in rows):
            continue
        poorer = next((each for each in rows if _holds(row, _said(each))), None)
        if poorer is not None:
            poorer.update(said)
        else:
            rows.append(_with_own_id(row, {str(each.get(ROW_ID)) for each in rows}))
    return rows


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != ROW_ID}


def _holds(row: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    """Whether a row says all of this."""
    return all(row.get(key) == value for key, value in said.items())


def _with_own_id(row: Mapping[str, Any], taken: set[str]) -> dict[str, Any]:
    """The row under its id, or a further one where another row has it."""
    row_id = str(row.get(ROW_ID, ""))
    place = 2
    free = row_id
    while free in taken:
        free = f"{row_id[:36]}-{place}"
        place += 1
    return {**row, ROW_ID: free}
