"""The seeds, read into the record and anchored: a small record of three documents."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from service.errors import SeedsInvalid
from service.store.enums import TextAccess
from service.store.record.record import Claim, Conflict, Fact, Involvement, Name, Passage, Source, Step, Unnamed
from service.store.record.slugs import claim_slug
from service.store.seeds import anchor, read

PAPER = """\
Leaders meet in Hanoi

Kim met Trump yesterday in Hanoi. He called it "a long
road", the agency KCNA reported on Thursday.
It was "very good", Kim said. Kim said "very good" again.

Photo: agency
"""
RECORD = """\
The talks took place on April 17, 2019 in Hanoi.
The two leaders signed a joint statement.
"""
LATER = "In April 2019 the two met in Vietnam, and no agreement was reached.\n"

DOCUMENTS = {"day_paper.txt": PAPER, "records/white-house-1.txt": RECORD, "later_paper.txt": LATER}
HASHES = {path: sha256(text.encode()).hexdigest() for path, text in DOCUMENTS.items()}

SEEDS = {
    "sources.yaml": f"""\
day-paper:
  cite: day
  document: day_paper.txt
  sha256: {HASHES["day_paper.txt"]}
  kind: ARTICLE
  language: en
  outlet: daily
  outletBasis: INFERRED
  publishedOn: 2019-04-18
  publishedOnBasis: INFERRED
  credits: [kcna]
  roles: {{HEADLINE: [p1], BOILERPLATE: [p5]}}
  unrecorded: {{p5: a credit}}
white-house-1:
  cite: record
  document: records/white-house-1.txt
  sha256: {HASHES["records/white-house-1.txt"]}
  kind: OFFICIAL_RECORD
  language: en
  publishedOn: 2019-04-20
  publishedOnBasis: STATED
  title: Talks
  url: https://example.org/1
later-paper:
  cite: later
  document: later_paper.txt
  sha256: {HASHES["later_paper.txt"]}
  kind: ARTICLE
  language: en
  publishedOn: "[2021-02-21,2021-02-22]"
  publishedOnBasis: INFERRED
""",
    "people.yaml": """\
kim-jong-un:
  names: {COMMON: {en: Kim Jong Un, ko-Kore: 김정은}, ALIAS: {en: [Kim]}}
  country: north-korea
  wikidata: Q56226
  leads: "record p2"
donald-trump:
  names: {COMMON: {en: Donald Trump}, ALIAS: {en: Trump}}
""",
    "organisations.yaml": """\
kcna: {names: {COMMON: {en: KCNA}}, kind: NEWS_AGENCY, country: north-korea}
daily: {names: {COMMON: {en: The Daily}}, kind: NEWSPAPER}
""",
    "countries.yaml": """\
north-korea: {names: {COMMON: {en: North Korea}}, code: KP, alpha3: PRK}
vietnam: {names: {COMMON: {en: Vietnam}}, code: VN, alpha3: VNM}
""",
    "places.yaml": """\
vietnam: {names: {COMMON: {en: Vietnam}}, kind: COUNTRY, country: vietnam}
hanoi:
  names: {COMMON: {en: Hanoi}}
  kind: CITY
  country: vietnam
  partOf: vietnam
  latitude: 21.02
  longitude: 105.84
  timezone: Asia/Ho_Chi_Minh
""",
    "meetings.yaml": """\
hanoi-2019:
  level: LEADERS
  names: {COMMON: {en: Hanoi 2019}}
  existence: [day p2s1, record p1, later p1]
  participants:
    kim-jong-un: PARTICIPANT
    donald-trump: {PARTICIPANT: [day p2s1], HOST: [later p1 maybe]}
  status:
    SCHEDULED from 2019-04 by kim-jong-un: [later p1 told]
    HELD from 2019-04-17: [day p2s1 relative, record p1]
    HELD from 2019-04: [later p1]
  outcome:
    JOINT_STATEMENT: [record p2]
    NO_AGREEMENT:
      - cite: "later p1s1 w10-13 told via \\"others\\" > kcna:WITNESS"
        note: {en: Others say so.}
  place: {hanoi: [day p2s1], vietnam: [later p1]}
  reason: {~: [later p1]}
  mood: {calm: [later p1]}
  summary: {en: A meeting.}
