"""The desk: one member's door to everything in the box."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from store.records.team import MemberRecord

if TYPE_CHECKING:
    from store.audit import Audit
    from store.briefing import Briefings
    from store.cards import Cards
    from store.clubs import Clubs
    from store.database import Store
    from store.departments import Departments
    from store.drafts import Drafts
    from store.exchange.desk import Exchange
    from store.family import Family
    from store.grades import Grades
    from store.inspections import Inspections
    from store.interactions import Interactions
    from store.keys import Keys
    from store.loans import Loans
    from store.merging import Merging
    from store.occasions import Occasions
    from store.own_card import OwnCard
    from store.papers import Papers
    from store.people import People
    from store.pile import Pile
    from store.presence import Presence
    from store.recorder import Recorder
    from store.referrals import Referrals
    from store.relations import Relations
    from store.releases import Releases
    from store.remarks import Remarks
    from store.rights import Right
    from store.rules import RulesOfTeam
    from store.segments import Segments
    from store.settings import Settings
    from store.shelf import Shelf
    from store.team import Team
    from store.team_forms import TeamForms
    from store.today import Today
    from store.todos import Todos
    from store.trail import Trail
    from store.transfers import Transfers
    from store.visibility import Standing
    from store.volumes import Volumes
    from store.work import Work

UNMASKED_FOR = timedelta(minutes=10)
"""How long a field stays unmasked."""

READ_AGAIN = timedelta(hours=1)
"""After so long it is noted again that somebody reads a lent card."""

KEY = "SHA256:"
"""What the place of a session begins with that came in by a key: its fingerprint."""


class Desk:
    """What one member may see and do; every read and write of a screen or command comes here.

    The parts are made when they are first asked for, so that a quick command imports only what
    it needs.
    """

    def __init__(
        self, store: "Store", member: MemberRecord, origin: str = "screen", place: str = ""
    ) -> None:
        """Make a desk.

        Args:
            store: the open box.
            member: who works at it.
            origin: what he works with, as the trail notes it.
            place: the key and the address of a session over SSH.
        """
        self.store = store
        self.member = member
        self.origin = origin
        self.place = place
        self.unmasked: dict[tuple[int, str], datetime] = {}
        """When the member unmasked a field here, by card and key."""
        self._read: dict[int, datetime] = {}
        """When lent cards were read last, by card."""
        self.refused: dict[tuple[str, str, tuple[int, ...]], datetime] = {}
        """What was refused here, and when it was noted last (`store.deeds`)."""
        self.led_on: dict[str, str] = {}
        """Numbers that were asked for here and lead to another card, with that card's number."""
        self.change_sets: set[int] = set()
        """The numbers of the change sets that were written at this desk."""

    @contextmanager
    def change(
        self,
        summary: str,
        *,
        origin: str | None = None,
        undoes: int | None = None,
        asked: bool = False,
    ) -> Iterator["Recorder"]:
        """One use case: one transaction, one change set, all of it or none.

        Args:
            summary: what is done, an English message id marked with `N_`.
            asked: the use case has asked for rights itself, by a rule that the gate before every
                write does not know (`store.gate`).

        Raises:
            NotAllowed: the member may not do it; nothing was written.
            SessionOver: the box has a newer schema than the program; nothing was written.
            StorageTrouble: the storage failed; nothing was written.
        """
        from store.recorder import Recorder

        with self.store.transaction():
            self.store.check_schema()
            self.store.take_up_forms()
            self.look_at_member()
            recorder = Recorder(self, summary, origin or self.origin, undoes, asked)
            yield recorder
            recorder.finish()
        if recorder.change_set is not None:
            self.change_sets.add(recorder.change_set)
        if recorder.has_settings and self.store.take_up_forms():
            from store.team_forms import work_out

            work_out(self.store, recorder.forms_progress)
        if recorder.bought:
            from store.grades import follow_purchases

            follow_purchases(self, recorder.bought)

    def check_in_session(self) -> None:
        """Make sure that a session may go on: somebody else wrote into the box.

        Raises:
            SessionOver: the box has a newer schema than the program, or the member left.
        """
        from store.errors import NotAllowed, SessionOver

        self.store.check_schema()
        self.store.take_up_forms()
        try:
            self.look_at_member()
        except NotAllowed as gone:
            over = SessionOver(gone.message)
            over.exit_status = gone.exit_status  # he may not: nothing is wrong with the box
            raise over from gone

    def look_at_member(self) -> None:
        """Take up another role or department, if the member has one since the desk was made.

        Raises:
            NotAllowed: he does not work here any more, or the key he came in with was revoked.
        """
        from store.errors import NotAllowed
        from store.members import holds_key, member_of_id
        from store.rights import GONE, KEY_GONE

        present = member_of_id(self.member.id)
        if present is None or not present.active:
            raise NotAllowed(GONE)
        key, _, _address = self.place.partition(" ")
        if key.startswith(KEY) and not holds_key(present.id, key):
            raise NotAllowed(KEY_GONE)
        self.member = present

    def visible(self, card: Any = None) -> Any | None:
        """The condition under which this member sees the whole of a card; None means every card."""
        from store import visibility

        return visibility.visible(self.member, self.store.clock.now(), card)

    def held(self, card: Any = None) -> Any | None:
        """The condition under which he owns a card or stands above its owner; None for every one.

        What is sensitive is masked on all others.
        """
        from store import visibility

        return visibility.held(self.member, card)

    def note_reading(self, card_id: int, standing: "Standing") -> None:
        """Note in the trail that a lent card was read; once an hour for each card.

        Within a transaction nothing is noted, which might not be kept: who changes has read.
        """
        from store.models.base import database

        if standing.until is None or database.in_transaction():
            return
        from store import deeds

        now = self.store.clock.now()
        read = self._read.get(card_id)
        if read is None or now - read > READ_AGAIN:
            self._read[card_id] = now
            deeds.note(self, deeds.READ, {"sections": sorted(standing.sections)}, card_id)

    def unmasked_keys(self, card_id: int) -> frozenset[str]:
        """The fields of a card that the member unmasked lately: they stay so for a while."""
        since = self.store.clock.now() - UNMASKED_FOR
        return frozenset(
            key for (card, key), at in self.unmasked.items() if card == card_id and at > since
        )

    def require(self, right: "Right", card_ids: Iterable[int]) -> None:
        """Make sure that the member has a right on cards.

        Raises:
            NotAllowed: he has it not on one of them.
        """
        from store import rights

        rights.require(self, right, card_ids)

    @cached_property
    def cards(self) -> "Cards":
        """Customer cards."""
        from store.cards import Cards

        return Cards(self)

    @cached_property
    def inspections(self) -> "Inspections":
        """What managers say of cards."""
        from store.inspections import Inspections

        return Inspections(self)

    @cached_property
    def interactions(self) -> "Interactions":
        """The contact log."""
        from store.interactions import Interactions

        return Interactions(self)

    @cached_property
    def todos(self) -> "Todos":
        """To-dos in four quadrants."""
        from store.todos import Todos

        return Todos(self)

    @cached_property
    def grades(self) -> "Grades":
        """Value grades, risks, and how grades changed."""
        from store.grades import Grades

        return Grades(self)

    @cached_property
    def occasions(self) -> "Occasions":
        """Birthdays and other yearly dates."""
        from store.occasions import Occasions

        return Occasions(self)

    @cached_property
    def family(self) -> "Family":
        """Family members of persons."""
        from store.family import Family

        return Family(self)

    @cached_property
    def team_forms(self) -> "TeamForms":
        """What the team says of the forms of its cards."""
        from store.team_forms import TeamForms

        return TeamForms(self)

    @cached_property
    def people(self) -> "People":
        """The people at organisations, and who reports to whom."""
        from store.people import People

        return People(self)

    @cached_property
    def briefing(self) -> "Briefings":
        """What to know in the minute before a visit."""
        from store.briefing import Briefings

        return Briefings(self)

    @cached_property
    def own_card(self) -> "OwnCard":
        """The card that the member keeps of himself."""
        from store.own_card import OwnCard

        return OwnCard(self)

    @cached_property
    def today(self) -> "Today":
        """What is due today."""
        from store.today import Today

        return Today(self)

    @cached_property
    def trail(self) -> "Trail":
        """Undo and history."""
        from store.trail import Trail

        return Trail(self)

    @cached_property
    def loans(self) -> "Loans":
        """Cards and papers that are lent, and who asks for some."""
        from store.loans import Loans

        return Loans(self)

    @cached_property
    def merging(self) -> "Merging":
        """Cards that look like one customer, and how they become one."""
        from store.merging import Merging

        return Merging(self)

    @cached_property
    def referrals(self) -> "Referrals":
        """Who brought whom."""
        from store.referrals import Referrals

        return Referrals(self)

    @cached_property
    def relations(self) -> "Relations":
        """Who is linked to whom."""
        from store.relations import Relations

        return Relations(self)

    @cached_property
    def papers(self) -> "Papers":
        """The papers in customers' files."""
        from store.papers import Papers

        return Papers(self)

    @cached_property
    def volumes(self) -> "Volumes":
        """The closed papers of a class and year."""
        from store.volumes import Volumes

        return Volumes(self)

    @cached_property
    def releases(self) -> "Releases":
        """What others get of a department's cards."""
        from store.releases import Releases

        return Releases(self)

    @cached_property
    def transfers(self) -> "Transfers":
        """Cards that go from member to member."""
        from store.transfers import Transfers

        return Transfers(self)

    @cached_property
    def audit(self) -> "Audit":
        """Who did what, when and from where."""
        from store.audit import Audit

        return Audit(self)

    @cached_property
    def drafts(self) -> "Drafts":
        """Words that were typed and not saved yet."""
        from store.drafts import Drafts

        return Drafts(self)

    @cached_property
    def pile(self) -> "Pile":
        """Forgotten cards, one by one."""
        from store.pile import Pile

        return Pile(self)

    @cached_property
    def rules(self) -> "RulesOfTeam":
        """The team's rules about cards."""
        from store.rules import RulesOfTeam

        return RulesOfTeam(self)

    @cached_property
    def segments(self) -> "Segments":
        """Saved filters of cards."""
        from store.segments import Segments

        return Segments(self)

    @cached_property
    def settings(self) -> "Settings":
        """The member's own settings."""
        from store.settings import Settings

        return Settings(self)

    @cached_property
    def presence(self) -> "Presence":
        """Who else has a card open."""
        from store.presence import Presence

        return Presence(self)

    @cached_property
    def remarks(self) -> "Remarks":
        """Words to colleagues about cards."""
        from store.remarks import Remarks

        return Remarks(self)

    @cached_property
    def keys(self) -> "Keys":
        """SSH keys of members."""
        from store.keys import Keys

        return Keys(self)

    @cached_property
    def outbox(self) -> "Shelf":
        """Exports that wait on the server for the member."""
        from store.shelf import OUTBOX, Shelf

        return Shelf(self, OUTBOX)

    @cached_property
    def inbox(self) -> "Shelf":
        """Files that the member brought to the server."""
        from store.shelf import INBOX, Shelf

        return Shelf(self, INBOX)

    @cached_property
    def exchange(self) -> "Exchange":
        """Import and export."""
        from store.exchange.desk import Exchange

        return Exchange(self)

    @cached_property
    def team(self) -> "Team":
        """Members, trainees and coaches."""
        from store.team import Team

        return Team(self)

    @cached_property
    def clubs(self) -> "Clubs":
        """Named circles of customers."""
        from store.clubs import Clubs

        return Clubs(self)

    @cached_property
    def departments(self) -> "Departments":
        """The tree of departments."""
        from store.departments import Departments

        return Departments(self)

    @cached_property
    def work(self) -> "Work":
        """What the members below did in a time."""
        from store.work import Work

        return Work(self)
