"""A team's own forms in a box: put in force, followed by cards and sessions, taken back."""

import asyncio
import io
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from store import backups
from store.background import Background
from store.change_words import told_of
from store.clock import Clock
from store.database import Store, open_store
from store.desk import Desk
from store.doctor import examine
from store.errors import BadInput, BadValue, NotAllowed
from store.forms.declaration import load_form
from store.forms.followed import follow
from store.models.base import compact_json, database
from store.records.cards import CardQuery
from store.records.doctor import Check
from tests.store.forms.test_team_forms import EXAMPLE

OURS = """
[[sections]]
key = 'ours'
label = {zh = '我们的', en = 'Ours'}

[[sections.fields]]
key = 'nick'
type = 'text'
label = {zh = '外号', en = 'Nick'}
weight = 20
index = true

[[sections.fields]]
key = 'secret'
type = 'text'
label = {zh = '暗号', en = 'Secret'}
sensitive = true

[[sections.fields]]
key = 'visits'
type = 'rows'
label = {zh = '来访', en = 'Visits'}

[[sections.fields.columns]]
key = 'who'
type = 'text'
label = {zh = '谁', en = 'Who'}
index = true

[[sections.fields.columns]]
key = 'gift'
type = 'text'
label = {zh = '礼物', en = 'Gift'}
"""
LESS = "[[changes]]\nfield = 'hobbies'\nlabel = {zh = '兴趣爱好', en = 'Pastimes'}\n"


@pytest.fixture(autouse=True)
def program_forms() -> Iterator[None]:
    """Tests that open no box find the forms of the program."""
    yield
    follow("")


@pytest.fixture
def card(desk: Desk) -> int:
    desk.team_forms.use(OURS)
    values = {"name": "张山", "nick": "山哥", "secret": "天王盖地虎"}
    values |= {"visits": [{"who": "李四", "gift": "茶"}], "favourite_colour": "藏青"}  # type: ignore[dict-item]
    return desk.cards.create("person", values).id


def facts() -> set[tuple[str, str]]:
    return set(database.execute_sql("SELECT key, value FROM card_fact").fetchall())


def found(desk: Desk, text: str) -> list[str]:
    return [row.name for row in desk.cards.page(CardQuery(text=text), 0, 5)]


def test_a_field_of_the_teams_own_is_one_like_others(desk: Desk, card: int) -> None:
    assert desk.cards.get(card).values["visits"][0]["who"] == "李四"
    assert facts() >= {("nick", "山哥"), ("visits.who", "李四")}
    assert found(desk, "山哥") == found(desk, "李四") == ["张山"]
    assert found(desk, "天王") == []
    before = desk.cards.get(card).values
    desk.cards.save(card, before, {**before, "nick": "大山"})
    (record,) = desk.trail.history(card)[0].records
    assert told_of(record, "person") == [("Nick", "山哥", "大山")]
    assert desk.briefing.of(card).card.name == "张山"
    assert examine(desk.store, thorough=True).ok


def test_completeness_follows(desk: Desk) -> None:
    card = desk.cards.create("person", {"name": "张山"})
    before = desk.cards.row(card.id).completeness
    desk.team_forms.use("[[changes]]\nfield = 'name'\nweight = 90\n")
    assert desk.cards.row(card.id).completeness > before
    desk.team_forms.reset()
    assert desk.cards.row(card.id).completeness == before
    assert examine(desk.store, thorough=True).ok


def test_what_is_taken_away_is_kept_and_shown_as_such(desk: Desk, card: int) -> None:
    told = desk.team_forms.use(LESS)
    assert told.gone == (
        *("Person: Nick", "Person: Secret", "Person: Visits"),
        *("Organisation: Nick", "Organisation: Secret", "Organisation: Visits"),
    )
    assert told.changed == ("Person: Pastimes",)
    record = desk.cards.get(card)
    assert (record.values["nick"], record.unknown) == ("山哥", {})
    form = load_form("person")
    assert [field.key for field in form.shown()[-1].fields] == ["nick", "secret", "visits"]
    assert found(desk, "山哥") == ["张山"]
    desk.cards.save(card, record.values, {**record.values, "city": "杭州"})
    assert desk.cards.get(card).values["visits"][0]["gift"] == "茶"
    stream = io.BytesIO()
    desk.exchange.export("cards", "csv", stream)
    assert all(word in stream.getvalue().decode() for word in ("Nick", "山哥", "Gift: 茶"))
    back = desk.team_forms.use(OURS)
    assert "Person: Nick" in back.added
    assert not load_form("person").field("nick").gone
    assert examine(desk.store, thorough=True).ok


def test_fields_of_the_program_keep_what_they_hold(desk: Desk) -> None:
    card = desk.cards.create(
        "person",
        {"name": "张山", "qq": "12345", "wedding": "2010-05-01", "city": "杭州", "title": "经理"},
    )
    hidden = "".join(
        f"[[changes]]\nfield = '{key}'\nhidden = true\n" for key in ("qq", "wedding", "city")
    )
    desk.team_forms.use(hidden)
    record = desk.cards.get(card.id)
    desk.cards.save(card.id, record.values, {**record.values, "speciality": "书法"})
    desk.team_forms.reset()
    values = desk.cards.get(card.id).values
    assert values["qq"] == [{"value": "12345", "label": ""}]
    assert (values["wedding"], values["city"], values["title"]) == ("2010-05-01", "杭州", "经理")


