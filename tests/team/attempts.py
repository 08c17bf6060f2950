"""What is tried with the customer by every method of the desk."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from store.desk import Desk
from store.models.cards import Card
from store.own_card import OwnCard
from store.records.audit import AuditQuery
from store.records.cards import CardQuery
from store.records.clubs import ClubValues
from store.records.interactions import InteractionQuery, InteractionValues
from store.records.occasions import FamilyValues
from store.records.papers import PaperFile, PaperQuery, PaperValues
from store.records.referrals import ReferralValues
from store.records.relations import RelationValues
from store.records.todos import TodoQuery, TodoValues
from tests.team.team_box import EAST, HOUSE, NAME, PHONE, SOUTH, WORD, TeamBox

Attempt = Callable[[TeamBox, Desk], object]

PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKhAWI5LY+6OLHeU4KkWi9q4d61coyAT+4aTEFa9NSYq x"
TEAM_FORMS = "[[changes]]\nfield = 'hobbies'\nweight = 2\n"
IN_REGION = CardQuery(regions=(f"{WORD}区",))
TALKS = InteractionQuery()
CENTURY = (date(2000, 1, 1), date(2099, 12, 31))
AGES = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
TODOS = TodoQuery(everyone=True, side=None, done=True)


def exported(team: TeamBox, desk: Desk, what: str, form: str) -> str:
    stream = io.BytesIO()
    desk.exchange.export(what, form, stream)
    if form == "xlsx":
        from openpyxl import load_workbook

        sheet = load_workbook(io.BytesIO(stream.getvalue())).active
        assert sheet is not None
        return repr([[cell.value for cell in row] for row in sheet.iter_rows()])
    return stream.getvalue().decode()


def printed(team: TeamBox, desk: Desk, form: str, what: str = "briefing") -> str:
    stream = io.BytesIO()
    desk.exchange.print_card(what, team.card.id, form, stream)
    return stream.getvalue().decode()


def claimed(team: TeamBox, desk: Desk) -> OwnCard:
    """Say, behind the desk's back, that the customer is the member himself."""
    desk.settings.set("own_card", team.card.number)
    return desk.own_card


def changed(team: TeamBox, desk: Desk, **values: Any) -> object:
    """Save what is changed over what the member sees, as the editor does."""
    seen = desk.cards.get(team.card.id).values
    return desk.cards.save(team.card.id, seen, {**seen, **values}).id


def changed_talk(team: TeamBox, desk: Desk) -> object:
    seen = desk.interactions.get(team.talk).values
    return desk.interactions.update(team.talk, seen, replace(seen, place="x")).id


def another_there(team: TeamBox, desk: Desk) -> object:
    """Say that the manager's customer was there too."""
    seen = desk.interactions.get(team.talk).values
    others = (team.own["manager"],)
    return desk.interactions.update(team.talk, seen, replace(seen, others=others)).id


def changed_todo(team: TeamBox, desk: Desk) -> object:
    seen = desk.todos.get(team.todo).values
    return desk.todos.update(team.todo, seen, replace(seen, note="x")).id


def changed_relative(team: TeamBox, desk: Desk) -> object:
    seen = team.relative.values
    return desk.family.update(team.relative.id, seen, replace(seen, job="x")).id


def changed_place(team: TeamBox, desk: Desk, **values: Any) -> object:
    """Save what is changed over the place as its owner sees it."""
    return desk.people.update(
        team.place.id, team.place.values, replace(team.place.values, **values)
    ).id


def saved_people(team: TeamBox, desk: Desk) -> object:
    """Save the people of the organisation as its form does."""
    rows = desk.people.rows_for_form(team.house)
    with desk.change("x") as change:
        desk.people.save_rows(change, team.house, rows, [{**row, "role": "user"} for row in rows])
    return len(rows)


def imported(team: TeamBox, desk: Desk, text: str, policy: str) -> object:
    plan = desk.exchange.plan(io.BytesIO(text.encode()), "x.csv", on_duplicate=policy)
    desk.exchange.run(plan)
    return desk.cards.find(PHONE[-4:])


def sent_back(team: TeamBox) -> int:
    """The manager sends the customer's card back."""
    manager = team.desk("manager").inspections
    return manager.inspect(team.card.id, "sent_back", {"": f"{WORD}再问"}).id


def unmasked(team: TeamBox, desk: Desk) -> object:
    return desk.cards.unmask(team.card.id, "id_number")


def promoted(team: TeamBox, desk: Desk, login: str = "rep") -> object:
    """Let a member stand above everybody."""
    seen = desk.team.member(login).values
    return desk.team.change(login, seen, replace(seen, role="director")).login


def own_of(team: TeamBox, desk: Desk) -> int:
    """A card of the member's own; the owner's where he has none."""
    return team.own.get(desk.member.login, team.own["owner"])


