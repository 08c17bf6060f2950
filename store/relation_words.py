"""What cards are to each other, in words."""

from store import labels
from store.language import N_, _
from store.records.relations import Step, Tie

HOWS = {
    "colleague": N_("colleague"),
    "senior": N_("his senior"),
    "junior": N_("his junior"),
    "townsman": N_("fellow townsman"),
    "schoolmate": N_("schoolmate"),
    "friend": N_("friend"),
    "relative": N_("relative"),
    "customer": N_("his customer"),
    "supplier": N_("his supplier"),
    "club_fellow": N_("club fellow"),
    "rival": N_("rival"),
    "other": N_("knows him"),
    "superior": N_("his boss"),
    "report": N_("reports to him"),
    "works_with": N_("works there too"),
    "worked_with": N_("worked there with him"),
    "employer": N_("works there"),
    "former_employer": N_("worked there"),
    "works_here": N_("works here"),
    "worked_here": N_("worked here"),
    "referred_by": N_("brought him"),
    "brought": N_("brought by him"),
    "club": N_("in the same club"),
    "family": N_("family"),
    "same_school": N_("same school"),
    "same_place": N_("same native place"),
    "same_employer": N_("same former employer"),
    "self": N_("you"),
    "own_customer": N_("your own customer"),
}
"""What a card is to the one in the middle, or to the one before on a way; message ids."""

GROUP_TITLES = {
    "above": N_("Above him"),
    "below": N_("Below him"),
    "ties": N_("Ties"),
    "work": N_("At work"),
    "referred_by": N_("Who brought him"),
    "brought": N_("Whom he brought"),
    "clubs": N_("Clubs"),
    "alike": N_("Much in common"),
}
"""What the groups of ties are called; message ids."""

MEANS = {
    "in_person": N_("in person"),
    "phone": N_("by phone"),
    "letter": N_("by letter"),
    "other": N_("in another way"),
}
"""By what somebody was introduced; message ids."""

VERDICTS = {"keep": N_("keep"), "drop": N_("drop")}
"""What is said of a customer in a club; message ids."""


def how(value: str) -> str:
    """What a card is to another one, in a word."""
    return _(HOWS.get(value, value))


def group(value: str) -> str:
    """What a group of ties is called."""
    return _(GROUP_TITLES.get(value, value))


def tie(told: Tie | Step) -> str:
    """What a card is to the one beside it, with what makes it so: same school (浙江大学)."""
    return labels.aside(how(told.how), told.detail)


def strength(value: int | None) -> str:
    """How strong a tie is, as a list shows it: ***; "" where nobody said."""
    return "*" * value if value else ""


def means(value: str | None) -> str:
    """By what somebody was introduced, in a word."""
    return _(MEANS.get(value, value)) if value else ""


def verdict(value: str | None) -> str:
    """What is said of a customer in a club, in a word."""
    return _(VERDICTS.get(value, value)) if value else ""


def amount(fen: int) -> str:
    """What somebody bought, as the forms show amounts; "" for nothing."""
    if not fen:
        return ""
    from store.forms.declaration import load_form

    form = load_form("organisation")
    columns = form.field("purchases").columns if "purchases" in form else ()
    shown = (column.show(fen) for column in columns if column.key == "amount")
    return next(shown, f"{fen / 100:,.0f}")
