"""Slugs that stay when documents change, and former ones that are kept."""

import re
import shutil
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest

from service.errors import SeedsInvalid
from service.settings import REPOSITORY
from service.store.loading.derived import add_derived_facts
from service.store.loading.load import LoadReport, load
from service.store.seeds import anchor, read
from service.store.transactions import write_transaction

pytestmark = pytest.mark.slow

SEEDS = REPOSITORY / "seeds"
FORMER = "kremlin-60319-vladivostok-2019-status-scheduled-62"
NOW = "kremlin-60319-vladivostok-2019-status-scheduled"


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Return a copy of the seeds."""
    return shutil.copytree(SEEDS, tmp_path / "seeds")


def edit(seeds: Path, file: str, old: str, new: str) -> None:
    text = (seeds / file).read_text(encoding="utf-8")
    assert old in text
    (seeds / file).write_text(text.replace(old, new), encoding="utf-8")


def reload(url: str, seeds: Path) -> LoadReport:
    with write_transaction(url) as connection:
        return load(connection, seeds)


def claims(seeds: Path) -> set[str]:
    """Return the slugs of all claims, including those of derived events."""
    record, _ = add_derived_facts(read(seeds))
    return {claim.slug for fact in record.facts.values() for claim in fact.claims}


def problems(seeds: Path) -> list[str]:
    with pytest.raises(SeedsInvalid) as refused:
        read(seeds)
    return list(refused.value.problems)


# ------------------------------------------------------------------ what stays


@pytest.mark.parametrize("inserted", ["X", "\n"])
def test_a_character_more_in_each_document_renames_no_claim(
    seeds: Path, corpus: Path, tmp_path: Path, inserted: str
) -> None:
    before, documents = claims(seeds), shutil.copytree(corpus, tmp_path / "corpus")
    for path in documents.rglob("*.txt"):
        text = path.read_bytes()
        path.write_bytes(inserted.encode() + text)
        sources = (seeds / "sources.yaml").read_text(encoding="utf-8")
        sources = sources.replace(sha256(text).hexdigest(), sha256(path.read_bytes()).hexdigest())
        (seeds / "sources.yaml").write_text(sources, encoding="utf-8")
    lock = anchor(seeds, documents)
    assert lock != (seeds / "anchors.lock").read_text(encoding="utf-8")
    (seeds / "anchors.lock").write_text(lock, encoding="utf-8")
    assert claims(seeds) == before


def test_a_claim_before_the_others_renames_none(seeds: Path) -> None:
    before = claims(seeds)
    edit(seeds, "meetings.yaml", '    - "60319 p2s1"\n', '    - "60319 p3 3rd"\n    - "60319 p2s1"\n')
    assert claims(seeds) - before == {"kremlin-60319-vladivostok-2019-existence-3rd"}
    assert before <= claims(seeds)


def test_without_the_first_the_second_keeps_its_slug(seeds: Path) -> None:
    before = claims(seeds)
    edit(seeds, "meetings.yaml", '    - "60319 p2s1"\n    - "60319 p1s1 2nd"\n', '    - "60319 p1s1 2nd"\n')
    assert before - claims(seeds) == {"kremlin-60319-vladivostok-2019-existence"}
    assert claims(seeds) <= before


# ------------------------------------------------------------------ how aliases are written


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("claims: {b: b-now, b: b-now}", "aliases.yaml:1: b is given twice, first in line 1"),
        ("people: {kim: kim-jong-un}", "aliases.yaml:1: people: this group is unknown; the groups are {nouns}"),
        ("actors: [kim]", "aliases.yaml:1: actors: it must be a mapping by former slug; the groups are {nouns}"),
        (
            "actors: {Kim: kim-jong-un}",
            "aliases.yaml:1: Kim: write an alias as `former-slug: present-slug`, or ~ if the entry no longer exists",
        ),
        (
            "actors: {kim: [kim-jong-un]}",
            "aliases.yaml:1: kim: write an alias as `former-slug: present-slug`, or ~ if the entry no longer exists",
        ),
        (
            "actors:\n  trump: donald-trump\n  kim: kim-jong-un",
            "aliases.yaml:3: kim: aliases must be in alphabetical order: move it before trump",
        ),
        ("actors: {kim: nobody}", "aliases.yaml:1: kim: none of the actors has the slug nobody"),
        (
            "actors: {kim-jong-un: donald-trump}",
            "aliases.yaml:1: kim-jong-un: it is not a former slug: one of the actors has it now",
        ),
        (
            "facts: {vladivostok-2019: hanoi-2019}",
            "aliases.yaml:1: vladivostok-2019: it is not a former slug: one of the facts has it now",
        ),
    ],
)
def test_a_mistake_in_the_aliases_is_told_with_its_line(seeds: Path, text: str, told: str) -> None:
    (seeds / "aliases.yaml").write_text(text, encoding="utf-8")
    nouns = "actors, places, facts, sources, claims, conflicts"
    assert problems(seeds) == [told.format(nouns=nouns)]


# ------------------------------------------------------------------ what a load makes of them


def aliases(url: str) -> dict[str, tuple[str, str, str]]:
    """Return the former slugs, which have no capitals, unlike Wikidata ids and ISO 3166 codes."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT former, entries, slug, typename FROM alias WHERE former !~ '^[A-Z]'"
        ).fetchall()
    return {former: (entries, slug, typename) for former, entries, slug, typename in rows}


