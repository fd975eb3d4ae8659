"""Regions: what keeps its lines, told from the prose that looks like it."""

from __future__ import annotations

import random
import textwrap
import time
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.knowledge import Knowledge
from cleaner.language import General, general, identify
from cleaner.measure import Rows
from cleaner.model import Document, Mark
from cleaner.stages import regions
from cleaner.stages.regions.items import speeches
from cleaner.stages.regions.runs import Region
from cleaner.stages.regions.tabular import codes
from tests.test_line_ends import composed

KNOWLEDGE = Knowledge(general=lambda code: General(code, {}))

PROSE = (
    "The river had risen in the night and the lower meadows were already under water when the men came down from the "
    "village with their carts. Nobody had expected it so early in the year. They stood about for a while, counting the "
    "sheep that were left on the far bank, and then Martin Holm, who was the eldest of them, went back for the boat."
)
VERSE = """\
Slow falls the evening on the hill,
And slower still the swallow's flight,
The miller's wheel at last is still,
And all the valley waits for night,
Till one by one the lamps are lit
And those who worked may rest by it."""
WORDS = "meadow barn steeple orchard cottage hedgerow".split()
TABLE = """\
Year   Wheat   Rye   Oats
1871   1,204   988   310
1872   1,310   901   322
1873   1,118   954   298"""
FIGURES = """\
Wheat 1,204 988 1,118 12.5
Rye 901 954 1,002 8.1
Oats 310 322 298 4.0"""
INDEX = """\
Baker, Thomas, 12, 45-47, 101
Barley, price of, 33, 38; see also
Corn
Boats, 7, 19n
Bridges, 56-58, 60, 71
Brown, Mary, 14
Carts, hire of, 22, 25-26
Cattle, 9, 40, 77
Chapel, the, 3, 81"""
CONTENTS = """\
The River 3
The Mill and the Meadow 17
Martin Holm 29
The Flood 44
What Was Left 61"""
LEADERS = """\
I. The River . . . . . . . . . 3
II. The Mill . . . . . . . . . 17
III. Holm . . . . . . . . . . 29"""
NUMBERED = """\
1. The boat belongs to the parish and may be taken by
any man who has to cross.
2. Whoever takes the boat brings it back before dark
and makes it fast.
3. The ferryman is paid at the end of the month."""
BULLETED = """\
\N{BULLET} the boat;
\N{BULLET} two oars, one of them mended;
\N{BULLET} a lantern."""
DIALOGUE = """\
"Is it you?" said Martin.
"Who else would it be?"
"I thought you had gone."
"Not before Sunday."
"Then sit down."
"I will stand, thank you."
"As you like.\""""
TITLES = """\
THE RIVER
A Tale of the Lower Meadows
By Martin Holm
Second Edition
Printed for the Author"""


def wrap(text: str, width: int) -> str:
    return "\n".join(textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False))


def marks(text: str) -> list[Mark]:
    return [mark for mark in regions.propose(Document(text), KNOWLEDGE).marks if mark.kind != "language"]


def kinds(text: str) -> list[str]:
    return sorted({mark.kind for mark in marks(text)})


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        (VERSE, "verse"),
        (TABLE, "table"),
        (FIGURES, "table"),
        (INDEX, "index"),
        (CONTENTS, "contents"),
        (LEADERS, "contents"),
        (NUMBERED, "list"),
        (BULLETED, "list"),
    ],
)
@pytest.mark.parametrize("width", [45, 60, 72])
def test_a_region_in_prose_is_marked_and_the_prose_is_not(block: str, kind: str, width: int) -> None:
    before, after = wrap(PROSE * 3, width), wrap(PROSE, width)
    text = f"{before}\n\n{block}\n\n{after}\n"
    found = marks(text)
    assert {mark.kind for mark in found} == {kind}
    assert text[found[0].start : found[-1].end] == block


ACCOUNTS = """\
Pd. the smith .......... 0 4 6
     for a new bell .... 1 10 0
Of the miller .......... 0 1 3
     and his two mules
The widow, for rope .... 0 9"""


