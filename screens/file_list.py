"""Files to choose from, as a list below the line in which their path is typed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from store.language import N_, _
from widgets.columns import Column
from widgets.row_pages import Row

if TYPE_CHECKING:
    from store.clock import Clock

READABLE = (".csv", ".tsv", ".txt", ".xlsx", ".vcf", ".json")
"""Endings of files that an import reads."""

MOST = 1000
"""Entries of a folder that are listed."""

COLUMNS = (
    Column("name", N_("File"), 40, least=20, share=1, sortable=False),
    Column("size", N_("Size"), 9, align="right", sortable=False),
    Column("changed", N_("Changed"), 16, least=10, sortable=False),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or folder."""

    path: Path
    is_folder: bool
    size: int
    """Bytes."""
    changed: float
    """Seconds since 1970."""


def start_folder() -> str:
    """Where one begins to look: where browsers put files, else at home; ends with a slash."""
    for name in ("~/Downloads", "~/下载", "~"):
        if Path(name).expanduser().is_dir():
            return f"{name}/"
    return "./"


def meant(text: str) -> str:
    """The path that is meant where one was typed or pasted behind another.

    The line begins with a folder, and people paste behind it: what begins anew with `/` or `~/`
    counts. Terminals paste a file that is dragged into them in quotes, or with backslashes before
    spaces.
    """
    line = text.strip()
    quote = line[-1:]
    if quote in ("'", '"') and line.count(quote) > 1:
        line = line[line.rindex(quote, 0, -1) + 1 : -1]
    elif "\\ " in line:
        line = line.replace("\\ ", " ")
    line = line.replace("file:///", "//")
    start = max(line.rfind("//"), line.rfind("/~/"))
    return line[start + 1 :] if start >= 0 else line


def parted(text: str) -> tuple[Path, str]:
    """The folder that a typed path lies in, and the beginning of a name in it."""
    folder, slash, name = meant(text).rpartition("/")
    return Path(folder + slash or ".").expanduser(), name


def entries(text: str, endings: Sequence[str] = READABLE) -> list[Entry]:
    """What fits a typed path: folders, and files with one of these endings; folders first.

    Empty where the folder cannot be read.
    """
    folder, beginning = parted(text)
    found: list[Entry] = []
    try:
        with os.scandir(folder) as listed:
            for one in listed:
                hidden = one.name.startswith(".") and not beginning.startswith(".")
                if hidden or not one.name.casefold().startswith(beginning.casefold()):
                    continue
                try:
                    is_folder, stat = one.is_dir(), one.stat()
                except OSError:
                    continue
                if is_folder or one.name.casefold().endswith(tuple(endings)):
                    path = folder / one.name
                    found.append(Entry(path, is_folder, stat.st_size, stat.st_mtime))
                if len(found) == MOST:
                    break
    except OSError:
        return []
    return sorted(found, key=lambda entry: (not entry.is_folder, entry.path.name.casefold()))


def completed(text: str, fitting: Sequence[Entry]) -> str:
    """A typed path, longer by what all fitting entries have in common."""
    _folder, beginning = parted(text)
    names = [entry.path.name for entry in fitting]
    if not names:
        return text
    common = names[0]
    while not all(name.casefold().startswith(common.casefold()) for name in names):
        common = common[:-1]
    name = common if len(common) > len(beginning) else beginning
    whole = meant(text).removesuffix(beginning) + name
    return f"{whole}/" if len(fitting) == 1 and fitting[0].is_folder else whole


def shown(path: Path) -> str:
    """A path as people type it: the home folder as ~."""
    home = Path.home()
    inside = path.is_relative_to(home) and home != Path("/")
    return f"~/{path.relative_to(home)}" if inside else str(path)


def entry_row(entry: Entry, clock: Clock) -> Row:
    """An entry as a row."""
    changed = datetime.fromtimestamp(entry.changed, clock.zone)
    name = f"{entry.path.name}/" if entry.is_folder else entry.path.name
    size = "" if entry.is_folder else size_text(entry.size)
    return Row(str(entry.path), (name, size, f"{changed:%Y-%m-%d %H:%M}"))


def size_text(size: int) -> str:
    """How large a file is, for people."""
    if size < 1000:
        return _("{count} bytes").format(count=size)
    return f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
