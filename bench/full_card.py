"""A card with every field of its form filled, and rows in all fields that hold rows."""

from __future__ import annotations

from typing import Any

from store.forms.declaration import Field, Values, load_form

ROWS = 40
"""Rows of the whole card."""

TEXTS = {
    "text": "第三车间旁边的办公楼",
    "long_text": "头一回见面谈得很好\n记得带样品",
    "whole": "3",
    "decimal": "12.5",
    "per_cent": "35",
    "amount": "120000",
    "date": "2024-05-06",
    "occasion": "1985-09-29",
    "phone": "13900002345",
    "email": "zhang@example.com",
    "web": "www.example.com",
    "id_number": "11010519491231002X",
    "credit_code": "91350100M000100Y43",
    "card": "华东电子",
    "yes_no": "yes",
}
"""What is typed into a field, by its type."""


def full_values(kind: str, rows: int = ROWS) -> Values:
    """Values for every field of a form, as `desk.cards.create` takes them."""
    form = load_form(kind)
    tables = [field for field in form.fields() if field.type == "rows"]
    values: Values = {}
    for field in form.fields():
        if field.type == "rows":
            place = tables.index(field)
            count = rows // len(tables) + (place < rows % len(tables))
            values[field.key] = [_row(field, number) for number in range(count)]
        else:
            values[field.key] = _value(field)
    return {**values, "name": "张三丰"}


def _row(field: Field, number: int) -> dict[str, Any]:
    row = {column.key: _value(column) for column in field.columns if column.key != "reports_to"}
    name = row.get("name")
    return {**row, "name": f"第{number}人"} if name else row


def _value(field: Field) -> Any:
    if field.choices:
        value = field.choices[0].value
        return [value] if field.type == "choices" else value
    if field.type == "choices":
        return ["头一个", "第二个"]
    text = TEXTS.get(field.type, "其他")
    if field.type == "occasion" and field.calendar == "lunar":
        text = "农历1985-8-15"
    return field.read(text)
