"""The reference of all commands, docs/commands.md, from their own arguments.

python -m bench.command_reference            write it
python -m bench.command_reference --check    only say whether it is as it should be
"""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from store import language
from tui.arguments import Parser
from tui.command_table import COMMANDS
from tui.config_keys import KEYS, Key

PAGE = Path(__file__).parent.parent / "docs" / "commands.md"

INTRODUCTION = """\
# Commands

<!-- Written by `python -m bench.command_reference` from the commands themselves. -->

`shuke` alone opens the card box on the screen. Every daily job also has a command, for quick
lookups through `ssh server shuke …`, for cron and for scripts.

`CARD` is a card's number, or a text that finds exactly one card; otherwise the candidates are
listed and nothing is done. `FILE` may be `-` for standard input or output. Words of a `TEXT` need
no quotes, but signs that your shell takes for itself, such as `*`, `!` and `^`, do:
`shuke log 张山 '电话 聊了新报价 *4 @三天后 回访'`. Output is a table for people; `--json` gives one
JSON document with the keys named below, with days as `2026-03-15`, times of to-dos as
`2026-03-15T15:30` and money in fen. Errors are one sentence on standard error.

Where there is no box yet, looking makes none and says so (1). Entering, importing and `shuke` alone
begin one at the usual place; at a place that was named (`--database`, `SHUKE_DATABASE`, the
configuration) `shuke` asks first, and a command says which box it began.

| Exit status | |
|---|---|
| 0 | done |
| 1 | nothing found |
| 2 | wrong usage |
| 3 | not allowed |
| 4 | bad input, nothing written |
| 5 | changed by someone else meanwhile |
| 6 | storage trouble, or a mistake of the program, noted in its log |

Before or after every command:

"""

CONFIGURATION = """\
## Configuration

TOML in `/etc/shuke/config.toml` for everybody on a computer, then `~/.config/shuke/config.toml`
(where the platform keeps such files), then the variables; the later goes before the earlier. The
program never writes them. They are defaults: what a member chooses in the settings is kept in the
box and goes before them. A key with a dot stands in a table:

```toml
language = "zh"

[policy]
feb29 = "mar1"

[keymap]
"cards.new" = "f6"
```

| Key | Variable | What for | |
|---|---|---|---|
"""

CARD = "number, name, kind, organisation, title, phone, owner, lifecycle, likelihood"
LISTED = (
    f"{CARD}, value_grade, house_grade, importance, credit_grade, credit_limit, risk, route_order, "
    "last_contact, next_on, review_due_on, put_off_until, completeness"
)
SEGMENT = "name, owner, shared, query, count"
TRANSITION = "at, by, origin, card, name, field, from, to, undone"
TODO = "id, title, important, urgent, quadrant, due, card, owner, done"
CHECKS = "{ok, checks: [{name, ok, detail}]}"

MEMBER = (
    "login, name, role, department, active, trainee, coach, cards, todos, keys, last_seen, left_at"
)
DEPARTMENT = "name, path, members, cards"

KEY = "fingerprint, kind, comment, login, member, active, added_at, added_by"

INSPECTION = (
    "id, card, name, owner, inspector, at, verdict, remarks, answer, answered_by, answered_at"
)
REMARK = "id, kind, from, from_name, to, to_name, text, at, card, name, about, answers, done"
LOAN = (
    "id, card, name, kind, borrower, what, pages, sections, reason, state, asked_at, days, "
    "handler, approver, answer, due_at, returned_at, why"
)
LOANS = ("loan ask", "loan approve", "loan refuse", "loan return", "loan recall", "loan paper")
PAPER = (
    "number, card, name, class, kind, title, date, year, pages, original, shelf, note, "
    "file: {name, size, type, digest}, volume, place, listed_at, listed_by, trashed, borrower, due"
)
VOLUME = "number, class, year, title, shelf, closed_at, closed_by, papers, pages"
RELEASE = (
    "id, department, role, member, level, reason, given_by, given_at, ends_at, taken_back_at, "
    "state, to_review"
)

PLACE = (
    "title, org_department, department_kind, level, role, influence, attitude, faction, "
    "reports_to, matters, quality, since, until, note"
)
PERSON = f"place, number, name, {PLACE}, phone, met, owner"

RELATION = "id, card, name, kind, other, other_name, strength, note"
REFERRAL = (
    "id, card, name, referrer, referrer_name, on, means, bought, result, reported_on, thanked_on, "
    "note"
)
BROUGHT = "direct, customers, bought, amount"
CLUB = "id, name, purpose, owner, members, review_on, due"
CLUB_MEMBER = (
    "id, card, name, joined_on, left_on, verdict, reason, reviewed_on, brings: {bought, "
    "bought_before, referrals, referrals_before, talks, talks_before}"
)

