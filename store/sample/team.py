"""The sample team: three departments, nine members of every role, and what they sell."""

from dataclasses import dataclass

COMPANY = "杭州朗澈仪表有限公司"
"""The invented firm they work for; it makes gauges, flow meters and sensors."""


@dataclass(frozen=True, slots=True)
class SampleMember:
    """Somebody of the sample team; `cards` is how many customers he looks after.

    Whoever has a `coach` (a login) is a trainee.
    """

    login: str
    name: str
    role: str
    department: str
    cards: int = 0
    coach: str | None = None


HEAD, EAST, SOUTH = "销售总部", "华东业务部", "华南业务部"

DEPARTMENTS = ((HEAD, None), (EAST, HEAD), (SOUTH, HEAD))
"""Name, and the department above."""

MEMBERS = (
    SampleMember("wangxm", "王小明", "manager", HEAD, 46),
    SampleMember("lijing", "李静", "manager", EAST, 46),
    SampleMember("zhanglei", "张磊", "rep", EAST, 58),
    SampleMember("zhouting", "周婷", "rep", EAST, 54),
    SampleMember("chengq", "陈国强", "manager", SOUTH, 42),
    SampleMember("liuyang", "刘洋", "rep", SOUTH, 54, coach="zhouting"),
    SampleMember("sunli", "孙丽", "service", HEAD),
    SampleMember("wufang", "吴芳", "custodian", HEAD),
    SampleMember("gaojing", "高静", "administrator", HEAD),
)
"""The first one is at the desk; as manager of the head department he sees every card."""
