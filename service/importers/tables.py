"""Tables of a set, which people write by hand: plain values checked by a form, with mistakes by file and line."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from service.errors import SeedsInvalid
from service.store.folders import SETS
from service.store.seeds.files import Mark, Node, Problems, YamlMapping, find_route, read_node, read_yaml
from service.store.seeds.mistakes import describe_mistake

Word = Annotated[str, Field(min_length=1)]
Words = tuple[Word, ...]
Table = TypeVar("Table")


class Form(BaseModel):
    """Entry of a table."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def require_table(seeds: Path, name: str, file: str, form: TypeAdapter[Table], keys: Iterable[str] = ()) -> Table:
    """Return the table in a file of a set; `keys`: those that the data have. Raise SeedsInvalid with all mistakes."""
    problems = Problems()
    table = read_table(seeds, name, file, form, problems)
    raise_problems(problems)
    for key in keys:
        if key not in table:
            problems.add(mark_in(seeds, name, file), f"{key} is in the data, but not in this table")
    raise_problems(problems)
    return cast("Table", table)


def read_table(seeds: Path, name: str, file: str, form: TypeAdapter[Any], problems: Problems) -> Any:
    """Return the table in a file of a set; None if it has mistakes, which go to `problems`."""
    found = Problems()
    given = _read(seeds, name, file, found)
    if found.found:
        problems.found |= found.found
        return None
    try:
        return form.validate_python(given)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            steps = [step for step in one["loc"] if step != "[key]"]
            problems.add(_mark(name, file, given, *steps), _describe(one, steps))
    return None


def mark_in(seeds: Path, name: str, file: str, *steps: Any) -> Mark:
    """Return the line of the value to which keys and numbers lead in a table, or of the last that exists."""
    return _mark(name, file, _read(seeds, name, file, Problems()), *steps)


def read_seed_file(seeds: Path, file: str) -> dict[str, Any]:
    """Return the entries in a file of the seeds, such as `people.yaml`; none if it does not exist.

    Raises SeedsInvalid.
    """
    path, problems = seeds / file, Problems()
    entries = read_yaml(file, path.read_bytes() if path.exists() else b"", problems)
    raise_problems(problems)
    return {str(slug): given for slug, given in entries.items()}


def raise_problems(problems: Problems) -> None:
    """Raise SeedsInvalid if there are mistakes."""
    if problems.found:
        raise SeedsInvalid(list(problems))


def _read(seeds: Path, name: str, file: str, problems: Problems) -> Node:
    """Return the contents of a file of a set as plain values; an empty file is an empty mapping."""
    path = f"{SETS}/{name}/{file}"
    if (seeds / path).exists():
        node = read_node(path, (seeds / path).read_bytes(), problems)
        return YamlMapping() if node is None else node
    problems.add(Mark(path, 1), "the file is missing")
    return None


def _mark(name: str, file: str, root: Any, *steps: Any) -> Mark:
    return Mark(f"{SETS}/{name}/{file}", find_route(root, steps, 1)[1])


def _describe(error: Any, steps: list[Any]) -> str:
    """Return what is wrong, with the names of the fields that lead to it."""
    if error["type"] == "extra_forbidden":
        return f"unknown field {steps[-1]}"
    why = describe_mistake(error, ()).removeprefix(f"{steps[-1] if steps else ''}: ")
    names = [str(step) for step in steps if not isinstance(step, int)]
    return why if error["type"] == "missing" or not names else f"{' '.join(names)}: {why}"
