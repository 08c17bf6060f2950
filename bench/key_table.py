"""The page of all keys, docs/keys.md, from the bindings themselves.

python -m bench.key_table            write it
python -m bench.key_table --check    only say whether it is as it should be
"""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from textual.binding import Binding
from textual.dom import DOMNode

from screens.base import BaseScreen
from screens.briefing import Briefing
from screens.card_editor import CardEditor
from screens.card_sides import SIDES, Side
from screens.choose import Choose
from screens.form_screen import FormScreen
from screens.key_table import bindings_of, key_lines
from screens.line_entry import LineEntry
from screens.sections import SECTIONS, load
from screens.team_tabs import TABS
from store import language
from tui.app import ShukeApp
from widgets.card_form import CardForm
from widgets.keys import name_of_key
from widgets.quadrant_board import QuadrantBoard
from widgets.row_list import RowList

PAGE = Path(__file__).parent.parent / "docs" / "keys.md"

INTRODUCTION = """\
# Keys

<!-- Written by `python -m bench.key_table` from the bindings themselves. -->

Letters and digits are keys wherever no text field has the cursor; Esc leaves a text field. With a
Chinese input method left on, `、`, `／`, `？`, full-width letters and digits do what their half-width
twins do outside text fields.
"""

REMAPPING = """\
## Other keys for the same

Every key that has an id can be changed in the configuration (`shuke config` says where it is), or
in the box for one member. Use keys that are no letters for what must work inside text fields.

```toml
[keymap]
"cards.filter" = "f6"
log = "ctrl+l"
```

"""


def lines_of(title: str, bindings: list[Binding]) -> list[str]:
    """A section of the page."""
    lines = [f"## {title}", "", "| Keys | |", "|---|---|"]
    for line in key_lines(bindings):
        keys = " ".join(f"`{key}`" for key in line.keys)
        lines.append(f"| {keys} | {line.description} |")
    return [*lines, ""]


def ids_of(classes: list[type[DOMNode]]) -> list[str]:
    """All ids with their default keys."""
    found: dict[str, str] = {}
    for kind in classes:
        for binding in bindings_of(kind, DOMNode):
            if binding.id and not binding.id.startswith("ctrl"):
                known = found.get(binding.id, "")
                name = f"`{name_of_key(binding.key)}`"
                found[binding.id] = f"{known} {name}".strip() if name not in known else known
    return [f"| `{key}` | {keys} |" for key, keys in sorted(found.items())]


def side_class(side: Side) -> type[DOMNode]:
    """The widget of a side of the card."""
    found: type[DOMNode] = getattr(import_module(side.module), side.widget)
    return found


def page() -> str:
    """The whole page, in English."""
    language.use("en")
    sections = {each.title: load(each.module, each.screen) for each in SECTIONS}
    sections |= {f"Team: {each.title}": load(each.module, each.screen) for each in TABS[1:]}
    parts = [INTRODUCTION]
    app = bindings_of(ShukeApp)
    parts += lines_of("Sections", [each for each in app if (each.id or "").startswith("section")])
    rest = [each for each in app if not (each.id or "").startswith("section")]
    parts += lines_of("Everywhere", [*bindings_of(BaseScreen), *rest])
    parts += lines_of("In lists", bindings_of(RowList))
    for title, screen in sections.items():
        own = bindings_of(screen, BaseScreen)
        if screen is sections.get("To-do"):
            own += bindings_of(QuadrantBoard)
        parts += lines_of(title, own)
    parts += lines_of("A card", bindings_of(Briefing, BaseScreen))
    sides = {f"A card: {each.title}": side_class(each) for each in SIDES}
    for title, widget in sides.items():
        parts += lines_of(title, bindings_of(widget))
    parts += lines_of("Forms", [*bindings_of(CardForm), *bindings_of(CardEditor, BaseScreen)])
    parts += lines_of("One line", bindings_of(LineEntry, BaseScreen))
    parts += lines_of("Lists of choices", bindings_of(Choose, BaseScreen))
    parts.append(REMAPPING)
    parts += ["| id | usual keys |", "|---|---|"]
    everything = [ShukeApp, RowList, QuadrantBoard, Briefing, FormScreen, LineEntry, CardForm]
    parts += ids_of([*everything, *sides.values(), *sections.values()])
    return "\n".join(parts) + "\n"


def main() -> int:
    """Write the page, or compare it; 1 where it is out of date."""
    parser = argparse.ArgumentParser(prog="python -m bench.key_table", description=__doc__)
    parser.add_argument("--check", action="store_true")
    text = page()
    if parser.parse_args().check:
        return 0 if PAGE.read_text(encoding="utf-8") == text else 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
