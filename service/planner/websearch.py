"""What somebody looks for, in the syntax of the web, as PostgreSQL's text search takes it; it asks nothing.

Words must all be there, "words in quotation marks" beside each other, -words not, and `or` stands between two of
such. A word is found in each of its forms, and in names with a slip; the last one is taken for a beginning.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from service.store.wording.lexemes import RUN, UNTOLD, WORD, joined, key, lexemes, plain, slips, spelt, whole

MOST_WORDS = 100
MOST_CHARACTERS = 10_000
TOKEN = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)(?P<end>"?)|(?P<chunk>[^\s"]+))')
QUOTATION_MARKS = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
OR = "or"
NOTHING = "'@'"
"""A lexeme that nothing has; an empty query would not narrow another."""


class Asked(NamedTuple):
    """Five queries of one text, each in the notation of a tsquery."""

    found: str
    """What is found at all."""
    hits: str
    """What is a hit in what was found."""
    forms: str
    """What is a hit without a slip, and not as a beginning only."""
    spelt: str
    """What has just this name, spelt so."""
    folded: str
    """What has just this name, however it is written."""


class TooMany(ValueError):
    """More words, or longer ones, than may be looked for."""


@dataclass(frozen=True)
class Term:
    """Words that stand together in what is asked."""

    words: tuple[str, ...]
    is_phrase: bool = False
    is_refused: bool = False
    is_begun: bool = False
    """Whether the last word is only the beginning of one."""

    def forms(self) -> list[list[str]]:
        """What each word may be found by without a slip."""
        return [[_quoted(form) for form in lexemes(word)] for word in self.words]

    def leaves(self) -> list[list[str]]:
        """What each word may be found by."""
        each = self.forms()
        if not (self.is_phrase or self.is_refused):
            each = [forms + _forgiven(word) for forms, word in zip(each, self.words, strict=True)]
        if self.is_begun:
            begun = [_quoted(spelt(self.words[-1])), _quoted(key(plain(self.words[-1])))]
            # ts_rank takes a word and the same as a beginning for one
            each[-1] = [leaf for leaf in each[-1] if leaf not in begun] + [f"{leaf}:*" for leaf in begun]
        return each

    def hits(self) -> list[list[str]]:
        """What is marked: of a phrase not the words that tell nothing, which stand in many places."""
        each = self.leaves()
        telling = [leaves for word, leaves in zip(self.words, each, strict=True) if word.casefold() not in UNTOLD]
        return telling if telling and self.is_phrase else each

    def query(self) -> str:
        each = self.leaves()
        if self.is_begun and not self.is_phrase:
            # no mark: it would lie on all words of the name
            each[-1].append(_quoted(RUN + key(plain(self.words[-1]))) + ":*")
        found = (" <-> " if self.is_phrase else " & ").join(f"({_any(leaves)})" for leaves in each)
        return f"!({found})" if self.is_refused else f"({found})"

    def telling(self) -> "Term":
        """Without the words that tell nothing."""
        if self.is_phrase or self.is_refused:
            return self
        return replace(self, words=tuple(word for word in self.words if word.casefold() not in UNTOLD))


def asked(text: str) -> Asked:
    """The queries of a text; of a blank one they find nothing. Raises TooMany."""
    if len(text) > MOST_CHARACTERS:
        raise TooMany
    branches = _branches(text)
    if sum(len(term.words) for terms in branches for term in terms) > MOST_WORDS:
        raise TooMany
    telling = [_telling(terms) for terms in branches]
    wanted = [term for terms in telling for term in terms if not term.is_refused]
    name = _name(branches)
    found = [" & ".join(term.query() for term in terms) for terms in telling]
    hits = [leaf for term in wanted for leaves in term.hits() for leaf in leaves]
    forms = [leaf for term in wanted for leaves in term.forms() for leaf in leaves]
    return Asked(_any([*found, *name]) or NOTHING, _any([*hits, *name]), _any(forms), *name[:2])


def _telling(terms: list[Term]) -> list[Term]:
    """Without the words that tell nothing, unless it is only they that are wanted."""
    told = _with_words(term.telling() for term in terms)
    return told if any(not term.is_refused for term in told) else terms


def _name(branches: list[list[Term]]) -> list[str]:
    """What has all the words for its name: spelt so, folded, with a slip; nothing where words are refused."""
    if len(branches) != 1 or any(term.is_refused for term in branches[0]):
        return ["", ""]
    words = [word for term in branches[0] for word in term.words]
    is_exact = any(term.is_phrase for term in branches[0])
    return [*map(_quoted, whole(words)), *(() if is_exact else map(_quoted, slips(joined(words))))]


def _branches(text: str) -> list[list[Term]]:
    """What stands between one `or` and the next."""
    text = unicodedata.normalize("NFC", text).translate(QUOTATION_MARKS).strip()
    found: list[list[Term]] = [[]]
    for token in TOKEN.finditer(text):
        minus, phrase, end, chunk = token.groups()
        if chunk and chunk.casefold() == OR and not minus:
            found.append([])
            continue
        words = tuple(word for word in WORD.findall(chunk or phrase) if plain(word))
        is_begun = token.end() == len(text) and not (end or minus)
        found[-1].append(Term(words, phrase is not None, bool(minus), is_begun))
    return [terms for terms in map(_with_words, found) if terms]


def _with_words(terms: Iterable[Term]) -> list[Term]:
    return [term for term in terms if term.words]


def _forgiven(word: str) -> list[str]:
    """What a word of a name is found by though it is several there, or has a slip."""
    folded = key(plain(word))
    return [] if word.casefold() in UNTOLD else [_quoted(form) for form in (RUN + folded, *slips(folded))]


def _any(queries: Iterable[str]) -> str:
    return " | ".join(dict.fromkeys(filter(None, queries)))


def _quoted(lexeme: str) -> str:
    """Lexemes hold letters, digits, spaces and our own marks only."""
    return f"'{lexeme}'"
