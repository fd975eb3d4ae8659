"""Rule files and folders of them, read and checked as one set: all faults of all files are told at once.

A folder holds ``*.toml`` (rules), ``words/*.tsv`` (word tables), ``lexicon/*.txt`` (words that are right), and
``corpora/NAME.toml`` and ``corpora/NAME/FILE.toml`` for one corpus or one document. A set with a fault is no set.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import resources
from itertools import product
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from cleaner import wordlists
from cleaner.errors import LexiconError
from cleaner.rulebook import entries, tables
from cleaner.rulebook.faults import BEGIN, Faults, Problem, gives, line_of, line_with, lines_of
from cleaner.rulebook.values import Rule, Rulebook, WordTable
from cleaner.text import WORD
from cleaner.wordlists import WordList

RULES, TABLE, WORDS = ".toml", ".tsv", ".txt"
RULES_FOLDER, CORPORA = "rules", "corpora"
TOML_PLACE = re.compile(r"\(at line (\d+), column \d+\)")
TOML_HINT = "a text stands in quotes; in 'single' ones a backslash is a backslash"


class File(NamedTuple):
    """A file to be read: the first part of its rules' ids, what it is for, and which of the given places it lies in."""

    path: Path
    family: str
    corpus: str = ""
    document: str = ""
    turn: int = 0

    def scope(self, line: int) -> dict[str, Any]:
        """What a rule in this line has from its file."""
        return {"corpus": self.corpus, "document": self.document, "turn": self.turn, "place": f"{self.path}:{line}"}


@dataclass
class Found:
    """What was read so far; ``made`` are the words that each table makes."""

    rules: list[Rule] = field(default_factory=list)
    tables: list[WordTable] = field(default_factory=list)
    made: list[list[str]] = field(default_factory=list)
    lexicons: list[WordList] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)


def shipped() -> Path:
    """The folder of the rule files that come with the program: inside the wheel, or beside the package in a checkout."""
    packaged = Path(str(resources.files("cleaner"))) / "rules"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parent.parent.parent / "rules"


def load(*places: Path, without: Iterable[Path] = ()) -> Rulebook:
    """Read rule files and folders of them, later ones over earlier ones, but not the files and folders ``without``.

    Raises ``RuleError`` with every fault found.
    """
    found = Found()
    seen: set[str] = set()
    left = [os.path.realpath(path) for path in without]
    for turn, place in enumerate(places):
        if not (place.is_file() or place.is_dir()):
            there = os.path.lexists(place)
            what = "is neither a file nor a folder" if there else "no such rule file or folder"
            found.faults.add(str(place), 0, what, "see where it leads" if there else "check the spelling")
        for file in _files(place, turn):
            real = os.path.realpath(file.path)
            if real not in seen and not any(real == one or real.startswith(one + os.sep) for one in left):
                seen.add(real)
                _read(file, found)
    _ids(found)
    _chains(found)
    found.faults.stop()
    return Rulebook(tuple(found.rules), tuple(found.tables), tuple(found.lexicons))


def _files(place: Path, turn: int) -> Iterator[File]:
    if place.is_file():
        yield _file(place, _corpora(place), turn)
        return
    for pattern in ("*.toml", "words/*.tsv", "lexicon/*.txt"):
        yield from (_file(path, None, turn) for path in sorted(place.glob(pattern)))
    yield from (_file(path, place / CORPORA, turn) for path in sorted(place.glob(f"{CORPORA}/**/*.toml")))


def _corpora(path: Path) -> Path | None:
    """The folder ``rules/corpora`` that a file which is given by itself lies in."""
    folders = path.absolute().parents
    return next((folder for folder in folders if folder.parts[-2:] == (RULES_FOLDER, CORPORA)), None)


def _file(path: Path, corpora: Path | None, turn: int) -> File:
    """A file for all texts; below the folder ``corpora`` one for a corpus, or for a document of it."""
    if corpora is None:
        return File(path, path.stem, turn=turn)
    scope = path.with_suffix("").absolute().relative_to(corpora.absolute()).parts
    return File(path, "/".join(scope), scope[0], "/".join(scope[1:]), turn)


def _read(file: File, found: Found) -> None:
    path, suffix = str(file.path), file.path.suffix
    if not file.path.is_file():
        found.faults.add(path, 0, "is no file", "see where it leads, or give it another name")
        return
    try:
        data = file.path.read_bytes()
        source = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        found.faults.add(path, 0, f"cannot be read: {error}", "save it as UTF-8, where everybody may read it")
        return
    found.faults.lines[path] = lines_of(source)
    if suffix == TABLE:
        _table(file, found)
    elif suffix == WORDS:
        try:
            found.lexicons.append(wordlists.parse(data, path))
        except LexiconError as error:
            for fault in error.faults:
                found.faults.add(path, *fault)
    elif suffix == RULES:
        _rules(file, source, found)
    else:
        what = "neither rules (.toml) nor a word table (.tsv) nor words (.txt)"
        found.faults.add(path, 0, what, "give it the name that says what it holds")


