"""The language of what people read: GNU gettext with English message ids.

Texts in class bodies are marked with `N_` and translated where they are shown, so that the
language can change while the program runs. Nothing is translated when a module is imported.
"""

import gettext
from collections.abc import Iterable
from pathlib import Path

LANGUAGES = ("zh", "en")
"""The languages the program speaks; the first one holds where nothing says otherwise."""

LOCALE = Path(__file__).with_name("locale")
"""Where the catalogues are: `LANGUAGE/LC_MESSAGES/shuke.mo`."""

_catalogues: dict[str, gettext.NullTranslations] = {}
_language = LANGUAGES[0]


ENUMERATED = {"zh": "、"}
"""What stands between the parts of an enumeration, where it is no comma."""


def use(language: str) -> None:
    """Speak this language from now on; one that is unknown leaves the present one."""
    global _language
    if language in LANGUAGES:
        _language = language


def current() -> str:
    """The language spoken now: `zh` or `en`."""
    return _language


def from_environment(value: str) -> str:
    """The language that a `LANG` value asks for; `zh` where it asks for none we speak."""
    return "en" if value.lower().startswith("en") else LANGUAGES[0]


def _catalogue() -> gettext.NullTranslations:
    catalogue = _catalogues.get(_language)
    if catalogue is None:
        catalogue = _catalogues[_language] = _read(LOCALE / _language / "LC_MESSAGES" / "shuke.mo")
    return catalogue


def _read(path: Path) -> gettext.NullTranslations:
    """The catalogue in a file, or an empty one: English needs none.

    Not by `gettext.translation`, which imports four more modules to look for a file.
    """
    if not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


def _(message: str) -> str:
    """The message in the language spoken now; a message without a translation stays English."""
    return _catalogue().gettext(message) if message else ""


def ngettext(singular: str, plural: str, count: int) -> str:
    """The message for a count in the language spoken now."""
    return _catalogue().ngettext(singular, plural, count)


def listed(parts: Iterable[str]) -> str:
    """Names or titles one after the other, as the language spoken now sets them."""
    return ENUMERATED.get(current(), ", ").join(parts)


def N_(message: str) -> str:
    """Mark a message for the catalogue; it is translated where it is shown."""
    return message
