"""When the storage fails, whatever is asked of the desk: it answers, or says so in a sentence."""

import io
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from store.desk import Desk
from store.doctor import examine
from store.errors import StorageTrouble, StoreError
from store.models.base import database
from store.models.cards import Card
from store.models.team import Department, Member
from store.models.todos import Todo
from store.records.cards import CardQuery
from store.records.clubs import ClubValues
from store.records.interactions import InteractionQuery, InteractionValues
from store.records.occasions import FamilyRow, FamilyValues, OccasionRow
from store.records.papers import PaperFile, PaperQuery, PaperValues
from store.records.people import PersonRow, PlaceValues
from store.records.referrals import ReferralValues
from store.records.relations import RelationValues
from store.records.todos import TodoQuery, TodoValues
from tests.store.hostile_values import methods
from tests.store.sample_keys import key_line

TALK, TODO, BY_NAME = InteractionValues(minutes="报价"), TodoValues("送样品"), {"name": "李四"}
DAY = date(2026, 9, 30)
TEAM_FORMS = "[[changes]]\nfield = 'hobbies'\nweight = 2\n"
PAPER = PaperValues("contract", "text", dated_on=DAY)
FAR = date(2100, 1, 1)
CENTURY = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
COLLEAGUE = "lina"


@dataclass
class Filled:
    """A desk whose box has one of everything."""

    desk: Desk
    zhang: int
    values: dict[str, Any]
    talk: int
    todo: int
    relative: FamilyRow
    birthday: OccasionRow
    remark: int
    key: str
    head: int
    department: int
    """Empty, below the head office."""
    other: int = 0
    """Another card."""
    loan: int = 0
    """A paper that a colleague has."""
    request: int = 0
    """What the colleague asks for."""
    release: int = 0
    place: PersonRow | None = None
    """Somebody at the other card, an organisation."""
    paper: int = 0
    """An open one, with a file."""
    volume: int = 0
    brought: PaperFile | None = None
    """A file that belongs to no paper yet."""
    learners: int = 0
    """A card of the colleague."""
    inspection: int = 0
    """The colleague's card was sent back."""
    spare: int = 0
    """A card that nothing else is tried with."""
    segment: int = 0
    relation: int = 0
    referral: int = 0
    club: int = 0
    fellow: int = 0
    """A customer in the club."""


def lend(f: Filled) -> Filled:
    """The colleague has a paper, and asks to see a card."""
    f.other = f.desk.cards.create("organisation", {"name": "恒通物流"}).id
    f.place = f.desk.people.add(f.other, "赵敏", PlaceValues(title="经理"))
    f.spare = f.desk.cards.create("person", {"name": "王五"}).id
    f.learners = f.desk.store.desk(COLLEAGUE).cards.create("person", {"name": "钱七"}).id
    f.inspection = f.desk.inspections.inspect(f.learners, "sent_back", {"": "补手机"}).id
    f.request = f.desk.store.desk(COLLEAGUE).loans.ask(f.zhang).id
    f.loan = f.desk.loans.paper(f.zhang, COLLEAGUE, "合同", FAR).id
    f.segment = f.desk.segments.save("华东", CardQuery(regions=("华东",))).id
    f.release = f.desk.releases.give("released", role="service").id
    return linked(f)


def linked(f: Filled) -> Filled:
    """The cards know each other."""
    f.relation = f.desk.relations.add(f.zhang, f.other, "friend").id
    f.referral = f.desk.referrals.note(f.zhang, f.other).id
    f.club = f.desk.clubs.make(ClubValues("金卡会")).id
    f.desk.clubs.join(f.club, [f.zhang])
    f.fellow = f.desk.clubs.members(f.club)[0].id
    with f.desk.change("x") as change:
        rows = [{"id": "r1", "name": "郑爽"}]
        change.update(Card, f.zhang, {"profile": {"names_given": rows}})
    return file_papers(f)


def file_papers(f: Filled) -> Filled:
    """A paper with a file, another one in a volume, a third in the trash."""
    papers = f.desk.papers
    f.brought = papers.bring(f.zhang, io.BytesIO(b"%PDF-1.4"), "x.pdf")
    closed = papers.add(f.zhang, PaperValues("basic", "licence", dated_on=date(2025, 1, 1))).id
    f.volume = f.desk.volumes.close("basic", 2025, papers=[closed]).id
    f.paper = papers.add(f.zhang, PAPER, f.brought).id
    gone = papers.add(f.zhang, PAPER).id
    papers.trash([gone])
    return f


