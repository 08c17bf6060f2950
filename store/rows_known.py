"""Which cards have rows that are records of their own, as completeness asks: a family, people.

Of an organisation only people of the same owner count: whoever sees it whole by looking after it
sees them, and no figure tells of somebody whom a colleague keeps to himself.
"""

from collections.abc import Collection, Iterable
from typing import Any

from store import rows
from store.forms.declaration import ATTACHED, load_form
from store.models.base import database
from store.records.card_list import KINDS

WITH_ROWS = {
    "family": "SELECT DISTINCT card_id FROM family_member WHERE card_id IN ({cards})",
    "people": (
        "SELECT house.id FROM card AS house WHERE house.id IN ({cards}) AND EXISTS ("
        "SELECT 1 FROM affiliation AS link JOIN card AS person ON person.id = link.person_id "
        "WHERE link.organisation_id = house.id AND link.until IS NULL "
        "AND person.trashed_at IS NULL AND person.owner_id = house.owner_id)"
    ),
}
"""By source of a field: the cards that have at least one such row."""


def rows_known(card_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """What stands for such rows among the values of a card, for `completeness`: by card and key.

    Cards that have none are missing.
    """
    ids = list(card_ids)
    found: dict[int, dict[str, Any]] = {}
    keys = _keys()
    for source, statement in WITH_ROWS.items():
        for start in range(0, len(ids), rows.CHUNK):
            part = ids[start : start + rows.CHUNK]
            marks = ",".join([database.param] * len(part))
            for (card,) in database.execute_sql(statement.format(cards=marks), part):
                found.setdefault(card, {}).update(dict.fromkeys(keys.get(source, ()), True))
    return found


def _keys() -> dict[str, Collection[str]]:
    """The fields of the cards' forms that hold such rows, by their source."""
    found: dict[str, list[str]] = {}
    for kind in KINDS:
        for field in load_form(kind).fields():
            if field.source in ATTACHED:
                found.setdefault(field.source, []).append(field.key)
    return dict(found)
