"""A session keeps one heap, whatever C library it runs on."""

import ctypes

import pytest

from tui.memory import M_ARENA_MAX, keep_one_heap


class Library:
    """A C library that notes what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int]] = []

    def mallopt(self, parameter: int, value: int) -> int:
        self.told.append((parameter, value))
        return 1


def test_threads_share_one_heap(monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library()
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: library)
    keep_one_heap()
    assert library.told == [(M_ARENA_MAX, 1)]


def test_another_c_library_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())
    keep_one_heap()
