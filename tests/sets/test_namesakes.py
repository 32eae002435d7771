"""People with the same name, or of the same house: the rows of each contain that person, and none of the others."""

import json
from collections.abc import Mapping
from itertools import combinations

import pytest

from service.settings import REPOSITORY

SET = REPOSITORY / "seeds" / "sets" / "histstate"
NAMESAKES: list[dict[str, str]] = [
    {"ferdinand-marcos": "trip-2825-philippines", "bongbong-marcos": "visit-3158"},
    {"king-george-v": "trip-2659-united-kingdom", "king-george-vi": "visit-2177"},
    {"king-george-v": "trip-2659-united-kingdom", "king-george-ii": "visit-2199"},
    {"george-h-w-bush": "trip-2321-canada", "george-w-bush": "trip-2381-mexico"},
    {"pierre-trudeau": "trip-2912-canada", "justin-trudeau": "visit-2882"},
    {"theodore-roosevelt": "trip-2654", "franklin-d-roosevelt": "visit-2177"},
    {"kim-young-sam": "trip-2523-south-korea", "kim-dae-jung": "trip-2604-south-korea"},
    {"park-chung-hee": "trip-2863-south-korea", "park-geun-hye": "trip-3417-south-korea"},
    {"hussein-of-jordan": "trip-2857-jordan", "hussein-onn": "visit-319"},
    {"abdullah-ii-of-jordan": "trip-2473-jordan", "abdullah-of-saudi-arabia": "trip-2494-saudi-arabia"},
    {"salman-of-saudi-arabia": "trip-3432-saudi-arabia", "mohammed-bin-salman": "visit-2904"},
    {"fidel-castro": "visit-2382", "raul-castro": "trip-3616-cuba"},
    {"indira-gandhi": "visit-2", "rajiv-gandhi": "visit-602"},
    {"georgios-papandreou": "visit-2526", "andreas-papandreou": "visit-1052", "george-papandreou": "visit-2078"},
    {"zulfikar-ali-bhutto": "visit-207", "benazir-bhutto": "visit-718"},
    {"lee-kuan-yew": "visit-197", "lee-hsien-loong": "visit-1796", "lee-myung-bak": "trip-3042-south-korea"},
    {"rafiq-al-hariri": "visit-1011", "saad-hariri": "visit-2121"},
    {"takeo-fukuda": "visit-290", "yasuo-fukuda": "visit-1921"},
    {"konstantinos-karamanlis": "trip-2761-greece", "kostas-karamanlis": "visit-1708"},
    {"heydar-aliyev": "visit-1074", "ilham-aliyev": "visit-1833"},
    {"omar-bongo": "visit-206", "ali-bongo-ondimba": "visit-2567"},
    {"anastasio-somoza-garcia": "visit-2176", "anastasio-somoza-debayle": "trip-2815-nicaragua"},
    {"mohammed-v-of-morocco": "trip-2765-morocco", "mohammed-vi-of-morocco": "visit-1418"},
    {"mohammed-v-of-morocco": "trip-2765-morocco", "mohammed-zaher": "trip-2758-afghanistan"},
    {"chaim-herzog": "visit-536", "isaac-herzog": "visit-3055", "roman-herzog": "visit-1242"},
    {
        "poul-nyrup-rasmussen": "trip-2582-denmark",
        "anders-fogh-rasmussen": "trip-2448-denmark",
        "lars-lokke-rasmussen": "trip-2978-denmark",
    },
    {"harmodio-arias-madrid": "visit-2161", "oscar-arias": "visit-1874"},
    {"faisal-of-saudi-arabia": "visit-163", "faisal-ii-of-iraq": "visit-2296"},
    {"prince-albert-i": "visit-2607", "king-albert": "visit-2147"},
    {"amata-kabua": "visit-786", "imata-kabua": "visit-1303"},
    {"idriss-deby": "us-africa-leaders-summit-2014", "mahamat-idriss-deby-itno": "us-africa-leaders-summit-2022"},
]


@pytest.fixture(scope="module")
def people() -> Mapping[str, set[str]]:
    """Return who is in each fact."""
    lines = (
        line for noun in ("meetings", "events") for line in (SET / f"{noun}.jsonl").read_text("utf-8").splitlines()
    )
    facts = map(json.loads, lines)
    return {fact["slug"]: {*fact.get("participants", ()), *fact.get("actors", ())} for fact in facts}


@pytest.mark.parametrize("namesakes", NAMESAKES, ids=" ".join)
def test_namesakes_are_kept_apart(people: Mapping[str, set[str]], namesakes: Mapping[str, str]) -> None:
    for person, fact in namesakes.items():
        assert person in people[fact]
        assert not people[fact] & (namesakes.keys() - {person, *others_there(namesakes, fact)})


def others_there(namesakes: Mapping[str, str], fact: str) -> set[str]:
    """Return those with the names who are in the same fact."""
    return {person for person, other in namesakes.items() if other == fact}


def test_a_king_and_his_minister_are_two(people: Mapping[str, set[str]]) -> None:
    assert people["trip-2659-united-kingdom"] == {"woodrow-wilson", "david-lloyd-george", "king-george-v"}


def test_enough_pairs_are_held() -> None:
    pairs = {frozenset(pair) for namesakes in NAMESAKES for pair in combinations(namesakes, 2)}
    assert len(pairs) > 30
