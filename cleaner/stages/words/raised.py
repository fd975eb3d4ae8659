"""Small letters read as capitals at the beginning of a word within a sentence: "lived In the town", "which Is the best".

The dot of "i" and "j" runs into the letter, and what is left has the height of a capital. How often a text has that is told
by the text itself: of its words with such a letter that stand between words in small letters, the share that has a capital
(expectation and maximisation). Against it stand the names, what the text writes with a capital anyhow, and sentences that
lost their full stop: "the meeting It was said".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from cleaner.language import General
from cleaner.language.bigrams import BOUNDARY
from cleaner.model import Edit
from cleaner.rulebook import Rule

RAISED = "words.raised"
LETTERS = "IJ"
EITHER = frozenset(LETTERS + LETTERS.lower())
# A word between two in small letters: who sets titles puts capitals to all words.
PLACE = re.compile(r"(?<![^\W\d_])(?P<left>[a-z]+)[ \n](?=(?P<word>[A-Za-z][a-z]+)[ \n][a-z])")
SEEN = re.compile(rf"[a-z][ \n][{LETTERS}][a-z]+[ \n][a-z]")
# Of such words so many are misread before the text is read, and how many words that weighs: a guess that a page outweighs.
PRIOR, WEIGHT = 2e-3, 100
# So many have a capital for its own sake: in good newspapers one in 400 ("the Jury"), of the commonest words, which are
# neither nouns nor names, hardly one in 2,000; more where the text is seen to do so, in so many words.
OWN, OF_COMMON, COMMON, OWN_WEIGHT = 2.5e-3, 5e-4, 5e-4, 400
LOST = 0.15  # of the stops between sentences, so many are lost where the page is bad
ROUNDS = 8
LEAST, MOST = 0.8, 0.97
NAMED = 0.2  # a word that is a name so often may be one here

HALL = (
    "The hall which {} in the street was built by the men who lived {} the town, and the clock that was set {} the tower was "
    "made there. They said that {} was the best of all.\n"
)
RULES: tuple[Rule, ...] = (
    Rule(
        id=RAISED,
        why="a capital within a sentence, where the text often has one for the small letter",
        examples=(
            (
                HALL.format(*"Is In In It".split()),
                HALL.format(*"is in in it".split()),
            ),
        ),
        keep=(
            "the house which I saw in the town was old, and I knew that In Memoriam was read in it\n",
            "we went to see the Irish coast and the Italian hills in the old Inverness coach\n",
        ),
    ),
)


class Place(NamedTuple):
    """A word with a capital at an offset: its letter, and what it weighs that it was printed small, or with a capital."""

    at: int
    word: str
    small: float
    capital: float


def lowered(text: str, general: General) -> Iterator[Edit]:
    """One edit for each word whose capital was likely a small letter, in the order of the text; no offsets overlap."""
    if not SEEN.search(text) or not general.compounds.size:
        return
    smalls, capitals, others, opened = Counter[str](), Counter[str](), 0, 0
    found = []
    for match in PLACE.finditer(text):
        word = match["word"]
        if word[0] not in EITHER:
            others += 1
            if word[0] < "a":
                small = word.lower()
                opened += general.name(small) < NAMED and general.is_word(small)
            continue
        left, small = match["left"], word.lower()
        if word[0] not in LETTERS:
            smalls[small] += 1
        elif general.is_word(small) and general.name(small) < NAMED:
            capitals[small] += 1
            found.append((match.start("word"), word, left))
    habit = max((opened / OWN + OWN_WEIGHT) / (others + OWN_WEIGHT), 1.0)
    for letter in LETTERS:
        places = [
            _place(at, word, left, habit, general)
            for at, word, left in found
            if word[0] == letter
            and (general.frequency(word) >= COMMON or smalls[word.lower()] >= capitals[word.lower()])
        ]
        size = sum(count for small, count in smalls.items() if small[0].upper() == letter) + len(places) + WEIGHT
        rate = (len(places) + PRIOR * WEIGHT) / size
        for _ in range(ROUNDS):
            rate = (sum(_chance(place, rate) for place in places) + PRIOR * WEIGHT) / size
        for place in places:
            chance = round(min(_chance(place, rate), MOST), 2)
            if chance >= LEAST:
                end = place.at + len(place.word)
                yield Edit(place.at, end, place.word, place.word.lower(), RAISED, chance, RULES[0].why)


def _chance(place: Place, rate: float) -> float:
    return rate * place.small / (rate * place.small + place.capital)


def _place(at: int, word: str, left: str, habit: float, general: General) -> Place:
    small = word.lower()
    within = general.follows(left, small)
    name = general.name(small)
    own = OF_COMMON if general.frequency(small) >= COMMON else OWN
    begins = LOST * general.follows(left, BOUNDARY) * general.follows(BOUNDARY, small)
    return Place(at, word, within, (name + (1 - name) * own * habit) * within + begins * habit)
