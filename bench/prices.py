"""Measure PostgreSQL's time per row for each field that costs more than reading a value.

    python -m bench.prices URL [--only NAME] [--seconds 0.5]

A price is the difference of two operations, with and without the field, divided by the rows on which the field is
selected: the lowest wall-clock time of several runs on one warm connection, with the two run in turn. `hub` is the
person in most facts. An operation can query the hub a hundred times, so the prices that limit an operation are those of
the hub. Bytes are those of the response; `estimated` is the planner's own price.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from bench.harness.stores import fetch_column
from schema import schema
from service.language.limits import Limits
from service.planner.planner import Planner
from service.settings import Settings
from service.store.pool import ReadingPool, reading_pool

MOST_RUNS, FEWEST_RUNS = 60, 5
UNLIMITED = Limits(work=inf, bytes=2**62, fields=10_000)
HUBS = """
SELECT slug FROM actor WHERE typename = 'Person'
ORDER BY (SELECT count(*) FROM presence WHERE actor_id = actor.id) DESC, slug LIMIT {}
"""
MEETING = """
SELECT slug FROM fact WHERE fact.typename = 'Summit' ORDER BY
(SELECT count(*) FROM quote WHERE quote.meeting_id = fact.id) DESC, slug LIMIT 1
"""
PLACE = """
SELECT place.slug FROM place ORDER BY (SELECT count(*) FROM meeting WHERE place_id = place.id) DESC, slug LIMIT 1
"""
SOURCE = """
SELECT slug FROM source ORDER BY (SELECT count(*) FROM claim WHERE source_id = source.id) DESC, slug LIMIT 1
"""
OUTLET = """
SELECT slug FROM actor ORDER BY (SELECT count(*) FROM source WHERE outlet_id = actor.id) DESC, slug LIMIT 1
"""
COUNTRY = """
SELECT code FROM actor AS state WHERE code IS NOT NULL ORDER BY
(SELECT count(*) FROM actor WHERE country_id = state.id) DESC, code LIMIT 1
"""


@dataclass(frozen=True)
class Probe:
    """Price: how much longer `expensive` takes than `cheap`, for each of `rows`."""

    name: str
    expensive: str
    cheap: str = "{__typename dataset{revision}}"
    rows: int = 1
    variables: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Price:
    """Milliseconds and bytes per row, the planner's estimate, and the milliseconds of the whole operation."""

    milliseconds: float
    estimated: float
    bytes: float
    whole: float


@dataclass(frozen=True)
class LargestEntries:
    """The entries with the most rows in the store, by slug."""

    hub: str
    second: str
    meeting: str
    place: str
    source: str
    outlet: str
    country: str


def fetch_largest_entries(url: str) -> LargestEntries:
    hub, second = fetch_column(url, HUBS.format(2))
    return LargestEntries(
        hub, second, *(fetch_column(url, each)[0] for each in (MEETING, PLACE, SOURCE, OUTLET, COUNTRY))
    )


def probes(of: LargestEntries) -> Iterator[Probe]:
    yield from _pages()
    yield from _values()
    yield from _single_entries(of)
    yield from _lists()
    yield from _nested_lists(of)
    yield from _totals(of)
    yield from _counts(of)
    yield from _filters(of)
    yield from _orders(of)
    yield from _relationships(of)
    yield from _searches(of)


ROOTS = (
    "people",
    "organisations",
    "countries",
    "places",
    "meetings",
    "summits",
    "quotes",
    "events",
    "facts",
    "sources",
    "claims",
    "relationships",
)


def _pages() -> Iterator[Probe]:
    for root in ROOTS:
        yield Probe(f"page: {root}, whole", f"{{{root}(first:1){{nodes{{__typename}}}}}}")
        yield Probe(
            f"page: {root}, a row", _page(root, "__typename"), f"{{{root}(first:1){{nodes{{__typename}}}}}}", 99
        )
        yield Probe(
            f"page: {root}, hasNextPage",
            f"{{{root}(first:100){{nodes{{__typename}}pageInfo{{hasNextPage}}}}}}",
            _page(root, "__typename"),
        )


