"""Every way out of a session that shared-server.md names is tried at a real sshd, and refused."""

import os
import shlex
import socket
import subprocess
from pathlib import Path

import pytest

from bench.loopback_sshd import LoopbackServer
from tests.sshd.asking import (
    arrive,
    ask,
    environment_of,
    none_left,
    open_terminal,
    sessions,
    wait_until,
)

pytestmark = pytest.mark.slow

QUIET = ("-o", "ExitOnForwardFailure=yes", "-o", "ConnectTimeout=5")


def refused(command: list[str], seconds: float = 30) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command, capture_output=True, stdin=subprocess.DEVNULL, check=False, timeout=seconds
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("way", ["-L", "-D"])
def test_no_forwarding_to_the_inside(server: LoopbackServer, way: str):
    port = free_port()
    target = f"{port}:127.0.0.1:{server.port}" if way == "-L" else str(port)
    command = server.ssh("zhang", options=["-N", way, target, *QUIET])
    client = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:

        def listens() -> bool:
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", port)) == 0

        assert wait_until(listens)
        with socket.create_connection(("127.0.0.1", port), 10) as through:
            if way == "-D":  # SOCKS 5: no method but "none", then CONNECT
                through.sendall(b"\5\1\0")
                assert through.recv(2) == b"\5\0"
                address = socket.inet_aton("127.0.0.1") + server.port.to_bytes(2)
                through.sendall(b"\5\1\0\1" + address)
            through.settimeout(10)
            content = b""
            try:
                while block := through.recv(100):
                    content += block
            except ConnectionError:
                pass
        assert b"SSH-" not in content
    finally:
        client.kill()
        client.wait(10)


def test_no_forwarding_from_the_inside_and_no_pipe_through(server: LoopbackServer):
    port = free_port()
    back = ["-N", "-R", f"{port}:127.0.0.1:{server.port}", *QUIET]
    assert refused(server.ssh("zhang", options=back)).returncode != 0
    through = server.ssh("zhang", options=["-W", f"127.0.0.1:{server.port}"])
    answer = refused(through)
    assert answer.returncode != 0
    assert b"SSH-" not in answer.stdout
    tunnel = refused(server.ssh("zhang", options=["-N", "-w", "any", *QUIET]))
    assert tunnel.returncode != 0


def test_no_agent_no_display_no_variables(server: LoopbackServer, tmp_path: Path):
    agent = subprocess.run(["ssh-agent", "-s"], capture_output=True, text=True, check=True).stdout
    words = dict(
        part.partition("=")[::2] for part in agent.replace(";", "\n").split("\n") if "=" in part
    )
    sent = {
        "SSH_AUTH_SOCK": words["SSH_AUTH_SOCK"],
        "DISPLAY": ":9",
        "PYTHONINSPECT": "1",
        "PYTHONSTARTUP": "/dev/stdin",
        "TEXTUAL_LOG": str(tmp_path / "log"),
        "TEXTUAL_DRIVER": "tests.nowhere:Driver",
        "TEXTUAL_SCREENSHOT": "1",
        "TEXTUAL_SCREENSHOT_LOCATION": str(tmp_path),
        "TEXTUAL_DEBUG": "1",
        "SHUKE_MEMBER": "wang",
        "SHUKE_DATABASE": str(tmp_path / "mine.sqlite"),
        "XDG_CONFIG_HOME": str(tmp_path),
        "LC_ALL": "zh_CN.GBK",
        "LANG": "zh_CN.GBK",
    }
    names = [name for name in sent if name not in ("SSH_AUTH_SOCK", "DISPLAY")]
    send = [part for name in names for part in ("-o", f"SendEnv={name}")]
    options = ["-A", "-Y", *send]
    try:
        with open_terminal(server, options=options, environment=sent, folder=tmp_path) as terminal:
            arrive(terminal)
            terminal.wait_for("张磊")
            (process,) = sessions(server)
            given = environment_of(process)
            assert not {"SSH_AUTH_SOCK", "DISPLAY"} & given.keys()
            assert given["PYTHONINSPECT"] == "1"  # the server was careless, as it is set up here
            terminal.settle(1.5)
            terminal.press("ctrl+q")
            assert terminal.wait_for_end(20) == 0
            assert ">>>" not in terminal.screen_text()
    finally:
        subprocess.run(["kill", words["SSH_AGENT_PID"]], check=True)
    assert list(tmp_path.iterdir()) == []
    answer = ask(server, "zhang", "find", "zs", options=send, environment=sent, given=b"1/0\n")
    assert answer.returncode == 0
    assert b">>>" not in answer.stdout + answer.stderr
    assert "张山" in answer.stdout.decode()
    assert none_left(server)


