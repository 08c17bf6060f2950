"""The app: sections by digits, help, palette, language, colours, the end."""

import asyncio
import re

import pytest
from textual import events

from screens.confirm import Confirm
from screens.help import Help
from screens.palette import Palette
from store import language
from store.errors import StorageTrouble
from widgets.key_footer import KeyFooter
from widgets.row_list import RowList
from widgets.text_input import LineInput


def lines(app):
    return ["".join(s.text for s in strip) for strip in app.screen._compositor.render_strips()]


async def until(pilot, condition, tries=100):
    for _ in range(tries):
        if condition():
            return
        await pilot.pause(0.02)
    raise AssertionError("it did not come about")


@pytest.mark.parametrize("key", ["2", "alt+2"])
async def test_digits_lead_to_sections(make_app, key):
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.current_mode == "today"
        await pilot.press(key)
        await until(pilot, lambda: app.current_mode == "cards")
        await pilot.press("1")
        await until(pilot, lambda: app.current_mode == "today")


async def test_in_a_text_field_digits_are_text_and_alt_leads_on(make_app):
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one(LineInput).focus()
        await pilot.press("2", "q", "question_mark", "u")
        assert app.screen.query_one(LineInput).value == "2q?u"
        await pilot.press("escape")
        assert app.screen.query_one(RowList).has_focus
        app.screen.query_one(LineInput).focus()
        await pilot.press("alt+3")
        await until(pilot, lambda: app.current_mode == "log")


async def test_the_box_opens_behind_the_first_frame(make_app):
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.member_name)
        await pilot.pause()
        assert app.member_name in lines(app)[0]
        assert lines(app)[0].startswith(" 1 Today  2 Cards  3 Contact log")


async def test_search_goes_to_the_cards_from_everywhere(make_app):
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3")
        await until(pilot, lambda: app.current_mode == "log")
        await pilot.press("slash")
        await until(pilot, lambda: app.current_mode == "cards")
        await until(pilot, lambda: "search" in app.screen.heard)
        assert app.screen.query_one(LineInput).has_focus


async def test_search_from_elsewhere_leaves_the_page_that_was_open_there(make_app):
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await until(pilot, lambda: app.current_mode == "cards")
        await pilot.press("down", "b")
        await until(pilot, lambda: len(app.screen_stack) == 2)
        await pilot.press("alt+3")
        await until(pilot, lambda: app.current_mode == "log")
        await pilot.press("slash")
        await until(pilot, lambda: app.current_mode == "cards" and len(app.screen_stack) == 1)
        await until(pilot, lambda: "search" in app.screen.heard)


@pytest.mark.parametrize("can_keep", [True, False])
async def test_search_puts_no_letter_into_a_form_with_unsaved_words(make_app, can_keep):
    app = make_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("2")
        await until(pilot, lambda: app.current_mode == "cards")
        form = type(app.screen)(app.desk)
        form.words, form.can_keep = "words", can_keep
        await app.push_screen(form)
        await pilot.press("alt+3")
        await until(pilot, lambda: app.current_mode == "log")
        for key in ("slash", "z", "s"):
            app.post_message(events.Key(key, "/" if key == "slash" else key))
        await until(pilot, lambda: "kept" in form.heard)
        if can_keep:
            await until(pilot, lambda: app.screen.query_one(LineInput).value == "zs")
            await until(pilot, lambda: any("wait under Today" in line for line in lines(app)))
        else:
            await until(pilot, lambda: app.screen is form)


async def test_what_is_typed_ahead_goes_into_the_search_line_of_a_new_section(make_app):
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("slash", "z", "s", "2"):
            app.post_message(events.Key(key, "/" if key == "slash" else key))
        await until(pilot, lambda: app.current_mode == "cards")
        await until(pilot, lambda: app.screen.query_one(LineInput).value == "zs2")


