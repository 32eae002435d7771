"""What the record has no date for, and why: everything else has one, if only bounds."""

import pytest

from service.settings import REPOSITORY
from service.store.loading.derived import add_derived_facts
from service.store.loading.facts import IndexedRecord
from service.store.record.record import Fact
from service.store.seeds import read

STANDING = "a standing demand or position of a state, which is of no day"
HISTORICAL = "told only in retrospect, with no day that can be placed"
FUTURE = "announced or expected, and not told as having taken place"
PLANNED = "a meeting that no source tells as held: its day, if any, is plannedDate"

UNDATED = {
    "north-korea-proposed-2019": PLANNED,
    "beijing-2019": PLANNED,
    "pyongyang-proposed-2019": PLANNED,
    "united-states-proposed-2019": PLANNED,
    "north-korea-united-states-proposed-2019": PLANNED,
    "russia-proposed-2018": PLANNED,
    "new-york-2018-2": PLANNED,
    "north-korea-step-by-step-approach": STANDING,
    "united-states-comprehensive-agreement-first": STANDING,
    "russia-sanctions-relief-for-concessions": STANDING,
    "united-states-adds-to-agreement": HISTORICAL,
    "north-korea-withdraws-from-agreement": HISTORICAL,
    "north-korea-south-korea-link-railways": HISTORICAL,
    "donald-trump-kim-threaten-each-other": HISTORICAL,
    "donald-trump-kim-insult-each-other": HISTORICAL,
    "north-korea-sends-letters": HISTORICAL,
    "north-korea-to-expand-arsenal": FUTURE,
}

LASTING = ("Office", "Relationship")
"""Kinds of fact whose time is in other properties: attested, and the states of relationships."""


@pytest.fixture(scope="module")
def undated_facts() -> dict[str, Fact]:
    """Return the facts without a date when everything is known, by slug."""
    record, counted = add_derived_facts(read(REPOSITORY / "seeds"))
    whole = IndexedRecord(record, counted)
    facts = [fact for fact in record.facts.values() if fact.typename not in LASTING]
    return {fact.slug: fact for fact in facts if whole.snapshots(fact)[-1].date_of().date is None}


def test_only_these_have_no_date(undated_facts: dict[str, Fact]) -> None:
    assert set(undated_facts) == set(UNDATED)


def test_the_reasons_are_so(undated_facts: dict[str, Fact]) -> None:
    for slug, reason in UNDATED.items():
        fact = undated_facts[slug]
        kind = {STANDING: "Quote", HISTORICAL: "Event", FUTURE: "Event"}.get(reason)
        assert fact.typename == kind if kind else fact.typename in ("Summit", "Talks")
        statuses = {claim.value for claim in fact.claims if claim.property == "status"}
        assert statuses.isdisjoint({"HELD", "CUT_SHORT"})
        if kind == "Event":
            assert fact.fields["modality"] == {HISTORICAL: "HISTORICAL", FUTURE: "FUTURE"}[reason]
        if kind == "Quote":
            assert fact.fields["form"] == "INDIRECT"
