"""A card's values by form key, and the tables where each of them lives.

The declaration says by `source` where a field is kept (architecture.md, Forms): a column of the
card, contact points, the main affiliation, yearly dates, or the profile.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from store import rows
from store.cleaning import clean_line, clean_text
from store.errors import BadValue
from store.forms.declaration import ATTACHED, Form, load_form
from store.forms.texts import as_text
from store.forms.tidy import LONGEST_LINE, short_enough
from store.language import N_
from store.lunar import Calendar, YearlyDate
from store.models.base import database
from store.models.cards import Affiliation, Card, ContactPoint, Occasion
from store.records.cards import CardRecord

COLUMN_OF = {"nickname": "short_name"}
"""Form keys whose column has another name."""

BIRTH_KEYS = {"birth_solar": Calendar.SOLAR, "birth_lunar": Calendar.LUNAR}
"""The two birthdays of the form; both are occasions of kind `birth`."""

KEPT_KEY = "birth_kept"
"""The field that says which of two birthdays is celebrated."""

NO_LIFECYCLE = "prospect"
NO_LIKELIHOOD = "unclassified"
"""What a card has of which nobody said it."""

LONGEST_EXTRA = 400_000
"""Characters of a text that no field takes: a picture of a vCard, say."""

NO_PAIRS = N_("This should be a list of names, each with a text.")

REFERRER_KEY = "referrer"
ORGANISATION_KEY = "organisation"


@dataclass(slots=True)
class Pieces:
    """A card's values, sorted by where they are kept."""

    columns: dict[str, Any] = field(default_factory=dict)
    profile: dict[str, Any] = field(default_factory=dict)
    contacts: list[dict[str, Any]] = field(default_factory=list)
    occasions: list[dict[str, Any]] = field(default_factory=list)
    affiliation: dict[str, Any] = field(default_factory=dict)
    organisation: str | None = None
    """The organisation as it was given: a number or a name."""
    referrer: str | None = None


def take_apart(kind: str, values: Mapping[str, Any], new: bool = False) -> Pieces:
    """Sort checked values by where they are kept.

    Every declared key is set or cleared; of a new card nothing needs to be cleared.
    """
    form = load_form(kind)
    pieces = Pieces() if new else Pieces(columns=dict(_cleared(form, "card")))
    affiliation: dict[str, Any] = {}
    for key, value in values.items():
        if value is None or key not in form or key == KEPT_KEY:
            continue
        source = form.field(key).source
        if source in ATTACHED:
            continue
        if key == REFERRER_KEY:
            pieces.referrer = value
        elif key == ORGANISATION_KEY:
            pieces.organisation = value
        elif source == "card":
            pieces.columns[COLUMN_OF.get(key, key)] = _column_value(key, value)
        elif source == "contact":
            pieces.contacts.extend(_contact_rows(key, value))
        elif source == "affiliation":
            affiliation[key] = value
        elif source == "occasion":
            pieces.occasions.extend(_occasion_rows(key, value))
        else:
            pieces.profile[key] = value
    if pieces.organisation is None:
        # Who is a manager without anybody knowing where has no affiliation that could hold it.
        pieces.profile.update(affiliation)
    pieces.affiliation = affiliation if new else {**_cleared(form, "affiliation"), **affiliation}
    _mark_kept(pieces.occasions, values.get(KEPT_KEY))
    return pieces


def as_kept(values: Mapping[str, Any]) -> dict[str, Any]:
    """Checked values of a new card as `load_records` will give them."""
    kept = {"lifecycle": NO_LIFECYCLE, "likelihood": NO_LIKELIHOOD, **values}
    if BIRTH_KEYS.keys() <= kept.keys():
        kept.setdefault(KEPT_KEY, str(Calendar.SOLAR))
    else:
        kept.pop(KEPT_KEY, None)
    return kept


