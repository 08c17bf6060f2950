"""What the member sees, as a file that he fetches from the server, or in his clipboard."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from screens.export_cards import ExportCards
from store.errors import BadInput, StoreError
from store.language import N_, _
from widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Buffer

SMALL = 50_000
"""Bytes that go into a clipboard through a terminal; several take no more than 75,000 in base64."""

TOO_MUCH = N_("This is too much for the clipboard: x puts it into a file that you fetch.")


class OutboxExport(ExportCards):
    """Choose what goes out and the format; the file waits in the member's outbox."""

    HELP = N_(
        "Enter changes a line, x puts the file into your outbox on the server, from where ssh "
        "fetches it; the line for that is shown. c copies what is small into the clipboard. "
        "Files stay in the outbox for seven days."
    )
    HOW: ClassVar[str] = N_(
        "Enter changes a line, x puts the file into your outbox on the server, from where you "
        "fetch it. c copies what is small into the clipboard."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy", N_("Copy"), id="export.copy"),
    ]

    @property
    def usual_name(self) -> str:
        """A name that every computer can type."""
        return self.going.plain_name(self.what, self.form, self.desk.clock.today())

    @property
    def file_text(self) -> str:
        """The file in the outbox."""
        return _("{name}, in your outbox").format(name=self.usual_name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Copy only what is text."""
        if action == "copy":
            return self.form in self.going.TEXTS
        return super().check_action(action, parameters)

    @on(RowList.Opened)
    def change(self, message: RowList.Opened) -> None:
        """Change what the cursor is on; the file has the name that it has."""
        if message.row.key == "path":
            message.prevent_default()
            self.tell(_("The file is called so that every computer can type it."))

    def show_choices(self) -> None:
        """Write the list; whether it can be copied depends on the format."""
        super().show_choices()
        self.refresh_bindings()

    def action_write(self) -> None:
        """Put the file into the outbox; one of the same name is of today, and is replaced."""
        if not self.busy:
            self.busy = True
            self.put(self.usual_name)

    @work(exclusive=True, exit_on_error=False, group="export.write")
    async def put(self, name: str) -> None:
        """Put the file into the outbox, and say how it is fetched."""
        what, form = self.what, self.form
        query = self.query_of_list if self.only_list else None
        try:
            count = await self.desk.read(
                lambda desk: self.going.to_outbox(desk, what, form, name, query)
            )
        except StoreError as error:
            self.report(error)
            return
        finally:
            self.busy = False
        told = self.going.told_outbox(count, name)
        how = _("To fetch it, type on your own computer:")
        fetch = f"{self.desk.way_in} shuke outbox get {name} > {name}"
        self.told_last = f"{told} {how}\n\n{fetch}"
        self.show_choices()
        self.tell(told)

    @work(exclusive=True, exit_on_error=False, group="export.write")
    async def action_copy(self) -> None:
        """Copy what goes out into the clipboard of the member's own computer (OSC 52)."""
        what, form = self.what, self.form
        query = self.query_of_list if self.only_list else None
        stream = SmallStream()
        try:
            count = await self.desk.read(
                lambda desk: self.going.to_stream(desk, what, form, stream, query)
            )
        except StoreError as error:
            self.report(error)
            return
        self.app.copy_to_clipboard(stream.getvalue().decode("utf-8-sig"))
        self.tell(self.going.told_clipboard(count))


class SmallStream(io.BytesIO):
    """Takes as much as a clipboard does."""

    def write(self, block: Buffer, /) -> int:
        """Write bytes.

        Raises:
            BadInput: it is too much.
        """
        if self.tell() + memoryview(block).nbytes > SMALL:
            raise BadInput(TOO_MUCH)
        return super().write(block)
