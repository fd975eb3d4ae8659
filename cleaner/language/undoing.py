"""Words that were read otherwise, by undoing confusions in what was read: one of them, or some side by side.

Which confusions are undone, and what they cost, is ``noisy``'s business.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cleaner.language.confusions import WIDEST
from cleaner.language.vocabulary import Vocabulary

TAUGHT = 3  # confusions of one word that are undone, of those that the document is known for: "rosidonts"

Ways = Mapping[str, Sequence[str]]  # what may have been printed, in lower case, for what is read


def one_undone(read: str, ways: Ways) -> Iterator[str]:
    """A reading with one group taken for what may have been printed.

    >>> [*one_undone("tbem", {"b": ["h"], "m": ["rn"]})]
    ['them', 'tbern']
    """
    for at in range(len(read)):
        for long in range(1, min(WIDEST, len(read) - at) + 1):
            for printed in ways.get(read[at : at + long], ()):
                yield read[:at] + printed + read[at + long :]


def undone(read: str, ways: Ways, known: Vocabulary) -> set[str]:
    """The words that a reading is, in lower case, with up to ``TAUGHT`` confusions undone.

    >>> known = Vocabulary({"there": 1e-3, "tree": 1e-5})
    >>> undone("Tbcrc", {"b": ["h"], "c": ["e"]}, known), undone("Tbrc", {"b": ["h"], "c": ["e"]}, known)
    ({'there'}, set())
    """
    end, letters = len(read), [*map(str.lower, read)]
    signs = {group[0] for group in ways}
    places = {at: found for at in range(end) if read[at] in signs and (found := _groups(read, at, ways))}
    if not places:
        return {word for word in ["".join(letters)] if word in known}
    begins = known.beginnings
    # By place in the reading, how each word may begin that is printed up to there, and what had to be undone at least.
    reached: list[dict[str, int]] = [{} for _ in range(end + 1)]
    reached[0][""] = 0
    for at, beginnings in enumerate(reached[:-1]):
        if not beginnings:
            continue
        further = at + 1
        if at not in places:
            while further < end and further not in places:
                further += 1
        _reach(reached[further], beginnings, "".join(letters[at:further]), begins, 0)
        for long, printings in places.get(at, ()):
            for printed in printings:
                _reach(reached[at + long], beginnings, printed, begins, 1)
    return {word for word in reached[-1] if word in known}


def _groups(read: str, at: int, ways: Ways) -> list[tuple[int, Sequence[str]]]:
    """How long the groups are that are read at a place, and what may have been printed for them."""
    groups = []
    for long in range(1, min(WIDEST, len(read) - at) + 1):
        printed = ways.get(read[at : at + long])
        if printed:
            groups.append((long, printed))
    return groups


def _reach(
    reached: dict[str, int], beginnings: Mapping[str, int], printed: str, begins: frozenset[str], more: int
) -> None:
    for beginning, before in beginnings.items():
        word, count = beginning + printed, before + more
        if word in begins and count < reached.get(word, TAUGHT + 1):
            reached[word] = count