def checked_extras(extras: Iterable[Sequence[str]]) -> list[list[str]]:
    """Names and texts that no field takes, as they are kept; pairs without a text are left out.

    Raises:
        BadValue: one of them is no pair of texts, or too long.
    """
    kept = []
    for pair in extras:
        if isinstance(pair, str) or len(pair) != 2:
            raise BadValue(NO_PAIRS, field="extras")
        name, text = (as_text(part) for part in pair)
        whole = short_enough(clean_text(text), LONGEST_EXTRA, "extras")
        if whole:
            kept.append([short_enough(clean_line(name), LONGEST_LINE, "extras"), whole])
    return kept


@lru_cache(maxsize=16)
def _cleared(form: Form, source: str) -> Mapping[str, Any]:
    """The columns that fields of this source have on a card of which nothing is known."""
    return {
        COLUMN_OF.get(declared.key, declared.key): _column_value(declared.key, None)
        for declared in form.fields()
        if declared.source == source and declared.key not in (REFERRER_KEY, ORGANISATION_KEY)
    }


def _contact_rows(key: str, value: Any) -> Iterator[dict[str, Any]]:
    from store.forms.contacts import normal_contact

    for place, entry in enumerate(_entries(value)):
        yield {
            "kind": key,
            "value": entry["value"],
            "label": entry.get("label", ""),
            "normal": normal_contact(key, entry["value"]),
            "position": place,
        }


def _column_value(key: str, value: Any) -> Any:
    if key == "lifecycle":
        return value or NO_LIFECYCLE
    if key == "likelihood":
        return value or NO_LIKELIHOOD
    return date.fromisoformat(value) if key == "met_on" and value else value


def _entries(value: Any) -> list[dict[str, str]]:
    if not value:
        return []
    return [{"value": value, "label": ""}] if isinstance(value, str) else list(value)


def _occasion_rows(key: str, value: Any) -> list[dict[str, Any]]:
    if not value:
        return []
    several = value if isinstance(value, list) else [{"date": value, "note": ""}]
    found = []
    for place, entry in enumerate(several):
        said = YearlyDate.parse(entry["date"])
        found.append(
            {
                "kind": "birth" if key in BIRTH_KEYS else key,
                "calendar": str(said.calendar),
                "year": said.year,
                "month": said.month,
                "day": said.day,
                "leap": said.leap,
                "kept": True,
                "position": place,
            }
        )
        if several is value:  # the note of a single date is not on the form, and stays
            found[-1]["note"] = entry.get("note", "")
    return found


def _mark_kept(occasions: list[dict[str, Any]], kept: str | None) -> None:
    """Of two birthdays one is celebrated: the one marked, else the solar one."""
    births = [row for row in occasions if row["kind"] == "birth"]
    if len(births) > 1:
        chosen = kept or str(Calendar.SOLAR)
        for row in births:
            row["kept"] = row["calendar"] == chosen


def yearly(row: Any) -> YearlyDate:
    """The yearly date that a row of the occasion table stores."""
    return YearlyDate(Calendar(row.calendar), row.year, row.month, row.day, bool(row.leap))


def load_records(card_ids: Iterable[int]) -> dict[int, CardRecord]:
    """Whole cards by id; few queries, however many cards."""
    found = rows.fetch(Card, card_ids)
    if not found:
        return {}
    points = rows.children(ContactPoint, "card_id", found, order="position")
    occasions = rows.children(
        Occasion, "card_id", found, "family_member_id IS NULL", order="position"
    )
    affiliations = main_affiliations(found)
    linked = {row["referrer_card_id"] for row in found.values()}
    linked |= {affiliation["organisation_id"] for affiliation in affiliations.values()}
    numbers = _numbers(linked - {None})
    owners: dict[int, str] = dict(database.execute_sql("SELECT id, name FROM member").fetchall())
    return {
        card_id: record_of(
            row,
            points.get(card_id, []),
            occasions.get(card_id, []),
            affiliations.get(card_id),
            numbers,
            owners,
        )
        for card_id, row in found.items()
    }


def main_affiliations(people: Iterable[int]) -> dict[int, rows.Row]:
    """Where these people work now: the main one of their affiliations, by person."""
    present = rows.children(
        Affiliation, "person_id", people, '"until" IS NULL', order="main DESC, id"
    )
    return {person: several[0] for person, several in present.items()}


