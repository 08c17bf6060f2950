"""Alt and a key, or Esc and a key: a terminal sends the same bytes for both."""

from __future__ import annotations

from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.events import Event, Key
from textual.keys import _character_to_key

ESCAPE = "\x1b"

_GO_ON = "[OPX^_]"
"""What begins a longer sequence behind an Escape: CSI, SS3 and the strings of ECMA-48."""

_BY_WORD = "bf"
"""Letters that terminals send behind an Escape for Alt and an arrow."""


class AltKey(Key):
    """A character that came in one piece with an Escape; it is no text.

    Args:
        character: what came behind the Escape, one printable character.
    """

    def __init__(self, character: str) -> None:
        name = _character_to_key(character)
        upper = len(name) == 1 and name.isupper()
        super().__init__(f"alt+shift+{name.lower()}" if upper else f"alt+{name}", None)
        self.plain = character

    @property
    def may_be_two(self) -> bool:
        """Whether it may have been Esc and a key; with a digit it is always Alt."""
        return not (self.plain.isascii() and self.plain.isdigit())

    def copy(self) -> Key:
        """The key as any other, which widgets listen for."""
        return Key(self.key, None)

    def apart(self) -> tuple[Key, Key]:
        """The two keys that it may have been."""
        return Key("escape", ESCAPE), Key(_character_to_key(self.plain), self.plain)


class AltKeyParser(XTermParser):
    """Reads Alt and a key as such.

    Textual reads Alt and a digit as what a Mac types with them (`¢`), and drops the Escape before
    other signs.
    """

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        first, behind = sequence[:1], sequence[1:]
        behind_escape = first == ESCAPE and len(behind) == 1 and behind.isprintable()
        if behind_escape and behind not in _GO_ON and behind not in _BY_WORD:
            yield AltKey(behind)
        else:
            yield from super()._sequence_to_key_events(sequence, alt)


class AltKeys(App[int]):
    """An app that takes Alt and a key for Esc and the key where nothing is bound to the one.

    Over a slow line Esc and the key after it come in one piece.
    """

    async def on_event(self, event: Event) -> None:
        """Take apart what nobody waits for."""
        if not isinstance(event, AltKey):
            await super().on_event(event)
            return
        is_one = not event.may_be_two or event.key in self.screen.active_bindings
        for key in (event.copy(),) if is_one else event.apart():
            if (sender := event._sender) is not None:
                key.set_sender(sender)
            await super().on_event(key)
