"""The last line of the screen: the keys that work here, as many as find room."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from widgets.cells import tidy, width_of
from widgets.keys import name_of_key

HELP = "help"
"""The action whose key is shown even where there is no room for the others."""

GAP = 2
"""Cells between two keys."""


class ShownKey(NamedTuple):
    """A key as the footer shows it."""

    key: str
    """What to press, as Textual names it."""
    name: str
    """What it is called, for people."""
    description: str
    """What it does, in the language spoken now."""
    action: str
    """The action, without its namespace and parameters."""

    @property
    def width(self) -> int:
        """The cells it takes."""
        return width_of(self.name) + 1 + width_of(self.description)


def is_text(focused: Widget | None, key: str) -> bool:
    """Whether a key is text for the focused widget, as letters are in a text field.

    Textual leaves `slash` among the active keys even then.
    """
    name = name_of_key(key)
    return len(name) == 1 and focused is not None and focused.check_consume_key(key, name)


class KeyFooter(Widget):
    """One line with the keys of the screen and of what has the focus.

    It is painted anew only when its text has changed: moving the focus between two fields sends
    nothing to the terminal.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-footer--key", "key-footer--description"}
    DEFAULT_CSS = """
    KeyFooter {
        dock: bottom;
        height: 1;
        background: $footer-background;
        color: $footer-description-foreground;
        & > .key-footer--key { color: $footer-key-foreground; }
        & > .key-footer--description { color: $text-muted; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[ShownKey, ...] = ()

    def on_mount(self) -> None:
        """Listen for other keys."""
        self.screen.bindings_updated_signal.subscribe(self, self._take_keys)

    def on_resize(self) -> None:
        """Show as many keys as find room now."""
        self.refresh()

    def _take_keys(self, screen: Screen[object]) -> None:
        if not (self.is_attached and screen is self.screen and self.app.app_focus):
            return
        keys = self._shown_keys()
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def _shown_keys(self) -> tuple[ShownKey, ...]:
        """The keys to show, of the focused widget first; one for each action."""
        found: dict[str, ShownKey] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if not binding.show or not active.enabled or binding.action in found:
                continue
            if is_text(self.screen.focused, binding.key):
                continue
            name = binding.key_display or name_of_key(binding.key)
            action = binding.action.rpartition(".")[2].partition("(")[0]
            found[binding.action] = ShownKey(binding.key, name, tidy(binding.description), action)
        return tuple(found.values())

    def _places(self) -> list[tuple[int, ShownKey]]:
        """The keys that find room, each with the cell it starts at; help always does."""
        room = self.size.width - 1
        last = next((key for key in self._keys if key.action == HELP), None)
        kept = last.width + GAP if last else 0
        places = []
        start = 1
        for key in self._keys:
            if key is last:
                continue
            if start + key.width + kept > room:
                break
            places.append((start, key))
            start += key.width + GAP
        if last and start + last.width <= room:
            places.append((start, last))
        return places

    def render(self) -> Content:
        """The line."""
        key_style = self.get_visual_style("key-footer--key", partial=True)
        description_style = self.get_visual_style("key-footer--description", partial=True)
        line = Content()
        for start, key in self._places():
            line = line.pad_right(start - line.cell_length)
            line += Content.styled(key.name, key_style)
            line += Content.styled(f" {key.description}", description_style)
        return line

    def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does."""
        for start, key in self._places():
            if start <= event.x < start + key.width:
                self.app.simulate_key(key.key)
