"""Match a batch of names: candidates by how names begin, and if none is similar to the name, by a search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from service.reconciliation.entities import TYPES, Entities, Entity, EntityType, entity_id, parse_id
from service.reconciliation.names import EXACT, fold, is_whole_name, similarity, words_of
from service.reconciliation.properties import PROPERTIES, agrees

MAX_QUERIES = 20
"""Maximum names in a batch."""
MAX_CHARACTERS = 200
DEFAULT_LIMIT, MAX_LIMIT = 5, 20
LIKE_ENOUGH = 80.0
"""Minimum score at which no search for other candidates is made."""
LEAST = 35.0
"""Minimum score of a candidate."""
DISAGREEMENT = 0.7
"""Factor applied to a score if a property disagrees."""
IDENTIFIERS = ("wikidata", "slug", "code", "alpha3")
"""Properties of which each value names one entry."""
MOST_IDENTIFIERS = 4
"""Maximum number of values of each that are looked up for a name."""
SUGGESTED = 12
BEGINNINGS = 20
"""How many are queried in one operation, which stays far below the limits."""
SEARCHED_WORDS = 6
BY_KIND = {type_.kind: type_ for type_ in TYPES.values()}
SEARCH = """
query Search($text: String!, $kind: [SearchKind!]) {
  search(text: $text, kind: $kind, first: 8) {
    nodes { __typename ... on Entry { slug } ... on Country { code } }
  }
}
"""


class Query(NamedTuple):
    """Name to be matched, and what else is known: the values of properties by their ids."""

    text: str
    types: tuple[EntityType, ...]
    limit: int
    properties: Mapping[str, list[str]]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of entries to search."""
        return tuple(type_.kind for type_ in self.types)


class Beginning(NamedTuple):
    """Possible beginning of a name, and the kinds that it may be of."""

    text: str
    kinds: tuple[str, ...]


Wanted = tuple[EntityType, str]


async def reconcile(entities: Entities, queries: Mapping[str, Query]) -> dict[str, Any]:
    """Return the candidates for each query, best first."""
    suggested = await suggest(entities, [each for query in queries.values() for each in beginnings_of(query)])
    wanted = {key: _by_identifier(query) + _candidates_of(query, suggested) for key, query in queries.items()}
    found = await entities.read(each for several in wanted.values() for each in several)
    answers = {key: _rank(query, wanted[key], found) for key, query in queries.items()}
    unlike = [key for key, ranked in answers.items() if not ranked or ranked[0]["score"] < LIKE_ENOUGH]
    for key in unlike:
        wanted[key] += await _search(entities, queries[key])
    if unlike:
        found = await entities.read(each for key in unlike for each in wanted[key])
        answers |= {key: _rank(queries[key], wanted[key], found) for key in unlike}
    return {key: {"result": ranked[: queries[key].limit]} for key, ranked in answers.items()}


async def suggest(entities: Entities, asked: Iterable[Beginning]) -> dict[Beginning, list[Wanted]]:
    """Return the entries that begin with each of several texts, in one statement for every twenty of these."""
    beginnings = list(dict.fromkeys(each for each in asked if each.text))
    found: dict[Beginning, list[Wanted]] = {}
    for start in range(0, len(beginnings), BEGINNINGS):
        part = beginnings[start : start + BEGINNINGS]
        answer = await entities.execute(_suggest_operation(len(part)), _suggest_variables(part))
        found |= {each: [_to_wanted(entry) for entry in answer[f"s{i}"]] for i, each in enumerate(part)}
    return found


@cache
def _suggest_operation(count: int) -> str:
    definitions = ", ".join(f"$t{i}: String!, $k{i}: [SearchKind!]" for i in range(count))
    selection = f"first: {SUGGESTED}) {{ kind entry {{ slug ... on Country {{ code }} }} }}"
    fields = " ".join(f"s{i}: suggest(text: $t{i}, kind: $k{i}, {selection}" for i in range(count))
    return f"query Suggest({definitions}) {{ {fields} }}"


def _suggest_variables(beginnings: Sequence[Beginning]) -> dict[str, Any]:
    texts = {f"t{i}": each.text for i, each in enumerate(beginnings)}
    return texts | {f"k{i}": each.kinds for i, each in enumerate(beginnings)}


