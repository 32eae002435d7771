"""Documents, their sentences, addresses, quotation marks and spellings, and the lock that keeps positions."""

import hashlib
import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.store.documents.addresses import (
    Address,
    AddressInvalid,
    AddressOutOfRange,
    WordsNotFound,
    anchor,
    find,
    leading_addresses,
    locate,
    narrowest,
    parse_address,
    role_at,
    show,
    whole_document,
    words_key,
)
from service.store.documents.corpus import (
    Anchor,
    AnchorMismatch,
    Document,
    LockError,
    NameCount,
    Span,
    Spellings,
    anchor_state,
    exact,
    occurrences,
    quotations,
    read_document,
    read_lock,
    unpaired_marks,
    write_lock,
)
from service.store.documents.sentences import spellings
from service.store.enums import AnchorState, PassageRole

BERGHEIM = (
    "Gipfel in Bergheim\n"
    "\n"
    "(Foto: abc)\n"
    "  • Die Minister reden.\n"
    "  • Sie bleiben bis Montag.\n"
    "\n"
    "Am 3. oder 4. Mai tagt der Rat. Der Vorsitz sagte: „Wir kommen.“ Mehr weiß niemand.\n"
    "Gekommen war auch Frau Park Min\n"
    "Seo aus Seoul. Danach trafen\n"
    "sie sich wieder.\n"
)


def document(text: str) -> Document:
    return Document("900", "900_bergheim.txt", text)


def texts(of: Document, spans: tuple[Span, ...] | list[Span]) -> list[str]:
    return [of.text[span.start : span.end] for span in spans]


def sentences(text: str) -> list[str]:
    one = document(text)
    return texts(one, one.sentences(1))


def text_at(address: str, of: str = BERGHEIM) -> str:
    span = locate(document(of), parse_address(address))
    return of[span.start : span.end]


# ------------------------------------------------------------------ documents and paragraphs


