"""What a word is found by in each language: its stem, its parts, and whether it tells nothing. One entry a language.

A text is analysed in its own language, a query in every language whose letters it is written in, as nobody says which
it is; a query and a text of one language so always meet.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import Stemmer  # type: ignore[import-not-found]

from service.store.search.folding import LONGEST, key, spelt
from service.store.search.lexemes import MEANING, SENSE
from service.store.search.vocabulary import meanings
from service.store.wording.names import primary

Change = Callable[[str], str]

LATIN = re.compile(r"[a-zß-ɏ'’ʼ]+")
CYRILLIC = re.compile(r"[Ѐ-ӿ]+")
HANGUL = re.compile(r"[0-9]*[가-힣]+")
HAN = re.compile(r"[㐀-鿿]+")


@dataclass(frozen=True, eq=False)
class Analyser:
    """How one language is read: words come in lower case."""

    letters: re.Pattern[str]
    """What a whole word of it is written in."""
    stop_words: str
    """Words that tell nothing, question words among them; none that is a word of weight in another language."""
    stem: Change = str
    normalise: Change = str
    """Makes one of several spellings, before the stem is taken."""
    meanings: Callable[[str], list[str]] = lambda word: []
    """What a word means in every language, of those of the vocabulary."""
    split: Callable[[str], list[str]] = lambda word: []
    """The parts of a word that stand for it where all of them are there."""

    def forms(self, word: str) -> list[str]:
        """What a word is found by: its stem, folded, and what it means."""
        plain = self.normalise(word)
        return [key(self.stem(plain)), *self.meanings(plain)]

    def parts(self, word: str) -> list[str]:
        """What is looked for together where the word itself is not there."""
        return self.split(self.normalise(word))

    def sense(self, word: str) -> str:
        """What it means, else its stem: the same of words that mean the same."""
        stem, *meant = self.forms(word)
        return "".join(meant) or stem


# ------------------------------------------------------------------ spellings of one language


def _snowball(language: str) -> Change:
    stemmer = Stemmer.Stemmer(language)
    return lambda word: str(stemmer.stemWord(word))


AMERICAN = (
    (re.compile(r"(?<=[a-z]{3})is(?=(?:e[sdr]?|ing|ations?)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})our(?=(?:s|ed|ing|al|able|ful|less|ite|ites)?$)"), "or"),
    (re.compile(r"(?<=[a-z]{3}[^aeiou])re(?=s?$)"), "er"),
    (re.compile(r"(?<=[a-z]{3})ence(?=s?$)"), "ense"),
    (re.compile(r"(?<=[a-z]{3})ogramme(?=s?$)"), "ogram"),
)


def _as_in_america(word: str) -> str:
    """-ise and -our as -ize and -or; what is doubled is single in any folded word."""
    for british, american in AMERICAN:
        word = british.sub(american, word)
    return word


ELISION = re.compile(r"^(?:[cdjlmnst]|qu)['’ʼ](?=\w)")


def _without_article(word: str) -> str:
    """`accord` of l'accord."""
    return ELISION.sub("", word)


def _without_diaeresis(word: str) -> str:
    """With е for ё, as most write it."""
    return word.replace("ё", "е")


# ------------------------------------------------------------------ meanings


def _meanings(language: str, stem: Change, normalise: Change = str) -> Callable[[str], list[str]]:
    """What the vocabulary says of a word, by its stem."""
    found = {key(stem(normalise(word))): MEANING + meaning for word, meaning in meanings(language).items()}
    return lambda word: [found[stemmed]] if (stemmed := key(stem(word))) in found else []


KOREAN_MEANINGS = {word: MEANING + meaning for word, meaning in meanings("ko").items()}


def _meanings_within(word: str) -> list[str]:
    """Of the Korean words that a word begins with or is joined from: 취소 of 취소했나, 무기 of 핵무기."""
    found = [KOREAN_MEANINGS[each] for each in KOREAN_MEANINGS if each == word or (len(each) > 1 and each in word)]
    return list(dict.fromkeys(found))


# ------------------------------------------------------------------ parts of words

