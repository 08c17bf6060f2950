"""What is tried with the customer by every shell command."""

from tests.team.attempts import PUBLIC_KEY
from tests.team.team_box import NAME, PHONE, WORD

CARD = "P000001"
"""The owner's customer, the first person of the box."""

COMMANDS: dict[str, list[str]] = {
    "find": [NAME],
    "find secret": [WORD],
    "find phone": [PHONE[-4:]],
    "brief": [CARD],
    "card add": ["--name", "新客户", "--phone", PHONE],
    "card show": [CARD],
    "card show json": [CARD, "--json"],
    "card unmask": [CARD, "id_number"],
    "card set": [CARD, "nickname=x"],
    "card set sensitive": [CARD, "home_address=x"],
    "card trash": [CARD],
    "card erase": [CARD, "--reason", "x", "--yes"],
    "card restore": [CARD],
    "card transfer": [CARD, "--to", "rep"],
    "card transfer suggest": [CARD, "--suggest"],
    "card transfers": [CARD],
    "loan ask": [CARD, "--days", "2"],
    "loan ask by name": [NAME],
    "loan list": [],
    "loan list card": [CARD],
    "loan approve": ["1"],
    "loan refuse": ["1"],
    "loan return": ["1"],
    "loan recall": ["1"],
    "loan paper": [CARD, "--to", "rep", "--what", "合同", "--due", "2099-01-01"],
    "release give": ["--department", "华东", "--role", "service"],
    "release give all": ["--everywhere", "--role", "service"],
    "release list": [],
    "release take-back": ["2"],
    "log": [CARD, "电话", "聊了"],
    "todo add": [f"给{NAME}送样品"],
    "todo list": ["--all"],
    "todo done": ["1"],
    "remark": [CARD, "@boss", "好"],
    "remark list": [],
    "remark answer": ["1", "好"],
    "remark done": ["1"],
    "dates": ["--days", "60"],
    "today": [],
    "import": ["FILE", "--yes"],
    "export cards": ["cards", "--format", "csv", "-o", "-"],
    "export trail": ["trail", "--format", "csv", "-o", "-"],
    "export all": ["all", "--format", "json", "-o", "-"],
    "undo": [],
    "redo": [],
    "key add": ["rep", PUBLIC_KEY],
    "key list": [],
    "key revoke": ["SHA256:x"],
    "key lines": [],
    "audit": ["--json", "--card", CARD],
    "audit all": [],
    "audit secret": ["--text", WORD],
    "backup": ["-"],
    "restore": ["NOWHERE"],
    "doctor": [],
    "config": [],
}
"""Arguments by command; a further word tells attempts at the same command apart."""

BY_HAND = frozenset({"backup", "restore", "doctor", "config", "migrate"})
"""Commands of whoever may read the box's file: what he sees by them he could read there.

No session over SSH runs them (see `tests/sshd`); they are tried for coming to an end.
"""
