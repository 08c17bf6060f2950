"""The looks of the program: light, dark, and one of the terminal's own sixteen colours.

The colours of the first two stand in the 256-colour palette as they are, so that nothing is
approximated over SSH. One accent, greys for the rest.
"""

from textual.theme import Theme

from store.language import N_

DEFAULT = "dark"
"""The theme where nothing says otherwise."""

TITLES = {
    "dark": N_("Dark"),
    "light": N_("Light"),
    "ansi": N_("16 colours"),
}
"""What the themes are called, message ids by name."""


def _theme(name: str, *, dark: bool, **colours: str) -> Theme:
    """A theme whose shades are given, so that none is computed outside of the palette."""
    return Theme(
        name=name,
        dark=dark,
        primary=colours["primary"],
        secondary=colours["muted"],
        accent=colours["accent"],
        foreground=colours["foreground"],
        background=colours["background"],
        surface=colours["surface"],
        panel=colours["panel"],
        boost=colours["surface"],
        warning=colours["warning"],
        error=colours["error"],
        success=colours["success"],
        variables={
            "text": colours["foreground"],
            "text-muted": colours["muted"],
            "text-disabled": colours["muted"],
            "text-primary": colours["primary"],
            "text-accent": colours["accent"],
            "text-warning": colours["warning"],
            "text-error": colours["error"],
            "text-success": colours["success"],
            "block-cursor-background": colours["cursor"],
            "block-cursor-foreground": colours["cursor_text"],
            "block-cursor-text-style": "none",
            "block-cursor-blurred-background": colours["waiting"],
            "block-cursor-blurred-foreground": colours["foreground"],
            "border": colours["accent"],
            "border-blurred": colours["panel"],
            "input-selection-background": colours["cursor"],
            "input-selection-foreground": colours["cursor_text"],
            "scrollbar": colours["handle"],
            "scrollbar-hover": colours["handle"],
            "scrollbar-active": colours["accent"],
            "scrollbar-background": colours["background"],
            "scrollbar-background-hover": colours["background"],
            "scrollbar-background-active": colours["background"],
            "footer-background": colours["panel"],
            "footer-key-foreground": colours["accent"],
            "footer-description-foreground": colours["foreground"],
        },
    )


THEMES = (
    _theme(
        "dark",
        dark=True,
        primary="#5fafaf",
        accent="#87d7d7",
        foreground="#d0d0d0",
        background="#1c1c1c",
        surface="#303030",
        panel="#262626",
        warning="#d7af5f",
        error="#ff8787",
        success="#87af87",
        muted="#949494",
        cursor="#005f5f",
        cursor_text="#ffffff",
        waiting="#303030",
        handle="#4e4e4e",
    ),
    _theme(
        "light",
        dark=False,
        primary="#005f87",
        accent="#005f87",
        foreground="#262626",
        background="#ffffff",
        surface="#eeeeee",
        panel="#eeeeee",
        warning="#875f00",
        error="#af0000",
        success="#005f00",
        muted="#6c6c6c",
        cursor="#afd7d7",
        cursor_text="#080808",
        waiting="#e4e4e4",
        handle="#bcbcbc",
    ),
    Theme(
        name="ansi",
        ansi=True,
        primary="ansi_cyan",
        secondary="ansi_cyan",
        accent="ansi_cyan",
        warning="ansi_yellow",
        error="ansi_red",
        success="ansi_green",
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        variables={
            "ansi-background": "ansi_black",
            "ansi-foreground": "ansi_white",
            "text-muted": "ansi_default",
            "text-disabled": "ansi_default",
            "text-accent": "ansi_cyan",
            "block-cursor-background": "ansi_cyan",
            "block-cursor-foreground": "ansi_black",
            "block-cursor-text-style": "none",
            "block-cursor-blurred-text-style": "underline",
            "border": "ansi_cyan",
            "border-blurred": "ansi_default",
            "scrollbar": "ansi_cyan",
            "scrollbar-background": "ansi_default",
            "footer-key-foreground": "ansi_cyan",
            "input-selection-background": "ansi_cyan",
            "input-selection-foreground": "ansi_black",
        },
    ),
)
"""The themes, to be registered with the app."""
