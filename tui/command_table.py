"""The commands by name: where each is written and what it is for, without importing any."""

from typing import NamedTuple

from store.errors import WrongUsage
from store.language import N_

UNKNOWN = N_("There is no command “{text}”.")
UNKNOWN_BUT = N_("There is no command “{text}”; did you mean “{nearest}”?")


class Listed(NamedTuple):
    """A command as the overview lists it."""

    module: str
    """The module in `tui.commands` whose `COMMANDS` holds it."""
    purpose: str
    """An English message id."""
    quick: bool = False
    """Whether it is over so soon that collecting garbage would only delay it."""


COMMANDS: dict[str, Listed] = {
    "find": Listed("find", N_("find cards by name, pinyin, initials, phone or words"), True),
    "cards": Listed("cards", N_("list cards by grade, place, risk or segment"), True),
    "pile": Listed("pile", N_("list forgotten cards: unclassified, unseen, due for review"), True),
    "brief": Listed("brief", N_("what to know in the minute before a visit"), True),
    "card add": Listed("card", N_("enter a card")),
    "card show": Listed("card", N_("show a whole card")),
    "card unmask": Listed("card", N_("show a sensitive field that is not yours; it is noted")),
    "card set": Listed("card", N_("change fields of a card")),
    "card trash": Listed("card", N_("put a card in the trash")),
    "card restore": Listed("card", N_("take a card out of the trash")),
    "card merge": Listed("merge", N_("make one card of two that are the same customer")),
    "card erase": Listed("erase", N_("erase a card for good, as its customer may demand")),
    "card transfer": Listed("transfer", N_("hand cards to another member")),
    "card transfers": Listed("transfer", N_("who handed which cards to whom")),
    "duplicates": Listed("merge", N_("list cards that look like one customer")),
    "card transitions": Listed("grade", N_("how a card's grades and owner changed")),
    "transitions": Listed("grade", N_("how many cards went from which grade to which")),
    "grade": Listed("grade", N_("work out value grades from what customers bought")),
    "rules": Listed("grade", N_("the team's rules about reviews and value grades")),
    "segment list": Listed("segment", N_("list saved filters of cards")),
    "segment show": Listed("segment", N_("show a saved filter and its cards")),
    "segment save": Listed("segment", N_("keep a filter of cards under a name")),
    "segment remove": Listed("segment", N_("take a saved filter away")),
    "relation add": Listed("relation", N_("note what somebody is to somebody else")),
    "relation list": Listed("relation", N_("who is linked to a customer")),
    "relation remove": Listed("relation", N_("take a relationship away")),
    "path": Listed("relation", N_("who leads to a customer: whom you know who knows him"), True),
    "referral list": Listed("referral", N_("whom to tell and to thank, or who brought whom")),
    "referral note": Listed("referral", N_("note who brought a customer")),
    "referral told": Listed("referral", N_("note that a referrer heard what became of it")),
    "referral thank": Listed("referral", N_("note that a referrer was thanked")),
    "referral chain": Listed("referral", N_("who came through whom, and what they bought")),
    "club list": Listed("club", N_("the clubs of customers")),
    "club show": Listed("club", N_("who is in a club, and what each brings")),
    "club add": Listed("club", N_("make a club")),
    "club set": Listed("club", N_("change a club")),
    "club join": Listed("club", N_("put customers into a club")),
    "club leave": Listed("club", N_("note that a customer left a club")),
    "club review": Listed("club", N_("say whether a member is worth his place")),
    "club remove": Listed("club", N_("put a club in the trash")),
    "loan ask": Listed("loan", N_("ask to see a colleague's card for some days")),
    "loan list": Listed("loan", N_("list requests, your loans, and what is out")),
    "loan approve": Listed("loan", N_("let somebody see a card")),
    "loan refuse": Listed("loan", N_("refuse a request")),
    "loan return": Listed("loan", N_("return a loan, or withdraw a request")),
    "loan recall": Listed("loan", N_("take a loan back before its end")),
    "loan paper": Listed("loan", N_("note that a paper leaves the shelf")),
    "paper add": Listed("paper_edit", N_("list a paper of a customer, with its file or without")),
    "paper list": Listed("paper", N_("list papers, and what is missing in a file")),
    "paper missing": Listed("paper", N_("customers whose file lacks something")),
    "paper show": Listed("paper", N_("all that is known of a paper")),
    "paper get": Listed("paper", N_("fetch the file of a paper")),
    "paper set": Listed("paper_edit", N_("change a paper, or its file")),
    "paper trash": Listed("paper_edit", N_("put papers in the trash")),
    "paper restore": Listed("paper_edit", N_("take papers out of the trash")),
    "paper register": Listed("paper", N_("the register of a class and year, to be printed")),
    "paper volume close": Listed("volume", N_("close a class and year of papers into a volume")),
    "paper volume list": Listed("volume", N_("list the volumes of closed papers")),
    "paper volume contents": Listed("volume", N_("a volume's table of contents, to be printed")),
    "paper volume shelve": Listed("volume", N_("say where a volume is")),
    "paper volume reopen": Listed("volume", N_("open a volume again, and say why")),
    "release give": Listed("release", N_("let others see cards of a department")),
    "release list": Listed("release", N_("list what is released to whom")),
    "release take-back": Listed("release", N_("take a release back")),
    "people": Listed("people", N_("who works at an organisation"), True),
    "people chart": Listed("people", N_("who reports to whom there, and what is missing"), True),
    "people add": Listed("people", N_("enter somebody at an organisation"), True),
    "people set": Listed("people", N_("change what is known of somebody's place"), True),
    "people leave": Listed("people", N_("say that somebody left, and where he went"), True),
    "people history": Listed("people", N_("where somebody works and worked"), True),
    "log": Listed("log", N_("log a talk in one line"), True),
    "todo add": Listed("todo", N_("note a to-do in one line"), True),
    "todo list": Listed("todo", N_("list open to-dos"), True),
    "todo done": Listed("todo", N_("tick off a to-do"), True),
    "remark": Listed("remark", N_("tell a colleague something about a card"), True),
    "remark list": Listed("remark", N_("what colleagues told you, or you told them"), True),
    "remark answer": Listed("remark", N_("answer what a colleague told you"), True),
    "remark done": Listed("remark", N_("be done with what a colleague told you"), True),
    "review list": Listed("review", N_("cards sent back, to be inspected, or due for a review")),
    "review inspect": Listed("review", N_("approve a card, or send it back with remarks")),
    "review answer": Listed("review", N_("answer what a card was sent back for")),
    "review done": Listed("review", N_("say that cards were looked through")),
    "dates": Listed("dates", N_("birthdays and anniversaries that are coming"), True),
    "today": Listed("today", N_("what is due today"), True),
    "member add": Listed("member", N_("let somebody work here, in a role and department")),
    "member list": Listed("member", N_("who works here")),
    "member set": Listed("member", N_("change a member")),
    "member leave": Listed("member", N_("let a member go; somebody takes over all that he has")),
    "member back": Listed("member", N_("let a member who left work here again")),
    "member pass": Listed("member", N_("say that a trainee works on his own from now on")),
    "member note": Listed("member", N_("note praise or a reprimand of a member")),
    "member work": Listed("member_work", N_("what the members below you did")),
    "department add": Listed("department", N_("add a department")),
    "department list": Listed("department", N_("the tree of departments")),
    "department rename": Listed("department", N_("give a department another name")),
    "department move": Listed("department", N_("put a department under another one")),
    "department remove": Listed("department", N_("take an empty department away")),
    "forms show": Listed("forms", N_("what cards ask for, or what the team declares about it")),
    "forms check": Listed("forms", N_("look through a file with forms of the team's own")),
    "forms use": Listed("forms", N_("let cards ask for what the team's own file says")),
    "forms reset": Listed("forms", N_("let cards ask for what the program asks again")),
    "import": Listed("import_", N_("read cards from CSV, Excel, vCard or JSON")),
    "export": Listed("export", N_("write cards, talks, to-dos or dates to a file")),
    "print": Listed("print_", N_("print a card as on paper, a survey, a contact network")),
    "undo": Listed("undo", N_("take back your last change"), True),
    "redo": Listed("undo", N_("do again what was taken back"), True),
    "outbox list": Listed("outbox", N_("list your exports that wait on the server")),
    "outbox get": Listed("outbox", N_("fetch an export from the server")),
    "outbox drop": Listed("outbox", N_("throw an export on the server away")),
    "inbox list": Listed("outbox", N_("list the files that you brought to the server")),
    "inbox put": Listed("outbox", N_("bring a file to the server, to be imported")),
    "inbox drop": Listed("outbox", N_("throw a file away that you brought")),
    "key add": Listed("key", N_("let a member in with an SSH key")),
    "key list": Listed("key", N_("list the SSH keys of members")),
    "key revoke": Listed("key", N_("take an SSH key away")),
    "key lines": Listed("key", N_("write an authorized_keys file, where sshd cannot ask")),
    "audit": Listed("audit", N_("who did what, when and from where")),
    "backup": Listed("backup", N_("copy the box while it is in use")),
    "restore": Listed("backup", N_("go back to a backup; what it replaces is kept")),
    "migrate": Listed("migrate", N_("bring the box to this version of the program")),
    "doctor": Listed("doctor", N_("examine the box")),
    "config": Listed("config", N_("show which settings hold, and why")),
}
"""Every command by its words, in the order of the overview."""

