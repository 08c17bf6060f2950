"""What the sample team has to do, and what customers have promised."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Task:
    """A to-do to be: braces stand for {name}, {organisation}, {product}, {place}."""

    title: str
    days: int | None
    """Days from today until due; negative is overdue, None without a date."""
    important: bool = False
    urgent: bool = False
    note: str | None = None
    repeat: str | None = None
    weekday: int | None = None
    """Due on the next such day, Monday is 0, in place of `days`."""
    time: str | None = None
    tags: tuple[str, ...] = ()
    stages: tuple[str, ...] = ("target", "likely", "buyer", "loyal")


OURS = (
    Task("给{name}答复交期", 0, important=True, urgent=True, time="10:30"),
    Task("催{organisation}的货款", -1, important=True, urgent=True, stages=("buyer", "loyal")),
    Task("给{name}送{product}样品", 1, important=True, urgent=True, stages=("likely",)),
    Task("准备{organisation}的投标书", 3, important=True, tags=("招投标",), stages=("likely",)),
    Task("带工程师去看{organisation}的{place}", 6, important=True, stages=("target", "likely")),
    Task("拜访{organisation}的总经理", 9, important=True),
    Task("整理{organisation}全年用量，谈框架", 18, important=True, stages=("loyal",)),
    Task("做一份{product}的竞品对比", 12, important=True),
    Task("把试用报告送给{name}", -3, important=True, stages=("likely",)),
    Task("想好怎么请{name}介绍朋友", None, important=True, stages=("loyal",)),
    Task("报销上周差旅", 0, urgent=True, tags=("内务",), stages=()),
    Task("给{organisation}补寄合格证", 1, urgent=True, stages=("buyer", "loyal")),
    Task("订周四下午的会议室", 2, urgent=True, tags=("内务",), stages=()),
    Task("给{name}回微信，发安装视频", -2, urgent=True, stages=("buyer",)),
    Task("整理名片盒", None, tags=("内务",), stages=()),
    Task("看新款{product}的培训视频", 15, stages=()),
    Task("给老客户寄台历，先列名单", 25, stages=()),
    Task("写周报", None, important=True, repeat="FREQ=WEEKLY;BYDAY=FR", weekday=4, stages=()),
    Task("核查重要客户的卡片", 7, important=True, repeat="FREQ=MONTHLY", stages=()),
    Task("给{name}打电话，问新厂进度", 5, stages=("former", "target")),
)

THEIRS = (
    Task("把{place}的图纸发来", -4, important=True, stages=("target", "likely")),
    Task("引荐设备部的负责人", 2, important=True, stages=("prospect", "target")),
    Task("月底付清尾款", 6, important=True, stages=("buyer", "loyal")),
    Task("给我们样机试用报告", -1, important=True, stages=("likely",)),
    Task("问采购为什么还没下单", 1, stages=("likely",)),
    Task("介绍隔壁厂的朋友", 8, stages=("loyal",)),
)

DONE = (
    ("给{name}寄样本", "已寄到，他说看过了"),
    ("给{organisation}报价", "报了，等答复"),
    ("陪{name}参观工厂", "来了三个人，印象不错"),
    ("跟{name}对账", "对平了，差一张发票已补"),
    ("处理{organisation}的返修", "换新，客户满意"),
    ("约{name}吃饭", "吃了，聊得很好"),
    ("给{name}发校准证书", "发了电子版，原件快递"),
    ("安排{organisation}的安装", "两天装完，一次调通"),
)
"""What was done, and what came of it."""