def test_a_document_is_read_as_its_bytes_lie(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    content = "\ufeffEins.\r\nZwei – drei.\n".encode()
    (tmp_path / "records" / "a_b.txt").write_bytes(content)
    found = read_document(tmp_path, "records/a_b.txt", "7")
    assert found.text == "\ufeffEins.\r\nZwei – drei.\n"
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert found.slug == "a-b"
    assert found.paragraphs == (Span(0, 6, 1), Span(8, 20, 2))


def test_bytes_that_are_not_utf_8_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Gr\xfc\xdfe")
    with pytest.raises(UnicodeDecodeError):
        read_document(tmp_path, "a.txt", "7")


def test_paragraphs_are_lines_that_are_not_empty() -> None:
    one = document(" \n Eins. \n\u00a0\n\n  • Zwei.\n- Drei.")
    assert one.paragraphs == (Span(3, 8, 1), Span(17, 22, 2), Span(25, 30, 3))
    assert texts(one, one.paragraphs) == ["Eins.", "Zwei.", "Drei."]
    assert [one.paragraph_at(offset) for offset in (0, 3, 9, 17, 24, 25, 29)] == [1, 1, 1, 2, 2, 3, 3]


def test_a_document_without_text_has_no_paragraphs() -> None:
    assert document("\n \n").paragraphs == ()


# ------------------------------------------------------------------ sentences and words


@pytest.mark.parametrize(
    "text",
    [
        "Genannt wurde der 3. oder 4. Mai.",
        "Am 12. Juni tagte der 31. Rat.",
        "Im II. Saal sprach Karl XIV. Gustav.",
        "President Donald J. Trump met the U.S. Secretary and Mr. Lee.",
        "The second North Korea-U.S. Summit of the U.S.-DPRK talks.",
        "1. The sides commit to talks.",
        "Das kam z. B. Dr. Weber und ca. Mitte Mai auch St. Gallen zu, vgl. Nr. 4.",
        "Am 3. Sept. 2019 kamen rund 3,5 Mio. Gäste.",
        "Er rief „Halt!“ und ging.",
        "Was nun? fragte sie.",
        "Er schwieg ... und ging.",
        "Source: http://example.org/a.b/c (CC BY 4.0 International)",
        "Ohne Punkt am Ende",
    ],
)
def test_no_sentence_ends_inside(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Es war 1953. Dann kam 2000. Ende.", ["Es war 1953.", "Dann kam 2000.", "Ende."]),
        ("Ja! Nein? Doch… Gut.", ["Ja!", "Nein?", "Doch…", "Gut."]),
        ("Er sagte: „Ja.“ Sie ging.", ["Er sagte: „Ja.“", "Sie ging."]),
        ('Er sagte: "Ja." "Nein", sagte sie.', ['Er sagte: "Ja."', '"Nein", sagte sie.']),
        ("«Gutes Essen. Käse dazu», schrieb er.", ["«Gutes Essen.", "Käse dazu», schrieb er."]),
        ("She left (at last). He stayed.", ["She left (at last).", "He stayed."]),
        ("Attended the G–20. Met the host.", ["Attended the G–20.", "Met the host."]),
        (
            "So war die Art. Dann kam der Mai. Er blieb.",
            ["So war die Art.", "Dann kam der Mai.", "Er blieb."],
        ),
        ("Er kam am 12.“ Sie blieb.", ["Er kam am 12.“", "Sie blieb."]),
        ("Punkt.\u00a0Mit hartem Leerzeichen.", ["Punkt.", "Mit hartem Leerzeichen."]),
        ("- Mit Strich. – Und noch einer.", ["Mit Strich.", "Und noch einer."]),
        ("2019 war es. 5 Tage dauerte es.", ["2019 war es.", "5 Tage dauerte es."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_sentences_over_paragraphs_run_over_line_breaks_but_not_over_blank_lines_and_bullets() -> None:
    one = document(BERGHEIM)
    assert texts(one, one.sentences(6, 8)) == [
        "Gekommen war auch Frau Park Min\nSeo aus Seoul.",
        "Danach trafen\nsie sich wieder.",
    ]
    assert texts(one, one.sentences(1, 4)) == [
        "Gipfel in Bergheim",
        "(Foto: abc)",
        "Die Minister reden.",
        "Sie bleiben bis Montag.",
    ]
    assert [span.paragraph for span in one.sentences(6, 8)] == [6, 7]


def test_words() -> None:
    text = "„Die USA“ – US-Präsident Trump’s 3,5 Mio. U.S.-DPRK, d’état: 2017-05-20 (14:00) Nord- und G–7 A:B"
    one = document(text)
    assert texts(one, one.words(0, len(text))) == [
        *("Die", "USA", "US-Präsident", "Trump’s", "3,5", "Mio", "U.S.-DPRK", "d’état"),
        *("2017-05-20", "14:00", "Nord", "und", "G–7", "A", "B"),
    ]


def test_a_combining_accent_does_not_cut_a_word() -> None:
    text = "Pjo\u0308ngjang heute"
    assert texts(document(text), document(text).words(0, len(text))) == ["Pjo\u0308ngjang", "heute"]


# ------------------------------------------------------------------ addresses


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("p4", Address((4, 4))),
        ("p6-8", Address((6, 8))),
        ("p4s1", Address((4, 4), (1, 1))),
        ("p4s1-2", Address((4, 4), (1, 2))),
        ("p9s2 w8-9", Address((9, 9), (2, 2), (8, 9))),
        ("p9s2 w8", Address((9, 9), (2, 2), (8, 8))),
        ("p6-8s1", Address((6, 8), (1, 1))),
        ("p6-8s1-2 w3", Address((6, 8), (1, 2), (3, 3))),
    ],
)
def test_an_address_reads_back_as_it_is_written(text: str, address: Address) -> None:
    assert parse_address(text) == address
    assert str(address) == text


def test_blanks_before_sentence_and_words_are_optional() -> None:
    assert parse_address(" p6-8 s1w2-3 ") == Address((6, 8), (1, 1), (2, 3))
    assert str(parse_address("p5-5s1-1w2-2")) == "p5s1 w2"


@pytest.mark.parametrize(
    "text",
    ["", "p", "4", "p0", "p01", "p4 w3", "p4s0", "p8-6", "p4s2-1", "p4s1 w9-8", "p4s1s2", "P4", "+p4", "p٤"],
)
def test_what_is_not_an_address_is_refused(text: str) -> None:
    with pytest.raises(AddressInvalid, match="is not an address"):
        parse_address(text)


def test_addresses_lead_a_citation() -> None:
    p8s4, p8s3 = parse_address("p8s4"), parse_address("p8s3")
    assert leading_addresses('p8s4 +p8s3 told via "Russian media"') == (
        [p8s4, p8s3],
        'told via "Russian media"',
    )
    assert leading_addresses("p9s2 w8-9 +p6-8 s1 +p1") == (
        [parse_address("p9s2 w8-9"), parse_address("p6-8s1"), parse_address("p1")],
        "",
    )
    assert leading_addresses("told relative") == ([], "told relative")


@pytest.mark.parametrize("text", ["+p4", "p4 p5", "p4x told", "p4 +told", "p4 +p5-4"])
def test_a_citation_with_a_broken_address_is_refused(text: str) -> None:
    with pytest.raises(AddressInvalid):
        leading_addresses(text)


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("p1", "Gipfel in Bergheim"),
        ("p3", "Die Minister reden."),
        ("p3s1", "Die Minister reden."),
        ("p3-4", "Die Minister reden.\n  • Sie bleiben bis Montag."),
        ("p5s1", "Am 3. oder 4. Mai tagt der Rat."),
        ("p5s1 w2-5", "3. oder 4. Mai"),
        ("p5s1 w2", "3"),
        ("p5s2-3", "Der Vorsitz sagte: „Wir kommen.“ Mehr weiß niemand."),
        ("p5s2-3 w4-6", "Wir kommen.“ Mehr"),
        ("p6s1", "Gekommen war auch Frau Park Min"),
        ("p6-8s1", "Gekommen war auch Frau Park Min\nSeo aus Seoul."),
        ("p6-7s1 w5-7", "Park Min\nSeo"),
        ("p6-8s2", "Danach trafen\nsie sich wieder."),
    ],
)
def test_an_address_is_located(address: str, text: str) -> None:
    assert text_at(address) == text


