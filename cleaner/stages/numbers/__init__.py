"""Numbers: figures that blanks broke, figures and letters read for each other, and the marks of notes.

In a scholarly scan the numbers suffer most, and a wrong figure is worse than a broken one. So what a number is must be told
by what it belongs to: a year by its month and by the other years, the mark of a note by the marks before and behind it and by
the list of the notes. What nothing proves is proposed or left. Figures of the text are joined first, so that no mark is seen
in them; marks found stand for all later stages. No number is changed into another one for its value alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaner import text as views
from cleaner.candidates import ranked
from cleaner.knowledge import Knowledge
from cleaner.model import Document, Edit, Mark, Proposals, Value
from cleaner.policy import FLOOR, THRESHOLD
from cleaner.rulebook import Rule
from cleaner.stages.numbers import doubts, figures, letters
from cleaner.stages.numbers.figures import DOUBT, Figures
from cleaner.stages.numbers.letters import Letters
from cleaner.stages.numbers.marks import NoteMark, marks
from cleaner.stages.numbers.runs import Runs

MARK, QUOTE = "numbers.mark", "numbers.quote"
QUOTE_WHY = "a quotation mark, read as a comma, before the stop and the mark of a note"
LANGUAGE = "en"  # of the words that tell what a number is (``context``)
NOT_TEXT = ("table", "index", "contents", "code", "garbage", "foreign")
YEAR_FIGURES = 4
LIKELY = 0.5  # a mark as likely as that is no word, whatever it was
SHOWN = 60  # code points of a note, in the table of notes
RAISED = str.maketrans(
    "0123456789",
    "\N{SUPERSCRIPT ZERO}\N{SUPERSCRIPT ONE}\N{SUPERSCRIPT TWO}\N{SUPERSCRIPT THREE}\N{SUPERSCRIPT FOUR}"
    "\N{SUPERSCRIPT FIVE}\N{SUPERSCRIPT SIX}\N{SUPERSCRIPT SEVEN}\N{SUPERSCRIPT EIGHT}\N{SUPERSCRIPT NINE}",
)


def _noted(*seen: str) -> str:
    """A chapter with six marks, of which the fourth and the fifth are given."""
    return (
        "The ferry left at seven.1 Nobody saw it go.2 The bells were rung,3 as they were each year.{} The town was old.{} "
        "It had a bridge.6 And so they went.7\n"
    ).format(*seen)


RULES: tuple[Rule, ...] = (
    *figures.RULES,
    *letters.RULES,
    Rule(
        id=MARK,
        why="the marks of the notes before and behind it rise by one",
        examples=(
            (_noted("4", " 5"), _noted("4", "5")),
            (_noted("!4", "5"), _noted("4", "5")),
        ),
        keep=(
            _noted("4", "5"),
            "In 1918. 2 men came. In 1919. 3 men came. In 1920. 4 men came, as in chapter 5. 6 women came.\n",
            "He said, 1 In the beginning. 2 And the earth. 3 And the day. 4 And the night. 5 And the end.\n",
        ),
    ),
    Rule(
        id=QUOTE,
        why=QUOTE_WHY,
        examples=(
            (
                _noted("4", "5").replace("The town was old.", "The 'town was old,."),
                _noted("4", "5").replace("The town was old.", "The 'town was old'."),
            ),
        ),
        keep=(_noted("4", "5").replace("The town was old.", "The town was old,"),),
    ),
    *doubts.RULES,
)


def propose(doc: Document, knowledge: Knowledge) -> Proposals:
    """Edits of numbers, and a ``note`` mark for each mark of a note: its number, as read, how sure that is, how its note begins."""
    text = doc.text
    if knowledge.language_of(doc) != LANGUAGE:
        return Proposals()
    general = knowledge.general(LANGUAGE)
    left_out = views.inside(doc.spans(*NOT_TEXT))
    runs = Runs.of(text)
    broken = Figures(runs, left_out)
    joined = list(broken.edits())
    claimed = views.inside((edit.start, edit.end) for edit in joined if edit.confidence >= DOUBT)
    pages = [mark.start for mark in doc.marked("page")]
    years = {edit.end for edit in joined if len(edit.after) == YEAR_FIGURES}
    placed: dict[int, list[tuple[int, int]]] = {}  # 0: what notes go on with
    for mark in doc.marked("note"):
        placed.setdefault(int(str(mark.value["leaf"])) if "sign" in mark.value else 0, []).append(
            (mark.start, mark.end)
        )
    found = marks(runs, general, pages, lambda at: left_out(at) or claimed(at), years, placed)
    noted = views.inside((mark.start, mark.end) for mark in found if mark.confidence >= LIKELY)
    mixed = Letters(runs, general, left_out, broken.knows).edits()
    edits = [edit for edit in [*joined, *mixed] if not (noted(edit.start) or noted(edit.end - 1))]
    edits += _mended(text, found, knowledge.note_marks)
    edits += _quotes(text, found)
    edits += doubts.edits(runs, left_out)
    return Proposals(edits, [*_table(text, found)])


def _mended(text: str, found: Sequence[NoteMark], style: str) -> Iterator[Edit]:
    """The edits of the marks, as the settings want them shown; a sign that is misread before its note too goes with its mark."""
    for group, mark in enumerate(found, 1):
        before, after = text[mark.start : mark.end], mark.stop + shown(mark.label, style)
        note = mark.note
        if note and text[note.start : note.end] != mark.label and mark.confidence >= FLOOR:
            own = text[note.start : note.end]
            why = f"{MARK_WHY}: {mark.label}, read {own!r}, which its note begins with"
            shared = None if before == after else group
            yield Edit(note.start, note.end, own, mark.label, MARK, mark.confidence, why, shared)
        if before == after or mark.confidence < FLOOR:
            continue
        why = f"{MARK_WHY}: {mark.label}, read {mark.read!r}" + (", which its note fits" if mark.note else "")
        others = [(mark.stop + shown(label, style), share) for label, share in mark.others]
        readings = ranked(before, after, mark.confidence, others)
        shared = group if note and text[note.start : note.end] != mark.label else None
        yield Edit(mark.start, mark.end, before, after, MARK, mark.confidence, why, shared, candidates=readings)


# A comma read for a quotation mark before a stop and a mark: "a 'possibility,.45". The stop behind it is no comma's.
COMMA = re.compile(r",(?=[.;:]\Z)")
OPENS = re.compile(r"(?<![^\s(\[\N{EM DASH}-])['\N{LEFT SINGLE QUOTATION MARK}](?=\w)")
CLOSES = re.compile(
    r"(?:[.,;:!?]['\N{RIGHT SINGLE QUOTATION MARK}]|(?<=[^\Ws])['\N{RIGHT SINGLE QUOTATION MARK}])(?!\w)"
)
QUOTED = 600  # code points that a quotation is long
OPENED, UNOPENED = 0.95, 0.5


def _quotes(text: str, found: Sequence[NoteMark]) -> Iterator[Edit]:
    """The commas before the stops of sure marks, where a quotation that was opened ends."""
    closed = 0
    for mark in found:
        comma = COMMA.search(text, max(mark.start - 2, 0), mark.start) if mark.confidence >= THRESHOLD else None
        if not comma:
            continue
        before = text[max(comma.start() - QUOTED, closed) : comma.start()]
        before = before[before.rfind("\n\n") + 1 :]
        opened = [match.start() for match in OPENS.finditer(before)]
        is_open = bool(opened) and not CLOSES.search(before, opened[-1] + 1)
        closed = comma.end() if is_open else closed
        quote = "\N{RIGHT SINGLE QUOTATION MARK}" if opened and before[opened[-1]] != "'" else "'"
        yield Edit(*comma.span(), ",", quote, QUOTE, OPENED if is_open else UNOPENED, QUOTE_WHY)


MARK_WHY = "the mark of a note"


def shown(label: str, style: str) -> str:
    """A mark as ``--note-marks`` wants it.

    >>> [shown("25", style) for style in ("keep", "raised", "bracket", "drop")]
    ['25', '²⁵', '[25]', '']
    """
    return {"raised": label.translate(RAISED), "bracket": f"[{label}]", "drop": ""}.get(style, label)


def _table(text: str, found: Sequence[NoteMark]) -> Iterator[Mark]:
    for mark in found:
        if mark.confidence < LIKELY:
            continue
        start = mark.start if mark.confidence >= THRESHOLD else mark.end - len(text[mark.start : mark.end].lstrip())
        value: dict[str, Value] = {"number": mark.label, "read": mark.read, "confidence": mark.confidence}
        if mark.note:
            note = " ".join(text[mark.note.end : mark.note.close].lstrip(".)").split())
            value["text"] = note[:SHOWN]
        yield Mark(start, mark.end, "note", value)
