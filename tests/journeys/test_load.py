"""A small team at work: the bench of fifty, with eight people and ten seconds."""

import pytest

from bench.load import Wanted, at, measured

BEARABLE = 5.0
"""Seconds that half of the saves take at most, on a machine that is busy with other tests."""


@pytest.mark.slow
def test_nothing_that_eight_people_save_at_once_is_lost() -> None:
    run = measured(8, 800, Wanted(seconds=10, idle=3, pace=1.0), compare=False)
    assert run.seen.troubles == []
    assert len(run.seen.said) >= 8 * 3
    assert run.lost == []
    assert run.examined == ""
    assert run.logged == ""
    assert set(run.exits) == {0}
    assert at(run.seen.saves, 50) < BEARABLE
    assert run.largest_wal < 2**24