""",
    "quotes.yaml": """\
kim-jong-un-long-road:
  text: {a long road: [day +p4s1 told via kim-jong-un > kcna@p2-3s2]}
  language: en
  form: PARTIAL
  speaker: kim-jong-un
  about: [donald-trump]
  aboutFacts: [hanoi-2019]
  meeting: hanoi-2019
  translation: {de: ein langer Weg}
kim-jong-un-good:
  text: {very good: [day p4s1 via kim-jong-un, day p4s2 2nd]}
  language: en
  form: PARTIAL
  speaker: {kim-jong-un: [day p4s1]}
  variants: [kim-jong-un-long-road]
later-no-agreement:
  text: {There was nothing signed.: [later p1]}
  language: en
  form: INDIRECT
  speakerDescription: the paper
""",
    "conflicts.yaml": """\
hanoi-2019-outcome:
  property: outcome
  basis: VALUE
  note: {en: Signed or not.}
  claims: [hanoi-2019 outcome record, hanoi-2019 outcome later]
""",
    "properties.yaml": """\
existence: {en: That there is it.}
status: {en: How matters stand.}
outcome: {en: What came of it.}
place: {en: Where.}
participant: {en: Who.}
host: {en: Who was host.}
text: {en: The words.}
speaker: {en: Who said it.}
reason: {en: Why.}
mood: {en: How they felt.}
""",
}

Write = Callable[..., Path]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return the folder of the documents."""
    for path, text in DOCUMENTS.items():
        (tmp_path / "corpus" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "corpus" / path).write_text(text, encoding="utf-8", newline="")
    return tmp_path / "corpus"


@pytest.fixture
def write(tmp_path: Path, corpus: Path) -> Write:
    """Write the seeds, some files with other text, and anchor them unless told not to."""

    def write_files(changed: dict[str, str] | None = None, *, anchored: bool = True) -> Path:
        folder = tmp_path / "seeds"
        folder.mkdir(exist_ok=True)
        for name, text in {**SEEDS, **(changed or {})}.items():
            (folder / name).write_text(text, encoding="utf-8")
        if anchored:
            (folder / "anchors.lock").write_text(anchor(folder, corpus), encoding="utf-8")
        return folder

    return write_files


def passage(source: str, words: str, text: str, paragraph: int, role: str = "BODY") -> Passage:
    """Return the unchecked passage of a source where these words first occur."""
    start = text.index(words)
    digest = sha256(words.encode()).hexdigest()
    return Passage(source, start, start + len(words), paragraph, role, digest)


DAY_MET = passage("day-paper", "Kim met Trump yesterday in Hanoi.", PAPER, 2)
RECORD_PLACE = passage("white-house-1", "The talks took place on April 17, 2019 in Hanoi.", RECORD, 1)
RECORD_SIGNED = passage("white-house-1", "The two leaders signed a joint statement.", RECORD, 2)
LATER_ALL = passage("later-paper", LATER.strip(), LATER, 1)
UNNAMED = Step("OUTLET", description="unnamed outlet")


def claim(property: str, value: str | None, where: Passage, slug: str, **further: object) -> Claim:
    """Return a claim of hanoi-2019; `slug` is the part of it after the fact."""
    days = {"day-paper": date(2019, 4, 18), "white-house-1": date(2019, 4, 20)}
    plain = Claim(
        slug=f"{where.source}-hanoi-2019-{slug}",
        fact="hanoi-2019",
        property=property,
        value=value,
        source=where.source,
        reported_on=days.get(where.source, date(2021, 2, 22)),
        passage=where,
        steps=(Step("OUTLET", "daily") if where.source == "day-paper" else UNNAMED,),
        position=1,
    )
    return replace(plain, **further)  # type: ignore[arg-type]


