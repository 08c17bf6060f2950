"""The language and colours of the last time, so that the first frame has them already.

The member's settings are in the box, which is opened behind the first frame. What is remembered
here is only a guess at them, and losing it costs a flicker.
"""

import json
from pathlib import Path
from typing import NamedTuple

from tui import places


def look_file() -> Path:
    """Where looks are remembered: beside the log."""
    return places.log_file().with_name("look.json")


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
    look = _read(file or look_file()).get(who)
    if not isinstance(look, list) or [type(each) for each in look] != [str, str]:
        return Look()
    return Look(*look)


def remember(who: str, look: Look, file: Path | None = None) -> None:
    """Remember how it looks for a member; where that cannot be written, the next time flickers."""
    file = file or look_file()
    looks = _read(file)
    if looks.get(who) == list(look):
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = file.with_suffix(".new")
        beside.write_text(json.dumps({**looks, who: look}, ensure_ascii=False), encoding="utf-8")
        beside.replace(file)
    except OSError:
        return


def _read(file: Path) -> dict[str, object]:
    try:
        looks = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return looks if isinstance(looks, dict) else {}
