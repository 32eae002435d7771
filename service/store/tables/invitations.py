"""Invitations."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from service.store import enums
from service.store.tables.columns import KEY, Table, foreign_key, one_of, optional_foreign_key, snapshot_key


class Invitation(Table, table=True):
    __tablename__ = "invitation"
    __table_args__ = (
        one_of("medium", enums.Medium),
        one_of("response", enums.InvitationResponse),
        one_of("responded_basis", enums.DateBasis),
        CheckConstraint("(responded IS NULL) = (responded_basis IS NULL)", name="responded"),
        CheckConstraint("issuer_id IS NOT NULL OR issuer_description IS NOT NULL", name="issuer"),
        CheckConstraint("meeting_id <> made_at_id", name="meeting"),
    )
    snapshot_id: int = snapshot_key()
    issuer_id: int | None = optional_foreign_key("actor.id")
    issuer_description: str | None = None
    on_behalf_of_id: int | None = optional_foreign_key("actor.id")
    carrier_id: int | None = optional_foreign_key("actor.id")
    invitee_id: int = foreign_key("actor.id")
    destination_id: int | None = optional_foreign_key("place.id")
    medium: str
    response: str
    responded: str | None = Field(default=None, foreign_key="edtf.text", sa_type=KEY)
    responded_basis: str | None = None
    made_at_id: int | None = optional_foreign_key("fact.id")
    meeting_id: int | None = optional_foreign_key("fact.id")