def expected_hanoi() -> Fact:
    """Return the meeting as it must be read."""
    claims = (
        claim("existence", None, DAY_MET, "existence"),
        claim("existence", None, RECORD_PLACE, "existence"),
        claim("existence", None, LATER_ALL, "existence"),
        claim("participant", "donald-trump", DAY_MET, "participant-donald-trump", value_typename="Person"),
        claim(
            "host",
            "donald-trump",
            LATER_ALL,
            "host-donald-trump",
            value_typename="Person",
            factuality="POSSIBLE",
        ),
        claim(
            "status",
            "SCHEDULED",
            LATER_ALL,
            "status-scheduled",
            factuality="UNCOMMITTED",
            effective="2019-04",
            by="kim-jong-un",
        ),
        claim("status", "HELD", DAY_MET, "status-held", basis="RELATIVE", effective="2019-04-17"),
        claim("status", "HELD", RECORD_PLACE, "status-held", effective="2019-04-17"),
        claim("status", "HELD", LATER_ALL, "status-held", effective="2019-04", position=2),
        claim("outcome", "JOINT_STATEMENT", RECORD_SIGNED, "outcome-joint-statement"),
        claim(
            "outcome",
            "NO_AGREEMENT",
            passage("later-paper", "no agreement was reached", LATER, 1),
            "outcome-no-agreement",
            factuality="UNCOMMITTED",
            steps=(Step("UTTERER", description="others"), Step("WITNESS", "kcna"), UNNAMED),
            note={"en": "Others say so."},
        ),
        claim("place", "hanoi", DAY_MET, "place-hanoi", value_typename="Place"),
        claim("place", "vietnam", LATER_ALL, "place-vietnam", value_typename="Place"),
        claim("reason", None, LATER_ALL, "reason-unknown"),
        claim("mood", "calm", LATER_ALL, "mood-calm"),
    )
    return Fact(
        slug="hanoi-2019",
        typename="Summit",
        claims=claims,
        fields={"level": "LEADERS"},
        involvements=(
            Involvement("PARTICIPANT", "kim-jong-un", tuple(one.slug for one in claims[:3])),
            Involvement("PARTICIPANT", "donald-trump", (claims[3].slug,)),
            Involvement("HOST", "donald-trump", (claims[4].slug,)),
        ),
        names=(Name("Hanoi 2019", "en", "COMMON", {}),),
        summary={"en": "A meeting."},
        file="meetings.yaml",
        line=1,
    )


def test_a_meeting_is_read_with_every_claim(write: Write) -> None:
    assert read(write()).facts["hanoi-2019"] == expected_hanoi()


def test_sources_actors_and_places_are_read(write: Write) -> None:
    record = read(write())
    assert record.sources["day-paper"] == Source(
        slug="day-paper",
        document="day_paper.txt",
        kind="ARTICLE",
        language="en",
        published="2019-04-18",
        published_basis="INFERRED",
        reported_on=date(2019, 4, 18),
        sha256=HASHES["day_paper.txt"],
        outlet="daily",
        outlet_basis="INFERRED",
        credits=("kcna",),
    )
    assert record.sources["later-paper"].reported_on == date(2021, 2, 22)
    kim = record.actors["kim-jong-un"]
    assert (kim.typename, kim.country, kim.wikidata, kim.is_leader) == ("Person", "north-korea", "Q56226", True)
    assert kim.names == (
        Name("Kim Jong Un", "en", "COMMON", {}),
        Name("김정은", "ko-Kore", "COMMON", {}),
        Name("Kim", "en", "ALIAS", {"day-paper": 3}),
    )
    assert record.actors["kcna"].organisation_kind == "NEWS_AGENCY"
    assert (record.actors["vietnam"].country, record.actors["vietnam"].alpha3) == ("vietnam", "VNM")
    place = record.places["hanoi"]
    assert (place.kind, place.country, place.part_of) == ("CITY", "vietnam", "vietnam")
    assert (place.latitude, place.longitude, place.timezone) == (21.02, 105.84, "Asia/Ho_Chi_Minh")
    assert place.names[0].occurrences == {"day-paper": 2, "white-house-1": 1}
    assert record.properties["mood"] == {"en": "How they felt."}


