"""Reports as text: Markdown to read, a diff of paragraphs for git tools, a table and JSON for programs. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from cleaner import names, talk
from cleaner.language import identify
from cleaner.records import Record
from cleaner.report.charts import percent
from cleaner.report.gather import Report
from cleaner.report.showing import MAKER, around, clip, named, place, runs, shown
from cleaner.sidebyside import Row, Segment

COLUMNS = (
    "file", "source", "id", "page", "line", "column", "stage", "rule", "status", "confidence", "before", "after", "why"
)  # fmt: skip
MARKUP = re.compile(r"([\\`*_\[\]<>&|~#$])")
ROUND = 4  # digits of a share


# ---- Markdown ----------------------------------------------------------------------------------------------------------


def markdown(report: Report) -> str:
    """One text as Markdown: what was done in figures, what is held, and each paragraph with changes, marked in place."""
    return "\n\n".join(_sections(report)) + "\n"


def _sections(report: Report) -> Iterator[str]:
    yield f"<!-- {MAKER} -->"
    yield f"# {escaped(report.name)}"
    if report.edited:
        yield "**Edited by hand** since it was cleaned. This is what its log says."
    overall, language = report.overall, report.language
    yield (
        f"{report.applied:,} changes applied, {len(report.held):,} held, {report.log.end['layout']:,} of line ends and "
        f"blanks; {len(report.furniture):,} lines of furniture removed. Words right, by estimate: "
        f"{percent(overall.before)} -> {percent(overall.after)}. "
        f"Language: {identify.NAMES.get(language.code, language.code) or 'not known'}."
    )
    if report.rules:
        yield "## Changes by stage and rule"
        rows = [f"| {r.stage} | {escaped(r.name)} | {r.applied:,} | {r.held:,} | {r.layout:,} |" for r in report.rules]
        yield "\n".join(["| stage | rule | applied | held | white space |", "|---|---|--:|--:|--:|", *rows])
    if report.held:
        yield "## Held: proposed, not applied"
        yield "\n".join(f"- {escaped(place(change))}: {_swap(change)}{_reason(change)}" for change in report.held)
    if report.furniture:
        yield "## Furniture removed"
        yield "\n".join(f"- {escaped(place(change))}: {_swap(change)}{_reason(change)}" for change in report.furniture)
    if report.passages:
        yield "## To look at in the scan"
        yield "\n".join(
            f"- {escaped(f'{one.page}, ' * bool(one.page))}{escaped(one.file)} lines {one.first}-{one.last}: "
            f"{talk.KINDS[one.what][0]}"
            for one in report.passages
        )
    yield "## Paragraphs that were changed"
    for row in report.rows:
        if row.records and not row.furniture:
            yield f"**{escaped(named(report, row))}**"
            yield "".join(map(_marked, row.segments)).strip().replace("\n", "\\\n")


def _reason(change: Record) -> str:
    return f" - {escaped(change['rule'])} {change['confidence']:.2f}, {escaped(change['why'])}"


def _swap(change: Record) -> str:
    left, right = around(change)
    return (
        escaped(left) + _tagged("del", clip(change["before"])) + _tagged("ins", clip(change["after"])) + escaped(right)
    )


def _marked(segment: Segment) -> str:
    if segment.change is not None:
        return _tagged("del", segment.left) + _tagged("ins", segment.right)
    return f"<mark>{_flat(segment.right)}</mark>" if segment.held and segment.right else escaped(segment.right)


def _tagged(tag: str, text: str) -> str:
    return f"<{tag}>{_flat(text)}</{tag}>" if text else ""


def _flat(text: str) -> str:
    return "".join(escaped(piece) for piece, _ in runs(text, marked=True, flat=True))


def escaped(text: str) -> str:
    """Text that Markdown shows as it is.

    >>> escaped("<b> *x* a_b")
    '\\\\<b\\\\> \\\\*x\\\\* a\\\\_b'
    """
    return MARKUP.sub(r"\\\1", shown(text))


# ---- diff --------------------------------------------------------------------------------------------------------------


class _Line(NamedTuple):
    sign: str
    text: str
    place: str


CONTEXT = 1  # lines: the blank one between two paragraphs


def diff(report: Report) -> str:
    """A unified diff of paragraphs: what was changed and nothing else, since both sides have the layout of the clean text.

    The lines with ``+`` are those of the clean text, with its numbers; what cannot be printed is written out.
    """
    name = names.escape(report.name)
    found = [f"# {MAKER}: paragraphs from raw to clean, both in the layout of the clean text", f"--- raw/{name}"]
    return "\n".join([*found, f"+++ clean/{name}", *_hunks([*_lines(report)])]) + "\n"


def _lines(report: Report) -> Iterator[_Line]:
    before, after, first = "", "", None
    for row in report.rows:
        first = first or row
        before += "".join(segment.right if segment.change is None else segment.left for segment in row.segments)
        after += row.right
        if before[-1:] in ("", "\n") and after[-1:] in ("", "\n"):
            yield from _compared(before, after, report, first)
            before, after, first = "", "", None
    if first is not None:
        yield from _compared(before, after, report, first)


def _compared(before: str, after: str, report: Report, row: Row) -> Iterator[_Line]:
    """The lines of one paragraph, those at its ends that are the same on both sides once."""
    old, new = (text.removesuffix("\n").split("\n") if text else [] for text in (before, after))
    same = min(len(old), len(new))
    head = next((k for k in range(same) if old[k] != new[k]), same)
    tail = next((k for k in range(same - head) if old[-1 - k] != new[-1 - k]), same - head)
    where = named(report, row)
    for sign, lines in (
        (" ", new[:head]),
        ("-", old[head : len(old) - tail]),
        ("+", new[head : len(new) - tail]),
        (" ", new[len(new) - tail :]),
    ):
        yield from (_Line(sign, shown(line).replace("\r", "\\r"), where) for line in lines)


def _hunks(lines: Sequence[_Line]) -> Iterator[str]:
    changed = [k for k, line in enumerate(lines) if line.sign != " "]
    old, new, at, k = 1, 1, 0, 0
    while k < len(changed):
        last = k
        while last + 1 < len(changed) and changed[last + 1] - changed[last] <= 2 * CONTEXT + 1:
            last += 1
        start, end = max(changed[k] - CONTEXT, 0), min(changed[last] + CONTEXT + 1, len(lines))
        old += sum(line.sign != "+" for line in lines[at:start])
        new += sum(line.sign != "-" for line in lines[at:start])
        hunk = lines[start:end]
        removed, added = (sum(line.sign != sign for line in hunk) for sign in "+-")
        yield f"@@ -{old - (not removed)},{removed} +{new - (not added)},{added} @@ {shown(lines[changed[k]].place)}"
        yield from (line.sign + line.text for line in hunk)
        old, new, at, k = old + removed, new + added, end, last + 1


# ---- data --------------------------------------------------------------------------------------------------------------


def head() -> str:
    """The first line of the table."""
    return "\t".join(COLUMNS) + "\n"


def tsv(report: Report) -> str:
    """A row for each change, each edit of a group for itself; tabs, line ends and the like are written as ``\\t``, ``\\n``."""
    return "".join("\t".join(map(names.escape, _cells(report.name, change))) + "\n" for change in report.log.changes)


def _cells(name: str, change: Record) -> Iterable[str]:
    values = {**change, "file": name, "source": change.get("file", "")}
    values["confidence"] = f"{change['confidence']:.2f}"
    return (str(values.get(column, "")) for column in COLUMNS)


def as_json(report: Report) -> str:
    """All that is known of one text, on one line: the figures of the report, and the log."""
    log, overall = report.log, report.overall
    told: dict[str, Any] = {
        "name": report.name,
        "edited": report.edited,
        "applied": report.applied,
        "held": len(report.held),
        "layout": log.end["layout"],
        "furniture": [change["id"] for change in report.furniture],
        "language": report.language.code,
        "quality": {key: _rounded(share) for key, share in overall._asdict().items()},
        "stages": [count._asdict() for count in report.stages],
        "rules": [{**rule._asdict(), "samples": [one["id"] for one in rule.samples]} for rule in report.rules],
        "pages": [count._asdict() for count in report.pages],
        "confidence": [count._asdict() for count in report.confidence],
        "log": {**log._asdict()},
    }
    return json.dumps(told, separators=(",", ":"))


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, ROUND)
