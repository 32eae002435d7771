"""Slugs made from names."""

import re

from service.store.search.folding import to_latin


def slug_of_name(name: str) -> str:
    """Return the name in lower-case ASCII with hyphens: Lê Khả Phiêu becomes `le-kha-phieu`."""
    return re.sub(r"[^a-z0-9]+", "-", to_latin(name)).strip("-")
