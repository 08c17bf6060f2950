"""Columns share a line: never more cells than there are, no column squeezed below its least."""

from hypothesis import given
from hypothesis import strategies as st

from widgets.columns import Column, lay_out

COLUMNS = st.lists(
    st.builds(
        Column,
        st.just("key"),
        st.just("Title"),
        st.integers(1, 30),
        st.integers(0, 30),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=9,
)


@given(COLUMNS, st.integers(0, 200), st.integers(1, 2))
def test_columns_and_gaps_fit_in_the_line(columns, available, gap):
    widths = lay_out(columns, available, gap)
    shown = [width for width in widths if width]
    assert sum(shown) + gap * max(0, len(shown) - 1) <= available
    assert all(width >= 0 for width in widths)


@given(COLUMNS, st.integers(0, 200))
def test_no_column_is_narrower_than_its_least(columns, available):
    widths = lay_out(columns, available)
    for column, width in list(zip(columns, widths, strict=True))[1:]:
        assert width == 0 or width >= min(column.least or column.width, column.width)


@given(COLUMNS, st.integers(100, 400))
def test_what_is_left_over_goes_to_those_who_take_it(columns, available):
    widths = lay_out(columns, available)
    wanted = sum(column.width for column in columns) + len(columns) - 1
    if wanted <= available and any(column.share for column in columns):
        assert sum(widths) + len(columns) - 1 == available


def test_a_customers_list_at_80_and_at_120_columns():
    columns = [
        Column("number", "Number", 7),
        Column("name", "Name", 10, least=8, share=1),
        Column("organisation", "Organisation", 20, least=12, share=2),
        Column("lifecycle", "Stage", 6),
        Column("likelihood", "Likely", 4),
        Column("last", "Last contact", 9),
        Column("next", "Next step", 24, least=10, share=2),
    ]
    assert lay_out(columns, 79) == [7, 9, 18, 6, 4, 9, 20]
    assert lay_out(columns, 119) == [7, 17, 33, 6, 4, 9, 37]
    assert lay_out(columns, 40) == [7, 9, 15, 6, 0, 0, 0]
