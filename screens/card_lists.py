"""The lists that belong to one card: talks, to-dos, family."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from screens.card_actions import do
from store import labels
from store.errors import StoreError
from store.language import N_, _
from store.lunar import YearlyDate
from widgets.columns import Column
from widgets.row_pages import Row

if TYPE_CHECKING:
    from screens.base import BaseScreen
    from store.clock import Clock
    from store.records.interactions import InteractionRow
    from store.records.occasions import FamilyRow
    from store.records.remarks import RemarkRow
    from store.records.todos import TodoRow

TALKS = (
    Column("at", N_("When"), 10),
    Column("method", N_("How"), 8, least=4),
    Column("interest", N_("Interest"), 4, align="right"),
    Column("summary", N_("About"), 24, least=12, share=3),
    Column("words", N_("In his words"), 18, least=8, share=2),
    Column("member", N_("Who"), 8, least=6),
)
TODOS = (
    Column("due", N_("Due"), 10),
    Column("side", N_("Whose"), 8, least=4),
    Column("title", N_("What"), 30, least=12, share=1),
    Column("owner", N_("Who"), 8, least=6),
)
REMARKS = (
    Column("at", N_("When"), 9),
    Column("author", N_("Written by"), 8, least=6),
    Column("addressee", N_("Written to"), 8, least=6),
    Column("text", N_("What"), 30, least=12, share=1),
    Column("done", N_("State"), 6, least=4),
)
FAMILY = (
    Column("relation", N_("Relation"), 8, least=4),
    Column("name", N_("Name"), 12, least=6),
    Column("birth", N_("Birthday"), 22, least=10, share=1),
    Column("employer", N_("Work, school"), 16, least=8, share=1),
    Column("phone", N_("Phone"), 13, least=11),
)


def talk_row(talk: InteractionRow, clock: Clock) -> Row:
    """A talk as a row."""
    return Row(
        str(talk.id),
        (
            f"{clock.local(talk.at):%Y-%m-%d}",
            labels.method(talk.method),
            str(talk.interest or ""),
            talk.summary if talk.reached else _("not reached") + f" {talk.summary}",
            talk.words,
            talk.member,
        ),
        "" if talk.reached else "muted",
    )


def todo_row(todo: TodoRow, clock: Clock) -> Row:
    """A to-do as a row."""
    late = todo.days is not None and todo.days < 0
    return Row(
        str(todo.id),
        (
            labels.short_day(todo.due_on, clock.today()) if todo.due_on else "-",
            _("his") if todo.side == "theirs" else _("ours"),
            todo.title + (_(" (late)") if late else ""),
            todo.owner,
        ),
        "warning" if late else "",
    )


def remark_row(remark: RemarkRow, clock: Clock) -> Row:
    """A remark as a row."""
    done = remark.done_at is not None
    text = " ".join(remark.text.split())
    if kind := labels.remark_kind(remark.kind):
        text = f"[{kind}] {text}"
    return Row(
        str(remark.id),
        (
            labels.ago(clock.local(remark.at).date(), clock.today()),
            remark.author,
            remark.addressee,
            labels.aside(text, labels.short(remark.about)),
            _("done") if done else _("waits"),
        ),
        "muted" if done else "",
    )


def family_row(member: FamilyRow) -> Row:
    """Somebody of the family as a row."""
    values = member.values
    birth = YearlyDate.parse(values.birth).spoken() if values.birth else ""
    work = _(", ").join(part for part in (values.employer, values.job) if part)
    return Row(
        str(member.id), (values.relation or "", values.name, birth, work, values.phone or "")
    )


def open_talk(screen: BaseScreen[Any], talk: int) -> None:
    """Open a talk in its form."""
    from screens.log_form import LogForm

    async def open_form() -> None:
        try:
            record = await screen.desk.read(lambda desk: desk.interactions.get(talk))
        except StoreError as error:
            screen.report(error)
            return
        form = LogForm(screen.desk, record.card_id, record.values, interaction_id=talk)
        await screen.app.push_screen(form)

    screen.run_worker(open_form(), exit_on_error=False, group="open", exclusive=True)


def open_todo(screen: BaseScreen[Any], todo: int) -> None:
    """Open a to-do in its form."""
    from screens.todo_form import TodoForm

    async def open_form() -> None:
        try:
            row = await screen.desk.read(lambda desk: desk.todos.get(todo))
        except StoreError as error:
            screen.report(error)
            return
        await screen.app.push_screen(TodoForm(screen.desk, todo, row.values))

    screen.run_worker(open_form(), exit_on_error=False, group="open", exclusive=True)


def answer_remark(screen: BaseScreen[Any], remark: int) -> None:
    """Show the whole of a remark, with a line for the answer where it is the member's to answer."""

    async def open_line() -> None:
        from screens.remark_entry import RemarkAnswer

        try:
            row, me = await screen.desk.read(
                lambda desk: (desk.remarks.get(remark), desk.member.login)
            )
        except StoreError as error:
            screen.report(error)
            return
        if row.addressee_login == me:
            await screen.app.push_screen(RemarkAnswer(screen.desk, row))
        else:
            screen.tell(row.text)

    screen.run_worker(open_line(), exit_on_error=False, group="open", exclusive=True)


def open_family(screen: BaseScreen[Any], card_id: int, member: int | None) -> None:
    """Open somebody of the family in a form, or an empty one."""
    from screens.family_form import FamilyForm

    screen.app.push_screen(FamilyForm(screen.desk, card_id, member))


def remove_entries(screen: BaseScreen[Any], view: str, keys: Sequence[int]) -> None:
    """Take talks, to-dos or family members away; u brings them back."""
    if not keys:
        return

    def told(count: int) -> str:
        return _("{count} taken away; u brings back").format(count=count)

    if view == "talks":
        do(screen, lambda desk: desk.interactions.trash(keys), told)
    elif view == "todos":
        do(screen, lambda desk: desk.todos.trash(keys), told)
    else:
        do(screen, lambda desk: sum(desk.family.remove(key) or 1 for key in keys), told)
