"""What the desk takes and returns about the people at an organisation."""

from dataclasses import dataclass
from datetime import date, datetime

from store.language import N_, _, listed, ngettext

HIDDEN = "hidden"
LEFT = "left"
"""Why the person to whom somebody reports stands in no chart: he is not to be seen, or left."""


@dataclass(frozen=True, slots=True)
class PlaceValues:
    """Somebody's place at an organisation as it is edited; blanks are None.

    `reports_to` is the id of a person's card, `influence` goes from 1 to 5. The values of the
    choices stand in `store/forms/affiliation.toml`.
    """

    title: str | None = None
    org_department: str | None = None
    department_kind: str | None = None
    level: str | None = None
    role: str | None = None
    influence: int | None = None
    attitude: str | None = None
    faction: str | None = None
    reports_to: int | None = None
    matters: str | None = None
    quality: str | None = None
    since: date | None = None
    until: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody at an organisation, now or before.

    Of whoever is seen in part only name and title are told: `whole` is False, and the rest blank.
    """

    id: int
    """Of the affiliation: the place that he has, or had."""
    card_id: int
    organisation_id: int
    number: str
    name: str
    values: PlaceValues
    whole: bool = True
    main: bool = True
    position: int = 0
    head: str = ""
    """The name of whom he reports to; "" where that is not to be seen."""
    above: str = ""
    """`HIDDEN` or `LEFT`, where whom he reports to is not among the people there."""
    phone: str = ""
    met_at: datetime | None = None
    """When he was reached last; None for somebody who was never met."""
    owner: str = ""
    """The name of who looks after him."""
    yours: bool = False
    """Whether the member may change his card."""

    @property
    def title(self) -> str:
        """What he is there, "" where it is not known."""
        return self.values.title or ""


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A head of the organisation chart; those who report to him follow, one deeper."""

    person: PersonRow
    depth: int
    below: int
    """How many stand below him, at any depth."""


@dataclass(frozen=True, slots=True)
class Employer:
    """An organisation where somebody works, or worked."""

    id: int
    """Of the affiliation."""
    organisation_id: int | None
    """None where the member does not see the organisation's card."""
    number: str
    name: str
    values: PlaceValues
    """What is known of his place there."""
    head: str
    """The name of whom he reports to; "" where nobody is known, or he is not to be seen."""
    main: bool

    @property
    def title(self) -> str:
        """What he is there, "" where it is not known."""
        return self.values.title or ""

    @property
    def since(self) -> date | None:
        """His first day there, where it is known."""
        return self.values.since

    @property
    def until(self) -> date | None:
        """His last day there; None while he works there."""
        return self.values.until


NAMED = 3
"""How many people the sentence of a gap names."""

GAPS = {
    "nobody": N_("Nobody there is known yet."),
    "no_decision_maker": N_("No decision-maker is known there."),
    "not_met": N_("No decision-maker met yet: {names}."),
    "opposed": N_("The decision is in the hands of somebody opposed to us: {names}."),
    "gatekeeper": N_("{names}: keeps the door to the decision-maker, and has to be won first."),
    "no_supporter": N_("Nobody there supports us yet."),
    "no_buyer": N_("Nobody who buys is known there."),
    "no_user": N_("Nobody who uses it is known there."),
    "no_head": N_("Nobody knows to whom they report: {names}."),
}
"""What may be missing in the chain of decision, the most important first."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing in an organisation's chain of decision."""

    key: str
    """One of `GAPS`."""
    names: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What is missing, in the language spoken now."""
        names = list(self.names[:NAMED])
        more = len(self.names) - len(names)
        if more > 0:
            names.append(ngettext("{count} more", "{count} more", more).format(count=more))
        return _(GAPS[self.key]).format(names=listed(names))
