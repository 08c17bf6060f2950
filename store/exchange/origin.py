"""Where imports and exports stand in the trail."""

from store.cleaning import clean_line

LONGEST = 120
"""Characters of a file's name that are noted."""


IMPORT = "import:"
"""How the origin of an import begins."""

EXPORT = "export:"
"""How the origin of an export begins: its change set says what went out, and changed nothing."""


def export_origin(form: str) -> str:
    """The origin of an export in this format."""
    return f"{EXPORT}{form}"


def origin_of(name: str) -> str:
    """The origin of what a file of this name brought."""
    return f"{IMPORT}{clean_line(name)[:LONGEST]}"