@pytest.mark.parametrize("leader", [".", "-", "_", "\N{MIDDLE DOT}", ". ", " "])
def test_accounts_are_known_by_leaders_before_their_sums(leader: str) -> None:
    block = ACCOUNTS.replace("....", 4 * leader)
    text = f"{PROSE}\n\n{block}\n\n{PROSE}\n"
    found = [text[mark.start : mark.end] for mark in marks(text) if mark.kind == "table"]
    assert found == [block]


def test_leaders_show_an_entry_of_three_lines() -> None:
    block = ACCOUNTS.replace("for a new bell", "for a new bell\n     and its rope,\n     as was agreed")
    text = f"{PROSE}\n\n{block}\n\n{PROSE}\n"
    assert [text[mark.start : mark.end] for mark in marks(text) if mark.kind == "table"] == [block]


def test_sums_in_columns_need_no_leaders() -> None:
    block = (
        "The smith, for the chain 0 4 6\nThe founder, for a new bell 1 10 0\nThe widow, for rope 9-1/2\nThe miller 1 3"
    )
    text = f"{PROSE}\n\n{block}\n\n{PROSE}\n"
    assert [text[mark.start : mark.end] for mark in marks(text)] == [block]


@pytest.mark.parametrize(
    "text",
    [
        "he went in the year 1763\nand came again in 1764\nand stayed there till 1771\n",
        "they are named on pp. 12, 14\nand again on pp. 31, 35\nand for the last time on 61, 70\n",
        "he waited ... and in 1763\nhe went, and then ... in 1764\nhe came again\n",
        "he paid the smith 0 4 6.\nhe paid the miller 1 10 0.\nhe paid the widow 0 9 2.\n",
        "he paid the smith 0 4 6\nand was glad of it. Then he went\nback, and nobody\never heard of him, though 1 2\nwas said\n",
    ],
)
def test_figures_at_line_ends_of_prose_are_no_accounts(text: str) -> None:
    assert kinds(text) == []


def test_an_item_is_one_mark_of_all_its_lines() -> None:
    assert [NUMBERED[mark.start : mark.start + 2] for mark in marks(NUMBERED)] == ["1.", "2.", "3."]
    assert [NUMBERED[mark.start : mark.end].count("\n") for mark in marks(NUMBERED)] == [1, 1, 0]


def test_verse_needs_no_prose_around_it() -> None:
    assert kinds(VERSE) == ["verse"]
    assert kinds(VERSE + "\n\n" + VERSE) == ["verse"]


def test_verse_as_wide_as_the_page_shows_by_its_capitals() -> None:
    block = "\n".join(f"{line} and every {word}" for line, word in zip(VERSE.split("\n"), WORDS, strict=True))
    text = f"{wrap(PROSE * 3, 48)}\n\n{block}\n\n{wrap(PROSE, 45)}\n"
    assert [text[mark.start : mark.end] for mark in marks(text) if mark.kind == "verse"] == [block]


def test_the_last_line_of_prose_above_a_title_is_prose() -> None:
    last = "and as far from the meadows as from the church of the North"
    text = f"{composed([PROSE] * 3)}{last}\nFarm and the mill.\n{TITLES}\n\n{composed([PROSE])}"
    assert [(mark.kind, text[mark.start : mark.end]) for mark in marks(text)] == [("display", TITLES)]


def test_titles_are_set_apart() -> None:
    text = f"{wrap(PROSE * 3, 60)}\n\n{TITLES}\n\n{wrap(PROSE, 60)}\n"
    assert [(mark.kind, text[mark.start : mark.end]) for mark in marks(text)] == [("display", TITLES)]


