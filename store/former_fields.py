"""Values of fields that the forms keep in another shape since: schools and honours have rows now.

The migration to schema 4 brings them over, and the import of a box that was exported before it.
"""

from collections.abc import Mapping
from typing import Any

from store.forms.tables import MOST_ROWS, with_ids
from store.forms.tidy import LONGEST_LINE

SCHOOLS, EDUCATION = "schools", "education"
HONOURS = "honours"


def is_former(profile: Mapping[str, Any]) -> bool:
    """Whether a card's profile holds something in its former shape."""
    return SCHOOLS in profile or isinstance(profile.get(HONOURS), str)


def brought_over(kind: str, profile: Mapping[str, Any]) -> dict[str, Any]:
    """A profile with the schools as rows of `education`, and each line of honours as a row.

    What has no such shape, or is more than rows can hold, stays as it was.
    """
    now = dict(profile)
    schools = now.get(SCHOOLS)
    if kind == "person" and isinstance(schools, list) and EDUCATION not in now:
        names = [name for name in schools if isinstance(name, str) and name.strip()]
        if len(names) == len(schools) <= MOST_ROWS:
            del now[SCHOOLS]
            if names:
                now[EDUCATION] = with_ids([{"school": name} for name in names])
    honours = now.get(HONOURS)
    if isinstance(honours, str):
        lines = [line.strip() for line in honours.splitlines() if line.strip()]
        if 0 < len(lines) <= MOST_ROWS and max(map(len, lines)) <= LONGEST_LINE:
            now[HONOURS] = with_ids([{"title": line} for line in lines])
    return now
