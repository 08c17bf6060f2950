"""The configuration: TOML files and `SHUKE_*` variables; the program never writes any.

These are an installation's defaults. What a member chooses in the settings is kept in the box
and goes before them.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from store.errors import BadInput, StoreError
from store.language import N_, _
from store.system_words import reason_of
from tui import places

PREFIX = "SHUKE_"
"""What the variables begin with."""

UNKNOWN_KEY = N_("{file}, line {line}: there is no key “{key}”.")
UNKNOWN_VARIABLE = N_("The variable {key} means nothing to this program.")
WRONG_VALUE = N_("{where}: {problem}")
NOT_TOML = N_("{file} is not TOML: {reason}.")
UNREADABLE = N_("{file} cannot be read: {reason}.")
LINE = N_("{file}, line {line}")


class Held(NamedTuple):
    """A value that holds, and where it was said: a file with its line, or a variable."""

    value: Any
    file: Path | None
    """The file, or None for a variable."""
    place: str
    """The line of the file, or the variable's name."""

    @property
    def where(self) -> str:
        """The place for people, in the language spoken now."""
        return self.place if self.file is None else _(LINE).format(file=self.file, line=self.place)


class Configuration:
    """What is configured, and what is wrong with it."""

    def __init__(self) -> None:
        self.held: dict[str, Held] = {}
        """By dotted key; a key that nobody set is absent."""
        self.unknown: list[StoreError] = []
        """One sentence for each key that does not exist."""
        self.wrong: list[StoreError] = []
        """What could not be read, and values that cannot be."""

    def get(self, key: str) -> Any:
        """The value of a key; None where nobody set it."""
        return self.held[key].value if key in self.held else None

    def values(self) -> dict[str, Any]:
        """All that is set, by dotted key: the defaults of a box's settings."""
        return {key: held.value for key, held in self.held.items()}

    def check(self) -> None:
        """Raise the first thing that is wrong: a box is not opened on half a configuration.

        Raises:
            BadInput: a file cannot be read, or a value is none.
        """
        for error in self.wrong:
            raise error


def read_configuration(
    environment: Mapping[str, str] | None = None, files: Sequence[Path] | None = None
) -> Configuration:
    """What the files and variables say; later files go before earlier ones, variables before all.

    Args:
        environment: the process's own where None.
        files: the computer's and the user's where None; those that do not exist are skipped.
    """
    environment = os.environ if environment is None else environment
    files = (places.SYSTEM_CONFIG, places.user_config()) if files is None else files
    configuration = Configuration()
    for file in files:
        if file.is_file():
            _read_file(configuration, file)
    _read_variables(configuration, environment)
    return configuration


def _read_file(configuration: Configuration, file: Path) -> None:
    import tomllib

    try:
        text = file.read_text(encoding="utf-8-sig")
        table = tomllib.loads(text)
    except OSError as error:
        configuration.wrong.append(BadInput(UNREADABLE, file=file, reason=reason_of(error)))
        return
    except ValueError as error:  # what tomllib and the UTF-8 decoder raise
        configuration.wrong.append(BadInput(NOT_TOML, file=file, reason=error))
        return
    from tui.config_keys import KEYS, flattened

    tables = {name for name, key in KEYS.items() if key.kind == "table"}
    found = {name: table.pop(name) for name in tables & table.keys()}
    for name, value in [*found.items(), *flattened(table)]:
        line = line_of(text, name)
        if name not in KEYS:
            configuration.unknown.append(BadInput(UNKNOWN_KEY, file=file, line=line, key=name))
        else:
            _hold(configuration, name, value, file, str(line))


def _read_variables(configuration: Configuration, environment: Mapping[str, str]) -> None:
    named = {name: text for name, text in environment.items() if name.startswith(PREFIX) and text}
    if not named:
        return
    from tui.config_keys import KEYS

    keys = {key.variable: key.name for key in KEYS.values() if key.variable}
    for variable, text in sorted(named.items()):
        if variable in keys:
            _hold(configuration, keys[variable], text, None, variable)
        else:
            configuration.unknown.append(BadInput(UNKNOWN_VARIABLE, key=variable))


def _hold(
    configuration: Configuration, name: str, value: object, file: Path | None, place: str
) -> None:
    from tui.config_keys import KEYS

    held = Held(value, file, place)
    try:
        configuration.held[name] = Held(KEYS[name].checked(value), file, place)
    except BadInput as error:
        configuration.wrong.append(WrongSetting(held, error))


class WrongSetting(BadInput):
    """A value that a key cannot have, with the place where it stands."""

    def __init__(self, held: Held, problem: BadInput) -> None:
        super().__init__(WRONG_VALUE, problem=problem)
        self.held = held

    def __str__(self) -> str:
        return _(WRONG_VALUE).format(where=self.held.where, problem=self.values["problem"])


def line_of(text: str, name: str) -> int:
    """The line, from 1, in which a TOML text sets a dotted key; 1 where it is not seen.

    tomllib gives no places. A line counts that sets the key within its table, or that opens a
    table of its name.
    """
    import re

    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line)
        if header:
            table = _plain_name(header[1]) + "."
            if table == name + ".":
                return number
            continue
        setting = re.match(r"\s*([^#=\"'\s]+|\"[^\"]*\"|'[^']*')\s*=", line)
        if setting and (table + _plain_name(setting[1])) in (name, name.partition(".")[0]):
            return number
    return 1


def _plain_name(written: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in written.split("."))
