"""Words: what people know about misread words of their scans, written down as rules (``kind = "word"`` and ``"regex"``).

A word rule matches one whole word as it stands, case included. Nothing is guessed here: a word that no rule names is
left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cleaner import text as views
from cleaner.knowledge import Knowledge
from cleaner.model import Document, Edit, Proposals
from cleaner.rulebook import Rule

RULES: tuple[Rule, ...] = ()

# Up to this many rules each is looked for as a plain substring first (1 ms in a million characters), so that the pass
# over all words (80 ms) is spared where none occurs.
FEW = 50


def propose(doc: Document, knowledge: Knowledge) -> Proposals:
    """One edit for each word or place that a rule names; no marks."""
    text = doc.text
    edits = list(_words(text, knowledge.rules.get("word", ())))
    for rule in knowledge.rules.get("regex", ()):
        for match in _compiled(rule.match).finditer(text):
            after = match.expand(rule.replace)
            if after != match.group():
                edits.append(_edit(match, after, rule))
    return Proposals(edits)


def _words(text: str, rules: tuple[Rule, ...]) -> Iterator[Edit]:
    table = {rule.match: rule for rule in reversed(rules)}  # the first rule for a word wins
    if not table or (len(table) <= FEW and not any(word in text for word in table)):
        return
    for match in views.words(text):
        rule = table.get(match.group())
        if rule is not None:
            yield _edit(match, rule.replace, rule)


def _edit(match: re.Match[str], after: str, rule: Rule) -> Edit:
    return Edit(match.start(), match.end(), match.group(), after, rule.id, round(rule.confidence, 2), rule.why)


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
