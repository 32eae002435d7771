"""Rows that depend on an entry."""

DEPENDENTS = {
    "conflict": {"conflict_claim": "conflict_id"},
    "fact": {
        "snapshot": "fact_id",
        "search_text": "fact_id",
        "suggestion": "fact_id",
        "change": "fact_id",
        "change_claim": "fact_id",
        "involvement": "fact_id",
        "unnamed": "fact_id",
        "decided": "fact_id",
        "fact_about": "fact_id",
        "quote_variant": "quote_id",
        "name": "fact_id",
    },
    "source": {"source_credit": "source_id", "supersession": "source_id", "search_text": "source_id"},
    "place": {"name": "place_id", "place_within": "place_id", "search_text": "place_id", "suggestion": "place_id"},
    "actor": {
        "name": "actor_id",
        "search_text": "actor_id",
        "suggestion": "actor_id",
        "succession": "predecessor_id",
    },
}
"""The rows that are rewritten with their entry, by the column that names it; their own dependent rows go with them."""
