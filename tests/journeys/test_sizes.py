"""Every screen opens, fits and closes in terminals of all sizes, in both languages."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

from screens.ask_text import AskText
from screens.briefing import VIEWS, Briefing
from screens.card_editor import CardEditor
from screens.card_filters import FilterChoice, SortChoice
from screens.choose import Choose
from screens.confirm import Confirm
from screens.date_form import DateForm
from screens.duplicates import Duplicates
from screens.export_cards import ExportCards
from screens.family_form import FamilyForm
from screens.form_screen import FormScreen
from screens.import_cards import ImportCards
from screens.log_entry import LogEntry
from screens.log_form import LogForm
from screens.member_form import MemberForm
from screens.pick import Pick
from screens.pile_walk import PileWalk
from screens.segments import Segments
from screens.settings import Settings
from screens.todo_entry import TodoEntry
from screens.todo_form import TodoForm
from store.background import Background
from store.clock import Clock
from store.database import open_store
from store.records.cards import CardQuery
from store.records.interactions import InteractionValues
from store.records.occasions import FamilyValues
from store.records.todos import TodoValues
from tests.journeys.walking import TODAY, Walker, walking
from widgets.key_footer import KeyFooter
from widgets.section_bar import SectionBar

SIZES = [(40, 10), (60, 15), (80, 24), (120, 40), (200, 60)]
LANGUAGES = {"zh": "帮助", "en": "Help"}
SECTIONS = ["today", "cards", "log", "todos", "dates", "team"]


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A person with everything, card 2, at an organisation, card 1."""
    made = tmp_path_factory.mktemp("sizes") / "box.sqlite"
    store = open_store(made, Clock(shown_today=TODAY))
    desk = store.desk()
    organisation = desk.cards.create("organisation", {"name": "杭州华东电子有限公司"}).id
    person = desk.cards.create(
        "person",
        {
            "name": "诸葛张山丰",
            "organisation": "杭州华东电子有限公司",
            "mobile": [{"value": "13900002345", "label": "单位"}],
            "birth_lunar": "lunar:1985-08-15",
            "hobbies": ["钓鱼", "喝茶"],
            "first_impression": "当他的面不夸设备部, 也不说他的老同事, 更不说去年那次的事。" * 3,
        },
    ).id
    assert (organisation, person) == (1, 2)
    talk = InteractionValues(minutes="聊了新报价, 担心交期。" * 9, words="再降两个点就能定")
    desk.interactions.log(person, talk, [TodoValues("送样品", due_on=TODAY)])
    desk.family.add(person, FamilyValues("李慧", "妻子", birth="lunar:1986-03-02"))
    desk.drafts.close()
    store.close()
    return made


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))


TALK = InteractionValues(minutes="聊了新报价", method="phone", interest=4)
TODO = TodoValues("给诸葛张山丰送样品", card=2, due_on=TODAY)

PAGES: dict[str, Callable[[Background], Screen[Any]]] = {
    "new person": lambda desk: CardEditor(desk, "person"),
    "new organisation": lambda desk: CardEditor(desk, "organisation", name="恒通物流"),
    "person": lambda desk: CardEditor(desk, "person", 2),
    "talk": lambda desk: LogForm(desk, 2, TALK),
    "old talk": lambda desk: LogForm(desk, 2, TALK, 1),
    "to-do": lambda desk: TodoForm(desk, None, TODO),
    "old to-do": lambda desk: TodoForm(desk, 1, TODO),
    "family": lambda desk: FamilyForm(desk, 2),
    "relative": lambda desk: FamilyForm(desk, 2, 1),
    "date": lambda desk: DateForm(desk, 2),
    "member": MemberForm,
    "pile": PileWalk,
    "settings": Settings,
    "look-alikes": Duplicates,
    "import": ImportCards,
    "export": ExportCards,
}

COLUMNS = [(f"k{n}", f"栏目{n}") for n in range(60)]

WINDOWS: dict[str, Callable[[Background], Screen[Any]]] = {
    "log line": lambda desk: LogEntry(desk, 2),
    "to-do line": lambda desk: TodoEntry(desk, 2),
    "question": lambda desk: Confirm(desk, "有些话还没保存, 下次打开时会再给你。离开吗?" * 3),
    "choice": lambda desk: Choose("放到哪一天再做", [(n, f"{n} 天后" * 9) for n in range(30)], 29),
    "line": lambda desk: AskText("加上什么标签", "老友"),
    "pick": lambda desk: Pick(
        desk, "这一栏填到哪里", [(f"k{n}", f"栏目{n}") for n in range(60)], "k59"
    ),
    "filter": lambda desk: FilterChoice(desk, CardQuery()),
    "segments": lambda desk: Segments(desk, CardQuery()),
    "sorting": lambda desk: SortChoice("number", False),
}


def check_page(walker: Walker, language: str) -> None:
    """The footer stands in the last line and shows the key for help."""
    app = walker.app
    footer = app.screen.query_one(KeyFooter)
    assert (footer.region.y, footer.region.height) == (app.size.height - 1, 1)
    assert walker.text().splitlines()[-1].endswith(f" {LANGUAGES[language]}"), walker.text()
    assert not walker.told


def check_section(walker: Walker, language: str) -> None:
    """The row of sections stands on top, each with its digit."""
    check_page(walker, language)
    assert walker.app.screen.query_one(SectionBar).region.y == 0
    first = walker.text().splitlines()[0]
    assert [digit for digit in "12345" if digit in first] == list("12345"), first


def check_window(walker: Walker, shown: str = "") -> None:
    """The window lies within the terminal, and what has the keys lies within the window."""
    (window,) = [each for each in walker.app.screen.children if each.display and each.region]
    assert walker.app.screen.region.contains_region(window.region)
    focused = walker.app.screen.focused
    assert focused is not None
    assert window.region.overlaps(focused.region)
    assert window.region.bottom >= focused.region.bottom
    assert shown in walker.text(), walker.text()
    assert not walker.told


async def see_everything(box: Path, language: str, size: tuple[int, int]) -> None:
    async with walking(box, language, size) as walker:
        desk = walker.app.desk
        for section in SECTIONS:
            await walker.go_to(section)
            check_section(walker, language)
        await walker.open(Briefing(desk, 2))
        for view in VIEWS:
            walker.app.screen.view = view  # type: ignore[attr-defined]
            await walker.settle()
            check_page(walker, language)
        await walker.press("question_mark")
        check_page(walker, language)
        await walker.close()
        for make in PAGES.values():
            await walker.open(make(desk))
            check_page(walker, language)
            if isinstance(walker.app.screen, FormScreen):
                await walker.press("pagedown")
                check_page(walker, language)
            await walker.close()
        for name, make in WINDOWS.items():
            await walker.open(make(desk))
            check_window(walker, "29 天后" if name == "choice" else "")
            await walker.close()
        await walker.press("ctrl+p")
        check_window(walker)
        await walker.press("escape")


QUICK = [("zh", (40, 10))]


def _cases() -> Iterator[Any]:
    for language in LANGUAGES:
        for size in SIZES:
            marks = () if (language, size) in QUICK else (pytest.mark.slow,)
            name = f"{language}-{size[0]}x{size[1]}"
            yield pytest.param(language, size, marks=marks, id=name)


@pytest.mark.parametrize(("language", "size"), _cases())
async def test_everything_fits(box: Path, language: str, size: tuple[int, int]) -> None:
    await see_everything(box, language, size)