@pytest.fixture
def filled(desk: Desk) -> Iterator[Filled]:
    card = desk.cards.create("person", {"name": "张山", "birth_solar": "1985-09-29"})
    logged = desk.interactions.log(card.id, TALK, [TODO])
    relative = desk.family.add(card.id, FamilyValues("小雨", "女儿"))
    desk.drafts.keep("todo:new", {"line": "送"})
    birthday = desk.occasions.coming()[0]
    desk.settings.set_for_box("usual_login", desk.member.login)
    with desk.change("x", asked=True) as change:
        change.insert(Member, {"login": "lina", "name": "李娜", "created_at": change.now})
    remark = desk.remarks.write(desk.member.login, "带样品去", card.id).id
    key = desk.keys.add(desk.member.login, key_line(1)).fingerprint
    desk.cards.tag([card.id], "老客")
    desk.trail.undo()
    head, east = team_of(desk)
    todo = logged.todos[0]
    f = Filled(
        *(desk, card.id, card.values, logged.id, todo, relative, birthday, remark, key, head, east)
    )
    yield lend(f)
    desk.drafts.close()


def team_of(desk: Desk) -> tuple[int, int]:
    """A trainee, somebody who left, and two departments; gives the departments."""
    with desk.change("Team", asked=True) as change:
        head = change.insert(Department, {"name": "总部"})
        other = change.insert(Department, {"name": "分部"})
        east = change.insert(Department, {"name": "华东", "parent_id": other})
        for login, trainee, active in (("zhou", True, True), ("gone", False, False)):
            row = {"login": login, "name": login, "trainee": trainee, "active": active}
            change.insert(Member, row)
    return head, east


def place_of(f: Filled) -> PersonRow:
    assert f.place is not None
    return f.place


def changed_place(f: Filled) -> object:
    place = place_of(f)
    return f.desk.people.update(place.id, place.values, replace(place.values, role="buyer"))


def saved(f: Filled) -> None:
    with f.desk.drafts.saved(["todo:new"]):
        f.desk.settings.get("x")


def renamed(f: Filled) -> None:
    values = f.desk.team.member("zhou").values
    f.desk.team.change("zhou", values, replace(values, name="周亭"))


