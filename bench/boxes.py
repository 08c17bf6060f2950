"""Boxes to measure with: so many cards, ten times as many interactions, the same every time."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import gettempdir

from bench.talks import write_talks
from store.bulk import in_bulk
from store.card_writing import CardWriter
from store.clock import Clock
from store.database import SCHEMA, open_store
from store.models.base import database

SIZES = (1_000, 10_000, 100_000)
"""Cards in the boxes that are measured."""

TALKS = 10
"""Interactions for each card."""

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡"
)
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂玉萍红建国华志永文海燕春梅晓东林雪峰"
CITIES = [
    "深圳市",
    "上海市",
    "北京市",
    "广州市",
    "杭州",
    "苏州",
    "东莞",
    "佛山",
    "宁波",
    "成都",
    "武汉",
    "南京",
]
HOUSES = [
    "华强",
    "远大",
    "恒通",
    "东方",
    "金龙",
    "宏图",
    "新华",
    "天宇",
    "海天",
    "中科",
    "博雅",
    "瑞丰",
    "永兴",
    "正泰",
    "立信",
]
TRADES = [
    "电子有限公司",
    "软件有限公司",
    "贸易公司",
    "物流公司",
    "科技股份有限公司",
    "机械厂",
    "集团公司",
]
TITLES = ["采购经理", "总经理", "技术总监", "财务主管", "业务员", "厂长", "副总裁", "工程师"]
LEVELS = ["prospect", "target", "likely", "buyer", "loyal"]

ROOM = 512 * 1024
"""KiB of pages that are kept in memory while a box is made."""


def values_of(place: int, chance: random.Random) -> tuple[str, dict[str, object]]:
    """The kind and the values of a card by its place: three persons for each organisation."""
    house = chance.choice(CITIES) + chance.choice(HOUSES) + chance.choice(GIVEN)
    house += chance.choice(TRADES)
    if place % 4 == 0:
        return "organisation", {
            "name": f"{house}{place // 4}",
            "city": chance.choice(CITIES),
            "lifecycle": chance.choice(LEVELS),
            "work_phone": [{"value": f"0755-{chance.randrange(10**7, 10**8)}", "label": ""}],
        }
    name = chance.choice(SURNAMES) + "".join(
        chance.choice(GIVEN) for _ in range(chance.choice((1, 2, 2)))
    )
    month, day = chance.randrange(1, 13), chance.randrange(1, 29)
    lunar = chance.random() < 0.5
    birth = f"{chance.randrange(1950, 2000)}-{month:02d}-{day:02d}"
    return "person", {
        "name": name,
        "title": chance.choice(TITLES),
        "mobile": [{"value": f"139{chance.randrange(10**8):08d}", "label": ""}],
        "email": [{"value": f"user{place}@example.com", "label": ""}],
        "city": chance.choice(CITIES),
        "native_place": chance.choice(CITIES),
        "lifecycle": chance.choice(LEVELS),
        "likelihood": chance.choice("ABCDE"),
        **({"birth_lunar": f"lunar:{birth}"} if lunar else {"birth_solar": birth}),
    }


def box_of(cards: int, told: Callable[[str], None] = print) -> Path:
    """The box with so many cards; made once for a schema, then taken as it is."""
    folder = Path(gettempdir()) / "shuke-bench"
    folder.mkdir(exist_ok=True)
    target = folder / f"box-{cards}-{SCHEMA}.sqlite"
    if target.exists():
        return target
    making = folder / f"making-{cards}-{SCHEMA}.sqlite"
    for old in folder.glob(f"making-{cards}-*"):
        old.unlink()
    start = time.perf_counter()
    fill(making, cards)
    for part in folder.glob(f"making-{cards}-*"):
        part.rename(part.with_name(part.name.replace("making", "box", 1)))
    told(f"made a box of {cards:,} cards in {time.perf_counter() - start:.0f} s")
    return target


def fill(path: Path, cards: int) -> None:
    """Write cards and interactions into a new box, in change sets of a thousand cards.

    What a crash would do to it is of no interest here: it would be made anew.
    """
    chance = random.Random(20260101)
    store = open_store(path, Clock())
    desk = store.desk()
    with in_bulk():
        database.execute_sql(f"PRAGMA cache_size = -{ROOM}")
        database.execute_sql("PRAGMA synchronous = off")
        for start in range(0, cards, 1000):
            batch = [values_of(start + place, chance) for place in range(min(1000, cards - start))]
            with desk.change("Import") as change:
                writer = CardWriter(desk, change)
                ids: list[int] = []
                for kind in ("organisation", "person"):
                    ids += writer.enter(kind, [(values, []) for k, values in batch if k == kind])
                write_talks(change, ids, TALKS, chance)
    store.close()
