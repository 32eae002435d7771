"""How the files for download lie in the store, part by part, and which are the newest: all that serves them needs."""

import sys

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PART_BYTES = 1 << 20
PACKED_LEVEL = 9
PACKED_MARK = b"\x28\xb5\x2f\xfd"
"""What a frame of zstd begins with, and none of the files."""
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
"""What is told of the files of the newest revision that has some, as one JSON object."""


def unpack(stored: bytes) -> bytes:
    """A part of a file as it is, of what the store keeps of it."""
    return zstd.decompress(stored) if stored.startswith(PACKED_MARK) else stored


def pack(part: bytes) -> bytes:
    """What the store keeps of a part: that itself, where it is packed already."""
    packed = zstd.compress(part, PACKED_LEVEL)
    return packed if len(packed) < len(part) else part
