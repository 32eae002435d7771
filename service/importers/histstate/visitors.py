"""The field of a visit that names the visitors; identifies nobody."""

import re

from service.importers.histstate.items import Item, Kind, leading_title
from service.importers.histstate.tables import Tables


def read_visitors(tables: Tables, text: str) -> tuple[Item, ...]:
    """Return the people named in a visit's field of visitors: title and name; a text without a title is a name."""
    text = re.sub(r"^(Prime Minister)(?=[A-Z])", r"\1 ", text.replace("al- ", "al-"))
    # "Premier and Prince Sihanouk" is one person: a title alone names nobody
    parts = re.split(rf"(?<=[a-z]),? and (?=(?:{tables.any_title}) )|, (?=(?:{tables.any_title}) )", text)
    if any(part in tables.titles for part in parts):
        parts = [text]
    return tuple(_read_visitor(tables, part) for part in parts)


def _read_visitor(tables: Tables, words: str) -> Item:
    title, rest = leading_title(tables, words)
    return Item(Kind.PERSON, words, title, rest)
