"""Sources, claims and conflicts."""

from collections import Counter
from datetime import date
from typing import Any

from tests.oracle.things import EdtfDate, Entry, SortKeys, Thing, choose_text


class Passage(Thing):
    @property
    def start(self) -> Any:
        return self.row.from_char

    @property
    def end(self) -> Any:
        return self.row.to_char

    @property
    def sha256(self) -> str:
        return str(self.row.sha256.hex())


class AttributionStep(Thing):
    @property
    def actor(self) -> Any:
        return self.view.thing("actor", self.row.actor_id)

    @property
    def passage(self) -> Any:
        return self.view.thing("passage", self.row.passage_id)


class SourceDataset(Thing):
    def sources(self) -> list[Any]:
        return self.view.things("source", dataset=self.slug)

    def _claims(self) -> list[Any]:
        return [claim for source in self.sources() for claim in source.claims()]

    def facts(self) -> list[Any]:
        return [self.view.fact(key) for key in dict.fromkeys(claim.fact_id for claim in self._claims())]

    @property
    def counts(self) -> list[Any]:
        claims = self._claims()
        links = [link for claim in claims for link in self.view.rows("involvement_claim", claim_id=claim.key)]
        where = self.view.register.where
        present = {each.actor_id for link in links for each in where("involvement", "id", link.involvement_id)}
        typenames = [
            *("Source" for _ in self.sources()),
            *("Claim" for _ in claims),
            *(self.view.row("fact", key).typename for key in {claim.fact_id for claim in claims}),
            *(self.view.row("actor", key).typename for key in present),
        ]
        counted = sorted(Counter(map(str.upper, typenames)).items())
        return [{"kind": kind, "count": count, "typename": "KindCount"} for kind, count in counted]


class Source(Entry):
    @property
    def author(self) -> Any:
        return self.view.thing("actor", self.row.author_id)

    @property
    def transcript_of(self) -> Any:
        return self.view.thing("source", self.row.transcript_of_id)

    @property
    def dataset(self) -> Any:
        return self.view.thing("source_dataset", self.row.dataset, "slug")

    def _versions(self, own: str, other: str) -> list[Any]:
        links = self.view.rows("supersession", **{own: self.key})
        found = [source for link in links if (source := self.view.thing("source", getattr(link, other)))]
        return sorted(found, key=lambda source: (source.row.reported_on, source.slug))

    @property
    def supersedes(self) -> list[Any]:
        return self._versions("source_id", "superseded_id")

    @property
    def superseded_by(self) -> list[Any]:
        return self._versions("superseded_id", "source_id")

    @property
    def retracted_on(self) -> Any:
        day = self.row.retracted_on
        return day if day and (self.view.day is None or day <= self.view.day) else None

    @property
    def is_withdrawn(self) -> bool:
        return self.view.is_withdrawn(self.row)

    @property
    def outlet(self) -> Any:
        return self.view.thing("actor", self.row.outlet_id)

    @property
    def published_on(self) -> EdtfDate | None:
        return self.view.date(self.row.published, self.row.published_basis)

    @property
    def credits(self) -> list[Any]:
        rows = sorted(self.view.rows("source_credit", source_id=self.key), key=lambda row: row.position)
        return [actor for row in rows if (actor := self.view.thing("actor", row.organisation_id))]

    def claims(self) -> list[Any]:
        return self.view.things("claim", source_id=self.key)

    def facts(self) -> list[Any]:
        return [self.view.fact(key) for key in dict.fromkeys(claim.fact_id for claim in self.claims())]

    @property
    def span(self) -> tuple[Any, Any]:
        found = self.view.date(self.row.published, self.row.published_basis)
        return found.span if found else (None, None)

    def sort_keys(self, order: str) -> SortKeys:
        first, last = self.span
        descends = order == "PUBLISHED_ON_DESC"
        return [(first, descends), (last, descends), (self.slug, False)]


