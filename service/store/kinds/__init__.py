"""Kinds of fact, each declared once in its module; other code that must know of a kind is checked against it here.

In addition to its module and its name below, a kind has its table in service/store/tables/, its values in
service/store/enums.py, its labels and its GraphQL type.
"""

from collections.abc import Callable, Iterable, Mapping

from service.errors import VocabularyIncomplete
from service.store.enums import EntryKind, FactKind, Role, SearchKind, require_each
from service.store.i18n.languages import LANGUAGES, SEARCH_LANGUAGES
from service.store.kinds.agreements import AGREEMENT
from service.store.kinds.events import EVENT
from service.store.kinds.invitations import INVITATION
from service.store.kinds.kind import Kind
from service.store.kinds.meetings import MEETING
from service.store.kinds.offices import OFFICE
from service.store.kinds.quotes import QUOTE
from service.store.kinds.relationships import RELATIONSHIP
from service.store.notation.values import takes_dates
from service.store.record.decide import holds_dates
from service.store.record.record import Fact

__all__ = [
    "KINDS",
    "Kind",
    "kind_of",
    "typenames_where",
]

KINDS = (MEETING, QUOTE, EVENT, INVITATION, AGREEMENT, OFFICE, RELATIONSHIP)
"""Every kind of fact, in the order in which their files are read."""

_BY_TYPENAME: Mapping[str, Kind] = {typename: kind for kind in KINDS for typename in kind.typenames}


def kind_of(fact: Fact) -> Kind:
    """Return the kind of a fact."""
    return _BY_TYPENAME[fact.typename]


def typenames_where(holds: Callable[[Kind], bool]) -> tuple[str, ...]:
    """Return the GraphQL types of the kinds for which a condition holds."""
    return tuple(typename for kind in KINDS if holds(kind) for typename in kind.typenames)


def _names_of(kinds: Iterable[Kind]) -> set[str]:
    """Return the names in enums of the types of these kinds."""
    return {typename.upper() for kind in kinds for typename in kind.typenames}


def _require_results() -> None:
    """Raise VocabularyIncomplete unless the facts in SearchKind are those that a search returns as results."""
    results = _names_of(kind for kind in KINDS if kind.search.is_result)
    listed = {each.value for each in SearchKind} & _names_of(KINDS)
    faults = [f"{name} is_result in service/store/kinds, but not in SearchKind." for name in sorted(results - listed)]
    faults += [f"{name} is in SearchKind, but not is_result in service/store/kinds." for name in listed - results]
    if faults:
        raise VocabularyIncomplete("\n".join(faults))


def _require_dates() -> None:
    """Raise VocabularyIncomplete if a field takes dates and its property is not known as a date property."""
    fields = [(kind.entry.model_fields[field], each) for kind in KINDS for field, each in kind.properties.items()]
    names = [name for info, each in fields for name in each.names if takes_dates(info.annotation)]
    faults = [
        f"{name} takes dates, but is not in DATES of service/store/record/decide.py."
        for name in names
        if not holds_dates(name)
    ]
    if faults:
        raise VocabularyIncomplete("\n".join(faults))


def _require_words() -> None:
    """Raise VocabularyIncomplete unless each language of labels names, for searches, the kinds that are whole."""
    whole = typenames_where(lambda kind: kind.search.is_whole)
    for language in LANGUAGES:
        file = f"service/store/i18n/languages/{language}.py"
        if missing := [typename for typename in whole if typename not in SEARCH_LANGUAGES[language].kinds]:
            raise VocabularyIncomplete(f"{' and '.join(missing)} is_whole in service/store/kinds, but not in {file}.")


require_each(_names_of(KINDS), "KINDS of service/store/kinds/__init__.py", FactKind)
require_each(_names_of(KINDS) & set(EntryKind.__members__), "EntryKind of service/store/enums.py", FactKind)
require_each({role for kind in KINDS for role in kind.roles}, "the entries of service/store/kinds", Role)
_require_results()
_require_dates()
_require_words()
