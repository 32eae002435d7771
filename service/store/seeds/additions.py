"""What sets report of facts stored elsewhere: claims and participants; plain values must agree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from service.store.kinds import KINDS
from service.store.notation.values import Index
from service.store.record.record import Fact, Involvement
from service.store.seeds.claims import Lines
from service.store.seeds.entry import read_entries
from service.store.seeds.facts import FactReader, add_lines
from service.store.seeds.files import Problems, SeedFile
from service.store.seeds.passages import Passages
from service.store.seeds.uniting import add_names


def extend_facts(
    facts: dict[str, Fact],
    lines: Lines,
    files: Sequence[SeedFile],
    described: Mapping[str, TypeAdapter[Any]],
    passages: Passages,
    index: Index,
    problems: Problems,
) -> None:
    """Add to facts what the additions of sets report of them; the other arguments are as for `read_facts`."""
    for addition in _read_additions(files, described, passages, index, problems):
        fact = facts.get(addition.entry.slug)
        if fact:
            facts[fact.slug] = _extend(fact, addition)
            add_lines(lines, addition)


def _read_additions(
    files: Sequence[SeedFile],
    described: Mapping[str, TypeAdapter[Any]],
    passages: Passages,
    index: Index,
    problems: Problems,
) -> Iterator[FactReader]:
    for file in files:
        for slug in file.entries:
            if slug not in index.facts:
                problems.add(file.mark(slug), f"{slug}: there is no fact with this slug to add to")
        for kind in KINDS:
            of_kind = [slug for slug in file.entries if index.facts.get(str(slug)) in kind.typenames]
            for entry in read_entries([file.only(of_kind)], kind.entry, index, problems, are_additions=True):
                yield FactReader(kind, entry, described, passages)


def _extend(fact: Fact, reading: FactReader) -> Fact:
    addition = reading.fact()
    for name, value in addition.fields.items():
        if fact.fields.get(name, value) != value:
            reading.entry.report(f"{value} here, but {fact.fields[name]} in {fact.file}:{fact.line}", name)
    return replace(
        fact,
        claims=(*fact.claims, *addition.claims),
        fields={**addition.fields, **fact.fields},
        involvements=_unite_involvements(fact.involvements, addition.involvements),
        names=add_names(fact.names, addition.names),
        unnamed=(*fact.unnamed, *addition.unnamed),
    )


def _unite_involvements(first: Sequence[Involvement], further: Sequence[Involvement]) -> tuple[Involvement, ...]:
    """Return the actors in a fact, each once in a role, with the claims of both."""
    united = {(one.role, one.actor): one for one in first}
    for one in further:
        known = united.setdefault((one.role, one.actor), one)
        if known is not one:
            united[one.role, one.actor] = replace(known, claims=(*known.claims, *one.claims))
    return tuple(united.values())
