"""Vocabularies of queries: how lists are sorted, counted and filtered, each word with its meaning."""

import strawberry

from service.store.enums import Vocabulary

_DATE_ASC = "By the first possible day, earliest first, then by the last; ties by slug; undated entries last."
_DATE_DESC = "By the first possible day, latest first, then by the last; ties by slug; undated entries last."
_KNOWN_SINCE_ASC = "By the day on which a source first reported it, earliest first; ties by slug."
_KNOWN_SINCE_DESC = "By the day on which a source first reported it, latest first; ties by slug."
_MONTH = "By calendar month; the key is its first day."
_QUARTER = "By quarter of a calendar year; the key is its first day."
_YEAR = "By calendar year; the key is its first day."
_CURATION = "By who answers for how the fact is recorded."
_OUTLET = "By each outlet that reports it; the key is the outlet's slug."


class DateMatch(Vocabulary):
    """How the date of a fact is compared with a range of days."""

    OVERLAPS = "OVERLAPS", "The two ranges share at least one day."
    WITHIN = "WITHIN", "The whole range of the fact lies within the requested range."


class FactOrder(Vocabulary):
    """Ways to sort facts. A meeting without a date is sorted by its planned date."""

    DATE_ASC = "DATE_ASC", _DATE_ASC
    DATE_DESC = "DATE_DESC", _DATE_DESC
    KNOWN_SINCE_ASC = "KNOWN_SINCE_ASC", _KNOWN_SINCE_ASC
    KNOWN_SINCE_DESC = "KNOWN_SINCE_DESC", _KNOWN_SINCE_DESC


class MeetingOrder(Vocabulary):
    """Ways to sort meetings. A meeting without a date is sorted by its planned date."""

    DATE_ASC = "DATE_ASC", _DATE_ASC
    DATE_DESC = "DATE_DESC", _DATE_DESC
    KNOWN_SINCE_ASC = "KNOWN_SINCE_ASC", _KNOWN_SINCE_ASC
    KNOWN_SINCE_DESC = "KNOWN_SINCE_DESC", _KNOWN_SINCE_DESC


class QuoteOrder(Vocabulary):
    """Ways to sort quotes."""

    DATE_ASC = "DATE_ASC", _DATE_ASC
    DATE_DESC = "DATE_DESC", _DATE_DESC
    KNOWN_SINCE_ASC = "KNOWN_SINCE_ASC", _KNOWN_SINCE_ASC
    KNOWN_SINCE_DESC = "KNOWN_SINCE_DESC", _KNOWN_SINCE_DESC


class EventOrder(Vocabulary):
    """Ways to sort events."""

    DATE_ASC = "DATE_ASC", _DATE_ASC
    DATE_DESC = "DATE_DESC", _DATE_DESC
    KNOWN_SINCE_ASC = "KNOWN_SINCE_ASC", _KNOWN_SINCE_ASC
    KNOWN_SINCE_DESC = "KNOWN_SINCE_DESC", _KNOWN_SINCE_DESC
    SCORE_ASC = "SCORE_ASC", "By PLOVER score, most conflictual first; ties by slug."
    SCORE_DESC = "SCORE_DESC", "By PLOVER score, most cooperative first; ties by slug."


class PersonOrder(Vocabulary):
    """Ways to sort people. Names are the English ones, whatever the language."""

    NAME_ASC = "NAME_ASC", "By the English name, from A to Z; ties by slug."
    NAME_DESC = "NAME_DESC", "By the English name, from Z to A; ties by slug."
    FACTS_DESC = "FACTS_DESC", "By the number of facts that involve them, highest first; ties by slug."


class OrganisationOrder(Vocabulary):
    """Ways to sort organisations. Names are the English ones, whatever the language."""

    NAME_ASC = "NAME_ASC", "By the English name, from A to Z; ties by slug."
    NAME_DESC = "NAME_DESC", "By the English name, from Z to A; ties by slug."
    SOURCES_DESC = "SOURCES_DESC", "By the number of sources that they published, highest first; ties by slug."


class RelationshipOrder(Vocabulary):
    """Ways to sort relationships."""

    FACTS_DESC = "FACTS_DESC", "By the number of facts that involve both, highest first; ties by slug."
    MEETINGS_DESC = (
        "MEETINGS_DESC",
        "By the number of held meetings at which both were present, highest first; ties by slug.",
    )
    BILATERAL_MEETINGS_DESC = (
        "BILATERAL_MEETINGS_DESC",
        "By the number of held BILATERAL meetings at which both were present, highest first; ties by slug.",
    )
    LAST_MET_DESC = (
        "LAST_MET_DESC",
        "By the day on which the two last met, latest first; ties by slug; pairs without such a day last.",
    )


