"""What a search finds, in which order and why; the same text as a filter."""

from typing import Any

import psycopg
import pytest

from service.errors import BadInput
from service.language.errors import OperationError
from service.store.kinds import typenames_where
from service.store.search.shares import CALLED, HIDDEN, SHARES
from tests.schema.asking import PLANNER, answer

pytestmark = [pytest.mark.slow, pytest.mark.sql]

SEARCH = """query ($text: String!, $kind: [SearchKind!], $day: Date, $first: Int = 100, $after: String) {
    search(text: $text, kind: $kind, asOf: $day, first: $first, after: $after) {
        totalCount
        totalIsExact
        counts { kind count }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        nodes { __typename ... on Entry { slug } }
        edges { cursor score matchedWords hasAllWords matched { text isHit } node { __typename ... on Entry { slug } } }
    }
}"""


async def search(url: str, text: str, **given: Any) -> Any:
    return (await answer(url, SEARCH, {"text": text, **given}))["data"]["search"]


async def search_slugs(url: str, text: str, **given: Any) -> list[str]:
    """Return type and slug of each, best first."""
    return [f"{node['__typename']} {node['slug']}" for node in (await search(url, text, **given))["nodes"]]


def mark_hits(edge: Any) -> str:
    return "".join(f"[{part['text']}]" if part["isHit"] else part["text"] for part in edge["matched"])


# ------------------------------------------------------------------ names


@pytest.mark.parametrize(
    ("text", "entry", "tier", "matched"),
    [
        # with the spelling of the name, except for case and punctuation
        ("Lawrow", "Person sergey-lavrov", 2, "[Lawrow]"),
        ("Lavrov", "Person sergey-lavrov", 2, "[Lavrov]"),
        ("сергей лавров", "Person sergey-lavrov", 2, "[Сергей] [Лавров]"),
        ("김정은", "Person kim-jong-un", 2, "[김정은]"),
        ("Kim Jong Un", "Person kim-jong-un", 2, "[Kim] [Jong] [Un]"),
        ("kim jong-UN", "Person kim-jong-un", 2, "[Kim] [Jong] [Un]"),
        ("“Kim Jong Un”", "Person kim-jong-un", 2, "[Kim] [Jong] [Un]"),
        ("Kim Jŏng Ŭn", "Person kim-jong-un", 2, "[Kim] [Jŏng] [Ŭn]"),
        ("Wladiwostok", "Place vladivostok", 2, "[Wladiwostok]"),
        ("Pjöngjang", "Place pyongyang", 2, "[Pjöngjang]"),
        ("Südkorea", "Country south-korea", 2, "[Südkorea]"),
        # folded: letters, accents, spaces
        ("Лавров", "Person sergey-lavrov", 1, "[Lavrov]"),
        ("Lavrow", "Person sergey-lavrov", 1, "[Lavrov]"),
        ("Kim Jongun", "Person kim-jong-un", 1, "[Kim] [Jong] [Un]"),
        ("김 정은", "Person kim-jong-un", 1, "[Gim] [Jeong]-[eun]"),
        ("Gim Jeongeun", "Person kim-jong-un", 1, "[Gim] [Jeong]-[eun]"),
        ("Pjongjang", "Place pyongyang", 1, "[Pyongyang]"),
        ("Pjoengjang", "Place pyongyang", 1, "[Pyongyang]"),
        ("Wladiwostock", "Place vladivostok", 1, "[Vladivostok]"),
        ("Suedkorea", "Country south-korea", 1, "[Südkorea]"),
        ("Sudkorea", "Country south-korea", 1, "[Südkorea]"),
        # a typing error: a letter missing, added, wrong, or two swapped
        ("Ptin", "Person vladimir-putin", 0, "Vladimir [Putin]"),
        ("Pustin", "Person vladimir-putin", 0, "Vladimir [Putin]"),
        ("Pudin", "Person vladimir-putin", 0, "Vladimir [Putin]"),
        ("Putni", "Person vladimir-putin", 0, "Vladimir [Putin]"),
        ("Wladiwustok", "Place vladivostok", 0, "[Vladivostok]"),
        ("Kim Jong Uhn", "Person kim-jong-un", 0, "[Kim] [Jong] [Un]"),
        ("Mathew Potinger", "Person matthew-pottinger", 1, "[Matthew] [Pottinger]"),
        ("Nordkora", "Country north-korea", 0, "[Nordkorea]"),
        # the beginning of a word
        ("Wladiw", "Place vladivostok", 0, "[Wladiwostok]"),
        ("kimjongu", "Person kim-jong-un", 0, "[Kim] [Jong] [Un]"),
        ("Vladimir Pu", "Person vladimir-putin", 0, "[Vladimir] [Putin]"),
    ],
)
async def test_names_are_found_as_people_write_them(
    database: str, text: str, entry: str, tier: int, matched: str
) -> None:
    kind = [entry.split()[0].upper()]
    first = (await search(database, text, kind=kind))["edges"][0]
    assert f"{first['node']['__typename']} {first['node']['slug']}" == entry
    assert int(first["score"]) == tier
    assert mark_hits(first) == matched


