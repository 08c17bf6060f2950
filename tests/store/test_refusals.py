"""What was refused stands in the trail: once, by every door, and nothing else was written."""

import pytest

from store.background import Background
from store.clock import Clock
from store.database import Store
from store.deeds import REFUSED, said_of
from store.desk import Desk
from store.errors import NotAllowed, NotFound
from store.models.team import Member
from store.models.trail import Change, ChangeSet
from store.records.interactions import InteractionValues
from store.rights import Right


@pytest.fixture
def custodian(desk: Desk, store: Store) -> Desk:
    """Sees every card, and logs no talk."""
    desk.settings.set_for_box("usual_login", desk.member.login)
    Member.insert(
        id=20, login="keeper", name="李管", role="custodian", created_at=store.clock.now()
    ).execute()
    return store.desk("keeper", "shell", "10.0.0.7")


@pytest.fixture
def card(desk: Desk) -> int:
    return desk.cards.create("person", {"name": "张山"}).id


def refusals() -> list[Change]:
    return list(Change.select().where(Change.table == REFUSED).order_by(Change.id))


def refuse(desk: Desk, card: int) -> None:
    with pytest.raises(NotAllowed):
        desk.interactions.log(card, InteractionValues(minutes="聊了"))


def test_a_refused_method_is_noted_with_who_where_and_which_card(
    custodian: Desk, card: int
) -> None:
    refuse(custodian, card)
    (noted,) = refusals()
    assert said_of(noted.after)["what"] == "interactions.log"
    assert noted.card == card
    head = ChangeSet.get_by_id(noted.change_set_id)
    assert (head.member_id, head.origin, head.place) == (20, REFUSED, "10.0.0.7")


def test_the_same_attempt_is_noted_once_a_minute(
    custodian: Desk, card: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _time in range(5):
        refuse(custodian, card)
    assert len(refusals()) == 1
    from store import deeds

    monkeypatch.setattr(deeds, "SAME_ATTEMPT", deeds.timedelta(0))
    refuse(custodian, card)
    assert len(refusals()) == 2


def test_within_a_transaction_the_outer_door_notes_it(custodian: Desk, card: int) -> None:
    with pytest.raises(NotAllowed) as refused, custodian.store.transaction():
        custodian.interactions.log(card, InteractionValues(minutes="聊了"))
    assert refusals() == []
    assert (refused.value.what, refused.value.noted) == ("interactions.log", False)


def test_who_has_left_is_noted_too(custodian: Desk, card: int) -> None:
    Member.update(active=False).where(Member.id == 20).execute()
    with pytest.raises(NotAllowed):
        custodian.cards.trash([card])
    (noted,) = refusals()
    assert "do not work here" in said_of(noted.after)["why"]


def test_a_card_that_is_hidden_is_not_there(desk: Desk, store: Store, card: int) -> None:
    desk.settings.set_for_box("usual_login", desk.member.login)
    Member.insert(
        id=21, login="rep", name="小王", role="rep", created_at=store.clock.now()
    ).execute()
    with pytest.raises(NotFound):
        store.desk("rep").cards.get(card)
    assert refusals() == []


async def test_the_threads_of_the_app_note_what_leaves_a_transaction(
    custodian: Desk, card: int, clock: Clock
) -> None:
    threads = Background("", "keeper", clock, lambda: custodian.store)

    def refused_within(desk: Desk) -> None:
        with desk.drafts.saved(["log:new"]):
            desk.interactions.log(card, InteractionValues(minutes="聊了"))

    try:
        with pytest.raises(NotAllowed):
            await threads.write(refused_within)
        with pytest.raises(NotAllowed):
            await threads.read(lambda desk: desk.require(Right.LOG, [card]))
    finally:
        threads.close()
    assert [said_of(each.after)["what"] for each in refusals()] == [
        "interactions.log",
        "screen",
    ]


def test_undo_passes_refusals_by(custodian: Desk, card: int) -> None:
    custodian.cards.tag([card], "老客")
    refuse(custodian, card)
    custodian.trail.undo()
    assert "tags" not in custodian.cards.get(card).values
