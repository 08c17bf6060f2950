"""Papers from the shell: listed, fetched, changed, closed; never by a path over SSH."""

import io
import sys
from pathlib import Path
from typing import Any

import pytest

from store.database import open_store
from store.desk import Desk
from tests.cli.running import Shuke
from tests.store.paper_samples import PDF, PNG
from tests.store.sales_team import sales_team


@pytest.fixture(autouse=True)
def team(box: Path) -> None:
    store = open_store(box)
    members = sales_team(store)
    members.card("zhang", "华东电子", "organisation", lifecycle="buyer")
    store.close()


KEEPER, ZHANG, LI = (("--as", login) for login in ("keeper", "zhang", "li"))
CARD = "O000001"


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    file = tmp_path / "执照.pdf"
    file.write_bytes(PDF)
    return file


class Bytes:
    """Standard input or output for bytes."""

    def __init__(self, content: bytes = b"") -> None:
        self.buffer = io.BytesIO(content)

    def isatty(self) -> bool:
        return False

    def flush(self) -> None:
        """Nothing waits."""


def test_a_paper_is_listed_and_its_file_comes_back(shuke: Shuke, pdf: Path, tmp_path: Path) -> None:
    ran = shuke(
        *("paper", "add", CARD, "--kind", "licence", "--date", "2026-03-01", "--pages", "2"),
        *("--original", "--shelf", "二号柜", "--file", str(pdf), *KEEPER),
    )
    assert (ran.status, ran.out.strip(), ran.err) == (0, "J2026-0001 Business licence", "")
    (paper,) = shuke("paper", "list", "--json", *KEEPER).document
    assert (paper["number"], paper["class"], paper["kind"]) == ("J2026-0001", "basic", "licence")
    assert (paper["date"], paper["pages"], paper["original"]) == ("2026-03-01", 2, True)
    assert paper["file"]["name"] == "执照.pdf"
    assert paper["file"]["type"] == "application/pdf"
    listed = shuke("paper", "list", CARD, *ZHANG)
    assert "二号柜" in listed.out
    assert "Missing: Tax registration" in listed.out
    assert "Files: 1, 0.0 MB" in shuke("paper", "list", *ZHANG).err
    fetched = tmp_path / "out.pdf"
    assert shuke("paper", "get", "J2026-0001", "-o", str(fetched), *KEEPER).status == 0
    assert fetched.read_bytes() == PDF
    folder = tmp_path / "folder"
    folder.mkdir()
    assert shuke("paper", "get", "J2026-0001", "-o", str(folder), *KEEPER).status == 0
    assert (folder / "执照.pdf").read_bytes() == PDF
    shown = shuke("paper", "show", "j2026-0001", *KEEPER)
    assert "执照.pdf" in shown.out
    assert "original" in shown.out
    assert shuke("paper", "list", *LI).out.startswith("There is no such paper.")
    assert shuke("paper", "show", "J2026-0001", *LI).status == 1
    assert shuke("paper", "get", "J2026-0001", *LI).status == 1


def test_files_through_standard_input_and_output(
    shuke: Shuke, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Bytes(PNG))
    ran = shuke(
        *("paper", "add", CARD, "--class", "contract", "--kind", "text"),
        *("--file", "-", "--name", "合同.pdf", "--json", *ZHANG),
    )
    assert ran.document["file"]["type"] == "image/png"
    assert "合同.pdf is really a PNG file" in ran.err
    number = ran.document["number"]
    output = Bytes()
    monkeypatch.setattr(sys, "stdout", output)
    assert shuke("paper", "get", number, *ZHANG).status == 0
    monkeypatch.undo()
    assert output.buffer.getvalue() == PNG


def test_changed_trashed_and_back(shuke: Shuke, pdf: Path) -> None:
    shuke("paper", "add", CARD, "--class", "trade", "--title", "发货单", *ZHANG)
    number = shuke("paper", "list", "--json", *ZHANG).document[0]["number"]
    said = shuke("paper", "set", number, "shelf=三号柜", "页数=3", "--json", *ZHANG).document
    assert (said["shelf"], said["pages"], said["title"]) == ("三号柜", 3, "发货单")
    moved = shuke("paper", "set", number, "sort=debt.plan", "--json", *ZHANG).document
    assert moved["number"].startswith("Q")
    number = moved["number"]
    with_file = shuke("paper", "set", number, "--file", str(pdf), "--json", *ZHANG).document
    assert with_file["file"]["name"] == "执照.pdf"
    bare = shuke("paper", "set", number, "--no-file", "--json", *ZHANG).document
    assert bare["file"] is None
    assert shuke("paper", "set", number, *ZHANG).status == 2
    assert shuke("paper", "set", number, "colour=red", *ZHANG).status == 2
    assert shuke("paper", "set", number, "pages=-1", *ZHANG).status == 4
    assert shuke("paper", "set", number, "--no-file", "--file", str(pdf), *ZHANG).status == 2
    assert shuke("paper", "trash", number, "--json", *ZHANG).document[0]["trashed"]
    assert shuke("paper", "list", "--json", *ZHANG).document == []
    (gone,) = shuke("paper", "list", "--trashed", "--json", *ZHANG).document
    assert gone["number"] == number
    assert not shuke("paper", "restore", number, "--json", *ZHANG).document[0]["trashed"]
    shuke("undo", *ZHANG)
    assert shuke("paper", "list", "--json", *ZHANG).document == []


