"""All rows of one fact: claims, snapshots with what they show, involvements and deciding claims."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import cast

from service.store import dates
from service.store.enums import EventType, Role
from service.store.i18n import labels
from service.store.i18n.names import by_tag
from service.store.kinds import KINDS, kind_of
from service.store.kinds.gatherings import participant_countries, sides_of
from service.store.kinds.kind import slugs_in
from service.store.kinds.meetings import MEETING
from service.store.kinds.relationships import join_parties, pairs_of
from service.store.layout import TABLES
from service.store.loading.claims import Wordings, add_claim, add_passages, add_wordings
from service.store.loading.derived import recorded_facts
from service.store.loading.entries import add_names, containers
from service.store.loading.searching import add_fact, prominence_days
from service.store.record.history import history_spans
from service.store.record.record import Fact, Involvement, Record, Texts, Unnamed
from service.store.record.snapshots import (
    Snapshot,
    claims_for_involvement,
    deciding_spans,
    snapshots,
    spans,
)
from service.store.record.standing import turns
from service.store.rows import EntryRows, Key, Row, key_of

MULTIVALUED = frozenset(name for kind in KINDS for name in kind.many)

ROLE_ORDER = [role.value for role in Role]


@dataclass(frozen=True)
class IndexedRecord:
    """The record with values computed once for all facts; `counted`: the day since when a relationship is known."""

    record: Record
    counted: Mapping[str, date] = field(default_factory=dict)

    @cached_property
    def containers(self) -> Mapping[str, Sequence[str]]:
        return containers(self.record.places)

    @cached_property
    def wordings(self) -> Wordings:
        return Wordings(self.record)

    @cached_property
    def variants(self) -> Mapping[str, set[str]]:
        """The variants of each quote, whichever of the two names the other."""
        variants: dict[str, set[str]] = {}
        for fact in recorded_facts(self.record):
            for other in slugs_in(fact, "variants"):
                variants.setdefault(fact.slug, set()).add(other)
                variants.setdefault(other, set()).add(fact.slug)
        return variants

    def within(self, inner: str, outer: str) -> bool:
        """Return whether one place is part of another."""
        return inner != outer and outer in self.containers.get(inner, ())

    def snapshots(self, fact: Fact) -> list[Snapshot]:
        """Return the snapshots of a fact; an event whose mode follows from what it codes is also cut where that is."""
        since = self.counted.get(fact.slug)
        coded = self.record.facts.get(str(fact.fields.get("codes")))
        is_meeting = coded is not None and fact.fields.get("eventType") == EventType.CONSULT.value
        others = snapshots(coded, self.within) if coded and is_meeting else ()
        return snapshots(fact, self.within, since, prominence_days(turns(fact, since)), others)


def project_fact(indexed: IndexedRecord, fact: Fact) -> EntryRows:
    """Return the fact with everything that is known of it."""
    entry = EntryRows(Key("fact", (fact.slug,)))
    snapshots_of_fact = indexed.snapshots(fact)
    since = snapshots_of_fact[0].known_since
    entry.add("fact", {"id": entry.key, "slug": fact.slug, "typename": fact.typename, "known_since": since})
    add_passages(entry, fact)
    add_wordings(entry, indexed.wordings, fact)
    for claim in fact.claims:
        add_claim(entry, indexed.record, indexed.wordings, claim)
    _add_involvements(entry, fact, snapshots_of_fact)
    _add_unnamed(entry, fact, snapshots_of_fact)
    _add_snapshots(entry, indexed.record, fact, snapshots_of_fact)
    _add_history(entry, fact)
    _add_decided(entry, fact, snapshots_of_fact)
    _add_links(entry, indexed, fact, snapshots_of_fact)
    add_names(entry, "fact_id", fact.names)
    return entry


# ------------------------------------------------------------------ snapshots


@dataclass(frozen=True)
class Shown:
    """What a snapshot shows; snapshots that show the same are merged."""

    row: Row
    further: Sequence[tuple[str, Row]]
    """The row of its kind's own table, and the rows that accompany it."""
    roles: Mapping[str, Sequence[str]]
    """Roles of each actor in the snapshot."""
    sides: Mapping[str, str]
    """Sides of those who take part in a meeting of several sides, if they are known."""
    countries: Sequence[str]
    """Countries of all who take part in a meeting."""


