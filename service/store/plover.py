"""PLOVER's quad classes, modes and conflict-cooperation scores as data. Events are not coded here.

Source: Table 2.2 of the PLOVER manual of 2024-02-04 (github.com/openeventdata/PLOVER).
"""

from collections.abc import Mapping

from service.store.enums import EventType, QuadClass, require_each

_TABLE: Mapping[QuadClass, Mapping[EventType, tuple[float, Mapping[str, float]]]] = {
    QuadClass.VERBAL_COOPERATION: {
        EventType.AGREE: (2.5, {}),
        EventType.CONSULT: (2.5, {"visit": 4, "third-party": 1, "multilateral": 4, "phone": 1.5}),
        EventType.SUPPORT: (5, {}),
        EventType.CONCEDE: (4.5, {}),
    },
    QuadClass.MATERIAL_COOPERATION: {
        EventType.COOPERATE: (9.5, {}),
        EventType.AID: (10, {}),
        EventType.RETREAT: (
            6.5,
            {"withdraw": 8, "release": 6.5, "disarm": 10, "ceasefire": 7.5, "access": 6.5, "resign": 4.5},
        ),
    },
    QuadClass.VERBAL_CONFLICT: {
        EventType.REQUEST: (0, {"assist": 0.5, "change": -1, "yield": -1, "meet": 0}),
        # The manual prints 3 without its minus sign; the modes average -3.
        EventType.ACCUSE: (-3, {"disapprove": -2, "investigate": -3.5, "allege": -3.5}),
        EventType.REJECT: (-2, {"assist": -1.5, "change": -2, "yield": -2, "meet": -2}),
        EventType.THREATEN: (
            -3.5,
            {
                "restrict": -3,
                "arrest": -3.5,
                "relations": -3.5,
                "expel": -3.5,
                "territory": -4,
                "violence": -3.5,
            },
        ),
    },
    QuadClass.MATERIAL_CONFLICT: {
        EventType.PROTEST: (
            -5,
            {"demo": -5, "riot": -7, "strike": -5, "hunger": -4.5, "boycott": -4.5, "obstruct": -4.5},
        ),
        EventType.SANCTION: (-6, {"convict": -6, "expel": -5.5, "withdraw": -6, "discontinue": -6}),
        EventType.MOBILIZE: (-5.5, {"troops": -6.5, "weapons": -6.5, "police": -5.5, "militia": -6}),
        EventType.COERCE: (
            -7,
            {
                "seize": -7,
                "restrict": -7,
                "censor": -6.5,
                "curfew": -6.5,
                "martial-law": -7.5,
                "arrest": -7,
                "deport": -7,
                "withhold": -7,
                "misinformation": -6.5,
                "cyber": -7,
            },
        ),
        EventType.ASSAULT: (
            -9,
            {
                "abduct": -8.5,
                "beat": -7.5,
                "torture": -8.5,
                "targeted": -9.5,
                "destroy": -8.5,
                "firearms": -9,
                "explosives": -9,
                "aerial": -9.5,
                "heavy-weapons": -9.5,
                "unconventional": -10,
            },
        ),
    },
}

_TYPES = {event_type: row for rows in _TABLE.values() for event_type, row in rows.items()}

QUAD: Mapping[EventType, QuadClass] = {event_type: quad for quad, rows in _TABLE.items() for event_type in rows}
"""The quad class of each event type."""
require_each(QUAD, "_TABLE of service/store/plover.py", EventType)

MODES: Mapping[EventType, tuple[str, ...]] = {event_type: tuple(modes) for event_type, (_, modes) in _TYPES.items()}
"""The modes of each event type in PLOVER's own spelling; empty where it has none."""

ALL_MODES = frozenset(mode for modes in MODES.values() for mode in modes)

SCORES: Mapping[tuple[EventType, str | None], float] = {
    (event_type, mode): float(value)
    for event_type, (own, modes) in _TYPES.items()
    for mode, value in [(None, own), *modes.items()]
}
"""The score, -10 to +10, of each event type (mode None) and of each of its modes."""


def score(event_type: EventType, mode: str | None) -> float:
    """Return the mode's score, -10 to +10, or the type's own if no mode is given or the mode has no score."""
    return SCORES.get((event_type, mode), SCORES[event_type, None])
