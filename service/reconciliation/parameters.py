"""Parameters of a reconciliation client's request, read from its query string and its form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.requests import Request

from service.reconciliation.entities import TYPES, EntityType
from service.reconciliation.queries import DEFAULT_LIMIT, MAX_CHARACTERS, MAX_LIMIT, MAX_QUERIES, Query
from service.web.request import MAX_PARAMETERS, bad_request, read_body

WIKIDATA_ID = re.compile(r"(?:wd:|https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/)?(Q[1-9][0-9]*)", re.IGNORECASE)
FORM = "application/x-www-form-urlencoded"


async def read_parameters(request: Request, max_body_bytes: int) -> dict[str, str]:
    """Return the parameters of the URL, and of a posted form."""
    text = request.url.query
    if request.method == "POST":
        media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media != FORM:
            raise bad_request(f"Send a form as {FORM}.")
        body = await read_body(request.receive, max_body_bytes)
        text = f"{text}&{body.decode('utf-8', 'replace')}"
    try:
        return dict(parse_qsl(text, errors="strict", max_num_fields=MAX_PARAMETERS))
    except ValueError:
        raise bad_request(f"The form is not UTF-8, or has more than {MAX_PARAMETERS} fields.") from None


def parse_queries(text: str) -> dict[str, Query]:
    """Return the batch in `queries`; raises a RequestError if it is invalid."""
    batch = parse_object(text, "queries")
    if len(batch) > MAX_QUERIES:
        raise bad_request(f"A batch can have at most {MAX_QUERIES} queries; this one has {len(batch)}.")
    return {key: _parse_query(key, query) for key, query in batch.items()}


def parse_object(text: str, name: str) -> dict[str, Any]:
    """Return a parameter that is a JSON object."""
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise bad_request(f"`{name}` is not JSON: {error.msg}.") from None
    if not isinstance(value, dict):
        raise bad_request(f"`{name}` must be a JSON object.")
    return value


def parse_types(given: object) -> tuple[EntityType, ...]:
    """Return the types, one of which is meant; all types if none is named or none of those named is known."""
    names = given if isinstance(given, list) else [given]
    return tuple(TYPES[name] for name in names if isinstance(name, str) and name in TYPES) or tuple(TYPES.values())


def _parse_query(key: str, query: object) -> Query:
    if not isinstance(query, dict) or not isinstance(query.get("query", ""), str):
        raise bad_request(f"`queries.{key}` must be an object whose `query` is a string.")
    limit = query.get("limit", DEFAULT_LIMIT)
    if not isinstance(limit, int) or limit < 1:
        raise bad_request(f"`queries.{key}.limit` must be a number of at least 1.")
    properties = query.get("properties") or []
    if not isinstance(properties, list) or not all(isinstance(each, dict) and "pid" in each for each in properties):
        raise bad_request(f"`queries.{key}.properties` must be a list of objects with `pid` and `v`.")
    text = " ".join(query.get("query", "").replace("\0", " ").split())[:MAX_CHARACTERS]
    told = {str(each["pid"]): _values(each.get("v")) for each in properties}
    known = {pid: values for pid, values in told.items() if values}
    if "wikidata" in known:
        known["wikidata"] = [_wikidata_id(each) or each for each in known["wikidata"]]
    elif wikidata := _wikidata_id(text):
        known["wikidata"] = [wikidata]
    return Query(text, parse_types(query.get("type")), min(limit, MAX_LIMIT), known)


def _wikidata_id(text: str) -> str | None:
    """Return the Wikidata identifier that a text consists of: as Q7747, with a prefix as in RDF, or as an address."""
    found = WIKIDATA_ID.fullmatch(text.strip())
    return found and found[1].upper()


def _values(given: object) -> list[str]:
    """Return the values of a property: texts, numbers, and cells that have been matched."""
    each: list[str] = []
    for value in given if isinstance(given, list) else [given]:
        if isinstance(value, Mapping):
            each += [str(value[name]) for name in ("id", "name") if value.get(name)]
        elif value is not None and value != "":
            each.append(str(value).lower() if isinstance(value, bool) else str(value))
    return each
