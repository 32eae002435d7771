"""A set of two trips in a copy of the seeds, and the data that it is made from."""

import shutil
from pathlib import Path

import pytest

from service.importers.histstate import make_set
from service.importers.seedset import SeedSet, render_set, write_set
from service.importers.texts import address_of, document_of, source_entry
from service.settings import REPOSITORY
from service.store.documents.rows import read_rows
from tests.sets.making import Made, facts, write_data

FILE = "histstate/president-travels/made-up.xml"
XML = """<?xml version="1.0" encoding="UTF-8"?>
<trips>
    <trip role="president" who="made-up">
        <id>1</id>
        <name>Donald J. Trump</name>
        <start-date>2019-06-30</start-date>
        <end-date>2019-06-30</end-date>
        <country id="korea-south">Korea, South</country>
        <locale></locale>
        <remarks>Met with
            President Moon. Visited the border.</remarks>
        <created-by>somebody</created-by>
        <last-modified-datetime>2019-07-02T10:00:00.000-04:00</last-modified-datetime>
    </trip>
    <trip role="president" who="made-up">
        <id>2</id>
        <name>Donald J. Trump</name>
        <start-date>2019-06-30</start-date>
        <end-date>2019-06-30</end-date>
        <country id="korea-north">Korea, North</country>
        <remarks>Met with Chairman Kim.</remarks>
        <last-modified-datetime>2019-07-02T10:00:00.000-04:00</last-modified-datetime>
    </trip>
</trips>
"""
MANIFEST = """\
name: Trips that a test makes up
licence: CC0-1.0
url: https://example.org/trips
version: "1"
retrievedOn: 2026-07-18
"""
SHARED = {"kind": "DATASET", "language": "en", "publishedOnBasis": "STATED", "dataset": "made-up"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return the folder of the data."""
    path = tmp_path / "data" / FILE
    path.parent.mkdir(parents=True)
    path.write_text(XML, encoding="utf-8")
    return tmp_path / "data"


@pytest.fixture
def seeds(tmp_path: Path, data: Path) -> Path:
    """Return a copy of the seeds with the set `made-up`."""
    copy = tmp_path / "seeds"
    shutil.copytree(REPOSITORY / "seeds", copy, ignore=shutil.ignore_patterns("sets"))
    (copy / "sets" / "made-up").mkdir(parents=True)
    (copy / "sets" / "made-up" / "manifest.yaml").write_text(MANIFEST, encoding="utf-8")
    write_set(copy, "made-up", render_set(copy, import_trips(data)))
    return copy


def import_trips(data: Path) -> SeedSet:
    """Return the set made from the data: one meeting, and what a row reports about a meeting in the seeds."""
    made = SeedSet("made-up")
    for key, row in read_rows(data, FILE).items():
        slug = f"made-up-trip-{key}"
        day = row.fields["last-modified-datetime"][:10]
        made.entries.setdefault("sources", []).append(source_entry(row, slug, day, SHARED))
        made.documents[slug] = document_of(row, slug)
        cited = [f"{slug} {address_of(row, 'remarks', (1, 1))}"]
        dated = {row.fields["start-date"]: [f"{slug} {address_of(row, 'start-date')} inferred"]}
        if key == "1":
            made.add(
                "meetings",
                "trip-1-south-korea",
                level="LEADERS",
                names={"COMMON": {"en": "Trump in South Korea, 30 June 2019"}},
                participants={"donald-trump": "PARTICIPANT", "moon-jae-in": "PARTICIPANT"},
                date=dated,
                existence=cited,
                curation="IMPORTED",
            )
        else:
            made.add("additions", "dmz-2019", date=dated, existence=cited)
    made.add("people", "moon-jae-in", names={"COMMON": {"en": "President Moon"}}, country="south-korea")
    return made


@pytest.fixture
def make(tmp_path: Path) -> Made:
    """Return a function that makes the facts of trips and visits, alongside all people in the sets."""
    return lambda trips, visits: facts(make_set(write_data(tmp_path / "data", trips, visits), REPOSITORY / "seeds"))
