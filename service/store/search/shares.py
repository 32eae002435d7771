"""The shares in which texts are searched, defined by entry types and other common properties."""

import re
from collections.abc import Mapping
from typing import NamedTuple

CALLED = ("Country", "Organisation", "Person", "Place")
"""Types of entries that are found by the names that sources give them."""
NAMED = (*CALLED, "Agreement", "Summit", "Talks")
UNNAMED = ("Event", "Invitation", "Quote", "Source")
HIDDEN = ("Office", "Relationship")
"""Types that only filters look for."""
COLUMN = re.compile(r"\b(typename|prominence|slug|known_until)\b")


class Share(NamedTuple):
    """The texts of entries of some types, or a part of them."""

    typenames: tuple[str, ...]
    part: str = ""
    is_former: bool = False
    """Whether these are only texts that were valid on some day in the past."""

    def condition(self, alias: str = "") -> str:
        """Return the condition of the share's index; `alias` is the prefix of a column."""
        types = ", ".join(f"'{typename}'" for typename in self.typenames)
        return COLUMN.sub(rf"{alias}\1", f"typename IN ({types})" + (f" AND {self.part}" if self.part else ""))


HOLDS = "known_until = 'infinity'"
SHARES: Mapping[str, Share] = {
    "famous": Share(CALLED, f"prominence >= 0.88 AND {HOLDS}"),
    "known": Share(CALLED, f"prominence >= 0.82 AND prominence < 0.88 AND {HOLDS}"),
    "meeting": Share(("Agreement", "Summit", "Talks")),
    "called": Share(CALLED, f"prominence < 0.82 AND {HOLDS}"),
    "former": Share(CALLED, "known_until < 'infinity'", is_former=True),
    "few": Share(UNNAMED, "md5(slug) < '04'"),
    "some": Share(UNNAMED, "md5(slug) >= '04' AND md5(slug) < '20'"),
    "other": Share(("Event", "Invitation", "Source"), "md5(slug) >= '20'"),
    "quote": Share(("Quote",), "md5(slug) >= '20'"),
    "hidden": Share(HIDDEN),
}
"""Shares of what is found by words.

Each share has an index of its own, and they are read one after the other until there is enough. A prefix that half of
all texts have therefore costs no more than a rare word. Entries with names come first, the best known of them at the
beginning. Of the rest, a small part is as good as another. Texts that are no longer valid are read only when looking
back.
"""
