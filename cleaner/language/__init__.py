"""What is known of words: general frequencies of a language (from packages) and this document's own counts.

One probability for every stage that guesses: ``Lexicon.probability(word)`` mixes what the document itself writes with
what the language writes in general (a cache model), and leaves a little for words that neither has seen, less for each
letter. Between the two stands what a person hands over: words that are right, and the counts of a corpus. Scoring is
pure; only ``general`` and what it gives read a package's data, once per language.
"""

from cleaner.language.facts import NO_FACTS, Facts
from cleaner.language.frequencies import General, dictionary, general
from cleaner.language.lexicon import GENERAL_WEIGHT, LETTER, OPEN_COMPOUND, RARE, VOUCHED, Lexicon, with_s
from cleaner.language.noisy import Channel, channel
from cleaner.language.packages import known_codes
from cleaner.language.punctuation import Punctuation, punctuation
from cleaner.language.vocabulary import Vocabulary

__all__ = [
    "GENERAL_WEIGHT",
    "LETTER",
    "NO_FACTS",
    "OPEN_COMPOUND",
    "RARE",
    "VOUCHED",
    "Channel",
    "Facts",
    "General",
    "Lexicon",
    "Punctuation",
    "Vocabulary",
    "channel",
    "dictionary",
    "general",
    "known_codes",
    "punctuation",
    "with_s",
]
