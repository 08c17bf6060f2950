"""Names and addresses from the parts that address books keep."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.exchange.addresses import Address
from store.exchange.names import compose, same_parts, split, tidy


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("张", "伟"), "张伟"),
        (("", "张伟"), "张伟"),
        (("张伟", ""), "张伟"),
        (("欧阳", "娜娜"), "欧阳娜娜"),
        (("Smith", "John", "Q."), "John Q. Smith"),
        (("王", "Peter"), "Peter 王"),
        (("", ""), ""),
    ],
)
def test_names_in_their_order(parts: tuple[str, ...], name: str) -> None:
    assert compose(*parts) == name


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("张伟", ("张", "伟")),
        ("欧阳娜", ("欧阳", "娜")),
        ("欧阳娜娜", ("欧阳", "娜娜")),
        ("司马", ("司", "马")),
        ("阿依古丽", ("", "阿依古丽")),
        ("迪丽热巴·迪力木拉提", ("", "迪丽热巴·迪力木拉提")),
        ("John Smith", ("Smith", "John")),
        ("Mary Ann Smith", ("Smith", "Mary Ann")),
        ("Plato", ("", "Plato")),
        ("张伟 (小)", ("", "张伟 (小)")),
    ],
)
def test_names_taken_apart(name: str, parts: tuple[str, str]) -> None:
    assert split(name) == parts


@given(st.text(min_size=1, max_size=12).map(str.strip))
def test_taken_apart_and_put_together_is_the_same(name: str) -> None:
    assert compose(*split(name)) == name


def test_spellings_of_one_name() -> None:
    assert same_parts("伟 张", "张伟")
    assert same_parts("Smith, John", "John Smith")
    assert not same_parts("张总", "张伟")
    assert tidy(" 张  伟 ") == "张伟"
    assert tidy("John  Smith") == "John Smith"


@pytest.mark.parametrize(
    ("address", "text"),
    [
        (
            Address(street="华强北路1002号", city="深圳市", region="广东省"),
            "广东省深圳市华强北路1002号",
        ),
        (
            Address(street="广东省深圳市华强北路", city="深圳市", region="广东省"),
            "广东省深圳市华强北路",
        ),
        (Address(street="深圳市华强北路", city="深圳市", region="广东省"), "广东省深圳市华强北路"),
        (
            Address(street="长安街1号", city="北京市", region="北京市", country="中国"),
            "北京市长安街1号",
        ),
        (Address(street="长安街1号\n2层", country="China"), "长安街1号 2层"),
        (Address(street="中环路1号", country="新加坡"), "新加坡中环路1号"),
        (
            Address(street="1 Main St", city="Springfield", region="IL", country="USA"),
            "1 Main St, Springfield, IL, USA",
        ),
        (
            Address(street="1002 Huaqiang Rd", city="Shenzhen", country="China"),
            "1002 Huaqiang Rd, Shenzhen",
        ),
        (Address(), ""),
    ],
)
def test_addresses_on_one_line(address: Address, text: str) -> None:
    assert address.text() == text
