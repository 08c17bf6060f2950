"""The organisation chart of the people a member knows, and the gaps in the chain of decision."""

from collections.abc import Iterable, Sequence

from store.records.people import LEFT, ChartRow, Gap, PersonRow

LEVELS = ("executive", "management", "operator")
"""The levels of an organisation from the top; who has none stands behind them."""

DECIDING = frozenset({"decision_maker", "principal"})
"""Roles of those who decide."""

FOR_US = frozenset({"supporter", "friendly"})


def chart(people: Iterable[PersonRow]) -> list[ChartRow]:
    """People one below the other by who reports to whom, each followed by those below him.

    Whoever reports to nobody, or to somebody who is not among them, stands at the top; of those
    who report to each other in a ring, the first in order.
    """
    ordered = sorted(people, key=_order)
    by_card: dict[int, PersonRow] = {}
    for person in ordered:
        by_card.setdefault(person.card_id, person)
    below: dict[int, list[PersonRow]] = {}
    roots: list[PersonRow] = []
    for person in ordered:
        head = person.values.reports_to
        if head is None or head not in by_card or head == person.card_id:
            roots.append(person)
        else:
            below.setdefault(by_card[head].id, []).append(person)
    placed: set[int] = set()
    rows = _walk(roots, below, placed)
    for person in ordered:
        if person.id not in placed:  # in a ring, or below one
            rows += _walk([person], below, placed)
    return _counted(rows)


def _order(person: PersonRow) -> tuple[int, int, int]:
    level = person.values.level
    rank = LEVELS.index(level) if level in LEVELS else len(LEVELS)
    return rank, person.position, person.id


def _walk(
    roots: Sequence[PersonRow], below: dict[int, list[PersonRow]], placed: set[int]
) -> list[tuple[PersonRow, int]]:
    """Everybody from these on down, with his depth; no recursion, since a chain may be long."""
    rows: list[tuple[PersonRow, int]] = []
    waiting = [(person, 0) for person in reversed(roots)]
    while waiting:
        person, depth = waiting.pop()
        if person.id in placed:
            continue
        placed.add(person.id)
        rows.append((person, depth))
        waiting += [(other, depth + 1) for other in reversed(below.get(person.id, ()))]
    return rows


def _counted(rows: Sequence[tuple[PersonRow, int]]) -> list[ChartRow]:
    """The rows with how many stand below each."""
    found: list[ChartRow] = []
    open_ends: list[tuple[int, int]] = []
    """Depth and place of those whose rows below are not all seen yet, from the end."""
    for place in range(len(rows) - 1, -1, -1):
        person, depth = rows[place]
        count = 0
        while open_ends and open_ends[-1][0] > depth:
            count += open_ends.pop()[1]
        open_ends.append((depth, count + 1))
        found.append(ChartRow(person, depth, count))
    found.reverse()
    return found


def gaps(people: Sequence[PersonRow]) -> list[Gap]:
    """What is missing in the chain of decision, as far as the member sees it."""
    known = [person for person in people if person.whole]
    if not people:
        return [Gap("nobody")]
    found: list[Gap] = []
    deciding = [person for person in known if person.values.role in DECIDING]
    strangers = [person for person in deciding if person.met_at is None]
    if not deciding:
        found.append(Gap("no_decision_maker"))
    elif len(strangers) == len(deciding):
        found.append(Gap("not_met", _names(strangers)))
    opposed = [person for person in deciding if person.values.attitude == "opposed"]
    if opposed:
        found.append(Gap("opposed", _names(opposed)))
    keepers = _keepers(known, strangers)
    if keepers:
        found.append(Gap("gatekeeper", _names(keepers)))
    if not any(person.values.attitude in FOR_US for person in known):
        found.append(Gap("no_supporter"))
    roles = {person.values.role for person in known}
    found += [
        Gap(key) for role, key in (("buyer", "no_buyer"), ("user", "no_user")) if role not in roles
    ]
    loose = _loose(people)
    if loose:
        found.append(Gap("no_head", _names(loose)))
    return found


def _names(people: Iterable[PersonRow]) -> tuple[str, ...]:
    return tuple(person.name for person in people)


def _keepers(known: Sequence[PersonRow], strangers: Sequence[PersonRow]) -> list[PersonRow]:
    """Gatekeepers who are not for us, and stand below a decision-maker who was never met."""
    heads = {person.card_id: person.values.reports_to for person in known}
    wanted = {person.card_id for person in strangers}
    found = []
    for person in known:
        if person.values.role != "gatekeeper" or person.values.attitude in FOR_US:
            continue
        head, seen = person.values.reports_to, {person.card_id}
        while head is not None and head not in seen and head not in wanted:
            seen.add(head)
            head = heads.get(head)
        if head in wanted:
            found.append(person)
    return found


def _loose(people: Sequence[PersonRow]) -> list[PersonRow]:
    """Those of whom nobody knows to whom they report, and who are not at the top themselves."""
    if len(people) < 2:
        return []
    heads = {person.values.reports_to for person in people}
    return [
        person
        for person in people
        if person.whole
        and (person.values.reports_to is None or person.above == LEFT)
        and person.values.role not in DECIDING
        and person.values.level != "executive"
        and (person.card_id not in heads or person.above == LEFT)
    ]
