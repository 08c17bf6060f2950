"""The page for administrators says what sshd understands, and what the tests try."""

import re
import subprocess
from pathlib import Path

import pytest

from bench.loopback_sshd import ASKED, SETTINGS, SSHD
from tui.config import read_configuration

PAGE = Path(__file__).parent.parent.parent / "docs" / "administration.md"


def here_document(name: str) -> str:
    """What the page writes into a file."""
    found = re.search(
        rf"cat > {re.escape(name)} <<'END'\n(.*?)^END$", PAGE.read_text(), re.S | re.M
    )
    assert found is not None
    return found[1]


def test_the_configuration_is_understood(tmp_path: Path):
    file = tmp_path / "config.toml"
    file.write_text(here_document("/etc/shuke/config.toml"))
    configuration = read_configuration({}, (file,))
    configuration.check()
    assert not configuration.unknown
    assert configuration.get("session.idle_minutes") == 60
    assert configuration.get("database") == "/var/lib/shuke/box.sqlite"


def test_the_tests_server_is_set_up_as_the_page_says():
    directives = {line.split()[0] for line in here_document(CONFIG).splitlines()[1:]}
    tried = {line.split()[0] for line in f"{SETTINGS}{ASKED}".splitlines() if line.strip()}
    assert directives <= tried


CONFIG = "/etc/ssh/sshd_config.d/shuke.conf"


@pytest.mark.skipif(SSHD is None, reason="there is no sshd")
def test_sshd_understands_the_block(tmp_path: Path):
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    file = tmp_path / "sshd_config"
    file.write_text(f"HostKey {key}\n{here_document(CONFIG)}")
    assert SSHD is not None

    def held(user: str) -> set[str]:
        asked = [SSHD, "-T", "-f", str(file), "-C", f"user={user},host=h,addr=10.0.0.7"]
        ran = subprocess.run(asked, capture_output=True, text=True, check=False)
        if "privilege separation directory" in ran.stderr.lower():
            pytest.skip("sshd needs /run/sshd")
        assert ran.returncode == 0, ran.stderr
        return set(ran.stdout.splitlines())

    wanted = {"disableforwarding yes", "authorizedkeysfile none", "passwordauthentication no"}
    assert wanted <= held("shuke")
    assert not wanted & held("root")
