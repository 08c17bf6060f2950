"""What to do next with a customer, by stage; and the stage that a talk speaks for."""

from store.language import N_, _, current
from store.records.interactions import InteractionValues

BY_LIFECYCLE = {
    "prospect": N_(
        "A stranger still: get acquainted, and find out whether there is a need at all."
    ),
    "target": N_("Interested: find out what is needed, who decides, and what holds it up."),
    "likely": N_("About to buy: settle what is open, and ask for the order."),
    "buyer": N_("Has bought: make sure all is well, and ask for five more names."),
    "loyal": N_("Keeps buying: say thank you, tell first what is new, ask to be recommended."),
    "former": N_("Stopped buying: learn why, put right what can be put right, stay in touch."),
}
"""What the stage asks of the salesperson (domain.md section 1.1)."""

BY_LIKELIHOOD = {
    "A": N_("Ready now: do not leave without the order."),
    "B": N_("Ready shortly: find what holds it up, and clear it away."),
    "C": N_("Wants to, but is barred for now: find a way round, or the day on which that ends."),
    "D": N_("Wants to, but cannot afford it yet: offer terms, or something smaller first."),
    "E": N_("Does not see yet what it brings: explain, show, let them try it."),
    "F1": N_("Not within a year: keep in touch now and then."),
    "F2": N_("Not visited yet: look into it, and arrange a first visit."),
}

UNCLASSIFIED = N_("Not classified yet: after the next talk, say how likely they are to buy.")

BEFORE_BUYING = frozenset({"prospect", "target", "likely"})
"""Stages in which the likelihood matters."""

INTERESTED = 4
"""From this interest on a stranger is worth aiming at."""


def advice(lifecycle: str, likelihood: str) -> str:
    """What to do now, in the language spoken."""
    sentences = [BY_LIFECYCLE.get(lifecycle, "")]
    if lifecycle in BEFORE_BUYING:
        sentences.append(BY_LIKELIHOOD.get(likelihood, UNCLASSIFIED))
    between = "" if current() == "zh" else " "
    return between.join(_(sentence) for sentence in sentences if sentence)


def suggested_lifecycle(present: str, talk: InteractionValues) -> str | None:
    """The level that a talk speaks for, where it is above the card's; else None.

    A commitment makes a likely customer of anybody who has not bought; interest of 4 and more
    makes a target of a stranger, and 5 a likely customer of a target.
    """
    interest = talk.interest or 0
    if not talk.reached or present not in ("prospect", "target"):
        return None
    if talk.feedback_kind == "commitment":
        return "likely"
    if present == "prospect":
        return "target" if interest >= INTERESTED else None
    return "likely" if interest > INTERESTED else None
