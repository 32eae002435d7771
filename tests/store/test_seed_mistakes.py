"""What the reader of the seeds refuses, and the messages to editors: one mistake at a time, then many."""

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from service.errors import CorpusUnusable, SeedsInvalid, SeedsMissing
from service.settings import REPOSITORY
from service.store.seeds import anchor, editor, read

DOCUMENTS = {
    "a_paper.txt": 'Kim met Trump in Hanoi.\nKim said "no deal" there.\nThe mood was calm.\n',
    "b_paper.txt": "Kim and Trump met in Vietnam, and Trump is invited.\n",
}
HASHES = {path: sha256(text.encode()).hexdigest() for path, text in DOCUMENTS.items()}

SEEDS = {
    "sources.yaml": f"""\
# articles
a-paper:
  cite: a
  document: a_paper.txt
  sha256: {HASHES["a_paper.txt"]}
  kind: ARTICLE
  language: en
  outlet: kcna
  outletBasis: STATED
  publishedOn: 2019-03-01
  publishedOnBasis: INFERRED
  roles: {{HEADLINE: [p1]}}
  unrecorded: {{p3: no matter}}
b-paper:
  cite: b
  document: b_paper.txt
  sha256: {HASHES["b_paper.txt"]}
  kind: OFFICIAL_RECORD
  language: en
  publishedOn: 2019-04-01
  publishedOnBasis: STATED
""",
    "people.yaml": """\
kim-jong-un:
  names: {COMMON: {en: Kim Jong Un}}
  country: vietnam
  wikidata: Q56226
  leads: a p1
donald-trump: {names: {COMMON: {en: Donald Trump}}, wikidata: Q22686}
""",
    "organisations.yaml": "kcna: {names: {COMMON: {en: KCNA}}, kind: NEWS_AGENCY}\n",
    "countries.yaml": """\
vietnam: {names: {COMMON: {en: Vietnam}}, code: VN, alpha3: VNM}
united-states: {names: {COMMON: {en: United States}}, code: US, alpha3: USA}
""",
    "places.yaml": """\
vietnam: {names: {COMMON: {en: Vietnam}}, kind: COUNTRY, country: vietnam}
hanoi:
  {names: {COMMON: {en: Hanoi}}, kind: CITY, country: vietnam, partOf: vietnam, latitude: 21.02, longitude: 105.84}
""",
    "meetings.yaml": """\
hanoi-2019:
  level: LEADERS
  names: {COMMON: {en: Hanoi 2019}}
  existence: [a p1, b p1]
  participants:
    kim-jong-un: PARTICIPANT
    donald-trump: {PARTICIPANT: [a p1]}
  status: {HELD from 2019-02: [a p1]}
  date: {"[2019-02-21..2019-02-28]": [a p1]}
  place: hanoi
  mood: {calm: [a p3]}
""",
    "quotes.yaml": """\
kim-no-deal:
  text: {no deal: [a]}
  language: en
  form: PARTIAL
  speaker: kim-jong-un
  medium: SPEECH
  about: [donald-trump]
  meeting: hanoi-2019
  variants: []
  translation: {de: kein Abkommen}
""",
    "events.yaml": """\
kim-leaves:
  eventType: REJECT
  mode: meet
  existence: [a p3]
  actors: [kim-jong-un]
  quote: kim-no-deal
  aboutFacts: [hanoi-2019]
  act: {en: Walk-out, de: Auszug, ko: 퇴장, ru: Уход}
""",
    "invitations.yaml": """\
kim-invites:
  existence: [b p1]
  issuer: kim-jong-un
  invitee: donald-trump
  madeAt: hanoi-2019
  response: {PENDING: [b p1]}
""",
    "offices.yaml": """\
kim-leader:
  person: kim-jong-un
  title: {en: Leader}
  of: vietnam
  existence: [a p1]
""",
    "relationships.yaml": "donald-trump--kim-jong-un: {existence: [a p1], state: {calm from 2019-02: [a p3]}}\n",
    "conflicts.yaml": """\
hanoi-2019-existence:
  property: existence
  basis: VALUE
  claims: [hanoi-2019 existence a, hanoi-2019 existence b]
""",
    "properties.yaml": """\
existence: {en: Existence.}
participant: {en: Who.}
status: {en: State.}
state: {en: State.}
date: {en: When.}
response: {en: Answer.}
text: {en: Words.}
mood: {en: Mood.}
mediator: {value: actor, en: Who helped.}
meet: {en: To meet.}
""",
}


def seeds(folder: Path, changed: dict[str, str]) -> Path:
    """Return the seeds with some files changed, next to the lock of the unchanged ones."""
    corpus, written = folder / "corpus", folder / "seeds"
    for place in (corpus, written):
        place.mkdir()
    for path, text in DOCUMENTS.items():
        (corpus / path).write_text(text, encoding="utf-8")
    for name, text in SEEDS.items():
        (written / name).write_text(text, encoding="utf-8")
    (written / "anchors.lock").write_text(anchor(written, corpus), encoding="utf-8")
    for name, text in changed.items():
        (written / name).write_text(text, encoding="utf-8")
    return written


