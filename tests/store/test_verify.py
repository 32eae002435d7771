"""Reports on a document's coverage: a small record with every possible gap, and the command."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service.cli import app
from service.errors import SeedsInvalid, SettingsInvalid
from service.store.seeds import anchor
from service.store.verify import DocumentReport, Quotation, Sentence, verify

PAPER = """\
Leaders talk

Kim said “the road is long, very long”. Trump called it a “deal”.
“I go”, said Kim, “as he said ‹no› to me.” The mood was calm.
Photo: agency

He called it „a dream, and left. Nobody heard «it.

“Yes and no”, said Kim.
"""
RECORD = "The talks took place in Hanoi.\n“Extract”\n"

SOURCES = """\
paper:
  cite: paper
  document: paper.txt
  sha256: {paper}
  kind: ARTICLE
  language: en
  publishedOn: 2019-03-01
  publishedOnBasis: STATED
  unrecorded: {{p3: MOOD, p4: BOILERPLATE, p5s1 w1-2: ODD}}
record:
  cite: record
  document: record.txt
  sha256: {record}
  kind: OFFICIAL_RECORD
  language: en
  publishedOn: 2019-03-02
  publishedOnBasis: STATED
  unrecorded: {{p2: BOILERPLATE}}
"""
QUOTES = """\
kim-road-is-long: {text: {the road is long: [paper]}, language: en, form: PARTIAL, speaker: kim}
kim-very-long: {text: {very long: [paper]}, language: en, form: PARTIAL, speaker: kim}
kim-i-go: {text: {I go: [paper]}, language: en, form: DIRECT, speaker: kim}
kim-as-he-said: {text: {as he said ‹no› to me.: [paper]}, language: en, form: DIRECT, speaker: kim}
kim-a-dream: {text: {a dream: [paper]}, language: en, form: PARTIAL, speaker: kim}
kim-yes: {text: {"Yes": [paper]}, language: en, form: PARTIAL, speaker: kim}
kim-deal: {text: {It was a deal.: [paper p2s2]}, language: en, form: INDIRECT, speaker: kim}
"""
SEEDS = {
    "people.yaml": "kim: {names: {COMMON: {en: Kim}}}\ntrump: {names: {COMMON: {en: Trump}}}\n",
    "places.yaml": "hanoi: {names: {COMMON: {en: Hanoi}}, kind: CITY}\n",
    "quotes.yaml": QUOTES,
    "meetings.yaml": """\
hanoi-2019:
  level: LEADERS
  names: {COMMON: {en: Hanoi 2019}}
  existence: [record p1, paper p5s1 w1-3 +p3s1 w3-4]
  participants: {kim: PARTICIPANT, trump: PARTICIPANT}
""",
    "properties.yaml": "existence: {en: That there is it.}\ntext: {en: The words.}\n",
}

Write = Callable[..., tuple[Path, Path]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the documents and the seeds, anchored, some with other text."""

    def write_files(**changed: str) -> tuple[Path, Path]:
        seeds, corpus = tmp_path / "seeds", tmp_path / "corpus"
        texts = {"paper": PAPER, "record": RECORD} | changed
        for folder in (seeds, corpus):
            folder.mkdir(exist_ok=True)
        hashes = {}
        for name in ("paper", "record"):
            (corpus / f"{name}.txt").write_text(texts[name], encoding="utf-8", newline="")
            hashes[name] = sha256(texts[name].encode()).hexdigest()
        for name, text in (SEEDS | {"sources.yaml": changed.get("sources", SOURCES).format(**hashes)}).items():
            (seeds / name).write_text(text, encoding="utf-8")
        (seeds / "anchors.lock").write_text(anchor(seeds, corpus), encoding="utf-8")
        return seeds, corpus

    return write_files


def run_verify(seeds: Path, *arguments: object) -> Result:
    """Return the command's output for these seeds, and its exit code."""
    return CliRunner().invoke(app, ["verify", *map(str, arguments)], env={"GIPFELBUCH_SEEDS": str(seeds)})


def test_every_sentence_is_told_with_its_claims_or_the_reason(write: Write) -> None:
    assert verify(*write())[0].sentences == (
        Sentence("p1s1", "Leaders talk", 0, None),
        Sentence("p2s1", "Kim said “the road is long, very long”.", 2, None),
        Sentence("p2s2", "Trump called it a “deal”.", 1, None),
        Sentence("p3s1", "“I go”, said Kim, “as he said ‹no› to me.”", 3, "MOOD"),
        Sentence("p3s2", "The mood was calm.", 0, "MOOD"),
        Sentence("p4s1", "Photo: agency", 0, "BOILERPLATE"),
        Sentence("p5s1", "He called it „a dream, and left.", 2, None),
        Sentence("p5s2", "Nobody heard «it.", 0, None),
        Sentence("p6s1", "“Yes and no”, said Kim.", 1, None),
    )


def test_every_quotation_is_told_with_the_quotes_that_record_all_of_it(write: Write) -> None:
    assert verify(*write())[0].quotations == (
        Quotation("p2s1 w3-8", "the road is long, very long", ("kim-road-is-long", "kim-very-long"), None),
        Quotation("p2s2 w5", "deal", (), None),
        Quotation("p3s1 w1-2", "I go", ("kim-i-go",), "MOOD"),
        Quotation("p3s1 w5-10", "as he said ‹no› to me.", ("kim-as-he-said",), "MOOD"),
        Quotation("p3s1 w8", "no", (), "MOOD"),
        Quotation("p5s1", "„", ("kim-a-dream",), None),
        Quotation("p5s2", "«", (), None),
        Quotation("p6s1 w1-3", "Yes and no", (), None),
    )


