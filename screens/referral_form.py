"""Who brought a customer, and what was told to him since."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work

from screens.card_offer import labels_found, offer_cards
from screens.form_screen import FormScreen
from store.errors import BadValue, StoreError
from store.forms.declaration import Form, Values, load_form
from store.language import N_, _
from store.records.referrals import ReferralRow, ReferralValues
from widgets.card_form import CardForm

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk
    from store.records.cards import CardRow

DAYS = ("on", "reported_on", "thanked_on")


class ReferralForm(FormScreen[ReferralRow]):
    """A new referral of a customer, or one that is known."""

    HELP = N_(
        "Whoever brings a customer wants to hear what became of it: tell him, thank him, and note "
        "both here. Each referrer is used once for a customer. Who dislikes being asked for "
        "introductions is marked on his card, and you are warned."
    )
    CHANGES_CARD: ClassVar[bool] = True

    def __init__(self, desk: Background, card_id: int, referral_id: int | None = None) -> None:
        """Make the page.

        Args:
            desk: as of every screen.
            card_id: the customer who was brought; of a known referral, either of the two.
            referral_id: which one to change; None for a new one.
        """
        super().__init__(desk, is_new=referral_id is None)
        self.card = card_id
        self.referral = referral_id
        self.row: CardRow | None = None
        self.title_of = ""
        self.offered: list[str] = []

    @property
    def card_id(self) -> int | None:
        """The customer."""
        return self.card

    @property
    def draft_key(self) -> str:
        """Under which unsaved words are kept."""
        which = "new" if self.referral is None else self.referral
        return f"referral:{which}:{self.row.number if self.row else ''}"

    async def begin(self) -> Values:
        """Read whose referral it is."""

        def read(desk: Desk) -> Values:
            self.row = desk.cards.row(self.card)
            self.offered = labels_found(desk, "")
            return {} if self.referral is None else self.present(desk)

        return await self.desk.read(read)

    def declared(self) -> Form:
        """Who, when, how and what came of it; who it was stays."""
        form = load_form("referral")
        return form if self.referral is None else form.without("referrer")

    def heading(self) -> str:
        """Who brought whom."""
        if self.referral is None:
            return _("Who brought {name}").format(name=self.row.name if self.row else "")
        return self.title_of

    def options(self) -> dict[str, Any]:
        """The cards that are offered."""
        return {"known": {"referrer": self.offered}} if self.referral is None else {}

    def changed(self, form: CardForm, key: str) -> None:
        """Offer cards while one is typed."""
        if key == "referrer":
            self.run_worker(offer_cards(self, form, key), group="form.offer", exclusive=True)

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

    def record_edited(self) -> tuple[str, int] | None:
        """What is changed here."""
        return None if self.referral is None else ("referral", self.referral)

    def present(self, desk: Desk) -> Values:
        """The referral as stored now."""
        assert self.referral is not None
        row = desk.referrals.get(self.referral)
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
        if self.referral is not None:
            return desk.referrals.update(self.referral, _said(base), _said(values))
        text = values.get("referrer") or ""
        card, _label = _meant(desk, text)
        name = "" if card is not None else text
        return desk.referrals.note(self.card, card, name, _said(values))

    def told(self, result: ReferralRow) -> str:
        """That it was noted."""
        return _("Noted; u takes back") if self.referral is None else super().told(result)


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