class SourceOrder(Vocabulary):
    """Ways to sort sources."""

    PUBLISHED_ON_ASC = "PUBLISHED_ON_ASC", "By the day of publication, earliest first; ties by slug."
    PUBLISHED_ON_DESC = "PUBLISHED_ON_DESC", "By the day of publication, latest first; ties by slug."


class ClaimOrder(Vocabulary):
    """Ways to sort claims. If the day of publication is uncertain, its last possible day is used."""

    REPORTED_ON_ASC = ("REPORTED_ON_ASC", "By the day on which the source reported it, earliest first; ties by slug.")
    REPORTED_ON_DESC = ("REPORTED_ON_DESC", "By the day on which the source reported it, latest first; ties by slug.")
    PLACE_ASC = (
        "PLACE_ASC",
        "By the day and the slug of the source, then by where the passage begins and ends; ties by slug.",
    )


class ChangeOrder(Vocabulary):
    """Ways to sort changes."""

    REVISION_DESC = "REVISION_DESC", "By revision, latest first; ties by kind and slug, from Z to A."
    REVISION_ASC = "REVISION_ASC", "By revision, earliest first; ties by kind and slug, from A to Z."


class FactGrouping(Vocabulary):
    """Properties by which facts can be counted. A fact with several values counts once under each, and a meeting
    without a date by its planned date.
    """

    KIND = "KIND", "By kind of fact."
    CURATION = "CURATION", _CURATION
    MONTH = "MONTH", _MONTH
    QUARTER = "QUARTER", _QUARTER
    YEAR = "YEAR", _YEAR
    KNOWN_SINCE_MONTH = (
        "KNOWN_SINCE_MONTH",
        "By the month in which a source first reported it; the key is its first day.",
    )
    INVOLVED = "INVOLVED", "By each actor involved; the key is the actor's slug."
    OUTLET = "OUTLET", _OUTLET


class MeetingGrouping(Vocabulary):
    """Properties by which meetings can be counted. A meeting with several values counts once under each, and one
    without a date by its planned date.
    """

    LEVEL = "LEVEL", "By level."
    FORMAT = "FORMAT", "By format."
    STATUS = "STATUS", "By status."
    PHASE = "PHASE", "By phase."
    OUTCOME = "OUTCOME", "By outcome."
    SETTING = "SETTING", "By setting."
    PLACE = "PLACE", "By place; the key is the place's slug."
    COUNTRY = "COUNTRY", "By the country of the place; the key is the country's slug."
    PARTICIPANT = "PARTICIPANT", "By each participant; the key is the participant's slug."
    CURATION = "CURATION", _CURATION
    MONTH = "MONTH", _MONTH
    QUARTER = "QUARTER", _QUARTER
    YEAR = "YEAR", _YEAR


class QuoteGrouping(Vocabulary):
    """Properties by which quotes can be counted. A quote with several values counts once under each."""

    SPEAKER = "SPEAKER", "By speaker; the key is the speaker's slug, or null if nobody is named."
    ADDRESSEE = "ADDRESSEE", "By each addressee; the key is the addressee's slug."
    ABOUT = "ABOUT", "By each actor spoken of; the key is the actor's slug."
    FORM = "FORM", "By form."
    MEDIUM = "MEDIUM", "By medium."
    LANGUAGE = "LANGUAGE", "By the language of the text; the key is its BCP 47 tag."
    HEARSAY = "HEARSAY", "By whether it is hearsay; the key is true or false."
    OUTLET = "OUTLET", _OUTLET
    CURATION = "CURATION", _CURATION
    MONTH = "MONTH", _MONTH
    QUARTER = "QUARTER", _QUARTER
    YEAR = "YEAR", _YEAR


class EventGrouping(Vocabulary):
    """Properties by which events can be counted. An event with several values counts once under each."""

    EVENT_TYPE = "EVENT_TYPE", "By PLOVER event type."
    MODE = "MODE", "By PLOVER mode, in PLOVER's own spelling; null if none fits."
    QUAD_CLASS = "QUAD_CLASS", "By PLOVER quad class."
    MODALITY = "MODALITY", "By modality."
    ACTOR = "ACTOR", "By each actor who did it; the key is the actor's slug."
    RECIPIENT = "RECIPIENT", "By each recipient; the key is the recipient's slug."
    OUTLET = "OUTLET", _OUTLET
    CURATION = "CURATION", _CURATION
    MONTH = "MONTH", _MONTH
    QUARTER = "QUARTER", _QUARTER
    YEAR = "YEAR", _YEAR


