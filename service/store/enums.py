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
_AGREEMENT = "What parties agreed on or stated together, under a name: a treaty, a joint statement, an armistice."
_OFFICE = "An office that a person holds or held."
_RELATIONSHIP = "What stands between two people or two states."


class EntryKind(Vocabulary):
    """The kinds of entry that the register has a page for."""

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
    SOURCE = "SOURCE", "A document: an article or an official record."
    CLAIM = "CLAIM", "What one passage of one source says of one property of one fact."
    CONFLICT = "CONFLICT", "Claims that do not agree with each other."


class FactKind(Vocabulary):
    """The kinds of fact that the register holds."""

    SUMMIT = "SUMMIT", _SUMMIT
    TALKS = "TALKS", _TALKS
    QUOTE = "QUOTE", _QUOTE
    EVENT = "EVENT", _EVENT
    INVITATION = "INVITATION", _INVITATION
    AGREEMENT = "AGREEMENT", _AGREEMENT
    OFFICE = "OFFICE", _OFFICE
    RELATIONSHIP = "RELATIONSHIP", _RELATIONSHIP


FACT_TYPES = tuple(kind.capitalize() for kind in FactKind)
LOGGED_TYPES = tuple(kind.capitalize() for kind in EntryKind if kind is not EntryKind.CLAIM)
"""Those whose changes are told one by one; a claim changes with its fact."""


class ChangeKind(Vocabulary):
    """What a load did to an entry."""

    ADDED = "ADDED", "It was not there before."
    CHANGED = "CHANGED", "Something that the register tells of it is other than before."
    REMOVED = "REMOVED", "It is there no more."


"""The GraphQL types of facts."""


class SearchKind(Vocabulary):
    """The kinds of entry that a search finds."""

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
    SOURCE = "SOURCE", "A document: an article or an official record."


class RelationshipKind(Vocabulary):
    """Between whom a relationship stands."""

    PEOPLE = "PEOPLE", "Between two people."
    STATES = "STATES", "Between two states."


class Role(Vocabulary):
    """In which role an actor is in a fact."""

    PARTICIPANT = "PARTICIPANT", "Takes part in a meeting, or is to take part."
    HOST = "HOST", "Takes part in a meeting and receives the others, or is to."
    DELEGATE = "DELEGATE", "Takes part in a meeting on behalf of somebody who does not, or is to."
    INTERPRETER = "INTERPRETER", "Interprets at a meeting, and so is there without taking part."
    SPEAKER = "SPEAKER", "Said the words of a quote."
    ADDRESSEE = "ADDRESSEE", "Is the one to whom the words of a quote are said."
    ABOUT = "ABOUT", "Is spoken of in a quote, or is the one whom an event is about."
    ACTOR = "ACTOR", "Did what an event tells of."
    RECIPIENT = "RECIPIENT", "Is the one towards whom an event was done."
    ISSUER = "ISSUER", "Issues an invitation."
    ON_BEHALF_OF = "ON_BEHALF_OF", "Is the one in whose name an invitation is issued."
    CARRIER = "CARRIER", "Carries an invitation to the invitee."
    INVITEE = "INVITEE", "Is invited."
    HOLDER = "HOLDER", "Holds an office."
    PARTY = "PARTY", "Is one of the two in a relationship."
    SIGNATORY = "SIGNATORY", "Is a party to an agreement: signed or issued it, or is one between whom it holds."


PRESENT = (Role.PARTICIPANT, Role.HOST, Role.DELEGATE)
"""The roles of those who take part in a meeting: they met one another, and what they met for is between their sides."""


class NameKind(Vocabulary):
    """What kind of name it is."""

    COMMON = "COMMON", "The usual name, one in each language: the one that is displayed."
    OFFICIAL = "OFFICIAL", "The full or formal name."
    ALIAS = "ALIAS", "Another name or spelling that is in use."
    ROMANIZATION = "ROMANIZATION", "A spelling in Latin letters of a name from another script."


class OrganisationKind(Vocabulary):
    """What kind of organisation it is."""

    NEWS_AGENCY = "NEWS_AGENCY", "A news agency."
    BROADCASTER = "BROADCASTER", "A radio or television broadcaster."
    NEWSPAPER = "NEWSPAPER", "A newspaper."
    MAGAZINE = "MAGAZINE", "A magazine."
    WEBSITE = "WEBSITE", "A website that is not a newspaper's, magazine's or broadcaster's own."
    GOVERNMENT = "GOVERNMENT", "A government, or the office of a head of state or government."
    MINISTRY = "MINISTRY", "A ministry or a department of a government."
    PARTY = "PARTY", "A political party."
    PLATFORM = "PLATFORM", "A platform on which others publish, such as a social network."
    OTHER = "OTHER", "An organisation of any other kind."


