"""The one gate before every write: may this member change this record?

The recorder asks for each record before it is written, so that a use case that forgets to ask
still changes nothing on a card that is not the member's. Use cases that decide by another rule ask
for themselves and write with the gate open (`Desk.change(asked=True)`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from store.errors import NotAllowed
from store.language import N_
from store.rights import (
    KEEPING,
    NO_HANDING,
    NOT_YOUR_TODO,
    REFUSALS,
    Right,
    all_allowed,
    allowed_among,
    condition,
    members_below,
    require_closing,
    require_entering,
    require_team,
)

if TYPE_CHECKING:
    from store.desk import Desk

NOT_YOUR_TALK = N_("This talk was logged by a colleague and is not yours to change.")
NOT_YOUR_REMARK = N_("This remark is not yours to change.")
NOT_YOUR_SEGMENT = N_("This segment is a colleague’s and not yours to change.")
NOT_YOUR_CLUB = N_("This club is not yours to change.")
CLOSED_PAPER = N_("{number} is closed into a volume, and does not change any more.")
NOT_YOUR_INSPECTION = N_("This inspection was made by somebody else and is not yours to change.")
NO_RELEASING = N_("Only a manager or the director says what others see of the cards.")

Row = Mapping[str, Any]

CONTENT = {
    "contact_point": "card_id",
    "family_member": "card_id",
    "occasion": "card_id",
}
"""What stands on a card, by the column that names the card."""

OF_STRUCTURE = frozenset(
    {
        *("level", "department_kind", "role", "influence", "attitude", "faction"),
        *("reports_to_id", "matters", "quality", "note", "position"),
    }
)
"""Columns of somebody's place that say what part he plays at the organisation.