async def test_the_name_comes_before_the_names_that_hold_it_and_these_before_texts(database: str) -> None:
    assert (await search_slugs(database, "Wladiwostok"))[:4] == [
        "Place vladivostok",
        "Summit vladivostok-2019",
        "Invitation kim-invites-putin-to-north-korea",
        "Event vladivostok-2019-held",
    ]


@pytest.mark.parametrize(
    ("lexemes", "text"),
    [("'~t?eati':2D", "Treaty"), ("'treatybound':2A", "treaty"), ("'<vie' 'vietnam':2A", "Wye")],
    ids=["a slip", "a beginning", "a beginning only when folded"],
)
async def test_what_has_the_word_itself_comes_before_a_name_that_is_like_it(
    lexemes: str, text: str, scratch: str
) -> None:
    """However well known that entry is, and however little the other counts."""
    with psycopg.connect(scratch, autocommit=True) as connection:
        connection.execute(ACTORS)
        connection.execute(TEXTS, {"others": "Quote", "lexemes": f"'{text.lower()}':2C", "own": ""})
        connection.execute("DELETE FROM search_text WHERE slug NOT IN ('a-1', 'a-10001')")
        connection.execute(
            "UPDATE search_text SET prominence = 0.4125, text = chr(31) || chr(30) || chr(31) || chr(31)"
        )
        connection.execute(
            "UPDATE search_text SET prominence = 1, lexemes = %s::tsvector WHERE slug = 'a-10001'", [lexemes]
        )
        connection.execute("UPDATE search_text SET text = text || typename")
    query = "query ($text: String!) { search(text: $text) { edges { matched { text } } } }"
    edges = (await answer(scratch, query, {"text": text}))["data"]["search"]["edges"]
    assert [edge["matched"][0]["text"] for edge in edges] == ["Quote", "Person"]


async def test_two_slips_are_not_forgiven_nor_one_in_a_word_of_three_letters(database: str) -> None:
    assert await search_slugs(database, "Wladiwastox") == []
    assert await search_slugs(database, "Kem", kind=["PERSON"]) == []


# ------------------------------------------------------------------ syntax


NEGOTIATIONS = [
    "north-korean-foreign-ministry-security-guarantees",
    "foreign-ministry-official-few-weeks",
    # a negotiator, described in English, and negotiations in Korean
    "kcna-more-careful-and-mature",
    "north-korea-pompeo-excluded",
    "kwon-jong-gun-hanoi-talks-badly",
]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("Stunden", ["donald-trump-home-in-two-hours"]),
        ("zwei nach Stunde", ["donald-trump-home-in-two-hours"]),
        ('"nur zwei Stunden"', ["donald-trump-home-in-two-hours"]),
        ('"zwei nur Stunden"', []),
        ('"nur zwei Stu', ["donald-trump-home-in-two-hours"]),
        ('"nur zwei Stu"', []),
        ("Pompeo Hanoi", ["kwon-jong-gun-hanoi-talks-badly", "kwon-jong-gun-pompeo-nose"]),
        ("Pompeo Hanoi -Nase", ["kwon-jong-gun-hanoi-talks-badly"]),
        ('Pompeo Hanoi -"seine Nase"', ["kwon-jong-gun-hanoi-talks-badly"]),
        ("Stunden or Pompeo Hanoi -Nase", ["kwon-jong-gun-hanoi-talks-badly", "donald-trump-home-in-two-hours"]),
        ("Stunden OR", ["donald-trump-home-in-two-hours"]),
        ("Verhandlung", NEGOTIATIONS),
        ("Verhandlungen", NEGOTIATIONS),
        ("stagnates", ["kim-jong-un-critical-point-peninsula"]),
    ],
)
async def test_words_phrases_not_and_or(database: str, text: str, entries: list[str]) -> None:
    quotes = await search_slugs(database, text, kind=["QUOTE"])
    assert quotes == [f"Quote {slug}" for slug in entries]


