"""Strays: lines that hold only signs, or that begin with the sign which ends the line above.

Dust becomes a point or a stroke on a line of its own; a raised comma, quotation mark or note mark is thrown out of its
line and takes the rest with it ("Hilferding", ",", ".10 As the party"). The first goes, the second is put back, each
only where a sentence plainly runs on across the place, so that no neighbour can want what is taken.

Deliberately left alone: section breaks ("* * *", "---", "..."), dashes that may be the author's, signs between lines of
verse or cells of a table, and whatever stands between two whole sentences. Nothing with a letter or digit is removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from cleaner.measure import LONGEST_LINE, ends_sentence
from cleaner.model import Edit
from cleaner.rulebook import Rule
from cleaner.stages.furniture.pages import SPECK, Finding, is_speck
from cleaner.stages.furniture.rows import OPENERS, PageRows, is_cut

STRAY = "furniture.stray"
NARROWEST = 30  # characters of a measure; below it lines are cells, verse, or a column too narrow to tell
FILLED = 0.8  # of the measure: what a line that ends in mid-sentence fills
OVERFULL = 1.1  # of the measure: the pieces of one line make no longer one
ABBREVIATION = 4  # letters: "vol", "etc", to which a point on the next line may belong
MOST_SIGNS = 2  # lines of signs between the pieces of one line
# What no letter or digit before it can use in mid-sentence, and what a hyphen or a comma cannot use either.
DUST = frozenset("._~|\\/^`\N{ACUTE ACCENT}\N{BULLET}\N{MIDDLE DOT}\N{BLACK SQUARE}\N{BROKEN BAR} ")
NEVER_AFTER = {",": DUST | frozenset(","), ";": DUST | frozenset(",")}
NEVER_IN_A_WORD = DUST | frozenset("-,'\"")
RAISED = "\N{SUPERSCRIPT ONE}\N{SUPERSCRIPT TWO}\N{SUPERSCRIPT THREE}\N{SUPERSCRIPT ZERO}"
RAISED += "\N{SUPERSCRIPT FOUR}-\N{SUPERSCRIPT NINE}"
SUPERSCRIPT = re.compile(f"[{RAISED}]{{1,3}}")
CLOSING = "'\"\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
SIGN = re.compile(f"[,*{CLOSING}\N{DAGGER}\N{DOUBLE DAGGER}]{{1,2}}")
FIGURES = re.compile(r"\d{1,3}")
# No line begins so: ".10 As the party". The figures of a note mark are misread as often as not ("l0").
PIECE = re.compile(rf"[.,;:!?][{CLOSING}]?(?: ?[\dlIOo]{{1,3}})?(?: +\S|$)")
NOTED_PIECE = re.compile(rf"[.,;:!?][{CLOSING}]? ?\d[\dlO]{{0,2}} +[^\W\d_]")
WORD = re.compile(r"[^\W\d_]{3}")

RULES = (
    Rule(
        id=STRAY,
        why="a raised comma, quotation mark or note mark is thrown out of its line, and what follows it too",
        examples=(
            (
                "They had come from the other side of the bay, said the\nharbour master\n\n,\n.10 As the ferry left, he\n\n"
                "looked after it until the smoke was lost to all of them.\n",
                "They had come from the other side of the bay, said the\nharbour master,.10 As the ferry left, he\n"
                "looked after it until the smoke was lost to all of them.\n",
            ),
            (
                "They had come from the other side of the bay\n\n\N{SUPERSCRIPT TWO}\n\nand looked after the ferry until the smoke was lost.\n",
                "They had come from the other side of the bay\N{SUPERSCRIPT TWO}\nand looked after the ferry until the smoke was lost.\n",
            ),
        ),
        keep=(
            "They had come from the other side of the bay.\n\n* * *\n\nThe ferry left until the smoke was lost.\n",
            "Wheat from the other side of the bay\n.14\nBarley from the other side of the bay\n.10\n",
        ),
    ),
)


def _runs_on(rows: PageRows, last: str, first: str) -> bool:
    """Whether a line of prose stops in mid-sentence and the other goes on with it, in lower case."""
    return _open(rows, last) and len(last) >= FILLED * rows.width and first.lstrip(OPENERS)[:1].islower()


def _open(rows: PageRows, line: str) -> bool:
    return NARROWEST <= rows.width <= LONGEST_LINE and WORD.search(line) is not None and not ends_sentence(line)


def find_dust(rows: PageRows, found: Mapping[int, Finding]) -> dict[int, Finding]:
    """The lines of one to three signs that stand in a sentence which has no use for them.

    A sentence that runs on across "~", or across "-" after a hyphen, needs neither; a comma it may need.
    """
    kept = [row for row in rows.filled if row not in found]
    specks = {}
    for before, row, after in zip(kept, kept[1:], kept[2:], strict=False):
        line, last = rows.texts[row], rows.texts[before]
        if is_speck(line) and _runs_on(rows, last, rows.texts[after]) and _is_dust(line, last):
            specks[row] = Finding(SPECK, 0.93, "a sentence runs on across it that has no use for it")
    return specks


def _is_dust(line: str, last: str) -> bool:
    signs = line.replace(" ", "")
    if is_cut(last):
        return set(signs) <= NEVER_IN_A_WORD and signs not in CLOSING  # speech that breaks off: "I never-"
    if not last[-1].isalnum():
        return set(signs) <= NEVER_AFTER.get(last[-1], frozenset())
    return set(signs) <= DUST and not ("." in signs and len(last.rsplit(maxsplit=1)[-1]) <= ABBREVIATION)


def put_back(rows: PageRows, found: Mapping[int, Finding], group: int) -> Iterator[Edit]:
    """Edits, all deletions of white space, that make one line again of the pieces in which a raised sign left it.

    Blank lines that stood around the pieces go too. The groups are numbered from ``group`` on. What is likely and not
    sure gets a confidence below the threshold.
    """
    at, texts = 1, rows.texts
    while at < len(rows.filled):
        row = rows.filled[at]
        size = 0
        if not texts[row][0].isalpha() and len(texts[row]) <= rows.width and _open(rows, texts[rows.filled[at - 1]]):
            size, confidence, why = _pieces(rows, at)
        if size:
            line = rows.filled[at - 1 : at + size + 1]
            if not any(piece in found or piece in rows.feeds for piece in line[: size + 1]):
                yield from _one_line(rows, line, size, (confidence, why, group))
                group += 1
        at += max(1, size)


def _pieces(rows: PageRows, at: int) -> tuple[int, float, str]:
    """How many filled rows from the place ``at`` on belong to the end of the line before; confidence and reason."""
    texts = [rows.texts[row] for row in rows.filled[at - 1 : at + MOST_SIGNS + 2]]
    last, size = texts[0], 1
    if not last[-1].isalnum():
        return 0, 0.0, ""
    while size <= MOST_SIGNS and size < len(texts) and (SIGN.fullmatch(texts[size]) or FIGURES.fullmatch(texts[size])):
        size += 1
    if size < len(texts) and len("".join(texts[: size + 1])) <= OVERFULL * rows.width:
        parted = not rows.texts[rows.filled[at] - 1]
        if size > 1 and PIECE.match(texts[size]):
            return size, 0.95, "no line begins so, and a raised sign stands before it"
        if size == 1 and parted and NOTED_PIECE.match(texts[1]) and _goes_on(texts[1:]):
            return 1, 0.93, "no line begins so: the end of a sentence with the mark of a note"
    if len(texts) > 2 and len(last) >= FILLED * rows.width:
        lower = texts[2].lstrip(OPENERS)[:1].islower()
        if lower and SUPERSCRIPT.fullmatch(texts[1]):
            return 1, 0.93, "the mark of a note in mid-sentence"
        if lower and SIGN.fullmatch(texts[1]):
            return 1, 0.6, "a raised sign in mid-sentence, or dust"
        if texts[1] == "." and texts[2].lstrip(OPENERS)[:1].isupper() and len(texts[2]) >= FILLED * rows.width:
            return 1, 0.6, "the sentence ends here and has no point"
    return 0, 0.0, ""


def _goes_on(texts: Sequence[str]) -> bool:
    return len(texts) > 1 and not ends_sentence(texts[0]) and texts[1][:1].islower()


def _one_line(rows: PageRows, line: Sequence[int], size: int, reason: tuple[float, str, int]) -> Iterator[Edit]:
    """``line``: the rows of the pieces and the row behind them, if there is one."""
    confidence, why, group = reason
    for before, after in pairwise(line[: size + 1]):
        start, end = _body(rows, before)[1], _body(rows, after)[0]
        yield Edit(start, end, rows.text[start:end], "", STRAY, confidence, why, group)
    if len(line) > size + 1 and _goes_on([rows.texts[row] for row in line[size:]]):
        start, end = rows.nexts[line[size]], rows.starts[line[size + 1]]
        if start < end:
            yield Edit(start, end, rows.text[start:end], "", STRAY, confidence, why, group)


def _body(rows: PageRows, row: int) -> tuple[int, int]:
    line = rows.text[rows.starts[row] : rows.ends[row]]
    start = rows.starts[row] + len(line) - len(line.lstrip())
    return start, start + len(rows.texts[row])
