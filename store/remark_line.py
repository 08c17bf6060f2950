"""`@name words`: a remark read from one line.

The name may be written in full, by a part of it, in pinyin or initials, or be a login; the `@`
may be left out. A Chinese name needs no blank behind it.
"""

from collections.abc import Sequence

from store import pinyin
from store.folding import fold, is_han
from store.forms.tidy import one_line
from store.language import N_, _, listed
from store.records.remarks import Colleague, RemarkLine

SIGNS = "@＠"
APART = " ，,：:、"
"""What may stand between the name and the words."""

TO = N_("To {name}")
WHOM = N_("To whom? {names}")
NOBODY = N_("Nobody here is called “{text}”")
NOBODY_ELSE = N_("Nobody else works here yet.")
WORDS = N_("and then what you want to say")

SHOWN = 6
"""Names that are offered."""


def read_remark_line(text: str, colleagues: Sequence[Colleague]) -> RemarkLine:
    """Whom a line addresses and what it says; never fails.

    Args:
        colleagues: who can be addressed.
    """
    rest = text.strip().lstrip(SIGNS).lstrip()
    named, said = _exactly(rest, colleagues)
    if named:
        return _line(named, said, rest[: len(rest) - len(said)])
    word, said = _first_word(rest)
    return _line(_meant(word, colleagues), said, word)


def completed(text: str, colleague: Colleague, colleagues: Sequence[Colleague]) -> str:
    """The line with a colleague's name in the place of what was typed of it.

    Where several have his name, it is his login that says who is meant.
    """
    line = read_remark_line(text, colleagues)
    alike = [each for each in colleagues if each.name == colleague.name]
    name = colleague.name if len(alike) == 1 else colleague.login
    return f"@{name} {line.text}"


def _line(meant: list[Colleague], said: str, written: str) -> RemarkLine:
    to = meant[0] if len(meant) == 1 else None
    words = said.lstrip(APART)
    return RemarkLine(to, one_line(words, len(words)), tuple(meant[:SHOWN]), written.strip())


def _exactly(text: str, colleagues: Sequence[Colleague]) -> tuple[list[Colleague], str]:
    """Those whose whole name or login begins a text, the longest one, and what follows it."""
    folded = fold(text)
    found: list[Colleague] = []
    longest = 0
    if len(folded) != len(text):  # rare letters that folding makes longer: no places to cut at
        return [], text
    for each in colleagues:
        for called in (fold(each.name), fold(each.login)):
            if not called or not _begins(folded, called) or len(called) < longest:
                continue
            if len(called) > longest:
                found, longest = [], len(called)
            if each not in found:
                found.append(each)
    return found, text[longest:]


def _begins(text: str, called: str) -> bool:
    """Whether a text begins with a name; one in letters must end there."""
    if not text.startswith(called):
        return False
    after = text[len(called) : len(called) + 1]
    return is_han(called[-1]) or not after or not (after.isascii() and after.isalnum())


def _first_word(text: str) -> tuple[str, str]:
    for place, char in enumerate(text):
        if char in APART:
            return text[:place], text[place:]
    return text, ""


def _meant(word: str, colleagues: Sequence[Colleague]) -> list[Colleague]:
    """Those whom a word may mean: all for an empty one."""
    small = fold(word)
    return [
        each
        for each in colleagues
        if not small or fold(each.login).startswith(small) or pinyin.matches(word, each.name)
    ]


def understood(line: RemarkLine, anybody: bool = True) -> tuple[str, ...]:
    """What was understood of a line, in the language spoken now.

    Args:
        anybody: whether somebody else works here at all.
    """
    if not anybody:
        return (_(NOBODY_ELSE),)
    if line.to is not None:
        to = _(TO).format(name=shown(line.to))
        return (to, line.text or _(WORDS))
    if line.candidates:
        names = listed(shown(each) for each in line.candidates)
        return (_(WHOM).format(names=names),)
    return (_(NOBODY).format(text=line.written),)


def shown(colleague: Colleague) -> str:
    """A colleague by name and login, as far as they differ."""
    if colleague.name == colleague.login:
        return colleague.name
    return f"{colleague.name} {colleague.login}"
