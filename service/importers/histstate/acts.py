"""Names of trips and visits on which nobody was met, and phrases for what else was done on them."""

import re
from collections.abc import Collection, Sequence

from service.importers.histstate.days import DAYS
from service.importers.histstate.readings import Act, ActKind, StayKind

OFFICIAL_STAYS = frozenset(
    {
        StayKind.STATE,
        StayKind.OFFICIAL,
        StayKind.OFFICIAL_WORKING,
        StayKind.RECEPTION,
        StayKind.WORKING,
        StayKind.INFORMAL,
        StayKind.GUEST,
        StayKind.GOODWILL,
        StayKind.COURTESY,
    }
)
"""Kinds of stay that are directed at the state visited."""
VISITS = OFFICIAL_STAYS - {StayKind.GUEST}
"""Official stays that are a fact even alongside a conference."""
_STAYS: tuple[tuple[StayKind, dict[str, str]], ...] = (
    (
        StayKind.STATE,
        {
            "en": "State visit",
            "de": "Staatsbesuch",
            "fr": "Visite d’État",
            "ru": "Государственный визит",
            "ko-Kore": "국빈 방문",
        },
    ),
    (
        StayKind.OFFICIAL_WORKING,
        {
            "en": "Official working visit",
            "de": "Offizieller Arbeitsbesuch",
            "fr": "Visite officielle de travail",
            "ru": "Официальный рабочий визит",
            "ko-Kore": "공식 실무 방문",
        },
    ),
    (
        StayKind.OFFICIAL,
        {
            "en": "Official visit",
            "de": "Offizieller Besuch",
            "fr": "Visite officielle",
            "ru": "Официальный визит",
            "ko-Kore": "공식 방문",
        },
    ),
    (
        StayKind.RECEPTION,
        {
            "en": "Official reception",
            "de": "Offizieller Empfang",
            "fr": "Réception officielle",
            "ru": "Официальный приём",
            "ko-Kore": "공식 환영 행사",
        },
    ),
    (
        StayKind.WORKING,
        {
            "en": "Working visit",
            "de": "Arbeitsbesuch",
            "fr": "Visite de travail",
            "ru": "Рабочий визит",
            "ko-Kore": "실무 방문",
        },
    ),
    (
        StayKind.GOODWILL,
        {
            "en": "Goodwill visit",
            "de": "Freundschaftsbesuch",
            "fr": "Visite de bonne volonté",
            "ru": "Визит доброй воли",
            "ko-Kore": "친선 방문",
        },
    ),
    (
        StayKind.COURTESY,
        {
            "en": "Courtesy visit",
            "de": "Höflichkeitsbesuch",
            "fr": "Visite de courtoisie",
            "ru": "Визит вежливости",
            "ko-Kore": "예방",
        },
    ),
    (
        StayKind.PASTORAL,
        {
            "en": "Pastoral visit",
            "de": "Pastoralbesuch",
            "fr": "Visite pastorale",
            "ru": "Пастырский визит",
            "ko-Kore": "사목 방문",
        },
    ),
    (
        StayKind.VACATION,
        {"en": "Holiday", "de": "Urlaubsaufenthalt", "fr": "Séjour de vacances", "ru": "Отдых", "ko-Kore": "휴가"},
    ),
    (
        StayKind.TRANSIT,
        {
            "en": "Stop on a journey",
            "de": "Zwischenstopp auf einer Reise",
            "fr": "Escale au cours d’un voyage",
            "ru": "Остановка в пути",
            "ko-Kore": "경유",
        },
    ),
    (
        StayKind.PRIVATE,
        {
            "en": "Private visit",
            "de": "Privatbesuch",
            "fr": "Visite privée",
            "ru": "Частный визит",
            "ko-Kore": "비공식 개인 방문",
        },
    ),
    (
        StayKind.UNOFFICIAL,
        {
            "en": "Unofficial visit",
            "de": "Inoffizieller Besuch",
            "fr": "Visite non officielle",
            "ru": "Неофициальный визит",
            "ko-Kore": "비공식 방문",
        },
    ),
    (
        StayKind.INFORMAL,
        {
            "en": "Informal visit",
            "de": "Informeller Besuch",
            "fr": "Visite informelle",
            "ru": "Неформальный визит",
            "ko-Kore": "격식 없는 방문",
        },
    ),
    (
        StayKind.MEDICAL,
        {
            "en": "Stay for medical treatment",
            "de": "Aufenthalt zur ärztlichen Behandlung",
            "fr": "Séjour pour traitement médical",
            "ru": "Пребывание для лечения",
            "ko-Kore": "치료를 위한 체류",
        },
    ),
)
_VISIT = {"en": "Visit", "de": "Besuch", "fr": "Visite", "ru": "Визит", "ko-Kore": "방문"}
LONGEST = 13
"""Maximum number of words of a row that may be used as a value; more would be its prose."""
_LONGEST_LIST = 5
"""The same maximum for places that were visited."""
_DAY = re.compile(rf",?(?: on)? \(?(?P<day>{DAYS})\)?$")
_SMALL_L = re.compile(r"(?<=\d)l|l(?=\d)")
"""A small L that the typist used for the digit 1."""
_FULL_STOP = re.compile(r"(?<!\b[A-Z]\.[A-Z])\.$")
_ANY_DAY = re.compile(DAYS)
_ASIDE = re.compile(r" (?:during|until|before|while|after)\b.*")
ATTENDANCE = "attendance at the {}"
"""Programme entry for attendance at a gathering that is not a fact here."""
_VERB = re.compile(r"and |(?!United\b)\w+ed\b|spoke\b")
"""Start of an act's words if they say more than what the act was done to."""


def words_of_stay(kinds: Collection[StayKind]) -> dict[str, str]:
    """Return the name of a stay, by language; "visit" if the row says no more."""
    return dict(next((words for kind, words in _STAYS if kind in kinds), _VISIT))


def describe_act(act: Act) -> str | None:
    """Return a short English phrase for what was done; None if the row needs too many words for it."""
    words = _ASIDE.sub("", act.object)
    object = _FULL_STOP.sub("", _DAY.sub("", words).strip(" ;,"))
    longest = _LONGEST_LIST if act.kind is ActKind.VISITED else LONGEST
    if not act.done or not object or _ANY_DAY.search(object) or len(object.split()) > longest or _VERB.match(object):
        return None
    day = _DAY.search(words)
    return f"{act.done.format(object)}, {_SMALL_L.sub('1', day['day'])}" if day else act.done.format(object)


def name_of_ceremony(acts: Sequence[Act]) -> str | None:
    """Return the name of a stay of which only a ceremony is reported ("Dedication of Falcon Dam")."""
    if len(acts) != 1 or acts[0].kind is not ActKind.CEREMONY:
        return None
    name = re.sub(r"^(the|a) ", "", describe_act(acts[0]) or "")
    return name[:1].upper() + name[1:] or None
