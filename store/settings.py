"""A member's own settings: language, theme, keymap, filters, policies."""

import json
from typing import TYPE_CHECKING, Any

from store.arguments import checks_arguments
from store.forms.followed import FORMS_KEY
from store.models.base import database
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk

HELD = "SELECT member_id, key, value FROM setting WHERE (member_id = ? OR member_id IS NULL)"
"""The settings of a member and of the box; asked at every start, so without models."""


@explains_trouble
@checks_arguments
class Settings:
    """Reads and writes settings of the member; they are no part of the trail."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def get(self, key: str, default: Any = None) -> Any:
        """The member's setting, else the box's, else the installation's, else the default."""
        cursor = database.execute_sql(f"{HELD} AND key = ?", [self.desk.member.id, key])
        found = {member: json.loads(text) for member, _key, text in cursor.fetchall()}
        fallback = self.desk.store.defaults.get(key, default)
        return found.get(self.desk.member.id, found.get(None, fallback))

    def all(self) -> dict[str, Any]:
        """Every setting that holds for the member; what the team says of forms is none of them."""
        found = database.execute_sql(HELD, [self.desk.member.id]).fetchall()
        boxes = {
            key: json.loads(text)
            for member, key, text in found
            if member is None and key != FORMS_KEY
        }
        own = {key: json.loads(text) for member, key, text in found if member is not None}
        return {**self.desk.store.defaults, **boxes, **own}

    def set(self, key: str, value: Any) -> None:
        """Keep a setting of the member; None takes it away.

        Raises:
            BadValue: the key is none, or the value is not for JSON, or too long.
        """
        from store.setting_values import checked, checked_key

        key, clean = checked_key(key), checked(value)
        with self.desk.store.transaction():
            self._write(self.desk.member.id, key, clean)

    def set_for_box(self, key: str, value: Any) -> None:
        """Keep a setting of the whole box; None takes it away.

        Raises:
            BadValue: as `set`, or it is a time zone that does not exist.
            NotAllowed: the member does not set up the team.
        """
        from store.rights import require_team
        from store.setting_values import checked_for_box, checked_key

        require_team(self.desk)

        key, clean = checked_key(key), checked_for_box(key, value)
        with self.desk.store.transaction():
            self._write(None, key, clean)

    @staticmethod
    def _write(member: int | None, key: str, value: Any) -> None:
        from store import rows
        from store.models.team import Setting
        from store.recorder import reserve

        whose = Setting.member.is_null() if member is None else Setting.member == member
        Setting.delete().where((Setting.key == key) & whose).execute()
        if value is not None:
            row = {"id": reserve("setting"), "member_id": member, "key": key, "value": value}
            rows.insert(Setting, [rows.new_row(Setting, row)])
