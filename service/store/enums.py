"""The controlled vocabularies of the register, each word with its meaning; no tables, no reckoning."""

from collections.abc import Collection, Mapping
from enum import Enum
from typing import Self

from service.errors import VocabularyIncomplete


class Vocabulary(str, Enum):
    """One word of a controlled vocabulary: its value is its name, its description what it means."""

    description: str

    def __new__(cls, value: str, description: str) -> Self:
        term = str.__new__(cls, value)
        term._value_ = value
        term.description = description
        return term


def require_each(given: Collection[str], where: str, *vocabularies: type[Vocabulary]) -> None:
    """Raises VocabularyIncomplete unless exactly the values of the vocabularies are given, as `where` has them."""
    known = {term.value: term for vocabulary in vocabularies for term in vocabulary}
    names = " or ".join(vocabulary.__name__ for vocabulary in vocabularies)
    file = vocabularies[0].__module__.replace(".", "/") + ".py"
    faults = [f"{term} is in {file}, but not in {where}." for value, term in known.items() if value not in given]
    faults += [
        f"{str.__str__(value)} is in {where}, but not in {names} of {file}." for value in given if value not in known
    ]
    if faults:
        raise VocabularyIncomplete("\n".join(faults))


_SUMMIT = "A meeting at leaders' level, held or only planned."
_TALKS = "A meeting at any other level, held or only planned."
_QUOTE = "Words that somebody is reported to have used."
_EVENT = "A political event coded in PLOVER."
_INVITATION = "An invitation, with its response."
_AGREEMENT = (
    "Something that parties agreed or stated jointly under a name, such as a treaty, a joint statement or an armistice."
)
_OFFICE = "An office that a person holds or held."
_RELATIONSHIP = "How two people or two states relate to each other."


class EntryKind(Vocabulary):
    """Kinds of entry that have a page in the register."""

    PERSON = "PERSON", "A person."
    ORGANISATION = "ORGANISATION", "An organisation, such as a news agency or a ministry."
    COUNTRY = "COUNTRY", "A state, which can itself act."
    PLACE = "PLACE", "A country as a place, a region, a city or a venue."
    SUMMIT = "SUMMIT", _SUMMIT
    TALKS = "TALKS", _TALKS
    QUOTE = "QUOTE", _QUOTE
    EVENT = "EVENT", _EVENT
    INVITATION = "INVITATION", _INVITATION
    AGREEMENT = "AGREEMENT", _AGREEMENT
    OFFICE = "OFFICE", _OFFICE
    RELATIONSHIP = "RELATIONSHIP", _RELATIONSHIP
    SOURCE = "SOURCE", "A document, such as an article, an official record or a row of a data set."
    CLAIM = "CLAIM", "What one passage of one source says of one property of one fact."
    CONFLICT = "CONFLICT", "Claims that do not agree with each other."


class FactKind(Vocabulary):
    """Kinds of fact in the register."""

    SUMMIT = "SUMMIT", _SUMMIT
    TALKS = "TALKS", _TALKS
    QUOTE = "QUOTE", _QUOTE
    EVENT = "EVENT", _EVENT
    INVITATION = "INVITATION", _INVITATION
    AGREEMENT = "AGREEMENT", _AGREEMENT
    OFFICE = "OFFICE", _OFFICE
    RELATIONSHIP = "RELATIONSHIP", _RELATIONSHIP


FACT_TYPES = tuple(kind.capitalize() for kind in FactKind)
"""The GraphQL types of facts."""
LOGGED_TYPES = tuple(kind.capitalize() for kind in EntryKind if kind is not EntryKind.CLAIM)
"""The types whose changes are logged individually. A change to a claim is logged as a change to its fact."""


class ChangeKind(Vocabulary):
    """What a load did to an entry."""

    ADDED = "ADDED", "The entry did not exist before."
    CHANGED = "CHANGED", "Something that the register says about the entry differs from before."
    REMOVED = "REMOVED", "The entry no longer exists."


