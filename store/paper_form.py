"""Between a paper's values and its declared form (`store/forms/paper.toml`)."""

from datetime import date
from typing import Any

from store.forms.declaration import Values
from store.records.papers import OTHER, PaperValues


def form_values(values: PaperValues) -> Values:
    """A paper's values by the keys of its form; what is blank is left out."""
    said: Values = {
        "sort": f"{values.paper_class}.{values.kind}",
        "title": values.title,
        "dated_on": values.dated_on and values.dated_on.isoformat(),
        "pages": values.pages,
        "original": values.original or None,
        "shelf": values.shelf,
        "note": values.note,
    }
    return {key: value for key, value in said.items() if value not in (None, "")}


def paper_values(said: Values) -> PaperValues:
    """The values of a filled form."""
    paper_class, _dot, kind = str(said.get("sort") or "").partition(".")
    dated: Any = said.get("dated_on")
    return PaperValues(
        paper_class,
        kind or OTHER,
        said.get("title") or "",
        date.fromisoformat(dated) if dated else None,
        said.get("pages"),
        bool(said.get("original")),
        said.get("shelf") or "",
        said.get("note") or "",
    )
