"""JSON of the box is read without halves of characters."""

from store.json_text import read_json


def test_halves_of_characters_are_left_out():
    assert read_json(r'{"a\ud800": ["\uDFFF张", 1, null]}') == {"a": ["张", 1, None]}
    assert read_json(r'"\ud83d\ude00"') == "😀"
    assert read_json('"张"') == "张"