READS: dict[str, Callable[[Filled], object]] = {
    "audit.card": lambda f: f.desk.audit.card("张山"),
    "audit.check_member": lambda f: f.desk.audit.check_member(f.desk.member.login),
    "audit.to_erase": lambda f: f.desk.audit.to_erase("P000001"),
    "audit.count": lambda f: f.desk.audit.count(),
    "audit.entries": lambda f: f.desk.audit.entries(),
    "audit.entry": lambda f: f.desk.audit.entry(1),
    "audit.every": lambda f: list(f.desk.audit.every()),
    "briefing.of": lambda f: f.desk.briefing.of(f.zhang),
    "cards.check_visible": lambda f: f.desk.cards.check_visible(f.zhang),
    "cards.checked": lambda f: f.desk.cards.checked("person", BY_NAME),
    "cards.count": lambda f: f.desk.cards.count(CardQuery(text="张")),
    "cards.duplicates": lambda f: f.desk.cards.duplicates("organisation", BY_NAME),
    "cards.facts": lambda f: f.desk.cards.facts("tags"),
    "cards.find": lambda f: f.desk.cards.find("张"),
    "cards.get": lambda f: f.desk.cards.get(f.zhang),
    "cards.ids": lambda f: f.desk.cards.ids(CardQuery()),
    "cards.attached": lambda f: f.desk.cards.attached(f.zhang),
    "cards.may": lambda f: f.desk.cards.may(f.zhang),
    "cards.page": lambda f: f.desk.cards.page(CardQuery(), 0, 9),
    "cards.open_until": lambda f: f.desk.cards.open_until(f.zhang),
    "cards.place": lambda f: f.desk.cards.place(CardQuery(), f.zhang),
    "cards.rechecked": lambda f: f.desk.cards.rechecked("person", f.values, {}),
    "cards.resolve": lambda f: f.desk.cards.resolve("张山"),
    "cards.row": lambda f: f.desk.cards.row(f.zhang),
    "cards.rows": lambda f: f.desk.cards.rows([f.zhang]),
    "cards.unmask": lambda f: f.desk.cards.unmask(f.zhang, "id_number"),
    "clubs.all": lambda f: f.desk.clubs.all(),
    "clubs.get": lambda f: f.desk.clubs.get(f.club),
    "clubs.member": lambda f: f.desk.clubs.member(f.fellow),
    "clubs.members": lambda f: f.desk.clubs.members(f.club),
    "clubs.of_card": lambda f: f.desk.clubs.of_card(f.zhang),
    "clubs.resolve": lambda f: f.desk.clubs.resolve("金卡"),
    "departments.all": lambda f: f.desk.departments.all(),
    "departments.get": lambda f: f.desk.departments.get(f.department),
    "departments.resolve": lambda f: f.desk.departments.resolve("华东"),
    "drafts.all": lambda f: f.desk.drafts.all(),
    "drafts.close": lambda f: f.desk.drafts.close(),
    "drafts.get": lambda f: f.desk.drafts.get("todo:new"),
    "drafts.keep": lambda f: f.desk.drafts.keep("todo:new", {"line": "送样"}),
    "drafts.drop": lambda f: f.desk.drafts.drop("todo:form"),
    "family.get": lambda f: f.desk.family.get(f.relative.id),
    "family.of": lambda f: f.desk.family.of(f.zhang),
    "interactions.count": lambda f: f.desk.interactions.count(InteractionQuery(text="报")),
    "interactions.get": lambda f: f.desk.interactions.get(f.talk),
    "interactions.place": lambda f: f.desk.interactions.place(InteractionQuery(), f.talk),
    "interactions.page": lambda f: f.desk.interactions.page(InteractionQuery(), 0, 9),
    "interactions.read_line": lambda f: f.desk.interactions.read_line("张山 电话聊了报价"),
    "interactions.todos_of": lambda f: f.desk.interactions.todos_of(f.talk),
    "inspections.get": lambda f: f.desk.inspections.get(f.inspection),
    "inspections.may_inspect": lambda f: f.desk.inspections.may_inspect(f.zhang),
    "inspections.newest": lambda f: f.desk.inspections.newest(),
    "inspections.of_card": lambda f: f.desk.inspections.of_card(f.zhang),
    "inspections.sent_back": lambda f: f.desk.inspections.sent_back(),
    "inspections.to_inspect": lambda f: f.desk.inspections.to_inspect(),
    "inspections.waiting": lambda f: f.desk.inspections.waiting(),
    "grades.changed": lambda f: f.desk.grades.changed(*CENTURY, "lifecycle"),
    "grades.counts": lambda f: f.desk.grades.counts(),
    "grades.moves": lambda f: f.desk.grades.moves(*CENTURY),
    "grades.risks": lambda f: f.desk.grades.risks([f.zhang]),
    "grades.transitions": lambda f: f.desk.grades.transitions(f.zhang),
    "keys.list": lambda f: f.desk.keys.list(),
    "loans.asked_of": lambda f: f.desk.loans.asked_of(f.zhang),
    "loans.due": lambda f: f.desk.loans.due(),
    "loans.get": lambda f: f.desk.loans.get(f.loan),
    "loans.lent": lambda f: f.desk.loans.lent(),
    "loans.mine": lambda f: f.desk.loans.mine(),
    "loans.named": lambda f: f.desk.loans.named("P000001"),
    "loans.of_card": lambda f: f.desk.loans.of_card(f.zhang),
    "loans.reads": lambda f: f.desk.loans.reads(f.loan),
    "loans.requests": lambda f: f.desk.loans.requests(),
    "merging.alike": lambda f: f.desk.merging.alike(f.zhang),
    "merging.compare": lambda f: f.desk.merging.compare(f.zhang, f.spare),
    "merging.groups": lambda f: f.desk.merging.groups(),
    "merging.leads_to": lambda f: f.desk.merging.leads_to(f.zhang),
    "merging.merged_card": lambda f: f.desk.merging.merged_card("P000001"),
    "merging.similar_houses": lambda f: f.desk.merging.similar_houses("恒通物流公司"),
    "occasions.coming": lambda f: f.desk.occasions.coming(),
    "occasions.of_card": lambda f: f.desk.occasions.of_card(f.zhang),
    "occasions.of_cards": lambda f: f.desk.occasions.of_cards([f.zhang]),
    "occasions.policy": lambda f: f.desk.occasions.policy(),
    "people.chart": lambda f: f.desk.people.chart(f.other),
    "people.gaps": lambda f: f.desk.people.gaps(f.other),
    "people.get": lambda f: f.desk.people.get(place_of(f).id),
    "people.head": lambda f: f.desk.people.head(f.other, "赵敏"),
    "people.may_add": lambda f: f.desk.people.may_add(),
    "people.history": lambda f: f.desk.people.history(f.zhang),
    "people.of": lambda f: f.desk.people.of(f.other, past=True),
    "people.rows_for_form": lambda f: f.desk.people.rows_for_form(f.other),
    "own_card.record": lambda f: f.desk.own_card.record(),
    "own_card.row": lambda f: f.desk.own_card.row(),
    "papers.bring": lambda f: f.desk.papers.bring(f.zhang, io.BytesIO(b"%PDF-1.5"), "y.pdf"),
    "papers.count": lambda f: f.desk.papers.count(PaperQuery(text="合同")),
    "papers.count_missing": lambda f: f.desk.papers.count_missing(),
    "papers.get": lambda f: f.desk.papers.get(f.paper),
    "papers.may_see": lambda f: f.desk.papers.may_see(f.zhang),
    "papers.missing": lambda f: f.desk.papers.missing(),
    "papers.named": lambda f: f.desk.papers.named("H2026-0001"),
    "papers.of_card": lambda f: f.desk.papers.of_card(f.zhang),
    "papers.page": lambda f: f.desk.papers.page(PaperQuery(), 0, 9),
    "papers.usage": lambda f: f.desk.papers.usage(),
    "papers.warning": lambda f: f.desk.papers.warning(PaperFile("0", "x.png", 1, "image/jpeg")),
    "papers.years": lambda f: f.desk.papers.years(),
    "presence.arrive": lambda f: f.desk.presence.arrive(f.zhang, True),
    "presence.beat": lambda f: f.desk.presence.beat(),
    "presence.leave": lambda f: f.desk.presence.leave(f.zhang),
    "pile.ahead": lambda f: f.desk.pile.ahead(),
    "pile.cards": lambda f: f.desk.pile.cards([f.zhang]),
    "pile.count": lambda f: f.desk.pile.count(),
    "pile.ids": lambda f: f.desk.pile.ids(),
    "pile.page": lambda f: f.desk.pile.page(),
    "presence.others": lambda f: f.desk.presence.others(f.zhang),
    "remarks.complete_line": lambda f: f.desk.remarks.complete_line("@me 好"),
    "loans.sections_of": lambda f: f.desk.loans.sections_of(f.zhang),
    "referrals.chain": lambda f: f.desk.referrals.chain(f.zhang),
    "referrals.dislikes": lambda f: f.desk.referrals.dislikes(f.zhang),
    "referrals.get": lambda f: f.desk.referrals.get(f.referral),
    "referrals.givers": lambda f: f.desk.referrals.givers(),
    "referrals.names_given": lambda f: f.desk.referrals.names_given(f.zhang),
    "referrals.of": lambda f: f.desk.referrals.of(f.zhang),
    "referrals.to_thank": lambda f: f.desk.referrals.to_thank(),
    "referrals.several": lambda f: f.desk.referrals.several([f.referral]),
    "relations.around": lambda f: f.desk.relations.around(f.zhang),
    "relations.get": lambda f: f.desk.relations.get(f.relation),
    "relations.of": lambda f: f.desk.relations.of(f.zhang),
    "relations.several": lambda f: f.desk.relations.several([f.relation]),
    "relations.path": lambda f: f.desk.relations.path(f.other, f.zhang),
    "team_forms.check": lambda f: f.desk.team_forms.check(TEAM_FORMS),
    "team_forms.current": lambda f: f.desk.team_forms.current(),
    "releases.departments": lambda f: f.desk.releases.departments(),
    "releases.get": lambda f: f.desk.releases.get(f.release),
    "releases.all": lambda f: f.desk.releases.all(),
    "remarks.read_line": lambda f: f.desk.remarks.read_line("@me 好"),
    "remarks.colleagues": lambda f: f.desk.remarks.colleagues(),
    "remarks.get": lambda f: f.desk.remarks.get(f.remark),
    "remarks.of_card": lambda f: f.desk.remarks.of_card(f.zhang),
    "remarks.open": lambda f: f.desk.remarks.open(),
    "remarks.sent": lambda f: f.desk.remarks.sent(),
    "settings.all": lambda f: f.desk.settings.all(),
    "rules.as_written": lambda f: f.desk.rules.as_written(),
    "rules.get": lambda f: f.desk.rules.get(),
    "rules.may_change": lambda f: f.desk.rules.may_change(),
    "segments.all": lambda f: f.desk.segments.all(counted=True),
    "segments.get": lambda f: f.desk.segments.get(f.segment),
    "segments.named": lambda f: f.desk.segments.named("华东"),
    "settings.get": lambda f: f.desk.settings.get("x"),
    "team.member": lambda f: f.desk.team.member("zhou"),
    "team.members": lambda f: f.desk.team.members(gone=True),
    "team.merits": lambda f: f.desk.team.merits("zhou"),
    "team.own_place": lambda f: f.desk.team.own_place(),
    "today.agenda": lambda f: f.desk.today.agenda(),
    "todos.board": lambda f: f.desk.todos.board(TodoQuery()),
    "todos.board_counts": lambda f: f.desk.todos.board_counts(TodoQuery()),
    "todos.count": lambda f: f.desk.todos.count(TodoQuery()),
    "todos.get": lambda f: f.desk.todos.get(f.todo),
    "todos.page": lambda f: f.desk.todos.page(TodoQuery(), 0, 9),
    "todos.read_line": lambda f: f.desk.todos.read_line("给张山送样品"),
    "trail.exports": lambda f: f.desk.trail.exports(),
    "trail.last_hands": lambda f: f.desk.trail.last_hands("card", f.zhang, ["mobile"]),
    "trail.history": lambda f: f.desk.trail.history(f.zhang),
    "volumes.contents": lambda f: f.desk.volumes.contents(f.volume),
    "volumes.get": lambda f: f.desk.volumes.get(f.volume),
    "volumes.all": lambda f: f.desk.volumes.all("basic"),
    "volumes.named": lambda f: f.desk.volumes.named("J2025-V1"),
    "volumes.to_close": lambda f: f.desk.volumes.to_close("contract", 2026),
    "work.of": lambda f: f.desk.work.of("zhou", DAY, DAY),
    "work.view": lambda f: f.desk.work.view(DAY, DAY),
    "transfers.history": lambda f: f.desk.transfers.history(f.zhang),
    "transfers.may_hand": lambda f: f.desk.transfers.may_hand([f.zhang]),
    "transfers.people": lambda f: f.desk.transfers.people([f.zhang]),
    "transfers.suggest": lambda f: f.desk.transfers.suggest([f.zhang]),
}
"""Every method that only reads the box; drafts have a file of their own."""

