"""Answers in gzip, for clients that accept it; who does not pays nothing for it."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator

LEAST_BYTES = 1_400
"""What fits into a packet of the network is not made smaller."""
LEVEL = 4
INLINE_BYTES = 32_768
"""What is compressed in less than a millisecond; more is done beside the loop."""
GZIP = 31
"""How zlib is told to write gzip's header (16) with its largest window (15)."""


async def compress(body: bytes) -> bytes:
    """The same in gzip, without stamps: equal bytes give equal bytes."""
    if len(body) <= INLINE_BYTES:
        return zlib.compress(body, LEVEL, GZIP)
    return await asyncio.to_thread(zlib.compress, body, LEVEL, GZIP)


async def compress_stream(parts: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same in gzip, part by part."""
    packer = zlib.compressobj(LEVEL, wbits=GZIP)
    async for part in parts:
        yield await asyncio.to_thread(packer.compress, part)
    yield packer.flush()
