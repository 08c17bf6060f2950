"""A real sshd on a loopback port, with a box and three members."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.loopback_sshd import LoopbackServer, missing

CARELESS = "AcceptEnv *\nPermitUserEnvironment yes\nAuthorizedKeysFile {keys} {keys}.by_hand\n"
"""A server that lets clients send what they like, and keys be added by hand: the session has to
stand it."""

SOON = 1
"""Seconds between two questions whether a client still answers."""


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LoopbackServer]:
    """One for all tests of a worker; skipped where there is no sshd, or none can be started."""
    if missing():
        pytest.skip(missing())
    folder: Path = tmp_path_factory.mktemp("sshd")
    running = LoopbackServer(
        folder, further=CARELESS.format(keys=folder / "authorized_keys"), alive=SOON
    )
    try:
        running.start()
    except (OSError, RuntimeError) as error:
        pytest.skip(f"no sshd can be started here: {error}")
    yield running
    running.stop()