WRITES: dict[str, Callable[[Filled], object]] = {
    "audit.erase": lambda f: f.desk.audit.erase(f.spare, "客户要求"),
    "cards.create": lambda f: f.desk.cards.create("person", BY_NAME),
    "cards.restore": lambda f: f.desk.cards.restore([f.zhang]),
    "cards.save": lambda f: f.desk.cards.save(f.zhang, f.values, {**f.values, **BY_NAME}),
    "cards.set_values": lambda f: f.desk.cards.set_values([f.zhang], {"importance": "key"}),
    "cards.flag_risk": lambda f: f.desk.cards.flag_risk([f.zhang], "arrears"),
    "cards.clear_risk": lambda f: (
        f.desk.cards.flag_risk([f.other]),
        f.desk.cards.clear_risk([f.other]),
    ),
    "cards.review_on": lambda f: f.desk.cards.review_on([f.zhang], FAR),
    "cards.tag": lambda f: f.desk.cards.tag([f.zhang], "老乡"),
    "cards.trash": lambda f: f.desk.cards.trash([f.zhang]),
    "clubs.change": lambda f: f.desk.clubs.change(
        f.club, ClubValues("金卡会"), ClubValues("银卡会")
    ),
    "clubs.join": lambda f: f.desk.clubs.join(f.club, [f.other]),
    "clubs.leave": lambda f: f.desk.clubs.leave([f.fellow]),
    "clubs.make": lambda f: f.desk.clubs.make(ClubValues("铜卡会")),
    "clubs.restore": lambda f: f.desk.clubs.restore([f.club]),
    "clubs.review": lambda f: f.desk.clubs.review(f.fellow, "drop", "两年没下单"),
    "clubs.trash": lambda f: f.desk.clubs.trash([f.club]),
    "departments.add": lambda f: f.desk.departments.add("华南"),
    "departments.move": lambda f: f.desk.departments.move(f.department, f.head),
    "departments.remove": lambda f: f.desk.departments.remove(f.department),
    "departments.rename": lambda f: f.desk.departments.rename(f.department, "华北"),
    "drafts.saved": saved,
    "family.add": lambda f: f.desk.family.add(f.zhang, FamilyValues("小明", "儿子")),
    "family.remove": lambda f: f.desk.family.remove(f.relative.id),
    "family.update": lambda f: f.desk.family.update(
        f.relative.id, f.relative.values, replace(f.relative.values, job="学生")
    ),
    "inspections.answer": lambda f: f.desk.inspections.answer(f.inspection, "好"),
    "inspections.inspect": lambda f: f.desk.inspections.inspect(f.learners, "approved", {}),
    "inspections.look_through": lambda f: f.desk.inspections.look_through([f.zhang]),
    "grades.compute": lambda f: f.desk.grades.compute(),
    "grades.compute_daily": lambda f: f.desk.grades.compute_daily(),
    "interactions.log": lambda f: f.desk.interactions.log(f.zhang, TALK),
    "interactions.log_line": lambda f: f.desk.interactions.log_line("张山 电话聊了报价"),
    "interactions.restore": lambda f: f.desk.interactions.restore([f.talk]),
    "interactions.trash": lambda f: f.desk.interactions.trash([f.talk]),
    "interactions.update": lambda f: f.desk.interactions.update(
        f.talk, TALK, replace(TALK, topic="价")
    ),
    "keys.add": lambda f: f.desk.keys.add(f.desk.member.login, key_line(2)),
    "keys.revoke": lambda f: f.desk.keys.revoke(f.key),
    "loans.approve": lambda f: f.desk.loans.approve(f.request),
    "loans.ask": lambda f: f.desk.store.desk(COLLEAGUE).loans.ask(f.other),
    "loans.give_back": lambda f: f.desk.loans.give_back(f.loan),
    "loans.paper": lambda f: f.desk.loans.paper(f.zhang, COLLEAGUE, "合同", FAR),
    "loans.recall": lambda f: f.desk.loans.recall(f.loan),
    "loans.refuse": lambda f: f.desk.loans.refuse(f.request),
    "merging.merge": lambda f: f.desk.merging.merge(f.zhang, f.spare),
    "merging.set_apart": lambda f: f.desk.merging.set_apart(f.zhang, f.spare),
    "occasions.add": lambda f: f.desk.occasions.add(f.zhang, "wedding", "2010-10-01"),
    "occasions.note_greeting": lambda f: f.desk.occasions.note_greeting(f.birthday),
    "occasions.note_greetings": lambda f: f.desk.occasions.note_greetings([f.birthday]),
    "occasions.remove": lambda f: f.desk.occasions.remove(f.birthday.id),
    "people.add": lambda f: f.desk.people.add(f.other, "李娜"),
    "people.update": changed_place,
    "people.leave": lambda f: f.desk.people.leave(place_of(f).id),
    "people.remove": lambda f: f.desk.people.remove(place_of(f).id),
    "own_card.set": lambda f: f.desk.own_card.set(f.zhang),
    "own_card.forget": lambda f: f.desk.own_card.forget(),
    "referrals.enter_name": lambda f: f.desk.referrals.enter_name(f.zhang, "r1"),
    "referrals.note": lambda f: f.desk.referrals.note(f.zhang, referrer_name="老陈"),
    "referrals.remove": lambda f: f.desk.referrals.remove(f.referral),
    "referrals.report": lambda f: f.desk.referrals.report([f.referral], "签了"),
    "referrals.thank": lambda f: f.desk.referrals.thank([f.referral]),
    "referrals.update": lambda f: f.desk.referrals.update(
        f.referral, ReferralValues(), ReferralValues(note="饭局上")
    ),
    "relations.add": lambda f: f.desk.relations.add(f.zhang, f.other, "rival"),
    "relations.remove": lambda f: f.desk.relations.remove(f.relation),
    "relations.update": lambda f: f.desk.relations.update(
        f.relation, RelationValues("friend"), RelationValues("relative")
    ),
    "papers.add": lambda f: f.desk.papers.add(f.zhang, PAPER, f.brought),
    "papers.change": lambda f: f.desk.papers.change(f.paper, PAPER, replace(PAPER, pages=3)),
    "papers.fetch": lambda f: f.desk.papers.fetch(f.paper).close(),
    "papers.fetch_into": lambda f: f.desk.papers.fetch_into(
        f.paper, f.desk.store.path.with_name("fetched.pdf")
    ),
    "papers.print_register": lambda f: f.desk.papers.print_register("contract", 2026, "html"),
    "papers.put_file": lambda f: f.desk.papers.put_file(f.paper, None),
    "papers.restore": lambda f: f.desk.papers.restore([f.paper + 1]),
    "papers.trash": lambda f: f.desk.papers.trash([f.paper]),
    "team_forms.reset": lambda f: f.desk.team_forms.reset(),
    "team_forms.use": lambda f: f.desk.team_forms.use(TEAM_FORMS),
    "releases.give": lambda f: f.desk.releases.give("released", role="rep"),
    "releases.take_back": lambda f: f.desk.releases.take_back(f.release),
    "remarks.answer": lambda f: f.desk.remarks.answer(f.remark, "好"),
    "remarks.done": lambda f: f.desk.remarks.done([f.remark]),
    "remarks.write": lambda f: f.desk.remarks.write(f.desk.member.login, "报价", f.zhang),
    "remarks.write_line": lambda f: f.desk.remarks.write_line("@lina 报价", f.zhang),
    "settings.set": lambda f: f.desk.settings.set("x", 1),
    "pile.grade": lambda f: f.desk.pile.grade(f.zhang, "A"),
    "pile.keep": lambda f: f.desk.pile.keep(f.zhang),
    "pile.move": lambda f: f.desk.pile.move(f.zhang, 1),
    "pile.put_off": lambda f: f.desk.pile.put_off(f.zhang, FAR),
    "pile.stop": lambda f: f.desk.pile.stop([f.zhang]),
    "rules.change": lambda f: f.desk.rules.change({"review_months": "3"}),
    "segments.remove": lambda f: f.desk.segments.remove(f.segment),
    "segments.rename": lambda f: f.desk.segments.rename(f.segment, "华南"),
    "segments.save": lambda f: f.desk.segments.save("新的", CardQuery(mine=True)),
    "segments.share": lambda f: f.desk.segments.share(f.segment),
    "settings.set_for_box": lambda f: f.desk.settings.set_for_box("x", 1),
    "team.add": lambda f: f.desk.team.add("liu", "刘洋"),
    "team.change": renamed,
    "team.come_back": lambda f: f.desk.team.come_back("gone"),
    "team.leave": lambda f: f.desk.team.leave("zhou"),
    "team.note_merit": lambda f: f.desk.team.note_merit("zhou", "praise", "好"),
    "team.pass_trainee": lambda f: f.desk.team.pass_trainee("zhou"),
    "todos.add": lambda f: f.desk.todos.add(TODO),
    "todos.add_line": lambda f: f.desk.todos.add_line("给张山送样品"),
    "todos.done": lambda f: f.desk.todos.done([f.todo]),
    "todos.move": lambda f: f.desk.todos.move([f.todo], 1),
    "todos.postpone": lambda f: f.desk.todos.postpone([f.todo], days=3),
    "todos.reopen": lambda f: f.desk.todos.reopen([f.todo]),
    "todos.trash": lambda f: f.desk.todos.trash([f.todo]),
    "todos.update": lambda f: f.desk.todos.update(f.todo, TODO, replace(TODO, due_on=DAY)),
    "trail.redo": lambda f: f.desk.trail.redo(),
    "trail.revert": lambda f: f.desk.trail.revert(1),
    "trail.undo": lambda f: f.desk.trail.undo(),
    "transfers.hand": lambda f: f.desk.transfers.hand([f.zhang], COLLEAGUE),
    "transfers.hand_all": lambda f: f.desk.transfers.hand_all(f.desk.member.login, COLLEAGUE),
    "volumes.close": lambda f: f.desk.volumes.close("contract", 2026),
    "volumes.print_contents": lambda f: f.desk.volumes.print_contents(f.volume, "csv"),
    "volumes.reopen": lambda f: f.desk.volumes.reopen(f.volume, "漏了一份"),
    "volumes.shelve": lambda f: f.desk.volumes.shelve(f.volume, "二号柜"),
}
"""Every method that writes into the box."""

