"""Compression of responses in zstd or gzip, as clients accept them, at no cost for clients that accept neither."""

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
"""Bodies that fit into one network packet are not compressed."""
GZIP_BITS = 31
"""zlib's parameter for gzip's header (16) with its largest window (15)."""


class Compressor(Protocol):
    """Compressor of a stream, part by part."""

    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self) -> bytes: ...


class Coding(NamedTuple):
    """Content coding (RFC 9110, 8.4.1). It writes no timestamps: equal bytes give equal bytes."""

    name: str
    compress: Callable[[bytes, int], bytes]
    compress_inline: Callable[[bytes], bytes]
    """Compress at `level`, reusing the compressor of the previous call."""
    compressor: Callable[[], Compressor]
    level: int
    """Level for bodies that are compressed for each client."""
    once_level: int
    """Level for bodies that are compressed once."""
    inline_bytes: int
    """Size that is compressed in about 0.2 ms; larger bodies are compressed outside the event loop."""


ZSTD = Coding(
    "zstd",
    zstd.compress,
    # setting up a new compressor takes longer than compressing a page
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
# zstd windows are at most 8 MiB, as RFC 9659 requires: no level above 19
CODINGS = (ZSTD, GZIP)
"""All codings offered; if a client likes two equally, the first one is used."""


async def compress(body: bytes, coding: Coding) -> bytes:
    """Return the body in a coding."""
    if len(body) <= coding.inline_bytes:
        return coding.compress_inline(body)
    return await asyncio.to_thread(coding.compress, body, coding.level)


async def compress_stream(parts: AsyncIterator[bytes], coding: Coding) -> AsyncIterator[bytes]:
    """Yield the parts in a coding, one by one."""
    packer = coding.compressor()
    async for part in parts:
        yield await asyncio.to_thread(packer.compress, part)
    yield packer.flush()
