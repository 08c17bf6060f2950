"""What the command palette offers: the keys of the screen, the sections, what the app can do."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from store import pinyin
from widgets.keys import name_of_key

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from screens.base import BaseScreen

UNLISTED = ("command_palette", "back", "help_quit", "section")
"""Actions that are no commands: they lead back, or are offered by another name."""


class Command(NamedTuple):
    """Something that can be done now."""

    title: str
    """In the language spoken now."""
    keys: str
    """The names of its keys, for people; "" where it has none."""
    run: Callable[[], Awaitable[object] | object]


def commands_of(screen: BaseScreen[Any]) -> list[Command]:
    """What can be done on a screen, in the order of its keys; then what the app can do anywhere."""
    found: dict[str, Command] = {}
    active = screen.active_bindings.values()
    for each in sorted(active, key=lambda each: not each.binding.show):
        binding = each.binding
        name = binding.action.rpartition(".")[2].partition("(")[0]
        hidden = not binding.show and (binding.id is None or each.node is screen.focused)
        if hidden or not binding.description or not each.enabled or name in UNLISTED:
            continue
        keys = binding.key_display or name_of_key(binding.key)
        run = partial(screen.app.run_action, binding.action, each.node)
        found.setdefault(binding.description, Command(binding.description, keys, run))
    for command in screen.app.get_system_commands(screen):
        found.setdefault(command.title, Command(command.title, command.help, command.callback))
    return list(found.values())


def matching(commands: Iterable[Command], text: str) -> list[Command]:
    """The commands that a text means, by characters, pinyin or initials."""
    text = text.strip()
    return [each for each in commands if not text or pinyin.matches(text, each.title)]
