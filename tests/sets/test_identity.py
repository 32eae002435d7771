"""Whom rows mention: by state, office and day first, by name second, by other rows third; else nobody."""

from dataclasses import replace
from datetime import date

from service.importers.histstate.identity import Identities
from service.importers.histstate.names import NameReader
from service.importers.histstate.readings import Mention, State
from service.importers.histstate.sightings import Known, Office, Sighting, Spell, Way


def known_leader(slug: str, name: str, *terms: tuple[str, str, str]) -> Known:
    """Return somebody with the states that he led, each with its days."""
    spells = tuple(Spell(state, date.fromisoformat(first), date.fromisoformat(last)) for state, first, last in terms)
    return Known(slug, (name,), spells[0].state, frozenset(spell.state for spell in spells), spells)


def sighting(row: str, title: str, name: str, state: str, day: str, *, stated: bool = True) -> Sighting:
    """Return somebody in a row with a single day."""
    mention = Mention(f"{title} {name}".strip(), title, name, State(state, state, stated), "p9s1")
    on = date.fromisoformat(day)
    return Sighting(row, mention, state, frozenset({state}), on, on, stated)


MARCOS = known_leader("ferdinand-marcos", "Ferdinand Marcos", ("philippines", "1965-12-30", "1986-02-25"))
MERKEL = known_leader("angela-merkel", "Angela Merkel", ("germany", "2005-11-22", "2015-12-31"))
SEGNI = known_leader("antonio-segni", "Antonio Segni", ("italy", "1959-02-15", "1960-02-24"))
MORO = known_leader("moro", "Aldo Moro", ("italy", "1974-11-23", "1976-07-30"))
ARIAS = known_leader("carlos-arias-navarro", "Carlos Arias Navarro", ("spain", "1974-01-01", "1976-07-01"))


def resolve(people: list[Known], *sightings: Sighting) -> list[tuple[str | int, Way] | None]:
    """Return who each is (a known slug, or the number of a person found only in rows) and how that was found."""
    identities = Identities(people, sightings, NameReader())
    own: list[object] = []
    found: list[tuple[str | int, Way] | None] = []
    for one in sightings:
        person = identities.of(one.row, one.mention)
        if person is None:
            found.append(None)
            continue
        if person.known is None and person not in own:
            own.append(person)
        who = person.known.slug if person.known else own.index(person)
        found.append((who, person.seen_in(one.row, one.mention)[1]))
    return found


def test_state_office_and_day_come_first() -> None:
    moro = sighting("trip-1", "Prime Minister", "Moro", "italy", "1975-06-03")
    before = sighting("trip-2", "Prime Minister", "Moro", "italy", "1955-06-03")
    abroad = sighting("trip-3", "Prime Minister", "Moro", "malta", "1975-06-03")
    assert resolve([MORO], moro, before, abroad) == [("moro", Way.OFFICE), None, None]


def test_a_leader_is_known_in_a_row_on_another_state() -> None:
    rome = sighting("trip-1", "Chancellor", "Angela Merkel", "italy", "2021-10-30", stated=False)
    berlin = sighting("trip-2", "Chancellor", "Merkel", "germany", "2006-07-12")
    assert resolve([MERKEL], rome, berlin) == [("angela-merkel", Way.NAME), ("angela-merkel", Way.OFFICE)]


def test_father_and_son_are_two() -> None:
    father = sighting("trip-1", "President", "Marcos", "philippines", "1969-07-26")
    son = sighting("visit-1", "President", "Ferdinand Romualdez Marcos Jr.", "philippines", "2022-09-22")
    again = sighting("visit-2", "President", "Ferdinand Marcos Jr.", "philippines", "2023-05-01")
    assert resolve([MARCOS], father, son, again) == [
        ("ferdinand-marcos", Way.OFFICE),
        (0, Way.NAME),
        (0, Way.NAME),
    ]


def test_a_bare_surname_that_nothing_explains_is_nobody() -> None:
    auriol = sighting("visit-1", "President", "Auriol", "france", "1951-03-28")
    segni = sighting("visit-2", "President", "Segni", "italy", "1964-01-14")
    assert resolve([SEGNI], auriol, segni) == [None, None]


def test_a_bare_surname_is_explained_by_rows_of_the_same_office() -> None:
    full = sighting("visit-1", "President", "Giorgio Napolitano", "italy", "2010-05-25")
    bare = sighting("trip-1", "President", "Napolitano", "italy", "2008-06-12")
    other = sighting("trip-2", "Prime Minister", "Napolitano", "italy", "2008-06-12")
    assert resolve([], full, bare, other) == [(0, Way.NAME), (0, Way.ROWS), None]


def test_a_king_is_no_minister_of_his_given_name() -> None:
    king = sighting("visit-1", "King", "Juan Carlos I", "spain", "1976-06-01")
    later = sighting("visit-2", "King", "Juan Carlos", "spain", "1981-10-13")
    assert resolve([ARIAS], king, later) == [(0, Way.NAME), (0, Way.NAME)]


def test_two_of_one_surname_in_office_are_told_apart_by_what_rows_call_them() -> None:
    lech = known_leader("lech-kaczynski", "Lech Kaczynski", ("poland", "2005-12-23", "2010-04-10"))
    president = sighting("visit-1", "President", "Lech Kaczynski", "poland", "2006-02-09")
    premier = sighting("visit-2", "Prime Minister", "Jaroslaw Kaczynski", "poland", "2006-09-13")
    assert resolve([lech], president, premier) == [("lech-kaczynski", Way.OFFICE), (0, Way.NAME)]


