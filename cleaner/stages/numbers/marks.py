"""The marks of a text's notes: which numbers or signs stand where, as they are read and as they were printed.

Where a page has notes at its foot, these are the marks that its text must have. Elsewhere marks are chained (``series``),
and a section of notes, if there is one, says how many there are and what each is about.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import log
from typing import NamedTuple

from cleaner.language import General
from cleaner.policy import FLOOR, THRESHOLD
from cleaner.stages.numbers.notes import NOWHERE, SIGNS, Note, NoteList, Ties, feet, sections
from cleaner.stages.numbers.places import Exact, Kind, exact, word_before
from cleaner.stages.numbers.runs import Runs
from cleaner.stages.numbers.series import LOST, USUAL, Stretch, chains, solve
from cleaner.stages.numbers.shapes import LOOKS, chance
from cleaner.stages.numbers.tails import Option, Tails
from cleaner.text import inside

WORDS = 7  # to a stop
DENSE = 6_000  # code points for each missing mark: where there are more, only odd signs are looked at
# Marks behind the last one that is seen: how likely each is not there, and how many are looked for.
PERHAPS, MORE = 0.7, 5
CALL = re.compile(rf"(?<=[^\s*])[{''.join(SIGNS)}](?=\s)")
SEEN = 0.3  # of the pages with notes, so many show a sound mark
CALLED = 0.5  # of the notes at the feet of pages, so many are found in the text above, or they are no notes
ROUNDS = 4  # what is sure teaches what is not
SURE, SPACED, LAST = 0.99, 0.97, 0.93  # a mark between its neighbours, glued and apart; the last one of a series
MOST, UNPROVEN = 0.97, 0.85  # of one that is misread, between two others and behind the last one
MOST_WAYS = 100_000  # places times marks: where so much is missing, nothing proves anything
BACK = 3_000  # code points before a first mark, and behind a last one, in which another one may stand


class NoteMark(NamedTuple):
    """A mark at ``text[start:end]``, the blank before it included: what was printed there, what is read, how sure that is, what
    else it may be, its note, and a stop that was read as part of it.
    """

    start: int
    end: int
    label: str
    read: str
    kind: Kind
    confidence: float
    others: Sequence[tuple[str, float]] = ()
    note: Note | None = None
    stop: str = ""

    @property
    def number(self) -> int:
        return int(self.label)


class Series(NamedTuple):
    """Marks whose numbers rise, and the list of their notes."""

    marks: Sequence[NoteMark]
    notes: NoteList | None = None

    @property
    def by_label(self) -> dict[str, Note]:
        return {note.label: note for note in self.notes.notes} if self.notes else {}


def marks(
    figures: Runs,
    general: General,
    pages: Sequence[int],
    taken: Callable[[int], bool],
    years: Container[int] = (),
    placed: Mapping[int, Sequence[tuple[int, int]]] = NOWHERE,
) -> list[NoteMark]:
    """The marks of a text that plainly has some, in order, sure ones and others.

    ``pages`` are the starts of its pages; no mark begins in what is ``taken``; ``years`` are where broken years end;
    ``placed`` is for ``feet``.
    """
    text = figures.text
    places = list(exact(figures, years))
    listed = sections(text)
    in_list = inside((notes.start, notes.end) for notes in listed)
    in_note = inside(span for spans in placed.values() for span in spans)
    reader = _Reader(figures, general, lambda at: taken(at) or in_note(at))
    below = [(start, notes) for start, notes in feet(text, pages, placed) if not in_list(notes.notes[0].start)]
    footed: list[Foot] = []
    for numbered in (True, False):
        some = [(start, notes) for start, notes in below if notes.is_numbered is numbered]
        if _may_be_called(text, some, places):
            footed += _called((start, notes, reader.at_foot(start, notes)) for start, notes in some)
    below_text = inside((note.start, note.close) for _, notes, _ in footed for note in notes.notes)
    reader = _Reader(figures, general, lambda at: taken(at) or below_text(at) or in_list(at))
    at_feet = [mark for _, _, found in footed for mark in found]
    known = inside((mark.start, mark.end) for mark in at_feet)
    # What is chained through the whole text stands too: so a second run, which sees no pages, has nothing to add.
    chained = (mark for mark in reader.in_series(listed, places) if not known(mark.start) and not known(mark.end - 1))
    return sorted([*at_feet, *chained])


Foot = tuple[int, NoteList, list[NoteMark]]


def _may_be_called(text: str, feet: Sequence[tuple[int, NoteList]], places: Sequence[Exact]) -> bool:
    """Whether at least some pages show a mark of their notes as it was printed, before anything is read."""
    starts = [place.start for place in places]
    seen = 0
    for start, notes in feet:
        labels = {note.label for note in notes.notes}
        if notes.is_numbered:
            within = places[bisect_left(starts, start) : bisect_left(starts, notes.start)]
            seen += any(str(place.number) in labels and place.kind is not Kind.APART for place in within)
        else:
            seen += CALL.search(text, start, notes.start) is not None
    return seen >= SEEN * len(feet) > 0


def _called(footed: Iterable[Foot]) -> list[Foot]:
    """The feet of one sort, if most of their notes are plainly called in the pages above: else they are no notes."""
    feet = list(footed)
    sure = sum(mark.confidence >= THRESHOLD for _, _, marks in feet for mark in marks)
    return feet if sure >= CALLED * sum(len(notes.notes) for _, notes, _ in feet) else []


class _Reader:
    """Reads the marks of one text."""

    def __init__(self, figures: Runs, general: General, taken: Callable[[int], bool]) -> None:
        self._text, self._taken = figures.text, taken
        self._ties = Ties(figures.text, general)
        self._tails = Tails(figures, general, taken)

    def at_foot(self, start: int, notes: NoteList) -> list[NoteMark]:
        """The marks of a page whose notes stand at its foot."""
        missing = tuple((note.label, LOST) for note in notes.notes)
        return self._read(Stretch(start, notes.start, missing), {note.label: note for note in notes.notes})

    def in_series(self, lists: Sequence[NoteList], places: Sequence[Exact]) -> list[NoteMark]:
        """The marks that are chained; ``lists`` are the sections of notes."""
        places = [place for place in places if not self._taken(place.end - 1)]
        worth = self._fit(lists[0]) if len(lists) == 1 else None
        found = [chain for chain in chains(places, worth) if not self._numbers_a_word(chain)]
        if not found:
            return []
        unused = list(lists)
        series = []
        for chain in found:
            notes = next((one for one in unused if one.start > chain[-1].end and _covers(one, chain)), None)
            if notes:
                unused = unused[unused.index(notes) + 1 :]
            series.append(Series([self._link(link) for link in chain], notes))
        solved: dict[Stretch, list[NoteMark]] = {}
        doubtful: list[NoteMark] = []
        for _ in range(ROUNDS):
            doubtful, sure = [], []
            for k, stretch in stretches(series, len(self._text)):
                if stretch not in solved:
                    solved[stretch] = self._read(stretch, series[k].by_label)
                for mark in solved[stretch]:
                    if mark.confidence >= THRESHOLD:
                        sure.append((k, mark))
                    else:
                        doubtful.append(mark)
            if not sure:
                break
            series = _joined(series, sure)
        bounds = [0, *(place for one in series for place in (one.marks[0].start, one.marks[-1].end)), len(self._text)]
        judged = [self._judged(one, bounds[2 * k], bounds[2 * k + 3]) for k, one in enumerate(series)]
        return [*(mark for marks in judged for mark in marks), *doubtful]

    def _numbers_a_word(self, chain: Sequence[Exact]) -> bool:
        """Whether most of a chain stands behind one and the same word: "Question.1", "beta2", "Sch.3" are no marks."""
        words = Counter(word_before(self._text, link.start) for link in chain)
        return any(word and 2 * count > len(chain) for word, count in words.most_common(2))

    def _link(self, link: Exact) -> NoteMark:
        read = self._text[link.start : link.end].strip()
        return NoteMark(link.start, link.end, str(link.number), read, link.kind, SURE)

    def _fit(self, notes: NoteList) -> Callable[[Exact], float]:
        """How much more a number is worth in a chain for the note that it has, in logarithms."""
        by_label = {note.label: note for note in notes.notes}

        def fit(place: Exact) -> float:
            note = by_label.get(str(place.number))
            return log(self._ties.fit(note, place.start)) if note else -MOST_MISSED

        return fit

    def _read(self, stretch: Stretch, notes: dict[str, Note]) -> list[NoteMark]:
        """The marks in a stretch, each as sure as the sum over all ways to put them makes it."""
        text, (start, end, missing) = self._text, stretch
        signs = "".join(
            {sign for label, _ in missing if not label.isdigit() for sign in LOOKS[label[0]] if sign.isalpha()}
        )
        sparse = end - start > DENSE * len(missing) or all(label == "*" for label, _ in missing)
        found = list(self._tails.between(start, end, signs, sparse=sparse))
        if len(found) * len(missing) > MOST_WAYS:
            return []
        words = text.count(" ", start, end) + text.count("\n", start, end) + 1
        stops = words / WORDS
        shares = {
            kind: min(len(missing) / (stops if kind in (Kind.STOP, Kind.APART) else words), 1.0) * USUAL[kind]
            for kind in Kind
        }

        def weight(option: Option, label: str) -> float:
            likelier = shares[option.kind] * chance(option.tail, label) / option.otherwise
            return likelier * self._ties.fit(notes[label], option.start) if label in notes else likelier

        perhaps = {label for label, lost in missing if lost == PERHAPS}
        read = []
        for option, label, probability, others in solve(stretch, found, weight):
            whole = option.tail.replace(" ", "") == label
            # Behind the last mark nothing proves that there is another one.
            most = SURE if option.tail == label else MOST if whole or label not in perhaps else UNPROVEN
            confidence = round(min(probability, most), 2)
            mark = NoteMark(option.start, option.end, label, option.tail, option.kind, confidence, others)
            read.append(mark._replace(note=notes.get(label), stop=option.stop))
        return read

    def _judged(self, series: Series, start: int, end: int) -> Iterator[NoteMark]:
        """The marks of a series, with their notes; those that lack a neighbour are weighed as if they were not known.

        The series before ends at ``start``, the next one begins at ``end``.
        """
        links, by_label = series.marks, series.by_label
        for k, mark in enumerate(links):
            note = by_label.get(mark.label)
            before, behind = links[k - 1] if k else None, links[k + 1] if k + 1 < len(links) else None
            low, high = before.number if before else 0, behind.number if behind else mark.number + 1
            sure = SURE if mark.kind is Kind.STOP else SPACED
            if mark.confidence == SURE and high - low > 2:
                missing = tuple((str(number), LOST) for number in range(low + 1, high))
                first = before.end if before else max(mark.start - BACK, start)
                last = behind.start if behind else min(mark.end + BACK, end)
                again = self._read(Stretch(first, last, missing), by_label)
                here = (one.confidence for one in again if (one.end, one.label) == (mark.end, mark.label))
                sure = min(sure, max(here, default=FLOOR))
                if behind is None and mark.kind is Kind.APART:
                    sure = min(sure, UNPROVEN)
            elif behind is None:
                sure = min(sure, LAST)
            yield mark._replace(confidence=min(mark.confidence, sure), note=mark.note or note)


MOST_MISSED = 5.0  # a number that no note has


def _covers(notes: NoteList, chain: Sequence[Exact]) -> bool:
    return int(notes.notes[-1].label) >= chain[-1].number


def stretches(series: Sequence[Series], size: int) -> Iterator[tuple[int, Stretch]]:
    """Where marks of some series are missing, each with the series: between two of them, before the first, behind the last.

    What two series may miss between them is of both.
    """
    end, behind = 0, list[tuple[str, float]]()
    for k, (chain, notes) in enumerate(series):
        missing = [*behind, *((str(number), LOST) for number in range(1, chain[0].number))]
        if missing:
            yield k, Stretch(end, chain[0].start, tuple(missing))
        for one, other in pairwise(chain):
            if other.number > one.number + 1:
                between = range(one.number + 1, other.number)
                yield k, Stretch(one.end, other.start, tuple((str(number), LOST) for number in between))
        end, last = chain[-1].end, chain[-1].number
        more = range(last + 1, int(notes.notes[-1].label) + 1) if notes else range(last + 1, last + 1 + MORE)
        behind = [(str(number), LOST if notes else PERHAPS) for number in more]
    if behind:
        yield len(series) - 1, Stretch(end, size, tuple(behind))


def _joined(series: Sequence[Series], sure: Sequence[tuple[int, NoteMark]]) -> list[Series]:
    """The series with sure marks put where they belong: behind the last one before them, or at the head of the next."""
    joined = [list(one.marks) for one in series]
    for k, mark in sure:
        before = k > 0 and mark.start < series[k].marks[0].start and mark.number > series[k - 1].marks[-1].number
        joined[k - 1 if before else k].append(mark)
    return [Series(sorted(chain), one.notes) for chain, one in zip(joined, series, strict=True)]
