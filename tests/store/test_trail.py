"""The trail: undo, redo, history, the chain."""

import json

import pytest

from store import chain
from store.database import Store
from store.desk import Desk
from store.errors import NotFound
from store.models.cards import Card
from store.models.team import Member
from store.models.trail import Change, ChangeSet
from store.recorder import change_digest, set_hash
from store.records.cards import CardQuery
from store.records.interactions import InteractionValues
from store.records.todos import TodoValues

PERSON = {
    "name": "张山",
    "title": "经理",
    "organisation": "华东电子",
    "mobile": [{"value": "13911112345", "label": ""}],
    "birth_lunar": "lunar:1985-08-15",
    "hobbies": ["钓鱼"],
}


def colleague(store: Store, desk: Desk) -> Desk:
    """The desk of another member, who sees his own cards only."""
    now = store.clock.now()
    Member.insert(id=99, login="rep", name="小王", role="rep", created_at=now).execute()
    return store.desk("rep")


def test_undo_and_redo_of_an_edit(desk: Desk) -> None:
    card = desk.cards.create("person", PERSON)
    changed = {**card.values, "organisation": "远大软件", "nickname": "山哥"}
    del changed["hobbies"]
    saved = desk.cards.save(card.id, card.values, changed)
    desk.trail.undo()
    assert desk.cards.get(card.id).values == card.values
    desk.trail.redo()
    assert desk.cards.get(card.id).values == saved.values


def test_history_tells_an_undo_from_what_was_done_again(desk: Desk) -> None:
    card = desk.cards.create("person", {"name": "张山"})
    desk.cards.save(card.id, card.values, {**card.values, "nickname": "山哥"})
    desk.trail.undo()
    desk.trail.redo()
    desk.trail.undo()
    told = [(entry.origin == "undo", entry.again) for entry in desk.trail.history(card.id)]
    assert told == [(True, False), (True, True), (True, False), (False, False), (False, False)]
    audit = [entry.summary for entry in desk.audit.entries()]
    assert [summary.endswith("(done again)") for summary in audit[:3]] == [False, True, False]
    assert [summary.endswith("(undone)") for summary in audit[:3]] == [True, False, True]


def test_undo_of_a_new_card_and_its_redo(desk: Desk) -> None:
    card = desk.cards.create("person", PERSON)
    assert desk.trail.undo().left == ()
    assert desk.cards.count(CardQuery()) == 0
    assert desk.cards.find("zs") == []
    desk.trail.redo()
    assert desk.cards.get(card.id).values == card.values
    assert desk.cards.find("zs")[0].id == card.id


def test_undo_goes_back_step_by_step_and_redo_forward(desk: Desk) -> None:
    names = ["甲", "乙", "丙"]
    for name in names:
        desk.cards.create("person", {"name": name})

    def present() -> list[str]:
        return [row.name for row in desk.cards.page(CardQuery(sort="number"), 0, 9)]

    for left in (names[:2], names[:1], []):
        desk.trail.undo()
        assert present() == left
    with pytest.raises(NotFound):
        desk.trail.undo()
    for back in (names[:1], names[:2], names):
        desk.trail.redo()
        assert present() == back
    with pytest.raises(NotFound):
        desk.trail.redo()
    desk.trail.undo()
    assert present() == names[:2]
    desk.cards.create("person", {"name": "丁"})
    with pytest.raises(NotFound):
        desk.trail.redo()


def test_undo_leaves_and_names_what_changed_since(desk: Desk) -> None:
    card = desk.cards.create("person", PERSON)
    first = desk.cards.save(card.id, card.values, {**card.values, "nickname": "山", "city": "深圳"})
    desk.cards.save(card.id, first.values, {**first.values, "city": "广州"})
    older = ChangeSet.select().order_by(ChangeSet.id)[1].id
    undone = desk.trail.revert(older)
    values = desk.cards.get(card.id).values
    assert "nickname" not in values
    assert values["city"] == "广州"
    assert undone.left == ("张山: City",)