def _rules(file: File, source: str, found: Found) -> None:
    path = str(file.path)
    lines = found.faults.lines[path]
    try:
        table = tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        at = TOML_PLACE.search(str(error))
        last = len(source.rstrip().split("\n"))
        found.faults.add(path, int(at[1]) if at else last, f"cannot be read: {error}", TOML_HINT)
        return
    everywhere = range(1, len(lines) + 1)
    for key in sorted(table.keys() - {"rule"}):
        found.faults.add(path, line_with(lines, gives(key), everywhere), f"unknown key {key!r}", ONLY)
    rules = table.get("rule", [])
    if not isinstance(rules, list) or not all(isinstance(entry, dict) for entry in rules):
        line = line_with(lines, gives("rule"), everywhere)
        found.faults.add(path, line, "rule is no list of tables", "begin each rule with [[rule]], in two brackets")
        return
    begins = [number for number, line in enumerate(lines, 1) if BEGIN.fullmatch(line)]
    for entry, begin in zip(rules, begins if len(begins) == len(rules) else [1] * len(rules), strict=True):
        name = entry.get("id", "?") if isinstance(entry.get("id"), str) else "?"
        problems = [(line_of(lines, begin, problem.key), problem) for problem in entries.problems(entry)]
        for line, problem in sorted(problems, key=itemgetter(0)):
            found.faults.add(path, line, f"rule {name!r}: {problem.what}", problem.hint)
        if not problems:
            found.rules.append(entries.made(entry, **{"id": f"{file.family}.{name}", **file.scope(begin)}))


ONLY = "a rule file holds [[rule]] tables only"


def _table(file: File, found: Found) -> None:
    path = str(file.path)
    lines = found.faults.lines[path]
    head = [*tables.head(lines)]
    entry, faults = tables.entry(head)
    for key, what, hint in entries.problems(entry, needed=()):
        faults.append((line_of(lines, 1, key), what, hint))
    for line, key, value in head:
        if key == "id" and value != file.family:
            faults.append((line, f"id {value!r} is not the name of the file", f"write {file.family}"))
    rows, made, wrong = tables.rows(lines)
    for fault in (*sorted(faults), *wrong):
        found.faults.add(path, *fault)
    if not (faults or wrong):
        full = {"id": file.family, "kind": "word", **file.scope(1)}
        found.tables.append(WordTable(entries.made(entry, **full), rows))
        found.made.append(made)


def _ids(found: Found) -> None:
    """Ids are unique, since a log names a rule by its id; and in one file nothing is said twice of the same match."""
    seen: dict[str, str] = {}
    families = {table.rule.id: table for table in found.tables}
    for rule in (*(table.rule for table in found.tables), *found.rules):
        family, _, word = rule.id.rpartition(".")
        table = families.get(family)
        other = seen.get(rule.id) or (table.rule.place if table and word in table.rows else None)
        if other:
            what, hint = f"this id stands at {other} already", "give each rule its own: rename it, or the file"
            found.faults.add_to_rule(rule.place, Problem("id", f"rule {rule.id}: {what}", hint))
        seen[rule.id] = rule.place
    matched: dict[tuple[object, ...], Rule] = {}
    for rule in found.rules:
        file = rule.place.rpartition(":")[0]
        same = matched.setdefault((file, rule.kind, rule.match, rule.languages, rule.paths, rule.centuries), rule)
        if same is not rule:
            what, hint = f"{same.id} ({same.place}) matches the same", "only one can stand: keep one of the two"
            found.faults.add_to_rule(rule.place, Problem("match", f"rule {rule.id}: {what}", hint))


def _chains(found: Found) -> None:
    """No rule for words or characters fires on what another one of the same place makes: say the last result at once."""
    words: dict[str, list[Rule]] = {}
    for rule in found.rules:
        if rule.kind == "word":
            words.setdefault(rule.match, []).append(rule)
    makers = [(rule, WORD.findall(rule.replace)) for rule in found.rules if rule.kind == "word"]
    makers += [(table.rule, made) for table, made in zip(found.tables, found.made, strict=True)]
    for maker, made in makers:
        for word in words.keys() & made:
            for rule in words[word]:
                _chained(maker, word, rule, found)
        for table in found.tables:
            for word in table.rows.keys() & made if table.rule is not maker else ():
                _chained(maker, word, table.rule, found)
    chars = [rule for rule in found.rules if rule.kind == "char"]
    for maker, again in product([rule for rule in found.rules if rule.kind in ("word", "char")], chars):
        if again.match in maker.replace:
            _chained(maker, again.match, again, found)


def _chained(maker: Rule, result: str, again: Rule, found: Found) -> None:
    if again is not maker and again.turn == maker.turn and _meet(maker, again):
        what = f"what {maker.id} makes, {result!r}, is changed again by {again.id}"
        hint = f"write the last result at once, or leave one of the two out; the other is {again.place}"
        found.faults.add_to_rule(maker.place, Problem("replace", what, hint))


def _meet(one: Rule, other: Rule) -> bool:
    """Whether two rules may meet in one text."""
    return all(
        not mine or not theirs or not {*mine}.isdisjoint(theirs)
        for mine, theirs in (
            (one.languages, other.languages),
            (one.centuries, other.centuries),
            ((one.corpus,) * bool(one.corpus), (other.corpus,) * bool(other.corpus)),
            ((one.document,) * bool(one.document), (other.document,) * bool(other.document)),
        )
    )
