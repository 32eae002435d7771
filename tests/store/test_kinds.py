"""The declarations of the kinds, and the errors about an incomplete one."""

from dataclasses import replace

import pytest

from service.errors import VocabularyIncomplete
from service.store import kinds
from service.store.kinds import KINDS
from service.store.kinds.invitations import INVITATION
from service.store.kinds.offices import OFFICE
from service.store.loading.facts import MULTIVALUED
from service.store.record import decide
from service.store.record.snapshots import property_of_role


def test_the_fields_that_name_facts_are_known_by_their_types() -> None:
    assert {kind.file: sorted(kind.references) for kind in KINDS} == {
        "meetings.yaml": ["within"],
        "quotes.yaml": ["aboutFacts", "meeting", "variants"],
        "events.yaml": ["aboutFacts", "meeting", "quote"],
        "invitations.yaml": ["madeAt", "meeting"],
        "agreements.yaml": ["concludedAt"],
        "offices.yaml": [],
        "relationships.yaml": [],
    }


def test_of_lists_no_claim_decides() -> None:
    people = {"participant", "host", "delegate", "interpreter", "addressee", "about", "actor", "recipient", "signatory"}
    assert people | {"aboutFact"} <= MULTIVALUED
    assert MULTIVALUED.isdisjoint({"speaker", "issuer", "invitee", "holder", "meeting", "date"})


def test_the_claims_of_a_role_are_called_like_it() -> None:
    assert [property_of_role(role) for role in ("SPEAKER", "ON_BEHALF_OF")] == ["speaker", "onBehalfOf"]
    assert {name: INVITATION.properties[name].names for name in ("issuer", "onBehalfOf", "date")} == {
        "issuer": ("issuer",),
        "onBehalfOf": ("onBehalfOf",),
        "date": ("date",),
    }
    assert OFFICE.properties["person"].names == ("holder",)


def test_what_a_search_gives_is_what_can_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    found = replace(OFFICE, search=replace(OFFICE.search, is_result=True))
    hidden = replace(INVITATION, search=replace(INVITATION.search, is_result=False))
    monkeypatch.setattr(kinds, "KINDS", tuple({OFFICE: found, INVITATION: hidden}.get(kind, kind) for kind in KINDS))
    with pytest.raises(VocabularyIncomplete) as told:
        kinds._require_results()
    assert str(told.value).splitlines() == [
        "OFFICE is_result in service/store/kinds, but not in SearchKind.",
        "INVITATION is in SearchKind, but not is_result in service/store/kinds.",
    ]


def test_a_field_of_dates_is_known_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decide, "DATES", frozenset({"date", "attested", "ended"}))
    with pytest.raises(VocabularyIncomplete, match=r"^inForce takes dates, but is not in DATES"):
        kinds._require_dates()


def test_what_is_whole_is_called_something_in_each_language(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = replace(OFFICE, search=replace(OFFICE.search, is_whole=True))
    monkeypatch.setattr(kinds, "KINDS", (*KINDS, whole))
    with pytest.raises(VocabularyIncomplete) as told:
        kinds._require_words()
    assert str(told.value) == "Office is_whole in service/store/kinds, but not in service/store/i18n/languages/en.py."
