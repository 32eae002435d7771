"""Addresses of passages (`p4s1-2 w3`): parsed, located, displayed and found; guesses nothing and opens no file."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from service.errors import ServiceError
from service.store.documents.corpus import Anchor, Document, Span, digest
from service.store.documents.rows import is_row
from service.store.documents.sentences import spellings
from service.store.enums import PassageRole

_NUMBERS = r"([1-9][0-9]{0,5})(?:-([1-9][0-9]{0,5}))?"
_ADDRESS = re.compile(rf"p{_NUMBERS}(?: ?s{_NUMBERS}(?: ?w{_NUMBERS})?)?(?=\s|\Z)")
_LIKE_ADDRESS = re.compile(r"\+|p[0-9]")


class AddressInvalid(ServiceError, ValueError):
    """An address cannot be read."""

    code = "ADDRESS_INVALID"

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is not an address such as p4, p4s1, p4s1-2, p9s2 w8-9, p6-8 or p6-8s1")


class AddressOutOfRange(ServiceError):
    """An address refers to something that the document does not have."""

    code = "ADDRESS_OUT_OF_RANGE"

    def __init__(self, document: Document, address: "Address", there_is: str) -> None:
        super().__init__(f"{document.path}: {address}: {there_is}")


class WordsNotFound(ServiceError):
    """Words are not in the document."""

    code = "WORDS_NOT_FOUND"

    def __init__(self, document: Document, words: str) -> None:
        super().__init__(f"{document.path} does not contain these words: {words!r}")


@dataclass(frozen=True, slots=True)
class Address:
    """Ranges of paragraphs, of sentences in these and of words in those; counted from 1, the last included."""

    paragraphs: tuple[int, int]
    sentences: tuple[int, int] | None = None
    words: tuple[int, int] | None = None

    def __str__(self) -> str:
        text = "p" + _format_range(self.paragraphs)
        text += "s" + _format_range(self.sentences) if self.sentences else ""
        return text + (" w" + _format_range(self.words) if self.words else "")


def parse_address(text: str) -> Address:
    """Return the address that the whole text is; raise AddressInvalid."""
    match = _ADDRESS.fullmatch(text.strip())
    if match is None:
        raise AddressInvalid(text)
    return _address(match)


def leading_addresses(text: str) -> tuple[list[Address], str]:
    """Return the addresses at the start of a citation (the passage, then `+` context passages) and the rest of it.

    There may be no addresses; raises AddressInvalid for text that looks like an address but is not one.
    """
    addresses: list[Address] = []
    rest = text.strip()
    while _LIKE_ADDRESS.match(rest):
        match = _ADDRESS.match(rest, 1 if addresses and rest[0] == "+" else 0)
        if match is None or (addresses and rest[0] != "+"):
            raise AddressInvalid(rest)
        addresses.append(_address(match))
        rest = rest[match.end() :].lstrip()
    return addresses, rest


def locate(document: Document, address: Address) -> Span:
    """Return the span of an address, without surrounding white space; raise AddressOutOfRange with what exists."""
    first, last = address.paragraphs
    _check(document, address, last, len(document.paragraphs), "paragraph", "the document")
    if address.sentences is None:
        start, end = document.paragraphs[first - 1].start, document.paragraphs[last - 1].end
        return document.span(start, end)
    sentences = document.sentences(first, last)
    region = replace(address, sentences=None, words=None)
    _check(document, address, address.sentences[1], len(sentences), "sentence", str(region))
    passage = _join(sentences, address.sentences)
    if address.words is None:
        return passage
    words = document.words(passage.start, passage.end)
    _check(document, address, address.words[1], len(words), "word", str(replace(address, words=None)))
    return _join(words, address.words)


def find(document: Document, words: str) -> list[tuple[Address, Span]]:
    """Return each occurrence of exactly these words: the narrowest address that contains them, and their own span.

    Only whole words match; a line break counts as a space, and no other difference is allowed.
    Raises WordsNotFound.
    """
    spans = [document.span(*one) for one in spellings(document.text, words)]
    if not spans:
        raise WordsNotFound(document, words)
    return [(narrowest(document, span), span) for span in spans]


def narrowest(document: Document, span: Span) -> Address:
    """Return the narrowest address of the words that a span touches; punctuation at its ends may be outside."""
    paragraphs = (span.paragraph, document.paragraph_at(span.end - 1))
    whole = Address(paragraphs)
    all_sentences = document.sentences(*paragraphs)
    in_sentences = replace(whole, sentences=_numbers_touching(all_sentences, span))
    passage = locate(document, in_sentences)
    for address in (whole, in_sentences):
        if locate(document, address) == span:
            return address
    touched = _numbers_touching(document.words(passage.start, passage.end), span)
    return replace(in_sentences, words=touched) if touched else in_sentences


def show(document: Document, *, number_words: bool = False) -> Iterator[str]:
    """Yield a document in lines, each sentence after its address; an arrow precedes one that may continue below."""
    yield f"# {document.cite}: {document.path}, {len(document.paragraphs)} paragraphs"
    for number in range(1, len(document.paragraphs) + 1):
        yield ""
        sentences = document.sentences(number)
        for n, sentence in enumerate(sentences, 1):
            yield f"{Address((number, number), (n, n))}  {_line(document, sentence, number_words)}"
        # the fields of a row do not run on
        if not is_row(document.path) and (running_on := _continuation(document, number)):
            yield f"-> {running_on}  {_line(document, locate(document, running_on), number_words)}"


def role_at(start: int, passages: Iterable[tuple[PassageRole, int, int]]) -> PassageRole:
    """Return the role of the narrowest passage (role, start, end) that contains an offset; BODY if there is none."""
    holding = [(end - first, role) for role, first, end in passages if first <= start < end]
    return min(holding, key=lambda one: one[0])[1] if holding else PassageRole.BODY


def anchor(document: Document, key: str, span: Span) -> Anchor:
    """Return what the lock stores for a span, under its address or another key."""
    passage_hash = digest(document.text[span.start : span.end])
    return Anchor(document.cite, key, span.start, span.end, span.paragraph, passage_hash)


def whole_document(document: Document) -> Anchor:
    """Return what the lock stores for a whole document, under `document`: its length and its hash."""
    return anchor(document, "document", Span(0, len(document.text), 1))


def words_key(words: str, nth: int = 1) -> str:
    """Return the key in the lock, which holds no text, of a passage found by its own words."""
    return f"words:{digest(' '.join(words.split()))[:16]}#{nth}"


def _address(match: re.Match[str]) -> Address:
    numbers = [int(number) if number else 0 for number in match.groups()]
    ranges = [(first, last or first) for first, last in zip(numbers[::2], numbers[1::2], strict=True) if first]
    if any(first > last for first, last in ranges):
        raise AddressInvalid(match.group())
    return Address(*ranges)


def _format_range(numbers: tuple[int, int]) -> str:
    first, last = numbers
    return str(first) if first == last else f"{first}-{last}"


def _check(document: Document, address: Address, last: int, count: int, noun: str, whole: str) -> None:
    if last > count:
        raise AddressOutOfRange(document, address, f"{whole} has {count} {noun}{'' if count == 1 else 's'}")


def _join(parts: Sequence[Span], numbers: tuple[int, int]) -> Span:
    first, last = numbers
    return replace(parts[first - 1], end=parts[last - 1].end)


def _numbers_touching(parts: Sequence[Span], span: Span) -> tuple[int, int] | None:
    """Return the numbers of the first and the last part that share a character with a span."""
    shared = [n for n, part in enumerate(parts, 1) if part.start < span.end and span.start < part.end]
    return (shared[0], shared[-1]) if shared else None


def _continuation(document: Document, number: int) -> Address | None:
    """Return the address of a paragraph's last sentence with the lines below that may belong to it."""
    address, count, end = None, len(document.sentences(number)), document.paragraphs[number - 1].end
    for last in range(number + 1, len(document.paragraphs) + 1):
        sentence = document.sentences(number, last)[count - 1]
        if sentence.end == end or document.text[end - 1] == ":":
            break
        address, end = Address((number, last), (count, count)), sentence.end
        if end < document.paragraphs[last - 1].end:
            break
    return address


def _line(document: Document, span: Span, number_words: bool) -> str:
    text, cut, parts = document.text, span.start, []
    for n, word in enumerate(document.words(span.start, span.end) if number_words else (), 1):
        parts += [text[cut : word.start], f"{n}:"]
        cut = word.start
    return " ".join("".join([*parts, text[cut : span.end]]).split())