def test_what_a_derived_event_is_called_is_no_former_slug(scratch: str, seeds: Path) -> None:
    (seeds / "aliases.yaml").write_text("facts: {vladivostok-2019-held: hanoi-2019}", encoding="utf-8")
    with pytest.raises(SeedsInvalid, match="vladivostok-2019-held: it is not a former slug"):
        reload(scratch, seeds)
    assert aliases(scratch) == {}


def test_the_seeds_lose_no_slug(scratch: str, seeds: Path) -> None:
    assert reload(scratch, seeds).lost == []
    kept = aliases(scratch)
    assert kept[FORMER] == ("claim", NOW, "Claim")
    assert len(kept) == sum(now is not None for now in read(seeds).aliases["claims"].values())


def test_a_load_tells_what_is_found_no_more_and_keeps_what_is_renamed(scratch: str, seeds: Path) -> None:
    reload(scratch, seeds)
    for file in seeds.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"(?<![\w-])choe-son-hui(?![\w-])", "son-hui-choe", text), encoding="utf-8")
    report = reload(scratch, seeds)
    assert report.lost == ["actor choe-son-hui"]
    assert str(report).splitlines()[0] == ("1 slug no longer exists and is not in aliases.yaml: actor choe-son-hui.")
    (seeds / "aliases.yaml").write_text("actors: {choe-son-hui: son-hui-choe}\n", encoding="utf-8")
    assert reload(scratch, seeds).lost == []
    assert aliases(scratch) == {"choe-son-hui": ("actor", "son-hui-choe", "Person")}
    (seeds / "aliases.yaml").write_text("facts: {summit: no-summit, talks: ~}\n", encoding="utf-8")
    assert reload(scratch, seeds).lost == ["fact summit"]
    assert aliases(scratch) == {}


def test_an_actor_is_called_by_its_wikidata_id_and_a_state_by_its_codes(scratch: str, seeds: Path) -> None:
    reload(scratch, seeds)
    ids = " UNION ALL ".join(
        f"SELECT {each}, slug, typename FROM actor WHERE {each} IS NOT NULL"
        for each in ("wikidata", "code", "alpha3", "former_code")
    )
    with psycopg.connect(scratch) as connection:
        rows = connection.execute("SELECT former, slug, typename FROM alias WHERE former ~ '^[A-Z]'").fetchall()
        called = connection.execute(ids.encode()).fetchall()
    assert sorted(rows) == sorted(called)
    assert {("Q7747", "vladimir-putin", "Person"), ("KP", "north-korea", "Country")} <= {*rows}
