"""What a member may ask of the program over SSH, and the sentences for what he may not.

Refused is what would make him another member, lead to another file, show another day's rights, or
reach files of the server.
"""

from store.errors import NotAllowed
from store.language import N_

OPEN_QUOTE = N_("A quotation mark is opened and not closed.")
NO_FILES = N_(
    "There is no shell here, and no files are copied: `shuke outbox get NAME > file` fetches an "
    "export, `shuke inbox put NAME < file` brings a file to import."
)
ON_THE_SERVER = N_("`shuke {command}` is done on the server itself, by its administrator.")
NO_OPTION = N_("{option} cannot be used over SSH.")
NO_PATHS = N_("Files of the server cannot be named over SSH; only - for what goes through ssh.")

ON_THE_SERVER_ONLY = frozenset(
    {"backup", "restore", "migrate", "move", "doctor", "config", "key lines"}
)
"""Commands that reach the box's file, or others."""

FOR_MEMBERS = frozenset(
    {
        "find",
        "cards",
        "pile",
        "brief",
        "card add",
        "card show",
        "card unmask",
        "card set",
        "card trash",
        "card restore",
        "card merge",
        "card erase",
        "card transfer",
        "card transfers",
        "duplicates",
        "card transitions",
        "transitions",
        "grade",
        "rules",
        "segment list",
        "segment show",
        "segment save",
        "segment remove",
        "relation add",
        "relation list",
        "relation remove",
        "path",
        "referral list",
        "referral note",
        "referral told",
        "referral thank",
        "referral chain",
        "club list",
        "club show",
        "club add",
        "club set",
        "club join",
        "club leave",
        "club review",
        "club remove",
        "loan ask",
        "loan list",
        "loan approve",
        "loan refuse",
        "loan return",
        "loan recall",
        "loan paper",
        "paper add",
        "paper list",
        "paper missing",
        "paper show",
        "paper get",
        "paper set",
        "paper trash",
        "paper restore",
        "paper register",
        "paper volume close",
        "paper volume list",
        "paper volume contents",
        "paper volume shelve",
        "paper volume reopen",
        "release give",
        "release list",
        "release take-back",
        "people",
        "people chart",
        "people add",
        "people set",
        "people leave",
        "people history",
        "log",
        "todo add",
        "todo list",
        "todo done",
        "remark",
        "remark list",
        "remark answer",
        "remark done",
        "review list",
        "review inspect",
        "review answer",
        "review done",
        "dates",
        "today",
        "member add",
        "member list",
        "member set",
        "member leave",
        "member back",
        "member pass",
        "member note",
        "member work",
        "department add",
        "department list",
        "department rename",
        "department move",
        "department remove",
        "forms show",
        "forms check",
        "forms use",
        "forms reset",
        "import",
        "export",
        "print",
        "undo",
        "redo",
        "outbox list",
        "outbox get",
        "outbox drop",
        "inbox list",
        "inbox put",
        "inbox drop",
        "key add",
        "key list",
        "key revoke",
        "audit",
    }
)
"""Commands that a member may run, with the rights that he has; a new command has to be put in."""


def check_command(name: str) -> None:
    """Make sure that a command may be run over SSH.

    Raises:
        NotAllowed: it may not.
    """
    if name not in FOR_MEMBERS:
        raise NotAllowed(ON_THE_SERVER, command=name)
