"""Filters on the pages of lists: each is shown, kept by the form and can be left out; a wrong one is reported."""

from __future__ import annotations

import re
from html import unescape

import pytest
from httpx import AsyncClient

from schema import schema
from service.pages.addresses import ADDRESSES, Address
from service.pages.filters import NO_FILTERS
from service.pages.operations import stored_operation
from service.pages.parameters import parameter_name
from service.pages.suggestions import KINDS
from service.pages.templating import TEMPLATES
from service.pages.variables import variable_uses
from service.planner.fields import parameter_of

LISTS = [each for each in ADDRESSES if "html" in each.forms and each.root and "{" not in each.path]
SUGGESTED_TABLES = ("actor", "place", "source")
"""Tables of entries whose names are suggested. A few kinds of fact have names too."""
FOUND_BY_SLUG = {"slug", "code"}
BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8", "accept-language": "en"}
SITE = "http://book.test"


async def text_of(client: AsyncClient, path: str) -> str:
    response = await client.get(path, headers=BROWSER)
    assert response.status_code == 200, response.text
    return unescape(response.text)


def sent_by_form(text: str) -> dict[str, list[str]]:
    """Return what the form of filters sends if nothing is changed in it, without empty values."""
    form = re.search(r'<form class="filter".*?</form>', text, re.DOTALL)
    assert form
    sent: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', form[0]):
        sent.setdefault(name, []).append(value)
    for name, options in re.findall(r'<select[^>]* name="([^"]+)">(.*?)</select>', form[0], re.DOTALL):
        sent[name] = re.findall(r'<option value="([^"]*)" selected>', options)
    return {name: values for name, values in sent.items() if any(values)}


def shown_filters(text: str) -> dict[str, str]:
    """Return the filters that the page shows, each with the address without it."""
    line = r'<li>([^<]+): <strong>([^<]+)</strong> <a href="([^"]+)"'
    return {f"{name}: {value}": url.removeprefix(SITE) for name, value, url in re.findall(line, text)}


async def test_each_filter_is_told_and_can_be_left_out(client: AsyncClient) -> None:
    path = "/summits?country=US&status=held,cancelled&involving=vladimir-putin&from=2018&lang=en&first=5"
    without_state = "/summits?status=held%2Ccancelled&involving=vladimir-putin&from=2018&lang=en&first=5"
    assert shown_filters(await text_of(client, path)) == {
        "State of the place: United States": without_state,
        "Status: held": "/summits?country=US&involving=vladimir-putin&from=2018&lang=en&first=5&status=CANCELLED",
        "Status: cancelled": "/summits?country=US&involving=vladimir-putin&from=2018&lang=en&first=5&status=HELD",
        "Involving: Vladimir Putin": "/summits?country=US&status=held%2Ccancelled&from=2018&lang=en&first=5",
        "From: 2018": "/summits?country=US&status=held%2Ccancelled&involving=vladimir-putin&lang=en&first=5",
    }


@pytest.mark.parametrize("address", LISTS, ids=lambda each: each.path)
def test_each_filter_has_a_name(address: Address) -> None:
    named = set(re.findall(r'"([a-z_]+)": _\(', (TEMPLATES / "filter_names.html").read_text(encoding="utf-8")))
    parameters = {*map(parameter_name, stored_operation(address.operation).variable_names)}
    assert parameters - NO_FILTERS - {"language"} <= named


@pytest.mark.parametrize("address", LISTS, ids=lambda each: each.path)
def test_a_filter_by_entries_takes_their_names(address: Address) -> None:
    by_entries = set[str]()
    for variable, use in variable_uses(stored_operation(address.operation), schema._schema).items():
        filter_ = parameter_of(use.definition) if use.argument.startswith("filter.") else None
        entries = filter_.entries if filter_ else None
        if entries and (entries.table in SUGGESTED_TABLES or set(entries.typenames) == {"Summit", "Talks"}):
            by_entries.add(parameter_name(variable))
    assert by_entries - FOUND_BY_SLUG <= KINDS.keys()


async def test_what_ties_people_is_told_in_words(client: AsyncClient) -> None:
    assert shown_filters(await text_of(client, "/network?kind=quote&lang=de")) == {"Art: Zitate": "/network?lang=de"}