def test_words_are_found_by_themselves_and_across_a_line_break(write: Write) -> None:
    quote = read(write()).facts["kim-jong-un-long-road"]
    (text,) = quote.claims
    broken = passage("day-paper", "a long\nroad", PAPER, 2)
    assert (text.value, text.passage) == ("a long road", broken)
    assert text.context == (passage("day-paper", 'It was "very good", Kim said.', PAPER, 4),)
    told = 'He called it "a long\nroad", the agency KCNA reported on Thursday.'
    agency = Step("AGENCY", "kcna", None, passage("day-paper", told, PAPER, 2))
    assert text.steps == (Step("UTTERER", "kim-jong-un"), agency, Step("OUTLET", "daily"))
    assert quote.fields == {
        "language": "en",
        "form": "PARTIAL",
        "speaker": "kim-jong-un",
        "about": ("donald-trump",),
        "aboutFacts": ("hanoi-2019",),
        "meeting": "hanoi-2019",
        "translation": {"de": "ein langer Weg"},
    }
    assert quote.involvements == (
        Involvement("SPEAKER", "kim-jong-un", (text.slug,)),
        Involvement("ABOUT", "donald-trump", (text.slug,)),
    )


def test_the_address_says_which_of_the_same_words_are_meant(write: Write) -> None:
    first, second, speaker = read(write()).facts["kim-jong-un-good"].claims
    assert first.passage.start == PAPER.index("very good")
    assert second.passage.start == PAPER.rindex("very good")
    assert (first.position, second.position) == (1, 1)
    assert (speaker.property, speaker.value_typename) == ("speaker", "Person")


def test_a_paraphrase_is_not_looked_for(write: Write) -> None:
    (text,) = read(write()).facts["later-no-agreement"].claims
    assert text.passage == LATER_ALL


def test_a_relationship_involves_both_parties_and_its_state_has_a_time(write: Write) -> None:
    relationship = (
        "donald-trump--kim-jong-un: {existence: [day p2s1], state: {calm by now from 2019-04/..: [day p3]}}\n"
    )
    properties = SEEDS["properties.yaml"] + "state: {en: How it is.}\n"
    seeds = write({"relationships.yaml": relationship, "properties.yaml": properties})
    fact = read(seeds).facts["donald-trump--kim-jong-un"]
    existence, state = fact.claims
    assert existence.slug == "day-paper-donald-trump-kim-jong-un-existence"
    assert (state.value, state.effective, state.by) == ("calm by now", "2019-04/..", None)
    assert fact.typename == "Relationship"
    assert fact.involvements == (
        Involvement("PARTY", "donald-trump", (existence.slug,)),
        Involvement("PARTY", "kim-jong-un", (existence.slug,)),
    )


def test_an_office_may_be_told_with_its_holder_and_its_title(write: Write) -> None:
    office = """\
kim-jong-un-leader:
  existence: [day p4s1]
  person: {kim-jong-un: [day p4s1]}
  title: {Leader: [day p4s2], "in charge": [day p4s2 maybe]}
  of: north-korea
  terms: {"2": [day p4s2]}
"""
    properties = "holder: {en: Who.}\ntitle: {en: What.}\nterms: {value: number, en: How many.}\n"
    seeds = write({"offices.yaml": office, "properties.yaml": SEEDS["properties.yaml"] + properties})
    fact = read(seeds).facts["kim-jong-un-leader"]
    assert fact.fields == {"of": "north-korea"}
    assert [(one.property, one.value, one.value_typename, one.position) for one in fact.claims] == [
        ("existence", None, None, 1),
        ("holder", "kim-jong-un", "Person", 1),
        ("title", "Leader", None, 1),
        ("title", "in charge", None, 2),
        ("terms", "2", None, 1),
    ]
    assert fact.involvements == (Involvement("HOLDER", "kim-jong-un", (fact.claims[1].slug,)),)


