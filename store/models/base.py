"""What every table shares: the database it is bound to, and how moments and JSON are stored."""

# ruff: noqa: E402
import json
from datetime import UTC, datetime
from typing import Any

from store.drivers import import_peewee_alone

import_peewee_alone()

from peewee import DatabaseProxy, DateTimeField, JSONField, Model

database = DatabaseProxy()
"""The one open database of this process; `store.database.open_store` sets it."""


# Made once: an import writes a hundred thousand of these texts.
_encoder = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":")
)


def compact_json(value: object) -> str:
    """JSON with Chinese readable, keys sorted and no blanks: the same text for the same value."""
    return _encoder.encode(value)


class MomentField(DateTimeField):
    """A moment: aware in Python, stored as naive UTC."""

    def db_value(self, value: Any) -> Any:
        """Store an aware moment as UTC."""
        if isinstance(value, datetime) and value.tzinfo is not None:
            value = value.astimezone(UTC).replace(tzinfo=None)
        return super().db_value(value)  # type: ignore[no-untyped-call]

    def python_value(self, value: Any) -> Any:
        """Give a stored moment its zone back."""
        moment: Any = super().python_value(value)  # type: ignore[no-untyped-call]
        return moment.replace(tzinfo=UTC) if isinstance(moment, datetime) else moment


def json_field(**options: Any) -> JSONField:
    """A JSON column whose text is canonical."""
    return JSONField(dumps=compact_json, **options)


class Table(Model):
    """A table of the box. Ids come from `store.trail`, so that none is ever used twice."""

    class Meta:
        database = database
        legacy_table_names = False
