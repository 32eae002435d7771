"""The tables of settings, commands, errors and properties match the code and the record.

Each error is produced as its row says. `pytest tests/docs --record` writes the prices and the properties again.
"""

import json
import re
from pathlib import Path
from typing import Any

import psycopg
import pytest
from httpx import AsyncClient
from typer.main import get_command

from service.app import create_app
from service.cli import app as command_line
from service.mcp.endpoint import host_refusal, origin_refusal
from service.pages.addresses import ADDRESSES
from service.pages.aliases import alias_routes
from service.pages.not_found import not_yet_known
from service.pages.oembed import format_refusal
from service.planner.parameters import MAX_SIZE
from service.settings import REPOSITORY, Settings, variable
from service.store.embedded.postmaster import LOG_BYTES
from service.store.failures import BY_SQLSTATE, UNREACHABLE, ReadFailed
from service.store.read_queue import HEAVY_MS, HEAVY_WAITING, LIGHT_WAITING
from service.store.roles import TEMP_FILES
from service.store.statements import KEPT_BYTES
from service.web.at_least import not_reached
from service.web.connection import LATE, LEAST_READ, READ_SECONDS, REQUEST_SECONDS
from service.web.downloads import gone_refusal, range_refusal
from service.web.health import READY_SECONDS
from service.web.logs import LONGEST_EXCEPTION, LONGEST_VALUE
from service.web.parquet import parquet_refusal
from service.web.problems import response_to
from service.web.server import DRAIN_SECONDS
from tests.docs.codes import codes, reasons
from tests.docs.pages import Page, code
from tests.docs.prices import price_rows

PAGE = Page("docs/operating.md")
PRICES = ("What costs", "Each time", "For each row")
PROPERTIES = ("Property", "What it means", "Claims")
GRAPHQL = "application/graphql-response+json"
POSTED = {"method": "POST", "url": "/graphql"}


def graphql_request(query: str, **parameters: Any) -> dict[str, Any]:
    return {**POSTED, "json": {"query": query, **parameters}}


def persisted_request(**protocol: Any) -> dict[str, Any]:
    return {**POSTED, "json": {"extensions": {"persistedQuery": protocol}}}


ASKED: list[tuple[str, str, dict[str, Any]]] = [
    ("GRAPHQL_PARSE_FAILED", "400*", graphql_request("{")),
    ("GRAPHQL_VALIDATION_FAILED", "400*", graphql_request("{ peaks }")),
    (
        "OPERATION_RESOLUTION_FAILURE",
        "400*",
        graphql_request("query A { dataset { name } } query B { dataset { name } }"),
    ),
    (
        "QUERY_TOO_COMPLEX",
        "400*",
        graphql_request("{" + "".join(f" a{i}: dataset {{ name }}" for i in range(200)) + "}"),
    ),
    (
        "BAD_USER_INPUT",
        "400*",
        graphql_request('query ($on: Date!) { summit(slug: "hanoi-2019", asOf: $on) { name } }'),
    ),
    ("BAD_USER_INPUT", "200", graphql_request('{ summit(slug: "hanoi-2019", asOf: "28.2.2019") { name } }')),
    ("BAD_REQUEST", "400", {**POSTED, "content": b"[", "headers": {"content-type": "application/json"}}),
    ("NOT_FOUND", "404", {"method": "GET", "url": "/peaks"}),
    ("METHOD_NOT_ALLOWED", "405", {"method": "PUT", "url": "/graphql"}),
    ("NOT_ACCEPTABLE", "406", {**graphql_request("{ dataset { name } }"), "headers": {"accept": "text/csv"}}),
    ("PAYLOAD_TOO_LARGE", "413", graphql_request("#" * Settings.model_fields["max_body_bytes"].default)),
    ("PERSISTED_QUERY_NOT_FOUND", "200", persisted_request(version=1, sha256Hash="0" * 64)),
    ("PERSISTED_QUERY_NOT_SUPPORTED", "200", persisted_request(version=2)),
    ("UNSUPPORTED_MEDIA_TYPE", "415", {**POSTED, "content": b"{}", "headers": {"content-type": "text/plain"}}),
]
RAISED = [
    LATE,
    not_yet_known("", "", "", {}),
    format_refusal(),
    parquet_refusal(),
    range_refusal(0),
    gone_refusal(1, ""),
    host_refusal(),
    origin_refusal(),
    not_reached(1),
    ZeroDivisionError(),
    *(ReadFailed(row, "") for row in {UNREACHABLE, *BY_SQLSTATE.values()} if row.status > 400),
]
OF_TOOLS = {"AMBIGUOUS": ["200"], "ANSWER_TOO_LARGE": ["200"]}
"""Errors of the tools of /mcp, which have no HTTP status of their own; tests/mcp covers each."""
REASONS = {
    "FIRST_AND_LAST": "{ summits(first: 1, last: 1) { totalCount } }",
    "INVALID_CURSOR": '{ summits(after: "x") { totalCount } }',
    "INVALID_DATE": '{ summits(asOf: "28.2.2019") { totalCount } }',
    "INVALID_LANGUAGE": '{ summits { nodes { name(language: "?") } } }',
    "INVALID_TEXT": '{ search(text: "\\u0000") { totalCount } }',
    "NULL_VALUE": 'query ($null: String = "dmz-2019") { summits(filter: {slug: [$null]}) { totalCount } }',
    "OUT_OF_RANGE": '{ path(from: "kim-jong-un", to: "donald-trump", maxLength: 7) { length } }',
    "PAGE_SIZE_NEGATIVE": "{ summits(first: -1) { totalCount } }",
    "PAGE_TOO_LARGE": "{ summits(first: 101) { totalCount } }",
    "TOO_MANY_CHARACTERS": '{ suggest(text: "%s") { name } }' % ("k" * 201),
    "TOO_MANY_WORDS": '{ search(text: "%s") { totalCount } }' % ("word " * 1000),
    "WRONG_LENGTH": '{ relationship(between: ["kim-jong-un"]) { label } }',
}