def _page(root: str, asked: str, arguments: str = "first:100") -> str:
    return f"{{{root}({arguments}){{nodes{{{asked}}}}}}}"


def _field(root: str, asked: str, name: str = "", beside: str = "__typename") -> Probe:
    return Probe(name or f"{root} {{ {asked} }}", _page(root, f"{beside} {asked}"), _page(root, beside), 100)


def _values() -> Iterator[Probe]:
    for root, asked in (
        ("quotes", "slug"),
        ("quotes", "text"),
        ("quotes", "form"),
        ("quotes", "isHearsay"),
        ("quotes", "knownSince"),
        ("quotes", "id"),
        ("quotes", "label"),
        ("quotes", 'label(language:"ko")'),
        ("quotes", "summary"),
        ("quotes", 'translation(language:"en")'),
        ("people", "name"),
        ("people", 'name(language:"de")'),
        ("people", 'label(language:"ko")'),
        ("people", "id"),
        ("sources", "sha256"),
        ("claims", "value"),
        ("summits", "name"),
        ("facts", "label"),
        ("claims", "label"),
        ("claims", "note"),
    ):
        yield _field(root, asked)
    yield Probe("quotes: cursor", "{quotes(first:100){edges{cursor}}}", "{quotes(first:100){edges{__typename}}}", 100)
    yield Probe("people: cursor", "{people(first:100){edges{cursor}}}", "{people(first:100){edges{__typename}}}", 100)


def _single_entries(of: LargestEntries) -> Iterator[Probe]:
    for root, asked in (
        ("quotes", "date{edtf}"),
        ("quotes", "date{edtf label earliest latest precision extent basis}"),
        ("quotes", "speaker{slug}"),
        ("quotes", "speaker{...on Person{isLeader}}"),
        ("quotes", "meeting{slug}"),
        ("quotes", "meeting{name status}"),
        ("summits", "place{slug}"),
        ("summits", "plannedDate{edtf}"),
        ("people", "country{slug}"),
        ("claims", "source{slug}"),
        ("claims", "fact{slug}"),
        ("claims", "fact{...on Quote{text}...on Meeting{status}}"),
        ("claims", "passage{start}"),
        ("claims", "valueDate{edtf}"),
        ("claims", "valueEntry{slug}"),
        ("sources", "outlet{slug}"),
        ("quotes", 'decidedBy(property:"text"){slug}'),
        ("facts", "...on Meeting{status}...on Quote{text}"),
        ("events", "meeting{slug}"),
        ("events", "codes{slug}"),
        ("events", "place{slug}"),
    ):
        yield _field(root, asked)


def _lists() -> Iterator[Probe]:
    for root, asked in (
        ("people", "names{text}"),
        ("countries", "names{text}"),
        ("places", "names{text}"),
        ("people", "offices{slug}"),
        ("summits", "participants{role}"),
        ("summits", "participants{actor{slug}}"),
        ("summits", "participants{actor{names{text}}}"),
        ("quotes", "involvements{role}"),
        ("summits", "history{status}"),
        ("summits", "conflicts{slug}"),
        ("quotes", "conflicts{slug}"),
        ("claims", "conflicts{slug}"),
        ("claims", "attribution{role}"),
        ("claims", "attribution{actor{slug}}"),
        ("claims", "context{start}"),
        ("quotes", "attribution{role}"),
        ("quotes", "addressees{slug}"),
        ("quotes", "about{slug}"),
        ("quotes", "variants{slug}"),
        ("quotes", "aboutFacts{slug}"),
        ("quotes", "events{slug}"),
        ("sources", "credits{slug}"),
        ("events", "actors{slug}"),
        ("events", "recipients{slug}"),
        ("events", "aboutFacts{slug}"),
    ):
        yield _field(root, asked)


