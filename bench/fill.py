"""Fill a migrated database with the generated record, using the store's own load.

python -m bench.fill URL [QUOTES]
"""

from __future__ import annotations

import sys

from bench.harness.stores import fill_store

if __name__ == "__main__":
    for name, count in fill_store(sys.argv[1], int(sys.argv[2]) if sys.argv[2:] else 40_000).items():
        print(f"{count:>9,} {name}")
