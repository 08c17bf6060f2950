"""Words that were typed and not saved: whatever they are of, Today names them and opens them."""

import re
from pathlib import Path

import pytest

from screens.agenda_rows import DRAFTS
from screens.club_form import ClubForm
from screens.paper_form import PaperForm
from screens.referral_form import ReferralForm
from screens.relation_form import RelationForm
from screens.take_up import EDITORS, take_up
from screens.today import Today
from tests.screens.typing import fill, until

SCREENS = Path(__file__).parents[2] / "screens"

FORMS = {
    "paper": (lambda desk, card: PaperForm(desk, card), "title"),
    "relation": (lambda desk, card: RelationForm(desk, card), "note"),
    "referral": (lambda desk, card: ReferralForm(desk, card), "note"),
    "club": (lambda desk, _card: ClubForm(desk), "name"),
}


def test_every_kind_of_draft_has_a_name_and_an_editor() -> None:
    kept = set()
    for path in SCREENS.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        for body in re.findall(r"def draft_key\(self\).*?(?=\n    def |\n\nclass |\Z)", text, re.S):
            kept |= set(re.findall(r'return f"(\w+):', body))
        kept |= set(re.findall(r'\bDRAFT = "(\w+)', text))
        kept |= set(re.findall(r'TABLE, DRAFT, OTHER = "\w+", "(\w+)"', text))
    assert len(kept) > 10
    assert kept <= EDITORS.keys()
    assert EDITORS.keys() == DRAFTS.keys()


@pytest.mark.parametrize("kind", FORMS)
async def test_words_are_found_again_where_they_were_typed(kind, showing, box) -> None:
    form, field = FORMS[kind]
    card = box.cards.create("person", {"name": "张山"}).id
    async with showing(lambda desk: form(desk, card)) as (app, pilot):
        await fill(pilot, field, "写了一半")
        await until(pilot, lambda: box.drafts.all())
        (key,) = [draft.key for draft in box.drafts.all()]
    assert key.startswith(f"{kind}:")
    async with showing(Today) as (app, pilot):
        take_up(app.screen, key)
        await until(pilot, lambda: getattr(app.screen, "form", None))
        assert app.screen.form.texts[field] == "写了一半"
