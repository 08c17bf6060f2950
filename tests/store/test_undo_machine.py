"""Any sequence of use cases can be undone to the empty box and redone to its last state."""

from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis.stateful import rule

from store.errors import BadValue, Conflict, NotFound
from store.models.team import Department, Member
from store.models.trail import ChangeSet
from tests.store.use_cases import UseCases


class OneMember(UseCases):
    """One member's box, and what it held after each change set that stands."""

    def __init__(self) -> None:
        super().__init__()
        self.states = [self.records()]
        self.place = 0

    def do(self, use_case: Callable[[], object]) -> None:
        """What is refused changes nothing; what is done is one change set."""
        before = ChangeSet.select().count()
        try:
            use_case()
        except (BadValue, NotFound):
            assert ChangeSet.select().count() == before
        made = ChangeSet.select().count() - before
        assert made in (0, 1)
        if made:
            self.states = [*self.states[: self.place + 1], self.records()]
            self.place += 1
        else:
            assert self.records() == self.states[self.place]

    @rule()
    def undo(self) -> None:
        """Back by one state, as long as there is one."""
        try:
            undone = self.desk.trail.undo()
        except NotFound:
            assert self.place == 0
            return
        self.place -= 1
        assert undone.left == ()
        assert self.records() == self.states[self.place]

    @rule()
    def redo(self) -> None:
        """On by one state, as long as nothing new was done since."""
        try:
            redone = self.desk.trail.redo()
        except NotFound:
            assert self.place == len(self.states) - 1
            return
        self.place += 1
        assert redone.left == ()
        assert self.records() == self.states[self.place]

    def check_all(self) -> None:
        """All the way back, and all the way on."""
        self.check_derived()
        while self.place:
            self.undo()
        self.check_derived()
        while self.place < len(self.states) - 1:
            self.redo()
        self.check_derived()


class Team(UseCases):
    """Three members who change the same cards and take back what they did, each his own."""

    def __init__(self) -> None:
        super().__init__()
        Department.insert(id=1, name="销售部").execute()
        director = self.desk.member.id
        for number, role in ((7, "rep"), (8, "manager")):
            Member.insert(
                id=number,
                login=role,
                name=role,
                role=role,
                department=1,
                created_at=self.store.clock.now(),
            ).execute()
        self.desks = [self.desk, self.store.desk("rep"), self.store.desk("manager")]
        assert director not in (7, 8)

    @rule()
    def hand_over(self) -> None:
        """The next member goes on."""
        self.desks = [*self.desks[1:], self.desks[0]]
        self.desk = self.desks[0]

    def do(self, use_case: Callable[[], object]) -> None:
        """Whatever is refused is refused in a sentence."""
        try:
            use_case()
        except (BadValue, Conflict, NotFound):
            pass

    @rule()
    def undo(self) -> None:
        self.do(self.desk.trail.undo)

    @rule()
    def redo(self) -> None:
        self.do(self.desk.trail.redo)

    def check_all(self) -> None:
        """Everybody comes to the end of what he can take back, and of what he can do again."""
        self.check_derived()
        for way_back in (True, False):
            for desk in self.desks:
                own = ChangeSet.select().where(ChangeSet.member == desk.member.id).count()
                for _ in range(own + 1):
                    try:
                        desk.trail.undo() if way_back else desk.trail.redo()
                    except NotFound:
                        break
                else:
                    raise AssertionError("It never ends.")
            self.check_derived()


TestOneMember = pytest.mark.slow(OneMember.TestCase)
TestOneMember.settings = settings(max_examples=20, stateful_step_count=20, deadline=None)
TestTeam = Team.TestCase
TestTeam.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
