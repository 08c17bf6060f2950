"""All tables, in the order in which they can be made."""

from store.models.base import Table
from store.models.cards import Affiliation, Card, CardFact, ContactPoint, FamilyMember, Occasion
from store.models.interactions import Interaction, InteractionCard
from store.models.papers import Paper, Volume
from store.models.relations import (
    Club,
    ClubMember,
    DistinctPair,
    Inspection,
    Referral,
    Relationship,
    Segment,
)
from store.models.sharing import CardRelease, Loan, Remark
from store.models.team import Department, Member, PublicKey, Setting
from store.models.todos import Todo
from store.models.trail import Change, ChangeSet, Counter

TABLES: tuple[type[Table], ...] = (
    Department,
    Member,
    Setting,
    Card,
    ContactPoint,
    Affiliation,
    FamilyMember,
    Occasion,
    CardFact,
    Interaction,
    InteractionCard,
    Todo,
    PublicKey,
    Volume,
    Paper,
    Loan,
    CardRelease,
    Remark,
    Relationship,
    Referral,
    Club,
    ClubMember,
    Segment,
    DistinctPair,
    Inspection,
    Counter,
    ChangeSet,
    Change,
)

TRAILED: dict[str, type[Table]] = {
    table._meta.table_name: table
    for table in TABLES
    if table not in (CardFact, Counter, ChangeSet, Change)
}
"""The tables whose changes the trail keeps, by name; the others follow from them."""
