"""A search in the usual syntax of the web, translated into PostgreSQL text search queries. It runs no queries.

"Words in quotation marks" must be next to each other, -words must not occur, and `or` separates two alternatives. A
word is found in each of its forms, and in names with a slip; the last word is taken as a prefix. A day in figures is
one word: its day, month and year must be next to each other.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from service.store.search.analysers import is_stop_word, lexemes, parts, senses
from service.store.search.folding import WIKIDATA_ID, WORD, exact_form, join_latin, key, to_latin
from service.store.search.lexemes import (
    FIRST_LETTERS,
    JOINED,
    MEANING,
    forms_in_other_letters,
    lexemes_a_slip_apart,
    whole_name,
    words_beginning,
)

MOST_WORDS = 100
MOST_CHARACTERS = 10_000
MOST_FORGIVEN = 16
"""With more words than this no slip is forgiven: each word takes four times as many lexemes as it has letters."""
DAY = r"(?<!\w)(?:[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}\.\s?[0-9]{1,2}\.\s?[0-9]{4})(?!\w)"
"""A day in figures, year first or day first; that it exists is not checked, because no text has one that does not."""
TOKEN = re.compile(
    rf'(?P<minus>(?:(?<!\d)-)?)(?:"(?P<phrase>[^"]*)(?P<end>"?)|(?P<day>{DAY})|(?P<chunk>(?:(?!{DAY})[^\s"])+))'
)
QUOTATION_MARKS = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
OR = "or"
NOTHING = "'@'"
"""A lexeme that nothing has; an empty query would not narrow another query."""


class SearchQueries(NamedTuple):
    """The queries of one search text, each in tsquery notation."""

    all_words: str
    """Matches everything that is searched for."""
    hits: str
    """Matches what is highlighted in a result."""
    forms: str
    """Matches hits without a slip, and not merely as a prefix."""
    spelt: str
    """Matches exactly this name, spelt this way."""
    folded: str
    """Matches exactly this name, title or wording, in any spelling and in any order of its words."""
    called: str
    """Matches all the words in names, or in a row."""
    any_word: str
    """Matches some of the words; matches nothing where that would be no different."""
    typed: str
    """Matches one of the words as typed."""
    words: tuple[str, ...]
    """A query for each of the words. A phrase counts as one, and so do alternatives with `or`."""
    spelt_words: tuple[str, ...]
    """The same without slips."""

    def as_array(self) -> list[str]:
        """Return the queries in the order of the fields, those of each word last, first with slips and then without."""
        return [*self.as_marks(), *self.spelt_words]

    def as_marks(self) -> list[str]:
        """Return the queries as `search_matched` takes them."""
        return [*self[:-2], *self.words]


class TooManyWords(ValueError):
    """More words, or longer ones, than may be searched for."""


@dataclass(frozen=True)
class Term:
    """Words that belong together in a search."""

    words: tuple[str, ...]
    is_phrase: bool = False
    is_day: bool = False
    """Whether the words are year, month and day, which must be next to each other."""
    is_refused: bool = False
    is_begun: bool = False
    """Whether the last word is only the beginning of a word."""
    is_forgiven: bool = True
    """Whether a slip is forgiven."""

    def forms(self) -> list[list[str]]:
        """Return what each word may be found by without a slip; in a phrase, without its meaning in other languages."""
        each = [[form for form in lexemes(word) if not (self.is_phrase and form[0] == MEANING)] for word in self.words]
        return [list(map(_quote, forms)) for forms in each]

    def forms_in_any_letters(self) -> list[list[str]]:
        """Return the same, with the word's forms in texts in Hangul, or in Latin letters if the word is in Hangul."""
        others = [() if is_stop_word(word) else forms_in_other_letters(word, lexemes(word)) for word in self.words]
        return [[*forms, *map(_quote, more)] for forms, more in zip(self.forms(), others, strict=True)]

    def leaves(self, *, looked_up: bool = False) -> list[list[str]]:
        """Return what each word may be found by; `looked_up`: by lexemes that find texts but highlight nothing."""
        each = self.forms_in_any_letters()
        if not (self.is_phrase or self.is_refused):
            each = [forms + self._forgiving_lexemes(word) for forms, word in zip(each, self.words, strict=True)]
        if self.is_begun:
            begun = [exact_form(self.words[-1]), *self._folded_beginning()]
            # ts_rank treats a word and the same word as a prefix as one
            whole = [leaf for leaf in each[-1] if leaf not in map(_quote, begun)]
            each[-1] = whole + [leaf for lexeme in begun for leaf in _begin(lexeme, looked_up)]
        return each

    def typed_lexemes(self) -> list[str]:
        """Return each word as it is typed."""
        each = [_quote(exact_form(word)) for word in self.words]
        return [*each[:-1], each[-1] + ":*"] if self.is_begun else each

    def hits(self) -> list[list[str]]:
        """Return what is highlighted; for a phrase this excludes stop words, which occur in many places."""
        each = self.leaves()
        telling = [leaves for word, leaves in zip(self.words, each, strict=True) if not is_stop_word(word)]
        marked = telling if telling and self.is_phrase else each
        return marked if self.is_phrase else [*marked, *(list(map(_quote, each)) for each in self._parts())]

    def query(self, *, looked_up: bool = False) -> str:
        """Return the query for the term; `looked_up`: the same in the form that is found fastest."""
        if self.is_day:
            return self._day_query()
        looked_up = looked_up and not self.is_phrase
        each = self.leaves(looked_up=looked_up)
        if not self.is_phrase:
            each = [[*leaves, *_all_parts(parts(word))] for leaves, word in zip(each, self.words, strict=True)]
        if self.is_begun and not self.is_phrase:
            # not highlighted: this would cover all words of the name
            each[-1] += [leaf for folded in self._folded_beginning() for leaf in _begin(JOINED + folded, looked_up)]
        query = (" <-> " if self.is_phrase else " & ").join(f"({_any_of(leaves)})" for leaves in each)
        return f"!({query})" if self.is_refused else f"({query})"

    def name_query(self, *, takes_beginnings: bool) -> str:
        """Return the query for the words in names, without slips; as prefixes only if these are taken, or short.

        A short prefix counts only in the letters in which it is typed: Wye is the beginning of no Vietnam.
        """
        each = [
            [*forms, _quote(JOINED + key(word))]
            for forms, word in zip(self.forms_in_any_letters(), self.words, strict=True)
        ]
        last = self.words[-1]
        if self.is_begun and (takes_beginnings or len(last) <= FIRST_LETTERS):
            is_alike = takes_beginnings or key(last) == to_latin(last)
            folded = [mark + each for each in self._folded_beginning() if is_alike for mark in ("", JOINED)]
            each[-1] += [f"{_quote(lexeme)}:*" for lexeme in (exact_form(last), *folded)]
        return " & ".join(f"({_any_of(map(_in_names, leaves))})" for leaves in each)

    def without_stop_words(self) -> "Term":
        if self.is_phrase or self.is_refused:
            return self
        return replace(self, words=tuple(word for word in self.words if not is_stop_word(word)))

    def _day_query(self) -> str:
        # only year first, as entries give their days: day first, 2018-06-10/2018-06-13 would also be 6 October 2018
        words = self.words if len(self.words[0]) == 4 else self.words[::-1]
        query = " <-> ".join(_quote(str(int(word))) for word in words)
        return f"!({query})" if self.is_refused else f"({query})"

    def _folded_beginning(self) -> list[str]:
        """Return the last word's folded prefix; none if it ends in a doubled letter: Bonn does not begin Bongo."""
        latin = to_latin(self.words[-1])
        return [] if latin[-2:-1] == latin[-1:] else [key(self.words[-1])]

    def _forgiving_lexemes(self, word: str) -> list[str]:
        """Return what a word of a name is found by if it is several words there, or has a slip."""
        if is_stop_word(word):
            return []
        slips = lexemes_a_slip_apart(to_latin(word)) if self.is_forgiven else ()
        return [_quote(form) for form in (JOINED + key(word), *slips)]

    def _parts(self) -> list[tuple[str, ...]]:
        return [each for word in self.words for each in parts(word)]


