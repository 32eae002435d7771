"""Former slugs, each with the one that its entry has now: what was linked to once is still found."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise

from service.store.notation.citations import SLUG
from service.store.record.record import Aliases, Record
from service.store.seeds.files import Mark, Problems, SeedFile, YamlMapping

FILE = "aliases.yaml"
NOUNS = ("actors", "places", "facts", "sources", "claims", "conflicts")
"""Whatever has slugs of its own; `facts` are of any kind, `actors` people, organisations and states."""
DERIVED = ("facts", "claims")
"""Those of which some stand in no file."""

_SLUG = re.compile(f"{SLUG}(--{SLUG})?")


def read_aliases(files: Iterable[SeedFile], problems: Problems) -> Aliases:
    """The aliases by noun, as far as they are written as they should be."""
    aliases: dict[str, dict[str, str | None]] = {}
    for file in files:
        for noun, given, mark in file.with_marks():
            if noun not in NOUNS or not isinstance(given, YamlMapping):
                reason = "there is nothing of the kind" if noun not in NOUNS else "it is a mapping by former slug"
                problems.add(mark, f"{noun}: {reason}; aliases are of {', '.join(NOUNS)}")
                continue
            for former, reason in _faults(given):
                problems.add(Mark(file.name, given.lines[former]), f"{former}: {reason}")
            aliases.setdefault(noun, {}).update({str(former): now for former, now in given.items()})
    return aliases


def _faults(given: YamlMapping) -> Iterator[tuple[str | None, str]]:
    for former, now in given.items():
        if not all(isinstance(slug, str) and _SLUG.fullmatch(slug) for slug in (former, now or former)):
            yield former, "an alias is written `former-slug: present-slug`, or ~ where the entry is no more"
    for first, second in pairwise(map(str, given)):
        if first > second:
            yield second, f"aliases stand in alphabetical order, so it stands before {first}"


def check_aliases(files: Iterable[SeedFile], record: Record, problems: Problems) -> None:
    """Tell each alias of a record that is what something is called now, or leads nowhere.

    Events that others imply, and their claims, may come and go with a document: an alias of theirs may lead nowhere.
    """
    slugs = slugs_by_noun(record)
    given = ((file, noun, aliases) for file in files for noun, aliases in file.entries.items())
    for file, noun, aliases in given:
        for former, now in aliases.items():
            mark = Mark(file.name, aliases.lines[former])
            if former in slugs[str(noun)]:
                problems.add(mark, f"{former}: it is no former slug: one of the {noun} is called so now")
            elif now is not None and now not in slugs[str(noun)] and noun not in DERIVED:
                problems.add(mark, f"{former}: none of the {noun} is called {now}")


def slugs_by_noun(record: Record) -> Mapping[str, Collection[str]]:
    """What everything in a record is called."""
    return {
        "actors": record.actors,
        "places": record.places,
        "facts": record.facts,
        "sources": record.sources,
        "claims": {claim.slug for fact in record.facts.values() for claim in fact.claims},
        "conflicts": record.conflicts,
    }