def look_alikes(team: TeamBox, desk: Desk) -> object:
    """What somebody is told once the customer was entered twice."""
    team.desk("owner").cards.create("person", {"name": NAME, "mobile": [{"value": PHONE}]})
    return desk.merging.groups()


def merged_away(team: TeamBox, desk: Desk) -> object:
    """What is told of the customer once his card was merged into another one."""
    team.desk("owner").merging.merge(team.own["owner"], team.card.id)
    return desk.merging.leads_to(team.card.id), desk.merging.merged_card(team.card.number)


def requested(team: TeamBox) -> int:
    """What a rep asks for, who sees nothing of the customer."""
    return team.desk("rep").loans.ask(team.card.id, None, 2, "x").id


def lent_paper(team: TeamBox, desk: Desk, login: str = "rep") -> object:
    return desk.loans.paper(team.card.id, login, "合同", date(2099, 1, 1)).id


def released(team: TeamBox, desk: Desk, department: int | None) -> object:
    return desk.releases.give("released", department=department, role="service").id


def segment(team: TeamBox, *, shared: bool = True) -> int:
    """A segment of the owner's."""
    return team.desk("owner").segments.save("老乡", CardQuery(), shared).id


def turned(team: TeamBox) -> None:
    """The customer turned likely."""
    team.desk("owner").cards.set_values([team.card.id], {"lifecycle": "likely"})


def valued(team: TeamBox) -> None:
    """The customer has a value grade, and nobody else."""
    team.desk("owner").cards.set_values([team.card.id], {"value_grade": "A"})


def risky(team: TeamBox) -> None:
    """The customer is on the risk list."""
    with team.desk("owner").change("x") as change:
        change.update(Card, team.card.id, {"risk": True})


PAPER = PaperValues("contract", "text", "x")
PAPERS = PaperQuery(text=WORD)


def fetched_into(team: TeamBox, desk: Desk) -> object:
    """Write the file of a paper to a place, and read it there."""
    with TemporaryDirectory() as folder:
        return desk.papers.fetch_into(team.paper, Path(folder)).read_bytes().decode()


def fetched(team: TeamBox, desk: Desk) -> str:
    with desk.papers.fetch(team.paper) as file:
        return file.read().decode()


def brought(team: TeamBox, desk: Desk) -> object:
    return desk.papers.bring(team.card.id, io.BytesIO(b"%PDF-1.4"), "x.pdf").size


def changed_paper(team: TeamBox, desk: Desk) -> object:
    seen = desk.papers.get(team.paper).values
    return desk.papers.change(team.paper, seen, replace(seen, pages=3)).id


def lent_listed(team: TeamBox, desk: Desk) -> object:
    """Lend the listed paper by its number."""
    return desk.loans.paper(team.card.id, "rep", "H2026-0001", date(2099, 1, 1)).id


def saved_drafts(team: TeamBox, desk: Desk) -> object:
    with desk.drafts.saved(["x"]):
        return None


