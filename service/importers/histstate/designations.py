"""What a row calls somebody beside his name, in its own words; it knows nobody."""

import re

from service.importers.histstate.readings import Mention
from service.importers.histstate.tables import alternatives, slips, titles


def designation_of(mention: Mention, remarks: str, known_as: str = "") -> str:
    """The words before a name, without the state; with the body or "former", which say of what office they are.

    Empty where the row prints none: what tells the reader of somebody's office may be another row. Of "Presidents Perez
    of Venezuela, Carazo of Costa Rica" it is the singular. An honorific with which the name begins by which somebody is
    known (`known_as`) is no title of his.
    """
    words, name = _without_slips(mention.words), _without_slips(mention.name)
    if not (name and mention.title):
        return ""
    if words.startswith(name):
        is_title = mention.title == name or _is_printed_in_plural(mention.title, words, remarks)
        return mention.title if is_title else ""
    if mention.state is None and f"{name} of the " in words:
        # the body that he acts for stands behind his name
        return words
    before = words.partition(name)[0].strip(" ,")
    called = before if mention.is_former else re.sub(rf"^(?:{_adjectives()}) ", "", before)
    rest, _, last = called.rpartition(" ")
    is_of_name = last in titles() and titles()[last][0].is_prefix and known_as.startswith(f"{last} ")
    return rest if is_of_name else called


def _without_slips(words: str) -> str:
    for written, meant in slips().items():
        words = re.sub(rf"\b{re.escape(written)}(?=\b|[A-Z])", meant, words)
    return words


def _is_printed_in_plural(title: str, name: str, remarks: str) -> bool:
    plurals = [words for words, (known, is_plural) in titles().items() if is_plural and known.title == title]
    return any(re.search(rf"\b{plural} (?=[A-Z])[^.;]*?{re.escape(name)}", remarks) for plural in plurals)


def _adjectives() -> str:
    """What stands for a state before a title; a body that stands for one is no adjective ("PLO Chairman")."""
    return "|".join(one for one in alternatives("adjective").split("|") if not one.isupper())
