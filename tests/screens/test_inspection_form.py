"""The form in which a card is inspected."""

from screens.inspection_form import VERDICT, inspection_form
from store import language
from store.forms.declaration import load_form


def test_it_tells_what_becomes_of_a_card_that_is_sent_back() -> None:
    form = inspection_form(load_form("person"), {"name": "张山"})
    assert "waits on the owner" in form.field(VERDICT).explanation
    language.use("zh")
    assert "负责人的今日" in form.field(VERDICT).explanation
