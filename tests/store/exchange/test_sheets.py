"""Cards, surveys, networks and blank forms on paper; the register of customers."""

import io

import pytest

from store import language
from store.desk import Desk
from store.errors import NotFound, WrongUsage
from store.exchange.sheet import Cell, Group
from store.exchange.text_page import WIDTH, cells
from store.forms.declaration import load_form
from store.records.cards import CardQuery
from store.records.occasions import FamilyValues
from store.records.people import PlaceValues
from tests.store.sales_team import sales_team

HOSTILE = "<script>alert(1)</script>[/]"


@pytest.fixture
def card(desk: Desk) -> int:
    card = desk.cards.create(
        "person",
        {
            "name": "张山",
            "organisation": "华东电子",
            "title": "采购经理",
            "mobile": [{"value": "13911112345", "label": "私人"}],
            "first_impression": HOSTILE,
            "education": [{"school": "浙江大学", "major": "机械"}],
            "home_address": "保密路七号",
        },
    )
    desk.family.add(card.id, FamilyValues("张小雨", "女儿", "2019-09-24"))
    return card.id


def printed(desk: Desk, what: str, card: int, form: str = "text") -> str:
    stream = io.BytesIO()
    desk.exchange.print_card(what, card, form, stream)
    return stream.getvalue().decode()


def test_a_card_prints_all_that_is_known(desk: Desk, card: int) -> None:
    language.use("zh")
    for form in ("text", "html"):
        page = printed(desk, "card", card, form)
        known = ("个人客户卡", "张山", "13911112345", "浙江大学", "张小雨", "女儿", "保密路七号")
        for word in known:
            assert word in page, (form, word)
    assert "<script>alert" not in printed(desk, "card", card, "html")


@pytest.mark.parametrize("what", ["card", "survey", "network"])
def test_lines_of_text_are_as_wide_as_the_page(desk: Desk, card: int, what: str) -> None:
    language.use("zh")
    assert max(map(cells, printed(desk, what, card).split("\n"))) <= WIDTH


def test_a_survey_asks_for_everything_of_its_sections(desk: Desk, card: int) -> None:
    page = printed(desk, "survey", card)
    for key in ("personal", "way_of_life"):
        for field in load_form("person").section(key).fields:
            if not field.when and not field.lifecycles:
                assert field.title.split()[0] in page, field.key


def test_a_network_names_who_is_linked(desk: Desk, card: int) -> None:
    other = desk.cards.create("person", {"name": "李四", "organisation": "华东电子"})
    page = printed(desk, "network", card)
    assert other.name in page
    assert "华东电子" in page


@pytest.mark.parametrize("kind", ["person", "organisation"])
@pytest.mark.parametrize("what", ["card", "survey"])
def test_a_blank_form_holds_nothing_of_a_customer(
    desk: Desk, card: int, kind: str, what: str
) -> None:
    stream = io.BytesIO()
    desk.exchange.print_blank(what, kind, "html", stream)
    page = stream.getvalue().decode()
    assert "张山" not in page
    assert load_form(kind).field("name").title in page


@pytest.mark.parametrize("what", ["card", "survey"])
def test_a_blank_form_has_nothing_filled_in(desk: Desk, what: str) -> None:
    """What a new card begins with on the screen would have to be struck out on paper."""
    language.use("zh")
    for kind in ("person", "organisation"):
        stream = io.BytesIO()
        desk.exchange.print_blank(what, kind, "html", stream)
        page = stream.getvalue().decode()
        assert "客户分级" in page or what == "survey"
        assert "潜在客户</td>" not in page
        assert "未分类" not in page


def test_names_phones_and_days_in_tables_are_not_broken(desk: Desk) -> None:
    house = desk.cards.create("organisation", {"name": "华东电子"})
    desk.people.add(
        house.id, "欧阳静", PlaceValues(matters="五十万以上的采购都要签字"), "13911112345"
    )
    page = printed(desk, "card", house.id, "html")
    assert '<td class="short">欧阳静</td>' in page
    assert '<td class="short">13911112345</td>' in page
    assert "<td>五十万以上的采购都要签字</td>" in page


def test_english_labels_are_broken_between_words(desk: Desk) -> None:
    values = {"name": "华东电子", "legal_representative": "李明"}
    house = desk.cards.create("organisation", {**values, "legal_representative_phone": "1380000"})
    page = printed(desk, "card", house.id)
    assert "|representative  |" in page
    assert "|Representative’s|" in page


def test_what_cannot_be_printed_is_said(desk: Desk, card: int) -> None:
    with pytest.raises(WrongUsage):
        printed(desk, "poster", card)
    with pytest.raises(WrongUsage):
        desk.exchange.print_blank("network", "person", "html", io.BytesIO())
    with pytest.raises(WrongUsage):
        desk.exchange.print_blank("card", "person", "pdf", io.BytesIO())
    with pytest.raises(NotFound):
        printed(desk, "card", 999)


def test_sensitive_fields_are_masked_on_paper_too(desk: Desk) -> None:
    team = sales_team(desk.store)
    card = team.card("zhang", home_address="保密路七号")
    for what in ("card", "survey"):
        page = printed(team["keeper"], what, card)
        assert "保密路" not in page
        assert "***" in page


def test_the_register_lists_what_the_query_chooses(desk: Desk, card: int) -> None:
    desk.cards.create("person", {"name": "李四", "region": "华北"})
    stream = io.BytesIO()
    count = desk.exchange.export("cards", "html", stream, CardQuery(regions=("华北",)))
    page = stream.getvalue().decode()
    assert (count, "李四" in page, "张山" in page) == (1, True, False)
    assert [entry.what for entry in desk.trail.exports()] == ["cards"]


def test_cells_fill_their_lines() -> None:
    group = Group("", (Cell("a", "", 1), Cell("b", "", 2), Cell("c", "", 4), Cell("d")))
    lines = [[(cell.label, cell.span) for cell in line] for line in group.lines()]
    assert lines == [[("a", 1), ("b", 3)], [("c", 4)], [("d", 4)]]
