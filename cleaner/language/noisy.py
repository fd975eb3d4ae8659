"""How engines misread print: what it costs to take a word as read for another word as printed (the noisy channel).

A *confusion* is a group of 0 to 3 characters that was printed, read as a group of 0 to 3: "rn" as "m", "h" as "b", "e"
as nothing, nothing as a letter. A blank in a group is the edge of a word: a blank read as blank and quote is dirt before
a word, one read as nothing has fused two words. How often each happens was counted on scans whose truth is known
(``tools/channel.py``); what was never counted has a floor, by the shapes of the letters; and a document's own sure
corrections make what it does cheaper.

How likely a word is, is not asked here: that is ``language``'s business. Costs are natural logarithms.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from heapq import heappop, heappush
from importlib import resources
from math import exp, inf, log
from typing import NamedTuple

from cleaner.language.confusions import EDGE, TWIN, UNREAD, WIDEST, Group, floor, unlisted
from cleaner.language.undoing import one_undone, undone
from cleaner.language.vocabulary import LIKELIEST, SHORT, Vocabulary, likeliest

TABLE_EDGE = "_"  # as the table writes it
# What is believed beforehand weighs like so many sightings of a printed group: the floor beside the counts of the table,
# and the table beside a document's own corrections.
STRENGTH = 100
KEPT = 1 << 15  # costs
LIKELY = 5.5  # a confusion that is undone before a letter is changed freely: three in a thousand and more often
# A long word that is near to none may have so large a share of its letters misread, at the cost of three confusions: so a
# twentieth more is mended in bad newspapers and early prints, with 6 false changes in 220,000 words (15 at two a letter).
LONG, FAR, FURTHEST = 7, 1 / 3, 18.0
DOUBLE, LONG_NAME = frozenset(["mc", "o'"]), 4  # what begins a name with two capitals, and letters that it has at least
Form = Callable[[str], str]  # how a word in lower case is written: str.lower, str.capitalize, str.upper


class Way(NamedTuple):
    """What a way through two words costs, where all is alike from there on, and by each place the one before."""

    cost: float
    before: Mapping[tuple[int, int], tuple[int, int]]
    end: tuple[int, int]


@dataclass(frozen=True)
class Channel:
    """What confusions cost: ``costs[printed][read]``; and ``shares``, how many of each group a printed character comes to.
    ``cheaper`` are the groups that a document's own corrections speak of, which have the channel ``before`` them.

    >>> channel = counted({Group("h", "b"): 50, Group("rn", "m"): 20}, {"h": 60_000, "rn": 1_500})
    >>> channel.cost("tbe", "the") < channel.cost("toe", "the")
    True
    >>> round(channel.cost("comer", "corner"), 1), channel.cost("corner", "corner")
    (4.4, 0.0)
    """

    costs: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    shares: Mapping[str, float] = field(default_factory=dict)
    cheaper: Sequence[Group] = ()
    before: Channel | None = None
    # What was asked is asked again, by each document that teaches something.
    _asked: dict[tuple[str, str, float], float] = field(default_factory=dict, init=False, repr=False, compare=False)

    def cost(self, read: str, truth: str, most: float = inf) -> float:
        """-log P(read | truth) in the cheapest division into groups, 0.0 for the same word; ``inf`` above ``most``.

        Neither holds a blank.
        """
        return self._cost(read, truth, most, self._within(read))

    def _within(self, read: str) -> list[Group]:
        """What a document's corrections made cheaper, as far as a word may hold it as it is read."""
        seen = f"{EDGE}{read}{EDGE}"
        return [group for group in self.cheaper if group.read in seen]

    def _cost(self, read: str, truth: str, most: float, within: Sequence[Group]) -> float:
        """``cost``, where the groups ``within`` the reading may have become cheaper: most words cost what they did."""
        if read == truth:
            return 0.0
        seen, printed = _differing(read, truth)
        for group in within:
            if group.printed in printed and group.read in seen:
                return self._cheapest(seen, printed, most).cost
        asked, all_ = (seen, printed, most), self.before._asked if self.before else self._asked  # noqa: SLF001
        cost = all_.get(asked)
        if cost is None:
            if len(all_) >= KEPT:
                all_.clear()
            cost = all_[asked] = (self.before or self)._cheapest(seen, printed, most).cost  # noqa: SLF001
        return cost

    def groups(self, read: str, truth: str) -> list[Group]:
        """The cheapest division of two words with their edges; groups that were rightly read are among them.

        >>> channel = counted({Group("rn", "m"): 20}, {"rn": 1_500})
        >>> [tuple(group) for group in channel.groups("comer", "corner")]
        [(' ', ' '), ('c', 'c'), ('o', 'o'), ('rn', 'm'), ('e', 'e'), ('r', 'r'), (' ', ' ')]
        """
        read, truth = f"{EDGE}{read}{EDGE}", f"{EDGE}{truth}{EDGE}"
        way = self._cheapest(read, truth, inf)
        i, j = way.end
        found = [Group(one, one) for one in reversed(truth[i:])]
        while i or j:
            first, start = way.before[i, j]
            found.append(Group(truth[first:i], read[start:j]))
            i, j = first, start
        return found[::-1]

    def _cheapest(self, read: str, truth: str, most: float) -> Way:
        """The cheapest way through two words with their edges; ``inf`` where none costs at most ``most``.

        Best first (Dijkstra), in a third of the time of all ways to all places: what is dearer than the answer is never
        looked at, nor what costs too much with the cheapest confusion that has to follow.
        """
        listed, pieces, least = self._listed, self._pieces, self._least(read, truth)
        printed_end, read_end, alike = len(truth), len(read), _alike_at_end(read, truth)
        before: dict[tuple[int, int], tuple[int, int]] = {}
        ahead = [(0.0, 0, 0, 0, 0)]
        while ahead:
            here, i, j, first, start = heappop(ahead)
            if (i, j) in before:
                continue
            before[i, j] = first, start
            if printed_end - i == read_end - j <= alike:
                return Way(here, before, (i, j))
            if here + least > most:
                continue
            printed, seen = truth[i : i + WIDEST], read[j : j + WIDEST]
            groups = pieces(seen)
            steps = [
                (readings[group], wide, long)
                for wide, readings in listed(printed)
                for long, group in groups
                if group in readings
            ]
            if printed[:1] == seen[:1]:
                steps.append((0.0, 1, 1))
            elif seen[:1] == UNREAD or here + TWIN + (least if printed_end - i > alike + 2 else 0.0) <= most:
                steps += unlisted(seen, printed)
            for cost, wide, long in steps:
                total, end, stop = here + cost, i + wide, j + long
                if total > most:
                    continue
                if printed_end - end == read_end - stop <= alike:
                    most = total  # what is dearer than a whole way need not wait
                    heappush(ahead, (total, end, stop, i, j))
                elif total + least <= most:
                    heappush(ahead, (total, end, stop, i, j))
        return Way(inf, before, (0, 0))

    # The same few characters follow in many words.
    @cached_property
    def _listed(self) -> Callable[[str], list[tuple[int, Mapping[str, float]]]]:
        """How long the groups are that begin some printed characters, and what each was read as."""
        costs = self.costs
        return lru_cache(maxsize=1 << 14)(
            lambda truth: [(end, costs[truth[:end]]) for end in range(len(truth) + 1) if truth[:end] in costs]
        )

    @cached_property
    def _pieces(self) -> Callable[[str], list[tuple[int, str]]]:
        """The groups that begin some characters, as far as anything was read as one, with their lengths."""
        known = {read for readings in self.costs.values() for read in readings}
        return lru_cache(maxsize=1 << 14)(
            lambda read: [(end, read[:end]) for end in range(len(read) + 1) if read[:end] in known]
        )

    def _least(self, read: str, truth: str) -> float:
        """What a confusion of these two costs at least, and a hair less, since sums are rounded."""
        if UNREAD in read:
            return 0.0
        cheapest = self._cheapest_of
        return 0.999 * min([cheapest.get(char, cheapest[""]) for char in truth])

    @cached_property
    def _cheapest_of(self) -> dict[str, float]:
        """By a printed character, the cost of the cheapest confusion of words that it is part of, or nothing (""), or an
        edge alone.
        """
        former = self.before._cheapest_of if self.before else {"": TWIN, EDGE: TWIN}  # noqa: SLF001
        own = self._own
        added = min([former[""], *own.get("", {}).values()])
        cheapest = {char: min(cost, added) for char, cost in former.items()}
        for printed, readings in own.items():
            inner = [cost for read, cost in readings.items() if EDGE not in read[1:-1]]
            if EDGE not in printed[1:-1] and inner:
                for char in printed.strip(EDGE) or printed:
                    cheapest[char] = min(added, cheapest.get(char, added), *inner)
        return cheapest

    @property
    def _own(self) -> Mapping[str, Mapping[str, float]]:
        """The ``costs`` that the channel ``before`` has not, or not so low."""
        if not self.before:
            return self.costs
        own: dict[str, dict[str, float]] = defaultdict(dict)
        for printed, read in self.cheaper:
            own[printed][read] = self.costs[printed][read]
        return own

    def originals(self, read: str, known: Vocabulary, most: float) -> list[tuple[float, str]]:
        """Words that may have been read so, at a cost of at most ``most``: (cost, word), cheapest first.

            Those one letter away from the reading, or from what it is with one likely confusion undone; of many the commonest.
            They come in lower case, capitalised, or in capitals, as the reading is; capitalised also where it begins otherwise.
        The reading itself is not among them. One confusion mostly costs 4 to 6, two 8 to 12.

            >>> channel = counted({Group("h", "b"): 50, Group("rn", "m"): 20}, {"h": 60_000, "rn": 1_500})
            >>> known = Vocabulary({"the": 0.05, "toe": 1e-5, "corner": 1e-4})
            >>> [word for _, word in channel.originals("Tbe", known, 10.0)], channel.originals("zzzz", known, 10.0)
            (['The'], [])
        """
        small = read.lower()
        nearest = self._nearest if self.before else self.nearest
        near = {*nearest(read, known), *self.undone(read, known)}
        if len(read) <= SHORT:
            near |= known.short
        if not near and len(read) >= LONG and read.isalpha():
            near, most = known.far(small, int(FAR * len(read))), FURTHEST
        return self.priced(read, near, most)

    def priced(self, read: str, words: Iterable[str], most: float) -> list[tuple[float, str]]:
        """(cost, word) of words in lower case, written as a reading is, cheapest first, at a cost of at most ``most``."""
        within = self._within(read)
        form: Form = str.upper if 2 * sum(map(str.isupper, read)) > len(read) else str.lower
        found = {}
        for word in words:
            cost = found[form(word)] = self._cost(read, form(word), most, within)
            if read[:1].isupper():
                cost = self._cost(read, capitalised(word), most, within)
            # of a letter that is misread nobody knows how tall it was
            if read[:1].isupper() or word[:1] != read[:1].lower():
                found[capitalised(word)] = cost
        return sorted((cost, word) for word, cost in found.items() if cost <= most and word != read)

    def repriced(self, read: str, words: Iterable[tuple[float, str]]) -> dict[str, float]:
        """By words what they cost, of those (cost, word) as they were priced before: no more, and mostly the same.

        >>> mine = channel("en").adapted([("tbe", "the")], letters=3_000)
        >>> [cost < 5.0 for cost in mine.repriced("bouse", [(5.0, "house"), (5.0, "mouse")]).values()]
        [True, False]
        """
        within, costs = self._within(read), {}
        for cost, word in words:
            truth = f"{EDGE}{word}{EDGE}"
            taught = any(group.printed in truth for group in within)
            costs[word] = min(self._cost(read, word, cost, within), cost) if taught else cost
        return costs

    def misreadings(self, word: str) -> Iterator[str]:
        """What a word is often read as: with one likely confusion inside of it.

        >>> list(counted({Group("h", "b"): 50}, {"h": 6_000}).misreadings("the"))
        ['tbe']
        """
        for at in range(len(word)):
            for wide in range(1, min(WIDEST, len(word) - at) + 1):
                for read, cost in self.costs.get(word[at : at + wide], {}).items():
                    if cost <= LIKELY and EDGE not in read:
                        yield word[:at] + read + word[at + wide :]

    @cached_property
    def nearest(self) -> Callable[[str, Vocabulary], set[str]]:
        """The likeliest words one letter away from a reading, or from what it is with one likely confusion undone."""
        return lru_cache(maxsize=1 << 13)(self._nearest)

    def _nearest(self, read: str, known: Vocabulary) -> set[str]:
        undone = {form.lower() for form in one_undone(read, self._newly_likely)}
        if self.before:
            near = self.before.nearest(read, known) | known.near(undone)
        else:
            near = known.near({*undone, read.lower()})
        return likeliest(read.lower(), near, known) if len(near) > LIKELIEST else near

    def undone(self, read: str, known: Vocabulary) -> set[str]:
        """The words that a reading is, in lower case, with some confusions undone that a document taught, side by side.

        >>> channel = counted({}, {}).adapted([("tbe", "the"), ("thc", "the")], letters=30)
        >>> channel.undone("Tbcrc", Vocabulary({"there": 1e-3, "tree": 1e-5}))
        {'there'}
        """
        return undone(read, self._taught, known) if self.cheaper else set()

    @cached_property
    def _taught(self) -> Mapping[str, Sequence[str]]:
        """What may have been printed, in lower case, for what is read, by a document's own corrections."""
        taught: dict[str, list[str]] = defaultdict(list)
        for printed, read in self.cheaper:
            if read and EDGE not in printed + read and self.costs[printed][read] <= LIKELY:
                taught[read].append(printed.lower())
        return taught

    @cached_property
    def likely(self) -> dict[str, list[str]]:
        """What may have been printed for what is read, inside words, at no more than ``LIKELY``."""
        likely: dict[str, list[str]] = defaultdict(list)
        for printed, readings in self.costs.items():
            for read, cost in readings.items():
                if cost <= LIKELY and read and EDGE not in printed + read:
                    likely[read].append(printed)
        return dict(likely)

    @cached_property
    def _newly_likely(self) -> Mapping[str, Sequence[str]]:
        """The same, without what was likely before the document taught it."""
        if not self.before:
            return self.likely
        newly: dict[str, list[str]] = defaultdict(list)
        for printed, read in self.cheaper:
            likely = self.costs[printed][read] <= LIKELY and read and EDGE not in printed + read
            if likely and printed not in self.before.likely.get(read, ()):
                newly[read].append(printed)
        return newly

    def adapted(self, corrections: Iterable[tuple[str, str]], letters: int) -> Channel:
        """The channel of a document of so many characters, of which some corrections (read, truth) are sure.

        Each group was printed n times, by its share of all text, and read so c times in the corrections; with P from
        here the chance is then (S * P + c) / (S + n), S = ``STRENGTH``: P is taken as seen in S sightings. As the
        corrections are only some of the document's errors, nothing becomes dearer.

        >>> channel = counted({Group("h", "b"): 5}, {"h": 60_000, "": 900_000})
        >>> mine = channel.adapted([("tbe", "the"), ("bave", "have")], letters=3_000)
        >>> mine.cost("bouse", "house") < channel.cost("bouse", "house")
        True
        >>> mine.cost("toe", "the") == channel.cost("toe", "the")
        True
        """
        times = Counter(group for pair in corrections for group in self.groups(*pair) if group.printed != group.read)
        costs = dict(self.costs)
        for group, count in times.items():
            before = min(costs.get(group.printed, {}).get(group.read, inf), floor(group))
            sightings = max(self.shares.get(group.printed, 0.0) * letters, count)
            chance = (STRENGTH * exp(-before) + count) / (STRENGTH + sightings)
            costs[group.printed] = {**costs.get(group.printed, {}), group.read: min(before, -log(chance))}
        return Channel(costs, self.shares, tuple(times), self)