# Trump met Kim on 12 June 2018, and the prime minister of Singapore between 10 and 13 June
KIM, LEE = "singapore-2018", "singapore-2018-lee"


@pytest.mark.parametrize(
    ("text", "summits"),
    [
        ("12.6.2018", [KIM]),
        ("2018-06-12", [KIM]),
        ("2018-6-12", [KIM]),
        ('"12.06.2018"', [KIM]),
        ("Trump (12. 6. 2018)", [KIM]),
        ("10.6.2018", [LEE]),
        ("2018-06-10/2018-06-13", [LEE]),
        ("2018-06-12 or 2018-06-13", [KIM, LEE]),
        ("Singapur -12.6.2018", [LEE]),
        # its month and year are those of the first day, its day that of the last
        ("6.10.2018", []),
        ("31.6.2018", []),
        ("0000-00-00", []),
        # a longer number is no day
        ("2018-06-123", []),
    ],
)
async def test_a_day_in_figures_is_one_word(database: str, text: str, summits: list[str]) -> None:
    edges = (await search(database, text, kind=["SUMMIT"]))["edges"]
    assert {edge["node"]["slug"] for edge in edges if edge["hasAllWords"]} == {*summits}
    filtered = "query ($text: String!) { summits(filter: {text: $text}) { nodes { slug } } }"
    nodes = (await answer(database, filtered, {"text": text}))["data"]["summits"]["nodes"]
    assert {node["slug"] for node in nodes} == {*summits}


async def test_a_day_counts_as_one_of_the_words_and_is_found_once_it_was_told(database: str) -> None:
    edges = (await search(database, "Kim 12.6.2018"))["edges"]
    assert (edges[0]["node"]["slug"], edges[0]["matchedWords"]) == (KIM, 2)
    assert "2018" in mark_hits(edges[0])
    assert await search_slugs(database, "12.6.2018", kind=["SUMMIT"], day="2018-01-01") == []
    assert await search_slugs(database, "12.6.2018", kind=["SUMMIT"], day="2019-12-31") == [f"Summit {KIM}"]


async def test_all_words_come_first_then_most_and_one_too_many_empties_nothing(database: str) -> None:
    both = (await search(database, "zwei Stunden", kind=["QUOTE"]))["edges"]
    assert [(edge["matchedWords"], edge["hasAllWords"]) for edge in both] == [(2, True)]
    more = (await search(database, "zwei Stunden Wochen", kind=["QUOTE"]))["edges"]
    assert more[0]["node"] == both[0]["node"]
    assert {(edge["matchedWords"], edge["hasAllWords"]) for edge in more} == {(2, False)}
    kim = (await search(database, "Kim Putin Treffen"))["edges"]
    numbers = [edge["matchedWords"] for edge in kim]
    assert numbers == sorted(numbers, reverse=True)
    assert set(numbers) == {3, 2}
    filtered = "query ($text: String!) { facts(filter: {text: $text}) { totalCount } }"
    found_ = (await answer(database, filtered, {"text": "zwei Stunden Wochen"}))["data"]["facts"]
    assert found_ == {"totalCount": 0}


async def test_a_kind_does_not_change_what_is_found_of_it(database: str) -> None:
    for text in ("zwei Stunden Wochen", "Kim Putin Treffen", "Gipfel Banane", "Trump Kim Hanoi Xylophon"):
        whole = await search_slugs(database, text)
        for kind in ("SUMMIT", "QUOTE", "EVENT"):
            own = [entry for entry in whole if entry.startswith(kind.capitalize())]
            assert await search_slugs(database, text, kind=[kind]) == own


