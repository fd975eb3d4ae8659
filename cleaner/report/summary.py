"""A text as a line of the index: what remains of a report when its page is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleaner.journal import Language, Overall
from cleaner.records import GARBAGE
from cleaner.report import charts
from cleaner.report.charts import Chart
from cleaner.report.gather import Count, Report, totals


class Summary(NamedTuple):
    """One text: its counts by stage, what was applied and held, furniture, what cannot be read, the estimate."""

    name: str
    stages: Sequence[Count]
    applied: int
    held: int
    furniture: int
    unreadable: int
    overall: Overall
    language: Language
    edited: bool


def of(report: Report) -> Summary:
    """The summary of a report."""
    bad = sum(passage.what == GARBAGE for passage in report.passages)
    counts = report.applied, len(report.held), len(report.furniture), bad
    return Summary(report.name, report.stages, *counts, report.overall, report.language, report.edited)


def figures(summaries: Sequence[Summary]) -> list[Chart]:
    """The charts of the index: all changes by stage, and the estimate of each text."""
    found = [charts.bars("stages", "Changes by stage", totals(one.stages for one in summaries))]
    shares = [(one.name, one.overall.before, one.overall.after) for one in summaries]
    if any(after is not None for _, _, after in shares):
        found.append(charts.shares("quality", "Words that are right, by estimate", shares, "text"))
    return found
