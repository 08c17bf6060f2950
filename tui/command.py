"""What a module of `tui.commands` holds for each of its commands."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.arguments import Parser
    from tui.session import Session


class Command(NamedTuple):
    """A command: its arguments, and what it does with them."""

    declare: "Callable[[Parser], None]"
    """Adds the command's own arguments."""
    run: "Callable[[Session], int]"
    """Does it, and gives the exit status; what fails raises a `StoreError`."""
    begins: bool = False
    """Whether it makes sense with a box that is begun by it."""