@pytest.mark.parametrize(
    ("path", "filters"),
    [
        ("/summits?country=KP,nowhere&lang=de", ["Staat des Ortes: Nordkorea", "Staat des Ortes: nowhere"]),
        ("/people?country=KP&lang=de", ["Staat: Nordkorea"]),
        ("/map?participant_country=VN&lang=fr", ["État d’un participant\u00a0: Viêt Nam"]),
        ("/calendar?participant_country=ru&lang=ru", ["Государство участника: Россия"]),
        (
            "/talks?participant_country_all=KP,US&lang=en",
            [
                "Participants from each of the states: North Korea",
                "Participants from each of the states: United States",
            ],
        ),
        ("/talks?place=pyongyang&involving=kim-jong-un&lang=ko", ["장소: 평양", "관련자: 김정은"]),
        (
            "/claims?fact=hanoi-2019&property=plannedDate&lang=fr",
            ["Fait\u00a0: Hanoï 2019", "Propriété\u00a0: Date prévue"],
        ),
        ("/sources?outlet=kcna&is_withdrawn=false&lang=en", ["Outlet: KCNA", "withdrawn: no"]),
        ("/quotes?outlet=srf&lang=de", ["Medium: SRF"]),
        (
            "/network?around=donald-trump&date_match=overlaps&lang=en",
            ["Centred on: Donald Trump", "Date: possibly within this period"],
        ),
        ("/places?kind=city&lang=de", ["Art: Stadt"]),
        ("/relationships?kind=states&lang=en", ["Kind: states"]),
        ("/changes?change=added&kind=summit&lang=en", ["Type of change: Added", "Kind: summits"]),
    ],
)
async def test_what_narrows_a_list_down_is_told_in_the_words_of_the_page(
    client: AsyncClient, path: str, filters: list[str]
) -> None:
    assert sorted(shown_filters(await text_of(client, path))) == sorted(filters)


async def test_status_and_phase_of_meetings_are_told_apart(client: AsyncClient) -> None:
    for language, words in {
        "de": ["Status: abgehalten", "Phase: abgehalten"],
        "en": ["Status: held", "Phase: held"],
        "fr": ["Statut\u00a0: a eu lieu", "Phase\u00a0: a eu lieu"],
        "ko": ["상태: 개최됨", "단계: 개최됨"],
        "ru": ["Статус: состоялось", "Стадия: состоялось"],
    }.items():
        text = await text_of(client, f"/summits?status=held&phase=held&lang={language}")
        assert list(shown_filters(text)) == words
        assert f'<label for="filter-phase">{words[1].partition(":")[0].strip()}</label>' in text


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        (
            "/summits?country=US&status=held&involving=vladimir-putin&lang=en",
            {"country": ["US"], "status": ["held"], "involving": ["vladimir-putin"], "lang": ["en"]},
        ),
        ("/talks?phase=held,planned&place=hanoi", {"phase": ["HELD,PLANNED"], "place": ["hanoi"]}),
        ("/map?level=leaders&phase=HELD", {"level": ["leaders"], "phase": ["HELD"]}),
        ("/calendar?level=leaders&country=US", {"level": ["leaders"], "country": ["US"]}),
        ("/summits?participant_country=US,kp&country=VN", {"participant_country": ["US,kp"], "country": ["VN"]}),
        ("/talks?participant_country_all=US,KP", {"participant_country_all": ["US,KP"]}),
        ("/charts/summits?status=held&by=month", {"status": ["held"], "by": ["MONTH"]}),
        ("/people?is_leader=true&as_of=2019-04-18", {"is_leader": ["true"], "as_of": ["2019-04-18"]}),
    ],
)
async def test_a_form_keeps_what_has_no_field(client: AsyncClient, path: str, sent: dict[str, list[str]]) -> None:
    assert sent_by_form(await text_of(client, path)) == sent


async def test_participants_of_some_states_lead_to_those_of_each(client: AsyncClient) -> None:
    text = await text_of(client, "/summits?participant_country=US,VN&phase=held&lang=en")
    assert "<h1>Summits (7)</h1>" in text
    (path,) = re.findall(r'<a href="([^"]+)">Only with participants from each of these states</a>', text)
    assert path.removeprefix(SITE) == "/summits?phase=held&lang=en&participant_country_all=US%2CVN"
    assert "No matches." in await text_of(client, path.removeprefix(SITE))
    assert "from each of these" not in await text_of(client, "/summits?participant_country=US&lang=en")


async def test_a_list_that_filters_leave_empty_says_so(client: AsyncClient) -> None:
    text = await text_of(client, "/summits?involving=kim")
    assert "No matches." in text
    assert "<q>kim</q> matches nothing here." in text
    assert f'<a href="{SITE}/summits?involving=kim-jong-un">Kim Jong Un</a>' in text
    assert '<ol class="entries">' not in text
    assert "No matches." not in await text_of(client, "/summits")


