"""Glyphs: characters that a font or an engine put for others: ligatures, odd spaces, invisible characters.

What stands for what is data (``kind = "char"`` in rule files); spaces need to see their neighbours and are here. Quotes,
dashes and letters that are rare but right (long s, digraphs such as ae) stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cleaner.knowledge import Knowledge
from cleaner.model import Document, Edit, Proposals
from cleaner.rulebook import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        id="glyphs.space",
        why="a blank of another width is a blank",
        examples=(("the\u2003mill\u00a0wheel\n", "the mill wheel\n"),),
        keep=("12\u202f000 F\u00a0; \u00ab\u00a0oui\u00a0\u00bb\n", "10\u00a0km\n"),
    ),
    Rule(
        id="glyphs.invisible",
        why="an invisible character hides in the word",
        examples=(("mill\u200bwheel, revo\u00adlution\n", "millwheel, revolution\n"),),
        keep=("revo\u00ad\nlution\n", "\u0646\u0627\u0645\u0647\u200c\u0627\u06cc\n"),
    ),
)

# Blanks of other widths. No-break spaces are typography where French sets them and where they tie a number to what
# follows; thin ones where they group figures.
SPACE = re.compile("[\u2000-\u200a\u205f\u3000]|(?<![\\d\u00ab\u2039(])[\u00a0\u202f](?![\\d:;!?%\u00bb\u203a])")
# Zero-width space, word joiner, and the soft hyphen inside a line (at a line end it is a hyphen).
INVISIBLE = re.compile("[\u200b\u2060]+|(?<=\\w)\u00ad+(?=\\w)")


def propose(doc: Document, knowledge: Knowledge) -> Proposals:
    """One edit for each odd character; no marks."""
    text = doc.text
    edits: list[Edit] = []
    if text.isascii():
        return Proposals()
    for match in SPACE.finditer(text):
        why = f"U+{ord(match.group()):04X}"
        edits.append(Edit(match.start(), match.end(), match.group(), " ", "glyphs.space", 0.97, why))
    for match in INVISIBLE.finditer(text):
        why = f"U+{ord(match.group()[0]):04X}"
        edits.append(Edit(match.start(), match.end(), match.group(), "", "glyphs.invisible", 0.97, why))
    edits.extend(_replaced(text, knowledge.rules.get("char", ())))
    return Proposals(edits)


def _replaced(text: str, rules: tuple[Rule, ...]) -> Iterator[Edit]:
    if not rules:
        return
    pattern, table = _compiled(rules)
    for match in pattern.finditer(text):
        rule = table[match.group()]
        yield Edit(
            match.start(), match.end(), match.group(), rule.replace, rule.id, round(rule.confidence, 2), rule.why
        )


@lru_cache(maxsize=8)
def _compiled(rules: tuple[Rule, ...]) -> tuple[re.Pattern[str], dict[str, Rule]]:
    """One pattern for all rules, longest first; the first rule wins where two match the same."""
    table: dict[str, Rule] = {}
    for rule in rules:
        table.setdefault(rule.match, rule)
    return re.compile("|".join(map(re.escape, sorted(table, key=lambda m: (-len(m), m))))), table
