"""What states are called in every language of CLDR (unicode.org); no names of ours.

They stand in `territories.json`, a line for each code, which is made from the data of Babel:
`pytest tests/store/test_territories.py --record` writes it anew.
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
    """What states are called; of a code that CLDR lacks, nothing.

    A longer tag is left out where its primary subtag has the same name.
    """
    names: Territories = orjson.loads(NAMES.read_bytes())
    return {code: names.get(code, {}) for code in sorted(codes)}
