"""Offices that people hold or held."""

from collections.abc import Iterator
from datetime import date as Day
from typing import Annotated, Literal

from service.store import dates
from service.store.enums import Role
from service.store.i18n.names import by_tag, text_in
from service.store.kinds.kind import ExistingFactEntry, Kind, Search
from service.store.notation import values
from service.store.notation.fields import OnlyCited, Property, TextsOrValue, Value
from service.store.notation.values import Actor, Date, Phrase
from service.store.record.decide import as_date, candidates, decide, is_unvouched
from service.store.record.record import Fact, Record
from service.store.record.snapshots import DateWithBasis, Snapshot
from service.store.rows import Row, key_of


class OfficeEntry(ExistingFactEntry):
    """An office that a person holds or held."""

    person: Annotated[Value[values.Person], Property(role=Role.HOLDER)] = None
    title: TextsOrValue = None
    of: Value[Actor] = None
    leads: Literal["yes"] | None = None
    attested: OnlyCited[Date] = None
    designation: Annotated[OnlyCited[Phrase], Property(is_many=True, is_open=False)] = None


def to_row(record: Record, snapshot: Snapshot) -> Row:
    attested, basis = attested_span(snapshot)
    titles = snapshot.texts("title")
    spans = [*_spans_held(snapshot.date_of().date, attested)]
    return {
        "person_id": key_of("actor", holder_of(snapshot)),
        "title": text_in(titles, "en") or snapshot.require_value("title"),
        "titles": by_tag(titles),
        "of_id": key_of("actor", snapshot.value("of")),
        "leads": snapshot.value("leads") == "yes",
        "attested": attested,
        "attested_basis": basis,
        "held_from": min((first for first, _ in spans), default=None),
        "held_until": max((last for _, last in spans), default=None),
    }


def _spans_held(term: str | None, attested: str | None) -> Iterator[tuple[Day, Day]]:
    """Yield the term, unless one of its ends is not known, and the span for which it is attested."""
    if term and not (term.startswith("/") or term.endswith("/")):
        edtf = dates.parse(term)
        yield edtf.earliest or Day.min, edtf.latest or Day.max
    if attested:
        edtf = dates.parse(attested)
        if edtf.earliest and edtf.latest:
            yield edtf.earliest, edtf.latest


def attested_span(snapshot: Snapshot) -> DateWithBasis:
    """Return the span from the first to the last day for which the claims best vouched for show the holder."""
    standing = candidates(snapshot.claims("attested"))
    best = [claim for claim in standing if not is_unvouched(claim)] or standing
    shown = [(claim, day) for claim in best if (day := as_date("attested", claim.value))]
    starts = [day.earliest for _, day in shown if day.earliest]
    ends = [day.latest for _, day in shown if day.latest]
    if not shown or not len(starts) == len(ends) == len(shown):
        return snapshot.date_of("attested")
    span = min(starts), max(ends)
    whole = decide("attested", [claim for claim, day in shown if (day.earliest, day.latest) == span])
    return DateWithBasis(whole.value, whole.basis) if whole else DateWithBasis(f"{span[0]}/{span[1]}", "INFERRED")


def holder_of(snapshot: Snapshot) -> str | None:
    """Return the slug of the person in it."""
    return snapshot.value("person") or snapshot.actor_in("HOLDER")


def holders_of(fact: Fact) -> set[str]:
    """Return the slugs of those who may be the person in one of its snapshots."""
    plain = [str(fact.fields[name]) for name in ("person", "holder") if name in fact.fields]
    told = [claim.value for claim in fact.claims if claim.property in ("person", "holder") and claim.value]
    return {*plain, *told, *(one.actor for one in fact.involvements if one.role == "HOLDER")}


OFFICE = Kind(
    typenames=("Office",),
    file="offices.yaml",
    entry=OfficeEntry,
    table="office",
    to_row=to_row,
    search=Search(lambda _: 1.0, is_result=False),
    links_people=False,
    required=(("person", "holder"), ("title",)),
)
