"""What the file keeper has in the sample team's files: last year closed, this year open."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from store.desk import Desk
from store.records.papers import PaperValues
from store.sample.cards import SampleCard
from store.sample.files import pdf, png
from store.sample.past_clock import PastClock
from store.sample.telling import moment

KEEPER, BORROWER = "wufang", "zhanglei"

CABINET = "档案柜{}"


class SamplePaper(NamedTuple):
    """A paper, and the file that is kept of it, if any."""

    values: PaperValues
    name: str = ""
    content: bytes = b""


def write_papers(
    desks: dict[str, Desk], clock: PastClock, house: int, cards: Sequence[SampleCard]
) -> None:
    """File papers of the firm that everybody tries first, and of some others.

    Args:
        desks: by login.
        house: the id of that firm's card.
        cards: all cards of the box, of which some have papers.
    """
    today = clock.today()
    clock.moment = moment(today - timedelta(days=1), 16, 20)
    keeper = desks[KEEPER]
    last_year = today.year - 1
    file_papers(keeper, house, of_last_year(last_year))
    firms = [card for card in cards if card.kind == "organisation" and card.id != house]
    buyers = [card for card in firms if card.stage in ("buyer", "loyal")][:4]
    for place, firm in enumerate(buyers, start=1):
        file_papers(keeper, firm.id, of_buyer(last_year, place))
    for paper_class, title in (("basic", "客户基础资料"), ("contract", "购销合同")):
        keeper.volumes.close(paper_class, last_year, f"{last_year}年{title}", CABINET.format("一"))
    file_papers(keeper, house, of_this_year(today))
    clock.moment = moment(today - timedelta(days=1), 16, 50)
    copy = next(
        paper
        for paper in keeper.papers.of_card(house).papers
        if paper.values.paper_class == "contract" and not paper.volume
    )
    due = today + timedelta(days=6)
    keeper.loans.paper(house, BORROWER, copy.number, due, reason="谈续签要带着看")


def file_papers(keeper: Desk, card_id: int, papers: Iterable[SamplePaper]) -> None:
    """List papers, with their files."""
    for paper in papers:
        file = None
        if paper.content:
            file = keeper.papers.bring(card_id, io.BytesIO(paper.content), paper.name)
        keeper.papers.add(card_id, paper.values, file)


def of_last_year(year: int) -> list[SamplePaper]:
    """What was filed of the first firm last year; it is closed."""
    licence = PaperValues("basic", "licence", "", date(year, 2, 18), 1, True)
    tax = PaperValues("basic", "tax_registration", "", date(year, 2, 18), 1)
    contract = PaperValues("contract", "text", f"{year}年供货合同", date(year, 3, 6), 8, True)
    return [
        SamplePaper(licence, "营业执照.png", png(210, 297)),
        SamplePaper(tax),
        SamplePaper(contract, "供货合同.pdf", pdf(f"SUPPLY CONTRACT {year}", "8 pages")),
    ]


def of_buyer(year: int, place: int) -> list[SamplePaper]:
    """What was filed of another firm last year."""
    licence = PaperValues("basic", "licence", "", date(year, 4, 2 * place), 1)
    contract = PaperValues("contract", "text", f"{year}年购销合同", date(year, 5, place), 6)
    return [SamplePaper(licence), SamplePaper(contract)] if place % 2 else [SamplePaper(contract)]


def of_this_year(today: date) -> list[SamplePaper]:
    """What came this year of the first firm; it is open."""
    ago = [today - timedelta(days=days) for days in (60, 45, 30, 21, 9)]
    shelf = CABINET.format("三 第2格")
    report = "供货三年，付款守时，设备部换了负责人。"
    return [
        SamplePaper(
            PaperValues("basic", "background_report", "", ago[0], 3, shelf=shelf, note=report),
            "背景调查.txt",
            report.encode(),
        ),
        SamplePaper(
            PaperValues("contract", "text", f"{today.year}年供货合同", ago[1], 8, shelf=shelf),
            "供货合同.pdf",
            pdf(f"SUPPLY CONTRACT {today.year}", "8 pages"),
        ),
        SamplePaper(PaperValues("debt", "credit_limit", "信用限度30万", ago[2], 1, True, shelf)),
        SamplePaper(
            PaperValues("trade", "delivery", "压力变送器首批发货", ago[3], 2),
            "发货单.pdf",
            pdf("DELIVERY NOTE", "pressure transmitters, 40 pieces"),
        ),
        SamplePaper(PaperValues("return", "approval", "两台退换", ago[4], 1)),
    ]