async def test_days_in_the_wrong_order_are_told(client: AsyncClient) -> None:
    told = "This range begins after it ends."
    for name in ("from", "known_since_from"):
        text = await text_of(client, f"/summits?{name}=2020&{name.replace('from', 'to')}=2019")
        assert told in text
        assert f'<a href="{SITE}/summits?{name}=2019&{name.replace("from", "to")}=2020">2019 – 2020</a>' in text
        assert "matches nothing here." not in text
    assert told not in await text_of(client, "/summits?from=2018&to=2018")


@pytest.mark.parametrize("path", ["/summits", "/timeline/donald-trump/kim-jong-un", "/network", "/charts/summits"])
async def test_a_program_is_told_of_days_in_the_wrong_order_once(client: AsyncClient, path: str) -> None:
    answer = (await client.get(f"{path}.json?from=2020&to=2019")).json()
    warning = {
        "code": "EMPTY_RANGE",
        "parameter": "from",
        "value": '{ from: "2020-01-01", to: "2019-12-31" }',
        "suggestions": [],
    }
    assert answer["warnings"] == [warning]


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/summits?involving=Kim+Jong+Un", "/summits?involving=kim-jong-un"),
        (
            "/summits?status=held&involving=vladimir-putin,kim%20jong%20un",
            "/summits?status=held&involving=vladimir-putin%2Ckim-jong-un",
        ),
        ("/network?around=Дональд+Трамп", "/network?around=donald-trump"),
        ("/path?from=Kim+Jong+Un&to=Donald+Trump", "/path?from=kim-jong-un&to=donald-trump"),
        ("/people?country=North+Korea", "/people?country=north-korea"),
        (
            "/summits?participant_country=North+Korea,United+States",
            "/summits?participant_country=north-korea%2Cunited-states",
        ),
        ("/summits.html?involving=Kim+Jong+Un&lang=de", "/summits.html?lang=de&involving=kim-jong-un"),
    ],
)
async def test_a_name_leads_to_the_slug_of_the_one_that_has_it(client: AsyncClient, path: str, location: str) -> None:
    response = await client.get(path, headers=BROWSER)
    assert (response.status_code, response.headers["location"]) == (303, f"{SITE}{location}")
    assert (await client.get(response.headers["location"], headers=BROWSER)).status_code == 200


async def test_a_program_gets_what_may_be_meant(client: AsyncClient) -> None:
    answer = (await client.get("/summits.json?involving=Kim+Jong+Un")).json()
    warning = answer["warnings"][0]
    assert (warning["value"], warning["suggestions"][0]) == ("Kim Jong Un", "kim-jong-un")
    assert "meant" not in warning


@pytest.mark.parametrize("value", ["Kim", "x" * 300, "a,b,c,d,e,f,g"])
async def test_what_is_nobodys_name_leads_nowhere(client: AsyncClient, value: str) -> None:
    response = await client.get("/summits", params={"involving": value}, headers=BROWSER)
    assert (response.status_code, "matches nothing here." in response.text) == (200, True)


@pytest.mark.parametrize(
    "path",
    ["/claims?property=xx", "/events?mode=kim", "/charts/claims?by=source&property=zzz", "/summits?dataset=kim"],
)
async def test_what_is_no_name_means_nobody(client: AsyncClient, path: str) -> None:
    text = await text_of(client, path)
    assert "matches nothing here." in text
    assert "Did you mean" not in text


async def test_what_is_like_a_property_is_still_suggested(client: AsyncClient) -> None:
    text = await text_of(client, "/claims?property=statu")
    assert f'Did you mean: <a href="{SITE}/claims?property=status">status</a>' in text


@pytest.mark.parametrize(
    ("path", "kind", "link", "takes"),
    [
        ("/network?around=US", "Country", "/states/US?lang=en", ["PERSON"]),
        ("/path?from=kp&to=donald-trump", "Country", "/states/KP?lang=en", ["PERSON"]),
        ("/summits?place=kim-jong-un", "Person", "/people/kim-jong-un?lang=en", ["PLACE"]),
        ("/events?outlet=kim-jong-un", "Person", "/people/kim-jong-un?lang=en", ["ORGANISATION"]),
        ("/quotes?slug=hanoi-2019", "Summit", "/summits/hanoi-2019?lang=en", None),
    ],
)
async def test_an_entry_of_another_kind_is_told_as_such(
    client: AsyncClient, path: str, kind: str, link: str, takes: list[str] | None
) -> None:
    asked, _, query = path.partition("?")
    (warning,) = (await client.get(f"{asked}.json?{query}")).json()["warnings"]
    assert (warning["names"]["__typename"], warning.get("takes"), warning["suggestions"]) == (kind, takes, [])
    text = await text_of(client, f"{path}&lang=en")
    assert f'It names an entry of another kind: <a href="{SITE}{link}">' in text
    assert ("Accepted here:" in text) == (takes is not None)
    assert "Did you mean" not in text
