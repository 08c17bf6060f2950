"""The sample team's year: who talked with whom, when, about what."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from store.clock import CHINA
from store.records.interactions import InteractionValues
from store.sample.cards import Chooser, SampleCard, worded
from store.sample.showcase import FIRST_TRIED, OWN, last_talk
from store.sample.talks import (
    MOODS,
    NOT_REACHED,
    PLACES_OF_TALK,
    RIVALS,
    SCENES,
    SEEN,
    SMALL_TALK,
    VERDICTS,
    Scene,
)
from store.sample.team import MEMBERS, SampleMember

TALKS = 2000
DAYS = 364
"""Days before today on which the first of them takes place."""

SEED = 20260202

FREQUENCY = {"prospect": 1.3, "target": 6, "likely": 12, "buyer": 11, "loyal": 17, "former": 3}
"""How often a customer is talked with, by lifecycle."""

PATHS = {
    "prospect": ("prospect",),
    "target": ("prospect", "target", "target"),
    "likely": ("prospect", "target", "likely", "likely"),
    "buyer": ("target", "likely", "buyer", "buyer"),
    "loyal": ("buyer", "loyal", "loyal"),
    "former": ("buyer", "former"),
}
"""Through which lifecycles a customer came to his own, in equal parts of the year."""

NEGLECTED = 60
"""Days after the last talk from which nothing is planned with a customer any more."""

LENGTHS = {"phone": (3, 20), "visit": (30, 120), "meeting": (60, 180), "meal": (90, 150)}
"""Minutes, by method; the others are not timed."""


MET = frozenset({"visit", "meeting", "meal", "gift", "event", "after_sale"})
SPOKEN = MET | {"phone"}
"""Ways of contact in which something is said on the side."""


@dataclass(frozen=True, slots=True)
class SampleTalk:
    """One talk; `partner` is a colleague of the customer's who took part."""

    card: SampleCard
    by: SampleMember
    day: date
    values: InteractionValues
    partner: SampleCard | None = None


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of day in China as the store keeps it."""
    return datetime.combine(day, time(hour, minute), CHINA).astimezone(UTC)


def sample_talks(cards: Sequence[SampleCard], today: date) -> list[SampleTalk]:
    """The two thousand talks of the last twelve months in their order."""
    chooser = Chooser(SEED)
    talks: list[SampleTalk] = []
    for place_of_card, count in _shares(chooser, cards, today).items():
        card = cards[place_of_card]
        teller = _Teller(chooser, card, cards)
        end = last_talk(today)[0] if card.name == FIRST_TRIED else today
        days = _days(chooser, card.entered, end, count)
        for place, day in enumerate(days):
            following = next((later for later in days[place + 1 :] if later > day), None)
            talks.append(teller.talk(day, following, place / count, today))
        if card.name == FIRST_TRIED:
            values = replace(last_talk(today)[1], at=moment(end, 10, 15))
            talks.append(SampleTalk(card, card.owner, end, values))
    return sorted(talks, key=lambda talk: (talk.values.at or moment(today, 0), talk.card.name))


def _shares(chooser: Chooser, cards: Sequence[SampleCard], today: date) -> Counter[int]:
    """How many talks each customer has, by his place in the list; one is told apart."""
    weights = [
        FREQUENCY[card.stage]
        * (card.name != OWN)
        * (0.3 if card.kind == "organisation" else 1)
        * (1.6 if card.values.get("importance") == "key" else 1)
        * chooser.uniform(0.4, 1.4)
        * min(1.0, ((today - card.entered).days + 30) / 200)
        for card in cards
    ]
    return Counter(chooser.choices(range(len(cards)), weights, k=TALKS - 1))


def _days(chooser: Chooser, entered: date, today: date, count: int) -> list[date]:
    """Days in order, none of them today or a Sunday."""
    first = max(entered, today - timedelta(days=DAYS))
    span = max(1, (today - first).days - 1)
    days = [first + timedelta(days=chooser.randrange(span)) for _ in range(count)]
    return sorted(day - timedelta(days=day.weekday() == 6 and day > first) for day in days)


class _Teller:
    """Tells what happens with one customer, without saying the same thing twice in a row."""

    def __init__(self, chooser: Chooser, card: SampleCard, cards: Sequence[SampleCard]) -> None:
        self.chooser = chooser
        self.card = card
        self.colleagues = [
            other
            for other in cards
            if other.firm is not None
            and (other.firm is card.firm or other.firm is card)
            and other is not card
        ]
        self.product = chooser.choice(card.industry.products)
        self.place = chooser.choice(card.industry.places)
        self._waiting: dict[str, list[Scene]] = {}
        self._said: Counter[str] = Counter()

    def talk(self, day: date, following: date | None, progress: float, today: date) -> SampleTalk:
        """One talk; `progress` runs from 0 to 1 over the year."""
        chooser, card = self.chooser, self.card
        path = PATHS[card.stage]
        scene = self._scene(path[int(progress * len(path))])
        method = chooser.choice(scene.methods)
        at = moment(day, chooser.randint(9, 17), chooser.randrange(0, 60, 5))
        if method in ("phone", "visit") and chooser.chance(7):
            reason, minutes = chooser.choice(NOT_REACHED)
            values = InteractionValues(
                at=at,
                method=method,
                topic=worded(scene.topic, card),
                reached=False,
                not_reached_reason=reason,
                minutes=worded(minutes, card),
                next_on=following,
                next_purpose="再约" if following else None,
            )
            return SampleTalk(card, card.owner, day, values)
        colleague = chooser.choice(self.colleagues) if self.colleagues else None
        others = {"other": colleague.name if colleague else chooser.choice(("采购", "设备主管"))}
        minutes = self._filled(self._least_said(scene.minutes), others)
        aside = SMALL_TALK + SEEN if method in MET else SMALL_TALK
        if method in SPOKEN and chooser.chance(40):
            minutes += self._filled(self._least_said(aside), others)
        values = InteractionValues(
            at=at,
            method=method,
            topic=worded(scene.topic, card),
            minutes=minutes,
            words=self._filled(self._least_said(scene.words), others),
            interest=chooser.randint(*scene.interest),
            mood=chooser.choice(MOODS) if chooser.chance(45) else None,
            feedback_kind=scene.feedback if chooser.chance(60) else None,
            **self._circumstances(method),
            **self._outcome(scene, others, day, following, today),
        )
        met = method in ("visit", "meeting", "meal") and chooser.chance(30)
        return SampleTalk(card, self._speaker(method), day, values, colleague if met else None)

    def _scene(self, stage: str) -> Scene:
        """The next kind of talk; all kinds of a stage come up before one comes again."""
        waiting = self._waiting.get(stage)
        if not waiting:
            fitting = [
                scene
                for scene in SCENES
                if stage in scene.stages and (not scene.rare or self.chooser.chance(40))
            ]
            waiting = self._waiting[stage] = self.chooser.sample(fitting, len(fitting))
        return waiting.pop()

    def _least_said(self, texts: Sequence[str]) -> str:
        fewest = min(self._said[text] for text in texts)
        text = self.chooser.choice([text for text in texts if self._said[text] == fewest])
        self._said[text] += 1
        return text

    def _filled(self, text: str, others: dict[str, str]) -> str:
        hobbies = self.card.values.get("hobbies") or ["喝茶"]
        return worded(text, self.card).format(
            product=self.product,
            place=self.place,
            count=self.chooser.choice((2, 3, 4, 6, 8, 10, 12, 16, 20, 24)),
            days=self.chooser.choice((7, 10, 15, 20, 30)),
            per_cent=self.chooser.choice((1, 2, 3, 5)),
            rival=self.chooser.choice(RIVALS),
            hobby=self.chooser.choice(hobbies),
            **others,
        )

    def _circumstances(self, method: str) -> dict[str, Any]:
        """Place, length and cost, as far as the way of contact has them."""
        chooser = self.chooser
        found: dict[str, Any] = {}
        if method in LENGTHS:
            found["length"] = chooser.randrange(*LENGTHS[method], 5) or 5
        if method in ("visit", "meeting"):
            found["place"] = chooser.choice(PLACES_OF_TALK)
        if method == "meal":
            found |= {"place": "厂门口的小馆子", "cost": chooser.randint(180, 680) * 100}
        if method == "gift":
            found |= {"gifts": "台历和茶叶", "cost": chooser.randint(60, 200) * 100}
        if chooser.chance(18):
            found["verdict"] = chooser.choice(VERDICTS)
        return found

    def _outcome(
        self, scene: Scene, others: dict[str, str], day: date, following: date | None, today: date
    ) -> dict[str, Any]:
        """What was agreed and what comes next; after the last talk it lies around today."""
        chooser = self.chooser
        found: dict[str, Any] = {}
        if scene.agreed and chooser.chance(55):
            found["agreed"] = self._filled(chooser.choice(scene.agreed), others)
        if scene.insight and chooser.chance(50):
            found["insight"] = self._filled(chooser.choice(scene.insight), others)
        if not scene.next_steps or chooser.chance(25):
            return found
        next_on = following
        if following is None and (today - day).days < NEGLECTED:
            next_on = today + timedelta(days=chooser.randint(-6, 24))
        if next_on is not None and next_on > day:
            found["next_on"] = next_on
            found["next_method"] = chooser.choice(("phone", "visit", "wechat"))
            found["next_purpose"] = self._filled(chooser.choice(scene.next_steps), others)
        return found

    def _speaker(self, method: str) -> SampleMember:
        """The owner, at important moments his manager."""
        owner = self.card.owner
        if method in ("meeting", "meal", "visit") and self.chooser.chance(8):
            above = [
                member
                for member in MEMBERS
                if member.role == "manager" and member.department in (owner.department, "销售总部")
            ]
            return self.chooser.choice(above)
        return owner
