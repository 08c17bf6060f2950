"""Remarks to colleagues: a word on a card that waits on somebody's Today until he is done with it.

Anybody who works here may be addressed, and need not see the card: he gets of it what he may see
anyway, and the text, which the writer chose for him. Whoever sees the whole of a card reads the
remarks on it, as he reads them in its history.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from store import remark_rows
from store.arguments import Limit, checks_arguments, shortened
from store.errors import Ambiguous, BadValue, NotAllowed, NotFound
from store.forms.tidy import many_lines
from store.language import N_
from store.members import active_members
from store.models.sharing import Remark
from store.records.remarks import Colleague, RemarkLine, RemarkRow
from store.remark_line import completed, read_remark_line, shown
from store.rights import members_below
from store.team_rows import trainees_of
from store.todo_values import member_of
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk
    from store.recorder import Recorder

REMARK, GUIDANCE = "remark", "guidance"
KINDS = (REMARK, GUIDANCE)

LONGEST = 2_000
"""Characters of a remark: more belongs into a talk."""

NOTHING_TO_SAY = N_("A remark needs a few words.")
NO_REMARK = N_("There is no remark {number}.")
NOT_TO_YOU = N_("This remark is not addressed to you.")
NOT_OF_IT = N_("This talk or to-do belongs to another card.")
NO_GUIDING = N_(
    "Guidance goes to members who stand below you or learn from you; write a remark instead."
)
SEVERAL = N_("Several colleagues fit “{text}”: be more exact.")
NOBODY_CALLED = N_("Nobody here is called “{text}”.")

REMARK_WRITTEN = N_("Remark written")
GUIDANCE_GIVEN = N_("Guidance given")
REMARKS_DONE = N_("Remarks done")
REMARK_ANSWERED = N_("Remark answered")


@explains_trouble
@checks_arguments
class Remarks:
    """What colleagues tell each other about cards."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def write(
        self,
        to: str,
        text: str,
        card_id: int | None = None,
        interaction_id: int | None = None,
        todo_id: int | None = None,
        kind: Annotated[str, KINDS] = REMARK,
    ) -> RemarkRow:
        """Write a remark to a member; it stands on his Today until he is done with it.

        Args:
            to: his login.
            card_id: the card it is about; that of the talk or to-do where it is not said.
            interaction_id: the talk it is about.
            todo_id: the to-do it is about.
            kind: `guidance` only to whoever stands below or is the writer's trainee.

        Raises:
            BadValue: it says nothing, or too much.
            NotAllowed: it is guidance to somebody whom the writer does not guide.
            NotFound: nobody of this login works here, or the writer does not see what it is about.
        """
        said = _said(text)
        with self.desk.change(_summary(kind), asked=True) as change:
            addressee = member_of(to)
            if kind == GUIDANCE:
                self._need_below(addressee)
            card_id = self._card_meant(card_id, interaction_id, todo_id)
            values = {
                "kind": kind,
                "text": said,
                "addressee_id": addressee,
                "card_id": card_id,
                "interaction_id": interaction_id,
                "todo_id": todo_id,
            }
            remark_id = self._note(change, values)
        return self.get(remark_id)

    def read_line(self, text: str) -> RemarkLine:
        """What a line `@name words` says, before it is written."""
        return read_remark_line(text, self.colleagues())

    def complete_line(self, text: str) -> str:
        """The line with the whole name of whom it means most likely; as it is where of nobody."""
        colleagues = self.colleagues()
        meant = read_remark_line(text, colleagues).candidates
        return completed(text, meant[0], colleagues) if meant else text

    def write_line(
        self,
        text: str,
        card_id: int | None = None,
        interaction_id: int | None = None,
        todo_id: int | None = None,
    ) -> RemarkRow:
        """Write a remark from one line: `@name words`.

        Args:
            card_id: as `write` takes it, with the further ones.

        Raises:
            Ambiguous: several may be meant; its candidates are lines to choose from.
            NotFound: nobody is called so; and as `write` raises it.
        """
        line = self.read_line(text)
        if line.to is None:
            called = shortened(line.written)
            if line.candidates:
                raise Ambiguous(SEVERAL, [shown(each) for each in line.candidates], text=called)
            raise NotFound(NOBODY_CALLED, text=called)
        return self.write(line.to.login, line.text, card_id, interaction_id, todo_id)

    def _card_meant(
        self, card_id: int | None, interaction_id: int | None, todo_id: int | None
    ) -> int | None:
        """The card that is meant, seen by the writer; a talk or to-do has to be of it."""
        if interaction_id is not None:
            talk = self.desk.interactions.get(interaction_id)
            card_id = talk.card_id if card_id is None else card_id
            if card_id not in (talk.card_id, *talk.others):
                raise BadValue(NOT_OF_IT, field="interaction_id")
        if todo_id is not None:
            todo = self.desk.todos.get(todo_id)
            card_id = todo.card_id if card_id is None else card_id
            if card_id != todo.card_id:
                raise BadValue(NOT_OF_IT, field="todo_id")
        if card_id is not None:
            self.desk.cards.check_visible(card_id)
        return card_id

    def _note(self, change: "Recorder", values: dict[str, object]) -> int:
        return change.insert(Remark, {**values, "author_id": self.desk.member.id})

    def _need_below(self, addressee: int) -> None:
        below = members_below(self.desk.member)
        guided = None if below is None else below | trainees_of(self.desk.member)
        if addressee == self.desk.member.id or (guided is not None and addressee not in guided):
            raise NotAllowed(NO_GUIDING)

    def answer(self, remark_id: int, text: str) -> RemarkRow:
        """Answer a remark: its writer gets the answer, and it leaves the member's own Today.

        Raises:
            BadValue: the answer says nothing, or too much.
            NotAllowed: the remark was not addressed to him.
            NotFound: he knows of no such remark, or its writer does not work here any more.
        """
        said = _said(text)
        with self.desk.change(REMARK_ANSWERED, asked=True) as change:
            given = self._to_me(remark_id)
            author = self.get(remark_id).author_login
            values = {
                "text": said,
                "addressee_id": member_of(author),
                "card_id": given.card_id,
                "interaction_id": given.interaction_id,
                "todo_id": given.todo_id,
                "answers_id": remark_id,
            }
            answer_id = self._note(change, values)
            if given.done_at is None:
                change.update(Remark, remark_id, {"done_at": change.now})
        return self.get(answer_id)

    def done(self, ids: Sequence[int]) -> int:
        """Be done with remarks: they leave the member's Today; gives how many were waiting.

        Raises:
            NotAllowed: one of them was not addressed to him.
            NotFound: he knows of no such remark.
        """
        finished = 0
        with self.desk.change(REMARKS_DONE, asked=True) as change:
            for remark_id in dict.fromkeys(ids):
                if self._to_me(remark_id).done_at is None:
                    finished += change.update(Remark, remark_id, {"done_at": change.now})
        return finished

    def _to_me(self, remark_id: int) -> Remark:
        """A remark to this member."""
        self.get(remark_id)
        found: Remark = Remark.get_by_id(remark_id)
        if found.addressee_id != self.desk.member.id:
            raise NotAllowed(NOT_TO_YOU)
        return found

    def get(self, remark_id: int) -> RemarkRow:
        """One remark: written by the member, to him, or on a card that he sees.

        Raises:
            NotFound: he knows of no such remark.
        """
        found = remark_rows.one(self.desk, remark_id)
        if found is None:
            raise NotFound(NO_REMARK, number=remark_id)
        return found

    def open(self, limit: Limit = 100) -> list[RemarkRow]:
        """Those that wait for the member: guidance first, then the longest waiting."""
        return remark_rows.waiting(self.desk, limit)

    def of_card(self, card_id: int, limit: Limit = 50, waiting: bool = False) -> list[RemarkRow]:
        """Those on a card, the newest first.

        Args:
            waiting: only those with which their reader is not done.

        Raises:
            NotFound: the member sees no such card.
        """
        self.desk.cards.check_visible(card_id)
        return remark_rows.of_card(self.desk, card_id, limit, waiting)

    def sent(self, limit: Limit = 50) -> list[RemarkRow]:
        """Those that the member wrote, the newest first."""
        return remark_rows.sent(self.desk, limit)

    def colleagues(self) -> list[Colleague]:
        """Who can be addressed: everybody else who works here, by name."""
        me = self.desk.member.id
        return [Colleague(each.login, each.name) for each in active_members() if each.id != me]


def _said(text: str) -> str:
    try:
        said = many_lines(text, LONGEST)
    except BadValue as error:
        error.field = "text"
        raise
    if not said:
        raise BadValue(NOTHING_TO_SAY, field="text")
    return said


def _summary(kind: str) -> str:
    return GUIDANCE_GIVEN if kind == GUIDANCE else REMARK_WRITTEN
