"""Positions of sentences, words, quotation marks and spellings in running text; independent of documents.

Every position is a code point offset into the given text; ranges are half-open.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple


class Range(NamedTuple):
    """Stretch of text: `start` and `end` in code points, half-open."""

    start: int
    end: int


_LETTER = r"[\w\u0300-\u036f]"
_WORD = re.compile(rf"{_LETTER}+(?:(?:[-\u2010\u2011\u2013’']|\.-?|(?<=\d)[,:](?=\d)){_LETTER}+)*")
_LETTERS = re.compile(rf"{_LETTER}+")
_STOP = re.compile(r"[.!?…]+(?P<close>[\"'“”‘’»«›‹)\]]*)(?=\s|\Z)")
_LAYOUT = re.compile(r"\s*(?:[•‣▪◦·*\-–—]+\s+)*")
_BREAK = re.compile(r"\r\n?|\n")
_OPENING = " \t\r\n\u00a0\"'„“”«»‚‘‹›([•‣▪◦·*-–—"
_MARK = re.compile('[„“”«»‚‘‹›"]')
_CLOSED_BY = {"„": '“”"', "“": "”", "«": "»", "»": "«", "‚": "‘", "‹": "›", "›": "‹", '"': '"'}
# A hyphen makes a compound of its neighbours: "US-Nordkorea-Gipfel" does not print the name "Nordkorea".
_JOINT = r"[-\u2010\u2011\u2013]"
_GAP = r"(?:[^\S\r\n]+|[^\S\r\n]*(?:\r\n?|\n)[^\S\r\n]*)"
_BEFORE = re.compile(r"[^\s(\[\"„“«»‚‘]*\Z")
_ORDINAL = re.compile(r"[0-9]{1,3}(?:\.?[/–-][0-9]{1,3})*|[IVX]+")
_INITIALS = re.compile(r"\w(?:\.\w)*")
_ABBREVIATION = re.compile(
    "abb|abs|adm|allg|approx|betr|bspw|bzgl|bzw|ca|capt|chr|cmdr|co|col|corp|dept|dipl|dr|ebd|engl|"
    "etc|etw|evtl|ff|fr|frz|geb|gem|gen|ggf|gov|hr|hrsg|inc|ing|inkl|insb|jh|jr|lt|ltd|messrs|mio|mr|mrd|mrs|ms|mt|orig|pres|prof|"
    "rep|resp|rev|russ|sen|sgt|sog|sr|st|stv|univ|usw|vgl|vs|zit|zzgl",
    re.IGNORECASE,
)
_BEFORE_NUMBER = re.compile(
    "apr|art|aug|dec|dez|feb|fig|jan|jul|jun|mar|max|min|mind|no|nov|nr|oct|okt|par|sep|sept|tel|vol",
    re.IGNORECASE,
)


def trim(text: str, start: int, end: int) -> Range:
    """Return the range without surrounding white space and without a leading bullet or dash."""
    inner = _strip(text, start, end)
    layout = _LAYOUT.match(text, *inner)
    return Range(layout.end(), inner.end) if layout and layout.end() < inner.end else inner


def sentences(text: str, start: int, end: int) -> Iterator[Range]:
    """Yield the sentences between two offsets; a line break is a space, but a blank line or a bullet ends one."""
    for block in _blocks(text, start, end):
        cut = block.start
        for stop in _STOP.finditer(text, block.start, block.end):
            if _ends_a_sentence(text, stop, block.end):
                yield trim(text, cut, stop.end())
                cut = stop.end()
        if text[cut : block.end].strip():
            yield trim(text, cut, block.end)


def words(text: str, start: int, end: int) -> list[Range]:
    """Return the words between two offsets: hyphens and apostrophes join, all other punctuation is excluded."""
    return [Range(*match.span()) for match in _WORD.finditer(text, start, end)]


def quotation_marks(text: str) -> tuple[list[Range], list[int]]:
    """Return the contents of each pair of quotation marks, in order, and the offsets of marks without a partner.

    Single English marks are ignored, as they are also apostrophes. No quotation extends over a blank line.
    """
    inside: list[Range] = []
    unpaired: list[int] = []
    for block in _blocks(text, 0, len(text)):
        opened: list[int] = []
        for mark in _MARK.finditer(text, *block):
            at, depth = mark.start(), _opening_depth(text, mark.start(), opened)
            if depth is not None:
                inside.append(_strip(text, opened[depth] + 1, at))
                unpaired += opened[depth + 1 :]
                del opened[depth:]
            elif mark.group() in _CLOSED_BY and (mark.group() != '"' or _is_opening(text, at)):
                opened.append(at)
            elif mark.group() != "‘":
                unpaired.append(at)
        unpaired += opened
    return sorted(inside), sorted(unpaired)


def spellings(text: str, name: str) -> list[Range]:
    """Return the occurrences of exactly these words as whole words; a line break between them counts as a space.

    Raises ValueError if there is nothing to look for.
    """
    return [Range(*one.span()) for one in _pattern(name).finditer(text)]


def letter_runs(text: str) -> list[str]:
    """Return runs of letters and digits. All runs of a spelling are among those of a text that contains it."""
    return _LETTERS.findall(text)


@lru_cache(maxsize=4_096)
def _pattern(name: str) -> re.Pattern[str]:
    parts = name.split()
    if not parts:
        raise ValueError("there are no words to search for")
    before = rf"(?<!{_LETTER})(?<!{_JOINT})" if re.match(_LETTER, parts[0]) else ""
    after = rf"(?!{_LETTER}|{_JOINT})" if re.match(_LETTER, parts[-1][-1]) else ""
    return re.compile(before + _GAP.join(map(re.escape, parts)) + after)


def _strip(text: str, start: int, end: int) -> Range:
    while start < end and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return Range(start, end)


def _opening_depth(text: str, at: int, opened: list[int]) -> int | None:
    """Return which of the open marks this one closes, if any."""
    if text[at] == '"' and _is_opening(text, at):
        return None
    return next((n for n in reversed(range(len(opened))) if text[at] in _CLOSED_BY[text[opened[n]]]), None)


def _is_opening(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return not after.isspace() and (not before or before.isspace() or before in "([/„«‚‹–—-:")


def _blocks(text: str, start: int, end: int) -> Iterator[Range]:
    cut = start
    for gap in re.finditer(r"\s*[\r\n]\s*", text[start:end]):
        after = start + gap.end()
        if len(_BREAK.findall(gap.group())) > 1 or _is_bullet(text, after, end):
            yield Range(cut, start + gap.start())
            cut = after
    yield Range(cut, end)


def _is_bullet(text: str, start: int, end: int) -> bool:
    layout = _LAYOUT.match(text, start, end)
    return layout is not None and start < layout.end() < end and not text[layout.end()].islower()


def _ends_a_sentence(text: str, stop: re.Match[str], end: int) -> bool:
    following = text[stop.end() : end].lstrip(_OPENING)[:1]
    if following.islower():
        return False
    if stop.group()[0] != "." or stop.group("close").strip(")]"):
        return True
    before = _BEFORE.search(text, max(0, stop.start() - 40), stop.start())
    return before is None or not _is_cut_short(before.group(), following)


def _is_cut_short(token: str, following: str) -> bool:
    """Return whether the full stop after this token marks an ordinal, an initial or an abbreviation."""
    if _ORDINAL.fullmatch(token) or _INITIALS.fullmatch(token):
        return True
    last = token.rpartition("-")[2]
    if "." in last and _INITIALS.fullmatch(last):
        return True
    if following.isdigit() and _BEFORE_NUMBER.fullmatch(last):
        return True
    return _ABBREVIATION.fullmatch(last) is not None
