"""A picture of a terminal screen, cell by cell, so that Chinese columns stand where they stand.

The SVG that Textual writes leaves the width of Chinese to the viewer. Needs Pillow and a
monospaced Chinese font (Debian: fonts-noto-cjk).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont
from rich.cells import cell_len
from rich.terminal_theme import TerminalTheme
from textual.color import Color

if TYPE_CHECKING:
    from textual.app import App

FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
)
BOLD_FONTS = tuple(name.replace("Regular", "Bold") for name in FONTS)
MONO_SC = 7
"""The simplified Chinese monospaced face within the collection."""

CELL = (10, 21)
SIZE = 17

Colour = tuple[int, ...]
"""Red, green and blue, 0 to 255."""


def _font(paths: tuple[str, ...]) -> ImageFont.FreeTypeFont:
    for path in paths:
        if Path(path).exists():
            return ImageFont.truetype(path, SIZE, index=MONO_SC)
    raise SystemExit("no Chinese font found: install fonts-noto-cjk")


def _squeezed(
    character: str, font: ImageFont.FreeTypeFont, fore: Colour, back: Colour
) -> Image.Image:
    """A character that the font has wide only, in the one cell that terminals give it: “ … ’."""
    wide = Image.new("RGB", (2 * CELL[0], CELL[1]), back)
    ImageDraw.Draw(wide).text((0, -2), character, font=font, fill=fore)
    return wide.resize(CELL)


def save_picture(app: App[object], target: Path) -> None:
    """Write what an app shows now as a PNG."""
    width, height = app.size
    regular, bold = _font(FONTS), _font(BOLD_FONTS)
    theme: TerminalTheme = app.ansi_theme
    ground = Color.parse(app.get_css_variables().get("background", "#121212")).rgb
    image = Image.new("RGB", (width * CELL[0], height * CELL[1]), ground)
    draw = ImageDraw.Draw(image)
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            style = segment.style
            fore, back = (224, 224, 224), ground
            weight, underline = regular, False
            if style is not None:
                if style.bgcolor is not None:
                    back = tuple(style.bgcolor.get_truecolor(theme, foreground=False))
                if style.color is not None:
                    fore = tuple(style.color.get_truecolor(theme))
                if style.reverse:
                    fore, back = back, fore
                if style.dim:
                    fore = tuple((f + b) // 2 for f, b in zip(fore, back, strict=True))
                weight = bold if style.bold else regular
                underline = bool(style.underline)
            for character in segment.text:
                cells = cell_len(character)
                left, top = x * CELL[0], y * CELL[1]
                if not cells:
                    continue
                box = (left, top, left + cells * CELL[0] - 1, top + CELL[1] - 1)
                draw.rectangle(box, fill=back)
                if cells == 1 and weight.getlength(character) > CELL[0] + 1:
                    image.paste(_squeezed(character, weight, fore, back), (left, top))
                else:
                    draw.text((left, top - 2), character, font=weight, fill=fore)
                if underline:
                    draw.line((left, box[3] - 1, box[2], box[3] - 1), fill=fore)
                x += cells
    image.save(target, optimize=True)
