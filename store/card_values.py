"""A card's values by form key, and the tables where each of them lives.

The declaration says by `source` where a field is kept (architecture.md, Forms): a column of the
card, contact points, the main affiliation, yearly dates, or the profile.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from store import rows
from store.forms.declaration import load_form
from store.lunar import Calendar, YearlyDate
from store.models.cards import Affiliation, Card, ContactPoint, Occasion
from store.models.team import Member
from store.records.cards import CardRecord

COLUMN_OF = {"nickname": "short_name"}
"""Form keys whose column has another name."""

BIRTH_KEYS = {"birth_solar": Calendar.SOLAR, "birth_lunar": Calendar.LUNAR}
"""The two birthdays of the form; both are occasions of kind `birth`."""

KEPT_KEY = "birth_kept"
"""The field that says which of two birthdays is celebrated."""

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


def take_apart(kind: str, values: Mapping[str, Any]) -> Pieces:
    """Sort checked values by where they are kept; every declared key is set or cleared."""
    from store.forms.contacts import normal_contact

    pieces = Pieces()
    for declared in load_form(kind).fields():
        key, value = declared.key, values.get(declared.key)
        if key == REFERRER_KEY:
            pieces.referrer = value
        elif key == ORGANISATION_KEY:
            pieces.organisation = value
        elif key == KEPT_KEY:
            continue
        elif declared.source == "card":
            pieces.columns[COLUMN_OF.get(key, key)] = _column_value(key, value)
        elif declared.source == "contact":
            pieces.contacts.extend(
                {
                    "kind": key,
                    "value": entry["value"],
                    "label": entry.get("label", ""),
                    "normal": normal_contact(key, entry["value"]),
                    "position": place,
                }
                for place, entry in enumerate(_entries(value))
            )
        elif declared.source == "affiliation":
            pieces.affiliation[key] = value
        elif declared.source == "occasion":
            pieces.occasions.extend(_occasion_rows(key, value))
        elif value is not None:
            pieces.profile[key] = value
    if pieces.organisation is None:
        # Who is a manager without anybody knowing where has no affiliation that could hold it.
        pieces.profile.update({k: v for k, v in pieces.affiliation.items() if v is not None})
    _mark_kept(pieces.occasions, values.get(KEPT_KEY))
    return pieces


def _column_value(key: str, value: Any) -> Any:
    if key == "lifecycle":
        return value or "prospect"
    if key == "likelihood":
        return value or "unclassified"
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
                "note": entry.get("note", ""),
                "position": place,
            }
        )
    return found


def _mark_kept(occasions: list[dict[str, Any]], kept: str | None) -> None:
    """Of two birthdays one is celebrated: the one marked, else the solar one."""
    births = [row for row in occasions if row["kind"] == "birth"]
    if len(births) > 1:
        chosen = kept or "solar"
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
    points: dict[int, list[ContactPoint]] = {}
    occasions: dict[int, list[Occasion]] = {}
    affiliations: dict[int, Affiliation] = {}
    ids = list(found)
    for start in range(0, len(ids), rows.CHUNK):
        part = ids[start : start + rows.CHUNK]
        for point in (
            ContactPoint.select().where(ContactPoint.card.in_(part)).order_by(ContactPoint.position)
        ):
            points.setdefault(point.card_id, []).append(point)
        for occasion in (
            Occasion.select()
            .where(Occasion.card.in_(part) & Occasion.family_member.is_null())
            .order_by(Occasion.position)
        ):
            occasions.setdefault(occasion.card_id, []).append(occasion)
        for affiliation in (
            Affiliation.select()
            .where(Affiliation.person.in_(part) & Affiliation.until.is_null())
            .order_by(Affiliation.main)
        ):
            affiliations[affiliation.person_id] = affiliation
    numbers = _numbers(found.values(), affiliations.values())
    owners: dict[int, str] = dict(rows.tuples(Member.select(Member.id, Member.name)))
    return {
        card_id: _record(
            row,
            points.get(card_id, []),
            occasions.get(card_id, []),
            affiliations.get(card_id),
            numbers,
            owners,
        )
        for card_id, row in found.items()
    }


def _numbers(
    cards: Iterable[rows.Row], affiliations: Iterable[Affiliation]
) -> dict[int, tuple[str, str]]:
    """Number and name of every card that these link to, by id."""
    wanted = {row["referrer_card_id"] for row in cards} | {a.organisation_id for a in affiliations}
    wanted.discard(None)
    ids = list(wanted)
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(ids), rows.CHUNK):
        query = Card.select(Card.id, Card.number, Card.name).where(
            Card.id.in_(ids[start : start + rows.CHUNK])
        )
        found.update({row_id: (number, name) for row_id, number, name in rows.tuples(query)})
    return found


def _record(
    row: rows.Row,
    points: Sequence[ContactPoint],
    occasions: Sequence[Occasion],
    affiliation: Affiliation | None,
    numbers: Mapping[int, tuple[str, str]],
    owners: Mapping[int, str],
) -> CardRecord:
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
        if key == REFERRER_KEY:
            value = row["referrer_name"]
            if row["referrer_card_id"] in numbers:
                value, name = numbers[row["referrer_card_id"]]
                linked[value] = name
        elif key == ORGANISATION_KEY:
            if affiliation is not None:
                value, name = numbers[affiliation.organisation_id]
                linked[value] = name
        elif key == KEPT_KEY:
            births = [entry for entry in occasions if entry.kind == "birth"]
            value = next((b.calendar for b in births if b.kept), None) if len(births) > 1 else None
        elif declared.source == "card":
            value = content["tags"] if key == "tags" else row[COLUMN_OF.get(key, key)]
        elif declared.source == "contact":
            entries = [{"value": p.value, "label": p.label} for p in points if p.kind == key]
            value = entries if declared.several else next((e["value"] for e in entries), None)
        elif declared.source == "affiliation":
            value = getattr(affiliation, key) if affiliation is not None else profile.get(key)
        elif declared.source == "occasion":
            value = _occasion_value(key, declared.several, occasions)
        else:
            value = profile.get(key)
        if value not in (None, "", []):
            values[key] = value
    declared_keys = {declared.key for declared in form.fields()}
    moment = Card.updated_at.python_value
    return CardRecord(
        id=row["id"],
        number=row["number"],
        kind=row["kind"],
        version=row["version"],
        owner=owners.get(row["owner_id"], ""),
        created_at=_moment(moment(row["created_at"])),
        updated_at=_moment(moment(row["updated_at"])),
        trashed=row["trashed_at"] is not None,
        values=values,
        extras=content["extras"] or [],
        unknown={key: value for key, value in profile.items() if key not in declared_keys},
        linked=linked,
    )


def _moment(value: Any) -> datetime:
    assert isinstance(value, datetime)
    return value


def _occasion_value(key: str, several: bool, occasions: Sequence[Occasion]) -> Any:
    if key in BIRTH_KEYS:
        of_kind = [o for o in occasions if o.kind == "birth" and o.calendar == BIRTH_KEYS[key]]
    else:
        of_kind = [o for o in occasions if o.kind == key]
    if several:
        return [{"date": str(yearly(o)), "note": o.note} for o in of_kind]
    return str(yearly(of_kind[0])) if of_kind else None