async def test_a_word_that_tells_nothing_need_not_be_there_unless_it_is_all_that_is_asked(database: str) -> None:
    assert await search_slugs(database, "die zwei Stunden of") == ["Quote donald-trump-home-in-two-hours"]
    assert "Quote kim-jong-un-peace-us-government" in await search_slugs(database, "der")


@pytest.mark.parametrize("text", ["", "  \n", '"', '""', "-", "or", "?!", "\x1e", "'|&:*"])
async def test_blank_text_finds_nothing(database: str, text: str) -> None:
    assert await search(database, text) == {
        "totalCount": 0,
        "totalIsExact": True,
        "counts": [],
        "pageInfo": {"hasNextPage": False, "hasPreviousPage": False, "startCursor": None, "endCursor": None},
        "nodes": [],
        "edges": [],
    }
    query = "query ($text: String!) { quotes(filter: {text: $text}) { totalCount } }"
    assert (await answer(database, query, {"text": text}))["data"] == {"quotes": {"totalCount": 0}}


@pytest.mark.parametrize(
    ("given", "argument", "reason"),
    [
        ({"text": "word " * 101}, "text", "TOO_MANY_WORDS"),
        ({"text": "a\0b"}, "text", "INVALID_TEXT"),
        ({"text": "Kim", "first": 101}, "first", "PAGE_TOO_LARGE"),
        ({"text": "Kim", "first": -1}, "first", "PAGE_SIZE_NEGATIVE"),
        ({"text": "Kim", "after": "WyJRdW90ZUNvbm5lY3Rpb24uREFURV9BU0MiXQ"}, "after", "INVALID_CURSOR"),
        ({"text": "Kim", "day": "2019-02-30"}, "asOf", "INVALID_DATE"),
    ],
)
def test_what_cannot_be_looked_for_is_refused(given: dict[str, Any], argument: str, reason: str) -> None:
    with pytest.raises(OperationError) as refused:
        PLANNER.prepare(SEARCH, variables=given)
    (error,) = refused.value.errors
    assert error.path == ["search"]
    assert error.extensions == {"code": BadInput.code, "argument": argument, "reason": reason}


@pytest.mark.parametrize("letters", [1, 12, 35, 98])
async def test_as_many_and_as_long_words_as_may_be_are_answered(database: str, letters: int) -> None:
    word = ("abcdefghijklmnopqrstuvwxyz" * 4)[:letters]
    text = " ".join(word[n % letters :] + word[: n % letters] for n in range(100))
    assert (await search(database, text))["totalIsExact"]


# ------------------------------------------------------------------ day, kind, pages, counts


async def test_what_was_printed_later_is_not_found_before(database: str) -> None:
    assert await search_slugs(database, "Stunden", day="2021-02-21") == []
    assert await search_slugs(database, "Stunden", day="2021-02-22") == ["Quote donald-trump-home-in-two-hours"]
    assert await search_slugs(database, "Pottinger", day="2019-09-17") == []
    query = '{ quotes(filter: {text: "Stunden"}, asOf: "2021-02-21") { totalCount } }'
    assert (await answer(database, query))["data"]["quotes"]["totalCount"] == 0


async def test_a_summary_is_found_only_once_all_is_told(database: str) -> None:
    assert await search_slugs(database, '"cut short as two articles have it"') == ["Summit hanoi-2019"]
    assert await search_slugs(database, '"cut short as two articles have it"', day="2019-04-18") == []
    assert await search_slugs(database, "Hanoi 2019", kind=["SUMMIT"], day="2019-04-18") == ["Summit hanoi-2019"]


async def test_kinds_apply_to_all_that_is_told_of_a_search(database: str) -> None:
    both = await search(database, "Singapur", kind=["PLACE", "COUNTRY"])
    assert [node["__typename"] for node in both["nodes"]] == ["Place", "Country"]
    assert both["totalCount"] == 2
    assert both["counts"] == [{"kind": "COUNTRY", "count": 1}, {"kind": "PLACE", "count": 1}]
    assert await search_slugs(database, "Singapur", kind=[]) == []


