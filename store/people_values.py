"""What is known of somebody's place at an organisation: checked, and as rows of a form."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from store.arguments import in_reach
from store.errors import BadValue
from store.forms.declaration import Form, load_form
from store.language import N_
from store.models.cards import ContactPoint
from store.records.people import PersonRow, PlaceValues

NOT_YET = N_("This day has not come yet.")
WRONG_ORDER = N_("He cannot have left before he came.")

REPORTS_TO = "reports_to"
DAYS = ("since", "until")
PLACE_KEYS = tuple(field.name for field in fields(PlaceValues))
"""What is known of a place, by key."""

OF_CARD = ("name", "mobile")
"""Keys of a row that stand on the person's card itself."""


def place_form() -> Form:
    """The form of a place (affiliation.toml)."""
    return load_form("affiliation")


def checked(values: PlaceValues, today: date) -> PlaceValues:
    """The values as they are stored: texts clean, blanks None, the dates possible.

    Raises:
        BadValue: the first that is wrong.
    """
    form = place_form()
    clean: dict[str, Any] = {}
    for key in PLACE_KEYS:
        value = getattr(values, key)
        if key == REPORTS_TO or value is None:
            clean[key] = value
        elif key in DAYS:
            in_reach(value, key)
            if value > today:
                raise BadValue(NOT_YET, field=key)
            clean[key] = value
        else:
            clean[key] = form.field(key).check(value)
    if clean["since"] and clean["until"] and clean["until"] < clean["since"]:
        raise BadValue(WRONG_ORDER, field="until")
    return replace(values, **clean)


def as_rows(people: Iterable[PersonRow]) -> list[dict[str, Any]]:
    """People as rows of a form, without blanks; those that are seen in part have none."""
    whole = [person for person in people if person.whole]
    mobiles = first_mobiles([person.card_id for person in whole])
    names = labels(people)
    return [
        {
            "id": str(person.id),
            "name": person.name,
            **as_texts(person.values),
            **_told(REPORTS_TO, names.get(person.values.reports_to or 0) or person.head),
            **_told("mobile", mobiles.get(person.card_id)),
        }
        for person in whole
    ]


def _told(key: str, text: str | None) -> dict[str, str]:
    return {key: text} if text else {}


def as_texts(values: PlaceValues) -> dict[str, Any]:
    """A place as a form keeps it, but for whom he reports to."""
    said = {key: getattr(values, key) for key in PLACE_KEYS if key != REPORTS_TO}
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in said.items()
        if value is not None
    }


def from_texts(row: Mapping[str, Any]) -> PlaceValues:
    """A row of a form as the values of a place, but for whom he reports to.

    Raises:
        BadValue: a day is none, or a value is of another kind.
    """
    form = place_form()
    said: dict[str, Any] = {}
    for key in PLACE_KEYS:
        if key == REPORTS_TO or row.get(key) in (None, ""):
            continue
        value: Any = form.field(key).check(row[key])
        said[key] = date.fromisoformat(value) if key in DAYS else value
    return PlaceValues(**said)


def labels(people: Iterable[PersonRow]) -> dict[int, str]:
    """How a form names each of these people: by name, and by number where two have the same."""
    named = {person.card_id: person for person in people}
    count = Counter(person.name for person in named.values())
    return {
        card_id: person.name if count[person.name] == 1 else f"{person.name} {person.number}"
        for card_id, person in named.items()
    }


def first_mobiles(people: Iterable[int]) -> dict[int, str]:
    """The preferred mobile number of each of these cards."""
    from store import rows

    points = rows.children(ContactPoint, "card_id", people, "kind = 'mobile'", order="position, id")
    return {card_id: several[0]["value"] for card_id, several in points.items()}