class SearchKind(Vocabulary):
    """Kinds of entry that a search finds."""

    PERSON = "PERSON", "A person."
    ORGANISATION = "ORGANISATION", "An organisation, such as a news agency or a ministry."
    COUNTRY = "COUNTRY", "A state, which can itself act."
    PLACE = "PLACE", "A country as a place, a region, a city or a venue."
    SUMMIT = "SUMMIT", _SUMMIT
    TALKS = "TALKS", _TALKS
    QUOTE = "QUOTE", _QUOTE
    EVENT = "EVENT", _EVENT
    INVITATION = "INVITATION", _INVITATION
    AGREEMENT = "AGREEMENT", _AGREEMENT
    SOURCE = "SOURCE", "A document, such as an article, an official record or a row of a data set."


class RelationshipKind(Vocabulary):
    """What the parties of a relationship are."""

    PEOPLE = "PEOPLE", "Between two people."
    STATES = "STATES", "Between two states."


class Role(Vocabulary):
    """Role of an actor in a fact."""

    PARTICIPANT = "PARTICIPANT", "Takes part in a meeting, or is to do so."
    HOST = "HOST", "Takes part in a meeting and receives the others, or is to do so."
    DELEGATE = "DELEGATE", "Takes part in a meeting on behalf of somebody who does not, or is to do so."
    INTERPRETER = "INTERPRETER", "Interprets at a meeting, and so is present without taking part."
    SPEAKER = "SPEAKER", "Said the words of a quote."
    ADDRESSEE = "ADDRESSEE", "Is the one to whom the words of a quote are said."
    ABOUT = "ABOUT", "Is spoken of in a quote, or is the one that an event is about."
    ACTOR = "ACTOR", "Is the one who did what an event describes."
    RECIPIENT = "RECIPIENT", "Is the one to whom something was done in an event."
    ISSUER = "ISSUER", "Issues an invitation."
    ON_BEHALF_OF = "ON_BEHALF_OF", "Is the one in whose name an invitation is issued."
    CARRIER = "CARRIER", "Carries an invitation to the invitee."
    INVITEE = "INVITEE", "Is invited."
    HOLDER = "HOLDER", "Holds an office."
    PARTY = "PARTY", "Is one of the two parties to a relationship."
    SIGNATORY = (
        "SIGNATORY",
        "Is a party to an agreement: signed or issued it, or is one of the parties between which it holds.",
    )


PRESENT = (Role.PARTICIPANT, Role.HOST, Role.DELEGATE)
"""The roles of those who take part in a meeting: they met one another, and what they met for is between their sides."""


class NameKind(Vocabulary):
    """Kind of name."""

    COMMON = "COMMON", "The usual name, one per language; it is the one displayed."
    OFFICIAL = "OFFICIAL", "The full or formal name."
    ALIAS = "ALIAS", "Another name or spelling in use."
    ROMANIZATION = "ROMANIZATION", "A spelling in Latin letters of a name from another script."


class OrganisationKind(Vocabulary):
    """Kind of organisation."""

    NEWS_AGENCY = "NEWS_AGENCY", "A news agency."
    BROADCASTER = "BROADCASTER", "A radio or television broadcaster."
    NEWSPAPER = "NEWSPAPER", "A newspaper."
    MAGAZINE = "MAGAZINE", "A magazine."
    WEBSITE = "WEBSITE", "A website that does not belong to a newspaper, magazine or broadcaster."
    GOVERNMENT = "GOVERNMENT", "A government, or the office of a head of state or government."
    MINISTRY = "MINISTRY", "A ministry or government department."
    PARTY = "PARTY", "A political party."
    PLATFORM = "PLATFORM", "A platform on which others publish, such as a social network."
    OTHER = "OTHER", "An organisation of any other kind."


class PlaceKind(Vocabulary):
    """Kind of place."""

    COUNTRY = "COUNTRY", "The territory of a state. Its slug is that of the state."
    REGION = "REGION", "Any other area, such as a province, an island or a border zone."
    CITY = "CITY", "A city, town or village."
    VENUE = "VENUE", "A building or a site."