def test_a_conflict_holds_the_claims_that_it_names(write: Write) -> None:
    record = read(write())
    claims = tuple(one.slug for one in expected_hanoi().claims if one.property == "outcome")
    note = {"en": "Signed or not."}
    assert record.conflicts == {"hanoi-2019-outcome": Conflict("hanoi-2019-outcome", "outcome", "VALUE", claims, note)}


def test_delegates_interpreters_the_unnamed_and_what_somebody_is_called_are_read(write: Write) -> None:
    plain = "kim-jong-un: DELEGATE for vietnam"
    cited = "donald-trump: {DELEGATE for vietnam: [day p2s1], DELEGATE: [later p1 maybe]}"
    changed = SEEDS["meetings.yaml"].replace("kim-jong-un: PARTICIPANT", plain)
    changed = changed.replace("donald-trump: {PARTICIPANT: [day p2s1], HOST: [later p1 maybe]}", cited)
    changed += """\
  unnamed:
    an aide: INTERPRETER for kim-jong-un
    guards: {3 PARTICIPANT: [record p1], PARTICIPANT: [later p1]}
  designations:
    kim-jong-un: {ruler: [day p2s1]}
  setting: {BILATERAL: [day p2s1]}
  places: {hanoi: [day p2s1], vietnam: [later p1]}
"""
    terms = "".join(
        f"{term}: {{en: A term.}}\n" for term in ("delegate", "interpreter", "designation", "setting", "places")
    )
    fact = read(write({"meetings.yaml": changed, "properties.yaml": SEEDS["properties.yaml"] + terms})).facts[
        "hanoi-2019"
    ]
    claims = {claim.slug: claim for claim in fact.claims}
    existence = tuple(claim.slug for claim in fact.claims if claim.property == "existence")
    kim, trump = fact.involvements
    assert kim == Involvement("DELEGATE", "kim-jong-un", existence, "vietnam")
    told = [claims[slug] for slug in trump.claims]
    assert [(one.property, one.value, one.source, one.on_behalf_of) for one in told] == [
        ("delegate", "donald-trump", "day-paper", "vietnam"),
        ("delegate", "donald-trump", "later-paper", None),
    ]
    aide, three, several = fact.unnamed
    assert aide == Unnamed("INTERPRETER", "an aide", existence, None, "kim-jong-un")
    assert [(one.role, one.description, one.count) for one in (three, several)] == [
        ("PARTICIPANT", "guards", 3),
        ("PARTICIPANT", "guards", None),
    ]
    assert [(claims[slug].property, claims[slug].value) for slug in three.claims] == [("participant", "guards")]
    called = [(claim.value, claim.designates) for claim in fact.claims if claim.property == "designation"]
    assert called == [("ruler", "kim-jong-un")]
    assert [claim.value for claim in fact.claims if claim.property == "places"] == ["hanoi", "vietnam"]


def test_a_word_by_which_an_office_is_told_is_that_of_its_holder(write: Write) -> None:
    office = """\
kim-ruler:
  person: kim-jong-un
  title: {en: Ruler}
  existence: [day p2s1]
  designation: {ruler: [day p2s1]}
"""
    terms = "designation: {en: A word.}\n"
    seeds = write({"offices.yaml": office, "properties.yaml": SEEDS["properties.yaml"] + terms})
    called = [claim for claim in read(seeds).facts["kim-ruler"].claims if claim.property == "designation"]
    assert [(claim.value, claim.designates) for claim in called] == [("ruler", "kim-jong-un")]


