"""The trail as a file: a row for each changed field, and the export itself noted."""

import csv
import io
import json

import pytest

from store.desk import Desk
from store.errors import WrongUsage
from store.records.audit import AuditQuery
from store.records.cards import CardQuery


@pytest.fixture
def worked(desk: Desk) -> Desk:
    card = desk.cards.create("person", {"name": "张山", "city": "深圳"})
    desk.cards.save(card.id, card.values, {**card.values, "city": "惠州"})
    desk.cards.create("person", {"name": "赵申"})
    return desk


def test_a_row_for_each_field(worked: Desk) -> None:
    stream = io.BytesIO()
    count = worked.exchange.export("trail", "csv", stream)
    rows = list(csv.DictReader(io.StringIO(stream.getvalue().decode("utf-8-sig"))))
    assert len(rows) == count
    (city,) = [row for row in rows if row["After"] == "惠州"]
    assert (city["Field"], city["Before"], city["Card number"]) == ("City", "深圳", "P000001")
    assert (city["Name"], city["Summary"], city["Program"]) == ("张山", "Card changed", "screen")
    (entry,) = worked.audit.entries(AuditQuery(kind="export"))
    assert "What Audit" in entry.detail
    assert str(count) in entry.detail


def test_as_json_of_chosen_cards(worked: Desk) -> None:
    stream = io.BytesIO()
    worked.exchange.export("trail", "json", stream, CardQuery(text="赵申"))
    (entry,) = json.loads(stream.getvalue())
    assert entry["records"][0]["name"] == "赵申"


def test_as_a_workbook(worked: Desk) -> None:
    from openpyxl import load_workbook

    stream = io.BytesIO()
    worked.exchange.export("trail", "xlsx", stream)
    sheet = load_workbook(io.BytesIO(stream.getvalue())).active
    assert sheet is not None
    assert sheet.title == "Audit"
    assert any("惠州" in map(str, row) for row in sheet.iter_rows(values_only=True))


@pytest.mark.parametrize("form", ["vcf", "ics"])
def test_other_formats_are_refused(worked: Desk, form: str) -> None:
    with pytest.raises(WrongUsage):
        worked.exchange.export("trail", form, io.BytesIO())
