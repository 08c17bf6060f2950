"""Text in terminal cells for commands, which start without Rich and Textual."""

from unicodedata import category, east_asian_width

ELLIPSIS = "…"
"""What stands for the part that was cut off; one cell."""


def tidy(text: str) -> str:
    """The text on one line, with nothing in it that moves a cursor or turns the direction.

    What was typed on a command line, or stands in a file, is cleaned like what is stored.
    """
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else " " if character.isspace() else ""
        for character in text
    )


def width_of(text: str) -> int:
    """The number of cells of tidied text: two for a Chinese character, none for an accent."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


def _cells(character: str) -> int:
    if character.isascii():
        return 1
    if east_asian_width(character) in "WF":
        return 2
    return 0 if category(character) in ("Mn", "Me", "Cf") else 1


def cut(text: str, width: int) -> str:
    """Tidied text in at most `width` cells, with an ellipsis where something is left out."""
    if width_of(text) <= width:
        return text
    if width < 1:
        return ""
    return beginning(text, width - 1).rstrip() + ELLIPSIS


def beginning(text: str, width: int) -> str:
    """As much of tidied text as fits into `width` cells."""
    for place, character in enumerate(text):
        width -= _cells(character)
        if width < 0:
            return text[:place]
    return text


def padded(text: str, width: int) -> str:
    """Tidied text in exactly `width` cells."""
    text = cut(text, width)
    return text + " " * (width - width_of(text))
