"""What is impossible and what is missing, for a person to look at: years out of all others, days that no month has, and list
numbers that the scan lost.

A year that stands alone far from the text's other years, and that one misread figure would bring among those around it, is
proposed and never applied; so is a day that its month has not. A number that is missing at the head of a line, where the
lines before and behind it are numbered, is applied only if both neighbours prove it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from cleaner.candidates import ranked
from cleaner.model import Edit
from cleaner.policy import FLOOR
from cleaner.rulebook import Rule
from cleaner.stages.numbers.figures import years
from cleaner.stages.numbers.runs import Runs

DATE, ITEM = "numbers.date", "numbers.item"
RULES: tuple[Rule, ...] = (
    Rule(
        id=DATE,
        why="no such date can stand here",
        apply="review",
        examples=(("It was on 81 March that he came.\n", "It was on 31 March that he came.\n"),),
        keep=("It was on 31 March, in 1931 and 1932 and 1982.\n",),
    ),
    Rule(
        id=ITEM,
        why="the items before and behind it are numbered",
        examples=(("1. The ferry\n. The bridge\n3. The town\n", "1. The ferry\n2. The bridge\n3. The town\n"),),
        keep=("The ferry\n. The bridge\nThe town\n", "1. The ferry\n. . . and then\n3. The town\n"),
    ),
)
WHY = {rule.id: rule.why for rule in RULES}
# Figures that are read for each other.
CONFUSED: Mapping[str, str] = {
    "0": "689", "1": "7", "2": "7", "3": "58", "4": "1", "5": "368", "6": "058", "7": "12", "8": "0356", "9": "04",
}  # fmt: skip
DAYS = {
    "january": 31, "february": 29, "march": 31, "april": 30, "may": 31, "june": 30, "july": 31, "august": 31,
    "september": 30, "october": 31, "november": 30, "december": 31,
}  # fmt: skip
MONTH = "|".join(month.capitalize() for month in DAYS)
BEFORE_MONTH = re.compile(rf"(?<![\w.,:-])(?P<day>[0-9]{{2}}) (?P<month>{MONTH})\b")
BEHIND_MONTH = re.compile(rf"(?P<month>{MONTH}) \Z")
LONGEST = 10  # code points of a month and a blank
AROUND = 5  # years of the text before one and behind it, that it is held against
FAR, NEAR = 25, 5  # years
DOUBT = 0.5
BOTH, ONE = 0.95, 0.6
HEAD = re.compile(r"^(?P<blank>[ \t]*)(?P<number>[0-9]{0,3})(?P<stop>[.)])[ \t]+(?=[^\s.])", re.MULTILINE)
GAP = 1_200  # code points from one item to the next


def edits(figures: Runs, left_out: Callable[[int], bool]) -> Iterator[Edit]:
    """What is to be looked at; and numbers of items that both neighbours prove."""
    yield from _days(figures, left_out)
    yield from _years(figures, left_out)
    yield from _items(figures.text)


def _days(figures: Runs, left_out: Callable[[int], bool]) -> Iterator[Edit]:
    text = figures.text
    for start, end in figures.spans:
        if end - start != 2:
            continue
        beside = BEFORE_MONTH.match(text, start)
        if not beside and text[end : end + 2] in {", ", ". ", "; "}:
            beside = BEHIND_MONTH.search(text, max(start - LONGEST, 0), start)
        if not beside:
            continue
        day, month = text[start:end], beside["month"]
        most = DAYS[month.lower()]
        if 0 < int(day) <= most or left_out(start):
            continue
        may_be = [other + day[1] for other in CONFUSED[day[0]] if 0 < int(other + day[1]) <= most and other != "0"]
        may_be += [day[0] + other for other in CONFUSED[day[1]] if 0 < int(day[0] + other) <= most]
        if may_be:
            yield _doubt(start, day, may_be, f"{month} has {most} days")


def _years(figures: Runs, left_out: Callable[[int], bool]) -> Iterator[Edit]:
    found = [match for match in years(figures) if not left_out(match.start())]
    values = [int(match[1]) for match in found]
    for k, match in enumerate(found):
        around = sorted([*values[max(k - AROUND, 0) : k], *values[k + 1 : k + 1 + AROUND]])
        year = values[k]
        if len(around) < 2 * AROUND or around[-1] - around[0] > FAR:
            continue
        if around[0] - FAR <= year <= around[-1] + FAR or values.count(year) > 1:
            continue
        digits = match[1]
        may_be = [
            digits[:at] + other + digits[at + 1 :]
            for at in range(1, 4)
            for other in CONFUSED[digits[at]]
            if around[0] - NEAR <= int(digits[:at] + other + digits[at + 1 :]) <= around[-1] + NEAR
        ]
        if may_be:
            yield _doubt(match.start(), digits, may_be, f"the years around are {around[0]} to {around[-1]}")


def _doubt(start: int, before: str, may_be: list[str], what: str) -> Edit:
    share = max(round(DOUBT / len(may_be), 2), FLOOR)
    readings = ranked(before, may_be[0], share, [(other, share) for other in may_be[1:2]])
    end = start + len(before)
    return Edit(start, end, before, may_be[0], DATE, share, f"{WHY[DATE]}: {what}", candidates=readings)


def _items(text: str) -> Iterator[Edit]:
    heads = list(HEAD.finditer(text))
    for k, head in enumerate(heads):
        if head["number"] or head["stop"] == ")":
            continue
        numbers = [_number(heads[at], head) if 0 <= at < len(heads) else None for at in (k - 2, k - 1, k + 1, k + 2)]
        low, high = (numbers[1] or 0) + 1, (numbers[2] or 0) - 1
        at = head.start("stop")
        if numbers[1] and low == high:
            yield Edit(at, at, "", str(low), ITEM, BOTH, WHY[ITEM])
        elif numbers[:2] == [low - 2, low - 1] and not numbers[2]:
            yield Edit(at, at, "", str(low), ITEM, ONE, WHY[ITEM])
        elif numbers[2:] == [high + 1, high + 2] and not numbers[1] and high > 0:
            yield Edit(at, at, "", str(high), ITEM, ONE, WHY[ITEM])


def _number(other: re.Match[str], head: re.Match[str]) -> int | None:
    """The number of a neighbouring item that is set alike and stands near."""
    if not other["number"] or other["stop"] != head["stop"]:
        return None
    return int(other["number"]) if abs(other.start() - head.start()) <= GAP else None
