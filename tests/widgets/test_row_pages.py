"""Pages of rows: which are asked for, which are good to look at, which are good to act on."""

from hypothesis import given
from hypothesis import strategies as st

from widgets.row_pages import PAGE, PAGES_KEPT, Row, RowPages


def page_of(number, count, mark=""):
    return [Row(f"{mark}{i}", (str(i),)) for i in range(number * PAGE, count)[:PAGE]]


def test_pages_on_screen_come_first_then_those_near():
    pages = RowPages()
    pages.begin(1000, same=False)
    assert pages.wanted(0, 20) == [0]
    assert pages.wanted(0, 20) == []
    assert pages.wanted(PAGE - 5, PAGE + 15) == [1]
    assert pages.wanted(500, 520) == [10, 9]
    assert pages.waiting


def test_nothing_is_asked_for_beyond_the_end():
    pages = RowPages()
    pages.begin(10, same=False)
    assert pages.wanted(0, 100) == [0]
    pages.begin(0, same=False)
    assert pages.wanted(0, 20) == []


@given(st.integers(1, 3000), st.lists(st.integers(0, 3000), max_size=20))
def test_rows_on_screen_are_always_known_or_asked_for(count, places):
    pages = RowPages()
    pages.begin(count, same=False)
    for place in places:
        first = min(place, count - 1)
        for number in pages.wanted(first, first + 22):
            pages.put(number, page_of(number, count))
        shown = range(first, min(count, first + 23))
        assert [pages.row(index).key for index in shown] == [str(index) for index in shown]


def test_rows_of_another_list_are_looked_at_but_not_acted_on():
    pages = RowPages()
    pages.begin(100, same=False)
    pages.put(0, page_of(0, 100))
    pages.begin(60, same=False)
    assert pages.shown(3).key == "3"
    assert pages.row(3) is None
    assert pages.wanted(0, 20) == [0]
    pages.put(0, page_of(0, 60, "new"))
    assert pages.row(3).key == "new3"
    assert pages.shown(60) is None


def test_rows_of_the_same_list_can_be_acted_on_while_it_is_read_again():
    pages = RowPages()
    pages.begin(100, same=False)
    pages.put(0, page_of(0, 100))
    pages.begin(100, same=True)
    assert pages.row(3).key == "3"
    assert pages.wanted(0, 20) == [0]


def test_only_so_many_pages_are_kept():
    pages = RowPages()
    pages.begin(PAGE * 100, same=False)
    for number in range(100):
        pages.put(number, page_of(number, PAGE * 100))
    known = [number for number in range(100) if pages.shown(number * PAGE)]
    assert known == list(range(100 - PAGES_KEPT, 100))


def test_a_list_that_cannot_be_asked_again_keeps_all():
    pages = RowPages()
    pages.begin(PAGE * 100, same=False, kept=100)
    for number in range(100):
        pages.put(number, page_of(number, PAGE * 100))
    assert all(pages.shown(number * PAGE) for number in range(100))


def test_a_row_is_replaced_by_its_key():
    pages = RowPages()
    pages.begin(100, same=False)
    pages.put(1, page_of(1, 100))
    assert pages.replace(Row("70", ("changed",))) == 70
    assert pages.shown(70).cells == ("changed",)
    assert pages.replace(Row("70", ("changed",))) is None
    assert pages.replace(Row("3", ("unknown",))) is None
