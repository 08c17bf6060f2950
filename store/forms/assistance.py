"""What a form says while somebody types: choices that fit, and how a day was understood."""

from collections.abc import Sequence
from datetime import date

from store.errors import BadValue
from store.forms import listing
from store.forms.choosing import SEPARATORS, between, matching
from store.forms.declaration import Field
from store.forms.tidy import folded
from store.language import _

BIRTHS = frozenset({"birth", "birth_solar", "birth_lunar"})
"""Fields of a day on which somebody was born; others tell neither ages nor signs."""


def offered(field: Field, typed: str, known: Sequence[str] = ()) -> list[str]:
    """What to offer to somebody who has typed this much, the best first.

    Args:
        field: the field he is in.
        typed: the word he is at; all is offered for a blank.
        known: free words that were used here before.
    """
    if field.type == "yes_no":
        return _matching_words([_("Yes"), _("No")], typed)
    titles = [choice.title for choice in matching(field.offered, typed)]
    return list(dict.fromkeys([*titles, *_matching_words(known, typed)]))


def explained(field: Field, title: str) -> str:
    """What the choice of this title means; "" where nothing was declared."""
    return next((choice.explanation for choice in field.choices if choice.title == title), "")


def understood(field: Field, value: object, today: date) -> str:
    """How a day was understood, in a sentence; "" for what is no single day."""
    if not isinstance(value, str):
        return ""
    if field.type == "date":
        from store.calendar_words import weekday

        return f"{value} {weekday(date.fromisoformat(value).weekday())}"
    if field.type == "repeat":
        from store.repeat_words import understood as repeat_understood

        return repeat_understood(value, today)
    if field.type != "occasion":
        return ""
    from store.describing_dates import describe
    from store.lunar import YearlyDate

    try:
        return describe(YearlyDate.parse(value), today).sentence(field.key in BIRTHS)
    except BadValue:
        return ""


def _matching_words(words: Sequence[str], typed: str) -> list[str]:
    from store import pinyin

    wanted = folded(typed)
    if not wanted:
        return list(words)
    begun = [word for word in words if folded(word).startswith(wanted)]
    inside = [word for word in words if wanted in folded(word) or pinyin.matches(typed, word)]
    return list(dict.fromkeys([*begun, *inside]))


def last_word(text: str) -> str:
    """The word somebody is at who types several, separated as `SeveralChoices` reads them."""
    return listing.at_end(text, SEPARATORS)[1]


def with_word(text: str, title: str) -> str:
    """The text with this title in the place of its last word, ready for a further one."""
    return listing.at_end(text, SEPARATORS)[0] + listing.escape(title, SEPARATORS) + between()


def words_of(text: str) -> list[str]:
    """The words of a text that holds several."""
    return [listing.unescape(part, SEPARATORS) for part in listing.split(text, SEPARATORS)]


def toggled(text: str, title: str) -> str:
    """The text with this title added or, where it was there, taken out; its last word is dropped.

    The last word was only typed to find the title.
    """
    words = words_of(listing.at_end(text, SEPARATORS)[0])
    words = [word for word in words if word != title] if title in words else [*words, title]
    return "".join(listing.escape(word, SEPARATORS) + between() for word in words)
