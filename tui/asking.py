"""A question on the plain terminal, answered in a line."""

from widgets.cell_width import tidy

YES = frozenset({"y", "yes", "是", "好", "对", "ｙ"})
"""What means yes; everything else, and an end of the input, means no."""


def agreed(question: str) -> bool:
    """Ask, and wait for a line; True when it means yes."""
    return typed(question).lower() in YES


def typed(question: str) -> str:
    """Ask, and give the line that is typed; nothing at the end of the input."""
    try:
        return input(f"{tidy(question)} ").strip()
    except EOFError:
        print()
        return ""
