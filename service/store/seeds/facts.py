"""Facts of every kind, made of their entries: fields, claims and who is in them."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.store.record.record import Fact, Involvement, Name, Texts
from service.store.seeds import nouns, values
from service.store.seeds.citations import Change, parse_change
from service.store.seeds.claims import Claims, Line, Lines
from service.store.seeds.entry import Entry, entries
from service.store.seeds.files import Keyed, Listed, Node, Problems, Scalar
from service.store.seeds.names import read_names
from service.store.seeds.nouns import NOUNS, PARTICIPANTS, Field, Noun, Way
from service.store.seeds.passages import Passages
from service.store.seeds.values import LANGUAGE, Index, Kind, date_fault, fault
from service.store.terms import Role
from service.store.wording.names import by_tag
from service.store.wording.words import LANGUAGES

_AUTHORED = ("status", "response")


@dataclass(frozen=True)
class Context:
    """What every fact is read against; `described` are the open properties with the kind of their values."""

    index: Index
    passages: Passages
    described: Mapping[str, Kind]


def read_facts(files: Mapping[str, Keyed], context: Context, problems: Problems) -> tuple[dict[str, Fact], Lines]:
    """The facts by slug, and where their claims stand."""
    facts: dict[str, Fact] = {}
    lines = Lines()
    for file, noun in NOUNS.items():
        for entry in entries(files[file], problems, of_pairs=noun.typename == "Relationship"):
            reading = _Reading(entry, noun, context)
            facts.setdefault(entry.slug, reading.fact())
            for claim, mark in reading.claims.marks.items():
                if lines.claims.setdefault(claim, mark) is not mark:
                    entry.at(mark, f"another fact has a claim {claim}")
            if not reading.claims.is_complete:
                lines.unread.add(entry.slug)
    return facts, lines


class _Reading:
    """One entry read field by field."""

    def __init__(self, entry: Entry, noun: Noun, context: Context) -> None:
        self.entry = entry
        self.noun = noun
        self.context = context
        self.claims = Claims(entry, context.index, context.passages)
        self.fields: dict[str, object] = {}
        self.names: tuple[Name, ...] = ()
        self.summary: Texts | None = None
        # who is in it, with the claims that tell so; None where it rests on the fact's existence
        self.involved: dict[tuple[Role, str], tuple[str, ...] | None] = {}

    def fact(self) -> Fact:
        for key, node in self.entry.node.entries:
            if key.text is not None and not (isinstance(node, Scalar) and node.text is None):
                self._read(key.text, node)
        self._complete()
        if self.noun.typename == "Relationship":
            self._parties()
        return Fact(
            slug=self.entry.slug,
            typename=self.context.index.facts[self.entry.slug],
            claims=tuple(self.claims.made),
            fields=self.fields,
            involvements=self._involvements(),
            names=self.names,
            summary=self.summary,
            file=self.entry.mark.file,
            line=self.entry.mark.line,
        )

    def _complete(self) -> None:
        """Tell every field that is needed and missing."""
        needed = [name for name, field in self.noun.fields.items() if field.is_needed]
        for name in [*needed, "names"] if self.noun.has_names else needed:
            if not self.entry.has(name):
                self.entry.fault(f"{name} is missing")
        if self.noun.worded:
            texts = self.fields.get(self.noun.worded) or {}
            spoken = by_tag(texts) if isinstance(texts, Mapping) else {}
            if unspoken := [language for language in LANGUAGES if language not in spoken]:
                self.entry.fault(f"{self.noun.worded} is missing in {', '.join(unspoken)}")

    def _read(self, name: str, node: Node) -> None:
        field = self.noun.fields.get(name)
        if field:
            self._field(name, field, node)
        elif name == self.noun.existence:
            self._existence(node)
        elif name == "summary":
            self.summary = self.entry.texts(name)
        elif name in self.noun.texts and not (name in nouns.OPEN and _is_cited(node)):
            self.fields[name] = self.entry.texts(name)
        elif self.noun.has_names and name == "names":
            self.names = read_names(self.entry, self.context.passages)
        elif self.noun.has_names and name == "participants":
            self._participants(node)
        elif name in nouns.OPEN or name in self.context.described:
            kind = nouns.KNOWN[name].kind if name in nouns.OPEN else self.context.described[name]
            self._field(name, Field(kind, name, Way.CITED), node)
        else:
            self.entry.fault("it is no field, and no property that properties.yaml describes", name)
            if isinstance(node, Keyed):
                self._cited(name, Field(values.PHRASE, name), node)

    def _field(self, name: str, field: Field, node: Node) -> None:
        if isinstance(node, Keyed) and field.way is not Way.PLAIN:
            self._cited(name, field, node)
        elif field.is_list and isinstance(node, Listed):
            self.fields[name] = slugs = self.entry.slugs(name, field.kind, self.context.index)
            self._involve(field, *slugs)
        elif not field.is_list and isinstance(node, Scalar) and field.way is not Way.CITED:
            value = self.entry.value(name, field.kind, self.context.index)
            if value is not None:
                self.fields[name] = value
                self._involve(field, value)
        else:
            listed = "as a list of slugs" if field.is_list else "plain"
            ways = {Way.PLAIN: listed, Way.CITED: "as value: citations"}
            self.entry.fault(f"it is written {ways.get(field.way, f'{listed} or as value: citations')}", name)

    def _involve(self, field: Field, *actors: str) -> None:
        if field.role:
            for actor in actors:
                self.involved.setdefault((field.role, actor), None)

    def _cited(self, name: str, field: Field, node: Keyed) -> None:
        for key, citations in node.entries:
            change = self._change(key, field)
            value = change.value if change else key.text
            wrong = fault(value, field.kind, self.context.index) if value is not None else None
            if value is None and field.role:
                wrong = "somebody must be named"
            if wrong:
                self.entry.at(key.mark, f"{name}: {wrong}")
            line = Line(field.property, value, key.mark, change, self._sought(field, value))
            claims = self.claims.add(line, citations, field.kind)
            if field.role and value:
                self.involved[field.role, value] = claims

    def _change(self, key: Scalar, field: Field) -> Change | None:
        """What the line of a thing that changes says; None for any other line."""
        if key.text is None or field.property not in (*_AUTHORED, "state"):
            return None
        change = parse_change(key.text, has_author=field.property in _AUTHORED)
        if change.effective and (wrong := date_fault(change.effective)):
            self.entry.at(key.mark, f"{field.property}: {wrong}")
        if change.by and (wrong := fault(change.by, values.ACTOR, self.context.index)):
            self.entry.at(key.mark, f"{field.property}: {wrong}")
        return change

    def _sought(self, field: Field, value: str | None) -> str | None:
        """The words of a quote that its sources print; a paraphrase is none of theirs."""
        is_printed = field.kind is values.TEXT and self.entry.text("form") != "INDIRECT"
        return value if is_printed else None

    def _existence(self, node: Node) -> None:
        for item in node.items if isinstance(node, Listed) else (node,):
            self.claims.add(Line("existence", None, item.mark), item)

    def _participants(self, node: Node) -> None:
        if not isinstance(node, Keyed):
            self.entry.fault("parts by slug are expected here", "participants")
            return
        for key, part in node.entries:
            if key.text is None or (wrong := fault(key.text, values.ACTOR, self.context.index)):
                self.entry.at(key.mark, f"participants: {wrong if key.text else 'somebody must be named'}")
            elif isinstance(part, Keyed):
                for role, citations in part.entries:
                    self._participant(key, role, citations)
            elif isinstance(part, Scalar):
                self._participant(key, part, None)
            else:
                self.entry.at(part.mark, "participants: a part is PARTICIPANT or HOST")

    def _participant(self, actor: Scalar, part: Scalar, citations: Node | None) -> None:
        field = PARTICIPANTS.get(part.text or "")
        if field is None or field.role is None or actor.text is None:
            self.entry.at(part.mark, f"participants: {part.text!r} is none of {', '.join(PARTICIPANTS)}")
        elif citations is None:
            self._involve(field, actor.text)
        else:
            line = Line(field.property, actor.text, part.mark)
            self.involved[field.role, actor.text] = self.claims.add(line, citations, field.kind)

    def _parties(self) -> None:
        parties = self.entry.slug.split("--")
        typenames = [self.context.index.actors.get(party) for party in parties]
        for party, typename in zip(parties, typenames, strict=True):
            if typename is None:
                self.entry.fault(f"there is no actor {party!r}")
            self.involved.setdefault((Role.PARTY, party), None)
        if None not in typenames and (len(set(typenames)) > 1 or "Organisation" in typenames):
            self.entry.fault("a relationship is of two people or of two states")
        if parties[0] >= parties[1]:
            self.entry.fault("the parties stand in alphabetical order")

    def _involvements(self) -> tuple[Involvement, ...]:
        existence = tuple(claim.slug for claim in self.claims.made if claim.property == self.noun.existence)
        return tuple(
            Involvement(role.value, actor, existence if claims is None else claims)
            for (role, actor), claims in self.involved.items()
            if claims is None or claims
        )


def _is_cited(node: Node) -> bool:
    """Whether what may be texts by language is written as value: citations."""
    return isinstance(node, Keyed) and any(
        not LANGUAGE.fullmatch(key.text or "") or not isinstance(value, Scalar) for key, value in node.entries
    )