VALUED = frozenset({"--database", "--as", "--lang", "--today"})
"""Options that may stand before the command and take a value."""


def split(arguments: list[str]) -> tuple[str, list[str]]:
    """The command's words, and all other arguments in their order.

    The words may be incomplete: "" where none was given, `card` where only that was.

    Raises:
        WrongUsage: there is no such command.
    """
    name = ""
    rest: list[str] = []
    waiting = list(arguments)
    while waiting and waiting[0] != "--" and _goes_on(name, waiting[0]):
        word = waiting.pop(0)
        if word.startswith("-"):
            rest.append(word)
            if word in VALUED and waiting:
                rest.append(waiting.pop(0))
            continue
        name = f"{name} {word}".lstrip()
        if name not in COMMANDS and not group(name):
            raise _unknown(name)
    return name, rest + waiting


def _goes_on(name: str, word: str) -> bool:
    """Whether a word still belongs to the command: `remark` is one, and so is `remark list`."""
    return name not in COMMANDS or f"{name} {word}" in COMMANDS


def group(name: str) -> list[str]:
    """The commands that begin with this word, such as `card`."""
    return [command for command in COMMANDS if command.startswith(f"{name} ")]


def _unknown(text: str) -> WrongUsage:
    from difflib import get_close_matches

    nearest = get_close_matches(text, COMMANDS, 1)
    if nearest:
        return WrongUsage(UNKNOWN_BUT, text=text, nearest=nearest[0])
    return WrongUsage(UNKNOWN, text=text)
