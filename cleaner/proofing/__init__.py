"""What proofreaders look for, found and never changed: doubled words, unpaired quotation marks and brackets, and the like.

Each check is a function from a ``Sheet`` (text, paragraphs, regions, words) to findings; it knows nothing of files, and
of the other checks only what they share. A check is meant to overlook a fault rather than to cry wolf: who gets fifty
false alarms a page stops reading them. So what a text does all the time is its style, and figures, code, tables and
what cannot be read are passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from cleaner.language import General
from cleaner.model import Document
from cleaner.proofing.doubled import doubled
from cleaner.proofing.figures import figures
from cleaner.proofing.pairs import brackets
from cleaner.proofing.punctuation import punctuation
from cleaner.proofing.quotes import quotes
from cleaner.proofing.series import series
from cleaner.proofing.sheet import Finding, Sheet
from cleaner.proofing.starts import starts
from cleaner.proofing.variants import variants

__all__ = ["KINDS", "Finding", "findings"]

KINDS: Mapping[str, str] = {
    "doubled": "words that stand twice",
    "quote": "quotation marks that are unpaired or on the wrong side",
    "bracket": "brackets that are unpaired",
    "start": "paragraphs that begin in lower case or with a mark",
    "number": "numbers missing from lists, notes, chapters",
    "spelling": "words in two spellings",
    "hyphen": "words with a hyphen and without",
    "mark": "suspicious punctuation",
    "figure": "figures in words, letters in numbers",
}
CHECKS: tuple[tuple[Callable[[Sheet], Iterator[Finding]], frozenset[str]], ...] = (
    (doubled, frozenset(("doubled",))),
    (quotes, frozenset(("quote",))),
    (brackets, frozenset(("bracket",))),
    (starts, frozenset(("start",))),
    (series, frozenset(("number",))),
    (variants, frozenset(("spelling", "hyphen"))),
    (punctuation, frozenset(("mark",))),
    (figures, frozenset(("figure",))),
)
# What only the words of the text's own language tell.
OF_LANGUAGE = frozenset(("doubled", "spelling", "hyphen", "figure"))


def findings(doc: Document, general: General, kinds: Collection[str] = KINDS.keys()) -> list[Finding]:
    """All findings of some kinds (all, if none are named), by place.

    ``doc`` has the marks of the stage ``regions``; ``general`` is the general lexicon of its language.

    >>> from cleaner.language import general
    >>> found = findings(Document("He went to the the mill (today.\\n"), general("en"))
    >>> [(f.start, f.end, f.kind, f.message) for f in found]
    [(15, 18, 'doubled', '"the the"'), (24, 25, 'bracket', 'never closed')]
    >>> findings(Document("He had had to go (to-day).\\n"), general("en"))
    []
    """
    sheet = Sheet(doc, general)
    found = (finding for check, own in CHECKS if not own.isdisjoint(kinds) for finding in check(sheet))
    return sorted(
        finding
        for finding in found
        if finding.kind in kinds
        and not sheet.is_quiet(finding.start)
        and not (finding.kind in OF_LANGUAGE and sheet.is_foreign(finding.start))
    )
