"""History of a fact (a meeting's status, a relationship's state) as spans: which step is told from when to when."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from service.store.record.record import Claim
from service.store.record.standing import Turn
from service.store.record.steps import Change, Step, Steps


@dataclass(frozen=True, slots=True)
class ChangeSpan:
    """A step as it is told from one day to another; `step` is its number among the steps of the fact."""

    step: int
    known_from: date
    known_until: date
    change: Change


@dataclass(frozen=True, slots=True)
class TellingSpan:
    """The span of days in which a claim tells of a step."""

    step: int
    known_from: date
    known_until: date
    claim: Claim


def history(claims: Iterable[Claim]) -> list[tuple[Change, Sequence[Claim]]]:
    """Return the steps that claims of one property tell, oldest first, each with its claims.

    Claims that are denied, or deprecated as slips, do not count.
    """
    steps = Steps()
    steps.update(claims)
    return [(change, sorted(step.claims(), key=lambda c: (c.reported_on, c.slug))) for change, step in steps.all()]


def history_spans(turns: Iterable[Turn], property: str) -> tuple[list[ChangeSpan], list[TellingSpan]]:
    """Return the steps that claims of a property tell from day to day, and which claims tell of which step."""
    steps, spans = Steps(), _Spans()
    for turn in turns:
        told, gone = ([c for c in claims if c.property == property] for claims in (turn.told, turn.gone))
        if told or gone:
            touched, are_arranged = steps.update(told, gone)
            spans.end_tellings(turn.day, gone)
            if are_arranged:
                spans.arrange(turn.day, touched)
                told = [claim for step in touched for claim in step.claims()]
            spans.begin(turn.day, touched, ((step, claim) for claim in told if (step := steps.step_of(claim))))
    return spans.changes(), spans.tellings()


class _Spans:
    """The spans up to a day. A step that is determined again keeps the number that most of its claims had."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._number_of: dict[Step, int] = {}
        self._changes: list[ChangeSpan] = []
        self._tellings: list[TellingSpan] = []
        self._open_changes: dict[int, tuple[date, Change]] = {}
        self._open_tellings: dict[int, tuple[date, int, Claim]] = {}

    def changes(self) -> list[ChangeSpan]:
        last = (ChangeSpan(step, start, date.max, change) for step, (start, change) in self._open_changes.items())
        return sorted([*self._changes, *last], key=lambda span: (span.step, span.known_from))

    def tellings(self) -> list[TellingSpan]:
        last = (TellingSpan(step, start, date.max, claim) for start, step, claim in self._open_tellings.values())
        return sorted([*self._tellings, *last], key=lambda span: (span.step, span.claim.slug, span.known_from))

    def arrange(self, day: date, steps: Iterable[Step]) -> None:
        """Accept the steps that exist now, and end those that no longer exist."""
        numbers: dict[int, Step] = {}
        self._number_of = {}
        for _, number, step in sorted(self._votes(steps), key=lambda vote: (-vote[0], vote[1])):
            if step not in self._number_of and number not in numbers:
                self._number_of[step] = number
                numbers[number] = step
        for number in self._open_changes.keys() - numbers.keys():
            self._end_change(day, number)

    def _votes(self, steps: Iterable[Step]) -> Iterator[tuple[int, int, Step]]:
        """Yield, for each saying, its number of claims, their previous step number, and its present step."""
        for step in steps:
            for saying in step.sayings:
                if before := self._open_tellings.get(next(iter(saying.claims))):
                    yield len(saying.claims), before[1], step

    def begin(self, day: date, steps: Iterable[Step], tellings: Iterable[tuple[Step, Claim]]) -> None:
        """Record the steps as they are from a day on, and which of them each claim tells of."""
        for step in steps:
            number = self._number_of.get(step) or next(self._numbers)
            self._number_of[step] = number
            change = step.change()
            if self._open_changes.get(number, (day, None))[1] != change:
                self._end_change(day, number)
                self._open_changes[number] = day, change
        for step, claim in tellings:
            number = self._number_of[step]
            if self._open_tellings.get(id(claim), (day, 0))[1] != number:
                self.end_tellings(day, [claim])
                self._open_tellings[id(claim)] = day, number, claim

    def end_tellings(self, day: date, claims: Iterable[Claim]) -> None:
        for claim in claims:
            start, number, _ = self._open_tellings.pop(id(claim), (day, 0, claim))
            if start < day:
                self._tellings.append(TellingSpan(number, start, day - timedelta(days=1), claim))

    def _end_change(self, day: date, number: int) -> None:
        start, change = self._open_changes.pop(number, (day, None))
        if change and start < day:
            self._changes.append(ChangeSpan(number, start, day - timedelta(days=1), change))
