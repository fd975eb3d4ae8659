"""Misread words: what people wrote down of their scans, and what a noisy channel on top of the language model tells.

A word that nobody knows is weighed against the known words that may have been misread so: how often this document should
hold each, how readily engines misread it like that, how well it stands between its neighbours; and against its being a
word all the same, a name, dialect, another language. How bad the scan is, is learned from the document: in a clean text
an unknown word is a rare word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cleaner import text as views
from cleaner.edits import Origins
from cleaner.knowledge import Knowledge
from cleaner.model import Document, Edit, Proposals
from cleaner.policy import THRESHOLD
from cleaner.rulebook import Rule
from cleaner.stages.words import cases, decoding, marks, passes, raised, written
from cleaner.stages.words.calls import calls

RULES: tuple[Rule, ...] = decoding.RULES + marks.RULES + cases.RULES + raised.RULES
# More than so many proposals on a page of so many characters nobody reads.
MOST_HELD, PAGE = 5, 2_000
NOT_PROSE = ("foreign", "garbage", "code", "table", "verse", "display", "lines", "list", "index", "contents")
CROWDED = "likelier readings wait on this page"


def propose(doc: Document, knowledge: Knowledge) -> Proposals:
    """One edit for each place that a rule names, each word that is likely misread, each mark that dirt put there; no marks.

    Unknown words that are left are ``silent``.
    """
    language = knowledge.general(knowledge.language_of(doc))
    known = [*doc.marks, *calls(doc.text, language.is_word)]
    doc = Document(doc.text, tuple(sorted(known, key=lambda mark: mark.start)))
    found: list[Edit] = []
    told: list[Edit] = []
    for edit in written.named(doc, knowledge):  # a rule that only reports stands in nobody's way
        (told if knowledge.rules.cap(edit.rule) == "report" else found).append(edit)
    named = sorted([*found, *_slips(doc, knowledge, found)], key=lambda edit: edit.start)
    named = passes.clear_of(passes.noted(doc), named)

    def misread_marks(doc: Document, named: Sequence[Edit]) -> Proposals:
        sure = [edit for edit in named if edit.confidence >= THRESHOLD]
        back = Origins(sure, len(doc.text))
        found = marks.mended(passes.read_on(doc, sure), knowledge)
        placed = (edit._replace(**back.origin(edit.start, edit.end)._asdict()) for edit in found)
        return Proposals([edit for edit in placed if doc.text[edit.start : edit.end] == edit.before])

    def misread_words(doc: Document, named: Sequence[Edit]) -> Proposals:
        return decoding.decoded(doc, knowledge, named)

    def raised_letters(doc: Document, named: Sequence[Edit]) -> Proposals:
        left_alone = views.inside(doc.spans(*NOT_PROSE))
        return Proposals([edit for edit in raised.lowered(doc.text, language) if not left_alone(edit.start)])

    edits, _, silent = passes.run(doc, named, (misread_marks, misread_words, raised_letters))
    likely, rest = likeliest(edits)
    return Proposals([*named, *likely, *told], silent=[*silent, *rest])


def _slips(doc: Document, knowledge: Knowledge, named: Sequence[Edit]) -> list[Edit]:
    """Letters of the wrong case, but in code and in what is no text of the language."""
    left_alone = views.inside(doc.spans("foreign", "garbage", "code", "table"))
    slips = cases.slips(doc.text, knowledge.general(knowledge.language_of(doc)))
    return [edit for edit in passes.clear_of(sorted(named), slips) if not left_alone(edit.start)]


def likeliest(edits: Sequence[Edit]) -> tuple[list[Edit], list[Edit]]:
    """The sure edits with the likeliest ``MOST_HELD`` of the others on each page; and places that are left for that, as they stand.

    >>> doubts = [Edit(at, at + 2, "ot", "of", "words.misread", 0.5 + at / 1000, "") for at in range(0, 80, 10)]
    >>> [edit.start for edit in likeliest(doubts)[0]], len(likeliest(doubts)[1])
    ([30, 40, 50, 60, 70], 3)
    """
    held: Counter[int] = Counter()
    chosen: dict[tuple[int, ...], bool] = {}
    for edit in sorted(edits, key=lambda edit: (-edit.confidence, edit.start)):
        one = _one(edit)
        if one not in chosen:
            page = edit.start // PAGE
            chosen[one] = edit.confidence >= THRESHOLD or held[page] < MOST_HELD
            held[page] += edit.confidence < THRESHOLD
    left = (edit for edit in edits if edit.before and not chosen[_one(edit)])
    rest = [edit._replace(after=edit.before, confidence=round(1 - edit.confidence, 2), why=CROWDED) for edit in left]
    return [edit for edit in edits if chosen[_one(edit)]], rest


def _one(edit: Edit) -> tuple[int, ...]:
    """What an edit is settled with: its group, or its place."""
    return (edit.start, edit.end) if edit.group is None else (edit.group,)
