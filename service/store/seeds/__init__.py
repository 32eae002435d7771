"""The seeds: the record as reviewable text, read into `service.store.record.record` and anchored."""

from service.store.seeds.reading import anchor, cited_sources, read

__all__ = ["anchor", "cited_sources", "read"]
