"""Who brought a customer, and what was told to him since."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual import on, work

from screens.link_form import LinkForm
from store.errors import BadValue, StoreError
from store.forms.declaration import Values
from store.language import N_, _
from store.records.referrals import ReferralRow, ReferralValues
from widgets.card_form import CardForm

if TYPE_CHECKING:
    from store.desk import Desk

DAYS = ("on", "reported_on", "thanked_on")


class ReferralForm(LinkForm[ReferralRow]):
    """A new referral of a customer, or one that is known."""

    HELP = N_(
        "Whoever brings a customer wants to hear what became of it: tell him, thank him, and note "
        "both here. Each referrer is used once for a customer. Who dislikes being asked for "
        "introductions is marked on his card, and you are warned."
    )
    TABLE, DRAFT, OTHER = "referral", "referral", "referrer"
    title_of = ""
    """Who brought whom, once it is known."""

    def heading(self) -> str:
        """Who brought whom."""
        if self.link is None:
            return _("Who brought {name}").format(name=self.whose)
        return self.title_of

    @on(CardForm.Left)
    def look_at_referrer(self, event: CardForm.Left) -> None:
        """Warn where somebody is named who dislikes introductions."""
        if event.key == "referrer":
            self.warn(event.form)

    @work(exclusive=True, exit_on_error=False, group="form.spell")
    async def warn(self, form: CardForm) -> None:
        """Say which card is meant, or that it is a name, and what its card says of him."""
        text = form.values.get("referrer") or ""

        def read(desk: Desk) -> tuple[int | None, str, bool]:
            card, label = _meant(desk, text)
            return card, label, card is not None and desk.referrals.dislikes(card)

        if not text:
            return
        try:
            card, label, dislikes = await self.desk.read(read)
        except StoreError:  # saving says so
            return
        if card is None:
            form.remark("referrer", _("No card is called so: it is noted as a name"))
            return
        if label != text and form.values.get("referrer") == text:
            await form.put({"referrer": label})
        if dislikes:
            form.remark("referrer", _("He dislikes being asked for introductions"))

    def present(self, desk: Desk) -> Values:
        """The referral as stored now."""
        assert self.link is not None
        row = desk.referrals.get(self.link)
        referrer = row.referrer.name if row.referrer is not None else row.referrer_name
        self.title_of = _("{referrer} brought {name}").format(
            referrer=referrer or _("somebody you do not see"), name=row.card.name
        )
        said = row.values
        days = {key: getattr(said, key) for key in DAYS}
        values = {key: day.isoformat() for key, day in days.items() if day is not None}
        texts = {"means": said.means, "result": said.result, "note": said.note}
        return {**values, **{key: text for key, text in texts.items() if text}}

    def write(self, desk: Desk, base: Values, values: Values) -> ReferralRow:
        """Note the referral, or save what was changed of it."""
        if self.link is not None:
            return desk.referrals.update(self.link, _said(base), _said(values))
        text = values.get("referrer") or ""
        card, _label = _meant(desk, text)
        name = "" if card is not None else text
        return desk.referrals.note(self.card, card, name, _said(values))


def _meant(desk: Desk, text: str) -> tuple[int | None, str]:
    """The card that a label or a name means, with its label; None for a name without a card.

    Raises:
        BadValue: several cards fit, or a number that is none.
    """
    from store.card_labels import card_label, labelled_card
    from store.forms.links import card_number

    try:
        row = labelled_card(desk, text, "referrer")
    except BadValue as error:
        if "cards" in error.values or card_number(text) is not None:
            raise
        return None, text
    # A text that only finds somebody by a part of what his card says is a name of its own.
    is_meant = row.name in text or row.number in text.upper()
    return (row.id, card_label(row)) if is_meant else (None, text)


def _said(values: Values) -> ReferralValues:
    days = {key: date.fromisoformat(values[key]) for key in DAYS if values.get(key)}
    return ReferralValues(
        days.get("on"),
        values.get("means"),
        values.get("result") or "",
        days.get("reported_on"),
        days.get("thanked_on"),
        values.get("note") or "",
    )
