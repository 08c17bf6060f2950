"""A merge in words: what two cards have, what comes along, and why cards look like one customer."""

from collections.abc import Callable, Mapping
from typing import Any

from store.forms.declaration import load_form
from store.labels import MASK
from store.language import _, listed, ngettext
from store.records.cards import CardRecord, Duplicate
from store.records.merging import BOTH, DROP, KEEP, Certainty, Comparison, Difference, Group, Pair

EMPLOYER = "organisation"
"""The field whose card needs no number beside its name."""

COUNTS: Mapping[str, Callable[[int], str]] = {
    "interaction": lambda n: ngettext("{count} talk", "{count} talks", n),
    "todo": lambda n: ngettext("{count} to-do", "{count} to-dos", n),
    "affiliation": lambda n: ngettext("{count} person there", "{count} people there", n),
    "family_member": lambda n: ngettext("{count} relative", "{count} relatives", n),
    "relationship": lambda n: ngettext("{count} relationship", "{count} relationships", n),
    "referral": lambda n: ngettext("{count} referral", "{count} referrals", n),
    "card": lambda n: ngettext("{count} card introduced", "{count} cards introduced", n),
    "club_member": lambda n: ngettext("{count} club", "{count} clubs", n),
    "paper": lambda n: ngettext("{count} paper", "{count} papers", n),
    "inspection": lambda n: ngettext("{count} inspection", "{count} inspections", n),
    "remark": lambda n: ngettext("{count} remark", "{count} remarks", n),
    "loan": lambda n: ngettext("{count} loan", "{count} loans", n),
}
"""How many records there are, by their table, in the order in which they are told."""


def told_attached(counts: Mapping[str, int]) -> str:
    """What comes along: 12 talks, 3 to-dos; "" for nothing."""
    return listed(
        words(counts[table]).format(count=counts[table])
        for table, words in COUNTS.items()
        if counts.get(table)
    )


def title_of(kind: str, difference: Difference) -> str:
    """What a field is called in which two cards differ."""
    form = load_form(kind)
    return form.field(difference.key).title if difference.key in form else difference.key


def shown(comparison: Comparison, difference: Difference, side: str) -> str:
    """What a card has in a field, or would have with both; "" for nothing."""
    if (side == BOTH and difference.masked) or side in difference.masked:
        return MASK
    value = difference.value(side)
    if value is None:
        return ""
    record = comparison.drop if side == DROP else comparison.keep
    if difference.place and side == BOTH:
        both = (shown(comparison, difference, each) for each in (KEEP, DROP))
        return "\n".join(text for text in both if text)
    return _told(record, difference, value)


def _told(record: CardRecord, difference: Difference, value: Any) -> str:
    form = load_form(record.kind)
    if difference.place:
        return " ".join(_linked(record, key, said) for key, said in value.items())
    if difference.key not in form:
        return str(value)
    return _linked(record, difference.key, value)


def _linked(record: CardRecord, key: str, value: Any) -> str:
    """A value for people; a link by the name of the card it leads to."""
    if isinstance(value, str) and value in record.linked:
        name = record.linked[value]
        return name if key == EMPLOYER else f"{name} ({value})"
    return load_form(record.kind).field(key).show(value)


def why(pair: Pair, kind: str) -> str:
    """What two cards have in common."""
    if pair.certainty == Certainty.BIRTHDAY:
        return _("same name and birthday")
    if pair.certainty == Certainty.SIMILAR:
        return _("similar name")
    if pair.certainty == Certainty.NAME:
        return _("same name") if kind == "organisation" else _("same name and organisation")
    return _("same {field}").format(field=load_form(kind).field(pair.reason).title)


def why_alike(found: Duplicate, kind: str) -> str:
    """Why a card may be the same customer as one that is looked at."""
    if found.weak:
        return _("similar name")
    if found.reason == "birth_solar":
        return _("same name and birthday")
    if found.reason == "name":
        return _("same name") if kind == "organisation" else _("same name and organisation")
    return _("same {field}").format(field=load_form(kind).field(found.reason).title)


def why_group(group: Group) -> str:
    """What is the same on the surest pair of a group."""
    return why(group.pairs[0], group.cards[0].kind)
