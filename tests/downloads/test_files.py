"""The contents of the register's files: what the schema returns, all of it, in order."""

import csv
import hashlib
import io
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import orjson
import pytest

from schema.files import document
from schema.tables import table_name, tables
from service.planner.ids import encode
from service.store.downloads import File
from service.store.enums import EntryKind
from tests.schema.asking import answer

pytestmark = pytest.mark.slow

KINDS = list(EntryKind)
FACTS = {"SUMMIT", "TALKS", "QUOTE", "EVENT", "INVITATION", "OFFICE", "RELATIONSHIP"}
SINCE = {"SOURCE": "publishedOn { latest }", "CLAIM": "reportedOn"} | dict.fromkeys(sorted(FACTS), "knownSince")
"""How the schema says since when an entry has been known, if it says so."""


def lines(folder: Path, kind: EntryKind) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in (folder / f"{table_name(kind)}.jsonl").read_bytes().splitlines()]


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a table, by column."""
    text = (folder / f"{name}.csv").read_bytes().decode()
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_each_kind_has_its_lines_and_a_table(files: list[File], folder: Path) -> None:
    of_kinds = sorted((file.kind, file.name, file.format) for file in files if file.kind)
    ends = {"csv": "text/csv", "jsonl": "application/x-ndjson"}
    assert of_kinds == sorted((kind, f"{table_name(kind)}.{end}", ends[end]) for kind in KINDS for end in ends)
    assert {file.name for file in files if file.format == "text/csv"} == {f"{name}.csv" for name in tables()}
    assert sorted(path.name for path in folder.iterdir()) == sorted(file.name for file in files)


def test_rows_are_counted(files: list[File], folder: Path) -> None:
    for file in files:
        if file.format == "text/csv":
            assert file.rows == len(table(folder, file.path.stem))
        elif file.kind:
            assert file.rows == len(lines(folder, file.kind))


def test_length_and_digest_are_those_of_the_files(files: list[File]) -> None:
    for file in files:
        content = file.path.read_bytes()
        assert (file.bytes, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())


async def test_every_entry_is_there_once_in_the_order_of_the_slugs(
    published_database: str, files: list[File], folder: Path
) -> None:
    counts = (await answer(published_database, "{ dataset { counts { kind count } } }"))["data"]["dataset"]["counts"]
    assert {each["kind"] for each in counts} == {kind.value for kind in KINDS}
    for each in counts:
        slugs = [line["slug"] for line in lines(folder, EntryKind[each["kind"]])]
        assert (slugs, len(slugs)) == (sorted(set(slugs)), each["count"])


@pytest.mark.parametrize("kind", KINDS)
async def test_a_line_is_the_answer_of_the_schema(
    published_database: str, files: list[File], folder: Path, kind: EntryKind
) -> None:
    every = lines(folder, kind)
    for line in every[:: len(every) // 5 + 1]:
        ids = [encode(kind.capitalize(), line["slug"])]
        assert list(line)[:3] == ["slug", "label", "knownSince"]
        found = (await answer(published_database, document(kind), {"ids": ids}))["data"]["nodes"]
        assert [{name: value for name, value in line.items() if name != "knownSince"}] == found


@pytest.mark.parametrize("kind", [EntryKind[name] for name in SINCE])
async def test_an_entry_is_known_since_the_day_that_the_schema_says(
    published_database: str, files: list[File], folder: Path, kind: EntryKind
) -> None:
    found = lines(folder, kind)[:100]
    query = f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {kind.capitalize()} {{ {SINCE[kind]} }} }} }}"
    ids = [encode(kind.capitalize(), line["slug"]) for line in found]
    nodes = (await answer(published_database, query, {"ids": ids}))["data"]["nodes"]
    days = [day["latest"] if isinstance(day, dict) else day for (day,) in (node.values() for node in nodes)]
    assert [line["knownSince"] for line in found] == days


# ------------------------------------------------------------------ tables


def value(line: Any, column: str) -> str:
    for name in column.split("."):
        line = None if line is None else line[name]
    return "" if line is None else line if isinstance(line, str) else orjson.dumps(line).decode()


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_holds_what_the_lines_hold(files: list[File], folder: Path, kind: EntryKind) -> None:
    for row, line in zip(table(folder, table_name(kind)), lines(folder, kind), strict=True):
        if kind is EntryKind.RELATIONSHIP:
            line["one"], line["other"] = line["parties"]
        assert row == {column: value(line, column) for column in row}


def holds_json(cell: str) -> bool:
    try:
        return isinstance(orjson.loads(cell), list | dict)
    except orjson.JSONDecodeError:
        # a date that is one of several also begins with a bracket
        return False


def test_no_cell_holds_json(files: list[File], folder: Path) -> None:
    cells = [cell for name in tables() for row in table(folder, name) for cell in row.values()]
    assert len(cells) > 10_000
    assert [cell for cell in cells if holds_json(cell)] == []


def test_a_row(files: list[File], folder: Path) -> None:
    (row,) = (row for row in table(folder, "invitations") if row["slug"] == "lavrov-invites-kim-to-russia")
    assert {column: cell for column, cell in row.items() if cell} == {
        "slug": "lavrov-invites-kim-to-russia",
        "label": "Invitation from Sergey Lavrov to Kim Jong Un, 31 May 2018 or earlier",
        "date.edtf": "[..2018-05-31]",
        "date.latest": "2018-05-31",
        "date.precision": "OPEN",
        "date.extent": "SOMETIME",
        "date.isApproximate": "false",
        "date.isUncertain": "false",
        "date.basis": "INFERRED",
        "knownSince": "2018-05-31",
        "issuer.slug": "sergey-lavrov",
        "invitee.slug": "kim-jong-un",
        "destination.slug": "russia",
        "medium": "IN_PERSON",
        "response": "UNKNOWN",
        "madeAt.slug": "pyongyang-2018",
        "meeting.slug": "russia-proposed-2018",
        "summary": "The Russian Foreign Minister Sergey Lavrov invites Kim to Russia; what Kim answered is not told.",
        "isWithdrawn": "false",
        "curation": "CURATED",
        "claims.totalCount": "7",
        "sources.totalCount": "1",
    }


def test_a_list_has_a_table(files: list[File], folder: Path) -> None:
    involved = [
        {"role": each["role"], "actor.slug": each["actor"]["slug"], "onBehalfOf.slug": value(each, "onBehalfOf.slug")}
        | {"fact.kind": kind.value, "fact.slug": line["slug"], "position": str(position)}
        for kind in KINDS
        for line in lines(folder, kind)
        for position, each in enumerate(line.get("involvements", ()), start=1)
    ]
    assert table(folder, "involvements") == involved
    chains = [(line["slug"], each["role"]) for line in lines(folder, EntryKind.CLAIM) for each in line["attribution"]]
    assert [(row["claim.slug"], row["role"]) for row in table(folder, "attributions")] == chains


def test_facts_and_actors_are_those_of_all_their_kinds(files: list[File], folder: Path) -> None:
    for name, column in (("facts", "curation"), ("actors", "wikidata")):
        expected = [
            (kind.value, line["slug"], value(line, column))
            for kind in KINDS
            for line in lines(folder, kind)
            if column in line
        ]
        assert [(row["kind"], row["slug"], row[column]) for row in table(folder, name)] == expected


async def test_edges_are_the_meetings_that_relationships_count(
    published_database: str, files: list[File], folder: Path
) -> None:
    edges = table(folder, "edges")
    held = Counter(
        edge["relationship.slug"]
        for edge in edges
        if edge["phase"] == "HELD" and edge["isWithdrawn"] == "false" and edge["withinKind"] != "PROGRAMME"
    )
    counted = {row["slug"]: int(row["meetingCount"]) for row in table(folder, "relationships")}
    assert held == {slug: number for slug, number in counted.items() if number}
    (first,) = (edge for edge in edges if edge["meeting.slug"] == "hanoi-2019" and edge["kind"] == "PEOPLE")
    assert (first["one.slug"], first["other.slug"], first["date.earliest"], first["date.latest"], first["status"]) == (
        "donald-trump",
        "kim-jong-un",
        "2019-02-27",
        "2019-02-28",
        "CUT_SHORT",
    )


def test_a_list_without_a_table_is_told_by_another(files: list[File], folder: Path) -> None:
    roles = {"Event.actors": "ACTOR", "Event.recipients": "RECIPIENT", "Event.about": "ABOUT", "Quote.about": "ABOUT"}
    roles |= {"Quote.addressees": "ADDRESSEE", "Agreement.parties": "SIGNATORY", "Meeting.interpreters": "INTERPRETER"}
    involved = defaultdict(list)
    for row in table(folder, "involvements"):
        involved[row["fact.slug"], row["role"]].append(row["actor.slug"])
    kinds = {"Meeting": [EntryKind.SUMMIT, EntryKind.TALKS]}
    told = 0
    for name, role in roles.items():
        type_, _, field = name.partition(".")
        for kind in kinds.get(type_) or [EntryKind[type_.upper()]]:
            for line in lines(folder, kind):
                slugs = [(each.get("actor") or each)["slug"] for each in line[field]]
                assert sorted(involved[line["slug"], role]) == sorted(slugs), (name, line["slug"])
                told += len(slugs)
    assert told


def test_lines_end_as_rfc_4180_has_it(files: list[File], folder: Path) -> None:
    content = (folder / "conflicts.csv").read_bytes()
    assert content.startswith(b"slug,label,knownSince,property,basis,note,facts.totalCount,claims.totalCount,")
    assert content.endswith(b"\r\n")
    assert re.sub(rb'"[^"]*"|\r\n', b"", content).count(b"\n") == 0
    assert not (folder / "conflicts.jsonl").read_bytes().count(b"\r")


def test_no_passage_of_a_source_stands_in_them(files: list[File]) -> None:
    assert [kind for kind in KINDS if re.search(r"\bexact\b", document(kind))] == []
