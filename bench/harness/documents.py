"""Documents that a client may send: ordinary ones, and those that make the service plan, refuse or wait the longest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graphql import get_introspection_query

from bench.harness.operations import operations

MOST_ALIASES, MOST_WORDS = 100, 95
FACT = "slug label date{edtf label} involvements{role actor{slug name}}"
QUOTE = (
    "slug text language form medium isHearsay speaker{slug name} addressees{slug} about{slug} meeting{name status} "
    "attribution{role actor{name} description}"
)
CLAIM = (
    "property value position basis rank factuality reportedOn passage{start end paragraph role} "
    "source{slug title outlet{name}} attribution{role actor{slug name}}"
)
SUMMIT = (
    "slug name status phase outcome date{edtf label} place{slug name country{code}} "
    "participants{role actor{slug name}} history{status effective{edtf}}"
)
APART = (
    "...on Quote{text form speaker{name}} ...on Meeting{name status place{name} participants{actor{name}}} "
    "...on Event{eventType score actors{name}} ...on Invitation{response invitee{name}} "
    "...on Office{title person{name}} ...on Relationship{kind parties{name}}"
)
SOME_APART = "...on Quote{text form speaker{name}} ...on Meeting{name status place{name} participants{actor{name}}}"
FILTERS = (
    'slug:["a"] involving:["a"] involvingAll:["a"] source:["a"] sourceAll:["a"] '
    'date:{from:"2018-01-01",to:"2019-01-01"} knownSince:{from:"2018-01-01"} '
    'speaker:["a"] addressee:["a"] about:["a"] reportedBy:["a"] meeting:["a"] '
    'form:[DIRECT] medium:[SPEECH] language:["de"] isHearsay:true'
)


@dataclass(frozen=True)
class Document:
    """Document with its variables, named after what makes it expensive."""

    name: str
    query: str
    variables: Mapping[str, object] = field(default_factory=dict)


def repeat_aliased(form: str, count: int) -> str:
    """Return the template this many times under different aliases; # stands for the number of each."""
    return "{" + " ".join(f"a{number}:{form.replace('#', str(number))}" for number in range(count)) + "}"


def unique_words(number: int, count: int = MOST_WORDS) -> str:
    """Return words that no other query contains."""
    return " ".join(f"word{number:03}letters{index:02}" for index in range(count))


def ordinary_documents(leader: str, other: str) -> Iterator[Document]:
    """Return a small document, and the queries of the benchmark."""
    yield Document("leader with name", "query($slug:String!){leader(slug:$slug){name}}", {"slug": leader})
    for operation in operations(leader, other):
        request = operation.request()
        yield Document(operation.name, request.query, request.variables)


def large_documents() -> Iterator[Document]:
    """Return documents that take long to compose."""
    yield Document(
        "14 aliases over facts", repeat_aliased(f"facts(first:1){{totalCount nodes{{{FACT} {SOME_APART}}}}}", 14)
    )
    yield Document("37 aliased summits", repeat_aliased(f"summits(first:1){{nodes{{{SUMMIT}}}}}", 37))
    yield Document(
        "100 aliased leaders", repeat_aliased('leader(slug:"a"){slug name label country{name} wikidata}', 100)
    )
    yield Document("each kind of fact apart", repeat_aliased(f"facts(first:1){{nodes{{{APART}}}}}", 20))
    yield Document("claims beneath claims", repeat_aliased(f"quotes(first:1){{nodes{{{QUOTE} {_claims(3)}}}}}", 4))
    yield Document("pages within pages", repeat_aliased(_pages(2), 28))
    yield Document(
        "many filters", repeat_aliased(f"quotes(first:1,filter:{{{FILTERS}}}){{totalCount nodes{{slug}}}}", 19)
    )
    yield Document("many counts", repeat_aliased("facts{counts(by:[KIND,YEAR],first:1){keys labels count}}", 90))
    yield Document(
        "a fragment, again and again",
        repeat_aliased("quotes(first:1){nodes{...q}}", 36) + f"fragment q on Quote{{{QUOTE}}}",
    )
    yield Document("many orders", repeat_aliased("people(orderBy:FACTS_DESC,first:1){nodes{slug}}", 95))


def large_documents_for_postgraphile() -> Iterator[Document]:
    """Return the PostGraphile equivalents of those documents."""
    summit = SUMMIT.replace("participants", "participants(orderBy:[POSITION_ASC])").partition(" history")[0]
    yield Document("37 aliased summits", repeat_aliased(f"allSummits(first:1){{nodes{{{summit}}}}}", 37))
    yield Document(
        "100 aliased leaders", repeat_aliased('leaderBySlug(slug:"a"){slug name label country{name} wikidata}', 100)
    )


def _claims(depth: int) -> str:
    inner = _claims(depth - 1) if depth > 1 else ""
    return f"claims(first:1){{nodes{{{CLAIM} fact{{slug {inner}}}}}}}"


def _pages(depth: int) -> str:
    inner = _pages(depth - 1) if depth > 1 else "slug"
    return (
        'facts(first:1,filter:{date:{from:"2018-01-01"}}){totalCount pageInfo{hasNextPage} '
        f"nodes{{slug involvements{{actor{{{inner}}}}}}}}}"
    )


def introspection_document() -> Document:
    return Document("introspection", get_introspection_query())


def searches_document() -> Document:
    """Return a hundred searches of 95 words, some 150 kB."""
    return Document(
        "100 searches of 95 words",
        "{" + " ".join(f'a{n}:search(text:"{unique_words(n)}"){{totalCount}}' for n in range(MOST_ALIASES)) + "}",
    )


def refused_documents() -> Iterator[Document]:
    """Return documents that are checked, or composed, before they are refused."""
    summits = repeat_aliased(f"summits(first:1){{nodes{{{SUMMIT}}}}}", 36)[:-1]
    yield Document("refused at its end: a page too large", summits + " z:summits(first:101){nodes{slug}}}")
    yield Document("refused at its end: no date", summits + ' z:summit(slug:"a",asOf:"soon"){slug}}')
    yield Document("too many fields, each kind apart", repeat_aliased(f"facts(first:1){{nodes{{{APART}}}}}", 60))
    yield Document("too much of everything", "{people(first:100){nodes{facts(first:100){nodes{" + _claims(4) + "}}}}}")
    yield from invalid_documents()


def invalid_documents() -> Iterator[Document]:
    """Return texts that no server can accept."""
    yield Document("fields that are not there", "{" + " ".join(f"lead{number}" for number in range(899)) + "}")
    yield Document("no GraphQL at its end", repeat_aliased('leader(slug:"a"){name}', 99)[:-1] + " !")
