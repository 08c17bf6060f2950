"""What can go wrong, one class each, with a sentence that a salesperson understands."""

from collections.abc import Iterable, Sequence

from store.language import _


def _sayable(value: object) -> object:
    """A value as a sentence can hold it: what was typed is repeated in what was wrong with it."""
    if not isinstance(value, str | Exception):
        return value
    text = str(value)
    if text.isprintable():
        return text
    one_line = " ".join(text.split())
    return "".join(letter for letter in one_line if letter.isprintable())


class StoreError(Exception):
    """A failure a user can meet; `str()` of it is one sentence in the language spoken now.

    Args:
        message: an English message id, marked with `N_`, with `{name}` places.
        values: what stands in those places.
    """

    exit_status = 6
    """What a command answers to the shell (interface.md: 0 to 6)."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        text = _(self.message)
        if not self.values:
            return text
        return text.format_map({name: _sayable(value) for name, value in self.values.items()})


class NotFound(StoreError):
    """Nothing fits what was asked for."""

    exit_status = 1


class Ambiguous(NotFound):
    """A text that should name one card fits several; `candidates` are lines to choose from."""

    def __init__(self, message: str, candidates: Sequence[str], **values: object) -> None:
        super().__init__(message, **values)
        self.candidates = tuple(candidates)


class WrongUsage(StoreError):
    """A command was called in a way it does not know."""

    exit_status = 2


class NotAllowed(StoreError):
    """The member has no right to this.

    `cards` are the ids of the cards that it was about, `what` is the method or command that was
    tried, and `noted` tells that the trail has it (`store.deeds.note_refusal`).
    """

    exit_status = 3
    noted = False
    what = ""
    cards: tuple[int, ...] = ()

    def about(self, cards: Iterable[int]) -> "NotAllowed":
        """This refusal, with the cards that it is about."""
        self.cards = tuple(cards)
        return self


class BadInput(StoreError):
    """What was typed or read cannot be understood; nothing was written."""

    exit_status = 4


class BadValue(BadInput):
    """The value of one field is wrong; `field` is its key, where known."""

    def __init__(self, message: str, *, field: str = "", **values: object) -> None:
        super().__init__(message, **values)
        self.field = field


class Conflict(StoreError):
    """Somebody else changed the same thing meanwhile; `fields` maps key to (theirs, mine)."""

    exit_status = 5

    def __init__(
        self, message: str, fields: dict[str, tuple[object, object]] | None = None, **values: object
    ) -> None:
        super().__init__(message, **values)
        self.fields = fields or {}


class StorageTrouble(StoreError):
    """The disk or the database refuses; what was typed is still where it was typed."""


class Stopped(StoreError):
    """The user stopped a long piece of work; nothing was written."""


class SessionOver(StoreError):
    """The session cannot go on: the box has a newer schema, or its member left."""