def problems(folder: Path, changed: dict[str, str]) -> list[str]:
    with pytest.raises(SeedsInvalid) as refused:
        read(seeds(folder, changed), folder / "corpus")
    return refused.value.problems


def test_the_seeds_without_a_mistake_are_read(tmp_path: Path) -> None:
    assert len(read(seeds(tmp_path, {})).facts) == 6


def test_a_document_that_is_not_there_is_told_once(tmp_path: Path) -> None:
    written = seeds(tmp_path, {})
    (tmp_path / "corpus" / "b_paper.txt").unlink()
    with pytest.raises(SeedsInvalid) as refused:
        anchor(written, tmp_path / "corpus")
    assert refused.value.problems == ["sources.yaml:14: b_paper.txt is not in the corpus"]


def test_seeds_without_a_source_are_refused(tmp_path: Path) -> None:
    assert "sources.yaml:1: it must contain at least one source" in problems(tmp_path, {"sources.yaml": ""})


@dataclass(frozen=True)
class Mistake:
    """Lines of a file, what replaces them, and the message."""

    file: str
    right: str
    wrong: str
    told: list[str]


def mistakes() -> list[Mistake]:
    """Return the mistakes of `seed_mistakes.txt`: a file, then lines removed (-), inserted (+) and reported (>)."""
    blocks = Path(__file__).with_name("seed_mistakes.txt").read_text(encoding="utf-8").strip().split("\n\n")
    return [
        Mistake(file, "\n".join(lines_of("-", lines)), "\n".join(lines_of("+", lines)), lines_of(">", lines))
        for file, *lines in (block.split("\n") for block in blocks)
    ]


def lines_of(mark: str, lines: list[str]) -> list[str]:
    return [line[2:] for line in lines if line[0] == mark]


@pytest.mark.parametrize("mistake", mistakes(), ids=lambda one: one.wrong or f"no {one.right.strip()}")
def test_a_mistake_is_told_with_its_line(tmp_path: Path, mistake: Mistake) -> None:
    changed = SEEDS[mistake.file].replace(mistake.right, mistake.wrong, 1)
    assert problems(tmp_path, {mistake.file: changed}) == mistake.told


def test_a_phrase_is_short(tmp_path: Path) -> None:
    changed = SEEDS["meetings.yaml"].replace("calm", "c" * 201)
    assert problems(tmp_path, {"meetings.yaml": changed}) == [
        "meetings.yaml:11: hanoi-2019: mood: it has 201 characters; the maximum is 200"
    ]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    changed = {
        "people.yaml": SEEDS["people.yaml"].replace("Q56226", "56226"),
        "meetings.yaml": SEEDS["meetings.yaml"].replace("place: hanoi", "place: paris").replace("[a p3]", "[c p3]"),
        "quotes.yaml": SEEDS["quotes.yaml"].replace("no deal: [a]", "no deals: [a]"),
    }
    assert problems(tmp_path, changed) == [
        "meetings.yaml:10: hanoi-2019: place: there is no Place 'paris'",
        "meetings.yaml:11: hanoi-2019: mood: there is no source 'c'",
        "people.yaml:4: kim-jong-un: wikidata: '56226' does not match Q[1-9][0-9]*",
        "quotes.yaml:2: a_paper.txt does not contain these words: 'no deals'",
    ]


def test_what_is_right_beside_a_mistake_is_checked_all_the_same(tmp_path: Path) -> None:
    changed = SEEDS["meetings.yaml"].replace("level: LEADERS", "levle: LEADERS").replace("place: hanoi", "place: paris")
    changed = changed.replace("[a p1, b p1]", "[a p1, b px, b p1, a p9 2nd]").replace("donald-trump:", "donald:")
    assert problems(tmp_path, {"meetings.yaml": changed}) == [
        "conflicts.yaml:4: hanoi-2019-existence: claims: 2 claims match existence of hanoi-2019 by a: "
        "give the address of one of them",
        "meetings.yaml:1: hanoi-2019: level is missing",
        "meetings.yaml:2: hanoi-2019: unknown field levle: did you mean level?",
        "meetings.yaml:4: a_paper.txt: p9: the document has 3 paragraphs",
        "meetings.yaml:4: hanoi-2019: existence: 'px' is not one of likely, maybe, told, denied, relative, inferred, "
        "preferred, deprecated, 2nd to 20th or via",
        "meetings.yaml:7: hanoi-2019: participants: there is no actor 'donald'",
        "meetings.yaml:10: hanoi-2019: place: there is no Place 'paris'",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: {b: [}\n", ["offices.yaml:1: it is not YAML: did not find expected node content"]),
        ("- a\n", ["offices.yaml:1: it must be a mapping by slug"]),
        ("a: text\n", ["offices.yaml:1: a: it must be a mapping of fields"]),
        ("\n---\na: {}\n---\nb: {}\n", ["offices.yaml:4: it is not YAML: but found another document"]),
        (
            "a: &a {person: kim-jong-un, title: {en: A}, existence: [a p1]}\nb: *a\n",
            [
                "offices.yaml:1: anchors and aliases (& and *) are not supported: write the value in full",
                "offices.yaml:2: b: it must be a mapping of fields",
            ],
        ),
        (
            "a: {person: kim-jong-un, title: {en: !!int A}, existence: [a p1]}\n",
            ["offices.yaml:1: tags such as tag:yaml.org,2002:int are not supported"],
        ),
        (
            "a:\n  person: kim-jong-un\n  title: {en: A}\n  existence: [a p1]\n  person: kim-jong-un\n",
            ["offices.yaml:5: person is given twice, first in line 2"],
        ),
    ],
)
def test_what_is_not_plain_yaml_is_refused(tmp_path: Path, text: str, told: list[str]) -> None:
    assert problems(tmp_path, {"offices.yaml": text}) == told


