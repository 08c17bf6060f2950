"""Who works with the box: members, trainees and coaches, leaving and coming back."""

from typing import TYPE_CHECKING, Annotated

from store import team_rules
from store.arguments import Limit, checks_arguments, shortened
from store.changed_values import changed_since
from store.errors import BadValue, NotAllowed, NotFound
from store.language import N_
from store.last_hands import last_hand
from store.models.team import Member
from store.records.team import MERITS, ROLES, MemberRow, MemberValues, Merit, OwnPlace
from store.rights import may_manage_team, members_below, require_team
from store.team_rows import is_alone, leads_somebody, member_row, member_rows, trainees_of
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk
    from store.recorder import Recorder

NOBODY = N_("There is no member “{login}” here.")
NOT_HIMSELF = N_("Nobody strikes himself off: another administrator does that.")
GONE_ALREADY = N_("{name} does not work here any more.")
STILL_HERE = N_("{name} works here.")
SOMEBODY_TAKES_OVER = N_(
    "{name} still has customers or things to do (cards: {cards}, to-dos: {todos}): say who takes "
    "over."
)
NO_TRAINEE = N_("{name} is no trainee.")
NOT_HIS_COACH = N_("Only his coach, or whoever stands above him, may say that.")
NO_WORDS = N_("Say in a few words what for.")
CHANGED_MEANWHILE = N_("{name} changed this member meanwhile.")

MEMBER_ADDED = N_("Member added")
MEMBER_CHANGED = N_("Member changed")
MEMBER_LEFT = N_("Member left")
MEMBER_BACK = N_("Member came back")
TRAINEE_PASSED = N_("Trainee passed")


