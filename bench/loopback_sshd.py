"""A throw-away sales server on this machine: sshd on a loopback port, a box, three members.

    .venv/bin/python -m bench.loopback_sshd [FOLDER]

prints the lines that let each of them in, and runs until Ctrl+C. It runs as whoever starts it,
who needs a login shell; nothing outside of the folder is touched.
"""

from __future__ import annotations

import getpass
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType

from store.database import open_store
from store.language import N_
from tui.authorized_keys import session_command

MEMBERS = {"zhang": "张磊", "wang": "王小明", "li": "李静"}
"""Logins and names; each looks after a few customers, Li may see those of all."""

ROLES = {"zhang": "rep", "wang": "rep", "li": "director"}

CUSTOMERS = {
    "zhang": (("张山", "华东电子"), ("赵申", "恒通物流"), ("郑爽", "远大软件")),
    "wang": (("陈建国", "长江仪表"), ("单雄", "北方阀门")),
    "li": (("刘海燕", "南海水务"),),
}
"""Names and organisations of the customers."""

TEAM_SET_UP = N_("Team set up")

SETTINGS = """\
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host_key
PidFile {folder}/sshd.pid
LogLevel {loglevel}
UsePAM no
StrictModes no
PermitRootLogin yes
AuthenticationMethods publickey
PasswordAuthentication no
KbdInteractiveAuthentication no
DisableForwarding yes
PermitUserEnvironment no
PermitUserRC no
SetEnv LANG=C.UTF-8
MaxSessions 2
MaxStartups 50
ClientAliveInterval {alive}
ClientAliveCountMax 2
Subsystem sftp internal-sftp
{keys}
{further}
"""
"""As in docs/administration.md, for one port and one account. The subsystem is there to be refused
by the keys, not by being absent."""

ASKED = """\
AuthorizedKeysFile none
AuthorizedKeysCommandUser {account}
AuthorizedKeysCommand {command} %u %t %k
"""
KEPT = "AuthorizedKeysFile {folder}/authorized_keys\n"

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def missing() -> str:
    """What stands in the way of a server here, in a few words; "" where nothing does."""
    if SSHD is None:
        return "there is no sshd (openssh-server)"
    if shutil.which("ssh") is None:
        return "there is no ssh (openssh-client)"
    return ""