What his name card tells is the person's own: title, department, dates, whether it is the main one.
"""

HANDING = frozenset({"owner_id", "department_id"})
"""Columns of a card that say whose it is."""

CLOSING_COLUMNS = frozenset({"volume_id", "place"})
"""Columns of a paper that closing its volume sets, and opening it takes away."""

KEPT_OPEN = CLOSING_COLUMNS | {"card_id"}
"""What changes of a closed paper all the same: its volume is opened, its card merged."""

RELEASING = frozenset({"manager", "director"})
"""Roles that release cards to others."""

THANKING = frozenset({"reported_on", "thanked_on", "result", "version", "updated_at"})
"""Columns of a referral that tell what was done for the referrer."""


class Gate:
    """Asks for one change set; what it allowed once it does not ask again.

    Args:
        brings: the change set brings a file in, or takes that back: words come and go in the names
            of those who said them elsewhere.
    """

    def __init__(self, desk: "Desk", brings: bool = False) -> None:
        self.desk = desk
        self.brings = brings
        self._allowed: dict[Right, set[int]] = {right: set() for right in Right}
        self._rules: dict[str, Callable[[Sequence[Row], Row | None], None]] = {
            "affiliation": self._places,
            "card": self._cards,
            "interaction": self._talks,
            "interaction_card": self._links,
            "todo": self._todos,
            "loan": self._loans,
            "paper": self._papers,
            "volume": self._volumes,
            "remark": self._remarks,
            "relationship": self._relationships,
            "referral": self._referrals,
            "club": self._clubs,
            "club_member": self._club_members,
            "inspection": self._inspections,
            "card_release": self._releases,
            "distinct_pair": self._pairs,
            "segment": self._segments,
            "member": self._members,
            "department": self._team,
            "setting": self._settings,
            "public_key": self._team,
        }

    def ask(self, name: str, rows: Sequence[Row], columns: Row | None = None) -> None:
        """Make sure that records may be written.

        Args:
            name: their table.
            rows: as they stand in the box, or new ones.
            columns: what they are to have from now on; None for new ones and those that go.

        Raises:
            NotAllowed: one of them is not the member's to write.
        """
        if name in CONTENT:
            self._need(Right.EDIT, (row[CONTENT[name]] for row in rows))
        elif name in self._rules:
            self._rules[name](rows, columns)

    def entered(self, card_ids: Iterable[int]) -> None:
        """These cards were entered in this change set: what stands on them is the member's."""
        for allowed in self._allowed.values():
            allowed.update(card_ids)

    def _need(self, right: Right, card_ids: Iterable[int | None]) -> None:
        allowed = self._allowed[right]
        wanted = {card for card in card_ids if card is not None} - allowed
        if not wanted:
            return
        if not all_allowed(self.desk, right, sorted(wanted)):
            raise NotAllowed(REFUSALS[right]).about(sorted(wanted))
        allowed |= wanted

    def _cards(self, rows: Sequence[Row], columns: Row | None) -> None:
        known = [row["id"] for row in rows if row.get("id") is not None]
        if columns is None and len(known) < len(rows):
            require_entering(self.desk.member)
            self._need_owners(row["owner_id"] for row in rows)
            return
        if columns is not None and HANDING & columns.keys():
            self._need(Right.HAND, known)
            if "owner_id" in columns:
                self._need_owners([columns["owner_id"]])
        if columns is None or columns.keys() - HANDING:
            self._need(Right.EDIT, known)

    def _places(self, rows: Sequence[Row], columns: Row | None) -> None:
        """Whoever looks after a person says where he works; what part he plays there, whoever
        looks after the organisation says, too.
        """
        people = {row["person_id"] for row in rows} - self._allowed[Right.EDIT]
        if columns is None or columns.keys() - OF_STRUCTURE:
            self._need(Right.EDIT, people)
            return
        own = set(allowed_among(self.desk, Right.EDIT, sorted(people)))
        foreign = people - own
        self._need(
            Right.EDIT, (row["organisation_id"] for row in rows if row["person_id"] in foreign)
        )

    def _need_owners(self, owners: Iterable[int]) -> None:
        """Cards may be given to whoever stands below; the keeper of the files gives to anyone."""
        wanted = set(owners) - {self.desk.member.id}
        if not wanted or condition(self.desk, Right.HAND) is None:
            return
        below = members_below(self.desk.member)
        if below is not None and wanted - below:
            raise NotAllowed(NO_HANDING)

    def _talks(self, rows: Sequence[Row], columns: Row | None) -> None:
        new = [row for row in rows if row.get("id") is None]
        self._need(Right.LOG, (row["card_id"] for row in new))
        mine = self.desk.member.id
        others = {row["card_id"] for row in rows if row.get("id") and row["member_id"] != mine}
        if others and not all_allowed(self.desk, Right.EDIT, sorted(others)):
            raise NotAllowed(NOT_YOUR_TALK)
        self._need(Right.LOG, {row["card_id"] for row in rows} - others)

    def _links(self, rows: Sequence[Row], columns: Row | None) -> None:
        """Whoever may change a talk says who else was there: customers with whom he may log."""
        from store.models.interactions import Interaction, InteractionCard
        from store.rows import fetch

        talks = fetch(Interaction, {row["interaction_id"] for row in rows})
        self._talks(list(talks.values()), columns)
        there = fetch(InteractionCard, [row["id"] for row in rows if row.get("id") is not None])
        self._need(Right.LOG, (row["card_id"] for row in rows if row.get("id") not in there))

    def _todos(self, rows: Sequence[Row], columns: Row | None) -> None:
        me = self.desk.member.id
        named = ("owner_id", "asked_by_id", "created_by_id")
        foreign = [
            row
            for row in rows
            if row.get("id") is not None and me not in (row[column] for column in named)
        ]
        if not foreign:
            return
        below = members_below(self.desk.member)
        for row in foreign:
            if below is None or row["owner_id"] in below:
                continue
            card = row["card_id"]
            if card is None or not all_allowed(self.desk, Right.EDIT, [card]):
                raise NotAllowed(NOT_YOUR_TODO)

    def _loans(self, rows: Sequence[Row], columns: Row | None) -> None:
        """Whoever borrows asks and gives back; what is lent, and for how long, others say."""
        me = self.desk.member.id
        for row in rows:
            after = {**row, **(columns or {})}
            if row["member_id"] != me or after["status"] == "lent":
                self._need(Right.LEND, [row["card_id"]])

    def _papers(self, rows: Sequence[Row], columns: Row | None) -> None:
        """Papers are changed with their card; those in a volume are not changed."""
        self._need(Right.EDIT, (row["card_id"] for row in rows))
        if columns is not None and "card_id" in columns:
            self._need(Right.EDIT, [columns["card_id"]])
        closed = [row for row in rows if row["volume_id"] is not None]
        present = [row for row in closed if row.get("id") is not None]
        closes = columns is not None and CLOSING_COLUMNS & columns.keys()
        if closes or len(present) < len(closed):
            require_closing(self.desk.member)
        if present and (columns is None or columns.keys() - KEPT_OPEN):
            number = present[0]["number"]
            raise NotAllowed(CLOSED_PAPER, number=number).about([present[0]["card_id"]])

    def _volumes(self, rows: Sequence[Row], _columns: Row | None) -> None:
        """Whoever closes volumes, as far as he may change what is in them."""
        from store.models.papers import Paper
        from store.rows import children

        require_closing(self.desk.member)
        known = [row["id"] for row in rows if row.get("id") is not None]
        for papers in children(Paper, "volume_id", known).values():
            self._need(Right.EDIT, (paper["card_id"] for paper in papers))

    def _remarks(self, rows: Sequence[Row], columns: Row | None) -> None:
        """Its writer's and its reader's; whoever stands above the writer may bring it in a file."""
        me = self.desk.member.id
        foreign = [row for row in rows if me not in (row["author_id"], row["addressee_id"])]
        if not self._speaks_for(row["author_id"] for row in foreign):
            raise NotAllowed(NOT_YOUR_REMARK)

    def _pairs(self, rows: Sequence[Row], columns: Row | None) -> None:
        """Whoever may change both cards says that they are not the same customer."""
        self._need(Right.EDIT, (row[column] for row in rows for column in ("card_id", "other_id")))

    def _segments(self, rows: Sequence[Row], columns: Row | None) -> None:
        below = members_below(self.desk.member)
        if below is not None and any(row["owner_id"] not in below for row in rows):
            raise NotAllowed(NOT_YOUR_SEGMENT)

    def _inspections(self, rows: Sequence[Row], columns: Row | None) -> None:
        """What an inspector said is his, and in a file theirs who stand above him; that it was
        answered, whoever may change the card.
        """
        answer = {"answer", "answered_at", "answered_by_id"}
        if columns is not None and columns.keys() <= answer:
            self._need(Right.EDIT, (row["card_id"] for row in rows))
        elif not self._speaks_for(row["inspector_id"] for row in rows):
            raise NotAllowed(NOT_YOUR_INSPECTION)

    def _speaks_for(self, members: Iterable[int]) -> bool:
        """Whether the member may write in these names: in his own; as far as a file comes in, in
        those of whoever stands below him, and whoever keeps the files brings everybody's words.
        """
        if not self.brings:
            return set(members) <= {self.desk.member.id}
        if condition(self.desk, Right.HAND) is None:
            return True
        return (members_below(self.desk.member) or set()).issuperset(members)

    def _relationships(self, rows: Sequence[Row], columns: Row | None) -> None:
        """Whoever may change one of the two cards; a new one is written on a card of his."""
        self._need(Right.EDIT, (row["card_id"] for row in rows if row.get("id") is None))
        self._need_either([row for row in rows if row.get("id") is not None], "other_id")

    def _referrals(self, rows: Sequence[Row], columns: Row | None) -> None:
        """The customer's owner writes them; the referrer's, too, that he was told and thanked."""
        if columns is not None and columns.keys() <= THANKING:
            self._need_either(rows, "referrer_id")
        else:
            self._need(Right.EDIT, (row["card_id"] for row in rows))

    def _need_either(self, rows: Sequence[Row], other: str) -> None:
        """The member may change the card of a record, or the one that another column names."""
        cards = {row["card_id"] for row in rows}
        cards |= {row[other] for row in rows if row[other] is not None}
        allowed = set(allowed_among(self.desk, Right.EDIT, sorted(cards)))
        beyond = [row["card_id"] for row in rows if not {row["card_id"], row[other]} & allowed]
        self._need(Right.EDIT, beyond)

    def _clubs(self, rows: Sequence[Row], columns: Row | None) -> None:
        """Whose club it is, and whoever stands above him; the keeper of the files hands it on."""
        is_handed = columns is not None and columns.keys() == {"owner_id"}
        if is_handed and self.desk.member.role in KEEPING:
            return
        require_entering(self.desk.member)
        below = members_below(self.desk.member)
        owners = {row["owner_id"] for row in rows} | set(_given(columns, "owner_id"))
        if below is not None and owners - below:
            raise NotAllowed(NOT_YOUR_CLUB)

    def _club_members(self, rows: Sequence[Row], columns: Row | None) -> None:
        """Whose customer it is; or whose club, as far as he sees the customer."""
        from store.models.relations import Club
        from store.rows import fetch

        below = members_below(self.desk.member)
        clubs = fetch(Club, {row["club_id"] for row in rows})
        foreign = [
            row
            for row in rows
            if below is not None and clubs[row["club_id"]]["owner_id"] not in below
        ]
        self._need(Right.EDIT, (row["card_id"] for row in foreign))

    def _releases(self, rows: Sequence[Row], columns: Row | None) -> None:
        if self.desk.member.role not in RELEASING:
            raise NotAllowed(NO_RELEASING)
        below = members_below(self.desk.member)
        if below is None:
            return
        from store.visibility import departments_below

        own = self.desk.member.department
        places = departments_below(own) if own is not None else set()
        if any(row["department_id"] not in places for row in rows):
            raise NotAllowed(NO_RELEASING)

    def _members(self, rows: Sequence[Row], columns: Row | None) -> None:
        """Whether somebody still learns, his coach says and whoever stands above him."""
        me = self.desk.member.id
        if columns is not None and columns.keys() == {"trainee"}:
            below = members_below(self.desk.member)
            if all(
                row["id"] != me and (below is None or row["id"] in below or row["coach_id"] == me)
                for row in rows
            ):
                return
        require_team(self.desk)

    def _settings(self, rows: Sequence[Row], columns: Row | None) -> None:
        """What holds for the whole box, whoever sets up the team says."""
        if any(row["member_id"] != self.desk.member.id for row in rows):
            require_team(self.desk)

    def _team(self, _rows: Sequence[Row], _columns: Row | None) -> None:
        require_team(self.desk)


def _given(columns: Row | None, key: str) -> Iterable[Any]:
    """What a column is to have from now on, where it is among those that change."""
    return [columns[key]] if columns is not None and key in columns else []
