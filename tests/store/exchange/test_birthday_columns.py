"""A birthday column whose text says lunar is lunar."""

import pytest

from store.exchange.birthdays import birthday_fields


@pytest.mark.parametrize(
    ("text", "heading", "fields"),
    [
        ("1985-08-15", "", {"birth_solar": "1985-08-15"}),
        ("8月15日", "", {"birth_solar": "8月15日"}),
        ("农历八月十五", "", {"birth_lunar": "农历八月十五"}),
        ("农历八月十五", "birth_solar", {"birth_lunar": "农历八月十五"}),
        ("腊月廿三", "", {"birth_lunar": "腊月廿三"}),
        ("正月初一", "birth_solar", {"birth_lunar": "正月初一"}),
        ("(农历)1985.8.15", "", {"birth_lunar": "(农历)1985.8.15"}),
        ("1985.8.15（阴）", "", {"birth_lunar": "1985.8.15（阴）"}),
        ("lunar:1982-04L-10", "", {"birth_lunar": "lunar:1982-04L-10"}),
        ("1985-08-15", "birth_lunar", {"birth_lunar": "1985-08-15"}),
        ("阳历8月15日", "birth_lunar", {"birth_solar": "阳历8月15日"}),
        (
            "1985-10-01 (农历八月十七)",
            "",
            {"birth_solar": "1985-10-01", "birth_lunar": "农历八月十七"},
        ),
        (
            "八月十七（1985-10-01）",
            "birth_lunar",
            {"birth_solar": "1985-10-01", "birth_lunar": "八月十七"},
        ),
        (
            "阳历1985.10.1 阴历八月十七",
            "",
            {"birth_solar": "阳历1985.10.1", "birth_lunar": "阴历八月十七"},
        ),
        ("1985-08-15; 1985-08-16", "", {"birth_solar": "1985-08-15; 1985-08-16"}),
        ("circa 1985", "", {"birth_solar": "circa 1985"}),
        ("0/0/00", "", {}),
        ("0000-00-00", "", {}),
        ("不详", "birth_lunar", {}),
    ],
)
def test_which_birthday(text: str, heading: str, fields: dict[str, str]) -> None:
    assert birthday_fields(text, heading) == fields