def _nested_lists(of: LargestEntries) -> Iterator[Probe]:
    """Return pages under a row: of the first hundred, of the hundred in most facts, and of the hub a hundred times."""
    for root, asked in (
        ("people", "facts"),
        ("people", "quotes"),
        ("people", "meetings"),
        ("people", "events"),
        ("people", "summits"),
        ("people", "relationships"),
        ("quotes", "claims"),
        ("quotes", "sources"),
        ("summits", "claims"),
        ("summits", "quotes"),
        ("summits", "events"),
        ("places", "meetings"),
        ("sources", "claims"),
        ("sources", "facts"),
        ("countries", "people"),
        ("organisations", "sources"),
        ("relationships", "timeline"),
        ("relationships", "claims"),
        ("relationships", "sources"),
        ("relationships", "quotes"),
    ):
        yield Probe(
            f"nested page of 1: {root} > {asked}",
            _page(root, f"{asked}(first:1){{nodes{{__typename}}}}"),
            _page(root, "__typename"),
            100,
        )
        yield Probe(
            f"nested page, further row: {root} > {asked}",
            _page(root, f"{asked}(first:100){{nodes{{__typename}}}}"),
            _page(root, f"{asked}(first:1){{nodes{{__typename}}}}"),
            100 * 99,
        )
    yield from _of_hub(of, "nested page of 1: {}", "{}(first:1){{nodes{{__typename}}}}")
    yield from _of_hub(of, "nested page of 100, each row: {}", "{}(first:100){{nodes{{__typename}}}}", rows=100)
    yield from _of_hub(of, "nested last:1: {}", "{}(last:1){{nodes{{__typename}}}}")
    yield from _of_hub(
        of,
        "nested orderBy DESC of 1: {}",
        "{}(first:1,orderBy:DATE_DESC){{nodes{{__typename}}}}",
        but=("relationships",),
    )
    yield from _of_hub(
        of,
        "nested orderBy KNOWN_SINCE of 1: {}",
        "{}(first:1,orderBy:KNOWN_SINCE_DESC){{nodes{{__typename}}}}",
        but=("relationships",),
    )


def _of_hub(of: LargestEntries, name: str, asked: str, rows: int = 1, but: Sequence[str] = ()) -> Iterator[Probe]:
    for each in ("facts", "quotes", "meetings", "events", "summits", "relationships"):
        if each not in but:
            yield Probe(
                "hub: " + name.format(each),
                f'{{person(slug:"{of.hub}"){{{asked.format(each)}}}}}',
                f'{{person(slug:"{of.hub}"){{slug}}}}',
                rows,
            )


def _totals(of: LargestEntries) -> Iterator[Probe]:
    for root in ROOTS:
        yield Probe(f"totalCount: {root}", f"{{{root}{{totalCount}}}}")
    yield from _of_hub(of, "totalCount of {}", "{}{{totalCount}}")
    for root, asked in (
        ("people", "facts"),
        ("people", "quotes"),
        ("people", "relationships"),
        ("quotes", "claims"),
        ("quotes", "sources"),
        ("summits", "quotes"),
        ("summits", "claims"),
        ("places", "meetings"),
        ("sources", "claims"),
        ("sources", "facts"),
        ("countries", "people"),
        ("organisations", "sources"),
        ("relationships", "timeline"),
        ("relationships", "claims"),
        ("relationships", "sources"),
        ("relationships", "quotes"),
    ):
        yield _field(root, f"{asked}{{totalCount}}")
    yield Probe(
        "totalCount of 100 hubs' facts, each",
        _page("people", "facts{totalCount}", "first:100,orderBy:FACTS_DESC"),
        _page("people", "__typename", "first:100,orderBy:FACTS_DESC"),
        100,
    )
    for where, inner in (
        (f'meeting(slug:"{of.meeting}")', "quotes"),
        (f'place(slug:"{of.place}")', "meetings"),
        (f'place(slug:"{of.place}")', "events"),
        (f'source(slug:"{of.source}")', "claims"),
        (f'source(slug:"{of.source}")', "facts"),
        (f'organisation(slug:"{of.outlet}")', "sources"),
        (f'country(code:"{of.country}")', "people"),
    ):
        yield Probe(
            f"most: totalCount of {where.partition('(')[0]} > {inner}",
            f"{{{where}{{{inner}{{totalCount}}}}}}",
            f"{{{where}{{slug}}}}",
        )
        yield Probe(
            f"most: page of 1 of {where.partition('(')[0]} > {inner}",
            f"{{{where}{{{inner}(first:1){{nodes{{slug}}}}}}}}",
            f"{{{where}{{slug}}}}",
        )