class PlaceKind(Vocabulary):
    """What kind of place it is."""

    COUNTRY = "COUNTRY", "The territory of a state; its slug is the state's."
    REGION = "REGION", "Any other area, such as a province, an island or a border zone."
    CITY = "CITY", "A city, town or village."
    VENUE = "VENUE", "A building or a site."


class SourceKind(Vocabulary):
    """What kind of document a source is."""

    ARTICLE = "ARTICLE", "An article of a news outlet."
    OFFICIAL_RECORD = "OFFICIAL_RECORD", "A record that a state or one of its offices published."
    POST = "POST", "What somebody wrote on a platform; it has an author and an address."
    RECORDING = "RECORDING", "Sound or pictures, cited by the words that are heard; its passages have times."
    TRANSCRIPT = "TRANSCRIPT", "What was said, written down; one that a state published is an OFFICIAL_RECORD."
    DATASET = "DATASET", "A part of a published data set, such as a row of it."


class Curation(Vocabulary):
    """Who answers for how a fact is recorded; what its sources say is another matter."""

    CURATED = "CURATED", "Read in its documents and recorded by an editor."
    IMPORTED = "IMPORTED", "Taken from a data set by rule, and not reviewed."
    REVIEWED = "REVIEWED", "Taken from a data set by rule, then compared with its documents by an editor."


class DatePrecision(Vocabulary):
    """How precisely a date is known."""

    DAY = "DAY", "One day."
    MONTH = "MONTH", "One month."
    YEAR = "YEAR", "One year."
    INTERVAL = "INTERVAL", "A first and a last day, month or year."
    SET = "SET", "One of several, or all of several: EDTF `[..]` or `{..}`."
    OPEN = "OPEN", "One end is open or unknown: that bound is null."


class DateExtent(Vocabulary):
    """Whether something fills the range of its date or falls within it."""

    THROUGHOUT = "THROUGHOUT", "It went on from the first to the last day, or took place on all days listed."
    SOMETIME = "SOMETIME", "It falls on some day between the first and the last."


class DateBasis(Vocabulary):
    """How a value was come by."""

    STATED = "STATED", "Printed in the source."
    RELATIVE = "RELATIVE", 'Worked out from the source\'s own day, as for "yesterday".'
    INFERRED = "INFERRED", "Worked out in another way."


class MeetingLevel(Vocabulary):
    """The level of a meeting: that of its lower side."""

    LEADERS = "LEADERS", "Heads of state, government or ruling party meet; the meeting is a Summit."
    MINISTERS = "MINISTERS", "The lower side is a minister."
    ENVOYS = "ENVOYS", "The lower side is an envoy, sent in a leader's name."
    OFFICIALS = "OFFICIALS", "The lower side is an official below ministers and envoys."


class MeetingFormat(Vocabulary):
    """What the deciding source calls the meeting."""

    SUMMIT = "SUMMIT", "A summit."
    MEETING = "MEETING", "A meeting; also where no source says more."
    TALKS = "TALKS", "Talks."
    VISIT = "VISIT", "A visit of the one to the other."
    MULTILATERAL = "MULTILATERAL", "A meeting of more than two sides."
    WORKING_TALKS = "WORKING_TALKS", "Working talks."
    DINNER = "DINNER", "A dinner."
    CALL = "CALL", "A call by telephone or video."


class MeetingSetting(Vocabulary):
    """Between how many sides a meeting is: told by a source, else by rule from those who take part."""

    BILATERAL = "BILATERAL", "Between two sides."
    MULTILATERAL = "MULTILATERAL", "A gathering of more than two sides."
    UNKNOWN = "UNKNOWN", "No source tells it, and those who are named do not show it."


class WithinKind(Vocabulary):
    """In which way a meeting is within another."""

    MARGINS = "MARGINS", "On the margins of the other: those who are there use the occasion."
    PROGRAMME = "PROGRAMME", "Part of the programme of the other."


class MeetingPhase(Vocabulary):
    """The four kinds of meeting status; the list does not grow."""

    PLANNED = (
        "PLANNED",
        (
            "RUMOURED, PROPOSED, AGREED, SCHEDULED, POSTPONED, UNDER_RECONSIDERATION, REINSTATED; "
            "also where the day has passed and no source tells more."
        ),
    )
    UNDERWAY = "UNDERWAY", "IN_PROGRESS."
    HELD = "HELD", "HELD, CUT_SHORT."
    OFF = "OFF", "CANCELLED, DEFERRED."