def _numbers(card_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Number and name of cards that others link to, by id."""
    ids = list(card_ids)
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(ids), rows.CHUNK):
        part = ids[start : start + rows.CHUNK]
        marks = ",".join([database.param] * len(part))
        cursor = database.execute_sql(
            f"SELECT id, number, name FROM card WHERE id IN ({marks})", part
        )
        found.update({row_id: (number, name) for row_id, number, name in cursor.fetchall()})
    return found


def record_of(
    row: rows.Row,
    points: Sequence[rows.Row],
    occasions: Sequence[rows.Row],
    affiliation: rows.Row | None,
    numbers: Mapping[int, tuple[str, str]],
    owners: Mapping[int, str],
) -> CardRecord:
    """A whole card from its stored rows.

    Args:
        affiliation: where a person works now.
        numbers: number and name of the cards that these rows name, by their ids.
        owners: names of members by their ids.
    """
    content = rows.flat(Card, {"tags": row["tags"], "extras": row["extras"]})
    profile = {
        key.removeprefix("profile."): value
        for key, value in rows.flat(Card, {"profile": row["profile"]}).items()
        if key != "profile"
    }
    form = load_form(row["kind"])
    values: dict[str, Any] = {}
    linked: dict[str, str] = {}
    for declared in form.fields():
        key = declared.key
        value: Any = None
        if declared.source in ATTACHED:
            continue
        if key == REFERRER_KEY:
            value = row["referrer_name"]
            if row["referrer_card_id"] in numbers:
                value, name = numbers[row["referrer_card_id"]]
                linked[value] = name
        elif key == ORGANISATION_KEY:
            if affiliation is not None and affiliation["organisation_id"] in numbers:
                value, name = numbers[affiliation["organisation_id"]]
                linked[value] = name
        elif key == KEPT_KEY:
            births = [entry for entry in occasions if entry["kind"] == "birth"]
            kept = [entry["calendar"] for entry in births if entry["kept"]]
            value = kept[0] if kept and len(births) > 1 else None
        elif declared.source == "card":
            value = content["tags"] if key == "tags" else row[COLUMN_OF.get(key, key)]
            if declared.type == "yes_no" and value is not None:
                value = bool(value)
        elif declared.source == "contact":
            entries = [
                {"value": point["value"], "label": point["label"]}
                for point in points
                if point["kind"] == key
            ]
            value = entries if declared.several else next((e["value"] for e in entries), None)
        elif declared.source == "affiliation":
            value = affiliation[key] if affiliation is not None else profile.get(key)
        elif declared.source == "occasion":
            value = _occasion_value(key, declared.several, occasions)
        else:
            value = profile.get(key)
        if value not in (None, "", []):
            values[key] = value
    declared_keys = {declared.key for declared in form.fields() if declared.source not in ATTACHED}
    return CardRecord(
        id=row["id"],
        number=row["number"],
        kind=row["kind"],
        version=row["version"],
        owner=owners.get(row["owner_id"], ""),
        created_at=_moment(row["created_at"]),
        updated_at=_moment(row["updated_at"]),
        trashed=row["trashed_at"] is not None,
        values=values,
        extras=content["extras"] or [],
        unknown={key: value for key, value in profile.items() if key not in declared_keys},
        linked=linked,
    )


def _moment(stored: str) -> datetime:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)


def _occasion_value(key: str, several: bool, occasions: Sequence[rows.Row]) -> Any:
    kind, calendar = ("birth", BIRTH_KEYS[key]) if key in BIRTH_KEYS else (key, None)
    said = [
        {"date": str(_yearly_of(row)), "note": row["note"]}
        for row in occasions
        if row["kind"] == kind and calendar in (None, row["calendar"])
    ]
    if several:
        return said
    return said[0]["date"] if said else None


def _yearly_of(row: rows.Row) -> YearlyDate:
    return YearlyDate(
        Calendar(row["calendar"]), row["year"], row["month"], row["day"], bool(row["leap"])
    )
