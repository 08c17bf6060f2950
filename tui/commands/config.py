"""`shuke config`: which settings hold, and why."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from store.errors import StoreError
from store.language import _
from tui import places
from tui.arguments import Parser
from tui.command import Command
from tui.config_keys import KEYS, Key
from tui.output import complain, say, write_json, write_table
from tui.session import Session

BAD_INPUT = 4
"""The exit status when something in the configuration is wrong."""


def declare(parser: Parser) -> None:
    """Arguments of `shuke config`."""
    parser.json_option()


def config(session: Session) -> int:
    """Show every key with its value and where that was said; name what is wrong."""
    configuration = session.configuration
    chosen = {} if configuration.wrong else _chosen_in_the_box(session)
    held = [_held(session, key, chosen) for key in KEYS.values()]
    if session.options.json:
        write_json([{"key": key, "value": value, "why": why} for key, value, why in held])
    else:
        write_table(
            [_("Setting"), _("Value"), _("Why"), _("What for")],
            [(key, _shown(value), why, _(KEYS[key].purpose)) for key, value, why in held],
        )
        say()
        say(_("Files that are read, the later before the earlier:"))
        for file in (places.SYSTEM_CONFIG, places.user_config()):
            there = "" if file.is_file() else _(" (not there)")
            say(f"  {file}{there}")
        say(_("Variables go before files: SHUKE_DATABASE, SHUKE_LANGUAGE and so on."))
    problems: list[StoreError] = [*configuration.unknown, *configuration.wrong]
    for problem in problems:
        complain(str(problem))
    return BAD_INPUT if problems else 0


def _held(session: Session, key: Key, chosen: Mapping[str, Any]) -> tuple[str, Any, str]:
    """A key, its value, and why it is this one."""
    options = session.options
    if key.name == "database" and options.demo:
        return key.name, session.url, "--demo"
    said = {"database": options.database, "member": options.acting, "language": options.lang}
    if said.get(key.name):
        option = {"database": "--database", "member": "--as", "language": "--lang"}[key.name]
        return key.name, said[key.name], option
    if key.name in chosen:
        return key.name, chosen[key.name], _("chosen in the settings")
    held = session.configuration.held.get(key.name)
    if held is not None:
        return key.name, held.value, held.where
    if key.name == "database":
        return key.name, session.url, _("the usual place")
    return key.name, key.built_in, _("built in") if key.built_in is not None else ""


def _chosen_in_the_box(session: Session) -> dict[str, Any]:
    """Settings that the member or the box has; none where there is no box yet."""
    from store.box_url import file_of

    if not Path(file_of(session.url)).exists():
        return {}
    desk = session.desk
    defaults = desk.store.defaults
    desk.store.defaults = {}
    try:
        return desk.settings.all()
    finally:
        desk.store.defaults = defaults


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name}={text}" for name, text in value.items())
    return "" if value is None else str(value)


COMMANDS = {"config": Command(declare, config)}
