"""Names: display names by language, and the keys by which names sort; writes nothing."""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from service.store.i18n.languages import FALLBACK
from service.store.record.record import Name


def primary(tag: str) -> str:
    """Return the primary subtag of a BCP 47 tag, in lower case: `ko` for `ko-Kore`."""
    return tag.lower().partition("-")[0]


def by_tag(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts by lower-case tag, each also by its primary subtag unless another text has exactly that tag."""
    exact = {tag.lower(): text for tag, text in texts.items()}
    return {primary(tag): text for tag, text in reversed(exact.items())} | exact


@lru_cache(maxsize=16_384)
def common_names(names: tuple[Name, ...]) -> Mapping[str, str]:
    """Return the display name in each language by tag; without a common name, the first name of any kind."""
    chosen = [name for name in names if name.kind == "COMMON"] or names[:1]
    return {name.language: name.text for name in reversed(chosen)}


def display_names(names: Iterable[Name], otherwise: Mapping[str, str]) -> dict[str, str]:
    """Return the display names by tag; names in `otherwise` serve the languages without a common name."""
    recorded = tuple(name for name in names if name.kind == "COMMON" or not otherwise)
    texts = by_tag(common_names(recorded))
    spoken = {primary(tag) for tag in texts}
    return {tag: text for tag, text in otherwise.items() if primary(tag) not in spoken} | texts


@lru_cache(maxsize=16_384)
def name_in(names: tuple[Name, ...], language: str) -> str | None:
    """Return the display name in that language, else as `text_in`."""
    return text_in(common_names(names), language)


def text_in(texts: Mapping[str, str], language: str) -> str | None:
    """Return the text in that language, else in the same primary subtag, else English, else any; None without texts."""
    tagged = by_tag(texts)
    for tag in (language.lower(), primary(language), FALLBACK):
        if tag in tagged:
            return tagged[tag]
    return next(iter(texts.values()), None)


@lru_cache(maxsize=16_384)
def sort_key(text: str) -> str:
    """Return the sort key of a name, without case or accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
