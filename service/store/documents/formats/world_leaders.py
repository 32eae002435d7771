"""Today's leaders of states and bodies: each position is one row, `cambodia-head-of-government`."""

import json
from collections.abc import Iterator
from typing import Any


def read_positions(content: bytes) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the key and the fields of each position; full stops join nested names: `current_holder.name_en`."""
    whole = json.loads(content)
    for name, body in whole["countries"].items():
        shared = {key: body[key] for key in ("country", "snapshot_date", "data_source")}
        for position, fields in body["positions"].items():
            yield f"{name}-{position}".replace("_", "-"), [*_flatten({**shared, "position": position, **fields})]


def _flatten(fields: dict[str, Any], within: str = "") -> Iterator[tuple[str, str]]:
    for name, value in fields.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{within}{name}.")
        else:
            yield within + name, "" if value is None else value if isinstance(value, str) else json.dumps(value)
