"""Posts, recordings, transcripts, data sets and versions as written in the seeds: what is read, and what is refused."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from service.errors import SeedsInvalid
from service.store.notation.times import TimeSpan, parse_day, parse_time_span
from service.store.record.record import Record, SourceDataset, Step
from service.store.seeds import anchor, read

DOCUMENTS = {
    "post.txt": "Kim and I met in Hanoi.\n",
    "recording.txt": "Kim met Trump in Hanoi.\nThe talks took place in February.\nNobody signed.\n",
    "transcript.txt": "They met in Hanoi. The talks took place in February.\n",
    "row.txt": "1: Hanoi, Trump, Kim.\n",
    "first.txt": "They met in Hanoi on 26 February.\n",
    "second.txt": "They met in Hanoi on 27 February.\n",
}
SOURCES = {
    "post": "kind: POST, outlet: chatter, outletBasis: STATED, author: donald-trump, url: 'https://example.org/1'",
    "recording": "kind: RECORDING, cues: {p1: 't=10,20', p2s1: 't=0:20,1:02:03.5'}",
    "transcript": "kind: TRANSCRIPT, transcriptOf: recording, cues: {p1s2: 't=20,3723.5'}",
    "row": "kind: DATASET, dataset: travels",
    "first": "kind: ARTICLE",
    "second": "kind: ARTICLE, supersedes: [first]",
}
DAY, DAYS = "2019-03-01", {"second": "2019-03-05"}
DATASETS = """\
travels:
  name: Travels
  licence: CC0-1.0
  url: https://example.org/travels
  version: "2"
  attribution: The travellers
  retrievedOn: 2020-01-31
"""
MEETING = """\
hanoi-2019:
  level: LEADERS
  names: {COMMON: {en: Hanoi 2019}}
  existence: [post p1, recording p1-2, transcript p1, row p1, first p1, second p1]
  participants: {donald-trump: PARTICIPANT}
  curation: REVIEWED