NOTHING_TO_WRITE = frozenset(
    {"cards.restore", "clubs.restore", "interactions.restore", "todos.reopen", "trail.redo"}
    | {"papers.fetch", "papers.fetch_into", "papers.print_register", "volumes.print_contents"}
    | {"team_forms.reset"}
)
"""They find nothing to do in this box, and may succeed where only writing fails; a file is given
out where nobody can note it."""


def refusals(f: Filled, uses: dict[str, Callable[[Filled], object]]) -> dict[str, str]:
    """What was refused, and how; anything but a sentence comes out as it is."""
    refused = {}
    for name, use in uses.items():
        try:
            use(f)
        except StorageTrouble as trouble:
            refused[name] = str(trouble)
        except StoreError:
            continue  # what another of these methods has written allows it no more
    return refused


def writable(f: Filled) -> None:
    """The trouble is over: the box is as sound as before, and takes what is written."""
    assert [check for check in examine(f.desk.store).checks if not check.ok] == []
    f.desk.interactions.log(f.zhang, TALK)
    f.desk.trail.undo()
    f.desk.trail.redo()


@contextmanager
def pragma(name: str, value: int) -> Iterator[None]:
    """A setting of the connection for a while."""
    before = database.execute_sql(f"PRAGMA {name}").fetchone()[0]
    database.execute_sql(f"PRAGMA {name} = {value}").fetchall()
    yield
    database.execute_sql(f"PRAGMA {name} = {before}").fetchall()


