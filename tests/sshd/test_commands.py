"""`ssh server shuke …`: as the member of the key, with files through ssh, and the right status."""

import io
import json
import subprocess
import time
from collections.abc import Iterator

import pytest

from bench.loopback_sshd import LoopbackServer, missing
from store.models.base import database
from store.records.audit import AuditQuery
from tests.sshd.asking import ask, box_of, none_left, sessions, wait_until
from tests.store.sample_keys import key_line


def names(answer: subprocess.CompletedProcess[bytes]) -> set[str]:
    return {card["name"] for card in json.loads(answer.stdout)}


def test_the_key_says_who_it_is(server: LoopbackServer):
    assert names(ask(server, "zhang", "shuke", "find", "zs", "--json")) >= {"张山", "赵申"}
    assert "张山" in ask(server, "zhang", "find", "张山").stdout.decode()
    assert ask(server, "wang", "find", "长江", "--json", "--lang", "en").returncode == 0
    nothing = ask(server, "wang", "find", "nobody")
    assert (nothing.returncode, nothing.stdout) == (1, b"")
    assert nothing.stderr.decode().count("\n") == 1


@pytest.mark.slow
def test_the_trail_knows_key_and_address(server: LoopbackServer):
    assert ask(server, "zhang", "log", "张山", "电话 聊了报价").returncode == 0
    with box_of(server):
        place = database.execute_sql(
            "SELECT place FROM change_set ORDER BY id DESC LIMIT 1"
        ).fetchone()[0]
    assert place.startswith("SHA256:")
    assert place.endswith(" 127.0.0.1")


@pytest.mark.slow
def test_files_go_and_come_through_ssh(server: LoopbackServer):
    book = "姓名,手机\n钱多多,13912345678\n".encode("gbk")
    asked = ask(server, "zhang", "import", "-", given=book)
    assert asked.returncode == 2
    assert "钱多多" not in ask(server, "zhang", "find", "钱多多").stdout.decode()
    done = ask(server, "zhang", "import", "-", "--yes", "--json", given=book)
    assert json.loads(done.stdout)["new"] == 1
    sheet = ask(server, "zhang", "export", "cards", "--format", "xlsx")
    assert sheet.stdout.startswith(b"PK")
    assert ask(server, "zhang", "inbox", "put", "book.csv", given=book).returncode == 0
    brought = json.loads(ask(server, "zhang", "inbox", "list", "--json").stdout)
    assert [each["size"] for each in brought if each["name"] == "book.csv"] == [len(book)]
    of_wang = json.loads(ask(server, "wang", "inbox", "list", "--json").stdout)
    assert "book.csv" not in [each["name"] for each in of_wang]


@pytest.mark.slow
def test_without_a_terminal_the_app_says_so(server: LoopbackServer):
    for words in ((), ("shuke",), ("--lang", "en")):
        answer = ask(server, "zhang", *(("shuke", *words) if words[:1] == ("--lang",) else words))
        assert answer.returncode == 2
        assert len(answer.stderr.decode().splitlines()) == 1


@pytest.mark.slow
def test_a_revoked_key_does_not_come_in_again(server: LoopbackServer):
    if not server.asks:
        pytest.skip("sshd asks programs of root's alone, and this is not run as root")
    assert ask(server, "wang", "find", "长江").returncode == 0
    with box_of(server) as desk:
        (key,) = (key for key in desk.keys.list() if key.login == "wang")
        desk.keys.revoke(key.fingerprint[:20])
    try:
        refused = ask(server, "wang", "find", "长江")
        assert refused.returncode == 255
        assert b"Permission denied" in refused.stderr
    finally:
        with box_of(server) as desk:
            desk.keys.add("wang", server.public_key_of("wang"))
    assert ask(server, "wang", "find", "长江").returncode == 0


@pytest.mark.slow
def test_a_key_that_nobody_has_does_not_come_in(server: LoopbackServer):
    with box_of(server) as desk:
        added = desk.keys.add("zhang", key_line(77))
        assert added.fingerprint in {key.fingerprint for key in desk.keys.list()}
        desk.keys.revoke(added.fingerprint)
    server.new_key("stranger")
    assert ask(server, "stranger", "find", "zs").returncode == 255


@pytest.mark.slow
@pytest.mark.parametrize("words", [("import", "-"), ("inbox", "put", "x.csv")])
def test_a_command_ends_with_its_connection(server: LoopbackServer, words: tuple[str, ...]):
    client = subprocess.Popen(
        server.ssh("zhang", *words), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert wait_until(lambda: bool(sessions(server)))
        time.sleep(0.5)
    finally:
        client.kill()
        client.communicate(timeout=10)
    assert none_left(server)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LoopbackServer]:
    """A server of its own, on which an answer is longer than what sshd holds for a client."""
    if missing():
        pytest.skip(missing())
    running = LoopbackServer(tmp_path_factory.mktemp("full"))
    try:
        running.start()
    except (OSError, RuntimeError) as error:
        pytest.skip(f"no sshd can be started here: {error}")
    rows = "".join(f"多多{place:05d},{'单' * 90}{place},{'职' * 90}\n" for place in range(4000))
    with box_of(running, "wang") as desk:
        book = io.BytesIO(f"姓名,单位,职务\n{rows}".encode())
        desk.exchange.run(desk.exchange.plan(book, "book.csv"))
    yield running
    running.stop()


def half_read(server: LoopbackServer, *words: str, key: bytes = b"", terminal: bool) -> None:
    """Read the beginning of an answer as Wang and hang up."""
    command = server.ssh("wang", *words, options=["-tt"] if terminal else [])
    client = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert client.stdin is not None
    assert client.stdout is not None
    assert client.stdout.read(500)
    if key:
        client.stdin.write(key)
        client.stdin.flush()
        time.sleep(1)
    client.kill()
    client.communicate(timeout=10)
    assert none_left(server)


@pytest.mark.slow
@pytest.mark.parametrize("key", [b"", b"\x1c"], ids=["hangs up", "quit key"])
def test_who_reads_half_an_answer_and_goes_was_here(full: LoopbackServer, key: bytes):
    if not full.gives_terminals:
        pytest.skip("an sshd that is not root's gives no terminals")
    before = noted(full, "login")
    half_read(full, "find", "多多", "--limit", "4000", "--json", key=key, terminal=True)
    assert noted(full, "login") == before + 1


@pytest.mark.slow
def test_who_reads_half_of_an_export_has_exported(full: LoopbackServer):
    before = noted(full, "export")
    half_read(full, "export", "cards", "--format", "json", terminal=False)
    assert noted(full, "export") == before + 1


def noted(server: LoopbackServer, kind: str) -> int:
    """How often the trail says this of Wang."""
    with box_of(server) as desk:
        return desk.audit.count(AuditQuery(member="wang", kind=kind))
