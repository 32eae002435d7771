"""What a row calls a person in addition to his name, in its own words; identifies nobody."""

import re

from service.importers.histstate.readings import Mention
from service.importers.histstate.tables import Tables


def designation_of(tables: Tables, mention: Mention, remarks: str, known_as: str = "") -> str:
    """Return the words before a name, without the state; with the body or "former", which say which office they mean.

    Empty if the row prints none: the reader may know the person's office from another row. For "Presidents Perez of
    Venezuela, Carazo of Costa Rica" the result is the singular. An honorific that begins the name by which a person is
    known (`known_as`) is not a title of his.
    """
    words, name = _without_slips(tables, mention.words), _without_slips(tables, mention.name)
    if not (name and mention.title):
        return ""
    if words.startswith(name):
        is_title = mention.title == name or _is_printed_in_plural(tables, mention.title, words, remarks)
        return mention.title if is_title else ""
    if mention.state is None and f"{name} of the " in words:
        # the body for which he acts follows his name
        return words
    before = words.partition(name)[0].strip(" ,")
    called = before if mention.is_former else re.sub(rf"^(?:{_adjectives(tables)}) ", "", before)
    rest, _, last = called.rpartition(" ")
    is_of_name = last in tables.titles and tables.titles[last][0].is_prefix and known_as.startswith(f"{last} ")
    return rest if is_of_name else called


def _without_slips(tables: Tables, words: str) -> str:
    for written, meant in tables.slips.items():
        words = re.sub(rf"\b{re.escape(written)}(?=\b|[A-Z])", meant, words)
    return words


def _is_printed_in_plural(tables: Tables, title: str, name: str, remarks: str) -> bool:
    plurals = [words for words, (known, is_plural) in tables.titles.items() if is_plural and known.title == title]
    return any(re.search(rf"\b{plural} (?=[A-Z])[^.;]*?{re.escape(name)}", remarks) for plural in plurals)


def _adjectives(tables: Tables) -> str:
    """Return a pattern of words for a state before a title; except bodies, which are no adjectives ("PLO Chairman")."""
    return "|".join(one for one in tables.any_adjective.split("|") if not one.isupper())
