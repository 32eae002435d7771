"""Former slugs, each with the present slug of its entry, so that old links still resolve."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise

from service.store.notation.citations import SLUG
from service.store.record.record import Aliases, Record
from service.store.seeds.files import Mark, Problems, SeedFile, YamlMapping

FILE = "aliases.yaml"
NOUNS = ("actors", "places", "facts", "sources", "claims", "conflicts")
"""Nouns with slugs of their own; `facts` are of any kind, `actors` are people, organisations and states."""
DERIVED = ("facts", "claims")
"""Nouns of which some entries are not in any file."""

_SLUG = re.compile(f"{SLUG}(--{SLUG})?")


def read_aliases(files: Iterable[SeedFile], problems: Problems) -> Aliases:
    """Return the aliases by noun, as far as they are written correctly."""
    aliases: dict[str, dict[str, str | None]] = {}
    for file in files:
        for noun, given, mark in file.with_marks():
            if noun not in NOUNS or not isinstance(given, YamlMapping):
                reason = "this group is unknown" if noun not in NOUNS else "it must be a mapping by former slug"
                problems.add(mark, f"{noun}: {reason}; the groups are {', '.join(NOUNS)}")
                continue
            for former, reason in _faults(given):
                problems.add(Mark(file.name, given.lines[former]), f"{former}: {reason}")
            aliases.setdefault(noun, {}).update({str(former): now for former, now in given.items()})
    return aliases


def _faults(given: YamlMapping) -> Iterator[tuple[str | None, str]]:
    for former, now in given.items():
        if not all(isinstance(slug, str) and _SLUG.fullmatch(slug) for slug in (former, now or former)):
            yield former, "write an alias as `former-slug: present-slug`, or ~ if the entry no longer exists"
    for first, second in pairwise(map(str, given)):
        if first > second:
            yield second, f"aliases must be in alphabetical order: move it before {first}"


def check_aliases(files: Iterable[SeedFile], record: Record, problems: Problems) -> None:
    """Report each alias of a record that is the present slug of something, or leads nowhere.

    Events implied by others, and their claims, may come and go with a document: their aliases may lead nowhere.
    """
    slugs = slugs_by_noun(record)
    given = ((file, noun, aliases) for file in files for noun, aliases in file.entries.items())
    for file, noun, aliases in given:
        for former, now in aliases.items():
            mark = Mark(file.name, aliases.lines[former])
            if former in slugs[str(noun)]:
                problems.add(mark, f"{former}: it is not a former slug: one of the {noun} has it now")
            elif now is not None and now not in slugs[str(noun)] and noun not in DERIVED:
                problems.add(mark, f"{former}: none of the {noun} has the slug {now}")


def slugs_by_noun(record: Record) -> Mapping[str, Collection[str]]:
    """Return the slugs of everything in a record."""
    return {
        "actors": record.actors,
        "places": record.places,
        "facts": record.facts,
        "sources": record.sources,
        "claims": {claim.slug for fact in record.facts.values() for claim in fact.claims},
        "conflicts": record.conflicts,
    }
