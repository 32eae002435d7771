"""Charts: bars add up to the response, and each links to the list that it counts."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Any

import pytest
from graphql import GraphQLEnumType, get_named_type
from httpx import AsyncClient
from hypothesis import given, settings
from hypothesis import strategies as st

from schema import schema
from service.pages.addresses import ADDRESSES, Address
from service.pages.drawing.chart import LEFT, MOST_ROWS, RIGHT, draw_chart
from service.pages.drawing.periods import MONTHS
from service.pages.drawing.tone_chart import draw_tone_chart
from service.pages.operations import StoredOperation, stored_operation
from service.pages.templating import TEMPLATES
from service.pages.words import language_name
from tests.pages.answers import Entry, view_of

BROWSER = {"accept": "text/html", "accept-language": "en"}
CHARTS = [each for each in ADDRESSES if each.items == "counts" and each.path != "/charts"]
each_chart = pytest.mark.parametrize("chart", CHARTS, ids=[each.operation for each in CHARTS])


def groupings(operation: StoredOperation) -> list[str]:
    """Return what a chart can be counted by, according to the schema."""
    named = get_named_type(operation.variables(schema._schema)["by"])
    assert isinstance(named, GraphQLEnumType)
    return list(named.values)


def list_of(chart: Address) -> Address:
    return next(each for each in ADDRESSES if each.path == chart.path.removeprefix("/charts"))


@each_chart
def test_a_chart_has_each_grouping_and_each_filter_of_its_list(chart: Address) -> None:
    operation, listed = stored_operation(chart.operation), stored_operation(list_of(chart).operation)
    text = (TEMPLATES / f"{chart.operation}.html").read_text(encoding="utf-8")
    offered = re.findall(r'"([A-Z_]+)"', text.partition("groupings = ")[2])
    assert sorted(offered) == sorted(groupings(operation))
    of_pages = {"first", "last", "after", "before", "orderBy", "counted"}
    assert operation.variable_names - {"by"} == listed.variable_names - of_pages


def bars_of(page: str) -> Iterator[tuple[str, int]]:
    """Return where the bars of a page link to, and how many each counts."""
    for link, label in re.findall(r'<a href="([^"]+)"><title>([^<]+)</title>', page):
        yield unescape(link), int(label.rpartition(": ")[2].replace(",", ""))


@each_chart
async def test_each_bar_leads_to_a_list_of_as_many(chart: Address, client: AsyncClient) -> None:
    leading = []
    # the seeds say of no office when it was held
    days, periods = ("", set()) if chart.operation == "office_counts" else ("&from=2000", set(MONTHS))
    for grouping in groupings(stored_operation(chart.operation)):
        page = await client.get(f"{chart.path}?by={grouping}{days}", headers=BROWSER)
        assert page.status_code == 200, page.text
        bars = [each for each in bars_of(page.text.partition('<g class="tone">')[0]) if each[1] <= 100]
        for link, number in bars[-2:] if grouping == "YEAR" else bars[:1]:
            assert len((await client.get(f"{link}&first=100")).json()["nodes"]) == number, (grouping, link)
            leading.append(grouping)
    assert periods <= set(leading)
    assert len(set(leading)) > len(periods)


@pytest.mark.parametrize("noun", ["claims", "events", "quotes", "sources"])
@pytest.mark.parametrize("day", ["", "&as_of=2018-06-30"])
async def test_each_bar_by_outlet_leads_to_what_the_outlet_reports(noun: str, day: str, client: AsyncClient) -> None:
    page = (await client.get(f"/charts/{noun}?by=OUTLET{day}", headers=BROWSER)).text
    bars = list(bars_of(page))
    assert page.count('<rect class="bar"') == len(bars) > 0
    for link, number in bars:
        assert "outlet=" in link
        assert (await client.get(link)).json()["totalCount"] == number, link


@each_chart
@pytest.mark.parametrize("grouping", MONTHS)
async def test_periods_add_up_to_the_list(chart: Address, grouping: str, client: AsyncClient) -> None:
    counts = (await client.get(f"{chart.path}.json?by={grouping}")).json()["counts"]
    listed = list_of(chart)
    query = (
        f"{{ {listed.root} {{ totalCount }} }}"
        if listed.operation != "talks_list"
        else ("{ meetings(filter: {level: [MINISTERS, ENVOYS, OFFICIALS]}) { totalCount } }")
    )
    answer = (await client.post("/graphql", json={"query": query})).json()
    assert sum(each["count"] for each in counts) == answer["data"][listed.root]["totalCount"] > 0
    told = {tuple(each["keys"]) for each in counts}
    assert len(told) == len(counts)


async def test_what_is_in_no_bar_is_said(client: AsyncClient) -> None:
    page = (await client.get("/charts/events?by=MONTH", headers=BROWSER)).text
    counts = (await client.get("/charts/events.json?by=MONTH")).json()["counts"]
    (unplaced,) = (each["count"] for each in counts if each["keys"] == [None])
    assert f"the date may fall in more than one period: {unplaced} entries." in page


async def test_a_table_has_a_line_for_each_value(client: AsyncClient) -> None:
    lines = (await client.get("/charts/events.csv?by=YEAR&from=2018&to=2019")).text.splitlines()
    assert lines[0] == "keys,labels,count,tone.events,tone.cooperation,tone.conflict,tone.mean"
    assert {line[:4] for line in lines[1:]} >= {"2018", "2019"}


async def test_a_chart_is_as_of_a_day_with_the_same_filters_as_its_list(client: AsyncClient) -> None:
    then = (await client.get("/charts/quotes.json?as_of=2018-06-01&involving=kim-jong-un")).json()
    listed = (await client.get("/quotes.json?as_of=2018-06-01&involving=kim-jong-un")).json()
    assert then["totalCount"] == listed["totalCount"]
    page = (await client.get("/quotes?as_of=2018-06-01&involving=kim-jong-un", headers=BROWSER)).text
    assert 'href="http://book.test/charts/quotes?as_of=2018-06-01&amp;involving=kim-jong-un"' in page


async def test_the_tone_of_two_leads_to_the_events_that_it_counts(client: AsyncClient) -> None:
    path = "/charts/tone/north-korea/united-states"
    page = (await client.get(f"{path}?by=MONTH", headers=BROWSER)).text
    periods = (await client.get(f"{path}.json?by=MONTH")).json()["toneOverTime"]
    told = [each["tone"]["events"] for each in periods if each["tone"]["events"]]
    links = [unescape(link) for link in re.findall(r'<th scope="row"><a href="([^"]+)"', page)]
    assert len(links) == len(told) > 0
    for link, number in zip(links, told, strict=True):
        assert (await client.get(link)).json()["totalCount"] == number, link


async def test_all_charts_are_found_from_the_first(client: AsyncClient) -> None:
    page = (await client.get("/charts?involving=kim-jong-un", headers=BROWSER)).text
    assert 'href="http://book.test/charts/summits?involving=kim-jong-un"' in page
    assert 'href="http://book.test/charts/tone/donald-trump/kim-jong-un"' in page
    for link, number in list(bars_of(page))[:6]:
        assert len((await client.get(f"{link}&first=100")).json()["nodes"]) == number, link


def count(key: str | None, number: int) -> Entry:
    return {"keys": [key], "labels": [key], "count": number}


def chart_of(counts: list[Entry], **variables: object) -> Any:
    return draw_chart(view_of("summit_counts", {"summits": {"totalCount": 0, "counts": counts}}, **variables))


PERIODS = st.dictionaries(
    st.dates(date(1000, 1, 1), date(9999, 12, 31)).map(lambda day: day.replace(day=1).isoformat()),
    st.integers(1, 10**6),
    min_size=1,
    max_size=60,
)


@settings(deadline=None, max_examples=50)
@given(PERIODS, st.integers(0, 50))
def test_bars_of_periods_stand_apart_and_are_as_high_as_they_count(numbers: dict[str, int], undated: int) -> None:
    counts = [count(key, number) for key, number in numbers.items()]
    chart = chart_of([*counts, count(None, undated)], by="MONTH")
    bars, top = chart.bars, chart.periods.levels[-1]
    assert (sum(bar.counted["count"] for bar in bars), chart.unplaced) == (sum(numbers.values()), undated)
    assert [bar.counted["keys"][0] for bar in bars] == sorted(numbers)
    for bar in bars:
        assert LEFT - 0.1 <= bar.x <= bar.x + bar.width <= RIGHT + 0.6
        assert bar.y + bar.height == pytest.approx(chart.periods.bottom, abs=0.11)
        assert bar.height == pytest.approx(bar.counted["count"] / top.number * (chart.periods.bottom - top.y), abs=0.1)
    assert all(one.x <= other.x for one, other in itertools.pairwise(bars))
    assert top.number >= max(numbers.values())
    assert len(chart.periods.levels) <= 5


def test_rows_beyond_the_drawing_stay_in_the_table() -> None:
    chart = chart_of([count(f"s{number}", 100 - number) for number in range(MOST_ROWS + 3)], by="PARTICIPANT")
    assert (len(chart.bars), chart.left_out) == (MOST_ROWS + 3, 3)
    assert chart.bars[0].url == "https://register.example/summits?participant=s0"


@pytest.mark.parametrize(
    ("noun", "by", "given_parameters"),
    [("agreement", "PLACE", []), ("summit", "PARTICIPANT", [("participant", "a,b")])],
)
def test_what_no_filter_chooses_leads_nowhere(noun: str, by: str, given_parameters: list[tuple[str, str]]) -> None:
    view = view_of(f"{noun}_counts", {f"{noun}s": {"totalCount": 1, "counts": [count("hanoi", 1)]}}, by=by)
    object.__setattr__(view, "parameters", given_parameters)
    assert draw_chart(view).bars[0].url is None


def test_events_without_a_period_are_in_no_bar_of_tone() -> None:
    def tone(events: int) -> Entry:
        return {"events": events, "cooperation": events, "conflict": 0, "mean": 2.0 if events else None}

    years = [{"from": f"{year}-01-01", "to": f"{year}-12-31", "tone": tone(year % 2)} for year in (2017, 2018, 2019)]
    chart = draw_tone_chart(view_of("tone_of_two", {"relationship": {"tone": tone(5), "toneOverTime": years}}))
    assert (len(chart.tone.bars) if chart.tone else 0, chart.unplaced) == (2, 3)


async def test_what_is_counted_by_two_at_once_has_a_column_for_each(client: AsyncClient) -> None:
    answer = await client.get("/charts.csv?lang=de&from=2019&to=2019")
    lines = list(csv.DictReader(io.StringIO(answer.text)))
    assert list(lines[0]) == ["keys", "labels", "count", "kind", "year", "kind.label", "year.label"]
    (quotes,) = [each for each in lines if each["kind"] == "QUOTE" and each["year"] == "2019-01-01"]
    assert (quotes["keys"], quotes["kind.label"], quotes["year.label"]) == ("QUOTE; 2019-01-01", "Zitate", "2019")


async def test_languages_have_their_names(client: AsyncClient) -> None:
    chart = (await client.get("/charts/sources?by=LANGUAGE&lang=fr", headers=BROWSER)).text
    assert set(re.findall(r"<title>([^<:\u00a0]+)\u00a0: \d+</title>", chart)) == {
        "allemand",
        "allemand suisse",
        "anglais",
    }
    listed = (await client.get("/quotes?in_language=de-CH&lang=ru", headers=BROWSER)).text
    assert "Язык: <strong>литературный швейцарский немецкий</strong>" in listed
    source = (await client.get("/sources/003-79e1e6675ae2a211?lang=ko", headers=BROWSER)).text
    assert "<dd>독일어</dd>" in source
    assert language_name("de-AT", "de") == "de-AT"