def test_a_passage_has_the_role_of_what_it_stands_in(write: Write) -> None:
    changed = SEEDS["meetings.yaml"].replace("existence: [day p2s1", "existence: [day p1, day p2s1 2nd")
    claims = read(write({"meetings.yaml": changed})).facts["hanoi-2019"].claims
    assert [(one.passage.role, one.position) for one in claims[:2]] == [("HEADLINE", 1), ("BODY", 2)]


@pytest.mark.parametrize(
    ("value", "slug"),
    [
        (None, "s-f-q-planned-date-unknown"),
        ("NO_AGREEMENT", "s-f-q-planned-date-no-agreement"),
        ("2019-04-25", "s-f-q-planned-date-2019-04-25"),
        ("Größe, Kim's wish", "s-f-q-planned-date-grosse-kim-s-wish"),
        ("[2019-04-23,2019-04-24]", "s-f-q-planned-date-2019-04-23-2019-04-24-69f0f9e3"),
        ("2019-02-28/..", "s-f-q-planned-date-2019-02-28-947096b0"),
        ("Ким", "s-f-q-planned-date-dbbb0aeb"),
        ("a" * 40, f"s-f-q-planned-date-{'a' * 40}"),
        ("a" * 41, f"s-f-q-planned-date-{'a' * 40}-c0f8bd4d"),
    ],
)
def test_a_claim_is_called_by_what_it_says(value: str | None, slug: str) -> None:
    assert claim_slug("s", "f--q", "plannedDate", value) == slug


# ------------------------------------------------------------------ documents and the lock


def test_the_lock_keeps_positions_and_counts_but_no_text(write: Write) -> None:
    lock = (write() / "anchors.lock").read_text(encoding="utf-8").splitlines()
    signed = sha256(b"The two leaders signed a joint statement.").hexdigest()
    words = sha256(b"a long road").hexdigest()[:16]
    broken = sha256(b"a long\nroad").hexdigest()
    start = PAPER.index("a long")
    assert f"record p2 49 90 2 {signed}" in lock
    assert f"day document 0 {len(PAPER)} 1 {HASHES['day_paper.txt']}" in lock
    assert f"day words:{words}#1 {start} {start + 11} 2 {broken}" in lock
    assert [line for line in lock if " | " in line and line[0] != "#"] == [
        "day | Hanoi | 2",
        "day | KCNA | 1",
        "day | Kim | 3",
        "day | Trump | 1",
        "later | Vietnam | 1",
        "record | Hanoi | 1",
    ]
    assert [line.split()[1] for line in lock if line.startswith("day ") and " | " not in line] == [
        "p1",
        "document",
        "p2s1",
        "p2-3s2",
        f"words:{words}#1",
        "p4s1",
        f"words:{sha256(b'very good').hexdigest()[:16]}#1",
        "p4s2",
        f"words:{sha256(b'very good').hexdigest()[:16]}#2",
        "p5",
    ]


def test_with_the_documents_passages_are_verified(write: Write, corpus: Path) -> None:
    passages = [one.passage for one in read(write(), corpus).facts["hanoi-2019"].claims]
    assert passages[1] == replace(RECORD_PLACE, exact=RECORD.splitlines()[0], state="VERIFIED")
    assert {one.state for one in passages} == {"VERIFIED"}


def test_another_text_of_a_document_leaves_orphans_and_is_not_searched(write: Write, corpus: Path) -> None:
    seeds = write()
    other = RECORD.replace("two leaders", "2 leaders")
    (corpus / "records/white-house-1.txt").write_text(other, encoding="utf-8")
    claims = {one.property: one for one in read(seeds, corpus).facts["hanoi-2019"].claims if "white" in one.source}
    assert claims["status"].passage == replace(RECORD_PLACE, exact=RECORD.splitlines()[0], state="VERIFIED")
    signed = "The 2 leaders signed a joint statement.\n"
    assert claims["outcome"].passage == replace(RECORD_SIGNED, exact=signed, state="ORPHAN")