async def _search(entities: Entities, query: Query) -> list[Wanted]:
    words = words_of(query.text)[:SEARCHED_WORDS]
    if not words:
        return []
    answer = await entities.execute(SEARCH, {"text": " ".join(words), "kind": query.kinds})
    return [(TYPES[each["__typename"]], each.get("code") or each["slug"]) for each in answer["search"]["nodes"]]


def _to_wanted(suggestion: Mapping[str, Any]) -> Wanted:
    entry = suggestion["entry"]
    return BY_KIND[suggestion["kind"]], entry.get("code") or entry["slug"]


def beginnings_of(query: Query) -> list[Beginning]:
    """Return the name in spoken order, its last word and its first: how other spellings of it may begin."""
    words = [word for word in words_of(query.text) if len(word) > 1 or not word.isascii()]
    texts = dict.fromkeys([" ".join(words), *words[-1:], *words[:1]])
    return [Beginning(text, query.kinds) for text in texts]


def _candidates_of(query: Query, suggested: Mapping[Beginning, list[Wanted]]) -> list[Wanted]:
    return [each for beginning in beginnings_of(query) for each in suggested.get(beginning, [])]


def _by_identifier(query: Query) -> list[Wanted]:
    """Return what a query identifies by an identifier, a permalink or a slug, given as the name or as a property."""
    told = [
        (type_, value)
        for name in IDENTIFIERS
        for value in query.properties.get(name, [])[:MOST_IDENTIFIERS]
        for type_ in query.types
        if type_.id in PROPERTIES[name].types
    ]
    named = parse_id(query.text)
    if named:
        return [named, *told]
    is_slug = query.text and " " not in query.text and query.text.isascii()
    return [*((type_, query.text) for type_ in query.types if is_slug), *told]


def _rank(query: Query, wanted: Sequence[Wanted], found: Mapping[str, Entity]) -> list[dict[str, Any]]:
    """Return the candidates, best first; equally good ones in the order in which they were found."""
    ids = dict.fromkeys(entity_id(*each) for each in wanted)
    # an entry read by another kind of identifier has a different id from the one requested
    identified = [entity for entity in found.values() if _is_told(query, entity)]
    candidates = [*identified, *(found[each] for each in ids if each in found and found[each] not in identified)]
    allowed = [entity for entity in candidates if entity.type in query.types]
    scored = sorted(((_score(query, entity), entity) for entity in allowed), key=lambda each: -each[0])
    exact = [entity for score, entity in scored if score == EXACT]
    exact = [entity for entity in exact if entity in identified] or exact
    is_sure = len(exact) == 1 and _is_certain(query, exact[0])
    return [
        _candidate(entity, score, match=is_sure and entity is exact[0]) for score, entity in scored if score >= LEAST
    ]


def _score(query: Query, entity: Entity) -> float:
    if _is_identified(query, entity):
        score = EXACT
    else:
        asked = fold(query.text)
        score = max((similarity(asked, fold(name)) for name in entity.names), default=0.0)
    disagrees = any(agrees(entity, name, values) is False for name, values in query.properties.items())
    return round(score * DISAGREEMENT, 1) if disagrees else score


def _is_identified(query: Query, entity: Entity) -> bool:
    """Return whether the name or a property of the query is an identifier of the entity."""
    named = (entity.type, entity.id.rpartition("/")[2])
    is_named = query.text in (entity.id, entity.node["slug"]) or parse_id(query.text) == named
    return is_named or _is_told(query, entity)


def _is_told(query: Query, entity: Entity) -> bool:
    """Return whether a property of the query is an identifier of the entity."""
    return any(agrees(entity, name, query.properties[name]) for name in IDENTIFIERS if name in query.properties)


def _is_certain(query: Query, entity: Entity) -> bool:
    """Return whether the only entity that is identified, or that has exactly this name, is certainly meant.

    One that is identified is, unless something else given about it is different. One with the name is not if the name
    is only a surname, or if something given about it is unknown.
    """
    agreements = [agrees(entity, name, values) for name, values in query.properties.items()]
    if _is_identified(query, entity):
        return False not in agreements
    return all(agreements) and (entity.type.id != "Person" or is_whole_name(fold(query.text)))


def _candidate(entity: Entity, score: float, *, match: bool) -> dict[str, Any]:
    return {
        "id": entity.id,
        "name": entity.label,
        "description": entity.description,
        "score": score,
        "match": match,
        "type": [entity.type.reference],
    }
