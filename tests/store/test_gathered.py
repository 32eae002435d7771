"""What the entries behind the facts need from these."""

from datetime import date

from service.store.loading.gathered import Gathered
from service.store.record.record import Actor, Place, Record
from service.store.rows import EntryRows, Key

KIM, KOREA = Key("actor", ("kim",)), Key("actor", ("north-korea",))
HALL, CITY, STATE = (Key("place", (slug,)) for slug in ("hall", "pyongyang", "north-korea"))
RECORD = Record(
    {},
    {"kim": Actor("kim", "Person", (), "north-korea"), "north-korea": Actor("north-korea", "Country", ())},
    {
        "hall": Place("hall", "VENUE", (), part_of="pyongyang"),
        "pyongyang": Place("pyongyang", "CITY", (), "north-korea", "north-korea"),
        "north-korea": Place("north-korea", "COUNTRY", (), "north-korea"),
    },
    {},
    {},
    {},
)


def gather(*entries: tuple[str, dict[Key, date]]) -> Gathered:
    gathered = Gathered(RECORD)
    for table, named in entries:
        gathered.add(EntryRows(Key(table, ("some",)), named=named))
    return gathered


def test_what_one_named_belongs_to_is_known_with_it() -> None:
    gathered = gather(("fact", {KIM: date(2019, 4, 20)}), ("fact", {HALL: date(2019, 4, 18), CITY: date(2019, 4, 25)}))
    assert gathered.known_since(KIM) == date(2019, 4, 20)
    assert {gathered.known_since(key) for key in (KOREA, HALL, CITY, STATE)} == {date(2019, 4, 18)}


def test_what_nothing_names_is_not_known() -> None:
    assert gather(("fact", {KOREA: date(2019, 4, 20)})).known_since(KIM) is None


def test_each_fact_counts_and_no_source() -> None:
    gathered = gather(
        ("source", {KIM: date(2018, 1, 1)}), ("fact", {KIM: date(2019, 4, 25)}), ("fact", {KIM: date(2019, 4, 20)})
    )
    assert [*gathered.days(KIM)] == [date(2019, 4, 20), date(2019, 4, 25)]
    assert gathered.known_since(KIM) == date(2018, 1, 1)


def test_offices_are_in_the_order_of_the_facts() -> None:
    gathered = gather()
    for slug, inputs in (("later", "b"), ("earlier", None)):
        gathered.add_office("kim", slug, inputs)
    assert gathered.offices("kim") == [("later", "b"), ("earlier", None)]
    assert gathered.offices("putin") == []
