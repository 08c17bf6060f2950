"""Papers: listed, numbered, found, changed by two, closed into volumes, lent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from store import language, paper_rows
from store.database import Store
from store.desk import Desk
from store.errors import BadInput, BadValue, Conflict, NotAllowed, NotFound, StorageTrouble
from store.file_store import beside
from store.models.base import database
from store.records.audit import AuditQuery
from store.records.cards import CardQuery
from store.records.papers import CLASSES, KINDS, SORTS, PaperQuery, PaperValues, missing_of
from tests.store.paper_samples import PDF, PNG
from tests.store.sales_team import SalesTeam, sales_team

LICENCE = PaperValues("basic", "licence")
CONTRACT = PaperValues("contract", "text", "年度合同", date(2026, 3, 1), 12, shelf="二号柜")


@pytest.fixture
def house(desk: Desk) -> int:
    return desk.cards.create("organisation", {"name": "华东电子", "lifecycle": "buyer"}).id


@pytest.fixture
def team(store: Store) -> SalesTeam:
    return sales_team(store)


def brought(desk: Desk, card: int, content: bytes = PDF, name: str = "执照.pdf") -> Any:
    return desk.papers.bring(card, BytesIO(content), name)


def refused(action: Callable[[], object]) -> None:
    with pytest.raises(NotAllowed):
        action()


# Listing


def test_numbers_tell_class_and_year_and_are_never_given_again(desk: Desk, house: int) -> None:
    papers = desk.papers
    first = papers.add(house, LICENCE)
    year = first.created_at.astimezone(desk.store.clock.zone).year
    assert first.number == f"J{year}-0001"
    assert papers.add(house, LICENCE).number == f"J{year}-0002"
    assert papers.add(house, CONTRACT).number == "H2026-0001"
    desk.trail.undo()
    assert papers.add(house, CONTRACT).number == "H2026-0002"
    assert papers.add(house, replace(CONTRACT, dated_on=date(1998, 1, 1))).number == "H1998-0001"
    assert {papers.add(house, PaperValues(name, "other", "x")).number[0] for name in CLASSES} == {
        *"JHQYT"
    }


def test_another_class_or_year_is_another_number(desk: Desk, house: int) -> None:
    paper = desk.papers.add(house, CONTRACT)
    seen = paper.values
    same = desk.papers.change(paper.id, seen, replace(seen, dated_on=date(2026, 9, 1)))
    assert same.number == "H2026-0001"
    earlier = replace(same.values, dated_on=date(2025, 9, 1))
    moved = desk.papers.change(paper.id, same.values, earlier)
    assert moved.number == "H2025-0001"
    other = replace(moved.values, paper_class="return", kind="approval")
    assert desk.papers.change(paper.id, moved.values, other).number == "T2025-0001"
    assert desk.papers.named("t2025-0001").id == paper.id
    desk.trail.undo()
    desk.trail.undo()
    assert desk.papers.get(paper.id).number == "H2026-0001"


def test_the_file_of_a_customer_has_a_fixed_order(desk: Desk, house: int) -> None:
    for sort in reversed(SORTS):
        paper_class, _dot, kind = sort.partition(".")
        desk.papers.add(house, PaperValues(paper_class, kind, "x"))
    found = desk.papers.of_card(house)
    assert [".".join(paper.key) for paper in found.papers] == list(SORTS)
    assert found.missing == ()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (PaperValues("secret", "licence"), "paper_class"),
        (PaperValues("basic", "text"), "kind"),
        (PaperValues("basic", "other"), "title"),
        (replace(CONTRACT, pages=0), "pages"),
        (replace(CONTRACT, dated_on=date(99, 1, 1)), "dated_on"),
        (replace(CONTRACT, shelf="长" * 101), "shelf"),
        (replace(CONTRACT, note="长" * 2001), "note"),
    ],
)
def test_wrong_values_are_refused_by_field(
    desk: Desk, house: int, values: PaperValues, field: str
) -> None:
    with pytest.raises(BadValue) as wrong:
        desk.papers.add(house, values)
    assert wrong.value.field == field
    assert desk.papers.count(PaperQuery()) == 0


def test_two_change_one_paper(desk: Desk, house: int, store: Store) -> None:
    paper = desk.papers.add(house, CONTRACT)
    seen = paper.values
    other = store.desk()
    other.papers.change(paper.id, seen, replace(seen, shelf="三号柜"))
    both = desk.papers.change(paper.id, seen, replace(seen, pages=13))
    assert (both.values.shelf, both.values.pages) == ("三号柜", 13)
    with pytest.raises(Conflict) as clash:
        desk.papers.change(paper.id, seen, replace(seen, shelf="四号柜"))
    assert clash.value.fields == {"shelf": ("三号柜", "四号柜")}
    assert desk.member.name in str(clash.value)


def test_found_over_the_whole_box(desk: Desk, house: int) -> None:
    papers = desk.papers
    person = desk.cards.create("person", {"name": "张山"}).id
    old = papers.add(house, replace(CONTRACT, dated_on=date(2025, 5, 1), title="旧合同"))
    papers.add(house, CONTRACT)
    papers.add(person, PaperValues("debt", "plan", dated_on=date(2026, 1, 1)))
    held = papers.add(house, replace(LICENCE, dated_on=date(2026, 1, 1)), brought(desk, house))

    def numbers(**query: Any) -> list[str]:
        wanted = PaperQuery(**query)
        found = [paper.number for paper in papers.page(wanted)]
        assert papers.count(wanted) == len(found)
        return found

    assert numbers() == ["J2026-0001", "H2026-0001", "Q2026-0001", "H2025-0001"]
    assert papers.years() == [2026, 2025]
    assert numbers(paper_class="contract") == ["H2026-0001", "H2025-0001"]
    assert numbers(year=2025) == ["H2025-0001"]
    assert numbers(without_place=True) == ["Q2026-0001"]
    assert numbers(text="旧") == ["H2025-0001"]
    assert numbers(text="张山 q2026") == ["Q2026-0001"]
    assert numbers(text="执照.PDF") == [held.number]
    assert numbers(text="%") == []
    with_word = "Repayment plan"
    assert numbers(text=with_word) == ["Q2026-0001"]
    language.use("zh")
    assert numbers(text="还款计划") == ["Q2026-0001"]
    papers.trash([old.id])
    assert numbers(year=2025) == []
    assert numbers(trashed=True) == ["H2025-0001"]
    papers.restore([old.id])
    desk.cards.trash([person])
    assert numbers() == ["J2026-0001", "H2026-0001", "H2025-0001"]


def test_a_title_is_not_found_by_looking_for_cards(desk: Desk, house: int) -> None:
    desk.papers.add(house, replace(CONTRACT, title="机密条款"))
    assert desk.cards.count(CardQuery(text="机密条款")) == 0


def test_what_is_missing(desk: Desk, house: int) -> None:
    basics = tuple(("basic", kind) for kind in KINDS["basic"][:-1])
    assert missing_of("organisation", "prospect", frozenset()) == basics
    assert missing_of("person", "loyal", frozenset()) == ()
    assert missing_of("person", "loyal", frozenset({("return", "approval")})) == (
        ("return", "liability"),
    )
    assert desk.papers.of_card(house).missing == (*basics, ("contract", "text"))
    (lacking,) = desk.papers.missing()
    assert (lacking.card_id, lacking.missing) == (house, (*basics, ("contract", "text")))
    assert desk.papers.count_missing() == 1
    for _class, kind in basics:
        desk.papers.add(house, PaperValues("basic", kind))
    last = desk.papers.add(house, CONTRACT)
    assert desk.papers.missing() == []
    desk.papers.trash([last.id])
    assert desk.papers.count_missing() == 1


# Files


def test_a_file_lies_under_its_digest(desk: Desk, house: int) -> None:
    paper = desk.papers.add(house, LICENCE, brought(desk, house))
    assert paper.file is not None
    place = beside(desk.store.path).path_of(paper.file.digest)
    assert place == desk.store.path.parent / "box.files" / paper.file.digest[:2] / paper.file.digest
    assert place.read_bytes() == PDF
    assert place.stat().st_mode & 0o777 == 0o600
    assert [folder.stat().st_mode & 0o777 for folder in (place.parent, place.parent.parent)] == [
        0o700,
        0o700,
    ]
    assert (paper.file.name, paper.file.size, paper.file.media_type) == (
        "执照.pdf",
        len(PDF),
        "application/pdf",
    )
    with desk.papers.fetch(paper.id) as file:
        assert file.read() == PDF
    again = desk.papers.add(house, LICENCE, brought(desk, house, name="另一份.pdf"))
    assert again.file is not None
    assert again.file.digest == paper.file.digest
    used = desk.papers.usage()
    assert (used.files, used.size, used.own_size, used.papers) == (1, len(PDF), len(PDF), 2)


def test_fetching_a_file_stands_in_the_trail(desk: Desk, house: int) -> None:
    paper = desk.papers.add(house, LICENCE, brought(desk, house))
    desk.papers.fetch(paper.id).close()
    (entry,) = desk.trail.exports()
    assert (entry.what, entry.format, entry.paper, entry.count) == ("paper", "pdf", paper.number, 1)
    (told,) = desk.audit.entries(AuditQuery(kind="export"))
    assert paper.number in told.detail
    assert told.about == ("O000001 华东电子",)
    desk.trail.undo()  # passes it by
    assert desk.papers.count(PaperQuery()) == 0


def test_an_altered_or_lost_file_is_not_given_out(desk: Desk, house: int) -> None:
    paper = desk.papers.add(house, LICENCE, brought(desk, house))
    assert paper.file is not None
    place = beside(desk.store.path).path_of(paper.file.digest)
    place.write_bytes(PDF.replace(b"1.4", b"1.5"))
    with pytest.raises(StorageTrouble, match="changed outside"):
        desk.papers.fetch(paper.id)
    brought(desk, house)  # the same file, brought once more, mends it
    desk.papers.fetch(paper.id).close()
    place.unlink()
    with pytest.raises(NotFound, match="not in the box's folder"):
        desk.papers.fetch(paper.id)
    place.symlink_to("/etc/passwd")
    with pytest.raises(NotFound):
        desk.papers.fetch(paper.id)
    plain = desk.papers.add(house, LICENCE)
    with pytest.raises(NotFound, match="only the paper is listed"):
        desk.papers.fetch(plain.id)


def test_a_file_has_a_limit(desk: Desk, house: int) -> None:
    assert desk.papers.largest == 20 * 2**20
    desk.settings.set("papers.largest_mb", 500)  # a member's own wish counts for nothing
    assert desk.papers.largest == 20 * 2**20
    desk.store.defaults = {"papers.largest_mb": 2}
    assert desk.papers.largest == 2 * 2**20
    desk.settings.set_for_box("papers.largest_mb", 1)
    with pytest.raises(BadInput, match="larger than 1 MB"):
        brought(desk, house, bytes(2**20 + 1))
    with pytest.raises(BadInput, match="empty"):
        brought(desk, house, b"")
    assert brought(desk, house, bytes(2**20)).size == 2**20
    left = beside(desk.store.path)
    assert [each.size for each in left.found()] == [2**20]
    assert list(left.folder.glob("*.unfinished")) == []


def test_files_by_path(desk: Desk, house: int, tmp_path: Path) -> None:
    file = tmp_path / "合同.pdf"
    file.write_bytes(PDF)
    assert desk.papers.bring(house, file).name == "合同.pdf"
    assert desk.papers.bring(house, file, "x.pdf").name == "x.pdf"
    for wrong in (tmp_path, tmp_path / "nothing.pdf"):
        with pytest.raises(StorageTrouble, match="cannot be read"):
            desk.papers.bring(house, wrong)


def test_a_file_whose_name_lies_is_told(desk: Desk, house: int) -> None:
    file = brought(desk, house, PNG, "x.pdf")
    assert file.media_type == "image/png"
    assert desk.papers.warning(file) == "x.pdf is really a PNG file: it is kept as what it is."
    assert desk.papers.warning(brought(desk, house)) == ""
    assert "nobody knows" in desk.papers.warning(brought(desk, house, b"\0\1\2", "x.pdf"))


def test_nobody_names_a_file_that_he_did_not_bring(team: SalesTeam) -> None:
    secret = team.card("zhang", "秘密客户")
    own = team.card("li", "李的客户")
    file = brought(team["zhang"], secret)
    paper = team["zhang"].papers.add(secret, LICENCE, file)
    with pytest.raises(BadInput):
        team["li"].papers.add(own, LICENCE, file)
    mine = team["li"].papers.add(own, LICENCE)
    with pytest.raises(BadInput):
        team["li"].papers.put_file(mine.id, file)
    assert team["zhang"].papers.put_file(paper.id, file).file == paper.file


def test_another_file_and_back(desk: Desk, house: int) -> None:
    paper = desk.papers.add(house, LICENCE, brought(desk, house))
    other = desk.papers.put_file(paper.id, brought(desk, house, PNG, "x.png"))
    assert other.file is not None
    assert other.file.media_type == "image/png"
    assert desk.papers.put_file(paper.id, None).file is None
    desk.trail.undo()
    desk.trail.undo()
    with desk.papers.fetch(paper.id) as file:
        assert file.read() == PDF


# Volumes


def test_a_year_is_closed_into_a_volume(desk: Desk, house: int) -> None:
    papers = [
        desk.papers.add(house, replace(CONTRACT, dated_on=date(2025, month, 1), pages=month))
        for month in (3, 1, 2)
    ]
    desk.papers.add(house, CONTRACT)
    gone = desk.papers.add(house, replace(CONTRACT, dated_on=date(2025, 12, 1)))
    desk.papers.trash([gone.id])
    assert [paper.number for paper in desk.volumes.to_close("contract", 2025)] == [
        "H2025-0001",
        "H2025-0002",
        "H2025-0003",
    ]
    volume = desk.volumes.close("contract", 2025, "二〇二五年合同", "一号柜")
    assert (volume.number, volume.papers, volume.pages) == ("H2025-V1", 3, 6)
    contents = desk.volumes.contents(volume.id)
    assert [(paper.number, paper.place) for paper in contents] == [
        ("H2025-0001", 1),
        ("H2025-0002", 2),
        ("H2025-0003", 3),
    ]
    first = papers[0]
    for action in (
        lambda: desk.papers.trash([first.id]),
        lambda: desk.papers.change(first.id, first.values, replace(first.values, pages=9)),
        lambda: desk.papers.put_file(first.id, brought(desk, house)),
    ):
        with pytest.raises(NotAllowed, match="H2025-0001 is closed"):
            action()
    assert desk.volumes.shelve(volume.id, "三号柜").shelf == "三号柜"
    assert desk.papers.get(first.id).volume_shelf == "三号柜"
    desk.papers.restore([gone.id])
    second = desk.volumes.close("contract", 2025)
    assert (second.number, second.papers) == ("H2025-V2", 1)
    with pytest.raises(BadValue, match="no open paper"):
        desk.volumes.close("contract", 2025)
    assert [each.number for each in desk.volumes.all()] == ["H2025-V1", "H2025-V2"]
    assert desk.volumes.all("basic") == []


def test_only_some_papers_are_closed(desk: Desk, house: int) -> None:
    first, second = (desk.papers.add(house, CONTRACT) for _time in range(2))
    other = desk.papers.add(house, replace(CONTRACT, dated_on=date(2025, 1, 1)))
    with pytest.raises(BadValue, match="not open"):
        desk.volumes.close("contract", 2026, papers=[first.id, other.id])
    assert desk.volumes.close("contract", 2026, papers=[second.id]).papers == 1
    assert desk.papers.get(first.id).volume == ""


def test_closing_is_undone_and_opening_is_told(desk: Desk, house: int) -> None:
    paper = desk.papers.add(house, CONTRACT)
    desk.volumes.close("contract", 2026)
    desk.trail.undo()
    assert desk.volumes.all() == []
    assert desk.papers.trash([paper.id]) == 1
    desk.papers.restore([paper.id])
    volume = desk.volumes.close("contract", 2026)
    assert volume.number == "H2026-V2"  # the first number was given already
    with pytest.raises(BadValue, match="Say why"):
        desk.volumes.reopen(volume.id, "  ")
    assert desk.volumes.reopen(volume.id, "漏了附件") == 1
    (entry, *_older) = desk.audit.entries()
    assert "漏了附件" in entry.detail
    assert "H2026-V2" in entry.detail
    assert desk.papers.get(paper.id).volume == ""
    desk.trail.undo()
    assert desk.papers.get(paper.id).volume == "H2026-V2"


def test_who_closes_and_opens(team: SalesTeam) -> None:
    south, east = team.card("zhang", "南方客户"), team.card("zhou", "东方客户")
    team["zhang"].papers.add(south, CONTRACT)
    team["zhou"].papers.add(east, CONTRACT)
    for login in ("zhang", "service", "admin"):
        refused(lambda login=login: team[login].volumes.close("contract", 2026))  # type: ignore[misc]
    mine = team["south"].volumes.close("contract", 2026)
    assert [paper.card_id for paper in team["south"].volumes.contents(mine.id)] == [south]
    rest = team["keeper"].volumes.close("contract", 2026)
    assert [paper.card_id for paper in team["boss"].volumes.contents(rest.id)] == [east]
    with pytest.raises(NotFound):
        team["south"].volumes.get(rest.id)
    with pytest.raises(NotFound):
        team["south"].volumes.reopen(rest.id, "x")
    refused(lambda: team["zhang"].volumes.shelve(mine.id, "x"))
    assert [each.number for each in team["zhang"].volumes.all()] == ["H2026-V1"]
    assert team["keeper"].volumes.reopen(mine.id, "x") == 1


def test_a_volume_with_papers_of_others_is_not_a_managers_to_open(team: SalesTeam) -> None:
    for login in ("zhang", "zhou"):
        team[login].papers.add(team.card(login), CONTRACT)
    both = team["keeper"].volumes.close("contract", 2026)
    assert team["south"].volumes.get(both.id).papers == 1
    assert len(team["south"].volumes.contents(both.id)) == 1
    refused(lambda: team["south"].volumes.reopen(both.id, "x"))
    refused(lambda: team["south"].volumes.shelve(both.id, "x"))
    assert team["boss"].volumes.get(both.id).papers == 2


# Who sees what


def test_papers_come_with_the_whole_card(team: SalesTeam) -> None:
    card = team.card("zhang")
    paper = team["zhang"].papers.add(card, CONTRACT, brought(team["zhang"], card))
    for login in ("boss", "south", "keeper"):
        assert team[login].papers.get(paper.id).number == "H2026-0001"
    for login in ("li", "zhou", "east", "service", "admin"):
        assert not team[login].papers.may_see(card)
        assert team[login].papers.count(PaperQuery(text="合同")) == 0
        for look in (
            lambda d: d.papers.of_card(card),
            lambda d: d.papers.get(paper.id),
            lambda d: d.papers.named(paper.number),
            lambda d: d.papers.fetch(paper.id),
        ):
            with pytest.raises(NotFound):
                look(team[login])
    team["boss"].releases.give("whole", role="service")
    service = team["boss"].store.desk("service")
    service.papers.fetch(paper.id).close()
    refused(lambda: service.papers.add(card, LICENCE))
    refused(lambda: service.papers.bring(card, BytesIO(PDF), "x.pdf"))
    assert team["keeper"].papers.add(card, LICENCE).created_by == "吴芳"


def test_the_section_of_papers_can_be_lent_alone(team: SalesTeam) -> None:
    card = team.card("zhang", "张山", hobbies=["钓鱼"])
    paper = team["zhang"].papers.add(card, CONTRACT)
    li = team["li"]
    assert ("papers", "Papers") in li.loans.sections_of(card)
    team["south"].loans.approve(li.loans.ask(card, ["Papers"], 2).id)
    assert "hobbies" not in li.cards.get(card).values
    assert [each.number for each in li.papers.of_card(card).papers] == [paper.number]
    assert li.papers.page(PaperQuery())[0].card_name == "张山"
    refused(lambda: li.papers.add(card, LICENCE))
    zhou = team["zhou"]
    team["south"].loans.approve(zhou.loans.ask(card, ["name_card"], 2).id)
    assert not zhou.papers.may_see(card)
    assert team["zhang"].audit.entries(AuditQuery(kind="read", card=card)) == []
    assert team["boss"].audit.count(AuditQuery(kind="read", card=card)) >= 1


# Lending


def test_a_listed_paper_is_lent_by_its_number(team: SalesTeam) -> None:
    card = team.card("zhang")
    papers = team["zhang"].papers
    copy, original = papers.add(card, CONTRACT), papers.add(card, replace(CONTRACT, original=True))
    due = date.today() + timedelta(days=9)
    lend = team["keeper"].loans.paper
    with pytest.raises(BadValue, match="never lent"):
        lend(card, "li", original.number, due)
    others = replace(CONTRACT, dated_on=date(1999, 1, 1))
    team["zhou"].papers.add(team.card("zhou", "别的客户"), others)
    with pytest.raises(BadValue, match="there is no H1999-0001"):
        lend(card, "li", "H1999-0001", due)
    loan = lend(card, "li", f"{copy.number.lower()} 复印件", due)
    assert loan.what == f"{copy.number} 年度合同"
    out = papers.get(copy.id)
    assert (out.borrower, out.late, out.loan_id) == ("李静", False, loan.id)
    assert [each.number for each in papers.page(PaperQuery(out=True))] == [copy.number]
    with pytest.raises(Conflict, match="lent to 李静 already"):
        lend(card, "zhou", copy.number, due)
    with pytest.raises(Conflict, match="lent to 李静"):
        papers.trash([copy.id])
    team["keeper"].loans.give_back(loan.id)
    assert papers.get(copy.id).borrower == ""
    assert lend(card, "li", "营业执照复印件", due).what == "营业执照复印件"
    team["zhang"].trail.undo()


def test_a_plan_for_the_papers_of_a_card_uses_its_index(desk: Desk, house: int) -> None:
    where, parameters = paper_rows.chosen(desk, PaperQuery(card=house))
    plan = database.execute_sql(
        f"EXPLAIN QUERY PLAN SELECT paper.id {paper_rows.SOURCE} WHERE {where}", parameters
    ).fetchall()
    told = " ".join(str(row[3]) for row in plan)
    assert "SCAN paper" not in told
    assert "SCAN loan" not in told


# In words


def test_history_tells_what_changed(desk: Desk, house: int) -> None:
    from store.change_words import told_of

    paper = desk.papers.add(house, CONTRACT)
    desk.papers.change(paper.id, paper.values, replace(paper.values, shelf="三号柜"))
    newest = desk.trail.history(house)[0]
    ((title, before, after),) = told_of(newest.records[0], "organisation")
    assert title == "Paper"
    assert "二号柜" in before
    assert "三号柜" in after
    assert "H2026-0001" in after


def test_registers_and_contents(desk: Desk, house: int) -> None:
    desk.papers.add(house, replace(CONTRACT, title="<b>合同</b>", note="=1+1"))
    volume = desk.volumes.close("contract", 2026, shelf="一号柜")
    language.use("zh")
    text = desk.papers.print_register("contract", 2026).decode()
    assert text.startswith("2026 年登记表：合同订单\n")
    for word in (
        "序号",
        "编号",
        "题名",
        "H2026-0001",
        "O000001 华东电子",
        "2026-03-01",
        "H2026-V1 1",
    ):
        assert word in text
    page = desk.volumes.print_contents(volume.id, "html").decode()
    assert "&lt;b&gt;合同&lt;/b&gt;" in page
    assert "<b>" not in page
    assert "卷内目录 H2026-V1" in page
    assert "一号柜" in page
    assert 'lang="zh"' in page
    assert '<td class="w">2026-03-01</td>' in page
    assert "<h1>档案登记表</h1>" in desk.papers.print_register("", None, "html").decode()
    table = desk.papers.print_register("contract", 2026, "csv").decode("utf-8-sig")
    assert "'=1+1" in table
    assert [entry.what for entry in desk.trail.exports()] == ["papers"] * 4


def test_a_merge_takes_papers_along_closed_ones_too(desk: Desk, house: int) -> None:
    double = desk.cards.create("organisation", {"name": "华东电子公司"}).id
    closed = desk.papers.add(double, replace(CONTRACT, dated_on=date(2025, 1, 1)))
    desk.volumes.close("contract", 2025)
    paper = desk.papers.add(double, CONTRACT, brought(desk, double))
    desk.merging.merge(house, double)
    papers = desk.papers.of_card(house).papers
    assert {each.number for each in papers} == {closed.number, paper.number}
    desk.papers.fetch(paper.id).close()
    desk.trail.undo()
    assert desk.papers.of_card(house).papers == ()
    assert len(desk.papers.of_card(double).papers) == 2


def test_a_rep_merges_cards_with_closed_papers(team: SalesTeam) -> None:
    keep, double = team.card("zhang", "张山"), team.card("zhang", "张山山")
    paper = team["zhang"].papers.add(double, CONTRACT)
    team["keeper"].volumes.close("contract", 2026)
    team["zhang"].merging.merge(keep, double)
    assert [each.id for each in team["zhang"].papers.of_card(keep).papers] == [paper.id]
    refused(lambda: team["zhang"].papers.trash([paper.id]))
