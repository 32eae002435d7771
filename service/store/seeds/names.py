"""The names of actors, places and meetings as the seeds write them."""

import re
from collections.abc import Iterator

from service.store.record.record import Name
from service.store.seeds.entry import Entry
from service.store.seeds.files import Keyed, Listed, Node, Scalar
from service.store.seeds.passages import Passages
from service.store.seeds.values import LANGUAGE
from service.store.terms import NameKind


def read_names(entry: Entry, passages: Passages) -> tuple[Name, ...]:
    """The names of an entry in the order of the lines; one at least is COMMON."""
    node = entry.node.get("names")
    if not isinstance(node, Keyed):
        entry.fault("names are missing: texts by language by kind")
        return ()
    found: dict[tuple[str, str, str], Name] = {}
    for text, language, kind in _spellings(entry, node):
        if (text, language, kind) in found:
            entry.fault(f"{text} stands there twice in {language}", "names")
        else:
            found[text, language, kind] = Name(text, language, kind, passages.occurrences(text))
    if not any(name.kind == NameKind.COMMON.value for name in found.values()):
        entry.fault("a COMMON name is missing", "names")
    return tuple(found.values())


def _spellings(entry: Entry, node: Keyed) -> Iterator[tuple[str, str, str]]:
    for kind, by_language in node.entries:
        if kind.text not in NameKind.__members__ or kind.text is None:
            entry.at(kind.mark, f"names: {kind.text!r} is none of {', '.join(NameKind.__members__)}")
        elif not isinstance(by_language, Keyed):
            entry.at(by_language.mark, f"names: {kind.text} is texts by language")
        else:
            for language, texts in by_language.entries:
                if language.text is None or not LANGUAGE.fullmatch(language.text):
                    entry.at(language.mark, f"names: {language.text!r} is not a language tag")
                    continue
                for text in _texts(entry, kind.text, texts):
                    yield text, language.text, kind.text


def _texts(entry: Entry, kind: str, node: Node) -> Iterator[str]:
    if kind == NameKind.COMMON.value and isinstance(node, Listed):
        entry.at(node.mark, "names: COMMON has one name for each language, the one that is shown")
    for item in node.items if isinstance(node, Listed) else (node,):
        text = item.text if isinstance(item, Scalar) else None
        if text is None or re.search(r"[|\r\n]|^\s|\s$", text):
            entry.at(item.mark, "names: a name is a plain text")
        else:
            yield text
