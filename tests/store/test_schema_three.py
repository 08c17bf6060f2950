"""A box of the third schema becomes one of the fourth: schools and honours become rows."""

import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from store.clock import Clock
from store.database import open_store
from store.desk import Desk
from store.doctor import examine
from store.former_fields import brought_over
from store.models.base import compact_json, database
from store.records.cards import CardQuery
from tests.journeys.older_box import as_of


def older_box(box: Path, clock: Clock) -> dict[str, int]:
    """A box of schema 3 with a person and a firm; the ids of their cards by name."""
    store = open_store(box, clock)
    desk = store.desk()
    cards = {
        "张山": desk.cards.create("person", {"name": "张山", "speciality": "书法"}).id,
        "华强": desk.cards.create("organisation", {"name": "华强"}).id,
    }
    store.close()
    profiles = {
        "张山": {
            "schools": ["浙江大学", "一中"],
            "honours": "2019 年劳模\n\n优秀党员",
            "speciality": "书法",
        },
        "华强": {"honours": "守合同重信用"},
    }
    present = box.with_name("present.sqlite")
    box.rename(present)
    as_of(3, present, box)
    with closing(sqlite3.connect(box)) as connection:
        connection.execute("UPDATE card SET completeness = 99")
        for name, profile in profiles.items():
            connection.execute(
                "UPDATE card SET profile = ? WHERE id = ?", [compact_json(profile), cards[name]]
            )
        for school in profiles["张山"]["schools"]:
            connection.execute(
                "INSERT INTO card_fact(key, value, card_id) VALUES ('schools', ?, ?)",
                [school, cards["张山"]],
            )
        connection.commit()
    return cards


def test_schools_become_rows(tmp_path: Path, clock: Clock) -> None:
    box = tmp_path / "box.sqlite"
    cards = older_box(box, clock)
    desk = open_store(box, clock).desk()
    person = desk.cards.get(cards["张山"])
    assert [row["school"] for row in person.values["education"]] == ["浙江大学", "一中"]
    assert [row["title"] for row in person.values["honours"]] == ["2019 年劳模", "优秀党员"]
    ids = [row["id"] for key in ("education", "honours") for row in person.values[key]]
    assert all(ids)
    assert person.values["speciality"] == "书法"
    assert person.unknown == {}
    firm = desk.cards.get(cards["华强"])
    assert [row["title"] for row in firm.values["honours"]] == ["守合同重信用"]
    facts = database.execute_sql("SELECT key, value FROM card_fact WHERE key LIKE '%school%'")
    assert set(facts.fetchall()) == {("education.school", "浙江大学"), ("education.school", "一中")}
    assert [row.name for row in desk.cards.page(CardQuery(text="浙江大学"), 0, 5)] == ["张山"]
    assert desk.cards.row(cards["张山"]).completeness < 99
    assert examine(desk.store, thorough=True).ok
    # Saving what was brought over changes nothing: it has the shape in which it is kept.
    assert desk.cards.save(person.id, person.values, dict(person.values)).version == person.version
    desk.store.close()


def test_a_migration_that_was_interrupted_is_taken_up_again(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = tmp_path / "box.sqlite"
    cards = older_box(box, clock)
    with monkeypatch.context() as patch:
        patch.setattr("store.derived.rebuild_cards", _fail)
        with pytest.raises(InterruptedError):
            open_store(box, clock)
    desk = open_store(box, clock).desk()
    assert len(desk.cards.get(cards["张山"]).values["education"]) == 2
    assert examine(desk.store, thorough=True).ok
    desk.store.close()


def _fail(_clock: Clock) -> None:
    raise InterruptedError


def test_what_has_no_such_shape_stays(desk: Desk) -> None:
    odd = {"schools": [{"x": 1}], "honours": "长" * 600}
    assert brought_over("person", odd) == odd
    assert brought_over("person", {"schools": []}) == {}
    both = {"schools": ["一中"], "education": [{"id": "a", "school": "二中"}]}
    assert brought_over("person", both) == both


def test_an_older_box_is_imported_with_rows(desk: Desk) -> None:
    desk.cards.create("person", {"name": "张山", "speciality": "书法"})
    stream = io.BytesIO()
    desk.exchange.export("all", "json", stream)
    document = json.loads(stream.getvalue())
    (card,) = document["cards"]
    card["profile"] = {"schools": ["一中"], "honours": "劳模"}
    plan = desk.exchange.plan(
        io.BytesIO(compact_json(document).encode()), "box.json", on_duplicate="new"
    )
    desk.exchange.run(plan)
    found = desk.cards.page(CardQuery(text="一中"), 0, 5)
    values = desk.cards.get(found[0].id).values
    assert [row["school"] for row in values["education"]] == ["一中"]
    assert [row["title"] for row in values["honours"]] == ["劳模"]
