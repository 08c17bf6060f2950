"""What a member may ask over SSH, and that everything else is refused with a sentence."""

import getpass
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store import deeds
from store.database import open_store
from store.desk import Desk
from store.language import N_
from store.models.base import database
from store.models.team import Member
from tests.cli.running import Ran
from tests.store.sample_keys import key_line
from tui import output_guard, over_ssh, ssh_session
from tui.arguments import Parser, _dash_alone
from tui.cli import main
from tui.command_table import COMMANDS
from tui.ssh_session import sealed, words_of
from tui.visit import Visit

BOSS = getpass.getuser()
ADDRESS = "10.0.0.7 50000 10.0.0.1 22"


class Team:
    """A box with an administrator and a rep, who come over SSH."""

    def __init__(self, box: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.box = box
        self.capsys = capsys
        self.fingerprints: dict[str, str] = {}
        with self.desk() as desk:
            for number, login in enumerate(("zhang", "li"), 1):
                with desk.change(N_("Sample team set up")) as change:
                    change.insert(Member, {"login": login, "name": login.title()})
                key = desk.keys.add(login, key_line(number))
                self.fingerprints[login] = key.fingerprint
            desk.store.desk("zhang").cards.create("person", {"name": "张山"})
            desk.store.desk("li").cards.create("person", {"name": "李四"})

    @contextmanager
    def desk(self, login: str = BOSS) -> Iterator[Desk]:
        """The desk of whoever set the box up."""
        store = open_store(self.box)
        try:
            yield store.desk(login)
        finally:
            store.close()

    def visit(self, login: str = "zhang") -> Visit:
        key = self.fingerprints.get(login, "")
        return Visit(login, key, ADDRESS, "shuke", str(self.box))

    def __call__(self, *words: str, login: str = "zhang") -> Ran:
        self.capsys.readouterr()
        status = main(list(words), visit=self.visit(login))
        captured = self.capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    def trail(self, deed: str) -> list[tuple[str, str]]:
        """Place and words of deeds of a kind."""
        with self.desk():
            return database.execute_sql(
                "SELECT change_set.place, change.after FROM change JOIN change_set "
                'ON change_set.id = change.change_set_id WHERE change."table" = ? '
                "ORDER BY change.id",
                [deed],
            ).fetchall()


@pytest.fixture
def team(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Team:
    monkeypatch.setattr(output_guard, "guard_output", lambda: None)
    monkeypatch.setattr(output_guard, "outlive_terminal", lambda _signals=(): None)
    return Team(tmp_path / "team" / "box.sqlite", capsys)


def test_a_member_asks_as_himself(team: Team):
    found = team("find", "zs", "--json", "--lang", "en")
    assert [card["name"] for card in found.document] == ["张山"]
    assert team("find", "ls", "--json").status == 1
    assert team("card", "add", "--name", "王五").status == 0
    assert team.trail("card")[-1][0] == f"{team.fingerprints['zhang']} 10.0.0.7"


def test_each_command_that_is_run_is_noted_as_a_coming_in(team: Team):
    before = len(team.trail(deeds.LOGIN))
    team("find", "zs")
    team("card", "show", "张山")
    notes = team.trail(deeds.LOGIN)[before:]
    assert [place for place, _ in notes] == [f"{team.fingerprints['zhang']} 10.0.0.7"] * 2


REFUSED = [
    *(("--as", "li", "find", "ls"), ("find", "ls", "--as", "li"), ("find", "ls", "--as=li")),
    *(("--database", "/tmp/other.sqlite", "find", "x"), ("find", "x", "--database=/tmp/x")),
    *(("--today", "2020-01-01", "today"), ("today", "--today", "nonsense")),
    *(("--demo",), ("find", "x", "--demo"), ("--as", "li"), ("--database", "/tmp/x.sqlite")),
    *(("export", "cards", "-o", "/tmp/x.csv"), ("export", "cards", "-ox.csv")),
    *(("export", "cards", "-o", "~/x.csv"), ("export", "all", "-o", "./-")),
    *(("import", "/etc/passwd"), ("import", "book.csv", "--yes"), ("import", "/dev/stdin")),
    *(("backup",), ("backup", "-"), ("backup", "/tmp/x"), ("restore", "-"), ("doctor",)),
    *(("doctor", "--mend"), ("config",), ("key", "lines"), ("migrate",), ("move",)),
]


def test_what_leads_elsewhere_is_refused(team: Team):
    for words in REFUSED:
        before = len(team.trail(deeds.REFUSED))
        ran = team(*words)
        unknown = words[0] in ("migrate", "move") and words[0] not in COMMANDS
        assert ran.status == (2 if unknown else 3), words
        assert len(ran.err.splitlines()) == 1, words
        assert ran.out == "", words
        assert len(team.trail(deeds.REFUSED)) == before + (not unknown), words
    assert not Path("/tmp/x.csv").exists()
    assert [file.name for file in team.box.parent.iterdir()] == ["box.sqlite"]


def test_every_command_is_for_members_or_for_the_server():
    assert not over_ssh.FOR_MEMBERS & over_ssh.ON_THE_SERVER_ONLY
    known = over_ssh.FOR_MEMBERS | over_ssh.ON_THE_SERVER_ONLY
    assert set(COMMANDS) <= known, "say in tui/over_ssh.py who may run it"


@pytest.mark.parametrize("name", sorted(over_ssh.FOR_MEMBERS & set(COMMANDS)))
def test_a_command_for_members_takes_no_path(name: str):
    from importlib import import_module

    command = import_module(f"tui.commands.{COMMANDS[name].module}").COMMANDS[name]
    parser = Parser(name, "", over_ssh=True)
    command.declare(parser)
    for action in parser._actions:
        names_file = {"FILE", "PATH", "FOLDER"} & {str(action.metavar)}
        assert not names_file or action.type is _dash_alone, action


def test_help_names_only_what_can_be_done(team: Team):
    ran = team("--help", "--lang", "en")
    assert ran.status == 0
    assert "shuke find" in ran.out
    assert "shuke backup" not in ran.out
    assert "--as" not in ran.out
    assert "--today" not in team("find", "--help").out


def test_the_clients_configuration_and_variables_mean_nothing(
    team: Team, monkeypatch: pytest.MonkeyPatch, home: Path
):
    other = home / "other.sqlite"
    monkeypatch.setenv("SHUKE_MEMBER", "li")
    monkeypatch.setenv("SHUKE_DATABASE", str(other))
    config = home / ".config" / "shuke" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('member = "li"\nnonsense = 1\n')
    found = team("find", "zs", "--json")
    assert [card["name"] for card in found.document] == ["张山"]
    assert found.err == ""
    assert not other.exists()


def test_no_box_is_begun(team: Team, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    nowhere = tmp_path / "nowhere.sqlite"
    visit = Visit("zhang", "", ADDRESS, "shuke", str(nowhere))
    assert main(["card", "add", "--name", "王五"], visit=visit) == 1
    assert not nowhere.exists()


def test_a_revoked_key_and_a_member_who_left_come_no_further(team: Team):
    with team.desk() as desk:
        desk.keys.revoke(team.fingerprints["zhang"])
        with desk.change(N_("Sample team set up")) as change:
            leaver = database.execute_sql("SELECT id FROM member WHERE login = 'li'").fetchone()[0]
            change.update(Member, leaver, {"active": False})
    for login in ("zhang", "li", "nobody"):
        ran = team("find", "zs", login=login)
        assert ran.status == 3
        assert len(ran.err.splitlines()) == 1


def test_files_come_and_go_through_ssh(team: Team, monkeypatch: pytest.MonkeyPatch):
    def typed(content: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    book = "姓名,手机\n王五,13912345678\n".encode()
    typed(book)
    assert team("inbox", "put", "book.csv").status == 0
    (brought,) = team("inbox", "list", "--json").document
    assert (brought["name"], brought["size"]) == ("book.csv", len(book))
    assert team("inbox", "list", "--json", login="li").document == []
    typed(book)
    assert team("inbox", "put", "../book.csv").status == 4
    typed(book)
    assert team("import", "-").status == 2
    typed(book)
    assert team("import", "-", "--yes", "--json").document["new"] == 1
    assert team("inbox", "drop", "book.csv").status == 0
    assert team("outbox", "get", "box.sqlite").status == 1
    assert team("outbox", "get", "../../box.sqlite").status == 1
    with team.desk() as desk:
        desk.store.desk("zhang").outbox.export("cards", "csv", "cards.csv")
    assert "王五" in team("outbox", "get", "cards.csv").out
    assert team("outbox", "get", "cards.csv", login="li").status == 1
    assert team("outbox", "drop", "cards.csv").status == 0


def test_keys_are_managed_over_ssh_by_whoever_may(
    team: Team, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    assert team("key", "add", "zhang", *key_line(9).split()).status == 3
    assert team("key", "revoke", team.fingerprints["li"]).status == 3
    (own,) = team("key", "list", "--json").document
    assert own["fingerprint"] == team.fingerprints["zhang"]
    added = team("key", "add", "zhang", *key_line(9).split(), "--json", login=BOSS)
    assert added.document["login"] == "zhang"
    file = tmp_path / "id.pub"
    file.write_text(key_line(10))
    assert team("key", "add", "zhang", str(file), login=BOSS).status == 4
    assert len(team("key", "list", "--json", login=BOSS).document) == 3
    revoked = team("key", "revoke", added.document["fingerprint"][:20], login=BOSS)
    assert revoked.status == 0


def test_on_the_server_a_key_comes_from_a_file(shuke, box: Path, tmp_path: Path):
    file = tmp_path / "id.pub"
    file.write_text(key_line(1, "a@b") + "\n")
    with_login = open_store(box)
    login = with_login.desk().member.login
    with_login.close()
    key = shuke("key", "add", login, str(file), "--json").document
    assert (key["login"], key["comment"]) == (login, "a@b")
    lines = shuke("key", "lines").out.splitlines()
    assert len(lines) == 1
    assert lines[0].endswith(" ".join(key_line(1).split()[:2]))
    assert shuke("key", "add", login, str(tmp_path / "no.pub")).status == 4
    assert shuke("key", "revoke", "SHA256:").status == 1
    assert shuke("key", "revoke", key["fingerprint"]).status == 0
    assert json.loads(shuke("key", "list", "--json").out) == []


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ("shuke find zs", ["find", "zs"]),
        ("find zs", ["find", "zs"]),
        ("shuke", []),
        ("", []),
        ("shuke shuke find", ["shuke", "find"]),
        ("log 张山 '电话 聊了 \"报价\"'", ["log", "张山", '电话 聊了 "报价"']),
        ("find zs; id", ["find", "zs;", "id"]),
        ("find `id` $(id) ${HOME} && x | y > z #c", None),
        ("find zs\nbackup x", ["find", "zs", "backup", "x"]),
    ],
)
def test_what_is_asked_for_is_words_and_no_shells(wish: str, words: list[str] | None):
    assert words_of(wish) == (wish.split() if words is None else words)


def test_what_wants_files_or_a_shell_gets_a_sentence(team: Team, monkeypatch: pytest.MonkeyPatch):
    box = ["--database", str(team.box), "--member", "zhang"]
    monkeypatch.setattr(ssh_session, "seal", lambda environment: None)
    monkeypatch.setenv("LOGNAME", "shuke")
    for wish, status in (
        ("scp -f /etc/passwd", 3),
        ("/usr/lib/openssh/sftp-server", 3),
        ("internal-sftp", 3),
        ("rsync --server . /", 3),
        ("bash -c id", 3),
        ("find 'zs", 2),
    ):
        monkeypatch.setattr(sys, "argv", ["shuke-session", *box])
        monkeypatch.setenv(ssh_session.WISH, wish)
        before = len(team.trail(deeds.REFUSED))
        assert ssh_session.main() == status, wish
        assert len(team.trail(deeds.REFUSED)) == before + (status == 3), wish


SEALED = """
import os
from store import language
from store.errors import StorageTrouble
from store.trouble import storage_errors
from tui.ssh_session import MOST_MEMORY, seal

seal(os.environ)
language.use("en")
held = bytes(MOST_MEMORY // 4)
try:
    with storage_errors():
        bytes(MOST_MEMORY)
except StorageTrouble as trouble:
    print(trouble)
"""


def test_one_session_does_not_take_the_memory_of_all():
    ran = subprocess.run([sys.executable, "-c", SEALED], capture_output=True, text=True, check=True)
    assert ran.stdout == "This takes more memory than there is: try it in smaller parts.\n"


def test_of_the_surroundings_only_the_terminals_name_stays():
    sent = {
        "TERM": "xterm-kitty",
        "PYTHONINSPECT": "1",
        "TEXTUAL_LOG": "/tmp/log",
        "TEXTUAL_DRIVER": "x:y",
        "SHUKE_DATABASE": "/tmp/x",
        "LD_PRELOAD": "/tmp/x.so",
        "PATH": "/tmp/evil",
        "HOME": "/tmp/evil",
        "XDG_CONFIG_HOME": "/tmp/evil",
        "EDITOR": "/tmp/evil",
        "LC_ALL": "zh_CN.GBK",
    }
    kept = sealed(sent)
    assert set(kept) == {"HOME", "LOGNAME", "USER", "LANG", "PATH", "TERM"}
    assert kept["TERM"] == "xterm-kitty"
    assert "/tmp/evil" not in kept.values()
    for name in ("", "dumb", "x" * 65, "../../x", "a b", "ключ", "x\x1b[31m"):
        assert sealed({"TERM": name})["TERM"] == "xterm-256color"


@pytest.mark.parametrize(
    ("connection", "said", "way"),
    [
        (ADDRESS, None, "ssh shuke@10.0.0.1"),
        ("10.0.0.7 5 10.0.0.1 2222", None, "ssh -p 2222 shuke@10.0.0.1"),
        ("10.0.0.7 5 10.0.0.1 2222", "me@crm", "ssh me@crm"),
        ("nonsense", None, f"ssh shuke@{os.uname().nodename}"),
    ],
)
def test_how_the_member_came_in(connection: str, said: str | None, way: str):
    visit = Visit("zhang", "SHA256:x", connection, "shuke")
    assert visit.way_in(said) == way
    assert Visit("zhang").place == "ssh"


def test_a_key_line_says_who_with_which_key_to_which_box():
    line = ["--member", "zhang", "--key", "SHA256:x", "--database", "/box"]
    assert ssh_session.said_by_line(line) == {
        "member": "zhang",
        "key": "SHA256:x",
        "database": "/box",
    }
    assert ssh_session.said_by_line(["--member=zhang"]) == {"member": "zhang"}


@pytest.mark.parametrize("line", [[], ["--key", "x"], ["--member", "a", "b"], ["--as", "x"]])
def test_a_key_line_that_is_wrong_opens_nothing(line: list[str]):
    with pytest.raises(SystemExit):
        ssh_session.said_by_line(line)


def test_files_of_papers_go_through_ssh_and_by_no_path(
    team: Team, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with team.desk("zhang") as desk:
        number = desk.cards.find("张山")[0].number
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(b"%PDF-1.4 secret")
    add = ("paper", "add", number, "--kind", "licence", "--json")
    refused = team(*add, "--file", str(secret))
    assert (refused.status, refused.out) == (3, "")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"%PDF-1.4 mine")))
    paper = team(*add, "--file", "-", "--name", "../x/licence.pdf").document
    assert paper["file"]["name"] == "licence.pdf"
    assert team("paper", "get", paper["number"], "-o", str(tmp_path / "out")).status == 3
    assert not (tmp_path / "out").exists()
    with team.desk("zhang") as desk:
        desk.inbox.put("scan.pdf", io.BytesIO(b"%PDF-1.4 scan"))
    assert team(*add, "--inbox", "../../box.sqlite").status == 1
    assert team(*add, "--inbox", "scan.pdf").document["file"]["name"] == "scan.pdf"
    assert team("paper", "list", "--json", login="li").document == []
    assert team("paper", "get", paper["number"], login="li").status == 1
    for place, _said in team.trail(deeds.EXPORT):
        assert place.startswith("SHA256:")
