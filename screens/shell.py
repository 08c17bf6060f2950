"""What a screen may ask of the app around it."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from screens.outgoing import Records
    from store.background import Background


class Shell(Protocol):
    """The app, as screens know it. In tests any app stands for it that has what is called."""

    desk: "Background"
    """The member's desk, off the event loop."""
    member_name: str
    """Who works here; "" until the box is open."""

    works_alone: bool
    """Whether nobody else works in the box, who could be told something."""

    def go_to(self, section: str, wish: str = "") -> None:
        """Show a section; `wish` is passed to its `arrive`, such as `search`."""

    def open_card(self, card_id: int) -> None:
        """Open a card at its briefing, on top of what is shown."""

    def open_print(self, pages: "Records") -> None:
        """Offer pages of a card as files, or what stands for files here."""

    def attend(self) -> None:
        """Tell the others which card is open now, and show who else has it open."""

    def note(self, error: BaseException) -> None:
        """Write an unexpected error to the log, and say so in one sentence."""

    def use_language(self, language: str) -> None:
        """Speak another language from now on."""

    def use_theme(self, theme: str) -> None:
        """Show other colours from now on."""

    def use_keymap(self, keymap: dict[str, str]) -> None:
        """Have other keys from now on: keys by the ids of their bindings."""
