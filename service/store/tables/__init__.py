"""Declarations of the register's tables, imported only to change or compare tables because that takes a second.

The tables hold what the contract promises. How rows are written and read is defined elsewhere.

A *fact* is an identity. What was known of it between two days of publication is a *snapshot*: one row of `snapshot` and
one of its kind's table (`meeting`, `quote`, ...). A query without `asOf` reads the snapshot that holds until infinity;
a query as of a day reads the one whose span contains that day.
"""

from service.store.tables.agreements import Agreement
from service.store.tables.claims import (
    AttributionStep,
    Change,
    ChangeClaim,
    Claim,
    ClaimContext,
    Conflict,
    ConflictClaim,
    Decided,
    Wording,
)
from service.store.tables.columns import KEY, SLUG, Table
from service.store.tables.dataset import Dataset, Download, DownloadPart, LoadDigest, Term
from service.store.tables.entries import Actor, Alias, Edtf, Name, NameSource, Place, PlaceWithin, Succession
from service.store.tables.entry_changes import EntryChange
from service.store.tables.events import Event
from service.store.tables.facts import (
    Fact,
    FactAbout,
    Involvement,
    InvolvementClaim,
    Presence,
    Shared,
    Snapshot,
    Unnamed,
    UnnamedClaim,
)
from service.store.tables.invitations import Invitation
from service.store.tables.meetings import Meeting, MeetingPlace, ParticipantCountry
from service.store.tables.network import NetworkCell, NetworkPerson, NetworkSize, NetworkTally, NetworkTie
from service.store.tables.offices import Office
from service.store.tables.pairs import PairTally, Tie, ToneTally
from service.store.tables.quotes import Quote, QuoteVariant
from service.store.tables.relationships import Relationship
from service.store.tables.search import SearchText, Suggestion
from service.store.tables.sources import Passage, Source, SourceCredit, SourceDataset, SourceDatasetCount, Supersession
from service.store.tables.tallies import (
    ActorRank,
    ActorTally,
    ClaimTally,
    DateTally,
    EntryTally,
    EventTally,
    FactTally,
    ListedTally,
    MeetingTally,
    QuoteTally,
    SourceTally,
    ValueTally,
)

__all__ = [
    "KEY",
    "METADATA",
    "SLUG",
    "Actor",
    "ActorRank",
    "ActorTally",
    "Agreement",
    "Alias",
    "AttributionStep",
    "Change",
    "ChangeClaim",
    "Claim",
    "ClaimContext",
    "ClaimTally",
    "Conflict",
    "ConflictClaim",
    "Dataset",
    "DateTally",
    "Decided",
    "Download",
    "DownloadPart",
    "Edtf",
    "EntryChange",
    "EntryTally",
    "Event",
    "EventTally",
    "Fact",
    "FactAbout",
    "FactTally",
    "Invitation",
    "Involvement",
    "InvolvementClaim",
    "ListedTally",
    "LoadDigest",
    "Meeting",
    "MeetingPlace",
    "MeetingTally",
    "Name",
    "NameSource",
    "NetworkCell",
    "NetworkPerson",
    "NetworkSize",
    "NetworkTally",
    "NetworkTie",
    "Office",
    "PairTally",
    "ParticipantCountry",
    "Passage",
    "Place",
    "PlaceWithin",
    "Presence",
    "Quote",
    "QuoteTally",
    "QuoteVariant",
    "Relationship",
    "SearchText",
    "Shared",
    "Snapshot",
    "Source",
    "SourceCredit",
    "SourceDataset",
    "SourceDatasetCount",
    "SourceTally",
    "Succession",
    "Suggestion",
    "Supersession",
    "Table",
    "Term",
    "Tie",
    "ToneTally",
    "Unnamed",
    "UnnamedClaim",
    "ValueTally",
    "Wording",
]

METADATA = Table.metadata
