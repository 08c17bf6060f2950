"""Values of cards as anybody might type them, for property tests."""

from typing import Any

from hypothesis import strategies as st

from store.errors import BadValue
from store.exchange import names
from store.forms.declaration import ATTACHED, Field, load_form

HOSTILE = "张山闰月aZ09 =+-@'\"\\,;；、()（）[/b]<>&#|%:\t\n中é🙂"
"""Signs that mean something to one format or another."""

TEXTS = st.text(st.sampled_from(HOSTILE), min_size=1, max_size=12)
LABELS = st.text(st.sampled_from("家办公 (a)\\;"), max_size=4)

_SAMPLES: dict[str, st.SearchStrategy[Any]] = {
    "yes_no": st.booleans(),
    "decimal": st.decimals(0, 10_000, places=2).map(str),
    "per_cent": st.decimals(0, 100, places=1).map(str),
    "amount": st.integers(0, 10**12),
    "date": st.dates().map(str),
    "email": st.sampled_from(["a@b.example", "Zhang.San@例子.example", "x+y@z.example"]),
    "web": st.sampled_from(["www.a.example", "https://a.example/?q=1;2#x"]),
    "id_number": st.just("11010519491231002X"),
    "credit_code": st.just("91110000600037341L"),
    "card": TEXTS,
}
_PHONES = st.sampled_from(
    ["13911112345", "+86 138 0000 1111", "0571-88881234转801", "+1 415 555 0100", "95588"]
)
_DAYS = {
    "solar": st.sampled_from(["1985-08-15", "--02-29", "2000-02-29"]),
    "lunar": st.sampled_from(["lunar:1985-08-15", "lunar:--08-30", "lunar:1982-04L-10"]),
}


def raw(field: Field) -> st.SearchStrategy[Any]:
    """Values as somebody might give them to a field; some are none that it keeps."""
    if field.type == "rows":
        cells = {column.key: raw(column) for column in field.columns}
        return st.lists(st.fixed_dictionaries({}, optional=cells), min_size=1, max_size=3)
    if field.type == "occasion":
        days = _DAYS[field.calendar] if field.calendar else st.one_of(*_DAYS.values())
        entry = st.fixed_dictionaries({"date": days, "note": LABELS})
        return st.lists(entry, min_size=1, max_size=2) if field.several else days
    if field.type in ("choice", "choices"):
        declared = [choice.value for choice in field.choices]
        words = st.sampled_from(declared) if declared else TEXTS
        if field.other:
            words |= TEXTS
        return words if field.type == "choice" else st.lists(words, min_size=1, max_size=3)
    if field.type == "whole":
        return st.integers(field.minimum or 1, field.maximum or 99_999)
    plain = _PHONES if field.type == "phone" else _SAMPLES.get(field.type, TEXTS)
    if field.several:
        points = st.fixed_dictionaries({"value": plain, "label": LABELS})
        # A telephone that gives one number twice is read as giving it once.
        return st.lists(points, min_size=1, max_size=3, unique_by=lambda point: point["value"])
    return plain


def _checked(field: Field, raw: Any) -> Any:
    """The value as the field keeps it; None where it is none."""
    try:
        return field.check(raw)
    except BadValue:
        return None


@st.composite
def values(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """Values of a whole card that its form takes."""
    form = load_form(kind)
    own = [field for field in form.fields() if field.source not in ATTACHED]
    chosen = draw(st.lists(st.sampled_from(own), max_size=9, unique=True))
    found = {}
    for field in chosen:
        value = _checked(field, draw(raw(field)))
        if value is not None:
            found[field.key] = value
    name = names.tidy(str(_checked(form.field("name"), draw(TEXTS)) or ""))
    found["name"] = name or "张山"
    if found.get("lifecycle") == "former":
        found["former_reason"] = "搬走了"
    return found


EXTRAS = st.lists(
    st.tuples(st.sampled_from(["星座", "手机", "Custom 1", "姓名", "a,b"]), TEXTS)
    # A line of a vCard in which nothing stands but what parts it is none.
    | st.tuples(st.just("vcard:X-SPOUSE"), TEXTS.filter(lambda text: text.strip(" ;"))),
    max_size=3,
)

CARDS = st.lists(
    st.tuples(st.just("person"), values("person"), EXTRAS)
    | st.tuples(st.just("organisation"), values("organisation"), EXTRAS),
    min_size=1,
    max_size=5,
)
"""Kinds, values and extras of some cards."""