@pytest.mark.parametrize(
    "text",
    [
        wrap(PROSE * 3, 32),  # a newspaper column: short lines, but full ones
        wrap(PROSE * 3, 40),
        wrap(PROSE * 3, 40) + "\n\n" + DIALOGUE + "\n\n" + wrap(PROSE, 40),
        wrap(PROSE * 3, 60) + "\n\n" + TITLES[: TITLES.index("By")] + "\n\n" + wrap(PROSE, 60),
        wrap(PROSE, 60) + "\n1. A line that only begins with a figure.\n" + wrap(PROSE, 60),
        "Those who gave to the ferry are named by the clerk below.\n"
        "A. Holm and all his brothers gave ten crowns, and besides\n"
        "B. Baker had no money, and came with what he had at home.\n" + wrap(PROSE, 57),
        wrap("He came in 1871, and again in 1872, 1873 and 1875. " * 12, 50),
        wrap("There were those who stayed . . . and those who went . . . . And then it was over. " * 8, 60),
        wrap("Holm \N{EM DASH} and not he alone - went back to the boat. " * 8, 44),
        wrap(PROSE * 2, 60) + "\nMartin Holm, born in 1832\ndied in 1899\n" + wrap(PROSE, 60),
        wrap("See Brown, History, vol. 2, pp. 12, 45; and the same author, Letters, p. 101. " * 6, 70),
        "",
        "\n",
        "a",
    ],
)
def test_prose_is_left_alone(text: str) -> None:
    assert kinds(text) == []


SENTENCES = {
    "en": "the letter that was written by the son of the old man was not read by those for whom it had been meant",
    "fr": "les lettres des fils sont dans la maison et nous ne les avons pas lues avec vous car elle est sur une table",
    "de": "der Brief ist nicht von dem Sohn und die Frau hat ihn auch nicht mit den anderen auf das Feld gebracht",
    "es": "las cartas de los hijos están en la casa y no se leyeron con el padre pero sus hermanos las tienen como una",
    "it": "la lettera che non è del figlio ma della madre con gli altri nella casa è anche più per un amico",
    "nl": "het huis van de man is niet op de weg en zijn zoon werd er ook met een paard naar de stad gebracht maar nog",
    "la": "et in hoc non est qui ad urbem cum suis sed quod ab aliis est enim atque etiam ex hoc sunt quae non esse",
    "pt": "os filhos do homem não são da casa mas uma carta foi para o pai com as outras e ele não as leu mais",
}


@pytest.mark.parametrize(("code", "text"), SENTENCES.items())
def test_the_language_is_told(code: str, text: str) -> None:
    assert identify.language(text) == code


@pytest.mark.parametrize("text", ["", "Holm", "Lorem 12 45 Holm Baker Brown " * 9, "the of and"])
def test_an_unsure_language_is_empty(text: str) -> None:
    assert identify.language(text) == ""


def tongues(text: str, lang: str = "auto", general=KNOWLEDGE.general) -> list[Mark]:
    return list(regions.tongues(text, Knowledge(general=general, lang=lang)))


@pytest.mark.parametrize("lang", ["auto", "en"])
def test_a_text_in_another_language_than_the_expected_one_is_foreign(lang: str) -> None:
    text = SENTENCES["fr"]
    assert tongues(text, lang) == [
        Mark(0, len(text), "language", {"code": "fr", "expected": "en"}),
        Mark(0, len(text), "foreign", {"code": "fr"}),
    ]


@pytest.mark.parametrize(
    ("text", "lang", "code"),
    [
        (SENTENCES["en"], "auto", "en"),
        (SENTENCES["de"], "de", "de"),
        (SENTENCES["en"], "sv", "sv"),  # nothing here could tell Swedish
        ("Holm", "nl", "nl"),
        ("12 45 1,204 " * 40, "auto", ""),
    ],
)
def test_what_is_expected_and_what_is_too_little_to_tell(text: str, lang: str, code: str) -> None:
    (mark,) = tongues(text, lang)
    assert mark.value["code"] == code


def noisy(text: str, share: float) -> str:
    """Letters misread and words lost in dirt, the same for each call."""
    dice = random.Random(7)
    dirt = lambda word: "".join(dice.choices("abcdehilmnostu;.'1", k=len(word)))  # noqa: E731
    return " ".join(dirt(word) if dice.random() < share else word for word in text.split())