JSON = {
    "find": f"[{{{CARD}}}]",
    "cards": f"[{{{LISTED}, risks}}]",
    "pile": f"[{{{LISTED}, reasons, mine}}]",
    "brief": "{card, how_met, last_interactions, promises, next_step, dates, likes, taboos, "
    "common_ground, money, competitors, blanks, remarks, stage, review, itinerary, needs, "
    "gaps, news, dealer_check, own_card}",
    "card add": "{number}",
    "card show": "{number, kind, owner, created_at, updated_at, trashed, and every field of the "
    "form that is filled, by its key}",
    "card unmask": "{number, KEY}: the field by its key",
    "card set": "{number}",
    "card trash": "{number}",
    "card restore": "{number}",
    "card merge": "{number, merged, moved}; with --dry-run {number, merged, differences: [{key, "
    "left, right, take}], same, moved}",
    "duplicates": "[{certainty, reason, cards: [{number, name, kind, organisation, title, phone, "
    "owner}]}]: certainty from 5, a number of one's own, to 1, name and birthday; with --apart "
    "{apart}",
    "card erase": "{number, records, shared, blanked, drafts}: how much is gone, how many talks stay "
    "with other cards, how many changes of the trail are blank",
    "card transfer": "{cards, people, todos}; with --suggest [{login, name, department, cards, "
    "key_cards, city_cards, region_cards, industry_cards, same_department, trainee, reasons}]",
    "card transfers": "[{at, by, from, to, reason, cards, todos, undone}]",
    "card transitions": f"[{{{TRANSITION}}}]",
    "transitions": "{from, until, moves: [{field, from, to, cards}]}; "
    f"with --list [{{{TRANSITION}}}]",
    "grade": "{GRADE: cards}",
    "rules": "{review_months, review_months_key, value_levels, pile_days}",
    "segment list": f"[{{{SEGMENT}}}]",
    "segment show": f"[{{{LISTED}, risks}}]",
    **dict.fromkeys(("segment save", "segment remove"), f"{{{SEGMENT}}}"),
    **dict.fromkeys(("remark", "remark answer"), f"{{{REMARK}}}"),
    **dict.fromkeys(("remark list", "remark done"), f"[{{{REMARK}}}]"),
    "review list": f"{{sent_back: [{{{INSPECTION}}}], to_inspect: [{{card, name, owner, trainee, "
    f"updated_at, completeness}}], due: [{{{CARD}}}]}}",
    **dict.fromkeys(("review inspect", "review answer"), f"{{{INSPECTION}}}"),
    "review done": f"[{{{CARD}}}]",
    **dict.fromkeys(LOANS, f"{{{LOAN}}}"),
    "loan list": f"{{requests: [{{{LOAN}}}], mine: […], lent: […]}}; of one card a list, with reads",
    "forms show": "{text, used_at, used_by}; of a kind: {kind, sections, gone}",
    **dict.fromkeys(("forms check", "forms use", "forms reset"), "{added, changed, gone}"),
    **dict.fromkeys(("release give", "release take-back"), f"{{{RELEASE}}}"),
    "release list": f"[{{{RELEASE}}}]",
    "people": f"[{{{PERSON}}}]",
    "people chart": f"{{organisation, name, gaps: [{{key, text}}], chart: [{{{PERSON}, depth}}]}}",
    **dict.fromkeys(("people add", "people set", "people leave"), f"{{{PERSON}}}"),
    "people history": f"[{{place, number, organisation, main, {PLACE}}}]",
    **dict.fromkeys(("paper add", "paper show", "paper set"), f"{{{PAPER}}}"),
    **dict.fromkeys(("paper list", "paper trash", "paper restore"), f"[{{{PAPER}}}]"),
    "paper missing": "[{card, name, owner, missing: [class.kind]}]",
    **dict.fromkeys(("paper volume close", "paper volume shelve"), f"{{{VOLUME}}}"),
    "paper volume list": f"[{{{VOLUME}}}]",
    **dict.fromkeys(("relation add", "relation remove"), f"{{{RELATION}}}"),
    "relation list": f"[{{{RELATION}}}]; with --around [{{group, card, name, how, detail, "
    "strength, note, relation, referral}]",
    "path": "{goal, from_me, steps: [{card, name, organisation, how, detail, strength, "
    "last_contact, dislikes_introductions}]}",
    "referral list": f"[{{{REFERRAL}}}]; with --givers [{{card, name, {BROUGHT}, last_on, "
    "waiting, dislikes_introductions}]",
    **dict.fromkeys(("referral note", "referral told", "referral thank"), f"{{{REFERRAL}}}"),
    "referral chain": f"{{origin, links: [{{card, name, depth, on, bought, amount, again}}], "
    f"{BROUGHT}}}",
    "club list": f"[{{{CLUB}}}]",
    "club show": f"{{{CLUB}, members: [{{{CLUB_MEMBER}}}]}}",
    **dict.fromkeys(("club add", "club set", "club join", "club remove"), f"{{{CLUB}}}"),
    **dict.fromkeys(("club leave", "club review"), f"{{{CLUB_MEMBER}}}"),
    "log": "{id}",
    "todo add": f"[{{{TODO}}}]",
    "todo list": f"[{{{TODO}}}]",
    "todo done": f"[{{{TODO}}}]",
    "dates": "[{card, name, who, occasion, stored, date, days, age, nominal_age}]",
    "today": "{todos, followups, dates, reviews, remarks, payments, loans, trips, news, "
    "inspections, pile}",
    "audit": "[{id, at, member, name, kind, summary, origin, place, records: [{table, number, name, "
    "hidden, erased, fields: [{field, from, to}]}], left_out}]",
    "outbox list": "[{name, size, at}]",
    "inbox list": "[{name, size, at}]",
    "key add": f"{{{KEY}}}",
    "key list": f"[{{{KEY}}}]",
    "key revoke": f"{{{KEY}}}",
    **dict.fromkeys(("member add", "member set", "member leave"), f"{{{MEMBER}}}"),
    **dict.fromkeys(("member back", "member pass", "member note"), f"{{{MEMBER}}}"),
    "member list": f"[{{{MEMBER}}}]",
    "member work": "[{login, name, new_cards, talks, done, overdue, untouched, reviews, "
    "last_seen}]; of one member [{at, kind, name, words, interaction, todo}]",
    **dict.fromkeys(("department add", "department rename"), f"{{{DEPARTMENT}}}"),
    "department move": f"{{{DEPARTMENT}}}",
    "department list": f"[{{{DEPARTMENT}}}]",
    "import": "{read, new, updated, skipped, errors: [{row, column, reason}]}",
    "backup": CHECKS,
    "restore": CHECKS,
    "migrate": "{from, to, copy}",
    "doctor": CHECKS,
    "config": "[{key, value, why}]",
}
"""The keys of each command's document."""


