"""Whatever is given to the desk: it is taken, or refused in a sentence, and nothing breaks."""

from contextlib import AbstractContextManager
from functools import cached_property

import pytest
from hypothesis import HealthCheck, given, settings

from store.desk import Desk
from store.doctor import examine
from store.errors import StoreError
from store.records.interactions import InteractionValues
from store.records.occasions import FamilyValues
from store.records.todos import TodoValues
from tests.store.hostile_values import PARTS, calls, methods


@pytest.fixture
def full(desk: Desk) -> Desk:
    """A desk with a little of everything."""
    zhang = desk.cards.create("person", {"name": "张山", "organisation": "华强", "tags": ["老乡"]})
    desk.interactions.log(zhang.id, InteractionValues(topic="报价"), [TodoValues("送样品")])
    desk.family.add(zhang.id, FamilyValues("小雨", "女儿", "2019-09-24"))
    desk.occasions.add(zhang.id, "birth", "lunar:1985-08-15")
    desk.remarks.write(desk.member.login, "带样品去", zhang.id)
    desk.drafts.keep("todo:new", {"line": "送"})
    return desk


@pytest.mark.parametrize(("part", "name"), sorted(methods()))
def test_nothing_but_a_sentence_comes_out(full: Desk, part: str, name: str) -> None:
    method = getattr(getattr(full, part), name)

    @settings(max_examples=25, suppress_health_check=list(HealthCheck), database=None)
    @given(arguments=calls(method))
    def throw(arguments: dict[str, object]) -> None:
        refused: list[StoreError] = []
        try:
            answer = method(**arguments)
            if isinstance(answer, AbstractContextManager):
                with answer:
                    pass
        except StoreError as error:
            refused.append(error)
        assert all(str(error).isprintable() and len(str(error)) < 400 for error in refused)

    throw()
    assert [check for check in examine(full.store).checks if not check.ok] == []


def test_every_part_is_tried() -> None:
    parts = {name for name, part in vars(Desk).items() if isinstance(part, cached_property)}
    assert (
        {part for part, _name in methods()} == set(PARTS) == parts - {"exchange", "inbox", "outbox"}
    )
