"""Sentences repeat what was typed, and nothing of it does anything to a terminal."""

import pytest

from store.errors import BadInput, BadValue


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("张山", "“张山”"),
        ("a\x00b", "“ab”"),
        ("\x1b[2J", "“[2J”"),
        ("一\n二\t三", "“一 二 三”"),
        ("\ud800\ue000x", "“x”"),
        ("\u202ea", "“a”"),
    ],
)
def test_what_was_typed_is_repeated_on_one_line(typed, said):
    assert str(BadValue("“{text}”", text=typed)) == said


def test_a_reason_within_a_sentence_is_cleaned_as_well():
    assert str(BadInput("Not read: {reason}", reason=ValueError("a\n\x07b"))) == "Not read: a b"


def test_numbers_keep_their_form():
    assert str(BadValue("{count:,} of {share:.1f}", count=12345, share=0.25)) == "12,345 of 0.2"
