"""What the desk tells about the forms of the team: plain values, no tables."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TeamText:
    """The team's own declaration that is in force."""

    text: str
    """As it was handed in; "" where the forms are those of the program."""
    used_at: datetime | None = None
    used_by: str = ""


@dataclass(frozen=True, slots=True)
class FormsChange:
    """What another declaration changes about the forms, each as `kind: label`."""

    added: tuple[str, ...] = ()
    """Fields and columns that are asked from now on."""
    changed: tuple[str, ...] = ()
    """Fields that are declared otherwise."""
    gone: tuple[str, ...] = ()
    """Fields and columns that are asked no more; cards keep what they hold of them."""

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.gone)
