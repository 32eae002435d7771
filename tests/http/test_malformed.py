"""Requests that are wrong in every possible way: each gets its status, JSON with a code, and never a 500."""

from __future__ import annotations

import gzip
import http.client
import json
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest

from tests.http.conftest import Ask

JSON = {"content-type": "application/json"}
GRAPHQL = {"accept": "application/graphql-response+json"}
FINE = b'{"query":"{ __typename }"}'


class Case(NamedTuple):
    """Request and its expected response; no code if the request is not at fault."""

    body: bytes
    status: int
    code: str | None
    headers: dict[str, str] = JSON
    method: str = "POST"
    query: str = ""


def json_body(**members: Any) -> bytes:
    return json.dumps(members).encode()


CASES = {
    # not a JSON object
    "nothing": Case(b"", 400, "BAD_REQUEST"),
    "a space": Case(b" ", 400, "BAD_REQUEST"),
    "a number": Case(b"7", 400, "BAD_REQUEST"),
    "true": Case(b"true", 400, "BAD_REQUEST"),
    "null": Case(b"null", 400, "BAD_REQUEST"),
    "a string": Case(b'"{ __typename }"', 400, "BAD_REQUEST"),
    "a list": Case(b"[]", 400, "BAD_REQUEST"),
    "a batch": Case(b"[" + FINE + b"," + FINE + b"]", 400, "BAD_REQUEST"),
    "two objects": Case(FINE + FINE, 400, "BAD_REQUEST"),
    "a comma too many": Case(b'{"query":"{ __typename }",}', 400, "BAD_REQUEST"),
    "not a number": Case(b'{"query":"{ __typename }","variables":{"a":NaN}}', 400, "BAD_REQUEST"),
    "a number without end": Case(b'{"query":"{ __typename }","variables":{"a":1e999}}', 400, "BAD_REQUEST"),
    "a comment": Case(b"/* */" + FINE, 400, "BAD_REQUEST"),
    "GraphQL": Case(b"{ __typename }", 400, "BAD_REQUEST"),
    # not UTF-8
    "Latin-1": Case('{"query":"{ __typename } # ä"}'.encode("latin-1"), 400, "BAD_REQUEST"),
    "UTF-16": Case(FINE.decode().encode("utf-16"), 400, "BAD_REQUEST"),
    "a byte order mark": Case(b"\xef\xbb\xbf" + FINE, 400, "BAD_REQUEST"),
    "half a character": Case(b'{"query":"{ __typename } # \xc3"}', 400, "BAD_REQUEST"),
    "half a pair": Case(b'{"query":"{ __typename } # \\ud800"}', 400, "BAD_REQUEST"),
    "U+0000 as it is": Case(b'{"query":"\x00"}', 400, "BAD_REQUEST"),
    "U+0000 in the document": Case(b'{"query":"{ __typename } \\u0000"}', 400, "GRAPHQL_PARSE_FAILED", JSON | GRAPHQL),
    # nesting
    "deep lists": Case(b"[" * 200_000, 400, "BAD_REQUEST"),
    "deep objects": Case(b'{"a":' * 50_000, 400, "BAD_REQUEST"),
    "deep variables": Case(b'{"query":"{ __typename }","variables":{"a":' + b"[" * 900 + b"]" * 900 + b"}}", 200, None),
    "deeper variables": Case(
        b'{"query":"{ __typename }","variables":{"a":' + b"[" * 90_000 + b"]" * 90_000 + b"}}", 400, "BAD_REQUEST"
    ),
    "a deep document": Case(json_body(query="{a" * 3_000 + "}" * 3_000), 400, "QUERY_TOO_COMPLEX", JSON | GRAPHQL),
    # parameters of another type
    "no query": Case(b"{}", 400, "BAD_REQUEST"),
    "query null": Case(b'{"query":null}', 400, "BAD_REQUEST"),
    "query a list": Case(b'{"query":["{ __typename }"]}', 400, "BAD_REQUEST"),
    "operationName a number": Case(b'{"query":"{ __typename }","operationName":0}', 400, "BAD_REQUEST"),
    "variables a string": Case(b'{"query":"{ __typename }","variables":"{}"}', 400, "BAD_REQUEST"),
    "extensions a list": Case(b'{"query":"{ __typename }","extensions":[]}', 400, "BAD_REQUEST"),
    "the last of two queries": Case(b'{"query":7,"query":"{ __typename }"}', 200, None),
    # documents
    "an empty document": Case(json_body(query=""), 400, "GRAPHQL_PARSE_FAILED", JSON | GRAPHQL),
    "a comment for a document": Case(json_body(query="# nothing"), 400, "GRAPHQL_PARSE_FAILED", JSON | GRAPHQL),
    "an unknown field": Case(json_body(query="{ mountains }"), 400, "GRAPHQL_VALIDATION_FAILED", JSON | GRAPHQL),
    "a fragment alone": Case(
        json_body(query="fragment F on Query { __typename }"), 400, "GRAPHQL_VALIDATION_FAILED", JSON | GRAPHQL
    ),
    "a type": Case(json_body(query="type Mountain { name: String }"), 400, "GRAPHQL_VALIDATION_FAILED", JSON | GRAPHQL),
    "two operations without a name": Case(
        json_body(query="query A { __typename } query B { __typename }"),
        400,
        "OPERATION_RESOLUTION_FAILURE",
        JSON | GRAPHQL,
    ),
    "two operations, one anonymous": Case(
        json_body(query="query A { __typename } { __typename }", operationName="A"),
        400,
        "GRAPHQL_VALIDATION_FAILED",
        JSON | GRAPHQL,
    ),
    "an operation of another name": Case(
        json_body(query="query A { __typename }", operationName="a"),
        400,
        "OPERATION_RESOLUTION_FAILURE",
        JSON | GRAPHQL,
    ),
    "a mutation": Case(json_body(query="mutation { __typename }"), 400, "GRAPHQL_VALIDATION_FAILED", JSON | GRAPHQL),
    "a subscription": Case(
        json_body(query="subscription { __typename }"), 400, "GRAPHQL_VALIDATION_FAILED", JSON | GRAPHQL
    ),
    "a variable that is missing": Case(
        json_body(query="query ($s: String!) { leader(slug: $s) { slug } }"), 400, "BAD_USER_INPUT", JSON | GRAPHQL
    ),
    "a variable of another type": Case(
        json_body(query="query ($n: Int) { leaders(first: $n) { totalCount } }", variables={"n": "7"}),
        400,
        "BAD_USER_INPUT",
        JSON | GRAPHQL,
    ),
    "a variable beyond 32 bits": Case(
        json_body(query="query ($n: Int) { leaders(first: $n) { totalCount } }", variables={"n": 2**40}),
        400,
        "BAD_USER_INPUT",
        JSON | GRAPHQL,
    ),
    "a number beyond 64 bits": Case(
        b'{"query":"query ($n: Int) { leaders(first: $n) { totalCount } }","variables":{"n":' + b"9" * 30 + b"}}",
        400,
        "BAD_USER_INPUT",
        JSON | GRAPHQL,
    ),
    "a number of 5,000 digits": Case(
        b'{"query":"query ($n: Int) { leaders(first: $n) { totalCount } }","variables":{"n":' + b"9" * 5_000 + b"}}",
        400,
        "BAD_REQUEST",
        JSON | GRAPHQL,
    ),
    "an Int of 5,000 digits": Case(
        json_body(query="{ leaders(first: " + "9" * 5_000 + ") { totalCount } }"),
        400,
        "GRAPHQL_VALIDATION_FAILED",
        JSON | GRAPHQL,
    ),
    "an argument that cannot be": Case(json_body(query="{ leaders(first: -1) { totalCount } }"), 200, "BAD_USER_INPUT"),
    # media types
    "no type": Case(FINE, 415, "UNSUPPORTED_MEDIA_TYPE", {}),
    "text": Case(FINE, 415, "UNSUPPORTED_MEDIA_TYPE", {"content-type": "text/plain"}),
    "a form": Case(
        b"query=%7B__typename%7D", 415, "UNSUPPORTED_MEDIA_TYPE", {"content-type": "application/x-www-form-urlencoded"}
    ),
    "parts": Case(b"--a--", 415, "UNSUPPORTED_MEDIA_TYPE", {"content-type": "multipart/form-data; boundary=a"}),
    "GraphQL as such": Case(b"{__typename}", 415, "UNSUPPORTED_MEDIA_TYPE", {"content-type": "application/graphql"}),
    "JSON in UTF-16": Case(FINE, 415, "UNSUPPORTED_MEDIA_TYPE", {"content-type": "application/json; charset=utf-16"}),
    "JSON of some kind": Case(FINE, 415, "UNSUPPORTED_MEDIA_TYPE", {"content-type": "application/vnd.api+json"}),
    "a type that is none": Case(FINE, 415, "UNSUPPORTED_MEDIA_TYPE", {"content-type": ";;;=,"}),
    "compressed": Case(gzip.compress(FINE), 415, "UNSUPPORTED_MEDIA_TYPE", JSON | {"content-encoding": "gzip"}),
    "a picture is wanted": Case(FINE, 406, "NOT_ACCEPTABLE", JSON | {"accept": "image/png"}),
    "an Accept that is none": Case(FINE, 406, "NOT_ACCEPTABLE", JSON | {"accept": "\xe4;q=x"}),
    # by GET
    "GET of nothing": Case(b"", 400, "BAD_REQUEST", {}, "GET"),
    "GET of a mutation": Case(b"", 405, "METHOD_NOT_ALLOWED", {}, "GET", "?query=mutation%7B__typename%7D"),
    "GET of a subscription": Case(b"", 405, "METHOD_NOT_ALLOWED", {}, "GET", "?query=subscription%7B__typename%7D"),
    "GET of a mutation among queries": Case(
        b"", 405, "METHOD_NOT_ALLOWED", {}, "GET", "?query=query%20A%7Ba%7Dmutation%20B%7Bb%7D&operationName=B"
    ),
    "GET of no UTF-8": Case(b"", 400, "BAD_REQUEST", {}, "GET", "?query=%E4"),
    "GET with variables that are no JSON": Case(
        b"", 400, "BAD_REQUEST", {}, "GET", "?query=%7B__typename%7D&variables=%7B"
    ),
    "GET with 17 parameters": Case(b"", 400, "BAD_REQUEST", {}, "GET", "?query=%7B__typename%7D" + "&a=1" * 16),
    "GET with 16 parameters": Case(b"", 200, None, {}, "GET", "?query=%7B__typename%7D" + "&a=1" * 15),
    "GET of a long document": Case(b"", 200, None, {}, "GET", "?query=%7B__typename%7D%23" + "a" * 30_000),
    "GET with a body": Case(b"{", 200, None, JSON, "GET", "?query=%7B__typename%7D"),
    # other methods, and bodies that are too large
    "PUT": Case(FINE, 405, "METHOD_NOT_ALLOWED", JSON, "PUT"),
    "DELETE": Case(b"", 405, "METHOD_NOT_ALLOWED", {}, "DELETE"),
    "a method that is none": Case(b"", 405, "METHOD_NOT_ALLOWED", {}, "PROPFIND"),
    "a long body": Case(FINE + b" " * 1_000_000, 413, "PAYLOAD_TOO_LARGE"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_request_that_is_wrong(name: str, endpoint: str) -> None:
    case = CASES[name]
    status, headers, body = answer(endpoint, case)
    assert status == case.status
    assert headers["content-type"] in (
        "application/json; charset=utf-8",
        "application/graphql-response+json; charset=utf-8",
    )
    found = json.loads(body)
    assert {error["extensions"]["code"] for error in found.get("errors", [])} == ({case.code} if case.code else set())
    assert ("data" in found) is (status == 200)
    assert all(error["message"] for error in found.get("errors", []))


def answer(endpoint: str, case: Case) -> tuple[int, dict[str, str], bytes]:
    """Return the response, over a connection that adds no headers of its own."""
    place = urlsplit(endpoint)
    connection = http.client.HTTPConnection(str(place.hostname), place.port or 80, timeout=30)
    try:
        connection.putrequest(case.method, place.path + case.query, skip_accept_encoding=True)
        for name, value in {**case.headers, "content-length": str(len(case.body))}.items():
            connection.putheader(name, value.encode("latin-1"))
        connection.endheaders(case.body)
        response = connection.getresponse()
        return response.status, {key.lower(): value for key, value in response.getheaders()}, response.read()
    finally:
        connection.close()


def test_head_is_get_without_a_body(endpoint: str) -> None:
    status, headers, body = answer(endpoint, Case(b"", 200, None, {}, "HEAD", "?query=%7B__typename%7D"))
    assert (status, headers["content-length"], body) == (200, "31", b"")


def test_the_true_reason_is_told_of_too_many_parameters(endpoint: str) -> None:
    _, _, body = answer(endpoint, CASES["GET with 17 parameters"])
    (error,) = json.loads(body)["errors"]
    assert "16" in error["message"]
    assert "UTF-8" not in error["message"]


@pytest.mark.parametrize(
    ("query", "column"),
    {
        "{ summits(asOf: 20190101) { totalCount } }": 17,
        "{ summits(orderBy: {date: DESC}) { totalCount } }": 20,
        "{ summits(first: {a: 1}) { totalCount } }": 18,
        "{ summits(filter: {status: [HELD], date: {match: 3}}) { totalCount } }": 50,
    }.items(),
)
def test_a_value_of_another_type_is_told_with_its_place(ask: Ask, query: str, column: int) -> None:
    (error,) = ask(query).body["errors"]
    assert error["locations"] == [{"line": 1, "column": column}]
