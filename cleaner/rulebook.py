"""Rules are data that cannot lie: what a rule is, and rules/*.toml read into validated values.

A rule that needs code lives in a stage and registers the same metadata (``kind="code"`` in the stage's ``RULES``), so
that every id in a log can be looked up, capped, skipped and tested in one way. All errors of all files are reported at
once, and nothing runs on a broken set.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any, Literal, get_args

from cleaner.errors import RuleError, nearest
from cleaner.text import WORD

Cap = Literal["auto", "review", "report"]
STAGE_OF = {"word": "words", "regex": "words", "char": "glyphs", "line": "furniture"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What is known of one rule.

    ``examples`` are pairs (raw, clean): the stage of the rule, alone, turns one into the other and stays silent on the
    result. ``keep`` are texts on which it must stay silent. ``apply`` is a cap: confidence can only lower it.
    """

    id: str
    why: str
    examples: tuple[tuple[str, str], ...]
    keep: tuple[str, ...]
    kind: str = "code"
    match: str = ""
    replace: str = ""
    apply: Cap = "auto"
    confidence: float = 1.0


@dataclass(frozen=True)
class Rulebook:
    """A validated set of rules from files."""

    rules: tuple[Rule, ...] = ()

    @cached_property
    def ids(self) -> frozenset[str]:
        return frozenset(rule.id for rule in self.rules)

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[Rule, ...]]:
        return {kind: tuple(rule for rule in self.rules if rule.kind == kind) for kind in STAGE_OF}

    def of_stage(self, stage: str) -> list[Rule]:
        """The rules that run in a stage."""
        return [rule for rule in self.rules if STAGE_OF[rule.kind] == stage]

    @cached_property
    def digest(self) -> str:
        """A hash of all that a rule does: part of the key that says whether a clean file is up to date."""
        content = [(r.id, r.kind, r.match, r.replace, r.apply, r.confidence, r.why) for r in self.rules]
        return hashlib.sha256(repr(content).encode()).hexdigest()


def shipped() -> Path:
    """The folder of the rule files that come with the program: inside the wheel, or beside the package in a checkout."""
    packaged = Path(str(resources.files("cleaner"))) / "rules"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parent.parent / "rules"


def load(*places: Path) -> Rulebook:
    """Read rule files, and the ``*.toml`` of folders, in the order given. Raises ``RuleError`` with every fault found."""
    faults: list[str] = []
    rules: list[Rule] = []
    for path in _files(places, faults):
        rules.extend(_read(path, faults))
    seen: dict[str, int] = {}
    for rule in rules:
        seen[rule.id] = seen.get(rule.id, 0) + 1
    faults.extend(
        f"rule {rule}: this id is used {count} times; give each rule its own"
        for rule, count in seen.items()
        if count > 1
    )
    if faults:
        raise RuleError("the rules are broken, nothing was run:\n  " + "\n  ".join(faults))
    return Rulebook(tuple(rules))


def _files(places: Iterable[Path], faults: list[str]) -> Iterator[Path]:
    for place in places:
        if place.is_dir():
            yield from sorted(place.glob("*.toml"))
        elif place.is_file():
            yield place
        else:
            faults.append(f"{place}: no such rule file or folder")


def _read(path: Path, faults: list[str]) -> Iterator[Rule]:
    try:
        source = path.read_text(encoding="utf-8")
        table = tomllib.loads(source)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        faults.append(f"{path}: cannot be read: {error}")
        return
    faults.extend(
        f"{path}: unknown key {key!r}; a rule file holds [[rule]] tables only"
        for key in sorted(table.keys() - {"rule"})
    )
    lines = [number for number, line in enumerate(source.split("\n"), 1) if line.strip() == "[[rule]]"]
    entries = table.get("rule", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        faults.append(f"{path}: rule is no list of tables; begin each rule with [[rule]], in two brackets")
        return
    for index, entry in enumerate(entries):
        place = f"{path}:{lines[index] if index < len(lines) else 1}"
        problems = list(_problems(entry))
        if problems:
            faults.extend(f"{place}: rule {entry.get('id', index + 1)!r}: {problem}" for problem in problems)
        else:
            yield _rule(path.stem, entry)


def _rule(family: str, entry: Mapping[str, Any]) -> Rule:
    return Rule(
        **{
            **entry,
            "id": f"{family}.{entry['id']}",
            "examples": tuple((raw, clean) for raw, clean in entry["examples"]),
            "keep": tuple(entry["keep"]),
        }
    )


_TEXT = {"id", "kind", "match", "replace", "apply", "why"}
_REQUIRED = ("id", "kind", "match", "replace", "why", "examples", "keep")


def _problems(entry: Mapping[str, Any]) -> Iterator[str]:
    known = [field.name for field in fields(Rule)]
    for key in entry:
        if key not in known:
            yield f"unknown key {key!r}; {nearest(key, known)}"
    missing = [key for key in _REQUIRED if key not in entry or entry[key] == []]
    if missing:
        yield f"{', '.join(missing)} missing: every rule says what it does, why, and shows where it fires and where not"
        return
    for key in sorted(_TEXT & entry.keys()):
        if not isinstance(entry[key], str):
            yield f"{key} must be a string"
            return
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", entry["id"]):
        yield "an id is lower-case letters, digits and hyphens, such as the-tbe"
    if not entry["why"].strip():
        yield "why is empty"
    if entry["kind"] not in STAGE_OF:
        yield f"kind {entry['kind']!r} is not one of {', '.join(STAGE_OF)}"
    if entry.get("apply", "auto") not in get_args(Cap):
        yield f"apply {entry['apply']!r} is not one of {', '.join(get_args(Cap))}"
    confidence = entry.get("confidence", 1.0)
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0.3 <= confidence <= 1:
        yield f"confidence {confidence!r} must be a probability between 0.30 and 1"
    if not isinstance(entry["keep"], list) or not all(isinstance(text, str) for text in entry["keep"]):
        yield "keep must be a list of texts"
    if not isinstance(entry["examples"], list) or not all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(text, str) for text in pair)
        for pair in entry["examples"]
    ):
        yield 'examples must be a list of pairs: [["raw", "clean"]]'
    yield from _pattern_problems(entry)


# A pattern that matches nothing at a word, a blank or a line end shows it here.
PROBE = "a Word, 18.\n\nab"


def _pattern_problems(entry: Mapping[str, Any]) -> Iterator[str]:
    match, kind = entry["match"], entry["kind"]
    if not match:
        yield "match is empty"
    elif kind == "word" and not WORD.fullmatch(match):
        yield f"match {match!r}: a word rule matches one word, without blanks or signs around it"
    elif kind == "char" and len(match) > 4:
        yield f"match {match!r}: a char rule matches at most four characters; use kind = 'word' or 'regex'"
    elif kind in ("line", "regex"):
        try:
            pattern = re.compile(match)
        except re.error as error:
            yield f"match {match!r} is not a regular expression: {error}"
            return
        if pattern.match("") or any(found.start() == found.end() for found in pattern.finditer(PROBE)):
            yield f"match {match!r} also matches nothing at all; it would fire everywhere"
        try:
            pattern.sub(entry["replace"], "")  # reads the groups that the replacement names
        except (re.error, IndexError) as error:
            yield f"replace {entry['replace']!r} does not fit match: {error}"
    if kind == "line" and entry["replace"]:
        yield "a line rule removes the line: replace must be empty"
    if match and match == entry["replace"]:
        yield "match and replace are the same"