def test_what_a_person_decided_holds() -> None:
    segni = sighting("visit-2", "President", "Segni", "italy", "1964-01-14")
    identities = Identities([SEGNI], [segni], NameReader(), {segni.slug: "person antonio-segni"})
    person = identities.of(segni.row, segni.mention)
    assert segni.slug == "person--visit-2--president-segni"
    assert person
    assert person.known is SEGNI


def test_a_name_that_comes_back_after_decades_is_anothers() -> None:
    elder = known_leader("bjarni-benediktsson", "Bjarni Benediktsson", ("iceland", "1963-11-14", "1970-07-10"))
    first = sighting("visit-92", "Prime Minister", "Bjarni Benediktsson", "iceland", "1969-04-10")
    later = sighting("visit-3292", "Prime Minister", "Bjarni Benediktsson", "iceland", "2024-07-10")
    assert resolve([elder], first, later) == [("bjarni-benediktsson", Way.OFFICE), (0, Way.NAME)]


def test_a_king_is_no_minister_of_the_same_two_given_names() -> None:
    ekman = known_leader("carl-gustaf-ekman", "Carl Gustaf Ekman", ("sweden", "1926-06-07", "1932-08-06"))
    king = sighting("visit-450", "King", "Carl XVI Gustaf", "sweden", "1981-11-22")
    assert resolve([ekman], king) == [(0, Way.NAME)]


def test_what_a_person_decided_of_a_row_says_nothing_of_others() -> None:
    sabah = known_leader("sabah", "Sabah Al-Ahmad Al-Jaber Al-Sabah", ("kuwait", "2006-01-29", "2015-12-31"))
    own = sighting("visit-1", "Prime Minister", "Sabah al-Sabah", "kuwait", "2005-06-30")
    amir = sighting("visit-2", "Amir", "Sabah al-Ahmad al-Jaber al-Sabah", "kuwait", "2006-09-05")
    other = sighting("visit-3", "Prime Minister", "Nasser al-Sabah", "kuwait", "2008-09-17")
    identities = Identities([sabah], [own, amir, other], NameReader(), {own.slug: "person sabah"})
    assert [person.known is sabah for one in (own, amir, other) if (person := identities.of(one.row, one.mention))] == [
        True,
        True,
        False,
    ]


HEUSS = Known(
    "theodor-heuss",
    ("Theodor Heuss",),
    "germany",
    frozenset({"germany"}),
    offices=(Office("President", date(1949, 1, 1), date(1959, 12, 31)),),
)
PINTO = Known(
    "pedro-pinto",
    ("Pedro Pinto Rubianes",),
    "ecuador",
    frozenset({"ecuador"}),
    offices=(Office("Vice President", date(2000, 1, 1), date(2003, 12, 31)),),
)
ANNAN = Known(
    "kofi-annan",
    ("Kofi Annan",),
    None,
    frozenset(),
    offices=(Office("Secretary General of the United Nations", date(1997, 1, 1), date(2006, 12, 31)),),
)


def test_a_table_has_the_whole_names_of_those_whom_no_set_tells() -> None:
    heuss = sighting("visit-1", "President", "Heuss", "germany", "1958-06-04")
    earlier = sighting("visit-2", "President", "Heuss", "germany", "1939-06-04")
    minister = sighting("visit-3", "Foreign Minister", "Heuss", "germany", "1958-06-04")
    assert resolve([HEUSS], heuss, earlier, minister) == [("theodor-heuss", Way.TABLE), None, None]


def test_an_office_alone_is_whom_the_table_has_in_it() -> None:
    vice = sighting("trip-1", "Vice President", "", "ecuador", "2002-03-23")
    former = replace(vice, row="trip-2", mention=replace(vice.mention, is_former=True))
    minister = sighting("trip-3", "Foreign Minister", "", "ecuador", "2002-03-23")
    assert resolve([PINTO], vice, former, minister) == [("pedro-pinto", Way.TABLE), None, None]


def test_who_acts_for_a_body_is_of_no_state() -> None:
    annan = sighting("visit-1", "Secretary General", "Annan", "", "2003-03-27")
    of_none = replace(annan, state=None, states=frozenset())
    assert resolve([ANNAN], of_none) == [("kofi-annan", Way.TABLE)]


def test_an_office_alone_is_who_bears_its_title_before_and_after() -> None:
    before = sighting("visit-1", "King", "Baudouin I", "belgium", "1985-01-01")
    office = sighting("trip-1", "King", "", "belgium", "1989-02-23")
    after = sighting("visit-2", "King", "Baudouin I", "belgium", "1990-09-30")
    last = sighting("trip-2", "King", "", "belgium", "1991-02-23")
    assert resolve([], before, office, after, last) == [(0, Way.NAME), (0, Way.ROWS), (0, Way.NAME), None]


def test_an_office_alone_is_the_leaders_who_bears_its_title_in_the_nearest_row() -> None:
    office = sighting("trip-1", "President", "", "philippines", "1970-01-01")
    own = sighting("trip-2", "President", "Marcos", "philippines", "1969-07-26")
    minister = sighting("trip-3", "Prime Minister", "", "philippines", "1970-01-01")
    assert resolve([MARCOS], office, own, minister) == [
        ("ferdinand-marcos", Way.ROWS),
        ("ferdinand-marcos", Way.OFFICE),
        None,
    ]
