"""SSH keys: which are taken, from whom, as whose; what sshd is told of them."""

import base64
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from store.database import Store
from store.desk import Desk
from store.errors import Ambiguous, BadInput, NotAllowed, NotFound
from store.key_line import all_lines, line_for
from store.language import N_
from store.models.team import Member
from store.public_key import read_key
from tests.store.sample_keys import key_line, rsa_line, strings

COMMAND = ["/opt/shuke/bin/python", "-I", "/opt/shuke/bin/shuke-session"]


@pytest.fixture
def zhang(desk: Desk) -> Desk:
    return with_member(desk, "zhang", "张磊")


def with_member(desk: Desk, login: str, name: str, role: str = "rep") -> Desk:
    with desk.change(N_("Sample team set up")) as change:
        change.insert(Member, {"login": login, "name": name, "role": role})
    return desk.store.desk(login)


def blob_of(line: str) -> str:
    return line.split()[1]


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="there is no ssh-keygen")
@pytest.mark.parametrize("kind", ["ed25519", "ecdsa", "rsa"])
@pytest.mark.parametrize("form", ["OpenSSH", "RFC4716"])
def test_keys_are_read_as_ssh_keygen_reads_them(tmp_path: Path, kind: str, form: str):
    file = tmp_path / "key"
    keygen = ["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "张三@电脑", "-f", str(file)]
    subprocess.run(keygen, check=True)
    shown = subprocess.run(["ssh-keygen", "-lf", str(file)], capture_output=True, check=True)
    text = file.with_suffix(".pub").read_text()
    if form == "RFC4716":
        command = ["ssh-keygen", "-e", "-f", str(file)]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    key = read_key(text)
    assert key.fingerprint == shown.stdout.decode().split()[1]
    assert key.blob == blob_of(file.with_suffix(".pub").read_text())
    if form == "OpenSSH":
        assert key.comment == "张三@电脑"
    with pytest.raises(BadInput, match="private key"):
        read_key(file.read_text())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no SSH public key"),
        ("你好", "no SSH public key"),
        ("SHA256:abcdef", "no SSH public key"),
        ("x" * 30_000, "no SSH public key"),
        ("ssh-ed25519", "not whole"),
        (key_line(1)[:60], "not whole"),
        (key_line(1).replace("AAAA", "AAA!", 1), "not whole"),
        (key_line(1, "")[:50] + "\n" + key_line(1, "")[50:], "not whole"),
        (f"{key_line(1)}\n{key_line(2)}", "several keys"),
        (f'command="sh" {key_line(1)}', "Options stand in front"),
        (f"no-pty,{key_line(1)}", "no SSH public key"),
        (f"restrict {key_line(1)}", "Options stand in front"),
        (key_line(1).replace("ssh-ed25519", "ssh-rsa", 1), "says ssh-rsa and is ssh-ed25519"),
        (f"ssh-dss {base64.b64encode(strings(b'ssh-dss', b'1')).decode()}", "not safe any more"),
        (f"ssh-new {base64.b64encode(strings(b'ssh-new', b'1')).decode()}", "cannot be used"),
        ("ssh-ed25519-cert-v01@openssh.com AAAA", "cannot be used"),
        (rsa_line(1024), "1024 bits"),
        ("PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none", "private key"),
    ],
)
def test_what_is_no_key_is_refused_with_the_reason(text: str, said: str):
    with pytest.raises(BadInput, match=re.escape(said)):
        read_key(text)


def test_a_key_may_come_with_blanks_and_windows_line_ends():
    assert read_key(f"\ufeff  {key_line(1)}\r\n\r\n") == read_key(key_line(1))
    assert read_key(rsa_line(2048)).kind == "ssh-rsa"
    assert read_key(key_line(1, "\x1b[31m红\u202e")).comment == "[31m红"


def test_a_key_is_one_members(desk: Desk, zhang: Desk):
    key = desk.keys.add("zhang", key_line(1))
    assert (key.login, key.member, key.comment) == ("zhang", "张磊", "zhang@notebook")
    assert desk.keys.list() == (key,)
    with pytest.raises(BadInput, match="zhang"):
        desk.keys.add(desk.member.login, key_line(1))
    with pytest.raises(NotFound):
        desk.keys.add("nobody", key_line(2))


