"""Entries that take no memory: each is made from its slug on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

CACHED = 64
"""Small, so that entries are made again equally often at all sizes."""
Entry = TypeVar("Entry")


class LazyMapping(Mapping[str, Entry]):
    """Entries by slug, determined by the number in the slug; `make` raises KeyError for any other slug."""

    def __init__(
        self, make: Callable[[str], Entry], slugs: Callable[[], Iterator[str]], count: int, cached: int = CACHED
    ) -> None:
        self._make, self._slugs, self._count = lru_cache(maxsize=cached)(make), slugs, count

    def __getitem__(self, slug: str) -> Entry:
        return self._make(slug)

    def __iter__(self) -> Iterator[str]:
        return self._slugs()

    def __len__(self) -> int:
        return self._count