class MeetingStatus(Vocabulary):
    """What sources last told of a meeting; in brackets the counterpart in RFC 5545, if any."""

    RUMOURED = "RUMOURED", "Talked of only, or no source speaks of its status (TENTATIVE)."
    PROPOSED = "PROPOSED", "Proposed by one side (TENTATIVE)."
    AGREED = "AGREED", "The sides want it, but no time is set (TENTATIVE)."
    SCHEDULED = "SCHEDULED", "An official side has announced it with a time, however rough (CONFIRMED)."
    POSTPONED = "POSTPONED", "Put off, but still meant to take place."
    CANCELLED = "CANCELLED", "A source says that it did not or will not take place (CANCELLED)."
    UNDER_RECONSIDERATION = "UNDER_RECONSIDERATION", "Back in prospect, but not confirmed (TENTATIVE)."
    REINSTATED = "REINSTATED", "Scheduled again after it had been called off (CONFIRMED)."
    IN_PROGRESS = "IN_PROGRESS", "It is taking place."
    HELD = "HELD", "It took place."
    CUT_SHORT = "CUT_SHORT", "It took place, and the talks themselves were broken off early."
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
    """What a meeting ended in; held and successful are two things."""

    PENDING = "PENDING", "It is still to come or under way."
    JOINT_STATEMENT = "JOINT_STATEMENT", "The sides issued a joint statement."
    DECLARATION = "DECLARATION", "The sides issued a declaration."
    AGREEMENT = "AGREEMENT", "The sides concluded an agreement."
    UNDERSTANDING = (
        "UNDERSTANDING",
        "Something was agreed or announced, but no source tells of anything signed.",
    )
    NO_AGREEMENT = "NO_AGREEMENT", "It was held and ended without an agreement."
    NOT_HELD = "NOT_HELD", "It was cancelled or deferred."
    UNKNOWN = "UNKNOWN", "It was held, but no source says what it ended in."


class QuoteForm(Vocabulary):
    """In which form a source gives somebody's words."""

    DIRECT = "DIRECT", "A whole sentence or more in quotation marks, or a speaker's passage of a transcript."
    PARTIAL = "PARTIAL", "A quoted piece inside somebody else's sentence."
    TERM = "TERM", "A single coined or scare-quoted word."
    INDIRECT = "INDIRECT", "Reported words; the text is the register's paraphrase in the source's language."


class Medium(Vocabulary):
    """By which means something was said or conveyed."""

    IN_PERSON = "IN_PERSON", "Face to face."
    SPEECH = "SPEECH", "In a speech."
    STATEMENT = "STATEMENT", "In a written or spoken statement."
    PRESS_CONFERENCE = "PRESS_CONFERENCE", "At a press conference."
    INTERVIEW = "INTERVIEW", "In an interview."
    AGENCY_REPORT = "AGENCY_REPORT", "In a news agency's report."
    LETTER = "LETTER", "In a letter."
    SOCIAL_MEDIA = "SOCIAL_MEDIA", "On social media."
    CALL = "CALL", "In a call by telephone or video."
    UNKNOWN = "UNKNOWN", "No source tells the means."
    NONE = "NONE", "The event is a deed, not words."


class InvitationResponse(Vocabulary):
    """How an invitation was answered."""

    PENDING = "PENDING", "A source says that the answer is open."
    ACCEPTED = "ACCEPTED", "It was accepted."
    DECLINED = "DECLINED", "It was refused."
    DEFERRED = "DEFERRED", "Put off: not now, perhaps later; this is not a refusal."
    UNKNOWN = "UNKNOWN", "The sources do not say."


class AgreementKind(Vocabulary):
    """What kind of agreement it is, by the name that the sources give it rather than by its legal force."""

    TREATY = "TREATY", "A treaty or another agreement that binds under international law."
    JOINT_STATEMENT = "JOINT_STATEMENT", "A statement that its parties issue together, such as after a summit."
    DECLARATION = "DECLARATION", "A solemn text that sets out what its parties hold or intend."
    COMMUNIQUE = "COMMUNIQUE", "An official report of talks, issued by those who held them."
    ARMISTICE = "ARMISTICE", "An agreement to stop fighting that leaves the making of peace open."
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
    """PLOVER's event types (manual of 2024-02-04) with the score of the type itself, from -10 to +10."""

    AGREE = "AGREE", "Agree, offer, promise or otherwise show willingness to cooperate. Score 2.5."
    CONSULT = "CONSULT", "Meet, visit, host, negotiate or confer, in person or from afar. Score 2.5."
    SUPPORT = "SUPPORT", "Praise, back, recognise or sign; cooperation without material means. Score 5."
    CONCEDE = "CONCEDE", "Give way in words, with no immediate material consequence. Score 4.5."
    COOPERATE = "COOPERATE", "Begin or expand a material exchange that benefits both sides. Score 9.5."
    AID = "AID", "Give material help that mainly benefits the recipient. Score 10."
    RETREAT = "RETREAT", "Give way in deeds: withdraw, release, disarm, cease fire, resign. Score 6.5."
    REQUEST = "REQUEST", "Request, demand or order, less forcefully than by a threat. Score 0."
    ACCUSE = "ACCUSE", "Disapprove, criticise, accuse, sue or investigate. Score -3."
    REJECT = "REJECT", "Reject or refuse, cancelling a meeting included. Score -2."
    THREATEN = "THREATEN", "Threaten, or warn forcefully of serious consequences. Score -3.5."
    PROTEST = "PROTEST", "Demonstrate or act together in public against somebody. Score -5."
    SANCTION = "SANCTION", "Reduce or break off existing relations, not by formal sanctions alone. Score -6."
    MOBILIZE = "MOBILIZE", "Move or show military or police power, short of using force. Score -5.5."
    COERCE = "COERCE", "Repress, restrict rights or use power, short of violence. Score -7."
    ASSAULT = "ASSAULT", "Act on purpose in a way that can do serious physical harm. Score -9."


