"""Slugs that are given and name nothing: the same statement reports them, alongside the response."""

from dataclasses import dataclass

import orjson

from service.language.errors import ArgumentLocation
from service.planner.relations import Row, Rows
from service.sql import Expression, func, sql_literal, text_literal

ALIASED = frozenset({"actor", "place", "fact", "source", "claim", "conflict"})
"""The tables whose entries may have had other slugs before."""
NOT_YET_KNOWN = "NOT_YET_KNOWN"
"""The code of a warning: the slug names an entry of which nothing had been reported by the day of `asOf`."""


@dataclass(frozen=True)
class Entries:
    """What slugs name: the rows of a table, known since the day in a column; some types only, or also by codes.

    `finds_one`: whether the slug is that of a root field that returns its entry. Such a slug can only name nothing if
    the response is null.
    """

    table: str
    since: str = "known_since"
    typenames: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    finds_one: bool = False

    def replace_former(self, slugs: Expression) -> Expression:
        """Replace each former slug by the present one (in a text or an array)."""
        if self.table not in ALIASED:
            return slugs
        alias = f"FROM alias WHERE entries = '{self.table}' AND former ="
        if not slugs.sql.endswith("[]"):
            return sql_literal(f"coalesce((SELECT slug {alias} {slugs}), {slugs})", "text")
        # the function is called, and costs anything, only if one of the slugs is a former one
        replaced = f"present_slugs('{self.table}', {slugs})"
        return sql_literal(
            f"CASE WHEN EXISTS (SELECT {alias} ANY ({slugs})) THEN {replaced} ELSE {slugs} END", "text[]"
        )

    def select_unknown(self, slugs: Expression, at: ArgumentLocation, day: str, place: int) -> str:
        """Return the slugs (a text or an array) that name nothing on a day, as rows for the function slug_warnings."""
        array = f"{slugs}" if slugs.sql.endswith("[]") else f"ARRAY[{slugs}]"
        path, argument = text_literal(orjson.dumps(at.path).decode()), text_literal(at.argument)
        types, codes = _array(self.typenames), _array(self.codes)
        names = ["known.slug = given.slug", *(f"known.{code} = upper(given.slug)" for code in self.codes)]
        among = f" AND known.typename = ANY ({types})" if self.typenames else ""
        return (
            f"SELECT {place} AS place, given.position, {path}::json AS path, {argument} AS argument, given.slug,"
            f" '{self.table}' AS entries, '{self.since}' AS since, {types} AS types, {codes} AS codes, {day} AS day"
            f" FROM unnest({array}) WITH ORDINALITY AS given (slug, position)"
            f" WHERE NOT EXISTS (SELECT FROM {self.table} AS known"
            f" WHERE ({' OR '.join(names)}) AND known.{self.since} <= {day}{among})"
        )

    def tell_unknown(self, slug: Expression, at: ArgumentLocation, day: str, place: int, answer: str) -> str:
        """Return the same for one slug whose response is null, as the text of a JSON object."""
        path, argument = text_literal(orjson.dumps(at.path).decode()), text_literal(at.argument)
        return (
            f"CASE WHEN {answer} IS NULL THEN json_build_object("
            f"'place', {place}, 'position', 1, 'path', {path}::json, 'argument', {argument}, 'slug', {slug},"
            f" 'entries', '{self.table}', 'since', '{self.since}', 'types', {_array(self.typenames)},"
            f" 'codes', {_array(self.codes)}, 'day', {day})::text END"
        )


def _array(texts: tuple[str, ...]) -> str:
    return f"ARRAY[{', '.join(map(repr, texts))}]::text[]"


class GivenSlugs:
    """Slugs that one operation gives.

    `answers`: the columns of the responses that may be null for a slug, by the keys of their root fields.
    """

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self._looked_up: list[str] = []
        self._unknown: list[str] = []
        self._days: dict[str, str] = {}

    def add(self, entries: Entries, slugs: Expression, at: ArgumentLocation, row: Row) -> None:
        """Record slugs that are given at a location and looked up on the day from which the row is seen."""
        day = "'infinity'::date" if row.as_of is None else row.as_of.sql
        place = len(self._unknown) + len(self._looked_up)
        if entries.finds_one:
            answer = self.answers.setdefault(str(at.path[0]), f"answer.value_{len(self.answers)}")
            self._looked_up.append(entries.tell_unknown(slugs, at, day, place, answer))
        else:
            self._unknown.append(entries.select_unknown(slugs, at, self._days.get(day, day), place))

    def add_days(self, rows: Rows) -> None:
        """Record rows that are each seen from their own day: slugs unknown on the earliest of these days are
        reported.
        """
        if rows.row.as_of is not None:
            self._days[rows.row.as_of.sql] = rows.query(func.min(rows.row.as_of)).scalar().sql

    def warnings(self) -> Expression | None:
        """Return the warnings about slugs that name nothing, as JSON, null if all name something; None
        without slugs.
        """
        told = list(self._looked_up)
        if self._unknown:
            rows = " UNION ALL ".join(self._unknown)
            told.append(f"(SELECT string_agg(row_to_json(unknown)::text, ',') FROM ({rows}) AS unknown)")
        if not told:
            return None
        # an array, since a function takes at most a hundred arguments
        texts = f"array_to_string(ARRAY[{', '.join(told)}], ',')"
        return sql_literal(f"slug_warnings(('[' || nullif({texts}, '') || ']')::json)::text")
