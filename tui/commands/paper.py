"""`shuke paper`: what is in customers' files, the files themselves, registers."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from store import paper_words
from store.errors import WrongUsage
from store.exchange.paper_table import shape
from store.file_types import short_type
from store.language import N_, _
from store.paper_pages import FORMS, state
from store.records.papers import CLASSES, PaperQuery, PaperRow
from tui.arguments import Parser, joined, positive
from tui.command import Command
from tui.output import complain, say, write_json, write_pairs, write_table
from tui.session import Session
from tui.standard_streams import DASH, binary_output

if TYPE_CHECKING:
    pass

NO_SUCH_CLASS = N_("There is no class “{text}”; there are: {known}.")


# What is said of a paper


def declare_class(parser: Parser, purpose: str) -> None:
    """The option that names a class of papers."""
    parser.add_argument("--class", dest="paper_class", metavar="CLASS", default="", help=purpose)


def class_named(text: str) -> str:
    """The class of a key, or of its name in the language spoken; "" for "".

    Raises:
        WrongUsage: there is none.
    """
    names = {
        key: (key, paper_words.class_title(key), paper_words.class_short(key)) for key in CLASSES
    }
    return meant(text, names, NO_SUCH_CLASS)


def meant(text: str, names: dict[str, tuple[str, ...]], sentence: str) -> str:
    """The key whose names hold a text; "" for "".

    Args:
        names: by key.
        sentence: the message id for a text that is none of them.

    Raises:
        WrongUsage: it is none.
    """
    wanted = text.strip().casefold()
    if not wanted:
        return ""
    for key, several in names.items():
        if wanted in (name.casefold() for name in several):
            return key
    raise WrongUsage(sentence, text=text, known=", ".join(names))


def declare_list(parser: Parser) -> None:
    """Arguments of `shuke paper list`."""
    parser.add_argument("card", metavar="CARD", nargs="*", help=_("only those of this card"))
    declare_class(parser, _("only this class"))
    parser.add_argument("--year", metavar="YEAR", type=positive, help=_("only of this year"))
    parser.add_argument("--volume", metavar="NUMBER", help=_("only those in this volume"))
    parser.add_argument(
        "--text", metavar="TEXT", default="", help=_("with this in title, number …")
    )
    parser.add_argument(
        "--without-place",
        action="store_true",
        help=_("only those whose place nobody noted"),
    )
    parser.add_argument("--open", action="store_true", help=_("only those that are in no volume"))
    parser.add_argument("--out", action="store_true", help=_("only those that are lent"))
    parser.add_argument("--trashed", action="store_true", help=_("those in the trash"))
    parser.json_option()


def list_papers(session: Session) -> int:
    """List papers; of a card also what is missing."""
    options, papers = session.options, session.desk.papers
    card = session.desk.cards.resolve(joined(options.card)).id if options.card else None
    volume = session.desk.volumes.named(options.volume).id if options.volume else None
    query = PaperQuery(
        card=card,
        paper_class=class_named(options.paper_class),
        year=options.year,
        volume=volume,
        without_place=options.without_place,
        open=options.open,
        out=options.out,
        text=options.text,
        trashed=options.trashed,
    )
    missing = papers.of_card(card).missing if card is not None else ()
    found = papers.page(query)
    if options.json:
        write_json([shape(paper, session.clock) for paper in found])
        return 0
    if found:
        write_papers(found, whose=card is None)
    else:
        say(_("There is no such paper."))
    if missing:
        say(_("Missing: {kinds}").format(kinds=paper_words.missing_words(missing)))
    if card is None:
        _tell_usage(session)
    return 0


def _tell_usage(session: Session) -> None:
    used = session.desk.papers.usage()
    told = _("Files: {count}, {size} MB ({own} MB of them yours); one at most {largest} MB.")
    complain(
        told.format(
            count=used.files,
            size=f"{used.size / 2**20:.1f}",
            own=f"{used.own_size / 2**20:.1f}",
            largest=used.largest // 2**20,
        )
    )


def write_papers(found: list[PaperRow], *, whose: bool) -> None:
    """Write papers as a table.

    Args:
        whose: with the customer.
    """
    headings = [
        _("Number"),
        _("Class"),
        _("What paper"),
        _("Date"),
        _("Pages"),
        "",
        _("Where"),
        _("File"),
    ]
    rows = [
        [
            paper.number,
            paper_words.class_short(paper.values.paper_class),
            paper_words.whole_title(paper.values),
            paper.values.dated_on,
            paper.values.pages,
            paper_words.original(paper.values.original),
            state(paper),
            _type_of(paper),
        ]
        for paper in found
    ]
    if whose:
        headings.insert(1, _("Customer"))
        for row, paper in zip(rows, found, strict=True):
            row.insert(1, f"{paper.card_number} {paper.card_name}")
    write_table(headings, rows)


def _type_of(paper: PaperRow) -> str:
    return "" if paper.file is None else short_type(paper.file.media_type) or paper.file.name


def declare_missing(parser: Parser) -> None:
    """Arguments of `shuke paper missing`."""
    parser.json_option()


def missing_papers(session: Session) -> int:
    """List the organisations that have bought and whose file lacks something."""
    found = session.desk.papers.missing()
    if session.options.json:
        write_json(
            [
                {
                    "card": each.card_number,
                    "name": each.card_name,
                    "owner": each.owner,
                    "missing": [f"{name}.{kind}" for name, kind in each.missing],
                }
                for each in found
            ]
        )
    elif found:
        write_table(
            [_("Number"), _("Customer"), _("Looked after by"), _("Missing")],
            [
                (
                    each.card_number,
                    each.card_name,
                    each.owner,
                    paper_words.missing_words(each.missing),
                )
                for each in found
            ],
        )
    else:
        say(_("Nothing is missing."))
    return 0


def declare_number(parser: Parser) -> None:
    """The argument that names a paper."""
    parser.add_argument("number", metavar="NUMBER", help=_("a paper's number, such as J2026-0012"))


def declare_show(parser: Parser) -> None:
    """Arguments of `shuke paper show`."""
    declare_number(parser)
    parser.json_option()


def show(session: Session) -> int:
    """Show all that is known of a paper."""
    paper = session.desk.papers.named(session.options.number)
    if session.options.json:
        write_json(shape(paper, session.clock))
        return 0
    values, file = paper.values, paper.file
    pairs = [
        (_("Number"), paper.number),
        (_("Customer"), f"{paper.card_number} {paper.card_name}"),
        (_("Class"), paper_words.class_title(values.paper_class)),
        (_("Kind"), paper_words.kind_title(values.kind)),
        (_("Paper title"), values.title),
        (_("Date"), "" if values.dated_on is None else values.dated_on.isoformat()),
        (_("Pages"), "" if values.pages is None else str(values.pages)),
        (_("Original"), paper_words.original(values.original)),
        (_("Where"), state(paper)),
        (_("File"), "" if file is None else f"{file.name}  {_type_of(paper)}  {file.size}"),
        (_("Note"), values.note),
        (_("Listed by"), f"{paper.created_by} {session.clock.local(paper.created_at):%Y-%m-%d}"),
        (_("State"), _("In the trash") if paper.trashed else ""),
    ]
    write_pairs((name, text) for name, text in pairs if text)
    warning = "" if file is None else session.desk.papers.warning(file)
    if warning:
        complain(warning)
    return 0


def declare_get(parser: Parser) -> None:
    """Arguments of `shuke paper get`."""
    declare_number(parser)
    parser.file_argument(
        "-o",
        dest="output",
        metavar="FILE",
        default=DASH,
        help=_("the file to write (standard output)"),
    )


def get(session: Session) -> int:
    """Write the file of a paper; it appears only when it is whole."""
    options, papers = session.options, session.desk.papers
    paper = papers.named(options.number)
    text = paper.file is not None and paper.file.media_type.startswith("text/")
    if options.output == DASH:
        output = binary_output(text)
        with papers.fetch(paper.id) as file:
            shutil.copyfileobj(file, output)
        output.flush()
        return 0
    path = papers.fetch_into(paper.id, Path(options.output).expanduser())
    complain(_("{number} is in {file}.").format(number=paper.number, file=path))
    return 0


# Pages


def declare_page(parser: Parser) -> None:
    """What every page to be printed takes."""
    parser.add_argument(
        "--format", choices=FORMS, help=_("text, html or csv (from the file's ending, else text)")
    )
    parser.file_argument(
        "-o",
        dest="output",
        metavar="FILE",
        default=DASH,
        help=_("the file to write (standard output)"),
    )


def write_page(session: Session, make: Callable[[str], bytes]) -> int:
    """Write a page in the format that is asked for."""
    from store.exchange.export_file import written

    options = session.options
    ending = Path(options.output).suffix.lower().lstrip(".")
    form = options.format or {"htm": "html", "html": "html", "csv": "csv"}.get(ending, "text")
    content = make(form)
    if options.output == DASH:
        output = binary_output(text=True)
        output.write(content)
        output.flush()
        return 0
    path = Path(options.output).expanduser()
    written(session.desk.store.path, path, lambda stream: stream.write(content))
    complain(_("The page is in {file}.").format(file=path))
    return 0


def declare_register(parser: Parser) -> None:
    """Arguments of `shuke paper register`."""
    declare_class(parser, _("only this class"))
    parser.add_argument("--year", metavar="YEAR", type=positive, help=_("only of this year"))
    declare_page(parser)


def register(session: Session) -> int:
    """Write the register of a class and year, to be printed."""
    options = session.options
    chosen = class_named(options.paper_class)
    return write_page(
        session,
        lambda form: session.desk.papers.print_register(chosen, options.year, form),
    )


COMMANDS = {
    "paper list": Command(declare_list, list_papers),
    "paper missing": Command(declare_missing, missing_papers),
    "paper show": Command(declare_show, show),
    "paper get": Command(declare_get, get),
    "paper register": Command(declare_register, register),
}