def test_a_new_card_that_was_changed_since_goes_to_the_trash(desk: Desk) -> None:
    card = desk.cards.create("person", PERSON)
    desk.cards.save(card.id, card.values, {**card.values, "nickname": "山哥"})
    first = ChangeSet.select().order_by(ChangeSet.id)[0].id
    desk.trail.revert(first)
    assert desk.cards.get(card.id).trashed
    assert desk.cards.find("zs") == []


def test_an_undo_that_must_leave_everything_does_not_bar_the_way(store: Store, desk: Desk) -> None:
    rep = colleague(store, desk)
    card = rep.cards.create("person", PERSON)
    saved = rep.cards.save(card.id, card.values, {**card.values, "nickname": "山"})
    desk.cards.save(card.id, saved.values, {**saved.values, "nickname": "老张"})
    undone = rep.trail.undo()
    assert (undone.reverted, undone.left) == (0, ("张山: Nickname",))
    assert rep.trail.undo().summary == "Card entered"
    assert rep.cards.get(card.id).trashed
    rep.trail.redo()
    rep.trail.redo()
    assert rep.cards.get(card.id).values["nickname"] == "老张"
    assert chain.first_fault() is None


def test_what_somebody_above_took_back_is_passed_by(store: Store, desk: Desk) -> None:
    rep = colleague(store, desk)
    card = rep.cards.create("person", PERSON)
    older = rep.cards.save(card.id, card.values, {**card.values, "nickname": "山"})
    rep.cards.save(card.id, older.values, {**older.values, "city": "广州"})
    newest = ChangeSet.select().order_by(ChangeSet.id.desc()).get().id
    desk.trail.revert(newest)
    with pytest.raises(NotFound):
        rep.trail.redo()
    assert rep.trail.undo().summary == "Card changed"
    assert rep.cards.get(card.id).values == card.values
    undone = ChangeSet.select().order_by(ChangeSet.id.desc()).get().id
    desk.trail.revert(undone)
    with pytest.raises(NotFound):
        rep.trail.redo()
    assert rep.trail.undo().summary == "Card entered"
    with pytest.raises(NotFound):
        rep.trail.undo()


def test_undo_of_a_card_that_others_name_takes_nothing_from_them(store: Store, desk: Desk) -> None:
    rep = colleague(store, desk)
    li = rep.cards.create("person", {"name": "李四"})
    zhang = desk.cards.create("person", {"name": "张山", "referrer": li.number})
    wang = desk.cards.create("person", {"name": "王五"})
    talk = desk.interactions.log(wang.id, InteractionValues(topic="x", others=(li.id,))).id
    rep.trail.undo()
    assert rep.cards.get(li.id).trashed
    assert desk.cards.get(zhang.id).values["referrer"] == li.number
    assert desk.interactions.get(talk).others == {li.id: "李四"}


def test_undo_names_a_link_to_a_card_that_is_gone(store: Store, desk: Desk) -> None:
    rep = colleague(store, desk)
    li = rep.cards.create("person", {"name": "李四"})
    zhang = desk.cards.create("person", {"name": "张山", "referrer": li.number})
    values = {**zhang.values, "referrer": "老陈"}
    desk.cards.save(zhang.id, zhang.values, values)
    rep.trail.undo()
    assert desk.trail.undo().left == ("张山: Referrer", "Referral")
    assert desk.cards.get(zhang.id).values == values


def test_nothing_goes_back_on_a_card_that_the_member_does_not_see_any_more(
    store: Store, desk: Desk
) -> None:
    rep = colleague(store, desk)
    card = rep.cards.create("person", {"name": "张山", "mobile": [{"value": "13911112345"}]})
    saved = rep.cards.save(card.id, card.values, {**card.values, "nickname": "山"})
    Card.update(owner=desk.member.id).where(Card.id == card.id).execute()
    assert rep.trail.undo().left == ("Card",)
    assert rep.trail.undo().reverted == 0
    assert desk.cards.get(card.id).values == saved.values
    assert not desk.cards.get(card.id).trashed


