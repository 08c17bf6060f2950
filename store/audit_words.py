"""The records of the trail in words: cards by their forms, the team's tables, and deeds."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from store import deeds, labels
from store.change_words import WHOLE, told_of
from store.forms.declaration import load_form
from store.language import N_, _, listed
from store.lendable import titles_of
from store.models.base import database
from store.records.audit import AuditField
from store.records.trail import RecordChange

if TYPE_CHECKING:
    from store.audit_scope import Sight
    from store.clock import Clock

TITLES = {
    **labels.TABLES,
    "interaction_card": N_("Also took part"),
    "member": N_("Member"),
    "department": N_("Department"),
    "public_key": N_("SSH key"),
    "setting": N_("Setting"),
    "loan": N_("Loan"),
    "card_release": N_("Release"),
    deeds.EXPORT: N_("Export"),
    deeds.LOGIN: N_("Came in"),
    deeds.REFUSED: N_("Refused"),
    deeds.UNMASK: N_("Unmasked"),
    deeds.READ: N_("Read a lent card"),
    deeds.TRANSFER: N_("Transfer"),
    deeds.MERGE: N_("Merged"),
    deeds.ERASE: N_("Erased"),
    deeds.REOPEN: N_("Volume opened again"),
}
"""What the tables and deeds of the trail are called."""

PLAIN = {
    "owner_id": N_("Looked after by"),
    "department_id": N_("Department"),
    "trashed_at": N_("In the trash"),
    "done_at": N_("Done on"),
    "asked_by_id": N_("Asked by"),
    "login": N_("Login"),
    "name": N_("Name"),
    "role": N_("Role"),
    "active": N_("Works here"),
    "trainee": N_("Trainee"),
    "coach_id": N_("Coach"),
    "left_at": N_("Left on"),
    "parent_id": N_("Department above"),
    "kind": N_("Kind"),
    "fingerprint": N_("Fingerprint"),
    "comment": N_("Comment"),
    "key": N_("Setting"),
    "value": N_("Value"),
    "member_id": N_("Member"),
    "addressee_id": N_("Written to"),
    "what": N_("What"),
    "pages": N_("Pages"),
    "sections": N_("Sections"),
    "reason": N_("Reason"),
    "status": N_("Status"),
    "days": N_("Days"),
    "due_at": N_("Until"),
    "answer": N_("Answer"),
    "returned_at": N_("Returned on"),
    "level": N_("Level"),
    "ends_at": N_("Until"),
    "taken_back_at": N_("Taken back on"),
    "shared": N_("Shared with the team"),
}
"""Columns that no form of a card declares."""

OF_DEPARTMENTS = {"name": N_("Name of the department")}
"""Columns that are called something else in a department."""

OF_THE_BOX = {
    "shared": N_("a team works in the box"),
    "usual_login": N_("who works on the server itself"),
    "forms": N_("the team's own forms"),
}
"""Settings of the box that change together with the team."""

ON_CARDS = frozenset({"owner_id", "department_id", "trashed_at", "done_at", "asked_by_id"})
"""Those of them that records with a form or a short text of their own have as well."""

TRIED = {
    "briefing": "card",
    "cards": "card",
    "inspections": "inspection",
    "interactions": "interaction",
    "todos": "todo",
    "family": "family_member",
    "occasions": "occasion",
    "own_card": "setting",
    "people": "affiliation",
    "remarks": "remark",
    "segments": "segment",
    "transfers": deeds.TRANSFER,
    "merging": deeds.MERGE,
    "loans": "loan",
    "papers": "paper",
    "volumes": "volume",
    "releases": "card_release",
    "relations": "relationship",
    "referrals": "referral",
    "clubs": "club",
    "team": "member",
    "departments": "department",
    "keys": "public_key",
    "settings": "setting",
    "team_forms": "setting",
    "exchange": deeds.EXPORT,
    "audit": deeds.ERASE,
}
"""What a refused method of the desk was about, by its part."""

WENT_OUT = {
    "cards": N_("Cards"),
    "interactions": N_("Contact log"),
    "todos": N_("To-do"),
    "dates": N_("Dates"),
    "trail": N_("Audit"),
    "all": N_("everything"),
    "briefing": N_("Briefing"),
    "box": N_("a copy of the whole box"),
    "paper": N_("the file of a paper"),
    "papers": N_("Papers"),
    "relations": N_("Relationships"),
    "referrals": N_("Referrals"),
    "clubs": N_("Clubs"),
}
"""What an export took out."""

WAYS_IN = {"screen": N_("the screen"), "shell": N_("a command")}
"""What a member came in for."""

SAID = {
    "what": N_("What"),
    "why": N_("Reason"),
    "cards": N_("Cards"),
    "with": N_("With"),
    "format": N_("Format"),
    "count": N_("How many"),
    "number": N_("Card number"),
    "paper": N_("Paper"),
    "volume": N_("Volume"),
    "reason": N_("Reason"),
    "from": N_("Given by"),
    "to": N_("Given to"),
    "into": N_("Merged into"),
    "moved": N_("Came along"),
    "talks": N_("Talks"),
    "todos": N_("To-dos"),
    "sections": N_("Sections"),
    "key": N_("Field"),
    "records": N_("Records taken away"),
    "changes": N_("Changes blanked"),
}
"""What deeds say; what is not here is for the program."""


class Words:
    """Tells the records of some entries; members and departments by name."""

    def __init__(self, clock: "Clock") -> None:
        self._clock = clock
        self.members: Mapping[int, tuple[str, str]] = {
            number: (login, name)
            for number, login, name in database.execute_sql("SELECT id, login, name FROM member")
        }
        """Login and name by id."""
        self._departments: Mapping[int, str] = dict(
            database.execute_sql("SELECT id, name FROM department").fetchall()
        )

    def told(self, change: RecordChange, kind: str, sight: "Sight") -> tuple[AuditField, ...]:
        """What changed in a record.

        Args:
            kind: of the card on which it stands, person where it stands on none.
            sight: how much of it may be told, something at least.
        """
        masked = sight < 2
        known = change.table == "card" or change.table in WHOLE
        told = [AuditField(*each) for each in told_of(change, kind, masked=masked)] if known else []
        return (*told, *self._columns(change, ON_CARDS if known else PLAIN))

    def _columns(self, change: RecordChange, wanted: Iterable[str]) -> Iterable[AuditField]:
        before, after = change.before or {}, change.after or {}
        for key in PLAIN:
            if key in wanted and before.get(key) != after.get(key):
                shown = [self._shown(key, side.get(key)) for side in (before, after)]
                if any(shown):
                    title = OF_DEPARTMENTS.get(key) if change.table == "department" else None
                    yield AuditField(_(title or PLAIN[key]), *shown)

    def _shown(self, key: str, value: Any) -> str:
        if value is None:
            return ""
        if key in ("owner_id", "asked_by_id", "coach_id", "member_id", "addressee_id"):
            return self.members.get(value, ("", str(value)))[1]
        if key in ("department_id", "parent_id"):
            return self._departments.get(value, str(value))
        if key == "role":
            return labels.role(str(value))
        if key.endswith("_at"):
            return self._moment(str(value))
        if key == "key" and value in OF_THE_BOX:
            return _(OF_THE_BOX[value])
        if key in ("active", "trainee") or isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list):
            return listed(map(str, value))
        return str(value)

    def _moment(self, stored: str) -> str:
        from datetime import UTC, datetime

        try:
            moment = datetime.fromisoformat(stored).replace(tzinfo=UTC)
        except ValueError:
            return stored
        return f"{self._clock.local(moment):%Y-%m-%d %H:%M}"

    def said(self, said: Mapping[str, Any], kind: str, *, whole: bool) -> tuple[AuditField, ...]:
        """What a deed says.

        Args:
            kind: of the card that it is about, whose form names the fields and sections.
            whole: whether the asker may read words that a member wrote about the card.
        """
        return tuple(
            AuditField(_(title), "", self._said(key, said[key], kind))
            for key, title in SAID.items()
            if said.get(key) not in (None, "", []) and (whole or key != "reason")
        )

    def _said(self, key: str, value: Any, kind: str) -> str:
        if key == "why":
            return _(str(value)).format_map(_Unsaid())
        if key == "what":
            return tried(str(value))
        if key == "with" and value in WAYS_IN:
            return _(WAYS_IN[value])
        if key == "key":
            form = load_form(kind)
            return form.field(value).title if value in form else str(value)
        if key == "sections":
            titles = titles_of(kind)
            return listed(titles.get(each, str(each)) for each in value)
        if key in ("from", "to"):
            names = [name for login, name in self.members.values() if login == value]
            return names[0] if names else str(value)
        if key in ("records", "moved") and isinstance(value, dict):
            counts = (f"{title(str(name))} {count}" for name, count in value.items())
            return _(", ").join(counts)
        return str(value)


def tried(what: str) -> str:
    """What a deed was about: what went out, or what was tried, with the method's own name."""
    if what in WENT_OUT:
        return _(WENT_OUT[what])
    part, dot, _method = what.partition(".")
    return labels.aside(title(TRIED[part]), what) if dot and part in TRIED else what


class _Unsaid(dict[str, str]):
    """Stands for the values of a refusal's sentence, which the trail does not keep."""

    def __missing__(self, key: str) -> str:
        return "…"


def title(table: str) -> str:
    """What records of a table, or a deed, are called."""
    return _(TITLES.get(table, table))
