"""A client that dies, freezes or reads no more: nothing is left of it, and no word is lost."""

import shlex
import signal
import subprocess
import time

import pytest

from bench.loopback_sshd import LoopbackServer
from tests.journeys.terminal import Terminal
from tests.sshd.asking import arrive, ask, box_of, none_left, open_terminal, sessions
from tui.authorized_keys import session_command

pytestmark = pytest.mark.slow

KEPT_AFTER = 1.5
"""Seconds after which typed words must have been kept."""


def come_in(server: LoopbackServer, login: str = "zhang") -> Terminal:
    return arrive(open_terminal(server, login))


def type_a_card(terminal: Terminal, name: str) -> None:
    """Begin a new card, and type its name without saving."""
    terminal.press("2")
    terminal.wait_for("搜索")
    terminal.settle()
    terminal.press("n")
    terminal.wait_for("新卡片" if "新卡片" in terminal.screen_text() else "新")
    terminal.settle()
    terminal.press("1")
    terminal.wait_for("姓名*")
    for letter in name:
        terminal.send(letter)
    terminal.wait_for(name)
    terminal.settle(KEPT_AFTER)


def offered(server: LoopbackServer, name: str) -> None:
    """Come back: the words wait under Today, and Enter brings them into their form."""
    with come_in(server) as terminal:
        terminal.wait_for("没存" if "没存" in terminal.screen_text() else name)
        terminal.press("enter")
        terminal.wait_for("姓名*")
        terminal.wait_for(name)
        terminal.settle()
        terminal.press("ctrl+s")
        terminal.settle(1)
        terminal.press("ctrl+q")
        terminal.wait_for_end(20)
    assert name in ask(server, "zhang", "find", name).stdout.decode()
    assert none_left(server)


def test_a_client_is_killed_while_its_member_types(server: LoopbackServer):
    with come_in(server) as terminal:
        type_a_card(terminal, "周断线")
        terminal.send("一")
        terminal.kill(signal.SIGKILL)
        assert none_left(server)
    offered(server, "周断线")


def test_a_client_freezes(server: LoopbackServer):
    with come_in(server) as terminal:
        type_a_card(terminal, "吴冻住")
        terminal.kill(signal.SIGSTOP)
        assert none_left(server)
    offered(server, "吴冻住")


def test_a_client_reads_no_more_and_goes(server: LoopbackServer):
    with come_in(server) as terminal:
        type_a_card(terminal, "郑不读")
        terminal.kill(signal.SIGSTOP)
        (process,) = sessions(server)
        # Frames until everything on the way is full, as after a long paste.
        for _ in range(40):
            subprocess.run(["kill", "-WINCH", str(process)], check=False)
            time.sleep(0.02)
        assert none_left(server)
    offered(server, "郑不读")


def test_a_session_that_ignores_the_hang_up_ends_all_the_same(server: LoopbackServer):
    """As where somebody put `nohup` or `setsid` into a key line of his own."""
    file = server.folder / "authorized_keys.by_hand"
    key = server.new_key("stubborn")
    words = shlex.join([*session_command(str(server.box)), "--member", "zhang"])
    line = f"command=\"trap '' HUP TERM; exec setsid -w {words}\",restrict,pty {key}"
    file.write_text(line)
    try:
        with come_in(server, "stubborn") as terminal:
            assert sessions(server)
            terminal.kill(signal.SIGKILL)
            assert none_left(server)
    finally:
        file.unlink()


def test_the_server_is_told_to_end_a_session(server: LoopbackServer):
    with come_in(server) as terminal:
        type_a_card(terminal, "冯叫停")
        (process,) = sessions(server)
        subprocess.run(["kill", str(process)], check=True)
        assert none_left(server)
        terminal.wait_for_end(20)
    offered(server, "冯叫停")


def test_a_key_that_is_revoked_ends_the_session_with_a_sentence(server: LoopbackServer):
    with come_in(server, "wang") as terminal:
        terminal.wait_for("王小明")
        with box_of(server) as desk:
            (key,) = (key for key in desk.keys.list() if key.login == "wang")
            desk.keys.revoke(key.fingerprint)
        try:
            assert terminal.wait_for_end(20) == 3
            assert "公钥已经失效" in terminal.screen_text()
        finally:
            with box_of(server) as desk:
                desk.keys.add("wang", server.public_key_of("wang"))
    assert none_left(server)


def test_what_a_gbk_terminal_types_does_no_harm(server: LoopbackServer):
    with come_in(server) as terminal:
        terminal.wait_for("张磊")
        terminal.press("2")
        terminal.wait_for("搜索")
        terminal.settle()
        terminal.press("/")
        terminal.send("张三丰镕".encode("gbk"))
        terminal.wait_for("UTF-8")
        terminal.press("escape")
        terminal.settle()
        # The second halves of these are the letters q, n, x and d.
        terminal.send(bytes.fromhex("8171 826e 9578 9164"))
        terminal.settle()
        assert terminal.process.poll() is None
        assert "搜索" in terminal.screen_text()
        terminal.press("/")
        terminal.send("张山")
        terminal.wait_for("P000001")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end(20) == 0


def test_a_frozen_reader_of_a_command_leaves_nothing(server: LoopbackServer):
    with box_of(server, "zhang") as desk:
        desk.outbox.export("cards", "csv", "much.csv")
        desk.outbox.path_of("much.csv").write_bytes(bytes(20_000_000))
    client = subprocess.Popen(
        server.ssh("zhang", "outbox", "get", "much.csv"), stdout=subprocess.PIPE
    )
    try:
        assert client.stdout is not None
        assert client.stdout.read(1) == b"\0"
        client.send_signal(signal.SIGSTOP)
        time.sleep(0.5)
        assert sessions(server)
        assert none_left(server)
    finally:
        client.kill()
        client.communicate(timeout=10)
