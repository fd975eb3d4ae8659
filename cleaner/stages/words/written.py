"""What people know about misread words of their scans, written down as rules (``kind = "word"`` and ``"regex"``).

A word rule matches one whole word as it stands, case included. Nothing is guessed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from cleaner import text as views
from cleaner.model import Edit
from cleaner.rulebook import Rule

# Up to this many rules each is looked for as a plain substring first (1 ms in a million characters); with more of them
# one pass over all words is cheaper (80 ms, whatever their number).
FEW = 50


def named(text: str, rules: Mapping[str, tuple[Rule, ...]]) -> Iterator[Edit]:
    """One edit for each word or place that a rule names; ``rules`` by their kind."""
    yield from _words(text, rules.get("word", ()))
    for rule in rules.get("regex", ()):
        for match in _compiled(rule.match).finditer(text):
            after = match.expand(rule.replace)
            if after != match.group():
                yield _edit(match, after, rule)


def _words(text: str, rules: tuple[Rule, ...]) -> Iterator[Edit]:
    table = {rule.match: rule for rule in reversed(rules)}  # the first rule for a word wins
    matches = views.words(text)
    if len(table) <= FEW:
        present = tuple(word for word in table if word in text)
        matches = _whole_words(present).finditer(text) if present else iter(())
    for match in matches:
        rule = table.get(match.group())
        if rule is not None:
            yield _edit(match, rule.replace, rule)


@lru_cache(maxsize=8)
def _whole_words(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for some words where each is all of a word as ``text.WORD`` sees it.

    The look-behind stands after the letters, at the same place: so the pattern starts with a literal (30 against 4 ms).
    """
    joint = rf"[{views.APOSTROPHES}\-]"
    letter = r"[^\W_]"
    whole = (rf"{re.escape(word)}(?<!{letter}{re.escape(word)})(?<!{letter}{joint}{re.escape(word)})" for word in words)
    return re.compile(rf"(?:{'|'.join(whole)})(?!{letter})(?!{joint}{letter})")


def _edit(match: re.Match[str], after: str, rule: Rule) -> Edit:
    return Edit(match.start(), match.end(), match.group(), after, rule.id, round(rule.confidence, 2), rule.why)


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