def parse_search(text: str, *, is_forgiving: bool = True) -> SearchQueries:
    """Return the queries of a text; those of a blank text find nothing. Raises TooManyWords.

    `is_forgiving`: whether a slip is forgiven, as long as there are not too many words.
    """
    if len(text) > MOST_CHARACTERS:
        raise TooManyWords
    branches = _alternatives(text)
    words_given = sum(len(term.words) for terms in branches for term in terms)
    if words_given > MOST_WORDS:
        raise TooManyWords
    if not is_forgiving or words_given > MOST_FORGIVEN:
        branches = [[replace(term, is_forgiven=False) for term in terms] for terms in branches]
    return _queries(branches)


def refuses_words(text: str) -> bool:
    """Return whether a text refuses a word or a phrase."""
    return any(term.is_refused for terms in _alternatives(text) for term in terms)


def _queries(branches: list[list[Term]]) -> SearchQueries:
    telling = [_without_stop_words(terms) for terms in branches]
    wanted = [term for terms in telling for term in terms if not term.is_refused]
    exact, *folded = _whole_name_lexemes(branches)
    alternatives = [" & ".join(term.query(looked_up=True) for term in terms) for terms in telling]
    whole = [exact, *folded, *_name_slips(branches)]
    all_words = _any_of([*alternatives, *whole]) or NOTHING
    # partial matches must have their words without a slip: searching many texts for all slips takes long
    strict = [[replace(term, is_forgiven=False) for term in terms] for terms in telling]
    hits = [leaf for term in wanted for leaves in term.hits() for leaf in leaves]
    forms = [leaf for term in wanted for leaves in term.forms() for leaf in leaves]
    typed = [leaf for term in wanted for leaf in term.typed_lexemes()]
    return SearchQueries(
        all_words=all_words,
        hits=_any_of([*hits, *whole]),
        forms=_any_of(forms),
        spelt=exact,
        folded=_any_of(folded),
        called=_name_query(branches[0], telling[0]) if len(branches) == 1 else NOTHING,
        any_word=_any_word(strict[0]) if len(telling) == 1 and len(wanted) > 1 else NOTHING,
        typed=_any_of(typed) or NOTHING,
        words=_each_word(telling, whole),
        spelt_words=_each_word(strict, whole),
    )


