"""What is written as a vCard is read again as the same card, and other programs can read it."""

import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vobject.base import readComponents

from store.cleaning import clean_line, clean_text
from store.exchange.drafts import CardDraft
from store.exchange.vcard_read import read_vcards
from store.exchange.vcard_write import Version, write_vcards

SAMPLES = Path(__file__).parents[2] / "samples"
VERSIONS: list[Version] = ["3.0", "4.0"]


def written(*cards: CardDraft, version: Version = "3.0") -> bytes:
    stream = io.BytesIO()
    assert write_vcards(stream, cards, version) == len(cards)
    return stream.getvalue()


def again(*cards: CardDraft, version: Version = "3.0") -> list[CardDraft]:
    return list(read_vcards(io.BytesIO(written(*cards, version=version))))


def lines(card: CardDraft, version: Version = "3.0") -> list[str]:
    return written(card, version=version).decode().replace("\r\n ", "").split("\r\n")


WORDS = st.text(
    st.sampled_from(list("张伟客户欧阳aB9 ,;:\\\"'=+-@^()|.\t\nñ\u200dé👨农历生日"))
    | st.characters(),
    max_size=20,
)
LINE = WORDS.map(clean_line).filter(bool)
TEXT = WORDS.map(clean_text).filter(bool)
NAME = (
    st.sampled_from(["张伟", "欧阳娜娜", "阿依古丽", "John Q. Smith", "李; 娜", "O’Neil, Ann"])
    # A card's name has single blanks; a vCard's has them between its parts.
    | LINE.map(lambda text: " ".join(text.split())).filter(bool)
)
SOLAR = st.dates().filter(lambda day: day.year not in {1604}).map(lambda day: day.isoformat())
YEARLESS = st.sampled_from(["--08-15", "--02-29", "--12-01"])
LUNAR = st.sampled_from(
    ["lunar:1985-08-15", "lunar:1982-04L-10", "lunar:--12-23", "lunar:1900-01-01"]
)
DAY = SOLAR | YEARLESS | LUNAR


def points(value: st.SearchStrategy[str] = LINE) -> st.SearchStrategy[list[dict[str, str]]]:
    # A label in Apple's own signs is one that Apple offers: its word comes back without them.
    label = st.just("") | LINE.filter(lambda text: not text.startswith("_$!<"))
    point = st.fixed_dictionaries({"value": value, "label": label})
    return st.lists(point, min_size=1, max_size=3, unique_by=lambda one: one["value"])


PHONE = st.from_regex(r"\+?[0-9]{3,12}(?:-[0-9]{1,4})?", fullmatch=True)
JSON = st.recursive(
    st.booleans() | st.integers() | LINE, lambda one: st.lists(one, max_size=3), max_leaves=5
)
OPTIONAL = {
    **dict.fromkeys(["title", "city", "wechat_note", "home_address", "work_address"], LINE),
    **dict.fromkeys(["postcode", "native_place"], LINE),
    **dict.fromkeys(["mobile", "work_phone", "fax"], points(PHONE)),
    **dict.fromkeys(["website", "qq", "wechat"], points()),
    "email": points(LINE.filter(lambda address: not address.startswith("mailto:"))),
    "note": TEXT,
    "tags": st.lists(LINE.filter(lambda tag: tag != "myContacts"), min_size=1, unique=True),
    "gender": st.sampled_from(["male", "female"]),
    "birth_solar": SOLAR | YEARLESS,
    "birth_lunar": LUNAR,
    "wedding": DAY,
    "further_dates": st.lists(
        st.fixed_dictionaries({"date": DAY, "note": st.just("") | LINE}),
        min_size=1,
        unique_by=lambda one: (one["date"], one["note"]),
    ),
    "lifecycle": st.sampled_from(["prospect", "buyer"]),
    "credit_limit": st.integers(),
    "accepts_sms": st.booleans(),
    "hobbies": st.lists(LINE, min_size=1),
    "our own field 自定": JSON.filter(lambda one: one not in ("", [])),
    "extra": LINE,
}
PERSON = st.fixed_dictionaries(
    {"name": NAME},
    optional={
        **OPTIONAL,
        "nickname": LINE,
        "home_phone": points(PHONE),
        "organisation": LINE,
        "org_department": LINE,
    },
)
ORGANISATION = st.fixed_dictionaries({"name": NAME}, optional={**OPTIONAL, "short_name": LINE})
EXTRA = st.tuples(LINE.filter(lambda name: not name.startswith("vcard:")), TEXT)


def is_person(values: dict[str, Any]) -> bool:
    """Whether the name and the firm of these values are told apart by a reader."""
    draft = CardDraft(
        1, values={key: values[key] for key in ("name", "organisation") if key in values}
    )
    draft.settle_kind()
    return draft.kind == "person"


@pytest.mark.parametrize("version", VERSIONS)
@settings(deadline=None, max_examples=40)
@given(
    values=PERSON.filter(is_person), extras=st.lists(EXTRA, max_size=3), number=st.just("P000001")
)
def test_a_person_comes_back_whole(
    version: Version, values: dict[str, Any], extras: list[tuple[str, str]], number: str
) -> None:
    card = CardDraft(1, "person", values, extras, number=number)
    (found,) = again(card, version=version)
    assert (found.kind, found.values, found.extras) == ("person", values, extras)
    assert found.number == number
    assert not found.warnings


