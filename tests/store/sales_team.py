"""A small sales team with every role, for tests of who may do what."""

from dataclasses import dataclass

from store.database import Store
from store.desk import Desk
from store.models.team import Department, Member

DEPARTMENTS = {"总部": None, "华南": "总部", "华东": "总部", "深圳": "华南"}
"""Name, and the department above."""

MEMBERS = (
    ("south", "南经理", "manager", "华南"),
    ("east", "东经理", "manager", "华东"),
    ("zhang", "张磊", "rep", "华南"),
    ("li", "李静", "rep", "深圳"),
    ("zhou", "周婷", "rep", "华东"),
    ("service", "孙丽", "service", "华南"),
    ("keeper", "吴芳", "custodian", "总部"),
    ("admin", "管理员", "administrator", "总部"),
)
"""Login, name, role, department."""


@dataclass
class SalesTeam:
    """A desk for each member, by login; the director is `boss`."""

    store: Store
    desks: dict[str, Desk]

    def __getitem__(self, login: str) -> Desk:
        return self.desks[login]

    def card(self, owner: str, name: str = "张山", kind: str = "person", **values: object) -> int:
        """A new card of a member's."""
        return self.desks[owner].cards.create(kind, {"name": name, **values}).id


def sales_team(store: Store) -> SalesTeam:
    """The team in a new box."""
    boss = store.desk()
    boss.settings.set_for_box("usual_login", boss.member.login)
    places: dict[str | None, int | None] = {None: None}
    with boss.change("Team", asked=True) as change:
        for name, above in DEPARTMENTS.items():
            row = {"name": name, "parent_id": places[above]}
            places[name] = change.insert(Department, row)
        for login, name, role, department in MEMBERS:
            row = {"login": login, "name": name, "role": role}
            change.insert(Member, {**row, "department_id": places[department]})
    desks = {login: store.desk(login) for login, *_rest in MEMBERS}
    return SalesTeam(store, {"boss": boss, **desks})
