"""Quotes: words that somebody is reported to have used."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from schema import filters
from schema.actors import Actor
from schema.claims import AttributionStep, steps_of
from schema.connections import Connection, connection
from schema.counting import Count, counts_by
from schema.dataset import NAME
from schema.enums import QuoteGrouping, QuoteOrder
from schema.facts import CommonFactFilter, Fact, actors_in, decided_entry
from schema.meetings import Meeting
from schema.places import Place
from schema.scalars import LanguageTag
from schema.sql import conditions, groupings, slugs
from schema.sql.relations import ABOUT, ACTOR, EVENT, FACT, MEETING, PLACE, QUOTE, among, link_table, one
from schema.sql.tallies import tally_of
from schema.sql.texts import in_own_language, primary_subtag, tags_to_try
from service.planner.fields import column, relation, sql, where
from service.planner.relations import Relation, Row, Rows
from service.sql import Expression, case, func, select, sql_literal, text_literal
from service.store.enums import Medium, QuoteForm

if TYPE_CHECKING:
    from schema.events import Event


def _variants(row: Row) -> Rows:
    links = row.find(link_table("quote_variant"), lambda link: link.quote_id == row.fact_id)
    quotes = row.find(QUOTE, lambda quote: among(quote.fact_id, links.ids("variant_id")))
    return quotes.order_by(quotes.row.slug)


def about_facts(row: Row) -> Rows:
    """Facts that the words or the event are about."""
    links = row.find(ABOUT, lambda link: link.fact_id == row.fact_id)
    facts = row.find(FACT, lambda fact: among(fact.fact_id, links.ids("about_id")))
    return facts.order_by(facts.row.slug)


def _events(row: Row) -> Rows:
    events = row.find(EVENT, lambda event: event.quote_id == row.fact_id)
    return events.order_by(events.row.slug)


def _text_or_translation(
    row: Row, language: Any, printed: Expression, translated: Callable[[Expression], Expression]
) -> Expression:
    """`printed`, unless a translation comes first in the order of languages; in that case, `translated` of its tag."""
    if language is strawberry.UNSET:
        return printed
    own = func.lower(row.language)
    texts = [
        case((tag.in_([own, primary_subtag(own)]), printed), else_=translated(tag)) for tag in tags_to_try(language)
    ]
    return func.coalesce(*texts, printed)


def _text(row: Row, language: LanguageTag | None = strawberry.UNSET) -> Expression:
    return _text_or_translation(row, language, row.text, row.translations.op("->>"))


def _text_language(row: Row, language: LanguageTag | None = strawberry.UNSET) -> Expression:
    return _text_or_translation(
        row, language, row.language, lambda tag: case((_is_translated(row, tag), primary_subtag(tag)))
    )


def _is_translation(row: Row, language: LanguageTag | None = strawberry.UNSET) -> Expression:
    no, yes = sql_literal("false"), sql_literal("true")
    return _text_or_translation(row, language, no, lambda tag: case((_is_translated(row, tag), yes)))


def _is_translated(row: Row, tag: Expression) -> Expression:
    return row.translations.op("->>")(tag).is_not_null()


def _translations(row: Row) -> Rows:
    columns = [sql_literal("key").label("language"), sql_literal("value").label("text")]
    # each text is also stored under its primary subtag
    primary = sql_literal("strpos(key, '-') = 0")
    query = select(*columns).select_from(f"jsonb_each_text({row.translations})").where(primary)
    texts = row.find(Relation(query.subquery()))
    return texts.order_by(texts.row.language)


@strawberry.type(description="A translation of our own, which no source prints.")
class Translation:
    language: LanguageTag = column("Language of the text, as the primary subtag of a BCP 47 tag.")
    text: str = column("The words in that language.")
    translator: str = sql(lambda row: text_literal(NAME), "Who answers for the translation: the register itself.")


@strawberry.type(description="Words that somebody is reported to have used.")
@relation(QUOTE)
class Quote(Fact):
    text: str = sql(
        _text,
        "Words as the source prints them; for INDIRECT, our paraphrase. With `language`, the words in that language, "
        "as printed or in our translation; otherwise in English; otherwise as printed. `textLanguage` and "
        "`isTranslation` say which of these was returned.",
        length=300,
    )
    language: LanguageTag = column("Language of `text` without a `language` argument.")
    text_language: LanguageTag = sql(
        _text_language,
        "Language of what `text` returns for the same `language`; for a translation, its primary subtag.",
    )
    is_translation: bool = sql(
        _is_translation,
        "Whether what `text` returns for the same `language` is our translation, and so not what the source prints.",
    )
    original_language: LanguageTag | None = column("Language in which the words were said, if a source says.")
    form: QuoteForm = column("Form in which the source gives the words.")
    medium: Medium = column("Medium by which the words were uttered.")
    translation: str | None = sql(
        in_own_language("translations"),
        "Our translation into this language or one with the same primary subtag, not words that a source prints; null "
        "if there is none. `translations` says the same next to each text.",
    )
    translations: list["Translation"] = sql(_translations, "All available translations, sorted by language.", rows=1)
    speaker: Actor | None = sql(
        one(ACTOR, "speaker_id"),
        "Actor who said the words. Null if the source names nobody; `speakerDescription` then says who is meant.",
    )
    speaker_description: str | None = column("Who is meant, if the source names nobody.")
    addressees: list[Actor] = sql(actors_in("ADDRESSEE"), "Actors to whom the words were said.", rows=1)
    about: list[Actor] = sql(actors_in("ABOUT"), "Actors of whom the words speak.", rows=2)
    meeting: Meeting | None = sql(
        one(MEETING, "meeting_id"), "Meeting at which the words were said, including on its day and on its margins."
    )
    place: Place | None = sql(decided_entry(PLACE, "place"), "Place where the words were said, if a source says.")
    attribution: list[AttributionStep] = sql(
        lambda row: steps_of(row, row.text_claim_id),
        "Steps by which the words reached the reader, from the speaker outward to the outlet.",
        rows=3,
    )
    is_hearsay: bool = column("True if somebody other than the reporting outlet comes between speaker and reader.")
    variants: list["Quote"] = sql(
        _variants, "Quotes of the same utterance in other words, places or languages.", rows=1
    )
    about_facts: list[Fact] = sql(about_facts, "Facts that the words are about.", rows=1)
    events: list[Annotated["Event", strawberry.lazy("schema.events")]] = sql(
        _events, "Acts performed by saying the words: accusing, demanding, praising ...", rows=1
    )


_is_in_languages = conditions.in_languages("language")


def _count_in_languages(row: Row, tags: Expression) -> Expression:
    """Number of quotes in one of these languages, regardless of the speaker; on an earlier day there were no more."""
    now = tally_of(QUOTE, replace(row, as_of=None))
    return now.where(lambda tally: _is_in_languages(tally, tags)).total()


@strawberry.input(description="Conditions on quotes, all of which must be met.")
class QuoteFilter(CommonFactFilter):
    slug: list[str] | None = filters.by_slug(slugs.QUOTES)
    speaker: list[str] | None = filters.by_involved_actor("speaker_id", "Only quotes by one of these actors.")
    addressee: list[str] | None = filters.by_role("ADDRESSEE", "Only quotes addressed to one of these actors.")
    about: list[str] | None = filters.by_role("ABOUT", "Only quotes about one of these actors.")
    reported_by: list[str] | None = where(
        conditions.has_reporter,
        "Only quotes passed on by one of these actors: a witness, a relay, an agency or the outlet.",
        parameter=slugs.ACTORS,
        price=conditions.LOOKUP_PRICE,
        leads=conditions.BY_REPORTERS,
    )
    meeting: list[str] | None = filters.by_meeting("meeting_id", "Only quotes said at one of these meetings.")
    form: list[QuoteForm] | None = filters.by_term("form", "Only quotes in one of these forms.")
    medium: list[Medium] | None = filters.by_term("medium", "Only quotes uttered by one of these media.")
    language: list[LanguageTag] | None = where(
        _is_in_languages,
        "Only quotes with a text in one of these languages.",
        leads=conditions.by_index(_is_in_languages, lambda row: func.lower(row.language), _count_in_languages),
    )
    is_hearsay: bool | None = where(conditions.flag("is_hearsay"), "True for second-hand quotes, false for all others.")


@connection("A quote", "quotes", filter=QuoteFilter, order=QuoteOrder.DATE_ASC)
class QuoteConnection(Connection[Quote]):
    counts: list[Count] = counts_by(
        {
            QuoteGrouping.SPEAKER: groupings.actor("speaker_id", tallied="speaker"),
            QuoteGrouping.ADDRESSEE: groupings.involved_actor("ADDRESSEE", tallied="addressee"),
            QuoteGrouping.ABOUT: groupings.involved_actor("ABOUT", tallied="about"),
            QuoteGrouping.FORM: groupings.term("QuoteForm", "form"),
            QuoteGrouping.MEDIUM: groupings.term("Medium", "medium"),
            QuoteGrouping.LANGUAGE: groupings.term("LanguageTag", "language"),
            QuoteGrouping.HEARSAY: groupings.term("Hearsay", lambda row: row.is_hearsay.cast("text")),
            QuoteGrouping.OUTLET: groupings.outlet(),
            QuoteGrouping.CURATION: groupings.term("Curation", "curation"),
            **groupings.periods(QuoteGrouping),
        }
    )
