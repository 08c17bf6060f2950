"""Records that stand on no card and are in the box already: a file read twice adds them once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from store import rows
from store.models.base import Table, database

Mark = tuple[Any, ...]
"""The text of a record, when it was made, and the ids of the members whom it names."""


class Known:
    """The records of a table that the box had before, by text, moment and members.

    Args:
        text: the column of the text.
        names: the columns of the members.
        made: when the records were made that are looked for.
        concerned: members whose records the reader knows of; None for whoever knows of all.
    """

    def __init__(
        self,
        table: type[Table],
        text: str,
        names: Sequence[str],
        made: Iterable[datetime],
        concerned: frozenset[int] | None,
    ) -> None:
        self._table = table
        self._text = text
        self._concerned = concerned
        moments = sorted({self._stored(moment) for moment in made})
        self._marks: set[Mark] = set()
        columns = ", ".join((text, "created_at", *names))
        for start in range(0, len(moments), rows.CHUNK):
            part = moments[start : start + rows.CHUNK]
            marks = ",".join("?" * len(part))
            self._marks.update(
                database.execute_sql(
                    f'SELECT {columns} FROM "{table._meta.table_name}" '
                    f"WHERE created_at IN ({marks})",
                    part,
                ).fetchall()
            )

    def _stored(self, moment: datetime) -> Any:
        return rows.stored(self._table, {"created_at": moment})["created_at"]

    def holds(
        self, said: Mapping[str, Any], named: Sequence[int | None], given: Sequence[int]
    ) -> bool:
        """Whether a record is there already.

        Args:
            said: its columns in the file.
            named: the members of this box whom the file names.
            given: those whom the record would name here.
        """
        made = said.get("created_at")
        if made is None:
            return False
        mark = (said[self._text], self._stored(made))
        may_know = self._concerned is None or not self._concerned.isdisjoint(named)
        return (*mark, *given) in self._marks or (may_know and (*mark, *named) in self._marks)
