"""SQL as small typed pieces of text, and how they are combined into a statement.

Every reference is by name, so no table is ever added to a FROM unnoticed. Nothing in this module accesses a database.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count

OR, AND, NOT, OPERATOR, ATOM = range(5)
"""How tightly a piece binds: a piece that binds more loosely than its position requires is put in brackets."""
JSON = "json"
"""The type of a text that is JSON and never null."""
JSON_OR_NULL = "json?"
WORD = "word"
"""The type of a text in which JSON escapes nothing, and which is never null."""
WORD_OR_NULL = "word?"
PLAIN = ("boolean", "integer", "bigint")
"""Types whose text is their JSON."""
PLACEHOLDER = re.compile(r"\$(\d+)(?=::)")
NAME = re.compile(r"[a-z_][a-z0-9_]*")
RESERVED = frozenset({"all", "end", "from", "order", "to", "user"})
MAX_PIECES = 100


class Expression:
    """Piece of SQL. Comparing two pieces returns the piece that compares them, as in SQLAlchemy; texts become literals.

    `type`: the SQL type, where it matters; `level`: how tightly the piece binds.
    """

    __slots__ = ("level", "sql", "type")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, sql: str, type_: str = "", level: int = ATOM) -> None:
        self.sql, self.type, self.level = sql, type_, level

    def __str__(self) -> str:
        return self.sql

    def __bool__(self) -> bool:
        raise TypeError("Whether this holds is known to the database only.")

    def op(self, operator: str, type_: str = "") -> "Infix":
        """Return the infix operator between this piece and the argument of the returned function."""
        return Infix(self, operator, type_)

    def __eq__(self, other: object) -> "Expression":  # type: ignore[override]
        return self.op("=", "boolean")(other)

    def __ne__(self, other: object) -> "Expression":  # type: ignore[override]
        return self.op("<>", "boolean")(other)

    def __lt__(self, other: object) -> "Expression":
        return self.op("<", "boolean")(other)

    def __le__(self, other: object) -> "Expression":
        return self.op("<=", "boolean")(other)

    def __gt__(self, other: object) -> "Expression":
        return self.op(">", "boolean")(other)

    def __ge__(self, other: object) -> "Expression":
        return self.op(">=", "boolean")(other)

    def __add__(self, other: object) -> "Expression":
        return self.op("+", self.type)(other)

    def __mul__(self, other: object) -> "Expression":
        return self.op("*", self.type)(other)

    def __and__(self, other: "Expression") -> "Expression":
        return and_(self, other)

    def __or__(self, other: "Expression") -> "Expression":
        return or_(self, other)

    def __invert__(self) -> "Expression":
        return Expression(f"NOT {parenthesize(self, OPERATOR)}", "boolean", NOT)

    def __getitem__(self, place: "Expression | int") -> "Expression":
        return Expression(f"({self.sql})[{place}]")

    def cast(self, type_: str) -> "Expression":
        return Expression(f"{parenthesize(self, ATOM)}::{type_}", type_)

    def with_type(self, type_: str) -> "Expression":
        """Return the same piece with this type."""
        return Expression(self.sql, type_, self.level)

    def in_(self, values: "Sequence[object] | Select") -> "Expression":
        items = values.sql if isinstance(values, Select) else comma_list(values) or "NULL"
        return Expression(f"{parenthesize(self, ATOM)} IN ({items})", "boolean", OPERATOR)

    def is_null(self) -> "Expression":
        return Expression(f"{parenthesize(self, ATOM)} IS NULL", "boolean", OPERATOR)

    def is_not_null(self) -> "Expression":
        return Expression(f"{parenthesize(self, ATOM)} IS NOT NULL", "boolean", OPERATOR)

    def asc(self) -> "Expression":
        return Expression(f"{self.sql} ASC")

    def desc(self) -> "Expression":
        return Expression(f"{self.sql} DESC")

    def distinct(self) -> "Expression":
        return Expression(f"DISTINCT {self.sql}", self.type)

    def filter(self, condition: "Expression") -> "Expression":
        """Return an aggregate over the rows that meet a condition."""
        return Expression(f"{self.sql} FILTER (WHERE {condition})", self.type)

    def over(self, *order: "Expression") -> "Expression":
        """Return a window function over all rows, in an order."""
        return Expression(f"{self.sql} OVER ({f'ORDER BY {comma_list(order)}' if order else ''})", self.type)

    def label(self, name: str) -> "Column":
        return Column(self, name)


class Infix:
    """Operator that waits for its right side."""

    __slots__ = ("left", "operator", "type")

    def __init__(self, left: Expression, operator: str, type_: str) -> None:
        self.left, self.operator, self.type = left, operator, type_

    def __call__(self, right: object) -> Expression:
        return Expression(
            f"{parenthesize(self.left, ATOM)} {self.operator} {parenthesize(literal(right), ATOM)}", self.type, OPERATOR
        )


class Column(Expression):
    """Expression with a name, for the list of a SELECT."""

    __slots__ = ("name",)

    def __init__(self, value: Expression, name: str) -> None:
        super().__init__(f"{value.sql} AS {identifier(name)}", value.type)
        self.name = name


class Functions:
    """`func.lower(x)` calls a function of the database; its type is known, or else that of its first argument."""

    TYPES: Mapping[str, str] = {
        "count": "bigint",
        "row_number": "bigint",
        "concat": "text",
        "format": "text",
        "lower": "text",
        "upper": "text",
        "replace": "text",
        "rtrim": "text",
        "split_part": "text",
        "translate": "text",
        "encode": "text",
        "date_trunc": "timestamp",
    }
    OF_ARGUMENT = ("coalesce", "max", "min", "nullif")

    def __getattr__(self, name: str) -> "Callable[..., Expression]":
        def call(*arguments: object) -> Expression:
            pieces = [literal(each) for each in arguments]
            type_ = pieces[0].type if name in self.OF_ARGUMENT else self.TYPES.get(name, "")
            return Expression(f"{name}({comma_list(pieces) or ('*' if name == 'count' else '')})", type_)

        return call


func = Functions()


class Table:
    """Something with named columns that a FROM can name: a table, a subquery or a CTE.

    `columns`: SQL types by name. `name`: that of a subquery, if it has one.
    """

    def __init__(self, sql: str, columns: Mapping[str, str], name: str = "") -> None:
        self.sql, self.columns, self.name = sql, columns, name

    def __str__(self) -> str:
        return f"{self.sql} AS {self.name}" if self.name else self.sql

    def alias(self, name: str) -> str:
        return f"{self.sql} AS {name}"


class Select:
    """A SELECT; its methods modify and return it."""

    def __init__(self, *columns: Expression) -> None:
        self._columns = columns
        self._with: list[str] = []
        self._from = self._group = self._order = self._cut = ""
        self._conditions: list[Expression] = []

    def select_from(self, source: object) -> "Select":
        self._from = f" FROM {source}"
        return self

    def where(self, *conditions: Expression) -> "Select":
        self._conditions += conditions
        return self

    def group_by(self, *keys: Expression) -> "Select":
        self._group = f" GROUP BY {comma_list(keys)}" if keys else ""
        return self

    def order_by(self, *keys: Expression) -> "Select":
        self._order = f" ORDER BY {comma_list(keys)}" if keys else ""
        return self

    def limit(self, rows: int | Expression, *, with_ties: bool = False) -> "Select":
        """Limit the rows. `with_ties`: also return rows that are equal to the last one in the order."""
        number = literal(rows)
        self._cut = f" FETCH FIRST {number} ROWS WITH TIES" if with_ties else f" LIMIT {number}"
        return self

    def with_fence(self) -> "Select":
        """Add an offset, so that PostgreSQL reads the rows by their own index, however many it estimates."""
        self._cut += " OFFSET 0"
        return self

    def with_(self, name: str, query: "Select | Union") -> "Select":
        """Add a named query that is run once for everything in this one; it may use those added before it."""
        self._with.insert(0, f"{name} AS MATERIALIZED ({query.sql})")
        return self

    @property
    def columns(self) -> dict[str, str]:
        """SQL types by name, of the columns that have one."""
        return {each.name: each.type for each in self._columns if isinstance(each, Column)}

    @property
    def sql(self) -> str:
        where = f" WHERE {and_(*self._conditions)}" if self._conditions else ""
        once = f"WITH {', '.join(self._with)} " if self._with else ""
        return f"{once}SELECT {comma_list(self._columns)}{self._from}{where}{self._group}{self._order}{self._cut}"

    def scalar(self) -> Expression:
        """Return the only column of the only row, as a value."""
        type_ = self._columns[0].type
        return Expression(f"({self.sql})", JSON_OR_NULL if type_ == JSON else type_)

    def subquery(self, name: str = "") -> Table:
        return Table(f"({self.sql})", self.columns, name)


class Union:
    """All rows of several queries with the same columns."""

    def __init__(self, *queries: Select) -> None:
        self.columns = queries[0].columns
        self.sql = " UNION ALL ".join(f"({query.sql})" for query in queries)

    def subquery(self, name: str = "") -> Table:
        return Table(f"({self.sql})", self.columns, name)


def select(*columns: Expression) -> Select:
    return Select(*columns)


class Exists(Expression):
    """Whether a query has rows."""

    __slots__ = ("query",)

    def __init__(self, query: Select) -> None:
        super().__init__(f"EXISTS ({query.sql})", "boolean")
        self.query = query

    def row_by_row(self) -> Expression:
        """Return the same condition, evaluated for each row separately: PostgreSQL neither joins nor hashes a fenced
        query.
        """
        return Expression(f"EXISTS ({self.query.sql} OFFSET 0)", "boolean")


def exists(query: Select) -> Exists:
    return Exists(query)


def and_(*conditions: Expression) -> Expression:
    return _chain(" AND ", AND, [each for each in conditions if each is not TRUE], TRUE)


def or_(*conditions: Expression) -> Expression:
    return _chain(" OR ", OR, conditions, FALSE)


def _chain(word: str, level: int, conditions: Sequence[Expression], of_none: Expression) -> Expression:
    if len(conditions) < 2:
        return conditions[0] if conditions else of_none
    return Expression(word.join(parenthesize(each, level) for each in conditions), "boolean", level)


def any_(array: object) -> Expression:
    """Return any item of an array, for the right side of a comparison."""
    return Expression(f"ANY ({array})")


def case(*branches: tuple[Expression, Expression], else_: Expression | None = None) -> Expression:
    parts = [f"WHEN {condition} THEN {value}" for condition, value in branches]
    end = f" ELSE {else_}" if else_ is not None else ""
    type_ = branches[0][1].type
    return Expression(f"CASE {' '.join(parts)}{end} END", JSON_OR_NULL if type_ == JSON else type_)


def row_of(values: Sequence[Expression]) -> Expression:
    """Return several values that are compared as one."""
    return Expression(f"({comma_list(values)})")


def array(values: Sequence[Expression], type_: str) -> Expression:
    return Expression(f"ARRAY[{comma_list(values)}]::{type_}[]")


def array_of(query: Select) -> Expression:
    """Return the only column of all rows as an array."""
    return Expression(f"ARRAY({query.sql})")


def column(alias: str, name: str, type_: str) -> Expression:
    return Expression(f"{alias}.{identifier(name)}", type_)


def identifier(name: str) -> str:
    return name if NAME.fullmatch(name) and name not in RESERVED else f'"{name}"'


def sql_literal(sql: str, type_: str = "", level: int = ATOM) -> Expression:
    """Return a piece from SQL of our own."""
    return Expression(sql, type_, level)


def text_literal(text: str) -> Expression:
    """Return a text of our own as a literal in the statement; never use it for text from users."""
    quoted = text.replace("'", "''")
    return Expression(f"'{quoted}'::text", "text")


def int_literal(value: int) -> Expression:
    return Expression(str(int(value)), "integer")


def literal(value: object) -> Expression:
    """Return a piece unchanged, and a text or a number of our own as a literal."""
    if isinstance(value, Expression):
        return value
    if isinstance(value, str):
        return text_literal(value)
    assert isinstance(value, int)
    return int_literal(value)


NULL = Expression("NULL")
TRUE = Expression("true", "boolean")
FALSE = Expression("false", "boolean")
COMMA = text_literal(",")


def parenthesize(piece: Expression, level: int) -> str:
    """Return the text of a piece for a position in which nothing that binds more loosely is allowed."""
    return piece.sql if piece.level >= level else f"({piece.sql})"


def comma_list(pieces: Sequence[object]) -> str:
    return ", ".join(each.sql if isinstance(each, Expression) else literal(each).sql for each in pieces)


# -------------------------------------------------------------- JSON as text


class JsonText(Expression):
    """JSON built from texts of our own and pieces of SQL.

    Text costs less than JSON functions (bench/RESULTS.md), which look up each type and write spaces. The fewer pieces,
    the lower the cost.
    """

    __slots__ = ("pieces",)

    def __init__(self, *pieces: str | Expression) -> None:
        self.pieces: list[str | Expression] = []
        for piece in pieces:
            for part in piece.pieces if isinstance(piece, JsonText) else [piece]:
                if isinstance(part, str) and self.pieces and isinstance(self.pieces[-1], str):
                    self.pieces[-1] += part
                else:
                    self.pieces.append(part)
        super().__init__(_concat([literal(each) for each in self.pieces]).sql, JSON)


def _concat(pieces: Sequence[Expression]) -> Expression:
    """Concatenate texts; a function takes at most a hundred."""
    while len(pieces) > MAX_PIECES:
        pieces = [func.concat(*pieces[start : start + MAX_PIECES]) for start in range(0, len(pieces), MAX_PIECES)]
    return func.concat(*pieces)


def json_object(pairs: Sequence[tuple[str, Expression]]) -> Expression:
    """Return a JSON object with its keys, which are names, in order."""
    pieces: list[str | Expression] = ["{"]
    for position, (key, value) in enumerate(pairs):
        pieces += [f'{"," if position else ""}"{key}":', to_json(value)]
    return JsonText(*pieces, "}")


def json_word(word: str) -> Expression:
    """Return a word of our own as JSON; it must contain nothing that needs escaping."""
    return JsonText(f'"{word}"')


def to_json(value: Expression) -> Expression:
    """Return a value as a piece of JSON: a text, or something from which concat makes the same text."""
    if value.type == JSON:
        return value
    if value is NULL:
        return JsonText("null")
    if value.type == WORD:
        return JsonText('"', value, '"')
    if value.type == WORD_OR_NULL:
        value = sql_literal("'\"'").op("||")(value).op("||")(sql_literal("'\"'"))
    elif value.type in PLAIN:
        value = value.cast("text")
    elif value.type != JSON_OR_NULL:
        value = func.to_json(value)
    return func.coalesce(value, sql_literal("'null'")).with_type(JSON)


def json_list(value: Expression, order: Sequence[Expression] = ()) -> Expression:
    """Return an aggregate: the values of rows in an order, as a JSON array; an empty one if there are no rows."""
    return json_array(json_items(value, order))


def json_items(value: Expression, order: Sequence[Expression] = ()) -> Expression:
    """Return an aggregate: the values of rows in an order as JSON, joined by commas."""
    by = f" ORDER BY {comma_list(order)}" if order else ""
    return Expression(f"string_agg({to_json(value)}, {COMMA}{by})", "text")


def json_array(items: Expression) -> Expression:
    """Return the JSON array of items joined by commas; an empty one for null."""
    return JsonText("[", items, "]")


def base64url(value: Expression) -> Expression:
    """Return a text in base64url, without padding or line breaks."""
    encoded = func.encode(func.convert_to(value, text_literal("UTF8")), text_literal("base64"))
    return func.translate(encoded, sql_literal(r"E'+/=\n'"), text_literal("-_"))


# -------------------------------------------------------------- statements


def number_placeholders(statement: str) -> tuple[str, tuple[int, ...]]:
    """Return a statement with its placeholders renumbered without gaps, and the original placeholders, from 0."""
    used = sorted({int(number) for number in PLACEHOLDER.findall(statement)})
    numbers = {str(old): new for new, old in enumerate(used, start=1)}
    text = PLACEHOLDER.sub(lambda match: f"${numbers[match[1]]}", statement)
    return text, tuple(number - 1 for number in used)


def aliases() -> Iterator[str]:
    """Yield names for the tables of one statement, each used once."""
    return (f"t{number}" for number in count(1))