def test_wrong_words(shuke: Shuke, tmp_path: Path) -> None:
    def status(*arguments: str) -> int:
        return shuke("paper", *arguments, *ZHANG).status

    assert status("add", CARD, "--class", "secret") == 2
    assert status("add", CARD, "--class", "basic", "--kind", "text") == 2
    assert status("add", CARD, "--kind", "register") == 2  # several classes have one
    assert status("add", CARD, "--class", "basic") == 4  # which paper?
    nothing = str(tmp_path / "nothing.pdf")
    assert status("add", CARD, "--kind", "licence", "--file", nothing) == 6
    assert status("list", "nobody") == 1
    assert status("show", "J1999-0001") == 1
    assert shuke("paper", "list", "--json", *ZHANG).document == []


def test_a_year_is_closed_printed_and_opened(shuke: Shuke, tmp_path: Path) -> None:
    for title in ("一月合同", "二月合同"):
        words = ("--class", "合同" if title == "" else "contract", "--kind", "text")
        shuke("paper", "add", CARD, *words, "--title", title, "--date", "2025-02-01", *ZHANG)
    close = ("paper", "volume", "close", "--class", "contract", "--year", "2025")
    assert shuke(*close, *ZHANG).status == 3
    closed = shuke(*close, "--title", "去年", "--shelf", "一号柜", "--json", *KEEPER).document
    assert (closed["number"], closed["papers"], closed["shelf"]) == ("H2025-V1", 2, "一号柜")
    assert shuke(*close, *KEEPER).status == 4
    assert shuke("paper", "set", "H2025-0001", "pages=3", *ZHANG).status == 3
    assert "H2025-V1" in shuke("paper", "volume", "list", *ZHANG).out
    text = shuke("paper", "volume", "contents", "H2025-V1", *KEEPER)
    assert text.out.splitlines()[0] == "Table of contents H2025-V1"
    page = tmp_path / "目录.html"
    ran = shuke("paper", "volume", "contents", "H2025-V1", "-o", str(page), "--lang", "zh", *KEEPER)
    assert ran.status == 0
    assert "卷内目录 H2025-V1" in page.read_text("utf-8")
    register = shuke("paper", "register", "--class", "contract", "--format", "csv", *KEEPER)
    assert register.out.count("H2025-000") == 2
    moved = shuke("paper", "volume", "shelve", "H2025-V1", "地下室", "--json", *KEEPER).document
    assert moved["shelf"] == "地下室"
    assert shuke("paper", "volume", "reopen", "H2025-V1", *KEEPER).status == 2
    ran = shuke("paper", "volume", "reopen", "H2025-V1", "--reason", "漏了", *KEEPER)
    assert "2 papers" in ran.out
    assert shuke("paper", "volume", "list", "--json", *KEEPER).document == []


def test_missing_papers_and_exports(shuke: Shuke, pdf: Path) -> None:
    (lacking,) = shuke("paper", "missing", "--json", *KEEPER).document
    assert lacking["card"] == CARD
    assert lacking["missing"][0] == "basic.licence"
    assert "Business licence" in shuke("paper", "missing", *KEEPER).out
    shuke("paper", "add", CARD, "--kind", "licence", "--file", str(pdf), *KEEPER)
    table = shuke("export", "papers", "--format", "csv", *KEEPER).out
    assert "华东电子" in table
    assert "PDF" in table
    assert shuke("export", "papers", "--format", "vcf", *KEEPER).status == 2


def test_lent_by_number(shuke: Shuke) -> None:
    shuke("paper", "add", CARD, "--kind", "text", "--date", "2026-01-05", *ZHANG)
    lend = ("loan", "paper", CARD, "--to", "li", "--what", "H2026-0001", "--due", "2099-01-01")
    assert shuke(*lend, *KEEPER).status == 0
    assert shuke(*lend, *KEEPER).status == 5
    (paper,) = shuke("paper", "list", "--out", "--json", *ZHANG).document
    assert paper["borrower"] == "李静"
    assert "李静 has it" in shuke("paper", "list", *ZHANG).out


def test_a_whole_backup_goes_through_ssh_and_comes_back(
    shuke: Shuke, box: Path, pdf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shuke("paper", "add", CARD, "--kind", "licence", "--file", str(pdf), *KEEPER)
    output = Bytes()
    monkeypatch.setattr(sys, "stdout", output)
    assert shuke("backup", "-", *KEEPER).status == 0
    monkeypatch.undo()
    archive = output.buffer.getvalue()
    assert archive[257:262] == b"ustar"
    fresh = tmp_path / "fresh" / "box.sqlite"
    monkeypatch.setattr(sys, "stdin", Bytes(archive))
    ran = shuke("restore", "-", "--database", str(fresh))
    assert ran.status == 0, ran.err
    assert desk_of(fresh).papers.named(number_of(box)).file is not None
    assert shuke("doctor", "--database", str(fresh)).status == 0


def number_of(box: Path) -> str:
    from store.records.papers import PaperQuery

    return desk_of(box).papers.page(PaperQuery())[0].number


def desk_of(box: Path, login: str = "keeper") -> Desk:
    return open_store(box).desk(login)


def test_a_restore_without_files_is_told(
    shuke: Shuke, box: Path, pdf: Path, tmp_path: Path
) -> None:
    shuke("paper", "add", CARD, "--kind", "licence", "--file", str(pdf), *KEEPER)
    copy = tmp_path / "copy.sqlite"
    assert shuke("backup", str(copy), *KEEPER).status == 0
    moved = tmp_path / "alone" / "copy.sqlite"
    moved.parent.mkdir()
    copy.rename(moved)
    fresh = tmp_path / "fresh" / "box.sqlite"
    ran = shuke("restore", str(moved), "--database", str(fresh))
    assert ran.status == 6
    assert "did not come along (1)" in ran.err
    checks: dict[str, Any] = shuke("doctor", "--json", "--database", str(fresh)).document
    assert [check["name"] for check in checks["checks"] if not check["ok"]] == ["Files of papers"]
