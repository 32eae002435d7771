"""Active filters of a list: each requested value in words, with a link to the same page without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from service.pages.parameters import parameter_name
from service.pages.view import KEPT_PARAMETERS, PAGING, View
from service.pages.words import property_name, translate, word_for
from service.store.i18n.enum_labels import ENUM_LABELS

NO_FILTERS = {*KEPT_PARAMETERS, *PAGING, "order_by", "by", "counted"}
"""Parameters that control how a list is shown, not its contents."""

NO_NAMES = ("text", "property", "mode", "document")
"""Variables whose values are texts and do not name entries."""

WORDS: Mapping[str, Mapping[str, str]] = {
    "TieKind": {"MEETING": "Meetings", "INVITATION": "Invitations", "QUOTE": "Quotes"},
    "ChangeKind": {"ADDED": "Added", "CHANGED": "Changed", "REMOVED": "Removed"},
    "DateMatch": {"WITHIN": "entirely within this period", "OVERLAPS": "possibly within this period"},
    "Boolean": {"True": "yes", "False": "no"},
}
"""Labels of the values of types that have no vocabulary of their own."""
KINDS_OF_ENTRIES = {"PEOPLE": "PERSON", "STATES": "COUNTRY"}
"""Kinds of entries that relationships of each kind connect."""


class ActiveFilter(NamedTuple):
    """One value of a parameter. `text`: label shown to the reader. `url_without`: absolute URL without this value."""

    parameter: str
    text: str
    url_without: str


def active_filters(view: View) -> list[ActiveFilter]:
    """List the values that filter the page, in the order of the URL."""
    names = [name for name in dict.fromkeys(name for name, _ in view.parameters) if name not in NO_FILTERS]
    variables = {parameter_name(name): name for name in view.variables} if names else {}
    return [each for name in names if name in variables for each in _of_parameter(view, name, variables[name])]


def named_values(view: View) -> list[str]:
    """List the slugs and codes that filter a page. Not all of them necessarily name an entry."""
    variables = {name: parameter_name(name) for name in view.variables}
    given = [
        view.variables[name]
        for name, parameter in variables.items()
        if parameter not in NO_FILTERS and name not in NO_NAMES and _is_narrowed_by(view, name, parameter)
    ]
    return list(dict.fromkeys(chain.from_iterable([each] if isinstance(each, str) else each for each in given)))


def _is_narrowed_by(view: View, name: str, parameter: str) -> bool:
    is_asked = any(asked == parameter for asked, _ in view.parameters)
    return is_asked and view.operation.type_names[name] == "String"


def names_of(answer: Mapping[str, Any]) -> dict[str, str]:
    """Return names of entries by slug, and of states by code. answer: answer to the operation `names`."""
    names: dict[str, str] = {}
    for entry in entries_of(answer):
        for key in keys_of(entry):
            names.setdefault(key, entry["label"])
    return names


def entries_of(answer: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the entries in an answer to the operation `names`. Data sets have no `__typename`."""
    lists: Iterable[Any] = (each["nodes"] if isinstance(each, dict) else each for each in answer.values())
    return chain.from_iterable(lists)


def keys_of(entry: Mapping[str, Any]) -> list[str]:
    """Return the keys that identify an entry: its slug, and for states also their codes."""
    return [entry[member] for member in ("slug", "code", "alpha3", "formerCode") if entry.get(member)]


def _of_parameter(view: View, parameter: str, variable: str) -> Iterator[ActiveFilter]:
    value = view.variables[variable]
    if not isinstance(value, list):
        # a day as requested: the year 2019, not its last day
        asked = next(text for name, text in view.parameters if name == parameter)
        text = asked if view.operation.type_names[variable] == "Date" else _words(view, variable, str(value))
        yield ActiveFilter(parameter, text, view.changed_url(last=None, **{parameter: None}))
        return
    for item in value:
        others = ",".join(str(other) for other in value if other != item)
        url = view.changed_url(last=None, **{parameter: others or None})
        yield ActiveFilter(parameter, _words(view, variable, str(item)), url)


def _words(view: View, variable: str, value: str) -> str:
    """Return the label of a value: the name of an entry, or the word for a key of a vocabulary."""
    vocabulary, language = view.operation.type_names[variable], view.language
    if variable == "property":
        return property_name(value, language)
    if vocabulary in WORDS:
        return translate(WORDS[vocabulary][value], language)
    if vocabulary in ("PlaceKind", "OrganisationKind"):
        return translate(value.replace("_", " ").lower(), language)
    if vocabulary in ("SearchKind", "RelationshipKind"):
        return word_for("EntryKind", KINDS_OF_ENTRIES.get(value, value), language)
    if value in ENUM_LABELS.get(vocabulary, {}):
        return word_for(vocabulary, value, language)
    return view.names.get(value) or view.names.get(value.upper(), value)
