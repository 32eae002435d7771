"""Facts of every kind, made from their entries: fields, claims and the actors in them."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter

from service.store.enums import Curation, QuoteForm, Role
from service.store.kinds import KINDS, Kind
from service.store.kinds.kind import FactEntry
from service.store.notation.citations import Change, Part
from service.store.notation.fields import CitedValues, Property
from service.store.notation.values import Index, Reference
from service.store.record.record import Fact, Involvement, Unnamed
from service.store.record.snapshots import property_of_role
from service.store.seeds.claims import Claims, Line, Lines
from service.store.seeds.entry import Entry, read_entries
from service.store.seeds.files import Problems, SeedFile
from service.store.seeds.mistakes import describe_unknown
from service.store.seeds.passages import Passages
from service.store.seeds.properties import KNOWN_PROPERTIES, VALUE_TYPES, type_of_property

OF_THE_WHOLE = ("names", "summary", "curation")
"""Fields that describe the fact as a whole, so that no claim can refer to them."""


def read_facts(
    files: Mapping[str, Sequence[SeedFile]],
    described: Mapping[str, TypeAdapter[Any]],
    passages: Passages,
    index: Index,
    problems: Problems,
) -> tuple[dict[str, Fact], Lines]:
    """Return the facts by slug, and the lines of their claims; `described`: what claims of open properties must be."""
    facts: dict[str, Fact] = {}
    lines = Lines()
    for kind in KINDS:
        for entry in read_entries(files[kind.file], kind.entry, index, problems):
            reading = FactReader(kind, entry, described, passages)
            facts.setdefault(entry.slug, reading.fact())
            add_lines(lines, reading)
    return facts, lines


def add_lines(lines: Lines, reading: "FactReader") -> None:
    """Record the lines of the claims of an entry, and whether all of it could be read."""
    for claim, mark in reading.claims.marks.items():
        if lines.claims.setdefault(claim, mark) is not mark:
            reading.entry.report_at(mark, f"another fact has a claim with the slug {claim}")
    if not reading.entry.is_whole:
        lines.unread.add(reading.entry.slug)


class FactReader:
    """One entry with the contents of its fields."""

    def __init__(
        self, kind: Kind, entry: Entry[FactEntry], described: Mapping[str, TypeAdapter[Any]], passages: Passages
    ) -> None:
        self.kind = kind
        self.entry = entry
        self.described = described
        self.claims = Claims(entry, passages)
        self.fields: dict[str, object] = {}
        # the actors in it, with the claims that say so; None if this rests on the fact's existence
        self.involved: dict[tuple[Role, str], tuple[str, ...] | None] = {}
        self.principals: dict[tuple[Role, str], str] = {}
        self.unnamed: list[tuple[str, Part, tuple[str, ...] | None]] = []

    def fact(self) -> Fact:
        for name, given in [*self.entry.given.items()]:
            if name and given is not None and name not in OF_THE_WHOLE:
                self._read_field(name, self._value(name))
        if self.kind.is_pair:
            self._read_parties()
        return Fact(
            slug=self.entry.slug,
            typename=self.entry.index.facts[self.entry.slug],
            claims=tuple(self.claims.made),
            fields=self.fields,
            involvements=self._involvements(),
            names=self.claims.passages.names(getattr(self.entry.fields, "names", None)),
            unnamed=self._make_unnamed(),
            summary=self.entry.fields.summary,
            told_by=self.kind.entry.told_by,
            curation=Curation[self.entry.fields.curation].value,
            file=self.entry.mark.file,
            line=self.entry.mark.line,
        )

    def _value(self, name: str) -> Any:
        """Return the value of a field; None if it cannot be read, which has been reported."""
        if name in type(self.entry.fields).model_fields:
            return getattr(self.entry.fields, name)
        type_ = type_of_property(name) or self.described.get(name)
        if type_ is None:
            open_properties = [*filter(type_of_property, KNOWN_PROPERTIES), *self.described]
            known = [*type(self.entry.fields).model_fields, *open_properties]
            reason = describe_unknown(name, known, "properties.yaml has no such property either")
            self.entry.report_at(self.entry.line(name), reason)
        elif not isinstance(self.entry.given[name], dict):
            self.entry.report("write it as value: citations", name)
        is_cited = isinstance(self.entry.given[name], dict)
        return self.entry.read(name, type_ or VALUE_TYPES["phrase"]) if is_cited else None

    def _read_field(self, name: str, value: Any) -> None:
        property = self.kind.properties.get(name, Property(name))
        if isinstance(value, CitedValues):
            self._read_cited(name, property, value)
        elif name == "existence":
            for one in self.entry.with_marks(self.entry.given, name, value or ()):
                self.claims.add(Line("existence", None), [one])
        elif property.parts:
            self._read_parts(name, value or {})
        elif name == "unnamed":
            self._read_unnamed(value or {})
        elif name == "designations":
            self._read_designations(value or {})
        elif isinstance(value, str | list):
            # as slugs, without the types of their entries
            plain = tuple(map(str, value if isinstance(value, list) else [value]))
            self.fields[name] = plain if isinstance(value, list) else plain[0]
            if property.role:
                self.involved |= {(property.role, actor): None for actor in plain}
        elif value is not None:
            self.fields[name] = value

    def _read_cited(self, name: str, property: Property, cited: CitedValues) -> None:
        given = self.entry.given[name]
        # in an office, a designation is that of its holder
        whose = {"designates": self._check_person()} if name == "designation" else {}
        for text, (key, citations) in zip(given, cited.items(), strict=True):
            self._add_line(property, key, given, text, citations, **whose)

    def _check_person(self) -> str | None:
        person = getattr(self.entry.fields, "person", None)
        return next(map(str, person), None) if isinstance(person, CitedValues) else person

    def _read_parts(self, name: str, parts: Mapping[str, Any]) -> None:
        given = self.entry.given[name]
        for actor, part in parts.items():
            if isinstance(part, CitedValues):
                for text, (one, citations) in zip(given[actor], part.items(), strict=True):
                    property = Property(role=Role[one.role])
                    self._add_line(property, actor, given[actor], text, citations, on_behalf_of=one.on_behalf_of)
            else:
                self.involved.setdefault((Role[part.role], str(actor)), None)
                if part.on_behalf_of:
                    self.principals[Role[part.role], str(actor)] = part.on_behalf_of

    def _read_unnamed(self, unnamed: Mapping[str, Any]) -> None:
        given = self.entry.given["unnamed"]
        for description, part in unnamed.items():
            if isinstance(part, CitedValues):
                for text, (one, citations) in zip(given[description], part.items(), strict=True):
                    line = Line(property_of_role(one.role), description, on_behalf_of=one.on_behalf_of)
                    claims = self.claims.add(line, self.entry.with_marks(given[description], text, citations))
                    self.unnamed.append((description, one, claims))
            else:
                self.unnamed.append((description, part, None))

    def _read_designations(self, designations: Mapping[str, CitedValues]) -> None:
        given = self.entry.given["designations"]
        for person, words in designations.items():
            for text, (word, citations) in zip(given[person], words.items(), strict=True):
                self._add_line(Property("designation"), word, given[person], text, citations, designates=str(person))

    def _add_line(
        self, property: Property, key: Any, given: dict[Any, Any], text: str, citations: list[Any], **whose: str | None
    ) -> None:
        """Make the claims of one line of `given`, under `key`; `whose`: further fields of the line."""
        value = key.value if isinstance(key, Change) else key
        if value is None and property.role:
            self.entry.report_at(self.entry.line_in(given, text), f"{property.names[0]}: an actor must be given")
        line = Line(
            property.names[0],
            None if value is None else str(value),
            change=key if isinstance(key, Change) else None,
            # a paraphrase is not in any source
            is_printed=property.names[0] == "text" and self.entry.given.get("form") != QuoteForm.INDIRECT.value,
            typename=value.typename if isinstance(value, Reference) else None,
            **whose,
        )
        claims = self.claims.add(line, self.entry.with_marks(given, text, citations))
        if property.role and line.value:
            before = self.involved.get((property.role, line.value)) or ()
            self.involved[property.role, line.value] = (*before, *claims)

    def _read_parties(self) -> None:
        parties = self.entry.slug.split("--")
        typenames = [self.entry.index.actors.get(party) for party in parties]
        for party, typename in zip(parties, typenames, strict=True):
            if typename is None:
                self.entry.report(f"there is no actor {party!r}")
            self.involved.setdefault((Role.PARTY, party), None)
        if None not in typenames and (len(set(typenames)) > 1 or "Organisation" in typenames):
            self.entry.report("a relationship must be between two people or two states")
        if parties[0] >= parties[1]:
            self.entry.report("the parties in the slug must be in alphabetical order")

    def _involvements(self) -> tuple[Involvement, ...]:
        existence = self._existence()
        return tuple(
            Involvement(role.value, actor, existence if claims is None else claims, self.principals.get((role, actor)))
            for (role, actor), claims in self.involved.items()
            if claims is None or claims
        )

    def _make_unnamed(self) -> tuple[Unnamed, ...]:
        existence = self._existence()
        return tuple(
            Unnamed(part.role, description, existence if claims is None else claims, part.count, part.on_behalf_of)
            for description, part, claims in self.unnamed
            if claims is None or claims
        )

    def _existence(self) -> tuple[str, ...]:
        """Claims that report the fact."""
        return tuple(claim.slug for claim in self.claims.made if claim.property == self.kind.entry.told_by)
