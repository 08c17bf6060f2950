"""`shuke card erase`: the number is typed again, or nothing happens."""

import io
import sys

import pytest

from tests.cli.running import Shuke

REASON = ("--reason", "客户书面要求 2026-09-20")


@pytest.fixture(autouse=True)
def zhang(shuke: Shuke) -> None:
    shuke("card", "add", "--name", "张三")


def answer(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def test_the_number_typed_again(shuke: Shuke, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "p000001\n")
    ran = shuke("card", "erase", "P000001", *REASON)
    assert ran.status == 0
    assert "P000001 is erased: 1 records are gone, 1 changes are blanked." in ran.out
    assert "Backups from before still hold the card" in ran.err
    assert shuke("find", "张三").status == 1
    assert shuke("undo").status == 1
    assert "Erased for good: P000001." in shuke("doctor").out


@pytest.mark.parametrize("typed", ["", "y\n", "P000002\n"])
def test_anything_else_typed(shuke: Shuke, monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    answer(monkeypatch, typed)
    ran = shuke("card", "erase", "张三", *REASON)
    assert (ran.status, ran.err) == (4, "That is not P000001: nothing was erased.\n")
    assert shuke("find", "张三").status == 0


def test_without_being_asked(shuke: Shuke) -> None:
    ran = shuke("card", "erase", "张三", "--yes", "--json", *REASON)
    assert ran.document == {
        "number": "P000001",
        "records": 1,
        "shared": 0,
        "blanked": 1,
        "drafts": 0,
    }
    assert shuke("card", "erase", "P000001", "--yes", *REASON).status == 1


def test_a_reason_is_wanted(shuke: Shuke) -> None:
    assert shuke("card", "erase", "P000001", "--yes").status == 2
    assert shuke("card", "erase", "P000001", "--yes", "--reason", " ").status == 4