# nouns that German joins others with in the register's field, as Lucene's dictionary of compounds has them
CONSTITUENTS = """
    abend abkommen abrüstung absage angriff arbeit arsenal atom außen bericht besuch botschaft brief chef dinner
    drohung einigung einladung ende entspannung erklärung essen flug forderung frieden gast gefangene geheim
    gespräch gipfel grenze güter halbinsel innen kern konferenz konflikt korea krieg land liebe luft macht medien
    militär minister nachricht nuklear panzer partei premier presse programm punkt rakete regierung reise rüstung
    sanktion sicherheit sonder sprecher staat streit system test treffen übung verhandlung verkehr vertrag vize
    waffe welt wirtschaft zug zusammen
"""
LINKS = ("", "s", "es", "n", "en", "e")
SHORTEST_COMPOUND = 8


def _compound_parts(word: str) -> list[str]:
    """What the nouns mean that a German word is joined from; nothing where a piece of it is none of them."""
    if len(word) < SHORTEST_COMPOUND:
        return []
    for end in range(len(word) - 3, 2, -1):
        head, tail = word[end:], word[:end]
        if GERMAN(head) in HEADS and (first := _first_part(tail)):
            return [*first, _sense(head)]
    return []


def _sense(noun: str) -> str:
    return next(iter(GERMAN_MEANINGS(noun)), key(GERMAN(noun)))


def _first_part(word: str) -> list[str]:
    """The parts of what stands before the last noun, without the letters that link it."""
    for link in LINKS:
        bare = word.removesuffix(link) if link else word
        if len(bare) > 2 and (bare in NOUNS or bare + "e" in NOUNS):
            return [_sense(bare if bare in NOUNS else bare + "e")]
    return _compound_parts(word)


