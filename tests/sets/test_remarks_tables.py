"""The tables used by the reader of remarks agree with each other and with the states of the register."""

from datetime import date
from itertools import pairwise

import pytest
import yaml

from service.importers.histstate import tables
from service.importers.histstate.readings import ActKind
from service.importers.histstate.remarks import READERS
from service.settings import SEEDS


def test_every_kind_of_clause_has_a_reader_and_every_reader_a_phrase() -> None:
    assert {phrase.reads for phrase in tables.phrases()} == set(READERS)


def test_acts_are_of_a_known_kind() -> None:
    acts = {phrase.act for phrase in tables.phrases() if phrase.reads == "ACT"}

    assert acts <= {kind.value for kind in ActKind}


def test_names_of_states_mean_states_of_the_register() -> None:
    registered = yaml.load((SEEDS / "countries.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    meant = [*tables.state_names().values(), *tables.state_adjectives().values()]

    assert {name.slug for names in meant for name in names if name.slug} - set(registered) == set()


def test_titles_and_phrases_name_known_states() -> None:
    titles = [title for title, _ in tables.titles().values()]
    words = {state for title in titles for state in (*title.states, title.acts_for) if state}
    words |= {phrase.counterpart for phrase in tables.phrases() if phrase.counterpart}
    words |= {state for group in tables.state_groups().values() for state in group}

    assert words - set(tables.state_names()) == set()


@pytest.mark.parametrize(
    ("words", "day", "slug"),
    [
        ("China, Republic of", "1945-04-26", "china"),
        ("China, Republic of", "1961-07-31", "taiwan"),
        ("Vietnam", "1975-04-30", "south-vietnam"),
        ("Vietnam", "2000-11-16", "vietnam"),
        ("West German", "1974-04-05", "germany"),
        ("Soviet", "1985-11-16", "soviet-union"),
        ("Siam (Thailand)", "1931-04-28", "thailand"),
        ("Congo", "1998-03-23", None),
        ("Atlantis", "1998-03-23", None),
    ],
)
def test_what_words_mean_as_a_state_goes_by_the_day(words: str, day: str, slug: str | None) -> None:
    assert tables.state_slug(words, date.fromisoformat(day)) == slug


def test_editions_of_a_series_do_not_overlap() -> None:
    for series in tables.gatherings():
        days = sorted((first, last) for _, first, last in series.editions)
        assert all(last < following for (_, last), (following, _) in pairwise(days)), series.series