def test_a_span_starts_in_the_paragraph_of_its_first_character() -> None:
    assert locate(document(BERGHEIM), parse_address("p6-8s2")) == Span(216, 246, 7)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("p9", "900_bergheim.txt: p9: the document has 8 paragraphs"),
        ("p8-9s1", "900_bergheim.txt: p8-9s1: the document has 8 paragraphs"),
        ("p1s2", "900_bergheim.txt: p1s2: p1 has 1 sentence"),
        ("p5s2-4", "900_bergheim.txt: p5s2-4: p5 has 3 sentences"),
        ("p6-8s3", "900_bergheim.txt: p6-8s3: p6-8 has 2 sentences"),
        ("p5s3 w3-4", "900_bergheim.txt: p5s3 w3-4: p5s3 has 3 words"),
    ],
)
def test_an_address_out_of_range_says_what_there_is(address: str, reason: str) -> None:
    with pytest.raises(AddressOutOfRange) as refused:
        locate(document(BERGHEIM), parse_address(address))
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("words", "address", "text"),
    [
        ("Gipfel in Bergheim", "p1", "Gipfel in Bergheim"),
        ("(Foto: abc)", "p2", "(Foto: abc)"),
        ("Am 3. oder 4. Mai tagt der Rat.", "p5s1", "Am 3. oder 4. Mai tagt der Rat."),
        ("3. oder 4. Mai", "p5s1 w2-5", "3. oder 4. Mai"),
        ("Wir kommen.", "p5s2 w4-5", "Wir kommen."),
        ("Park Min Seo", "p6-7s1 w5-7", "Park Min\nSeo"),
        ("trafen sie sich", "p7-8s2 w2-4", "trafen\nsie sich"),
        ("Rat. Der Vorsitz", "p5s1-2 w8-10", "Rat. Der Vorsitz"),
    ],
)
def test_words_are_found_with_their_narrowest_address(words: str, address: str, text: str) -> None:
    one = document(BERGHEIM)
    ((found, span),) = find(one, words)
    assert str(found) == address
    assert texts(one, [span]) == [text]


