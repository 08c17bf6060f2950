"""The team's own forms from the shell."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.database import open_store
from store.forms.followed import follow
from tests.cli.running import Shuke
from tests.store.sales_team import sales_team
from tests.store.test_team_forms import OURS


@pytest.fixture(autouse=True)
def team(box: Path) -> Iterator[None]:
    store = open_store(box)
    sales_team(store).card("zhang", "张山", hobbies=["钓鱼"])
    store.close()
    yield
    follow("")


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "ours.toml"
    path.write_text(OURS, "utf-8")
    return str(path)


ZHANG = ("--as", "zhang")


def chief(shuke: Shuke) -> tuple[str, str]:
    """Who sets up the team."""
    members = shuke("member", "list", "--json").document
    roles = {member["role"]: member["login"] for member in members}
    return "--as", roles.get("administrator", roles["director"])


def test_a_file_is_checked_used_shown_and_taken_back(shuke: Shuke, file: str) -> None:
    by = chief(shuke)
    assert "declares nothing" in shuke("forms", "show").out
    checked = shuke("forms", "check", file)
    assert checked.status == 0
    assert "Person: Nick" in checked.words()
    assert "ours.toml can be used." in checked.out
    assert "declares nothing" in shuke("forms", "show").out
    assert shuke("forms", "use", file, *ZHANG).status == 3
    used = shuke("forms", "use", file, "--json", *by)
    assert used.document["added"][:2] == ["Person: Nick", "Person: Secret"]
    assert shuke("forms", "show").out == OURS
    shown = shuke("forms", "show", "--json").document
    assert shown["text"] == OURS
    assert shown["used_by"]
    set_ = shuke("card", "set", "P000001", "nick=山哥", "来访=李四，礼物：茶；王五", *ZHANG)
    assert set_.status == 0
    card = shuke("card", "show", "P000001", "--json", *ZHANG).document
    assert card["nick"] == "山哥"
    assert [row["who"] for row in card["visits"]] == ["李四", "王五"]
    assert "Nick" in shuke("card", "show", "P000001", *ZHANG).out
    reset = shuke("forms", "reset", *by)
    assert "No longer asked; cards keep what they have" in reset.out
    told = shuke("card", "show", "P000001", *ZHANG).out
    assert told.index("No longer asked") < told.index("山哥")
    assert "李四, Gift: 茶" in told
    assert shuke("undo", *by).status == 0
    assert shuke("forms", "show").out == OURS


def test_the_form_in_force_is_listed(shuke: Shuke, file: str) -> None:
    shuke("forms", "use", file, *chief(shuke))
    listed = shuke("forms", "show", "person").words()
    assert "[ours] Ours" in listed
    assert "visits.gift Gift text" in listed
    assert "lifecycle Lifecycle choice 5 prospect Prospect" in listed
    whole = shuke("forms", "show", "organisation", "--json").document
    assert whole["kind"] == "organisation"
    ours = next(one for one in whole["sections"] if one["key"] == "ours")
    assert ours["fields"][0] == {
        "key": "nick",
        "type": "text",
        "label": {"zh": "外号", "en": "Nick"},
        "weight": 20,
        "index": True,
    }
    assert whole["gone"] == []


def test_a_wrong_file_is_told_with_its_line(shuke: Shuke, tmp_path: Path) -> None:
    wrong = tmp_path / "错.toml"
    wrong.write_text("[[changes]]\nfield = 'moon'\n", "utf-8")
    for command in ("check", "use"):
        ran = shuke("forms", command, str(wrong), *chief(shuke))
        assert ran.status == 4
        assert ran.err == "错.toml, line 2: there is no field moon.\n"
        in_chinese = shuke("forms", command, str(wrong), "--lang", "zh", *chief(shuke))
        assert in_chinese.err == "错.toml 第 2 行：没有项目 moon。\n"
    wrong.write_bytes("label = '甲'".encode("gb18030"))
    assert shuke("forms", "check", str(wrong)).err == "错.toml is no text in UTF-8.\n"
    wrong.write_text("[[changes]]\nfield = \n", "utf-8")
    assert "line 2: this is no TOML" in shuke("forms", "check", str(wrong)).err
    gone = shuke("forms", "check", str(tmp_path / "none.toml"))
    assert gone.status == 6
    assert "none.toml" in gone.err


def test_a_file_may_come_through_the_pipe(shuke: Shuke, monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"\xef\xbb\xbf" + OURS.replace("\n", "\r\n").encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert "can be used" in shuke("forms", "check", "-").out
