"""Which field a phone number belongs to, from the words that stand beside it."""

import re
from collections.abc import Iterable

FAX = re.compile(r"fax|传真|傳真")
MOBILE = re.compile(r"cell|mobile|iphone|手机|手機|移动|行動|小灵通|car\b|车载")
HOME = re.compile(r"home|家|住宅|宅电")
WORK = re.compile(r"work|office|business|company|工作|公司|单位|办公|商务|座机|main|总机")
PAGER = re.compile(r"pager|寻呼|呼机|bbs|modem|isdn|telex|电报|\bvideo")
"""No field takes these: they are kept as they are."""

_KINDS = ((PAGER, ""), (FAX, "fax"), (MOBILE, "mobile"), (HOME, "home_phone"), (WORK, "work_phone"))

_SAYS_NOTHING = re.compile(
    "cell|mobile|mobile phone|手机|手機|移动|移动电话|voice|pref|msg|text|phone|电话"
    "|home|家|家庭|住宅|住宅电话|家庭电话|work|工作|单位|公司|办公|办公电话|单位电话|工作电话"
    "|fax|传真|work ?fax|工作传真|单位传真|公司传真"
)
"""Words that the field says already."""

_MOBILE_NUMBER = re.compile(r"(?:\+?86|0086)?1[3-9][0-9]{9}")


def phone_field(words: Iterable[str], number: str, kind: str = "person") -> tuple[str, str]:
    """The field of a number, and the label that is still worth keeping.

    Args:
        words: vCard types, or the label that a person chose; any case.
        number: the number itself, which decides where the words do not.
        kind: whose number it is; an organisation has no home.

    Returns:
        The key, "" where no field takes such a number; and the label, "" for none.
    """
    given = [word for word in words if word]
    text = " ".join(given).casefold()
    key = next((key for pattern, key in _KINDS if pattern.search(text)), None)
    if key is None:
        key = field_of_number(number)
    elif key == "home_phone" and kind == "organisation":
        key = "work_phone"
    return key, _label(given, key)


def field_of_number(number: str, kind: str = "person") -> str:
    """`mobile` for a mainland mobile number, `work_phone` for others; all an organisation's."""
    if kind == "organisation":
        return "work_phone"
    bare = re.sub(r"[^0-9+]", "", number)
    return "mobile" if _MOBILE_NUMBER.fullmatch(bare) else "work_phone"


def _label(words: list[str], key: str) -> str:
    """What the words say beyond the field: `home` of a home fax, 秘书 of a number at work."""
    kept = [word for word in words if not _SAYS_NOTHING.fullmatch(word.casefold())]
    if key == "fax" and kept and HOME.search(kept[0].casefold()):
        return "home"
    if not kept:
        told = {"mobile": {"home", "work"}, "fax": {"home"}}.get(key, set())
        kept = [word.casefold() for word in words if word.casefold() in told]
    return " ".join(kept)
