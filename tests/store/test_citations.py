"""Citations and lines about changes, as written in the seeds."""

import pytest

from service.store.documents.addresses import Address, AddressInvalid
from service.store.notation.citations import (
    Change,
    Citation,
    CitationInvalid,
    CitedClaim,
    WrittenStep,
    parse_change,
    parse_citation,
    parse_cited_claim,
)

P2 = Address((2, 2))


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("60319 p2", Citation("60319", P2)),
        (
            "002 p8s4 +p8s3 +p8s5 told",
            Citation(
                "002",
                Address((8, 8), (4, 4)),
                (Address((8, 8), (3, 3)), Address((8, 8), (5, 5))),
                factuality="UNCOMMITTED",
            ),
        ),
        ("002 p9s2 w8-9 likely", Citation("002", Address((9, 9), (2, 2), (8, 9)), factuality="PROBABLE")),
        ("004 p6-8s1 maybe inferred", Citation("004", Address((6, 8), (1, 1)), (), "POSSIBLE", "INFERRED")),
        ("002 p2 denied preferred", Citation("002", P2, factuality="DENIED", rank="PREFERRED")),
        (
            "002 p2 told relative deprecated",
            Citation("002", P2, (), "UNCOMMITTED", "RELATIVE", "DEPRECATED"),
        ),
        ("002 via kcna", Citation("002", None, steps=(WrittenStep("kcna", None),))),
        (
            "000 +p5s3 via donald-trump",
            Citation("000", None, (Address((5, 5), (3, 3)),), steps=(WrittenStep("donald-trump", None),)),
        ),
        (
            'joint p2 told via matthew-pottinger:WITNESS > "not named > at all" > kcna:AGENCY@p2s2 w1-2 > bbc',
            Citation(
                "joint",
                P2,
                (),
                "UNCOMMITTED",
                steps=(
                    WrittenStep("matthew-pottinger", None, "WITNESS"),
                    WrittenStep(None, "not named > at all"),
                    WrittenStep("kcna", None, "AGENCY", Address((2, 2), (2, 2), (1, 2))),
                    WrittenStep("bbc", None),
                ),
            ),
        ),
    ],
)
def test_a_citation_is_one_line(text: str, citation: Citation) -> None:
    assert parse_citation(text) == citation


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "002 p7 w1-6",
            "'w1-6' is not one of likely, maybe, told, denied, relative, inferred, preferred, deprecated, 2nd to 20th "
            "or via",
        ),
        ("002 p8 told maybe", "'told maybe': factuality, basis, rank and number can each be given only once"),
        ("002 p0", "'p0' is not an address such as p4, p4s1, p4s1-2, p9s2 w8-9, p6-8 or p6-8s1"),
        ("002 p4 p5", "'p5' is not an address such as p4, p4s1, p4s1-2, p9s2 w8-9, p6-8 or p6-8s1"),
        ("002 p4 via", "'' is not a step of a chain: write a slug, or quoted words"),
        ("002 p4 via KCNA", "'KCNA' is not a step of a chain: write a slug, or quoted words"),
        ("002 p4 via kcna >", "'' is not a step of a chain: write a slug, or quoted words"),
        (
            "002 p4 via kcna:READER",
            "'READER' is not one of UTTERER, WITNESS, RELAY, AGENCY, OUTLET, TRANSLATOR",
        ),
        ("002 p4 via kcna@px", "'px' is not an address such as p4, p4s1, p4s1-2, p9s2 w8-9, p6-8 or p6-8s1"),
    ],
)
def test_what_is_no_citation_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises((CitationInvalid, AddressInvalid)) as refused:
        parse_citation(text)
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("text", "has_author", "change"),
    [
        ("HELD", True, Change("HELD")),
        ("HELD from 2019-04-25", True, Change("HELD", "2019-04-25")),
        (
            "CANCELLED from [2018-05-24..2018-05-25] by donald-trump",
            True,
            Change("CANCELLED", "[2018-05-24..2018-05-25]", "donald-trump"),
        ),
        ("PROPOSED by kim-jong-un", True, Change("PROPOSED", None, "kim-jong-un")),
        ("marked by distrust from 2019-02-28/..", False, Change("marked by distrust", "2019-02-28/..")),
        ("far from friendly", False, Change("far from friendly")),
    ],
)
def test_a_change_may_say_since_when_and_by_whom(text: str, has_author: bool, change: Change) -> None:
    assert parse_change(text, has_author=has_author) == change


def test_a_conflict_names_a_claim_by_fact_property_and_source() -> None:
    assert parse_cited_claim("hanoi-2019 reason 002") == CitedClaim("hanoi-2019", "reason", "002", None)
    assert parse_cited_claim("hanoi-2019 reason 000 p9s4 w5-8") == CitedClaim(
        "hanoi-2019", "reason", "000", Address((9, 9), (4, 4), (5, 8))
    )
    with pytest.raises(CitationInvalid, match="a claim is written `FACT PROPERTY SOURCE"):
        parse_cited_claim("hanoi-2019 reason")
