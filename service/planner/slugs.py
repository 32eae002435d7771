"""Slugs that are given and name nothing: the same statement tells of them, beside the answer."""

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
    """What slugs name: the rows of a table, since the day in a column; of some types only, or by codes too.

    `finds_one`: whether the slug is that of a field of the root that answers with its entry, so that only where the
    answer is null it may name nothing.
    """

    table: str
    since: str = "known_since"
    typenames: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    finds_one: bool = False

    def replace_former(self, slugs: Expression) -> Expression:
        """The slugs (a text or an array) with the present one in place of each former one."""
        if self.table not in ALIASED:
            return slugs
        alias = f"FROM alias WHERE entries = '{self.table}' AND former ="
        if not slugs.sql.endswith("[]"):
            return sql_literal(f"coalesce((SELECT slug {alias} {slugs}), {slugs})", "text")
        # the function is called, and only costs anything, where one of them is a former one
        replaced = f"present_slugs('{self.table}', {slugs})"
        return sql_literal(
            f"CASE WHEN EXISTS (SELECT {alias} ANY ({slugs})) THEN {replaced} ELSE {slugs} END", "text[]"
        )

    def select_unknown(self, slugs: Expression, at: ArgumentLocation, day: str, place: int) -> str:
        """The slugs (a text or an array) that name nothing on a day, as rows for the function slug_warnings."""
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
        """The same of one slug, where its answer is null, as the text of a JSON object."""
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
    """The slugs that one operation gives.

    `answers`: the columns of the answers that may be null for a slug, by the keys of their fields of the root.
    """

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self._looked_up: list[str] = []
        self._unknown: list[str] = []
        self._days: dict[str, str] = {}

    def add(self, entries: Entries, slugs: Expression, at: ArgumentLocation, row: Row) -> None:
        """Takes slugs that are given at a place and looked up as a row is seen."""
        day = "'infinity'::date" if row.as_of is None else row.as_of.sql
        place = len(self._unknown) + len(self._looked_up)
        if entries.finds_one:
            answer = self.answers.setdefault(str(at.path[0]), f"answer.value_{len(self.answers)}")
            self._looked_up.append(entries.tell_unknown(slugs, at, day, place, answer))
        else:
            self._unknown.append(entries.select_unknown(slugs, at, self._days.get(day, day), place))

    def add_days(self, rows: Rows) -> None:
        """Takes rows that are each seen from a day of their own: what is unknown on the earliest is told of."""
        if rows.row.as_of is not None:
            self._days[rows.row.as_of.sql] = rows.query(func.min(rows.row.as_of)).scalar().sql

    def warnings(self) -> Expression | None:
        """What is told of slugs that name nothing, as JSON, null where all do; None where no slugs are given."""
        told = list(self._looked_up)
        if self._unknown:
            rows = " UNION ALL ".join(self._unknown)
            told.append(f"(SELECT string_agg(row_to_json(unknown)::text, ',') FROM ({rows}) AS unknown)")
        if not told:
            return None
        # an array, since a function takes a hundred arguments at most
        texts = f"array_to_string(ARRAY[{', '.join(told)}], ',')"
        return sql_literal(f"slug_warnings(('[' || nullif({texts}, '') || ']')::json)::text")
