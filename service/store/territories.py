"""What states are called in every language of the Unicode Common Locale Data Repository (CLDR), by babel; no names of ours."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from babel import localedata
from babel.core import get_global

ROOT = "root"


@lru_cache(maxsize=512)
def names(code: str) -> Mapping[str, str]:
    """What a state (ISO 3166-1 alpha-2) is called, by BCP 47 tag in lower case; empty for a code that CLDR lacks.

    A tag stands for itself alone: longer ones are left out where their primary subtag has the same name.
    """
    found: dict[str, str] = {}
    # a language comes before what is narrower
    for locale in sorted(localedata.locale_identifiers(), key=lambda each: (each.count("_"), each)):
        name = _name(locale, code)
        if name is not None and found.get(_tag(locale.partition("_")[0])) != name:
            found |= dict.fromkeys(_tags(locale), name)
    return found


def _name(locale: str, code: str) -> str | None:
    """The name in a locale, else in the nearest that it inherits from; what is left to the root has none."""
    while locale != ROOT:
        name = _own(locale).get(code)
        if name is not None:
            return name
        locale = _parent(locale)
    return None


def _parent(locale: str) -> str:
    parent: str | None = get_global("parent_exceptions").get(locale)
    return parent or locale.rpartition("_")[0] or ROOT


@lru_cache(maxsize=None)
def _own(locale: str) -> Mapping[str, str]:
    """The names that stand in the data of just this locale."""
    if not localedata.exists(locale):
        return {}
    data: Any = localedata.load(locale, merge_inherited=False)
    return {code: name for code, name in data.get("territories", {}).items() if isinstance(name, str)}


def _tags(locale: str) -> Iterator[str]:
    """The tag of a locale, and the shorter one that leaves out a script which goes without saying: zh-tw, zh-hant-tw."""
    yield _tag(locale)
    parts = locale.split("_")
    if len(parts) == 3 and len(parts[1]) == 4:
        short = f"{parts[0]}_{parts[2]}"
        if get_global("likely_subtags").get(short) == locale:
            yield _tag(short)


def _tag(locale: str) -> str:
    return locale.replace("_", "-").lower()
