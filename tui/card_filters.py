"""The options that choose cards, the same for every command that lists or takes some."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from store.errors import WrongUsage
from store.forms.declaration import Field, load_form
from store.forms.tidy import folded
from store.language import N_, _
from store.records.card_list import KINDS, SORTS, CardQuery
from tui.arguments import Parser, positive

if TYPE_CHECKING:
    from store.desk import Desk

NO_CHOICE = N_("“{value}” is no {title}; choose of {choices}.")

CHOSEN = {
    "lifecycle": "lifecycles",
    "likelihood": "likelihoods",
    "value_grade": "value_grades",
    "importance": "importances",
    "credit_grade": "credit_grades",
    "category": "categories",
    "ownership": "ownerships",
}
"""Options that take choices of the form, by the field of the form; with the field of the query."""

FREE = {"region": "regions", "city": "cities", "industry": "industries", "circle": "circles"}
"""Options that take the team's own words; with the field of the query."""

SWITCHES = ("mine", "risk", "review_due", "put_off", "source_centre", "trashed", "merged")


def declare_filters(parser: Parser) -> None:
    """The options that choose cards."""
    group = parser.add_argument_group(_("which cards"))
    group.add_argument("--segment", metavar="NAME", help=_("a saved filter; more may be added"))
    group.add_argument("--text", metavar="TEXT", help=_("what find would find"))
    group.add_argument("--mine", action="store_true", help=_("only your own"))
    group.add_argument("--kind", choices=KINDS, help=_("persons or organisations only"))
    several = _("one or more, with commas between")
    for key in CHOSEN:
        name = f"--{key.removesuffix('_grade').replace('_', '-')}"
        group.add_argument(name, dest=key, metavar="VALUE", action="append", help=several)
    for key in FREE:
        group.add_argument(f"--{key}", metavar="VALUE", action="append", help=several)
    group.add_argument("--tag", metavar="TAG", action="append", help=_("with this tag; repeatable"))
    group.add_argument("--owner", metavar="LOGIN", action="append", help=_("looked after by"))
    group.add_argument("--risk", action="store_true", help=_("on the risk list"))
    group.add_argument("--source-centre", action="store_true", help=_("people who bring customers"))
    group.add_argument("--review-due", action="store_true", help=_("due for review"))
    group.add_argument("--put-off", action="store_true", help=_("put off in the walk"))
    group.add_argument(
        "--not-seen", metavar="DAYS", type=positive, help=_("without a contact for so many days")
    )
    group.add_argument(
        "--complete-below", metavar="PERCENT", type=positive, help=_("less than that is known")
    )
    group.add_argument("--trashed", action="store_true", help=_("in the trash"))
    group.add_argument("--merged", action="store_true", help=_("merged into others"))
    group.add_argument("--sort", choices=SORTS, help=_("in which order"))
    group.add_argument("--reverse", action="store_true", help=_("the other way round"))


def query_of(desk: "Desk", options: Any) -> CardQuery:
    """The query that the options say; what is said goes before what the segment says.

    Raises:
        NotFound: there is no such segment.
        WrongUsage: a value is none of the form's choices.
    """
    query = desk.segments.named(options.segment).query if options.segment else CardQuery()
    said: dict[str, Any] = {}
    for key, name in CHOSEN.items():
        values = _split(getattr(options, key))
        if values:
            declared = load_form("organisation").field(key)
            said[name] = tuple(_choice(declared, value) for value in values)
    for key, name in FREE.items():
        if values := _split(getattr(options, key)):
            said[name] = tuple(values)
    for key, name in (("tag", "tags"), ("owner", "owners")):
        if values := _split(getattr(options, key)):
            said[name] = tuple(values)
    said |= {key: True for key in SWITCHES if getattr(options, key)}
    for key, name in (
        ("text", "text"),
        ("kind", "kind"),
        ("not_seen", "not_seen_days"),
        ("complete_below", "complete_below"),
        ("sort", "sort"),
    ):
        if (value := getattr(options, key)) is not None:
            said[name] = value
    if options.reverse:
        said["reverse"] = not query.reverse
    return replace(query, **said)


def _split(given: list[str] | None) -> list[str]:
    parts = (part.strip() for text in given or () for part in text.replace("，", ",").split(","))
    return list(dict.fromkeys(part for part in parts if part))


def _choice(declared: Field, text: str) -> str:
    """The value of a choice that a text means: the value itself, or one of its labels."""
    wanted = folded(text)
    for choice in declared.choices:
        labels = (*choice.label.values(), *choice.short.values())
        if wanted in (folded(choice.value), *map(folded, labels)):
            return choice.value
    known = ", ".join(choice.value for choice in declared.choices)
    raise WrongUsage(NO_CHOICE, value=text, title=declared, choices=known)
