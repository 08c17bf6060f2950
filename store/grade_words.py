"""Grades in words, as lists and pages tell them."""

from typing import TYPE_CHECKING

from store import labels
from store.language import N_, _
from store.query_words import choice_title

if TYPE_CHECKING:
    from store.records.card_list import CardRow
    from store.records.grades import Transition

TITLES = {
    "lifecycle": N_("Level"),
    "likelihood": N_("Likelihood"),
    "value_grade": N_("Value grade"),
    "credit_grade": N_("Credit grade"),
    "owner": N_("Looked after by"),
}
"""What the fields are called whose changes are kept; message ids."""


def credit(row: "CardRow") -> str:
    """Credit grade and limit: `B 300,000 yuan`."""
    limit = ""
    if row.credit_limit is not None:
        from store.forms.declaration import load_form

        limit = load_form("organisation").field("credit_limit").show(row.credit_limit)
    return " ".join(filter(None, (row.credit_grade, limit)))


def value(row: "CardRow") -> str:
    """The value grade; in brackets that of the organisation where somebody works."""
    if row.value_grade:
        return row.value_grade
    return f"({row.house_grade})" if row.house_grade else ""


def importance(row: "CardRow") -> str:
    """How important somebody is, in a word."""
    return choice_title("importance", row.importance) if row.importance else ""


def said(field: str, kept: str) -> str:
    """The value of a graded field in words; a dash for none."""
    if not kept:
        return "-"
    if field == "lifecycle":
        return labels.lifecycle(kept)
    return _("unclassified") if kept == "unclassified" else kept


def moved(transition: "Transition") -> str:
    """What a grade was and what it is."""
    before, after = (said(transition.field, kept) for kept in (transition.before, transition.after))
    return _("{title}: {before} -> {after}").format(
        title=_(TITLES[transition.field]), before=before, after=after
    )
