"""What stands in the files of the register: what the schema answers, all of it, in order."""

import csv
import hashlib
import io
import re
from pathlib import Path
from typing import Any

import orjson
import pytest

from schema.files import document
from service.planner.ids import encode
from service.store.downloads import File
from service.store.enums import EntryKind
from tests.schema.asking import answer

pytestmark = pytest.mark.slow

KINDS = list(EntryKind)
FACTS = {"SUMMIT", "TALKS", "QUOTE", "EVENT", "INVITATION", "OFFICE", "RELATIONSHIP"}
SINCE = {"SOURCE": "publishedOn { latest }", "CLAIM": "reportedOn"} | dict.fromkeys(sorted(FACTS), "knownSince")
"""How the schema says since when an entry is known, where it says so."""


def lines(folder: Path, kind: EntryKind) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in (folder / f"{kind.lower()}.jsonl").read_bytes().splitlines()]


def table(folder: Path, kind: EntryKind) -> list[list[str]]:
    text = (folder / f"{kind.lower()}.csv").read_bytes().decode()
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_each_kind_has_a_file_in_each_format(files: list[File], folder: Path) -> None:
    formats = ("application/x-ndjson", "text/csv")
    assert [(file.kind, file.format) for file in files] == [(kind, media) for kind in KINDS for media in formats]
    assert sorted(path.name for path in folder.iterdir()) == sorted(file.path.name for file in files)


def test_length_and_digest_are_those_of_the_files(files: list[File]) -> None:
    for file in files:
        content = file.path.read_bytes()
        assert (file.bytes, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())


async def test_every_entry_is_there_once_in_the_order_of_the_slugs(
    published: str, files: list[File], folder: Path
) -> None:
    counts = (await answer(published, "{ dataset { counts { kind count } } }"))["data"]["dataset"]["counts"]
    assert {each["kind"] for each in counts} == {kind.value for kind in KINDS}
    for each in counts:
        slugs = [line["slug"] for line in lines(folder, EntryKind[each["kind"]])]
        assert (slugs, len(slugs)) == (sorted(set(slugs)), each["count"])


@pytest.mark.parametrize("kind", KINDS)
async def test_a_line_is_the_answer_of_the_schema(
    published: str, files: list[File], folder: Path, kind: EntryKind
) -> None:
    every = lines(folder, kind)
    for line in every[:: len(every) // 5 + 1]:
        ids = [encode(kind.capitalize(), line["slug"])]
        assert list(line)[:3] == ["slug", "label", "knownSince"]
        found = (await answer(published, document(kind), {"ids": ids}))["data"]["nodes"]
        assert [{name: value for name, value in line.items() if name != "knownSince"}] == found


@pytest.mark.parametrize("kind", [EntryKind[name] for name in SINCE])
async def test_an_entry_is_known_since_the_day_that_the_schema_says(
    published: str, files: list[File], folder: Path, kind: EntryKind
) -> None:
    found = lines(folder, kind)[:100]
    query = f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {kind.capitalize()} {{ {SINCE[kind]} }} }} }}"
    ids = [encode(kind.capitalize(), line["slug"]) for line in found]
    nodes = (await answer(published, query, {"ids": ids}))["data"]["nodes"]
    days = [day["latest"] if isinstance(day, dict) else day for (day,) in (node.values() for node in nodes)]
    assert [line["knownSince"] for line in found] == days


# ------------------------------------------------------------------ tables


def value(line: Any, column: str) -> str:
    for name in column.split("."):
        line = None if line is None else line[name]
    return "" if line is None else line if isinstance(line, str) else orjson.dumps(line).decode()


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_holds_what_the_lines_hold(files: list[File], folder: Path, kind: EntryKind) -> None:
    header, *rows = table(folder, kind)
    expected = lines(folder, kind)
    assert rows == [[value(line, column) for column in header] for line in expected]
    assert list(dict.fromkeys(column.partition(".")[0] for column in header)) == list(expected[0])


def test_a_row(files: list[File], folder: Path) -> None:
    header, *rows = table(folder, EntryKind.INVITATION)
    (row,) = (row for row in rows if row[0] == "lavrov-invites-kim-to-russia")
    assert {column: cell for column, cell in zip(header, row, strict=True) if cell} == {
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
        "involvements": '[{"role":"ISSUER","actor":{"slug":"sergey-lavrov"},"onBehalfOf":null},'
        '{"role":"INVITEE","actor":{"slug":"kim-jong-un"},"onBehalfOf":null}]',
        "isWithdrawn": "false",
        "curation": "CURATED",
        "conflicts": '[{"slug":"kim-jong-un-designation"}]',
        "claims.totalCount": "7",
        "sources.totalCount": "1",
    }


def test_lines_end_as_rfc_4180_has_it(files: list[File], folder: Path) -> None:
    content = (folder / "conflict.csv").read_bytes()
    assert content.startswith(b"slug,label,knownSince,property,basis,note,facts.totalCount,claims.totalCount,")
    assert content.endswith(b"\r\n")
    assert re.sub(rb'"[^"]*"|\r\n', b"", content).count(b"\n") == 0
    assert not (folder / "conflict.jsonl").read_bytes().count(b"\r")


def test_no_passage_of_a_source_stands_in_them(files: list[File]) -> None:
    assert [kind for kind in KINDS if re.search(r"\bexact\b", document(kind))] == []
