"""Figures that blanks broke: "1 9 1 8", "193 1", "1 930s", "1 1 January", "8 1 per cent", "12- 13 May", "mid- 1920s", "10, 000".

Good prints hardly ever set two bare numbers side by side (twice in 1.8 million words), so that what makes a year, a day or a
share of a hundred is one. Left alone are groups of thousands that thin spaces part ("60 000"), lists and tables, and numbers
of no known sort; these are only proposed. The more figures a text plainly has that are broken, the likelier another one is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property

from cleaner.candidates import ranked
from cleaner.model import Edit
from cleaner.policy import THRESHOLD
from cleaner.rulebook import Rule
from cleaner.stages.numbers.context import ABBREVIATIONS, BEFORE_YEARS, MONTHS, REFERENCES
from cleaner.stages.numbers.runs import Runs

JOIN, RANGE = "numbers.join", "numbers.range"
RULES: tuple[Rule, ...] = (
    Rule(
        id=JOIN,
        why="blanks part the figures of one number",
        examples=(
            ("In the summer of 1 9 1 8 they met.\n", "In the summer of 1918 they met.\n"),
            ("It was on 2 1 April of the year.\n", "It was on 21 April of the year.\n"),
            ("In the early 1 930s, in 193 1 too.\n", "In the early 1930s, in 1931 too.\n"),
            ("About 10, 000 men were there.\n", "About 10,000 men were there.\n"),
        ),
        keep=(
            "Of 60 000 men 10 000 came.\n",
            "pages 19 18 and 17\n",
            "He had 1 2 cwt. of it.\n",
            "1 9 1 8\n2 0 1 7\n3 1 4 1\n",
            "In 1918 20 men came.\n",
        ),
    ),
    Rule(
        id=RANGE,
        why="a blank stands behind the hyphen of a range or of a compound with a number",
        examples=(
            ("In the mid- 1920s he left.\n", "In the mid-1920s he left.\n"),
            ("See pp. 294- 6 of it.\n", "See pp. 294-6 of it.\n"),
        ),
        keep=("a mid- and a long-term plan of 1920\n", "From 1918- 3 of them left.\n", "10 - 3 is 7\n"),
    ),
)
WHY = {rule.id: rule.why for rule in RULES}

RUN = re.compile(
    "(?<![\\w.,:/'$\N{POUND SIGN}\N{EURO SIGN}])"
    r"(?>[0-9]+(?: {1,2}[0-9]+)+)(?P<ending>s|st|nd|rd|th)?(?![\w/])(?P<more>[.,:](?=[0-9]))?"
)
YEAR = re.compile(r"(?<![\w.,:/-])(1[0-9]{3}|20[0-9]{2})(?![\w/]|[.,:][0-9])")
THOUSANDS = re.compile(
    r"(?<![\w.,])[1-9][0-9]{0,2}(?P<part> , ?|, {1,2}| ,)(?P<last>0[0-9]{2})(?!\w|\.[0-9]| ?, ?[0-9])"
)
PREFIXED = re.compile(r"\b(?:[Mm]id|[Pp]re|[Pp]ost|[Aa]nte)-(?P<blank> {1,2})\Z")
TIME = re.compile(r"(?:1[0-9]{3}s?|[1-9]0s)\b")
RANGES = re.compile(r"(?<![\w.,-])(?P<low>[0-9]{1,4})-(?P<blank> {1,2})(?P<high>[0-9]{1,4})(?![\w-]|[.,][0-9])")
BEFORE = re.compile(r"([^\W\d_]+)[.,]?[ \n(]+(?:[0-9]+-)?\Z")
LISTED = re.compile(r"(?<![0-9])[0-9]{1,3}[,;] ?\Z")
AFTER_YEAR = re.compile(r"\b[12][0-9]{3},? \Z")
BEHIND = re.compile(r"(?:-[0-9]{1,2})?[ \n]+([^\W\d_]+|%)")
NEAR = 24  # code points in which the word before is looked for
GROUPS = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+\Z")
FIRST, LAST = 1100, 2099  # years
MOST = 4  # figures of a number that blanks broke
SAME_DECADE = 2
YEARS = "a year"
ROUNDS = 2  # in which the years that are mended prove others
AROUND = 60  # code points on either side, in which prose has more letters than figures
FEW = 3  # years that are plainly broken make a habit
SURE, GOOD, DOUBT, GUESS = 0.97, 0.93, 0.75, 0.5


class Figures:
    """The broken figures of one text."""

    def __init__(self, figures: Runs, left_out: Callable[[int], bool]) -> None:
        text = figures.text
        self._figures, self._text, self._left_out = figures, text, left_out
        self._years = self._whole = Counter(int(match[1]) for match in years(figures))
        self._joined: dict[int, tuple[str, int]] = {}
        self._runs = [
            match
            for match in figures.matches(RUN, {" "})
            if not left_out(match.start()) and _in_prose(text, match.start(), match.end())
        ]

    def edits(self) -> Iterator[Edit]:
        """What is broken, mended, with how sure that is. Years that are surely mended are years of the text for the others."""
        judged = {run: self._judged(run, _figures(run)) for run in self._runs}
        for _ in range(ROUNDS):
            sure = [run for run, (confidence, what) in judged.items() if confidence >= THRESHOLD and what == YEARS]
            self._years = self._whole + Counter(int(_figures(run)) for run in sure)
            judged = {run: self._judged(run, _figures(run)) for run in self._runs}
        sure = [run for run, (confidence, _) in judged.items() if confidence >= THRESHOLD]
        self._joined = {run.start(): (_figures(run), run.end()) for run in sure}
        for run, (confidence, what) in judged.items():
            if confidence:
                number, before = _figures(run), run.group().removesuffix(run["more"] or "")
                readings = ranked(before, number, confidence)
                why = f"{WHY[JOIN]}: {what}"
                yield Edit(
                    run.start(), run.start() + len(before), before, number, JOIN, confidence, why, candidates=readings
                )
        yield from self._blanks()

    def knows(self, year: int) -> bool:
        """Whether the text has a year, or others of its decade."""
        decade = year // 10 * 10
        return self._years[year] > 0 or sum(self._years[other] for other in range(decade, decade + 10)) >= SAME_DECADE

    def _blanks(self) -> Iterator[Edit]:
        text = self._text
        for match in self._figures.matches(THOUSANDS, {",", " "}):
            if not self._left_out(match.start()):
                yield _edit(match, "part", ",", JOIN, SURE, "a group of thousands")
        for start, _ in self._figures.spans:
            prefixed = PREFIXED.search(text, max(start - 7, 0), start) if text[max(start - 1, 0)] == " " else None
            if prefixed and TIME.match(text, start):
                yield _edit(prefixed, "blank", "", RANGE, SURE, "a compound with a number")
        for match in self._figures.matches(RANGES, {"-"}):
            if self._left_out(match.start()):
                continue
            low, (high, end) = match["low"], self._joined.get(match.start("high"), (match["high"], match.end()))
            after = low[: max(len(low) - len(high), 0)] + high
            if int(after) > int(low) and len(after) == len(low):
                word = self._word_before(match.start())
                sure = word in REFERENCES or word in ABBREVIATIONS or self._word_behind(end) in MONTHS
                yield _edit(match, "blank", "", RANGE, SURE if sure else DOUBT, f"{low} to {after}")

    def _judged(self, run: re.Match[str], number: str) -> tuple[float, str]:
        """How sure it is that a run is one number, and what sort of; 0.0 where it is left alone."""
        whole = run.group().removesuffix(run["more"] or "").removesuffix(run["ending"] or "")
        pieces = whole.split()
        before, behind = self._word_before(run.start()), self._word_behind(run.end())
        number = number.removesuffix(run["ending"] or "")
        if number[0] == "0" or len(number) > MOST or self._in_list(run.start()):
            return 0.0, ""
        value = int(number)
        is_year = len(number) == 4 and FIRST <= value <= LAST
        told = before in MONTHS or before in BEFORE_YEARS or self._follows_year(run.start())
        if run["ending"]:
            decade = run["ending"] == "s" and is_year and value % 10 == 0 and (told or self.knows(value))
            day = run["ending"] != "s" and value <= 31 and _ending(value) == run["ending"]
            return (SURE, "a decade") if decade else (SURE, "a number of order") if day else (0.0, "")
        if before in REFERENCES or before in ABBREVIATIONS:
            return (
                (GOOD if self._is_habit else GUESS, "a reference") if _single(pieces) and len(number) < 4 else (0.0, "")
            )
        if run["more"] and not (is_year and told):  # "8 1.5"
            return 0.0, ""
        if is_year:
            return self._year(pieces, value, before, told=told)
        if value <= 31 and len(number) == 2:
            if behind in MONTHS:
                return SURE, "a day"
            if before in MONTHS:
                return GOOD if self._is_habit else DOUBT, "a day"
        if self._text[run.end() : run.end() + 1] == "-":  # "8 1-3 per cent"
            return 0.0, ""
        if behind in {"%", "per", "percent"} and value <= 100:
            rises = pieces[0] < pieces[-1]  # "1 2 per cent" may be from one to two
            return (GOOD if self._is_habit else DOUBT if rises else GOOD), "a share of a hundred"
        if GROUPS.match(whole):
            return 0.0, ""
        if self._is_habit and before_range(self._text, run.start()):
            return GOOD, "the end of a range"
        return (GUESS, "a number") if self._is_habit else (0.0, "")

    def _year(self, pieces: list[str], value: int, before: str, *, told: bool) -> tuple[float, str]:
        known = self.knows(value)
        if [len(piece) for piece in pieces] == [1, 3]:  # "1 989" may be a number of thousands
            if before in MONTHS or (told and known and self._is_habit):
                return (SURE if known or self._is_habit else GOOD), YEARS
            return (DOUBT if told or self._is_habit else 0.0), YEARS
        if (
            [len(piece) for piece in pieces] == [2, 2] and not known and before not in MONTHS
        ):  # "by the 18 30" is a time
            return DOUBT, YEARS
        if told and (known or self._is_habit):
            return SURE, YEARS
        if told or known:
            return GOOD if _single(pieces) or len(pieces) > 2 or before in MONTHS or self._is_habit else DOUBT, YEARS
        return (GOOD if self._is_habit and len(pieces) > 2 else DOUBT), YEARS

    def _word_before(self, at: int) -> str:
        word = BEFORE.search(self._text, max(at - NEAR, 0), at)
        return word[1].lower() if word else ""

    def _word_behind(self, at: int) -> str:
        word = BEHIND.match(self._text, at)
        return word[1].lower() if word else ""

    def _follows_year(self, at: int) -> bool:
        return AFTER_YEAR.search(self._text, max(at - NEAR, 0), at) is not None

    def _in_list(self, at: int) -> bool:
        """Whether a number stands before it, parted by a comma: a list, unless that is a year's."""
        return LISTED.search(self._text, max(at - NEAR, 0), at) is not None

    @cached_property
    def _is_habit(self) -> bool:
        """Whether blanks plainly break the figures of this text: years in three pieces, or behind a month."""
        broken = 0
        for run in self._runs:
            number = re.sub("[^0-9]", "", run.group())
            if len(number) == 4 and FIRST <= int(number) <= LAST:
                before = self._word_before(run.start())
                broken += before in MONTHS or (before in BEFORE_YEARS and len(run.group().split()) > 2)
        return broken >= FEW


