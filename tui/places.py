"""Where the program keeps its files: what platformdirs says, without importing it where known.

On Linux the XDG Base Directory Specification is four lines, and importing platformdirs for it
would cost a quick command more than its query.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from platformdirs import PlatformDirs

NAME = "shuke"
"""The program's folder inside the platform's folders."""

SYSTEM_CONFIG = Path("/etc/shuke/config.toml")
"""Defaults of the whole computer."""

_XDG = {
    "data": ("XDG_DATA_HOME", ".local/share"),
    "config": ("XDG_CONFIG_HOME", ".config"),
    "state": ("XDG_STATE_HOME", ".local/state"),
}


def data_folder() -> Path:
    """Where the box is, unless another place is named."""
    return _linux("data") or Path(_platform().user_data_dir)


def user_config() -> Path:
    """The user's own configuration file; it need not exist."""
    return (_linux("config") or Path(_platform().user_config_dir)) / "config.toml"


def log_file() -> Path:
    """Where unexpected errors are noted."""
    state = _linux("state")
    return (state / "log" if state else Path(_platform().user_log_dir)) / "shuke.log"


def box_file() -> Path:
    """The box that is used where none is named."""
    return data_folder() / "box.sqlite"


def demo_file() -> Path:
    """The box of the sample team, beside the real one."""
    return data_folder() / "demo.sqlite"


def _linux(kind: str) -> Path | None:
    """The folder by the XDG rule; None on other systems."""
    if sys.platform != "linux":
        return None
    variable, usual = _XDG[kind]
    named = os.environ.get(variable, "").strip()
    base = Path(named) if named else Path("~").expanduser() / usual
    return base / NAME


def _platform() -> "PlatformDirs":
    from platformdirs import PlatformDirs

    return PlatformDirs(NAME, appauthor=False)
