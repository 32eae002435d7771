"""Suggestions for a parameter value that names nothing: entries whose names start with it or equal it.

The value may also name an entry of a kind that the parameter does not accept.
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
    **dict.fromkeys(("place", "exact_place", "destination"), ("PLACE",)),
    **dict.fromkeys(("outlet", "credits"), ("ORGANISATION",)),
    **dict.fromkeys(("source", "source_all"), ("SOURCE",)),
    **dict.fromkeys(("meeting", "within", "concluded_at"), ("SUMMIT", "TALKS")),
    **dict.fromkeys(("involving", "involving_all", "participant", "actor", "recipient", "party"), ACTORS),
    **dict.fromkeys(("speaker", "addressee", "issuer", "invitee", "carrier"), ACTORS),
    **dict.fromkeys(("about", "author", "of", "origin", "reported_by"), ACTORS),
}
"""Kinds of entries that each parameter accepts. Entries of other kinds have no names to search for."""


class Meant(NamedTuple):
    """A suggested entry. `is_exact`: whether the value equals one of its names."""

    slug: str
    name: str
    is_exact: bool


MOST_VALUES = 4
"""Maximum number of values per request that are looked up. Each needs one more query of the register."""


def meant_entries(value: str, found: Iterable[Mapping[str, Any]], suggested: Sequence[str]) -> list[Meant]:
    """List the entries whose names or slugs a value may stand for, each once: exact matches first, then similar slugs.

    found: answer of `suggest` for the value. suggested: similar slugs, best first, whose names may be unknown.
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
    ranks = {slug: rank for rank, slug in enumerate(suggested)}
    return sorted(meant.values(), key=lambda each: (not each.is_exact, ranks.get(each.slug, len(ranks))))


def kinds_meant(warning: Mapping[str, Any]) -> Sequence[str]:
    """Return the kinds of entries that the value of a warning may name; empty if it cannot name an entry."""
    is_of_entry = warning["code"] == UNKNOWN_SLUG and "names" not in warning
    return KINDS.get(warning["parameter"], ()) if is_of_entry else ()


def with_other_kinds(view: View, answer: Mapping[str, Any]) -> View:
    """Return the view with warnings that include the entry named by a value, if its kind is not accepted.

    Similar slugs are then not suggested. answer: answer to the operation `names` for these values.
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
    """Return the only entry with exactly this name; None if there is none or more than one."""
    exact = [each for each in meant if each.is_exact]
    return exact[0] if len(exact) == 1 else None


def named_parameters(view: View, meant: Sequence[Sequence[Meant]]) -> dict[str, str]:
    """Return the parameters whose names belong to exactly one entry, with its slug in place of the name.

    meant: suggestions for the value in each warning of the view.
    """
    changes: dict[str, str] = {}
    for warning, entries in zip(view.unknown, meant, strict=False):
        parameter, only = warning["parameter"], _only_meant(entries)
        if only is not None and parameter is not None:
            changes[parameter] = _replace_value(view, parameter, warning["value"], only.slug, changes.get(parameter))
    return changes


def with_meant(view: View, meant: Sequence[Sequence[Meant]]) -> View:
    """Return the view with warnings that link to each suggestion: the same page with the suggested slug."""
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
    """Replace a value of a parameter by a slug. `text`: text of the parameter if others were replaced already."""
    given = next((each for name, each in view.variables.items() if parameter_name(name) == parameter), value)
    values = text.split(",") if text is not None else given if isinstance(given, list) else [given]
    return ",".join(slug if each == value else each for each in values)


def _fold_name(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
