"""The words of questions: by what lists are sorted, counted and narrowed, each word with its meaning."""

import strawberry

from service.store.enums import Vocabulary

_DATE_ASC = "By the first possible day, earliest first, then the last; ties by slug; undated ones last."
_DATE_DESC = "By the first possible day, latest first, then the last; ties by slug; undated ones last."
_KNOWN_SINCE_ASC = "By the day on which a source first told of it, earliest first; ties by slug."
_KNOWN_SINCE_DESC = "By the day on which a source first told of it, latest first; ties by slug."
_MONTH = "By calendar month; the key is its first day."
_QUARTER = "By quarter of a calendar year; the key is its first day."
_YEAR = "By calendar year; the key is its first day."
_CURATION = "By who answers for how it is recorded."
_OUTLET = "By each outlet that tells of it; the key is the outlet's slug."


class DateMatch(Vocabulary):
    """How a fact's date is compared with a range of days."""

    OVERLAPS = "OVERLAPS", "The two ranges share at least one day."
    WITHIN = "WITHIN", "The fact's whole range lies inside the one asked for."


class FactOrder(Vocabulary):
    """What facts are sorted by; a meeting without a date goes by its planned date."""

    DATE_ASC = "DATE_ASC", _DATE_ASC
    DATE_DESC = "DATE_DESC", _DATE_DESC
    KNOWN_SINCE_ASC = "KNOWN_SINCE_ASC", _KNOWN_SINCE_ASC
    KNOWN_SINCE_DESC = "KNOWN_SINCE_DESC", _KNOWN_SINCE_DESC


class MeetingOrder(Vocabulary):
    """What meetings are sorted by; one without a date goes by its planned date."""

    DATE_ASC = "DATE_ASC", _DATE_ASC
    DATE_DESC = "DATE_DESC", _DATE_DESC
    KNOWN_SINCE_ASC = "KNOWN_SINCE_ASC", _KNOWN_SINCE_ASC
    KNOWN_SINCE_DESC = "KNOWN_SINCE_DESC", _KNOWN_SINCE_DESC


class QuoteOrder(Vocabulary):
    """What quotes are sorted by."""

    DATE_ASC = "DATE_ASC", _DATE_ASC
    DATE_DESC = "DATE_DESC", _DATE_DESC
    KNOWN_SINCE_ASC = "KNOWN_SINCE_ASC", _KNOWN_SINCE_ASC
    KNOWN_SINCE_DESC = "KNOWN_SINCE_DESC", _KNOWN_SINCE_DESC


class EventOrder(Vocabulary):
    """What events are sorted by."""

    DATE_ASC = "DATE_ASC", _DATE_ASC
    DATE_DESC = "DATE_DESC", _DATE_DESC
    KNOWN_SINCE_ASC = "KNOWN_SINCE_ASC", _KNOWN_SINCE_ASC
    KNOWN_SINCE_DESC = "KNOWN_SINCE_DESC", _KNOWN_SINCE_DESC
    SCORE_ASC = "SCORE_ASC", "By PLOVER score, most conflictual first; ties by slug."
    SCORE_DESC = "SCORE_DESC", "By PLOVER score, most cooperative first; ties by slug."


class PersonOrder(Vocabulary):
    """What people are sorted by; names are the English ones, in every language."""

    NAME_ASC = "NAME_ASC", "By the English name, from A to Z; ties by slug."
    NAME_DESC = "NAME_DESC", "By the English name, from Z to A; ties by slug."
    FACTS_DESC = "FACTS_DESC", "By the number of facts that involve them, most first; ties by slug."


class OrganisationOrder(Vocabulary):
    """What organisations are sorted by; names are the English ones, in every language."""

    NAME_ASC = "NAME_ASC", "By the English name, from A to Z; ties by slug."
    NAME_DESC = "NAME_DESC", "By the English name, from Z to A; ties by slug."
    SOURCES_DESC = "SOURCES_DESC", "By the number of sources that they published, most first; ties by slug."


class RelationshipOrder(Vocabulary):
    """What relationships are sorted by."""

    FACTS_DESC = "FACTS_DESC", "By the number of facts that involve both, most first; ties by slug."
    MEETINGS_DESC = (
        "MEETINGS_DESC",
        "By the number of held meetings at which both were present, most first; ties by slug.",
    )
    BILATERAL_MEETINGS_DESC = (
        "BILATERAL_MEETINGS_DESC",
        "By the number of these meetings that are BILATERAL, most first; ties by slug.",
    )
    LAST_MET_DESC = (
        "LAST_MET_DESC",
        "By the day on which the two last met, latest first; ties by slug; without one last.",
    )


class SourceOrder(Vocabulary):
    """What sources are sorted by."""

    PUBLISHED_ON_ASC = "PUBLISHED_ON_ASC", "By the day of publication, earliest first; ties by slug."
    PUBLISHED_ON_DESC = "PUBLISHED_ON_DESC", "By the day of publication, latest first; ties by slug."


class ClaimOrder(Vocabulary):
    """What claims are sorted by; an uncertain day of publication counts as its last possible day."""

    REPORTED_ON_ASC = ("REPORTED_ON_ASC", "By the day on which the source told it, earliest first; ties by slug.")
    REPORTED_ON_DESC = ("REPORTED_ON_DESC", "By the day on which the source told it, latest first; ties by slug.")
    PLACE_ASC = (
        "PLACE_ASC",
        "By the day and the slug of the source, and in it by where the passage begins and ends; ties by slug.",
    )


