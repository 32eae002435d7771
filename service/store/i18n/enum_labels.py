"""Words of the vocabularies as people write them, for labels of a table or a chart; no counting, no SQL."""

from collections.abc import Mapping, Sequence

from service.store.enums import EntryKind, FactKind
from service.store.i18n.catalogue import ENUMS, Catalogue, DateForms, require_words
from service.store.i18n.languages import CATALOGUES, FALLBACK

Labels = Mapping[str, str]
"""Text in each of LANGUAGES."""


def _vocabularies(catalogue: Catalogue) -> Mapping[str, Mapping[str, str]]:
    """Return the words of one language, by vocabulary and key."""
    words = {enum.__name__: catalogue.enums[enum] for enum in ENUMS}
    facts = {kind.value: catalogue.enums[EntryKind][kind.value] for kind in FactKind}
    flags = {"Hearsay": {**catalogue.hearsay}, "Leads": {**catalogue.leads}}
    return {**words, "FactKind": facts, "Mode": catalogue.modes, **flags, "LanguageTag": catalogue.languages}


def _periods(forms: DateForms) -> Mapping[str, Sequence[str]]:
    """Return the templates of one language, by period."""
    return {
        "MONTH": [forms.month.format(month=month, year="%s") for month in forms.months.alone.split()],
        "QUARTER": [forms.quarter.format(quarter=number, year="%s") for number in range(1, 5)],
        "YEAR": [forms.year.format(year="%s")],
    }


require_words(CATALOGUES.values(), ENUMS)
_words = {tag: _vocabularies(catalogue) for tag, catalogue in CATALOGUES.items()}
_templates = {tag: _periods(catalogue.dates) for tag, catalogue in CATALOGUES.items()}

ENUM_LABELS: Mapping[str, Mapping[str, Labels]] = {
    vocabulary: {key: {tag: words[vocabulary][key] for tag, words in _words.items()} for key in keys}
    for vocabulary, keys in _words[FALLBACK].items()
}
"""Words in each of LANGUAGES, by vocabulary and key; Mode has PLOVER's spellings, two have true and false, and
LanguageTag, which is open, has BCP 47 tags."""

PERIODS: Mapping[str, Sequence[Labels]] = {
    period: [{tag: each[period][place] for tag, each in _templates.items()} for place in range(len(templates))]
    for period, templates in _templates[FALLBACK].items()
}
"""Templates in each of LANGUAGES, by period in the order of the year; their only `%s` is the year."""
