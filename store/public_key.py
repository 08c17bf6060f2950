"""Public keys as people paste them: OpenSSH's line, and the file that PuTTY writes (RFC 4716)."""

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256

from store.cleaning import clean_line
from store.errors import BadInput
from store.language import N_

NO_KEY = N_(
    "This is no SSH public key. It is one line that begins with ssh-ed25519 or ssh-rsa, "
    "from a file such as id_ed25519.pub."
)
PRIVATE = N_(
    "This is a private key, which nobody else may ever see. Make a new pair (ssh-keygen), "
    "and give the file that ends in .pub."
)
OPTIONS = N_("Options stand in front of the key: give the key alone, from {kind} on.")
SEVERAL = N_("These are several keys: give one at a time.")
CUT = N_("The key is not whole: copy it again, all on one line.")
OTHER_KIND = N_("The key says {said} and is {kind}: copy it again.")
TOO_OLD = N_("Keys of the kind {kind} are not safe any more: make one with ssh-keygen -t ed25519.")
UNKNOWN_KIND = N_("Keys of the kind {kind} cannot be used: make one with ssh-keygen -t ed25519.")
TOO_SHORT = N_(
    "An RSA key of {bits} bits is not safe any more: make one with ssh-keygen -t ed25519."
)

PARTS = {
    "ssh-ed25519": 2,
    "ecdsa-sha2-nistp256": 3,
    "ecdsa-sha2-nistp384": 3,
    "ecdsa-sha2-nistp521": 3,
    "ssh-rsa": 3,
    "sk-ssh-ed25519@openssh.com": 3,
    "sk-ecdsa-sha2-nistp256@openssh.com": 4,
}
"""The kinds that come in, and of how many strings their blobs are made (RFC 4253, 5656, 8709)."""

OLD = frozenset({"ssh-dss"})

LEAST_BITS = 2048
"""Of an RSA key."""

LONGEST = 20_000
"""Characters of a key; the longest RSA keys have a tenth of it."""

LONGEST_COMMENT = 100

_KIND = re.compile(r"(?:sk-)?(?:ssh|ecdsa)-[a-z0-9-]+(?:@[a-z0-9.-]+)?")
_PUTTY = re.compile(
    r"---- BEGIN SSH2 PUBLIC KEY ----\n(?P<body>.*)\n---- END SSH2 PUBLIC KEY ----", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class ParsedKey:
    """A public key that was checked."""

    kind: str
    blob: str
    """Base64, as it stands in the key's line."""
    fingerprint: str
    comment: str


def read_key(text: str) -> ParsedKey:
    """The one key of a text.

    Raises:
        BadInput: it is none, more than one, a private one, or one that is not safe.
    """
    text = re.sub(r"\r\n?", "\n", text.strip().removeprefix("\ufeff")).strip()
    if len(text) > LONGEST:
        raise BadInput(NO_KEY)
    if "PRIVATE KEY" in text or text.startswith("PuTTY-User-Key-File"):
        raise BadInput(PRIVATE)
    putty = _PUTTY.fullmatch(text)
    if putty:
        return _checked("", *_putty_parts(putty["body"]))
    return _read_line(text)


def _read_line(text: str) -> ParsedKey:
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
    words = lines[0].split(None, 2) if lines else []
    found = [_KIND.fullmatch(word) for word in (lines[0].split() if lines else [])]
    place = next((place for place, match in enumerate(found) if match), None)
    if place is None:
        raise BadInput(NO_KEY)
    if place:
        raise BadInput(OPTIONS, kind=lines[0].split()[place])
    if len(lines) > 1:
        begun_anew = any(_KIND.fullmatch(line.split()[0]) for line in lines[1:])
        raise BadInput(SEVERAL if begun_anew else CUT)
    kind, blob, comment = (*words, "", "")[:3]
    return _checked(kind, blob, comment)


def _putty_parts(body: str) -> tuple[str, str]:
    """Base64 and comment of an RFC 4716 file: headers may go on over lines that end in `\\`."""
    joined = body.replace("\\\n", "")
    comment, pieces = "", []
    for line in joined.split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            comment = value.strip().strip('"') if name.lower() == "comment" else comment
        else:
            pieces.append(line.strip())
    return "".join(pieces), comment


def _checked(said: str, written: str, comment: str) -> ParsedKey:
    """A key whose blob is what its line says.

    Args:
        said: the kind that the line names; "" where it names none.
    """
    if said in OLD:
        raise BadInput(TOO_OLD, kind=said)
    if said and said not in PARTS:
        raise BadInput(UNKNOWN_KIND, kind=said)
    try:
        blob = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        raise BadInput(CUT) from None
    parts = _strings(blob)
    try:
        kind = parts[0].decode("ascii")
    except (IndexError, UnicodeDecodeError):
        raise BadInput(CUT) from None
    if kind in OLD:
        raise BadInput(TOO_OLD, kind=kind)
    if kind not in PARTS:
        raise BadInput(UNKNOWN_KIND if _KIND.fullmatch(kind) else CUT, kind=kind)
    if said and kind != said:
        raise BadInput(OTHER_KIND, said=said, kind=kind)
    if len(parts) != PARTS[kind] or not all(parts):
        raise BadInput(CUT)
    _check_strength(kind, parts)
    return ParsedKey(
        kind,
        base64.b64encode(blob).decode(),
        fingerprint_of(blob),
        clean_line(comment)[:LONGEST_COMMENT].strip(),
    )


def _check_strength(kind: str, parts: list[bytes]) -> None:
    if kind == "ssh-rsa":
        bits = int.from_bytes(parts[2]).bit_length()
        if bits < LEAST_BITS:
            raise BadInput(TOO_SHORT, bits=bits)
    if "ed25519" in kind and len(parts[1]) != 32:
        raise BadInput(CUT)


def _strings(blob: bytes) -> list[bytes]:
    """The strings of a blob (RFC 4251, 5); none where it is not made of them to its end."""
    found: list[bytes] = []
    while blob:
        length = int.from_bytes(blob[:4])
        if len(blob) < 4 + length:
            return []
        found.append(blob[4 : 4 + length])
        blob = blob[4 + length :]
    return found


def fingerprint_of(blob: bytes) -> str:
    """The SHA256 fingerprint as `ssh-keygen -l` prints it."""
    return "SHA256:" + base64.b64encode(sha256(blob).digest()).decode().rstrip("=")
