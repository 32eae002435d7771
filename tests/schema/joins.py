"""Find what no statement of the service may have: tables in one FROM that nothing joins."""

import re
from collections.abc import Iterator

TOKEN = re.compile(r"E?'(?:[^'\\]|''|\\.)*'|\"[^\"]*\"|[(),]|\b\w+\b")
ENDS = {"WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "UNION", "WINDOW", "OFFSET"}


def missing_joins(sql: str) -> list[str]:
    """Return the positions in a statement where tables are listed without a join."""
    return [*_commas(sql), *_without_condition(sql)]


def _commas(sql: str) -> Iterator[str]:
    """Find commas between the tables of a FROM."""
    depth, clauses = 0, {0: ""}
    for found in TOKEN.finditer(sql):
        token = found[0]
        if token == "(":
            depth += 1
            clauses[depth] = ""
        elif token == ")":
            depth -= 1
        elif token == "FROM" or token in ENDS:
            clauses[depth] = token
        elif token == "," and clauses[depth] == "FROM":
            yield sql[max(found.start() - 60, 0) : found.start() + 60]


def _without_condition(sql: str) -> Iterator[str]:
    """Find joins without a condition, except those with rows that are made for each of the others."""
    if "CROSS JOIN" in sql:
        yield "CROSS JOIN"
    if len(re.findall(r"\bON true\b", sql)) > len(re.findall(r"\bJOIN LATERAL\b", sql)):
        yield "ON true"
