"""What a rule is, and a set of rules as a text meets it: those that apply there, the narrower before the wider.

A table of a hundred thousand words is one value, not a hundred thousand: a row becomes a rule when it fires.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from cleaner.text import WORD
from cleaner.wordlists import WordList

Cap = Literal["auto", "review", "report"]
STAGE_OF = {"word": "words", "regex": "words", "char": "glyphs", "line": "furniture"}
LAST_CENTURY = 30
CHAIN = 4  # rules, each of which fires on what the one before made
CONTEXT = 40  # characters before and after a match in which ``unless`` is looked for


class Where(NamedTuple):
    """A text as rules see it: its path as the settings see it, its corpus, and its name in there without ``.txt``."""

    path: str = ""
    corpus: str = ""
    document: str = ""


NOWHERE = Where()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What is known of one rule.

    ``examples`` are pairs (raw, clean): the stage of the rule, alone, turns one into the other and stays silent on the
    result. ``keep`` are texts on which it must stay silent. ``apply`` is a cap: confidence can only lower it.
    ``unless`` are patterns: a match stays as it is where one of them is found in the ``CONTEXT`` around it, the match
    included. ``languages``, ``paths`` and ``centuries`` say which texts a rule is for, all where they are empty;
    ``corpus`` and ``document`` the same by the file that the rule stands in. ``source`` is the evidence, ``place`` file
    and line, ``turn`` which of the given places that file lies in.
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
    unless: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    centuries: tuple[int, ...] = ()
    corpus: str = ""
    document: str = ""
    source: str = field(default="", compare=False)
    place: str = field(default="", compare=False)
    turn: int = field(default=0, compare=False)

    @property
    def rank(self) -> tuple[int, int, int]:
        """How narrow a rule is: of two that match the same the greater one stands.

        That of a document before that of a corpus, a later file before an earlier one, more said of the texts before
        less.
        """
        said = sum(map(bool, (self.languages, self.paths, self.centuries)))
        return bool(self.corpus) + bool(self.document), self.turn, said

    @property
    def does(self) -> tuple[object, ...]:
        """All that decides what is changed and what the log says of it."""
        scope = (self.languages, self.unless)
        return (self.id, self.kind, self.match, self.replace, self.apply, self.confidence, self.why, scope)

    def applies(self, where: Where, century: int) -> bool:
        """Whether a rule is for a text of a century (0 where unknown), its language aside."""
        return (
            self.corpus in ("", where.corpus)
            and self.document in ("", where.document)
            and (not self.centuries or century in self.centuries)
            and (not self.paths or any(fnmatchcase(where.path, glob) for glob in self.paths))
        )

    def speaks(self, language: str) -> bool:
        """Whether a rule is for a language; where that is unknown (empty), only if it is for all."""
        return not self.languages or language in self.languages

    def spares(self, text: str, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` stays as it is for what stands around it.

        >>> rule = Rule(id="my.tbe", why="", examples=(), keep=(), unless=("vaccine", "virus"))
        >>> rule.spares("the tbe vaccine", 4, 7), rule.spares("in tbe mill", 3, 6)
        (True, False)
        """
        if not self.unless:
            return False
        around = text[max(0, start - CONTEXT) : end + CONTEXT]
        return any(compiled(pattern).search(around) for pattern in self.unless)


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of a rule."""
    return re.compile(pattern)


@dataclass(frozen=True, slots=True)
class WordTable:
    """Word rules in a table: ``rows`` are misread words and what they stand for, ``rule`` holds what all of them share.

    >>> shared = Rule(id="long-s", why="the long s is read as f", examples=(), keep=(), kind="word")
    >>> WordTable(shared, {"fuch": "such"}).row("fuch").id
    'long-s.fuch'
    """

    rule: Rule
    rows: Mapping[str, str]

    def row(self, word: str) -> Rule:
        """The rule that one row is."""
        right = self.rows[word]
        return replace(
            self.rule, id=f"{self.rule.id}.{word}", match=word, replace=right, examples=((word, right),), keep=(right,)
        )

    @property
    def digest(self) -> str:
        """A hash of what the rows do."""
        return hashlib.sha256("\n".join(("\t".join(self.rows), "\t".join(self.rows.values()))).encode()).hexdigest()


@dataclass(frozen=True)
class Rulebook:
    """A validated set of rules from files, the wider before the narrower; ``lexicons`` are words that are right."""

    rules: tuple[Rule, ...] = ()
    tables: tuple[WordTable, ...] = ()
    lexicons: tuple[WordList, ...] = ()

    def __contains__(self, rule: str) -> bool:
        return self.find(rule) is not None

    def __bool__(self) -> bool:
        return bool(self.rules or self.tables)

    @property
    def heads(self) -> Iterator[Rule]:
        """Every rule, a table of words as one."""
        yield from self.rules
        yield from (table.rule for table in self.tables)

    def find(self, rule: str) -> Rule | None:
        """The rule of an id, of a table too, or of one of its rows; None where there is none."""
        if rule in self._by_id:
            return self._by_id[rule]
        if rule in self._by_family:
            return self._by_family[rule].rule
        family, _, word = rule.rpartition(".")
        table = self._by_family.get(family)
        return table.row(word) if table and word in table.rows else None

    def cap(self, rule: str) -> Cap | None:
        """The cap of a rule by its id; None where there is no such rule."""
        found = self.find(rule)
        return found.apply if found else None

    @cached_property
    def _by_id(self) -> Mapping[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def _by_family(self) -> Mapping[str, WordTable]:
        return {table.rule.id: table for table in self.tables}

    def of_stage(self, stage: str) -> list[Rule]:
        """The rules that run in a stage, a table of words as one."""
        return [rule for rule in self.heads if STAGE_OF[rule.kind] == stage]

    def applying(self, where: Where, century: int) -> Rulebook:
        """The rules for one text, its language aside, which is known only when it was read.

        The same rules are the same value, so that what was made for one text serves for others.
        """
        one = tuple(rule for rule in self.rules if rule.applies(where, century))
        many = tuple(table for table in self.tables if table.rule.applies(where, century))
        if (len(one), len(many)) == (len(self.rules), len(self.tables)):
            return self
        ids = tuple(rule.id for rule in one), tuple(table.rule.id for table in many)
        return self._applied.setdefault(ids, Rulebook(one, many, self.lexicons))

    @cached_property
    def _applied(self) -> dict[tuple[tuple[str, ...], ...], Rulebook]:
        return {}

    def of_kind(self, kind: str, language: str) -> tuple[Rule, ...]:
        """The rules of a kind for a language, not those that a narrower one with the same ``match`` replaces.

        Words are not among them: see ``words``.
        """
        if (kind, language) not in self._of_kind:
            self._of_kind[kind, language] = tuple(narrowest(self.rules, kind, language).values())
        return self._of_kind[kind, language]

    def words(self, language: str) -> Words:
        """The rules for words of a language."""
        if language not in self._words:
            self._words[language] = Words(self, language)
        return self._words[language]

    @cached_property
    def _of_kind(self) -> dict[tuple[str, str], tuple[Rule, ...]]:
        return {}

    @cached_property
    def _words(self) -> dict[str, Words]:
        return {}

    @cached_property
    def digest(self) -> str:
        """A hash of all that the rules do: part of the key that says whether a clean file is up to date."""
        content = [rule.does for rule in self.rules]
        tables = [(table.rule.does, table.digest) for table in self.tables]
        lists = sorted(found.sha256 for found in self.lexicons)
        return hashlib.sha256(repr((content, tables, lists)).encode()).hexdigest()


def narrowest(rules: Iterable[Rule], kind: str, language: str) -> dict[str, Rule]:
    """The rules of a kind for a language by what they match: the narrowest of each, among equals the last.

    >>> wide = Rule(id="a.x", why="", examples=(), keep=(), kind="char", match="x", replace="y")
    >>> mine = replace(wide, id="b.x", replace="z", corpus="gazette")
    >>> [rule.id for rule in narrowest([wide, mine], "char", "en").values()]
    ['b.x']
    """
    found: dict[str, Rule] = {}
    for rule in rules:
        if (
            rule.kind == kind
            and rule.speaks(language)
            and (rule.match not in found or rule.rank >= found[rule.match].rank)
        ):
            found[rule.match] = rule
    return found


class Words:
    """The word rules for one language: which words they name is asked of every word, the rule of few."""

    def __init__(self, book: Rulebook, language: str) -> None:
        self._rules = narrowest(book.rules, "word", language)
        tables = [table for table in book.tables if table.rule.speaks(language)]
        self._tables = sorted(tables, key=lambda table: table.rule.rank)
        self.named: set[str] = set(self._rules)
        self.named.update(*(table.rows for table in tables))

    def rule(self, word: str) -> Rule:
        """The rule for a word that is ``named``; at the same rank a rule stands before a row of a table."""
        one = self._rules.get(word)
        table = next((table for table in reversed(self._tables) if word in table.rows), None)
        if table is not None and (one is None or table.rule.rank > one.rank):
            return table.row(word)
        assert one is not None
        return one

    def settled(self, text: str) -> str | None:
        """A text that no rule of these changes any more, which is what becomes of ``text``; None where there is none.

        What a rule made may be what a narrower one is for: a list makes "tomorrow", and a house writes "to-morrow".
        Rules that apply nothing have no say; where one asks what stands around, nobody can tell.

        >>> of = Rule(id="my.a", why="", examples=(), keep=(), kind="word", match="tomorrow", replace="to-morrow")
        >>> words = Words(Rulebook((of,)), "en")
        >>> words.settled("till tomorrow"), Words(Rulebook((of, replace(of, match="to-morrow", replace="tomorrow"))), "en").settled("tomorrow")
        ('till to-morrow', None)
        """
        for _ in range(CHAIN):
            rules = {word: self.rule(word) for word in WORD.findall(text) if word in self.named}
            made = {word: rule.replace for word, rule in rules.items() if rule.apply == "auto"}
            if not made:
                return text
            if any(rules[word].unless for word in made):
                return None
            text = WORD.sub(lambda match: made.get(match.group(), match.group()), text)  # noqa: B023
        return None
