"""Paints what changed on a screen without asking every widget in sight for its lines."""

from __future__ import annotations

from collections.abc import Iterable

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip


class SparingCompositor(Compositor):
    """Asks only those widgets for lines that are seen in what is painted anew, and for no others.

    Textual asks for all lines of all widgets whose surroundings have a part in it: at each letter
    that is typed into a form, for every other field of it.
    """

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if crop is None:
            yield from super()._get_renders()
            return
        rows = Region(0, crop.y, self.size.width, crop.height)
        for widget, (region, clip) in self.visible_widgets.items():
            shown = clip.intersection(rows)
            part = region.intersection(shown)
            if part and crop.overlaps(part):
                lines = Region(part.x - region.x, part.y - region.y, part.width, part.height)
                yield region, shown, widget.render_lines(lines)
                if part.contains_region(crop):
                    return  # the widgets stand from front to back: nothing behind it is seen
