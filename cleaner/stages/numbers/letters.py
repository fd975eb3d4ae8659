"""Letters read for figures, and figures read for letters: "l9l8", "I9I7", "l2 May", "1n", "wor1d", "1.e.", "G. 1. Morozik".

A token that mixes both is a number if it makes a year, a day or a number of order, and a word if with letters for its
figures it is one that the language has, and as it stands it is none. Left alone are measures and money ("5s.", "10l."),
numbers of houses ("19B"), formulas and codes ("H2O", "MI5", "x1"); numbers of no known sort are only proposed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product
from string import ascii_lowercase

from cleaner.candidates import ranked
from cleaner.language import General
from cleaner.model import Edit
from cleaner.policy import FLOOR
from cleaner.rulebook import Rule
from cleaner.stages.numbers.context import ABBREVIATIONS, BEFORE_YEARS, MONTHS, REFERENCES
from cleaner.stages.numbers.figures import BEFORE as WORD_BEFORE
from cleaner.stages.numbers.figures import BEHIND, FIRST, LAST, MOST, NEAR
from cleaner.stages.numbers.runs import Runs

FIGURE, LETTER = "numbers.figure", "numbers.letter"
RULES: tuple[Rule, ...] = (
    Rule(
        id=FIGURE,
        why="a letter stands for a figure that looks like it",
        examples=(
            ("In the spring of l9l8 they left.\n", "In the spring of 1918 they left.\n"),
            ("On l2 May it was the l4th day.\n", "On 12 May it was the 14th day.\n"),
        ),
        keep=("It cost 5s. or 150l. or 118s. at 19B in the A1 class.\n", "MI5 and H2O are so.\n", "the 1980s\n"),
    ),
    Rule(
        id=LETTER,
        why="a figure stands for a letter that looks like it",
        examples=(
            ("All the wor1d was 1n the house.\n", "All the world was in the house.\n"),
            ("It was so, 1.e., not now.\n", "It was so, i.e., not now.\n"),
            ("the work of G. 1. Morozik too\n", "the work of G. I. Morozik too\n"),
        ),
        keep=("the 1s. and 1d. of x1 and b1\n", "A. 1. The house\n", "In 1 e. of it\n"),
    ),
)
WHY = {rule.id: rule.why for rule in RULES}
FIGURES = {"l": "1", "I": "1", "O": "0", "o": "0", "S": "58", "s": "58", "B": "8", "Z": "2", "z": "2"}
LETTERS = {"1": "li", "0": "o", "5": "s", "6": "b"}
TOKEN = re.compile(r"[^\W_]+")
ORDER = re.compile(r"([0-9lIO]{1,4})(st|nd|rd|th)\Z")
MEASURE = re.compile(r"[0-9]+[sdlb]\Z")  # shillings, pence, pounds
ID_EST = re.compile(r"\b(1)(?=\. ?e\.(?! ?\w\.))")
INITIAL = re.compile(r"(?<=[^\W\d_a-z]\. )1(?=\. ([^\W\d_a-z][^\W\d_]+))")
SECOND = re.compile(r"\b2\. [^\W\d_a-z]")
LIST = 300  # code points from the first item of a list to the second
SHORTEST, LONGEST = 3, 20  # letters
LONGEST_NUMBER = 6  # figures
SURE, GOOD, DOUBT, HALF, OTHER = 0.97, 0.93, 0.6, 0.5, 0.45
KNOWN = 1e-6  # a word that is so frequent may be read in a token
BESIDE = frozenset(" \n\"'([-\N{EM DASH}\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}") | {""}
OFTENER_LIKE = 5.0  # what no figure looks like, a word is so much less likely to be
OFTENER = 50  # times one reading must be likelier than the next
TWO = 3e-4  # words of two letters must be so frequent, and
FITS = 100.0  # stand so much better between their neighbours than a number does
NEIGHBOUR = re.compile(r"([^\W\d_]+)[ \n]\Z")


class Letters:
    """The mixed tokens of one text; ``known_year`` tells which years the text has."""

    def __init__(
        self, figures: Runs, general: General, left_out: Callable[[int], bool], known_year: Callable[[int], bool]
    ) -> None:
        self._figures, self._text, self._general = figures, figures.text, general
        self._left_out, self._known_year = left_out, known_year

    def edits(self) -> Iterator[Edit]:
        """What is misread, mended, with how sure that is."""
        text, done = self._text, 0
        for start, end in self._figures.spans:
            if start < done or not (text[end : end + 1].isalpha() or text[max(start - 1, 0)].isalpha()):
                continue
            while start > done and text[start - 1].isalnum():
                start -= 1  # noqa: PLW2901
            token = TOKEN.match(text, start)
            if token:
                done = token.end()
                if not self._left_out(start):
                    yield from self._token(start, token.group())
        for match in self._figures.matches(ID_EST, {"."}):
            if self._left_out(match.start()) or self._is_counted(match.start()):
                continue
            yield Edit(*match.span(1), "1", "i", LETTER, SURE, f"{WHY[LETTER]}: i.e.")
        for match in self._figures.matches(INITIAL, {"."}):
            name = match[1].lower()
            if self._left_out(match.start()) or self._is_counted(match.start() - len("G. ")):
                continue
            if SECOND.search(text, match.end(), match.end() + LIST):
                continue
            if self._general.name(name) >= GOOD or not self._general.vouches(name):
                yield Edit(*match.span(), "1", "I", LETTER, GOOD, f"{WHY[LETTER]}: the initial of a name")

    def _is_counted(self, start: int) -> bool:
        """Whether what stands before says that a figure is one of many: "section 1.e.", "Part B. 1. Smith"."""
        before = WORD_BEFORE.search(self._text, max(start - NEAR, 0), start)
        return before is not None and before[1].lower() in REFERENCES | ABBREVIATIONS

    def _token(self, start: int, token: str) -> Iterator[Edit]:
        after, confidence, rule, others = self._number(start, token)
        if not after:
            after, confidence, rule, others = self._word(start, token)
        if after and confidence >= FLOOR:
            readings = ranked(token, after, confidence, others)
            yield Edit(start, start + len(token), token, after, rule, confidence, WHY[rule], candidates=readings)

    def _number(self, start: int, token: str) -> tuple[str, float, str, list[tuple[str, float]]]:
        none = "", 0.0, FIGURE, list[tuple[str, float]]()
        order = ORDER.match(token)
        if order:
            number = "".join(FIGURES.get(sign, sign)[0] for sign in order[1])
            fits = {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th") if number[-2:-1] != "1" else "th"
            same = number == order[1] or number[0] == "0"
            return none if same or fits != order[2] else (number + order[2], SURE, FIGURE, [])
        stem = token[:-1] if token[-1] == "s" and len(token) == 5 else token
        if any(not sign.isdigit() and sign not in FIGURES for sign in stem):
            return none
        if len(stem) > LONGEST_NUMBER:
            return none
        numbers = ["".join(figures) for figures in product(*(FIGURES.get(sign, sign) for sign in stem))]
        number = numbers[0]
        figures = sum(map(str.isdigit, stem))
        if number == stem or number[0] == "0" or (stem[:-1].isdigit() and stem[-1] not in "IO"):  # "150l.", "118s."
            return none
        before = WORD_BEFORE.search(self._text, max(start - NEAR, 0), start)
        behind = BEHIND.match(self._text, start + len(token))
        word_before, word_behind = (word[1].lower() if word else "" for word in (before, behind))
        ending = token[len(stem) :]
        years = [year for year in numbers if len(year) == 4 and FIRST <= int(year) <= LAST]
        if years and 2 * figures >= len(number):
            known = [year for year in years if self._known_year(int(year))]
            told = word_before in BEFORE_YEARS or word_before in MONTHS
            best = (known or years)[0]
            sure = len(known) == 1 or (told and len(years) == 1)
            others = [(year + ending, OTHER) for year in years if year != best]
            return best + ending, SURE if sure else DOUBT if len(years) == 1 else HALF, FIGURE, [] if sure else others
        if stem != token or len(numbers) > 1 or len(number) > MOST:
            return none
        if len(number) <= 2 and word_behind in MONTHS and int(number) <= 31:
            return number, GOOD, FIGURE, []
        if word_behind in {"%", "percent"} or (word_behind == "per" and int(number) <= 100):
            return number, GOOD, FIGURE, []
        return none

    def _word(self, start: int, token: str) -> tuple[str, float, str, list[tuple[str, float]]]:
        none = "", 0.0, LETTER, list[tuple[str, float]]()
        letters = sum(map(str.isalpha, token))
        rest = token[1:] if token[0].isupper() else token
        if any(sign.isdigit() and sign not in LETTERS for sign in token) or any(map(str.isupper, rest)):
            return none
        if self._text[start - 1 : start] not in BESIDE:
            return none
        if len(token) < 2 or len(token) - letters > max(letters // 2, 1) or len(token) > LONGEST:
            return none
        if token[-1].isdigit() and (len(token) < 4 or self._is_word(token.rstrip("0156").lower())):
            return none  # a mark, or a variable
        forms = ["".join(signs) for signs in product(*(LETTERS.get(sign, sign) for sign in token))]
        shares = sorted(
            ((self._general.frequency(form), form) for form in forms if self._is_word(form.lower())), reverse=True
        )
        if not shares or shares[0][0] < KNOWN or (len(shares) > 1 and shares[0][0] < OFTENER * shares[1][0]):
            return none
        share, form = shares[0]
        rival = max(
            (self._general.frequency(other) for other in self._others(token) if other not in forms), default=0.0
        )
        rivalled = OFTENER_LIKE * share < rival  # "1egion" may be "region"
        if len(token) > SHORTEST:
            return form, HALF if rivalled or self._is_torn(start) else SURE, LETTER, []
        if rivalled or share < TWO or not self._fits(start, token, form):
            return none
        return none if MEASURE.match(token) or token[1:].isdigit() else (form, GOOD, LETTER, [])

    def _is_torn(self, start: int) -> bool:
        """Whether a lone letter stands before a token: the rest of a word, "d c1are"."""
        before = NEIGHBOUR.search(self._text, max(start - NEAR, 0), start)
        return before is not None and len(before[1]) == 1 and before[1] not in "aIO"

    def _others(self, token: str) -> Iterator[str]:
        """The words that any letter in place of the first figure makes."""
        at = next(k for k, sign in enumerate(token) if sign.isdigit())
        rest = "".join(LETTERS.get(sign, sign)[0] for sign in token[at + 1 :])
        forms = (token[:at] + letter + rest for letter in ascii_lowercase)
        return (form for form in forms if self._is_word(form.lower()))

    def _fits(self, start: int, token: str, form: str) -> bool:
        """Whether a word stands between the words beside it as well as words do: prose, no formula."""
        before = NEIGHBOUR.search(self._text, max(start - NEAR, 0), start)
        behind = BEHIND.match(self._text, start + len(token))
        if not before or not behind:
            return False
        share = self._general.frequency(form) or 1.0
        left, right = before[1].lower(), behind[1].lower()
        if not (self._is_word(left) and self._is_word(right)):
            return False
        after = self._general.follows(form.lower(), right) / (self._general.frequency(right) or 1.0)
        return self._general.follows(left, form.lower()) / share * after > 1 / FITS

    def _is_word(self, small: str) -> bool:
        return self._general.vouches(small) and self._general.frequency(small) > 0
