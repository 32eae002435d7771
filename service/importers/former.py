"""Former slugs of a set: the slugs that the previous import gave to entries that an import now names differently."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from service.importers.tables import read_seed_file
from service.store.folders import SETS, available_sets, set_folder
from service.store.seeds.aliases import FILE

Entries = Mapping[str, Iterable[Mapping[str, Any]]]
"""Entries by noun, as in the files of a set."""
Former = dict[str, dict[str, str | None]]
"""By noun of the aliases: the present slug, or None, by the former slug."""
ToldBy = Mapping[str, set[str]]
"""Rows that report each entry."""
HEAD = (
    "# Former slugs of this set's entries, each with the present slug, or ~ if nothing has replaced the entry.\n"
    "# An import adds the former slugs that it can trace by the rows.\n"
)
ACTORS = ("people", "organisations")
NO_FACTS = (*ACTORS, "places", "sources", "review", "additions")
HELD = "-held"
"""Suffix that turns a meeting's slug into the slug of the event that the meeting is."""
FIELDS = ("participants", "actors", "recipients", "person", "of")
"""Fields of facts that name actors."""


def read_entries(seeds: Path, name: str) -> Entries:
    """Return the entries of a set as they are on disk, without its sources."""
    paths = (path for path in set_folder(seeds, name).glob("*.jsonl") if path.stem != "sources")
    return {path.stem: [orjson.loads(line) for line in path.read_bytes().splitlines()] for path in paths}


def add_former(seeds: Path, name: str, now: Entries) -> Former:
    """Return the former slugs of a set, and of people and facts that the same rows now report under another slug."""
    before, given = read_entries(seeds, name), read_seed_file(seeds, f"{SETS}/{name}/{FILE}")
    former: Former = {noun: dict(slugs) for noun, slugs in given.items()}
    present = {
        "actors": {*_slugs(now, "actors"), *_people_elsewhere(seeds, name)},
        "facts": {*_slugs(now, "facts"), *_held_events(now)},
    }
    for noun, slugs in present.items():
        was, told = _rows_of(before, noun), _rows_of(now, noun)
        is_fact = noun == "facts"
        successors = {one: find_successor(one, was, told, may_be_known=is_fact) for one in _slugs(before, noun) - slugs}
        found = {slug: successor for slug, successor in successors.items() if successor}
        if is_fact:
            found |= dict(_events_of_meetings(found, before, now))
        kept = {slug: found.get(given or "", given) for slug, given in former.get(noun, {}).items()}
        former[noun] = {slug: given for slug, given in {**kept, **found}.items() if slug not in slugs}
    return {noun: dict(sorted(slugs.items())) for noun, slugs in sorted(former.items()) if slugs}


def write_former(former: Former) -> bytes:
    """Return the contents of a set's file of former slugs."""
    lines = (
        (f"{noun}:", *(f"  {slug}: {now or '~'}" for slug, now in slugs.items())) for noun, slugs in former.items()
    )
    return (HEAD + "".join(f"{line}\n" for some in lines for line in some)).encode()


def find_successor(slug: str, was: ToldBy, told: ToldBy, *, may_be_known: bool) -> str | None:
    """Return the only entry that all rows of another entry now report, and that they did not report before.

    `may_be_known`: else the only entry that they report, for instance if two facts have become one.
    """
    rows = was.get(slug, set())
    named = [{other for other, of in told.items() if row in of} for row in rows]
    new = [some - {other for other, of in was.items() if row in of} for row, some in zip(rows, named, strict=True)]
    for some in (new, named)[: 1 + may_be_known]:
        common = set.intersection(*some) if some else set()
        if len(common) == 1:
            return common.pop()
    return None


def _events_of_meetings(found: Mapping[str, str], before: Entries, now: Entries) -> Iterator[tuple[str, str]]:
    """Yield the slug of each event that one of those meetings was, with its successor."""
    was, held = _held_events(before), _held_events(now)
    for slug, successor in found.items():
        if (event := slug + HELD) in was:
            yield event, successor + HELD if successor + HELD in held else successor


def _held_events(entries: Entries) -> set[str]:
    """Return the slugs of the events that meetings are, as a load makes them."""
    meetings = entries.get("meetings", ())
    return {
        one["slug"] + HELD for one in meetings if any(status.startswith("HELD") for status in one.get("status", ()))
    }


def _slugs(entries: Entries, noun: str) -> set[str]:
    of = ACTORS if noun == "actors" else entries.keys() - NO_FACTS
    return {entry["slug"] for file in of for entry in entries.get(file, ())}


def _people_elsewhere(seeds: Path, name: str) -> Iterator[str]:
    """Yield people and organisations that are in the seeds or other sets."""
    for file in ACTORS:
        yield from read_seed_file(seeds, f"{file}.yaml")
    for other in available_sets(seeds):
        if other != name:
            yield from _slugs(read_entries(seeds, other), "actors")


def _rows_of(entries: Entries, noun: str) -> ToldBy:
    """Return the rows that report each fact, or the facts in which each actor is."""
    told: dict[str, set[str]] = {}
    for file in entries.keys() - NO_FACTS | ({"additions"} & entries.keys()):
        for entry in entries[file]:
            rows = {str(cite["cite"] if isinstance(cite, dict) else cite).split()[0] for cite in entry["existence"]}
            for slug in [entry["slug"]] if noun == "facts" else _actors_in(entry):
                told.setdefault(slug, set()).update(rows)
    return told


def _actors_in(entry: Mapping[str, Any]) -> Iterator[str]:
    for field in FIELDS:
        value = entry.get(field, ())
        yield from [value] if isinstance(value, str) else value