@explains_trouble
@checks_arguments
class Team:
    """The members, as whoever is at the desk may know and set them up."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def own_place(self) -> OwnPlace:
        """Where the member himself stands, as it is now."""
        self.desk.look_at_member()
        member = self.desk.member
        manages = may_manage_team(self.desk)
        return OwnPlace(member.login, member.role, is_alone(), manages, leads_somebody(member))

    def members(self, gone: bool = False) -> list[MemberRow]:
        """Everybody who works here, by department and name.

        Args:
            gone: also those who left, at the end.
        """
        return member_rows(self._known(), gone=gone)

    def member(self, login: str) -> MemberRow:
        """One member, whether he still works here or not.

        Raises:
            NotFound: nobody has this login.
        """
        found = member_row(login, self._known())
        if found is None:
            raise NotFound(NOBODY, login=shortened(login))
        return found

    def _known(self) -> set[int] | None:
        """The members whose load is this member's business; None for everybody's."""
        if may_manage_team(self.desk):
            return None
        below = members_below(self.desk.member)
        return None if below is None else below | trainees_of(self.desk.member)

    # Setting up

    def add(
        self,
        login: str,
        name: str,
        role: Annotated[str, ROLES] = "rep",
        department: int | None = None,
        trainee: bool = False,
        coach: str | None = None,
    ) -> MemberRow:
        """Add a member; the second one makes the box a shared one (`store.sharing`).

        Args:
            department: its id.
            coach: the login of whoever looks through his cards while he is a trainee.

        Raises:
            BadValue: a value is wrong, or the login is taken.
            NotAllowed: the member does not set up the team.
        """
        values = _checked(MemberValues(login, name, role, department, trainee, coach))
        with self.desk.change(MEMBER_ADDED) as change:
            require_team(self.desk)
            team_rules.free_login(values.login)
            team_rules.known_department(values.department)
            from store.sharing import share

            share(change, self.desk.member.login)
            change.insert(
                Member,
                {
                    "login": values.login,
                    "name": values.name,
                    "role": values.role,
                    "department_id": values.department,
                    "trainee": values.trainee,
                    "coach_id": team_rules.coach_of(values),
                },
            )
        return self.member(values.login)

    def change(self, login: str, base: MemberValues, values: MemberValues) -> MemberRow:
        """Save what was changed on a member; with his department his cards move.

        Args:
            login: of the member, as it was.
            base: the values the editor opened with.
            values: the values now.

        Raises:
            BadValue: a value is wrong, or he owns cards that his new role does not look after.
            Conflict: somebody else changed the same; nothing was saved.
            NotAllowed: the member does not set up the team, or nobody could any more.
            NotFound: nobody has this login.
        """
        require_team(self.desk)
        after = _checked(values, base)
        with self.desk.change(MEMBER_CHANGED, asked=True) as change:
            require_team(self.desk)
            row = self.member(login)
            changed = changed_since(
                base,
                after,
                row.values,
                CHANGED_MEANWHILE,
                lambda: last_hand(self.desk, "member", row.id),
            )
            self._write(change, row, after, changed)
            team_rules.somebody_in_charge()
        return self.member(str(changed.get("login", login)))

    def _write(
        self, change: "Recorder", row: MemberRow, after: MemberValues, changed: dict[str, object]
    ) -> None:
        from store.sharing import rename_usual
        from store.team_moves import move_cards

        columns: dict[str, object] = {}
        for key, value in changed.items():
            if key == "department":
                team_rules.known_department(after.department)
                columns["department_id"] = value
                move_cards(change, row.id, after.department)
            elif key == "coach":
                columns["coach_id"] = team_rules.coach_of(after, row.id)
            else:
                columns[key] = value
        if "login" in changed:
            team_rules.free_login(after.login, row.id)
            rename_usual(change, row.login, after.login)
        if "role" in changed:
            team_rules.role_fits(row.id, row.name, after.role)
        if columns.get("trainee"):
            from store.team_moves import let_go_trainees

            let_go_trainees(change, row.id, None)
        if columns:
            change.update(Member, row.id, columns)

    # Leaving and coming back

    def leave(self, login: str, to: str | None = None, reason: str = "") -> MemberRow:
        """Let a member go: he cannot come in any more, and somebody takes over all that he has.

        His cards, those in the trash among them, and his open to-dos go to the other one, his
        trainees too; his keys are taken away. One undo takes all of it back, as far as whoever
        undoes may give cards away.

        Args:
            to: the login of whoever takes over; may be left out where he has nothing.
            reason: what the transfer of the cards says why.

        Raises:
            BadValue: somebody has to take over, or cannot.
            NotAllowed: the member does not set up the team, or nobody could any more.
            NotFound: nobody has one of these logins.
        """
        from store.handing_over import hand_box
        from store.members import member_of_id
        from store.sharing import rename_usual
        from store.team_moves import let_go_trainees, owned, take_keys

        with self.desk.change(MEMBER_LEFT, asked=True) as change:
            require_team(self.desk)
            row = self._active(login)
            if row.id == self.desk.member.id:
                raise NotAllowed(NOT_HIMSELF)
            cards, todos = owned(row.id)
            receiver = None if to is None else team_rules.receiver(to, row.id)
            if receiver is None and (cards or todos):
                raise BadValue(
                    SOMEBODY_TAKES_OVER, field="to", name=row.name, cards=cards, todos=todos
                )
            leaver = member_of_id(row.id)
            change.update(Member, row.id, {"active": False, "left_at": change.now})
            if receiver is not None and leaver is not None:
                hand_box(change, leaver, receiver, team_rules.reason(reason))
            let_go_trainees(
                change, row.id, None if receiver is None or receiver.trainee else receiver.id
            )
            take_keys(change, row.id)
            rename_usual(change, row.login, self.desk.member.login)
            team_rules.somebody_in_charge()
        return self.member(login)

    def come_back(self, login: str) -> MemberRow:
        """Let a member who left work here again, with new keys; his old cards stay where they are.

        Raises:
            BadValue: he never left.
            NotAllowed: the member does not set up the team.
            NotFound: nobody has this login.
        """
        from store.sharing import share

        with self.desk.change(MEMBER_BACK) as change:
            require_team(self.desk)
            row = self.member(login)
            if row.active:
                raise BadValue(STILL_HERE, field="login", name=row.name)
            share(change, self.desk.member.login)
            change.update(Member, row.id, {"active": True, "left_at": None})
        return self.member(login)

    def _active(self, login: str) -> MemberRow:
        row = self.member(login)
        if not row.active:
            raise BadValue(GONE_ALREADY, field="login", name=row.name)
        return row

    # Learning

    def pass_trainee(self, login: str, words: str = "") -> MemberRow:
        """Say that a trainee's cards are good: from now on he works on his own.

        Args:
            words: what was good; noted with it.

        Raises:
            BadValue: he is no trainee.
            NotAllowed: the member is not his coach and does not stand above him.
            NotFound: nobody has this login.
        """
        from store.merits import note_merit

        with self.desk.change(TRAINEE_PASSED) as change:
            row = self._guided(login)
            if not row.trainee:
                raise BadValue(NO_TRAINEE, field="login", name=row.name)
            change.update(Member, row.id, {"trainee": False})
            note_merit(change, row.id, MERITS[2], team_rules.reason(words, "words"))
        return self.member(login)

    def note_merit(self, login: str, kind: Annotated[str, MERITS], words: str) -> None:
        """Note praise or a reprimand of a member; it stays, and he reads it on his own page.

        Raises:
            BadValue: it says nothing.
            NotAllowed: the member is not his coach and does not stand above him.
            NotFound: nobody has this login.
        """
        from store.merits import MERIT_NOTED, note_merit

        said = team_rules.reason(words, "words")
        if not said:
            raise BadValue(NO_WORDS, field="words")
        with self.desk.change(MERIT_NOTED, origin="merit", asked=True) as change:
            note_merit(change, self._guided(login).id, kind, said)

    def merits(self, login: str, limit: Limit = 50) -> list[Merit]:
        """What was noted of a member, the newest first; his own affair, and of those above him.

        Raises:
            NotAllowed: the member is neither he, nor his coach, nor above him.
            NotFound: nobody has this login.
        """
        from store.merits import merits_of

        row = self.member(login)
        if row.id != self.desk.member.id and not may_manage_team(self.desk):
            self._need_guiding(row)
        return merits_of(row.id, limit)

    def _guided(self, login: str) -> MemberRow:
        """A member whom this one may judge: he learns from him or stands below him."""
        row = self._active(login)
        if row.id == self.desk.member.id:
            raise NotAllowed(NOT_HIS_COACH)
        self._need_guiding(row)
        return row

    def _need_guiding(self, row: MemberRow) -> None:
        below = members_below(self.desk.member)
        if below is not None and row.id not in below | trainees_of(self.desk.member):
            raise NotAllowed(NOT_HIS_COACH)


def _checked(values: MemberValues, base: MemberValues | None = None) -> MemberValues:
    """What is said of a member as it is kept: a coach for trainees alone, an old login as it is.

    Raises:
        BadValue: a value is wrong.
    """
    login = values.login
    if base is None or login != base.login:
        login = team_rules.checked_login(login)
    return MemberValues(
        login,
        team_rules.checked_name(values.name),
        values.role,
        values.department,
        values.trainee,
        values.coach if values.trainee else None,
    )
