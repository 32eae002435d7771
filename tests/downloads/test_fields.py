"""A file queries all fields of an entry, except those listed as left out."""

from schema import schema
from schema.files import LEFT_OUT, document
from service.store.enums import EntryKind

DATE = "edtf earliest latest precision extent isApproximate isUncertain basis"


def test_a_file_asks_for_all_that_a_type_has() -> None:
    assert document(EntryKind.OFFICE) == (
        "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Office { slug label "
        f"date {{ {DATE} }} summary isWithdrawn curation "
        f"involvements {{ role actor {{ slug }} onBehalfOf {{ slug }} }} "
        "claims { totalCount } sources { totalCount } conflicts { slug } "
        f"person {{ slug }} title of {{ slug }} leads heldUnder {{ slug }} attested {{ {DATE} }} }} }} }}"
    )


def test_an_argument_that_a_field_cannot_do_without_is_given_or_the_field_left_out() -> None:
    quotes = document(EntryKind.QUOTE)
    assert 'translation(language: "en")' in quotes
    assert "decidedBy" not in quotes


def test_the_words_of_a_passage_stand_in_no_file() -> None:
    assert "exact" not in document(EntryKind.CLAIM).split()


def test_what_is_left_out_is_there() -> None:
    for name, fields in LEFT_OUT.items():
        assert set(fields.split()) <= schema._schema.type_map[name].fields.keys()  # type: ignore[attr-defined]
