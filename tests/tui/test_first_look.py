"""The look of the last time: remembered per member, never in the way."""

from tui.first_look import Look, remember, remembered


def test_a_look_is_remembered_for_each_member(tmp_path):
    file = tmp_path / "state" / "looks.txt"
    remember("box zhang", Look("zh", "light"), file)
    remember("box 李", Look("en", "dark"), file)
    remember("box zhang", Look("zh", "ansi"), file)
    assert remembered("box zhang", file) == Look("zh", "ansi")
    assert remembered("box 李", file) == Look("en", "dark")
    assert remembered("box nobody", file) == Look()


def test_a_damaged_file_is_no_look(tmp_path):
    file = tmp_path / "looks.txt"
    file.write_bytes(b"\xff\xfe\x00zh\n\nx\ty\n")
    assert remembered("box", file) == Look()
    remember("box", Look("zh", "dark"), file)
    assert remembered("box", file) == Look("zh", "dark")


def test_where_nothing_can_be_written_nothing_happens(tmp_path):
    (tmp_path / "looks").write_text("in the way", encoding="utf-8")
    remember("box", Look("zh", "dark"), tmp_path / "looks" / "looks.txt")
    assert remembered("box", tmp_path / "looks" / "looks.txt") == Look()
