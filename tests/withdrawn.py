"""The record with sources of every kind, some of them retracted or superseded.

Responses change with the day and with each rule. The seeds, which have no such source, do not cover that.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

from service.store.record.record import Claim, Fact, Passage, Record, Source, SourceDataset
from service.store.seeds import read

DATASETS = {
    "kremlin-news": SourceDataset("kremlin-news", "News", "CC BY 4.0", "http://en.kremlin.ru/events", "2019"),
    "travels": SourceDataset(
        "travels", "Travels", "CC0-1.0", "https://example.org/travels", None, "The travellers", date(2020, 4, 1)
    ),
}
RECORDING = "kremlin-60363"
CHANGED: dict[str, dict[str, object]] = {
    # retracted between two days of publication
    "004-330859f3abdfc3e6": {"retracted_on": date(2018, 6, 1), "withdrawn_on": date(2018, 6, 1)},
    # superseded by a later publication
    "002-d8340137bfcf1340": {"withdrawn_on": date(2019, 9, 17)},
    "001-6c55d004d8009f3d": {"supersedes": ("002-d8340137bfcf1340",)},
    # superseded on its own day
    "kremlin-60319": {"dataset": "kremlin-news", "withdrawn_on": date(2019, 4, 25)},
    "kremlin-60370": {"supersedes": ("kremlin-60319",), "kind": "TRANSCRIPT", "transcript_of": RECORDING},
    RECORDING: {"kind": "RECORDING"},
    "histstate-travels-trump": {"kind": "DATASET", "dataset": "travels"},
    "000-3bd517dfe704cffc": {
        "kind": "POST",
        "author": "donald-trump",
        "url": "https://example.org/1",
        "retracted_on": date(2021, 3, 1),
        "withdrawn_on": date(2021, 3, 1),
    },
    "joint-statement-singapore": {"kind": "POST", "author_description": "an account", "url": "https://example.org/2"},
}
CURATIONS = ("CURATED", "IMPORTED", "CURATED", "REVIEWED")


def withdrawn(seeds: Path) -> Record:
    record = read(seeds)
    sources = {slug: replace(source, **CHANGED.get(slug, {})) for slug, source in record.sources.items()}  # type: ignore[arg-type]
    facts = {
        slug: _fact(fact, sources, CURATIONS[number % len(CURATIONS)])
        for number, (slug, fact) in enumerate(record.facts.items())
    }
    return replace(record, sources=sources, facts=facts, datasets=DATASETS)


def _fact(fact: Fact, sources: dict[str, Source], curation: str) -> Fact:
    return replace(fact, curation=curation, claims=tuple(_claim(claim, sources) for claim in fact.claims))


def _claim(claim: Claim, sources: dict[str, Source]) -> Claim:
    return replace(
        claim,
        withdrawn_on=sources[claim.source].withdrawn_on,
        passage=_with_times(claim.passage),
        context=tuple(map(_with_times, claim.context)),
        steps=tuple(replace(step, passage=step.passage and _with_times(step.passage)) for step in claim.steps),
    )


def _with_times(passage: Passage) -> Passage:
    """Return a passage, with times if it is in the recording, where each character takes a tenth of a second."""
    if passage.source != RECORDING:
        return passage
    return replace(passage, start_time=passage.start / 10, end_time=passage.end / 10)
