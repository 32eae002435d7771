"""Languages of the register: each module here is one language, and declares it as LANGUAGE."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from service.store.i18n.catalogue import Catalogue, SearchLanguage

FALLBACK = "en"
"""Language used for anything that another language lacks."""

_declared: list[Catalogue | SearchLanguage] = [
    import_module(f"{__name__}.{module.name}").LANGUAGE for module in iter_modules(__path__)
]
_declared.sort(key=lambda language: (language.tag != FALLBACK, language.tag))

CATALOGUES: Mapping[str, Catalogue] = {each.tag: each for each in _declared if isinstance(each, Catalogue)}
"""By tag, the fallback first."""
LANGUAGES = tuple(CATALOGUES)
"""Tags of the languages in which labels are given."""
SEARCH_LANGUAGES: Mapping[str, SearchLanguage] = {
    each.tag: each.search if isinstance(each, Catalogue) else each for each in _declared
}
"""By tag, those that are searched; not all of them have labels."""