class SourceKind(Vocabulary):
    """Kind of document."""

    ARTICLE = "ARTICLE", "An article by a news outlet."
    OFFICIAL_RECORD = "OFFICIAL_RECORD", "A record published by a state or one of its offices."
    POST = "POST", "Something that somebody wrote on a platform. It has an author and an address."
    RECORDING = "RECORDING", "Sound or pictures, cited by the words that are heard. Its passages have times."
    TRANSCRIPT = "TRANSCRIPT", "What was said, in writing. A transcript that a state published is an OFFICIAL_RECORD."
    DATASET = "DATASET", "A part of a published data set, such as one of its rows."


class Curation(Vocabulary):
    """Who answers for how a fact is recorded. What its sources say is a separate matter."""

    CURATED = "CURATED", "Read in the documents and recorded by an editor."
    IMPORTED = "IMPORTED", "Taken from a data set by rule and not reviewed."
    REVIEWED = "REVIEWED", "Taken from a data set by rule, then compared with the documents by an editor."


class DatePrecision(Vocabulary):
    """How precisely a date is known."""

    DAY = "DAY", "One day."
    MONTH = "MONTH", "One month."
    YEAR = "YEAR", "One year."
    INTERVAL = "INTERVAL", "A first and a last day, month or year."
    SET = "SET", "One of several dates, or all of several: EDTF `[..]` or `{..}`."
    OPEN = "OPEN", "One end is open or unknown; that bound is null."


class DateExtent(Vocabulary):
    """Whether something fills the whole range of its date or falls on a day within it."""

    THROUGHOUT = "THROUGHOUT", "It lasted from the first to the last day, or took place on all the listed days."
    SOMETIME = "SOMETIME", "It falls on some day between the first and the last."


class DateBasis(Vocabulary):
    """How a value was obtained."""

    STATED = "STATED", "Printed in the source."
    RELATIVE = "RELATIVE", 'Worked out from the source\'s own day, as with "yesterday".'
    INFERRED = "INFERRED", "Worked out in another way."


class MeetingLevel(Vocabulary):
    """Level of a meeting, which is that of its lower side."""

    LEADERS = "LEADERS", "Heads of state, government or ruling party meet; the meeting is a Summit."
    MINISTERS = "MINISTERS", "The lower side is a minister."
    ENVOYS = "ENVOYS", "The lower side is an envoy sent in a leader's name."
    OFFICIALS = "OFFICIALS", "The lower side is an official who ranks below ministers and envoys."


class MeetingFormat(Vocabulary):
    """What the deciding source calls the meeting."""

    SUMMIT = "SUMMIT", "A summit."
    MEETING = "MEETING", "A meeting; also used if no source says more."
    TALKS = "TALKS", "Talks."
    VISIT = "VISIT", "A visit by one side to the other."
    MULTILATERAL = "MULTILATERAL", "A meeting of more than two sides."
    WORKING_TALKS = "WORKING_TALKS", "Working talks."
    DINNER = "DINNER", "A dinner."
    CALL = "CALL", "A call by telephone or video."


class MeetingSetting(Vocabulary):
    """How many sides a meeting has, as stated by a source or otherwise derived by rule from those who take part."""

    BILATERAL = "BILATERAL", "A meeting between two sides."
    MULTILATERAL = "MULTILATERAL", "A gathering of more than two sides."
    UNKNOWN = "UNKNOWN", "No source says, and it does not follow from those who are named."


class WithinKind(Vocabulary):
    """How a meeting is part of another."""

    MARGINS = "MARGINS", "On the margins of the other meeting: those who are there use the occasion."
    PROGRAMME = "PROGRAMME", "Part of the programme of the other meeting."


class MeetingPhase(Vocabulary):
    """The four kinds of meeting status. This list does not grow."""

    PLANNED = (
        "PLANNED",
        (
            "RUMOURED, PROPOSED, AGREED, SCHEDULED, POSTPONED, UNDER_RECONSIDERATION or REINSTATED. Also used if the "
            "day has passed and no source reports anything further."
        ),
    )
    UNDERWAY = "UNDERWAY", "IN_PROGRESS."
    HELD = "HELD", "HELD or CUT_SHORT."
    OFF = "OFF", "CANCELLED or DEFERRED."