def test_a_trash_is_undone(desk: Desk) -> None:
    card = desk.cards.create("person", PERSON)
    desk.cards.trash([card.id])
    desk.trail.undo()
    assert desk.cards.find("zs")[0].id == card.id


def test_nothing_changed_leaves_no_change_set(desk: Desk) -> None:
    card = desk.cards.create("person", PERSON)
    before = ChangeSet.select().count()
    desk.cards.save(card.id, card.values, card.values)
    assert ChangeSet.select().count() == before
    assert desk.cards.get(card.id).version == card.version


def test_history_tells_who_changed_what(desk: Desk) -> None:
    card = desk.cards.create("person", PERSON)
    desk.cards.save(card.id, card.values, {**card.values, "lifecycle": "target"})
    newest, oldest = desk.trail.history(card.id)
    [change] = newest.records
    assert (change.table, change.keys) == ("card", ["lifecycle"])
    assert change.before is not None
    assert change.before["lifecycle"] == "prospect"
    assert change.after is not None
    assert change.after["lifecycle"] == "target"
    assert newest.member == desk.member.name
    assert oldest.summary == "Card entered"


def test_the_chain_holds(desk: Desk) -> None:
    import hashlib

    card = desk.cards.create("person", PERSON)
    desk.cards.save(card.id, card.values, {**card.values, "city": "深圳"})
    previous = ""
    for head in ChangeSet.select().order_by(ChangeSet.id).dicts():
        digests = hashlib.sha256()
        for change in Change.select().where(Change.change_set == head["id"]).order_by(Change.id):
            digest = change_digest(
                change.salt, change.table, change.row, change.before, change.after, change.card
            )
            assert digest == change.digest
            json.loads(change.after or "{}")
            digests.update(digest.encode())
        stored = {
            **head,
            "member_id": head["member"],
            "undoes_id": head["undoes"],
            "at": ChangeSet.at.db_value(head["at"]).isoformat(" "),
        }
        assert head["previous_hash"] == previous
        assert set_hash(stored, digests.hexdigest()) == head["hash"]
        previous = head["hash"]


def test_a_failure_in_the_middle_writes_nothing(store: Store, desk: Desk) -> None:
    with pytest.raises(RuntimeError), desk.change("x") as change:
        change.insert(Card, {"number": "P9", "kind": "person", "name": "甲", "owner_id": 1})
        raise RuntimeError
    assert desk.cards.count(CardQuery()) == 0
    assert ChangeSet.select().count() == 0


def test_an_undo_names_what_it_was_about(desk: Desk) -> None:
    zhang = desk.cards.create("person", PERSON)
    todos = [desk.todos.add(TodoValues(title=f"事 {n}", card=zhang.id)).id for n in range(5)]
    desk.todos.move(todos[:1], 1)
    assert desk.trail.undo().about == ("事 0",)
    assert desk.trail.redo().about == ("事 0",)
    desk.todos.done(todos)
    assert desk.trail.undo().about == ("事 0", "事 1", "事 2", "…")
    desk.cards.tag([zhang.id], "展会")
    assert desk.trail.undo().about == ("张山",)
    desk.cards.create("person", {"name": "李四"})
    assert desk.trail.undo().about == ("李四",)
    assert desk.trail.redo().about == ("李四",)


def test_an_undo_names_no_card_that_the_member_does_not_see(store: Store, desk: Desk) -> None:
    rep = colleague(store, desk)
    card = rep.cards.create("person", PERSON)
    rep.todos.add(TodoValues(title="送样品", card=card.id))
    with desk.change("given away") as change:
        change.update(Card, card.id, {"owner_id": desk.member.id})
    assert rep.trail.undo().about == ()
