"""Papers on the screen: a side of the card, a tab of the team, the file by path and through ssh."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from screens.briefing import Briefing
from screens.loan_paper import LoanPaper
from screens.outgoing import PaperPages
from screens.paper_file import PaperFileChoice
from screens.paper_form import PaperForm
from screens.papers_side import PapersSide
from screens.team_members import TeamMembers
from screens.team_papers import TeamPapers
from store import language
from store.database import Store
from store.records.papers import PaperQuery, PaperRow, PaperValues
from tests.screens.at_desks import At, at_desks, until
from tests.screens.conftest import Host, settle
from tests.store.paper_samples import PDF
from tests.store.sales_team import SalesTeam, sales_team
from widgets.row_list import RowList
from widgets.text_input import LineInput

CONTRACT = PaperValues("contract", "text", "年度合同", date(2026, 3, 1), 12, shelf="二号柜")


@pytest.fixture
def team(store: Store) -> SalesTeam:
    return sales_team(store)


@pytest.fixture
def house(team: SalesTeam) -> int:
    return team.card("zhang", "华东电子", "organisation", lifecycle="buyer")


@pytest.fixture
def at(store: Store, team: SalesTeam) -> At:
    return at_desks(store)


def filed(team: SalesTeam, card: int, values: PaperValues = CONTRACT) -> PaperRow:
    papers = team["zhang"].papers
    return papers.add(card, values, papers.bring(card, BytesIO(PDF), "合同.pdf"))


async def to_papers(host: Host, pilot: Any) -> PapersSide:
    screen = host.screen
    assert isinstance(screen, Briefing)
    screen.view = "papers"
    await settle(pilot)
    return screen.query_one(PapersSide)


def card(house: int) -> Callable[[Any], Briefing]:
    return lambda desk: Briefing(desk, house)


async def test_the_side_names_what_is_missing_and_lists_it(
    at: At, team: SalesTeam, house: int
) -> None:
    filed(team, house)
    async with at("zhang", card(house)) as (host, pilot):
        side = await to_papers(host, pilot)
        text = host.text()
        assert "H2026-0001" in text
        assert "Contract text 年度合同" in text
        assert text.count("missing") == 4
        assert side.list.key == "missing:basic.licence"
        await pilot.press("enter")
        await settle(pilot)
        form = host.screen
        assert isinstance(form, PaperForm)
        assert form.form is not None
        assert form.form.values["sort"] == "basic.licence"
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "Business licence is listed" in host.told[-1]
        assert side.paper is not None
        assert side.paper.values.kind == "licence"
        await pilot.press("d")
        await settle(pilot)
        assert host.text().count("missing") == 4
        assert isinstance(host.screen, Briefing)  # the card itself is where it was
        await pilot.press("u")
        await settle(pilot)
        assert host.text().count("missing") == 3


async def test_a_file_comes_by_its_path_and_goes_out_again(
    at: At, team: SalesTeam, house: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "扫描件.png").write_bytes(PDF)
    (tmp_path / "folder").mkdir()
    papers = team["zhang"].papers
    paper = papers.add(house, CONTRACT)
    async with at("zhang", card(house)) as (host, pilot):
        side = await to_papers(host, pilot)
        side.list.cursor = 4
        assert side.paper is not None
        await pilot.press("f")
        await settle(pilot)
        choice = host.screen
        assert isinstance(choice, PaperFileChoice)
        assert "folder/" in host.text()
        for letter in "扫":
            await pilot.press(letter)
        await settle(pilot)
        assert "扫描件.png" in host.text()
        await pilot.press("enter")
        await settle(pilot)
        assert any("is really a PDF file" in told for told in host.told)
        assert "with H2026-0001 now" in host.told[-1]
        file = papers.get(paper.id).file
        assert file is not None
        assert file.media_type == "application/pdf"
        await pilot.press("o")
        await until(pilot, "Write the file to")
        line = host.screen.query_one(LineInput)
        line.value = str(tmp_path / "folder")
        await pilot.press("enter")
        await settle(pilot)
        assert (tmp_path / "folder" / "扫描件.png").read_bytes() == PDF
        assert (tmp_path / "folder" / "扫描件.png").stat().st_mode & 0o111 == 0


async def test_over_ssh_files_go_through_inbox_and_outbox(
    at: At, team: SalesTeam, house: int
) -> None:
    zhang = team["zhang"]
    paper = zhang.papers.add(house, CONTRACT)
    zhang.inbox.put("scan.pdf", BytesIO(PDF))
    async with at("zhang", card(house)) as (host, pilot):
        host.desk.way_in = "ssh crm"
        side = await to_papers(host, pilot)
        side.list.cursor = 4
        await pilot.press("f")
        await settle(pilot)
        assert "ssh crm shuke inbox put scan.pdf < scan.pdf" in host.text()
        await pilot.press("enter")
        await settle(pilot)
        assert zhang.papers.get(paper.id).file is not None
        await pilot.press("o")
        await settle(pilot)
        assert "ssh crm shuke outbox get H2026-0001.pdf > H2026-0001.pdf" in host.told[-1]
        assert zhang.outbox.path_of("H2026-0001.pdf").read_bytes() == PDF


async def test_what_a_key_does_with_a_closed_paper(at: At, team: SalesTeam, house: int) -> None:
    filed(team, house)
    team["boss"].volumes.close("contract", 2026)
    async with at("zhang", card(house)) as (host, pilot):
        side = await to_papers(host, pilot)
        side.list.cursor = 4
        await pilot.pause()
        for key in ("e", "d", "f"):
            await pilot.press(key)
            await settle(pilot)
            assert "H2026-0001 is closed into H2026-V1" in host.told[-1]
            assert isinstance(host.screen, Briefing)
        await pilot.press("enter")
        await settle(pilot)
        text = host.text()
        assert "Fetch the file" in text
        assert "Trash" not in text.split("Fetch the file")[1].split("\n")[1]


async def test_a_paper_is_lent_from_the_list_and_comes_back(
    at: At, team: SalesTeam, house: int
) -> None:
    paper = filed(team, house)
    filed(team, house, replace(CONTRACT, original=True))
    async with at("keeper", card(house)) as (host, pilot):
        side = await to_papers(host, pilot)
        side.list.cursor = 4
        await pilot.press("x")
        await settle(pilot)
        window = host.screen
        assert isinstance(window, LoanPaper)
        assert window.focused is window.query_one("#to_login")
        await pilot.press(*"li", "tab", "ctrl+o")
        await until(pilot, "Which paper")
        assert host.text().count("H2026-0002") == 0  # an original
        await pilot.press("enter")
        await settle(pilot)
        window.query_one("#due", LineInput).value = "2099-01-01"
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert team["zhang"].papers.get(paper.id).borrower == "李静"
        assert "李静 has it" in host.text()
        await pilot.press("x")
        await settle(pilot)
        assert team["zhang"].papers.get(paper.id).borrower == ""


async def test_who_may_not_change_is_offered_nothing(at: At, team: SalesTeam, house: int) -> None:
    filed(team, house)
    team["boss"].releases.give("whole", role="service")
    async with at("service", card(house)) as (host, pilot):
        side = await to_papers(host, pilot)
        assert "List a paper" not in host.text()
        side.list.cursor = 4
        await pilot.pause()
        for key in ("n", "e", "f", "x", "d"):
            await pilot.press(key)
            await settle(pilot)
            assert isinstance(host.screen, Briefing)
            assert "not yours to change" in host.told[-1]
        assert team["zhang"].papers.count(PaperQuery()) == 1


async def test_papers_that_are_lent_alone_are_a_side_of_a_card_seen_in_part(
    at: At, team: SalesTeam, house: int
) -> None:
    filed(team, house)
    request = team["li"].loans.ask(house, ["papers"], 2)
    async with at("li", card(house)) as (host, pilot):
        assert "There is no card" in " ".join(host.told)
    team["south"].loans.approve(request.id)
    async with at("li", card(house)) as (host, pilot):
        screen = host.screen
        assert isinstance(screen, Briefing)
        assert screen.sides == ["briefing", "whole", "papers"]
        await to_papers(host, pilot)
        assert "H2026-0001" in host.text()
        await pilot.press("n")
        await settle(pilot)
        assert isinstance(host.screen, Briefing)


@pytest.mark.slow
async def test_small_terminals_and_chinese(at: At, team: SalesTeam, house: int) -> None:
    filed(team, house, replace(CONTRACT, title="很长的题名" * 20, shelf="很长的存放处" * 10))
    for size in ((40, 12), (80, 24), (120, 40)):
        language.use("zh")
        async with at("zhang", card(house), size=size) as (host, pilot):
            side = await to_papers(host, pilot)
            side.list.cursor = 4
            await settle(pilot)
            assert "H2026-0001" in host.text()
            assert "缺" in host.text()
        async with at("keeper", TeamPapers, size=size) as (host, pilot):
            assert "H2026-0001" in host.text()
            await pilot.press("v")
            await settle(pilot)
            assert "还没有案卷" in host.text()


# The tab of the team


async def test_the_register_is_chosen_and_searched(at: At, team: SalesTeam, house: int) -> None:
    filed(team, house)
    team["zhang"].papers.add(house, PaperValues("basic", "licence", dated_on=date(2025, 1, 1)))
    async with at("keeper", TeamPapers) as (host, pilot):
        assert "Register · all classes · all years · 2 papers listed · 1 file" in host.text()
        await pilot.press("f", "2")
        await settle(pilot)
        assert "Register · Basic papers" in host.text()
        await pilot.press("f", "1", "y", "3")
        await settle(pilot)
        assert "J2025-0001" in host.text()
        assert "H2026-0001" not in host.text()
        await pilot.press("y", "1", "w")
        await settle(pilot)
        assert "without place · 1 paper listed" in host.text()
        await pilot.press("w", "slash")
        await until(pilot, "Papers with this")
        await pilot.press(*"年度", "enter")
        await settle(pilot)
        assert "“年度” · 1 paper listed" in host.text()
        await pilot.press("escape")
        await settle(pilot)
        assert "2 papers listed" in host.text()


@pytest.mark.slow
async def test_a_year_is_closed_shelved_printed_and_opened(
    at: At, team: SalesTeam, house: int
) -> None:
    filed(team, house)
    async with at("keeper", TeamPapers) as (host, pilot):
        printed: list[Any] = []
        host.open_print = printed.append  # type: ignore[attr-defined]
        await pilot.press("c", "2")
        await until(pilot, "Which year is closed?")
        await pilot.press("1")
        await until(pilot, "Close Contracts and orders of 2026")
        assert "1 paper gets its place" in host.text()
        await pilot.press(*"合同卷", "tab", *"一号柜", "ctrl+s")
        await settle(pilot)
        assert "H2026-V1" in host.text()
        assert "Shelf place: 一号柜" in host.text()
        await pilot.press("o")
        assert isinstance(printed[0], PaperPages)
        assert printed[0].file_name("contents", "html", date(2026, 1, 1)).endswith("H2026-V1.html")
        await pilot.press("e")
        await until(pilot, "Where is volume H2026-V1?")
        host.screen.query_one(LineInput).value = "地下室"
        await pilot.press("enter")
        await settle(pilot)
        assert "Shelf place: 地下室" in host.text()
        await pilot.press("enter")
        await settle(pilot)
        assert "Volume H2026-V1 · 1 paper listed" in host.text()
        await pilot.press("escape")
        await settle(pilot)
        assert host.screen.query_one(RowList).key == "1"
        await pilot.press("r")
        await until(pilot, "Why is volume H2026-V1 opened again?")
        await pilot.press(*"漏了", "enter")
        await settle(pilot)
        assert "No volume is closed yet" in host.text()
        await pilot.press("c", "1")
        await settle(pilot)
        assert "Nothing of this class is open." in host.told


async def test_customers_whose_file_lacks_something(at: At, team: SalesTeam, house: int) -> None:
    async with at("keeper", TeamPapers) as (host, pilot):
        await pilot.press("v", "v")
        await settle(pilot)
        assert "Missing papers · 1 customer" in host.text()
        assert "Missing: Business licence" in host.text()
        await pilot.press("n")
        await settle(pilot)
        assert isinstance(host.screen, PaperForm)
        await pilot.press("escape", "escape")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert host.opened == [house]


async def test_a_paper_is_listed_for_a_customer_who_is_named(
    at: At, team: SalesTeam, house: int
) -> None:
    async with at("keeper", TeamPapers) as (host, pilot):
        await pilot.press("n")
        await until(pilot, "Whose paper?")
        await pilot.press(*"华东", "enter")
        await settle(pilot)
        assert isinstance(host.screen, PaperForm)
        form = host.screen
        assert form.form is not None
        await form.form.put({"sort": "return.approval"})
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert team["zhang"].papers.count(PaperQuery()) == 1


async def test_reps_close_nothing(at: At, team: SalesTeam, house: int) -> None:
    filed(team, house)
    async with at("zhang", TeamPapers) as (host, pilot):
        await pilot.press("c")
        await settle(pilot)
        assert isinstance(host.screen, TeamPapers)
        assert "Close into a volume" not in host.text()


async def test_somebody_who_works_alone_has_the_list_too(showing: Any) -> None:
    async with showing(TeamPapers) as (host, pilot):
        await settle(pilot)
        assert "Members" in host.text().splitlines()[1]
        assert "Papers" in host.text().splitlines()[1]
        await pilot.press("shift+tab")
        await settle(pilot)
        assert "You work alone" in host.text()


async def test_a_wish_leads_to_the_tab_of_papers(showing: Any) -> None:
    async with showing(TeamMembers) as (host, pilot):
        await settle(pilot)
        host.screen.arrive("papers")
        await until(pilot, "Register")
        assert isinstance(host.screen, TeamPapers)
        host.screen.arrive("loans")  # somebody who works alone has none
        await settle(pilot)
        assert isinstance(host.screen, TeamPapers)


async def test_two_who_change_one_paper(at: At, team: SalesTeam, house: int) -> None:
    paper = filed(team, house)
    async with at("zhang", lambda desk: PaperForm(desk, house, paper.id)) as (host, pilot):
        form = host.screen
        assert isinstance(form, PaperForm)
        assert form.form is not None
        theirs = replace(CONTRACT, shelf="三号柜", pages=13)
        team["keeper"].papers.change(paper.id, CONTRACT, theirs)
        await form.form.put({"shelf": "四号柜", "title": "新题名"})
        await pilot.press("ctrl+s")
        await until(pilot, "吴芳 changed Shelf place meanwhile")
        await pilot.press("1")
        await settle(pilot)
        now = team["zhang"].papers.get(paper.id).values
        assert (now.shelf, now.pages, now.title) == ("四号柜", 13, "新题名")
