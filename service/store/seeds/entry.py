"""One entry of a seed file: its fields read by what they should be, every mistake told with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from service.store.record.record import Texts
from service.store.seeds.citations import SLUG
from service.store.seeds.files import Keyed, Listed, Mark, Node, Problems, Scalar
from service.store.seeds.values import LANGUAGE, Index, Kind, fault

_SLUG = re.compile(SLUG)
_PAIR = re.compile(f"{SLUG}--{SLUG}")

AnyNode = TypeVar("AnyNode", Scalar, Listed, Keyed)


@dataclass(frozen=True)
class Entry:
    """A slug with its fields; the mistakes found go to `problems`."""

    slug: str
    mark: Mark
    node: Keyed
    problems: Problems

    def fault(self, reason: str, name: str | None = None) -> None:
        """Tell a mistake at a field's line, or at the entry's own."""
        key = next((key for key, _ in self.node.entries if key.text == name), None) if name else None
        self.at(key.mark if key else self.mark, f"{name}: {reason}" if name else reason)

    def at(self, mark: Mark, reason: str) -> None:
        """Tell a mistake at a line."""
        self.problems.add(mark, f"{self.slug}: {reason}")

    def only(self, *names: str) -> None:
        """Tell every field that is none of these."""
        for key, _ in self.node.entries:
            if key.text not in names:
                self.at(key.mark, f"unknown field {key.text}")

    def has(self, name: str) -> bool:
        """Whether a field is written, and not as null."""
        node = self.node.get(name)
        return node is not None and not (isinstance(node, Scalar) and node.text is None)

    def text(self, name: str, *, is_needed: bool = False) -> str | None:
        """The text of a field that is written plain; None for none."""
        node = self._field(name, Scalar, "a plain value")
        if is_needed and not self.has(name):
            self.fault(f"{name} is missing")
        return node.text if node else None

    def value(self, name: str, kind: Kind, index: Index, *, is_needed: bool = False) -> str | None:
        """The text of a field; told if it is no value of its kind."""
        text = self.text(name, is_needed=is_needed)
        if text is not None and (wrong := fault(text, kind, index)):
            self.fault(wrong, name)
        return text

    def matched(self, name: str, pattern: str, *, is_needed: bool = False) -> str | None:
        """The text of a field if it matches a pattern in full."""
        text = self.text(name, is_needed=is_needed)
        if text is not None and not re.fullmatch(pattern, text):
            self.fault(f"{text!r} does not match {pattern}", name)
            return None
        return text

    def slugs(self, name: str, kind: Kind, index: Index) -> tuple[str, ...]:
        """The values of a field that is a list of slugs, each once."""
        node = self._field(name, Listed, "a list of slugs")
        found: list[str] = []
        for item in node.items if node else ():
            text = item.text if isinstance(item, Scalar) else None
            wrong = "a slug is plain text" if text is None else fault(text, kind, index)
            if text in found:
                wrong = f"{text} stands there twice"
            if text is None or wrong:
                self.at(item.mark, f"{name}: {wrong}")
            else:
                found.append(text)
        return tuple(found)

    def texts(self, name: str) -> Texts | None:
        """The texts by language of a field; None for none."""
        node = self._field(name, Keyed, "texts by language")
        return self.texts_in(node, name) if node else None

    def texts_in(self, node: Keyed, name: str) -> Texts:
        """The texts by language that a mapping holds."""
        found: dict[str, str] = {}
        for key, value in node.entries:
            if key.text is None or not LANGUAGE.fullmatch(key.text):
                self.at(key.mark, f"{name}: {key.text!r} is not a language tag")
            elif not isinstance(value, Scalar) or value.text is None:
                self.at(value.mark, f"{name}: {key.text} must be a plain text")
            else:
                found[key.text] = value.text
        return found

    def _field(self, name: str, wanted: type[AnyNode], what: str) -> AnyNode | None:
        node = self.node.get(name)
        if node is None or not self.has(name):
            return None
        if not isinstance(node, wanted):
            self.fault(f"{what} is expected here", name)
            return None
        return node


def entries(file: Keyed, problems: Problems, *, of_pairs: bool = False) -> Iterator[Entry]:
    """The entries of a file whose slugs are well formed; those of relationships are `a--b`."""
    pattern = _PAIR if of_pairs else _SLUG
    for key, node in file.entries:
        if key.text is None or not pattern.fullmatch(key.text):
            form = "two slugs joined by --" if of_pairs else "lower case ASCII letters and digits with hyphens"
            problems.add(key.mark, f"{key.text!r} is no slug: {form}")
        elif not isinstance(node, Keyed):
            problems.add(key.mark, f"{key.text}: it must be a mapping of its fields")
        else:
            yield Entry(key.text, key.mark, node, problems)


def plain_text(node: Node | None) -> str | None:
    """The text of a node that is a scalar."""
    return node.text if isinstance(node, Scalar) else None
