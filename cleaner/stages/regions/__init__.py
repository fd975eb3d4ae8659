"""Where the line ends belong to the text: verse, tables, lists, indexes, contents, code; and what language it is written in,
if in any.

A stage that joins lines has to know where not to. This one changes nothing, it leaves marks: one ``language`` mark on
the whole text, and spans of whole lines for each region. In ``verse``, ``display`` (titles, addresses), ``table``, ``index``,
``contents`` and ``code`` every line stands for itself; a ``list`` mark is *one item*, which may run over several lines, a
``play`` mark one speech, a ``caption`` mark all of it. ``garbage`` cannot be read: it is left as it is. ``columns`` that were not
read in their order are only named. ``lines`` are those that a person wants to keep as they are, that Markdown
sets apart, or that do not go on in the next one: interleaved columns with a gutter.

It is meant to overlook a region rather than to see one in prose: what it overlooks is mostly kept by the short lines
alone (see ``paragraphs``), what it wrongly marks stays broken. So it deliberately does not look for verse of two
lines, for lists without bullets or running numbers, nor for anything in lines that hold whole paragraphs.
Narrow newspaper columns are prose: their lines are short too, but they fill their measure and begin in mid-sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from cleaner.knowledge import Knowledge
from cleaner.language import identify
from cleaner.language.garbage import runs as runs_of_garbage
from cleaner.measure import Rows
from cleaner.model import DECISION, Document, Mark, Proposals
from cleaner.rulebook import Rule
from cleaner.stages.regions.columns import INTERLEAVED, columns, has_gutter
from cleaner.stages.regions.insets import insets
from cleaner.stages.regions.items import captions, lists, speeches
from cleaner.stages.regions.markup import piped, ruled, signed
from cleaner.stages.regions.runs import Region
from cleaner.stages.regions.tabular import CODE_SHARE, codes, contents, indexes, reads_as_code, tables
from cleaner.stages.regions.verse import verses

RULES: tuple[Rule, ...] = ()  # marks only: nothing here is an edit


def garbage(rows: Rows, vouches: Callable[[str], bool]) -> Iterator[Region]:
    """Rows that are no language at all, nor code; ``vouches`` tells the words of the text's own, in lower case."""
    for first, end in runs_of_garbage(rows.texts, vouches):
        if sum(map(reads_as_code, rows.texts[first:end])) < CODE_SHARE * (end - first):
            yield first, end, "garbage"


def regions(rows: Rows, vouches: Callable[[str], bool]) -> list[Region]:
    """All regions in order, without overlap: what is surer (no language, figures, page numbers) comes first."""
    taken = bytearray(len(rows))
    out: list[Region] = []
    for find in (
        ruled,
        partial(garbage, vouches=vouches),
        piped,
        signed,
        indexes,
        tables,
        contents,
        codes,
        speeches,
        lists,
        captions,
        insets,
        verses,
    ):
        for first, end, kind in find(rows):
            if not any(taken[first:end]):
                taken[first:end] = b"\x01" * (end - first)
                out.append((first, end, kind))
    return sorted(out)


def tongues(text: str, knowledge: Knowledge) -> Iterator[Mark]:
    """One ``language`` mark on the whole text, and a ``foreign`` mark on all of it that is not in the expected language.

    A text is in the expected language if that is what it looks like, or if it looks like no other and either is too
    short to tell, or is in words that the expected language has: a bad scan is no other language. Who names a language
    that nothing here can tell from others is believed.
    """
    expected, size = knowledge.expected, len(text)
    code = identify.language(text) if expected in identify.LANGUAGES else expected
    if not code and (knowledge.lang == expected or identify.may_be(text, knowledge.general(expected))):
        code = expected
    if code != expected and (code or identify.tells(text)):
        yield Mark(0, size, "language", {"code": code, "expected": expected})
        yield Mark(0, size, "foreign", {"code": code})
        return
    yield Mark(0, size, "language", {"code": code})
    if code in identify.LANGUAGES:
        for start, end, other in identify.passages(text, knowledge.general(expected)):
            yield Mark(start, end, "foreign", {"code": other})


def spoken(doc: Document) -> Iterator[Mark]:
    """What a person says of whole lines: that they stay as they are (``lines``), or cannot be read (``garbage``)."""
    for mark in doc.marked(DECISION):
        if mark.value["says"] in ("lines", "garbage") and mark.start < mark.end:
            yield Mark(mark.start, mark.end, str(mark.value["says"]))


def propose(doc: Document, knowledge: Knowledge) -> Proposals:
    """Marks for the languages, and for every region (from the start of a line to the end of a line)."""
    text = doc.text
    marks = [*tongues(text, knowledge)]
    own = knowledge.general(str(marks[0].value["code"]))
    rows = Rows(text)
    lines = rows.lines
    said = [*spoken(doc)]
    for first, end, kind in regions(rows, own.vouches):
        span = lines.starts[rows.numbers[first]], lines.ends[rows.numbers[end - 1]]
        if not any(mark.start < span[1] and span[0] < mark.end for mark in said):
            marks.append(Mark(*span, kind))
    marks += said
    for first, end, order in columns(rows, own):
        span = lines.starts[rows.numbers[first]], lines.ends[rows.numbers[end - 1]]
        marks.append(Mark(*span, "columns", {"order": order}))
        if order == INTERLEAVED and has_gutter(rows, first, end):  # no line goes on in the next one
            marks.append(Mark(*span, "lines"))
    return Proposals((), tuple(marks))