def test_words_that_stand_twice_are_found_twice() -> None:
    one = document("Kim kam. Auch Lee kam.\nLee ging, Lees Sohn blieb.")
    assert [(str(address), span) for address, span in find(one, "Lee")] == [
        ("p1s2 w2", Span(14, 17, 1)),
        ("p2s1 w1", Span(23, 26, 2)),
    ]


@pytest.mark.parametrize("words", ["Wir  gehen", "wir kommen", "Minist", "Bergheim (Foto: abc)"])
def test_words_that_do_not_stand_there_are_not_found(words: str) -> None:
    with pytest.raises(WordsNotFound):
        find(document(BERGHEIM), words)


@given(st.text(alphabet="aB1 .!?\n•-„“\"'", max_size=60), st.data())
def test_the_narrowest_address_holds_the_words_of_a_span(text: str, data: st.DataObject) -> None:
    one = document(text)
    words = one.words(0, len(text)) if one.paragraphs else ()
    if words:
        first = data.draw(st.integers(0, len(words) - 1))
        last = data.draw(st.integers(first, len(words) - 1))
        span = one.span(words[first].start, words[last].end)
        address = narrowest(one, span)
        assert parse_address(str(address)) == address
        held = locate(one, address)
        assert one.words(held.start, held.end) == words[first : last + 1]


@given(st.text(alphabet="aB1 .!?\n•-„“\"'", max_size=60))
def test_the_sentences_of_a_paragraph_fill_it(text: str) -> None:
    one = document(text)
    for number, paragraph in enumerate(one.paragraphs, 1):
        found = one.sentences(number)
        assert (found[0].start, found[-1].end) == (paragraph.start, paragraph.end)
        assert all(one.end <= other.start for one, other in pairwise(found))


# ------------------------------------------------------------------ show


def test_a_document_is_shown_with_its_addresses() -> None:
    assert list(show(document("Erstens. Zweitens mit Min\nSeo. Drittens.\n\nEnde"))) == [
        "# 900: 900_bergheim.txt, 3 paragraphs",
        "",
        "p1s1  Erstens.",
        "p1s2  Zweitens mit Min",
        "-> p1-2s2  Zweitens mit Min Seo.",
        "",
        "p2s1  Seo.",
        "p2s2  Drittens.",
        "",
        "p3s1  Ende",
    ]


def test_a_document_is_shown_with_its_words_numbered() -> None:
    assert list(show(document("Am 3. Mai: „Ja.“"), number_words=True))[2:] == ["p1s1  1:Am 2:3. 3:Mai: „4:Ja.“"]


# ------------------------------------------------------------------ roles


def test_a_passage_has_the_role_of_the_narrowest_mapping_that_holds_its_start() -> None:
    one = document(BERGHEIM)
    roles = {
        PassageRole.HEADLINE: ["p1"],
        PassageRole.TEASER: ["p3-4"],
        PassageRole.BOILERPLATE: ["p2", "p8"],
        PassageRole.PULL_QUOTE: ["p4s1 w1", "p5s2"],
    }
    located = [(role, locate(one, parse_address(address))) for role, found in roles.items() for address in found]

    def role(address: str) -> PassageRole:
        start = locate(one, parse_address(address)).start
        return role_at(start, [(role, span.start, span.end) for role, span in located])

    assert {a: role(a).name for a in ("p1", "p2", "p3s1 w2", "p4", "p4s1 w2", "p5", "p5s2 w4", "p6-8", "p8")} == {
        "p1": "HEADLINE",
        "p2": "BOILERPLATE",
        "p3s1 w2": "TEASER",
        "p4": "PULL_QUOTE",
        "p4s1 w2": "TEASER",
        "p5": "BODY",
        "p5s2 w4": "PULL_QUOTE",
        "p6-8": "BODY",
        "p8": "BOILERPLATE",
    }


