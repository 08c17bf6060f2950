"""A seeded team: every role, a customer of one of them, and who gets how much of that customer."""

import io
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from store import rows
from store.database import Store
from store.desk import Desk
from store.models.base import Table
from store.models.cards import Card
from store.models.sharing import CardRelease, Loan
from store.models.team import Department, Member
from store.models.trail import Change
from store.recorder import reserve
from store.records.cards import CardQuery, CardRecord
from store.records.clubs import ClubValues
from store.records.interactions import InteractionValues
from store.records.occasions import FamilyRow, FamilyValues, OccasionRow
from store.records.papers import PaperValues
from store.records.people import PersonRow
from store.records.referrals import ReferralValues
from store.records.todos import TodoValues

NAME, HOUSE, TITLE = "欧阳明月", "明月公司", "采购总监"
OPEN = (NAME, HOUSE, TITLE)
"""What a released card shows."""

PHONE, MAIL, WORD = "13977778888", "geheim@example.com", "暗语"
SECRET = (PHONE, MAIL, WORD, "1985-09-29")
"""What nobody sees but who gets the whole card; the word stands in every text of it."""

ID_NUMBER, HOME = "11010519491231002X", "保密路七号"
SENSITIVE = (ID_NUMBER, HOME)
"""What only the owner and those above him see."""

HEAD, SOUTH, EAST = 1, 2, 3

WHO: dict[str, tuple[str, int | None]] = {
    "boss": ("director", None),
    "head": ("manager", HEAD),
    "manager": ("manager", EAST),
    "owner": ("rep", EAST),
    "coach": ("rep", SOUTH),
    "keeper": ("custodian", HEAD),
    "served": ("service", HEAD),
    "borrower": ("rep", SOUTH),
    "partly": ("rep", SOUTH),
    "namely": ("rep", SOUTH),
    "rep": ("rep", SOUTH),
    "stranger": ("manager", SOUTH),
    "service": ("service", HEAD),
    "admin": ("administrator", None),
}
"""Login, role and department: from who gets most of the customer to who gets nothing.

`coach` coaches the owner; to `served` the whole of the owner's department is released, to `namely`
its names; to `borrower` the card is lent, to `partly` its section `dates`.
"""


@dataclass
class TeamBox:
    """The box of the team and what stands in it."""

    store: Store
    card: CardRecord
    """The owner's customer."""
    house: int
    place: PersonRow
    """Of the customer at the house."""
    talk: int
    todo: int
    relative: FamilyRow
    date: OccasionRow
    remark: int
    """The owner's remark to his manager on the customer."""
    entered: int
    """The change set that entered the customer."""
    relation: int
    """What joins the customer and his organisation."""
    referral: int
    """His organisation brought him."""
    club: int
    """A club of the owner's, with the customer and cards of others in it."""
    fellow: int
    """The customer in the club."""
    own: dict[str, int]
    """A card of each member who may enter one, by login."""
    paper: int
    """An open paper of the customer, with a file."""
    volume: int
    """A volume with another paper of his, the second one."""

    def desk(self, login: str) -> Desk:
        """A new desk of a member."""
        return self.store.desk(login)


def _write(store: Store, table: type[Table], **values: Any) -> None:
    reserve(str(table._meta.table_name))
    rows.insert(table, [rows.new_row(table, values)])


