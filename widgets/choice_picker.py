"""The list that opens below a field in which one chooses."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from widgets.cells import fit, tidy, width_of

MOST = 8
"""Options that are in view at once."""


class ChoicePicker(Widget):
    """Options below a field. The cursor stays in the field, which moves the mark of the list."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice-picker--highlighted"}
    DEFAULT_CSS = """
    ChoicePicker {
        display: none;
        layer: above;
        background: $panel;
        color: $foreground;
        text-wrap: nowrap;
        & > .choice-picker--highlighted {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
    }
    """

    class Clicked(Message):
        """An option was clicked."""

        def __init__(self, picker: ChoicePicker, option: str) -> None:
            super().__init__()
            self.picker = picker
            self.option = option

        @property
        def control(self) -> ChoicePicker:
            """The list that was clicked."""
            return self.picker

    def __init__(self) -> None:
        super().__init__()
        self.options: tuple[str, ...] = ()
        """What can be chosen, the best first."""
        self.marked: Collection[str] | None = None
        """What is chosen, where several can be; None where one is chosen."""
        self.highlighted = -1
        """The place of the option that Enter would take; -1 for none."""
        self._under: Widget | None = None

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self.display and bool(self.options)

    @property
    def option(self) -> str | None:
        """The option that Enter would take."""
        return self.options[self.highlighted] if self.highlighted >= 0 else None

    def open(
        self,
        options: Sequence[str],
        under: Widget,
        highlighted: int = 0,
        marked: Collection[str] | None = None,
    ) -> None:
        """Show these options; nothing is shown where there are none.

        Args:
            options: what can be chosen.
            under: the field, somewhere in the parent of the list.
            highlighted: the place of the option that Enter takes, -1 for none.
            marked: what is chosen already, where several can be.
        """
        self.options = tuple(options)
        self.marked = marked
        self.highlighted = min(highlighted, len(options) - 1)
        if not options:
            self.close()
            return
        self._under = under
        self.display = True
        self.place()

    def place(self) -> None:
        """Put the open list below its field, or above it where there is more room."""
        if not self.is_open or self._under is None:
            return
        rows = min(len(self.options), MOST)
        container = self._container.content_region
        field = self._under.region.translate(-container.offset)
        below = container.height - field.bottom
        is_below = rows <= below or below >= field.y
        self.styles.height = max(1, min(rows, below if is_below else field.y))
        self.styles.width = max(8, min(self._width, container.width - field.x))
        self.styles.offset = (field.x, field.bottom if is_below else max(0, field.y - rows))
        self.refresh(layout=True)

    def close(self) -> None:
        """Take the list away."""
        self.options = ()
        self.display = False

    def move(self, step: int) -> None:
        """Move the mark up (-1) or down (1), round at the ends."""
        if self.highlighted < 0 and step < 0:
            self.highlighted = 0
        self.highlighted = (self.highlighted + step) % len(self.options)
        self.refresh()

    @property
    def _width(self) -> int:
        longest = max((width_of(option) for option in self.options), default=0)
        return longest + (3 if self.marked is None else 7)

    @property
    def _container(self) -> Widget:
        assert isinstance(self.parent, Widget)
        return self.parent

    def render(self) -> Content:
        """The options in view."""
        first = self._first()
        shown = self.options[first : first + self.size.height]
        return Content("\n").join(
            self._line(first + place, option) for place, option in enumerate(shown)
        )

    def _first(self) -> int:
        """The first option in view, so that the highlighted one is."""
        return max(0, min(self.highlighted, len(self.options)) - max(1, self.size.height) + 1)

    def _line(self, place: int, option: str) -> Content:
        here = place == self.highlighted
        box = "" if self.marked is None else "[x] " if option in self.marked else "[ ] "
        text = fit(f"{'>' if here else ' '} {box}{tidy(option)}", self.size.width)
        if not here:
            return Content(text)
        return Content.styled(text, self.get_visual_style("choice-picker--highlighted"))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Keep the cursor in the field."""
        event.stop()
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Tell which option is under the mouse."""
        place = self._first() + event.y
        if place < len(self.options):
            self.post_message(self.Clicked(self, self.options[place]))
