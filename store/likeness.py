"""When two names are spelled differently and mean the same."""

import re
from functools import lru_cache

from store.folding import HAN, fold

_NO_LETTERS = re.compile(r"[\W_]+")
_FORM = re.compile(
    "(?:(?:集团)?(?:股份)?(?:有限)?(?:责任)?公司|集团|co(?:mpany)?ltd|coltd|limited|ltd|inc|llc|gmbh"
    "|corporation|corp|company|co)$"
)
_NOT_A_FORM = re.compile("(?:分|子|总)公司$")
"""A branch is another customer than its house."""

_PLACES = (
    "北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|"
    "湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|"
    "香港|澳门|深圳|广州|杭州|宁波|温州|嘉兴|绍兴|南京|苏州|无锡|常州|南通|合肥|福州|"
    "厦门|泉州|济南|青岛|烟台|郑州|武汉|长沙|东莞|佛山|惠州|珠海|中山|成都|西安|沈阳|"
    "大连|长春|哈尔滨|石家庄|太原|昆明|南宁|南昌|贵阳|兰州|海口"
)
_PLACE = re.compile(f"^(?:(?:{_PLACES})[省市]?|[{HAN}]{{2,3}}[省市])+")

FEWEST = 2
"""Characters that a name has to have without its form."""

FEWEST_WITHOUT_PLACE = 3
"""Characters that have to be left without its place: 北京电子 is not 上海电子."""


@lru_cache(maxsize=4096)
def same(name: str) -> str:
    """A name as it is compared: without blanks, signs, full-width and capital letters."""
    return _NO_LETTERS.sub("", fold(name))


@lru_cache(maxsize=4096)
def core(name: str) -> str:
    """What is left of an organisation's name without place and legal form; "" for too little.

    深圳市华东电子有限公司 is 华东电子, and so is 华东电子(深圳)股份有限公司.
    """
    whole = _without_places_in_brackets(fold(name))
    letters = _NO_LETTERS.sub("", whole)
    if _NOT_A_FORM.search(letters):
        return letters
    bare = _FORM.sub("", letters)
    left = _PLACE.sub("", bare)
    if len(left) >= FEWEST_WITHOUT_PLACE:
        return left
    return bare if len(bare) >= FEWEST else ""


_IN_BRACKETS = re.compile(r"\(([^()]*)\)")


def _without_places_in_brackets(folded: str) -> str:
    """A name without brackets that name nothing but a place: 华东(深圳)."""

    def kept(match: re.Match[str]) -> str:
        return "" if _PLACE.fullmatch(match[1]) else match[1]

    return _IN_BRACKETS.sub(kept, folded)
