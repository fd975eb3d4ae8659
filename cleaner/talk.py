"""What is said to people, as lines of text: the summary of a batch, and what each stage would do to a snippet.

Pure functions from outcomes and records to strings of at most 80 columns where the words allow; the command line prints
them. Nothing is decided here, and nothing is said by colour alone.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple, TypeVar

from cleaner import corpus
from cleaner.corpus import Mode, Outcome
from cleaner.finding import show
from cleaner.finishing import Finish
from cleaner.following import Followed
from cleaner.journal import Language, Log, Passage, Quality, language
from cleaner.language import identify
from cleaner.names import WIDTH, visible
from cleaner.records import GARBAGE
from cleaner.stages import STAGES

LONGEST_LIST = 20
MEGABYTE = 1_000_000
MANY_PAGES = 24
LARGEST_PAGE = 10_000  # bytes: the samples' book pages hold two thousand, a page of the newspaper six
DIGITS = re.compile(r"\d+")
LAST_WORD, FIRST_WORD = re.compile(r"\S*\Z"), re.compile(r"\S*")
SNIPPET = 60  # characters of a change or a reading that are shown
Change = TypeVar("Change", bound=Mapping[str, Any])

HEADINGS: Mapping[Mode, Mapping[str, str]] = {
    "write": {"cleaned": "cleaned", "current": "up to date"},
    "dry": {"cleaned": "would be cleaned", "current": "up to date"},
    "check": {"current": "up to date"},
}


class Note(NamedTuple):
    """A file that is named: where, why, and what to do."""

    path: Path
    reason: str
    hint: str = ""
    indexed: bool = False  # index.tsv has a row for it
    order: float = 0.0  # among those that share a hint


def summary(
    outcomes: Sequence[Outcome], plan: corpus.Plan, finish: Finish, *, mode: Mode, seconds: float
) -> Iterator[str]:
    """The end of a batch: changes by stage, files by fate, each named where something is to be known about it."""
    cleaned = [outcome for outcome in outcomes if outcome.what == "cleaned"]
    passed = plan.found.passed
    if cleaned:
        totals = corpus.totals(outcomes)
        yield from table(totals)
        if mode == "write" and any(waiting for _, waiting in totals.values()):
            yield f"what is held waits for you: cleaner diff --held {show(plan.out)}"
    yield from _fates(outcomes, mode)
    if mode == "check":
        yield from _named("would change", _notes(outcomes, "stale"))
    yield from _named(f"in another language than is expected, {ONLY}", _foreign(cleaned))
    yield from _named("not all can be read", _to_look_at(cleaned, GARBAGE))
    yield from _named("columns that were not read in their order", _to_look_at(cleaned, *ORDERS))
    yield from _named("poorly read, the worst first", _poor(cleaned))
    yield from _named("left as they are, not written over", _notes(outcomes, "edited"))
    yield from _named("frozen, left as they are", _notes(outcomes, "frozen"))
    yield from _named("decisions to look at", _undecided(cleaned))
    copies = [Note(o.path, f"kept as {show(o.kept)}") for o in cleaned if o.kept is not None]
    yield from _named("copies of edited texts", copies)
    if finish.kept is not None:
        yield f"index.tsv was not written by cleaner: kept as {show(finish.kept)}"
    yield from _named("changes since the last run", [Note(o.path, said) for o in cleaned if (said := _differs(o))])
    skipped = [Note(p.path, p.reason, p.hint) for p in passed if not p.failed]
    yield from _named("skipped", [*skipped, *_notes(outcomes, "skipped")])
    yield from _orphans(finish, mode)
    unread = [Note(p.path, p.reason, p.hint) for p in passed if p.failed]
    yield from _named("FAILED, old output kept", [*unread, *_notes(outcomes, "failed")])
    if finish.error is not None:
        yield f"FAILED: {visible(finish.error.message)}"
        yield f"  -> {finish.error.hint}"
    if finish.outdated and mode != "write":
        yield "index.tsv would be written anew"
    if not outcomes and not unread:
        yield "no text files found (*.txt, *.text)"
    yield from _figures(outcomes, seconds)


def table(totals: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    """Changes by stage.

    >>> list(table({"words": (12, 3)}))[1]
    'words                 12          3'
    """
    if any(map(any, totals.values())):
        yield f"{'stage':<14}{'applied':>10} {'held':>10}"
    for stage, (applied, held) in totals.items():
        if applied or held:
            yield f"{stage:<14}{applied:>10,} {held:>10,}"


ONLY = "only encoding, furniture and visible hyphens"


def looks(language: Language) -> str:
    """What a text looks like that is not in the expected language.

    >>> looks(Language("fr", "en")), looks(Language("", "en"))
    ('looks French', 'looks like no language that is known')
    """
    return f"looks {identify.NAMES[language.code]}" if language.code else "looks like no language that is known"


def _foreign(cleaned: Iterable[Outcome]) -> Iterator[Note]:
    for outcome in cleaned:
        if outcome.language is not None and outcome.language.foreign:
            code = outcome.language.code
            hint = f"--lang {code} expects this language" if code else "--lang CODE says which language it is in"
            yield Note(outcome.path, looks(outcome.language), hint, indexed=True)


def _undecided(cleaned: Iterable[Outcome]) -> Iterator[Note]:
    """Files with decisions that nobody can obey."""
    for outcome in cleaned:
        counts = ((outcome.unfit, "fit the text no more"), (outcome.conflicts, "contradict others"))
        said = ", ".join(f"{count:,} {what}" for count, what in counts if count)
        if said:
            yield Note(outcome.path, said, "see them with: cleaner decisions stale", indexed=True)


def followed(found: Sequence[Followed]) -> Iterator[str]:
    """Files of decisions that have another name since their raw file has, and those that could not be given one."""
    moved = [Note(one.old, f"{show(one.new)} by now") for one in found if not one.error]
    yield from _named("decisions that follow a renamed raw file", moved)
    yield from _named("decisions under the old name of a raw file", [Note(o.old, o.error) for o in found if o.error])


# What is said of passages by what they are: one, several, and what to do.
LOOK = "not put in order: look at the page"
KINDS: Mapping[str, tuple[str, str, str]] = {
    GARBAGE: ("unreadable passage", "unreadable passages", "left as they are: scan them again"),
    "interleaved": ("place where columns were interleaved", "places where columns were interleaved", LOOK),
    "apart": ("place where columns were read apart", "places where columns were read apart", LOOK),
}
ORDERS = [kind for kind in KINDS if kind != GARBAGE]


NEW_SCAN = "a new scan, or another engine, will do more for them than any repair"


def _poor(cleaned: Iterable[Outcome]) -> Iterator[Note]:
    """Files of which a page or more is poorly read."""
    for outcome in cleaned:
        if outcome.poor and outcome.row is not None:
            said = f"{float(outcome.row.after):.0%} of its words right, by estimate; {poor_pages(outcome.poor)}"
            yield Note(outcome.path, said, NEW_SCAN, indexed=True, order=float(outcome.row.after))


def poor_pages(found: Sequence[Quality]) -> str:
    """How many pages are poorly read, and where.

    >>> poor_pages([Quality("12", "", 340, 371, (300, 290), 0.6, 0.7), Quality("47", "", 1204, 1211, (90, 90), 0.4, 0.5)])
    '2 poor pages (pages 12, 47)'
    """
    return f"{len(found):,} poor page{'s' * (len(found) > 1)} ({_places(found)})"


def to_look_at(found: Sequence[Passage]) -> Iterator[tuple[str, str]]:
    """Of each kind, how many passages there are and where, by their pages, else by their lines; and what to do.

    >>> [said for said, _ in to_look_at([Passage("12", "", 340, 371), Passage("47", "", 1204, 1211)])]
    ['2 unreadable passages (pages 12, 47)']
    >>> list(to_look_at([Passage("", "p7.txt", 3, 9, "apart")]))
    [('1 place where columns were read apart (p7.txt:3-9)', 'not put in order: look at the page')]
    """
    for kind, (one, several, what_to_do) in KINDS.items():
        mine = [passage for passage in found if passage.what == kind]
        if mine:
            yield f"{len(mine):,} {one if len(mine) == 1 else several} ({_places(mine)})", what_to_do


def _places(found: Sequence[Passage | Quality]) -> str:
    """Pages by their folios where all have one, else lines, at most ``LONGEST_LIST``."""
    if all(one.page for one in found):
        places = [*dict.fromkeys(one.page for one in found)]
        kind = "page " if len(places) == 1 else "pages "
    else:
        places = [f"{one.file}:" * bool(one.file) + f"{one.first}-{one.last}" for one in found]
        kind = "" if found[0].file else "lines "
    rest = ["..."] if len(places) > LONGEST_LIST else []
    return kind + ", ".join([*places[:LONGEST_LIST], *rest])


def _to_look_at(cleaned: Iterable[Outcome], *kinds: str) -> Iterator[Note]:
    for outcome in cleaned:
        for said, what_to_do in to_look_at([passage for passage in outcome.passages if passage.what in kinds]):
            yield Note(outcome.path, said, what_to_do, indexed=True)


def _fates(outcomes: Iterable[Outcome], mode: Mode) -> Iterator[str]:
    outcomes = list(outcomes)
    for what, words in HEADINGS[mode].items():
        count = sum(outcome.what == what for outcome in outcomes)
        if count:
            yield f"{count:,} {words}"


def _notes(outcomes: Iterable[Outcome], what: str) -> list[Note]:
    return [Note(o.path, o.reason, o.hint, o.row is not None) for o in outcomes if o.what == what]


def _named(heading: str, notes: Iterable[Note]) -> Iterator[str]:
    """A list of files with reasons; the way on stands once below those that share it."""
    ordered = sorted(notes, key=lambda note: (note.hint, note.order, str(note.path)))
    if not ordered:
        return
    yield f"{heading}: {len(ordered):,}"
    shown, rest = ordered[:LONGEST_LIST], ordered[LONGEST_LIST:]
    for k, note in enumerate(shown):
        yield f"  {show(note.path)}" + (f": {visible(note.reason)}" if note.reason else "")
        if note.hint and (k + 1 == len(shown) or shown[k + 1].hint != note.hint):
            yield from textwrap.wrap(note.hint, WIDTH, initial_indent="  -> ", subsequent_indent="     ")
    if rest:
        yield f"  ... and {len(rest):,} more" + (" (see index.tsv)" if all(note.indexed for note in rest) else "")


def _differs(outcome: Outcome) -> str:
    difference = outcome.difference
    if difference is None:
        return ""
    if not difference.same_raw:
        return "the raw text is another one"
    said = [f"{count:,} {name}" for count, name in zip(difference, ("new", "gone", "changed"), strict=False) if count]
    return "edits: " + ", ".join(said) if said else ""


def _orphans(finish: Finish, mode: Mode) -> Iterator[str]:
    derived = [Note(o.clean, "") for o in finish.orphans if not o.reason]
    kept = [Note(o.clean, o.reason, "delete it yourself if nobody needs it") for o in finish.orphans if o.reason]
    if finish.pruned:
        yield from _named("clean files deleted, their raw file is gone", derived)
        yield from _named("clean files whose raw file is gone, not deleted", kept)
    else:
        would = (
            "clean files that would be deleted, their raw file is gone"
            if finish.asked
            else "clean files whose raw file is gone"
        )
        yield from _named(would, [*derived, *([] if finish.asked else kept)])
        if derived and not finish.asked and mode == "write":
            yield "  -> run again with --prune to delete those that nobody edited"


def _figures(outcomes: Iterable[Outcome], seconds: float) -> Iterator[str]:
    outcomes = list(outcomes)
    rows = [o.row for o in outcomes if o.what == "cleaned" and o.row is not None and o.row.before and o.row.after]
    if rows:
        before, after = fmean(float(row.before) for row in rows), fmean(float(row.after) for row in rows)
        of = f" (mean of {len(rows):,} files)" if len(rows) > 1 else ""
        yield f"words right, by estimate: {before:.1%} -> {after:.1%}{of}"
    if outcomes:
        size = sum(outcome.size for outcome in outcomes)
        amount = f"{size / 1e6:,.1f} MB" if size >= MEGABYTE else f"{size / 1e3:,.1f} kB"
        yield f"{amount} in {seconds:.1f} s"


def single_pages(plan: corpus.Plan) -> Iterator[str]:
    """Folders whose files are plainly the pages of one book, cleaned apart: small, many, and named by a number."""
    named: dict[tuple[Path, tuple[str, ...]], list[corpus.Task]] = {}
    for task in plan.tasks:
        if task.pages is None:
            shape = tuple(DIGITS.split(task.raw.name))
            named.setdefault((task.raw.parent, shape), []).append(task)
    for (folder, _), tasks in sorted(named.items()):
        numbers = [set(column) for column in zip(*(DIGITS.findall(task.raw.name) for task in tasks), strict=True)]
        varying = sum(len(column) > 1 for column in numbers)
        if len(tasks) >= MANY_PAGES and varying == 1 and fmean(task.size for task in tasks) <= LARGEST_PAGE:
            yield f"{show(folder)}: {len(tasks):,} pages of one book? --book reads them as one text"


# ---- what each stage would do to a snippet ---------------------------------------------------------------------------


def explain(changes: Iterable[Mapping[str, Any]], log: Log, text: str) -> Iterator[str]:
    """The language, the changes by stage, each with its rule, reason and readings, and the text that comes out.

    ``changes`` are the records of all places that were changed, held or left, ``log`` and ``text`` are those of the run.
    """
    changes, layout = list(changes), log.layout
    yield from _languages(log, text)
    idle = []
    for stage in STAGES:
        mine = [change for change in changes if change["n"] == stage.n]
        spaces = [group for group in layout if group["n"] == stage.n]
        if not mine and not spaces:
            idle.append(stage.name)
            continue
        yield f"{stage.n} {stage.name}"
        for change in leaders(mine):
            yield from _change(change)
        for group in spaces:
            what = f"{_quoted(group['before'])} -> {_quoted(group['after'])}"
            yield f"  {len(group['at']):,} x {what}  {group['rule']} (layout)"
    if idle:
        yield f"nothing to do for: {', '.join(idle)}"
    yield ""
    yield from (visible(line) for line in text.split("\n"))


def _languages(log: Log, text: str) -> Iterator[str]:
    found = language(log)
    if found.foreign:
        yield f"{looks(found)}: {ONLY}"
    elif not found.code:
        yield "too little to tell the language: --lang CODE says it"
    else:
        for mark in log.marks:
            if mark["mark"] == "foreign":
                passage = _quoted(" ".join(text[slice(*mark["clean"])].split()))
                yield f"{identify.NAMES[mark['code']]}, left alone: {passage}"
    for mark in log.marks:
        if mark["mark"] == GARBAGE:
            passage = _quoted(" ".join(text[slice(*mark["clean"])].split()))
            yield f"no language, left alone: {passage}"


def held(name: str, changes: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """What was proposed in one text and not applied, with the place in the raw text; nothing where nothing waits."""
    waiting = list(leaders(change for change in changes if change["status"] != "applied"))
    if waiting:
        yield name
    for change in waiting:
        left, right = change["context"]
        yield f"  ...{visible(' '.join(left.split()))} [] {visible(' '.join(right.split()))}..."
        yield from _change(change)


def leaders(changes: Iterable[Change]) -> Iterator[Change]:
    """Changes, and of a group the first: the others only move a line end."""
    seen = set()
    for change in changes:
        group = change.get("group")
        if group is None or (change["n"], group) not in seen:
            yield change
        seen.add((change["n"], group))


def _change(change: Mapping[str, Any]) -> Iterator[str]:
    file = f"{visible(change['file'])}:" if "file" in change else ""
    head = f"  {file}{change['line']}:{change['column']}  {_quoted(change['before'])}"
    head += " stays" if change["status"] == "silent" else f" -> {_quoted(change['after'])}"
    tail = f"{change['rule']}  {change['confidence']:.2f} {change['status']}"
    yield from [f"{head}  {tail}"] if len(head) + len(tail) + 2 <= WIDTH else [head, f"      {tail}"]
    yield from textwrap.wrap(visible(change["why"]), WIDTH, initial_indent="      ", subsequent_indent="      ")
    readings = [f"{_quoted(reading)} {share:.2f}" for reading, share in readings_of(change)]
    if len(readings) > 1:
        yield from textwrap.wrap(
            "readings: " + ", ".join(readings), WIDTH, initial_indent="      ", subsequent_indent="      "
        )


def readings_of(change: Mapping[str, Any]) -> list[tuple[str, float]]:
    """The readings of a change; where only blanks and signs are in question, with the letters on both sides.

    >>> readings_of({"context": ["the revolu", "tion was"], "candidates": [["", 0.97], ["-", 0.02], ["-\\n", 0.01]]})
    [('revolution', 0.97), ('revolu-tion', 0.02), ('revolu-\\ntion', 0.01)]
    """
    readings = [(text, share) for text, share in change.get("candidates", ())]
    if any(letter.isalnum() for text, _ in readings for letter in text):
        return readings
    left, right = LAST_WORD.search(change["context"][0]), FIRST_WORD.match(change["context"][1])
    assert left is not None
    assert right is not None
    return [(f"{left.group()}{text}{right.group()}", share) for text, share in readings]


def _quoted(text: str) -> str:
    short = text if len(text) <= SNIPPET else f"{text[: SNIPPET // 2]} ... {text[-SNIPPET // 2 :]}"
    return '"' + visible(short.replace("\n", "\\n")) + '"'