def years(figures: Runs) -> Iterator[re.Match[str]]:
    """The whole years of a text, in order."""
    text = figures.text
    for start, end in figures.spans:
        year = YEAR.match(text, start) if end - start == len("1917") else None
        if year:
            yield year


def _in_prose(text: str, start: int, end: int) -> bool:
    """Whether more letters than figures stand around in the paragraph: else it is a row of a table."""
    before, behind = text[max(start - AROUND, 0) : start], text[end : end + AROUND]
    line = before[before.rfind("\n\n") + 1 :] + text[start:end] + behind.partition("\n\n")[0]
    return sum(map(str.isalpha, line)) > sum(map(str.isdigit, line))


def before_range(text: str, start: int) -> bool:
    """Whether a number and a hyphen stand right before a place: "1916-1 7"."""
    return start > 1 and text[start - 1] == "-" and text[start - 2].isdigit()


def _figures(run: re.Match[str]) -> str:
    """What a run is joined."""
    return run.group().removesuffix(run["more"] or "").replace(" ", "")


def _single(pieces: list[str]) -> bool:
    return all(len(piece) == 1 for piece in pieces)


def _ending(value: int) -> str:
    return "th" if value in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")


def _edit(match: re.Match[str], group: str, after: str, rule: str, confidence: float, what: str) -> Edit:
    return Edit(*match.span(group), match[group], after, rule, confidence, f"{WHY[rule]}: {what}")
