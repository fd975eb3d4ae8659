"""How good is a text, when nobody has typed it again? The share of its words that are likely right.

A *word* is what stands between two blanks, with its signs, as a word error rate counts it. The estimate is a share from 0
to 1, about one less the word error rate: misread words, cut ones, dirt, and before cleaning also the running heads and
folios that stand between them. It is worked out from the text alone, before and after cleaning alike, and does not take
the cleaner's word for what was mended.

What it cannot see: words that were lost, and common words read for each other. It is an estimate for each language that
has a dictionary, but was only fitted to English, whose words, names and shapes are known best; of a text in a language
that nobody knows it says nothing. Passages in another language do not count.
"""

from cleaner.language import General
from cleaner.quality.evidence import Judge, judge
from cleaner.quality.lines import records
from cleaner.quality.pages import PAGE, Estimate, Regions, estimates, pieces

__all__ = ["PAGE", "Estimate", "Judge", "Regions", "estimate", "estimates", "judge", "records"]


def estimate(text: str, general: General) -> Estimate:
    """The estimate for a whole text by itself.

    >>> from cleaner.language import general
    >>> round(estimate("The mill stood by the water, and the miller was old. " * 9, general("en")).share, 2)
    0.99
    >>> round(estimate("Tbe rnill sto0d by tlie vvater, arid tbe mi!ler was o1d. " * 9, general("en")).share, 1)
    0.2
    >>> estimate("some words", general("")).share is None
    True
    """
    found = estimates(text, pieces(text), Regions(), Judge(general))
    return Estimate(sum(one.words for one in found), sum(one.wrong for one in found))
