"""A to-do written back as a line that says it (interface.md, One line says it)."""

from collections.abc import Mapping, Sequence
from datetime import date

from store.forms.tidy import LONGEST_TEXT, one_line
from store.language import _
from store.line_names import no_card
from store.one_line import read_todo_line
from store.records.todos import TodoValues


def line_of(todo: TodoValues) -> str:
    """A line that says a to-do, as far as a line can; its note, card and owner are not in it."""
    theirs = _("he: {promise}").format(promise=todo.title)
    parts = [theirs if todo.side == "theirs" else todo.title]
    if todo.repeat is not None:
        from store.repeat_words import in_words

        parts.append(in_words(todo.repeat))
    if todo.due_on is not None:
        parts.append(f"@{todo.due_on}" + (f" {todo.due_time:%H:%M}" if todo.due_time else ""))
    parts += [f"#{tag}" for tag in todo.tags]
    if todo.important or todo.urgent:
        parts.append(("!!" if todo.urgent else "!") if todo.important else "^")
    return _tidy(" ".join(parts))


def lines_of(todos: Sequence[TodoValues]) -> dict[str, TodoValues]:
    """To-dos by the lines that say them."""
    return {line_of(todo): todo for todo in todos}


def todos_of(text: str, known: Mapping[str, TodoValues], today: date) -> list[TodoValues]:
    """The to-dos of a text, one a line.

    Args:
        known: to-dos by their lines, from `lines_of`; whose line stands unchanged is taken whole.
    """
    lines = map(_tidy, text.splitlines())
    return [
        known[line] if line in known else read_todo_line(line, today, no_card).values
        for line in lines
        if line
    ]


def _tidy(line: str) -> str:
    """A line as a form keeps it, so that one that nobody touched is known again."""
    return one_line(line, LONGEST_TEXT)


def understood(text: str, today: date) -> list[str]:
    """What is understood of each line, in the language spoken."""
    said = []
    for line in text.splitlines():
        if line.strip():
            read = read_todo_line(line, today, no_card)
            said.append(" · ".join([read.values.title, *read.understood]))
    return said