class MeetingStatus(Vocabulary):
    """Status that sources last reported for a meeting. The RFC 5545 equivalent, if any, is in brackets."""

    RUMOURED = "RUMOURED", "Only talked about, or no source mentions its status (TENTATIVE)."
    PROPOSED = "PROPOSED", "Proposed by one side (TENTATIVE)."
    AGREED = "AGREED", "The sides want it, but no time has been set (TENTATIVE)."
    SCHEDULED = "SCHEDULED", "An official side has announced it with a time, however approximate (CONFIRMED)."
    POSTPONED = "POSTPONED", "Put off, but still intended to take place."
    CANCELLED = "CANCELLED", "A source says that it did not or will not take place (CANCELLED)."
    UNDER_RECONSIDERATION = "UNDER_RECONSIDERATION", "Back in prospect, but not confirmed (TENTATIVE)."
    REINSTATED = "REINSTATED", "Scheduled again after having been called off (CONFIRMED)."
    IN_PROGRESS = "IN_PROGRESS", "It is taking place."
    HELD = "HELD", "It took place."
    CUT_SHORT = "CUT_SHORT", "It took place, but the talks themselves were broken off early."
    DEFERRED = "DEFERRED", "Put off with no new time: not now, perhaps later."


PHASES: Mapping[MeetingStatus, MeetingPhase] = {
    MeetingStatus.RUMOURED: MeetingPhase.PLANNED,
    MeetingStatus.PROPOSED: MeetingPhase.PLANNED,
    MeetingStatus.AGREED: MeetingPhase.PLANNED,
    MeetingStatus.SCHEDULED: MeetingPhase.PLANNED,
    MeetingStatus.POSTPONED: MeetingPhase.PLANNED,
    MeetingStatus.CANCELLED: MeetingPhase.OFF,
    MeetingStatus.UNDER_RECONSIDERATION: MeetingPhase.PLANNED,
    MeetingStatus.REINSTATED: MeetingPhase.PLANNED,
    MeetingStatus.IN_PROGRESS: MeetingPhase.UNDERWAY,
    MeetingStatus.HELD: MeetingPhase.HELD,
    MeetingStatus.CUT_SHORT: MeetingPhase.HELD,
    MeetingStatus.DEFERRED: MeetingPhase.OFF,
}
"""The phase that each status belongs to."""
require_each(PHASES, "PHASES of service/store/enums.py", MeetingStatus)


class MeetingOutcome(Vocabulary):
    """Outcome of a meeting. Whether it was held and whether it succeeded are separate questions."""

    PENDING = "PENDING", "The meeting is still to come or under way."
    JOINT_STATEMENT = "JOINT_STATEMENT", "The sides issued a joint statement."
    DECLARATION = "DECLARATION", "The sides issued a declaration."
    AGREEMENT = "AGREEMENT", "The sides concluded an agreement."
    UNDERSTANDING = (
        "UNDERSTANDING",
        "Something was agreed or announced, but no source mentions anything signed.",
    )
    NO_AGREEMENT = "NO_AGREEMENT", "The meeting was held and ended without an agreement."
    NOT_HELD = "NOT_HELD", "It was cancelled or deferred."
    UNKNOWN = "UNKNOWN", "The meeting was held, but no source says how it ended."


class QuoteForm(Vocabulary):
    """Form in which a source gives somebody's words."""

    DIRECT = (
        "DIRECT",
        "A whole sentence or more in quotation marks, or a speaker's passage in a transcript.",
    )
    PARTIAL = "PARTIAL", "A quoted fragment within somebody else's sentence."
    TERM = "TERM", "A single coined word, or one in scare quotes."
    INDIRECT = (
        "INDIRECT",
        "Reported words of a speaker; the text is the register's paraphrase in the language of the source.",
    )


