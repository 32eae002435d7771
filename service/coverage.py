"""Coverage of the documents, formatted for a terminal, without a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

from service.store.verify import ABSENT, DocumentReport

PIPE_WIDTH = 160
"""Width in columns if nobody is watching: enough to print a slug in one piece."""


def show(reports: Sequence[DocumentReport]) -> None:
    """Print each report in full, then a table of all of them with their results."""
    out = Console(highlight=False, markup=False, emoji=False)
    if not out.is_terminal:
        out.width = PIPE_WIDTH
    for report in reports:
        # there are thousands of rows
        if report.dataset is None or report.faults:
            _print_document(out, report)
    out.print(_overview(reports))
    out.print(_result(reports), style="bold")


def _print_document(out: Console, report: DocumentReport) -> None:
    out.rule(report.source, align="left", style="default")
    left_out = [one for one in report.sentences if not one.claims]
    out.print(
        f"{report.document}: {_count(len(report.sentences), 'sentence')}, {len(left_out)} of them without a claim; "
        f"{_count(len(report.quotations), 'quotation')}; claims cite {report.share:.1%} of the characters."
    )
    if report.quotations:
        quotations = [(one.address, "\n".join(one.quotes) or one.reason or "-", one.text) for one in report.quotations]
        out.print(_words_table(quotations, "Quotation", "Recorded by"))
    if left_out:
        omitted = [(one.address, one.reason or "-", one.text) for one in left_out]
        out.print(_words_table(omitted, "Sentence", "Left out as"))
    for note in report.notes:
        out.print(f"Note: {note}")
    for fault in report.faults:
        out.print(f"Fault: {fault}", style="red")
    out.print()


def _words_table(rows: Sequence[tuple[str, str, str]], address: str, why: str) -> Table:
    """Return a table of address, what accounts for it, and words, with the given headings."""
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="dim")
    table.add_column(address, no_wrap=True)
    table.add_column(why, overflow="fold")
    table.add_column("Words", overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def _overview(reports: Iterable[DocumentReport]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="dim")
    table.add_column("Document", overflow="fold")
    for heading in ("Sentences", "Cited", "Left out", "Quotations", "Recorded", "Characters cited", "Faults"):
        table.add_column(heading, justify="right")
    rows: dict[str, list[DocumentReport]] = {}
    for report in reports:
        if report.dataset:
            rows.setdefault(report.dataset, []).append(report)
            continue
        cited = sum(1 for one in report.sentences if one.claims)
        left_out = sum(1 for one in report.sentences if not one.claims and one.reason)
        recorded = sum(1 for one in report.quotations if one.quotes)
        counts = (len(report.sentences), cited, left_out, len(report.quotations), recorded)
        table.add_row(report.source, *map(str, counts), f"{report.share:.1%}", str(len(report.faults)))
    for dataset, of_set in rows.items():
        share = sum(one.cited for one in of_set) / max(1, sum(one.characters for one in of_set))
        faults = sum(len(one.faults) for one in of_set)
        shown = "not available" if all(one.notes == ABSENT for one in of_set) else f"{share:.1%}"
        table.add_row(f"{dataset}: {_count(len(of_set), 'row')}", *[""] * 5, shown, str(faults))
    return table


def _result(reports: Sequence[DocumentReport]) -> str:
    faults = sum(len(report.faults) for report in reports)
    rows = sum(report.dataset is not None for report in reports)
    documents = _count(len(reports) - rows, "document")
    if faults:
        among = f"{documents} and {_count(rows, 'row')}" if rows else documents
        return f"{_count(faults, 'fault')} in {among}."
    return f"Every passage is unchanged; every quotation and every sentence of {documents} is recorded or explained."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
