"""To-dos in four quadrants: entered, moved, done, postponed, put in the trash."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from store import todo_search
from store.arguments import Limit, Place, checks_arguments, in_reach
from store.changed_values import changed_since
from store.cleaning import clean_text
from store.errors import BadValue, NotFound
from store.forms.tidy import LONGEST_TEXT, short_enough
from store.language import N_
from store.last_hands import last_hand
from store.models.todos import Todo
from store.records.todos import TodoQuery, TodoRow, TodoValues
from store.todo_values import checked, columns, member_of
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk
    from store.one_line import TodoLine
    from store.recorder import Recorder

NO_TODO = N_("There is no to-do {number}.")
NO_QUADRANT = N_("There are four quadrants, 1 to 4.")
NO_DAY = N_("Say for how many days, or until when.")
TOO_FAR = N_("A date so far away cannot be kept.")
CHANGED_MEANWHILE = N_("{name} changed this to-do meanwhile.")

TODO_ADDED = N_("To-do added")
TODO_CHANGED = N_("To-do changed")
TODOS_MOVED = N_("To-dos moved to another quadrant")
TODOS_DONE = N_("To-dos done")
TODOS_REOPENED = N_("To-dos taken up again")
TODOS_POSTPONED = N_("To-dos put off")
TODOS_TRASHED = N_("To-dos put in the trash")


@explains_trouble
@checks_arguments
class Todos:
    """The to-dos of a member, and those he may see."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def add(self, values: TodoValues) -> TodoRow:
        """Enter a to-do.

        Raises:
            BadValue: a value is wrong.
            NotFound: the member sees no such card, or nobody has the owner's login.
        """
        with self.desk.change(TODO_ADDED) as change:
            todo_id = change.insert(Todo, columns(self.desk, values))
        return self.get(todo_id)

    def read_line(self, text: str, card_id: int | None = None) -> "TodoLine":
        """What a one-line entry says, before it is added.

        Args:
            card_id: the card it is written on; a card that the line names comes first.
        """
        from dataclasses import replace

        from store.card_names import NamesIn
        from store.one_line import read_todo_line

        line = read_todo_line(text, self.desk.store.clock.today(), NamesIn(self.desk, text))
        if line.values.card is None and card_id is not None:
            line = replace(line, values=replace(line.values, card=card_id))
        return line

    def add_line(self, text: str, card_id: int | None = None) -> TodoRow:
        """Enter a to-do from one line (interface.md, One line says it).

        Raises:
            BadValue: the line says nothing to do.
        """
        return self.add(self.read_line(text, card_id).values)

    def update(self, todo_id: int, base: TodoValues, values: TodoValues) -> TodoRow:
        """Save what was changed on a to-do since it was opened.

        A new due date takes the to-do back from where a hand had put it: nearness counts again.

        Args:
            base: the values the editor opened with.
            values: the values now.

        Raises:
            BadValue: a value is wrong.
            Conflict: somebody else changed the same fields; nothing was saved.
            NotFound: the member sees no such to-do.
        """
        before, after = checked(base), checked(values)
        with self.desk.change(TODO_CHANGED) as change:
            present = self.get(todo_id).values
            changed = changed_since(
                before,
                after,
                present,
                CHANGED_MEANWHILE,
                lambda: last_hand(self.desk, "todo", todo_id),
            )
            self._write(change, todo_id, changed)
        return self.get(todo_id)

    def _write(self, change: "Recorder", todo_id: int, changed: dict[str, Any]) -> None:
        row: dict[str, Any] = {}
        for key, value in changed.items():
            if key == "card":
                if value is not None:
                    self.desk.cards.check_visible(value)
                row["card_id"] = value
            elif key == "owner":
                row["owner_id"] = self.desk.member.id if value is None else member_of(value)
            elif key == "due_time":
                row["due_time"] = value and f"{value:%H:%M}"
            elif key == "tags":
                row["tags"] = list(value) or None
            else:
                row[key] = value
        if "due_on" in row:
            row["pinned"] = False
        if row:
            change.update(Todo, todo_id, row)

    def move(self, todo_ids: Sequence[int], quadrant: int) -> int:
        """Put to-dos into a quadrant, 1 to 4, by hand; gives how many moved.

        Raises:
            BadValue: there is no such quadrant.
            NotFound: one of them is none that the member sees.
        """
        if quadrant not in (1, 2, 3, 4):
            raise BadValue(NO_QUADRANT, field="quadrant")
        place = {"important": quadrant in (1, 2), "urgent": quadrant in (1, 3), "pinned": True}
        moved = 0
        with self.desk.change(TODOS_MOVED) as change:
            for row in self._rows(todo_ids):
                if row.quadrant != quadrant:
                    moved += change.update(Todo, row.id, place)
        return moved

    def done(self, todo_ids: Sequence[int], result: str | None = None) -> int:
        """Mark to-dos as done; gives how many were open. What repeats comes again.

        Raises:
            NotFound: one of them is none that the member sees.
        """
        finished = 0
        with self.desk.change(TODOS_DONE) as change:
            for row in self._rows(todo_ids):
                if row.done_at is None:
                    text = short_enough(clean_text(result or ""), LONGEST_TEXT, "result") or None
                    change.update(Todo, row.id, {"done_at": change.now, "result": text})
                    finished += 1
                    self._make_next(change, row)
        return finished

    def _make_next(self, change: "Recorder", row: TodoRow) -> None:
        """The next of a repeating to-do: after its due date, and never in the past."""
        if row.repeat is None or row.due_on is None:
            return
        from store.repeats import next_of

        coming = next_of(row.repeat, row.due_on, max(row.due_on, self.desk.store.clock.today()))
        if coming is None:
            return
        present: Any = Todo.get_by_id(row.id)
        kept = (
            *("title", "note", "important", "urgent", "due_time", "owner_id", "asked_by_id"),
            *("side", "card_id", "interaction_id", "tags"),
        )
        change.insert(
            Todo,
            {
                **{key: getattr(present, key) for key in kept},
                "due_on": coming[0],
                "repeat": coming[1],
            },
        )

    def reopen(self, todo_ids: Sequence[int]) -> int:
        """Take up again what was done; the next of a repeating one goes if nobody touched it."""
        reopened = 0
        with self.desk.change(TODOS_REOPENED) as change:
            for row in self._rows(todo_ids):
                if row.done_at is None:
                    continue
                # The next one was made in the transaction that set this one done.
                followers = Todo.select(Todo.id).where(
                    (Todo.created_at == row.done_at)
                    & (Todo.title == row.title)
                    & (Todo.version == 1)
                    & (Todo.id > row.id)
                    & Todo.repeat.is_null(False)
                    & Todo.done_at.is_null()
                )
                for follower in followers.limit(1):
                    change.update(Todo, follower.id, {"trashed_at": change.now})
                change.update(Todo, row.id, {"done_at": None, "result": None})
                reopened += 1
        return reopened

    def postpone(
        self, todo_ids: Sequence[int], days: int | None = None, until: date | None = None
    ) -> int:
        """Put to-dos off by some days, or to a day; gives how many.

        Days count from the due date, or from today where that is past or there is none.

        Raises:
            BadValue: neither was given, or the day is out of reach.
            NotFound: one of them is none that the member sees.
        """
        if days is None and until is None:
            raise BadValue(NO_DAY, field="days")
        if until is not None:
            in_reach(until, "until")
        postponed = 0
        with self.desk.change(TODOS_POSTPONED) as change:
            for row in self._rows(todo_ids):
                due = until or self._later(row.due_on, days)
                postponed += change.update(Todo, row.id, {"due_on": due, "pinned": False})
        return postponed

    def _later(self, due_on: date | None, days: int | None) -> date:
        today = self.desk.store.clock.today()
        try:
            later = max(due_on or today, today) + timedelta(days=days or 0)
        except OverflowError as error:
            raise BadValue(TOO_FAR, field="days") from error
        in_reach(later, "days")
        return later

    def trash(self, todo_ids: Sequence[int]) -> int:
        """Put to-dos into the trash; gives how many went."""
        trashed = 0
        with self.desk.change(TODOS_TRASHED) as change:
            for row in self._rows(todo_ids):
                trashed += change.update(Todo, row.id, {"trashed_at": change.now})
        return trashed

    def _rows(self, todo_ids: Sequence[int]) -> Iterator[TodoRow]:
        """The to-dos of these ids, in their order, each once."""
        for todo_id in dict.fromkeys(todo_ids):
            yield self.get(todo_id)

    def get(self, todo_id: int) -> TodoRow:
        """One to-do, open or done.

        Raises:
            NotFound: there is none that the member sees.
        """
        found = todo_search.rows_by_id(self.desk, [todo_id])
        if todo_id not in found:
            raise NotFound(NO_TODO, number=todo_id)
        return found[todo_id]

    def count(self, query: TodoQuery) -> int:
        """How many to-dos answer a query."""
        return todo_search.count(self.desk, query)

    def page(self, query: TodoQuery, offset: Place, limit: Limit) -> list[TodoRow]:
        """A page of the answer: open ones by due date, then those done."""
        return todo_search.page(self.desk, query, offset, limit)

    def board(self, query: TodoQuery, limit: Limit = 200) -> dict[int, list[TodoRow]]:
        """For each quadrant, 1 to 4, its first to-dos."""
        return todo_search.board(self.desk, query, limit)

    def board_counts(self, query: TodoQuery) -> dict[int, int]:
        """How many to-dos stand in each quadrant, 1 to 4."""
        return todo_search.board_counts(self.desk, query)
