"""What may be meant by the value of a parameter that names nothing: entries whose names begin so, or are just it.

Or it names an entry of another kind than the parameter takes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from service.pages.filters import entries_of, keys_of
from service.pages.parameters import parameter_name
from service.pages.view import UNKNOWN_SLUG, View

ACTORS = ("PERSON", "ORGANISATION", "COUNTRY")
KINDS: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(("around", "from", "to", "person"), ("PERSON",)),
    **dict.fromkeys(("country", "participant_country", "participant_country_all"), ("COUNTRY",)),
    **dict.fromkeys(("place", "destination"), ("PLACE",)),
    **dict.fromkeys(("outlet", "credits"), ("ORGANISATION",)),
    **dict.fromkeys(("source", "source_all"), ("SOURCE",)),
    **dict.fromkeys(("meeting", "within", "concluded_at"), ("SUMMIT", "TALKS")),
    **dict.fromkeys(("involving", "involving_all", "participant", "actor", "recipient", "party"), ACTORS),
    **dict.fromkeys(("speaker", "addressee", "issuer", "invitee", "carrier"), ACTORS),
    **dict.fromkeys(("about", "author", "of", "origin", "reported_by"), ACTORS),
}
"""The kinds of the entries that can be meant, by the parameter. What is in none of them has no name to be found by."""


class Meant(NamedTuple):
    """An entry that may be meant. `is_exact`: whether the value is just a name of it."""

    slug: str
    name: str
    is_exact: bool


MOST_VALUES = 4
"""For how many values of a request it is asked what they may mean; each asks the register once more."""


def meant_entries(value: str, found: Iterable[Mapping[str, Any]], suggested: Sequence[str]) -> list[Meant]:
    """The entries by whose names or slugs a value may be meant, each once, those first that have just this name.

    found: what `suggest` answers to the value. suggested: slugs like it, of which the names may not be known.
    """
    meant: dict[str, Meant] = {}
    for each in found:
        entry = each["entry"]
        is_exact = _fold_name(value) in (_fold_name(each["name"]), _fold_name(entry["label"]), entry["slug"])
        before = meant.get(entry["slug"])
        meant[entry["slug"]] = Meant(
            entry["slug"], entry["label"], is_exact or (before is not None and before.is_exact)
        )
    for slug in suggested:
        meant.setdefault(slug, Meant(slug, slug, is_exact=False))
    return sorted(meant.values(), key=lambda each: not each.is_exact)


def kinds_meant(warning: Mapping[str, Any]) -> Sequence[str]:
    """The kinds of the entries by whose names the value of a warning may be meant; none where it can name no entry."""
    is_of_entry = warning["code"] == UNKNOWN_SLUG and "names" not in warning
    return KINDS.get(warning["parameter"], ()) if is_of_entry else ()


def with_other_kinds(view: View, answer: Mapping[str, Any]) -> View:
    """The view whose warnings tell what their values name, where that is of another kind than the parameter takes.

    What is like such a value is not meant by it. answer: to the operation `names`, of these values.
    """
    named = {key: entry for entry in entries_of(answer) if "__typename" in entry for key in keys_of(entry)}
    warnings = []
    for warning in view.warnings:
        entry = named.get(warning["value"]) or named.get(warning["value"].upper())
        if warning["code"] == UNKNOWN_SLUG and entry is not None:
            takes = {"takes": KINDS[warning["parameter"]]} if warning["parameter"] in KINDS else {}
            warnings.append({**warning, "suggestions": [], "names": entry, **takes})
        else:
            warnings.append(dict(warning))
    return replace(view, warnings=warnings)


def _only_meant(meant: Sequence[Meant]) -> Meant | None:
    """The one entry that has just the name; None where none has it, or several have."""
    exact = [each for each in meant if each.is_exact]
    return exact[0] if len(exact) == 1 else None


def named_parameters(view: View, meant: Sequence[Sequence[Meant]]) -> dict[str, str]:
    """The parameters that give names which are one entry's own, with its slug in their place.

    meant: by each value that a warning of the view is about.
    """
    changes: dict[str, str] = {}
    for warning, entries in zip(view.unknown, meant, strict=False):
        parameter, only = warning["parameter"], _only_meant(entries)
        if only is not None and parameter is not None:
            changes[parameter] = _replace_value(view, parameter, warning["value"], only.slug, changes.get(parameter))
    return changes


def with_meant(view: View, meant: Sequence[Sequence[Meant]]) -> View:
    """The view whose warnings lead to what may be meant, each to the same page with the slug of it."""
    warnings = []
    for number, warning in enumerate(view.unknown):
        parameter, value = warning["parameter"], warning["value"]
        links = [
            {
                "name": each.name,
                "url": view.changed_url(**{parameter: _replace_value(view, parameter, value, each.slug)}),
            }
            for each in (meant[number] if number < len(meant) else ())
            if parameter is not None
        ]
        warnings.append({**warning, "meant": links})
    return replace(view, warnings=[*warnings, *(each for each in view.warnings if each not in view.unknown)])


def _replace_value(view: View, parameter: str, value: str, slug: str, text: str | None = None) -> str:
    """The text of a parameter with the slug in the place of a value. `text`: of which others are already replaced."""
    given = next((each for name, each in view.variables.items() if parameter_name(name) == parameter), value)
    values = text.split(",") if text is not None else given if isinstance(given, list) else [given]
    return ",".join(slug if each == value else each for each in values)


def _fold_name(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