def test_what_is_missing_is_a_fault_and_a_needless_reason_a_note(write: Write) -> None:
    report = verify(*write())[0]
    assert report.faults == [
        "p2s2 w5: no quote records 'deal'",
        "p5s2: no quote records '«'",
        "p6s1 w1-3: no quote records 'Yes and no'",
        "p1s1: neither cited nor explained",
        "p5s2: neither cited nor explained",
    ]
    assert report.notes == (
        "p3 is left out (MOOD), but claims cite p3s1",
        "p5s1 w1-2 is left out (ODD), but it contains no whole sentence",
    )


def test_characters_are_counted_once_and_without_white_space(write: Write) -> None:
    paper, record = verify(*write())
    deal = "Trump called it a “deal”."
    cited = [
        "the road is long",
        "very long",
        deal,
        "I go",
        "said Kim",
        "as he said ‹no› to me.",
        "He called it",
        "a dream",
    ]
    assert paper.characters == len("".join(PAPER.split()))
    assert paper.cited == len("".join("".join([*cited, "Yes"]).split()))
    assert (record.cited, record.characters, record.share) == (25, 34, 25 / 34)
    assert DocumentReport("empty", "empty.txt").share == 0


def test_a_document_that_is_covered_has_no_fault(write: Write) -> None:
    record = verify(*write())[1]
    assert record == DocumentReport(
        source="record",
        document="record.txt",
        sentences=(
            Sentence("p1s1", "The talks took place in Hanoi.", 1, None),
            Sentence("p2s1", "“Extract”", 0, "BOILERPLATE"),
        ),
        quotations=(Quotation("p2s1 w1", "Extract", (), "BOILERPLATE"),),
        characters=34,
        cited=25,
    )
    assert record.faults == []


def test_a_passage_with_another_text_fails_and_cites_nothing(write: Write) -> None:
    seeds, corpus = write()
    changed = RECORD.replace("took", "take")
    (corpus / "record.txt").write_text(changed, encoding="utf-8")
    report = verify(seeds, corpus)[1]
    assert report.faults == [
        f"it is not the document that was anchored: its SHA-256 is {sha256(changed.encode()).hexdigest()}",
        "characters 0-30 differ from the text anchored for hanoi-2019",
        "p1s1: neither cited nor explained",
    ]
    assert report.cited == 0


def test_a_document_that_has_lost_its_end_is_told_of(write: Write) -> None:
    seeds, corpus = write()
    (corpus / "record.txt").write_text("The talks took place in Hanoi.\n", encoding="utf-8")
    report = verify(seeds, corpus)[1]
    assert [fault.partition(":")[0] for fault in report.faults] == ["it is not the document that was anchored"]


def test_a_letter_that_nobody_cites_fails_too(write: Write) -> None:
    seeds, corpus = write()
    (corpus / "record.txt").write_text(RECORD.replace("Extract", "extract"), encoding="utf-8")
    report = verify(seeds, corpus)[1]
    assert [fault.partition(":")[0] for fault in report.faults] == ["it is not the document that was anchored"]


def test_a_document_that_is_not_there_is_not_covered(write: Write) -> None:
    seeds, corpus = write()
    (corpus / "record.txt").unlink()
    assert verify(seeds, corpus)[1] == DocumentReport("record", "record.txt", failed=("it is not in the corpus",))


def test_a_lock_that_does_not_fit_the_document_is_refused(write: Write) -> None:
    seeds, corpus = write()
    lock = seeds / "anchors.lock"
    lock.write_text(lock.read_text(encoding="utf-8").replace("record p1 0 30", "record p1 0 29"), encoding="utf-8")
    with pytest.raises(SeedsInvalid):
        verify(seeds, corpus)
    done = run_verify(seeds, "--corpus", corpus)
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        "The seeds contain mistakes, so nothing was verified:",
        "meetings.yaml:4: record p1: the lock has different text: run `gipfelbuch anchor`",
    ]


def test_the_command_shows_all_and_fails_where_something_is_missing(write: Write) -> None:
    seeds, corpus = write()
    done = run_verify(seeds, "--corpus", corpus)
    assert (done.exit_code, done.stderr) == (1, "")
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    for line in (
        "paper.txt: 9 sentences, 4 of them without a claim; 8 quotations; claims cite 47.8% of the characters.",
        "p2s1 w3-8    kim-road-is-long   the road is long, very long",
        "             kim-very-long",
        "p4s1       BOILERPLATE   Photo: agency",
        "Note: p3 is left out (MOOD), but claims cite p3s1",
        "Fault: p1s1: neither cited nor explained",
        "paper              9       5          2            8          4              47.8%        5",
        "record             2       1          1            1          0              73.5%        0",
        "5 faults in 2 documents.",
    ):
        assert line in lines


def test_the_command_says_when_nothing_is_missing(write: Write) -> None:
    reasons = "unrecorded: {{p1: NO_ASSERTION, p2-3: MOOD, p4: BOILERPLATE, p5-6: ODD}}"
    sources = SOURCES.replace("unrecorded: {{p3: MOOD, p4: BOILERPLATE, p5s1 w1-2: ODD}}", reasons)
    seeds, corpus = write(sources=sources)
    done = run_verify(seeds, "--corpus", corpus)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == (
        "Every passage is unchanged; every quotation and every sentence of 2 documents is recorded or explained."
    )


def test_the_command_needs_to_know_where_the_documents_lie(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds, _ = write()
    monkeypatch.delenv("GIPFELBUCH_CORPUS", raising=False)
    refused = run_verify(seeds).exception
    assert isinstance(refused, SettingsInvalid)
    assert refused.message == "The folder of the documents is not set: use --corpus or GIPFELBUCH_CORPUS."