async def test_a_briefing_opens_on_top_and_its_digit_leads_back(make_app):
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await until(pilot, lambda: app.current_mode == "cards")
        await pilot.press("down", "b")
        await until(pilot, lambda: len(app.screen_stack) == 2)
        assert app.screen.shown == 2
        await pilot.press("escape")
        await until(pilot, lambda: len(app.screen_stack) == 1)
        await pilot.press("b")
        await until(pilot, lambda: len(app.screen_stack) == 2)
        await pilot.press("2")
        await until(pilot, lambda: len(app.screen_stack) == 1)
        assert app.screen.heard.count("reload") >= 2


async def test_only_what_a_screen_can_do_has_a_key(make_app):
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = {active.binding.action for active in app.screen.active_bindings.values()}
        assert {"new", "briefing", "search"} <= shown
        assert not {"edit", "log", "todo"} & shown
        await pilot.press("n", "e", "l")
        assert "new" in app.screen.heard


async def test_help_lists_the_keys_of_the_screen(make_app):
    app = make_app()
    async with app.run_test(size=(80, 60)) as pilot:
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, Help))
        await pilot.pause()
        shown = "\n".join(lines(app))
        assert "Type / and two letters" in shown
        assert "Keys here" in shown
        assert "Keys everywhere" in shown
        assert "Keys of Cards" in shown
        assert "Ctrl+Q" in shown
        await pilot.press("f1")
        await until(pilot, lambda: not isinstance(app.screen, Help))


async def test_everything_can_be_in_chinese(make_app):
    app = make_app("zh")
    language.use("zh")
    async with app.run_test(size=(80, 60)) as pilot:
        await pilot.pause()
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, Help))
        await pilot.pause()
        rest = "\n".join(lines(app)).partition("Type / and two letters")[2]
        for name in ("Enter", "Home", "PgUp", "PgDn", "Shift", "Ctrl", "Super"):
            rest = rest.replace(name, "")
        assert re.findall("[A-Za-z]{4,}", rest) == []


async def test_the_language_changes_while_it_runs(make_app):
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.member_name)
        app.use_language("zh")
        await pilot.pause()
        await pilot.pause()
        assert lines(app)[0].startswith(" 1 今日  2 客户  3 联系")
        assert "搜索" in lines(app)[-1]
        app.use_language("en")
        await pilot.pause()
        await pilot.pause()
        assert "Search" in lines(app)[-1]


@pytest.mark.parametrize("theme", ["dark", "light", "ansi"])
async def test_every_theme_paints(make_app, theme):
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        app.use_theme(theme)
        await pilot.pause()
        assert app.theme == theme
        app.use_theme("nonsense")
        assert app.theme == theme


async def test_what_is_chosen_is_kept(make_app):
    app = make_app(None)
    language.use("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.member_name)
        app.choose("theme", "light")
        app.choose("language", "zh")
        await pilot.app.workers.wait_for_complete()
    language.use("en")
    app = make_app(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.theme == "light")
        assert language.current() == "zh"


async def test_keys_are_remapped(make_app):
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.member_name)
        app.use_keymap({"new": "f6", "help": 5})
        await pilot.press("n")
        assert "new" not in app.screen.heard
        await pilot.press("f6")
        assert "new" in app.screen.heard


async def test_the_palette_finds_cards_by_pinyin_and_commands_by_letters(make_app):
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.member_name)
        await app.desk.write(lambda desk: desk.cards.create("person", {"name": "[/b]张山"}))
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, Palette))
        await pilot.press("z", "s")
        found = app.screen.query_one(RowList)
        await until(pilot, lambda: (found.key or "").startswith("card"))
        await pilot.pause()
        assert any("[/b]张山" in line for line in lines(app))
        await pilot.press("enter")
        await until(pilot, lambda: getattr(app.screen, "shown", None) == 1)
        await pilot.press("escape")
        await until(pilot, lambda: len(app.screen_stack) == 1)
        await pilot.press("ctrl+p", *"contact", "enter")
        await until(pilot, lambda: app.current_mode == "log")


async def test_the_palette_does_what_a_key_would_do(make_app):
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.member_name)
        screen = app.screen
        await pilot.press("ctrl+p", *"new", "enter")
        await until(pilot, lambda: "new" in screen.heard)