class Modality(Vocabulary):
    """Whether an event is told as a fact (PLOVER's auxiliary modes); only ACTUAL counts towards tone."""

    ACTUAL = "ACTUAL", "It is told as having happened; an announcement is so on its own day."
    HISTORICAL = "HISTORICAL", "It is told only in retrospect, with no date that can be placed."
    FUTURE = "FUTURE", "It is told as still to come."
    HYPOTHETICAL = "HYPOTHETICAL", "It is told as a mere possibility."
    NEGATED = "NEGATED", "It is told as not having happened."


class Rank(Vocabulary):
    """An editor's rank of a single claim, as in Wikidata; a source has none."""

    PREFERRED = "PREFERRED", "Better placed for this property than the claims that contradict it."
    NORMAL = "NORMAL", "Neither preferred nor deprecated."
    DEPRECATED = "DEPRECATED", "A slip visible in the source itself; it decides nothing."


class Factuality(Vocabulary):
    """How far the outlet commits itself to a claim, after FactBank (its label in brackets)."""

    CERTAIN = "CERTAIN", "The outlet vouches for it (CT+)."
    PROBABLE = "PROBABLE", "The outlet holds it to be probable (PR+)."
    POSSIBLE = "POSSIBLE", "The outlet holds it to be possible (PS+)."
    UNCOMMITTED = "UNCOMMITTED", "The outlet tells it without vouching for it (Uu)."
    DENIED = "DENIED", "The outlet says that it is not so (CT-)."


class PassageRole(Vocabulary):
    """Which part of a document a passage stands in."""

    BODY = "BODY", "The running text."
    HEADLINE = "HEADLINE", "A headline, a kicker or a subheading."
    TEASER = "TEASER", "A teaser or lead; it may speak of another day or another matter."
    CAPTION = "CAPTION", "A caption; it may speak of another day or another matter."
    PULL_QUOTE = "PULL_QUOTE", "A quotation set apart from the running text."
    BOILERPLATE = "BOILERPLATE", "Credits, date lines and links."


class AnchorState(Vocabulary):
    """Whether a passage still stands where it was recorded."""

    VERIFIED = "VERIFIED", "The document's text is loaded and the passage's hash is equal."
    UNCHECKED = "UNCHECKED", "The document's text is not loaded."
    ORPHAN = "ORPHAN", "The document's text is loaded and the passage's hash differs."


class TextAccess(Vocabulary):
    """How much of a document is shown where its text is loaded, most first."""

    WHOLE = "WHOLE", "The whole text: its licence lets everybody pass it on."
    PASSAGES = "PASSAGES", "The passages that claims rest on, as quotations; the text is its publisher's."
    NONE = "NONE", "No word of it; passages are compared with it all the same."


class AttributionRole(Vocabulary):
    """What a step of an attribution does, from the origin outward."""

    UTTERER = "UTTERER", "The origin: who said it."
    WITNESS = "WITNESS", "Who was present, as the source says or clearly implies."
    RELAY = "RELAY", "Who passed it on."
    AGENCY = "AGENCY", "The news agency that reported it."
    OUTLET = "OUTLET", "A medium that published it; the last step is always the document's own outlet."
    TRANSLATOR = "TRANSLATOR", "Who translated it."


class ConflictBasis(Vocabulary):
    """On what claims do not agree."""

    VALUE = "VALUE", "They give different values."
    DATE = "DATE", "They give different dates."
    SCOPE = "SCOPE", "They cover or count different things."
    DEFINITION = "DEFINITION", "They call the same thing by different terms."
    WORDING = "WORDING", "They give the same utterance in different words."
