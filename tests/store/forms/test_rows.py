"""Rows on a card: read from one text, checked, shown, merged by their ids."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import BadValue
from store.forms.declaration import Choice, Field, Values, load_form
from store.forms.tables import Rows, show_row
from store.three_way import Contradiction, merged

EDUCATION = Field(
    "education",
    "rows",
    {"zh": "教育", "en": "Education"},
    columns=(
        Field("school", "text", {"zh": "学校", "en": "School"}),
        Field("major", "text", {"zh": "专业", "en": "Major"}),
        Field("since", "date", {"zh": "从", "en": "From"}),
        Field(
            "degree",
            "choice",
            {"zh": "学位", "en": "Degree"},
            choices=(Choice("bachelor", {"zh": "学士", "en": "Bachelor"}),),
            other=True,
        ),
        Field("finished", "yes_no", {"zh": "毕业", "en": "Finished"}),
    ),
)

texts = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=12)


def rows_of(text: str) -> list[Values]:
    found = EDUCATION.read(text)
    assert isinstance(found, list)
    return [dict(row) for row in found]  # type: ignore[call-overload]


def test_a_spreadsheets_cell_is_read() -> None:
    found = rows_of("浙江大学，专业：计算机，学位：学士；school=一中, finished=否")
    assert [{k: v for k, v in row.items() if k != "id"} for row in found] == [
        {"school": "浙江大学", "major": "计算机", "degree": "bachelor"},
        {"school": "一中", "finished": False},
    ]
    assert len({row["id"] for row in found}) == 2


def test_ids_stay_and_new_ones_follow_from_what_a_row_holds() -> None:
    once, again = (EDUCATION.check([{"school": "一中"}, {"school": "一中"}]) for _ in range(2))
    assert once == again
    assert EDUCATION.check(once) == once
    assert EDUCATION.check([{"id": "a1", "school": "一中"}, {"id": "a1", "school": "二中"}]) != [
        {"id": "a1", "school": "一中"},
        {"id": "a1", "school": "二中"},
    ]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("学校", None),
        ([1], "list of rows"),
        ([{"since": "2020-13-01"}], "From"),
        ([{"school": ["x"]}], "School"),
        ([{"school": "x", 3: "y"}], "no column 3"),
        ([{"school": "x"}] * 501, "500"),
    ],
)
def test_what_is_no_row_is_refused(wrong: object, reason: str | None) -> None:
    with pytest.raises(BadValue, match=reason):
        EDUCATION.check(wrong)


def test_a_column_that_is_gone_keeps_what_it_held() -> None:
    kept = EDUCATION.check([{"id": "a", "school": "一中", "house": "红"}])
    assert kept == [{"id": "a", "school": "一中", "house": "红"}]
    assert show_row(EDUCATION, kept[0]) == "一中, house (no longer asked): 红"  # type: ignore[arg-type]


@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "school": texts,
                "major": texts,
                "degree": texts,
                "since": st.dates().map(str),
                "finished": st.booleans(),
            },
        ),
        max_size=4,
    )
)
def test_one_text_holds_all_rows(rows: list[Values]) -> None:
    kept = EDUCATION.check(rows)
    if kept is not None:
        assert EDUCATION.read(EDUCATION.plain(kept)) == _without_given_ids(kept)
        assert EDUCATION.read(EDUCATION.editable(kept)) == kept


def _without_given_ids(kept: object) -> object:
    assert isinstance(kept, list)
    return Rows().check(EDUCATION, [{k: v for k, v in r.items() if k != "id"} for r in kept])


def test_two_people_change_rows() -> None:
    base = [{"id": "a", "school": "一中"}, {"id": "b", "school": "二中"}]
    mine = [{"id": "a", "school": "一中", "major": "文科"}, {"id": "b", "school": "二中"}]
    theirs = [{"id": "c", "school": "浙大"}, {"id": "a", "school": "第一中学"}]
    joined = merged(base, mine, theirs)
    assert joined == [
        {"id": "a", "school": "第一中学", "major": "文科"},
        {"id": "c", "school": "浙大"},
    ]
    with pytest.raises(Contradiction):
        merged(base, [{"id": "a", "school": "甲"}], [{"id": "a", "school": "乙"}])
    with pytest.raises(Contradiction):
        merged(base, [{**base[0], "major": "x"}, base[1]], [base[1]])


def test_phones_and_amounts_hold_inside_rows() -> None:
    firm, person = load_form("organisation"), load_form("person")
    typed = "年份：２０２５年，主要产品：变送器，金额：120，旺季每月：8,000元"
    bought = firm.field("purchases").read(typed)
    assert isinstance(bought, list)
    assert {k: v for k, v in dict(bought[0]).items() if k != "id"} == {  # type: ignore[call-overload]
        "year": 2025,
        "product": "变送器",
        "amount": 120_000_000,
        "peak": 800_000,
    }
    assert firm.field("purchases").show(bought) == (
        "2025 变送器, Amount: ¥1,200,000, Per month at peak: ¥8,000"
    )
    named = person.field("names_given").read("李四，１３９１１１１２３４５，同学")
    assert named[0]["phone"] == "13911112345"  # type: ignore[index, call-overload]
    with pytest.raises(BadValue, match="Phone"):
        person.field("names_given").read("李四，1391111234")
    with pytest.raises(BadValue, match="Year"):
        firm.field("purchases").read("1800")


def test_names_alone_are_a_row_each() -> None:
    person = load_form("person").field("education")
    assert person.show(person.read("浙江大学、一中")) == "浙江大学\n一中"
    assert person.show(person.read("浙江大学、一中，计算机")) == "浙江大学、一中, Major: 计算机"
    named = person.read("学校：浙江大学、一中")
    assert person.read(person.plain(named)) == named
    assert person.show(named) == "浙江大学、一中"