class Claim(Entry):
    def label(self, language: str | None) -> str:
        """Return what it says and the byline of its source, both in that language, else both in English."""
        source = self.view.row("source", self.row.source_id)
        wording, byline = (self.view.row("wording", id).texts for id in (self.row.wording_id, source.byline_id))
        tag = (language or "en").lower()
        tags = (tag, tag.partition("-")[0], "en")
        return next(f"{wording[each]}{byline[each]}" for each in tags if each in wording and each in byline)

    @property
    def fact(self) -> Any:
        return self.view.fact(self.row.fact_id)

    @property
    def is_withdrawn(self) -> bool:
        return self.view.is_withdrawn(self.row)

    @property
    def decides(self) -> bool:
        decided = self.view.rows("decided", fact_id=self.row.fact_id, claim_id=self.key)
        day = self.view.day or date.max
        return any(row.known_from <= day <= row.known_until for row in decided)

    @property
    def is_unknown(self) -> bool:
        return self.row.value is None and self.row.property != "existence"

    @property
    def value_date(self) -> EdtfDate | None:
        return self.view.date(self.row.value_date, self.row.basis)

    @property
    def value_entry(self) -> Any:
        return self.view.entry(self.row.value_typename, self.row.value) if self.row.value_typename else None

    @property
    def effective(self) -> EdtfDate | None:
        return self.view.date(self.row.effective, self.row.basis)

    @property
    def source(self) -> Any:
        return self.view.thing("source", self.row.source_id)

    @property
    def passage(self) -> Any:
        return self.view.thing("passage", self.row.passage_id)

    @property
    def context(self) -> list[Any]:
        rows = sorted(self.view.rows("claim_context", claim_id=self.key), key=lambda row: row.position)
        return [self.view.thing("passage", row.passage_id) for row in rows]

    @property
    def attribution(self) -> list[AttributionStep]:
        rows = sorted(self.view.rows("attribution_step", claim_id=self.key), key=lambda row: row.position)
        return [AttributionStep(self.view, row) for row in rows]

    def note(self, language: str | None) -> str | None:
        return choose_text(self.row.note, language)

    @property
    def conflicts(self) -> list[Any]:
        links = self.view.rows("conflict_claim", claim_id=self.key)
        found = [conflict for row in links if (conflict := self.view.thing("conflict", row.conflict_id))]
        return sorted(found, key=lambda conflict: conflict.slug)

    @property
    def origin_actor(self) -> Any:
        return self.view.thing("actor", self.row.origin_id)

    @property
    def span(self) -> tuple[Any, Any]:
        return self.row.reported_on, self.row.reported_on

    def sort_keys(self, order: str) -> SortKeys:
        day, slug = (self.row.reported_on, order == "REPORTED_ON_DESC"), (self.slug, False)
        if order != "PLACE_ASC":
            return [day, slug]
        passage = self.view.row("passage", self.row.passage_id)
        places = (self.view.row("source", self.row.source_id).slug, passage.from_char, passage.to_char)
        return [day, *((place, False) for place in places), slug]


class Conflict(Entry):
    def note(self, language: str | None) -> str | None:
        return choose_text(self.row.note, language)

    def claims(self) -> list[Claim]:
        links = self.view.rows("conflict_claim", conflict_id=self.key)
        return [claim for row in links if (claim := self.view.thing("claim", row.claim_id))]

    def facts(self) -> list[Any]:
        return [self.view.fact(key) for key in dict.fromkeys(claim.fact_id for claim in self.claims())]

    @property
    def _standing_claims(self) -> list[Claim]:
        return [claim for claim in self.claims() if not claim.is_withdrawn]

    @property
    def is_withdrawn(self) -> bool:
        return len(self._standing_claims) < 2

    @property
    def independent_origins(self) -> int:
        return len({(claim.origin_id, claim.origin) for claim in self._standing_claims})
