"""The vocabularies have descriptions, and the register uses PLOVER's table."""

import pytest
from graphql import GraphQLEnumType

from schema import schema as built
from schema.enums import VOCABULARIES
from service.store.enums import PHASES, EventType, MeetingPhase, MeetingStatus, QuadClass, Vocabulary
from service.store.plover import MODES, QUAD, SCORES, score

# Quad class, type, score, modes (score), as the register's account of PLOVER prints them.
TABLE = """
VERBAL_COOPERATION | AGREE | 2.5 |
VERBAL_COOPERATION | CONSULT | 2.5 | visit 4, third-party 1, multilateral 4, phone 1.5
VERBAL_COOPERATION | SUPPORT | 5 |
VERBAL_COOPERATION | CONCEDE | 4.5 |
MATERIAL_COOPERATION | COOPERATE | 9.5 |
MATERIAL_COOPERATION | AID | 10 |
MATERIAL_COOPERATION | RETREAT | 6.5 | withdraw 8, release 6.5, disarm 10, ceasefire 7.5, \
access 6.5, resign 4.5
VERBAL_CONFLICT | REQUEST | 0 | assist 0.5, change -1, yield -1, meet 0
VERBAL_CONFLICT | ACCUSE | -3 | disapprove -2, investigate -3.5, allege -3.5
VERBAL_CONFLICT | REJECT | -2 | assist -1.5, change -2, yield -2, meet -2
VERBAL_CONFLICT | THREATEN | -3.5 | restrict -3, arrest -3.5, relations -3.5, expel -3.5, \
territory -4, violence -3.5
MATERIAL_CONFLICT | PROTEST | -5 | demo -5, riot -7, strike -5, hunger -4.5, boycott -4.5, obstruct -4.5
MATERIAL_CONFLICT | SANCTION | -6 | convict -6, expel -5.5, withdraw -6, discontinue -6
MATERIAL_CONFLICT | MOBILIZE | -5.5 | troops -6.5, weapons -6.5, police -5.5, militia -6
MATERIAL_CONFLICT | COERCE | -7 | seize -7, restrict -7, censor -6.5, curfew -6.5, martial-law -7.5, \
arrest -7, deport -7, withhold -7, misinformation -6.5, cyber -7
MATERIAL_CONFLICT | ASSAULT | -9 | abduct -8.5, beat -7.5, torture -8.5, targeted -9.5, destroy -8.5, \
firearms -9, explosives -9, aerial -9.5, heavy-weapons -9.5, unconventional -10
"""


def test_the_vocabularies_are_the_enums_of_the_contract() -> None:
    enums = {type_.name for type_ in built._schema.type_map.values() if isinstance(type_, GraphQLEnumType)}
    assert {each.__name__ for each in VOCABULARIES} == {name for name in enums if not name.startswith("__")}


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_every_word_is_described_once_in_a_sentence(vocabulary: type[Vocabulary]) -> None:
    descriptions = [term.description for term in vocabulary]
    assert [d for d in descriptions if len(d) < 2 or not d.endswith(".")] == []
    assert sorted(set(descriptions)) == sorted(descriptions)
    assert (vocabulary.__doc__ or "") not in ("", Vocabulary.__doc__)


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_a_word_is_its_own_name(vocabulary: type[Vocabulary]) -> None:
    assert [term.value for term in vocabulary] == list(vocabulary.__members__)


def table_row(event_type: EventType) -> str:
    """Return the type's row, written as in TABLE."""
    modes = ", ".join(f"{mode} {SCORES[event_type, mode]:g}" for mode in MODES[event_type])
    return f"{QUAD[event_type].value} | {event_type.value} | {SCORES[event_type, None]:g} | {modes}".rstrip()


def test_plover_table_is_whole_and_in_order() -> None:
    assert [table_row(event_type) for event_type in EventType] == TABLE.strip().splitlines()
    assert list(SCORES) == [(t, mode) for t in EventType for mode in (None, *MODES[t])]
    assert list(dict.fromkeys(QUAD.values())) == list(QuadClass)


def test_score_is_the_modes_else_the_types() -> None:
    assert score(EventType.CONSULT, "third-party") == 1.0
    assert score(EventType.REQUEST, "meet") == 0.0
    assert score(EventType.ACCUSE, None) == -3.0
    assert score(EventType.PROTEST, "vandalize") == -5.0


@pytest.mark.parametrize("event_type", EventType)
def test_description_of_an_event_type_gives_its_score(event_type: EventType) -> None:
    assert event_type.description.endswith(f" Score {SCORES[event_type, None]:g}.")


@pytest.mark.parametrize("quad", QuadClass)
def test_description_of_a_quad_class_names_its_types(quad: QuadClass) -> None:
    names = quad.description.removesuffix(".").split(": ")[1].split(", ")
    assert names == [t.name for t in EventType if QUAD[t] is quad]


def test_every_status_has_its_phase() -> None:
    assert {status.name: phase.name for status, phase in PHASES.items()} == {
        "RUMOURED": "PLANNED",
        "PROPOSED": "PLANNED",
        "AGREED": "PLANNED",
        "SCHEDULED": "PLANNED",
        "POSTPONED": "PLANNED",
        "CANCELLED": "OFF",
        "UNDER_RECONSIDERATION": "PLANNED",
        "REINSTATED": "PLANNED",
        "IN_PROGRESS": "UNDERWAY",
        "HELD": "HELD",
        "CUT_SHORT": "HELD",
        "DEFERRED": "OFF",
    }
    assert list(PHASES) == list(MeetingStatus)
    assert set(PHASES.values()) == set(MeetingPhase)
