"""Short cuts through the words that are known, beside the long way."""

import random
from itertools import product
from string import ascii_lowercase

from rapidfuzz.distance import Levenshtein

from cleaner.language import general
from cleaner.language.undoing import TAUGHT, undone
from cleaner.language.vocabulary import STEPS, Vocabulary, likeliest

WORDS = {word: share for word, share in general("en").words.items() if share > 1e-7 and word.isalpha()}
KNOWN = Vocabulary({word: share for k, (word, share) in enumerate(WORDS.items()) if k % 9 == 0})


def damaged(word, errors, rng):
    for _ in range(errors):
        at, letter = rng.randrange(len(word)), rng.choice(ascii_lowercase)
        word = rng.choice(
            [word[:at] + letter + word[at + 1 :], word[:at] + word[at + 1 :], word[:at] + letter + word[at:]]
        )
    return word


def test_words_far_from_a_reading_are_the_likeliest_of_all():
    rng = random.Random(1)
    usual = [word for word, share in KNOWN.shares.items() if share >= STEPS[-1]]
    reads = [damaged(rng.choice([word for word in usual if len(word) > 6]), rng.randrange(5), rng) for _ in range(60)]
    found = 0
    for read in reads:
        for most in range(len(read) // 2 + 1):
            near = likeliest(read, [word for word in usual if Levenshtein.distance(read, word) <= most], KNOWN)
            assert Vocabulary.far(KNOWN, read, most) == near
            found += len(near)
    assert found > 200


WAYS = {"c": ["e", "o"], "m": ["rn", "in"], "iii": ["m"], "li": ["h"], "I": ["l"], "ab": ["xy"], "a": ["x"], "b": ["y"]}


def every_way(read):
    """All that a reading may be with any number of its confusions undone, and how many."""
    if not read:
        return [("", 0)]
    heads = [(read[0].lower(), 1, 0)]
    heads += [(printed, len(group), 1) for group, ways in WAYS.items() if read.startswith(group) for printed in ways]
    return [(head + rest, more + count) for head, long, more in heads for rest, count in every_way(read[long:])]


def test_confusions_are_undone_side_by_side():
    undoable = [
        "corner",
        "home",
        "house",
        "elm",
        "hole",
        "comer",
        "ocean",
        "cocoa",
        "eerie",
        "bright",
        "mill",
        "eooe",
        "eooc",
        "xyxyxy",
    ]
    known = Vocabulary(dict.fromkeys(undoable, 1e-4))
    reads = {"".join(signs) for signs in product("cIlime", repeat=4)} | {
        *"comcr Comer hcusc liomc ccccn cocca brilit iiiill eccca ocrncr ccmcr Iimc Iiiic cccic house ababab".split()
    }
    results = {read: undone(read, WAYS, known) for read in reads}
    for read, found in results.items():
        assert found == {word for word, count in every_way(read) if count <= TAUGHT and word in known}, read
    assert results["liomc"] == {"home"}
    assert results["comcr"] == {"corner", "comer"}
    assert results["cccc"] == {"eooc"}  # the other one needs four
    assert results["ababab"] == {"xyxyxy"}  # three pairs; letter by letter there are six
    assert results["house"] == {"house"}
    assert sum(map(bool, results.values())) > 10