async def test_the_palette_leads_to_the_tabs_that_the_member_has(make_app):
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.member_name)
        titles = [command.title for command in app.get_system_commands(app.screen)]
    assert "Papers: register, volumes, what is missing" in titles
    assert "Team: Members" in titles
    assert "Team: Loans" not in titles


async def test_the_palette_says_when_nothing_is_found(make_app):
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.member_name)
        await pilot.press("ctrl+p", *"xqzw")
        await until(pilot, lambda: app.screen.query_one(RowList).count == 0)
        await pilot.pause()
        assert any("Nothing found" in line for line in lines(app))
        await pilot.press("enter", "escape")
        await until(pilot, lambda: len(app.screen_stack) == 1)


async def test_undo_says_when_there_is_nothing(make_app):
    app = make_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, lambda: app.member_name)
        await pilot.press("u")
        await until(pilot, lambda: any("nothing to undo" in line for line in lines(app)))


async def test_undo_takes_back(make_app):
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.member_name)
        await app.desk.write(lambda desk: desk.cards.create("person", {"name": "张山"}))
        app.screen.heard.clear()
        await pilot.press("u")
        await until(pilot, lambda: "reload" in app.screen.heard)
        assert await app.desk.read(lambda desk: desk.cards.find("张山")) == []


async def test_messages_are_never_markup(make_app):
    app = make_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.screen.notify("[/b][@click=app.quit]张\x1b[2J", markup=True)
        await until(pilot, lambda: any("[/b][@click=app.quit]张" in line for line in lines(app)))
        assert not any("\x1b" in line for line in lines(app))


async def test_what_was_said_before_goes_and_a_warning_stays(make_app):
    app = make_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.notify("be careful", severity="warning")
        app.notify("noted; u takes back")
        await pilot.pause(0.1)
        app.notify("taken back")
        await until(pilot, lambda: any("taken back" in line for line in lines(app)))
        shown = "\n".join(lines(app))
        assert "be careful" in shown
        assert "noted" not in shown
        assert not lines(app)[-2].strip()  # the line of a window's keys stays free


async def test_q_leaves(make_app):
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("q")
        await until(pilot, lambda: not app.is_running)
    assert app.return_code == 0


async def test_leaving_with_unsaved_words_asks_and_keeps_them(make_app):
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        screen.words = "words"
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("n")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("q")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: not app.is_running)
        assert "kept" in screen.heard
    assert app.return_code == 0


async def test_a_lost_terminal_keeps_words_and_ends(make_app):
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        app.request_end()
        await until(pilot, lambda: not app.is_running)
        assert "kept" in screen.heard
    assert app.return_code == 129


async def test_an_unexpected_error_ends_with_one_sentence_and_a_log(make_app, tmp_path):
    app = make_app()
    with pytest.raises(RuntimeError, match="boom"):
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("f")
            await until(pilot, lambda: not app.is_running)
    assert app.return_code == 6
    log = (tmp_path / "shuke" / "log" / "shuke.log").read_text(encoding="utf-8")
    assert "boom" in log


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("bang"), "it is noted in"),
        (StorageTrouble("The disk is full"), "The disk is full"),
    ],
)
async def test_an_error_in_a_worker_is_said_and_the_program_goes_on(
    make_app, tmp_path, error, said
):
    app = make_app()
    async with app.run_test(size=(120, 24), notifications=True) as pilot:
        app.screen.stumble(error)
        await until(pilot, lambda: any(said in line for line in lines(app)))
        await pilot.press("2")
        await until(pilot, lambda: app.current_mode == "cards")
    log = tmp_path / "shuke" / "log" / "shuke.log"
    assert log.exists() is isinstance(error, ValueError)


async def test_a_box_that_cannot_be_opened_ends_with_a_sentence(make_app, tmp_path):
    (tmp_path / "box.sqlite").write_bytes(b"this is no database at all" * 100)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: not app.is_running)
    assert app.return_code == 6


async def test_the_footer_has_the_keys(make_app):
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert app.screen.query_one(KeyFooter).region.y == 23
        assert lines(app)[-1].rstrip().endswith("? Help")
        await asyncio.sleep(0)
