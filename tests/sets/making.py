"""Trips and visits that a test makes up, in the data set's file format, and the facts that they make."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from service.importers.seedset import SeedSet

Made = Callable[[list[str], list[str]], Mapping[str, Mapping[str, Any]]]
"""What a test makes from trips and visits: facts by slug."""
TRIP = """
    <trip role="president" who="{who}">
        <id>{id}</id>
        <role>president</role>
        <name>{name}</name>
        <start-date>{first}</start-date>
        <end-date>{last}</end-date>
        <country id="x">{state}</country>
        <locale>{locale}</locale>
        <remarks>{text}</remarks>
        <last-modified-datetime>2010-02-27T14:35:48.889-04:00</last-modified-datetime>
    </trip>"""
VISIT = """
    <visit>
        <id>{id}</id>
        <start-date>{first}</start-date>
        <end-date>{last}</end-date>
        <visitor>{name}</visitor>
        <from id="x">{state}</from>
        <description>{text}</description>
        <last-modified-datetime>2010-02-25T12:14:48.898-04:00</last-modified-datetime>
    </visit>"""


def trip(id: str, name: str, first: str, last: str, state: str, text: str, locale: str = "") -> str:
    """Return a trip; the days are ISO."""
    return TRIP.format(id=id, who="x", name=name, first=first, last=last, state=state, locale=locale, text=text)


def visit(id: str, name: str, first: str, last: str, state: str, text: str) -> str:
    """Return a visit; the days are ISO."""
    return VISIT.format(id=id, name=name, first=first, last=last, state=state, text=text)


def write_data(folder: Path, trips: list[str], visits: list[str]) -> Path:
    """Write the rows in the format of the data folder."""
    for name, root, rows in (("president-travels", "trips", trips), ("visits", "visits", visits)):
        path = folder / "histstate" / name / "made-up.xml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<{root}>{''.join(rows)}\n</{root}>", encoding="utf-8")
    return folder


def facts(made: SeedSet) -> dict[str, Mapping[str, Any]]:
    """Return the facts by slug, including what is reported about those of the record."""
    nouns = ("meetings", "events", "additions")
    return {entry["slug"]: entry for noun in nouns for entry in made.entries.get(noun, ())}
