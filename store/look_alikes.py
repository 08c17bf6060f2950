"""Cards of the whole box that look like one customer, by certainty.

Every card that the member sees whole is looked at once for each mark: something that two cards of
one customer share. What many cards share joins each of them with the oldest, so that even a number
that stands on hundreds of cards makes one group and no quadratic number of pairs.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from store.duplicates import ACCOUNTS, NUMBERED_BY, PHONES
from store.exchange.matching import contact_mark
from store.likeness import core, same
from store.models.base import database
from store.pinyin import sort_key
from store.records.merging import Certainty, Group, LookAlike, Pair
from store.rows import CHUNK
from store.search import visible_sql

if TYPE_CHECKING:
    from store.desk import Desk

Tell = Callable[[int, int], None]
"""Told how many steps are done, and of how many."""

STEPS = 6

Mark = tuple[Any, ...]

Buckets = dict[Mark, list[int]]
"""Ids of cards by what they share."""


def look_alikes(desk: "Desk", tell: Tell) -> list[Group]:
    """The groups, the surest first, and of them organisations before people: whoever works there
    is seen to be one more easily afterwards.
    """
    return _Search(desk, tell).groups()


class _Search:
    """One look through the box."""

    def __init__(self, desk: "Desk", tell: Tell) -> None:
        self._tell = tell
        self._done = 0
        visible = visible_sql(desk)
        self._where, self._parameters = visible or ("1", [])
        self._cards: dict[int, tuple[str, str, str]] = {}
        """Kind, name and organisation by id, the oldest first."""
        self._pairs: dict[tuple[int, int], Pair] = {}
        self._apart: set[tuple[int, int]] = set()

    def groups(self) -> list[Group]:
        """Look through everything."""
        self._step()
        for row_id, *rest in self._ask("card.id, card.kind, card.name, card.organisation_name"):
            self._cards[row_id] = (rest[0], rest[1], rest[2])
        self._apart = set(database.execute_sql("SELECT card_id, other_id FROM distinct_pair"))
        for look in (self._numbers, self._contacts, self._names, self._birthdays):
            self._step()
            look()
        self._step()
        return self._gathered()

    def _step(self) -> None:
        self._done += 1
        self._tell(self._done, STEPS)

    def _ask(
        self, columns: str, join: str = "", condition: str = "1", order: str = "card.id"
    ) -> Iterator[tuple[Any, ...]]:
        """Columns of cards in use that the member sees whole."""
        yield from database.execute_sql(
            f"SELECT {columns} FROM card {join} WHERE card.trashed_at IS NULL "
            f"AND {self._where} AND {condition} ORDER BY {order}",
            self._parameters,
        )

    def _numbers(self) -> None:
        for kind, key in NUMBERED_BY.items():
            number = f"json_extract(card.profile, '$.{key}')"
            found: Buckets = {}
            for row_id, value in self._ask(
                f"card.id, {number}", condition=f"card.kind = '{kind}' AND {number} IS NOT NULL"
            ):
                found.setdefault((value,), []).append(row_id)
            self._join(found, key, Certainty.NUMBER)

    def _contacts(self) -> None:
        """Phones and accounts that stand on several cards; a shared one counts with the name."""
        kinds = ",".join(f"'{kind}'" for kind in (*PHONES, "email", *ACCOUNTS))
        shared = (
            "point.normal IN (SELECT normal FROM contact_point WHERE normal <> '' "
            f"AND kind IN ({kinds}) GROUP BY normal HAVING count(*) > 1)"
        )
        buckets: dict[str, Buckets] = {}
        for row_id, key, normal in self._ask(
            "card.id, point.kind, point.normal",
            "JOIN contact_point AS point ON point.card_id = card.id",
            f"point.kind IN ({kinds}) AND {shared}",
        ):
            kind, name, _house = self._cards[row_id]
            mark = contact_mark(kind, key, normal, same(name))
            area = "mobile" if mark[0] == "phone" else key  # phones of any kind are one
            several = buckets.setdefault(area, {}).setdefault((kind, *mark), [])
            if not several or several[-1] != row_id:
                several.append(row_id)
        for key, found in buckets.items():
            certainty = Certainty.NUMBER if key == "mobile" else Certainty.ACCOUNT
            self._join(found, key, certainty)

    def _names(self) -> None:
        """Names: of people together with where they work, of organisations whole and in their
        core; and those that sound alike.
        """
        whole: Buckets = {}
        alike: Buckets = {}
        sounding: Buckets = {}
        for row_id, (kind, name, house) in self._cards.items():
            spelled = same(name)
            if not spelled:
                continue
            if kind == "organisation":
                whole.setdefault((kind, spelled), []).append(row_id)
                bare = core(name)
                if bare:
                    alike.setdefault((kind, bare), []).append(row_id)
                    if len(bare) > 2:
                        sounding.setdefault((kind, sort_key(bare)), []).append(row_id)
            elif house:
                bare = core(house) or same(house)
                whole.setdefault((kind, spelled, bare), []).append(row_id)
                if len(spelled) > 1:
                    sounding.setdefault((kind, sort_key(name), bare), []).append(row_id)
        self._join(whole, "name", Certainty.NAME)
        self._join(alike, "name", Certainty.SIMILAR)
        self._join(sounding, "name", Certainty.SIMILAR)

    def _birthdays(self) -> None:
        found: Buckets = {}
        for row_id, *day in self._ask(
            "card.id, birth.calendar, birth.month, birth.day, birth.leap, birth.year",
            "JOIN occasion AS birth ON birth.card_id = card.id",
            "birth.kind = 'birth' AND birth.family_member_id IS NULL AND birth.year IS NOT NULL",
        ):
            mark = (same(self._cards[row_id][1]), *day)
            found.setdefault(mark, []).append(row_id)
        self._join(found, "birth_solar", Certainty.BIRTHDAY)

    def _join(self, buckets: Mapping[Mark, list[int]], reason: str, certainty: int) -> None:
        """Join the cards of each bucket with the oldest of which they were not set apart."""
        for several in buckets.values():
            alone: list[int] = []
            """Those that were set apart from all older ones: a younger one may be the same."""
            for place, row_id in enumerate(several):
                first = next(
                    (each for each in several[:place] if (each, row_id) not in self._apart), None
                )
                for other in {first, *alone} - {None, row_id}:
                    if other is not None and (other, row_id) not in self._apart:
                        pair = Pair(other, row_id, reason, certainty)
                        self._pairs.setdefault((other, row_id), pair)
                alone = [each for each in alone if (each, row_id) in self._apart]
                if first is None:
                    alone.append(row_id)

    def _gathered(self) -> list[Group]:
        """The pairs put together to groups, the surest ones first."""
        ordered = sorted(self._pairs.values(), key=lambda pair: (-pair.certainty, pair[:2]))
        leader: dict[int, int] = {}

        def found(row_id: int) -> int:
            while leader.setdefault(row_id, row_id) != row_id:
                leader[row_id] = row_id = leader[leader[row_id]]
            return row_id

        joining: list[Pair] = []
        for pair in ordered:
            one, other = sorted((found(pair.first), found(pair.second)))
            if one != other:
                leader[other] = one
                joining.append(pair)
        by_leader: dict[int, list[Pair]] = {}
        for pair in joining:
            by_leader.setdefault(found(pair.first), []).append(pair)
        cards = self._rows({row_id for pair in joining for row_id in pair[:2]})
        groups = []
        for pairs in by_leader.values():
            members = sorted({row_id for pair in pairs for row_id in pair[:2]})
            groups.append(Group(tuple(cards[row_id] for row_id in members), tuple(pairs)))
        return sorted(
            groups,
            key=lambda group: (
                -group.certainty,
                group.cards[0].kind != "organisation",
                group.cards[0].id,
            ),
        )

    def _rows(self, card_ids: Iterable[int]) -> dict[int, LookAlike]:
        wanted: Sequence[int] = sorted(card_ids)
        found: dict[int, LookAlike] = {}
        for start in range(0, len(wanted), CHUNK):
            part = wanted[start : start + CHUNK]
            cursor = database.execute_sql(
                "SELECT card.id, card.number, card.kind, card.name, card.organisation_name, "
                "card.title, card.phone, member.name FROM card "
                "JOIN member ON member.id = card.owner_id "
                f"WHERE card.id IN ({','.join('?' * len(part))})",
                part,
            )
            found.update({values[0]: LookAlike(*values) for values in cursor.fetchall()})
        return found