def test_the_settings_are_these() -> None:
    rows = PAGE.table("Variable", "Default", "What it is")
    assert rows == [
        [f"`{variable(name)}`", "" if field.default_factory else format_default(field.default), field.description]
        for name, field in Settings.model_fields.items()
    ]


def format_default(default: object) -> str:
    if isinstance(default, Path):
        default = default.relative_to(REPOSITORY)
    if isinstance(default, float):
        default = f"{default:g}"
    return "" if default is None else f"`{default}`"


def test_the_commands_are_these() -> None:
    commands = get_command(command_line).commands  # type: ignore[attr-defined]
    rows = PAGE.table("Command", "What it does")
    assert rows == [[f"`gipfelbuch {name}`", command.help] for name, command in commands.items() if not command.hidden]


def test_the_paths_are_these(server: str) -> None:
    """All paths except the addresses below the root, and those that redirect to them, which docs/addresses.md
    describes.
    """
    addresses = {path for each in ADDRESSES[1:] for path in (each.path, f"{each.path}.{{form:form}}")}
    addresses |= {each.path for each in alias_routes(public_url=None, cache_control="")}
    routes = {str(getattr(each, "path", "")) for each in create_app(Settings(database_url=server)).routes} - addresses
    assert sorted(code(row[0]) for row in Page("docs/http.md").table("Path", "What it is")) == sorted(
        re.sub(r":\w+}", "}", path) for path in routes
    )


def test_the_codes_are_these() -> None:
    rows = PAGE.table("Code", "Status", "When")
    assert sorted(code(row[0]) for row in rows) == sorted(codes())
    told: dict[str, list[str]] = {**OF_TOOLS}
    for name, status, _ in ASKED:
        told.setdefault(name, []).append(status)
    for error in RAISED:
        response = response_to(error, "0")
        told[json.loads(bytes(response.body))["errors"][0]["extensions"]["code"]] = [str(response.status_code)]
    assert {code(row[0]): row[1] for row in rows} == {name: ", ".join(statuses) for name, statuses in told.items()}


def test_the_reasons_are_these() -> None:
    rows = PAGE.table("Reason", "When")
    assert [code(row[0]) for row in rows] == sorted(reasons())
    assert set(REASONS) == reasons()


