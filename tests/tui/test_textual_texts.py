"""Textual's own English texts are known, so that all of them can be translated."""

import pytest
from textual import widgets
from textual.app import App
from textual.binding import Binding
from textual.containers import ScrollableContainer
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets._select import SelectOverlay

from store import language
from store.language import _
from tui.textual_texts import TEXTS

USED = (
    App,
    Screen,
    ScrollableContainer,
    SelectOverlay,
    widgets.Button,
    widgets.Checkbox,
    widgets.Input,
    widgets.OptionList,
    widgets.RadioSet,
    widgets.Select,
    widgets.SelectionList,
    widgets.Switch,
    widgets.TabbedContent,
    widgets.Tabs,
    widgets.TextArea,
)


@pytest.mark.parametrize("used", USED)
def test_every_text_of_its_keys_is_known(used):
    said = set()
    for each in used.__mro__:
        if issubclass(each, DOMNode):
            for binding in Binding.make_bindings(each.__dict__.get("BINDINGS", ())):
                said |= {binding.description, binding.tooltip}
    assert said - {""} - set(TEXTS) == set()


def test_they_are_in_chinese():
    language.use("zh")
    assert [text for text in TEXTS if _(text) == text] == []
