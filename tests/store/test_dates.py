"""What EDTF dates mean, which are refused, which lie within which, and how people read them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from edtf import Date, EDTFParseException, is_valid_edtf, parse_edtf
from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.store.dates import Edtf, InvalidDate, narrows, parse, parse_shape
from service.store.i18n.date_labels import date_label, date_labels

pytestmark = pytest.mark.slow

MEANINGS = [
    ("2019-04-25", "2019-04-25", "2019-04-25", "DAY", "SOMETIME"),
    ("2020-02-29", "2020-02-29", "2020-02-29", "DAY", "SOMETIME"),
    ("1000-01-01", "1000-01-01", "1000-01-01", "DAY", "SOMETIME"),
    ("9999-12-31", "9999-12-31", "9999-12-31", "DAY", "SOMETIME"),
    ("2018-06", "2018-06-01", "2018-06-30", "MONTH", "SOMETIME"),
    ("2019-02", "2019-02-01", "2019-02-28", "MONTH", "SOMETIME"),
    ("2020-02", "2020-02-01", "2020-02-29", "MONTH", "SOMETIME"),
    ("2018", "2018-01-01", "2018-12-31", "YEAR", "SOMETIME"),
    ("2019-02-27/2019-02-28", "2019-02-27", "2019-02-28", "INTERVAL", "THROUGHOUT"),
    ("2019-02-28/2019-02-28", "2019-02-28", "2019-02-28", "INTERVAL", "THROUGHOUT"),
    ("2018/2019", "2018-01-01", "2019-12-31", "INTERVAL", "THROUGHOUT"),
    ("2019/2019-04", "2019-01-01", "2019-04-30", "INTERVAL", "THROUGHOUT"),
    ("2019-02/2019-04-03", "2019-02-01", "2019-04-03", "INTERVAL", "THROUGHOUT"),
    ("2019-02-28/..", "2019-02-28", None, "OPEN", "THROUGHOUT"),
    ("../2019-02-28", None, "2019-02-28", "OPEN", "THROUGHOUT"),
    ("2019/", "2019-01-01", None, "OPEN", "THROUGHOUT"),
    ("/2019", None, "2019-12-31", "OPEN", "THROUGHOUT"),
    ("[2019-02-21..2019-02-28]", "2019-02-21", "2019-02-28", "SET", "SOMETIME"),
    ("[2018-04..2018-06]", "2018-04-01", "2018-06-30", "SET", "SOMETIME"),
    ("[2019-04-23,2019-04-24]", "2019-04-23", "2019-04-24", "SET", "SOMETIME"),
    ("[2019-04-24,2019-04-23]", "2019-04-23", "2019-04-24", "SET", "SOMETIME"),
    ("[2019-02-01..2019-02-10,2019-03]", "2019-02-01", "2019-03-31", "SET", "SOMETIME"),
    ("[..2019-02-28]", None, "2019-02-28", "OPEN", "SOMETIME"),
    ("[2019-02-28..]", "2019-02-28", None, "OPEN", "SOMETIME"),
    ("[..2019-02-28,2019-03-04]", None, "2019-03-04", "OPEN", "SOMETIME"),
    ("[2019-01-01,2019-02-28..]", "2019-01-01", None, "OPEN", "SOMETIME"),
    ("[..2018,2020..]", None, None, "OPEN", "SOMETIME"),
    ("{2018-04,2018-05}", "2018-04-01", "2018-05-31", "SET", "THROUGHOUT"),
    ("{2018-04..2018-06}", "2018-04-01", "2018-06-30", "SET", "THROUGHOUT"),
    ("{2018,2019-05-03}", "2018-01-01", "2019-05-03", "SET", "THROUGHOUT"),
    ("{2018-04..}", "2018-04-01", None, "OPEN", "THROUGHOUT"),
]


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("text", "earliest", "latest", "precision", "extent"), MEANINGS)
def test_meaning(text: str, earliest: str | None, latest: str | None, precision: str, extent: str) -> None:
    assert parse(text) == Edtf(text, day(earliest), day(latest), precision, extent, False, False)


@pytest.mark.parametrize(
    ("text", "is_approximate", "is_uncertain"),
    [
        ("2019-09~", True, False),
        ("2019-09-12?", False, True),
        ("2019%", True, True),
        ("2019-02-27~/2019-02-28", True, False),
        ("2019-02-27/2019-02-28?", False, True),
        ("2019-02-27~/2019-02-28?", True, True),
        ("2019-02-28~/..", True, False),
        ("/2019?", False, True),
        ("[2019-04-23,2019-04-24~]", True, False),
        ("{2018-04?,2018-05}", False, True),
        ("[2018%,2019]", True, True),
        ("[2019-04-23,2019-04-24]", False, False),
    ],
)
def test_marks(text: str, is_approximate: bool, is_uncertain: bool) -> None:
    parsed = parse(text)
    assert (parsed.is_approximate, parsed.is_uncertain) == (is_approximate, is_uncertain)


def test_marks_leave_the_bounds_alone() -> None:
    assert (parse("2019-09~").earliest, parse("2019-09~").latest) == (date(2019, 9, 1), date(2019, 9, 30))


FORM = "Not a date in the register's notation: 2019, 2019-04, 2019-04-25, a/b, a/.., [a,b], [a..b] or {a,b}."


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "today", "2019-4-5", "20190425", "25.04.2019", "2019-04-25-01"),
        *(" 2019", "2019 ", "2019\n", "[2019-04-23, 2019-04-24]", "2019 / 2020"),
        *("٢٠١٩", "２０１９", "2019-०4", "2019–2020"),
        *("0999", "-2019", "20190", "Y20190", "y2019", "Y2E5", "2019E3", "2019S2"),
        *("201X", "2019-XX", "2019-04-XX", "2019-04-25T10:00:00", "2019-04-25T10:00:00Z"),
        *("2019?-04", "2019-~04", "~2019", "2019-04-25?~", "2019??"),
        *(
            "..",
            "2019..2020",
            "2019/2020/2021",
            "2019...2020",
            "[2019",
            "2019]",
            "[2019,2020}",
        ),
        *("[,]", "[2019,]", "[2019,,2020]", "[2018..2019..2020]", "[[2019,2020]]", "[2019,2020],2021"),
    ],
)
def test_refuses_other_forms(text: str) -> None:
    with pytest.raises(InvalidDate) as refused:
        parse(text)
    assert str(refused.value) == FORM


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2019-02-29", "No such day: 2019-02-29."),
        ("2019-02-30", "No such day: 2019-02-30."),
        ("2019-04-31~", "No such day: 2019-04-31."),
        ("2019-04-00", "No such day: 2019-04-00."),
        ("2019-13", "No such month: 2019-13."),
        ("2019-00", "No such month: 2019-00."),
        ("2019-21", "No such month: 2019-21."),
        ("2019-24?", "No such month: 2019-24."),
        ("2019-02-29/2019-03-01", "No such day: 2019-02-29."),
        ("[2019-02-21..2019-02-29]", "No such day: 2019-02-29."),
        ("2019-02-28/2019-02-27", "The end is before the start."),
        ("2019/2018-12", "The end is before the start."),
        ("[2019-02-28..2019-02-21]", "The end is before the start."),
        ("/", "At least one end of a range must be a date."),
        ("../..", "At least one end of a range must be a date."),
        ("../", "At least one end of a range must be a date."),
        ("/..", "At least one end of a range must be a date."),
        ("[..]", "At least one end of a range must be a date."),
        ("[]", "A set must contain at least two dates."),
        ("[2019-04-23]", "A set must contain at least two dates."),
        ("{2019}", "A set must contain at least two dates."),
        ("[2019/2020]", "A set must contain at least two dates."),
        ("[2019,..2020]", "In a set, only the first date can be open at the start."),
        ("[2019..,2020]", "In a set, only the last date can be open at the end."),
        ("[2019-02..2019-03-10]", "In a set, both ends of a range must have the same precision: day, month or year."),
        ("[2019-02~..2019-03]", "In a set, the ends of a range cannot have a qualifier (~, ? or %)."),
        ("[..2019?]", "In a set, the ends of a range cannot have a qualifier (~, ? or %)."),
        ("[" + "2019," * 12 + "2019]", "A date can have at most 64 characters."),
    ],
)
def test_refusals_say_why(text: str, message: str) -> None:
    with pytest.raises(InvalidDate) as refused:
        parse(text)
    assert str(refused.value) == message


def test_takes_64_characters() -> None:
    text = "[" + "2018-04," * 6 + "2018,2019,2021]"
    assert len(text) == 64
    assert parse(text).latest == date(2021, 12, 31)


@settings(deadline=None, max_examples=500)
@given(st.text(max_size=70) | st.text("0123456789-/.,[]{}~?%X ", max_size=70))
def test_arbitrary_text_is_read_or_refused(text: str) -> None:
    try:
        parsed = parse(text)
    except InvalidDate:
        return
    assert parsed.text == text
    assert all(date_labels(text).values())


DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(9999, 12, 31))
WRITTEN = st.builds(
    lambda on, length, mark: on.isoformat()[:length] + mark,
    DAYS,
    st.sampled_from([4, 7, 10]),
    st.sampled_from(["", "~", "?", "%"]),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(DAYS, min_size=2, max_size=2, unique=True).map(sorted))
def test_bounds_are_exact(ends: list[date]) -> None:
    a, b = ends
    span, choice = parse(f"{a}/{b}"), parse(f"[{a}..{b}]")
    assert (span.earliest, span.latest, span.precision, span.extent) == (a, b, "INTERVAL", "THROUGHOUT")
    assert (choice.earliest, choice.latest, choice.precision, choice.extent) == (a, b, "SET", "SOMETIME")
    for backwards in (f"{b}/{a}", f"[{b}..{a}]"):
        with pytest.raises(InvalidDate):
            parse(backwards)


@settings(deadline=None, max_examples=40)
@given(st.lists(WRITTEN, min_size=2, max_size=5), st.sampled_from(["[]", "{}"]))
def test_a_set_reaches_from_its_first_to_its_last_day(dates: list[str], brackets: str) -> None:
    read = [parse(text) for text in dates]
    parsed = parse(brackets[0] + ",".join(dates) + brackets[1])
    assert parsed.earliest == min(one.earliest for one in read if one.earliest)
    assert parsed.latest == max(one.latest for one in read if one.latest)
    assert parsed.is_approximate == any(one.is_approximate for one in read)
    assert parsed.is_uncertain == any(one.is_uncertain for one in read)
    assert is_valid_edtf(parsed.text)


def single_dates(value: Any) -> Iterator[tuple[date, date, str]]:
    """Return the dates within what the edtf package has read: the first and last day of each, and its mark."""
    parts = [*getattr(value, "objects", ()), *(vars(value)[end] for end in ("lower", "upper") if end in vars(value))]
    if parts:
        for part in parts:
            yield from single_dates(part)
    elif inner := getattr(value, "date", None):
        ((earliest, latest, _),) = single_dates(inner)
        yield earliest, latest, str(value.ua or "")
    elif str(value) not in ("", ".."):
        yield date(*value.lower_strict()[:3]), date(*value.upper_strict()[:3]), ""


NUMBERS = st.integers(0, 99).map("{:02}".format) | st.sampled_from(["01", "02", "11", "12", "28", "29", "30", "31"])
MARKS = st.sampled_from(["", "~", "?", "%"])
# including days and months that do not exist
LIKE_DATES = st.builds(
    lambda year, others: "-".join([str(year), *others]),
    st.integers(1000, 9999) | st.sampled_from([1900, 2000, 2019, 2020]),
    st.lists(NUMBERS, max_size=2),
)
ELEMENTS = WRITTEN | st.builds(
    lambda on, to, length: f"{on.isoformat()[:length]}..{to.isoformat()[:length]}", DAYS, DAYS, st.sampled_from([4, 7])
)
COMPOUND_DATES = (
    st.builds("{}/{}".format, WRITTEN | st.just("..") | st.just(""), WRITTEN | st.just("..") | st.just(""))
    | st.lists(ELEMENTS, min_size=1, max_size=4).map(lambda dates: f"[{','.join(dates)}]")
    | st.lists(ELEMENTS, min_size=1, max_size=4).map(lambda dates: f"{{{','.join(dates)}}}")
)


@settings(deadline=None, max_examples=300)
@given(LIKE_DATES, MARKS)
def test_a_single_date_is_what_the_edtf_package_takes_it_for(text: str, mark: str) -> None:
    try:
        (expected,) = single_dates(parse_edtf(text))
    except (EDTFParseException, ValueError):
        expected = None
    is_season = expected is not None and type(parse_edtf(text)) is not Date
    try:
        parsed = parse(text + mark)
    except InvalidDate:
        assert expected is None or is_season
    else:
        assert not is_season
        assert (parsed.earliest, parsed.latest, "") == expected


@settings(deadline=None, max_examples=300)
@example("[2019-02-21..2019-02-28]")
@given(st.sampled_from([row[0] for row in MEANINGS]) | COMPOUND_DATES)
def test_what_is_taken_is_to_the_edtf_package_of_the_same_dates(text: str) -> None:
    try:
        shape = parse_shape(text)
    except InvalidDate:
        return
    ours = {(day.earliest, day.latest, day.mark) for span in shape.ranges for day in span[:2] if day}
    assert ours == set(single_dates(parse_edtf(text)))


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ("2019-04-25", "2019-04"),
        ("2019-04-25", "2019"),
        ("2019-04", "2019"),
        ("2019-04-01/2019-04-02", "2019-04"),
        ("2019-04-25?", "2019-04~"),
        ("2019-04-25", "[2019-04-16..2019-04-30]"),
        ("2019-04-16", "[2019-04-16..2019-04-30]"),
        ("[2019-04-23,2019-04-24]", "[2019-04-16..2019-04-30]"),
        ("[2019-04-16,2019-04-30]", "[2019-04-16..2019-04-30]"),
        ("[2019-04-16..2019-04-30]", "2019-04"),
        ("2019-02-27/2019-02-28", "[2019-02-21..2019-02-28]"),
        ("2019-04-23", "[2019-04-23,2019-04-24]"),
        ("{2018-04,2018-05}", "2018"),
        ("2019-02-20", "[..2019-02-28]"),
        ("[..2019-02-20]", "[..2019-02-28]"),
        ("2019-03-01/..", "[2019-02-28..]"),
    ],
)
def test_narrows(inner: str, outer: str) -> None:
    assert narrows(parse(inner), parse(outer))
    assert not narrows(parse(outer), parse(inner))


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ("2019-04-25", "2019-04-25"),
        ("2019-04", "2019-04"),
        ("2019-04~", "2019-04"),
        ("[2019-04-01..2019-04-30]", "2019-04"),
        ("2019-04", "[2019-04-01..2019-04-30]"),
        ("[2019-04-24,2019-04-23]", "[2019-04-23..2019-04-24]"),
        ("2019-02-27", "2019-02-27/2019-02-28"),
        ("2019-02-28", "2019-02/2019-04"),
        ("2018-04", "{2018-04,2018-05}"),
        ("2019-03-01", "2019-02-28/.."),
        ("2019-04-20", "[2019-04-16,2019-04-30]"),
        ("2019-05-01", "[2019-04-16..2019-04-30]"),
        ("2019-04-30/2019-05-01", "2019-04"),
        ("2019-04-25/..", "2019-04"),
        ("../2019-04-25", "2019"),
        ("[2019-04-25..]", "2019"),
        ("2019-03-01", "[..2019-02-28]"),
    ],
)
def test_does_not_narrow(inner: str, outer: str) -> None:
    assert not narrows(parse(inner), parse(outer))


LABELS = [
    (
        "2019-04-25",
        "25 April 2019",
        "25. April 2019",
        "25 avril 2019",
        "2019년 4월 25일",
        "25 апреля 2019 г.",
    ),
    (
        "2018-06",
        "June 2018",
        "Juni 2018",
        "juin 2018",
        "2018년 6월",
        "июнь 2018 г.",
    ),
    (
        "2018",
        "2018",
        "2018",
        "2018",
        "2018년",
        "2018 г.",
    ),
    (
        "2019-09~",
        "about September 2019",
        "etwa September 2019",
        "septembre 2019 environ",
        "2019년 9월경",
        "примерно сентябрь 2019 г.",
    ),
    (
        "2019-04-25?",
        "25 April 2019 (uncertain)",
        "25. April 2019 (unsicher)",
        "25 avril 2019 (incertain)",
        "2019년 4월 25일(불확실)",
        "25 апреля 2019 г. (предположительно)",
    ),
    (
        "2019-04-25%",
        "about 25 April 2019 (uncertain)",
        "etwa 25. April 2019 (unsicher)",
        "25 avril 2019 environ (incertain)",
        "2019년 4월 25일경(불확실)",
        "примерно 25 апреля 2019 г. (предположительно)",
    ),
    (
        "2019-02-27/2019-02-28",
        "27-28 February 2019",
        "27.-28. Februar 2019",
        "27-28 février 2019",
        "2019년 2월 27일-28일",
        "27-28 февраля 2019 г.",
    ),
    (
        "2019-06-28/2019-07-02",
        "28 June - 2 July 2019",
        "28. Juni - 2. Juli 2019",
        "28 juin - 2 juillet 2019",
        "2019년 6월 28일 - 7월 2일",
        "28 июня - 2 июля 2019 г.",
    ),
    (
        "2018-12-30/2019-01-02",
        "30 December 2018 - 2 January 2019",
        "30. Dezember 2018 - 2. Januar 2019",
        "30 décembre 2018 - 2 janvier 2019",
        "2018년 12월 30일 - 2019년 1월 2일",
        "30 декабря 2018 г. - 2 января 2019 г.",
    ),
    (
        "2019-02-28/2019-02-28",
        "28 February 2019",
        "28. Februar 2019",
        "28 février 2019",
        "2019년 2월 28일",
        "28 февраля 2019 г.",
    ),
    (
        "2018-04/2018-06",
        "April-June 2018",
        "April-Juni 2018",
        "avril-juin 2018",
        "2018년 4월-6월",
        "апрель-июнь 2018 г.",
    ),
    (
        "2018/2019",
        "2018-2019",
        "2018-2019",
        "2018-2019",
        "2018년-2019년",
        "2018-2019 гг.",
    ),
    (
        "2019-02/2019-04-03",
        "February 2019 - 3 April 2019",
        "Februar 2019 - 3. April 2019",
        "février 2019 - 3 avril 2019",
        "2019년 2월 - 2019년 4월 3일",
        "февраль 2019 г. - 3 апреля 2019 г.",
    ),
    (
        "2019-02-27~/2019-02-28?",
        "about 27 February 2019 - 28 February 2019 (uncertain)",
        "etwa 27. Februar 2019 - 28. Februar 2019 (unsicher)",
        "27 février 2019 environ - 28 février 2019 (incertain)",
        "2019년 2월 27일경 - 2019년 2월 28일(불확실)",
        "примерно 27 февраля 2019 г. - 28 февраля 2019 г. (предположительно)",
    ),
    (
        "2019-02-28/..",
        "since 28 February 2019",
        "seit dem 28. Februar 2019",
        "depuis le 28 février 2019",
        "2019년 2월 28일부터",
        "с 28 февраля 2019 г.",
    ),
    (
        "2018-06/..",
        "since June 2018",
        "seit Juni 2018",
        "depuis juin 2018",
        "2018년 6월부터",
        "с июня 2018 г.",
    ),
    (
        "2019-02-02~/..",
        "since about 2 February 2019",
        "seit etwa dem 2. Februar 2019",
        "depuis le 2 février 2019 environ",
        "2019년 2월 2일경부터",
        "примерно со 2 февраля 2019 г.",
    ),
    (
        "../2019-02-28",
        "until 28 February 2019",
        "bis 28. Februar 2019",
        "jusqu’au 28 février 2019",
        "2019년 2월 28일까지",
        "по 28 февраля 2019 г.",
    ),
    (
        "../2018-06",
        "until June 2018",
        "bis Juni 2018",
        "jusqu’en juin 2018",
        "2018년 6월까지",
        "по июнь 2018 г.",
    ),
    (
        "2018-06/",
        "from June 2018, end unknown",
        "ab Juni 2018, Ende unbekannt",
        "depuis juin 2018, fin inconnue",
        "2018년 6월부터, 종료 시점 미상",
        "с июня 2018 г., конец неизвестен",
    ),
    (
        "/2019",
        "until 2019, beginning unknown",
        "bis 2019, Beginn unbekannt",
        "jusqu’en 2019, début inconnu",
        "2019년까지, 시작 시점 미상",
        "по 2019 г., начало неизвестно",
    ),
    (
        "[2019-02-21..2019-02-28]",
        "between 21 and 28 February 2019",
        "zwischen dem 21. und 28. Februar 2019",
        "entre le 21 et le 28 février 2019",
        "2019년 2월 21일에서 28일 사이",
        "между 21 и 28 февраля 2019 г.",
    ),
    (
        "[2019-06-28..2019-07-02]",
        "between 28 June and 2 July 2019",
        "zwischen dem 28. Juni und dem 2. Juli 2019",
        "entre le 28 juin et le 2 juillet 2019",
        "2019년 6월 28일에서 7월 2일 사이",
        "между 28 июня и 2 июля 2019 г.",
    ),
    (
        "[2018-04..2018-06]",
        "between April and June 2018",
        "zwischen April und Juni 2018",
        "entre avril et juin 2018",
        "2018년 4월에서 6월 사이",
        "между апрелем и июнем 2018 г.",
    ),
    (
        "[2018..2019]",
        "between 2018 and 2019",
        "zwischen 2018 und 2019",
        "entre 2018 et 2019",
        "2018년에서 2019년 사이",
        "между 2018 и 2019 гг.",
    ),
    (
        "[2019-04-23,2019-04-24]",
        "23 or 24 April 2019",
        "23. oder 24. April 2019",
        "23 ou 24 avril 2019",
        "2019년 4월 23일 또는 24일",
        "23 или 24 апреля 2019 г.",
    ),
    (
        "[2019-05-02,2019-04-24,2019-04-23]",
        "23, 24 April or 2 May 2019",
        "23., 24. April oder 2. Mai 2019",
        "23, 24 avril ou 2 mai 2019",
        "2019년 4월 23일, 24일 또는 5월 2일",
        "23, 24 апреля или 2 мая 2019 г.",
    ),
    (
        "[2019-04-23~,2019-04-24~]",
        "about 23 or 24 April 2019",
        "etwa 23. oder 24. April 2019",
        "23 ou 24 avril 2019 environ",
        "2019년 4월 23일 또는 24일경",
        "примерно 23 или 24 апреля 2019 г.",
    ),
    (
        "[2018,2019-05-03]",
        "2018 or 3 May 2019",
        "2018 oder 3. Mai 2019",
        "2018 ou 3 mai 2019",
        "2018년 또는 2019년 5월 3일",
        "2018 г. или 3 мая 2019 г.",
    ),
    (
        "[2019-02-01..2019-02-10,2019-03]",
        "1-10 February 2019 or March 2019",
        "1.-10. Februar 2019 oder März 2019",
        "1er-10 février 2019 ou mars 2019",
        "2019년 2월 1일-10일 또는 2019년 3월",
        "1-10 февраля 2019 г. или март 2019 г.",
    ),
    (
        "[2018,2018]",
        "2018",
        "2018",
        "2018",
        "2018년",
        "2018 г.",
    ),
    (
        "[2018,2019]",
        "2018 or 2019",
        "2018 oder 2019",
        "2018 ou 2019",
        "2018년 또는 2019년",
        "2018 или 2019 г.",
    ),
    (
        "[..2019-02-28]",
        "28 February 2019 or earlier",
        "28. Februar 2019 oder früher",
        "28 février 2019 ou plus tôt",
        "2019년 2월 28일 이전",
        "28 февраля 2019 г. или ранее",
    ),
    (
        "[2019-01-01,2019-02-28..]",
        "1 January 2019 or 28 February 2019 or later",
        "1. Januar 2019 oder 28. Februar 2019 oder später",
        "1er janvier 2019 ou 28 février 2019 ou plus tard",
        "2019년 1월 1일 또는 2019년 2월 28일 이후",
        "1 января 2019 г. или 28 февраля 2019 г. или позднее",
    ),
    (
        "{2018-04,2018-05}",
        "April and May 2018",
        "April und Mai 2018",
        "avril et mai 2018",
        "2018년 4월 및 5월",
        "апрель и май 2018 г.",
    ),
    (
        "{2018-01..2018-03,2018-05}",
        "January-March and May 2018",
        "Januar-März und Mai 2018",
        "janvier-mars et mai 2018",
        "2018년 1월-3월 및 5월",
        "январь-март и май 2018 г.",
    ),
    (
        "{2018-04..}",
        "since April 2018",
        "seit April 2018",
        "depuis avril 2018",
        "2018년 4월부터",
        "с апреля 2018 г.",
    ),
    (
        "{2018-04~,2018-05?,2018-07}",
        "about April 2018, May 2018 (uncertain) and July 2018",
        "etwa April 2018, Mai 2018 (unsicher) und Juli 2018",
        "avril 2018 environ, mai 2018 (incertain) et juillet 2018",
        "2018년 4월경, 2018년 5월(불확실) 및 2018년 7월",
        "примерно апрель 2018 г., май 2018 г. (предположительно) и июль 2018 г.",
    ),
]


@pytest.mark.parametrize(("text", "en", "de", "fr", "ko", "ru"), LABELS)
def test_labels(text: str, en: str, de: str, fr: str, ko: str, ru: str) -> None:
    assert {"en": en, "de": de, "fr": fr, "ko": ko, "ru": ru}.items() <= date_labels(text).items()
    assert date_label(text, "de") == de


@pytest.mark.parametrize(
    ("text", "fr"),
    [
        ("2019-01-01", "1er janvier 2019"),
        ("2019-02-01/2019-02-10", "1er-10 février 2019"),
        ("2019-02-01/..", "depuis le 1er février 2019"),
        ("../2019-02-01~", "jusqu’au 1er février 2019 environ"),
    ],
)
def test_the_first_of_a_month_is_an_ordinal_in_french(text: str, fr: str) -> None:
    assert date_label(text, "fr") == fr


def test_label_refuses_what_parse_refuses() -> None:
    with pytest.raises(InvalidDate):
        date_label("2019-02-30", "en")
