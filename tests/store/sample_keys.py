"""Public keys for tests, made of nothing: nobody has their private halves."""

import base64
import struct


def strings(*parts: bytes) -> bytes:
    """A blob of strings (RFC 4251, 5)."""
    return b"".join(struct.pack(">I", len(part)) + part for part in parts)


def key_line(number: int, comment: str = "zhang@notebook") -> str:
    """An Ed25519 key as OpenSSH writes it; another one for each number."""
    blob = strings(b"ssh-ed25519", bytes([number]) * 32)
    return f"ssh-ed25519 {base64.b64encode(blob).decode()} {comment}"


def rsa_line(bits: int) -> str:
    """An RSA key of so many bits, in the form alone."""
    modulus = b"\0" + (1 << (bits - 1) | 1).to_bytes(bits // 8)
    blob = strings(b"ssh-rsa", b"\1\0\1", modulus)
    return f"ssh-rsa {base64.b64encode(blob).decode()}"
