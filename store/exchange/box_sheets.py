"""The sheets of the workbook that holds a whole box: which there are, and what they are called.

A workbook says what the JSON document of a box says (`box_document`), each kind of record on a
sheet of its own. What stands inside a card there has a sheet here, and names its card by number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store.card_values import COLUMN_OF
from store.forms import remark_kinds, verdicts
from store.forms.declaration import Choice, Field, load_form
from store.inspection_rows import ON_ALL
from store.language import N_, _
from store.records.cards import KINDS
from store.records.inspections import WHOLE_CARD

CARD, NO = "card", "no"
"""Columns: the number of the card that a record stands on; the count that others name it by."""

INSIDE = {
    "contacts": "contacts",
    "dates": "dates",
    "family": "family",
    "affiliations": "affiliations",
    "extras": "extras",
}
"""Sheets whose rows stand inside a card in the document, and under which key."""

BESIDE = (
    *("interactions", "todos", "papers", "volumes", "relationships", "referrals", "clubs"),
    *("distinct_pairs", "inspections", "remarks", "segments"),
)
"""Sheets that are lists of the document."""

COUNTED = ("interactions", "todos", "clubs", "remarks")
"""Those of them whose rows others name by their count."""

MEMBERS_OF_CLUBS = "club_members"

TITLES = {
    "cards": N_("Cards"),
    "contacts": N_("Ways to reach"),
    "dates": N_("Yearly dates"),
    "family": N_("Family"),
    "affiliations": N_("Places at organisations"),
    "extras": N_("Other facts"),
    "interactions": N_("Contact log"),
    "todos": N_("To-do"),
    "papers": N_("Papers"),
    "volumes": N_("Volumes"),
    "relationships": N_("Relationships"),
    "referrals": N_("Referrals"),
    "clubs": N_("Clubs"),
    MEMBERS_OF_CLUBS: N_("Members of clubs"),
    "distinct_pairs": N_("Not the same customer"),
    "inspections": N_("Inspections"),
    "remarks": N_("Remarks"),
    "segments": N_("Segments"),
    "members": N_("Members"),
}
"""The sheets in their order, and what they are called."""

_FORMS = {
    "dates": "date",
    "family": "family",
    "affiliations": "affiliation",
    "interactions": "interaction",
    "todos": "todo",
    "papers": "paper",
    "relationships": "relationship",
    "referrals": "referral",
    "clubs": "club",
    MEMBERS_OF_CLUBS: "club_member",
    "members": "member",
}
"""The forms that declare what stands on a sheet."""

_LABELS = {
    CARD: N_("Card number"),
    NO: N_("No."),
    "number": N_("Number"),
    "kind": N_("Kind"),
    "owner": N_("Owner"),
    "department": N_("Department"),
    "created_at": N_("Entered at"),
    "created_by": N_("Entered by"),
    "updated_at": N_("Changed at"),
    "updated_by": N_("Changed by"),
    "trashed_at": N_("In the trash since"),
    "merged_into": N_("Merged into"),
    "referrer": N_("Referrer"),
    "referrer_name": N_("Referrer’s name"),
    "value_pinned": N_("Value set by hand"),
    "put_off_until": N_("Put off until"),
    "review_on": N_("Look through on"),
    "position": N_("Order"),
    "value": N_("Number or address"),
    "label": N_("Label"),
    "date": N_("Date"),
    "kept": N_("Celebrated"),
    "relative": N_("Of the family: no."),
    "organisation": N_("Organisation’s number"),
    "organisation_name": N_("Organisation"),
    "main": N_("First place"),
    "reports_to": N_("Reports to: number"),
    "heading": N_("Heading"),
    "text": N_("Text"),
    "member": N_("Member"),
    "at": N_("When"),
    "others": N_("With also"),
    "extras": N_("Besides"),
    "interaction": N_("Of talk no."),
    "pinned": N_("Pinned"),
    "snoozed_until": N_("Put off until"),
    "done_at": N_("Done at"),
    "result": N_("Result"),
    "asked_by": N_("Asked by"),
    "paper_class": N_("Class"),
    "digest": N_("SHA-256 of the file"),
    "file_name": N_("File"),
    "file_size": N_("Size in bytes"),
    "media_type": N_("File type"),
    "volume": N_("Volume"),
    "place": N_("Place"),
    "year": N_("Year"),
    "title": N_("Volume’s title"),
    "shelf": N_("Shelf"),
    "closed_at": N_("Closed at"),
    "closed_by": N_("Closed by"),
    "other": N_("Of number"),
    "distinct_pairs.other": N_("The other’s number"),
    "club": N_("Club no."),
    "joined_on": N_("Joined on"),
    "left_on": N_("Left on"),
    "reviewed_on": N_("Looked through on"),
    "verdict": N_("Verdict"),
    "reason": N_("Why"),
    "words": N_("In words"),
    "query": N_("Filter"),
    "shared": N_("Shared with the team"),
    "inspector": N_("Inspector"),
    "author": N_("Said by"),
    "addressee": N_("Said to"),
    "todo": N_("Of to-do no."),
    "answers": N_("Answers remark no."),
    "cards.profile": N_("Further fields"),
    "inspections.remarks": N_("Further sections"),
    "answer": N_("Answer"),
    "answered_at": N_("Answered at"),
    "answered_by": N_("Answered by"),
    "login": N_("Login"),
    "name": N_("Name"),
}
"""Headings of what no form labels, or labels in another sense, on all sheets or on one; message
ids."""

_NOT_AS_DECLARED = frozenset(
    {CARD, "owner", "other", "referrer", "organisation", "reports_to", "others", "department"}
)
"""Keys that hold numbers of cards or names of members here, whatever a form makes of them."""

PROFILE, CONTACT, REMARK, SHOWN = "profile.", "contact.", "remarks.", "~"
"""How columns begin that hold a value of the profile, what reaches a card, what was said of a
section, and what is only shown and not read back."""

FURTHER = {PROFILE: "profile", REMARK: "remarks"}
"""The column with what has none of its own, where a sheet would be too wide; by how those begin."""

_YES = (
    "shared",
    "kept",
    "main",
    "reached",
    "important",
    "urgent",
    "pinned",
    "original",
    "value_pinned",
)
_WHOLE = (
    *(NO, "relative", "position", "place", "pages", "year", "file_size", "length"),
    *("interaction", "club", "cost", "interest", "strength", "influence", "todo", "answers"),
)
LISTS = frozenset({"department", "others"})
"""Columns that hold several texts."""

SORT = "sort"
"""The column that says class and kind of a paper in one."""

_PLAIN: Mapping[str, Field] = {
    **{key: Field(key, "yes_no", {}) for key in _YES},
    **{key: Field(key, "whole", {}, minimum=None) for key in _WHOLE},
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it goes out or came in: the keys of its columns, and its rows of texts."""

    key: str
    columns: Sequence[str]
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


