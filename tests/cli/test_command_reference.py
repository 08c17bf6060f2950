"""The reference says what the commands say."""

from bench.command_reference import JSON, PAGE, page
from tui.command_table import COMMANDS
from tui.config_keys import KEYS


def test_the_reference_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m bench.command_reference"


def test_every_command_with_json_has_its_keys() -> None:
    sections = page().split("\n## shuke ")[1:]
    with_json = {section.splitlines()[0] for section in sections if "--json" in section}
    assert with_json == set(JSON)
    assert len(sections) == len(COMMANDS)
    assert all(f"`{key.name}`" in sections[-1] for key in KEYS.values())
