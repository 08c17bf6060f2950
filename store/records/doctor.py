"""What an examination of the box found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    `name` is an English message id, translated where it is shown; `detail` is a sentence in the
    language spoken.
    """

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Examination:
    """Everything that was looked at, in its order."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return all(check.ok for check in self.checks)
