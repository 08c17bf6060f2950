"""What a form keeps of words that are not saved yet, and how it reads them back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.forms.declaration import Values
    from store.records.drafts import Draft

LONGEST_SUMMARY = 80
"""Characters by which unsaved words are recognised in a list."""


def content_of(
    texts: Mapping[str, str], words: Mapping[str, str], base: Values, *, is_new: bool
) -> dict[str, Any]:
    """The content of a draft.

    Args:
        texts: what was typed, by key.
        words: the same as a person reads it.
        base: the values that the form opened with.
        is_new: nothing is stored yet, so that all of `base` has to be kept.
    """
    recognised = words.get("name", "").strip() or max(words.values(), key=len, default="")
    return {
        "line": " ".join(recognised.split())[:LONGEST_SUMMARY],
        "texts": dict(texts),
        "base": {key: base.get(key) for key in (base if is_new else texts)},
    }


def summary_of(draft: Draft) -> str:
    """A few words by which the draft is recognised."""
    return str(draft.content.get("line", ""))


def texts_of(draft: Draft) -> dict[str, str]:
    """What was typed, by key; what another version of the program wrote is left out."""
    texts = draft.content.get("texts")
    if not isinstance(texts, dict):
        return {}
    return {key: text for key, text in texts.items() if isinstance(text, str)}


def base_of(draft: Draft) -> dict[str, Any]:
    """The values over which it was typed, by key; None for a blank."""
    base = draft.content.get("base")
    return base if isinstance(base, dict) else {}
