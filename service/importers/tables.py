"""Tables of a set, which people write by hand: plain values checked by a form, with mistakes by file and line."""

from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from service.store.seeds.files import Mark, Problems, yaml_problem
from service.store.seeds.mistakes import describe_mistake
from service.store.seeds.sets import SetFolder

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_table(folder: SetFolder, file: str, form: TypeAdapter[Any], problems: Problems) -> Any:
    """Return the table in a file of a set; None if it has mistakes, which go to `problems`."""
    path = folder.path(file)
    if file not in folder.files:
        problems.add(Mark(path, 1), "the file is missing")
        return None
    try:
        text = folder.files[file].decode("utf-8")
        given = yaml.load(text, _LOADER)
    except UnicodeDecodeError as error:
        problems.add(Mark(path, 1), f"it cannot be read: {error}")
        return None
    except yaml.YAMLError as error:
        problems.add(*yaml_problem(path, error))
        return None
    try:
        return form.validate_python(given)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            steps = [step for step in one["loc"] if step != "[key]"]
            problems.add(Mark(path, line_in(text, *steps)), _describe(one, steps))
    return None


def line_in(text: str, *steps: Any) -> int:
    """Return the line of the value to which keys and numbers lead in a YAML text, or of the last that exists."""
    node: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
    line = 1
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == str(step)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            found = (node.value[step], node.value[step])
        else:
            break
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return line


def _describe(error: Any, steps: list[Any]) -> str:
    """Return what is wrong, with the names of the fields that lead to it."""
    if error["type"] == "extra_forbidden":
        return f"unknown field {steps[-1]}"
    why = describe_mistake(error, ()).removeprefix(f"{steps[-1] if steps else ''}: ")
    names = [str(step) for step in steps if not isinstance(step, int)]
    return why if error["type"] == "missing" or not names else f"{' '.join(names)}: {why}"