async def test_counts_add_up(database: str) -> None:
    kim = await search(database, "Kim")
    kinds = ["AGREEMENT", "EVENT", "INVITATION", "PERSON", "QUOTE", "SOURCE", "SUMMIT", "TALKS"]
    assert [counted["kind"] for counted in kim["counts"]] == kinds
    assert sum(counted["count"] for counted in kim["counts"]) == kim["totalCount"] == len(kim["nodes"])
    assert kim["totalIsExact"]


async def test_pages_put_together_are_the_whole(database: str) -> None:
    whole = await search(database, "Kim")
    scores = [edge["score"] for edge in whole["edges"]]
    assert scores == sorted(scores, reverse=True)
    pages: list[Any] = []
    while not pages or pages[-1]["pageInfo"]["hasNextPage"]:
        after = {"after": pages[-1]["pageInfo"]["endCursor"]} if pages else {}
        pages.append(await search(database, "Kim", first=7, **after))
    assert [edge for page in pages for edge in page["edges"]] == whole["edges"]
    assert [page["pageInfo"]["hasPreviousPage"] for page in pages] == [False] + [True] * (len(pages) - 1)
    assert {page["totalCount"] for page in pages} == {whole["totalCount"]}


ACTORS = """
INSERT INTO actor (slug, typename, name, name_key, names, is_leader, known_since, digest)
SELECT 'a-' || n, 'Person', 'x', 'x', '{}', false, '2019-01-01', '' FROM generate_series(1, 10001) AS n
"""
TEXTS = """
INSERT INTO search_text (typename, slug, known_from, known_until, prominence, actor_id, text, lexemes)
SELECT CASE WHEN id = 10001 THEN 'Person' ELSE %(others)s END, slug, '2019-01-01', 'infinity',
    CASE WHEN id = 10001 THEN 0.75 ELSE 0.9 END, id, '', %(lexemes)s::tsvector ||
    CASE WHEN id = 10001 THEN %(own)s::tsvector ELSE '' END
FROM actor
"""


@pytest.mark.parametrize(("others", "count"), [("Quote", 1), ("Person", 10_000)])
async def test_of_too_many_those_with_names_are_kept_and_first_what_is_called_so(
    others: str, count: int, scratch: str
) -> None:
    """However many there are, and however better known."""
    with psycopg.connect(scratch, autocommit=True) as connection:
        connection.execute(ACTORS)
        connection.execute(TEXTS, {"others": others, "lexemes": "'treaty':2A", "own": "'=treaty':2A"})
    many = await search(scratch, "treaty", first=1)
    assert (many["totalCount"], many["totalIsExact"]) == (10_000, False)
    assert many["nodes"] == [{"__typename": "Person", "slug": "a-10001"}]
    assert sum(each["count"] for each in many["counts"]) == 10_000
    assert many["counts"][0] == {"kind": "PERSON", "count": count}
    fewer = await search(scratch, "treaty", first=1, kind=["PERSON", "SUMMIT"])
    assert (fewer["totalCount"], fewer["totalIsExact"]) == (count, count == 1)


async def test_of_too_many_names_are_kept(scratch: str) -> None:
    with psycopg.connect(scratch, autocommit=True) as connection:
        connection.execute(ACTORS)
        connection.execute(TEXTS, {"others": "Quote", "lexemes": "'treaty':2B", "own": "'treaty':4A"})
    many = await search(scratch, "treaty", first=1)
    assert many["counts"] == [{"kind": "PERSON", "count": 1}, {"kind": "QUOTE", "count": 9_999}]
    assert many["nodes"] == [{"__typename": "Person", "slug": "a-10001"}]
    fewer = await search(scratch, "treaty", first=1, kind=["QUOTE"])
    assert (fewer["totalCount"], fewer["totalIsExact"]) == (10_000, True)


def test_each_text_is_in_one_share(database: str) -> None:
    times = " + ".join(f"({share.condition()})::int" for share in SHARES.values())
    with psycopg.connect(database) as connection:
        assert connection.execute(f"SELECT DISTINCT {times} FROM search_text".encode()).fetchall() == [(1,)]
    types = {name for share in SHARES.values() for name in share.typenames}
    assert types == {*CALLED, "Source", *typenames_where(lambda kind: True)}
    assert {*HIDDEN} == {*typenames_where(lambda kind: not kind.search.is_result)}


# ------------------------------------------------------------------ marks


