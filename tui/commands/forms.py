"""`shuke forms`: the forms of the cards, and what the team declares about them in one TOML file."""

import sys
from pathlib import Path

from store.errors import BadInput, StorageTrouble
from store.forms.declaration import Field, Form, load_form
from store.forms.reading import CARD_KINDS
from store.forms.written import declared
from store.language import N_, _
from store.records.forms import FormsChange
from tui.arguments import Parser
from tui.command import Command
from tui.output import say, write_json, write_table
from tui.progress import progress_bar
from tui.session import Session
from tui.shapes import Shape, moment
from tui.standard_streams import DASH, shown

NO_FILE = N_("{file} cannot be read: {reason}.")
NO_UTF8 = N_("{file} is no text in UTF-8.")

LARGEST = 1_000_000
"""Bytes of a file that are read; longer ones are refused."""


def declare_show(parser: Parser) -> None:
    """Arguments of `shuke forms show`."""
    parser.add_argument(
        "kind",
        nargs="?",
        choices=CARD_KINDS,
        help=_("list the form of one kind of card; without it, the team's own file"),
    )
    parser.json_option()


def show(session: Session) -> int:
    """Show what the team declares, word for word, or a form as it is in force."""
    options = session.options
    if options.kind is not None:
        session.desk  # noqa: B018  the forms are those of the box that is open
        _show_form(load_form(options.kind), json=options.json)
        return 0
    current = session.desk.team_forms.current()
    if options.json:
        at = moment(current.used_at, session.clock) if current.used_at else None
        write_json({"text": current.text, "used_at": at, "used_by": current.used_by})
    elif current.text:
        for line in current.text.splitlines():
            say(line.replace("\t", "    "))
    else:
        say(_("The team declares nothing: the forms are those of the program."))
    return 0


def _show_form(form: Form, *, json: bool) -> None:
    if json:
        write_json(
            {
                "kind": form.kind,
                "sections": [
                    {
                        "key": section.key,
                        "label": section.label,
                        "fields": [declared(field) for field in section.fields],
                    }
                    for section in form.sections
                ],
                "gone": [declared(field) for field in form.gone],
            }
        )
        return
    for section in form.sections:
        say(f"[{section.key}] {section.title}")
        write_table(_headings(), [line for one in section.fields for line in _lines(one)])
        say()
    if form.gone:
        say(_("No longer asked"))
        write_table(_headings(), [line for one in form.gone for line in _lines(one)])


def _headings() -> list[str]:
    return [_("Key"), _("Field"), _("Type"), _("Weight"), _("Choices")]


def _lines(field: Field) -> list[list[object]]:
    """A field, and below it the columns of its rows."""
    lines: list[list[object]] = [_line(field, field.key, field.weight)]
    lines += [_line(column, f"  {field.key}.{column.key}", "") for column in field.columns]
    return lines


def _line(field: Field, key: str, weight: object) -> list[object]:
    choices = [f"{one.value} {one.title}".strip() for one in field.offered]
    return [key, field.title, field.type, weight, _(", ").join(dict.fromkeys(choices))]


def declare_file(parser: Parser) -> None:
    """Arguments of `shuke forms check` and `shuke forms use`."""
    parser.file_argument("file", metavar="FILE", help=_("the team's file; - for standard input"))
    parser.json_option()


def check(session: Session) -> int:
    """Say what a file would change, or where it is wrong; nothing is written."""
    text, name = _read(session.options.file)
    change = session.desk.team_forms.check(text, name)
    if session.options.json:
        write_json(_shape(change))
    else:
        _tell(change)
        say(_("{file} can be used.").format(file=name))
    return 0


def use(session: Session) -> int:
    """Put a file in force for everybody; what cards hold is kept."""
    text, name = _read(session.options.file)
    with progress_bar(_("Working out the cards")) as progress:
        change = session.desk.team_forms.use(text, name, progress)
    return _told(session, change)


def declare_reset(parser: Parser) -> None:
    """Arguments of `shuke forms reset`."""
    parser.json_option()


def reset(session: Session) -> int:
    """Go back to the forms of the program; what cards hold is kept."""
    with progress_bar(_("Working out the cards")) as progress:
        change = session.desk.team_forms.reset(progress)
    return _told(session, change)


def _told(session: Session, change: FormsChange) -> int:
    if session.options.json:
        write_json(_shape(change))
        return 0
    _tell(change)
    say(
        _("In force, for sessions that are open within seconds; `shuke undo` takes it back.")
        if change
        else _("Nothing is different.")
    )
    return 0


def _shape(change: FormsChange) -> Shape:
    return {
        "added": list(change.added),
        "changed": list(change.changed),
        "gone": list(change.gone),
    }


def _tell(change: FormsChange) -> None:
    for title, names in (
        (_("Asked from now on"), change.added),
        (_("Declared otherwise"), change.changed),
        (_("No longer asked; cards keep what they have"), change.gone),
    ):
        if names:
            say(title)
            for name in names:
                say(f"  {name}")


def _read(file: str) -> tuple[str, str]:
    """The text of a file, and what it is called.

    Raises:
        BadInput: it is no text, or far too long.
        StorageTrouble: it cannot be read.
    """
    from store.system_words import reason_of

    name = shown(Path(file).name or file)
    try:
        if file == DASH:
            content = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(file).expanduser().open("rb") as stream:
                content = stream.read(LARGEST + 1)
    except OSError as error:
        raise StorageTrouble(NO_FILE, file=name, reason=reason_of(error)) from error
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n"), name
    except UnicodeDecodeError:
        raise BadInput(NO_UTF8, file=name) from None


COMMANDS = {
    "forms show": Command(declare_show, show),
    "forms check": Command(declare_file, check),
    "forms use": Command(declare_file, use),
    "forms reset": Command(declare_reset, reset),
}
