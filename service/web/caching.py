"""What caches are told of answers, and by which tag they ask whether theirs is still the answer."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from service.store.revision import RevisionWatch

NO_STORE = "no-store"


class AnswerTags:
    """Tags of answers to GET, made of what the record is and of what was asked."""

    def __init__(self, watch: RevisionWatch, salt: str) -> None:
        """`salt`: what answers depend on beside the record and the request."""
        self._watch = watch
        self._salt = sha256(salt.encode()).hexdigest()

    async def tag(self, query_string: bytes, media: str, *, tells_cost: bool) -> str | None:
        """The tag of the answer to a request, without looking at what it asks; None where the record is not known."""
        revision = await self._watch.current()
        if revision is None:
            return None
        parts = (self._salt, revision, media, str(tells_cost), query_string.decode("latin-1"))
        return f'"{sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


def held_tag(if_none_match: str, tags: Sequence[str]) -> str | None:
    """The first of the tags of which a client says in If-None-Match that it has what bears it."""
    if not if_none_match:
        return None
    named = [each.strip().removeprefix("W/") for each in if_none_match.split(",")]
    return next((tag for tag in tags if tag in named or named == ["*"]), None)
