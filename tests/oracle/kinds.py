"""Quotes, events, invitations, agreements and offices: values that are not columns, or what a column refers to."""

from dataclasses import dataclass
from typing import Any

from tests.oracle.facts import Fact, by_slug
from tests.oracle.things import EdtfDate, Entry, NamedThing, SortKeys, choose_text


def actor_told(fact: Fact, property: str) -> Any:
    """Return the actor named by the deciding claim of a property."""
    claim = fact.decided_by(property)
    return claim and fact.view.thing("actor", claim.row.value, "slug")


@dataclass(frozen=True)
class Translation:
    language: str
    text: str
    translator: str = "Gipfelbuch"


class Quote(Fact):
    def text(self, language: str | None) -> Any:
        tag = self._translation_language(language)
        return self.row.text if tag is None else self.row.translations[tag]

    def text_language(self, language: str | None) -> Any:
        tag = self._translation_language(language)
        return self.row.language if tag is None else tag.partition("-")[0]

    def is_translation(self, language: str | None) -> bool:
        return self._translation_language(language) is not None

    def _translation_language(self, language: str | None) -> str | None:
        """Return the tag of the translation for a language, unless the words are returned as printed."""
        own = self.row.language.lower()
        for tag in [language.lower(), language.lower().partition("-")[0], "en"] if language else ():
            if tag in (own, own.partition("-")[0]):
                return None
            if tag in self.row.translations:
                return str(tag)
        return None

    def translation(self, language: str) -> Any:
        tag = language.lower()
        return self.row.translations.get(tag) or self.row.translations.get(tag.partition("-")[0])

    def translations(self) -> list[Any]:
        return [Translation(tag, self.row.translations[tag]) for tag in sorted(self.row.translations) if "-" not in tag]

    @property
    def addressees(self) -> list[Any]:
        return self.actors_in("ADDRESSEE")

    @property
    def about(self) -> list[Any]:
        return self.actors_in("ABOUT")

    @property
    def place(self) -> Any:
        claim = self.decided_by("place")
        return claim and self.view.entry("Place", claim.row.value)

    @property
    def attribution(self) -> list[Any]:
        return list(self.view.thing("claim", self.row.text_claim_id).attribution)

    @property
    def variants(self) -> list[Any]:
        return by_slug([self.view.fact(row.variant_id) for row in self.view.rows("quote_variant", quote_id=self.key)])

    @property
    def events(self) -> list[Any]:
        return by_slug([event for event in self.view.facts("Event") if event.quote_id == self.key])

    def is_passed_on_by(self, slugs: list[str]) -> bool:
        """Return whether one of these is in the chain of the words, other than as the one who uttered them."""
        chains = [claim.attribution for claim in self.claims() if claim.property == "text"]
        steps = [step for chain in chains for step in chain if step.role != "UTTERER"]
        return any(step.actor.slug in slugs for step in steps if step.actor)


class Event(Fact):
    @property
    def actors(self) -> list[Any]:
        return self.actors_in("ACTOR")

    @property
    def recipients(self) -> list[Any]:
        return self.actors_in("RECIPIENT")

    @property
    def about(self) -> list[Any]:
        return self.actors_in("ABOUT")

    @property
    def delivered_by(self) -> Any:
        return actor_told(self, "deliveredBy")

    @property
    def overseer(self) -> Any:
        return actor_told(self, "overseer")

    def sort_keys(self, order: str) -> SortKeys:
        if order.startswith("SCORE"):
            return [(self.row.score, order == "SCORE_DESC"), (self.slug, False)]
        return super().sort_keys(order)


class Invitation(Fact):
    @property
    def responded_on(self) -> EdtfDate | None:
        return self.view.date(self.row.responded, self.row.responded_basis)


class Agreement(NamedThing, Fact):
    owner = "fact_id"
    label = Entry.label

    @property
    def parties(self) -> list[Any]:
        return self.actors_in("SIGNATORY")

    @property
    def signed_on(self) -> EdtfDate | None:
        return self.date

    def quotes(self) -> list[Any]:
        return self._about("Quote")

    def events(self) -> list[Any]:
        return self._about("Event")

    def _about(self, typename: str) -> list[Any]:
        """Return the facts of a type that are about it."""
        return [fact for fact in self.view.facts(typename) if any(each.key == self.key for each in fact.about_facts)]


class Office(Fact):
    @property
    def held_under(self) -> Any:
        return actor_told(self, "heldUnder")

    def title(self, language: str | None) -> str | None:
        return choose_text(self.row.titles, language, self.row.title)

    def is_held_on(self, day: Any) -> bool:
        """Return whether the term, if both ends are known, or the span for which it is attested includes the day."""
        has_unknown_end = self.date and "" in self.date.row.text.split("/")
        spans = [found.span for found in (None if has_unknown_end else self.date, self.attested) if found]
        return any(first <= day <= last for first, last in spans)
