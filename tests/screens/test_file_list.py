"""Paths as people type, paste and drag them into the line for a file."""

import pytest

from screens.file_list import meant


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("~/Downloads/scan.pdf", "~/Downloads/scan.pdf"),
        (" 扫描/营业执照.pdf ", "扫描/营业执照.pdf"),
        ("~/Downloads//tmp/scan.pdf", "/tmp/scan.pdf"),
        ("~/Downloads/~/scan.pdf", "~/scan.pdf"),
        ("~/Downloads/'/tmp/a scan.pdf' ", "/tmp/a scan.pdf"),
        ('~/"/tmp/a scan.pdf"', "/tmp/a scan.pdf"),
        ("~//tmp/a\\ scan.pdf", "/tmp/a scan.pdf"),
        ("~/Downloads/file:///tmp/scan.pdf", "/tmp/scan.pdf"),
        ("it's/here.pdf", "it's/here.pdf"),
        ("here's", "here's"),
        ("/", "/"),
        ("", ""),
    ],
)
def test_a_path_pasted_behind_another_counts(typed, path):
    assert meant(typed) == path