def test_a_file_that_is_no_noun_is_told(tmp_path: Path) -> None:
    assert problems(tmp_path, {"meeting.yaml": "a: {}\n"}) == [
        "meeting.yaml:1: this file is unknown; the files of the seeds are people.yaml, organisations.yaml, "
        "countries.yaml, places.yaml, datasets.yaml, "
        "sources.yaml, meetings.yaml, quotes.yaml, events.yaml, invitations.yaml, agreements.yaml, offices.yaml, "
        "relationships.yaml, conflicts.yaml, properties.yaml, aliases.yaml"
    ]


def test_a_folder_without_seeds_is_told(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(SeedsMissing) as refused:
            read(folder)
        assert refused.value.message == (
            f"There are no seeds in {folder}. Set GIPFELBUCH_SEEDS to the folder that contains them."
        )


def test_a_corpus_of_other_documents_is_told(tmp_path: Path) -> None:
    written = seeds(tmp_path, {})
    for folder, reason in (
        (tmp_path, f"None of the documents is in {tmp_path}"),
        (tmp_path / "nowhere", f"There is no folder {tmp_path}/nowhere"),
    ):
        with pytest.raises(CorpusUnusable) as refused:
            read(written, folder)
        assert refused.value.message == (f"{reason}. Set GIPFELBUCH_CORPUS or --corpus to the folder of the documents.")


# ------------------------------------------------------------------ editors


def test_the_schema_for_editors_is_written_anew_with_every_change() -> None:
    written = (REPOSITORY / "seeds" / "schema.json").read_text(encoding="utf-8")
    assert written == editor.text(), "run `python -m service.store.seeds.editor > seeds/schema.json`"


class _EditorsLoader(yaml.BaseLoader):
    """YAML as an editor reads it: texts, and null where there is a ~."""


_EditorsLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^~$"), ["~"])
_EditorsLoader.add_constructor("tag:yaml.org,2002:null", lambda *_: None)


def faults(name: str, text: str) -> list[str]:
    schema = json.loads(editor.text())
    noun = name.removesuffix(".yaml")
    validator = Draft7Validator({"$ref": f"#/definitions/{noun}", "definitions": schema["definitions"]})
    return [error.json_path for error in validator.iter_errors(yaml.load(text, Loader=_EditorsLoader))]


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_the_schema_lets_the_seeds_pass(name: str) -> None:
    assert faults(name, SEEDS[name]) == []
    assert faults(name, (REPOSITORY / "seeds" / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("name", "right", "wrong", "path"),
    [
        ("meetings.yaml", "level: LEADERS", "level: CHIEFS", "$['hanoi-2019'].level"),
        ("meetings.yaml", "HELD from 2019-02:", "MET:", "$['hanoi-2019'].status"),
        ("people.yaml", "wikidata: Q56226", "wikipedia: Q56226", "$['kim-jong-un']"),
        ("quotes.yaml", "speaker: kim-jong-un", "speaker: [kcna]", "$['kim-no-deal'].speaker"),
        ("quotes.yaml", "[donald-trump]", "[donald-trump, donald-trump]", "$['kim-no-deal'].about"),
        ("quotes.yaml", "{de: kein Abkommen}", "{german: kein Abkommen}", "$['kim-no-deal'].translation"),
        ("quotes.yaml", "no deal: [a]", "no deal: [{cite: a, remark: odd}]", "$['kim-no-deal'].text['no deal']"),
        ("people.yaml", "COMMON: {en: Kim Jong Un}", "ALIAS: {en: Kim}", "$['kim-jong-un'].names"),
        ("people.yaml", "en: Kim Jong Un", "en: [Kim Jong Un]", "$['kim-jong-un'].names.COMMON.en"),
        ("relationships.yaml", "donald-trump--kim-jong-un", "donald-trump-kim-jong-un", "$"),
    ],
)
def test_the_schema_tells_what_cannot_stand(name: str, right: str, wrong: str, path: str) -> None:
    changed = SEEDS[name].replace(right, wrong)
    assert changed != SEEDS[name]
    assert path in {found[: len(path)] for found in faults(name, changed)}
