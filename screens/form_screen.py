"""A page with a declared form: opens with words that waited, saves, and loses none on leaving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.timer import Timer

from screens.base import PageScreen
from screens.choose import Choose
from screens.company import in_words
from screens.form_conflict import changed_in_words, choose_values, clashing, moved
from screens.form_drafts import base_of, content_of, summary_of, texts_of
from store.errors import BadValue, Conflict, NotFound, StoreError
from store.language import N_, _, ngettext
from widgets.card_form import CardForm

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk
    from store.forms.declaration import Form, Values
    from store.records.drafts import Draft
    from store.records.presence import Present

Result = TypeVar("Result")

PAUSE = 0.5
"""Seconds after which a change is kept in the side file; further changes do not put it off."""


def row_at_fault(error: BadValue) -> tuple[str, str]:
    """Of rows that are records of their own, whose row is wrong, and in which column."""
    reason = error.values.get("reason")
    column = reason.field if isinstance(reason, BadValue) else ""
    return str(error.values.get("title", "")), column


class FormScreen(PageScreen[Result]):
    """Shows a form, keeps what is typed safe, and saves it; a subclass says what and where.

    Ctrl+S saves. What is wrong is said beside its field, and the cursor goes there. Esc leaves
    the field, then the page, asking first if words would be lost.
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", N_("Save"), id="form.save"),
        Binding("escape", "back", N_("Back"), id="back"),
        Binding("tab,enter,down,up", "resume", N_("Back into the form"), show=False),
    ]

    def __init__(
        self, desk: Background, *, is_new: bool = True, replaces: str | None = None
    ) -> None:
        """Make the page.

        Args:
            desk: as of every screen.
            is_new: nothing is stored yet of what the form asks for.
            replaces: the key of a draft whose words this form was opened with.
        """
        super().__init__(desk)
        self.form: CardForm | None = None
        self.base: Values = {}
        """The values that the form opened with, by key."""
        self.is_new = is_new
        self.replaces = replaces
        self.is_left_for_later = False
        """Whether the member has left, and the words wait as a draft."""
        self.news = ""
        """What others changed since the form was opened, in words."""
        self.company = ""
        """Who else has the card open, in words."""
        self._is_saving = self._is_over = self._has_draft = False
        self._keeping: Timer | None = None

    @property
    def attended(self) -> tuple[int, bool] | None:
        """What stands on a card is changed here, unless it is a new one or a record of its own."""
        card = self.card_id
        return None if card is None else (card, self.CHANGES_CARD)

    # What a subclass says

    CHANGES_CARD: ClassVar[bool] = False
    """Whether what is asked stands on the card."""

    @property
    def draft_key(self) -> str:
        """Under which unsaved words are kept; asked once `begin` has ended."""
        raise NotImplementedError

    async def begin(self) -> Values:
        """Read what the form needs.

        Returns:
            The values it opens with, by key.

        Raises:
            StoreError: it cannot be opened; the page closes.
        """
        raise NotImplementedError

    def declared(self) -> Form:
        """What is asked; once `begin` has ended."""
        raise NotImplementedError

    def heading(self) -> str:
        """The title, in the language spoken now; once `begin` has ended."""
        raise NotImplementedError

    def options(self) -> dict[str, Any]:
        """Further arguments for the `CardForm`, such as `known` and `masked`."""
        return {}

    def opened(self, form: CardForm) -> None:
        """The form is there, with the words that waited."""

    def changed(self, form: CardForm, key: str) -> None:
        """Something was typed into a field."""

    def present(self, desk: Desk) -> Values:
        """The values as they are stored now, in the reading thread; for what can be in conflict."""
        return self.base

    def record_edited(self) -> tuple[str, int] | None:
        """The table and the id of the record that is changed; None for a new one."""
        return None

    def write(self, desk: Desk, base: Values, values: Values) -> Result:
        """Save, in the writing thread.

        Args:
            desk: the member's desk.
            base: the values that the form opened with.
            values: the values now.

        Raises:
            StoreError: nothing was saved; a `BadValue` is said beside its field.
        """
        raise NotImplementedError

    def told(self, result: Result) -> str:
        """What is said once it was saved."""
        return _("Saved; u takes back")

    async def after_saving(self, result: Result) -> None:
        """Ask what follows from it, before the page closes."""

    # Opening

    def on_mount(self) -> None:
        """Open the form as soon as what it needs is read."""
        self.open_form()

    @work(exit_on_error=False, group="form.open")
    async def open_form(self) -> None:
        """Show the form, with words that were typed and not saved."""
        try:
            given = await self.begin()
        except StoreError as error:
            self.report(error)
            self.dismiss(None)
            return
        self.set_title(self.heading())
        draft = await self._draft_to_take_up()
        if draft is not None:
            given = {**given, **base_of(draft)}
            when = f"{self.desk.clock.local(draft.kept_at):%m-%d %H:%M}"
            told = _("These words were waiting since {when}; Ctrl+S saves them")
            self.tell(told.format(when=when))
        self.base = {key: value for key, value in given.items() if value is not None}
        form = CardForm(
            self.declared(),
            self.base,
            today=self.desk.clock.today(),
            texts=texts_of(draft) if draft is not None else {},
            **self.options(),
        )
        await self.mount(form, after="#page-title")
        self.form = form
        self.opened(form)

    async def _draft_to_take_up(self) -> Draft | None:
        """The unsaved words that come back; asked where the form opens with other new words."""
        key = self.draft_key
        try:
            draft = await self.desk.read(lambda desk: desk.drafts.get(key))
        except StoreError as error:
            self.report(error)
            return None
        if draft is None or not texts_of(draft):
            return None
        self._has_draft = True
        if self.replaces is None:
            return draft
        choices = [
            (True, _("Take up the words that wait: {words}").format(words=summary_of(draft))),
            (False, _("Throw those away, and go on with the new ones")),
        ]
        title = _("There are unsaved words here")
        if await self.app.push_screen_wait(Choose(title, choices)) is False:
            return None
        self.replaces = None
        return draft

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what would change other things than the form."""
        if action in ("undo", "redo", "search"):
            return False
        if action == "briefing":
            return self.card_id is not None
        return super().check_action(action, parameters)

    def relabel(self) -> None:
        """Write the title in the language spoken now."""
        if self.form is not None:
            self.set_title(self.heading())

    async def action_resume(self) -> None:
        """Put the cursor back into the form."""
        if self.form is not None:
            await self.form.resume()

    # Keeping words

    @property
    def is_arriving(self) -> bool:
        """Whether the form is not there yet, or is being saved or left."""
        return self.form is None or super().is_arriving

    @property
    def unsaved(self) -> bool:
        """Whether something is typed that is not saved."""
        return self.form is not None and not self._is_over and self.form.is_changed

    @on(CardForm.Changed)
    def note_change(self, event: CardForm.Changed) -> None:
        """Keep what is typed, soon."""
        event.stop()
        if self._keeping is None:
            self._keeping = self.set_timer(PAUSE, self._keep)
        self.changed(event.form, event.key)

    def _keep(self) -> None:
        self._keeping = None
        self.run_worker(self.keep_words(), group="form.keep", exit_on_error=False)

    async def keep_words(self) -> bool:
        """Keep what is typed and not saved in the side file; False where that failed."""
        if self.form is None or self._is_over:
            return True
        texts = self.form.texts
        if not texts:
            await self._forget()
            return True
        content = content_of(texts, self.form.words, self.base, is_new=self.is_new)
        key, replaced = self.draft_key, self.replaces

        def keep(desk: Desk) -> None:
            desk.drafts.keep(key, content)
            if replaced is not None:
                desk.drafts.drop(replaced)

        self._has_draft = True
        return await self._write_drafts(keep)

    async def _forget(self) -> None:
        """Drop the draft, if there is one."""
        if self._has_draft:
            self._has_draft = False
            key = self.draft_key
            await self._write_drafts(lambda desk: desk.drafts.drop(key))

    async def _write_drafts(self, write: Callable[[Desk], None]) -> bool:
        try:
            await self.desk.write(write)
        except StoreError as error:
            self.report(error)
            return False
        return True

    # What others do meanwhile

    def hands(self, desk: Desk, keys: Sequence[str]) -> dict[str, str]:
        """Who changed fields of the record last, by key; in the reading thread."""
        record = self.record_edited()
        return {} if record is None else desk.trail.last_hands(*record, keys)

    def cards_changed(self, cards: frozenset[int]) -> None:
        """Look whether the record was changed that is being changed here."""
        concerned = self.card_id is None or self.card_id in cards
        if concerned and self.form is not None and self.record_edited() and not self._is_over:
            self.look_at_present(self.form)

    @work(exclusive=True, exit_on_error=False, group="form.present")
    async def look_at_present(self, form: CardForm) -> None:
        """Say at the end of the title what somebody else changed; the form stays as it is."""
        try:
            present = await self.desk.read(self.present)
            keys = [key for key in moved(self.base, form.values, present) if key in form.form]
            hands = await self.desk.read(partial(self.hands, keys=keys)) if keys else {}
        except NotFound:
            self.news = _("This is closed to you by now; your words are kept")
        except StoreError as error:
            self.report(error)
            return
        else:
            self.news = changed_in_words(form.form, keys, hands)
        self.say_news()

    def say_news(self) -> None:
        """Show at the end of the title what others changed, and who else is here."""
        self.say_beside_title("  ".join(part for part in (self.news, self.company) if part))

    def show_company(self, company: Sequence[Present]) -> None:
        """Say at the end of the title who else has this card open."""
        self.company = in_words(company)
        self.say_news()

    # Leaving

    def action_back(self) -> None:
        """Leave the field, then the page."""
        if not self.leave_field():
            self.leave()

    @work(exclusive=True, exit_on_error=False, group="form.leave")
    async def leave(self) -> None:
        """Leave the page, asking first if words would be lost."""
        chosen = "drop"
        if self.unsaved:
            choices = [
                ("save", _("Save them")),
                ("keep", _("Leave; they are offered again next time")),
                ("drop", _("Throw them away")),
            ]
            title = _("Words are not saved yet")
            chosen = await self.app.push_screen_wait(Choose(title, choices)) or ""
        if chosen == "save":
            self.action_save()
        elif chosen == "keep" and await self.keep_words():
            self.is_left_for_later = self._is_over = True
            self.dismiss(None)
        elif chosen == "drop":
            self._is_over = True
            await self._forget()
            self.dismiss(None)
        else:
            await self.action_resume()

    # Saving

    def action_save(self) -> None:
        """Save what the form says."""
        if self.form is not None and not self._is_saving:
            self._is_saving = True
            self.save(self.form)

    @work(exit_on_error=False, group="form.save")
    async def save(self, form: CardForm) -> None:
        """Save, and close the page; when that fails the words stay where they are."""
        try:
            await form.caught_up()
            await self.keep_words()  # the program may die while it saves
            if await form.show_problem():
                self._say_not_saved(form.count_of_problems)
            else:
                await self.keep_words()
                await self._write(form)
        except BadValue as error:
            if error.field in form.form:
                await form.complain(error.field, str(error), row_at_fault(error))
            else:
                self.report(error)
        except StoreError as error:
            self.report(error)
        finally:
            self._is_saving = False

    def _save(self, desk: Desk, base: Values, values: Values) -> Result:
        """Save the values, and with them the drafts of their words; in the writing thread."""
        keys = [self.draft_key, *([self.replaces] if self.replaces is not None else [])]
        with desk.drafts.saved(keys):
            return self.write(desk, base, values)

    def _say_not_saved(self, count: int) -> None:
        """Say so, since what is wrong may have been in view all the time."""
        told = ngettext(
            "Not saved yet: {count} field wants another look",
            "Not saved yet: {count} fields want another look",
            count,
        )
        self.notify(told.format(count=count), severity="warning", markup=False)

    async def _write(self, form: CardForm) -> None:
        """Write until no change of somebody else stands in the way, or the member gives up."""
        while True:
            base, values = self.base, form.values
            try:
                result = await self.desk.write(partial(self._save, base=base, values=values))
                break
            except Conflict:
                present = await self.desk.read(self.present)
                clashes = clashing(base, values, present)
                if not clashes:
                    raise
                hands = await self.desk.read(partial(self.hands, keys=clashes))
                settled = await choose_values(self, form, base, present, hands)
                if settled is None:
                    return
                self.base = settled
        await self._finish(result)

    async def _finish(self, result: Result) -> None:
        self._is_over = True
        await self._forget()
        replaced = self.replaces
        if replaced is not None:
            await self._write_drafts(lambda desk: desk.drafts.drop(replaced))
        self.tell(self.told(result))
        await self.after_saving(result)
        self.dismiss(result)
