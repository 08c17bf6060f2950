"""A member's own settings: language, theme, keymap, filters, policies."""

from typing import TYPE_CHECKING, Any

from store.models.team import Setting

if TYPE_CHECKING:
    from store.desk import Desk


class Settings:
    """Reads and writes settings of the member; they are no part of the trail."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def get(self, key: str, default: Any = None) -> Any:
        """The member's setting, else the box's, else the installation's, else the default."""
        found = {
            row.member_id: row.value
            for row in Setting.select().where(
                (Setting.key == key)
                & ((Setting.member == self.desk.member.id) | Setting.member.is_null())
            )
        }
        fallback = self.desk.store.defaults.get(key, default)
        return found.get(self.desk.member.id, found.get(None, fallback))

    def all(self) -> dict[str, Any]:
        """Every setting that holds for the member."""
        query = Setting.select().where(
            (Setting.member == self.desk.member.id) | Setting.member.is_null()
        )
        rows_found = sorted(query, key=lambda row: row.member_id is not None)
        return {**self.desk.store.defaults, **{row.key: row.value for row in rows_found}}

    def set(self, key: str, value: Any) -> None:
        """Keep a setting of the member; None takes it away."""
        with self.desk.store.transaction():
            self._write(self.desk.member.id, key, value)

    def set_for_box(self, key: str, value: Any) -> None:
        """Keep a setting of the whole box; None takes it away."""
        with self.desk.store.transaction():
            self._write(None, key, value)

    @staticmethod
    def _write(member: int | None, key: str, value: Any) -> None:
        from store import rows
        from store.recorder import reserve

        whose = Setting.member.is_null() if member is None else Setting.member == member
        Setting.delete().where((Setting.key == key) & whose).execute()
        if value is not None:
            row = {"id": reserve("setting"), "member_id": member, "key": key, "value": value}
            rows.insert(Setting, [rows.new_row(Setting, row)])
