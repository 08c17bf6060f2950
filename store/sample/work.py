"""The sample team's to-dos: open, promised by customers, done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from store.records.todos import TodoValues
from store.sample.cards import Chooser, SampleCard
from store.sample.showcase import FIRST_TRIED, promises
from store.sample.tasks import DONE, OURS, THEIRS, Task
from store.sample.team import MEMBERS, SampleMember

SEED = 20260303


@dataclass(slots=True)
class SampleTodo:
    """One to-do; the values name no card yet, since it has no number before it is written."""

    by: SampleMember
    entered: date
    values: TodoValues
    card: SampleCard | None = None
    done_on: date | None = None
    result: str | None = None
    id: int = 0
    """The to-do's id, once it is written."""


def sample_todos(cards: Sequence[SampleCard], today: date) -> list[SampleTodo]:
    """Everything the team has and had to do, in the order in which it was entered."""
    chooser = Chooser(SEED)
    found: list[SampleTodo] = []
    for member in MEMBERS:
        if not member.cards:
            continue
        own = [card for card in cards if card.owner is member]
        everything = member is MEMBERS[0]
        ours = OURS if everything else chooser.sample(OURS, 9)
        theirs = THEIRS if everything else chooser.sample(THEIRS, 3)
        shift = 0 if everything else chooser.randint(-1, 3)
        for side, tasks in (("ours", ours), ("theirs", theirs)):
            found.extend(_open(chooser, member, own, tasks, side, today, shift))
        if everything:
            first = next(card for card in own if card.name == FIRST_TRIED)
            for values in promises(today):
                day = min(today, values.due_on or today) - timedelta(days=3)
                found.append(SampleTodo(member, day, values, first))
        found.extend(_done(chooser, member, own, today, 8 if everything else 4))
    return sorted(found, key=lambda todo: todo.entered)


def _open(
    chooser: Chooser,
    member: SampleMember,
    own: Sequence[SampleCard],
    tasks: Sequence[Task],
    side: str,
    today: date,
    shift: int,
) -> Iterator[SampleTodo]:
    for task in tasks:
        fitting = [card for card in own if card.stage in task.stages and card.firm is not None]
        if task.stages and not fitting:
            continue
        card = chooser.choice(fitting) if task.stages else None
        due = _due(task, today, shift)
        entered = min(today, due or today) - timedelta(days=chooser.randint(1, 9))
        yield SampleTodo(
            member,
            max(entered, card.entered) if card is not None else entered,
            TodoValues(
                title=_title(chooser, task.title, card),
                important=task.important,
                urgent=task.urgent,
                due_on=due,
                due_time=time.fromisoformat(task.time) if task.time else None,
                repeat=task.repeat,
                side=side,
                tags=task.tags,
            ),
            card,
        )


def _due(task: Task, today: date, shift: int) -> date | None:
    if task.weekday is not None:
        return today + timedelta(days=(task.weekday - today.weekday()) % 7)
    return None if task.days is None else today + timedelta(days=task.days + shift)


def _done(
    chooser: Chooser, member: SampleMember, own: Sequence[SampleCard], today: date, count: int
) -> Iterator[SampleTodo]:
    customers = [card for card in own if card.firm is not None and card.stage != "prospect"]
    for title, result in chooser.sample(DONE, count):
        card = chooser.choice(customers)
        done_on = today - timedelta(days=chooser.randint(1, 40))
        yield SampleTodo(
            member,
            max(done_on - timedelta(days=chooser.randint(1, 6)), min(card.entered, done_on)),
            TodoValues(
                title=_title(chooser, title, card), important=chooser.chance(60), due_on=done_on
            ),
            card,
            done_on,
            result,
        )


def _title(chooser: Chooser, title: str, card: SampleCard | None) -> str:
    if card is None:
        return title.format(product="压力变送器")
    return title.format(
        name=card.name,
        organisation=card.firm_name,
        product=chooser.choice(card.industry.products),
        place=chooser.choice(card.industry.places),
    )
