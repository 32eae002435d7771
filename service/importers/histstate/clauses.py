"""Clauses of a row's remarks: the start, opening and address of each; what clauses say is read elsewhere."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.importers.histstate.rows import Row
from service.importers.histstate.table_forms import ClauseKind
from service.importers.histstate.tables import Phrase, Tables
from service.store.documents.sentences import sentences

_ABBREVIATED = re.compile(
    r"(?:\b(?:U\.?S|U\.N|D\.C|St|Ft|Mt|Gen|Jr|Sr|Md|Me|Va|Mass|Calif|Fla|Ill|Ky|Tex|Pa|Conn|Minn|Wis|Mich|Ala|Ia|Miss|Kans|Ga|La"
    r"|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|Hel)|\b[A-Z]|\b[A-Z]\.[A-Z]|\([A-Z]\w*)\Z"
)
"""End of a text after which a full stop does not end a sentence, including states in brackets: "(Okla.)"."""

_FULL_STOP = re.compile(r"[.;][\"”’)\]]*\s+|\s(?=\[)")
_JOINT = re.compile(
    r" (?=to discuss |to sign [^\d.;]+[.;]|in an exchange |in exchange |in ceremon(?:y|ies) |as part of a )"
    r"|\.?,? and (?:with )?|,\s+|\.?\s+(?=[A-Z(])"
)
"""Positions at which a clause may begin within a sentence."""

_TRAILING = re.compile(r"(?:(?<!Jr)(?<!U\.S)(?<!U\.N)(?<!D\.C)\.|[,;]|(?:^|[,;]? )and(?: in)?| with|\])+\Z")
"""Text between one clause and the next that belongs to neither."""

_BEFORE_ANY = re.compile(r"(?:\A|[.;,)\]”\"]\s*|\b(?:and|with) )\Z")
_OPENS_ANYWHERE = re.compile(r"\(|\[|to discuss |to sign |in (?:an )?exchange |in ceremon(?:y|ies) |as part of a ")
_UNPUNCTUATED = (ClauseKind.TRAVEL, ClauseKind.PRESENT)
"""Kinds of clause that may begin where the full stop is missing in the row."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Stretch of the remarks (`words`): the text matched by the phrase (`opening`) and the text after it (`body`).

    Without a phrase, it is not known what the clause says. `topic` is what was discussed, according to the phrase.
    """

    phrase: Phrase | None
    opening: str
    body: str
    words: str
    topic: str
    address: str


def split_clauses(tables: Tables, row: Row) -> Iterator[Clause]:
    """Yield the clauses of a row's remarks in order."""
    text = row.remarks
    openings = list(_openings(tables, text))
    for (start, match, phrase), end in zip(openings, [one[0] for one in openings[1:]] + [len(text)], strict=True):
        words = _TRAILING.sub("", text[start:end].strip())
        opening = match.group() if match else ""
        topic = (match.groupdict().get("topic") or "") if match else ""
        stop = start + len(text[start:end].rstrip())
        body = _TRAILING.sub("", text[start + len(opening) : stop].strip())
        yield Clause(phrase, opening, body, words, topic, _address(row, start, stop))


def _openings(tables: Tables, text: str) -> Iterator[tuple[int, re.Match[str] | None, Phrase | None]]:
    """Yield the start of each clause with its opening and phrase.

    A clause without a known opening begins after a full stop.
    """
    taken_until = 0
    for start, is_stop in _boundaries(text):
        if start < taken_until:
            continue
        match, phrase = _opening_at(tables, text, start, is_stop)
        if phrase is not None or is_stop:
            yield start, match, phrase
            taken_until = match.end() if match else start


def _boundaries(text: str) -> list[tuple[int, bool]]:
    """Return the offsets at which a clause may begin, with True after a full stop, where one must begin."""
    found = {0: True}
    for match in _FULL_STOP.finditer(text):
        is_stop = "." in match.group() and not _ABBREVIATED.search(text[: match.start()])
        found[match.end()] = found.get(match.end(), False) or is_stop or match.group().isspace()
    for match in _JOINT.finditer(text):
        found.setdefault(match.end(), False)
    return sorted((start, stop) for start, stop in found.items() if start < len(text))


def _opening_at(tables: Tables, text: str, start: int, is_stop: bool) -> tuple[re.Match[str] | None, Phrase | None]:
    may_be_any = _BEFORE_ANY.search(text[:start]) or _OPENS_ANYWHERE.match(text, start)
    for phrase in tables.phrases:
        if (may_be_any or phrase.reads in _UNPUNCTUATED) and (match := phrase.pattern.match(text, start)):
            return match, phrase
    if (is_stop or text[:start].endswith("; ")) and any(one.pattern.match(text, start) for one in tables.gatherings):
        return re.compile("").match(text, start), next(
            one for one in tables.phrases if one.reads is ClauseKind.ATTENDED
        )
    return None, None


def join_sentences(first: str, last: str) -> str:
    """Return the address of all sentences from those of one address to those of another, in one paragraph."""
    numbers = [int(number) for address in (first, last) for number in re.findall(r"\d+", address.partition("s")[2])]
    paragraph = first.partition("s")[0]
    if len(numbers) < 2 or last.partition("s")[0] != paragraph:
        return first
    low, high = min(numbers), max(numbers)
    return f"{paragraph}s{low}" if low == high else f"{paragraph}s{low}-{high}"


def _address(row: Row, start: int, end: int) -> str:
    """Return the sentences of the row's text that a stretch of its remarks touches."""
    label = len(f"{row.prose_field}: ")
    line = f"{row.prose_field}: {row.remarks}"
    numbers = [
        number
        for number, (first, last) in enumerate(sentences(line, 0, len(line)), 1)
        if first < label + end and label + start < last
    ]
    sentence = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"
    return f"p{row.prose_paragraph}s{sentence}"
