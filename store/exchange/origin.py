"""Where changes come from that an import made, as the trail notes it."""

from store.cleaning import clean_line

LONGEST = 120
"""Characters of a file's name that are noted."""


def origin_of(name: str) -> str:
    """The origin of what a file of this name brought."""
    return f"import:{clean_line(name)[:LONGEST]}"
