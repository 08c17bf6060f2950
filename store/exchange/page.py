"""The frame of printed pages: what stands on every sheet of paper, in HTML.

A page is one file without anything from elsewhere; nothing in it runs. Whatever stands on a card
is text: templates are filled in a sandbox and every value is escaped.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store import language
from store.language import _

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from store.desk import Desk

TEMPLATES = Path(__file__).with_name("pages")
"""One template for each kind of page; each fills the blocks of `frame.html`."""


@dataclass(frozen=True, slots=True)
class PageHead:
    """What stands at the head and the foot of a page, in the language spoken."""

    kind: str
    """What the page is: a briefing, a personal card."""
    name: str
    beside: str
    """What stands beside the name: title and organisation."""
    number: str
    printed_on: date
    printed_by: str

    @property
    def footer(self) -> str:
        """Who printed it and when, and that it is not for everybody."""
        told = _("Printed by {name} on {day}. Confidential: keep it to yourself.")
        return told.format(name=self.printed_by, day=self.printed_on)


def head_of(desk: "Desk", kind: str, *, name: str, beside: str, number: str) -> PageHead:
    """The head of a page that the member prints today."""
    return PageHead(kind, name, beside, number, desk.store.clock.today(), desk.member.name)


def html_page(template: str, head: PageHead, values: Mapping[str, Any]) -> str:
    """A page as one HTML document.

    Args:
        template: the name of a file in `TEMPLATES`.
        values: what its blocks are filled with, beside `head`.
    """
    lang = "zh-CN" if language.current() == "zh" else "en"
    found = _environment().get_template(template)
    return found.render(**values, head=head, lang=lang)


@cache
def _environment() -> "ImmutableSandboxedEnvironment":
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
