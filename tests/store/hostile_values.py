"""What no method of the desk should choke on, drawn by the kinds that it declares."""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from importlib import import_module
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from hypothesis import strategies as st

from store.forms.declaration import load_form

Method = Callable[..., object]

FAR_EAST = timezone(timedelta(hours=14))
FAR_WEST = timezone(timedelta(hours=-12))

numbers = st.sampled_from(
    [0, 1, 2, 3, 5, 7, 400, -1, -(2**31), 2**31, 2**53, 2**63 - 1, 2**63, -(2**63) - 1, 10**30]
)
texts = st.sampled_from(
    [
        *("", " ", "张山", "P000001", "O000001", "visit", "person", "ours", "--08-15"),
        *("birth", "further", "wedding", "FREQ=DAILY", "lunar:--08-15", "\x00", "\ud800"),
        *(
            "张\udfff山",
            "\x1b[31m红",
            "a\r\nb\tc\u2028",
            "\u202e三",
            "[/b]",
            "'; DROP TABLE x; --",
        ),
        *('"*"', "% _ ?", "𠮷野家"),
        *("9999-12-31", "0001-01-01", "13" * 40, "张山 打电话 " + "聊" * 3000, "+x @明天 *5 *9"),
        "长" * 60_000,
    ]
)
days = st.sampled_from([date.min, date(1899, 1, 1), date(2026, 9, 24), date(2100, 1, 1), date.max])
moments = st.sampled_from(
    [
        *(datetime.min, datetime.max, datetime(2026, 9, 24, 8)),
        *(datetime.min.replace(tzinfo=zone) for zone in (UTC, FAR_EAST, FAR_WEST)),
        *(datetime.max.replace(tzinfo=zone) for zone in (UTC, FAR_EAST, FAR_WEST)),
        datetime(2026, 9, 24, 8, tzinfo=UTC),
    ]
)
anything: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        *(st.none(), st.booleans(), numbers, texts, days, moments),
        st.sampled_from([1.5, float("nan"), float("inf"), b"x", time.max, object()]),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=4,
)
form_keys = st.sampled_from(
    [field.key for kind in ("person", "organisation") for field in load_form(kind).fields()]
)
values = st.dictionaries(form_keys | texts, anything, max_size=4).flatmap(
    lambda some: st.sampled_from([some, {"name": "张山", **some}])
)


def fitting(declared: Any) -> st.SearchStrategy[Any]:
    """Values of the kind that is declared, wild ones among them."""
    origin, within = get_origin(declared), get_args(declared)
    if origin is Annotated:
        return fitting(within[0]) | st.sampled_from(within[1][:2])
    if origin in (Union, UnionType):
        return st.one_of(*(fitting(one) for one in within))
    if origin is tuple:
        return st.lists(fitting(within[0]), max_size=3).map(tuple)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return values
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return st.lists(fitting(within[0]), max_size=3)
    if isinstance(declared, type) and is_dataclass(declared):
        return records(declared)
    known: dict[Any, st.SearchStrategy[Any]] = {
        NoneType: st.none(),
        int: numbers,
        str: texts,
        bool: st.booleans(),
        date: days,
        datetime: moments,
        time: st.sampled_from([time.min, time(9, 30), time.max]),
    }
    return known.get(declared, anything)


def records(kind: Any) -> st.SearchStrategy[Any]:
    """A record of which a few fields say something, one of them perhaps of a wrong kind."""
    declared = {field.name: field for field in fields(kind)}
    needed = {
        name: fitting(field.type)
        for name, field in declared.items()
        if field.default is field.default_factory  # both are missing
    }
    said = {name: fitting(field.type) for name, field in declared.items()}
    whole = st.fixed_dictionaries(needed, optional={k: said[k] for k in said if k not in needed})
    wild = st.dictionaries(st.sampled_from(list(declared)), anything, max_size=1)
    return st.tuples(whole, wild).map(lambda parts: kind(**{**parts[0], **parts[1]}))


PARTS = {
    "audit": "Audit",
    "briefing": "Briefings",
    "cards": "Cards",
    "clubs": "Clubs",
    "departments": "Departments",
    "drafts": "Drafts",
    "family": "Family",
    "grades": "Grades",
    "interactions": "Interactions",
    "keys": "Keys",
    "loans": "Loans",
    "merging": "Merging",
    "occasions": "Occasions",
    "people": "People",
    "own_card": "OwnCard",
    "pile": "Pile",
    "papers": "Papers",
    "presence": "Presence",
    "referrals": "Referrals",
    "relations": "Relations",
    "releases": "Releases",
    "remarks": "Remarks",
    "rules": "RulesOfTeam",
    "segments": "Segments",
    "inspections": "Inspections",
    "settings": "Settings",
    "team": "Team",
    "team_forms": "TeamForms",
    "today": "Today",
    "todos": "Todos",
    "trail": "Trail",
    "transfers": "Transfers",
    "volumes": "Volumes",
    "work": "Work",
}
"""The parts of the desk that take values, and their classes; `exchange` and shelves take files."""


def methods() -> Iterator[tuple[str, str]]:
    """Part and name of every public method that takes values."""
    for part, called in PARTS.items():
        whole = getattr(import_module(f"store.{part}"), called)
        for name, method in inspect.getmembers(whole, inspect.isfunction):
            if not name.startswith("_") and "change" not in inspect.signature(method).parameters:
                yield part, name


def calls(method: Method) -> st.SearchStrategy[dict[str, Any]]:
    """Arguments for a method: of the kinds it declares, and sometimes of any."""
    parameters = [p for p in inspect.signature(method).parameters.values() if p.name != "self"]
    said = {p.name: fitting(p.annotation) | anything for p in parameters}
    usual = {p.name: fitting(p.annotation) for p in parameters}
    needed = {p.name for p in parameters if p.default is p.empty}
    return st.one_of(
        st.fixed_dictionaries(
            {key: each[key] for key in needed},
            optional={key: one for key, one in each.items() if key not in needed},
        )
        for each in (usual, said)
    )