class InvitationGrouping(Vocabulary):
    """Properties by which invitations can be counted."""

    ISSUER = "ISSUER", "By issuer; the key is the issuer's slug, or null if nobody is named."
    INVITEE = "INVITEE", "By invitee; the key is the invitee's slug."
    RESPONSE = "RESPONSE", "By response."
    MEDIUM = "MEDIUM", "By medium."
    CURATION = "CURATION", _CURATION
    MONTH = "MONTH", _MONTH
    QUARTER = "QUARTER", _QUARTER
    YEAR = "YEAR", _YEAR


class AgreementGrouping(Vocabulary):
    """Properties by which agreements can be counted. An agreement with several values counts once under each."""

    KIND = "KIND", "By kind of agreement."
    PARTY = "PARTY", "By each party; the key is the party's slug."
    PLACE = "PLACE", "By place; the key is the place's slug."
    CURATION = "CURATION", _CURATION
    MONTH = "MONTH", _MONTH
    QUARTER = "QUARTER", _QUARTER
    YEAR = "YEAR", _YEAR


class OfficeGrouping(Vocabulary):
    """Properties by which offices can be counted."""

    OF = "OF", "By the state or organisation to which the office belongs; the key is its slug."
    PERSON = "PERSON", "By the person who holds or held the office; the key is the person's slug."
    LEADS = "LEADS", "By whether the holder leads a state or government by this office; the key is true or false."
    CURATION = "CURATION", _CURATION
    MONTH = "MONTH", _MONTH
    QUARTER = "QUARTER", _QUARTER
    YEAR = "YEAR", _YEAR


class ClaimGrouping(Vocabulary):
    """Properties by which claims can be counted. A claim with several values counts once under each."""

    PROPERTY = "PROPERTY", "By the property that the claim is about."
    RANK = "RANK", "By rank."
    FACTUALITY = "FACTUALITY", "By factuality."
    SOURCE = "SOURCE", "By source; the key is the source's slug."
    OUTLET = "OUTLET", "By the outlet of the source; the key is the outlet's slug."
    ORIGIN = "ORIGIN", "By the actor with whom the information originated; null if nobody is named."
    CURATION = "CURATION", "By who answers for how the claim's fact is recorded."
    MONTH = "MONTH", "By the calendar month in which the claim was reported; the key is its first day."
    QUARTER = "QUARTER", "By the quarter in which the claim was reported; the key is its first day."
    YEAR = "YEAR", "By the calendar year in which the claim was reported; the key is its first day."


class SourceGrouping(Vocabulary):
    """Properties by which sources can be counted."""

    KIND = "KIND", "By kind of source."
    LANGUAGE = "LANGUAGE", "By language; the key is its BCP 47 tag."
    OUTLET = "OUTLET", "By outlet; the key is the outlet's slug."
    DATASET = (
        "DATASET",
        "By the data set from which the source is taken; the key is its slug, or null if there is none.",
    )
    MONTH = "MONTH", "By the calendar month of publication; the key is its first day."
    QUARTER = "QUARTER", "By the quarter of publication; the key is its first day."
    YEAR = "YEAR", "By the calendar year of publication; the key is its first day."


class Period(Vocabulary):
    """Calendar period into which a chart is divided."""

    MONTH = "MONTH", "A calendar month."
    QUARTER = "QUARTER", "A quarter of a calendar year."
    YEAR = "YEAR", "A calendar year."


class TieKind(Vocabulary):
    """What two people have to do with each other."""

    MEETING = "MEETING", "Both were present at a meeting."
    INVITATION = "INVITATION", "One invited the other."
    QUOTE = "QUOTE", "One spoke to or about the other."


class QuoteRole(Vocabulary):
    """Role of an actor in a quote."""

    SPEAKER = "SPEAKER", "The actor who says the words."
    ADDRESSEE = "ADDRESSEE", "The actor to whom the words are said."
    ABOUT = "ABOUT", "The actor of whom the words speak."


class InvitationDirection(Vocabulary):
    """Whether an actor invites or is invited."""

    ISSUED = "ISSUED", "The actor issues the invitation."
    RECEIVED = "RECEIVED", "The actor is invited."


VOCABULARIES = tuple(Vocabulary.__subclasses__())
"""The vocabularies of the record and those of this module: each one is an enum of the schema."""
for _vocabulary in VOCABULARIES:
    strawberry.enum(_vocabulary, description=" ".join((_vocabulary.__doc__ or "").split()))
