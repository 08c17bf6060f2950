"""What a briefing tells from the small tables of a card: competitors, needs, purchases, checks."""

from collections.abc import Iterator, Mapping
from typing import Any

from store.briefing_facts import lines
from store.forms.declaration import Field, Form, load_form
from store.language import _
from store.records.cards import CardRecord
from store.row_facts import rows_in

CREDIT = ("credit_limit", "trade_terms")

PAYMENT = (
    *("payment_attitude", "payment_term", "payment_method", "credit_standing"),
    *("yearly_demand", "budget_amount", "budget_period", "budget_approver"),
)

YEARS = 3
"""Years of purchases that are told."""

ROWS = 4
"""Competitors and needs that are told."""

CHANCES = ("high", "fair", "low", "none")
"""Of displacing a competitor, the best first."""

CHECKED = (
    *("stock", "stock_cause", "display_place", "purchases", "only_ours", "promotions"),
    *("support", "news_passed", "note"),
)
"""Columns of a dealer check that are told, the telling first."""


def competitors(house: CardRecord) -> tuple[str, ...]:
    """Who else sells to an organisation, how satisfied it is, our chance; the best chance first."""
    told = _table(load_form(house.kind), house, "competitors")
    places = {chance: place for place, chance in enumerate(CHANCES)}
    ranked = sorted(told, key=lambda row: places.get(str(row.values.get("chance")), len(places)))
    return tuple(_competitor(row) for row in ranked[:ROWS])


def _competitor(row: "_Row") -> str:
    who = row.joined("competitor", "product")
    rep = row.joined("rep", "rep_style", "rep_relation")
    told = [
        who,
        row.titled("satisfaction"),
        _(": ").join(part for part in (row.titled("chance"), row.text("chance_reason")) if part),
        row.titled("our_edge"),
        row.titled("our_weakness"),
        f"{row.title('rep')} {rep}" if rep else "",
    ]
    return _("; ").join(part for part in told if part)


def needs(house: CardRecord) -> tuple[str, ...]:
    """What an organisation needs and what of ours answers it; what it must have first."""
    told = _table(load_form(house.kind), house, "needs")
    ranked = sorted(told, key=lambda row: row.values.get("must") != "must")
    return tuple(_need(row) for row in ranked[:ROWS])


def _need(row: "_Row") -> str:
    kind = _(", ").join(filter(None, (row.text("must"), row.text("kind"))))
    need = row.text("need")
    asked = _("{text} ({remark})").format(text=need, remark=kind) if kind else need
    return " → ".join(part for part in (asked, row.text("answer")) if part)


def money(form: Form, record: CardRecord) -> tuple[str, ...]:
    """What is known of credit, terms, how he pays, and what he bought from us by year."""
    return (
        *lines(form, record, CREDIT),
        *lines(form, record, PAYMENT),
        *_purchases(form, record),
    )


def _purchases(form: Form, record: CardRecord) -> Iterator[str]:
    told = _table(form, record, "purchases")
    ranked = sorted(told, key=lambda row: str(row.values.get("year", "")), reverse=True)
    bought = [_bought(row) for row in ranked[:YEARS]]
    if any(bought):
        yield _(": ").join((form.field("purchases").title, _("; ").join(filter(None, bought))))


def _bought(row: "_Row") -> str:
    year = str(row.values.get("year", ""))  # a year is no number to set a comma in
    return " ".join(part for part in (year, row.joined("amount", "product")) if part)


def dealer_check(house: CardRecord) -> str:
    """The last visit to a dealer in one line; "" where there was none."""
    form = load_form(house.kind)
    told = _table(form, house, "dealer_checks")
    if not told:
        return ""
    last = max(told, key=lambda row: str(row.values.get("on", "")))
    head = " ".join(part for part in (last.text("on"), form.field("dealer_checks").title) if part)
    seen = (last.titled(key) for key in CHECKED)
    return _(": ").join(part for part in (head, _("; ").join(filter(None, seen))) if part)


class _Row:
    """One row with the columns that its form declares."""

    def __init__(self, columns: Mapping[str, Field], values: Mapping[str, Any]) -> None:
        self._columns = columns
        self.values = values

    def text(self, key: str) -> str:
        """What a column says, on one line; "" for a blank, or a column that is gone."""
        value = self.values.get(key)
        if key not in self._columns or value in (None, "", []):
            return ""
        return " ".join(self._columns[key].show(value).split())

    def title(self, key: str) -> str:
        """The label of a column."""
        return self._columns[key].title if key in self._columns else ""

    def titled(self, key: str) -> str:
        """The label of a column and what it says."""
        text = self.text(key)
        return f"{self.title(key)} {text}" if text else ""

    def joined(self, *keys: str) -> str:
        """What several columns say, one after another."""
        return " ".join(filter(None, (self.text(key) for key in keys)))


def _table(form: Form, record: CardRecord, key: str) -> list[_Row]:
    """The rows of a field as the reader gets them; none where no form declares it."""
    if key not in form:
        return []
    named = {column.key: column for column in form.field(key).columns}
    return [_Row(named, row) for row in rows_in(record.values.get(key))]
