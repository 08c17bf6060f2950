"""A text that is written anew in its place, and moves nothing else unless it takes another room."""

from typing import Any

from textual.css.scalar import Unit
from textual.visual import VisualType
from textual.widgets import Static


class SteadyText(Static):
    """A text that changes while one works.

    Textual places every widget of the screen anew for each text that is written, which takes as
    long as all the rest of a keypress. Here that happens only where the text needs another number
    of lines, or of cells where its width goes by what stands in it.
    """

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show another text."""
        super().update(content, layout=False)
        self.clear_cached_dimensions()
        if layout and not self._fits:
            self.refresh(layout=True)

    @property
    def _fits(self) -> bool:
        """Whether the text takes the room that it has."""
        room, styles, visual = self.content_size, self.styles, self.visual
        rules: Any = styles
        if not (room.width and room.height):
            return False
        if styles.is_auto_width:
            widest = self.size.width - styles.gutter.width  # it may be held to less than it wants
            wanted = visual.get_optimal_width(rules, self.container_size.width)
            if wanted != room.width or wanted > widest:
                return False
        if not styles.is_auto_height:
            return True
        least = styles.min_height
        lines = visual.get_height(rules, room.width)
        if least is not None and least.unit is Unit.CELLS:
            lines = max(lines, int(least.value) - styles.gutter.height)
        return lines == room.height
