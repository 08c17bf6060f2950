"""Tables of keys, made from the bindings themselves, so that they cannot be out of date."""

from collections.abc import Iterable
from typing import NamedTuple

from textual.binding import ActiveBinding, Binding
from textual.dom import DOMNode

from store.language import _
from widgets.keys import name_of_key


class KeyLine(NamedTuple):
    """What keys do."""

    keys: tuple[str, ...]
    """Their names for people."""
    description: str
    """In the language spoken now."""


def key_lines(bindings: Iterable[Binding]) -> list[KeyLine]:
    """One line for each thing that is done, with all its keys; what has no description is left out.

    Bindings that are shown with one name for several keys, such as `A-E 1 2`, make one line, and
    that name stands for the others. Keys with Super are left out: no terminal sends them.
    """
    names: dict[str, dict[str, None]] = {}
    together: set[str] = set()
    for binding in bindings:
        if binding.description and not binding.key.startswith("super+"):
            does = _(binding.description)
            name = binding.key_display or name_of_key(binding.key)
            if does not in together:
                names.setdefault(does, {})[name] = None
            if " " in name:
                together.add(does)
    return [KeyLine(tuple(keys), description) for description, keys in names.items()]


def bindings_of(kind: type[DOMNode], above: type[DOMNode] = DOMNode) -> list[Binding]:
    """The bindings of a class and those it inherits, but for what `above` has already."""
    found: dict[str, Binding] = {}
    for each in reversed(kind.__mro__):
        if issubclass(each, DOMNode) and not issubclass(above, each):
            own = each.__dict__.get("BINDINGS", ())
            found.update({binding.key: binding for binding in Binding.make_bindings(own)})
    return list(found.values())


def active_lines(active: Iterable[ActiveBinding], *, of_app: bool) -> list[KeyLine]:
    """What the active keys do that belong to the app, or those that do not.

    Those that the footer would show come first: they are what a screen is for.
    """
    wanted = [each for each in active if (each.node is each.node.app) is of_app]
    wanted.sort(key=lambda each: not each.binding.show)
    return key_lines(each.binding for each in wanted)
