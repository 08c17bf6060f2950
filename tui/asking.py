"""A question on the plain terminal, answered with yes or no."""

from widgets.cell_width import tidy

YES = frozenset({"y", "yes", "是", "好", "对", "ｙ"})
"""What means yes; everything else, and an end of the input, means no."""


def agreed(question: str) -> bool:
    """Ask, and wait for a line; True when it means yes."""
    try:
        return input(f"{tidy(question)} ").strip().lower() in YES
    except EOFError:
        print()
        return False
