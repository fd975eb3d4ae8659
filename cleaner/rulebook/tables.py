"""Word tables (``*.tsv``): lines ``# key: value``, then a row for each misread word: wrong, right, count, source.

The head is the rule that all rows share. A table is read in one go: a hundred thousand rows take a fifth of a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cleaner.errors import nearest
from cleaner.rulebook.entries import LISTS, SCOPE
from cleaner.text import WORD

KEY = re.compile(r"#\s*([a-z]+):\s*(.*?)\s*")
# The last two columns may be left out of a table that is written by hand.
ROW = re.compile(rf"^({WORD.pattern})\t([^\s](?:[^\t\n]*[^\s])?)(?:\t\d+(?:\t[^\n]*)?)?$", re.MULTILINE)
FORM = "a row is: wrong, right, count, source, with tabs between; wrong is one word, count a number"
PAIR = " -> "
NEEDED = {"why": "why", "examples": "example", "keep": "keep"}  # of an entry, and as the head of a table calls it
KEYS = (*NEEDED.values(), *SCOPE, "id")
ONCE = ("id", "why", "apply", "confidence", "source")
HEAD = "the head of a table is lines such as # why: ..., # example: raw -> clean, # keep: ..."
Fault = tuple[int, str, str]  # line, from 1; what is wrong; what would be right


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


def entry(given: Sequence[tuple[int, str, str]]) -> tuple[dict[str, Any], list[Fault]]:
    """The head of a table as an entry of a rule file, and what is wrong with it as a head."""
    table: dict[str, Any] = {"examples": [], "keep": []}
    faults: list[Fault] = []
    for line, key, value in given:
        if key not in KEYS:
            faults.append((line, f"unknown key {key!r}", nearest(key, KEYS)))
        elif key in ONCE and key in table:
            faults.append((line, f"{key} stands there twice", "keep one of the two"))
        elif key == "example":
            raw, arrow, clean = value.partition(PAIR)
            table["examples"].append([raw.strip(), clean.strip()])
            if not arrow:
                faults.append((line, "an example is raw -> clean", "such as # example: in tbe mill -> in the mill"))
        elif key in LISTS:
            table.setdefault(key, []).extend([value] if key in ("keep", "unless") else value.replace(",", " ").split())
        elif key in ("centuries", "confidence"):
            try:
                numbers = value.replace(",", " ").split()
                table[key] = [int(number) for number in numbers] if key == "centuries" else float(value)
            except ValueError:
                faults.append((line, f"{key} {value!r} is no number", "such as # confidence: 0.98, # centuries: 18"))
        else:
            table[key] = value
    if missing := [name for key, name in NEEDED.items() if not table.get(key)]:
        faults.append((1, f"{', '.join(missing)} missing", HEAD))
    return table, faults


def rows(lines: Sequence[str]) -> tuple[dict[str, str], list[str], list[Fault]]:
    """The rows of a table, the words that they make, and what is wrong with lines that are no rows.

    >>> rows(["# why: ...", "tbe\\tthe\\t12\\tscans", "ofa\\tof a"]) == ({"tbe": "the", "ofa": "of a"}, ["the", "of", "a"], [])
    True
    >>> rows(["tbe the"])[2][0][:2]
    (1, "'tbe the' is no row")
    """
    text = "\n".join(["", *lines])
    found = dict(ROW.findall(text))
    wanted = len(lines) - lines.count("") - text.count("\n#")
    results = made(found)
    if not wanted:
        return found, results, [(len(lines), "a table without rows", FORM)]
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


def _faults(lines: Sequence[str], found: Mapping[str, str]) -> Iterator[Fault]:
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