@pytest.mark.parametrize(
    ("written", "shown", "words", "text"),
    [
        ("WHOLE", TextAccess.WHOLE, True, True),
        ("WHOLE", TextAccess.PASSAGES, True, False),
        ("PASSAGES", TextAccess.WHOLE, True, False),
        ("NONE", TextAccess.WHOLE, False, False),
        (None, TextAccess.WHOLE, True, False),
    ],
)
def test_no_more_of_a_text_is_read_than_may_be_shown(
    write: Write, corpus: Path, written: str | None, shown: TextAccess, words: bool, text: bool
) -> None:
    seeds = write()
    line = f"\n  text: {written}" if written else ""
    file = seeds / "sources.yaml"
    file.write_text(file.read_text().replace("cite: record", f"cite: record{line}"))
    record = read(seeds, corpus, shown=shown)
    passage = next(one.passage for one in record.facts["hanoi-2019"].claims if "white" in one.source)
    assert (passage.state, passage.exact is not None) == ("VERIFIED", words)
    assert record.texts == ({"white-house-1": RECORD} if text else {})


def test_another_text_of_a_document_is_not_shown_whole(write: Write, corpus: Path) -> None:
    seeds = write()
    file = seeds / "sources.yaml"
    file.write_text(file.read_text().replace("cite: record", "cite: record\n  text: WHOLE"))
    (corpus / "records/white-house-1.txt").write_text(RECORD.replace("two", "2"), encoding="utf-8")
    assert read(seeds, corpus).texts == {}


def test_without_one_of_the_documents_its_passages_are_unchecked(write: Write, corpus: Path) -> None:
    seeds = write()
    (corpus / "later_paper.txt").unlink()
    states = [one.passage.state for one in read(seeds, corpus).facts["hanoi-2019"].claims[:3]]
    assert states == ["VERIFIED", "VERIFIED", "UNCHECKED"]


def problems_of(seeds: Path, corpus: Path | None = None) -> list[str]:
    with pytest.raises(SeedsInvalid) as refused:
        read(seeds, corpus)
    return refused.value.problems


def test_a_lock_that_does_not_fit_the_document_is_a_mistake(write: Write, corpus: Path) -> None:
    seeds = write()
    lock = (seeds / "anchors.lock").read_text(encoding="utf-8")
    (seeds / "anchors.lock").write_text(lock.replace("record p2 49 90", "record p2 49 89"), encoding="utf-8")
    assert problems_of(seeds, corpus) == [
        "meetings.yaml:13: record p2: the lock has different text: run `gipfelbuch anchor`",
        "people.yaml:5: record p2: the lock has different text: run `gipfelbuch anchor`",
    ]


def test_what_is_not_anchored_is_a_mistake(write: Write, corpus: Path) -> None:
    seeds = write()
    (seeds / "meetings.yaml").write_text(
        SEEDS["meetings.yaml"].replace("[record p2]", "[record p1s1]").replace("mood: {calm: [later p1]}", ""),
        encoding="utf-8",
    )
    (seeds / "quotes.yaml").write_text(SEEDS["quotes.yaml"].replace("a long road:", "a road:"), encoding="utf-8")
    assert problems_of(seeds) == [
        "meetings.yaml:13: record: p1s1 is not anchored: run `gipfelbuch anchor`",
        "quotes.yaml:2: day: 'a road' is not anchored: run `gipfelbuch anchor`",
    ]
    assert problems_of(seeds, corpus) == [
        "meetings.yaml:13: record: p1s1 is not anchored: run `gipfelbuch anchor`",
        "quotes.yaml:2: day_paper.txt does not contain these words: 'a road'",
    ]


def test_a_missing_lock_is_one_mistake(write: Write) -> None:
    assert problems_of(write(anchored=False)) == ["anchors.lock:1: it is missing: run `gipfelbuch anchor`"]