@pytest.mark.parametrize("version", VERSIONS)
@settings(deadline=None, max_examples=40)
@given(values=ORGANISATION, extras=st.lists(EXTRA, max_size=2))
def test_an_organisation_comes_back_whole(
    version: Version, values: dict[str, Any], extras: list[tuple[str, str]]
) -> None:
    (found,) = again(CardDraft(1, "organisation", values, extras), version=version)
    assert (found.kind, found.values, found.extras) == ("organisation", values, extras)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*.vcf")))
def test_cards_of_phones_survive_being_written_again(name: str, version: Version) -> None:
    with (SAMPLES / name).open("rb") as stream:
        cards = list(read_vcards(stream))
    found = again(*cards, version=version)
    assert [(one.kind, one.values) for one in found] == [(one.kind, one.values) for one in cards]
    for one, before in zip(found, cards, strict=True):
        assert sorted(one.extras) == sorted(before.extras)


@pytest.mark.parametrize("version", VERSIONS)
@settings(deadline=None, max_examples=40)
@given(values=PERSON)
def test_lines_are_folded_between_characters(version: Version, values: dict[str, Any]) -> None:
    raw = written(CardDraft(1, "person", values), version=version)
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")


def test_a_lunar_birthday_is_no_bday() -> None:
    card = CardDraft(1, values={"name": "张伟", "birth_lunar": "lunar:1982-04L-10"})
    found = lines(card)
    assert "X-ALTBDAY;CALSCALE=chinese:0077005904L10" in found
    assert "X-SHUKE-BIRTHDAY:lunar:1982-04L-10" in found
    assert not any(line.startswith("BDAY") for line in found)


def test_lines_that_phones_know() -> None:
    card = CardDraft(
        1,
        values={
            "name": "欧阳娜娜",
            "organisation": "华强电子",
            "org_department": "采购部",
            "mobile": [{"value": "13911112345", "label": ""}, {"value": "138", "label": "秘书"}],
            "birth_solar": "--08-15",
            "wedding": "2010-05-01",
            "work_address": "华强北路1002号; 38楼",
            "postcode": "518031",
            "tags": ["重要", "a,b"],
            "gender": "female",
        },
    )
    for line in (
        *(
            "N:欧阳;娜娜;;;",
            "FN:欧阳娜娜",
            "ORG:华强电子;采购部",
            "TEL;TYPE=CELL;TYPE=PREF:13911112345",
        ),
        *("item1.TEL;TYPE=CELL:138", "item1.X-ABLabel:秘书", "CATEGORIES:重要,a\\,b"),
        *("BDAY;X-APPLE-OMIT-YEAR=1604:1604-08-15", "X-SHUKE-GENDER:female"),
        *("item2.X-ABDATE:2010-05-01", "item2.X-ABLabel:_$!<Anniversary>!$_"),
        "ADR;TYPE=WORK:;;华强北路1002号\\; 38楼;;;518031;",
    ):
        assert line in lines(card)
    for line in (
        "GENDER:F",
        "BDAY:--0815",
        "ANNIVERSARY:2010-05-01",
        "TEL;TYPE=CELL;PREF=1:13911112345",
    ):
        assert line in lines(card, "4.0")


def test_groups_of_kept_lines_and_ours_do_not_meet() -> None:
    extras = [("vcard:item1.X-ABRELATEDNAMES", "李梅"), ("vcard:item1.X-ABLABEL", "_$!<Spouse>!$_")]
    values = {"name": "张伟", "mobile": [{"value": "138", "label": "秘书"}]}
    found = lines(CardDraft(1, values=values, extras=extras))
    assert "item2.TEL;TYPE=CELL:138" in found
    assert "item1.X-ABRELATEDNAMES:李梅" in found


@pytest.mark.parametrize(
    "extra",
    [
        ("vcard:END", "VCARD"),
        ("vcard:FN", "李娜"),
        ("vcard:X-A:b\nEND:VCARD\nBEGIN", "VCARD"),
        ("vcard:X-A", "b\nEND:VCARD"),
        ("vcard:X A", "b"),
        ("vcard:", ""),
    ],
)
def test_no_kept_line_breaks_its_card(extra: tuple[str, str]) -> None:
    (found,) = again(CardDraft(1, values={"name": "张伟"}, extras=[extra]))
    name, text = extra
    assert (found.values, found.extras) == ({"name": "张伟"}, [(clean_line(name), text)])


@pytest.mark.parametrize("version", VERSIONS)
@settings(deadline=None, max_examples=40)
@given(values=PERSON)
def test_another_program_reads_the_same_name_note_and_numbers(
    version: Version, values: dict[str, Any]
) -> None:
    raw = written(CardDraft(1, "person", values), version=version).decode()
    (found,) = readComponents(raw)
    assert found.fn.value == values["name"]
    if "note" in values:
        assert found.note.value == values["note"]
    numbers = [point["value"] for key in ("mobile", "fax") for point in values.get(key, ())]
    told = [line.value for line in found.contents.get("tel", ())]
    assert [number for number in numbers if number not in told] == []