def _each_word(telling: list[list[Term]], whole: list[str]) -> tuple[str, ...]:
    """Return a query for each of the words; for alternatives, one that matches either."""
    if len(telling) == 1 and (words := tuple(term.query() for term in telling[0] if not term.is_refused)):
        return words
    either = [" & ".join(term.query() for term in terms) for terms in telling]
    return (_any_of([*either, *whole]) or NOTHING,)


def _name_query(terms: list[Term], telling: list[Term]) -> str:
    """Return the query for all the words in names, or next to each other in the given order."""
    row = Term(tuple(word for term in terms for word in term.words), is_phrase=True)
    if any(term.is_refused for term in terms):
        return NOTHING
    # one word that begins a name is often another name: Chad is not Chadli, nor Niger Nigeria
    is_row = len(row.words) > 1
    in_names = " & ".join(term.name_query(takes_beginnings=is_row) for term in telling)
    return _any_of([in_names, row.query() if is_row else ""])


def _any_word(terms: list[Term]) -> str:
    """Return the query for at least one of the words, and none that is refused."""
    refused = [term.query(looked_up=True) for term in terms if term.is_refused]
    return " & ".join([f"({_any_of(term.query(looked_up=True) for term in terms if not term.is_refused)})", *refused])


def _without_stop_words(terms: list[Term]) -> list[Term]:
    """Return the terms without stop words, unless only stop words are wanted."""
    without = _drop_empty(term.without_stop_words() for term in terms)
    return without if any(not term.is_refused for term in without) else terms


def _whole_name_lexemes(branches: list[list[Term]]) -> list[str]:
    """Return lexemes of the words as a whole name: as spelt, folded, and by meaning; empty if words are refused."""
    if len(branches) != 1 or any(term.is_refused for term in branches[0]):
        return [""]
    words = [word for term in branches[0] for word in term.words]
    meant = [] if any(term.is_phrase for term in branches[0]) else senses(words)
    return [_quote(each) for each in (*whole_name(words), *meant)]


def _name_slips(branches: list[list[Term]]) -> list[str]:
    """Return lexemes of the words as a whole name with a slip; none if words are refused or in a phrase."""
    if len(branches) != 1 or any(term.is_refused or term.is_phrase or not term.is_forgiven for term in branches[0]):
        return []
    words = [word for term in branches[0] for word in term.words]
    return [_quote(slip) for slip in lexemes_a_slip_apart(join_latin(words))]


def _alternatives(text: str) -> list[list[Term]]:
    """Return the terms between one `or` and the next."""
    text = unicodedata.normalize("NFC", text).translate(QUOTATION_MARKS).strip()
    branches: list[list[Term]] = [[]]
    for token in TOKEN.finditer(text):
        minus, phrase, end, day, chunk = token.groups()
        if chunk and chunk.casefold() == OR and not minus:
            branches.append([])
            continue
        words = tuple(word for word in WORD.findall(chunk or day or phrase) if to_latin(word))
        is_day = re.fullmatch(DAY, day or (phrase or "").strip()) is not None
        is_id = bool(words) and WIKIDATA_ID.fullmatch(words[-1]) is not None
        is_begun = token.end() == len(text) and not (end or minus or is_id or is_day)
        branches[-1].append(Term(words, is_day or phrase is not None, is_day, bool(minus), is_begun))
    return [terms for terms in map(_drop_empty, branches) if terms]


def _drop_empty(terms: Iterable[Term]) -> list[Term]:
    return [term for term in terms if term.words]


def _all_parts(parts_: Iterable[tuple[str, ...]]) -> list[str]:
    """Return the parts of a word, all of which must be present."""
    return ["(" + " & ".join(map(_quote, each)) + ")" for each in parts_]


def _begin(lexeme: str, looked_up: bool) -> list[str]:
    """Return the queries for what begins with a lexeme."""
    letters = words_beginning(lexeme) if looked_up else ""
    return [_quote(lexeme), _quote(letters)] if letters else [f"{_quote(lexeme)}:*"]


def _any_of(queries: Iterable[str]) -> str:
    return " | ".join(dict.fromkeys(filter(None, queries)))


def _in_names(leaf: str) -> str:
    return leaf + ("A" if leaf.endswith("*") else ":A")


def _quote(lexeme: str) -> str:
    """Quote a lexeme, which contains only letters, digits, spaces and our own marks."""
    return f"'{lexeme}'"
