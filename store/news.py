"""What happened to customers, by the news on their cards."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from store.forms.declaration import load_form
from store.records.briefing import NewsItem
from store.row_facts import Holder, day_in, holders, text_in

if TYPE_CHECKING:
    from store.desk import Desk

FIELD = "news"


def recent(desk: "Desk", days: int, limit: int, of_others: int) -> list[NewsItem]:
    """The news of the last days: on the member's customers, then on those of others.

    Args:
        limit: so many at most.
        of_others: so many on customers whom colleagues look after, where the member sees them.
    """
    today = desk.store.clock.today()
    since = today - timedelta(days=days - 1)
    found = holders(desk, FIELD, ("on",), since, today, newest=True, limit=limit * 4)
    told = [item for holder in found for item in news_of(holder, since, today)]
    told.sort(key=lambda item: (item.on or since, item.card_id), reverse=True)
    own = [item for item in told if item.mine]
    others = [item for item in told if not item.mine]
    return [*own, *others[:of_others]][:limit]


def news_of(holder: Holder, since: date = date.min, until: date = date.max) -> list[NewsItem]:
    """The news of a card between two days, the newest first; undated news is of no day."""
    form = load_form(holder.kind)
    kinds = {column.key: column for column in form.field(FIELD).columns} if FIELD in form else {}
    found = []
    for row in holder.rows:
        on, what = day_in(row, "on"), text_in(row, "what") or text_in(row, "note")
        kind = kinds["kind"].show(row["kind"]) if "kind" in kinds and row.get("kind") else ""
        if (what or kind) and since <= (on or date.min) <= until:
            found.append(
                NewsItem(
                    holder.id,
                    holder.number,
                    holder.name,
                    holder.owner,
                    holder.mine,
                    on,
                    kind,
                    what or kind,
                    text_in(row, "source"),
                )
            )
    return sorted(found, key=lambda item: item.on or date.min, reverse=True)
