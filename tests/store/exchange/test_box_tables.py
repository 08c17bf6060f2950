"""Every table of a box either goes out with the whole box, or is named as one that does not."""

from store.models.tables import TRAILED

IN_THE_BOX = {
    *("department", "member", "card", "contact_point", "affiliation", "family_member", "occasion"),
    *("interaction", "interaction_card", "todo", "paper", "volume"),
    *("relationship", "referral", "club", "club_member", "distinct_pair", "inspection"),
    *("remark", "segment"),
}
"""What JSON and the workbook carry; `test_box_json` and `test_box_workbook` compare it."""

LEFT_OUT = {
    "loan": "who may read what is a matter of this team, and of its loans' terms",
    "card_release": "the same",
    "setting": "of the members and the team",
    "public_key": "who may sign in",
}
"""What docs/files.md names as left out, and why."""


def test_every_table_is_carried_or_named() -> None:
    assert IN_THE_BOX | LEFT_OUT.keys() == TRAILED.keys()
    assert not IN_THE_BOX & LEFT_OUT.keys()
