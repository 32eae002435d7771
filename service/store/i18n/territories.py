"""What states are called in every language of CLDR (unicode.org), the data that comes with babel; no names of ours.

Babel keeps all that it has read of a language, some 200 MB of all of them, so they are read in a process of its own:
this module, run with the codes, prints what `territory_names` gives.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache

import orjson
from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers

Territories = Mapping[str, Mapping[str, str]]
"""Names by ISO 3166-1 alpha-2 code and by BCP 47 tag in lower case."""


@lru_cache(maxsize=8)
def territory_names(codes: frozenset[str]) -> Territories:
    """What states are called; of a code that CLDR lacks, nothing.

    A longer tag is left out where its primary subtag has the same name. Takes one to two seconds, whatever the codes.
    """
    command = [sys.executable, "-m", "service.store.i18n.territories", *sorted(codes)]
    names: Territories = orjson.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return names


def _read_names(codes: list[str]) -> Territories:
    # a language comes before what is narrower
    identifiers = sorted(locale_identifiers(), key=lambda identifier: (identifier.count("_"), identifier))
    names: dict[str, dict[str, str]] = {code: {} for code in codes}
    for identifier in identifiers:
        territories = Locale.parse(identifier).territories
        tags = [*_tags(identifier)]
        for code, by_tag in names.items():
            name = territories.get(code)
            if name is not None and by_tag.get(identifier.partition("_")[0]) != name:
                by_tag |= dict.fromkeys(tags, name)
    return names


def _tags(identifier: str) -> Iterator[str]:
    """The tag of a locale, and the one without a script that goes without saying: zh-hant-tw, zh-tw."""
    yield identifier.replace("_", "-").lower()
    language, _, rest = identifier.partition("_")
    _, has_script, region = rest.partition("_")
    if has_script and get_global("likely_subtags").get(f"{language}_{region}") == identifier:
        yield f"{language}-{region}".lower()


if __name__ == "__main__":
    # whoever asked may have been ended meanwhile
    with suppress(BrokenPipeError), os.fdopen(1, "wb", closefd=False) as output:
        output.write(orjson.dumps(_read_names(sys.argv[1:])))
