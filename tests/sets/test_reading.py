"""A set is read like the seeds: the same entries, and every mistake with its line."""

from pathlib import Path

import orjson
import pytest

from service.errors import SeedsInvalid, SetUnknown
from service.importers.seedset import compare_set, render_set
from service.store.seeds import read
from tests.sets.conftest import import_trips


def test_a_set_is_read_only_where_it_is_asked_for(seeds: Path) -> None:
    without, with_it = read(seeds), read(seeds, sets=None)
    assert with_it.facts.keys() - without.facts.keys() == {"trip-1-south-korea"}
    assert with_it.sources.keys() - without.sources.keys() == {"made-up-trip-1", "made-up-trip-2"}
    assert with_it.datasets["made-up"].licence == "CC0-1.0"
    assert read(seeds, sets=["made-up"]) == with_it


def test_an_imported_fact_has_its_passages(seeds: Path) -> None:
    fact = read(seeds, sets=None).facts["trip-1-south-korea"]
    assert fact.curation == "IMPORTED"
    (existence,) = [claim for claim in fact.claims if claim.property == "existence"]
    assert (existence.source, existence.passage.paragraph) == ("made-up-trip-1", 7)
    assert existence.reported_on.isoformat() == "2019-07-02"


def test_an_addition_tells_more_of_a_fact_of_the_seeds(seeds: Path) -> None:
    before, after = read(seeds).facts["dmz-2019"], read(seeds, sets=None).facts["dmz-2019"]
    added = set(after.claims) - set(before.claims)
    assert {(claim.property, claim.source) for claim in added} == {
        ("existence", "made-up-trip-2"),
        ("date", "made-up-trip-2"),
    }
    assert (after.curation, after.fields) == (before.curation, before.fields)


def test_names_of_an_actor_are_united(seeds: Path) -> None:
    before, after = read(seeds).actors["moon-jae-in"], read(seeds, sets=None).actors["moon-jae-in"]
    assert [(name.text, name.kind) for name in after.names if name not in before.names] == [("President Moon", "ALIAS")]
    (name,) = [name for name in after.names if name.text == "President Moon"]
    assert name.occurrences == {"made-up-trip-1": 1}


def test_the_same_data_give_the_same_bytes(seeds: Path, data: Path) -> None:
    changes = compare_set(seeds, "made-up", render_set(seeds, import_trips(data)))
    assert [(change.new, change.gone) for change in changes] == [(0, 0)] * 5


def test_an_unknown_set_is_told_with_those_that_there_are(seeds: Path) -> None:
    with pytest.raises(SetUnknown, match=r"There is no set 'histstat'\. Available sets: made-up\."):
        read(seeds, sets=["histstat"])


@pytest.mark.parametrize(
    ("file", "change", "mistake"),
    [
        ("meetings", {"level": "BOSSES"}, "meetings.jsonl:1: trip-1-south-korea: level: 'BOSSES' is not one of"),
        (
            "meetings",
            {"lvel": "LEADERS"},
            "meetings.jsonl:1: trip-1-south-korea: unknown field lvel: did you mean level?",
        ),
        ("meetings", {"slug": "dmz-2019"}, "meetings.jsonl:1: dmz-2019 is also in meetings.yaml:289"),
        ("meetings", {"existence": ["made-up-trip-9 p1"]}, "there is no source 'made-up-trip-9'"),
        ("meetings", {"existence": ["made-up-trip-1 p9"]}, "made-up-trip-1: p9 is not anchored"),
        (
            "people",
            {"country": "china"},
            "people.jsonl:1: moon-jae-in: country: china here, but south-korea in people",
        ),
        ("additions", {"slug": "dmz-2091"}, "additions.jsonl:1: dmz-2091: there is no fact with this slug"),
        (
            "additions",
            {"level": "OFFICIALS"},
            "additions.jsonl:1: dmz-2019: level: OFFICIALS here, but LEADERS in meet",
        ),
        (
            "sources",
            {"cite": "other"},
            "sources.jsonl:1: made-up-trip-1: cite: the short name of a source that is a row must be its slug",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(seeds: Path, file: str, change: dict[str, object], mistake: str) -> None:
    path = seeds / "sets" / "made-up" / f"{file}.jsonl"
    first, *others = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([orjson.dumps(orjson.loads(first) | change) + b"\n", *others]))
    with pytest.raises(SeedsInvalid) as raised:
        read(seeds, sets=None)
    assert any(f"sets/made-up/{mistake}" in one or mistake in one for one in raised.value.problems), raised.value
