"""A member's session over SSH: who comes in, with which key, from where."""

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Visit:
    """What the server says of a session; nothing of it comes from whoever is at the other end."""

    login: str
    fingerprint: str = ""
    """Of the key with which he came in; "" where the key line does not tell."""
    connection: str = ""
    """sshd's `SSH_CONNECTION`: address and port of the client, then of the server."""
    account: str = "shuke"
    """The Unix account that the member comes in as."""
    database: str | None = None
    """The box that the key line names; None for the one of the configuration."""

    @property
    def place(self) -> str:
        """Where changes come from, as the trail notes it: key and address."""
        return f"{self.fingerprint} {self._parts[0]}".strip() or "ssh"

    def way_in(self, said: str | None = None) -> str:
        """What the member types to come in, for sentences that show him a whole command.

        Args:
            said: the account and address that the configuration names.
        """
        if said:
            return f"ssh {said}"
        _client, _port, server, port = self._parts
        other_port = f" -p {port}" if port not in ("", "22") else ""
        return f"ssh{other_port} {self.account}@{server or os.uname().nodename}"

    @property
    def _parts(self) -> list[str]:
        parts = self.connection.split()
        return parts if len(parts) == 4 else [""] * 4
