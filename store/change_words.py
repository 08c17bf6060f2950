"""A changed record in words: what it is called, what it was before, and what it is now."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from store import labels, paper_words, relation_words
from store.errors import BadValue
from store.forms.declaration import Form, load_form
from store.labels import MASK
from store.language import N_, _
from store.lunar import YearlyDate
from store.records.relations import inverse

if TYPE_CHECKING:
    from store.records.trail import RecordChange

Whole = Mapping[str, Any]
"""A record by the flat keys of the trail."""

Told = tuple[str, str, str]
"""What it is called, what it was before and what it is now; "" for nothing."""


DAYS = {"put_off_until": N_("Put off until"), "review_on": N_("To be reviewed on")}
"""Days of a card that no form asks for."""


def told_of(change: "RecordChange", kind: str, *, masked: bool = False) -> list[Told]:
    """What a changed record has to tell on a card of this kind; nothing of what did not change.

    Args:
        masked: whether sensitive fields show only that they changed.
    """
    if change.table == "card":
        return list(_of_fields(change, load_form(kind), masked))
    if change.table == "merge":
        number = (change.after or {}).get("number")
        return [(_("Merged into this card"), "", str(number))] if number else []
    if change.table == "loan" and change.after and change.after.get("borrower"):
        return [(labels.table("loan"), "", _loan(change.after))]
    whole = WHOLE.get(change.table)
    if whole is None:
        return []
    some = change.after or change.before or {}
    label = _label(change.table, some, kind)
    sides = (change.before, change.after)
    before, after = (whole(side) if side is not None else "" for side in sides)
    told = [(label, before, after)] if before != after else []
    form = RECORD_FORMS.get(change.table)
    if form is None or (told and change.table not in BESIDES) or None in sides:
        return told
    return told + list(_of_fields(change, load_form(form).without(*BESIDES.get(change.table, ()))))


def _of_fields(change: "RecordChange", form: Form, masked: bool = False) -> Iterable[Told]:
    """Each field of a form whose value changed."""
    before, after = change.before or {}, change.after or {}
    if before.get("owner") and after.get("owner"):
        yield _("Looked after by"), before["owner"], after["owner"]
    for key in change.keys:
        field_key = key.removeprefix("profile.")
        if field_key == "short_name" and field_key not in form:
            field_key = "nickname"
        if key in DAYS:
            yield _(DAYS[key]), str(before.get(key) or ""), str(after.get(key) or "")
        if field_key not in form:
            continue
        field = form.field(field_key)
        shown = ["" if side.get(key) is None else field.show(side[key]) for side in (before, after)]
        if masked and field.sensitive:
            shown = [MASK if text else "" for text in shown]
        if any(shown):
            yield field.title, shown[0], shown[1]


def _label(table: str, record: Whole, kind: str) -> str:
    """What a record that stands on a card is called: as the card's form does where it can."""
    key = str(record.get("kind", ""))
    if table == "occasion" and key == "birth":
        key = f"birth_{record.get('calendar')}"
    form = load_form(kind)
    if table in ("contact_point", "occasion") and key in form and not _of_family(record):
        return form.field(key).title
    return labels.table("family_member" if _of_family(record) else table)


def _of_family(record: Whole) -> bool:
    return record.get("family_member_id") is not None


def _contact(record: Whole) -> str:
    label = record.get("label")
    return labels.aside(str(record["value"]), label or "")


def _occasion(record: Whole) -> str:
    try:
        day = YearlyDate(
            record["calendar"],
            record.get("year"),
            record["month"],
            record["day"],
            bool(record.get("leap")),
        ).spoken(with_year=True)
    except BadValue:
        day = f"{record['month']}-{record['day']}"
    what = labels.occasion(record["kind"]) if _of_family(record) else ""
    note = record.get("note")
    return labels.aside(f"{what} {day}".strip(), note or "")


def _affiliation(record: Whole) -> str:
    keys = ("organisation", "org_department", "title")
    words = " ".join(str(record[key]) for key in keys if record.get(key))
    until = record.get("until")
    return labels.aside(words, _("until {day}").format(day=until) if until else "")