def test_no_files_are_copied(server: LoopbackServer, tmp_path: Path):
    common = server.ssh("zhang")[1:-1]
    options = [("-P" if part == "-p" else part) for part in common]
    place = f"{server.account}@127.0.0.1"
    mine = tmp_path / "mine"
    mine.write_text("x")
    there = server.folder / "there"
    for legacy in (["-O"], []):
        scp = ["scp", *legacy, *options]
        assert refused([*scp, str(mine), f"{place}:{there}"]).returncode != 0
        assert refused([*scp, f"{place}:{server.box}", str(tmp_path / "box")]).returncode != 0
    batch = tmp_path / "batch"
    batch.write_text(f"put {mine} {there}\nget {server.box} {tmp_path}/box\n")
    assert refused(["sftp", *options, "-b", str(batch), place]).returncode != 0
    assert refused([*server.ssh("zhang", options=["-s"]), "sftp"]).returncode != 0
    assert not there.exists()
    assert not (tmp_path / "box").exists()


def test_nothing_that_is_asked_for_reaches_a_shell(server: LoopbackServer, tmp_path: Path):
    touched = tmp_path / "touched"
    touch = f"touch {shlex.quote(str(touched))}"
    for wish in (
        f"find zs; {touch}",
        f"find $({touch})",
        f"find `{touch}`",
        f"find zs && {touch}",
        f"find zs | {touch}",
        f"find zs\n{touch}",
        f"find zs > {touched}",
        f"; {touch}",
        f"bash -c '{touch}'",
        f"shuke -c '{touch}'",
        f"shuke --member li find ls; {touch}",
        f"export cards -o {touched}",
        f"export cards --output={touched}",
        f"backup {touched}",
    ):
        answer = ask(server, "zhang", wish)
        assert answer.returncode in (0, 1, 2, 3), wish
        assert b"Traceback" not in answer.stderr, wish
        assert not touched.exists(), wish


def test_nobody_is_somebody_else_or_elsewhere(server: LoopbackServer):
    for words in (
        ("shuke", "--as", "li", "find", "ls"),
        ("shuke", "find", "ls", "--as=li"),
        ("shuke", "--database", "/tmp/x.sqlite", "find", "ls"),
        ("shuke", "find", "zs", "--today", "2020-01-01"),
        ("shuke", "--demo", "find", "zs"),
        ("shuke", "import", "/etc/passwd", "--yes"),
        ("shuke", "restore", "-"),
        ("shuke", "doctor", "--mend"),
    ):
        answer = ask(server, "zhang", *words)
        assert answer.returncode == 3, words
        assert answer.stdout == b"", words
        assert len(answer.stderr.decode().splitlines()) == 1, words


def test_inside_the_app_there_is_no_way_out(server: LoopbackServer, tmp_path: Path):
    evil = "[@click=app.suspend_process]点[/][@click=app.quit]我[/] [/]"
    assert ask(server, "zhang", "card", "add", "--name", shlex.quote(evil)).returncode == 0
    before = set(Path("/").iterdir()) | set(Path.home().iterdir())
    with open_terminal(server, columns=100, lines=30) as terminal:
        arrive(terminal)
        terminal.press("2")
        terminal.wait_for("[@click=a")
        rows = terminal.screen_text().splitlines()
        row = next(place for place, line in enumerate(rows, 1) if "[@click=a" in line)
        click = "\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m"
        terminal.send(click.format(column=10, row=row))
        terminal.wait_for("[@click=app.s")  # beside the list, where there is room for it
        for column in range(82, 99, 2):
            terminal.send(click.format(column=column, row=3))
        terminal.settle()
        terminal.press("escape", "escape")
        terminal.press("ctrl+z", "ctrl+\\")
        for word in ("screenshot", "截图", "suspend"):
            terminal.press("ctrl+p")
            terminal.settle()
            terminal.send(word)
            terminal.settle()
            assert ".svg" not in terminal.screen_text()
            terminal.press("escape")
            terminal.settle()
        assert terminal.process.poll() is None
        (process,) = sessions(server)
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        assert state in "SR"
        os.kill(process, 20)  # SIGTSTP
        terminal.settle()
        terminal.press("1")
        terminal.wait_until(lambda: terminal.screen_text().startswith(" 1 "))
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        assert state in "SR"
        terminal.press("ctrl+q")
        assert terminal.wait_for_end(20) == 0
    assert set(Path("/").iterdir()) | set(Path.home().iterdir()) == before