# ------------------------------------------------------------------ quotation marks


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('Er sagte „ja“ und “no” und «oui» und »nein« und "si".', ["ja", "no", "oui", "nein", "si"]),
        ('Das „alte“, das „neue” und das „halbe" Wort.', ["alte", "neue", "halbe"]),
        ("„Er rief ‚Halt‘ und »Nein«.“", ["Er rief ‚Halt‘ und »Nein«.", "Halt", "Nein"]),
        ('„Er sagte "ja" dazu“', ['Er sagte "ja" dazu', "ja"]),
        ('Er schrieb: "Ja." "Nein", ("doch").', ["Ja.", "Nein", "doch"]),
        ("« Oui, merci »", ["Oui, merci"]),
        ("„Über eine\nZeile“", ["Über eine\nZeile"]),
        ("Kim’s 'plan' isn’t ‘new’.", []),
    ],
)
def test_each_pair_of_quotation_marks_is_found(text: str, inside: list[str]) -> None:
    one = document(text)
    assert texts(one, quotations(one)) == inside
    assert unpaired_marks(one) == []


@pytest.mark.parametrize(
    ("text", "inside", "unpaired"),
    [
        ("„Offen.\n\nNeu „zu“.", ["zu"], [Span(0, 1, 1)]),
        ("Zu “ “ und «auf", [], [Span(3, 4, 1), Span(5, 6, 1), Span(11, 12, 1)]),
        ('Er sagte "offen und "zu" hier.', ["zu"], [Span(9, 10, 1)]),
        ("„Außen «innen“ fertig", ["Außen «innen"], [Span(7, 8, 1)]),
        ('Ein Zoll" lang\nund » so', [], [Span(8, 9, 1), Span(19, 20, 2)]),
    ],
)
def test_marks_without_a_partner_are_reported(text: str, inside: list[str], unpaired: list[Span]) -> None:
    one = document(text)
    assert texts(one, quotations(one)) == inside
    assert unpaired_marks(one) == unpaired


# ------------------------------------------------------------------ spellings


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("Kim Jong Un", 3),  # before a comma, across a line break, before an apostrophe; not "Kim Jong Uns"
        ("Kim", 6),
        ("Kim Jong-un", 1),
        ("Kim Jong", 4),
        ("Nordkorea", 1),  # neither in a compound nor inflected
        ("Südkorea", 1),
        ("kim", 0),
        ("U.S.", 1),
        ("Jong\nUn", 4),
    ],
)
def test_a_spelling_is_counted_on_word_boundaries(name: str, count: int) -> None:
    text = (
        "Kim Jong Un, Kim\nJong Un und Kim Jong Un’s Bote, Kim Jong Uns Reise, Kim Jong-un; Kim\n\nJong Un. "
        "Nordkorea:Gipfel, US-Nordkorea-Gipfel, Nordkoreas Gast, Nord- und Südkorea, U.S. Gast."
    )
    assert occurrences(document(text), Spellings([name])).get(name, 0) == count


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Vladimir Putin, Putin, Vladimir\nPutin", {"Vladimir Putin": 2, "Putin": 1}),
        ("Democratic Republic of Korea", {"Democratic Republic of Korea": 1}),
        ("Republic of Korea and Korea, Republic of", {"Republic of Korea": 1, "Korea, Republic of": 1}),
        ("Korea, Republic of Korea", {"Korea, Republic of": 1, "Republic of Korea": 1}),  # neither contains the other
    ],
)
def test_a_spelling_is_not_counted_inside_a_longer_one(text: str, counts: dict[str, int]) -> None:
    names = ["Putin", "Korea", "Republic of Korea", "Vladimir Putin", "Democratic Republic of Korea"]
    assert occurrences(document(text), Spellings({*names, "Korea, Republic of"})) == counts


