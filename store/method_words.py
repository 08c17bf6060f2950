"""Ways of being in contact, as people type them in a line: 电话, `dh`, `phone`."""

import re

from store.chinese_numbers import half_width

_CHINESE = {
    "visit": "拜访 上门 面谈 见面 登门拜访 来访",
    "phone": "电话 打电话 通话 去电 来电 致电",
    "wechat": "微信 发微信",
    "email": "邮件 电邮 邮箱 发邮件 电子邮件",
    "meeting": "会议 开会",
    "meal": "宴请 吃饭 请客 饭局 聚餐 请吃饭",
    "gift": "礼品 送礼 礼物",
    "event": "活动",
    "material": "资料 寄资料 资料寄送 发资料",
    "questionnaire": "问卷",
    "sms": "短信 发短信",
    "after_sale": "售后 售后访问 售后回访",
}
_LETTERS = {
    "visit": "bf visit met",
    "phone": "dh phone call called tel",
    "wechat": "wx wechat",
    "email": "yj email e-mail mail",
    "meeting": "hy meeting",
    "meal": "yq cf meal lunch dinner",
    "gift": "lp gift",
    "event": "hd event",
    "material": "zl material",
    "questionnaire": "wj questionnaire",
    "sms": "dx sms",
    "after_sale": "sh after-sale",
}

_WORDS = {
    word: method
    for table in (_CHINESE, _LETTERS)
    for method, words in table.items()
    for word in words.split()
}
_LONGEST_FIRST = sorted(
    (word for words in _CHINESE.values() for word in words.split()), key=len, reverse=True
)
_BEGINNING = re.compile(rf"(?:打了?个?|发了?个?|去|的)?({'|'.join(_LONGEST_FIRST)})")

NOT_REACHED = frozenset(
    (
        *("没接", "未接", "没人接", "无人接听", "未接通", "没打通", "打不通", "关机"),
        *("不在", "没见到", "未见到", "没见着", "没回", "未回", "noanswer"),
    )
)
"""What people write when they did not reach the customer; a whole word."""


def method_of(word: str) -> str | None:
    """The method that a word means: 电话, `dh`, `phone`; None for any other word."""
    return _WORDS.get(half_width(word).casefold())


def method_at_the_start(text: str) -> str | None:
    """The method that a text without blanks begins with, as in 电话聊了报价."""
    return method_after(text, 0)


def method_after(text: str, at: int) -> str | None:
    """The method whose word begins at a place, as in 张伟打电话聊了报价 behind the name."""
    match = _BEGINNING.match(text, at)
    return _WORDS[match[1]] if match else None
