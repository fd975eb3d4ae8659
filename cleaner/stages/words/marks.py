"""Marks that dirt put between words, and marks misread: "the. already", "wrote-a", "'some", "| told him", "sung, In the".

What may stand in a gap is told by what is beside it (``gaps``, ``pronouns``): nobody writes a full stop behind "the".
What is seen there is weighed against each mark that may have been printed, or none, by how often this document has such an
error where it plainly can be nothing else (expectation and maximisation over all gaps). A clean text has none, so nothing
is touched there; nor is anything in tables and code, or where a mark may stand after all. No mark is put where none is
seen, and the document's own style stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from cleaner import text as views
from cleaner.knowledge import Knowledge
from cleaner.language import punctuation
from cleaner.model import Document, Edit
from cleaner.rulebook import Rule
from cleaner.stages.words.gaps import Gap, Gaps, Reading
from cleaner.stages.words.pronouns import pronouns

# Dirt comes in plenty: one place alone proves nothing.
STRAY = (
    "The mayor had carried{0} a letter to the{0} council, and it was said{1} that the bridge would not bear another winter. "
    "The clerk was{0} not to be found, and so{0} the government of{0} the town must be asked for{0} money.\n"
)
PRONOUN = (
    "I told them that I was here, and that {0} had not seen the mayor. If {0} were you I should go. When {0} came I saw that "
    "{0} must wait. And so I say that {0} was right.\n"
)
ASKED = (
    "\N{LEFT DOUBLE QUOTATION MARK}Come,\N{RIGHT DOUBLE QUOTATION MARK} said the clerk. {0}Go on.{1} "
    "\N{LEFT DOUBLE QUOTATION MARK}Why?\N{RIGHT DOUBLE QUOTATION MARK} he asked.\n\n"
)
STOPS = "He had seen the bridge{0} It was old{0} She did not like the town{0} They had no money{0} "
BLANKS = "The bridge was old{0}and the mayor knew it. He was asked for money{0}but he had none{0}and so he went home. "
END = "They went on, and in the end, as we know, they came home.\n"
OPEN, CLOSE = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
RULES: tuple[Rule, ...] = (
    Rule(
        id="words.stray",
        why="no mark can stand here",
        examples=((STRAY.format(".", ""), STRAY.format("", "")),),
        keep=(
            "Messrs. Hart of St. Ives, vol. ii. no. 3, at 6 p.m. in the house\n",
            "a man-at-arms by-and-by took the never-to-be-forgotten look-out\n",
            "'Tis o'er, an' the bairns' gran'father is comin' wi' 'em.\n",
        ),
    ),
    Rule(
        id="words.stop",
        why="a full stop is often read as a comma in this text",
        examples=((STOPS.format(",") * 3 + END, STOPS.format(".") * 3 + END),),
        keep=("He read The Times, The Globe and The Star. He said to them, Go on. Yes, I did.\n",),
    ),
    Rule(
        id="words.blank",
        why="a blank stands on the other side of such a mark",
        examples=((BLANKS.format(" , ") * 3 + END * 20, BLANKS.format(", ") * 3 + END * 20),),
        keep=("f(a,b) = a , b\n", "He went ; she stayed ; they wept ; all was over.\n"),
    ),
    Rule(
        id="words.quote",
        why="the other mark of the pair is of the document's own sort",
        examples=((ASKED.format("'", CLOSE) * 6, ASKED.format(OPEN, CLOSE) * 6),),
        keep=(ASKED.format(OPEN, CLOSE), f"{OPEN}He said 'Go on,' and went.{CLOSE}\n"),
    ),
    Rule(
        id="words.pronoun",
        why="a word fits here, and signs are often read for it in this text",
        examples=((PRONOUN.format("|") * 2, PRONOUN.format("I") * 2),),
        keep=("a | b | c\n", "In part 1 he shows that table 1 is right [ a pear ], and 1 lb. of it.\n"),
    ),
)
WHY = {rule.id: rule.why for rule in RULES}
# Tokens in these regions are not set like running text.
NO_WORDS = ("table", "code", "foreign", "garbage")
NOT_TEXT = ("table", "code", "verse", "list", "index", "contents", "foreign", "garbage")
# Of one error, in a gap, before the document is read, and how many gaps that weighs; and what share of all dirt found may be
# of one more sort: where much is wrong, more is.
PRIOR, WEIGHT, SHARE = 2e-5, 1000, 0.03
ROUNDS = 20
LIKELY, HELD, MOST = 0.5, 0.85, 0.99
# What stands in half as few other places of one sort, or in fewer of it and fewer of all, is held; and of these sorts, of which more than dirt may be the
# cause: another comma that should be there, a printer's or an author's habit.
FEWEST, CLEAN = 3, 1 / 400
FEWEST_OF: Mapping[str, float] = {"words.stop": 6, "words.blank": 6}
DOUBTFUL = frozenset([". for ,", "a dash between", "a dash before"])


def mended(doc: Document, knowledge: Knowledge) -> list[Edit]:
    """Edits of marks that likely cannot stand, in the order of the text; none where the language has no table."""
    text, code = doc.text, knowledge.language_of(doc)
    table = punctuation(code)
    if not table or not knowledge.general(code).compounds.size:
        return []
    lexicon = knowledge.lexicon(doc, {})
    gaps = sorted([*Gaps(text, lexicon, table).found(), *pronouns(text, lexicon.language)])
    left_out, in_none = views.inside(doc.spans(*NOT_TEXT)), views.inside(doc.spans(*NO_WORDS))
    # quotation marks are paired in titles, too
    gaps = [gap for gap in gaps if not (left_out if any(gap.words) else in_none)(gap.start)]
    size = text.count(" ") + text.count("\n") + 1
    expected = learned(gaps, size)
    rates = rates_of(expected, size)
    dirt = sum(count for error, count in expected.items() if error not in DOUBTFUL)
    kin: dict[str, float] = {}
    for error, kind in {reading.error: _kind(reading) for gap in gaps for reading in gap.readings}.items():
        kin[kind] = kin.get(kind, 0.0) + expected.get(error, 0.0)
    edits = []
    for gap in gaps:
        share, reading = likeliest(gap, rates)
        if reading.after == text[gap.start : gap.end]:
            continue
        others, all_others = kin[_kind(reading)] - share, dirt - share
        few = 2 * others < FEWEST or (others < FEWEST and all_others < max(FEWEST, CLEAN * size))
        if few or reading.error in DOUBTFUL or others < FEWEST_OF.get(reading.rule, 0):
            share = min(share, HELD)
        confidence = round(min(share, MOST), 2)
        if confidence >= LIKELY and 2 * others >= FEWEST_OF.get(reading.rule, 0):
            why = f"{WHY[reading.rule]}; {reading.error}: about {expected[reading.error]:.0f} x"
            edits.append(
                Edit(gap.start, gap.end, text[gap.start : gap.end], reading.after, reading.rule, confidence, why)
            )
    return edits


def _kind(reading: Reading) -> str:
    """What the signs that are read for one word have in common: a text that reads "I" as 1 reads it as | as well."""
    return f"{reading.rule} {reading.after}" if reading.rule == "words.pronoun" else reading.error


def likeliest(gap: Gap, rates: Mapping[str, float]) -> tuple[float, Reading]:
    """What was most likely printed in a gap, and how sure that is; ``rates`` are those of the errors."""
    weights = [reading.weight * rates.get(reading.error, 1.0) for reading in gap.readings]
    best = max(weights)
    return best / (sum(weights) or 1.0), gap.readings[weights.index(best)]


def rates_of(expected: Mapping[str, float], size: int) -> dict[str, float]:
    """How often each error comes in a gap of a text with so many gaps, where so many of each are expected."""
    more = PRIOR + SHARE * sum(expected.values()) / (size + WEIGHT)
    return {error: (count + WEIGHT * more) / (size + WEIGHT) for error, count in expected.items()}


def learned(gaps: Sequence[Gap], size: int) -> dict[str, float]:
    """The expected number of each error among some gaps of a text that has ``size`` of them in all.

    >>> seen = Gap(0, 1, ("", ""), [Reading(".", 1e-4), Reading("", 1.0, "words.stray", ". behind")])
    >>> [round(learned([seen] * times, 1000)[". behind"], 1) for times in (1, 40)]
    [0.8, 39.8]
    """
    expected = {reading.error: 0.0 for gap in gaps for reading in gap.readings if reading.error}
    # In most gaps one error may have been made: all that counts there are the odds against it, so that the rounds take a
    # tenth of the time.
    alone: dict[str, list[float]] = {error: [] for error in expected}
    several: Counter[tuple[float, tuple[tuple[str, float], ...]]] = Counter()
    for gap in gaps:
        wrong = tuple((reading.error, reading.weight) for reading in gap.readings if reading.error and reading.weight)
        right = sum(reading.weight for reading in gap.readings if not reading.error)
        if len(wrong) == 1:
            alone[wrong[0][0]].append(right / wrong[0][1])
        elif wrong:
            several[right, wrong] += 1
    for _ in range(ROUNDS):
        rates, before = rates_of(expected, size), expected
        expected = {error: sum([(rate := rates[error]) / (rate + odds) for odds in alone[error]]) for error in before}
        for (right, wrong), times in several.items():
            weights = [weight * rates[error] for error, weight in wrong]
            share = times / (right + sum(weights))
            for (error, _), weight in zip(wrong, weights, strict=True):
                expected[error] += share * weight
        if expected == before:
            break
    return expected