GROUPINGS = {
    "facts": ("KIND", "MONTH", "YEAR", "KNOWN_SINCE_MONTH", "INVOLVED", "OUTLET", "INVOLVED,OUTLET,MONTH"),
    "quotes": ("SPEAKER", "ADDRESSEE", "ABOUT", "OUTLET", "FORM", "MONTH", "SPEAKER,ABOUT,OUTLET"),
    "meetings": ("STATUS", "PLACE", "COUNTRY", "PARTICIPANT", "MONTH", "PARTICIPANT,COUNTRY,MONTH"),
    "events": ("EVENT_TYPE", "ACTOR", "RECIPIENT", "OUTLET", "MONTH", "ACTOR,RECIPIENT,OUTLET"),
    "claims": ("PROPERTY", "SOURCE", "OUTLET", "ORIGIN", "MONTH", "SOURCE,ORIGIN,MONTH"),
    "sources": ("KIND", "LANGUAGE", "OUTLET", "MONTH"),
}


def _counts(of: LargestEntries) -> Iterator[Probe]:
    for root, groupings in GROUPINGS.items():
        for by in groupings:
            yield Probe(f"counts: {root} by {by}", f"{{{root}{{counts(by:[{by}],first:1){{count}}}}}}")
            if root in ("facts", "quotes", "meetings", "events"):
                asked = f"{root}{{counts(by:[{by}],first:1){{count}}}}"
                yield Probe(
                    f"hub: counts of {root} by {by}",
                    f'{{person(slug:"{of.hub}"){{{asked}}}}}',
                    f'{{person(slug:"{of.hub}"){{slug}}}}',
                )
    yield Probe(
        "counts: people > facts by KIND",
        _page("people", "facts{counts(by:[KIND],first:1){count}}"),
        _page("people", "__typename"),
        100,
    )
    yield Probe(
        "counts: people > facts by INVOLVED,OUTLET,MONTH",
        _page("people", "facts{counts(by:[INVOLVED,OUTLET,MONTH],first:1){count}}"),
        _page("people", "__typename"),
        100,
    )
    yield Probe(
        "counts: quotes > claims by OUTLET",
        _page("quotes", "claims{counts(by:[OUTLET],first:1){count}}"),
        _page("quotes", "__typename"),
        100,
    )
    yield Probe(
        "counts: a row {keys labels count}",
        "{quotes{counts(by:[SPEAKER],first:1000){keys labels count}}}",
        "{quotes{counts(by:[SPEAKER],first:1){keys labels count}}}",
        999,
    )
    yield Probe("tone: events", "{events{tone{sum}}}")
    yield Probe(
        "hub: tone of events",
        f'{{person(slug:"{of.hub}"){{events{{tone{{sum}}}}}}}}',
        f'{{person(slug:"{of.hub}"){{slug}}}}',
    )


def _words(count: int, joint: str = " ") -> str:
    return joint.join(
        ("dor", "fan", "bado", "kuman", "tira", "rozan", "vor", "sila", "manor", "genu", "hana", "zoru")[:count]
    )


