"""Two members at one box, each with a desk of his own and, for screens, threads of his own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from store.background import Background
from store.clock import Clock
from store.desk import Desk
from store.models.team import Department, Member


@dataclass
class Pair:
    """A director, who sees every card, and a rep of his."""

    director: Desk
    rep: Desk
    at_screen: Background
    """The director's, for the screen under test."""
    card: int
    """The rep's customer 张山."""


@contextmanager
def pair_of(desk: Desk, clock: Clock) -> Iterator[Pair]:
    """Make a second member, 李娜, who looks after a customer."""
    desk.settings.set_for_box("usual_login", desk.member.login)
    with desk.change("x", asked=True) as change:
        place = change.insert(Department, {"name": "华南"})
        whose = {"login": "lina", "name": "李娜", "role": "rep", "department_id": place}
        change.insert(Member, {**whose, "created_at": change.now})
    rep = desk.store.desk("lina")
    card = rep.cards.create(
        "person",
        {
            "name": "张山",
            "organisation": "华东电子",
            "nickname": "山哥",
            "mobile": [{"value": "13900002345", "label": ""}],
        },
    )
    at_screen = Background(str(desk.store.path), desk.member.login, clock, lambda: desk.store)
    try:
        yield Pair(desk, rep, at_screen, card.id)
    finally:
        at_screen.close()
