"""The parts of a card that can be lent: the sections of its form, and its papers."""

from store.forms.declaration import Label, load_form, spoken

PAPERS = "papers"
"""The part that is no section of the form: the papers of the customer."""

PAPERS_LABEL: Label = {"zh": "档案", "en": "Papers"}


def labels_of(kind: str) -> dict[str, Label]:
    """The labels of the parts of a kind of card, by key, in their order."""
    found: dict[str, Label] = {section.key: section.label for section in load_form(kind).sections}
    return {**found, PAPERS: found.get(PAPERS, PAPERS_LABEL)}


def titles_of(kind: str) -> dict[str, str]:
    """The same in the language spoken now."""
    return {key: spoken(label) for key, label in labels_of(kind).items()}