def test_only_whoever_sets_up_the_team_gives_and_takes_keys(desk: Desk, zhang: Desk):
    mine = desk.keys.add(desk.member.login, key_line(1))
    his = desk.keys.add("zhang", key_line(2))
    with pytest.raises(NotAllowed):
        zhang.keys.add("zhang", key_line(3))
    with pytest.raises(NotAllowed):
        zhang.keys.revoke(his.fingerprint)
    assert zhang.keys.list() == (his,)
    assert desk.keys.list() == (mine, his)


def test_revoking_takes_the_beginning_of_one_fingerprint(desk: Desk, zhang: Desk):
    keys = [desk.keys.add("zhang", key_line(number)) for number in range(1, 80)]
    with pytest.raises(NotFound):
        desk.keys.revoke("SHA256:")
    with pytest.raises(NotFound):
        desk.keys.revoke("")
    letters = [key.fingerprint[7] for key in keys]
    twice = next(letter for letter in letters if letters.count(letter) > 1)
    with pytest.raises(Ambiguous) as several:
        desk.keys.revoke(twice)
    assert len(several.value.candidates) == letters.count(twice)
    assert desk.keys.revoke(keys[0].fingerprint[7:30]) == keys[0]
    assert len(desk.keys.list()) == len(keys) - 1
    assert desk.trail.undo() is not None
    assert keys[0].fingerprint in {key.fingerprint for key in desk.keys.list()}


def test_whoever_is_in_with_a_revoked_key_writes_nothing_more(desk: Desk, zhang: Desk):
    key = desk.keys.add("zhang", key_line(1))
    inside = desk.store.desk("zhang", "screen", f"{key.fingerprint} 10.0.0.7")
    inside.cards.create("person", {"name": "张山"})
    desk.keys.revoke(key.fingerprint)
    with pytest.raises(NotAllowed, match="key"):
        inside.cards.create("person", {"name": "李四"})
    zhang.cards.create("person", {"name": "王五"})


def test_sshd_gets_a_line_for_a_key_of_an_active_member_alone(
    desk: Desk, zhang: Desk, store: Store
):
    key = desk.keys.add("zhang", key_line(1))
    blob = blob_of(key_line(1))
    line = line_for(store.path, "ssh-ed25519", blob, COMMAND)
    assert line is not None
    assert line == (
        'command="exec /opt/shuke/bin/python -I /opt/shuke/bin/shuke-session '
        f'--member zhang --key {key.fingerprint}",restrict,pty ssh-ed25519 {blob}'
    )
    assert all_lines(store.path, COMMAND) == [line]
    assert line_for(store.path, "ssh-rsa", blob, COMMAND) is None
    assert line_for(store.path, "ssh-ed25519", blob_of(key_line(2)), COMMAND) is None
    with desk.change(N_("Sample team set up")) as change:
        change.update(Member, zhang.member.id, {"active": False})
    assert line_for(store.path, "ssh-ed25519", blob, COMMAND) is None
    assert all_lines(store.path, COMMAND) == []


@pytest.mark.parametrize("login", ["张 三", "a'b", 'a"b', "$(id)", "a\\", 'a\\"; id; "', "-x"])
def test_a_login_stays_one_word_for_the_shell(desk: Desk, store: Store, login: str):
    with_member(desk, login, "某某")
    desk.keys.add(login, key_line(1))
    line = line_for(store.path, "ssh-ed25519", blob_of(key_line(1)), COMMAND)
    assert line is not None
    quoted = re.match(r'command="((?:\\"|[^"])*)",restrict', line)
    assert quoted is not None
    words = shlex.split(quoted[1].replace('\\"', '"'))
    assert words[:-2] == ["exec", *COMMAND, "--member", login]


def test_every_key_in_the_trail(desk: Desk, zhang: Desk):
    key = desk.keys.add("zhang", key_line(1))
    desk.keys.revoke(key.fingerprint)
    from store.models.base import database

    sql = "SELECT before, after FROM change WHERE \"table\" = 'public_key' ORDER BY id"
    (_, added), (revoked, _) = database.execute_sql(sql).fetchall()
    assert key.fingerprint in added
    assert key.fingerprint in revoked