def _add_snapshots(entry: EntryRows, record: Record, fact: Fact, snapshots_of_fact: Sequence[Snapshot]) -> None:
    shown = {snapshot.known_from: _rows_of_snapshot(record, snapshot) for snapshot in snapshots_of_fact}
    lines = {day: cast("Texts", each.row["labels"]) for day, each in shown.items()}
    add_fact(entry, record, snapshots_of_fact, lines)
    since = snapshots_of_fact[0].known_since
    for start, end, each in spans(snapshots_of_fact, lambda snapshot: shown[snapshot.known_from]):
        key = Key("snapshot", (fact.slug, start.isoformat()))
        identity: Row = {"fact_id": entry.key, "slug": fact.slug, "typename": fact.typename, "known_since": since}
        known: Row = {"known_from": start, "known_until": end}
        entry.add("snapshot", {"id": key} | identity | known | each.row)
        dated = {name: each.row[name] for name in ("is_withdrawn", "is_dated", "first_on", "last_on")}
        for table, row in each.further:
            entry.add(table, {"snapshot_id": key} | _columns_of(table, identity | dated) | row, start)
        for country in each.countries:
            # unlike a participant, the country is not named by the fact
            by_date = _columns_of("participant_country", identity | dated)
            entry.add("participant_country", {"snapshot_id": key} | by_date | {"country_id": key_of("actor", country)})
        setting = each.further[0][1].get("setting")
        coding: Row = {"snapshot_id": key, "is_coding": "codes" in fact.fields, "setting": setting}
        _add_presence(entry, record, each, coding | identity | known | dated)


def _columns_of(table: str, shared: Row) -> Row:
    """Return those of the columns shared with the snapshot that a table has."""
    return {name: value for name, value in shared.items() if name in TABLES[table].columns}


def _rows_of_snapshot(record: Record, snapshot: Snapshot) -> Shown:
    fact, kind = snapshot.fact, kind_of(snapshot.fact)
    day, basis = snapshot.date_of()
    span = _span(snapshot)
    summary = by_tag(fact.summary) if fact.summary and snapshot.is_last else None
    row: Row = {
        "is_withdrawn": snapshot.is_withdrawn,
        "is_dated": span is not None,
        "first_on": span[0] if span else date.max,
        "last_on": span[1] if span else date.max,
        "labels": labels.snapshot_labels(record, snapshot),
        "date": day,
        "date_basis": basis,
        "summary": summary,
        "curation": fact.curation,
    }
    own = kind.to_row(record, snapshot)
    if own.get("names") == row["labels"]:
        # the labels of a meeting without a name serve as its names, and are stored only once
        own["names"] = None
    further = [(kind.table, own), *kind.to_further_rows(record, snapshot)]
    is_meeting = fact.typename in MEETING.typenames
    sides = sides_of(record, snapshot) if is_meeting else {}
    countries = participant_countries(record, snapshot) if is_meeting else []
    return Shown(row, further, _roles(snapshot), sides, countries)


def _roles(snapshot: Snapshot) -> dict[str, list[str]]:
    roles: dict[str, set[str]] = {}
    for involvement in snapshot.involvements():
        roles.setdefault(involvement.actor, set()).add(involvement.role)
    return {actor: sorted(each, key=ROLE_ORDER.index) for actor, each in roles.items()}


def _span(snapshot: Snapshot) -> tuple[date, date] | None:
    """Return the first and last possible day of the first date that the snapshot has; infinite if open."""
    days = (snapshot.date_of(property).date for property in kind_of(snapshot.fact).dated_by)
    day = next(filter(None, days), None)
    if day is None:
        return None
    edtf = dates.parse(day)
    return edtf.earliest or date.min, edtf.latest or date.max


def _add_presence(entry: EntryRows, record: Record, shown: Shown, shared: Row) -> None:
    """Add each actor of the snapshot, and each two people or states in it, including a relationship's own parties."""
    roles, side = shown.roles, shown.sides.get
    for actor in roles:
        entry.add("presence", shared | {"actor_id": key_of("actor", actor), "roles": roles[actor]})
    for one, other in pairs_of(record, roles):
        own: Row = {"roles_of_one": roles[one], "roles_of_other": roles[other]}
        own["is_on_one_side"] = side(one) is not None and side(one) == side(other)
        entry.add("shared", shared | own | {"between_id": key_of("fact", join_parties(one, other))})


