"""Words that somebody is reported to have used."""

from collections.abc import Iterator
from typing import Annotated

from service.errors import SeedsInvalid
from service.store import enums
from service.store.enums import Role
from service.store.i18n import labels
from service.store.i18n.names import by_tag
from service.store.kinds.kind import FactEntry, Kind, Search, check_medium, slugs_in
from service.store.notation import values
from service.store.notation.fields import Cited, Property, Slugs, Value, Values
from service.store.notation.values import Actor, Language, Phrase, Texts
from service.store.record.record import Claim, Fact, Record
from service.store.record.snapshots import Snapshot, seed_mistake
from service.store.rows import Row, key_of
from service.store.search.document import Text, title


class QuoteEntry(FactEntry):
    """Words that somebody is reported to have used."""

    told_by = "text"

    text: Annotated[Cited[str], Property(is_open=False)]
    language: Language
    form: enums.QuoteForm
    originalLanguage: Value[Language] = None
    medium: Value[enums.Medium] = None
    speaker: Annotated[Value[Actor], Property(role=Role.SPEAKER)] = None
    speakerDescription: Phrase | None = None
    addressees: Annotated[Values[Actor], Property(role=Role.ADDRESSEE, is_many=True)] = None
    about: Annotated[Values[Actor], Property(role=Role.ABOUT, is_many=True)] = None
    aboutFacts: Annotated[Values[values.Fact], Property("aboutFact", is_many=True, is_open=False)] = None
    meeting: Value[values.Meeting] = None
    variants: Slugs[values.Quote] | None = None
    translation: Texts | None = None


def check(quote: Fact) -> Iterator[str]:
    if quote.slug in slugs_in(quote, "variants"):
        yield "variants: a quote cannot be a variant of itself"
    yield from check_medium(quote)


def to_row(record: Record, snapshot: Snapshot) -> Row:
    text = snapshot.deciding_claim("text")
    if text is None or text.value is None:
        raise SeedsInvalid([seed_mistake(snapshot.fact, f"its words are not yet known on {snapshot.known_from}")])
    speaker = snapshot.actor_in("SPEAKER")
    description = snapshot.value("speakerDescription")
    if not speaker and not description:
        raise SeedsInvalid([seed_mistake(snapshot.fact, f"its speaker is not yet known on {snapshot.known_from}")])
    return {
        "text": text.value,
        "language": snapshot.require_value("language"),
        "original_language": snapshot.value("originalLanguage"),
        "form": snapshot.require_value("form"),
        "medium": snapshot.value("medium") or "UNKNOWN",
        "translations": by_tag(snapshot.texts("translation")),
        "speaker_id": key_of("actor", speaker),
        "speaker_description": description,
        "meeting_id": key_of("fact", snapshot.value("meeting")),
        "text_claim_id": key_of("claim", text.slug),
        "is_hearsay": is_hearsay(text, speaker, record.sources[text.source].outlet),
    }


def is_hearsay(text: Claim, speaker: str | None, outlet: str | None) -> bool:
    """Return whether a person, an agency or another outlet is between the speaker and the outlet."""

    def is_between(role: str, actor: str | None) -> bool:
        if actor is not None and actor in (speaker, outlet):
            return False
        speaks = role == "UTTERER" and (actor is None or speaker is None)
        return not speaks and role != "TRANSLATOR"

    return any(is_between(step.role, step.actor) for step in text.steps[:-1])


def texts(record: Record, snapshot: Snapshot) -> Iterator[Text]:
    """Yield the words, our translations of them and whose words they are."""
    yield title(snapshot.require_value("text"), snapshot.value("language"))
    yield from (title(text, language) for language, text in snapshot.texts("translation").items())
    yield from map(Text, labels.speaker_names(record, snapshot))


QUOTE = Kind(
    typenames=("Quote",),
    file="quotes.yaml",
    entry=QuoteEntry,
    table="quote",
    to_row=to_row,
    search=Search(lambda _: 0.55, texts=texts),
    links_people=True,
    required=(("speaker", "speakerDescription"),),
    check=check,
    also_decided={"attribution": "text"},
)
