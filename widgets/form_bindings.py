"""The keys of a form."""

from textual.binding import Binding, BindingType

from store.language import N_

FORM_BINDINGS: list[BindingType] = [
    # Priority: a key must not overtake, or be overtaken by, what was typed before it.
    Binding("tab", "go_on", N_("Next field"), show=False, priority=True),
    Binding("enter", "go_on(True)", N_("Next field"), show=False, priority=True),
    Binding("shift+tab", "go_back", N_("Previous field"), show=False, priority=True),
    Binding("down", "down", N_("Next field"), show=False, priority=True),
    Binding("up", "up", N_("Previous field"), show=False, priority=True),
    Binding("right", "open_row", N_("Open the row"), show=False, priority=True),
    Binding("escape", "leave_row", N_("Leave the row"), show=False, priority=True),
    Binding("ctrl+n", "new_row", N_("One more row"), show=False, priority=True, id="rows.new"),
    Binding(
        "delete,backspace,ctrl+d",
        "row('take_away')",
        N_("Take the row away"),
        key_display="Del",
        priority=True,
        id="rows.take_away",
    ),
    Binding("ctrl+z", "row('bring_back')", N_("Bring the row back"), priority=True, id="rows.back"),
    Binding(
        "alt+up,ctrl+up",
        "row('shift', -1)",
        N_("Move the row up"),
        show=False,
        priority=True,
        id="rows.up",
    ),
    Binding(
        "alt+down,ctrl+down",
        "row('shift', 1)",
        N_("Move the row down"),
        show=False,
        priority=True,
        id="rows.down",
    ),
    Binding("pagedown", "section(1)", N_("Next section"), key_display="PgDn", priority=True),
    Binding("pageup", "section(-1)", N_("Previous section"), show=False, priority=True),
]
"""All have priority: none may overtake, or be overtaken by, what was typed before it."""
