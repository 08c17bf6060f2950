"""A verdict on a card: approved or sent back, with a word on each section."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from screens.card_text import whole_card
from screens.form_screen import FormScreen
from store.errors import NotAllowed
from store.forms import verdicts
from store.forms.completeness import completeness
from store.forms.declaration import Field, Form, Section, Values, load_form
from store.language import N_, _, listed
from store.records.inspections import (
    APPROVED,
    NO_INSPECTING,
    SENT_BACK,
    WHOLE_CARD,
    InspectionRow,
)

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk
    from store.records.cards import CardRecord

VERDICT, ON_ALL, ON_SECTION = "verdict", "whole", "section_"
"""Keys of the form: the verdict, the word on the whole card, and before a section's key."""

BLANKS = 5
"""Blanks of a section that are named."""

WHOLE_LABEL = {"zh": "整张卡", "en": "The whole card"}
VERDICT_HELP = {
    "zh": "退回的卡会等在负责人的今日里；缺什么，写在下面各栏",
    "en": "What is sent back waits on the owner’s Today; say below, by section, what is missing",
}
FORM_LABEL = {"zh": "审核", "en": "Inspection"}


class InspectionForm(FormScreen[InspectionRow]):
    """What a manager says of a card he looked through."""

    HELP = N_(
        "Approve the card, or send it back with a word on what is missing: below each section "
        "stands how much of it is known. What is sent back waits on the owner's Today until he "
        "has answered."
    )

    CHANGES_CARD: ClassVar[bool] = False

    def __init__(self, desk: Background, card_id: int) -> None:
        super().__init__(desk)
        self.card = card_id
        self.record: CardRecord | None = None

    @property
    def card_id(self) -> int | None:
        """The card that is inspected."""
        return self.card

    @property
    def draft_key(self) -> str:
        """Under which unsaved words are kept."""
        return f"inspection:new:{self.record.number if self.record else ''}"

    async def begin(self) -> Values:
        """Read the card; whoever gives no verdict on it writes none."""

        def read(desk: Desk) -> CardRecord:
            if not desk.inspections.may_inspect(self.card):
                raise NotAllowed(NO_INSPECTING)
            return whole_card(desk, self.card)

        self.record = await self.desk.read(read)
        return {VERDICT: APPROVED}

    def declared(self) -> Form:
        """The verdict, and a line for each section of the card's form."""
        assert self.record is not None
        return inspection_form(load_form(self.record.kind), self.record.values)

    def heading(self) -> str:
        """Which card is inspected."""
        name = f"{self.record.number}  {self.record.name}" if self.record else ""
        return _("Inspect {name}").format(name=name)

    def write(self, desk: Desk, base: Values, values: Values) -> InspectionRow:
        """Give the verdict."""
        remarks = {
            key.removeprefix(ON_SECTION): str(text)
            for key, text in values.items()
            if key.startswith(ON_SECTION)
        }
        if values.get(ON_ALL):
            remarks[WHOLE_CARD] = str(values[ON_ALL])
        return desk.inspections.inspect(self.card, values.get(VERDICT, APPROVED), remarks)

    def told(self, result: InspectionRow) -> str:
        """What became of it."""
        if result.verdict == SENT_BACK:
            told = _("Sent back: it waits on the Today of {name}; u takes back")
            return told.format(name=result.owner)
        return _("Approved; u takes back")


def inspection_form(form: Form, values: Values) -> Form:
    """A form with a line for each section, which says how much of it is known and what is not."""
    known = completeness(form, values)
    fields = [
        Field(
            VERDICT,
            "choice",
            verdicts.LABEL,
            VERDICT,
            help=VERDICT_HELP,
            choices=verdicts.CHOICES,
            default=APPROVED,
        ),
        Field(ON_ALL, "long_text", WHOLE_LABEL, VERDICT),
    ]
    for section in form.sections:
        if section.key not in known.sections:
            continue
        blanks = listed(
            [field.title for field in known.blanks if field.section == section.key][:BLANKS]
        )
        told = _("{percent} % known").format(percent=known.sections[section.key])
        if blanks:
            told = _("{known}; blank: {fields}").format(known=told, fields=blanks)
        help_text = {"zh": told, "en": told}
        key = f"{ON_SECTION}{section.key}"
        fields.append(Field(key, "text", section.label, VERDICT, help=help_text))
    return Form("inspection", FORM_LABEL, (Section(VERDICT, FORM_LABEL, tuple(fields)),))
