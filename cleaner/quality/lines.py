"""The estimates of a run as records for its change log: one for each page, from the raw text and from the clean one.

Where nothing shows where a page begins, a page is a part of about ``PAGE`` characters of the clean text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from cleaner.model import Span
from cleaner.quality.evidence import Judge
from cleaner.quality.pages import Estimate, Regions, estimates, pieces
from cleaner.sources import Places

ROUNDED = 3  # decimals
Mark = Mapping[str, Any]  # a mark of the log


def records(
    raw: str,
    clean: str,
    marks: Sequence[Mark],
    furniture: Sequence[tuple[int, Span]],
    cuts: Sequence[Span],
    places: Places,
    judge: Judge,
    raw_of: Callable[[int], int],
) -> Iterator[dict[str, Any]]:
    """A record for each page that holds words: its place, its ``words`` and the share of right ones, before and after.

    ``marks`` are those of the log; ``furniture`` are the spans of the raw text that were taken out, with the number of
    their page (-1: before the first); ``cuts`` are those at which it parts words; ``raw_of`` tells where a place of the
    clean text was in the raw one.
    """
    if not judge:
        return
    pages = [mark for mark in marks if mark["mark"] == "page"]
    if pages:
        begins = [mark["raw"] for mark in pages]
        for page, span in furniture:
            if page >= 0:
                begins[page] = min(begins[page], span.start)
        starts = [0, *accumulate(begins, max)], [0, *(mark["clean"] for mark in pages)]
    else:
        parts = pieces(clean)
        starts = [0, *accumulate(map(raw_of, parts[1:]), max)], parts
    garbage = [mark for mark in marks if mark["mark"] == "garbage"]
    foreign = [mark for mark in marks if mark["mark"] == "foreign" and mark["code"] != judge.general.code]
    foreign_then, foreign_now = ([Span(*mark[where]) for mark in foreign] for where in ("raw", "clean"))
    garbage_then, garbage_now = ([Span(*mark[where]) for mark in garbage] for where in ("raw", "clean"))
    then = Regions(foreign_then, garbage_then, [span for _, span in furniture], cuts)
    before = estimates(raw, starts[0], then, judge)
    after = estimates(clean, starts[1], Regions(foreign_now, garbage_now), judge)
    ends = [*starts[0][1:], len(raw)], [*starts[1][1:], len(clean)]
    for k, (old, new) in enumerate(zip(before, after, strict=True)):
        if not old.words and not new.words:
            continue
        start, end = starts[0][k], ends[0][k]
        first, last = places.find(start, end), places.find(max(start, end - 1), end)
        yield {
            "kind": "quality",
            **({"page": pages[k - 1]["folio"]} if pages and k else {}),
            **({"file": first.file} if first.file else {}),
            "raw": [start, end],
            "clean": [starts[1][k], ends[1][k]],
            "lines": [first.line, last.line],
            "words": [old.words, new.words],
            "before": _rounded(old),
            "after": _rounded(new),
        }


def _rounded(estimate: Estimate) -> float | None:
    return None if estimate.share is None else round(estimate.share, ROUNDED)
