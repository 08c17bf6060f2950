"""Coming in over SSH: is he still a member, with this key? The trail notes that he came."""

from typing import TYPE_CHECKING

from store import deeds
from store.errors import NotAllowed, NotFound, StoreError
from store.rights import GONE

if TYPE_CHECKING:
    from store.database import Store
    from store.desk import Desk
    from tui.config import Configuration
    from tui.visit import Visit


def come_in(store: "Store", visit: "Visit", origin: str) -> "Desk":
    """The desk of a member who comes over SSH; that he came is still to be noted.

    Args:
        origin: what he works with, as the trail notes it.

    Raises:
        NotAllowed: he does not work here any more, or the key was revoked.
        StorageTrouble: the box cannot be read.
    """
    try:
        desk = store.desk(visit.login, origin, visit.place)
    except NotFound:
        raise NotAllowed(GONE) from None
    desk.look_at_member()
    return desk


def note_login(desk: "Desk") -> None:
    """Note in the trail that a member came in."""
    deeds.note(desk, deeds.LOGIN, {"with": desk.origin})


def note_refusal(
    visit: "Visit", configuration: "Configuration", refusal: NotAllowed, what: str
) -> None:
    """Note in the trail what was refused before anybody came to a desk.

    Args:
        what: the command that was tried.
    """
    if refusal.noted:
        return
    from tui.session import Session, no_options

    session = Session(no_options(), configuration, visit=visit)
    try:
        deeds.note_refusal(session.desk, refusal, what)
    except StoreError:
        return  # whoever does not work here has no desk; sshd's log tells of him
    finally:
        session.close()
