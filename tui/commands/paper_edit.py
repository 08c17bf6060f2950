"""`shuke paper add` and its fellows: listing papers, changing them, putting them in the trash."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from store import paper_words
from store.errors import WrongUsage
from store.exchange.paper_table import shape
from store.language import N_, _
from store.records.papers import CLASSES, KINDS, OTHER, PaperRow, PaperValues
from tui.arguments import Parser, positive, read_date
from tui.command import Command
from tui.commands.paper import class_named, declare_class, declare_number, meant
from tui.output import complain, say, write_json
from tui.session import Session
from tui.standard_streams import DASH

if TYPE_CHECKING:
    from store.records.papers import PaperFile

NO_SUCH_KIND = N_("There is no kind “{text}” there; there are: {known}.")
WHICH_CLASS = N_("Say the class of the paper: --class with one of {known}.")
NOTHING_COMES = N_("Send the file along: `… shuke paper add CARD --file - --name NAME < FILE`.")
ONE_FILE = N_("Say one of --file, --inbox and --no-file.")
NOTHING_SAID = N_("Say what is to be changed, such as shelf=…")


def _declare_file(parser: Parser) -> None:
    parser.file_argument("--file", metavar="FILE", help=_("the file itself; - for standard input"))
    parser.add_argument("--name", metavar="NAME", default="", help=_("what the file is called"))
    parser.add_argument("--inbox", metavar="NAME", help=_("a file that you brought with inbox put"))


def _sort(paper_class: str, kind: str) -> tuple[str, str]:
    """Class and kind as they were named; the kind alone where only one class has it."""
    chosen = class_named(paper_class)
    known = (
        KINDS[chosen] if chosen else tuple(dict.fromkeys(k for ks in KINDS.values() for k in ks))
    )
    named = {key: (key, paper_words.kind_title(key)) for key in known}
    found = meant(kind, named, NO_SUCH_KIND) or OTHER
    if not chosen:
        having = [name for name, kinds in KINDS.items() if found in kinds]
        if len(having) != 1:
            raise WrongUsage(WHICH_CLASS, known=", ".join(CLASSES))
        chosen = having[0]
    return chosen, found


def _brought(session: Session, card_id: int) -> "PaperFile | None":
    """The file that was named, kept beside the box; what is odd about it is said."""
    options, papers = session.options, session.desk.papers
    if options.file and options.inbox:
        raise WrongUsage(ONE_FILE)
    if options.inbox:
        path = session.desk.inbox.path_of(options.inbox)
        file = papers.bring(card_id, path, options.name or options.inbox)
    elif options.file == DASH:
        if sys.stdin.isatty():
            raise WrongUsage(NOTHING_COMES)
        file = papers.bring(card_id, sys.stdin.buffer, options.name)
    elif options.file:
        file = papers.bring(card_id, Path(options.file).expanduser(), options.name)
    else:
        return None
    warning = papers.warning(file)
    if warning:
        complain(warning)
    return file


def declare_add(parser: Parser) -> None:
    """Arguments of `shuke paper add`."""
    parser.add_argument(
        "card", metavar="CARD", help=_("a card's number, or a text that finds exactly one")
    )
    declare_class(parser, _("basic, contract, debt, trade or return"))
    parser.add_argument("--kind", metavar="KIND", default="", help=_("its kind, such as licence"))
    parser.add_argument("--title", metavar="TEXT", default="", help=_("what paper it is"))
    parser.add_argument("--date", metavar="DATE", type=read_date, help=_("the day it was written"))
    parser.add_argument("--pages", metavar="N", type=positive, help=_("how many pages"))
    parser.add_argument("--original", action="store_true", help=_("it is the original"))
    parser.add_argument("--shelf", metavar="TEXT", default="", help=_("where the paper is"))
    parser.add_argument("--note", metavar="TEXT", default="", help=_("a word with it"))
    _declare_file(parser)
    parser.json_option()


def add(session: Session) -> int:
    """List a paper of a customer, with its file or without."""
    options = session.options
    card = session.desk.cards.resolve(options.card).id
    paper_class, kind = _sort(options.paper_class, options.kind)
    values = PaperValues(
        paper_class,
        kind,
        options.title,
        options.date,
        options.pages,
        options.original,
        options.shelf,
        options.note,
    )
    file = _brought(session, card)
    return _told(session, session.desk.papers.add(card, values, file))


def _told(session: Session, paper: PaperRow) -> int:
    if session.options.json:
        write_json(shape(paper, session.clock))
    else:
        say(paper_words.numbered(paper))
    return 0


def declare_set(parser: Parser) -> None:
    """Arguments of `shuke paper set`."""
    declare_number(parser)
    parser.add_argument(
        "settings",
        metavar="KEY=VALUE",
        nargs="*",
        help=_("what is changed, such as shelf=… or sort=contract.text; nothing makes it blank"),
    )
    _declare_file(parser)
    parser.add_argument("--no-file", action="store_true", help=_("take its file away"))
    parser.json_option()


def set_values(session: Session) -> int:
    """Change what is written down of a paper, or its file."""
    from store.forms.declaration import load_form
    from store.paper_form import form_values, paper_values
    from tui.field_values import read_settings

    options, papers = session.options, session.desk.papers
    if options.no_file and (options.file or options.inbox):
        raise WrongUsage(ONE_FILE)
    paper = papers.named(options.number)
    said = read_settings(load_form("paper"), options.settings, session.clock.today())
    if not said and not (options.file or options.inbox or options.no_file):
        raise WrongUsage(NOTHING_SAID)
    file = _brought(session, paper.card_id)
    if said:
        changed = paper_values({**form_values(paper.values), **said})
        paper = papers.change(paper.id, paper.values, changed)
    if file is not None or options.no_file:
        paper = papers.put_file(paper.id, file)
    return _told(session, paper)


def declare_numbers(parser: Parser) -> None:
    """Arguments of `shuke paper trash` and `shuke paper restore`."""
    parser.add_argument(
        "numbers", metavar="NUMBER", nargs="+", help=_("papers' numbers, such as J2026-0012")
    )
    parser.json_option()


def trash(session: Session) -> int:
    """Put papers in the trash."""
    return _move(session, session.desk.papers.trash)


def restore(session: Session) -> int:
    """Take papers out of the trash."""
    return _move(session, session.desk.papers.restore)


def _move(session: Session, use_case: Callable[[list[int]], int]) -> int:
    papers = session.desk.papers
    found = [papers.named(number).id for number in session.options.numbers]
    use_case(found)
    moved = [papers.get(paper_id) for paper_id in found]
    if session.options.json:
        write_json([shape(paper, session.clock) for paper in moved])
    else:
        for paper in moved:
            say(paper_words.numbered(paper))
    return 0


COMMANDS = {
    "paper add": Command(declare_add, add),
    "paper set": Command(declare_set, set_values),
    "paper trash": Command(declare_numbers, trash),
    "paper restore": Command(declare_numbers, restore),
}
