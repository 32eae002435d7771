"""Names of states in every language of CLDR (unicode.org); no names of our own.

They are stored in `territories.json`, one line for each code, which is generated from the data of Babel.
Run `pytest tests/store/test_territories.py --record` to regenerate the file.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import orjson

NAMES = Path(__file__).with_name("territories.json")

Territories = Mapping[str, Mapping[str, str]]
"""Names by ISO 3166-1 alpha-2 code and by BCP 47 tag in lower case."""


@lru_cache(maxsize=8)
def territory_names(codes: frozenset[str]) -> Territories:
    """Return the names of states by code; a code that CLDR lacks has no names.

    A longer tag is left out if its primary subtag has the same name.
    """
    names: Territories = orjson.loads(NAMES.read_bytes())
    return {code: names.get(code, {}) for code in sorted(codes)}
