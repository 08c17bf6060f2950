"""The parts of a line: the talk, its next contact, the to-dos, each with its texts and signs."""

import re
from dataclasses import dataclass, field

from store.line_pieces import Piece
from store.moments import Moment
from store.records.todos import TodoValues

_THEIRS = re.compile(
    r"(?:他们|她们|他|她|对方|客户|theirs|them|they|he|she|customer)\s*[:：]\s*(?=\S)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Part:
    """A run of pieces that belong together."""

    texts: list[str] = field(default_factory=list)
    """Parted where a sign was cut out."""
    raw: str = ""
    """Everything that stands in the line."""
    moment: Moment | None = None
    important: bool = False
    urgent: bool = False
    tags: list[str] = field(default_factory=list)
    _open: bool = False

    def add_text(self, text: str) -> None:
        """Take text, or a sign that says nothing here, as it stands."""
        self.raw += text
        if self._open:
            self.texts[-1] += text
        else:
            self.texts.append(text)
        self._open = True

    def cut_out(self, text: str) -> None:
        """Leave a sign out that was understood."""
        self.raw += text
        self._open = False

    def text(self) -> str:
        """The texts, with a blank where something was cut out."""
        return " ".join(text.strip() for text in self.texts if text.strip())

    def take_sign(self, piece: Piece) -> bool:
        """Take a to-do's sign; False where it is none, or one of its kind was taken before."""
        if piece.moment is not None:
            joined = _joined(self.moment, piece.moment)
            if joined is None:
                return False
            self.moment = joined
        elif piece.kind == "marks":
            self.important = self.important or "!" in piece.value
            self.urgent = self.urgent or piece.value in ("!!", "^")
        elif piece.kind == "tag":
            self.tags.append(piece.value)
        else:
            return False
        self.cut_out(piece.text)
        return True

    def todo(self) -> TodoValues:
        """The to-do that this part says; one that begins with 对方: is the customer's."""
        text = self.text()
        theirs = _THEIRS.match(text)
        return TodoValues(
            title=text[theirs.end() :] if theirs else text,
            important=self.important,
            urgent=self.urgent,
            due_on=self.moment.day if self.moment else None,
            due_time=self.moment.time if self.moment else None,
            repeat=self.moment.repeat if self.moment else None,
            side="theirs" if theirs else "ours",
            tags=tuple(dict.fromkeys(self.tags)),
        )


def _joined(known: Moment | None, more: Moment) -> Moment | None:
    """A day and a repeat together: the repeat begins on that day; None for two of a kind."""
    if known is None:
        return more
    if (known.repeat is None) == (more.repeat is None):
        return None
    day, again = (known, more) if more.repeat is not None else (more, known)
    return Moment(day.day, day.time or again.time, again.repeat, again.start, again.end)
