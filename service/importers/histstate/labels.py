"""What imported meetings are called, in each language of labels."""

from collections.abc import Mapping, Sequence

from service.store.i18n.dates import date_label
from service.store.i18n.languages import LANGUAGES

Texts = Mapping[str, str]
TAGS = {"ko": "ko-Kore"}
"""The tag that names bear where it is not the language's own."""
_OPENINGS = {
    "en": "Meeting of {who}, {when}",
    "de": "Treffen von {who}, {when}",
    "fr": "Rencontre entre {who}, {when}",
    "ru": "Встреча: {who}, {when}",
    "ko": "{who} 회담, {when}",
}
_LAST = {"en": " and ", "de": " und ", "fr": " et ", "ru": " и ", "ko": "·"}
_WITHOUT_DAY = ", {when}"


def name_meeting(sides: Sequence[Texts], day: str | None) -> dict[str, str]:
    """`Meeting of Ronald Reagan and Pierre Trudeau, 10-11 March 1981`; `sides`: names of those who met, by language."""
    return {
        TAGS.get(language, language): _name_in(language, sides, day) for language in LANGUAGES if language in _OPENINGS
    }


def text_for(names: Texts, language: str) -> str:
    """The name in a language, else in English, else any."""
    tag = TAGS.get(language, language)
    return names.get(tag) or names.get("en") or next(iter(names.values()))


def _name_in(language: str, sides: Sequence[Texts], day: str | None) -> str:
    names = [text_for(side, language) for side in sides]
    comma = "·" if language == "ko" else ", "
    who = _LAST[language].join([comma.join(names[:-1]), names[-1]] if len(names) > 1 else names)
    opening = _OPENINGS[language]
    if day is None:
        return opening.replace(_WITHOUT_DAY, "").format(who=who)
    return opening.format(who=who, when=date_label(_as_span(day), language))


def _as_span(day: str) -> str:
    """`a/b` for `[a..b]`: a name has both days without saying more."""
    return day[1:-1].replace("..", "/") if day.startswith("[") and ".." in day and "," not in day else day