def _add_history(entry: EntryRows, fact: Fact) -> None:
    """Add the steps of the fact's history and the claims that tell of each, with the days of either."""
    property = kind_of(fact).history
    if property is None:
        return
    changes, tellings = history_spans(turns(fact), property)
    for each in changes:
        key: Row = {"fact_id": entry.key, "step": each.step, "known_from": each.known_from}
        entry.add("change", key | {"known_until": each.known_until} | asdict(each.change))
    for one in tellings:
        entry.add(
            "change_claim",
            {
                "fact_id": entry.key,
                "step": one.step,
                "claim_id": key_of("claim", one.claim.slug),
                "known_from": one.known_from,
                "known_until": one.known_until,
            },
        )


# ------------------------------------------------------------------ who is in it, what decides, what about


def _add_involvements(entry: EntryRows, fact: Fact, snapshots_of_fact: Sequence[Snapshot]) -> None:
    for position, involvement in enumerate(fact.involvements, start=1):
        for start, end, (one, principal) in spans(snapshots_of_fact, partial(_involvement_at, involvement)):
            key = Key("involvement", (fact.slug, one.role, one.actor, start.isoformat()))
            row: Row = {
                "id": key,
                "fact_id": entry.key,
                "actor_id": key_of("actor", one.actor),
                "role": one.role,
                "on_behalf_of_id": key_of("actor", principal),
                "position": position,
                "known_from": start,
                "known_until": end,
            }
            entry.add("involvement", row, start)
            for claim in claims_for_involvement(fact, one):
                entry.add("involvement_claim", {"involvement_id": key, "claim_id": key_of("claim", claim.slug)})


def _involvement_at(involvement: Involvement, snapshot: Snapshot) -> tuple[Involvement, str | None] | None:
    """Return somebody, and whom they act for if anyone; None if they are not in the snapshot."""
    return (involvement, snapshot.principal_of(involvement)) if snapshot.involves(involvement) else None


def _add_unnamed(entry: EntryRows, fact: Fact, snapshots_of_fact: Sequence[Snapshot]) -> None:
    for position, unnamed in enumerate(fact.unnamed, start=1):
        for start, end, one in spans(snapshots_of_fact, partial(_unnamed_at, unnamed)):
            key = Key("unnamed", (fact.slug, position, start.isoformat()))
            row: Row = {
                "id": key,
                "fact_id": entry.key,
                "role": one.role,
                "description": one.description,
                "people": one.count,
                "on_behalf_of_id": key_of("actor", one.on_behalf_of),
                "position": position,
                "known_from": start,
                "known_until": end,
            }
            entry.add("unnamed", row, start)
            for claim in claims_for_involvement(fact, one):
                entry.add("unnamed_claim", {"unnamed_id": key, "claim_id": key_of("claim", claim.slug)})


def _unnamed_at(unnamed: Unnamed, snapshot: Snapshot) -> Unnamed | None:
    return unnamed if snapshot.involves(unnamed) else None


def _add_decided(entry: EntryRows, fact: Fact, snapshots_of_fact: Sequence[Snapshot]) -> None:
    """Add the deciding claims; the attribution of a quote is that of the claim that decides its text."""
    properties = {claim.property: claim.property for claim in fact.claims if claim.property not in MULTIVALUED}
    for property, deciding in sorted({**properties, **kind_of(fact).also_decided}.items()):
        for start, end, claim in deciding_spans(snapshots_of_fact, deciding):
            row: Row = {
                "fact_id": entry.key,
                "property": property,
                "known_from": start,
                "known_until": end,
                "value": claim.value if property == deciding else None,
                "claim_id": key_of("claim", claim.slug),
            }
            entry.add("decided", row)


def _add_links(entry: EntryRows, indexed: IndexedRecord, fact: Fact, snapshots_of_fact: Sequence[Snapshot]) -> None:
    claims = sorted(fact.claims, key=lambda claim: claim.reported_on)
    cited = [claim.value for claim in claims if claim.property == "aboutFact" and claim.value]
    for position, other in enumerate(dict.fromkeys([*slugs_in(fact, "aboutFacts"), *cited]), start=1):
        row: Row = {"fact_id": entry.key, "about_id": key_of("fact", other), "position": position}
        for start, end, _ in spans(snapshots_of_fact, partial(_about_at, other)):
            entry.add("fact_about", row | {"known_from": start, "known_until": end})
    for variant in sorted(indexed.variants.get(fact.slug, ())):
        entry.add("quote_variant", {"quote_id": entry.key, "variant_id": key_of("fact", variant)})


def _about_at(other: str, snapshot: Snapshot) -> str | None:
    """Return the other fact if this one is about it, according to a plain field or to standing claims."""
    slugs = {claim.value for claim in snapshot.claims("aboutFact")}
    return other if other in slugs_in(snapshot.fact, "aboutFacts") or other in slugs else None
