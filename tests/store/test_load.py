"""Records in PostgreSQL: which rows exist, that a load only writes differences, and the worked cases."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import psycopg
import pytest

from service.settings import REPOSITORY
from service.store.layout import TABLES
from service.store.loading.load import LoadReport, load, load_record
from service.store.loading.write import Changes
from service.store.record.record import (
    Actor,
    Claim,
    Conflict,
    Fact,
    Involvement,
    Name,
    Passage,
    Place,
    Record,
    Source,
    Step,
)
from service.store.transactions import write_transaction

pytestmark = [pytest.mark.slow, pytest.mark.sql]

DAYS = {"early": "2019-04-18", "late": "2019-04-26"}


def source(slug: str, **more: Any) -> Source:
    day = DAYS[slug]
    given = {"outlet": "paper", "outlet_basis": "STATED", "credits": ("agency",) if slug == "late" else ()}
    return Source(
        slug, f"{slug}.txt", "ARTICLE", "de", day, "INFERRED", date.fromisoformat(day), "a" * 64, **(given | more)
    )


def names(**common: str) -> tuple[Name, ...]:
    return tuple(Name(spelt, tag.replace("_", "-"), "COMMON", {}) for tag, spelt in common.items())


def make_claim(
    fact: str, property: str, value: str | None, source: str = "early", start: int = 0, **more: Any
) -> Claim:
    given: dict[str, Any] = {
        "slug": f"{source}-{fact}-{property}-{start}".lower(),
        "fact": fact,
        "property": property,
        "value": value,
        "source": source,
        "reported_on": date.fromisoformat(DAYS[source]),
        "passage": Passage(source, start, start + 5, 1, "BODY", "b" * 64),
        "steps": (Step("UTTERER", None, "media"), Step("OUTLET", "paper")),
        "position": 1,
    }
    return Claim(**(given | more))


def meeting() -> Fact:
    claims = (
        make_claim("island-2019", "existence", None),
        make_claim("island-2019", "existence", None, "late", 1),
        make_claim("island-2019", "status", "SCHEDULED", start=10, effective="2019-04-18"),
        make_claim("island-2019", "status", "HELD", "late", 11, effective="2019-04-25"),
        make_claim("island-2019", "plannedDate", "[2019-04-16..2019-04-30]", start=12),
        make_claim("island-2019", "date", "2019-04-25", "late", 13, basis="RELATIVE"),
        make_claim("island-2019", "place", "russia", start=14, value_typename="Place"),
        make_claim("island-2019", "place", "island", "late", 15, value_typename="Place"),
    )
    existence = (claims[0].slug, claims[1].slug)
    return Fact(
        "island-2019",
        "Summit",
        claims,
        {"level": "LEADERS"},
        (Involvement("PARTICIPANT", "kim", existence), Involvement("HOST", "putin", existence)),
        names(en="Island 2019", de="Insel 2019"),
        {"en": "They met.", "de-CH": "Sie trafen sich."},
    )


def quote() -> Fact:
    chain = (Step("UTTERER", "kim"), Step("AGENCY", "agency", None, Passage("late", 90, 95, 2, "BODY", "c" * 64)))
    own = make_claim(
        "kim-yes", "text", "Ja", "late", 20, steps=(*chain, Step("OUTLET", "paper")), factuality="UNCOMMITTED"
    )
    context = Passage("late", 30, 40, 2, "TEASER", "d" * 64)
    return Fact(
        "kim-yes",
        "Quote",
        (replace(own, context=(context,)),),
        {"language": "de", "form": "DIRECT", "speaker": "kim", "aboutFacts": ["island-2019"], "meeting": "island-2019"},
        (Involvement("SPEAKER", "kim", (own.slug,)),),
    )


def record() -> Record:
    actors = (
        Actor("kim", "Person", names(en="Kim", ko_Kore="김"), "north-korea", "Q1", True),
        Actor("putin", "Person", names(de="Pútin"), "russia"),
        Actor("paper", "Organisation", names(en="Paper"), "austria", organisation_kind="NEWSPAPER"),
        Actor("agency", "Organisation", names(en="Agency"), None, organisation_kind="NEWS_AGENCY"),
        Actor("north-korea", "Country", names(en="North Korea"), code="KP", alpha3="PRK"),
        Actor("russia", "Country", names(en="Russia"), code="RU", alpha3="RUS"),
        Actor("austria", "Country", names(en="Austria"), code="AT", alpha3="AUT"),
        Actor("nobody", "Person", names(en="Nobody"), None),
    )
    places = (
        Place("island", "REGION", names(en="Island"), "russia", "city", 43.0, 131.8, "Asia/Vladivostok"),
        Place("city", "CITY", names(en="City"), "russia", "russia"),
        Place("russia", "COUNTRY", names(en="Russia"), "russia"),
        Place("mars", "REGION", names(en="Mars")),
    )
    facts = (meeting(), quote())
    claims = ("early-island-2019-place-14", "late-island-2019-place-15")
    return Record(
        {slug: source(slug) for slug in DAYS},
        {actor.slug: actor for actor in actors},
        {place.slug: place for place in places},
        {fact.slug: fact for fact in facts},
        {"island-2019-place": Conflict("island-2019-place", "place", "SCOPE", claims)},
        {"status": {"en": "How it stands."}},
    )


def load_into(url: str, given: Record) -> LoadReport:
    with write_transaction(url) as connection:
        return load_record(connection, given)


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query.encode()).fetchall()


def versions(url: str, tables: Iterable[str] = TABLES) -> dict[str, set[tuple[Any, ...]]]:
    """Return which rows exist, by place and by the transaction that wrote them."""
    return {table: set(rows(url, f"SELECT ctid::text, xmin::text FROM {table}")) for table in tables}


def without_entries(given: Record, **gone: str) -> Record:
    """Return the record without one entry of some of its parts."""
    parts = {name: {k: v for k, v in getattr(given, name).items() if k != slug} for name, slug in gone.items()}
    return replace(given, **parts)


# ------------------------------------------------------------------ a first load


def test_a_first_load_adds_everything(scratch: str) -> None:
    report = load_into(scratch, record())
    assert str(report) == (
        "18 added, 0 changed, 0 removed: 5 facts, 2 sources, 7 actors, 3 places, 1 conflict (revision 1)."
    )
    assert report.changed_anything
    assert rows(scratch, "SELECT slug FROM fact ORDER BY slug") == [
        ("island-2019",),
        ("island-2019-agreed",),
        ("island-2019-held",),
        ("kim--putin",),
        ("kim-yes",),
    ]
    assert rows(scratch, "SELECT term, descriptions FROM term") == [("status", {"en": "How it stands."})]


def test_readings_end_at_infinity_and_open_or_missing_dates_too(scratch: str) -> None:
    load_into(scratch, record())
    query = (
        "SELECT slug, known_from::text, known_until::text, is_dated, first_on::text, last_on::text, date,"
        " date_basis, summary FROM snapshot WHERE typename <> 'Event' ORDER BY slug, known_from"
    )
    summary = {"en": "They met.", "de-ch": "Sie trafen sich.", "de": "Sie trafen sich."}
    both, none = ("2019-04-25", "2019-04-25"), ("infinity", "infinity")
    assert rows(scratch, query) == [
        ("island-2019", "2019-04-18", "2019-04-25", True, "2019-04-16", "2019-04-30", None, None, None),
        ("island-2019", "2019-04-26", "infinity", True, *both, "2019-04-25", "RELATIVE", summary),
        ("kim--putin", "2019-04-18", "infinity", False, *none, None, None, None),
        ("kim-yes", "2019-04-26", "infinity", False, *none, None, None, None),
    ]


def test_an_open_date_is_infinite_on_that_side(scratch: str) -> None:
    given = record()
    dated = make_claim("kim-yes", "date", "../2019-04", "late", 50)
    fact = replace(given.facts["kim-yes"], claims=(*given.facts["kim-yes"].claims, dated))
    load_into(scratch, replace(given, facts={**given.facts, "kim-yes": fact}))
    query = "SELECT is_dated, first_on::text, last_on::text FROM snapshot WHERE slug = 'kim-yes'"
    assert rows(scratch, query) == [(True, "-infinity", "2019-04-30")]
    query = "SELECT earliest, latest::text, precision, labels->>'en' FROM edtf WHERE text = '../2019-04'"
    assert rows(scratch, query) == [(None, "2019-04-30", "OPEN", "until April 2019")]


def test_a_meeting_as_it_was_known(scratch: str) -> None:
    load_into(scratch, record())
    query = (
        "SELECT known_from::text, status, phase, outcome, place.slug, planned, meeting.name, meeting.names"
        " FROM meeting JOIN snapshot ON snapshot.id = snapshot_id JOIN place ON place.id = place_id ORDER BY 1"
    )
    called = ("Island 2019", {"en": "Island 2019", "de": "Insel 2019"})
    planned = "[2019-04-16..2019-04-30]"
    assert rows(scratch, query) == [
        ("2019-04-18", "SCHEDULED", "PLANNED", "PENDING", "russia", planned, *called),
        ("2019-04-26", "HELD", "HELD", "UNKNOWN", "island", planned, *called),
    ]
    query = (
        "SELECT decided.property, known_from::text, known_until::text, decided.value, claim.slug FROM decided"
        " JOIN claim ON claim.id = claim_id JOIN fact ON fact.id = decided.fact_id"
        " WHERE fact.slug = 'island-2019' AND decided.property IN ('place', 'existence') ORDER BY 1, 2"
    )
    assert rows(scratch, query) == [
        ("existence", "2019-04-18", "infinity", None, "early-island-2019-existence-0"),
        ("place", "2019-04-18", "2019-04-25", "russia", "early-island-2019-place-14"),
        ("place", "2019-04-26", "infinity", "island", "late-island-2019-place-15"),
    ]
    query = (
        "SELECT change.known_from::text, change.known_until::text, change.value, change.effective,"
        " change.reported_on::text, claim.slug, change_claim.known_from::text, change_claim.known_until::text"
        " FROM change JOIN change_claim USING (fact_id, step) JOIN claim ON claim.id = claim_id ORDER BY last_on"
    )
    assert rows(scratch, query) == [
        (
            *("2019-04-18", "infinity", "SCHEDULED", "2019-04-18", "2019-04-18"),
            *("early-island-2019-status-10", "2019-04-18", "infinity"),
        ),
        (
            *("2019-04-26", "infinity", "HELD", "2019-04-25", "2019-04-26"),
            *("late-island-2019-status-11", "2019-04-26", "infinity"),
        ),
    ]


def test_a_quote_with_its_chain(scratch: str) -> None:
    load_into(scratch, record())
    query = (
        "SELECT quote.text, is_hearsay, actor.slug, origin.slug, about.slug, meeting.slug, fact_about.known_from::text"
        " FROM quote JOIN snapshot ON snapshot.id = snapshot_id JOIN actor ON actor.id = speaker_id"
        " JOIN claim ON claim.id = text_claim_id JOIN fact_about ON fact_about.fact_id = snapshot.fact_id"
        " JOIN fact about ON about.id = about_id JOIN fact meeting ON meeting.id = meeting_id"
        " JOIN actor origin ON origin.id = origin_id"
    )
    assert rows(scratch, query) == [("Ja", True, "kim", "kim", "island-2019", "island-2019", "2019-04-26")]
    query = (
        "SELECT attribution_step.position, attribution_step.role, actor.slug, from_char FROM attribution_step"
        " JOIN claim ON claim.id = claim_id LEFT JOIN actor ON actor.id = actor_id"
        " LEFT JOIN passage ON passage.id = attribution_step.passage_id WHERE claim.property = 'text' ORDER BY 1"
    )
    assert rows(scratch, query) == [
        (1, "UTTERER", "kim", None),
        (2, "AGENCY", "agency", 90),
        (3, "OUTLET", "paper", None),
    ]
    query = "SELECT from_char, role FROM claim_context JOIN passage ON passage.id = passage_id"
    assert rows(scratch, query) == [(30, "TEASER")]
    query = "SELECT property, claim_id FROM decided WHERE claim_id = (SELECT id FROM claim WHERE property = 'text')"
    assert sorted(property for property, _ in rows(scratch, query)) == ["attribution", "text"]


def test_who_is_in_it_and_since_when(scratch: str) -> None:
    load_into(scratch, record())
    query = (
        "SELECT fact.slug, role, actor.slug, involvement.known_from::text, count(claim_id) FROM involvement"
        " JOIN fact ON fact.id = fact_id JOIN actor ON actor.id = actor_id"
        " LEFT JOIN involvement_claim ON involvement_id = involvement.id GROUP BY 1, 2, 3, 4 ORDER BY 1, 3"
    )
    assert rows(scratch, query) == [
        ("island-2019", "PARTICIPANT", "kim", "2019-04-18", 2),
        ("island-2019", "HOST", "putin", "2019-04-18", 2),
        ("island-2019-agreed", "ACTOR", "kim", "2019-04-18", 1),
        ("island-2019-agreed", "ACTOR", "putin", "2019-04-18", 1),
        ("island-2019-held", "ACTOR", "kim", "2019-04-26", 1),
        ("island-2019-held", "ACTOR", "putin", "2019-04-26", 1),
        ("kim--putin", "PARTY", "kim", "2019-04-18", 0),
        ("kim--putin", "PARTY", "putin", "2019-04-18", 0),
        ("kim-yes", "SPEAKER", "kim", "2019-04-26", 1),
    ]
    query = (
        "SELECT slug, known_from::text, roles FROM presence"
        " WHERE actor_id = (SELECT id FROM actor WHERE slug = 'putin') ORDER BY 1, 2"
    )
    assert rows(scratch, query) == [
        ("island-2019", "2019-04-18", ["HOST"]),
        ("island-2019", "2019-04-26", ["HOST"]),
        ("island-2019-agreed", "2019-04-18", ["ACTOR"]),
        ("island-2019-held", "2019-04-26", ["ACTOR"]),
        ("kim--putin", "2019-04-18", ["PARTY"]),
    ]


def test_the_event_that_a_held_meeting_is(scratch: str) -> None:
    load_into(scratch, record())
    query = (
        "SELECT snapshot.slug, event_type, mode, score, modality, medium, place.slug, codes.slug, date FROM event"
        " JOIN snapshot ON snapshot.id = snapshot_id LEFT JOIN place ON place.id = place_id"
        " JOIN fact codes ON codes.id = codes_id ORDER BY 1"
    )
    assert rows(scratch, query) == [
        ("island-2019-agreed", "AGREE", None, 2.5, "ACTUAL", "UNKNOWN", None, "island-2019", "2019-04-18"),
        ("island-2019-held", "CONSULT", "visit", 4.0, "ACTUAL", "IN_PERSON", "island", "island-2019", "2019-04-25"),
    ]


def test_actors_and_places_are_known_since_something_names_them(scratch: str) -> None:
    load_into(scratch, record())
    assert rows(scratch, "SELECT slug, known_since::text FROM actor ORDER BY 2, 1") == [
        ("austria", "2019-04-18"),
        ("kim", "2019-04-18"),
        ("north-korea", "2019-04-18"),
        ("paper", "2019-04-18"),
        ("putin", "2019-04-18"),
        ("russia", "2019-04-18"),
        ("agency", "2019-04-26"),
    ]
    assert rows(scratch, "SELECT slug, known_since::text FROM place ORDER BY 2, 1") == [
        ("russia", "2019-04-18"),
        ("city", "2019-04-26"),
        ("island", "2019-04-26"),
    ]
    query = (
        "SELECT inner_.slug, string_agg(outer_.slug, ' ' ORDER BY outer_.slug) FROM place_within"
        " JOIN place inner_ ON inner_.id = place_id JOIN place outer_ ON outer_.id = container_id GROUP BY 1 ORDER BY 1"
    )
    assert rows(scratch, query) == [("city", "city russia"), ("island", "city island russia"), ("russia", "russia")]


def test_what_actors_are_called(scratch: str) -> None:
    load_into(scratch, record())
    query = "SELECT name, name_key, names FROM actor WHERE slug IN ('kim', 'putin') ORDER BY slug"
    assert rows(scratch, query) == [
        ("Kim", "kim", {"en": "Kim", "ko-kore": "김", "ko": "김"}),
        ("Pútin", "putin", {"de": "Pútin"}),
    ]
    query = (
        "SELECT country.slug FROM actor JOIN actor country ON country.id = actor.country_id WHERE actor.slug = 'russia'"
    )
    assert rows(scratch, query) == [("russia",)]


def test_lines_for_lists(scratch: str) -> None:
    load_into(scratch, record())
    query = (
        "SELECT wording.texts, byline.texts FROM claim JOIN source ON source.id = source_id"
        " JOIN wording ON wording.id = wording_id JOIN wording AS byline ON byline.id = byline_id"
        " WHERE claim.slug = 'early-island-2019-status-10'"
    )
    ((wordings, bylines),) = rows(scratch, query)
    labels = {tag: text + bylines[tag] for tag, text in wordings.items()}
    expected = {
        "en": "status: scheduled (Paper, 18 April 2019 [inferred])",
        "de": "Status: angesetzt (Paper, 18. April 2019 [erschlossen])",
        "ko": "상태: 예정됨 (Paper, 2019년 4월 18일 [추정])",
        "ru": "статус: назначено (Paper, 18 апреля 2019 г. [по косвенным данным])",
    }
    assert expected.items() <= labels.items()
    query = "SELECT slug, labels->>'en', labels->>'ko' FROM snapshot WHERE known_until = 'infinity' ORDER BY slug"
    assert rows(scratch, query) == [
        ("island-2019", "Island 2019", "Island 2019"),
        ("island-2019-agreed", *["Agreement to meet, Island 2019: Kim, Pútin, 18 April 2019"] * 2),
        ("island-2019-held", *["Meeting, Island 2019: Kim, Pútin, 25 April 2019"] * 2),
        ("kim--putin", "Kim and Pútin", "김–Pútin 관계"),
        ("kim-yes", *["Kim: “Ja”"] * 2),
    ]
    assert rows(scratch, "SELECT labels->>'de', known_since::text FROM conflict") == [
        ("Widerspruch, Ort (verschiedener Umfang): Insel 2019, Kim, Pútin", "2019-04-26")
    ]
    assert rows(scratch, "SELECT labels->>'ru' FROM source WHERE slug = 'late'") == [
        ("Paper, 26 апреля 2019 г. [по косвенным данным]",)
    ]


# ------------------------------------------------------------------ loading again


def test_a_second_load_touches_nothing(scratch: str) -> None:
    load_into(scratch, record())
    before = versions(scratch)
    report = load_into(scratch, record())
    assert str(report) == ("Nothing changed: 5 facts, 2 sources, 7 actors, 3 places, 1 conflict (revision 1).")
    assert not report.changed_anything
    assert versions(scratch) == before


def test_a_change_is_written_where_it_is_and_nowhere_else(scratch: str) -> None:
    load_into(scratch, record())
    numbers = rows(scratch, "SELECT id, slug FROM fact UNION ALL SELECT id, slug FROM claim ORDER BY 2")
    before = versions(scratch)
    given = record()
    changed = replace(given.facts["island-2019"], summary={"en": "They met there."})
    report = load_into(scratch, replace(given, facts={**given.facts, "island-2019": changed}))
    assert str(report).startswith("0 added, 1 changed, 0 removed:")
    assert report.revision == 2
    assert rows(scratch, "SELECT id, slug FROM fact UNION ALL SELECT id, slug FROM claim ORDER BY 2") == numbers
    after = versions(scratch)
    untouched = ("actor", "place", "source", "passage", "edtf", "quote", "relationship", "conflict", "conflict_claim")
    assert {table: after[table] for table in untouched} == {table: before[table] for table in untouched}
    assert len(before["fact"] & after["fact"]) == 4
    query = "SELECT summary FROM snapshot WHERE slug = 'island-2019' ORDER BY known_from"
    assert rows(scratch, query) == [(None,), ({"en": "They met there."},)]
    assert rows(scratch, "SELECT count(*) FROM conflict_claim") == [(2,)]


def test_going_back_restores_every_row(scratch: str) -> None:
    load_into(scratch, record())
    before = contents(scratch)
    load_into(scratch, without_entries(record(), facts="kim-yes"))
    assert contents(scratch) != before
    load_into(scratch, record())
    assert contents(scratch) == before


HISTORY = ("dataset", "entry_change")
"""Tables about loads."""


def contents(url: str) -> dict[str, list[str]]:
    """Return all rows except their numbers."""
    numbers = "'id', 'actor_id', 'place_id', 'fact_id', 'claim_id', 'snapshot_id', 'passage_id', 'source_id', 'name_id'"
    more = "'text_claim_id', 'speaker_id', 'meeting_id', 'involvement_id', 'change_id', 'origin_id', 'outlet_id'"
    more += ", 'quote_id', 'country_id'"
    gone = f"ARRAY[{numbers}, {more}, 'organisation_id', 'about_id', 'codes_id', 'one_id', 'other_id']"
    return {
        table: sorted(str(row) for (row,) in rows(url, f"SELECT to_jsonb(t) - {gone}::text[] FROM {table} t"))
        for table in TABLES
        if table not in HISTORY
    }


def test_what_is_gone_goes_with_all_that_only_it_named(scratch: str) -> None:
    load_into(scratch, record())
    given = record()
    only_early = replace(
        without_entries(given, facts="kim-yes", sources="late", conflicts="island-2019-place"),
        facts={
            "island-2019": replace(
                given.facts["island-2019"],
                claims=tuple(c for c in meeting().claims if c.source == "early"),
                involvements=tuple(replace(i, claims=i.claims[:1]) for i in meeting().involvements),
            )
        },
        properties={},
    )
    report = load_into(scratch, only_early)
    assert {noun: (c.added, c.changed, c.removed, c.unchanged) for noun, c in report.counts.items()} == {
        "facts": (0, 1, 2, 2),
        "sources": (0, 0, 1, 1),
        "actors": (0, 3, 1, 3),
        "places": (0, 0, 2, 1),
        "conflicts": (0, 0, 1, 0),
    }
    assert rows(scratch, "SELECT text FROM edtf ORDER BY 1") == [("2019-04-18",), ("[2019-04-16..2019-04-30]",)]
    assert rows(scratch, "SELECT count(*) FROM term") == [(0,)]
    assert rows(scratch, "SELECT DISTINCT source_id = (SELECT id FROM source) FROM passage") == [(True,)]


def test_an_empty_record_empties_the_store(scratch: str) -> None:
    load_into(scratch, record())
    load_into(scratch, Record({}, {}, {}, {}, {}, {}))
    counts = {table: rows(scratch, f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}
    assert {table for table, count in counts.items() if count} == set(HISTORY)
    assert rows(scratch, "SELECT revision FROM dataset") == [(2,)]


def test_what_is_unique_may_pass_from_one_to_the_other(scratch: str) -> None:
    given = record()
    kim, putin = given.actors["kim"], given.actors["putin"]
    load_into(scratch, replace(given, actors={**given.actors, "putin": replace(putin, wikidata="Q2")}))
    swapped = {"kim": replace(kim, wikidata="Q2"), "putin": replace(putin, wikidata="Q1")}
    load_into(scratch, replace(given, actors={**given.actors, **swapped}))
    query = "SELECT slug, wikidata FROM actor WHERE wikidata IS NOT NULL ORDER BY 1"
    assert rows(scratch, query) == [("kim", "Q2"), ("putin", "Q1")]


def test_a_new_text_of_a_passage_keeps_its_claims(scratch: str) -> None:
    load_into(scratch, record())
    numbers = rows(scratch, "SELECT id, passage_id FROM claim ORDER BY 1")
    given = record()
    loaded = [
        replace(claim, passage=replace(claim.passage, exact="Ja, ja", state="VERIFIED"))
        for claim in given.facts["kim-yes"].claims
    ]
    fact = replace(given.facts["kim-yes"], claims=tuple(loaded))
    report = load_into(scratch, replace(given, facts={**given.facts, "kim-yes": fact}))
    assert [report.counts[noun].changed for noun in ("facts", "sources")] == [1, 0]
    assert rows(scratch, "SELECT id, passage_id FROM claim ORDER BY 1") == numbers
    assert rows(scratch, "SELECT from_char, exact FROM passage WHERE state = 'VERIFIED'") == [(20, "Ja, ja")]


def test_what_the_tables_refuse_leaves_everything_as_it_was(scratch: str) -> None:
    load_into(scratch, record())
    before = versions(scratch)
    given = record()
    wrong = replace(given.actors["kim"], wikidata="Q9", typename="Organisation")
    with pytest.raises(psycopg.errors.CheckViolation, match="actor_leader_check"):
        load_into(scratch, replace(given, actors={**given.actors, "kim": wrong}))
    assert versions(scratch) == before


# ------------------------------------------------------------------ the seeds


def fetch_decided(database: str, slug: str, day: str) -> tuple[Any, ...]:
    """Return status, date, basis, planned date, place and outcome of a meeting as of a day."""
    query = (
        "SELECT status, date, date_basis, planned, place.slug, outcome FROM meeting"
        " JOIN snapshot ON snapshot.id = snapshot_id LEFT JOIN place ON place.id = place_id"
        f" WHERE snapshot.slug = '{slug}' AND '{day}' BETWEEN known_from AND known_until"
    )
    (found,) = rows(database, query)
    return found


def test_vladivostok(database: str) -> None:
    half = "[2019-04-16..2019-04-30]"
    assert fetch_decided(database, "vladivostok-2019", "2019-04-18")[:5] == ("SCHEDULED", None, None, half, "russia")
    after = fetch_decided(database, "vladivostok-2019", "2019-04-26")
    assert after[:3] == ("HELD", "2019-04-25", "STATED")
    assert after[4] == "russky-island"


@pytest.mark.parametrize("day", ["2019-04-18", "2019-09-17"])
def test_hanoi_before_the_record_of_its_days(database: str, day: str) -> None:
    assert fetch_decided(database, "hanoi-2019", day) == (
        "CUT_SHORT",
        "[2019-02-21..2019-02-28]",
        "STATED",
        None,
        "hanoi",
        "NO_AGREEMENT",
    )


def test_hanoi_now(database: str) -> None:
    assert fetch_decided(database, "hanoi-2019", "infinity")[:3] == ("CUT_SHORT", "2019-02-27/2019-02-28", "STATED")


def test_singapore(database: str) -> None:
    before = fetch_decided(database, "singapore-2018", "2018-05-31")
    assert [before[n] for n in (0, 1, 3)] == ["UNDER_RECONSIDERATION", None, "2018-06-12"]
    now = fetch_decided(database, "singapore-2018", "infinity")
    assert [now[n] for n in (0, 1, 5)] == ["HELD", "2018-06-12", "JOINT_STATEMENT"]


def test_the_demilitarised_zone(database: str) -> None:
    before = fetch_decided(database, "dmz-2019", "2019-09-17")
    assert [before[n] for n in (0, 1, 4, 5)] == ["HELD", "[2019-06-21..2019-06-30]", "dmz", "UNDERSTANDING"]
    now = fetch_decided(database, "dmz-2019", "infinity")
    assert [now[n] for n in (0, 1, 2, 4)] == ["HELD", "2019-06-30", "STATED", "dmz"]


def test_the_seeds_load_twice_and_change_nothing(scratch: str) -> None:
    with write_transaction(scratch) as connection:
        assert load(connection, REPOSITORY / "seeds").revision == 1
    with write_transaction(scratch) as connection:
        assert str(load(connection, REPOSITORY / "seeds")).startswith("Nothing changed: ")


def test_a_first_load_leaves_the_indexes_as_it_found_them(scratch: str) -> None:
    query = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
    before = rows(scratch, query)
    load_into(scratch, record())
    assert len(before) > 100
    assert rows(scratch, query) == before
    assert rows(scratch, "SELECT count(*) FROM pg_index WHERE NOT indisvalid OR NOT indisready") == [(0,)]


def test_postgresql_learns_at_once_what_a_first_load_has_brought(scratch: str) -> None:
    query = "SELECT count(*) FROM pg_stats WHERE tablename = 'claim' AND attname = 'property'"
    assert rows(scratch, query) == [(0,)]
    load_into(scratch, record())
    assert rows(scratch, query) == [(1,)]


@pytest.mark.parametrize(("changed", "unchanged", "share"), [(0, 0, 0), (0, 9, 0), (1, 3, 0.25), (2, 0, 1)])
def test_the_share_of_what_changed(changed: int, unchanged: int, share: float) -> None:
    changes = Changes(changed=Counter(fact=changed), unchanged=Counter(fact=unchanged))
    assert (changes.share, bool(changes)) == (share, changed > 0)


def test_no_line_of_the_seeds_is_empty(database: str) -> None:
    for table in ("source", "snapshot", "conflict", "edtf"):
        query = (
            f"SELECT count(*) FROM {table}, unnest(ARRAY['en', 'de', 'ko', 'ru']) AS wanted"
            f" WHERE coalesce({table}.labels->>wanted, '') = ''"
        )
        assert rows(database, query) == [(0,)]
    query = "SELECT count(*), count(*) FILTER (WHERE value = '') FROM wording, jsonb_each_text(texts)"
    ((count, empty),) = rows(database, query)
    assert count > 40
    assert empty == 0
