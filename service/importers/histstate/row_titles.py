"""Titles for rows, which have none of their own: the kind of journey, the state and the days."""

import re
from collections.abc import Mapping

from service.importers.histstate.readings import RowSet
from service.importers.histstate.rows import Row
from service.importers.histstate.tables import Tables
from service.store.i18n.date_labels import date_label
from service.store.i18n.names import primary

_INVERTED = re.compile(r"^([^,]+), ([^,]+)$")
"""A state as in an index: "Korea, South", "Germany, Federal Republic of"."""
_PATTERNS: Mapping[RowSet, Mapping[str, str]] = {
    RowSet.TRIP: {
        "en": "Trip abroad: {state}, {days}",
        "de": "Auslandsreise: {state}, {days}",
        "ko-Kore": "해외 방문: {state}, {days}",
        "ru": "Зарубежная поездка: {state}, {days}",
        "fr": "Voyage à l’étranger : {state}, {days}",
    },
    RowSet.VISIT: {
        "en": "Visit from abroad: {state}, {days}",
        "de": "Besuch aus dem Ausland: {state}, {days}",
        "ko-Kore": "해외 인사의 방문: {state}, {days}",
        "ru": "Визит из-за рубежа: {state}, {days}",
        "fr": "Visite de l’étranger : {state}, {days}",
    },
}


def row_title(tables: Tables, row: Row, state_names: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the title of a row by language, from its structured fields alone.

    `state_names` has the common names of each state by slug and language. The English title has the row's own words
    for the state ("West Bank", "Macedonia"). The others exist only if these words are the state's common name, since
    any other word would say more, or something else, than the row does.
    """
    words = _INVERTED.sub(r"\2 \1", row.country)
    names = state_names.get(tables.state_slug(row.country, row.start) or "", {})
    if names.get("en") != words:
        names = {"en": words}
    days = row.start.isoformat() if row.start == row.end else f"{row.start}/{row.end}"
    return {
        language: pattern.format(state=names[language], days=date_label(days, primary(language)))
        for language, pattern in _PATTERNS[row.set].items()
        if language in names
    }
