"""The language and colours of the last time, so that the first frame has them already.

The member's settings are in the box, which is opened behind the first frame. What is remembered
here is only a guess at them, and losing it costs a flicker.
"""

from pathlib import Path
from typing import NamedTuple

from tui import places


def look_file() -> Path:
    """Where looks are remembered: beside the log."""
    return places.log_file().with_name("looks.txt")


class Look(NamedTuple):
    """What the first frame needs to know; "" for what is not known."""

    language: str = ""
    theme: str = ""


def remembered(who: str, file: Path | None = None) -> Look:
    """How it looked for a member the last time.

    Args:
        who: names the box and the member.
        file: where looks are remembered; the usual place where None.
    """
    return _read(file or look_file()).get(who, Look())


def remember(who: str, look: Look, file: Path | None = None) -> None:
    """Remember how it looks for a member; where that cannot be written, the next time flickers."""
    file = file or look_file()
    looks = _read(file)
    if looks.get(who) == look or not who.isprintable():
        return
    lines = [f"{look.language}\t{look.theme}\t{who}" for who, look in {**looks, who: look}.items()]
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = file.with_suffix(".new")
        beside.write_text("\n".join(lines) + "\n", encoding="utf-8")
        beside.replace(file)
    except OSError:
        return


def _read(file: Path) -> dict[str, Look]:
    """The looks by whose they are; a line is the language, the theme and who, with tabs between."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return {}
    parts = [line.split("\t", 2) for line in lines]
    return {line[2]: Look(line[0], line[1]) for line in parts if len(line) == 3}