READS: dict[str, Attempt] = {
    "audit.card": lambda t, d: d.audit.card(t.card.number),
    "audit.check_member": lambda t, d: d.audit.check_member("rep"),
    "audit.count": lambda t, d: WORD if d.audit.count(AuditQuery(text=WORD)) else "",
    "audit.count name": lambda t, d: NAME if d.audit.count(AuditQuery(text=NAME)) else "",
    "audit.count field": lambda t, d: WORD if d.audit.count(AuditQuery(field="hobbies")) else "",
    "audit.entries": lambda t, d: d.audit.entries(AuditQuery(card=t.card.id), 0, 99),
    "audit.entry": lambda t, d: d.audit.entry(1),
    "audit.to_erase": lambda t, d: d.audit.to_erase(t.card.number),
    "audit.every": lambda t, d: list(d.audit.every()),
    "briefing.of": lambda t, d: d.briefing.of(t.card.id),
    "briefing.of house": lambda t, d: d.briefing.of(t.house),
    "cards.check_visible": lambda t, d: d.cards.check_visible(t.card.id),
    "cards.checked": lambda t, d: d.cards.checked("person", {"name": "x"}),
    "cards.count": lambda t, d: NAME if d.cards.count(CardQuery(text=NAME)) else "",
    "cards.count secret": lambda t, d: WORD if d.cards.count(CardQuery(text=WORD)) else "",
    "cards.count filter": lambda t, d: WORD if d.cards.count(IN_REGION) else "",
    "cards.duplicates": lambda t, d: d.cards.duplicates("person", t.card.values),
    "cards.facts": lambda t, d: [d.cards.facts(key) for key in ("tags", "hobbies", "region")],
    "cards.facts sensitive": lambda t, d: d.cards.facts("id_number"),
    "cards.find": lambda t, d: d.cards.find(NAME),
    "cards.find secret": lambda t, d: (d.cards.find(WORD), d.cards.find(PHONE[-4:])),
    "cards.get": lambda t, d: d.cards.get(t.card.id),
    "cards.get house": lambda t, d: d.cards.get(t.house),
    "cards.ids": lambda t, d: NAME if t.card.id in d.cards.ids(CardQuery()) else "",
    "cards.ids secret": lambda t, d: WORD if d.cards.ids(CardQuery(text=WORD)) else "",
    "cards.attached": lambda t, d: d.cards.attached(t.card.id),
    "cards.may": lambda t, d: d.cards.may(t.card.id),
    "cards.open_until": lambda t, d: d.cards.open_until(t.card.id),
    "cards.place": lambda t, d: "" if d.cards.place(CardQuery(), t.card.id) is None else NAME,
    "cards.place secret": lambda t, d: (
        "" if d.cards.place(CardQuery(text=WORD), t.card.id) is None else WORD
    ),
    "cards.page": lambda t, d: d.cards.page(CardQuery(), 0, 99),
    "cards.page by sort": lambda t, d: d.cards.page(CardQuery(sort="review"), 0, 99),
    "cards.page filter": lambda t, d: d.cards.page(CardQuery(lifecycles=("prospect",)), 0, 99),
    "cards.page trash": lambda t, d: d.cards.page(CardQuery(trashed=True), 0, 99),
    "cards.rechecked": lambda t, d: d.cards.rechecked("person", {"name": "x"}, {}),
    "cards.resolve": lambda t, d: d.cards.resolve(t.card.number),
    "cards.resolve secret": lambda t, d: d.cards.resolve(PHONE[-4:]),
    "cards.row": lambda t, d: d.cards.row(t.card.id),
    "cards.rows": lambda t, d: d.cards.rows([t.card.id, t.house]),
    "cards.unmask": unmasked,
    "clubs.all": lambda t, d: d.clubs.all(),
    "clubs.get": lambda t, d: d.clubs.get(t.club),
    "clubs.member": lambda t, d: d.clubs.member(t.fellow),
    "clubs.members": lambda t, d: d.clubs.members(t.club),
    "clubs.of_card": lambda t, d: d.clubs.of_card(t.card.id),
    "clubs.resolve": lambda t, d: d.clubs.resolve("金卡会"),
    "departments.all": lambda t, d: d.departments.all(),
    "departments.get": lambda t, d: d.departments.get(EAST),
    "departments.resolve": lambda t, d: d.departments.resolve("总部/华东"),
    "drafts.all": lambda t, d: d.drafts.all(),
    "drafts.get": lambda t, d: d.drafts.get(f"card:{t.card.number}"),
    "exchange.export cards.csv": lambda t, d: exported(t, d, "cards", "csv"),
    "exchange.export cards.xlsx": lambda t, d: exported(t, d, "cards", "xlsx"),
    "exchange.export cards.vcf": lambda t, d: exported(t, d, "cards", "vcf"),
    "exchange.export cards.json": lambda t, d: exported(t, d, "cards", "json"),
    "exchange.export all.json": lambda t, d: exported(t, d, "all", "json"),
    "exchange.export interactions.csv": lambda t, d: exported(t, d, "interactions", "csv"),
    "exchange.export todos.json": lambda t, d: exported(t, d, "todos", "json"),
    "exchange.export dates.csv": lambda t, d: exported(t, d, "dates", "csv"),
    "exchange.export clubs.csv": lambda t, d: exported(t, d, "clubs", "csv"),
    "exchange.export clubs.json": lambda t, d: exported(t, d, "clubs", "json"),
    "exchange.export referrals.csv": lambda t, d: exported(t, d, "referrals", "csv"),
    "exchange.export referrals.json": lambda t, d: exported(t, d, "referrals", "json"),
    "exchange.export relations.csv": lambda t, d: exported(t, d, "relations", "csv"),
    "exchange.export relations.json": lambda t, d: exported(t, d, "relations", "json"),
    "exchange.export papers.csv": lambda t, d: exported(t, d, "papers", "csv"),
    "exchange.export papers.json": lambda t, d: exported(t, d, "papers", "json"),
    "exchange.export trail.csv": lambda t, d: exported(t, d, "trail", "csv"),
    "exchange.export trail.json": lambda t, d: exported(t, d, "trail", "json"),
    "exchange.export all.ics": lambda t, d: exported(t, d, "all", "ics"),
    "exchange.print_card html": lambda t, d: printed(t, d, "html"),
    "exchange.print_card text": lambda t, d: printed(t, d, "text"),
    "exchange.print_card card": lambda t, d: printed(t, d, "text", "card"),
    "exchange.print_card survey": lambda t, d: printed(t, d, "html", "survey"),
    "exchange.print_card network": lambda t, d: printed(t, d, "text", "network"),
    "exchange.export all.xlsx": lambda t, d: exported(t, d, "all", "xlsx"),
    "exchange.export cards.html": lambda t, d: exported(t, d, "cards", "html"),
    "exchange.plan": lambda t, d: (
        d.exchange.plan(io.BytesIO(f"姓名,手机\n某人,{PHONE}\n".encode()), "x.csv")
        .cards[0]
        .duplicate
    ),
    "family.get": lambda t, d: d.family.get(t.relative.id),
    "family.of": lambda t, d: d.family.of(t.card.id),
    "grades.changed": lambda t, d: (turned(t), d.grades.changed(*AGES))[1],
    "grades.counts": lambda t, d: (valued(t), NAME if d.grades.counts() else "")[1],
    "grades.moves": lambda t, d: (turned(t), WORD if d.grades.moves(*AGES) else "")[1],
    "grades.risks": lambda t, d: (risky(t), NAME if d.grades.risks([t.card.id]) else "")[1],
    "grades.transitions": lambda t, d: (turned(t), d.grades.transitions(t.card.id))[1],
    "inspections.get": lambda t, d: d.inspections.get(sent_back(t)),
    "inspections.may_inspect": lambda t, d: NAME if d.inspections.may_inspect(t.card.id) else "",
    "inspections.newest": lambda t, d: (
        t.desk("boss").inspections.inspect(t.card.id, "approved", {"": WORD}),
        d.inspections.newest(),
    )[1],
    "inspections.of_card": lambda t, d: (sent_back(t), d.inspections.of_card(t.card.id))[1],
    "inspections.sent_back": lambda t, d: (sent_back(t), d.inspections.sent_back())[1],
    "inspections.to_inspect": lambda t, d: d.inspections.to_inspect(),
    "inspections.waiting": lambda t, d: (sent_back(t), d.inspections.waiting())[1],
    "interactions.count": lambda t, d: WORD if d.interactions.count(TALKS) else "",
    "interactions.get": lambda t, d: d.interactions.get(t.talk),
    "interactions.page": lambda t, d: d.interactions.page(TALKS, 0, 99),
    "interactions.page of": lambda t, d: d.interactions.page(
        InteractionQuery(card=t.card.id), 0, 9
    ),
    "interactions.page text": lambda t, d: d.interactions.page(InteractionQuery(text=WORD), 0, 9),
    "interactions.place": lambda t, d: "" if d.interactions.place(TALKS, t.talk) is None else WORD,
    "interactions.read_line": lambda t, d: d.interactions.read_line(f"{t.card.number} 聊了"),
    "interactions.todos_of": lambda t, d: d.interactions.todos_of(t.talk),
    "loans.asked_of": lambda t, d: d.loans.asked_of(t.card.id),
    "loans.due": lambda t, d: (requested(t), d.loans.due()),
    "loans.get": lambda t, d: d.loans.get(1),
    "loans.get partly": lambda t, d: d.loans.get(2),
    "loans.lent": lambda t, d: d.loans.lent(),
    "loans.mine": lambda t, d: d.loans.mine(),
    "loans.named": lambda t, d: d.loans.named(t.card.number),
    "loans.of_card": lambda t, d: d.loans.of_card(t.card.id),
    "loans.reads": lambda t, d: d.loans.reads(1),
    "loans.requests": lambda t, d: (requested(t), d.loans.requests()),
    "merging.alike": lambda t, d: d.merging.alike(t.card.id),
    "merging.compare": lambda t, d: d.merging.compare(own_of(t, d), t.card.id),
    "merging.groups": look_alikes,
    "merging.leads_to": merged_away,
    "merging.merged_card": lambda t, d: d.merging.merged_card(t.card.number),
    "merging.similar_houses": lambda t, d: d.merging.similar_houses(f"{HOUSE[:2]}有限公司"),
    "occasions.coming": lambda t, d: d.occasions.coming(366),
    "occasions.of_card": lambda t, d: d.occasions.of_card(t.card.id),
    "occasions.of_cards": lambda t, d: d.occasions.of_cards([t.card.id, t.house]),
    "occasions.policy": lambda t, d: d.occasions.policy(),
    "own_card.record": lambda t, d: claimed(t, d).record(),
    "own_card.row": lambda t, d: claimed(t, d).row(),
    "keys.list": lambda t, d: d.keys.list(),
    "loans.sections_of": lambda t, d: d.loans.sections_of(t.card.id),
    "people.chart": lambda t, d: d.people.chart(t.house),
    "people.gaps": lambda t, d: [gap.sentence for gap in d.people.gaps(t.card.id)],
    "people.gaps house": lambda t, d: [gap.sentence for gap in d.people.gaps(t.house)],
    "people.get": lambda t, d: d.people.get(t.place.id),
    "people.head": lambda t, d: NAME if d.people.head(t.house, NAME) else "",
    "people.head none": lambda t, d: d.people.head(t.house, "没有"),
    "people.may_add": lambda t, d: d.people.may_add(),
    "people.history": lambda t, d: d.people.history(t.card.id),
    "people.of": lambda t, d: d.people.of(t.house, past=True),
    "people.rows_for_form": lambda t, d: d.people.rows_for_form(t.house),
    "pile.ahead": lambda t, d: NAME if t.card.id in d.pile.ahead()[0] else "",
    "pile.cards": lambda t, d: d.pile.cards([t.card.id]),
    "pile.count": lambda t, d: NAME if d.pile.count() > 1 else "",
    "pile.ids": lambda t, d: NAME if t.card.id in d.pile.ids() else "",
    "pile.page": lambda t, d: d.pile.page(99),
    "papers.count": lambda t, d: WORD if d.papers.count(PAPERS) else "",
    "papers.count_missing": lambda t, d: d.papers.count_missing(),
    "papers.fetch": fetched,
    "papers.fetch_into": fetched_into,
    "papers.get": lambda t, d: d.papers.get(t.paper),
    "papers.may_see": lambda t, d: NAME if d.papers.may_see(t.card.id) else "",
    "papers.missing": lambda t, d: d.papers.missing(),
    "papers.named": lambda t, d: d.papers.named("H2026-0001"),
    "papers.of_card": lambda t, d: d.papers.of_card(t.card.id),
    "papers.page": lambda t, d: d.papers.page(PaperQuery()),
    "papers.page of": lambda t, d: d.papers.page(PaperQuery(card=t.card.id)),
    "papers.page volume": lambda t, d: d.papers.page(PaperQuery(volume=t.volume)),
    "papers.print_register": lambda t, d: d.papers.print_register().decode(),
    "papers.usage": lambda t, d: d.papers.usage(),
    "papers.warning": lambda t, d: d.papers.warning(PaperFile("0", "x.png", 1, "image/jpeg")),
    "papers.years": lambda t, d: WORD if d.papers.years() else "",
    "presence.others": lambda t, d: (
        NAME if t.desk("owner").presence.arrive(t.card.id) and d.presence.others(t.card.id) else ""
    ),
    "referrals.chain": lambda t, d: d.referrals.chain(t.card.id),
    "referrals.chain of the referrer": lambda t, d: d.referrals.chain(t.house),
    "referrals.dislikes": lambda t, d: d.referrals.dislikes(t.card.id),
    "referrals.get": lambda t, d: d.referrals.get(t.referral),
    "referrals.givers": lambda t, d: d.referrals.givers(),
    "referrals.names_given": lambda t, d: d.referrals.names_given(t.card.id),
    "referrals.of": lambda t, d: d.referrals.of(t.card.id),
    "referrals.to_thank": lambda t, d: d.referrals.to_thank(),
    "referrals.several": lambda t, d: d.referrals.several([t.referral]),
    "relations.around": lambda t, d: d.relations.around(t.card.id),
    "relations.around his own": lambda t, d: d.relations.around(t.own.get(d.member.login, t.house)),
    "relations.get": lambda t, d: d.relations.get(t.relation),
    "relations.of": lambda t, d: d.relations.of(t.card.id),
    "relations.several": lambda t, d: d.relations.several([t.relation]),
    "relations.path": lambda t, d: d.relations.path(t.card.id),
    "relations.path from his own": lambda t, d: d.relations.path(
        t.card.id, t.own.get(d.member.login, t.house)
    ),
    "team_forms.check": lambda t, d: d.team_forms.check(TEAM_FORMS),
    "team_forms.current": lambda t, d: d.team_forms.current(),
    "releases.departments": lambda t, d: d.releases.departments(),
    "releases.get": lambda t, d: d.releases.get(2),
    "releases.all": lambda t, d: d.releases.all(),
    "remarks.colleagues": lambda t, d: d.remarks.colleagues(),
    "remarks.get": lambda t, d: d.remarks.get(t.remark),
    "remarks.of_card": lambda t, d: d.remarks.of_card(t.card.id),
    "remarks.complete_line": lambda t, d: d.remarks.complete_line("@own"),
    "remarks.read_line": lambda t, d: d.remarks.read_line("@owner 好"),
    "remarks.open": lambda t, d: d.remarks.open(),
    "remarks.sent": lambda t, d: d.remarks.sent(),
    "rules.as_written": lambda t, d: d.rules.as_written(),
    "rules.get": lambda t, d: d.rules.get(),
    "rules.may_change": lambda t, d: d.rules.may_change(),
    "segments.all": lambda t, d: (segment(t), d.segments.all(counted=True))[1],
    "segments.get": lambda t, d: d.segments.get(segment(t)),
    "segments.get own": lambda t, d: d.segments.get(segment(t, shared=False)),
    "segments.named": lambda t, d: (segment(t), d.segments.named("老乡"))[1],
    "settings.all": lambda t, d: d.settings.all(),
    "settings.get": lambda t, d: d.settings.get("theme"),
    "today.agenda": lambda t, d: d.today.agenda(),
    "team.member": lambda t, d: d.team.member("owner"),
    "team.merits": lambda t, d: d.team.merits("owner"),
    "team.members": lambda t, d: d.team.members(),
    "team.own_place": lambda t, d: d.team.own_place(),
    "todos.board": lambda t, d: d.todos.board(TODOS),
    "todos.board_counts": lambda t, d: WORD if any(d.todos.board_counts(TODOS).values()) else "",
    "todos.count": lambda t, d: WORD if d.todos.count(TODOS) else "",
    "todos.get": lambda t, d: d.todos.get(t.todo),
    "todos.page": lambda t, d: d.todos.page(TODOS, 0, 99),
    "todos.page by name": lambda t, d: d.todos.page(replace(TODOS, text=NAME), 0, 99),
    "todos.read_line": lambda t, d: d.todos.read_line(f"给{NAME}送样品").values.card and NAME,
    "trail.exports": lambda t, d: d.trail.exports(),
    "trail.last_hands": lambda t, d: (
        NAME if d.trail.last_hands("card", t.card.id, ["name"]) else ""
    ),
    "trail.history": lambda t, d: d.trail.history(t.card.id),
    "transfers.history": lambda t, d: d.transfers.history(),
    "transfers.may_hand": lambda t, d: d.transfers.may_hand([t.card.id]),
    "transfers.people": lambda t, d: d.transfers.people([t.house]),
    "transfers.suggest": lambda t, d: d.transfers.suggest([t.card.id]),
    "volumes.contents": lambda t, d: d.volumes.contents(t.volume),
    "volumes.get": lambda t, d: d.volumes.get(t.volume),
    "volumes.all": lambda t, d: d.volumes.all(),
    "volumes.named": lambda t, d: d.volumes.named("H2025-V1"),
    "volumes.print_contents": lambda t, d: d.volumes.print_contents(t.volume, "html").decode(),
    "volumes.to_close": lambda t, d: d.volumes.to_close("contract", 2026),
    "work.of": lambda t, d: d.work.of("owner", *CENTURY),
    "work.of himself": lambda t, d: d.work.of(d.member.login, *CENTURY),
    "work.view": lambda t, d: d.work.view(*CENTURY),
}
"""What is looked at; where a count tells, it answers with what it told."""

