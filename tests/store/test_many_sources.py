"""Cost of a fact with many sources: rows and time in proportion to its claims, each on a different day."""

from collections import Counter
from datetime import date, timedelta
from random import Random
from time import process_time

import pytest

from service.memory import pause_garbage_collection
from service.store.loading.load import load_record
from service.store.loading.projection import project
from service.store.record.record import Actor, Claim, Fact, Involvement, Name, Passage, Place, Record, Source, Step
from service.store.transactions import write_transaction
from tests.conftest import copy_database
from tests.oracle.operations import Operation
from tests.oracle.test_generated import open_bench

pytestmark = pytest.mark.slow

FIRST_DAY = date(2018, 6, 1)
FEW, MANY = 100, 1_000
VALUES: dict[str, tuple[str | None, ...]] = {
    "existence": (None,),
    "status": ("HELD", "SCHEDULED"),
    "date": ("2018-05", "2018-05-27", "2018-05-28"),
    "plannedDate": ("2018-05-20", "2018-05"),
    "place": ("hanoi", "zone"),
    "outcome": ("AGREEMENT", "DECLARATION"),
    "format": ("MEETING", "CALL"),
    "result": ("they sign", "they part"),
    "programme": ("they walk", "they eat"),
    "reason": ("the weather", "the time"),
}
"""What sources say about each property; those that agree say the first value."""


def told_by(count: int, *, differ: bool) -> Record:
    """Return one summit reported by this many sources, each on a different day, with every property."""
    random, claims = Random(count), list[Claim]()
    sources = {f"source-{number}": _source(number) for number in range(count)}
    for source in sources.values():
        for position, (property, values) in enumerate(VALUES.items(), start=1):
            claims.append(_claim(source, property, position, random.choice(values) if differ else values[0]))
    existence = tuple(claim.slug for claim in claims if claim.property == "existence")
    parts = (Involvement("PARTICIPANT", "kim", existence), Involvement("HOST", "lee", existence))
    meeting = Fact("meeting", "Summit", tuple(claims), {"level": "LEADERS"}, parts, _names("Meeting"))
    actors = {slug: Actor(slug, "Person", _names(slug.title())) for slug in ("kim", "lee")}
    places = {slug: Place(slug, "CITY", _names(slug.title())) for slug in ("hanoi", "zone")}
    properties = {name: {"en": f"The property {name}."} for name in VALUES}
    return Record(sources, actors, places, {"meeting": meeting}, {}, properties)


def _names(text: str) -> tuple[Name, ...]:
    return (Name(text, "en", "COMMON", {}),)


def _source(number: int) -> Source:
    day, slug = FIRST_DAY + timedelta(days=number), f"source-{number}"
    return Source(slug, f"{slug}.txt", "ARTICLE", "en", day.isoformat(), "STATED", day, f"{number:064}")


def _claim(source: Source, property: str, position: int, value: str | None) -> Claim:
    effective = {"HELD": "2018-05-27", "SCHEDULED": "2018-05-10"}.get(value or "")
    return Claim(
        slug=f"{source.slug}-{property.lower()}",
        fact="meeting",
        property=property,
        value=value,
        source=source.slug,
        reported_on=source.reported_on,
        passage=Passage(source.slug, position * 10, position * 10 + 5, position, "BODY", "0" * 64),
        steps=(Step("OUTLET", None, "a paper"),),
        position=position,
        effective=effective if source.reported_on.day % 2 else None,
        value_typename="Place" if property == "place" else None,
    )


def rows_of(record: Record) -> Counter[str]:
    """Return how many rows the facts take in each table."""
    return Counter(table for entry in project(record) if entry.key.table == "fact" for table, _ in entry.rows)


def processor_seconds(record: Record) -> float:
    with pause_garbage_collection():
        start = process_time()
        project(record)
        return process_time() - start


def test_what_all_tell_alike_takes_no_row_but_those_of_its_claims() -> None:
    few, many = rows_of(told_by(FEW, differ=False)), rows_of(told_by(MANY, differ=False))
    assert {table: many[table] for table in ("snapshot", "presence", "shared", "decided", "change", "involvement")} == {
        table: few[table] for table in ("snapshot", "presence", "shared", "decided", "change", "involvement")
    }
    assert many["change_claim"] == MANY
    # how well known it is increases in levels
    assert many["search_text"] < 2 * few["search_text"]
    assert sum(many.values()) < 10 * sum(few.values())


def test_what_they_tell_differently_takes_rows_in_proportion_to_the_claims() -> None:
    few, many = rows_of(told_by(FEW, differ=True)), rows_of(told_by(MANY, differ=True))
    assert sum(many.values()) < 11 * sum(few.values())
    assert sum(many.values()) < 6 * MANY * len(VALUES)


@pytest.mark.parametrize("differ", [False, True])
def test_time_grows_with_the_claims_and_not_with_their_square(*, differ: bool) -> None:
    # names, days and texts are analysed once, in the first round
    rounds = [[processor_seconds(told_by(count, differ=differ)) for count in (FEW, MANY)] for _ in range(3)]
    few, many = map(min, zip(*rounds, strict=True))
    assert many < 20 * few


HISTORY = """{ meeting(slug: "meeting"%s) {
  status phase outcome format date { edtf } plannedDate { edtf } place { slug } isWithdrawn
  history { status effective { edtf basis } reportedOn claims(first: 100) { totalCount nodes { slug } } }
  claims { totalCount } involvements { role claims { totalCount } } decidedBy(property: "date") { slug }
} }"""


async def test_the_answers_are_those_of_the_oracle_on_any_day(server: str, template: str) -> None:
    url = copy_database(server, "many_sources")
    with write_transaction(url) as connection:
        load_record(connection, told_by(FEW, differ=True))
    random = Random(1)
    days = [FIRST_DAY - timedelta(days=1), *(FIRST_DAY + timedelta(days=random.randrange(FEW)) for _ in range(20))]
    async for bench in open_bench(url):
        operations = [Operation(HISTORY % "", {}), *(Operation(HISTORY % f', asOf: "{day}"', {}) for day in days)]
        assert await bench.faults(operations) == []
