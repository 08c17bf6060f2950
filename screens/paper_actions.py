"""What can be done with a listed paper, on the side of a card and in the list of all papers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from screens.ask_text import AskText
from screens.choose import Choose
from store import paper_words
from store.errors import StoreError
from store.file_types import ending_of
from store.language import N_, _
from store.records.papers import PaperRow

if TYPE_CHECKING:
    from screens.base import BaseScreen
    from store.desk import Desk

CLOSED = N_("{number} is closed into {volume}; `r` there opens the volume.")

WORDS = {
    "edit": N_("Change"),
    "fetch": N_("Fetch the file"),
    "file": N_("Put the file to it"),
    "no_file": N_("Take its file away"),
    "lend": N_("Lend it"),
    "back": N_("It is back"),
    "card": N_("Open the card"),
    "trash": N_("Trash"),
}
"""What can be done; message ids."""


def possible(paper: PaperRow, *, edits: bool, lends: bool, elsewhere: bool) -> list[str]:
    """What can be done with a paper, as keys of `WORDS`.

    Args:
        edits: whether the member may change the card.
        lends: whether he lends its papers.
        elsewhere: whether the card is not the one that is shown.
    """
    open_one = edits and not paper.volume
    found = {
        "fetch": paper.file is not None,
        "edit": open_one,
        "file": open_one,
        "no_file": open_one and paper.file is not None,
        "lend": lends and paper.loan_id is None and not paper.values.original,
        "back": lends and paper.loan_id is not None,
        "card": elsewhere,
        "trash": open_one and paper.loan_id is None,
    }
    return [name for name, is_possible in found.items() if is_possible]


def offer(
    screen: BaseScreen[Any], paper: PaperRow, names: list[str], act: Callable[[str, PaperRow], None]
) -> None:
    """Ask what is to be done with a paper, and do it."""

    def chosen(name: str | None) -> None:
        if name is not None:
            act(name, paper)

    title = paper_words.numbered(paper)
    if names:
        screen.app.push_screen(Choose(title, [(name, _(WORDS[name])) for name in names]), chosen)
    else:
        screen.tell(title)


def act(screen: BaseScreen[Any], name: str, paper: PaperRow) -> None:
    """Do something with a paper."""
    if name == "fetch":
        fetch(screen, paper)
    elif name == "edit":
        edit(screen, paper)
    elif name == "file":
        put_file(screen, paper)
    elif name == "no_file":
        write(screen, lambda desk: desk.papers.put_file(paper.id, None))
    elif name in ("lend", "back"):
        lend(screen, paper)
    elif name == "card":
        screen.open_card(paper.card_id)
    elif name == "trash":
        trash(screen, [paper])


def add(
    screen: BaseScreen[Any], card_id: int, sort: str, after: Callable[[PaperRow], None]
) -> None:
    """List a new paper of a card.

    Args:
        sort: its class and kind, where they are known.
        after: told which one it is.
    """
    from screens.paper_form import PaperForm

    def listed(paper: PaperRow | None) -> None:
        if paper is not None:
            after(paper)

    screen.app.push_screen(PaperForm(screen.desk, card_id, sort=sort), listed)


def edit(screen: BaseScreen[Any], paper: PaperRow) -> None:
    """Change what is written down of a paper."""
    from screens.paper_form import PaperForm

    if paper.volume:
        screen.tell(_(CLOSED).format(number=paper.number, volume=paper.volume))
        return
    screen.app.push_screen(PaperForm(screen.desk, paper.card_id, paper.id), _reload(screen))


def put_file(screen: BaseScreen[Any], paper: PaperRow) -> None:
    """Choose the file of a paper."""
    from screens.paper_file import PaperFileChoice

    if paper.volume:
        screen.tell(_(CLOSED).format(number=paper.number, volume=paper.volume))
        return
    screen.app.push_screen(PaperFileChoice(screen.desk, paper), _reload(screen))


def lend(screen: BaseScreen[Any], paper: PaperRow) -> None:
    """Lend a paper, or note that it is back."""
    from screens.loan_paper import LoanPaper

    loan = paper.loan_id
    if loan is not None:
        write(screen, lambda desk: desk.loans.give_back(loan))
    elif paper.values.original:
        screen.tell(_("Originals are consulted on the spot and never lent: lend a copy."))
    else:
        form = LoanPaper(screen.desk, paper.card_number, paper.number)
        screen.app.push_screen(form, _reload(screen))


def trash(screen: BaseScreen[Any], papers: list[PaperRow]) -> None:
    """Put papers into the trash; u brings them back."""
    closed = next((paper for paper in papers if paper.volume), None)
    if closed is not None:
        screen.tell(_(CLOSED).format(number=closed.number, volume=closed.volume))
        return
    ids = [paper.id for paper in papers]
    told = _("{count} taken away; u brings back").format(count=len(ids))
    write(screen, lambda desk: desk.papers.trash(ids), told)


def _reload(screen: BaseScreen[Any]) -> Callable[[object], None]:
    def reload(done: object) -> None:
        if done is not None:
            screen.reload()

    return reload


def write(
    screen: BaseScreen[Any], use_case: Callable[[Desk], object], told: str | None = None
) -> None:
    """Do something in the writing thread, say so, and show the result."""

    async def work() -> None:
        try:
            await screen.desk.write(use_case)
        except StoreError as error:
            screen.report(error)
            return
        screen.tell(told or _("Saved; u takes back"))
        screen.forget_marks()
        screen.reload()

    screen.run_worker(work(), exit_on_error=False, group="do")


# The file of a paper


def fetch(screen: BaseScreen[Any], paper: PaperRow) -> None:
    """Write the file of a paper where the member wants it; over SSH into his outbox."""
    if paper.file is None:
        screen.tell(_("Of {number} no file is kept: f puts one to it").format(number=paper.number))
    elif screen.desk.way_in:
        screen.run_worker(_to_outbox(screen, paper), exit_on_error=False, group="do")
    else:
        _ask_where(screen, paper)


def _ask_where(screen: BaseScreen[Any], paper: PaperRow) -> None:
    from screens.file_list import shown, start_folder

    assert paper.file is not None
    usual = Path(start_folder()).expanduser() / paper.file.name

    def named(text: str | None) -> None:
        if text:
            path = Path(text).expanduser()
            screen.run_worker(_to_path(screen, paper, path), exit_on_error=False, group="do")

    screen.app.push_screen(AskText(_("Write the file to"), shown(usual)), named)


async def _to_path(screen: BaseScreen[Any], paper: PaperRow, path: Path) -> None:
    from screens.confirm import Confirm
    from screens.file_list import shown

    assert paper.file is not None
    if await asyncio.to_thread(path.is_dir):
        path = path / paper.file.name
    if await asyncio.to_thread(path.exists):
        question = _("{file} is there already. Replace it?").format(file=shown(path))
        if not await screen.app.push_screen_wait(Confirm(screen.desk, question, default=False)):
            return
    try:
        written = await screen.desk.read(lambda desk: desk.papers.fetch_into(paper.id, path))
    except StoreError as error:
        screen.report(error)
        return
    screen.tell(_("{number} is in {file}.").format(number=paper.number, file=shown(written)))


async def _to_outbox(screen: BaseScreen[Any], paper: PaperRow) -> None:
    assert paper.file is not None
    name = f"{paper.number}.{ending_of(paper.file.name, paper.file.media_type)}"

    def put(desk: Desk) -> None:
        with desk.papers.fetch(paper.id) as file:
            desk.outbox.put(name, file)

    try:
        await screen.desk.read(put)
    except StoreError as error:
        screen.report(error)
        return
    told = _("{name} waits in your outbox. To fetch it, type on your own computer:")
    fetched = f"{screen.desk.way_in} shuke outbox get {name} > {name}"
    screen.tell(f"{told.format(name=name)}\n{fetched}")
