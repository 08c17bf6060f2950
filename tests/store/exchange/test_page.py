"""A card as a page of paper: whole, escaped, noted in the trail."""

import io
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import language
from store.desk import Desk
from store.errors import NotFound, WrongUsage
from store.exchange.page import head_of, html_page
from store.exchange.text_page import WIDTH, cells, wrapped
from store.models.trail import Change
from store.records.audit import AuditQuery
from store.records.interactions import InteractionValues

HOSTILE = "</style><script>alert(1)</script>{{ 7*7 }}{% raw %}\"'><img src=x onerror=y>&amp;"
VOID = {"meta", "br", "img", "link"}


class Reader(HTMLParser):
    """Notes the tags and the text of a page, and that every tag is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def printed(desk: Desk, card: int, form: str) -> str:
    stream = io.BytesIO()
    desk.exchange.print_card("briefing", card, form, stream)
    return stream.getvalue().decode()


@pytest.fixture
def zhang(desk: Desk) -> int:
    card = desk.cards.create(
        "person",
        {"name": "张山", "organisation": "华东电子", "title": "采购经理", "hobbies": ["钓鱼"]},
    )
    desk.interactions.log(card.id, InteractionValues(topic="报价", words="再降两个点就能定"))
    return card.id


def test_a_page_has_what_the_briefing_has_under_chinese_headings(desk: Desk, zhang: int) -> None:
    language.use("zh")
    for form in ("html", "text"):
        page = printed(desk, zhang, form)
        text = Reader(page).text if form == "html" else page
        for word in ("访前速览", "张山", "采购经理，华东电子", "最近联系", "再降两个点就能定"):
            assert word in text, (form, word)
    assert '<html lang="zh-CN">' in printed(desk, zhang, "html")


def test_a_page_is_one_file_that_runs_nothing(desk: Desk, zhang: int) -> None:
    read = Reader(printed(desk, zhang, "html"))
    assert not {"script", "img", "link", "iframe", "a", "form"} & set(read.tags)


def test_what_stands_on_a_card_is_text(desk: Desk) -> None:
    plain = desk.cards.create("person", {"name": "张山"})
    tags = Reader(printed(desk, plain.id, "html")).tags
    card = desk.cards.create(
        "person", {"name": HOSTILE, "hobbies": [HOSTILE], "not_to_mention": HOSTILE}
    )
    desk.interactions.log(card.id, InteractionValues(topic=HOSTILE, words=HOSTILE))
    read = Reader(printed(desk, card.id, "html"))
    assert set(read.tags) <= set(tags)
    assert read.text.count("{{ 7*7 }}") >= 5
    assert "<script>" in read.text


def test_a_template_cannot_reach_the_program(desk: Desk) -> None:
    """Values are filled into a sandbox: not even a template gets at what is behind them."""
    from jinja2.exceptions import SecurityError, UndefinedError

    from store.exchange.page import _environment

    template = _environment().from_string("{{ head.__class__.__mro__ }}")
    head = head_of(desk, "x", name="x", beside="", number="")
    with pytest.raises(SecurityError):
        template.render(head=head)
    with pytest.raises(UndefinedError):
        html_page("briefing.html", head, {})


def test_the_trail_tells_which_card_went_out(desk: Desk, zhang: int) -> None:
    printed(desk, zhang, "html")
    (export,) = desk.trail.exports()
    assert (export.what, export.format, export.count, export.chosen) == (
        "briefing",
        "html",
        1,
        True,
    )
    change = Change.select().where(Change.table == "export").get()
    assert change.card == zhang
    assert json.loads(change.after)["what"] == "briefing"
    (entry,) = [e for e in desk.audit.entries(AuditQuery(card=zhang), 0, 9) if e.kind == "export"]
    assert "Briefing" in repr(entry.records)


def test_a_page_is_no_change_to_take_back(desk: Desk, zhang: int) -> None:
    desk.cards.tag([zhang], "老乡")
    printed(desk, zhang, "text")
    desk.trail.undo()
    assert "tags" not in desk.cards.get(zhang).values


def test_a_file_appears_whole(desk: Desk, zhang: int, tmp_path: Path) -> None:
    path = tmp_path / "张山.html"
    desk.exchange.print_card_file("briefing", zhang, "html", path)
    assert "张山" in path.read_text("utf-8")
    with pytest.raises(WrongUsage):
        desk.exchange.print_card_file("briefing", zhang, "html", desk.store.path)
    with pytest.raises(NotFound):
        desk.exchange.print_card_file("briefing", 99, "html", tmp_path / "none.html")
    assert not (tmp_path / "none.html").exists()


def test_the_outbox_takes_a_page(desk: Desk, zhang: int) -> None:
    desk.outbox.print_card("briefing", zhang, "text", "zs.txt")
    assert "张山" in desk.outbox.path_of("zs.txt").read_text("utf-8")


def test_other_pages_and_formats_are_refused(desk: Desk, zhang: int) -> None:
    with pytest.raises(WrongUsage, match="briefing"):
        desk.exchange.print_card("passport", zhang, "html", io.BytesIO())
    with pytest.raises(WrongUsage, match="html, text"):
        desk.exchange.print_card("briefing", zhang, "pdf", io.BytesIO())
    assert desk.trail.exports() == []


def test_the_lines_of_a_text_page_fit(desk: Desk) -> None:
    long = desk.cards.create("person", {"name": "长" * 120, "personality": "稳重，" * 80}).id
    for line in printed(desk, long, "text").splitlines():
        assert cells(line) <= WIDTH


@settings(max_examples=200)
@given(st.text(max_size=200), st.integers(2, 40))
def test_wrapping_loses_nothing_and_fits(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert lines
    assert all(cells(line) <= width for line in lines)
    kept = "".join(character for character in text if character.isprintable())
    assert "".join("".join(lines).split()) == "".join(kept.split())
