"""What managers of the sample team said of cards: one sent back, one answered, one approved."""

from datetime import timedelta

from store.desk import Desk
from store.records.cards import CardQuery
from store.records.inspections import APPROVED, SENT_BACK, WHOLE_CARD
from store.sample.past_clock import PastClock
from store.sample.telling import moment

SAID = {
    WHOLE_CARD: "上次谈到的预算没有记下来",
    "name_card": "缺邮箱",
    "personal": "籍贯问一下，他好像是宁波人",
}


def write_inspections(desks: dict[str, Desk], clock: PastClock) -> None:
    """Let managers look through cards of the last days before today.

    Args:
        desks: by login.
    """
    newest = CardQuery(mine=True, kind="person", sort="created")
    learners = desks["liuyang"].cards.page(newest, 0, 1)[0]
    clock.moment = moment(clock.today() - timedelta(days=2), 17, 20)
    desks["wangxm"].inspections.inspect(learners.id, SENT_BACK, SAID)
    first, second = desks["zhanglei"].cards.page(newest, 0, 2)
    desks["lijing"].inspections.inspect(first.id, APPROVED, {WHOLE_CARD: "写得很细"})
    sent = desks["lijing"].inspections.inspect(second.id, SENT_BACK, {"dates": "生日没有填"})
    clock.moment = moment(clock.today() - timedelta(days=1), 9, 10)
    desks["zhanglei"].inspections.answer(sent.id, "问到了，农历八月十五，补上了")
