"""The words of labels: nothing of the record is called in a language by a word of the schema."""

import pytest

from service.settings import REPOSITORY
from service.store.plover import MODES
from service.store.record.record import Record
from service.store.seeds import read
from service.store.wording.labels import WORDED, of_claim
from service.store.wording.words import PROPERTIES, VALUES


@pytest.fixture(scope="module")
def record() -> Record:
    return read(REPOSITORY / "seeds")


def test_each_property_has_its_words(record: Record) -> None:
    modes = {mode for modes in MODES.values() for mode in modes}
    assert record.properties.keys() - modes - PROPERTIES.keys() == set()


def test_each_value_of_a_vocabulary_has_its_words(record: Record) -> None:
    claims = [claim for fact in record.facts.values() for claim in fact.claims if claim.property in WORDED]
    assert {claim.value for claim in claims if claim.value and not claim.value_typename} - VALUES.keys() == set()


def test_a_claim_reads_as_its_language_does(record: Record) -> None:
    claims = record.facts["vladivostok-2019"].claims
    (claim,) = [claim for claim in claims if claim.property == "departureReason"]
    assert of_claim(record, claim) == {
        "en": "departureReason: not known (ORF, 26 April 2019)",
        "de": "Grund der Abreise: nicht bekannt (ORF, 26. April 2019)",
        "ko": "출발 이유: 알려지지 않음 (ORF, 2019년 4월 26일)",
        "ru": "причина отъезда: неизвестно (ORF, 26 апреля 2019 г.)",
    }
