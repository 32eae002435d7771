"""The manifest of the service."""

from __future__ import annotations

from typing import Any

from service.reconciliation.entities import TYPES
from service.reconciliation.queries import MAX_QUERIES
from service.version import VERSION


def manifest(base_url: str, language: str | None) -> dict[str, Any]:
    """Return the manifest, with URLs below `base_url`; pages and previews are in the chosen language, if any."""
    lang = f"lang={language}" if language else ""
    service = f"{base_url}/reconcile"
    return {
        "versions": ["0.2"],
        "name": "Gipfelbuch, the register of summits",
        "identifierSpace": f"{base_url}/",
        "schemaSpace": f"{base_url}/schema.graphql",
        "serviceVersion": VERSION,
        "defaultTypes": [type_.reference for type_ in TYPES.values()],
        "view": {"url": f"{base_url}/{{{{id}}}}{lang and f'?{lang}'}"},
        "preview": {"url": f"{service}/preview?id={{{{id}}}}{lang and f'&{lang}'}", "width": 400, "height": 160},
        "suggest": {
            each: {"service_url": base_url, "service_path": f"/reconcile/suggest/{each}"}
            for each in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": {"service_url": base_url, "service_path": "/reconcile/properties"},
            "property_settings": [],
        },
        "batchSize": MAX_QUERIES,
    }