def _filters(of: LargestEntries) -> Iterator[Probe]:
    texts = [
        ("1 word", _words(1)),
        ("2 words", _words(2)),
        ("10 words", _words(10)),
        ("2 or-words", _words(2, " or ")),
        ("10 or-words", _words(10, " or ")),
        ("a phrase", '\\"dor fan\\"'),
        ("only -word", "-dor"),
    ]
    for said, words in texts:
        for root in ("quotes", "facts", "people", "sources"):
            yield Probe(
                f"filter: {root} text, {said}, totalCount", f'{{{root}(filter:{{text:"{words}"}}){{totalCount}}}}'
            )
        yield Probe(
            f"filter: quotes text, {said}, page of 1", f'{{quotes(filter:{{text:"{words}"}},first:1){{nodes{{slug}}}}}}'
        )
        yield Probe(
            f"hub: filter of facts, text, {said}",
            f'{{person(slug:"{of.hub}"){{facts(filter:{{text:"{words}"}},first:1){{nodes{{slug}}}}}}}}',
            f'{{person(slug:"{of.hub}"){{slug}}}}',
        )
        yield Probe(
            f"nested filter: people > facts, text, {said}",
            _page("people", f'facts(filter:{{text:"{words}"}},first:1){{nodes{{slug}}}}', "first:10"),
            _page("people", "slug", "first:10"),
            10,
        )
    hub, second = of.hub, of.second
    for root, given in (
        ("quotes", f'involving:["{hub}"]'),
        ("quotes", f'involvingAll:["{hub}","{second}"]'),
        ("quotes", f'source:["{of.source}"]'),
        ("quotes", f'sourceAll:["{of.source}"]'),
        ("quotes", f'speaker:["{hub}"]'),
        ("quotes", f'addressee:["{hub}"]'),
        ("quotes", f'about:["{hub}"]'),
        ("quotes", f'reportedBy:["{of.outlet}"]'),
        ("quotes", f'meeting:["{of.meeting}"]'),
        ("quotes", "form:[TERM]"),
        ("quotes", 'language:["ko"]'),
        ("quotes", "isHearsay:true"),
        ("quotes", 'date:{from:"2019-01-01"}'),
        ("quotes", 'knownSince:{from:"2019-01-01"}'),
        ("quotes", 'slug:["x"]'),
        ("facts", f'involving:["{hub}"]'),
        ("facts", f'involvingAll:["{hub}","{second}"]'),
        ("facts", f'source:["{of.source}"]'),
        ("facts", f'sourceAll:["{of.source}"]'),
        ("facts", "kind:[EVENT]"),
        ("meetings", f'place:["{of.place}"]'),
        ("meetings", f'country:["{of.country}"]'),
        ("meetings", "phase:[OFF]"),
        ("events", f'actor:["{hub}"]'),
        ("events", "eventType:[CONSULT]"),
        ("events", f'country:["{of.country}"]'),
        ("claims", f'involving:["{hub}"]'),
        ("claims", f'source:["{of.source}"]'),
        ("claims", f'outlet:["{of.outlet}"]'),
        ("claims", "passageRole:[HEADLINE]"),
        ("claims", "passageFrom:100"),
        ("claims", f'origin:["{hub}"]'),
        ("claims", 'property:["text"]'),
        ("claims", "rank:[PREFERRED]"),
        ("sources", f'outlet:["{of.outlet}"]'),
        ("sources", f'credits:["{of.outlet}"]'),
        ("people", f'source:["{of.source}"]'),
        ("people", f'country:["{of.country}"]'),
        ("people", "isLeader:true"),
        ("relationships", f'involving:["{hub}"]'),
        ("relationships", f'involvingAll:["{hub}","{second}"]'),
        ("relationships", f'sharing:{{source:["{of.source}"]}}'),
        ("relationships", "sharing:{kind:[SUMMIT]}"),
        ("relationships", 'sharing:{date:{from:"2019-01-01"}}'),
        ("relationships", "kind:[STATES]"),
    ):
        name = given.partition(":")[0] if "sharing" not in given else given
        yield Probe(f"filter: {root} {name}, totalCount", f"{{{root}(filter:{{{given}}}){{totalCount}}}}")
        yield Probe(f"filter: {root} {name}, page of 1", f"{{{root}(filter:{{{given}}},first:1){{nodes{{slug}}}}}}")
    for given in (
        f'involvingAll:["{hub}","{second}"]',
        f'sourceAll:["{of.source}","x"]',
        f'source:["{of.source}"]',
        f'involving:["{of.outlet}"]',
        'date:{from:"2029-01-01"}',
    ):
        asked = f"facts(filter:{{{given}}},first:1){{nodes{{slug}}}}"
        yield Probe(
            f"hub: filter of facts, {given.partition(':')[0]}",
            f'{{person(slug:"{hub}"){{{asked}}}}}',
            f'{{person(slug:"{hub}"){{slug}}}}',
        )


