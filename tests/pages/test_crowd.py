"""The network of thousands of people: the weakest ties are cut, the same each time, and the page says how many."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator
from datetime import date, timedelta
from itertools import combinations
from random import Random
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient

from service.app import create_app
from service.pages.drawing.network import draw_network
from service.settings import Settings
from service.store.loading.load import load_record
from service.store.record.record import Actor, Claim, Fact, Involvement, Name, Passage, Record, Source, Step
from service.store.transactions import write_transaction
from tests.conftest import copy_database
from tests.pages.answers import view_of

pytestmark = pytest.mark.slow

PEOPLE, MEETINGS = 2_000, 2_500
DAY = date(2019, 6, 1)
MOST_TIES = 100
DEFAULT_TIES = 60


def parties() -> list[list[str]]:
    """Return who met in each meeting: two to four of the people, some of whom meet often and most hardly anybody."""
    random = Random(8)
    slugs = [f"person-{number:04}" for number in range(PEOPLE)]
    # everybody meets somebody once
    some = [[slugs[index], slugs[(index + 1) % PEOPLE]] for index in range(0, PEOPLE, 2)]
    often = [
        sorted({slugs[int(PEOPLE * random.random() ** 6)] for _ in range(random.randint(2, 4))})
        for _ in range(MEETINGS - len(some))
    ]
    return some + often


def crowd(met: list[list[str]]) -> Record:
    """Return meetings that were held, each reported by one source."""
    sources = {
        slug: Source(slug, f"{slug}.txt", "ARTICLE", "en", DAY.isoformat(), "STATED", DAY, f"{number:064}")
        for number, slug in enumerate(f"source-{number}" for number in range(len(met)))
    }
    slugs = sorted({slug for each in met for slug in each})
    facts = {f"meeting-{number:04}": meeting(f"meeting-{number:04}", number, each) for number, each in enumerate(met)}
    return Record(
        actors={slug: Actor(slug, "Person", (Name(slug.title(), "en", "COMMON", {}),)) for slug in slugs},
        places={},
        sources=sources,
        facts=facts,
        conflicts={},
        properties={name: {"en": f"The property {name}."} for name in ("existence", "status", "date")},
    )


def meeting(slug: str, number: int, who: list[str]) -> Fact:
    day = (DAY - timedelta(days=1 + number % 700)).isoformat()
    told = {"existence": None, "status": "HELD", "date": day}
    claims = tuple(
        Claim(
            slug=f"{slug}-{property}",
            fact=slug,
            property=property,
            value=value,
            source=f"source-{number}",
            reported_on=DAY,
            passage=Passage(f"source-{number}", 10, 15, 1, "BODY", "0" * 64),
            steps=(Step("OUTLET", None, "a paper"),),
            position=1,
            effective=day if property == "status" else None,
        )
        for property, value in told.items()
    )
    parts = tuple(Involvement("PARTICIPANT", each, (f"{slug}-existence",)) for each in who)
    return Fact(slug, "Summit", claims, {"level": "LEADERS"}, parts, (Name(slug.title(), "en", "COMMON", {}),))


@pytest.fixture(scope="module")
async def client(server: str, template: str) -> AsyncIterator[AsyncClient]:
    url = copy_database(server, "crowd")
    with write_transaction(url) as connection:
        load_record(connection, crowd(parties()))
    # no earlier response is returned again
    app = create_app(Settings(database_url=url, answer_cache_bytes=0))
    transport = ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=transport, base_url="http://book.test") as client,
    ):
        yield client


@pytest.fixture(scope="module")
def weights() -> Counter[tuple[str, str]]:
    """Return how often each two met."""
    return Counter(pair for who in parties() for pair in combinations(who, 2))


def drawn_ties(network: dict[str, Any]) -> list[tuple[str, str]]:
    pairs = [[person["slug"] for person in tie["people"]] for tie in network["ties"]]
    return [(one, other) for one, other in pairs]


@pytest.mark.parametrize("first", [None, 20, MOST_TIES])
async def test_the_strongest_ties_are_drawn_and_all_are_counted(
    first: int | None, client: AsyncClient, weights: Counter[tuple[str, str]]
) -> None:
    query = f"?first={first}" if first else ""
    network = (await client.get(f"/network.json{query}")).json()
    strongest = sorted(weights, key=lambda pair: (-weights[pair], "--".join(pair)))[: first or DEFAULT_TIES]
    assert drawn_ties(network) == strongest
    assert (network["tieCount"], network["peopleCount"]) == (len(weights), PEOPLE)
    assert len(network["people"]) <= 2 * (first or DEFAULT_TIES)
    drawing = draw_network(view_of("network", {"network": network}))
    assert (len(drawing.lines), len(drawing.nodes)) == (len(network["ties"]), len(network["people"]))


async def test_the_cut_is_the_same_each_time(client: AsyncClient) -> None:
    pages = [(await client.get("/network?lang=en", headers={"accept": "text/html"})).text for _ in range(2)]
    assert pages[0] == pages[1]


async def test_the_page_says_what_was_cut(client: AsyncClient, weights: Counter[tuple[str, str]]) -> None:
    page = (await client.get("/network?lang=en", headers={"accept": "text/html"})).text
    told = re.search(
        r"Ties: ([\d,]+) / ([\d,]+) · People: ([\d,]+) / ([\d,]+)\. Only the strongest ties are shown", page
    )
    assert told is not None
    ties, all_ties, people, everybody = (int(each.replace(",", "")) for each in told.groups())
    assert (ties, all_ties, everybody) == (DEFAULT_TIES, len(weights), PEOPLE)
    assert people == len(re.findall(r'<g class="node"', page)) <= 2 * DEFAULT_TIES
    assert len(re.findall(r'class="mark tie', page)) == DEFAULT_TIES


async def test_around_one_at_most_half_as_many_neighbours_are_drawn(
    client: AsyncClient, weights: Counter[tuple[str, str]]
) -> None:
    hub, number = Counter(slug for pair in weights for slug in pair).most_common(1)[0]
    assert number > DEFAULT_TIES
    network = (await client.get(f"/network.json?around={hub}")).json()
    own = [pair for pair in drawn_ties(network) if hub in pair]
    of_hub = sorted((pair for pair in weights if hub in pair), key=lambda pair: (-weights[pair], "--".join(pair)))
    assert sorted(own) == sorted(of_hub[: len(own)])
    assert len(own) <= DEFAULT_TIES // 2
    assert len(network["ties"]) <= DEFAULT_TIES
    assert len(network["people"]) <= len(own) + 1
    assert network["tieCount"] > len(network["ties"])