@pytest.mark.parametrize(
    ("text", "slug", "matched"),
    [
        (
            "stunde",
            "donald-trump-home-in-two-hours",
            "Ich kann dich in nur zwei [Stunden] nach Hause bringen, wenn Du willst.",
        ),
        (
            "sanction ease -Trump",
            "north-korea-step-by-step-approach",
            "The approach should go step by step, and with it the United States must [ease] [sanctions].",
        ),
        (
            '"Treffen in Hanoi"',
            "kwon-jong-gun-hanoi-talks-badly",
            "Kwon Jong-gun, von KCNA zitiert, darüber, was das [Treffen] in [Hanoi] über Pompeos Rolle in den "
            "Gesprächen gezeigt habe.",
        ),
        ("Квон", "kwon-jong-gun-hanoi-talks-badly", "[Квон] Чен Гын"),
    ],
)
async def test_the_text_that_was_found_is_shown_in_pieces(database: str, text: str, slug: str, matched: str) -> None:
    edges = (await search(database, text, kind=["QUOTE"]))["edges"]
    assert [mark_hits(edge) for edge in edges if edge["node"]["slug"] == slug] == [matched]


async def test_where_only_words_are_refused_nothing_is_marked(database: str) -> None:
    everything = await search(database, "-Trump", kind=["COUNTRY"])
    assert everything["totalCount"] == 13
    assert everything["edges"][0]["matched"] == [{"text": "North Korea", "isHit": False}]


# ------------------------------------------------------------------ the same as a filter


@pytest.mark.parametrize(
    ("of", "text", "slugs"),
    [
        (
            "facts",
            '"nur zwei Stunden" or "Hanoi 2019"',
            ["donald-trump-home-in-two-hours", "hanoi-2019", "hanoi-2019-held"],
        ),
        ("meetings", "Wladiwostock -Nordkorea", ["vladivostok-2019"]),
        ("summits", '"Wladiwostok 2019"', ["vladivostok-2019"]),
        ("quotes", "Pompeo Hanoi", ["kwon-jong-gun-hanoi-talks-badly", "kwon-jong-gun-pompeo-nose"]),
        ("events", '"Air Force One"', ["donald-trump-offers-kim-flight", "kim-jong-un-declines-flight"]),
        ("invitations", "Lawrow", ["lavrov-invites-kim-to-russia"]),
        ("offices", "Vize Aussenministerin", ["choe-son-hui-vice-foreign-minister"]),
        ("leaders", "Kim", ["kim-jong-un"]),
        ("people", "Kim -Chol", ["kim-jong-un"]),
        ("organisations", "Süddeutsche", ["sueddeutsche-zeitung"]),
        ("countries", "Korea -South", ["north-korea"]),
        ("places", "Nordkorea", ["north-korea"]),
        # a list does not mark typing errors, so it accepts none
        ("places", "Nordkora", []),
        ("people", "Ptin", []),
        ("sources", "Joint Statement", ["joint-statement-singapore"]),
    ],
)
async def test_a_filter_takes_what_a_search_finds(database: str, of: str, text: str, slugs: list[str]) -> None:
    query = f"query ($text: String) {{ {of}(filter: {{text: $text}}) {{ totalCount nodes {{ slug }} }} }}"
    expected = {"totalCount": len(slugs), "nodes": [{"slug": slug} for slug in slugs]}
    assert (await answer(database, query, {"text": text}))["data"][of] == expected


async def test_lists_below_an_entry_take_the_filter_too(database: str) -> None:
    query = """{
        leader(slug: "kim-jong-un", asOf: "2019-04-26") {
            quotes(filter: {text: "Hanoi"}) { nodes { slug } }
            country { people(filter: {text: "Kwon"}) { nodes { slug } } }
        }
        relationships(filter: {sharing: {text: "Air Force One"}}) { nodes { slug } }
    }"""
    assert (await answer(database, query))["data"] == {
        "leader": {
            "quotes": {"nodes": [{"slug": "kim-jong-un-bad-faith-hanoi"}]},
            "country": {"people": {"nodes": [{"slug": "kwon-jong-gun"}]}},
        },
        "relationships": {"nodes": [{"slug": "donald-trump--kim-jong-un"}]},
    }
