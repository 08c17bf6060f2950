"""What a file is: told by its content, whatever it is called."""

import tempfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.file_types import ENDINGS, UNKNOWN, ending_of, lies, media_type, short_type
from store.paper_values import LONGEST_NAME, file_name
from tests.store.paper_samples import PDF, SAMPLES


def type_of(content: bytes) -> str:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        return media_type(file)


@pytest.mark.parametrize("found", SAMPLES)
def test_the_content_tells_what_it_is(found: str) -> None:
    assert type_of(SAMPLES[found]) == found


def test_a_long_text_may_be_cut_within_a_character() -> None:
    for shift in range(4):
        text = "x" * shift + "合同" * 4000
        assert type_of(text.encode()) == "text/plain; charset=utf-8"
        assert type_of(text.encode("gb18030")) == "text/plain; charset=gb18030"


def test_a_file_whose_ending_lies() -> None:
    assert lies("x.pdf", "image/png")
    assert lies("x.PDF", UNKNOWN)
    assert not lies("x.pdf", "application/pdf")
    assert not lies("x.jpeg", "image/jpeg")
    assert not lies("x.csv", "text/plain; charset=utf-8")
    assert not lies("x", "image/png")


def test_every_type_has_a_word_and_an_ending() -> None:
    for found, endings in ENDINGS.items():
        assert short_type(found)
        assert ending_of("x", found) == endings[0].removeprefix(".")
    assert ending_of("x.é", UNKNOWN) == "bin"


@given(st.binary(max_size=200))
def test_anything_has_a_type(content: bytes) -> None:
    assert type_of(content)
    assert type_of(b"PK\x03\x04" + content).startswith("application/")
    assert type_of(bytes.fromhex("d0cf11e0a1b11ae1") + content).startswith("application/")


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("执照.pdf", "执照.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\档案\\合同.doc", "合同.doc"),
        ("..", "file"),
        ("", "file"),
        (".bashrc", "bashrc"),
        ("-rf.pdf", "rf.pdf"),
        ("- .- 0", "0"),
        ("长" * (LONGEST_NAME - 1) + " 长", "长" * (LONGEST_NAME - 1)),
        ("a\x1b[31mb\u202e.pdf", "a[31mb.pdf"),
        ('a:b*c?"d".pdf', "a_b_c_d_.pdf"),
        ("长" * 300 + ".pdf", "长" * (LONGEST_NAME - 4) + ".pdf"),
    ],
)
def test_names_lead_nowhere(given_name: str, kept: str) -> None:
    assert file_name(given_name) == kept


@given(st.text(max_size=400))
def test_a_clean_name_stays(name: str) -> None:
    kept = file_name(name)
    assert file_name(kept) == kept
    assert 0 < len(kept) <= LONGEST_NAME
    assert not set(kept) & set('/\\:*?"<>|\0\n\x1b')
    assert not kept.startswith((".", "-"))


def test_a_pdf_may_have_something_before_it() -> None:
    assert type_of(b"\n\n" + PDF) == "application/pdf"
