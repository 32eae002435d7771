"""Slugs that are given and name nothing: the same statement tells of them, beside the answer."""

from collections.abc import Callable
from dataclasses import dataclass

import orjson
from sqlalchemy import func, select

from service.planner.arguments import At
from service.planner.rows import Row, Rows
from service.planner.sql import Expression, compiled, raw, word

NAMES = "names"
"""Under this key the extensions of an argument (or of a field of a filter) hold the Kind that its slugs name."""
MOST_HELPED = 10
"""To so many of the slugs of an operation similar ones are suggested."""
MOST_SUGGESTED = 3
NEAREST = 200
"""Of so many slugs before and after, in their order, the similar ones are suggested: the cost is the same in any store."""
ALIKE = 0.4
"""Least likeness, from 0 to 1."""


@dataclass(frozen=True)
class Kind:
    """What slugs name: the rows of a table, since the day in a column; of some types only, or by codes too."""

    table: str
    since: str = "known_since"
    only: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()

    def visible(self, alias: str, day: str) -> str:
        """That a row of the alias is of the kind and known on a day."""
        types = ", ".join(f"'{name}'" for name in self.only)
        among = f" AND {alias}.typename IN ({types})" if self.only else ""
        return f"{alias}.{self.since} <= {day}{among}"

    def named(self, day: str) -> str:
        """That something is named by `given.slug`."""
        names = ["known.slug = given.slug", *(f"known.{code} = upper(given.slug)" for code in self.codes)]
        return (
            f"EXISTS (SELECT 1 FROM {self.table} AS known WHERE ({' OR '.join(names)}) AND {self.visible('known', day)})"
        )

    def suggestions(self) -> str:
        """The slugs most like `unknown.slug`, as an array in JSON."""
        lowered = "lower(unknown.slug) COLLATE \"C\""
        nearest = " UNION ALL ".join(
            f"(SELECT * FROM {self.table} WHERE slug {side} {lowered} ORDER BY slug {way} LIMIT {NEAREST})"
            for side, way in (("<", "DESC"), (">=", "ASC"))
        )
        return (
            "(SELECT coalesce(json_agg(slug ORDER BY alike DESC, slug), '[]') FROM ("
            f"SELECT near.slug, slug_likeness(unknown.slug, near.slug) AS alike FROM ({nearest}) AS near"
            f" WHERE {self.visible('near', 'unknown.day')}"
            f" AND slug_likeness(unknown.slug, near.slug) >= {ALIKE}"
            f" ORDER BY alike DESC, near.slug LIMIT {MOST_SUGGESTED}) AS best)"
        )


class Slugs:
    """The slugs that one operation gives."""

    def __init__(self) -> None:
        self._given: list[Callable[[int], str]] = []
        self._kinds: list[Kind] = []
        self._days: dict[str, str] = {}

    def note(self, kind: Kind, slugs: Expression, at: At, row: Row) -> None:
        """Takes slugs (a text or an array) that are given at a place and looked up as a row is seen."""
        day = "'infinity'::date" if row.as_of is None else str(row.as_of)
        day = self._days.get(day, day)
        if kind not in self._kinds:
            self._kinds.append(kind)
        array = str(slugs) if str(slugs).endswith("[]") else f"ARRAY[{slugs}]"
        path = word(orjson.dumps(at.path).decode())
        self._given.append(
            lambda place: (
                f"SELECT {place} AS place, given.position, {path} AS path, {word(at.argument)} AS argument,"
                f" {self._kinds.index(kind)} AS kind, {day} AS day, given.slug"
                f" FROM unnest({array}) WITH ORDINALITY AS given (slug, position) WHERE NOT {kind.named(day)}"
            )
        )

    def see(self, rows: Rows) -> None:
        """Takes rows that are each seen from a day of their own: what is unknown on the earliest is told of."""
        if rows.row.as_of is not None:
            earliest = select(func.min(rows.row.as_of)).select_from(rows.row.source())
            self._days[str(rows.row.as_of)] = f"({compiled(earliest)})"

    def warnings(self) -> Expression | None:
        """What follows the answer's data in its body: nothing, where all slugs name something; None without slugs."""
        if not self._given:
            return None
        every = " UNION ALL ".join(given(place) for place, given in enumerate(self._given))
        once = f"SELECT DISTINCT ON (path, argument, slug) * FROM ({every}) AS every ORDER BY path, argument, slug, place"
        unknown = f"SELECT *, row_number() OVER (ORDER BY place, position) AS number FROM ({once}) AS once"
        suggested = " ".join(f"WHEN {number} THEN {kind.suggestions()}" for number, kind in enumerate(self._kinds))
        return raw(
            """coalesce((SELECT ',"extensions":{"warnings":' || json_agg(json_build_object("""
            "'code', 'UNKNOWN_SLUG', 'path', path::json, 'argument', argument, 'value', slug, 'suggestions',"
            f" CASE WHEN number > {MOST_HELPED} THEN '[]' ELSE CASE kind {suggested} END END) ORDER BY number) || '}}'"
            f" FROM ({unknown}) AS unknown), '')"
        )
