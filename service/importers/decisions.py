"""People's decisions on doubtful matters of a set: `decisions.yaml` next to its review, kept across imports."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import orjson
import yaml
from pydantic import Field, TypeAdapter

from service.errors import ServiceError
from service.importers.tables import Form, Word, require_table
from service.store.folders import set_folder
from service.store.notation.citations import SLUG
from service.store.seeds.sets import REVIEW

FILE = "decisions.yaml"
HEAD = (
    "# Decisions on lines of review.jsonl, by the slug of the line: `same` or `apart` for two encounters, `as-told`\n"
    "# to keep what a row says against other sources, `person SLUG` or `nobody` for a name. Imports apply them.\n"
    "# `row`: the row of the data that confirms the decision; `none` if only knowledge from elsewhere confirms it.\n"
)

NO_ROW = "none"
"""Value in place of the row that confirms a decision or a line of a table, if only knowledge from elsewhere does."""


_DECISION = f"^(same|apart|as-told|nobody|person {SLUG})$"


class Decision(Form):
    """Entry of decisions.yaml: what was decided, and the row of the data that confirms it."""

    decision: Annotated[str, Field(pattern=_DECISION)]
    note: Word | None = None
    row: Word


_FORM = TypeAdapter(Mapping[str, Decision])


class DecisionInvalid(ServiceError):
    """A decision is not one of those possible for the line."""

    code = "DECISION_INVALID"


class ReviewLineUnknown(ServiceError):
    """No line of the review has this slug."""

    code = "REVIEW_LINE_UNKNOWN"


@dataclass(frozen=True)
class ReviewLine:
    """Doubtful matter: reason, score from 0 to 1, facts and passages concerned, and possible decisions."""

    slug: str
    reason: str
    score: float
    facts: tuple[str, ...]
    texts: tuple[str, ...]
    answers: tuple[str, ...]

    def write(self) -> dict[str, Any]:
        """Return the line as it is in the file."""
        return {
            "slug": self.slug,
            "reason": self.reason,
            "score": round(self.score, 2),
            "facts": list(self.facts),
            "texts": list(self.texts),
            "answers": list(self.answers),
        }


def read_review(seeds: Path, name: str) -> Iterator[ReviewLine]:
    """Yield the lines of a set that wait for a decision."""
    path = set_folder(seeds, name) / REVIEW
    for line in path.read_bytes().splitlines() if path.exists() else ():
        given: dict[str, Any] = orjson.loads(line)
        lists = (tuple(given[name]) for name in ("facts", "texts", "answers"))
        yield ReviewLine(given["slug"], given["reason"], given["score"], *lists)


def read_unconfirmed(seeds: Path, name: str) -> frozenset[str]:
    """Return the slugs of the lines that were decided without a row of the data that confirms the decision."""
    return frozenset(slug for slug, given in _read(seeds, name).items() if given.row == NO_ROW)


def read_decisions(seeds: Path, name: str) -> dict[str, str]:
    """Return the decisions taken, by the slug of the line."""
    return {slug: given.decision for slug, given in _read(seeds, name).items()}


def find_line(seeds: Path, name: str, slug: str) -> ReviewLine:
    """Return a line by its slug; raise ReviewLineUnknown."""
    line = next((each for each in read_review(seeds, name) if each.slug == slug), None)
    if line is None:
        raise ReviewLineUnknown(f"The review of {name} has no line with the slug {slug!r}.")
    return line


def decide(seeds: Path, name: str, slug: str, decision: str, note: str | None = None, row: str | None = None) -> None:
    """Write a decision in addition to those taken before; `row`: the row that confirms it, if there is one.

    Raises ReviewLineUnknown, DecisionInvalid.
    """
    answers = find_line(seeds, name, slug).answers
    if decision.partition(" ")[0] not in answers or not re.match(_DECISION, decision):
        raise DecisionInvalid(f"{decision!r} is not an answer to {slug}; the answers are {', '.join(answers)}.")
    decided = {**_read(seeds, name), slug: Decision(decision=decision, note=note or None, row=row or NO_ROW)}
    lines = {key: given.model_dump(exclude_none=True) for key, given in sorted(decided.items())}
    written = yaml.safe_dump(lines, allow_unicode=True, sort_keys=False, width=140)
    (set_folder(seeds, name) / FILE).write_text(HEAD + written, encoding="utf-8")


def _read(seeds: Path, name: str) -> Mapping[str, Decision]:
    """Return the decisions of a set, if it has any; raise SeedsInvalid."""
    return require_table(seeds, name, FILE, _FORM) if (set_folder(seeds, name) / FILE).exists() else {}
