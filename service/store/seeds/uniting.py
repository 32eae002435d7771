"""Actors and places described in several files: names are merged, everything else must agree."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from service.store.enums import NameKind
from service.store.record.record import Name
from service.store.seeds.entry import Entry

One = TypeVar("One", bound=Entry[Any])
Names = Mapping[str, Mapping[str, list[str]]]

APART = ("names", "leads")
"""Fields that may differ between files."""


def unite(entries: Iterable[One]) -> list[One]:
    """Return one entry for each slug: the first, with additions from further ones; mistakes are reported at those."""
    united: dict[str, One] = {}
    for entry in entries:
        first = united.setdefault(entry.slug, entry)
        if first is not entry:
            _add(first, entry)
    return [*united.values()]


def _add(first: Entry[Any], further: Entry[Any]) -> None:
    for name in further.fields.model_fields_set:
        known, given = getattr(first.fields, name), getattr(further.fields, name)
        if name == "names" and known and given:
            first.fields.names = unite_names(known, given)
        elif known is None:
            setattr(first.fields, name, given)
        elif given is not None and given != known and name not in APART:
            further.report(f"{given} here, but {known} in {first.mark.file}:{first.mark.line}", name)


def unite_names(names: Names, further: Names) -> Names:
    """Return the names of both by kind and language; if a language has a common name, another one becomes an alias."""
    united = {kind: {language: [*texts] for language, texts in each.items()} for kind, each in names.items()}
    for kind, by_language in further.items():
        for language, texts in by_language.items():
            shown = kind == NameKind.COMMON.value and language in united.get(kind, {})
            of_kind = united.setdefault(NameKind.ALIAS.value if shown else kind, {})
            known = {text for each in united.values() for text in each.get(language, ())}
            of_kind.setdefault(language, []).extend(text for text in texts if text not in known)
    return {
        kind: {language: texts for language, texts in each.items() if texts}
        for kind, each in united.items()
        if any(each.values())
    }


def add_names(names: tuple[Name, ...], further: tuple[Name, ...]) -> tuple[Name, ...]:
    """Return the names of a fact with further names, merged by the same rule."""
    shown = {name.language for name in names if name.kind == NameKind.COMMON.value}
    spelt = {(name.text, name.language) for name in names}
    added = [name for name in further if (name.text, name.language) not in spelt]
    return (
        *names,
        *(
            replace(name, kind=NameKind.ALIAS.value)
            if name.kind == NameKind.COMMON.value and name.language in shown
            else name
            for name in added
        ),
    )
