"""One rule as it is written, in a rule file or at the head of a word table: checked key by key, then made a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, get_args

from cleaner.errors import nearest
from cleaner.rulebook import patterns
from cleaner.rulebook.faults import Problem
from cleaner.rulebook.values import LAST_CENTURY, STAGE_OF, Cap, Rule
from cleaner.text import WORD

ID = re.compile(r"[a-z0-9][a-z0-9-]*")
CODE = re.compile(r"[a-z]{2,3}")
LONGEST_CHAR = 4
TEXTS = ("id", "kind", "match", "replace", "apply", "why", "source")
LISTS = ("keep", "unless", "languages", "paths")
REQUIRED = ("id", "kind", "match", "replace", "why", "examples", "keep")
KEYS = (*TEXTS, "confidence", "examples", *LISTS, "centuries")
SCOPE = ("apply", "confidence", "unless", "languages", "paths", "centuries", "source")


def made(entry: Mapping[str, Any], **more: Any) -> Rule:
    """A rule from an entry without problems; ``more`` are its full id and where it stands."""
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    values["examples"] = tuple((raw, clean) for raw, clean in entry["examples"])
    if isinstance(entry.get("unless"), str):
        values["unless"] = (entry["unless"],)
    return Rule(**{**values, **more})


def problems(entry: Mapping[str, Any], needed: Iterable[str] = REQUIRED) -> list[Problem]:
    """All that is wrong with an entry, at once: what is of the wrong type is not looked at any further.

    ``needed`` are the keys that must be there: none of the head of a table, whose rows say the rest.
    """
    shapes = [*_shapes(entry)]
    wrong = {problem.key for problem in shapes}
    sound = {key: value for key, value in entry.items() if key not in wrong}
    return [*_keys(entry, needed), *shapes, *_values(sound), *_patterns(sound)]


def _keys(entry: Mapping[str, Any], needed: Iterable[str]) -> Iterator[Problem]:
    for key in entry:
        if key not in KEYS:
            yield Problem(key, f"unknown key {key!r}", nearest(key, KEYS))
    if missing := [key for key in needed if key not in entry or entry[key] == []]:
        hint = "every rule says what it does, why, and shows where it fires (examples) and where not (keep)"
        yield Problem("", f"{', '.join(missing)} missing", hint)


def _shapes(entry: Mapping[str, Any]) -> Iterator[Problem]:
    """Values that are not of the type that they should be."""
    for key in TEXTS:
        if not isinstance(entry.get(key, ""), str):
            yield Problem(key, f"{key} must be a string", f'it stands in quotes: {key} = "..."')
    for key in LISTS:
        value = entry.get(key, [])
        if isinstance(value, str) and key == "unless":
            continue
        if not _all(value, str):
            yield Problem(key, f"{key} must be a list of texts", f'write {key} = ["...", "..."]')
    centuries = entry.get("centuries", [])
    if not _all(centuries, int) or not all(0 < century <= LAST_CENTURY for century in centuries):
        yield Problem(
            "centuries",
            f"centuries {centuries!r} must be a list of numbers from 1 to {LAST_CENTURY}",
            "18 means 1701 to 1800: [17, 18]",
        )
    pairs = entry.get("examples", [])
    if not isinstance(pairs, list) or not all(_all(pair, str) and len(pair) == 2 for pair in pairs):
        yield Problem("examples", "examples must be a list of pairs", 'write examples = [["raw", "clean"]]')
    confidence = entry.get("confidence", 1.0)
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0.3 <= confidence <= 1:
        what = f"confidence {confidence!r} must be a probability between 0.30 and 1"
        yield Problem("confidence", what, "0.98 means that 98 of 100 such changes are right")


def _all(value: object, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(item, kind) and not isinstance(item, bool) for item in value)


def _values(entry: Mapping[str, Any]) -> Iterator[Problem]:
    if not ID.fullmatch(entry.get("id", "x")):
        yield Problem("id", f"id {entry['id']!r}", "an id is lower-case letters, digits and hyphens, such as the-tbe")
    if not entry.get("why", "x").strip():
        yield Problem("why", "why is empty", "say in a few words how the error comes about: it stands in the log")
    for key, choice in (("kind", tuple(STAGE_OF)), ("apply", get_args(Cap))):
        if entry.get(key, choice[0]) not in choice:
            yield Problem(key, f"{key} {entry[key]!r} is none of {', '.join(choice)}", nearest(entry[key], choice))
    for code in entry.get("languages", ()):
        if not CODE.fullmatch(code):
            yield Problem("languages", f"{code!r} is no code of a language", "write en, fr, de ...")
    if entry.get("kind") == "line" and entry.get("languages"):
        hint = "a line goes before anybody asks what language the text is in: leave languages out, or say paths"
        yield Problem("languages", "a line rule has no languages", hint)


def _patterns(entry: Mapping[str, Any]) -> Iterator[Problem]:
    match, made, unless = entry.get("match"), entry.get("replace", ""), entry.get("unless", [])
    if match == "":
        yield Problem("match", "match is empty", "write what is wrong in the scans, such as match = 'tbe'")
    elif match is not None and match == made:
        yield Problem("replace", "match and replace are the same", "write into replace what the scan should have")
    elif match is not None and (check := KINDS.get(entry.get("kind", ""))):
        yield from check(match, made)
    for pattern in [unless] if isinstance(unless, str) else unless:
        yield from (Problem("unless", *problem) for problem in patterns.problems("unless", pattern))


def _word(match: str, made: str) -> Iterator[Problem]:
    if not WORD.fullmatch(match):
        what = f"match {match!r}: a word rule matches one word, without blanks or signs around it"
        yield Problem("match", what, "letters and digits, hyphens and apostrophes inside; else use kind = 'regex'")
    elif match in WORD.findall(made):
        yield Problem("replace", f"replace {made!r} holds {match!r} and would be changed again", LEFT_OUT)


LEFT_OUT = "no rule may fire on what it made; use kind = 'regex' with what stands around"


def _char(match: str, made: str) -> Iterator[Problem]:
    if len(match) > LONGEST_CHAR:
        what = f"match {match!r}: a char rule matches at most four characters"
        yield Problem("match", what, "use kind = 'word' or 'regex'")
    elif match in made:
        yield Problem("replace", f"replace {made!r} holds {match!r} and would be changed again", LEFT_OUT)
    elif match.isascii():
        what = f"match {match!r}: a char rule is for characters beyond ASCII, which plain texts never have"
        yield Problem("match", what, "use kind = 'word' for words, 'regex' for letters with what stands around")


def _regex(match: str, made: str) -> Iterator[Problem]:
    found = [Problem("match", *problem) for problem in patterns.problems("match", match)]
    yield from found
    if not found:
        try:
            re.compile(match).sub(made, "")  # reads the groups that the replacement names
        except (re.error, IndexError) as error:
            hint = "\\1 is what the first bracket of match took; a backslash as it stands is \\\\"
            yield Problem("replace", f"replace {made!r} does not fit match: {error}", hint)


def _line(match: str, made: str) -> Iterator[Problem]:
    yield from (Problem("match", *problem) for problem in patterns.problems("match", match))
    if made:
        yield Problem("replace", "a line rule removes the line: replace must be empty", 'write replace = ""')


KINDS: Mapping[str, Callable[[str, str], Iterator[Problem]]] = {
    "word": _word,
    "char": _char,
    "regex": _regex,
    "line": _line,
}
