"""How the files for download are stored in parts, and which are the newest: all that is needed to serve them."""

import sys

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PART_BYTES = 1 << 20
PACKED_LEVEL = 9
PACKED_MARK = b"\x28\xb5\x2f\xfd"
"""Magic number at the start of a zstd frame; none of the files begins with it."""
NEWEST_FILES = """
SELECT json_build_object(
    'revision', max(download.revision),
    'updatedAt', (SELECT to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') FROM dataset),
    'files', coalesce(json_agg(json_build_object(
        'name', name, 'kind', kind, 'format', format, 'rows', rows, 'bytes', bytes, 'sha256', sha256
    ) ORDER BY name COLLATE "C"), '[]')
)::text
FROM download WHERE revision = (SELECT max(revision) FROM download)
"""
"""Query for the files of the newest revision that has any, as one JSON object."""


def unpack(stored: bytes) -> bytes:
    """Return the original content of a stored part."""
    return zstd.decompress(stored) if stored.startswith(PACKED_MARK) else stored


def pack(part: bytes) -> bytes:
    """Return a part as the store keeps it: compressed, or unchanged if it is compressed already."""
    packed = zstd.compress(part, PACKED_LEVEL)
    return packed if len(packed) < len(part) else part