def _orders(of: LargestEntries) -> Iterator[Probe]:
    for root, order in (
        ("people", "FACTS_DESC"),
        ("people", "NAME_DESC"),
        ("organisations", "SOURCES_DESC"),
        ("relationships", "FACTS_DESC"),
        ("relationships", "MEETINGS_DESC"),
        ("relationships", "LAST_MET_DESC"),
        ("quotes", "DATE_DESC"),
        ("quotes", "KNOWN_SINCE_DESC"),
        ("facts", "DATE_DESC"),
        ("facts", "KNOWN_SINCE_DESC"),
        ("claims", "REPORTED_ON_DESC"),
        ("events", "SCORE_DESC"),
        ("sources", "PUBLISHED_ON_DESC"),
    ):
        yield Probe(f"order: {root} {order}", f"{{{root}(orderBy:{order},first:1){{nodes{{slug}}}}}}")
    for order in ("FACTS_DESC", "MEETINGS_DESC", "LAST_MET_DESC"):
        yield Probe(
            f"hub: order of relationships {order}",
            f'{{person(slug:"{of.hub}"){{relationships(orderBy:{order},first:1){{nodes{{slug}}}}}}}}',
            f'{{person(slug:"{of.hub}"){{slug}}}}',
        )
        yield Probe(
            f"people > relationships {order}",
            _page("people", f"relationships(orderBy:{order},first:1){{nodes{{slug}}}}"),
            _page("people", "slug"),
            100,
        )
    yield Probe(
        "countries > people FACTS_DESC",
        _page("countries", "people(orderBy:FACTS_DESC,first:1){nodes{slug}}", "first:60"),
        _page("countries", "slug", "first:60"),
        60,
    )


def _relationships(of: LargestEntries) -> Iterator[Probe]:
    pair = f'relationship(between:["{of.hub}","{of.second}"])'
    for asked in (
        "meetingCount",
        "firstMet{edtf}",
        "lastMet{edtf}",
        "tone{sum}",
        "toneOverTime(by:MONTH){from}",
        "toneOverTime(by:MONTH){from to tone{sum}}",
        "parties{slug}",
        "timeline(first:1){nodes{slug}}",
        "timeline{totalCount}",
        "timeline{counts(by:[INVOLVED,OUTLET,MONTH],first:1){count}}",
        "sources(first:1){nodes{slug}}",
        "sources{totalCount}",
        "claims(first:1){nodes{slug}}",
        "claims{totalCount}",
        "quotes{totalCount}",
        "quotes(first:1){nodes{slug}}",
        "summits{totalCount}",
        "events{totalCount}",
        "history{state}",
        'timeline(filter:{text:"dor or fan"},first:1){nodes{slug}}',
    ):
        yield Probe(f"two hubs: {asked}", f"{{{pair}{{{asked}}}}}", f"{{{pair}{{slug}}}}")
        yield _field("relationships", asked, f"relationships > {asked}")


