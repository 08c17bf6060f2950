"""One line says it: a talk or a to-do read from a line of text (interface.md).

Pure: cards are asked for by a function. What is not understood stays as text.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, tzinfo

from store import line_words
from store.clock import CHINA
from store.line_head import Head, read_head
from store.line_names import FindCard, mentioned
from store.line_parts import Part
from store.line_pieces import Piece, pieces
from store.method_words import method_at_the_start
from store.moments import Moment
from store.records.interactions import InteractionValues
from store.records.todos import TodoValues

NOON = time(12)
"""When a talk took place on a day gone by, if no time was said."""


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A talk as one line says it."""

    card_id: int | None
    """None where the line does not name a card that is known."""
    card_text: str
    """The card's name as it was written, or the word that should be one; it may be empty."""
    values: InteractionValues
    todos: tuple[TodoValues, ...]
    understood: tuple[str, ...]
    """Short sentences in the language spoken, to be shown before Enter."""


@dataclass(frozen=True, slots=True)
class TodoLine:
    """A to-do as one line says it."""

    values: TodoValues
    understood: tuple[str, ...]
    """Short sentences in the language spoken, to be shown before Enter."""


def read_contact_line(
    text: str, today: date, find_card: FindCard, zone: tzinfo = CHINA
) -> ContactLine:
    """A talk from one line: card, method, words, `*4`, `@date` next contact, `+to-do @date`.

    Words in quotes are the customer's own. A date gone by is the day of the talk. Never fails.

    Args:
        find_card: the card that a name or number means.
        zone: the team's time zone.
    """
    head = read_head(text, find_card)
    reading = _Contact(today, zone)
    for piece in pieces(text[head.end :], today):
        reading.take(piece)
    return reading.result(head)


def read_todo_line(text: str, today: date, find_card: FindCard) -> TodoLine:
    """A to-do from one line: words, `@date`, `!` `!!` `^`, `#tag`, 每周一, a card's name anywhere.

    Never fails.

    Args:
        find_card: the card that exactly this name, short name or number means.
    """
    part = Part()
    for piece in pieces(text, today):
        if not part.take_sign(piece):
            part.add_text(piece.text)
    values = part.todo()
    mention = mentioned(values.title, find_card)
    if mention is not None:
        before, after = values.title[: mention.start], values.title[mention.end :]
        if (not before or before[-1].isspace()) and (not after or after[0].isspace()):
            # The list shows the card beside the title, so a name that stands alone may go.
            rest = f"{before.strip()} {after.strip()}".strip()
            values = replace(values, title=rest or values.title)
        values = replace(values, card=mention.card.id)
    card = mention.card if mention else None
    return TodoLine(values, line_words.of_todo(values, card))


class _Contact:
    """Collects the pieces of a contact line."""

    def __init__(self, today: date, zone: tzinfo) -> None:
        self.today = today
        self.zone = zone
        self.talk = Part()
        self.next: Part | None = None
        self.next_moment: Moment | None = None
        self.todos: list[Part] = []
        self.part = self.talk
        self.at: datetime | None = None
        self.interest: int | None = None
        self.words: list[str] = []

    def take(self, piece: Piece) -> None:
        """Put a piece where it belongs."""
        if piece.kind == "todo":
            self.part = Part()
            self.todos.append(self.part)
            self.part.cut_out(piece.text)
        elif piece.kind == "interest" and self._is_interest(piece):
            self.interest = int(piece.value)
            self.part = self.talk
            self.part.cut_out(piece.text)
        elif piece.kind == "quote" and not self._belongs_to_todo(piece):
            self._take_words(piece)
        elif not self._taken_as_sign(piece):
            self.part.add_text(piece.text)

    def _is_interest(self, piece: Piece) -> bool:
        """Behind the word of a to-do, as in 样品*4, it counts pieces."""
        return self.interest is None and (piece.alone or not self._in_todo())

    def _in_todo(self) -> bool:
        return bool(self.todos) and self.part is self.todos[-1]

    def _belongs_to_todo(self, quote: Piece) -> bool:
        """In the words of a to-do a quote is one of them; behind its date the customer speaks."""
        return self._in_todo() and not (quote.alone and self.part.moment is not None)

    def _taken_as_sign(self, piece: Piece) -> bool:
        if self._in_todo() and self.part.take_sign(piece):
            return True
        if piece.kind != "moment" or piece.moment is None:
            return False
        return self._take_moment(piece, piece.moment)

    def _take_words(self, piece: Piece) -> None:
        """The customer's words; within a sentence (他说“…”) they stay in it as well."""
        self.words.append(piece.value)
        if self._in_todo():
            self.part = self.talk
        if piece.alone:
            self.part.cut_out(piece.text)
        else:
            self.part.add_text(piece.text)

    def _take_moment(self, piece: Piece, moment: Moment) -> bool:
        """The day of the talk, or the next contact, whose purpose follows."""
        if moment.day < self.today and self.at is None:
            self.at = datetime.combine(moment.day, moment.time or NOON, self.zone)
            self.part.cut_out(piece.text)
            return True
        if moment.day < self.today or self.next is not None:
            return False
        self.next = self.part = Part()
        self.next_moment = moment
        if moment.repeat is not None:
            self.next.add_text(piece.text)
        elif moment.time is not None:
            self.next.add_text(f"{moment.time:%H:%M}")
        self.next.cut_out("")
        return True

    def result(self, head: Head) -> ContactLine:
        """The talk, and what was understood of it."""
        todos = [(part, part.todo()) for part in self.todos]
        without_words = [part.raw.strip() for part, todo in todos if not todo.title]
        minutes = " ".join(text for text in (self.talk.text(), *without_words) if text)
        purpose = self.next.text() if self.next else ""
        values = InteractionValues(
            at=self.at,
            method=head.method or method_at_the_start(minutes) or "other",
            reached=head.not_reached is None,
            not_reached_reason=head.not_reached,
            interest=self.interest,
            minutes=minutes or None,
            words="\n".join(self.words) or None,
            next_on=self.next_moment.day if self.next_moment else None,
            next_method=method_at_the_start(purpose.lstrip("0123456789: ")),
            next_purpose=purpose or None,
        )
        kept = tuple(todo for _, todo in todos if todo.title)
        return ContactLine(
            card_id=head.card.id if head.card else None,
            card_text=head.card_text,
            values=values,
            todos=kept,
            understood=line_words.of_contact(values, kept, head.card),
        )
