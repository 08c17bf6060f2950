"""Whether a box is shared: many sessions at once, so that only `shuke migrate` changes its schema.

A box is shared from its second member on. What that says stands in the trail with the change that
made it so: undoing the second member makes the box a personal one again.
"""

from typing import TYPE_CHECKING

from store.models.base import database

if TYPE_CHECKING:
    from store.recorder import Recorder

SHARED_KEY = "shared"
"""The box's setting that tells."""

USUAL_KEY = "usual_login"
"""The box's setting of who works here where nobody says."""


def share(change: "Recorder", login: str) -> None:
    """Make a box a shared one, if it is not yet.

    Args:
        login: who works at it where nobody says so: until now that was clear.
    """
    keep(change, SHARED_KEY, True)
    if _stored(USUAL_KEY) is None:
        keep(change, USUAL_KEY, login)


def keep(change: "Recorder", key: str, value: bool | str) -> None:
    """Keep a setting of the whole box within a change set, so that undo takes it back."""
    from store.models.team import Setting

    present = _stored(key)
    if present is None:
        change.insert(Setting, {"member_id": None, "key": key, "value": value})
    else:
        change.update(Setting, present, {"value": value})


def rename_usual(change: "Recorder", before: str, after: str) -> None:
    """Let the box's usual member be another login, where it was this one."""
    from store.members import box_setting

    if box_setting(USUAL_KEY) == before:
        keep(change, USUAL_KEY, after)


def _stored(key: str) -> int | None:
    """The id of a setting of the box."""
    sql = "SELECT id FROM setting WHERE member_id IS NULL AND key = ?"
    found = database.execute_sql(sql, [key]).fetchone()
    return None if found is None else int(found[0])
