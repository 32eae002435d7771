"""What stands between two."""

from sqlalchemy import CheckConstraint, Index

from service.store import enums
from service.store.tables.columns import Table, foreign_key, one_of, snapshot_key


class Relationship(Table, table=True):
    __tablename__ = "relationship"
    __table_args__ = (
        one_of("kind", enums.RelationshipKind),
        CheckConstraint("one_id <> other_id", name="parties"),
        Index("relationship_parties_idx", "one_id", "other_id"),
    )
    snapshot_id: int = snapshot_key()
    kind: str
    one_id: int = foreign_key("actor.id", index=False)
    other_id: int = foreign_key("actor.id")
