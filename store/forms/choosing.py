"""Field types for choices: choice, choices, yes_no."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from store import language
from store.errors import BadValue
from store.forms import listing
from store.forms.declaration import Choice, Field, FieldType, Value
from store.forms.texts import as_text
from store.forms.tidy import folded, one_line
from store.language import N_, _

SEPARATORS = listing.COMMAS + listing.SEMICOLONS
"""What stands between several choices."""

_YES = frozenset(
    [
        "是",
        "对",
        "有",
        "真",
        "可",
        "可以",
        "愿意",
        "接受",
        "介意",
        "会",
        "喝",
        "抽",
        "已",
        "√",
        "✓",
        "✔",
        "y",
        "yes",
        "true",
        "t",
        "1",
        "on",
        "shi",
    ]
)
_NO = frozenset(
    [
        "否",
        "不",
        "不是",
        "无",
        "没有",
        "没",
        "非",
        "假",
        "不可",
        "不可以",
        "不愿",
        "不愿意",
        "不接受",
        "不介意",
        "不会",
        "不喝",
        "不抽",
        "从不",
        "未",
        "×",
        "✗",
        "✘",
        "x",
    ]
) | {*["n", "no", "false", "f", "0", "off", "fou"]}


class OneChoice(FieldType):
    """One of the declared choices; free words where the field allows them."""

    def read(self, field: Field, text: str, today: date | None) -> Value | None:
        """A value, a label of either language, its beginning, or its pinyin."""
        line = one_line(text)
        return chosen(field, line) if line else None

    def check(self, field: Field, value: object) -> Value | None:
        """The value of a choice, or free words where welcome."""
        line = one_line(as_text(value))
        return _kept(field, line) if line else None

    def plain(self, field: Field, value: object) -> str:
        """The label, which `read` takes in either language."""
        choice = field.choice(value)
        return choice.title if choice else str(value)


class SeveralChoices(FieldType):
    """Any number of choices or, where allowed, free words, in the order given."""

    def read(self, field: Field, text: str, today: date | None) -> Value | None:
        """As one choice, several of them between commas, 、 or semicolons."""
        parts = listing.split(text, SEPARATORS)
        lines = (one_line(listing.unescape(part, SEPARATORS)) for part in parts)
        return _once(chosen(field, line) for line in lines if line) or None

    def check(self, field: Field, value: object) -> Value | None:
        """A list of values; a single one may stand for its list."""
        if value is None:
            return None
        words = [value] if isinstance(value, str) else value
        if not isinstance(words, list):
            raise BadValue(N_("This should be a list of words."))
        lines = (one_line(as_text(word)) for word in words)
        return _once(_kept(field, line) for line in lines if line) or None

    def show(self, field: Field, value: object) -> str:
        """The labels one after another."""
        return between().join(_titles(field, value))

    def plain(self, field: Field, value: object) -> str:
        """The labels one after another; a comma within one gets a backslash."""
        return between().join(listing.escape(title, SEPARATORS) for title in _titles(field, value))


class YesNo(FieldType):
    """Yes or no; blank means that nobody knows."""

    def read(self, field: Field, text: str, today: date | None) -> Value | None:
        """是 or 否 and what else means the same, in both languages."""
        word = folded(text)
        if not word:
            return None
        if word in _YES or word == folded(_("Yes")):
            return True
        if word in _NO or word == folded(_("No")):
            return False
        raise BadValue(N_("Yes or no? “{text}” is neither."), text=one_line(text))

    def check(self, field: Field, value: object) -> Value | None:
        """true or false."""
        if value is None or isinstance(value, bool):
            return value
        raise BadValue(N_("This should be true or false."))

    def plain(self, field: Field, value: object) -> str:
        """The word for it."""
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        return str(value)


def between() -> str:
    """What several choices are written with, in the language spoken now."""
    return "、" if language.current() == "zh" else ", "


def matching(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """The choices that somebody may mean who has typed this much, the best first.

    A value, a label in either language from its beginning, then a part of one, then pinyin or its
    initials. Everything, in the declared order, for a blank.
    """
    from store import pinyin

    wanted = folded(typed)
    if not wanted:
        return list(choices)
    names = [(choice, [folded(name) for name in _names(choice)]) for choice in choices]
    exact = [choice for choice, spelled in names if wanted in spelled]
    begun = [choice for choice, spelled in names if any(n.startswith(wanted) for n in spelled)]
    inside = [choice for choice, spelled in names if any(wanted in n for n in spelled)]
    sounding = [choice for choice in choices if pinyin.matches(typed, choice.label["zh"])]
    return list(dict.fromkeys([*exact, *begun, *inside, *sounding]))


def chosen(field: Field, line: str) -> str:
    """What is kept for a tidy line that names a choice; raises `BadValue`.

    Free words, where welcome, are kept as they are unless they spell a choice out: a part of a
    label, or pinyin, might be a word of its own.
    """
    exact = _exact(field, line)
    if exact is not None:
        return exact.value
    if field.other:
        return line
    found = matching(field.offered, line)
    if len(found) == 1:
        return found[0].value
    if found:
        raise BadValue(N_("“{text}” fits several: {choices}."), text=line, choices=_listed(found))
    raise BadValue(N_("“{text}” is none of: {choices}."), text=line, choices=_listed(field.offered))


def _kept(field: Field, line: str) -> str:
    exact = _exact(field, line)
    if exact is not None:
        return exact.value
    if field.other:
        return line
    raise BadValue(N_("“{text}” is none of: {choices}."), text=line, choices=_listed(field.offered))


def _exact(field: Field, line: str) -> Choice | None:
    return _spellings(field).get(folded(line))


@cache
def _spellings(field: Field) -> dict[str, Choice]:
    """Every name of every choice; a form has few fields, an import asks for each row."""
    return {folded(name): choice for choice in field.choices for name in _names(choice)}


def _names(choice: Choice) -> list[str]:
    spaced = choice.value.replace("_", " ")
    return [choice.value, spaced, *choice.label.values(), *choice.short.values()]


def _listed(choices: Sequence[Choice], at_most: int = 8) -> str:
    titles = [choice.title for choice in choices[:at_most]]
    return language.listed(titles) + (" …" if len(choices) > at_most else "")


def _titles(field: Field, value: object) -> list[str]:
    words = value if isinstance(value, list) else [value]
    choices = ((field.choice(word), word) for word in words)
    return [choice.title if choice else str(word) for choice, word in choices]


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
