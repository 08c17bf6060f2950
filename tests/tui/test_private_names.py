"""The private names of Textual that are used: each is there and does what we count on."""

import inspect
from collections.abc import Callable

from textual import events, keys
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers import linux_driver
from textual.screen import Screen
from textual.theme import BUILTIN_THEMES
from textual.widgets import Input


def test_characters_have_names_of_keys():
    assert keys._character_to_key("/") == "slash"
    assert keys._character_to_key(" ") == "space"
    assert keys._character_to_key("1") == "1"


def test_events_remember_their_sender():
    assert events.Key("a", "a")._sender is None


def test_the_input_thread_takes_its_decoder_from_the_module():
    assert isinstance(linux_driver.getincrementaldecoder, Callable)
    assert "getincrementaldecoder" in inspect.getsource(linux_driver.LinuxDriver.run_input_thread)


def test_the_input_thread_takes_its_parser_from_the_module():
    assert "XTermParser(" in inspect.getsource(linux_driver.LinuxDriver.run_input_thread)
    parameters = inspect.signature(XTermParser._sequence_to_key_events).parameters
    assert list(parameters) == ["self", "sequence", "alt"]


def test_the_app_has_what_the_end_is_made_of():
    app = App()
    assert app._exception is None
    assert not app._exit
    assert isinstance(app._screen_stacks, dict)
    assert app._driver is None
    assert list(inspect.signature(App._handle_exception).parameters) == ["self", "error"]
    assert hasattr(App, "_exception_event")


def test_themes_that_are_there_before_the_app_is_made_are_registered():
    assert set(BUILTIN_THEMES) <= set(App().available_themes)


def test_fields_and_screens_take_their_events_by_private_methods():
    for name in ("_on_paste", "_on_key"):
        assert name in Input.__dict__
    assert "_on_mount" in Screen.__dict__


def test_a_frame_moves_the_cursor_before_each_span():
    from rich.control import Control

    assert Control.move_to(4, 2).segment.text == "\x1b[3;5H"


async def test_the_first_screen_of_a_mode_has_no_result_callback():
    """Switching the tabs of the team's section gives it one, which Textual then takes away."""
    app = App()
    async with app.run_test():
        assert app.screen._result_callbacks == []
        app.screen._push_result_callback(app.screen, None)
        app.screen._pop_result_callback()
        assert app.screen._result_callbacks == []


def test_the_compositor_asks_for_lines_where_we_step_in():
    from textual._compositor import Compositor

    assert list(inspect.signature(Compositor._get_renders).parameters) == ["self", "crop"]
    assert "self._get_renders(crop)" in inspect.getsource(Compositor._render_chops)
    assert "self._compositor = Compositor()" in inspect.getsource(Screen.__init__)
