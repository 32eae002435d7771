"""What the slugs of arguments name: one meaning for each name, wherever it stands. Of what names nothing is told."""

import strawberry
from graphql import GraphQLInputObjectType

from service.planner.slugs import NAMES, Kind

ACTOR = Kind("actor")
PERSON = Kind("actor", only=("Person",))
ORGANISATION = Kind("actor", only=("Organisation",))
COUNTRY = Kind("actor", only=("Country",), codes=("code", "alpha3"))
PLACE = Kind("place")
FACT = Kind("fact")
MEETING = Kind("fact", only=("Summit", "Talks"))
SOURCE = Kind("source", since="reported_on")

IN_FILTERS = {
    **dict.fromkeys(("involving", "involvingAll", "actor", "recipient", "speaker", "addressee", "about"), ACTOR),
    **dict.fromkeys(("reportedBy", "issuer", "invitee", "carrier", "of", "origin"), ACTOR),
    "person": PERSON,
    "outlet": ORGANISATION,
    "credits": ORGANISATION,
    "country": COUNTRY,
    "code": COUNTRY,
    "place": PLACE,
    "destination": PLACE,
    "fact": FACT,
    "meeting": MEETING,
    "source": SOURCE,
    "sourceAll": SOURCE,
}
"""By the name of a filter's field."""
SLUG = {
    "PersonFilter": PERSON,
    "OrganisationFilter": ORGANISATION,
    "PlaceFilter": PLACE,
    "FactFilter": FACT,
    "MeetingFilter": MEETING,
    "QuoteFilter": Kind("fact", only=("Quote",)),
    "EventFilter": Kind("fact", only=("Event",)),
    "InvitationFilter": Kind("fact", only=("Invitation",)),
    "OfficeFilter": Kind("fact", only=("Office",)),
    "RelationshipFilter": Kind("fact", only=("Relationship",)),
    "SourceFilter": SOURCE,
    "ConflictFilter": Kind("conflict"),
}
"""What `slug` names, by filter."""
OF_QUESTIONS = {"path": {"from": PERSON, "to": PERSON}, "relationship": {"between": ACTOR}}
"""By question and argument. A question by `slug` needs no telling: it is answered with null."""


def mark(built: strawberry.Schema) -> None:
    """Lets the arguments and the fields of filters say what their slugs name."""
    for type_ in built._schema.type_map.values():
        if isinstance(type_, GraphQLInputObjectType) and type_.name.endswith("Filter"):
            named = {**IN_FILTERS, "slug": SLUG.get(type_.name)}
            for name, field in type_.fields.items():
                if kind := named.get(name):
                    field.extensions[NAMES] = kind
    questions = built._schema.query_type
    for question, arguments in OF_QUESTIONS.items():
        for name, kind in arguments.items():
            questions.fields[question].args[name].extensions[NAMES] = kind  # type: ignore[union-attr]