def capitalised(word: str) -> str:
    """A word in lower case with its capital; Scottish and Irish names have two.

    >>> [*map(capitalised, ("mcintyre", "o'brien", "house"))]
    ['McIntyre', "O'Brien", 'House']
    """
    first = word[:2]
    return (
        first.capitalize() + word[2:].capitalize() if first in DOUBLE and len(word) > LONG_NAME else word.capitalize()
    )


def _differing(read: str, truth: str) -> tuple[str, str]:
    """What of two words between their edges is not alike, with so much beside it as a group that holds a difference may reach.

    >>> _differing("comer", "corner"), _differing("understood", "nnderstood")
    (('comer', 'corner'), (' und', ' nnd'))
    """
    size, length = len(read), len(truth)
    short = min(size, length)
    first = last = 0
    while first < short and read[first] == truth[first]:
        first += 1
    while last < short - first and read[size - 1 - last] == truth[length - 1 - last]:
        last += 1
    first, last = max(first + 1 - (WIDEST - 1), 0), max(last + 1 - (WIDEST - 1), 0)
    return f"{EDGE}{read}{EDGE}"[first : size + 2 - last], f"{EDGE}{truth}{EDGE}"[first : length + 2 - last]


def _alike_at_end(read: str, truth: str) -> int:
    """How many of the last characters two words share."""
    short, alike = min(len(read), len(truth)), 0
    while alike < short and read[-1 - alike] == truth[-1 - alike]:
        alike += 1
    return alike


