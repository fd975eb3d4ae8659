"""Word tables (``*.tsv``): lines ``# key: value``, then a row for each misread word: wrong, right, count, source.

The head is the rule that all rows share. A table is read in one go: a hundred thousand rows take a fifth of a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cleaner.rulebook import entries
from cleaner.rulebook.entries import LISTS, Problem
from cleaner.text import WORD

KEY = re.compile(r"#\s*([a-z]+):\s*(.*?)\s*")
# The last two columns may be left out of a table that is written by hand.
ROW = re.compile(rf"^({WORD.pattern})\t([^\s](?:[^\t\n]*[^\s])?)(?:\t\d+(?:\t[^\n]*)?)?$", re.MULTILINE)
FORM = "a row is: wrong, right, count, source, with tabs between; wrong is one word, count a number"
PAIR = " -> "


def head(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """(line, key, value) of the lines ``# key: value`` before the first row.

    >>> list(head(["# why: h is read as b", "# (a remark)", "tbe\\tthe\\t3\\tscans"]))
    [(1, 'why', 'h is read as b')]
    """
    for number, line in enumerate(lines, 1):
        if line and not line.startswith("#"):
            return
        if match := KEY.fullmatch(line):
            yield number, match[1], match[2]


def entry(given: Sequence[tuple[int, str, str]]) -> tuple[dict[str, Any], list[Problem]]:
    """The head of a table as an entry of a rule file, and what cannot be read of it."""
    table: dict[str, Any] = {"examples": [], "keep": []}
    problems = []
    for _, key, value in given:
        if key == "example":
            raw, arrow, clean = value.partition(PAIR)
            if arrow:
                table["examples"].append([raw.strip(), clean.strip()])
            else:
                problems.append(
                    Problem(key, "an example is raw -> clean", "such as # example: in tbe mill -> in the mill")
                )
        elif key in LISTS:
            table.setdefault(key, []).extend([value] if key in ("keep", "unless") else value.replace(",", " ").split())
        elif key in ("centuries", "confidence"):
            try:
                numbers = value.replace(",", " ").split()
                table[key] = [int(number) for number in numbers] if key == "centuries" else float(value)
            except ValueError:
                problems.append(
                    Problem(key, f"{key} {value!r} is no number", "such as # confidence: 0.98, # centuries: 18")
                )
        elif key != "id":
            table[key] = value
    return table, problems


def rows(lines: Sequence[str]) -> tuple[dict[str, str], list[str], list[tuple[int, str, str]]]:
    """The rows of a table, the words that they make, and (line, what is wrong, what would be right) of what is no row.

    >>> rows(["# why: ...", "tbe\\tthe\\t12\\tscans", "ofa\\tof a"]) == ({"tbe": "the", "ofa": "of a"}, ["the", "of", "a"], [])
    True
    >>> rows(["tbe the"])[2][0][:2]
    (1, "'tbe the' is no row")
    """
    text = "\n".join(["", *lines])
    found = dict(ROW.findall(text))
    wanted = len(lines) - lines.count("") - text.count("\n#")
    results = made(found)
    if len(found) == wanted and found.keys().isdisjoint(results):
        return found, results, []
    return found, results, list(_faults(lines, found))


def made(rows: Mapping[str, str]) -> list[str]:
    """The words that the results of rows are made of.

    >>> made({"tbe": "the", "ofthe": "of the"}), made({"Mr": "Mr."})
    (['the', 'of', 'the'], ['Mr'])
    """
    text = " ".join(rows.values())
    return text.split() if text.replace(" ", "").isalnum() else WORD.findall(text)


def _faults(lines: Sequence[str], found: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
    first: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#"):
            continue
        match = ROW.fullmatch(line)
        if match is None:
            yield number, f"{line!r} is no row", FORM
            continue
        wrong, right = match[1], match[2]
        if wrong in first:
            yield number, f"{wrong!r} stands in line {first[wrong]} already", "keep one of the two"
        first.setdefault(wrong, number)
        if wrong == right:
            yield number, f"{wrong!r} stands for itself", "leave the row out, or write what it stands for"
        elif again := next((word for word in WORD.findall(right) if word in found), ""):
            yield (
                number,
                f"{right!r} would be changed again: {again!r} is itself a wrong word here",
                "leave one of the two out",
            )


def problems(given: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with the head of a table, as an entry."""
    return entries.problems(given, table=True)
