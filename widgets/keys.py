"""Keys of an input method that was left on, and the names of keys for people."""

import unicodedata

from textual import events
from textual.app import App
from textual.keys import _character_to_key, format_key

from store.language import N_, _

_CHINESE = dict(zip("。、“”‘’【】《》￥·「」", './""' + "''[]<>$`{}", strict=True))
"""What a Chinese keyboard sends for a key that NFKC does not lead back to it."""

_NAMES = {
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "space": N_("Space"),
    "backspace": N_("Backspace"),
    "delete": N_("Delete"),
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "up": N_("Up"),
    "down": N_("Down"),
    "left": N_("Left"),
    "right": N_("Right"),
}
"""The names of keys that are not one character; marked ones are translated where shown."""

_MODIFIERS = {"ctrl": "Ctrl", "alt": "Alt", "shift": "Shift", "super": "Super"}


def half_width(character: str) -> str | None:
    """The ASCII character whose key was meant by a full-width or Chinese one, else None."""
    plain = _CHINESE.get(character) or unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 and plain != character and plain.isascii() else None


def name_of_key(key: str) -> str:
    """How a key is written for people: `ctrl+s` is Ctrl+S, `question_mark` is ?."""
    *modifiers, plain = key.split("+")
    shown = [_MODIFIERS.get(modifier, modifier) for modifier in modifiers]
    if plain in _NAMES:
        shown.append(_(_NAMES[plain]))
    elif modifiers or (plain[:1] == "f" and plain[1:].isdigit()):
        shown.append(format_key(plain).upper())
    else:
        shown.append(format_key(plain))
    return "+".join(shown)


class FullWidthKeys(App[int]):
    """An app whose keys work with the input method on: `／`, `、`, `？`, `ｊ`, `１`.

    Where a text field takes the character, it gets it as it was typed.
    """

    async def on_event(self, event: events.Event) -> None:
        """Take a full-width key for its half-width twin, unless it is text."""
        if isinstance(event, events.Key) and event.character and not event.is_forwarded:
            plain = half_width(event.character)
            focused = self.focused
            taken = focused and focused.check_consume_key(event.key, event.character)
            if plain and not taken:
                meant = events.Key(_character_to_key(plain), plain)
                if (sender := event._sender) is not None:
                    meant.set_sender(sender)
                event = meant
        await super().on_event(event)