def test_a_lock_of_another_document_is_a_mistake(write: Write) -> None:
    seeds = write()
    other = SEEDS["sources.yaml"].replace(HASHES["later_paper.txt"], "0" * 64)
    (seeds / "sources.yaml").write_text(other, encoding="utf-8")
    assert problems_of(seeds) == [
        "sources.yaml:24: later: the lock is of a different document: run `gipfelbuch anchor`"
    ]


def test_anchoring_tells_what_the_documents_do_not_hold(write: Write, corpus: Path) -> None:
    meetings = SEEDS["meetings.yaml"].replace("[record p2]", "[record p3]").replace("LEADERS", "NOBODY")
    quotes = SEEDS["quotes.yaml"].replace("[day p4s1 via kim-jong-un, day p4s2 2nd]", "[day]")
    seeds = write({"meetings.yaml": meetings, "quotes.yaml": quotes}, anchored=False)
    (corpus / "later_paper.txt").write_text("Something else.\n", encoding="utf-8")
    with pytest.raises(SeedsInvalid) as refused:
        anchor(seeds, corpus)
    other = sha256(b"Something else.\n").hexdigest()
    assert refused.value.problems == [
        "meetings.yaml:13: records/white-house-1.txt: p3: the document has 2 paragraphs",
        "meetings.yaml:15: later_paper.txt: p1s1 w10-13: p1s1 has 2 words",
        "quotes.yaml:11: 'very good' occurs 2 times in day: give an address that contains only one of them",
        f"sources.yaml:24: later_paper.txt is a different document: its SHA-256 is {other}",
    ]


def test_anchoring_does_not_pass_over_a_file_that_cannot_be_read(write: Write, corpus: Path) -> None:
    seeds = write({"quotes.yaml": "a: {b: [}\n"}, anchored=False)
    with pytest.raises(SeedsInvalid) as refused:
        anchor(seeds, corpus)
    assert refused.value.problems == ["quotes.yaml:1: it is not YAML: did not find expected node content"]


# ------------------------------------------------------------------ as of a day


def test_only_what_was_published_by_a_day_is_left(write: Write) -> None:
    record = read(write(), published_by=date(2019, 4, 19))
    full = expected_hanoi()
    assert set(record.sources) == {"day-paper"}
    assert set(record.facts) == {"hanoi-2019", "kim-jong-un-long-road", "kim-jong-un-good"}
    claims = tuple(one for one in full.claims if one.source == "day-paper")
    assert record.facts["hanoi-2019"] == replace(
        full,
        claims=claims,
        involvements=(
            Involvement("PARTICIPANT", "kim-jong-un", (claims[0].slug,)),
            Involvement("PARTICIPANT", "donald-trump", (claims[1].slug,)),
        ),
        summary=None,
    )
    assert record.conflicts == {}
    assert record.places["hanoi"].names[0].occurrences == {"day-paper": 2}


def test_references_to_facts_that_nobody_had_told_are_left_out(write: Write) -> None:
    meetings = SEEDS["meetings.yaml"].replace("day p2s1 relative, ", "").replace("[day p2s1, record", "[record")
    meetings = meetings.replace("PARTICIPANT: [day p2s1], ", "").replace("hanoi: [day p2s1], ", "")
    record = read(write({"meetings.yaml": meetings}), published_by=date(2019, 4, 18))
    quote = record.facts["kim-jong-un-long-road"]
    assert set(record.facts) == {"kim-jong-un-long-road", "kim-jong-un-good"}
    assert "meeting" not in quote.fields
    assert quote.fields["aboutFacts"] == ()
    assert record.facts["kim-jong-un-good"].fields["variants"] == ("kim-jong-un-long-road",)


def test_the_last_possible_day_of_publication_counts(write: Write) -> None:
    seeds = write()
    assert "later-paper" not in read(seeds, published_by=date(2021, 2, 21)).sources
    assert read(seeds, published_by=date(2021, 2, 22)) == read(seeds)
    assert read(seeds, published_by=date(2019, 4, 17)).facts == {}
