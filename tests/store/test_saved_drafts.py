"""Words that were saved are not offered again, whenever the program dies."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from store.clock import Clock
from store.database import open_store
from store.desk import Desk
from store.draft_file import DraftFile
from store.drafts import Drafts
from store.errors import StorageTrouble
from store.records.interactions import InteractionQuery, InteractionValues

KEY = "interaction:new:P000001"


@pytest.fixture
def zhang(desk: Desk) -> Iterator[int]:
    yield desk.cards.create("person", {"name": "张山"}).id
    desk.drafts.close()


def save(desk: Desk, card: int, words: str) -> None:
    desk.drafts.keep(KEY, {"line": words})
    with desk.drafts.saved([KEY]):
        desk.interactions.log(card, InteractionValues(minutes=words))


def talks(desk: Desk) -> int:
    return desk.interactions.count(InteractionQuery())


def test_saving_drops_the_words(desk: Desk, zhang: int) -> None:
    save(desk, zhang, "报价")
    assert (desk.drafts.all(), desk.drafts.get(KEY), talks(desk)) == ([], None, 1)


def test_a_program_that_dies_after_saving_offers_nothing_again(store: Any, zhang: int) -> None:
    child = os.fork()
    if child == 0:
        own = open_store(store.path, Clock()).desk()
        DraftFile.write_plain = DraftFile.write  # type: ignore[attr-defined]

        def die_at_the_drop(file: DraftFile, sql: str, parameters: Any) -> None:
            if sql.startswith("DELETE"):
                os._exit(9)
            file.write_plain(sql, parameters)  # type: ignore[attr-defined]

        DraftFile.write = die_at_the_drop  # type: ignore[method-assign]
        save(own, zhang, "报价")
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    desk = store.desk()
    assert talks(desk) == 1
    assert (desk.drafts.all(), desk.drafts.get(KEY)) == ([], None)
    desk.drafts.keep(KEY, {"line": "又谈了一次"})
    assert [draft.content for draft in desk.drafts.all()] == [{"line": "又谈了一次"}]
    desk.drafts.close()


def test_what_could_not_be_saved_is_offered_again(desk: Desk, zhang: int) -> None:
    desk.drafts.keep(KEY, {"line": "报价"})
    with pytest.raises(RuntimeError), desk.drafts.saved([KEY]):
        desk.interactions.log(zhang, InteractionValues(minutes="报价"))
        raise RuntimeError
    waiting = desk.drafts.get(KEY)
    assert waiting is not None
    assert waiting.content == {"line": "报价"}
    assert talks(desk) == 0


def test_what_is_saved_is_saved_when_the_side_file_fails(
    desk: Desk, zhang: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_drafts: Drafts, key: str) -> None:
        raise StorageTrouble(key)

    monkeypatch.setattr(Drafts, "drop", refuse)
    save(desk, zhang, "报价")
    assert (talks(desk), desk.drafts.all()) == (1, [])


def test_few_saved_drafts_are_noted(desk: Desk, zhang: int) -> None:
    for place in range(30):
        desk.drafts.keep(f"todo:{place}", {"line": "x"})
        with desk.drafts.saved([f"todo:{place}"]):
            pass
    assert len(desk.settings.get("drafts.saved")) == 20


def test_a_box_without_the_side_file_saves(desk: Desk, zhang: int) -> None:
    with desk.drafts.saved([KEY]):
        desk.interactions.log(zhang, InteractionValues(minutes="报价"))
    assert talks(desk) == 1
    assert not list(Path(desk.store.path).parent.glob("*.drafts*"))
