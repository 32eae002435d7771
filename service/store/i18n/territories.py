"""What states are called in every language of CLDR (unicode.org), the data that comes with babel; no names of ours."""

import pickle
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.core import get_global
from babel.localedata import locale_identifiers, resolve_locale_filename

ROOT = "root"

Territories = Mapping[str, Mapping[str, str]]
"""Names by ISO 3166-1 alpha-2 code, by locale or by tag."""


@lru_cache(maxsize=8)
def names(codes: frozenset[str]) -> Territories:
    """What states are called, by code and by BCP 47 tag in lower case; of a code that CLDR lacks, nothing.

    A longer tag is left out where its primary subtag has the same name. Takes about a second, whatever the codes.
    """
    own = {locale: found for locale in locale_identifiers() if (found := _own(locale, codes))}
    # a language comes before what is narrower
    locales = sorted(locale_identifiers(), key=lambda locale: (locale.count("_"), locale))
    return {code: _named(code, locales, own) for code in codes}


def _own(locale: str, codes: frozenset[str]) -> Mapping[str, str]:
    """The names in the data of just this locale. Babel's own loader keeps all that it reads, some 200 MB."""
    data: Any = pickle.loads(Path(resolve_locale_filename(locale)).read_bytes())
    return {code: name for code, name in data.get("territories", {}).items() if code in codes}


def _named(code: str, locales: list[str], own: Territories) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for locale in locales:
        name = next((own[each][code] for each in _inherited(locale) if code in own.get(each, ())), None)
        if name is not None and found.get(locale.partition("_")[0]) != name:
            found |= dict.fromkeys(_tags(locale), name)
    return found


def _inherited(locale: str) -> Iterator[str]:
    """A locale and those that it takes names from, the nearest first."""
    while locale != ROOT:
        yield locale
        locale = get_global("parent_exceptions").get(locale) or _shorter(locale)


def _shorter(locale: str) -> str:
    """The locale without its last part; a script that is not the language's usual one takes nothing from it."""
    shorter, _, last = locale.rpartition("_")
    if len(last) == 4 and not _likely(shorter).startswith(locale):
        return ROOT
    return shorter or ROOT


def _tags(locale: str) -> Iterator[str]:
    """The tag of a locale, and the one without a script that goes without saying: zh-hant-tw, zh-tw."""
    yield _tag(locale)
    language, _, rest = locale.partition("_")
    region = rest.rpartition("_")[2]
    if region != rest and _likely(f"{language}_{region}") == locale:
        yield _tag(f"{language}_{region}")


def _likely(locale: str) -> str:
    """A locale with the script and the region that go without saying."""
    found: str = get_global("likely_subtags").get(locale, "")
    return found


def _tag(locale: str) -> str:
    return locale.replace("_", "-").lower()
