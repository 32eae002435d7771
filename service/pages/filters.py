"""What narrows a list down: each value that was asked for, in words, and the same page without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from service.pages.parameters import parameter_name
from service.pages.view import KEPT_PARAMETERS, PAGING, View
from service.pages.words import property_name, translate, word_for
from service.store.i18n.enum_labels import ENUM_LABELS

NO_FILTERS = {*KEPT_PARAMETERS, *PAGING, "order_by", "by", "counted"}
"""The parameters that choose how a list is shown, not what is in it."""

NO_NAMES = ("text", "property", "mode", "document")
"""The variables whose values are texts and name no entries."""

WORDS: Mapping[str, Mapping[str, str]] = {
    "TieKind": {"MEETING": "Meetings", "INVITATION": "Invitations", "QUOTE": "Quotes"},
    "ChangeKind": {"ADDED": "Added", "CHANGED": "Changed", "REMOVED": "Removed"},
    "DateMatch": {"WITHIN": "entirely within this period", "OVERLAPS": "possibly within this period"},
    "Boolean": {"True": "yes", "False": "no"},
}
"""What pages call the values of types that have no words of their own."""
KINDS_OF_ENTRIES = {"PEOPLE": "PERSON", "STATES": "COUNTRY"}
"""What the kinds of relationships are between."""


class ActiveFilter(NamedTuple):
    """One value of a parameter. `text`: as a reader is told it. `url_without`: the absolute address without it."""

    parameter: str
    text: str
    url_without: str


def active_filters(view: View) -> list[ActiveFilter]:
    """Each value that the page is narrowed down by, in the order in which the URL has them."""
    names = [name for name in dict.fromkeys(name for name, _ in view.parameters) if name not in NO_FILTERS]
    variables = {parameter_name(name): name for name in view.variables} if names else {}
    return [each for name in names if name in variables for each in _of_parameter(view, name, variables[name])]


def named_values(view: View) -> list[str]:
    """The slugs and codes that a page is narrowed down by, and only some of which may name an entry."""
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
    """The names of entries by their slugs, and of states by their codes. answer: to the operation `names`."""
    names: dict[str, str] = {}
    for entry in entries_of(answer):
        for key in keys_of(entry):
            names.setdefault(key, entry["label"])
    return names


def entries_of(answer: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The entries of an answer to the operation `names`; data sets have no `__typename`."""
    lists: Iterable[Any] = (each["nodes"] if isinstance(each, dict) else each for each in answer.values())
    return chain.from_iterable(lists)


def keys_of(entry: Mapping[str, Any]) -> list[str]:
    """By what an entry can be named: its slug, of a state its codes too."""
    return [entry[member] for member in ("slug", "code", "alpha3", "formerCode") if entry.get(member)]


def _of_parameter(view: View, parameter: str, variable: str) -> Iterator[ActiveFilter]:
    value = view.variables[variable]
    if not isinstance(value, list):
        # a day as it was asked: the year 2019, not its last day
        asked = next(text for name, text in view.parameters if name == parameter)
        text = asked if view.operation.type_names[variable] == "Date" else _words(view, variable, str(value))
        yield ActiveFilter(parameter, text, view.changed_url(last=None, **{parameter: None}))
        return
    for item in value:
        others = ",".join(str(other) for other in value if other != item)
        url = view.changed_url(last=None, **{parameter: others or None})
        yield ActiveFilter(parameter, _words(view, variable, str(item)), url)


def _words(view: View, variable: str, value: str) -> str:
    """What a reader calls a value: an entry by its name, a key of a vocabulary by its word."""
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
