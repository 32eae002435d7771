"""Political events."""

from sqlalchemy import CheckConstraint, Index

from service.store import enums
from service.store.tables.columns import Table, one_of, optional_foreign_key, snapshot_key, term


class Event(Table, table=True):
    __tablename__ = "event"
    __table_args__ = (
        one_of("event_type", enums.EventType),
        one_of("quad_class", enums.QuadClass),
        one_of("modality", enums.Modality),
        one_of("medium", enums.Medium),
        CheckConstraint("score BETWEEN -10 AND 10", name="score"),
        Index("event_score_idx", "score"),
    )
    snapshot_id: int = snapshot_key()
    event_type: str = term()
    mode: str | None = None
    quad_class: str = term()
    score: float
    modality: str = term()
    medium: str = term()
    place_id: int | None = optional_foreign_key("place.id")
    meeting_id: int | None = optional_foreign_key("fact.id")
    quote_id: int | None = optional_foreign_key("fact.id")
    codes_id: int | None = optional_foreign_key("fact.id")