def page() -> str:
    """The whole reference, in English."""
    language.use("en")
    everywhere = Parser("", "").finish()
    parts = [INTRODUCTION + _table(everywhere._actions)]
    parts.extend(_command(name, purpose=listed.purpose) for name, listed in COMMANDS.items())
    parts.append(CONFIGURATION + "\n".join(map(_key, KEYS.values())))
    return "\n\n".join(parts) + "\n"


def _key(key: Key) -> str:
    """A configuration key as a row: its values, the built-in one first."""
    values = [f"`{key.built_in}`"] if key.built_in else []
    values.extend(f"`{choice}`" for choice in key.choices if choice != key.built_in)
    if key.kind == "whole":
        values.append(f"{key.least} to {key.most}")
    variable = f"`{key.variable}`" if key.variable else ""
    return f"| `{key.name}` | {variable} | {key.purpose} | {', '.join(values)} |"


def _command(name: str, purpose: str) -> str:
    module = import_module(f"tui.commands.{COMMANDS[name].module}")
    parser = Parser(name, purpose)
    module.COMMANDS[name].declare(parser)
    actions = parser._actions
    usage = " ".join(["shuke", name, *map(_usage, sorted(actions, key=_is_option))])
    lines = [f"## shuke {name}", f"{purpose[0].upper()}{purpose[1:]}.", f"```\n{usage}\n```"]
    if actions:
        lines.append(_table(actions))
    if name in JSON:
        lines.append(f"JSON: `{JSON[name]}`")
    return "\n\n".join(lines)


def _is_option(action: argparse.Action) -> bool:
    return bool(action.option_strings)


def _usage(action: argparse.Action) -> str:
    """One argument as a usage line shows it."""
    name = _name(action)
    if not _is_option(action):
        if action.nargs == "?":
            return f"[{name}]"
        return f"{name} …" if action.nargs == "+" else name
    repeated = " …" if isinstance(action, argparse._AppendAction) else ""
    return name if action.required else f"[{name}{repeated}]"


def _name(action: argparse.Action) -> str:
    """An argument with its value, such as `--limit N`."""
    choices = "|".join(map(str, action.choices)) if action.choices else ""
    value = str(action.metavar or choices or action.dest)
    if not _is_option(action):
        return value
    option = action.option_strings[-1]
    return option if action.nargs == 0 else f"{option} {value}"


def _table(actions: list[argparse.Action]) -> str:
    rows = [
        f"| `{_escaped(_name(action))}` | {_escaped(action.help or '')} |" for action in actions
    ]
    return "\n".join(["| | |", "|---|---|", *rows])


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> int:
    """Write the page, or compare it; 1 when it is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    wanted = page()
    if parser.parse_args().check:
        return 0 if PAGE.read_text(encoding="utf-8") == wanted else 1
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