def make_team(store: Store) -> TeamBox:
    """Fill a new box."""
    now = store.clock.now()
    for number, name, above in ((HEAD, "总部", None), (SOUTH, "华南", 1), (EAST, "华东", 1)):
        _write(store, Department, id=number, name=name, parent_id=above)
    Member.update(login="boss", name="boss").execute()
    ids = {"boss": 1}
    for number, (login, (role, department)) in enumerate(list(WHO.items())[1:], start=2):
        ids[login] = number
        values = {"id": number, "login": login, "name": login, "role": role}
        _write(store, Member, **values, department_id=department, created_at=now)
    reserve("department", EAST)
    reserve("member", len(ids))
    Member.update(trainee=True, coach=ids["coach"]).where(Member.login == "owner").execute()
    store.desk("boss").settings._write(None, "usual_login", "boss")
    lent = {"status": "lent", "asked_at": now, "updated_at": now, "due_at": now + timedelta(1)}
    owner = store.desk("owner")
    card = owner.cards.create(
        "person",
        {
            "name": NAME,
            "organisation": HOUSE,
            "title": TITLE,
            "nickname": f"{WORD}绰号",
            "mobile": [{"value": PHONE}],
            "email": [{"value": MAIL}],
            "birth_solar": "1985-09-29",
            "tags": [f"{WORD}标签"],
            "hobbies": [f"{WORD}爱好"],
            "region": f"{WORD}区",
            "id_number": ID_NUMBER,
            "home_address": HOME,
        },
        extras=[[f"{WORD}栏", WORD]],
    )
    house = owner.cards.resolve(HOUSE).id
    place = owner.people.of(house)[0]
    known = replace(place.values, note=f"{WORD}派系", role="decision_maker")
    place = owner.people.update(place.id, place.values, known)
    owner.segments.save("新客", CardQuery(lifecycles=("prospect",)), shared=True)
    values = InteractionValues(minutes=f"{WORD}纪要", words=f"{WORD}原话")
    logged = owner.interactions.log(card.id, values, [TodoValues(f"{WORD}待办")])
    relative = owner.family.add(card.id, FamilyValues(f"{WORD}儿", "儿子", "2015-09-28"))
    for number, login, sections in ((1, "borrower", None), (2, "partly", ["dates"])):
        given = {"id": number, "card_id": card.id, "member_id": ids[login], "sections": sections}
        _write(store, Loan, **lent, **given)
    for number, login, level in ((1, "served", "whole"), (2, "namely", "released")):
        given = {"id": number, "department_id": EAST, "member_id": ids[login], "level": level}
        _write(store, CardRelease, **given, given_by_id=1, given_at=now, updated_at=now)
    own = {
        login: store.desk(login).cards.create("person", {"name": f"{login}的客户"}).id
        for login, (role, _department) in WHO.items()
        if role not in ("service", "administrator")
    }
    birthday = next(row for row in owner.occasions.coming(30) if row.card_id == card.id)
    remark = owner.remarks.write("manager", f"{WORD}留言", card.id).id
    content = f"{WORD} %PDF".encode()
    file = owner.papers.bring(card.id, io.BytesIO(content), f"{WORD}.txt")
    about = PaperValues("contract", "text", f"{WORD}合同", date_of_paper(2026), shelf=f"{WORD}柜")
    paper = owner.papers.add(card.id, about, file).id
    owner.papers.add(card.id, replace(about, dated_on=date_of_paper(2025)), file)
    volume = store.desk("boss").volumes.close("contract", 2025, title=f"{WORD}卷").id
    first = Change.select(Change.change_set).where(
        (Change.table == "card") & (Change.row == card.id)
    )
    entered = int(first.order_by(Change.id).limit(1).scalar())
    linked = link(owner, card.id, house, own)
    return TeamBox(
        *(store, card, house, place, logged.id, logged.todos[0], relative, birthday, remark),
        *(entered, *linked, own, paper, volume),
    )


def link(owner: Desk, card: int, house: int, own: dict[str, int]) -> tuple[int, int, int, int]:
    """Join the customer to others; gives the relationship, the referral, the club and his place."""
    relation = owner.relations.add(card, house, "customer", 3, f"{WORD}说明").id
    said = ReferralValues(result=f"{WORD}结果", note=f"{WORD}经过")
    referral = owner.referrals.note(card, house, values=said).id
    rows = [{"id": "r1", "name": f"{WORD}朋友"}]
    with owner.change("x") as change:
        change.update(Card, card, {"profile": {**profile_of(card), "names_given": rows}})
    club = owner.clubs.make(ClubValues("金卡会")).id
    owner.clubs.join(club, [card])
    fellow = owner.clubs.members(club)[0].id
    owner.clubs.review(fellow, "keep", f"{WORD}理由")
    boss = owner.store.desk("boss")
    for other in own.values():
        boss.relations.add(other, card, "friend", 2, "见过面")
    return relation, referral, club, fellow


def profile_of(card: int) -> dict[str, Any]:
    """What the card's profile holds."""
    kept: dict[str, Any] = Card.get_by_id(card).profile
    return kept


def date_of_paper(year: int) -> date:
    """When a paper of the customer was written."""
    return date(year, 3, 1)


def told(answer: object) -> str:
    """How much of the customer a text tells: S sensitive, s secret, n the name, - nothing."""
    text = answer if isinstance(answer, str) else repr(answer)
    for letter, signs in (("S", SENSITIVE), ("s", SECRET), ("n", OPEN)):
        if any(sign in text for sign in signs):
            return letter
    return "-"
