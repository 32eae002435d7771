"""JSON: the value of the operation's field, as returned by GraphQL."""

from __future__ import annotations

import orjson

from service.pages.view import View


def render_json(view: View) -> bytes:
    """Return the answer. If a given slug matches nothing, `warnings` suggests others."""
    if view.warnings and isinstance(view.root, dict):
        return orjson.dumps({**view.root, "warnings": view.warnings})
    return orjson.dumps(view.root)