def test_a_retired_choice_stays_on_cards_and_is_offered_no_more(desk: Desk) -> None:
    from store.forms.assistance import offered

    firm = desk.cards.create("organisation", {"name": "华强", "category": "second_tier"})
    desk.team_forms.use(EXAMPLE)
    field = load_form("organisation").field("category")
    assert "Second-tier wholesaler" not in offered(field, "")
    assert field.show(desk.cards.get(firm.id).values["category"]) == "Second-tier wholesaler"
    record = desk.cards.get(firm.id)
    saved = desk.cards.save(firm.id, record.values, {**record.values, "city": "深圳"})
    assert saved.values["category"] == "second_tier"
    assert found(desk, "Second-tier") == ["华强"]


def test_a_wrong_file_changes_nothing(desk: Desk, card: int) -> None:
    newest = "SELECT max(id) FROM change_set"
    before = database.execute_sql(newest).fetchone()
    with pytest.raises(BadInput, match="line 2"):
        desk.team_forms.use("[[changes]]\nfield = 'moon'\nweight = 2", "ours.toml")
    assert database.execute_sql(newest).fetchone() == before
    assert desk.team_forms.current().text == OURS
    assert "nick" in load_form("person")


OWN_NUMBER = """
[[sections]]
key = "garden"
label = "Garden"
[[sections.fields]]
key = "trees"
label = "Trees"
type = "whole"
minimum = {number}
"""


@pytest.mark.parametrize(
    "text",
    [
        OWN_NUMBER.format(number="9" * 5000),
        OWN_NUMBER.format(number="0x" + "f" * 9000),
        OWN_NUMBER.format(number="-" + "9" * 4000),
        "a" + ".a" * 90_000 + " = 1",
        "[" + "a." * 90_000 + "a]",
        "\n".join(["a" + ".a" * 900 + " = 1"] * 100),
    ],
    ids=["digits", "hexadecimal", "bound", "parts", "table", "many"],
)
def test_a_file_made_to_hurt_is_refused_at_once(desk: Desk, text: str) -> None:
    with pytest.raises(BadInput):
        desk.team_forms.check(text)


@pytest.mark.parametrize("key", ["mobile", "title", "birth_solar", "city", "tags", "circle"])
def test_what_stands_in_lists_cannot_be_made_sensitive(desk: Desk, key: str) -> None:
    with pytest.raises(BadInput, match=r"line 3: .*cannot be sensitive"):
        desk.team_forms.check(f"[[changes]]\nfield = '{key}'\nsensitive = true")
    assert desk.team_forms.check("[[changes]]\nfield = 'hobbies'\nsensitive = true")


def test_the_same_file_again_changes_nothing(desk: Desk, card: int) -> None:
    assert not desk.team_forms.use(OURS)
    assert not desk.team_forms.check(OURS)
    assert desk.trail.undo().summary == "Card entered"


def test_undo_and_redo_follow(desk: Desk) -> None:
    desk.team_forms.use(OURS)
    desk.team_forms.use(LESS)
    assert load_form("person").field("nick").gone
    assert desk.trail.undo().summary == "The team's forms changed"
    assert not load_form("person").field("nick").gone
    desk.trail.undo()
    assert "nick" not in load_form("person")
    assert desk.team_forms.current().text == ""
    desk.trail.redo()
    assert desk.team_forms.current().text == OURS
    assert not load_form("person").field("nick").gone
    assert examine(desk.store, thorough=True).ok


def test_who_put_it_in_force(desk: Desk) -> None:
    assert desk.team_forms.current().used_at is None
    desk.team_forms.use(OURS)
    current = desk.team_forms.current()
    assert (current.text, current.used_by) == (OURS, desk.member.name)
    assert current.used_at is not None
    desk.team_forms.reset()
    assert desk.team_forms.current().text == ""


def test_only_whoever_sets_up_the_team_may(desk: Desk) -> None:
    desk.team.add("wang", "王小明", role="rep")
    rep = desk.store.desk("wang")
    for attempt in (lambda: rep.team_forms.use(OURS), rep.team_forms.reset):
        with pytest.raises(NotAllowed):
            attempt()
    assert rep.team_forms.check(OURS)
    desk.team_forms.use(OURS)
    number = database.execute_sql("SELECT max(id) FROM change_set").fetchone()[0]
    assert rep.team_forms.current().text == OURS
    with pytest.raises(Exception, match="nothing to undo"):
        rep.trail.revert(number)


