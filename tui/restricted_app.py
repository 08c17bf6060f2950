"""The app over SSH: it reaches the box and the member's terminal (shared-server.md)."""

from __future__ import annotations

import time
from typing import IO, TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.events import Event, InputEvent, Paste

from screens.sections import page
from store.errors import NotAllowed, StoreError
from store.language import N_, _
from tui.app import ShukeApp
from tui.coming_in import note_login
from tui.driver import RestrictedDriver

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.driver import Driver
    from textual.screen import Screen

    from screens.outgoing import Records
    from tui.session import Session

NOT_HERE = N_("This cannot be done over SSH.")
LEFT_ALONE = N_(
    "The session ended: no key for {minutes} min. What was typed and not saved is kept and "
    "offered next time."
)

USUAL_IDLE_MINUTES = 60


class RestrictedApp(ShukeApp):
    """The program on the screen of a member who came over SSH.

    Args:
        session: as of every app; it has a visit.
    """

    DENIED: ClassVar[frozenset[str]] = frozenset(
        {
            "screenshot",
            "suspend_process",
            "simulate_key",
            "add_class",
            "remove_class",
            "toggle_class",
            "switch_screen",
            "push_screen",
            "switch_mode",
            "change_theme",
            "toggle_dark",
            "show_help_panel",
        }
    )
    """Actions of Textual's own that no key of ours is bound to: only a text could ask for them."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        minutes = session.configuration.get("session.idle_minutes")
        self.idle_minutes: int = USUAL_IDLE_MINUTES if minutes is None else int(minutes)
        """Minutes without a key after which the session ends; 0 for never."""
        self._last_input = time.monotonic()

    # Nothing but the box

    def get_driver_class(self) -> type[Driver]:
        """The driver that writes no files, opens no pages, and cannot be put to sleep."""
        return RestrictedDriver

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse what reaches beyond the program, whoever asks for it."""
        return False if action in self.DENIED else super().check_action(action, parameters)

    async def _broker_event(
        self, event_name: str, event: Event, default_namespace: DOMNode
    ) -> bool:
        """Run no action that a text on the screen names: none of ours does, only stored text."""
        return False

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open no pages: there is no browser here, and the member's is not within reach."""
        self.notify(_(NOT_HERE), severity="warning")

    def save_screenshot(self, *_arguments: Any, **_options: Any) -> str:
        """Save no pictures on the server.

        Raises:
            NotAllowed: always.
        """
        raise NotAllowed(NOT_HERE)

    def deliver_screenshot(self, *_arguments: Any, **_options: Any) -> str | None:
        """Save no pictures on the server."""
        self.notify(_(NOT_HERE), severity="warning")
        return None

    def _deliver_binary(self, binary: IO[Any], **_options: Any) -> None:
        """Write no files on the server."""
        binary.close()
        self.notify(_(NOT_HERE), severity="warning")

    # Files, which are on the member's computer and not here

    def open_import(self) -> None:
        """Take cards from a file that the member brought."""
        self.push_screen(page("import_over_ssh")(self.desk))

    def open_export(self, below: Screen[Any]) -> None:
        """Put a file where the member fetches it, or into his clipboard."""
        shown = getattr(below, "wanted", None)
        self.push_screen(page("export_over_ssh")(self.desk, shown))  # type: ignore[call-arg]

    def open_print(self, pages: Records) -> None:
        """Put a page of a card where the member fetches it, or into his clipboard."""
        self.push_screen(page("export_over_ssh")(self.desk, pages))  # type: ignore[call-arg]

    # Coming and going

    def on_mount(self) -> None:
        """Note that the member came, and watch whether he is still there."""
        super().on_mount()
        self.note_coming()
        self._wait_for_idleness()

    @work(exit_on_error=False, group="coming")
    async def note_coming(self) -> None:
        """Note in the trail that the member came in; a key that was revoked meanwhile ends it."""
        try:
            await self.desk.write(lambda desk: desk.look_at_member())
            await self.desk.write(note_login)
        except NotAllowed as refusal:
            self.end_saying(str(refusal), refusal.exit_status)
        except StoreError as error:
            self.notify(str(error), severity="warning")

    async def on_event(self, event: Event) -> None:
        """Notice that somebody is there."""
        if isinstance(event, (InputEvent, Paste)):
            self._last_input = time.monotonic()
        await super().on_event(event)

    def _wait_for_idleness(self) -> None:
        if not self.idle_minutes:
            return
        left = self._last_input + self.idle_minutes * 60 - time.monotonic()
        if left > 0:
            self.set_timer(left, self._wait_for_idleness)
        else:
            self.end_saying(_(LEFT_ALONE).format(minutes=self.idle_minutes), 0)

    def end_saying(self, sentence: str, return_code: int) -> None:
        """Keep what is typed, and end with a sentence on the terminal."""
        self.last_words = sentence
        self.request_end(return_code)