STORE_COUNTS = {
    "functions": "SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "of them in plpgsql": """
        SELECT count(*) FROM pg_proc JOIN pg_language ON pg_language.oid = prolang
        WHERE pronamespace = 'public'::regnamespace AND lanname = 'plpgsql'
    """,
    "partial GIN indexes": "SELECT count(*) FROM indexes WHERE amname = 'gin' AND is_partial",
    "B-trees": "SELECT count(*) FROM indexes WHERE amname = 'btree'",
    "of them partial": "SELECT count(*) FROM indexes WHERE amname = 'btree' AND is_partial",
    "foreign keys": "SELECT count(*) FROM pg_constraint WHERE contype = 'f'",
    "CHECKs": "SELECT count(*) FROM pg_constraint WHERE contype = 'c' AND conrelid != 0",
    "unique constraints checked at commit": "SELECT count(*) FROM pg_constraint WHERE contype = 'u' AND condeferred",
}
"""Queries for the numbers in docs/scaling.md, by the words after them."""
INDEXES = """
    WITH indexes AS (
        SELECT amname, indpred IS NOT NULL AS is_partial
        FROM pg_index
        JOIN pg_class AS index ON index.oid = indexrelid
        JOIN pg_class AS indexed ON indexed.oid = indrelid
        JOIN pg_am ON pg_am.oid = index.relam
        WHERE index.relnamespace = 'public'::regnamespace AND indexed.relname != 'alembic_version'
    )
"""


@pytest.mark.parametrize("words", STORE_COUNTS)
def test_the_store_relies_on_so_many(words: str, database: str) -> None:
    with psycopg.connect(database) as connection:
        [(count,)] = connection.execute(f"{INDEXES} {STORE_COUNTS[words]}".encode())
    assert re.search(rf"\b{count} {words}\b", Page("docs/scaling.md").text)


def test_the_properties_are_these(database: str, request: pytest.FixtureRequest) -> None:
    query = """
        SELECT term, descriptions->>'en', (SELECT count(*) FROM claim WHERE claim.property = term)
        FROM term WHERE NOT is_mode ORDER BY term
    """
    with psycopg.connect(database) as connection:
        rows = [[f"`{name}`", meaning, str(count)] for name, meaning, count in connection.execute(query)]
        [(claims,)] = connection.execute("SELECT count(*) FROM claim")
    if request.config.getoption("--record"):
        Page("docs/properties.md").write_table(PROPERTIES, rows)
    assert sum(int(count) for *_, count in rows) == claims > 0
    assert Page("docs/properties.md").table(*PROPERTIES) == rows


def test_the_prices_are_these(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--record"):
        Page("docs/prices.md").write_table(PRICES, price_rows())
    assert Page("docs/prices.md").table(*PRICES) == price_rows()


@pytest.mark.parametrize("accepted", [GRAPHQL, "application/json"])
@pytest.mark.parametrize(("name", "status", "request_"), ASKED, ids=[f"{name}-{status}" for name, status, _ in ASKED])
async def test_a_code_comes_with_its_status(
    name: str, status: str, request_: dict[str, Any], accepted: str, client: AsyncClient
) -> None:
    headers = {"accept": accepted, **request_.get("headers", {})}
    response = await client.request(**{**request_, "headers": headers})
    # outside the addresses an error is a problem, whose code is in the response itself
    answer = response.json()
    assert (answer["errors"][0]["extensions"] if "errors" in answer else answer)["code"] == name
    assert response.status_code == (200 if status == "400*" and accepted != GRAPHQL else int(status.rstrip("*")))


@pytest.mark.parametrize(("reason", "query"), REASONS.items(), ids=list(REASONS))
async def test_a_reason_comes_with_the_code(reason: str, query: str, client: AsyncClient) -> None:
    body = (await client.post("/graphql", json={"query": query, "variables": {"null": None}})).json()
    assert body["data"] is None
    (error,) = body["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["extensions"]["reason"] == reason


@pytest.mark.parametrize(
    ("said", "number", "is_so"),
    [
        ("for up to five seconds", DRAIN_SECONDS, 5),
        ("within two seconds", READY_SECONDS, 2),
        ("at most 100 entries", MAX_SIZE, 100),
        ("is closed after 10 seconds", REQUEST_SECONDS, 10),
        ("less than 64 KiB", LEAST_READ, 64 * 1024),
        ("of a waiting response in that time", READ_SECONDS, REQUEST_SECONDS),
        ("estimated at more than 50 ms", HEAVY_MS, 50),
        ("eight times as many may wait", HEAVY_WAITING, 8),
        ("of the light ones, 256 may wait", LIGHT_WAITING, 256),
        ("at most 128 MiB", KEPT_BYTES, 128 * 2**20),
        ("at most 2,000 characters", LONGEST_VALUE, 2_000),
        ("an exception 8,000", LONGEST_EXCEPTION, 8_000),
        ("at most 4 MiB", LOG_BYTES, 4 * 2**20),
        ("temp_file_limit = '256MB'", int(TEMP_FILES.removesuffix("MB")), 256),
    ],
)
def test_the_numbers_are_these(said: str, number: float, is_so: float) -> None:
    assert said in " ".join((PAGE.text + Page("docs/databases.md").text + Page("docs/http.md").text).split())
    assert number == is_so