def declared(sheet: str, column: str, kind: str | None = None) -> Field | None:
    """What declares the values of a column; None for texts.

    Args:
        kind: of the card, on the sheet of the cards.
    """
    if sheet == "cards":
        return _of_card(column, kind)
    if sheet == "contacts" and column == "kind":
        return _kinds_of_contact()
    if sheet == "inspections" and column == "verdict":
        return Field(column, "choice", verdicts.LABEL, choices=verdicts.CHOICES)
    if sheet == "remarks" and column == "kind":
        return Field(column, "choice", {}, choices=remark_kinds.CHOICES)
    form = _FORMS.get(sheet)
    if form is not None and column not in _NOT_AS_DECLARED and column in load_form(form):
        return load_form(form).field(column)
    return _PLAIN.get(column)


def _of_card(column: str, kind: str | None) -> Field | None:
    if column == "kind":
        return _kinds_of_card()
    key = _KEY_OF.get(column, column)
    inside = key.removeprefix(PROFILE).removeprefix(CONTACT)
    source = "contact" if key.startswith(CONTACT) else "" if key.startswith(PROFILE) else "card"
    for one in KINDS if kind is None else (kind,):
        form = load_form(one) if one in KINDS else None
        if form is not None and inside in form and inside not in _NOT_AS_DECLARED:
            field = form.field(inside)
            if field.source == source or (source == "" and field.source != "contact"):
                return field
    return _PLAIN.get(column)


def _kinds_of_card() -> Field:
    choices = tuple(Choice(kind, load_form(kind).label) for kind in KINDS)
    return Field("kind", "choice", {}, choices=choices)


def _kinds_of_contact() -> Field:
    labels = {
        field.key: field.label
        for kind in KINDS
        for field in load_form(kind).fields()
        if field.source == "contact"
    }
    choices = tuple(Choice(key, label) for key, label in labels.items())
    return Field("kind", "choice", {}, choices=choices, other=True)


_KEY_OF = {column: key for key, column in COLUMN_OF.items()}


def places() -> Mapping[str, int]:
    """The order of what the forms of cards declare."""
    keys = [field.key for kind in KINDS for field in load_form(kind).fields()]
    return {key: place for place, key in reversed(list(enumerate(keys)))}


def heading(sheet: str, column: str) -> str:
    """What stands above a column, in the language spoken."""
    key = _KEY_OF.get(column, column) if sheet == "cards" else column
    key = key.removeprefix(SHOWN)
    if f"{sheet}.{key}" in _LABELS:
        return _(_LABELS[f"{sheet}.{key}"])
    if key.startswith(REMARK):
        return _section(key.removeprefix(REMARK))
    field = None if key in _LABELS and sheet == "cards" else declared(sheet, key)
    if field is not None and field.title:
        return field.title
    return _(_LABELS[key]) if key in _LABELS else key.removeprefix(PROFILE).removeprefix(CONTACT)


def _section(key: str) -> str:
    """The title of a section of the cards' forms; one that they have not is called by its key."""
    return sections().get(key, key)


def sections() -> Mapping[str, str]:
    """The titles of the sections of the cards' forms, and of the whole card, by their keys."""
    titles = {one.key: one.title for kind in KINDS for one in load_form(kind).sections}
    return {**titles, WHOLE_CARD: _(ON_ALL)}
