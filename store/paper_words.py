"""Papers in words: what classes and kinds are called, and a paper in short."""

from typing import TYPE_CHECKING

from store.language import N_, _, listed
from store.records.papers import OTHER, PaperKey, PaperRow, PaperValues

if TYPE_CHECKING:
    from collections.abc import Iterable

CLASS_TITLES = {
    "basic": N_("Basic papers"),
    "contract": N_("Contracts and orders"),
    "debt": N_("Debts and repayments"),
    "trade": N_("Trade papers"),
    "return": N_("Returns and discounts"),
}
"""What the classes are called; message ids."""

SHORT_TITLES = {
    "basic": N_("Basic"),
    "contract": N_("Contracts"),
    "debt": N_("Debts"),
    "trade": N_("Trade"),
    "return": N_("Returns"),
}
"""The same where room is short."""

KIND_TITLES = {
    "licence": N_("Business licence"),
    "tax_registration": N_("Tax registration"),
    "power_of_attorney": N_("Power of attorney"),
    "background_report": N_("Background report"),
    "register": N_("Register"),
    "text": N_("Contract text"),
    "credit_limit": N_("Credit limit approval"),
    "agreement": N_("Repayment agreement"),
    "deferral": N_("Deferral"),
    "plan": N_("Repayment plan"),
    "collateral": N_("Collateral"),
    "delivery": N_("Delivery report"),
    "packing_list": N_("Packing list"),
    "customs": N_("Customs papers"),
    "inspection": N_("Inspection certificate"),
    "approval": N_("Approval of the return"),
    "liability": N_("Cause and liability"),
    OTHER: N_("Other paper"),
}
"""What the kinds are called; message ids."""


def class_title(name: str) -> str:
    """What a class is called."""
    return _(CLASS_TITLES.get(name, name))


def class_short(name: str) -> str:
    """What a class is called, shorter."""
    return _(SHORT_TITLES.get(name, name))


def kind_title(kind: str) -> str:
    """What a kind is called."""
    return _(KIND_TITLES.get(kind, kind))


def called(values: PaperValues) -> str:
    """What a paper is called: its title, else its kind."""
    return values.title or kind_title(values.kind)


def whole_title(values: PaperValues) -> str:
    """The kind of a paper and its title, where that says more."""
    kind = kind_title(values.kind)
    if not values.title or values.title == kind:
        return kind
    return values.title if values.kind == OTHER else f"{kind} {values.title}"


def numbered(paper: PaperRow) -> str:
    """A paper by its number and what it is called, as a loan names it."""
    return f"{paper.number} {called(paper.values)}"


def original(is_original: bool) -> str:
    """Whether a paper is the original."""
    return _("original") if is_original else _("copy")


def missing_words(keys: "Iterable[PaperKey]") -> str:
    """What is missing, in a list."""
    return listed(kind_title(kind) for _class, kind in keys)
