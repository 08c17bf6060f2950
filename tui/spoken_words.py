"""The words of the command line as text.

Where Python cannot read the bytes of a word by the locale, it hands them over as half characters,
which no database takes and which must not be lost without a word.
"""

import os
from collections.abc import Iterable

from store.errors import BadInput
from store.language import N_

NOT_UTF8 = N_("“{text}” is not written in UTF-8.")

LONGEST_SHOWN = 60
"""Characters of such a word that are shown."""

FILE_COMMANDS = frozenset({"import", "export", "backup", "restore"})
"""Commands whose words name files, which may be called by any bytes."""


def readable(words: Iterable[str]) -> list[str]:
    """The words, with UTF-8 read where the locale knows only ASCII.

    Raises:
        BadInput: one of them is in another encoding.
    """
    return [word if is_text(word) else _read(word) for word in words]


def is_text(word: str) -> bool:
    """Whether a word has no half characters."""
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read(word: str) -> str:
    try:
        return os.fsencode(word).decode()
    except UnicodeError as error:
        raise BadInput(NOT_UTF8, text=word[:LONGEST_SHOWN]) from error
