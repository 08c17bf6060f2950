"""Keys that edit a text, done before any key that was typed after them."""

from textual import events
from textual.widgets import Input, TextArea

EDITING = ("delete_", "cursor_left", "cursor_right", "cursor_line_", "home", "end")
"""How the actions begin that change a text or move within a line of it."""


async def edit_at_once(field: Input | TextArea, event: events.Key) -> None:
    """Do what an editing key does, if it is one, and let nobody else have it.

    Otherwise Textual lets such a key rise to the app first. A Backspace typed ahead of Enter, on a
    slow line, would then come after it and delete in the next field.

    Args:
        field: the field that has the cursor.
        event: the key.
    """
    if event.is_printable:
        return
    bindings = field._bindings.key_to_bindings.get(event.key, ())
    actions = [binding.action for binding in bindings]
    if actions and all(action.startswith(EDITING) for action in actions):
        event.stop()
        event.prevent_default()
        await field.run_action(actions[-1])
