"""The keys of a window, told in a line of its own: a window has no footer."""

from collections.abc import Iterable

from textual.content import Content

from widgets.keys import name_of_key


def told_keys(hints: Iterable[tuple[str, str]]) -> Content:
    """One line of keys, each with what it does.

    Args:
        hints: keys as bindings name them, with texts in the language spoken now.
    """
    return Content("  ").join(
        Content.styled(name_of_key(key), "$text-accent") + f" {text}" for key, text in hints
    )