def test_every_method_is_tried() -> None:
    assert READS.keys() | WRITES.keys() == {f"{part}.{name}" for part, name in methods()}
    assert not READS.keys() & WRITES.keys()


def check_only_writing_is_refused(f: Filled, sentence: str) -> None:
    assert refusals(f, READS) == {}
    refused = refusals(f, WRITES)
    assert WRITES.keys() - refused.keys() <= NOTHING_TO_WRITE
    assert [name for name, told in refused.items() if sentence not in told] == []


def test_a_box_that_is_only_for_reading(filled: Filled) -> None:
    with pragma("query_only", 1):
        check_only_writing_is_refused(filled, "read-only")
    writable(filled)


def test_a_box_that_somebody_else_is_writing(filled: Filled) -> None:
    with pragma("busy_timeout", 10), closing(sqlite3.connect(filled.desk.store.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        check_only_writing_is_refused(filled, "busy")
        other.rollback()
    writable(filled)


def test_a_full_disk(filled: Filled) -> None:
    pages = database.execute_sql("PRAGMA page_count").fetchone()[0]
    long = replace(TALK, minutes="长" * 40_000)
    with pragma("max_page_count", pages):
        assert refusals(filled, READS) == {}
        for _time in range(2):
            refused = refusals(filled, WRITES)
            assert all("disk is full" in told for told in refused.values()), refused
        with pytest.raises(StorageTrouble, match="disk is full"):
            filled.desk.interactions.log(filled.zhang, long)
    assert [check for check in examine(filled.desk.store).checks if not check.ok] == []


def test_a_damaged_file(filled: Filled) -> None:
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    filled.desk.store.close_connection()
    file = filled.desk.store.path
    size = file.stat().st_size
    with file.open("r+b") as box:
        box.seek(4096)
        box.write(b"\xa5" * (size - 4096))
    refused = refusals(filled, READS | WRITES)
    assert all("damaged" in told for told in refused.values()), refused
    untouched = {"cards.checked", "cards.rechecked", "cards.duplicates", "rules.may_change"}
    untouched |= {"papers.warning", "people.may_add"}
    assert (READS | WRITES).keys() - refused.keys() <= untouched | {
        name for name in READS | WRITES if name.startswith(("drafts.", "presence."))
    }


def test_a_broken_rule_of_the_schema_is_a_sentence(filled: Filled) -> None:
    desk = filled.desk
    broken: list[tuple[Any, dict[str, Any]]] = [
        (Member, {"login": desk.member.login, "name": "x", "created_at": desk.store.clock.now()}),
        (Card, {"number": "P000001", "kind": "person", "name": "x", "owner_id": desk.member.id}),
        (Todo, {"title": "x", "card_id": 999, "owner_id": desk.member.id}),
    ]
    for table, row in broken:
        with pytest.raises(StorageTrouble, match="nothing was saved"), desk.change("x") as change:
            change.insert(table, row)
    writable(filled)
