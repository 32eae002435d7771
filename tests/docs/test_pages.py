"""Everything that the pages name exists: links, files, commands, targets, and the words of the schema."""

import re
from functools import cache

import pytest
from typer.main import get_command

from schema import schema
from service.cli import app
from service.settings import REPOSITORY, Settings, variable
from service.store.seeds import read
from tests.docs.codes import WARNINGS, codes, extensions, reasons
from tests.docs.pages import CODE, PAGES, Page

URL = re.compile(r"https?://\S+")
PATH = re.compile(r"(?<![\w/.-])\.?[a-z]+(?:/[\w.*-]+)+/?")
COMMAND = re.compile(r"\bgipfelbuch ([a-z]+)((?: --[a-z]+)*)")
TARGET = re.compile(r"^(?: {4}|.*`)make ([a-z]+)", re.MULTILINE)
WORD = re.compile(r"(?:[a-z]+\.)?([a-z]+(?:[A-Z][a-z]+)+|[A-Z]+(?:_[A-Z]+)*)")
WIDEST = 130
"""Characters in a line of prose."""
MOST_WORDS = 1_700
"""Maximum number of words of a page outside its blocks and tables."""
ON_THE_WEB = ("http://", "https://")

each_page = pytest.mark.parametrize(
    "page", [*PAGES, Page("seeds/README.md"), Page("CHANGELOG.md")], ids=lambda page: page.name
)


def without_addresses(page: Page) -> str:
    return URL.sub("", page.text)


@each_page
def test_links_lead_somewhere(page: Page) -> None:
    for link in page.links:
        if not link.startswith(ON_THE_WEB):
            name, _, anchor = link.partition("#")
            target = (page.path.parent / name).resolve() if name else page.path
            assert target.exists(), link
            assert not anchor or anchor in Page(str(target.relative_to(REPOSITORY))).anchors, link


@each_page
def test_files_that_are_named_are_there(page: Page) -> None:
    rooms = {path.name for path in REPOSITORY.iterdir() if path.is_dir()}
    made = {name for other in PAGES for name in other.files("yaml", "text")}
    for name in PATH.findall(without_addresses(page)):
        if name.split("/")[0] in rooms:
            assert name in made or list(REPOSITORY.glob(name)), name


@each_page
def test_commands_and_targets_that_are_named_are_there(page: Page) -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    for name, given in COMMAND.findall(without_addresses(page)):
        options = {option for each in commands[name].params for option in each.opts}
        assert set(given.split()) <= options, name
    targets = re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(TARGET.findall(page.text)) <= set(targets)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_words_of_the_contract_are_in_it(page: Page) -> None:
    """Words in code that are written like the schema's fields and values are such, or are properties or codes."""
    of_errors = codes() | reasons() | extensions() | WARNINGS
    properties = read(REPOSITORY / "seeds").properties.keys()
    known = names_in_the_schema() | of_errors | properties | set(map(variable, Settings.model_fields))
    words = {found[1] for each in CODE.findall(page.prose) if (found := WORD.fullmatch(each))}
    assert words - known == set()


@cache
def names_in_the_schema() -> set[str]:
    found: set[str] = set()
    for type_ in schema._schema.type_map.values():
        found |= {*getattr(type_, "fields", {}), *getattr(type_, "values", {})}
        for field in getattr(type_, "fields", {}).values():
            found |= {*getattr(field, "args", {})}
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_is_long(page: Page) -> None:
    lines = [line for line in page.prose.splitlines() if not line.startswith("|")]
    assert sum(len(line.split()) for line in lines) <= MOST_WORDS


@each_page
def test_no_line_is_wide(page: Page) -> None:
    """Lines that differ in a word can be compared; addresses, tables and pictures are as wide as they are."""
    lines = [re.sub(r"\]\([^)]*\)|https?://\S+", "]", line) for line in page.prose.splitlines()]
    assert [line for line in lines if len(line) > WIDEST and not line.startswith(("|", "![", "    "))] == []


def test_every_page_is_led_to_from_the_first() -> None:
    led = {link.partition("#")[0] for link in Page("README.md").links}
    assert {page.name for page in PAGES[1:]} <= led