class Medium(Vocabulary):
    """Medium by which something was said or conveyed."""

    IN_PERSON = "IN_PERSON", "Face to face."
    SPEECH = "SPEECH", "In a speech."
    STATEMENT = "STATEMENT", "In a written or spoken statement."
    PRESS_CONFERENCE = "PRESS_CONFERENCE", "At a press conference."
    INTERVIEW = "INTERVIEW", "In an interview."
    AGENCY_REPORT = "AGENCY_REPORT", "In a news agency's report."
    LETTER = "LETTER", "In a letter."
    SOCIAL_MEDIA = "SOCIAL_MEDIA", "On social media."
    CALL = "CALL", "In a call by telephone or video."
    UNKNOWN = "UNKNOWN", "No source names the medium."
    NONE = "NONE", "The event is a deed, not words."


class InvitationResponse(Vocabulary):
    """Response to an invitation."""

    PENDING = "PENDING", "A source says that there is no answer yet."
    ACCEPTED = "ACCEPTED", "It was accepted."
    DECLINED = "DECLINED", "It was declined."
    DEFERRED = "DEFERRED", "Put off: not now, perhaps later. This is not a refusal."
    UNKNOWN = "UNKNOWN", "The sources do not say."


class AgreementKind(Vocabulary):
    """Kind of agreement, based on the name that the sources give it rather than on its legal force."""

    TREATY = "TREATY", "A treaty or another agreement that is binding under international law."
    JOINT_STATEMENT = "JOINT_STATEMENT", "A statement that its parties issue together, for example after a summit."
    DECLARATION = "DECLARATION", "A solemn text that sets out what its parties believe or intend."
    COMMUNIQUE = "COMMUNIQUE", "An official report of talks, issued by those who held them."
    ARMISTICE = "ARMISTICE", "An agreement to stop fighting that leaves the peace still to be made."
    UNDERSTANDING = "UNDERSTANDING", "An arrangement short of a treaty, such as a memorandum of understanding."


class QuadClass(Vocabulary):
    """The four classes of PLOVER events: words or deeds, cooperation or conflict."""

    VERBAL_COOPERATION = "VERBAL_COOPERATION", "Cooperation in words: AGREE, CONSULT, SUPPORT, CONCEDE."
    MATERIAL_COOPERATION = "MATERIAL_COOPERATION", "Cooperation in deeds: COOPERATE, AID, RETREAT."
    VERBAL_CONFLICT = "VERBAL_CONFLICT", "Conflict in words: REQUEST, ACCUSE, REJECT, THREATEN."
    MATERIAL_CONFLICT = (
        "MATERIAL_CONFLICT",
        "Conflict in deeds: PROTEST, SANCTION, MOBILIZE, COERCE, ASSAULT.",
    )


class EventType(Vocabulary):
    """PLOVER event types (manual of 2024-02-04), each with the score of the type itself, from -10 to +10."""

    AGREE = "AGREE", "Agree, offer, promise or otherwise show willingness to cooperate. Score 2.5."
    CONSULT = "CONSULT", "Meet, visit, host, negotiate or confer, in person or remotely. Score 2.5."
    SUPPORT = "SUPPORT", "Praise, back, recognise or sign; cooperate without material means. Score 5."
    CONCEDE = "CONCEDE", "Give way in words, with no immediate material consequences. Score 4.5."
    COOPERATE = "COOPERATE", "Begin or expand a material exchange that benefits both sides. Score 9.5."
    AID = "AID", "Give material help that mainly benefits the recipient. Score 10."
    RETREAT = "RETREAT", "Give way in deeds: withdraw, release, disarm, cease fire, resign. Score 6.5."
    REQUEST = "REQUEST", "Request, demand or order, less forcefully than with a threat. Score 0."
    ACCUSE = "ACCUSE", "Disapprove, criticise, accuse, sue or investigate. Score -3."
    REJECT = "REJECT", "Reject or refuse, including by cancelling a meeting. Score -2."
    THREATEN = "THREATEN", "Threaten, or warn forcefully of serious consequences. Score -3.5."
    PROTEST = "PROTEST", "Demonstrate or act together in public against somebody. Score -5."
    SANCTION = "SANCTION", "Reduce or break off existing relations, not only by formal sanctions. Score -6."
    MOBILIZE = "MOBILIZE", "Move or display military or police power, short of using force. Score -5.5."
    COERCE = "COERCE", "Repress, restrict rights or use power, short of violence. Score -7."
    ASSAULT = "ASSAULT", "Act deliberately in a way that can do serious physical harm. Score -9."


