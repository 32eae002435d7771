"""Entries of a seed file, checked against their model, with every mistake reported with its line."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from service.store.notation.fields import EntryModel, NotedCitation
from service.store.notation.values import Index
from service.store.seeds.files import Mark, Problems, SeedFile, YamlMapping, find_route, line_of, remove
from service.store.seeds.mistakes import describe_mistake

Model = TypeVar("Model", bound=EntryModel)


@dataclass
class Entry(Generic[Model]):
    """Slug with its fields; mistakes found go to `problems`.

    Content that cannot be read is removed from `given`, and is None in `fields` even if it is required; the entry is
    then not `is_whole`.
    """

    slug: str
    mark: Mark
    given: dict[Any, Any]
    model: type[Model]
    index: Index
    problems: Problems
    is_whole: bool = True
    is_addition: bool = False
    """Whether it adds to an entry stored elsewhere, so that nothing is missing."""

    def __post_init__(self) -> None:
        self.fields = self._read_fields()

    def line(self, name: str) -> Mark:
        """Return the position of a field, or else of the entry."""
        return self.line_in(self.given, name) if name in self.given else self.mark

    def line_in(self, within: dict[Any, Any], key: Any) -> Mark:
        """Return the position of a key of a mapping within the entry."""
        return Mark(self.mark.file, line_of(within, key, self.mark.line))

    def with_marks(self, within: dict[Any, Any], key: str | None, read: Iterable[Any]) -> list[tuple[Mark, Any]]:
        """Return what was read of the one or several values under a key, each with its line."""
        if not isinstance(within, YamlMapping):
            return [(self.mark, one) for one in read]
        lines = within[key].lines if isinstance(within[key], list) else [within.lines[key]]
        return [(Mark(self.mark.file, line), one) for line, one in zip(lines, read, strict=True)]

    def report(self, reason: str, name: str | None = None) -> None:
        """Report a mistake at a field's line, or at the entry's own."""
        self.report_at(self.line(name) if name else self.mark, f"{name}: {reason}" if name else reason)

    def report_at(self, mark: Mark, reason: str) -> None:
        """Report a mistake at a line."""
        self.problems.add(mark, f"{self.slug}: {reason}")

    def _read_fields(self) -> Model:
        """Return the fields; mistakes are reported, and fields without mistakes are still read."""
        try:
            return self.model.model_validate(self.given, context=self.index)
        except ValidationError as error:
            self._report_all(error)
        needed = [name for name, field in self.model.model_fields.items() if field.is_required()]
        fields = self.model.model_construct(**dict.fromkeys(needed))
        read = self.model.__pydantic_validator__.validate_assignment
        for name in map(str, self.given):
            with suppress(ValidationError):
                read(fields, name, self.given[name], context=self.index)
        return fields

    def read(self, name: str, kind: TypeAdapter[Any]) -> Any:
        """Return the value of a field that the model does not have; None if it cannot be read."""
        try:
            return kind.validate_python(self.given[name], context=self.index)
        except ValidationError as error:
            self._report_all(error, name)
        with suppress(ValidationError):
            return kind.validate_python(self.given.get(name), context=self.index)

    def _report_all(self, error: ValidationError, *within: str) -> None:
        """Report each mistake, and remove what contains one."""
        wrong = []
        for one in error.errors(include_url=False):
            if self.is_addition and one["type"] == "missing" and len(one["loc"]) == 1:
                continue
            steps = (*within, *one["loc"])
            way, line = find_route(self.given, steps, self.mark.line)
            is_field = len(steps) == 1
            why = describe_mistake(one, (self.model if is_field else NotedCitation).model_fields)
            is_named = is_field and one["type"] in ("missing", "extra_forbidden")
            self.report_at(Mark(self.mark.file, line), why if is_named else f"{steps[0]}: {why}")
            self.is_whole &= one["type"] == "extra_forbidden"
            wrong += [way] if way else []
        remove(self.given, wrong)


def read_entries(
    files: Iterable[SeedFile], model: type[Model], index: Index, problems: Problems, *, are_additions: bool = False
) -> Iterator[Entry[Model]]:
    """Yield the entries of files whose slugs are well formed."""
    slugs: TypeAdapter[str] = TypeAdapter(model.slug)
    for slug, given, mark in (each for file in files for each in file.with_marks()):
        try:
            slugs.validate_python(slug)
        except ValidationError as error:
            problems.add(mark, describe_mistake(error.errors()[0], ()))
            continue
        if isinstance(given, dict):
            yield Entry(str(slug), mark, given, model, index, problems, is_addition=are_additions)
        else:
            problems.add(mark, f"{slug}: it must be a mapping of fields")