def test_nothing_cannot_be_counted() -> None:
    with pytest.raises(ValueError, match="there are no words to search for"):
        Spellings([" \n"])


NAMES = ("Kim", "Kim Jong Un", "’t Hooft", "St. John", "U.S.", "G-20", "O’Neill", "(ROK)", "é", "e\u0301", "…")


@pytest.mark.parametrize(
    "text",
    [
        "Kim Jong\nUn, US-Kim, Kims; Kim\u00a0Jong Un.",
        "A ’t Hooft, ’t\nHooft; the U.S., G-20 and G-200; St. John and St John.",
        "Mr O’Neill of the (ROK) said …, résumé, é, e\u0301.",
        "",
    ],
)
def test_whatever_a_document_prints_is_looked_for(text: str) -> None:
    printed = {name for name in NAMES if spellings(text, name)}
    assert printed <= {*Spellings(NAMES).candidates(text)}
    assert printed or not text


# ------------------------------------------------------------------ the lock


def lock_entries() -> list[Anchor | NameCount]:
    one = document(BERGHEIM)
    keys = ("p6-8s2", "p5s1 w2-5", "p1")
    return [
        NameCount("900", "Park Min Seo", 1),
        *(anchor(one, key, locate(one, parse_address(key))) for key in keys),
        anchor(one, words_key("Wir kommen."), find(one, "Wir kommen.")[0][1]),
        whole_document(one),
    ]


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_the_lock_is_sorted_and_holds_no_text() -> None:
    text = write_lock(lock_entries())
    assert text.splitlines()[1:] == [
        f"900 p1 0 18 1 {sha256_of('Gipfel in Bergheim')}",
        f"900 document 0 247 1 {sha256_of(BERGHEIM)}",
        f"900 p5s1 w2-5 88 102 5 {sha256_of('3. oder 4. Mai')}",
        f"900 words:{sha256_of('Wir kommen.')[:16]}#1 137 148 5 {sha256_of('Wir kommen.')}",
        f"900 p6-8s2 216 246 7 {sha256_of('Danach trafen' + chr(10) + 'sie sich wieder.')}",
        "900 | Park Min Seo | 1",
    ]
    assert write_lock(reversed(lock_entries())) == text
    assert write_lock([*lock_entries(), *lock_entries()]) == text


def test_the_lock_reads_back() -> None:
    lock = read_lock(write_lock(lock_entries()))
    assert lock.anchor("900", "p1") == Anchor("900", "p1", 0, 18, 1, sha256_of("Gipfel in Bergheim"))
    assert lock.anchor("900", words_key("Wir\nkommen.")).start == 137
    assert lock.names("900") == {"Park Min Seo": 1}
    assert (lock.count("900", "Park Min Seo"), lock.count("900", "Lee"), lock.names("901")) == (1, 0, {})


def test_what_is_not_anchored_is_refused() -> None:
    with pytest.raises(LockError, match="900 p2 is not anchored"):
        read_lock(write_lock(lock_entries())).anchor("900", "p2")


def test_the_words_of_a_line_of_the_lock_stand_apart() -> None:
    for entry in (
        NameCount("900", "a | b", 1),
        NameCount("90 0", "a", 1),
        Anchor("900", "p\n1", 0, 1, 1, "0" * 64),
    ):
        with pytest.raises(LockError):
            write_lock([entry])


def test_two_lines_that_disagree_are_refused() -> None:
    with pytest.raises(LockError, match="the lock would contain both"):
        write_lock([NameCount("900", "Lee", 1), NameCount("900", "Lee", 2)])


