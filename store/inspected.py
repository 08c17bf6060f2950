"""How a card itself stands: due to be looked through, and a manager's last verdict on it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from store.forms.declaration import load_form
from store.json_text import read_json
from store.language import _
from store.models.base import database
from store.records.briefing import Review

LAST = (
    "SELECT said.verdict, member.name, said.at, said.remarks, said.answered_at "
    "FROM inspection AS said JOIN member ON member.id = said.inspector_id "
    "WHERE said.card_id = ? ORDER BY said.id DESC LIMIT 1"
)


def review_of(card_id: int, kind: str, due_on: date | None) -> Review:
    """When a card falls due, with the last verdict; its remarks as long as nobody answered them."""
    found = database.execute_sql(LAST, [card_id]).fetchone()
    if found is None:
        return Review(due_on)
    verdict, by, at, remarks, answered = found
    waits = verdict == "sent_back" and answered is None
    told = tuple(_told(kind, read_json(remarks))) if waits and remarks else ()
    return Review(due_on, verdict, by, datetime.fromisoformat(at).replace(tzinfo=UTC), told)


def _told(kind: str, remarks: object) -> Iterator[str]:
    """The inspector's words, those on a section with its title."""
    titles = {section.key: section.title for section in load_form(kind).sections}
    for key, words in remarks.items() if isinstance(remarks, dict) else ():
        if words:
            title = titles.get(key, key)
            yield _(": ").join((title, str(words))) if title else str(words)