class Modality(Vocabulary):
    """Whether an event is reported as a fact (PLOVER's auxiliary modes). Only ACTUAL counts towards tone."""

    ACTUAL = "ACTUAL", "Reported as having happened. An announcement counts as having happened on its own day."
    HISTORICAL = "HISTORICAL", "Reported only in retrospect, without a date that can be determined."
    FUTURE = "FUTURE", "Reported as still to come."
    HYPOTHETICAL = "HYPOTHETICAL", "Reported as a mere possibility."
    NEGATED = "NEGATED", "Reported as not having happened."


class Rank(Vocabulary):
    """Rank that an editor gives a single claim, as in Wikidata. A source has no rank."""

    PREFERRED = (
        "PREFERRED",
        "Ranked by an editor above the claims that contradict it, because its source is better placed for this "
        "property.",
    )
    NORMAL = "NORMAL", "Neither preferred nor deprecated."
    DEPRECATED = "DEPRECATED", "A slip that is visible in the source itself. The claim decides nothing."


class Factuality(Vocabulary):
    """How far the outlet commits itself to a claim, based on FactBank (whose label is in brackets)."""

    CERTAIN = "CERTAIN", "The outlet vouches for it (CT+)."
    PROBABLE = "PROBABLE", "The outlet considers it probable (PR+)."
    POSSIBLE = "POSSIBLE", "The outlet considers it possible (PS+)."
    UNCOMMITTED = "UNCOMMITTED", "The outlet reports it without vouching for it (Uu)."
    DENIED = "DENIED", "The outlet says that it is not the case (CT-)."


class PassageRole(Vocabulary):
    """Part of a document in which a passage is found."""

    BODY = "BODY", "The running text."
    HEADLINE = "HEADLINE", "A headline, a kicker or a subheading."
    TEASER = "TEASER", "A teaser or lead, which may be about another day or another matter."
    CAPTION = "CAPTION", "A caption, which may be about another day or another matter."
    PULL_QUOTE = "PULL_QUOTE", "A quotation set apart from the running text."
    BOILERPLATE = "BOILERPLATE", "Credits, date lines and links."


class AnchorState(Vocabulary):
    """Whether a passage is still where it was recorded."""

    VERIFIED = "VERIFIED", "The document's text is loaded and the hash of the passage matches."
    UNCHECKED = "UNCHECKED", "The document's text is not loaded."
    ORPHAN = "ORPHAN", "The document's text is loaded and the hash of the passage differs."


class TextAccess(Vocabulary):
    """How much of a document is shown if its text is loaded, most first."""

    WHOLE = "WHOLE", "The whole text; its licence lets anyone redistribute it."
    PASSAGES = "PASSAGES", "The passages on which claims are based, as quotations; the text belongs to its publisher."
    NONE = "NONE", "None of the text. Passages are still compared with it."


class AttributionRole(Vocabulary):
    """Role of a step in an attribution, from the origin outward."""

    UTTERER = "UTTERER", "The origin: the one who said it."
    WITNESS = "WITNESS", "Somebody who was present, as the source says or clearly implies."
    RELAY = "RELAY", "Somebody who passed it on."
    AGENCY = "AGENCY", "The news agency that reported it."
    OUTLET = "OUTLET", "A medium that published it. The last step is always the document's own outlet."
    TRANSLATOR = "TRANSLATOR", "Somebody who translated it."


class ConflictBasis(Vocabulary):
    """What claims differ in."""

    VALUE = "VALUE", "The claims give different values."
    DATE = "DATE", "The claims give different dates."
    SCOPE = "SCOPE", "The claims cover or count different things."
    DEFINITION = "DEFINITION", "The claims use different terms for the same thing."
    WORDING = "WORDING", "The claims give the same utterance in different words."
