"""What the audit is asked and what it tells: plain values, no tables."""

from dataclasses import dataclass
from datetime import date, datetime

from store.language import N_, _

KINDS = {
    "change": N_("change"),
    "undo": N_("undo"),
    "import": N_("import"),
    "export": N_("export"),
    "transfer": N_("transfer"),
    "merge": N_("merge"),
    "login": N_("login"),
    "refused": N_("refusal"),
    "unmask": N_("unmasking"),
    "read": N_("loan read"),
    "erase": N_("erasure"),
}
"""What an entry of the trail can be, with what it is called."""


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """Which entries of the trail are wanted; all of them where nothing is said."""

    member: str = ""
    """The login of who did it."""
    kind: str = ""
    """One of `KINDS`."""
    card: int | None = None
    """The id of the card that it was about."""
    table: str = ""
    """The table whose records were changed."""
    field: str = ""
    """The key of a field that was changed, as the forms declare it."""
    since: date | None = None
    """The first day, in the team's time."""
    until: date | None = None
    """The last day."""
    place: str = ""
    """A part of the key, the address, or what the member worked with."""
    text: str = ""
    """A part of a card's name, its number, a member's name, or a value on a card of one's own."""


@dataclass(frozen=True, slots=True)
class AuditField:
    """What was changed: what it is called, what it was and what it is; "" for nothing."""

    title: str
    before: str
    after: str

    @property
    def line(self) -> str:
        """It in one line."""
        changed = f"{self.before} -> {self.after or '-'}" if self.before else self.after
        return " ".join(f"{self.title} {changed}".split())


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """One changed record, or one deed, as far as the asker may see it."""

    table: str
    title: str
    """What the record is called, in the language spoken."""
    number: str = ""
    """The number of the card that it is about."""
    name: str = ""
    """The card's name; empty where the asker does not see the card."""
    card_id: int | None = None
    fields: tuple[AuditField, ...] = ()
    hidden: bool = False
    """Whether values are left out because the asker may not see them."""
    erased: bool = False
    """Whether the values are gone from the trail: the card was erased."""

    @property
    def card(self) -> str:
        """The card by number and name, as far as the asker sees them."""
        return f"{self.number} {self.name}".strip()

    @property
    def state(self) -> str:
        """Why there are no values, where they are hidden or gone."""
        if self.erased:
            return _("(erased)")
        return _("(hidden)") if self.hidden else ""

    @property
    def line(self) -> str:
        """It in one line, without the card."""
        if self.state:
            return f"{self.title} {self.state}"
        fields = _(", ").join(field.line for field in self.fields)
        return fields or self.title


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change set of the trail: who did what, when, and from where."""

    id: int
    at: datetime
    """Aware, in UTC."""
    member: str
    login: str
    kind: str
    """One of `KINDS`."""
    summary: str
    """What was done, in the language spoken."""
    origin: str
    """What the member worked with: screen, shell, import:FILE, export:FORMAT …"""
    place: str
    """The key and the address of a session over SSH."""
    records: tuple[AuditRecord, ...] = ()
    left_out: int = 0
    """How many records are not among `records`, for there are many."""

    @property
    def about(self) -> tuple[str, ...]:
        """The cards that it is about, each once."""
        return tuple(dict.fromkeys(record.card for record in self.records if record.card))

    @property
    def detail(self) -> str:
        """What was done and what changed, in one line."""
        lines = [*dict.fromkeys(record.line for record in self.records)]
        if self.left_out:
            lines.append(_("and {count} more").format(count=self.left_out))
        deed = self.kind not in ("change", "undo", "import", "transfer", "merge")
        return _("; ").join(lines if deed and lines else [self.summary, *lines])


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure took away."""

    number: str
    records: int
    """Records that are gone."""
    shared: int
    """Talks with other cards as well: they stay with those, without the name."""
    blanked: int
    """Changes of the trail whose text is gone."""
    drafts: int
    """Unsaved words that are gone."""
