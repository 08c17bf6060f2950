"""Releases in words: of what, to whom, how much, until when."""

from datetime import timedelta
from typing import TYPE_CHECKING

from store import labels
from store.language import N_, _
from store.records.releases import ReleaseRow

if TYPE_CHECKING:
    from store.clock import Clock

LEVELS = {
    "released": N_("name, organisation and title"),
    "whole": N_("whole cards"),
}
"""How much of a card is released; message ids."""


def level(release: ReleaseRow) -> str:
    """How much is released."""
    return _(LEVELS[release.level])


def department(release: ReleaseRow) -> str:
    """Whose cards are released."""
    return release.department_name or _("all departments")


def receiver(release: ReleaseRow) -> str:
    """To whom."""
    return labels.role(release.role) if release.role else release.member


def state(release: ReleaseRow, clock: "Clock") -> str:
    """Until when, or since when no more; without an end it stands for review."""
    if release.state == "taken_back" and release.taken_back_at is not None:
        when = f"{clock.local(release.taken_back_at):%Y-%m-%d}"
        return _("taken back {when}").format(when=when)
    if release.ends_at is None:
        since = f"{clock.local(release.given_at):%Y-%m-%d}"
        return _("review: no end since {when}").format(when=since)
    day = f"{clock.local(release.ends_at - timedelta(seconds=1)):%Y-%m-%d}"
    text = N_("ended {when}") if release.state == "ended" else N_("released until {when}")
    return _(text).format(when=day)