def counted(counts: Mapping[Group, float], seen: Mapping[str, float]) -> Channel:
    """The channel of counts: how often a group was read as another, how often each was printed.

    With a floor f, what was seen c times in n has the chance (c + S * f) / (n + S), S = ``STRENGTH``, and no less than f.
    "" is printed before each character, so ``seen[""]`` is their number.
    """
    costs: dict[str, dict[str, float]] = defaultdict(dict)
    for group, count in counts.items():
        least = floor(group)
        chance = (count + STRENGTH * exp(-least)) / (seen[group.printed] + STRENGTH)
        costs[group.printed][group.read] = min(least, -log(chance))
    every = seen.get("", 0.0)
    return Channel(dict(costs), {printed: times / every for printed, times in seen.items()} if every else {})


@lru_cache(maxsize=8)
def channel(code: str) -> Channel:
    """The channel of a language: ``cleaner/data/channel-CODE.tsv``; without one, that of English: shapes are shapes."""
    folder = resources.files("cleaner") / "data"
    table = folder / f"channel-{code}.tsv"
    if not table.is_file():
        table = folder / "channel-en.tsv"
    return table_of(table.read_text(encoding="utf-8"))


def table_of(table: str) -> Channel:
    """The channel of a table: a row of totals, then rows of group printed, group read, times read so, times printed.

    >>> table_of("characters\\t900\\terrors\\t9\\nh\\tb\\t9\\t50\\n") == counted({Group("h", "b"): 9}, {"h": 50})
    True
    """
    counts: dict[Group, float] = {}
    seen: dict[str, float] = {}
    for row in table.splitlines()[1:]:
        printed, read, count, times = row.replace(TABLE_EDGE, EDGE).split("\t")
        seen[printed] = float(times)
        if count != "0":
            counts[Group(printed, read)] = float(count)
    return counted(counts, seen)
