"""What people know about misread words of their scans, written down as rules (``kind = "word"`` and ``"regex"``).

A word rule matches one whole word as it stands, case included. Which words a text has is asked first, each once, so that
it does not matter how many rules there are: what is found of them is looked for in one pass. Words that somebody vouches
for stay. Nothing is guessed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cleaner import text as views
from cleaner.knowledge import Knowledge
from cleaner.model import Document, Edit
from cleaner.rulebook import CONTEXT, Rule
from cleaner.rulebook.values import compiled
from cleaner.stages.words import quoted


def named(doc: Document, knowledge: Knowledge) -> Iterator[Edit]:
    """One edit for each word or place that a rule names, but not in passages that are in another language, or in none.

    Where the whole text is in another language than the expected one, rules that name this language stand in it.
    """
    language = knowledge.language_of(doc)
    foreign, garbage = doc.marked("foreign"), doc.marked("garbage")
    for_all = views.inside((mark.start, mark.end) for mark in [*foreign, *garbage])
    others = [mark for mark in foreign if mark.value.get("code") != language]
    for_it = views.inside((mark.start, mark.end) for mark in [*others, *garbage])
    for rule, start, end, after in _found(doc.text, knowledge, language):
        left_alone = for_it if rule.languages else for_all
        if not left_alone(start) and not rule.spares(doc.text, start, end):
            sure, why = round(rule.confidence, 2), rule.why
            if quoted.denied(doc.text, start, end, after):
                sure, why = min(sure, quoted.HELD), f"{why}; {quoted.WHY}"
            yield Edit(start, end, doc.text[start:end], after, rule.id, sure, why)


def _found(text: str, knowledge: Knowledge, language: str) -> Iterator[tuple[Rule, int, int, str]]:
    """Rule, place, and what it makes of that; not where a rule would fire on what is made there."""
    words = knowledge.rules.words(language)
    patterns = [(rule, compiled(rule.match)) for rule in knowledge.rules.of_kind("regex", language)]
    sure = [pattern for rule, pattern in patterns if rule.apply == "auto"]
    present = words.named & views.count_words(text).keys() if words.named else ()
    rules = {word: words.rule(word) for word in present if not knowledge.given.vouches(word.lower())}
    made = {word: words.settled(rule.replace) for word, rule in rules.items()}
    for match in views.words(text) if rules else ():
        after = made.get(match.group())
        if after is not None and not _fires(sure, text, *match.span(), after):
            yield rules[match.group()], match.start(), match.end(), after
    for rule, pattern in patterns:
        for match in pattern.finditer(text):
            after = match.expand(rule.replace)
            again = match.group() in ("", after) or _fires({*sure, pattern}, text, *match.span(), after)
            if not again and words.settled(after) == after:
                yield rule, match.start(), match.end(), after


def _fires(patterns: Iterable[re.Pattern[str]], text: str, start: int, end: int, after: str) -> bool:
    """Whether a pattern matches in what stands in the place of ``text[start:end]``: a second run would change that again."""
    before = text[max(0, start - CONTEXT) : start]
    around = before + after + text[end : end + CONTEXT]
    seam, reach = len(before), len(before) + len(after)
    return any(
        found.start() < reach and found.end() > seam for pattern in patterns for found in pattern.finditer(around)
    )
