"""The rows of one claim, and the passages that claims need."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache

import orjson

from service.store.i18n import labels
from service.store.i18n.names import by_tag
from service.store.record.decide import as_date
from service.store.record.record import Claim, Fact, Passage, Record, Step
from service.store.rows import EntryRows, Key, Row, key_of, passage_key

REMEMBERED = 8_192
TABLES_OF_ENTRIES = {"Person": "actor", "Organisation": "actor", "Country": "actor", "Place": "place"}
"""The table of the actors and places that a value can name, by GraphQL type."""


def passages_of(fact: Fact) -> list[Passage]:
    """Return every passage that the fact's claims need."""
    cited = [passage for claim in fact.claims for passage in (claim.passage, *claim.context)]
    return cited + [step.passage for claim in fact.claims for step in claim.steps if step.passage]


def add_passages(entry: EntryRows, fact: Fact) -> None:
    """Add the passages that the fact's claims need, each once, to the fact's rows."""
    by_span = {(passage.source, passage.start, passage.end): passage for passage in passages_of(fact)}
    for _, passage in sorted(by_span.items()):
        entry.add("passage", _passage_row(passage))


class Wordings:
    """The beginnings of claim labels, worked out once for all claims that say the same."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._rows = lru_cache(REMEMBERED)(self._row)

    def row(self, claim: Claim) -> Row:
        """Return the row for the beginning of a claim's label."""
        return self._rows(labels.said_by(claim))

    def _row(self, said: labels.Said) -> Row:
        return wording_row(labels.claim_wordings(self._record, said))


def wording_row(texts: Mapping[str, str]) -> Row:
    """Return the row for a part of labels, by language."""
    return {"id": _number(texts), "texts": texts}


def _number(texts: Mapping[str, str]) -> int:
    """Return a digest of texts as an eight-byte number."""
    return int.from_bytes(hashlib.blake2b(orjson.dumps(texts), digest_size=8).digest(), signed=True)


def add_wordings(entry: EntryRows, wordings: Wordings, fact: Fact) -> None:
    """Add what the fact's claims say, each wording once, to the fact's rows."""
    rows = map(wordings.row, fact.claims)
    for row in {row["id"]: row for row in rows}.values():
        entry.add("wording", row)


def add_claim(entry: EntryRows, record: Record, wordings: Wordings, claim: Claim) -> None:
    """Add the claim with its contexts and its attribution chain to the rows of its fact."""
    key = Key("claim", (claim.slug,))
    origin = claim.steps[0] if claim.steps else Step("OUTLET", record.sources[claim.source].outlet)
    day = as_date(claim.property, claim.value)
    row: Row = {
        "id": key,
        "slug": claim.slug,
        "fact_id": entry.key,
        "property": claim.property,
        "value": claim.value,
        "value_date": day.text if day else None,
        "value_typename": claim.value_typename if claim.value is not None else None,
        "effective": claim.effective,
        "designated_id": key_of("actor", claim.designates),
        "position": claim.position,
        "basis": claim.basis,
        "rank": claim.rank,
        "factuality": claim.factuality,
        "source_id": key_of("source", claim.source),
        "reported_on": claim.reported_on,
        "withdrawn_on": claim.withdrawn_on,
        "passage_id": _key_of_passage(claim.passage),
        "origin_id": key_of("actor", origin.actor),
        "origin": None if origin.actor else origin.description or record.sources[claim.source].document,
        "note": by_tag(claim.note) if claim.note else None,
        "wording_id": wordings.row(claim)["id"],
    }
    entry.add("claim", row, claim.reported_on)
    if claim.value and claim.value_typename in TABLES_OF_ENTRIES:
        entry.name(Key(TABLES_OF_ENTRIES[claim.value_typename], (claim.value,)), claim.reported_on)
    for position, context in enumerate(claim.context, start=1):
        entry.add("claim_context", {"claim_id": key, "position": position, "passage_id": _key_of_passage(context)})
    quote = entry.key if claim.property == "text" else None
    for position, step in enumerate(claim.steps, start=1):
        entry.add("attribution_step", _step_row(key, position, step, quote), claim.reported_on)


def _step_row(claim: Key, position: int, step: Step, quote: Key | None) -> Row:
    return {
        "claim_id": claim,
        "position": position,
        "quote_id": quote,
        "role": step.role,
        "actor_id": key_of("actor", step.actor),
        "description": step.description,
        "passage_id": _key_of_passage(step.passage) if step.passage else None,
    }


def _key_of_passage(given: Passage) -> Key:
    return passage_key(given.source, given.start, given.end)


def _passage_row(span: Passage) -> Row:
    return {
        "id": _key_of_passage(span),
        "source_id": Key("source", (span.source,)),
        "from_char": span.start,
        "to_char": span.end,
        "paragraph": span.paragraph,
        "role": span.role,
        "sha256": f"\\x{span.sha256}",
        "exact": span.exact,
        "state": span.state,
        "start_time": span.start_time,
        "end_time": span.end_time,
    }