class LoopbackServer:
    """An sshd with a box of its own; a context manager.

    Args:
        folder: an empty folder, or one that this class filled before.
        further: more lines of sshd's configuration, of which the first of a kind holds.
        alive: seconds between two questions whether a client still answers.
    """

    def __init__(self, folder: Path, further: str = "", alive: int = 15) -> None:
        self.folder = folder
        self.further = further
        self.alive = alive
        self.account = getpass.getuser()
        self.asks = os.geteuid() == 0
        """Whether sshd asks the box for keys; a program for that has to be root's."""
        self.gives_terminals = os.geteuid() == 0
        """Whether sessions can have terminals, which root alone hands over."""
        self.box = folder / "data" / "box.sqlite"
        self.port = 0
        self._sshd: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> LoopbackServer:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Fill the folder where that is still to do, and listen."""
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        (self.folder / "keys").mkdir(mode=0o700, parents=True, exist_ok=True)
        _make_key(self.folder / "host_key", "host")
        for login in MEMBERS:
            self.new_key(login)
        if not self.box.exists():
            make_team(self.box, {login: self.public_key_of(login) for login in MEMBERS})
        self.port = _free_port()
        if not self.asks:
            self.write_authorized_keys()
        self._write_settings()
        assert SSHD is not None
        log = (self.folder / "sshd.log").open("ab")
        self._sshd = subprocess.Popen(
            [SSHD, "-D", "-e", "-f", str(self.folder / "sshd_config")], stdout=log, stderr=log
        )
        log.close()
        self._wait_for_port()

    def stop(self) -> None:
        """End the server, and the sessions that it started."""
        if self._sshd is not None:
            self._sshd.terminate()
            self._sshd.wait(10)
            self._sshd = None

    @property
    def process(self) -> int:
        """The number of sshd's process."""
        assert self._sshd is not None
        return self._sshd.pid

    def key_of(self, login: str) -> Path:
        """The file of a member's private key."""
        return self.folder / "keys" / login

    def public_key_of(self, login: str) -> str:
        """The line of a member's public key."""
        return self.key_of(login).with_suffix(".pub").read_text()

    def write_authorized_keys(self) -> None:
        """Write the keys for a server that cannot ask for them."""
        from store.key_line import all_lines

        lines = all_lines(self.box, session_command(str(self.box)))
        (self.folder / "authorized_keys").write_text("".join(f"{line}\n" for line in lines))

    def ssh(self, login: str, *words: str, options: Sequence[str] = ()) -> list[str]:
        """The command line that lets a member in.

        Args:
            words: what the server is asked for; nothing for the app.
            options: further ones of ssh.
        """
        return [
            "ssh",
            *("-F", "none", "-i", str(self.key_of(login)), "-p", str(self.port)),
            *("-o", "IdentitiesOnly=yes", "-o", "StrictHostKeyChecking=no"),
            *("-o", f"UserKnownHostsFile={self.folder}/known_hosts", "-o", "LogLevel=ERROR"),
            *("-o", "BatchMode=yes"),
            *options,
            f"{self.account}@127.0.0.1",
            *words,
        ]

    def new_key(self, login: str) -> str:
        """Make somebody a pair of keys, unless he has one; gives the public one."""
        _make_key(self.key_of(login), f"{login}@notebook")
        return self.public_key_of(login)

    def _write_settings(self) -> None:
        python, *rest = session_command(None)
        asking = [python, *rest[:3], *asking_program(), "--database", str(self.box)]
        keys = ASKED.format(account=self.account, command=shlex.join(asking))
        text = SETTINGS.format(
            port=self.port,
            folder=self.folder,
            loglevel="VERBOSE",
            alive=self.alive,
            keys=keys if self.asks else KEPT.format(folder=self.folder),
            further="",
        )
        (self.folder / "sshd_config").write_text(f"{self.further}\n{text}")

    def _wait_for_port(self) -> None:
        end = time.monotonic() + 10
        while time.monotonic() < end:
            assert self._sshd is not None
            if self._sshd.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(f"sshd does not listen:\n{(self.folder / 'sshd.log').read_text()}")


def asking_program() -> list[str]:
    """What sshd runs to ask whose key it is, behind the interpreter and its options."""
    script = Path(sys.executable).with_name("shuke-authorized-keys")
    return [str(script)] if script.exists() else ["-m", "tui.authorized_keys"]


def make_team(box: Path, keys: dict[str, str]) -> None:
    """A box with three members, their keys and their customers.

    Args:
        keys: public keys by login.
    """
    from store.models.team import Department, Member

    store = open_store(box)
    try:
        desk = store.desk()
        now = store.clock.now()
        with desk.change(TEAM_SET_UP) as change:
            department = change.insert(Department, {"name": "销售部"})
            for login, name in MEMBERS.items():
                change.insert(
                    Member,
                    {
                        "login": login,
                        "name": name,
                        "role": ROLES[login],
                        "department_id": department,
                        "created_at": now,
                    },
                )
        for login, key in keys.items():
            desk.keys.add(login, key)
        for login, customers in CUSTOMERS.items():
            theirs = store.desk(login)
            for name, organisation in customers:
                theirs.cards.create("person", {"name": name, "organisation": organisation})
    finally:
        store.close()


def _make_key(file: Path, comment: str) -> None:
    if not file.exists():
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment]
        subprocess.run([*command, "-f", str(file)], check=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    """Run a server until Ctrl+C."""
    if missing():
        sys.exit(missing())
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # so that sshd ends, too
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else mkdtemp(prefix="shuke-sshd-")).absolute()
    with LoopbackServer(folder) as server:
        print(f"A sales server listens on 127.0.0.1:{server.port}; its folder is {folder}.")
        for login, name in MEMBERS.items():
            print(f"\n{name} ({ROLES[login]}):\n  {shlex.join(server.ssh(login))}")
            print(f"  {shlex.join(server.ssh(login, 'shuke', 'find', 'zs'))}")
        print("\nCtrl+C ends it.", flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
