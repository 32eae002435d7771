"""Turn the response of an operation into content for a model, by rules that hold for every operation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.pages.addresses import path_of

DECIMALS = 4


def to_content(value: Any, base_url: str) -> Any:
    """Return the response without empty parts.

    Null and empty values are left out, and an object with only one selected field becomes the value of that field. An
    entry gets its `kind` and, if there is a `base_url`, its permalink instead of its slug. The permalink includes the
    slug, except for a state with a code.
    """
    match value:
        case dict():
            return _to_object(value, base_url)
        case list():
            return [to_content(each, base_url) for each in value]
        case float():
            return round(value, DECIMALS)
        case _:
            return value


def _to_object(value: Mapping[str, Any], base_url: str) -> Any:
    fields = {name: to_content(each, base_url) for name, each in value.items()}
    if len(fields) == 1:
        return next(iter(fields.values()))
    told = {name: each for name, each in fields.items() if each is not None and each != [] and each != {}}
    return _with_address(told, base_url) if "__typename" in told else told


def _with_address(entry: dict[str, Any], base_url: str) -> dict[str, Any]:
    kind = entry.pop("__typename")
    if "slug" not in entry:
        return {"kind": kind, **entry}
    name = entry.pop("code") if "code" in entry else entry.pop("slug")
    return {"kind": kind, **entry, "url": base_url + path_of(kind, name)}
