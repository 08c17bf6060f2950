"""Import and export from within the program: choosing a file, the preview, doing it, undo."""

import io
from pathlib import Path

import pytest

from screens.choose import Choose
from screens.export_cards import ExportCards
from screens.file_list import completed, entries
from screens.import_cards import ImportCards
from screens.import_rows import column_rows
from screens.pick import Pick
from screens.progress_line import ProgressLine
from store import language
from store.records.cards import CardQuery

BOOK = (
    "姓名,手机,公司,谁知道\n"
    "李雪,13800001111,恒通物流,老同学\n"
    "张三,139 0000 2345,,[/b]\n"
    "王五,1391111234,,\n"
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """An address book with a known customer, a wrong telephone and an unknown column."""
    folder = tmp_path / "文件"
    folder.mkdir()
    (folder / "notes.doc").write_text("x")
    (folder / "old").mkdir()
    path = folder / "通讯录.csv"
    path.write_text(BOOK, "utf-8")
    return path


def names(app) -> list[str]:
    listed = app.screen.list
    rows = [listed._pages.row(place) for place in range(listed.count)]
    return [row.cells[0] for row in rows if row is not None]


async def test_a_file_is_found_by_typing_and_by_tab(showing, box, book, settled) -> None:
    async with showing(ImportCards) as (app, pilot):
        app.screen.line.put(f"{book.parent.parent}/文")
        await pilot.press("tab")
        await settled(pilot)
        assert app.screen.line.value == f"{book.parent}/"
        assert names(app) == ["old/", "通讯录.csv"]
        await pilot.press("down", "enter")
        await settled(pilot)
        assert app.screen.line.value == str(book)
        assert app.screen.plan.read == 3


async def test_the_preview_tells_what_would_become_of_it(showing, box, book, settled) -> None:
    async with showing(lambda desk: ImportCards(desk, book)) as (app, pilot):
        text = app.text()
        assert "3 cards: 1 new, 1 known already, 1 refused." in text
        assert names(app) == ["姓名", "手机", "公司", "谁知道"]
        await pilot.press("v")
        await settled(pilot)
        text = app.text()
        assert "李雪" in text
        assert "P000001 张山" in text
        await pilot.press("v")
        await settled(pilot)
        assert "11 digits" in app.text()
        assert box.cards.count(CardQuery()) == 4


async def test_an_import_is_done_told_and_taken_back(showing, box, book, settled) -> None:
    async with showing(lambda desk: ImportCards(desk, book)) as (app, pilot):
        await pilot.press("i")
        await settled(pilot)
        assert "1 entered, 0 filled up, 1 left as they were. u takes it all back." in app.text()
        assert "通讯录.rejected.csv" in app.text()
        assert {row.name for row in box.cards.find("lixue")} >= {"李雪"}
        await pilot.press("i", "u")
        await settled(pilot)
        assert "Undone: Cards imported (恒通物流, 李雪); U does it again" in app.told
        assert box.cards.count(CardQuery()) == 4


async def test_an_import_taken_back_can_be_looked_at_and_done_anew(
    showing, box, book, settled
) -> None:
    async with showing(lambda desk: ImportCards(desk, book)) as (app, pilot):
        await pilot.press("i")
        await settled(pilot)
        await pilot.press("u")
        await settled(pilot)
        assert "3 cards: 1 new, 1 known already, 1 refused." in app.text()
        await pilot.press("i")
        await settled(pilot)
        assert {row.name for row in box.cards.find("lixue")} >= {"李雪"}


async def test_a_running_import_is_stopped_by_escape(showing, box, tmp_path, settled) -> None:
    path = tmp_path / "many.csv"
    lines = "".join(f"客户{n},1390000{n:04}\n" for n in range(400))
    path.write_text(f"姓名,手机\n{lines}", "utf-8")
    async with showing(lambda desk: ImportCards(desk, path)) as (app, pilot):
        screen = app.screen
        show = screen.query_one(ProgressLine).begin

        def begin(what):
            shown = show(what)

            def tell(done, total):
                app.call_from_thread(screen.action_back)
                shown(done, total)

            return tell

        screen.query_one(ProgressLine).begin = begin
        await pilot.press("i")
        await settled(pilot)
        await pilot.pause()
        assert app.told == ["Stopped: nothing was entered."]
        assert box.cards.count(CardQuery()) == 4
        assert app.screen is screen
        assert screen.result is None


async def test_the_whole_of_a_long_reason_is_told(showing, box, book, settled) -> None:
    async with showing(lambda desk: ImportCards(desk, book)) as (app, pilot):
        await pilot.press("v", "v", "enter")
        await settled(pilot)
        assert app.told == [app.screen.plan.errors[0].reason]


async def test_known_customers_are_filled_up_when_wanted(showing, box, book, settled) -> None:
    async with showing(lambda desk: ImportCards(desk, book)) as (app, pilot):
        await pilot.press("d")
        await settled(pilot)
        assert isinstance(app.screen, Choose)
        await pilot.press("2")
        await settled(pilot)
        assert "add what the file says" in app.text()
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "1 entered, 1 filled up" in app.text()
        (row,) = box.cards.find("139 0000 2345")
        assert box.cards.get(row.id).extras == [["谁知道", "[/b]"]]


async def test_a_column_goes_where_it_is_sent(showing, box, book, settled) -> None:
    async with showing(lambda desk: ImportCards(desk, book)) as (app, pilot):
        await pilot.press("end", "enter")
        await settled(pilot)
        assert isinstance(app.screen, Pick)
        await pilot.press(*"note", "enter")
        await settled(pilot)
        assert app.screen.plan.columns[3].target == "note"
        assert app.screen.plan.cards[0].values["note"] == "老同学"
        await pilot.press("i")
        await settled(pilot)
        (row,) = [row for row in box.cards.find("李雪") if row.name == "李雪"]
        assert box.cards.get(row.id).values["note"] == "老同学"


async def test_a_damaged_file_is_told_and_another_one_can_be_chosen(
    showing, box, book, settled
) -> None:
    book.write_bytes(b"PK\x03\x04 no workbook at all")
    async with showing(lambda desk: ImportCards(desk, book)) as (app, pilot):
        assert any("damaged" in told or "workbook" in told.lower() for told in app.told)
        assert app.screen.plan is None
        book.write_text(BOOK, "utf-8")
        await pilot.press("enter")
        await settled(pilot)
        assert app.screen.plan.read == 3
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen.plan is None
        assert "通讯录.csv" in app.text()
        await pilot.press("escape", "escape")
        await settled(pilot)
        assert app.answers == [None]


async def test_hot_keys_typed_into_the_path_stay_text(showing, box, settled) -> None:
    async with showing(ImportCards) as (app, pilot):
        app.screen.line.put("")
        await pilot.press(*"idvfuq?/x")
        await settled(pilot)
        assert app.screen.line.value == "idvfuq?/x"


@pytest.mark.parametrize("spoken", language.LANGUAGES)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_screens_fit(showing, box, book, settled, spoken, size) -> None:
    language.use(spoken)
    async with showing(lambda desk: ImportCards(desk, book), size) as (app, pilot):
        for _view in range(3):
            assert max(map(len, app.text().split("\n"))) <= size[0]
            await pilot.press("v")
            await settled(pilot)


async def test_a_file_is_written_and_not_overwritten_without_asking(
    showing, box, tmp_path, settled
) -> None:
    path = tmp_path / "out.xlsx"
    async with showing(ExportCards) as (app, pilot):
        app.screen.name_file(str(path))
        assert app.screen.form == "xlsx"
        await pilot.press("x")
        await settled(pilot)
        assert path.read_bytes()[:2] == b"PK"
        assert any("4 records" in told for told in app.told)
        before = path.stat().st_mtime_ns
        await pilot.press("x")
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        assert path.stat().st_mtime_ns == before


async def test_only_the_cards_of_the_list_go_out(showing, box, tmp_path, settled) -> None:
    query = CardQuery(text="zs")
    async with showing(lambda desk: ExportCards(desk, query)) as (app, pilot):
        app.screen.name_file(str(tmp_path / "out.csv"))
        await pilot.press("x")
        await settled(pilot)
        text = (tmp_path / "out.csv").read_text("utf-8-sig")
        assert "张山" in text
        assert "李雪梅" not in text


async def test_what_and_format_are_chosen_together(showing, box, settled) -> None:
    async with showing(ExportCards) as (app, pilot):
        letter = Choose.LETTERS[list(app.screen.going.WHAT).index("all")]
        await pilot.press("enter", letter)
        await settled(pilot)
        assert (app.screen.what, app.screen.form) == ("all", "json")
        assert app.screen.path.name.endswith(".json")


async def test_a_place_that_cannot_be_written_is_told(showing, box, tmp_path, settled) -> None:
    async with showing(ExportCards) as (app, pilot):
        app.screen.name_file(str(tmp_path / "none" / "out.csv"))
        await pilot.press("x")
        await settled(pilot)
        assert any("cannot be written" in told for told in app.told)


def test_paths_are_completed_like_in_a_shell(book: Path) -> None:
    root = str(book.parent.parent)
    assert completed(f"{root}/文", entries(f"{root}/文")) == f"{root}/文件/"
    assert completed(f"{book.parent}/通", entries(f"{book.parent}/通")) == str(book)
    assert completed(f"{root}/none", entries(f"{root}/none")) == f"{root}/none"
    assert entries(f"{root}/none/") == []


def test_columns_without_a_cell_are_left_out_of_the_preview(box) -> None:
    book = io.BytesIO("姓名,空的,手机\n张三,,13911112222\n".encode())
    rows = column_rows(box.exchange.plan(book, "b.csv"))
    assert [(row.key, row.cells[0]) for row in rows] == [("1", "姓名"), ("3", "手机")]


async def test_a_folder_that_is_named_gets_the_usual_file(showing, box, tmp_path, settled) -> None:
    async with showing(ExportCards) as (app, pilot):
        screen = app.screen
        screen.name_file(str(tmp_path))
        assert screen.path == tmp_path / "Cards-2026-09-24.csv"
        screen.name_file(str(tmp_path / "客户"))
        assert screen.path == tmp_path / "客户.csv"
        await pilot.press("x")
        await settled(pilot)
        assert (tmp_path / "客户.csv").exists()


async def test_a_folder_that_is_not_there_is_said_in_plain_words(
    showing, box, tmp_path, settled
) -> None:
    async with showing(ExportCards) as (app, pilot):
        app.screen.name_file(str(tmp_path / "no" / "x.csv"))
        await pilot.press("x")
        await settled(pilot)
        assert "there is no such file or folder" in app.told[0]
