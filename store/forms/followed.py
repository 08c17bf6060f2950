"""What the team of the open box declares about its forms; apart, since a search reads no form."""

FORMS_KEY = "forms"
"""The setting of the box that holds it."""

kept = ""
"""As the box keeps it (`store.forms.team_forms`); "" for nothing."""


def follow(text: str) -> None:
    """Let the forms be those of another box, or of a box whose team changed them.

    Args:
        text: what the team declares, as the box keeps it; "" for nothing.
    """
    global kept
    if text != kept:
        kept = text
