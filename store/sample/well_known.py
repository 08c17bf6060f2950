"""What is known of the customers that everybody tries first: enough for a briefing to be whole."""

from datetime import date, timedelta
from typing import Any

from store.forms.tables import with_ids


def first_customer(today: date) -> dict[str, Any]:
    """His way of life, his career, and where he is this week."""
    return {
        "career": with_ids(
            [
                {"employer": "杭州汽轮机厂", "title": "采购员", "from": "2007", "until": "2013"},
            ]
        ),
        "clubs": ["浙大校友会"],
        "travelled": ["西藏", "日本"],
        "drinks": True,
        "drinks_what": "绍兴黄酒，二两为止",
        "smokes": False,
        "minds_smoking": True,
        "favourite_dishes": "白切鸡、茴香豆",
        "dinner_places": "西湖边的知味观",
        "liked_topics": "钓鱼、女儿学琴",
        "proudest_of": "前年把备件库存压下三成，没停过一次线",
        "present_goals": "年底前升采购总监",
        "communication_style": "indirect",
        "cares_about": "交期稳，出了问题有人马上到",
        "strong_views": "看不起只会压价的供应商",
        "itinerary": with_ids(
            [
                {
                    "from": str(today + timedelta(days=4)),
                    "until": str(today + timedelta(days=6)),
                    "city": "上海",
                    "hotel": "虹桥迎宾馆",
                    "flight": "G7350",
                    "purpose": "看工博会",
                },
            ]
        ),
    }


def deputy_manager(today: date) -> dict[str, Any]:
    """Where the one who decides is now."""
    trip = {
        "from": str(today - timedelta(days=1)),
        "until": str(today + timedelta(days=2)),
        "city": "北京",
        "purpose": "集团开会",
    }
    return {"itinerary": with_ids([trip])}


def firm(today: date) -> dict[str, Any]:
    """Competitors, needs, purchases and news of the first customer's firm."""
    return {
        "competitors": with_ids(
            [
                {
                    "competitor": "德国威仪",
                    "product": "压力变送器",
                    "satisfaction": "fair",
                    "rep": "周凯",
                    "rep_style": "请客勤快",
                    "chance": "high",
                    "chance_reason": "交期八周，坏了要寄回德国",
                    "our_edge": "两周到货，本地有人",
                    "our_weakness": "牌子没有它响",
                }
            ]
        ),
        "needs": with_ids(
            [
                {"need": "两周内到货", "kind": "business", "must": "must", "answer": "分批交货"},
                {"need": "备件库存再压一成", "kind": "latent", "must": "nice"}
                | {"answer": "寄售库存"},
            ]
        ),
        "credit_limit": 30_000_000,
        "trade_terms": "月结 60 天",
        "payment_attitude": "prompt",
        "payment_term": "60 天",
        "purchases": with_ids(
            [
                {"year": today.year - 1, "product": "压力变送器", "amount": 68_000_000},
                {"year": today.year, "product": "压力变送器", "amount": 52_500_000},
            ]
        ),
        "news": with_ids(
            [
                {
                    "on": str(today - timedelta(days=3)),
                    "kind": "operations",
                    "what": "二期厂房封顶，明年三月要装仪表",
                    "source": "门卫老陈",
                },
                {
                    "on": str(today - timedelta(days=50)),
                    "kind": "principal",
                    "what": "设备部换了经理",
                    "source": "单雪梅",
                },
            ]
        ),
    }


def own_card() -> dict[str, Any]:
    """What the member at the desk has in common with him."""
    employers = [{"employer": "杭州汽轮机厂", "title": "工艺员", "from": "2006", "until": "2010"}]
    return {
        "career": with_ids(employers),
        "clubs": ["浙大校友会"],
        "travelled": ["西藏", "云南"],
    }