SCOTS = (
    "The bairns gaed hame wi' the auld wife, for it was a' ower wi' them, and nane kent whaur the ither folk had gane."
)
NAMES = (
    "Thomas Baker, grocer, Exeter; William Brown, draper, Bristol; Henry Clark, carpenter, Norwich; John Mills, smith. "
)
SLAVIC = "Wieczorem stary rybak wracał powoli przez ciemny las, niosąc ciężkie wiosło oraz mokre sieci swojego brata. "


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (noisy(PROSE * 3, 0.4), "en"),
        (SCOTS, "en"),
        (NAMES * 4, "en"),
        (SLAVIC * 4, ""),
        (SENTENCES["la"] * 3, "la"),
        (noisy(SENTENCES["de"] * 3, 0.4), "de"),
    ],
)
def test_noise_is_no_foreign_language(text: str, code: str) -> None:
    found = tongues(text, general=general)
    assert found[0].value["code"] == code
    assert [mark.kind for mark in found[1:]] == ([] if code == "en" else ["foreign"])


FRENCH = "Il faut que la vie soit plus belle que les mots et le pain, dit le vieux monsieur qui ne parle pas."


def test_a_quotation_in_another_language_is_marked() -> None:
    text = f"{PROSE}\nHe said to them: {FRENCH} And he went back to the boat.\n{PROSE}\n"
    language, *foreign = tongues(text)
    assert language.value == {"code": "en"}
    assert [mark.value["code"] for mark in foreign] == ["fr"]
    start, end = text.index(FRENCH), text.index(FRENCH) + len(FRENCH)
    assert foreign[0].start <= start < end <= foreign[0].end
    assert foreign[0].end - foreign[0].start < len(FRENCH) + 20


@pytest.mark.parametrize(
    "text", ["Ha! ha! ha! ha! ha!", "Rio de la Plata, El Paso and Los Angeles", "an affaire de coeur"]
)
def test_a_few_words_are_no_quotation(text: str) -> None:
    assert len(tongues(f"{PROSE}\n{text}\n{PROSE}\n")) == 1


def test_a_chapter_in_another_language_is_marked() -> None:
    chapter = (SENTENCES["de"] + ".\n") * 20
    text = f"{PROSE}\n" * 20 + chapter + f"{PROSE}\n" * 20
    covered = sum(mark.end - mark.start for mark in tongues(text)[1:])
    assert 0.95 * len(chapter) < covered < 1.05 * len(chapter)
    assert {mark.value["code"] for mark in tongues(text)[1:]} == {"de"}


def test_a_long_text_is_sampled_all_over() -> None:
    front = (SENTENCES["fr"] + " ") * 40
    assert identify.language(front + (SENTENCES["en"] + " ") * 4000) == "en"


PIECES = st.sampled_from([VERSE, TABLE, INDEX, CONTENTS, NUMBERED, BULLETED, TITLES, wrap(PROSE, 50), "", " ", "1. a"])


@given(st.lists(st.one_of(PIECES, st.text(max_size=40)), max_size=8))
def test_marks_are_whole_lines_in_order_and_apart(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    found = marks(text)
    for mark in found:
        assert 0 <= mark.start < mark.end <= len(text)
        assert mark.start == 0 or text[mark.start - 1] in "\r\n"
        assert mark.end == len(text) or text[mark.end] in "\r\n"
    assert all(a.end < b.start for a, b in pairwise(found))
    assert not regions.propose(Document(text), KNOWLEDGE).edits


@pytest.mark.parametrize(
    ("find", "block", "count"),
    [(codes, "x = 1\n" * 3 + "a\n" * 5, 0), (speeches, "HAM. He went\nOPH. He stayed\n" * 2 + "a\n" * 16, 4)],
)
def test_time_is_linear_in_the_number_of_runs(find: Callable[[Rows], Iterator[Region]], block: str, count: int) -> None:
    rows = Rows(block * 12_000)
    began = time.process_time()
    found = [*find(rows)]
    assert time.process_time() - began < 8  # 0.3 s; minutes where each run looks at all rows
    assert len(found) == count * 12_000