class ChangeOrder(Vocabulary):
    """What changes are sorted by."""

    REVISION_DESC = "REVISION_DESC", "By revision, latest first; ties by kind and slug, from Z to A."
    REVISION_ASC = "REVISION_ASC", "By revision, earliest first; ties by kind and slug, from A to Z."


class FactGrouping(Vocabulary):
    """What facts are counted by; one that has several values counts once under each."""

    KIND = "KIND", "By kind of fact."
    CURATION = "CURATION", _CURATION
    MONTH = "MONTH", _MONTH
    QUARTER = "QUARTER", _QUARTER
    YEAR = "YEAR", _YEAR
    KNOWN_SINCE_MONTH = (
        "KNOWN_SINCE_MONTH",
        "By the month in which a source first told of it; the key is its first day.",
    )
    INVOLVED = "INVOLVED", "By each actor involved; the key is the actor's slug."
    OUTLET = "OUTLET", _OUTLET


class MeetingGrouping(Vocabulary):
    """What meetings are counted by; one that has several values counts once under each."""

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
    """What quotes are counted by; one that has several values counts once under each."""

    SPEAKER = "SPEAKER", "By speaker; the key is the speaker's slug, null where nobody is named."
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
    """What events are counted by; one that has several values counts once under each."""

    EVENT_TYPE = "EVENT_TYPE", "By PLOVER event type."
    MODE = "MODE", "By PLOVER mode, in PLOVER's own spelling; null where none fits."
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
    """What invitations are counted by."""

    ISSUER = "ISSUER", "By issuer; the key is the issuer's slug, null where nobody is named."
    INVITEE = "INVITEE", "By invitee; the key is the invitee's slug."
    RESPONSE = "RESPONSE", "By response."
    MEDIUM = "MEDIUM", "By medium."
    CURATION = "CURATION", _CURATION
    MONTH = "MONTH", _MONTH
    QUARTER = "QUARTER", _QUARTER
    YEAR = "YEAR", _YEAR


class AgreementGrouping(Vocabulary):
    """What agreements are counted by; one that has several values counts once under each."""

    KIND = "KIND", "By kind of agreement."
    PARTY = "PARTY", "By each party; the key is the party's slug."
    PLACE = "PLACE", "By place; the key is the place's slug."
    CURATION = "CURATION", _CURATION
    MONTH = "MONTH", _MONTH
    QUARTER = "QUARTER", _QUARTER
    YEAR = "YEAR", _YEAR


class OfficeGrouping(Vocabulary):
    """What offices are counted by."""

    OF = "OF", "By the state or organisation that it is an office of; the key is its slug."
    PERSON = "PERSON", "By who holds or held it; the key is the person's slug."
    LEADS = "LEADS", "By whether it is an office by which a state or government is led; the key is true or false."
    CURATION = "CURATION", _CURATION
    MONTH = "MONTH", _MONTH
    QUARTER = "QUARTER", _QUARTER
    YEAR = "YEAR", _YEAR


class ClaimGrouping(Vocabulary):
    """What claims are counted by; one that has several values counts once under each."""

    PROPERTY = "PROPERTY", "By the property that it speaks to."
    RANK = "RANK", "By rank."
    FACTUALITY = "FACTUALITY", "By factuality."
    SOURCE = "SOURCE", "By source; the key is the source's slug."
    OUTLET = "OUTLET", "By the outlet of the source; the key is the outlet's slug."
    ORIGIN = "ORIGIN", "By the actor with whom the information began; null where nobody is named."
    CURATION = "CURATION", "By who answers for how its fact is recorded."
    MONTH = "MONTH", "By the calendar month in which it was reported; the key is its first day."
    QUARTER = "QUARTER", "By the quarter in which it was reported; the key is its first day."
    YEAR = "YEAR", "By the calendar year in which it was reported; the key is its first day."


class SourceGrouping(Vocabulary):
    """What sources are counted by."""

    KIND = "KIND", "By kind of source."
    LANGUAGE = "LANGUAGE", "By language; the key is its BCP 47 tag."
    OUTLET = "OUTLET", "By outlet; the key is the outlet's slug."
    DATASET = "DATASET", "By the data set that it is taken from; the key is its slug, null without one."
    MONTH = "MONTH", "By the calendar month of publication; the key is its first day."
    QUARTER = "QUARTER", "By the quarter of publication; the key is its first day."
    YEAR = "YEAR", "By the calendar year of publication; the key is its first day."


class Period(Vocabulary):
    """A stretch of the calendar by which a chart is divided."""

    MONTH = "MONTH", "A calendar month."
    QUARTER = "QUARTER", "A quarter of a calendar year."
    YEAR = "YEAR", "A calendar year."


class TieKind(Vocabulary):
    """In which way two people have to do with each other."""

    MEETING = "MEETING", "Both were present at a meeting."
    INVITATION = "INVITATION", "One invited the other."
    QUOTE = "QUOTE", "One spoke to or about the other."


class QuoteRole(Vocabulary):
    """In which role an actor is in a quote."""

    SPEAKER = "SPEAKER", "Whose words they are."
    ADDRESSEE = "ADDRESSEE", "To whom they are said."
    ABOUT = "ABOUT", "Of whom they speak."


class InvitationDirection(Vocabulary):
    """Whether an actor invites or is invited."""

    ISSUED = "ISSUED", "The actor is the one who invites."
    RECEIVED = "RECEIVED", "The actor is the one who is invited."


VOCABULARIES = tuple(Vocabulary.__subclasses__())
"""Those of the record and these: each is an enum of the schema."""
for _vocabulary in VOCABULARIES:
    strawberry.enum(_vocabulary, description=_vocabulary.__doc__)
