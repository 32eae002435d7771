"""Cache headers of responses, and the entity tags by which caches revalidate."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from service.store.revision import RevisionWatch

NO_STORE = "no-store"


class AnswerTags:
    """Entity tags of responses to GET, made from the state of the record and from the request."""

    def __init__(self, watch: RevisionWatch, salt: str) -> None:
        """Create the tags. `salt`: what responses depend on in addition to the record and the request."""
        self._watch = watch
        self._salt = sha256(salt.encode()).hexdigest()

    async def tag(self, query_string: bytes, media: str, *, tells_cost: bool) -> str | None:
        """Return the tag of the response to a request, without reading the operation; None if the record is unknown."""
        revision = await self._watch.current()
        if revision is None:
            return None
        parts = (self._salt, revision, media, str(tells_cost), query_string.decode("latin-1"))
        return f'"{sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


def held_tag(if_none_match: str, tags: Sequence[str]) -> str | None:
    """Return the first of these tags that a client lists in If-None-Match."""
    if not if_none_match:
        return None
    named = [each.strip().removeprefix("W/") for each in if_none_match.split(",")]
    return next((tag for tag in tags if tag in named or named == ["*"]), None)
