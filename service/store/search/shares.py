"""The shares in which texts are searched: of which types they are, and what else they have in common."""

import re
from collections.abc import Mapping
from typing import NamedTuple

CALLED = ("Country", "Organisation", "Person", "Place")
"""What goes by names that the sources give."""
NAMED = (*CALLED, "Agreement", "Summit", "Talks")
UNNAMED = ("Event", "Invitation", "Quote", "Source")
HIDDEN = ("Office", "Relationship")
"""What only filters look for."""
COLUMN = re.compile(r"\b(typename|prominence|slug|known_until)\b")


class Share(NamedTuple):
    """The texts of entries of some types, or of these a part."""

    typenames: tuple[str, ...]
    part: str = ""
    is_former: bool = False
    """Whether they are only those that held on some day in the past."""

    def condition(self, alias: str = "") -> str:
        """What they have in common, in the words of their index; `alias`: what stands before a column."""
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
"""What is found by words, in shares of which each has an index of its own, read one after the other until there is
enough: so a beginning that half of all texts have costs no more than a rare word. What goes by names comes first, of
these what is best known; of the rest a small part is as good as another. Texts that no longer hold are read by a look
back only.
"""
