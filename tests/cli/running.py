"""What a command of the program gave."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple


class Ran(NamedTuple):
    """What a command gave."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The JSON document on standard output."""
        return json.loads(self.out)

    def words(self) -> str:
        """All words of the output, with single blanks."""
        return " ".join(self.out.split())


Shuke = Callable[..., Ran]
"""Runs `shuke` with these arguments."""
