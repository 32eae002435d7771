"""People listed in a row without a state, placed with the state of the person who they turn out to be."""

from collections.abc import Iterator
from dataclasses import replace

from service.importers.histstate.identity import Identities
from service.importers.histstate.readings import Encounter, EncounterKind, Mention, Party, Reading, State


def split_parties(reading: Reading, identities: Identities) -> Iterator[Encounter]:
    """Yield the encounters of a row, one for each state: a row on Italy with Draghi and "President Macron" has two.

    People whom the row has at one table are in one encounter.
    """
    for encounter in reading.encounters:
        parties = [part for party in encounter.parties for part in _part_by_state(reading.key, party, identities)]
        if encounter.kind is EncounterKind.MEETING and len(encounter.parties) == 1 and not encounter.is_joint:
            yield from (replace(encounter, parties=(party,)) for party in parties)
        else:
            yield replace(encounter, parties=tuple(parties))


def _part_by_state(row: str, party: Party, identities: Identities) -> list[Party]:
    """Return the party, with a separate party for the people of each other state."""
    own = {one: _find_state(row, one, identities) for one in party.people}
    staying = tuple(one for one in party.people if own[one] is None)
    parties = [replace(party, people=staying)] if staying or not party.people else []
    for state in dict.fromkeys(state for state in own.values() if state):
        parties.append(Party(state, tuple(one for one in party.people if own[one] == state)))
    return parties


def _find_state(row: str, mention: Mention, identities: Identities) -> State | None:
    """Return the state led by a person for whom the row gives none, if it is not the state that the row is about."""
    person = identities.of(row, mention)
    if person is None or person.known is None or (mention.state is not None and mention.state.is_stated):
        return None
    sighting, _ = person.seen_in(row, mention)
    led = [spell.state for spell in person.known.spells if spell.covers(sighting.first, sighting.last)]
    if not led or sighting.states & person.known.states:
        return None
    return State("", led[0], False)