def _family(record: Whole) -> str:
    return " ".join(str(record[key]) for key in ("relation", "name") if record.get(key))


def _talk(record: Whole) -> str:
    words = record.get("topic") or record.get("minutes") or record.get("words") or ""
    return f"{labels.method(record.get('method', 'other'))} {words}".rstrip()


def _todo(record: Whole) -> str:
    return str(record.get("title", ""))


def _loan(record: Whole) -> str:
    """Who borrows, which paper where it is one, and what for or what was answered."""
    about = record.get("what") or ""
    who = labels.aside(str(record["borrower"]), str(about))
    why = str(record.get("answer") or record.get("reason") or "")
    return _("{card}: {told}").format(card=who, told=why) if why else who


def _relationship(record: Whole) -> str:
    """Whom the card is linked to, what that one is to it, and how strongly."""
    who = relation_words.how(inverse(str(record.get("kind", ""))))
    name = str(record.get("linked") or "")
    told = labels.aside(name, who) if name else who
    return f"{told} {relation_words.strength(record.get('strength'))}".rstrip()


def _referral(record: Whole) -> str:
    """Who brought the card, as far as his name may be told."""
    return str(record.get("linked") or record.get("referrer_name") or _("somebody"))


def _club(record: Whole) -> str:
    return str(record.get("name", ""))


def _club_member(record: Whole) -> str:
    """The club, with what was said of the member, or that he left."""
    said = relation_words.verdict(str(record.get("verdict") or ""))
    if record.get("left_on"):
        said = _("until {day}").format(day=record["left_on"])
    return labels.aside(str(record.get("club") or record.get("name", "")), said)


def _paper(record: Whole) -> str:
    """All that is written down of a paper, so that whatever changed shows."""
    kind, title = str(record.get("kind", "")), str(record.get("title") or "")
    words = [str(record.get("number", "")), paper_words.kind_title(kind), title]
    details = [
        str(record.get("dated_on") or ""),
        _("{count} p.").format(count=record["pages"]) if record.get("pages") else "",
        paper_words.original(bool(record.get("original"))),
        str(record.get("shelf") or ""),
        str(record.get("file_name") or ""),
        _("place {place} in its volume").format(place=record["place"])
        if record.get("place")
        else "",
        _("In the trash") if record.get("trashed_at") else "",
        " ".join(str(record.get("note") or "").split()),
    ]
    return labels.aside(
        " ".join(word for word in words if word), _(", ").join(each for each in details if each)
    )


def _volume(record: Whole) -> str:
    words = (record.get("number"), record.get("title"))
    return labels.aside(
        " ".join(str(word) for word in words if word), str(record.get("shelf") or "")
    )


def _remark(record: Whole) -> str:
    return str(record.get("text", ""))


def _inspection(record: Whole) -> str:
    """The verdict, what was said, and the answer."""
    said = [str(text) for key, text in record.items() if key.startswith("remarks.")]
    verdict = labels.verdict(str(record.get("verdict", "")))
    words = _("{what}: {words}").format(what=verdict, words=" ".join(said)) if said else verdict
    answer = record.get("answer")
    return labels.aside(words, str(answer)) if answer else words


WHOLE: Mapping[str, Callable[[Whole], str]] = {
    "contact_point": _contact,
    "occasion": _occasion,
    "affiliation": _affiliation,
    "family_member": _family,
    "interaction": _talk,
    "todo": _todo,
    "remark": _remark,
    "relationship": _relationship,
    "referral": _referral,
    "club": _club,
    "club_member": _club_member,
    "paper": _paper,
    "volume": _volume,
    "inspection": _inspection,
}
"""A record in short, by its table; what has none here is for the audit."""

RECORD_FORMS = {
    "affiliation": "affiliation",
    "family_member": "family",
    "interaction": "interaction",
    "todo": "todo",
    "relationship": "relationship",
    "referral": "referral",
    "club": "club",
    "club_member": "club_member",
}
"""Tables with a form of their own, which names what changed within."""

BESIDES = {"affiliation": ("organisation", "org_department", "title", "until")}
"""Tables of whose records what changed within is told besides; by the keys told in short."""
