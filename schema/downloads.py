"""The whole register as files: what stands in them, by kind, and how they are listed; nothing is written here."""

from collections.abc import Mapping

import strawberry

from schema.relations import table
from schema.scalars import URI
from service.planner.fields import column, relation, sql
from service.planner.rows import Relation, Row
from service.sql import Expression, case, func, select, sql_literal, text_literal
from service.store import tables
from service.store.enums import EntryKind, require_each

ENDINGS: Mapping[str, str] = {"application/x-ndjson": "jsonl", "text/csv": "csv"}
"""How the names of files end, by media type."""

_DATE = "{ edtf earliest latest precision extent isApproximate isUncertain basis }"
_NAMES = "names { text language kind }"
_STEPS = "attribution { position role actor { slug } description"
_ACTOR = f"{_NAMES} country {{ slug }} wikidata facts {{ totalCount }}"
_FACT = f"""date {_DATE} summary isWithdrawn curation involvements {{ role actor {{ slug }} }} conflicts {{ slug }}
    claims {{ totalCount }} sources {{ totalCount }}"""
_MEETING = f"""name {_NAMES} level format status phase plannedDate {_DATE} outcome place {{ slug }}
    history {{ status effective {{ edtf }} reportedOn }}
    quotes {{ totalCount }} events {{ totalCount }} invitations {{ totalCount }} {_FACT}"""
_PASSAGE = "{ start end paragraph role sha256 state startTime endTime }"

FIELDS: Mapping[EntryKind, str] = {
    EntryKind.PERSON: f"isLeader {_ACTOR}",
    EntryKind.ORGANISATION: f"kind {_ACTOR} sources {{ totalCount }}",
    EntryKind.COUNTRY: f"code alpha3 {_ACTOR} people {{ totalCount }}",
    EntryKind.PLACE: f"""kind {_NAMES} country {{ slug }} partOf {{ slug }} latitude longitude timezone
        meetings {{ totalCount }} events {{ totalCount }}""",
    EntryKind.SUMMIT: _MEETING,
    EntryKind.TALKS: _MEETING,
    EntryKind.QUOTE: f"""text language originalLanguage translation(language: "en") form medium
        speaker {{ slug }} speakerDescription addressees {{ slug }} about {{ slug }} meeting {{ slug }} place {{ slug }}
        {_STEPS} }} isHearsay variants {{ slug }} aboutFacts {{ slug }} events {{ slug }} {_FACT}""",
    EntryKind.EVENT: f"""eventType mode quadClass score modality medium actors {{ slug }} recipients {{ slug }}
        about {{ slug }} deliveredBy {{ slug }} overseer {{ slug }} place {{ slug }} meeting {{ slug }}
        quote {{ slug }} codes {{ slug }} aboutFacts {{ slug }} {_FACT}""",
    EntryKind.INVITATION: f"""issuer {{ slug }} issuerDescription onBehalfOf {{ slug }} carrier {{ slug }}
        invitee {{ slug }} destination {{ slug }} medium response respondedOn {_DATE} madeAt {{ slug }}
        meeting {{ slug }} {_FACT}""",
    EntryKind.OFFICE: f"person {{ slug }} title of {{ slug }} heldUnder {{ slug }} attested {_DATE} {_FACT}",
    EntryKind.RELATIONSHIP: f"""kind parties {{ slug }} history {{ state effective {{ edtf }} reportedOn }}
        meetingCount firstMet {_DATE} lastMet {_DATE} tone {{ events cooperation conflict sum mean }}
        timeline {{ totalCount }} {_FACT}""",
    EntryKind.SOURCE: f"""document kind title language outlet {{ slug }} outletBasis author {{ slug }} authorDescription
        publishedOn {_DATE} sha256 url credits {{ slug }} transcriptOf {{ slug }} dataset {{ slug licence attribution }}
        supersedes {{ slug }} supersededBy {{ slug }} retractedOn isWithdrawn
        claims {{ totalCount }} facts {{ totalCount }}""",
    EntryKind.CLAIM: f"""fact {{ slug }} property value isUnknown valueDate {_DATE} valueEntry {{ slug }}
        effective {_DATE} position basis rank factuality source {{ slug }} isWithdrawn reportedOn
        passage {_PASSAGE} context {_PASSAGE} {_STEPS} passage {_PASSAGE} }} note conflicts {{ slug }}""",
    EntryKind.CONFLICT: "property basis note independentOrigins isWithdrawn claims { totalCount } facts { totalCount }",
}
"""What is asked of each entry besides `slug` and `label`: others by their slug, what they say in their own file.

The passages' own words are left out: they are the outlets'.
"""
require_each(FIELDS, "FIELDS of schema/downloads.py", EntryKind)


def document(kind: EntryKind) -> str:
    """The operation whose answer a file holds; it takes `ids`."""
    return (
        f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {kind.capitalize()} {{ slug label {FIELDS[kind]} }} }} }}"
    )


_FILES, _REGISTER = table(tables.Download), table(tables.Dataset)
DOWNLOADS = Relation(
    select(*(sql_literal(f"file.{name}", type_).label(name) for name, type_ in _FILES.columns.items()))
    .select_from(f"{_FILES.alias('file')} JOIN {_REGISTER.alias('register')} ON file.revision = register.revision")
    .subquery()
)


def _url(row: Row) -> Expression:
    """Under the service's public address, if the connection knows it; else on the host that was asked."""
    public = func.coalesce(
        func.current_setting(text_literal("gipfelbuch.public_url"), sql_literal("true")), text_literal("")
    )
    ending = case(*((row.format == text_literal(media), text_literal(ending)) for media, ending in ENDINGS.items()))
    path = (
        text_literal("/downloads/"),
        row.revision.cast("text"),
        text_literal("/"),
        func.lower(row.kind),
        text_literal("."),
        ending,
    )
    return func.concat(public, *path)


@strawberry.type(description="A file of all entries of one kind, as the register is at its present revision.")
@relation(DOWNLOADS)
class Download:
    kind: EntryKind = column("What it holds: one line or row an entry, in the order of the slugs.")
    format: str = column("A media type, text/csv or application/x-ndjson.")
    url: URI = sql(_url, "Where it is. What lies there never changes.")
    bytes: int = column("Its length.")
    sha256: str = column("SHA-256 of its bytes, in hexadecimal.")
    revision: int = column("The revision of the register that it holds.")
