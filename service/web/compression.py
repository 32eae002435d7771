"""Answers in zstd or gzip, as clients accept them; who accepts neither pays nothing for it."""

from __future__ import annotations

import asyncio
import sys
import zlib
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import NamedTuple, Protocol

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LEAST_BYTES = 1_400
"""What fits into a packet of the network is not made smaller."""
GZIP_BITS = 31
"""How zlib is told to write gzip's header (16) with its largest window (15)."""


class Compressor(Protocol):
    """Packs what comes part by part."""

    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self) -> bytes: ...


class Coding(NamedTuple):
    """A content coding (RFC 9110, 8.4.1). It makes no stamps: equal bytes give equal bytes."""

    name: str
    compress: Callable[[bytes, int], bytes]
    compress_inline: Callable[[bytes], bytes]
    """At `level`, with what it has at hand from the last time."""
    compressor: Callable[[], Compressor]
    level: int
    """For what is compressed for each who asks."""
    once_level: int
    """For what is compressed once."""
    inline_bytes: int
    """What is compressed in some 0.2 ms; more is done beside the loop."""


ZSTD = Coding(
    "zstd",
    zstd.compress,
    # a new one takes longer to be made ready than to compress a page
    partial(zstd.ZstdCompressor(3).compress, mode=zstd.ZstdCompressor.FLUSH_FRAME),
    partial(zstd.ZstdCompressor, 3),
    level=3,
    once_level=12,
    inline_bytes=131_072,
)
GZIP = Coding(
    "gzip",
    partial(zlib.compress, wbits=GZIP_BITS),
    partial(zlib.compress, level=4, wbits=GZIP_BITS),
    partial(zlib.compressobj, 4, wbits=GZIP_BITS),
    level=4,
    once_level=6,
    inline_bytes=32_768,
)
# windows of zstd are at most 8 MiB, as RFC 9659 asks: no level above 19
CODINGS = (ZSTD, GZIP)
"""All that are offered; of two that a client likes as much the first is taken."""


async def compress(body: bytes, coding: Coding) -> bytes:
    """The body in a coding."""
    if len(body) <= coding.inline_bytes:
        return coding.compress_inline(body)
    return await asyncio.to_thread(coding.compress, body, coding.level)


async def compress_stream(parts: AsyncIterator[bytes], coding: Coding) -> AsyncIterator[bytes]:
    """The parts in a coding, one by one."""
    packer = coding.compressor()
    async for part in parts:
        yield await asyncio.to_thread(packer.compress, part)
    yield packer.flush()
