"""Import of Archigos: who effectively led which state, with first and last day, 1840 to 2015."""

from pathlib import Path

from service.importers.archigos.facts import add_people, add_source, add_spell
from service.importers.archigos.people import identify, read_corrections
from service.importers.archigos.spells import read_spells
from service.importers.archigos.states import read_states
from service.importers.seedset import SeedSet


def make_set(data: Path, seeds: Path) -> SeedSet:
    """Return the people and offices in the data; raise OSError, DataFileInvalid, SeedsInvalid."""
    made = SeedSet("archigos")
    spells = [*read_spells(data)]
    states, corrections = read_states(seeds, [spell.code for spell in spells]), read_corrections(seeds)
    leaders = identify(spells, states, corrections, seeds)
    by_spell = {spell.key: leader for leader in leaders for spell in leader.spells}
    for spell in spells:
        add_source(made, spell, corrections)
        if spell.key in by_spell:
            add_spell(made, spell, by_spell[spell.key], states)
    add_people(made, leaders)
    made.add("organisations", "archigos", names={"COMMON": {"en": "Archigos", "de": "Archigos"}}, kind="OTHER")
    return made
