"""Entries made from positions: a source for each, and an office for each that is held."""

from collections.abc import Iterable, Mapping, Sequence

from service.importers.seedset import SeedSet
from service.importers.slugs import slug_of_name
from service.importers.texts import address_of, document_of, source_entry
from service.importers.world_leaders.people import LANGUAGES, Holder
from service.importers.world_leaders.positions import HOLDER, NAME, Position
from service.importers.world_leaders.tables import Titles

OUTLET = "open-data-archive"
SHARED = {"publishedOnBasis": "STATED", "kind": "DATASET", "language": "en", "outlet": OUTLET}
SHARED |= {"outletBasis": "INFERRED", "dataset": NAME}
POSITIONS = {
    "head_of_state": {
        "en": "head of state",
        "de": "Staatsoberhaupt",
        "ko-Kore": "국가원수",
        "ru": "глава государства",
        "fr": "chef de l’État",
    },
    "head_of_government": {
        "en": "head of government",
        "de": "Regierungschef",
        "ko-Kore": "정부수반",
        "ru": "глава правительства",
        "fr": "chef du gouvernement",
    },
}


def add_offices(
    made: SeedSet,
    positions: Iterable[Position],
    holders: Mapping[str, Holder],
    bodies: Mapping[str, str],
    titles: Titles,
) -> None:
    """Add an office for each title that a person holds; the two positions of one office are recorded together."""
    offices: dict[str, list[Position]] = {}
    for position in positions:
        if position.holder:
            holder, body = holders[position.wikidata].slug, bodies[position.code]
            title = slug_of_name(titles[position.title].en)
            of = "" if "-of-" in title else f"-of-{body}"
            offices.setdefault(f"{NAME}-{holder}-{title}{of}", []).append(position)
    for slug, told in offices.items():
        first = told[0]
        made.add(
            "offices",
            slug,
            person=holders[first.wikidata].slug,
            title=_title(first, bodies[first.code], titles),
            of=bodies[first.code],
            leads="yes",
            existence=[position.cite("title_en", f"{HOLDER}.name_en") for position in told],
            **_dates(told),
            curation="IMPORTED",
        )


def add_source(made: SeedSet, position: Position, names: Mapping[str, str], reason: str | None) -> None:
    """Add the row as a document; `names`: of the state or body; `reason`: why nothing is recorded of it."""
    words = POSITIONS[position.row.fields["position"]]
    title = {language: f"{names[language]}, {words[language]}" for language in words}
    shared = {"suppliedTitle": title, **SHARED}
    entry = source_entry(position.row, position.slug, str(position.snapshot_on), shared)
    if reason:
        entry["unrecorded"] = {str(address_of(position.row, "title_en")): reason}
    made.entries.setdefault("sources", []).append(entry)
    made.documents[position.slug] = document_of(position.row, position.slug)


def add_people(made: SeedSet, holders: Iterable[Holder]) -> None:
    """Add the people with their Wikidata numbers, each with a row that shows that he or she leads."""
    for holder in holders:
        first = holder.positions[0]
        country = {"country": holder.country} if holder.country else {}
        leads = first.cite(f"{HOLDER}.name_en")
        made.add("people", holder.slug, names=holder.write_names(), **country, wikidata=first.wikidata, leads=leads)


def find_doubt(position: Position, others: Mapping[str, Position]) -> str | None:
    """Return why a row that claims to be of one office with another, but has another title, is not credible."""
    other = others.get(position.key.replace("head-of-state", "head-of-government"))
    if other is None or other is position or not position.is_of_both or other.title == position.title:
        return None
    return (
        f"the row says that this is the same office as {other.key}, whose title is {other.title}, not {position.title}"
    )


def _title(position: Position, body: str, titles: Titles) -> dict[str, str]:
    """Return the title in the languages of labels, and as used locally if the linked page shows its language."""
    language = LANGUAGES.get(position.page_language or "", position.page_language)
    own = {language: position.local_title} if language and position.local_title else {}
    return {**titles[position.title].write(body), **own}


def _dates(told: Sequence[Position]) -> dict[str, dict[str, list[str]]]:
    """Return since when, with no known end, and for how long the rows show the holder in office."""
    since = f"{HOLDER}.since"
    begun: dict[str, list[str]] = {}
    shown: dict[str, list[str]] = {}
    for position in told:
        if position.since:
            begun.setdefault(f"{position.since}/", []).append(position.cite(since))
            span = f"{position.since}/{position.snapshot_on}"
            shown.setdefault(span, []).append(position.cite(since, "snapshot_date"))
        else:
            shown.setdefault(str(position.snapshot_on), []).append(position.cite("snapshot_date"))
    return {"date": begun, "attested": shown} if begun else {"attested": shown}
