"""SSH keys of members: with them they come in, and without one nobody does."""

from typing import TYPE_CHECKING

from store.arguments import checks_arguments, shortened
from store.cleaning import clean_line
from store.errors import Ambiguous, BadInput, NotFound
from store.language import N_
from store.members import member_named
from store.models.base import database
from store.models.team import PublicKey
from store.public_key import read_key
from store.records.keys import KeyRecord
from store.rights import may_manage_team, require_team
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk

ADDED = N_("SSH key added")
REVOKED = N_("SSH key revoked")
KNOWN = N_("This key is there already: it is {login}'s. One key is one member's.")
NO_MEMBER = N_("There is no active member “{login}” here.")
NO_KEY = N_("There is no key “{text}”; `shuke key list` shows them.")
SEVERAL = N_("“{text}” begins several keys:")

PREFIX = "SHA256:"


@explains_trouble
@checks_arguments
class Keys:
    """Which keys come in, and as whom; an administrator says so."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def list(self) -> tuple[KeyRecord, ...]:
        """The keys by member; whoever does not set up the team sees his own alone."""
        query = PublicKey.select().order_by(PublicKey.member_id, PublicKey.id)
        if not may_manage_team(self.desk):
            query = query.where(PublicKey.member_id == self.desk.member.id)
        people = _people()
        return tuple(
            KeyRecord(
                key.fingerprint,
                key.kind,
                key.comment,
                *people[key.member_id],
                added_at=key.added_at,
                added_by=people[key.added_by_id][0],
            )
            for key in query
        )

    def add(self, login: str, text: str) -> KeyRecord:
        """Let a member in with a key.

        Args:
            login: the member.
            text: the public key, as OpenSSH or PuTTY writes it.

        Raises:
            NotAllowed: only whoever sets up the team may.
            NotFound: there is no such member.
            BadInput: it is no key that can be used, or it is there already.
        """
        require_team(self.desk)
        member = member_named(clean_line(login))
        if member is None:
            raise NotFound(NO_MEMBER, login=shortened(login))
        key = read_key(text)
        with self.desk.change(ADDED) as change:
            known = PublicKey.get_or_none(PublicKey.fingerprint == key.fingerprint)
            if known is not None:
                raise BadInput(KNOWN, login=_people()[known.member_id][0])
            change.insert(
                PublicKey,
                {
                    "member_id": member.id,
                    "kind": key.kind,
                    "blob": key.blob,
                    "fingerprint": key.fingerprint,
                    "comment": key.comment,
                    "added_at": self.desk.store.clock.now(),
                    "added_by_id": self.desk.member.id,
                },
            )
        return next(each for each in self.list() if each.fingerprint == key.fingerprint)

    def revoke(self, fingerprint: str) -> KeyRecord:
        """Take a key away: with it nobody comes in any more, and whoever is in with it goes.

        Args:
            fingerprint: its beginning, with or without `SHA256:`.

        Raises:
            NotAllowed: only whoever sets up the team may.
            NotFound: no key begins so, or several do.
        """
        require_team(self.desk)
        text = clean_line(fingerprint)
        beginning = PREFIX + text.removeprefix(PREFIX)
        found = [key for key in self.list() if key.fingerprint.startswith(beginning)]
        if not found or beginning == PREFIX:
            raise NotFound(NO_KEY, text=shortened(text))
        if len(found) > 1:
            raise Ambiguous(SEVERAL, [_line(key) for key in found], text=shortened(text))
        with self.desk.change(REVOKED) as change:
            sql = "SELECT id FROM public_key WHERE fingerprint = ?"
            for (row_id,) in database.execute_sql(sql, [found[0].fingerprint]).fetchall():
                change.delete(PublicKey, row_id)
        return found[0]


def _people() -> dict[int, tuple[str, str, bool]]:
    """Login, name and whether he works here, by the member's id."""
    sql = "SELECT id, login, name, active FROM member"
    return {
        number: (login, name, bool(active))
        for number, login, name, active in database.execute_sql(sql).fetchall()
    }


def _line(key: KeyRecord) -> str:
    return f"{key.fingerprint}  {key.login}  {key.comment}".rstrip()