def _searches(of: LargestEntries) -> Iterator[Probe]:
    for said, words in (
        ("1 word", _words(1)),
        ("2 words", _words(2)),
        ("10 words", _words(10)),
        ("10 or-words", _words(10, " or ")),
        ("a beginning of one letter", "d"),
        ("only -word", "-dor"),
        ("95 words", " ".join(f"w{number:03}" for number in range(95))),
        ("95 or-words", " or ".join(f"w{number:03}" for number in range(95))),
    ):
        yield Probe(f"search: {said}, page of 1", f'{{search(text:"{words}",first:1){{nodes{{__typename}}}}}}')
        yield Probe(f"search: {said}, totalCount", f'{{search(text:"{words}"){{totalCount}}}}')
        yield Probe(f"search: {said}, counts", f'{{search(text:"{words}"){{counts{{kind count}}}}}}')
    yield Probe(
        "search: matched, a row",
        '{search(text:"dor fan",first:100){edges{matched{text isHit}}}}',
        '{search(text:"dor fan",first:100){edges{score}}}',
        100,
    )
    yield Probe(
        "search: node, a row",
        '{search(text:"dor fan",first:100){nodes{...on Entry{slug label}}}}',
        '{search(text:"dor fan",first:100){nodes{__typename}}}',
        100,
    )
    yield Probe("path of two hubs", f'{{path(from:"{of.hub}",to:"{of.second}"){{length}}}}')
    yield Probe("path to nobody", f'{{path(from:"{of.hub}",to:"{of.second}",kind:[INVITATION]){{length}}}}')


# ---------------------------------------------------------------- measuring


async def measure_price(pool: ReadingPool, planner: Planner, probe: Probe, seconds: float) -> Price:
    """Run both in turn until the time is up."""
    both = [planner.prepare(each, None, probe.variables) for each in (probe.expensive, probe.cheap)]
    taken: list[list[float]] = [[], []]
    sizes = [0, 0]
    end = time.perf_counter() + seconds
    while len(taken[0]) < FEWEST_RUNS or (time.perf_counter() < end and len(taken[0]) < MOST_RUNS):
        for number, each in enumerate(both):
            start = time.perf_counter()
            sizes[number] = len(str(await pool.value(str(each.sql), each.values)))
            taken[number].append(1000 * (time.perf_counter() - start))
    # other load on the machine can only add time
    expensive, cheap = map(min, taken)
    estimated = (both[0].cost.work - both[1].cost.work) / probe.rows
    return Price((expensive - cheap) / probe.rows, estimated, (sizes[0] - sizes[1]) / probe.rows, expensive)


async def _measure(url: str, asked: Sequence[Probe], seconds: float) -> None:
    pool, planner = reading_pool(Settings(database_url=url)), Planner(schema, UNLIMITED)
    print("| what | rows | ms a row | estimated | bytes a row | ms of the whole |\n|---|---|---|---|---|---|")
    try:
        for probe in asked:
            try:
                found = await measure_price(pool, planner, probe, seconds)
                cells = [
                    f"{found.milliseconds:.4f}",
                    f"{found.estimated:.4f}",
                    f"{found.bytes:.0f}",
                    f"{found.whole:.2f}",
                ]
            except Exception as error:
                cells = [f"{type(error).__name__}: {error}"[:150], "", "", ""]
            print(f"| {probe.name} | {probe.rows:,} | {' | '.join(cells)} |", flush=True)
    finally:
        await pool.close()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.prices")
    parser.add_argument("url")
    parser.add_argument("--only", default="", help="Prices whose names this pattern finds.")
    parser.add_argument("--seconds", type=float, default=0.5, help="How long a pair of operations is asked.")
    given = parser.parse_args(arguments)
    asked = [probe for probe in probes(fetch_largest_entries(given.url)) if re.search(given.only, probe.name)]
    asyncio.run(_measure(given.url, asked, given.seconds))


if __name__ == "__main__":
    main()