"""


def source(slug: str, more: str, day: str) -> str:
    digest = sha256(DOCUMENTS[f"{slug}.txt"].encode()).hexdigest()
    days = f"publishedOn: '{day}', publishedOnBasis: STATED"
    return f"{slug}: {{cite: {slug}, document: {slug}.txt, sha256: {digest}, language: en, {days}, {more}}}\n"


def record(
    folder: Path,
    sources: Mapping[str, str] = SOURCES,
    days: Mapping[str, str] = DAYS,
    *,
    meeting: str = MEETING,
) -> Record:
    """Return what seeds with these sources say; raises SeedsInvalid."""
    seeds, corpus = folder / "seeds", folder / "corpus"
    files = {
        "sources.yaml": "".join(source(slug, more, days.get(slug, DAY)) for slug, more in sources.items()),
        "datasets.yaml": DATASETS,
        "meetings.yaml": meeting,
        "people.yaml": "donald-trump: {names: {COMMON: {en: Donald Trump}}}\n",
        "organisations.yaml": "chatter: {names: {COMMON: {en: Chatter}}, kind: PLATFORM}\n",
        "properties.yaml": "existence: {en: Existence.}\n",
    }
    for place, texts in {corpus: DOCUMENTS, seeds: files}.items():
        place.mkdir()
        for name, text in texts.items():
            (place / name).write_text(text, encoding="utf-8")
    (seeds / "anchors.lock").write_text(anchor(seeds, corpus), encoding="utf-8")
    return read(seeds, corpus)


def problems(folder: Path, *given: Mapping[str, str], meeting: str = MEETING) -> list[str]:
    with pytest.raises(SeedsInvalid) as refused:
        record(folder, *given, meeting=meeting)
    return refused.value.problems


# ------------------------------------------------------------------ what is read


def test_the_author_of_a_post_is_the_origin_of_what_it_says(tmp_path: Path) -> None:
    made = record(tmp_path)
    assert made.sources["post"].author == "donald-trump"
    claim = made.facts["hanoi-2019"].claims[0]
    assert claim.steps == (Step("UTTERER", "donald-trump"), Step("OUTLET", "chatter"))


def test_whom_a_post_passes_on_stands_before_its_author(tmp_path: Path) -> None:
    unnamed = SOURCES["post"].replace("author: donald-trump", "authorDescription: an account")
    meeting = MEETING.replace("post p1", "post p1 via donald-trump")
    claim = record(tmp_path, {**SOURCES, "post": unnamed}, meeting=meeting).facts["hanoi-2019"].claims[0]
    assert [(step.role, step.actor, step.description) for step in claim.steps] == [
        ("UTTERER", "donald-trump", None),
        ("RELAY", None, "an account"),
        ("OUTLET", "chatter", None),
    ]


def test_a_passage_has_the_time_of_the_cues_that_it_lies_in(tmp_path: Path) -> None:
    meeting = MEETING.replace("transcript p1", "transcript p1s1, transcript p1s2 2nd")
    claims = record(tmp_path, meeting=meeting).facts["hanoi-2019"].claims
    times = [(claim.source, claim.passage.start_time, claim.passage.end_time) for claim in claims[1:4]]
    assert times == [("recording", 10, 3723.5), ("transcript", None, None), ("transcript", 20, 3723.5)]


def test_a_source_belongs_to_a_data_set_and_a_fact_says_how_it_was_recorded(tmp_path: Path) -> None:
    made = record(tmp_path)
    travels = SourceDataset(
        "travels", "Travels", "CC0-1.0", "https://example.org/travels", "2", "The travellers", date(2020, 1, 31)
    )
    assert (made.datasets, made.sources["row"].dataset) == ({"travels": travels}, "travels")
    assert [made.facts["hanoi-2019"].curation, made.sources["transcript"].transcript_of] == ["REVIEWED", "recording"]


@pytest.mark.parametrize(
    ("first", "days", "withdrawn"),
    [
        ("kind: ARTICLE", {}, "2019-03-05"),
        ("kind: ARTICLE, retractedOn: 2019-03-03", {}, "2019-03-03"),
        ("kind: ARTICLE, retractedOn: 2019-04-01", {}, "2019-03-05"),
        # a newer one on the same day leaves nothing of it
        ("kind: ARTICLE", {"first": "2019-03-05"}, "2019-03-05"),
        # a day within those of an uncertain publication counts from the last of them
        ("kind: ARTICLE, retractedOn: 2019-03-02", {"first": "[2019-03-01..2019-03-04]"}, "2019-03-04"),
    ],
)
def test_a_source_is_withdrawn_from_the_day_of_its_retraction_or_of_a_newer_version(
    tmp_path: Path, first: str, days: dict[str, str], withdrawn: str
) -> None:
    made = record(tmp_path, {**SOURCES, "first": first}, {**DAYS, **days})
    day = date.fromisoformat(withdrawn)
    assert [made.sources["first"].withdrawn_on, made.sources["second"].withdrawn_on] == [day, None]
    assert [claim.withdrawn_on for claim in made.facts["hanoi-2019"].claims if claim.source == "first"] == [day]


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"first": "kind: ARTICLE, author: donald-trump"}, "5: first: author: only POST can have it, not ARTICLE"),
        (
            {"post": "kind: POST, url: 'https://example.org'"},
            "1: post: a POST must have either an author or an authorDescription",
        ),
        (
            {"post": SOURCES["post"] + ", authorDescription: he"},
            "1: post: a POST must have either an author or an authorDescription",
        ),
        ({"post": "kind: POST, author: donald-trump"}, "1: post: url is missing: a POST must have one"),
        ({"row": "kind: DATASET"}, "4: row: dataset is missing: a DATASET must have one"),
        ({"row": "kind: DATASET, dataset: trips"}, "4: row: dataset: there is no data set 'trips'"),
        (
            {"first": "kind: ARTICLE, cues: {p1: 't=1,2'}"},
            "5: first: cues: only RECORDING or TRANSCRIPT can have it, not ARTICLE",
        ),
        (
            {"first": "kind: ARTICLE, transcriptOf: recording"},
            "5: first: transcriptOf: only TRANSCRIPT can have it, not ARTICLE",
        ),
        (
            {"transcript": "kind: TRANSCRIPT, transcriptOf: post"},
            "3: transcript: transcriptOf: post is not a RECORDING",
        ),
        (
            {"first": "kind: ARTICLE, retractedOn: 2019-02-28"},
            "5: first: retractedOn: it is before publishedOn",
        ),
        (
            {"first": "kind: ARTICLE, retractedOn: soon"},
            "5: first: retractedOn: 'soon' is not a day such as 2019-04-18",
        ),
        ({"second": "kind: ARTICLE, supersedes: [third]"}, "6: second: supersedes: there is no Source 'third'"),
        (
            {"second": "kind: ARTICLE, supersedes: [second]"},
            "6: second: supersedes: second is not an older version of it",
        ),
        (
            {"recording": "kind: RECORDING, cues: {p1: 't=20,10'}"},
            "2: recording: cues: 't=20,10' does not end after its start",
        ),
    ],
)
def test_what_does_not_belong_together_is_told_with_its_line(
    tmp_path: Path, changed: dict[str, str], told: str
) -> None:
    assert f"sources.yaml:{told}" in problems(tmp_path, {**SOURCES, **changed})


def test_versions_do_not_go_round_and_none_is_older_than_what_it_replaces(tmp_path: Path) -> None:
    round_ = {"first": "kind: ARTICLE, supersedes: [second]"}
    (tmp_path / "round").mkdir()
    assert problems(tmp_path / "round", {**SOURCES, **round_}, {"second": DAY}) == [
        "sources.yaml:5: first: supersedes: second is not an older version of it",
        "sources.yaml:6: second: supersedes: first is not an older version of it",
    ]
    (tmp_path / "early").mkdir()
    assert problems(tmp_path / "early", SOURCES, {"second": "2019-02-01"}) == [
        "sources.yaml:6: second: supersedes: first was published later"
    ]


def test_a_passage_of_a_recording_has_a_time(tmp_path: Path) -> None:
    assert problems(tmp_path, meeting=MEETING.replace("recording p1-2", "recording p3")) == [
        "meetings.yaml:4: recording p3: no cue gives its time in the recording"
    ]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("t=10,20", (10, 20)),
        ("t=0,0.5", (0, 0.5)),
        ("t=1:02,1:02.25", (62, 62.25)),
        ("t=1:02:03,10:00:00", (3723, 36_000)),
    ],
)
def test_a_span_of_time(text: str, seconds: tuple[float, float]) -> None:
    assert parse_time_span(text) == TimeSpan(*seconds)


@pytest.mark.parametrize(
    "text", ["10,20", "t=10", "t=10,10", "t=,20", "t=1:60,2:00", "t=10,20s", "t=-1,2", "t=10,20\n"]
)
def test_what_is_no_span_of_time(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a time span|does not end after"):
        parse_time_span(text)


@pytest.mark.parametrize("text", ["2019-2-3", "2019-02-30", "20190203", "2019-02", "", "2019-02-03 "])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(ValueError, match="is not a day"):
        parse_day(text)
