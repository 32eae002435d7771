"""Conditions of each field of each filter on an entry."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

Condition = Callable[[Any, Any], bool]


def holds(filter_type: str, given: Mapping[str, Any], entry: Any) -> bool:
    """Return whether all given fields hold; null counts as omitted."""
    conditions = FILTERS[filter_type]
    return all(conditions[name](entry, value) for name, value in given.items() if value is not None)


def one_of(name: str) -> Condition:
    return lambda entry, values: getattr(entry, name) in values


def slug_condition(name: str) -> Condition:
    """The entry in a field is one of these slugs."""
    return lambda entry, slugs: slug_of(getattr(entry, name)) in slugs


def slug_of(entry: Any) -> str | None:
    return entry.slug if entry else None


def slugs_of(entries: list[Any]) -> set[str]:
    return {entry.slug for entry in entries}


def source_slugs(fact: Any) -> set[str]:
    """Return the sources that report the fact."""
    return {claim.source.slug for claim in fact.all_claims}


def is_of_outlet(claim: Any, slugs: list[str]) -> bool:
    return slug_of(claim.source.outlet) in slugs


def is_of_dataset(claim: Any, slugs: list[str]) -> bool:
    return slug_of(claim.source.dataset) in slugs


def all_in(slugs: list[str], found: set[str]) -> bool:
    """Each is present; an empty list is no match."""
    return bool(slugs) and set(slugs) <= found


def flag_condition(name: str) -> Condition:
    return lambda entry, value: bool(getattr(entry, name)) is value


def tag_condition(name: str) -> Condition:
    return lambda entry, tags: getattr(entry, name).lower() in [tag.lower() for tag in tags]


def of_country(entry: Any, codes: list[str]) -> bool:
    return bool(entry and entry.country and entry.country.answers_to(codes))


def has_participant_of(meeting: Any, codes: list[str]) -> bool:
    """Return whether a participant is from one of these states, or is one."""
    return any(of_country(each.actor, codes) for each in meeting.participants)


def place_condition(name: str) -> Condition:
    """The place in a field, or one that contains it, is one of these."""

    def condition(entry: Any, slugs: list[str]) -> bool:
        place = getattr(entry, name)
        return bool(place and slugs_of(place.around()) & set(slugs))

    return condition


def in_role(role: str) -> Condition:
    return lambda fact, slugs: bool(slugs_of(fact.actors_in(role)) & set(slugs))


def in_range(span: tuple[date, date] | None, wanted: Mapping[str, Any]) -> bool:
    """Return whether the days overlap the range or, for WITHIN, lie inside it; without days, they do not.

    A span without an end lies inside no range that has an end there.
    """
    if span is None:
        return False
    first, last = span
    low, high = (wanted.get(end) and date.fromisoformat(wanted[end]) for end in ("from", "to"))
    if year := wanted.get("year"):
        low, high = max(low or date.min, date(year, 1, 1)), min(high or date.max, date(year, 12, 31))
    if wanted.get("match") == "WITHIN":
        return (not low or date.min != first >= low) and (not high or date.max != last <= high)
    return (not low or last >= low) and (not high or first <= high)


def date_condition(name: str) -> Condition:
    """A field with a single day lies in a range."""
    return lambda entry, wanted: in_range((getattr(entry, name),) * 2, wanted)


def score_in_range(event: Any, wanted: Mapping[str, float | None]) -> bool:
    low, high = wanted.get("from"), wanted.get("to")
    return (low is None or event.score >= low) and (high is None or event.score <= high)


def any_claim(condition: Condition) -> Condition:
    return lambda conflict, value: any(condition(claim, value) for claim in conflict.claims())


def found_by_text(entry: Any, text: str) -> bool:
    """Return whether a search finds it."""
    return (entry.typename, entry.slug) in entry.view.search.names(text, entry.view.day)


OF_FACT: dict[str, Condition] = {
    "slug": one_of("slug"),
    "involving": lambda fact, slugs: bool(fact.present & set(slugs)),
    "involvingAll": lambda fact, slugs: all_in(slugs, fact.present),
    "source": lambda fact, slugs: bool(source_slugs(fact) & set(slugs)),
    "sourceAll": lambda fact, slugs: all_in(slugs, source_slugs(fact)),
    "outlet": lambda fact, slugs: any(is_of_outlet(claim, slugs) for claim in fact.all_claims),
    "dataset": lambda fact, slugs: any(is_of_dataset(claim, slugs) for claim in fact.all_claims),
    "curation": one_of("curation"),
    "isWithdrawn": flag_condition("is_withdrawn"),
    "date": lambda fact, wanted: in_range(fact.span, wanted),
    "knownSince": date_condition("known_since"),
    "text": found_by_text,
}

FILTERS: dict[str, dict[str, Condition]] = {
    "FactFilter": {**OF_FACT, "kind": lambda fact, kinds: fact.typename.upper() in kinds},
    "MeetingFilter": {
        **OF_FACT,
        "participant": lambda meeting, slugs: bool(meeting.present & set(slugs)),
        "level": one_of("level"),
        "format": one_of("format"),
        "status": one_of("status"),
        "phase": one_of("phase"),
        "outcome": one_of("outcome"),
        "setting": one_of("setting"),
        "within": slug_condition("within"),
        "place": lambda meeting, slugs: any(slugs_of(place.around()) & set(slugs) for place in meeting.places),
        "exactPlace": lambda meeting, slugs: any(place.slug in slugs for place in meeting.places),
        "country": lambda meeting, codes: any(of_country(place, codes) for place in meeting.places),
        "participantCountry": lambda meeting, codes: has_participant_of(meeting, codes),
        "participantCountryAll": lambda meeting, codes: (
            bool(codes) and all(has_participant_of(meeting, [code]) for code in codes)
        ),
    },
    "QuoteFilter": {
        **OF_FACT,
        "speaker": slug_condition("speaker"),
        "addressee": in_role("ADDRESSEE"),
        "about": in_role("ABOUT"),
        "reportedBy": lambda quote, slugs: quote.is_passed_on_by(slugs),
        "meeting": slug_condition("meeting"),
        "form": one_of("form"),
        "medium": one_of("medium"),
        "language": tag_condition("language"),
        "isHearsay": flag_condition("is_hearsay"),
    },
    "EventFilter": {
        **OF_FACT,
        "eventType": one_of("event_type"),
        "mode": one_of("mode"),
        "quadClass": one_of("quad_class"),
        "modality": one_of("modality"),
        "medium": one_of("medium"),
        "score": score_in_range,
        "actor": in_role("ACTOR"),
        "recipient": in_role("RECIPIENT"),
        "about": in_role("ABOUT"),
        "meeting": slug_condition("meeting"),
        "place": place_condition("place"),
        "country": lambda event, codes: of_country(event.place, codes),
    },
    "InvitationFilter": {
        **OF_FACT,
        "issuer": slug_condition("issuer"),
        "invitee": slug_condition("invitee"),
        "carrier": slug_condition("carrier"),
        "destination": place_condition("destination"),
        "meeting": slug_condition("meeting"),
        "response": one_of("response"),
        "medium": one_of("medium"),
    },
    "AgreementFilter": {
        **OF_FACT,
        "kind": one_of("kind"),
        "party": in_role("SIGNATORY"),
        "concludedAt": slug_condition("concluded_at"),
        "place": place_condition("place"),
        "country": lambda agreement, codes: of_country(agreement.place, codes),
    },
    "OfficeFilter": {
        **OF_FACT,
        "person": slug_condition("person"),
        "of": slug_condition("of"),
        "leads": flag_condition("leads"),
        "on": lambda office, day: office.is_held_on(date.fromisoformat(day)),
    },
    "RelationshipFilter": {
        "kind": one_of("kind"),
        "slug": one_of("slug"),
        "curation": one_of("curation"),
        "involving": lambda found, slugs: bool(slugs_of(found.parties) & set(slugs)),
        "involvingAll": lambda found, slugs: all_in(slugs, slugs_of(found.parties)),
        "sharing": lambda found, wanted: any(holds("FactFilter", wanted, fact) for fact in found.timeline()),
    },
    "PersonFilter": {
        "slug": one_of("slug"),
        "country": of_country,
        "isLeader": flag_condition("is_leader"),
        "source": lambda person, slugs: person.named_or_told_in(slugs),
        "text": found_by_text,
    },
    "OrganisationFilter": {
        "slug": one_of("slug"),
        "kind": one_of("kind"),
        "country": of_country,
        "text": found_by_text,
    },
    "CountryFilter": {
        "code": lambda country, codes: country.answers_to(codes),
        "isFormer": flag_condition("is_former"),
        "existingOn": lambda country, day: country.existed_on(date.fromisoformat(day)),
        "text": found_by_text,
    },
    "PlaceFilter": {"slug": one_of("slug"), "kind": one_of("kind"), "country": of_country, "text": found_by_text},
    "SourceFilter": {
        "slug": one_of("slug"),
        "kind": one_of("kind"),
        "language": tag_condition("language"),
        "outlet": slug_condition("outlet"),
        "credits": lambda source, slugs: bool(slugs_of(source.credits) & set(slugs)),
        "document": one_of("document"),
        "author": slug_condition("author"),
        "dataset": slug_condition("dataset"),
        "isWithdrawn": flag_condition("is_withdrawn"),
        "publishedOn": lambda source, wanted: in_range(source.span, wanted),
        "text": found_by_text,
    },
    "ClaimFilter": {
        "fact": slug_condition("fact"),
        "involving": lambda claim, slugs: bool(claim.fact.present & set(slugs)),
        "property": one_of("property"),
        "rank": one_of("rank"),
        "factuality": one_of("factuality"),
        "passageRole": lambda claim, roles: claim.passage.role in roles,
        "passageFrom": lambda claim, start: claim.passage.start >= start,
        "source": slug_condition("source"),
        "outlet": is_of_outlet,
        "origin": slug_condition("origin_actor"),
        "dataset": is_of_dataset,
        "curation": lambda claim, values: claim.fact.curation in values,
        "isWithdrawn": flag_condition("is_withdrawn"),
        "reportedOn": date_condition("reported_on"),
    },
    "ChangeFilter": {
        "kind": one_of("kind"),
        "change": one_of("change"),
        "slug": one_of("slug"),
        "involving": lambda change, slugs: bool(change.involved_slugs & set(slugs)),
    },
    "ConflictFilter": {
        "slug": one_of("slug"),
        "property": one_of("property"),
        "basis": one_of("basis"),
        "fact": any_claim(slug_condition("fact")),
        "involving": any_claim(lambda claim, slugs: bool(claim.fact.present & set(slugs))),
        "involvingAll": any_claim(lambda claim, slugs: all_in(slugs, claim.fact.present)),
        "source": any_claim(slug_condition("source")),
        "sourceAll": lambda found, slugs: all_in(slugs, {claim.source.slug for claim in found.claims()}),
    },
}