def test_what_is_sensitive_is_masked_for_colleagues_also_when_it_is_gone(
    desk: Desk, card: int
) -> None:
    desk.team.add("keeper", "档案", role="custodian")
    keeper = desk.store.desk("keeper")
    assert keeper.cards.get(card).masked == {"secret"}
    desk.team_forms.use(LESS)
    record = keeper.cards.get(card)
    assert record.masked == {"secret"}
    assert "secret" not in record.values
    assert "天王" not in str(keeper.trail.history(card))
    stream = io.BytesIO()
    keeper.exchange.export("cards", "csv", stream)
    assert "天王" not in stream.getvalue().decode()
    assert keeper.cards.unmask(card, "secret") == "天王盖地虎"


def test_what_nobody_knows_any_more_is_for_the_owner_alone(desk: Desk) -> None:
    card = desk.cards.create("person", {"name": "张山"})
    database.execute_sql("""UPDATE card SET profile = '{"odd":"天王"}'""")
    desk.team.add("keeper", "档案", role="custodian")
    assert desk.cards.get(card.id).unknown == {"odd": "天王"}
    assert desk.store.desk("keeper").cards.get(card.id).unknown == {}


def test_the_forms_are_those_of_the_box_that_is_open(
    desk: Desk, card: int, tmp_path: Path, clock: Clock
) -> None:
    other = open_store(tmp_path / "other.sqlite", clock)
    assert "nick" not in load_form("person")
    other.desk().team_forms.use("[[changes]]\nfield = 'name'\nlabel = '名字'\n")
    assert load_form("person").field("name").title == "名字"
    other.close()
    again = open_store(desk.store.path, clock)
    assert load_form("person").field("name").title == "Name"
    assert again.desk().cards.get(card).values["nick"] == "山哥"


def test_a_backup_brings_its_forms_along(desk: Desk, card: int, tmp_path: Path) -> None:
    copy = backups.backup(desk.store, tmp_path / "copy.sqlite")
    desk.team_forms.reset()
    assert load_form("person").field("nick").gone
    desk.store.close()
    restored = open_store(copy, desk.store.clock)
    assert restored.desk().team_forms.current().text == OURS
    assert not load_form("person").field("nick").gone
    restored.close()


USING = """
import sys
from store.database import open_store
desk = open_store(sys.argv[1]).desk()
desk.team_forms.use(sys.stdin.read())
"""


def use_elsewhere(box: Path, text: str) -> None:
    """Let another program put a file in force."""
    command = [sys.executable, "-c", USING, str(box)]
    subprocess.run(command, input=text, text=True, check=True, capture_output=True)


def test_another_session_writes_by_the_new_forms_at_once(desk: Desk) -> None:
    card = desk.cards.create("person", {"name": "张山"})
    use_elsewhere(desk.store.path, OURS)
    assert "nick" not in load_form("person")
    # Whoever had the card open saves by the form he knows; what it is worth follows the new one.
    desk.cards.save(card.id, card.values, {**card.values, "city": "杭州"})
    assert "nick" in load_form("person")
    assert examine(desk.store, thorough=True).ok


def test_a_session_that_waits_takes_the_new_forms_up(desk: Desk) -> None:
    async def session() -> None:
        background = Background(str(desk.store.path), None, desk.store.clock)
        await background.open()
        use_elsewhere(desk.store.path, OURS)
        assert "nick" not in load_form("person")
        await background.changes()
        assert "nick" in load_form("person")
        background.close()

    desk.store.close()
    asyncio.run(session())


def test_an_interrupted_working_out_is_seen_by_the_doctor(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store.doctor import mend_index

    desk.cards.create("person", {"name": "张山"})
    with monkeypatch.context() as patch:
        patch.setattr("store.team_forms.work_out", _interrupted)
        with pytest.raises(InterruptedError):
            desk.team_forms.use("[[changes]]\nfield = 'name'\nweight = 90\n")
    assert desk.team_forms.current().text
    assert not examine(desk.store, thorough=True).ok
    mend_index(desk.store)
    assert examine(desk.store, thorough=True).ok


def _interrupted(_store: Store, _progress: object) -> None:
    raise InterruptedError


def test_the_doctor_tells_what_does_not_fit_any_more(desk: Desk) -> None:
    assert "program" in _forms_check(desk).detail
    desk.team_forms.use(OURS)
    assert "in force" in _forms_check(desk).detail
    later = OURS.replace("key = 'nick'", "key = 'mobile'")
    kept = {"text": later, "declared": tomllib.loads(later)}
    database.execute_sql("UPDATE setting SET value = ? WHERE key = 'forms'", [compact_json(kept)])
    again = open_store(desk.store.path, desk.store.clock).desk()
    check = _forms_check(again)
    assert not check.ok
    assert "line 7" in check.detail
    assert again.cards.create("person", {"name": "张山", "secret": "x"}).values["secret"] == "x"


def _forms_check(desk: Desk) -> Check:
    return next(one for one in examine(desk.store).checks if one.name == "Forms")


def test_forms_are_no_setting_like_others(desk: Desk) -> None:
    desk.team_forms.use(OURS)
    assert "forms" not in desk.settings.all()
    with pytest.raises(BadValue, match="shuke forms use"):
        desk.settings.set_for_box("forms", {"text": "x"})