# the longest first
PARTICLES = (
    *("에게서", "이라고"),
    *("에서", "에게", "으로", "부터", "까지", "께서", "한테", "라고", "이나", "보다", "처럼"),
    *("은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "도", "로", "만"),
)
YEAR = re.compile(r"(?P<year>[0-9]{4})년(?:\w*)")


def _without_particle(word: str) -> str:
    """A Korean word without the particle at its end, of which two syllables stay; of 2018년 the number."""
    if year := YEAR.fullmatch(word):
        return year["year"]
    for particle in PARTICLES:
        if word.endswith(particle) and len(word) - len(particle) >= 2:
            return word.removesuffix(particle)
    return word


def _bigrams(word: str) -> list[str]:
    """Each two neighbours of a word that has more."""
    return [word[place : place + 2] for place in range(len(word) - 1)] if len(word) > 2 else []


def _bigrams_without_particle(word: str) -> list[str]:
    bare = _without_particle(word)
    # what is left of 김정은 without 은 would be half a name
    return _bigrams(bare if len(bare) > 2 else word)


GERMAN = _snowball("german")
GERMAN_MEANINGS = _meanings("de", GERMAN)
NOUNS = frozenset(CONSTITUENTS.split())
HEADS = frozenset(map(GERMAN, NOUNS))

ANALYSERS: Mapping[str, Analyser] = {
    "de": Analyser(
        LATIN,
        """
        aber alle allem allen aller alles als also am andere anderen auch auf aus bei beim bekannt bereits bevor bis
        bisher da dabei damals damit dann das dass dazu dem den denen der deren des dessen die diese diesem diesen
        dieser dieses doch durch ein eine einem einen einer eines er erwähnen erwähnt es etwa fand für gab genannt
        geschah haben hat hatte hatten heißt hier ich ihm ihr ihre ihrem ihren ihrer im ist jede jedem jeden jeder jedes
        kann kein keine keinen konnte laut man mehr mit nach nachdem nenne nennen nicht noch nur ob oder passiert schon
        sehr sein seine seinem seinen seiner seit sich sie sind so soll sollte sondern soweit statt stattfand
        stattgefunden trotz um und uns unter viele von vor wann waren warum was wegen weil weiß welche welchem welchen
        welcher welches wem wen wenn wer werden weshalb wessen wie wieso wieviel wir wird wissen wo wofür woher wohin
        wollte womit worüber wovon wozu wurde wurden während zeige zu zum zur zwischen über
        """,
        GERMAN,
        meanings=GERMAN_MEANINGS,
        split=_compound_parts,
    ),
    "en": Analyser(
        LATIN,
        """
        a about according after all also an and any are as at be because been before being between both but by can could
        did do does during each even ever for from had happen happened happens has have he her his how if in into is it
        its itself know known list literally many me mention mentioned mentions more most much my named no not now of on
        only or other our out over same she should show since so some such take taken than that the their them then
        there these they this those through to too took under until up upon very was we were what when where which who
        whom whose why will with within without would you your
        """,
        _snowball("english"),
        _as_in_america,
        _meanings("en", _snowball("english"), _as_in_america),
    ),
    "fr": Analyser(
        LATIN,
        """
        après au aussi aux avait avant avec avoir ce cela ces cette chez comment dans de du elle elles en entre est et
        ils la le les leur leurs lieu lors mentionné même ne nous ont où par pas plus pour pourquoi qu quand que quel
        quelle quelles quels qui quoi sans se selon ses sont sur tous tout toute toutes très une vous été être
        """,
        _snowball("french"),
        _without_article,
        _meanings("fr", _snowball("french")),
    ),
    "ru": Analyser(
        CYRILLIC,
        """
        а без бы был была были было в во все всех всё где даже для до его ее еще ещё её же и из известно или им ими их к
        как какая какие какой кем ко когда кого кому кто куда ли лишь между мы на назвал назван нам нас не него ней нет
        неё них но о об он она они от откуда перед по под после почему при про с сам себя сколько со так также там то
        тоже той том тот ту тут у уже упомянут чего чем что чтоб чтобы эта этих это этого этой этом этот эту
        """,
        _snowball("russian"),
        _without_diaeresis,
        _meanings("ru", _snowball("russian"), _without_diaeresis),
    ),
    "ko": Analyser(
        HANGUL,
        "그 누가 누구 누구를 누구와 등 무엇 무엇을 및 어느 어디 어디서 어디에서 어떤 어떻게 언제 왜 이 저",
        _without_particle,
        meanings=_meanings_within,
        split=_bigrams_without_particle,
    ),
    "zh": Analyser(HAN, "的 了 和 是 在 与 誰 谁 何 什么", split=_bigrams),
}
STOP_WORDS = frozenset(word for each in ANALYSERS.values() for word in each.stop_words.split())
"""No beginning finds them, and they are only asked for by themselves."""
STOPPED = "-"
"""What the lexeme of such a word begins with."""


def is_stop_word(word: str) -> bool:
    return word.casefold() in STOP_WORDS


@lru_cache(maxsize=65_536)
def analysers(word: str, language: str | None = None) -> tuple[Analyser, ...]:
    """Those that read a word in lower case: that of the language if it is written in its letters, else all of these."""
    own = ANALYSERS.get(primary(language)) if language else None
    if own and own.letters.fullmatch(word):
        return (own,)
    return tuple(each for each in ANALYSERS.values() if each.letters.fullmatch(word))


@lru_cache(maxsize=65_536)
def lexemes(word: str, language: str | None = None) -> tuple[str, ...]:
    """What a word is found by: as it is spelt, folded, and its forms; without a language, in every one."""
    if is_stop_word(word):
        return (STOPPED + word.casefold(),)
    lower = word.casefold()
    forms = [form for each in analysers(lower, language) for form in each.forms(lower)]
    forms += [lower.lstrip("0")] if lower.isdigit() else []
    spellings = [spelt(_without_particle(lower))] if HANGUL.fullmatch(lower) else []
    return tuple(dict.fromkeys(filter(None, (spelt(word), key(word), *spellings, *forms))))


@lru_cache(maxsize=65_536)
def parts(word: str, language: str | None = None) -> tuple[tuple[str, ...], ...]:
    """The parts of a word by each analyser that splits it; all of one stand for the word."""
    if is_stop_word(word):
        return ()
    lower = word.casefold()
    split = (tuple(each.parts(lower)) for each in analysers(lower, language))
    return tuple(dict.fromkeys(filter(None, split)))


def senses(words: Iterable[str], language: str | None = None) -> list[str]:
    """What a whole text is found by in whatever order and forms its words stand: one lexeme for each language."""
    lower = [word.casefold() for word in words if not is_stop_word(word)]
    lettered = [word for word in lower if not word.isdigit()]
    if not lettered:
        return []
    found = []
    for each in analysers(lettered[0], language):
        if not all(each.letters.fullmatch(word) for word in lettered):
            continue
        meant = " ".join(sorted(word if word.isdigit() else each.sense(word) for word in lower))
        found += [SENSE + meant] if len(meant) < LONGEST else []
    return list(dict.fromkeys(found))
