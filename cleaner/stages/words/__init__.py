"""Misread words: what people wrote down of their scans, and what a noisy channel on top of the language model tells.

A word that nobody knows is weighed against the known words that may have been misread so: how often this document should
hold each, how readily engines misread it like that, how well it stands between its neighbours; and against its being a
word all the same, a name, dialect, another language. How bad the scan is, is learned from the document: in a clean text
an unknown word is a rare word.
"""

from __future__ import annotations

from bisect import bisect_left

from cleaner.knowledge import Knowledge
from cleaner.model import Document, Edit, Proposals
from cleaner.rulebook import Rule
from cleaner.stages.words import decoding, written

RULES: tuple[Rule, ...] = decoding.RULES


def propose(doc: Document, knowledge: Knowledge) -> Proposals:
    """One edit for each place that a rule names, and for each word that is likely misread; no marks."""
    edits = sorted(written.named(doc.text, knowledge.rules), key=lambda edit: edit.start)
    ends = [edit.end for edit in edits]

    def free(edit: Edit) -> bool:
        k = bisect_left(ends, edit.start)
        return k == len(edits) or edits[k].start >= edit.end

    return Proposals([*edits, *filter(free, decoding.decoded(doc, knowledge, edits))])