WRITES: dict[str, Attempt] = {
    "audit.erase": lambda t, d: d.audit.erase(t.card.id, "x"),
    "cards.create": lambda t, d: d.cards.create("person", {"name": "新客户"}),
    "cards.clear_risk": lambda t, d: (risky(t), d.cards.clear_risk([t.card.id])),
    "cards.flag_risk": lambda t, d: d.cards.flag_risk([t.card.id], "arrears"),
    "cards.review_on": lambda t, d: d.cards.review_on([t.card.id], date(2099, 1, 1)),
    "cards.restore": lambda t, d: d.cards.restore([t.card.id]),
    "cards.save": lambda t, d: changed(t, d, nickname="x"),
    "cards.save family": lambda t, d: changed(t, d, family=[{"name": "x"}]),
    "cards.save sensitive": lambda t, d: changed(t, d, id_number="320106198802023818"),
    "cards.set_values": lambda t, d: d.cards.set_values([t.card.id], {"importance": "key"}),
    "cards.set_values sensitive": lambda t, d: d.cards.set_values(
        [t.card.id], {"home_address": "x"}
    ),
    "cards.tag": lambda t, d: d.cards.tag([t.card.id], "x"),
    "cards.trash": lambda t, d: d.cards.trash([t.card.id]),
    "clubs.change": lambda t, d: d.clubs.change(t.club, ClubValues("金卡会"), ClubValues("x")),
    "clubs.join": lambda t, d: d.clubs.join(t.club, [t.house]),
    "clubs.join his own": lambda t, d: d.clubs.join(t.club, [t.own.get(d.member.login, t.house)]),
    "clubs.leave": lambda t, d: d.clubs.leave([t.fellow]),
    "clubs.make": lambda t, d: d.clubs.make(ClubValues("x")).id,
    "clubs.restore": lambda t, d: d.clubs.restore([t.club]),
    "clubs.review": lambda t, d: d.clubs.review(t.fellow, "keep").id,
    "clubs.trash": lambda t, d: d.clubs.trash([t.club]),
    "departments.add": lambda t, d: d.departments.add("x"),
    "departments.move": lambda t, d: d.departments.move(EAST, SOUTH),
    "departments.remove": lambda t, d: d.departments.remove(EAST),
    "departments.rename": lambda t, d: d.departments.rename(EAST, "x"),
    "drafts.close": lambda t, d: d.drafts.close(),
    "drafts.drop": lambda t, d: d.drafts.drop("x"),
    "drafts.keep": lambda t, d: d.drafts.keep("x", {}),
    "drafts.saved": saved_drafts,
    "exchange.run new": lambda t, d: imported(t, d, "姓名\n新客户\n", "skip"),
    "exchange.run update": lambda t, d: imported(
        t, d, f"姓名,手机,单位,备注\n{NAME},{PHONE},{HOUSE},x\n", "update"
    ),
    "family.add": lambda t, d: d.family.add(t.card.id, FamilyValues("x")).id,
    "family.remove": lambda t, d: d.family.remove(t.relative.id),
    "family.update": changed_relative,
    "inspections.answer": lambda t, d: d.inspections.answer(sent_back(t), "x").id,
    "inspections.inspect": lambda t, d: d.inspections.inspect(t.card.id, "sent_back", {"": "x"}).id,
    "inspections.inspect approve": lambda t, d: d.inspections.inspect(t.card.id, "approved", {}).id,
    "inspections.look_through": lambda t, d: d.inspections.look_through([t.card.id]),
    "grades.compute": lambda t, d: d.grades.compute(),
    "grades.compute_daily": lambda t, d: d.grades.compute_daily(),
    "interactions.log": lambda t, d: d.interactions.log(t.card.id, InteractionValues(topic="x")),
    "interactions.log_line": lambda t, d: d.interactions.log_line(f"{t.card.number} 电话 x"),
    "interactions.log beside": lambda t, d: d.interactions.log(
        t.own.get(d.member.login, t.house), InteractionValues(topic="x", others=(t.card.id,))
    ),
    "interactions.restore": lambda t, d: d.interactions.restore([t.talk]),
    "interactions.trash": lambda t, d: d.interactions.trash([t.talk]),
    "interactions.update": changed_talk,
    "interactions.update others": another_there,
    "keys.add": lambda t, d: d.keys.add("rep", PUBLIC_KEY).fingerprint,
    "keys.revoke": lambda t, d: d.keys.revoke("SHA256:x"),
    "loans.approve": lambda t, d: d.loans.approve(requested(t)),
    "loans.ask": lambda t, d: d.loans.ask(t.card.id),
    "loans.give_back": lambda t, d: d.loans.give_back(1),
    "loans.paper": lent_paper,
    "loans.paper listed": lent_listed,
    "loans.recall": lambda t, d: d.loans.recall(1),
    "loans.refuse": lambda t, d: d.loans.refuse(requested(t)),
    "merging.merge": lambda t, d: d.merging.merge(own_of(t, d), t.card.id),
    "merging.merge of one": lambda t, d: d.merging.merge(t.own["owner"], t.card.id),
    "merging.set_apart": lambda t, d: d.merging.set_apart(t.own["owner"], t.card.id),
    "occasions.add": lambda t, d: d.occasions.add(t.card.id, "wedding", "1999-01-01"),
    "occasions.note_greeting": lambda t, d: d.occasions.note_greeting(t.date),
    "occasions.note_greetings": lambda t, d: d.occasions.note_greetings([t.date]),
    "occasions.remove": lambda t, d: d.occasions.remove(t.date.id),
    "people.add": lambda t, d: d.people.add(t.house, "新人").id,
    "people.add himself": lambda t, d: (
        d.people.add(
            t.desk("boss").cards.create("organisation", {"name": "别家"}).id, t.card.number
        ).id
    ),
    "people.leave": lambda t, d: d.people.leave(t.place.id).id,
    "people.leave to": lambda t, d: d.people.leave(t.place.id, to="别家").id,
    "people.remove": lambda t, d: d.people.remove(t.place.id),
    "people.save_rows": saved_people,
    "people.update": lambda t, d: changed_place(t, d, title="x"),
    "people.update role": lambda t, d: changed_place(t, d, role="user"),
    "own_card.forget": lambda t, d: d.own_card.forget(),
    "own_card.set": lambda t, d: d.own_card.set(t.card.id),
    "pile.grade": lambda t, d: d.pile.grade(t.card.id, "A"),
    "pile.keep": lambda t, d: d.pile.keep(t.card.id),
    "pile.move": lambda t, d: d.pile.move(t.card.id, 1),
    "pile.put_off": lambda t, d: d.pile.put_off(t.card.id, date(2099, 1, 1)),
    "pile.stop": lambda t, d: d.pile.stop([t.card.id]),
    "papers.add": lambda t, d: d.papers.add(t.card.id, PAPER).id,
    "papers.bring": brought,
    "papers.change": changed_paper,
    "papers.put_file": lambda t, d: d.papers.put_file(t.paper, None).id,
    "papers.restore": lambda t, d: (
        t.desk("owner").papers.trash([t.paper]),
        d.papers.restore([t.paper]),
    ),
    "papers.trash": lambda t, d: d.papers.trash([t.paper]),
    "papers.trash closed": lambda t, d: d.papers.trash([t.paper + 1]),
    "presence.arrive": lambda t, d: d.presence.arrive(t.card.id),
    "presence.beat": lambda t, d: d.presence.beat(),
    "presence.leave": lambda t, d: d.presence.leave(),
    "referrals.enter_name": lambda t, d: d.referrals.enter_name(t.card.id, "r1").id,
    "referrals.note": lambda t, d: d.referrals.note(t.card.id, referrer_name="x").id,
    "referrals.note by him": lambda t, d: (
        d.referrals.note(t.own.get(d.member.login, t.house), t.card.id).id
    ),
    "referrals.remove": lambda t, d: d.referrals.remove(t.referral),
    "referrals.report": lambda t, d: d.referrals.report([t.referral], "x"),
    "referrals.thank": lambda t, d: d.referrals.thank([t.referral]),
    "referrals.update": lambda t, d: (
        d.referrals.update(t.referral, ReferralValues(), ReferralValues(means="phone")).id
    ),
    "relations.add": lambda t, d: d.relations.add(t.card.id, t.house, "rival").id,
    "relations.add to his own": lambda t, d: (
        d.relations.add(t.own.get(d.member.login, t.house), t.card.id, "rival").id
    ),
    "relations.remove": lambda t, d: d.relations.remove(t.relation),
    "relations.update": lambda t, d: (
        d.relations.update(
            t.relation, RelationValues("customer", 3), RelationValues("friend", 3)
        ).id
    ),
    "team_forms.reset": lambda t, d: d.team_forms.reset(),
    "team_forms.use": lambda t, d: d.team_forms.use(TEAM_FORMS),
    "releases.give": lambda t, d: released(t, d, EAST),
    "releases.give all": lambda t, d: released(t, d, None),
    "releases.take_back": lambda t, d: d.releases.take_back(2),
    "remarks.answer": lambda t, d: d.remarks.answer(t.remark, "x").id,
    "remarks.done": lambda t, d: d.remarks.done([t.remark]),
    "remarks.write": lambda t, d: d.remarks.write("boss", "x", t.card.id).id,
    "remarks.write_line": lambda t, d: d.remarks.write_line("@boss x", t.card.id).id,
    "remarks.write guidance": lambda t, d: d.remarks.write("owner", "x", kind="guidance").id,
    "rules.change": lambda t, d: d.rules.change({"review_months": "3"}),
    "segments.remove": lambda t, d: d.segments.remove(segment(t)),
    "segments.rename": lambda t, d: d.segments.rename(segment(t), "x"),
    "segments.save": lambda t, d: d.segments.save("x", CardQuery()).id,
    "segments.share": lambda t, d: d.segments.share(segment(t), False).id,
    "settings.set": lambda t, d: d.settings.set("theme", "dark"),
    "settings.set_for_box": lambda t, d: d.settings.set_for_box("zone", "Asia/Tokyo"),
    "team.add": lambda t, d: d.team.add("x", "x", "director"),
    "team.change": promoted,
    "team.change himself": lambda t, d: promoted(t, d, d.member.login),
    "team.come_back": lambda t, d: d.team.come_back("rep"),
    "team.leave": lambda t, d: d.team.leave("owner", "manager"),
    "team.note_merit": lambda t, d: d.team.note_merit("owner", "praise", "x"),
    "team.pass_trainee": lambda t, d: d.team.pass_trainee("owner"),
    "todos.add": lambda t, d: d.todos.add(TodoValues("x", card=t.card.id)).id,
    "todos.add_line": lambda t, d: d.todos.add_line("送样品", t.card.id).id,
    "todos.done": lambda t, d: d.todos.done([t.todo]),
    "todos.move": lambda t, d: d.todos.move([t.todo], 1),
    "todos.postpone": lambda t, d: d.todos.postpone([t.todo], days=1),
    "todos.reopen": lambda t, d: d.todos.reopen([t.todo]),
    "todos.trash": lambda t, d: d.todos.trash([t.todo]),
    "todos.update": changed_todo,
    "trail.redo": lambda t, d: d.trail.redo(),
    "trail.revert": lambda t, d: d.trail.revert(t.entered),
    "trail.undo": lambda t, d: d.trail.undo(),
    "transfers.hand": lambda t, d: d.transfers.hand([t.card.id], "rep", "x"),
    "transfers.hand near": lambda t, d: d.transfers.hand([t.card.id], "manager", "x"),
    "transfers.hand_all": lambda t, d: d.transfers.hand_all("owner", "manager", "x"),
    "volumes.close": lambda t, d: d.volumes.close("contract", 2026).id,
    "volumes.reopen": lambda t, d: d.volumes.reopen(t.volume, "x"),
    "volumes.shelve": lambda t, d: d.volumes.shelve(t.volume, "x").id,
}
"""What is done."""
