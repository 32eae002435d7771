"""Lists of people as written in the remarks; identifies nobody."""

import re
from dataclasses import dataclass, replace
from functools import cache

from service.importers.histstate.items import NAME, Item, Kind, leading_title, state_list
from service.importers.histstate.tables import Tables

_BODIES = r"NATO|UN|U\.N\.|EC|EU|Quartet"
_SEPARATOR = re.compile(r"(?:[,;&]|\s)*(?:(?:and|also|with)\b ?)*", re.IGNORECASE)
_STATES_OF = re.compile(
    r"(?:the |various )?(?:heads of state and government|leaders) of (?=(?:the )?[A-Z])", re.IGNORECASE
)
_POSTNOMINALS = re.compile(r", K\.C\.B\.?")
_GROUP = re.compile(
    r"(?!(?:while|during|after|at|in|as|for|from|to|who|on) )(?:[\w.’'-]+ ){0,7}?"
    r"(?:officials|leaders|personnel|members|representatives|troops|Marines|refugees|forces|family|Council|Presidency"
    r"|Ambassadors|partners|organizations|heads of state|Commission|missions|society|Congress|IMF"
    r"|Heads of State and Government)\b(?: (?:of|from|at|in) (?:the )?(?:[\w.’'-]+ ?){1,6}?(?=[,;.]| and |$))?"
)


@dataclass(frozen=True, slots=True)
class Listing:
    """Items with which a text begins, in order, and the text after them."""

    items: tuple[Item, ...]
    rest: str


def read_people(tables: Tables, text: str) -> Listing:
    """Return the people and states that a text lists at its beginning, and the rest of the text."""
    items: list[Item] = []
    position = 0
    text = _POSTNOMINALS.sub("", text)
    while position < len(text):
        start = _end_of(_SEPARATOR, text, position)
        if items and text[position:start].strip() == "":
            break
        found = _read_item(tables, text, start, items)
        if found is None:
            break
        new, position = found
        items += new
    return Listing(tuple(items), text[position:])


def _read_item(tables: Tables, text: str, start: int, before: list[Item]) -> tuple[list[Item], int] | None:
    """Return what one item at an offset says (a plural is several items), and where it ends."""
    readers = (_read_states, _read_titled, _read_office)
    for reader in readers:
        if found := reader(tables, text, start):
            return found
    if before and before[-1].kind is Kind.PERSON and (found := _read_bare(tables, text, start)):
        return found
    if match := _GROUP.match(text, start):
        return [Item(Kind.GROUP, match.group())], match.end()
    return None


def _read_states(tables: Tables, text: str, start: int) -> tuple[list[Item], int] | None:
    """Read "Heads of State and Government of Canada, France" or "the leaders of Angola, Algeria"."""
    match = _STATES_OF.match(text, start)
    if match is None:
        return None
    states, end = state_list(tables, text, match.end())
    return ([Item(Kind.STATE, state, state=state) for state in states], end) if states else None


@cache
def _titled_pattern(tables: Tables) -> re.Pattern[str]:
    adjective, title = tables.any_adjective, tables.any_title
    return re.compile(
        rf"(?:the )?(?P<former>former |Former )?(?:(?P<state>{adjective}) |(?P<body>{_BODIES}) )?(?P<title>{title})"
        rf"(?![\w])(?! and Government)"
    )


def _read_titled(tables: Tables, text: str, start: int) -> tuple[list[Item], int] | None:
    match = _titled_pattern(tables).match(text, start)
    if match is None:
        return None
    known, is_plural = tables.titles[match["title"]]
    item = Item(
        Kind.PERSON, match.group(), known.title, state=match["state"] or "", body=match["body"] or "",
        is_former=bool(match["former"]),
    )  # fmt: skip
    return (_read_plural if is_plural else _read_singular)(tables, text, match, item)


def _read_singular(tables: Tables, text: str, match: re.Match[str], item: Item) -> tuple[list[Item], int] | None:
    """Read a title with a name ("Soviet Premier Stalin", "President Hu of China") or a state ("the Amir of Kuwait")."""
    if tables.titles[item.title][0].is_alone:
        return [replace(item, words=_words(text, *match.span()), name=item.title)], match.end()
    if of := re.compile(r" of (?:the )?").match(text, match.end()):
        states, end = state_list(tables, text, of.end())
        words = _words(text, match.start(), end)
        return ([replace(item, words=words, state=states[0])], end) if len(states) == 1 else None
    more, rest = leading_title(tables, text[match.end() :].lstrip(", "))
    name = NAME.match(rest)
    if name is None:
        return None
    item = replace(item, title=f"{item.title} {more}".strip(), name=name.group().rstrip(","))
    return _with_state(tables, text, match.start(), len(text) - len(rest) + name.end(), item)


def _with_state(tables: Tables, text: str, start: int, end: int, item: Item) -> tuple[list[Item], int]:
    """Return the item with the state that follows its name: "of China", "(Canada)"."""
    following = re.compile(
        rf" of (?:the )?(?P<state>{tables.any_state})(?![\w’'-])| \((?P<in>{tables.any_state})\)"
    ).match(text, end)
    body = re.compile(r" of the (?P<body>European Commission)").match(text, end)
    if following:
        item, end = replace(item, state=following["state"] or following["in"]), following.end()
    elif body:
        item, end = replace(item, body=body["body"]), body.end()
    return [replace(item, words=_words(text, start, end))], end


def _read_plural(tables: Tables, text: str, match: re.Match[str], item: Item) -> tuple[list[Item], int] | None:
    """Read "The Presidents of Brazil, Egypt ..." or "Presidents Perez of Venezuela, Carazo of Costa Rica"."""
    second = re.compile(rf" and (?P<title>{tables.any_title})(?= of )").match(text, match.end())
    if of := re.compile(r" of (?=(?:the )?[A-Z])").match(text, (second or match).end()):
        offices = [item.title, *([tables.titles[second["title"]][0].title] if second else [])]
        states, end = state_list(tables, text, of.end())
        holders = [
            replace(item, words=f"{one} of {state}", title=one, state=state) for state in states for one in offices
        ]
        return (holders, end) if holders else None
    found: list[Item] = []
    position = match.end()
    while name := NAME.match(text, _end_of(_SEPARATOR, text, position)):
        if _titled_pattern(tables).match(text, name.start()):
            break
        named, position = _with_state(tables, text, *name.span(), replace(item, name=name.group()))
        found += named
    return (found, position) if found else None


def _read_office(tables: Tables, text: str, start: int) -> tuple[list[Item], int] | None:
    """Read holders of an office indicated only by an article: "the Emperor and Empress", "the President"."""
    title = tables.any_title
    match = re.compile(rf"the (?P<title>{title})(?: and (?P<second>{title})(?=[,;.]|$))?\b(?! of)").match(text, start)
    if match is None:
        return None
    words = filter(None, match.group("title", "second"))
    return [Item(Kind.PERSON, one, tables.titles[one][0].title) for one in words], match.end()


def _read_bare(tables: Tables, text: str, start: int) -> tuple[list[Item], int] | None:
    """Read a name without a title after a person ("Roosevelt and Churchill")."""
    name = NAME.match(text, start)
    if name is None or _GROUP.match(text, start):
        return None
    return _with_state(tables, text, start, name.end(), Item(Kind.PERSON, name.group(), name=name.group()))


def _end_of(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Return the end of a match of a pattern that may be empty."""
    match = pattern.match(text, start)
    return match.end() if match else start


def _words(text: str, start: int, end: int) -> str:
    return re.sub(r"^the ", "", text[start:end]).strip(" ,")
