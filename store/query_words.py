"""Which cards a list shows, told in words."""

from collections.abc import Iterable

from store import labels
from store.language import N_, _
from store.records.card_list import CardQuery

SORT_TITLES = {
    "contact": N_("Last contact"),
    "name": N_("Name"),
    "lifecycle": N_("Level"),
    "likelihood": N_("Likelihood"),
    "next": N_("Next step"),
    "review": N_("Review due"),
    "created": N_("Newest first"),
    "number": N_("Number"),
    "value": N_("Value grade"),
    "importance": N_("Importance"),
    "credit": N_("Credit grade"),
    "complete": N_("Least known first"),
    "route": N_("Route order"),
}
"""What the orders of a list are called; message ids."""


def choice_title(key: str, value: str) -> str:
    """What a choice of a card's form is called; as it is kept where the form has it no more."""
    from store.forms.declaration import load_form

    form = load_form("organisation")
    choice = form.field(key).choice(value) if key in form else None
    return value if choice is None else choice.title


def described(query: CardQuery) -> list[str]:
    """The filters of a query in words, the text left out."""
    words = [_("my cards") if query.mine else _("all cards")]
    if query.in_trash:
        words = [_("merged into others") if query.merged else _("trash")]
    words += query.owners
    if query.kind:
        words.append(_("persons") if query.kind == "person" else _("organisations"))
    words += _graded(query)
    for values in (query.regions, query.cities, query.industries, query.circles, query.tags):
        words += values
    words += _to_look_after(query)
    return words


def _graded(query: CardQuery) -> Iterable[str]:
    yield from (labels.lifecycle(value) for value in query.lifecycles)
    for value in query.likelihoods:
        yield _("unclassified") if value == "unclassified" else labels.likelihood(value)
    yield from (_("value {grade}").format(grade=grade) for grade in query.value_grades)
    yield from (_("credit {grade}").format(grade=grade) for grade in query.credit_grades)
    for key, values in (
        ("importance", query.importances),
        ("category", query.categories),
        ("ownership", query.ownerships),
    ):
        yield from (choice_title(key, value) for value in values)


def _to_look_after(query: CardQuery) -> Iterable[str]:
    if query.risk:
        yield _("risk list")
    if query.source_centre:
        yield _("source centres")
    if query.not_seen_days is not None:
        yield _("not seen for {days} days").format(days=query.not_seen_days)
    if query.complete_below is not None:
        yield _("less than {percent} % known").format(percent=query.complete_below)
    if query.review_due:
        yield _("due for review")
    if query.put_off:
        yield _("put off")


def whole_description(query: CardQuery) -> str:
    """All that a query says in one line: filters, text, order."""
    words = described(query)
    if query.text.strip():
        words.append(_("“{text}”").format(text=labels.short(query.text)))
    if query.sort != "contact" or query.reverse:
        order = _("by {column}").format(column=_(SORT_TITLES.get(query.sort, query.sort)))
        words.append(labels.aside(order, _("reversed") if query.reverse else ""))
    return " · ".join(words)
