"""The contact log: talks noted, changed, found, put in the trash."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from store import talk_search, todo_search
from store.arguments import Limit, Place, checks_arguments
from store.changed_values import changed_since
from store.errors import BadValue, NotFound
from store.language import N_
from store.last_hands import last_hand
from store.models.base import database
from store.models.cards import Card
from store.models.interactions import Interaction, InteractionCard
from store.models.todos import Todo
from store.records.interactions import (
    InteractionQuery,
    InteractionRecord,
    InteractionRow,
    InteractionValues,
    Logged,
)
from store.records.todos import TodoRow, TodoValues
from store.talk_values import checked, columns, from_row
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk
    from store.one_line import ContactLine
    from store.recorder import Recorder

NO_TALK = N_("There is no talk {number}.")
NOTHING_SAID = N_("Write a few words on what was said.")
NO_CARD_NAMED = N_("Begin the line with the customer's name or number.")
CHANGED_MEANWHILE = N_("{name} changed this talk meanwhile.")

TALK_LOGGED = N_("Talk logged")
TALK_CHANGED = N_("Talk changed")
TALKS_TRASHED = N_("Talks put in the trash")
TALKS_RESTORED = N_("Talks taken out of the trash")


@explains_trouble
@checks_arguments
class Interactions:
    """The talks with the cards that a member sees."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def log(
        self, card_id: int, values: InteractionValues, todos: Sequence[TodoValues] = ()
    ) -> Logged:
        """Note a talk with a card, and the to-dos that came of it.

        Args:
            values: a blank time means now.
            todos: belong to the card and the talk; a card of their own stays.

        Raises:
            BadValue: a value is wrong; nothing was written.
            NotFound: the member sees no such card.
        """
        from store.guidance import suggested_lifecycle

        clean = checked(values)
        with self.desk.change(TALK_LOGGED) as change:
            talk_id = self.note(change, card_id, clean)
            todo_ids = self._add_todos(change, talk_id, card_id, todos)
        present = str(Card.select(Card.lifecycle).where(Card.id == card_id).scalar())
        return Logged(talk_id, card_id, tuple(todo_ids), suggested_lifecycle(present, clean))

    def _add_todos(
        self, change: "Recorder", talk_id: int, card_id: int, todos: Sequence[TodoValues]
    ) -> list[int]:
        """Enter what came of a talk, for its card where it names no other; gives the ids."""
        from store.todo_values import columns as todo_columns

        rows = [todo_columns(self.desk, todo) for todo in todos]
        for row in rows:
            row["card_id"] = row["card_id"] or card_id
            row["interaction_id"] = talk_id
        return list(change.insert_many(Todo, rows))

    def todos_of(self, talk_id: int) -> list[TodoRow]:
        """The to-dos that came of a talk, open and done, ours and theirs."""
        return todo_search.of_talk(self.desk, talk_id)

    def note(
        self,
        change: "Recorder",
        card_id: int,
        values: InteractionValues,
        greeting: str | None = None,
    ) -> int:
        """Write a talk within a change set and give its id.

        Args:
            values: checked ones.
            greeting: the occurrence of a yearly date that was greeted (see `store.occasions`).
        """
        self.desk.cards.check_visible(card_id)
        talk_id = change.insert(
            Interaction,
            {
                **columns(values, change.now),
                "card_id": card_id,
                "member_id": self.desk.member.id,
                "extras": {"greeting": greeting} if greeting else None,
            },
        )
        self._link(change, talk_id, card_id, values.others)
        return talk_id

    def _link(self, change: "Recorder", talk_id: int, card_id: int, others: Sequence[int]) -> None:
        """Make the further cards of a talk these."""
        wanted = [other for other in others if other != card_id]
        present = {
            row.card_id: row.id
            for row in InteractionCard.select().where(InteractionCard.interaction == talk_id)
        }
        for other in wanted:
            if other not in present:
                self.desk.cards.check_visible(other)
                change.insert(InteractionCard, {"interaction_id": talk_id, "card_id": other})
        for other, row_id in present.items():
            if other not in wanted:
                change.delete(InteractionCard, row_id)

    def read_line(self, text: str, card_id: int | None = None) -> "ContactLine":
        """What a one-line entry says, before it is logged.

        Args:
            card_id: the card it is written on, whose name may stand there all the same; without
                it the line begins with the card.
        """
        from store.card_names import NameAtTheStart
        from store.line_names import FindCard, only
        from store.one_line import read_contact_line

        find: FindCard
        if card_id is None:
            find = NameAtTheStart(self.desk, text)
        else:
            find = only(self.desk.cards.rows([card_id]).get(card_id))
        clock = self.desk.store.clock
        return read_contact_line(text, clock.today(), find, clock.zone)

    def log_line(self, text: str, card_id: int | None = None) -> Logged:
        """Log a talk from one line (interface.md, One line says it).

        Args:
            card_id: the card it is written on; without it the line begins with the card.

        Raises:
            Ambiguous: several cards fit the beginning of the line.
            BadValue: the line says nothing.
            NotFound: no card fits it.
        """
        if not text.strip():
            raise BadValue(NOTHING_SAID, field="text")
        line = self.read_line(text, card_id)
        meant = card_id or line.card_id
        if meant is None:
            if not line.card_text:
                raise BadValue(NO_CARD_NAMED, field="text")
            from store.card_names import card_meant

            meant = card_meant(self.desk, line.card_text).id
        return self.log(meant, line.values, line.todos)

    def update(
        self,
        talk_id: int,
        base: InteractionValues,
        values: InteractionValues,
        todos: Sequence[TodoValues] = (),
    ) -> InteractionRecord:
        """Save what was changed on a talk since it was opened.

        Args:
            base: the values the editor opened with.
            values: the values now.
            todos: further to-dos that came of it.

        Raises:
            BadValue: a value is wrong.
            Conflict: somebody else changed the same fields; nothing was saved.
            NotFound: the member sees no such talk.
        """
        before, clean = checked(base), checked(values)
        with self.desk.change(TALK_CHANGED) as change:
            present = self.get(talk_id)
            changed = changed_since(
                before,
                clean,
                present.values,
                CHANGED_MEANWHILE,
                lambda: last_hand(self.desk, "interaction", talk_id),
            )
            if "others" in changed:
                self._link(change, talk_id, present.card_id, changed.pop("others"))
            if "at" in changed and changed["at"] is None:
                del changed["at"]
            if changed:
                change.update(Interaction, talk_id, changed)
            self._add_todos(change, talk_id, present.card_id, todos)
        return self.get(talk_id)

    def trash(self, talk_ids: Sequence[int]) -> int:
        """Put talks into the trash; gives how many went."""
        return self._set_trashed(talk_ids, TALKS_TRASHED, True)

    def restore(self, talk_ids: Sequence[int]) -> int:
        """Take talks out of the trash; gives how many came."""
        return self._set_trashed(talk_ids, TALKS_RESTORED, False)

    def _set_trashed(self, talk_ids: Sequence[int], summary: str, trashed: bool) -> int:
        moved = 0
        with self.desk.change(summary) as change:
            for talk_id in talk_ids:
                if self.get(talk_id).trashed != trashed:
                    moment = change.now if trashed else None
                    moved += change.update(Interaction, talk_id, {"trashed_at": moment})
        return moved

    def get(self, talk_id: int) -> InteractionRecord:
        """A whole talk, trashed or not; where its card is lent to the member, that he read it is
        noted in the trail.

        Raises:
            NotFound: the member sees no such talk.
        """
        chosen = talk_search.visible_talks(self.desk)
        chosen.add("talk.id = ?", talk_id)
        sql = (
            "SELECT card.number, card.name, member.name FROM interaction AS talk "
            "JOIN card ON card.id = talk.card_id JOIN member ON member.id = talk.member_id "
            f"WHERE {chosen.where}"
        )
        head = database.execute_sql(sql, chosen.parameters).fetchone()
        if head is None:
            raise NotFound(NO_TALK, number=talk_id)
        row: Any = Interaction.get_by_id(talk_id)
        self._note_reading(row.card_id)
        links: Any = (
            InteractionCard.select(InteractionCard.card, Card.name)
            .join(Card, on=InteractionCard.card == Card.id)
            .where(InteractionCard.interaction == talk_id)
            .order_by(InteractionCard.id)
        )
        others: dict[int, str] = dict(links.tuples())
        return InteractionRecord(
            id=talk_id,
            card_id=row.card_id,
            number=head[0],
            name=head[1],
            member=head[2],
            version=row.version,
            created_at=row.created_at,
            trashed=row.trashed_at is not None,
            values=from_row(row, tuple(others)),
            others=others,
        )

    def _note_reading(self, card_id: int) -> None:
        from store.standing import standing_of
        from store.visibility import lent_until

        if lent_until(self.desk.member, card_id, self.desk.store.clock.now()) is not None:
            self.desk.note_reading(card_id, standing_of(self.desk, card_id))

    def count(self, query: InteractionQuery) -> int:
        """How many talks answer a query."""
        return talk_search.count(self.desk, query)

    def place(self, query: InteractionQuery, talk_id: int) -> int | None:
        """At which place of the answer a talk stands, from 0; None where it is not found there."""
        return talk_search.place(self.desk, query, talk_id)

    def page(self, query: InteractionQuery, offset: Place, limit: Limit) -> list[InteractionRow]:
        """A page of the answer to a query, the newest first."""
        return talk_search.page(self.desk, query, offset, limit)
