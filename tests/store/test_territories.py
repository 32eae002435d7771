"""Names of states in languages without a recorded name. `--record` writes the names again."""

from collections.abc import Iterator

import orjson
import pytest
from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers

from service.store.i18n.names import display_names
from service.store.i18n.territories import NAMES, Territories, territory_names
from service.store.record.record import Name

CODES = frozenset(("KP", "US", "CH", "GB"))


def read_names() -> Territories:
    """Return Babel's names of each two-letter code, by tag."""
    # a language comes before its narrower forms
    identifiers = sorted(locale_identifiers(), key=lambda identifier: (identifier.count("_"), identifier))
    names: dict[str, dict[str, str]] = {}
    for identifier in identifiers:
        found = tags(identifier)
        for code, name in Locale.parse(identifier).territories.items():
            by_tag = names.setdefault(code, {})
            if code.isalpha() and by_tag.get(identifier.partition("_")[0]) != name:
                by_tag |= dict.fromkeys(found, name)
    return {code: by_tag for code, by_tag in sorted(names.items()) if by_tag}


def tags(identifier: str) -> list[str]:
    """Return the tag of a locale, and the one without an implied script: zh-hant-tw, zh-tw."""
    found = [identifier.replace("_", "-").lower()]
    language, _, rest = identifier.partition("_")
    _, has_script, region = rest.partition("_")
    if has_script and get_global("likely_subtags").get(f"{language}_{region}") == identifier:
        found.append(f"{language}-{region}".lower())
    return found


def lines(names: Territories) -> Iterator[str]:
    """Return a line for each code, so that a change in CLDR is readable."""
    for code, by_tag in names.items():
        yield f"{orjson.dumps(code).decode()}: {orjson.dumps(by_tag).decode()}"


@pytest.mark.slow
def test_the_names_are_those_of_babel(request: pytest.FixtureRequest) -> None:
    text = "{\n" + ",\n".join(lines(read_names())) + "\n}\n"
    if request.config.getoption("--record"):
        NAMES.write_text(text, encoding="utf-8")
    assert NAMES.read_text(encoding="utf-8") == text


def make_names(kind: str = "COMMON", **texts: str) -> list[Name]:
    return [Name(text, tag.replace("_", "-"), kind, {}) for tag, text in texts.items()]


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en", "North Korea"),
        ("fr", "Corée du Nord"),
        ("ja", "北朝鮮"),
        ("zh", "朝鲜"),
        ("zh-hant", "北韓"),
        ("zh-hant-tw", "北韓"),
        ("zh-tw", "北韓"),
        ("sr", "Северна Кореја"),
        ("sr-latn", "Severna Koreja"),
        ("sr-me", "Severna Koreja"),
        ("ko-kp", "조선민주주의인민공화국"),
        ("yue-hans", "北韩"),
    ],
)
def test_a_name_by_tag(tag: str, name: str) -> None:
    assert territory_names(CODES)["KP"][tag] == name


@pytest.mark.parametrize("tag", ["fr-ca", "de-at", "en-gb", "zh-hans", "zh-hans-cn", "zh-cn", "root", "tlh"])
def test_a_tag_is_left_out_where_the_primary_subtag_says_the_same(tag: str) -> None:
    assert tag not in territory_names(CODES)["KP"]


@pytest.mark.parametrize(
    "locale", ["fr", "pt_PT", "es_MX", "en_AU", "sr_Latn_ME", "zh_Hant_HK", "sw_KE", "de_AT", "yo_BJ"]
)
@pytest.mark.parametrize("code", sorted(CODES))
def test_it_is_what_babel_says(locale: str, code: str) -> None:
    tag = locale.replace("_", "-").lower()
    found = territory_names(CODES)[code]
    assert found.get(tag, found[tag.partition("-")[0]]) == Locale.parse(locale).territories[code]


def test_a_code_that_nobody_has() -> None:
    assert territory_names(frozenset(("QZ",))) == {"QZ": {}}


# ------------------------------------------------------------------ beside recorded names


def test_a_recorded_name_comes_first_in_all_of_its_language() -> None:
    recorded = make_names(ko_Kore="북한", de="Nordkorea")
    cldr = {"ko": "조선", "ko-kp": "조선민주주의인민공화국", "de": "D", "de-at": "Ö", "fr": "Corée du Nord"}
    assert display_names(recorded, cldr) == {"fr": "Corée du Nord", "ko": "북한", "ko-kore": "북한", "de": "Nordkorea"}


def test_what_is_no_common_name_does_not_stand_before_cldr() -> None:
    assert display_names(make_names("OFFICIAL", en="Swiss Confederation"), {"en": "Switzerland"}) == {
        "en": "Switzerland"
    }


def test_without_cldr_the_first_name_of_any_kind_serves() -> None:
    assert display_names(make_names("ALIAS", en="Rocket Man"), {}) == {"en": "Rocket Man"}