def test_a_line_that_cannot_be_read_is_named() -> None:
    with pytest.raises(LockError, match="line 2 of the lock is neither an anchor nor a name: 900 p1 0 18"):
        read_lock("# a head\n900 p1 0 18\n")


def test_an_anchor_is_compared_and_never_moved() -> None:
    held = read_lock(write_lock(lock_entries())).anchor("900", "p5s1 w2-5")
    moved = document("x" + BERGHEIM)
    assert anchor_state(held, None) is AnchorState.UNCHECKED
    assert anchor_state(held, document(BERGHEIM)) is AnchorState.VERIFIED
    assert anchor_state(held, moved) is AnchorState.ORPHAN
    assert exact(held, document(BERGHEIM)) == "3. oder 4. Mai"
    with pytest.raises(AnchorMismatch) as refused:
        exact(held, moved)
    assert str(refused.value) == ("900_bergheim.txt: p5s1 w2-5 is anchored at 88-102, but the text there has changed")


# ------------------------------------------------------------------ the corpus

CORPUS = os.environ.get("GIPFELBUCH_CORPUS", "").split(os.pathsep)[0]
corpus = pytest.mark.skipif(not CORPUS, reason="GIPFELBUCH_CORPUS does not name the folder of the documents")

# Sentences per paragraph, counted by snapshot.
COUNTED = {
    "000_3bd517dfe704cffc.txt": "6 1 1 2 5 4 1 2 5 1",
    "001_6c55d004d8009f3d.txt": "1 3 5 2 3 6",
    "002_d8340137bfcf1340.txt": "1 1 1 1 1 1 1 6 2 4 5 1 1 1 3 1 1 1",
    "003_79e1e6675ae2a211.txt": "1 3 4 3 1 2 3 3",
    "004_330859f3abdfc3e6.txt": "1 1 1 1 3 1 2 2 4 1 1 1 4 2",
    "records/histstate-travels-trump.txt": ("1 1 4 3 2 2 2 2 3 2 2 4 2 3 3 3 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2"),
    "records/joint-statement-singapore.txt": "1 1 2 1 1 1 1 1 1",
    "records/kremlin-60319.txt": "1 1 1",
    "records/kremlin-60363.txt": "1 1 1 1 2 1 1 1 1 1",
    "records/kremlin-60370.txt": (
        "1 1 1 1 3 1 3 1 1 3 1 4 1 1 1 4 4 2 1 3 2 2 1 6 6 3 4 3 5 6 2 4 3 7 3 2 3 1 3 1 5 2 2 1 3 6"
        " 10 2 2 3 1 6 3 5 3 6 2 1 1"
    ),
}


@corpus
@pytest.mark.parametrize("path", COUNTED)
def test_sentences_of_the_corpus(path: str) -> None:
    one = read_document(Path(CORPUS or ""), path, "1")
    found = [len(one.sentences(number)) for number in range(1, len(one.paragraphs) + 1)]
    assert " ".join(map(str, found)) == COUNTED[path]
    assert unpaired_marks(one) == []


@corpus
@pytest.mark.parametrize(
    ("path", "words", "address"),
    [
        ("002_d8340137bfcf1340.txt", "23. oder 24. April", "p8s4 w6-9"),
        ("004_330859f3abdfc3e6.txt", "Moon Jae In", "p6-7s1 w11-13"),
        ("001_6c55d004d8009f3d.txt", "vermutlich nicht", "p3s4 w6-7"),
        ("records/kremlin-60370.txt", "territorial integrity", "p53s2 w9-10, p53s3 w7-8"),
        ("records/kremlin-60363.txt", "between Vladimir Putin", "p5-6s2 w6-8"),
    ],
)
def test_words_of_the_corpus(path: str, words: str, address: str) -> None:
    one = read_document(Path(CORPUS or ""), path, "1")
    assert ", ".join(str(found) for found, _ in find(one, words)) == address
