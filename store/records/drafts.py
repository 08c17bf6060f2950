"""What the desk returns about words that were typed and not saved."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Draft:
    """Unsaved words of one editor.

    `key` names the editor: `card:P000123`, `card:new:person`, `interaction:new:P000123`,
    `todo:new`. `content` is what the editor gave, as JSON brings it back.
    """

    key: str
    content: dict[str, Any]
    kept_at: datetime
    """Aware, in UTC."""
