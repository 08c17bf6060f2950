"""The trail's chain: is every change as it was written, and none missing?"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

from store.language import N_
from store.models.base import database
from store.recorder import change_digest, earlier_digest, set_hash

ALTERED = N_("Change {number} is not as it was written.")
BROKEN = N_("Change set {number} does not follow from the one before it.")
NO_CHANGES = N_("The changes of change set {number} are missing.")
CUT_OFF = N_("The newest change sets are missing: {last} were written, {present} are there.")

NO_DIGESTS = sha256().hexdigest()
"""The digest of a change set without changes: of an undo that had to leave everything."""


@dataclass(frozen=True, slots=True)
class ChainFault:
    """The first place where the chain does not hold; `message` is a message id."""

    message: str
    values: dict[str, int | str]


def first_fault() -> ChainFault | None:
    """Reckon the whole chain anew and give the first fault, None where it holds.

    A change whose text and salt were blanked, as an erasure by law does, keeps its digest and so
    its place.
    """
    previous = ""
    number = 0
    digests = {change_set: (digest, altered) for change_set, digest, altered in _digests()}
    columns: tuple[str, ...] = (
        "id",
        "member_id",
        "origin",
        "at",
        "summary",
        "undoes_id",
        "previous_hash",
    )
    columns = (*columns, "hash", "place")
    heads = database.execute_sql(f"SELECT {', '.join(columns)} FROM change_set ORDER BY id")
    for values in heads:
        head = dict(zip(columns, values, strict=True))
        number = head["id"]
        digest, altered = digests.get(number, (NO_DIGESTS, None))
        if altered is not None:
            return ChainFault(ALTERED, {"number": altered})
        if head["previous_hash"] != previous or set_hash(head, digest) != head["hash"]:
            return ChainFault(BROKEN if number in digests else NO_CHANGES, {"number": number})
        previous = head["hash"]
    written = database.execute_sql("SELECT value FROM counter WHERE name = 'change_set'").fetchone()
    if written is not None and written[0] != number:
        return ChainFault(CUT_OFF, {"last": written[0], "present": number})
    return None


def _digests() -> Iterator[tuple[int, str, int | None]]:
    """Of each change set: its number, the digest of its changes, the first altered change."""
    changes: Any = database.execute_sql(
        'SELECT change_set_id, id, "table", row, before, after, salt, digest, card FROM change '
        "ORDER BY change_set_id, id"
    )
    for number, group in groupby(changes, key=itemgetter(0)):
        whole = sha256()
        altered = None
        for _, change, table, row, before, after, salt, digest, card in group:
            blanked = not (salt or before or after)
            written = (salt, table, row, before, after)
            if not blanked and change_digest(*written, card) != digest != earlier_digest(*written):
                altered = altered or change
            whole.update(digest.encode())
        yield number, whole.hexdigest(), altered


def holds(beginning_of_hash: str) -> bool:
    """Whether a change set of the chain has a hash that begins so."""
    found = database.execute_sql(
        "SELECT 1 FROM change_set WHERE substr(hash, 1, ?) = ? LIMIT 1",
        [len(beginning_of_hash), beginning_of_hash],
    )
    return found.fetchone() is not None
