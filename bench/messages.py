"""The texts for people that the code holds: found in its syntax trees, with what is wrong there.

A text is marked with `_`, `N_` or `ngettext` of store/language.py. What a translator can never get
is a problem: a formatted string (its words are not known before it runs), a text put together from
parts, one that is not marked where it must be, and a place in it that nothing fills.
"""

import ast
import string
from dataclasses import dataclass, field
from pathlib import Path

LAYERS = ("tui", "screens", "widgets", "store")
"""The packages whose texts people read."""

ERRORS = Path("store", "errors.py")
"""Where the errors are whose first argument is a text for people."""

LANGUAGE = Path("store", "language.py")
"""Where the marking functions are, which hand texts on."""

MARKS = {"_": 1, "N_": 1, "ngettext": 2}
"""The marking functions, and how many of their first arguments are texts."""


@dataclass(frozen=True)
class Found:
    """A marked text: its singular, its plural (or ""), and where it stands first, as file:line."""

    singular: str
    plural: str
    place: str


@dataclass
class Source:
    """All that was found in the code; `texts` by singular."""

    texts: dict[str, Found] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read_source(root: Path) -> Source:
    """The texts of every module of the layers under a folder."""
    source = Source()
    errors = error_names(root)
    for layer in LAYERS:
        for path in sorted((root / layer).rglob("*.py")):
            if path != root / LANGUAGE:
                _Reader(source, path.relative_to(root).as_posix(), errors).read(path)
    return source


def error_names(root: Path) -> frozenset[str]:
    """The error classes that take a text for people first."""
    if not (root / ERRORS).exists():
        return frozenset()
    tree = ast.parse((root / ERRORS).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.ClassDef))


def places(text: str) -> frozenset[str]:
    """The names in braces of a text; raises ValueError where its braces are no places."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


class _Reader:
    """Reads one module into a Source."""

    def __init__(self, source: Source, name: str, errors: frozenset[str]) -> None:
        self.source = source
        self.name = name
        self.errors = errors

    def read(self, path: Path) -> None:
        try:
            tree = ast.parse(path.read_text(encoding="utf-8"))
        except SyntaxError as error:
            self.source.problems.append(f"{self.name}:{error.lineno}: cannot be read: {error.msg}")
            return
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                self.read_call(node)

    def read_call(self, call: ast.Call) -> None:
        called = _name_of(call.func)
        if called in MARKS:
            self.read_marked(call, called)
        elif called in self.errors and call.args:
            self.check_marked(call.args[0])
            self.check_filled(call.args[0], call.keywords)
        elif called == "Binding":
            given = {keyword.arg: keyword.value for keyword in call.keywords}
            texts = [*call.args[2:3], *(given[key] for key in _BINDING_TEXTS & given.keys())]
            for text in texts:
                self.check_marked(text)
        elif called == "format" and isinstance(call.func, ast.Attribute):
            self.check_filled(call.func.value, call.keywords)

    def read_marked(self, call: ast.Call, mark: str) -> None:
        texts = call.args[: MARKS[mark]]
        literals = [text for text in map(_literal, texts) if text is not None]
        if len(literals) == MARKS[mark]:
            singular, plural = (*literals, "")[:2]
            found = Found(singular, plural, f"{self.name}:{call.lineno}")
            known = self.source.texts.setdefault(singular, found)
            if known.plural != plural:
                self.complain(call, f"“{singular}” stands with another plural at {known.place}")
        elif mark != "_" or any(map(_is_put_together, texts)):
            self.complain(call, f"{mark}() takes plain text in quotes that a translator can see")

    def check_marked(self, text: ast.expr) -> None:
        if _has_words(text) or _is_put_together(text):
            self.complain(text, "a text for people is not marked with N_() or _()")

    def check_filled(self, text: ast.expr, keywords: list[ast.keyword]) -> None:
        if not isinstance(text, ast.Call) or _name_of(text.func) not in MARKS:
            return
        given = {keyword.arg for keyword in keywords}
        if None in given:
            return
        for argument in text.args[: MARKS[_name_of(text.func)]]:
            try:
                missing = places(_literal(argument) or "") - given
            except ValueError as error:
                self.complain(text, f"braces that are no places: {error}")
            else:
                if missing:
                    self.complain(text, f"nothing fills {{{', '.join(sorted(missing))}}}")

    def complain(self, node: ast.expr, problem: str) -> None:
        self.source.problems.append(f"{self.name}:{node.lineno}: {problem}")


_BINDING_TEXTS = frozenset({"description", "tooltip"})


def _name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _literal(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def _has_words(node: ast.expr) -> bool:
    return any(map(str.isalpha, _literal(node) or ""))


def _is_put_together(node: ast.expr) -> bool:
    """Whether a text is made while the program runs, from words that stand here in the code."""
    match node:
        case ast.JoinedStr():
            return True
        case ast.BinOp(left=left, right=right):
            parts = [left, right]
        case ast.IfExp(body=body, orelse=other):
            parts = [body, other]
        case ast.BoolOp(values=values):
            parts = values
        case ast.Call(func=ast.Attribute(value=text)):
            parts = [text]
        case _:
            return False
    return any(_has_words(part) or _is_put_together(part) for part in parts)
