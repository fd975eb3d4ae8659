"""Lines of signs: dust goes, raised signs are put back, breaks stay; and scraps at the ends of good lines."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import clean as clean_whole
from cleaner import edits as algebra
from cleaner.knowledge import Knowledge
from cleaner.language import General
from cleaner.model import Document, Edit
from cleaner.stages.furniture import propose

KNOWLEDGE = Knowledge(general=lambda code: General(code, {}))
# A sentence of the measure of 60 with a hole: what stands before, and what goes on with it.
LAST = "when the ferry left at seven all the men upon our long quays"
NEXT = "looked after it until the smoke was lost and went back home"
OURS = ("furniture.speck", "furniture.stray", "furniture.tail")


def proposed(text: str) -> list[Edit]:
    return [edit for edit in propose(Document(text), KNOWLEDGE).edits if edit.rule in OURS]


def clean(text: str, least: float = 0.9) -> str:
    return algebra.apply(text, [edit for edit in proposed(text) if edit.confidence >= least])


@pytest.mark.parametrize(
    ("last", "stray", "first"),
    [
        (LAST, "~", NEXT),
        (LAST, ".", NEXT),
        (LAST, "|", NEXT),
        (LAST, "_ ~", NEXT),
        (LAST, "\\", "\N{LEFT DOUBLE QUOTATION MARK}" + NEXT),
        (LAST + ",", ",", NEXT),
        (LAST[:-2] + "y-", "-", NEXT),
        (LAST[:-2] + "y-", "' ,", NEXT),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n\n"])
def test_dust_in_a_sentence_goes_with_its_blank_lines(last: str, stray: str, first: str, gap: str) -> None:
    assert clean(f"{last}{gap}{stray}{gap}{first}.\n") == f"{last}\n{first}.\n"


@pytest.mark.parametrize(
    ("last", "stray", "first"),
    [
        *((LAST, stray, NEXT) for stray in ("* * *", "***", "---", "...", ". .", "--", "\N{ASTERISM}", "_____", "~~")),
        *((LAST, stray, NEXT) for stray in ("-", "\N{EM DASH}", "'", '"', ",", "*", "(", "\N{HORIZONTAL ELLIPSIS}")),
        *((LAST + ".", stray, NEXT.capitalize()) for stray in ("-", ".", "~", "' ,", "|", "*")),
        (LAST, ".", NEXT.capitalize()),  # the point may be the sentence's
        (LAST, "~", NEXT.capitalize()),
        (LAST[:20], "~", NEXT),  # a title, a verse
        (LAST + " etc", ".", NEXT),
        (LAST + ",", "-", NEXT),  # ",-" was a dash once
        *((LAST + "-", stray, NEXT) for stray in ("'", '"')),  # speech that breaks off
        (LAST, "i", NEXT),
        (LAST, "7", NEXT),
    ],
)
def test_what_a_neighbour_may_want_stays(last: str, stray: str, first: str) -> None:
    text = f"{last}\n\n{stray}\n\n{first}.\n"
    assert clean(text) == text


POEM = "The tide is out\n~\nand no one is about\n-\nthe gulls are loud\n.\nunder a cloud\n"
DIALOGUE = "- Are they gone?\n-\n- They are.\n\n\N{EM DASH}\n\nHe waited.\n"
SUMS = "Wheat\n.14\nBarley\n.10\n,\n.9\nOats\n-\n7\n"
CODE = 'if (a)\n{\n"\n.b();\n}\n'
LIST = "- rope\n-\n- nets\n*\n* salt\n"
FRENCH = "Les hommes du quai regardaient le bateau qui partait\n\n-\n\nPersonne ne parlait, car il \N{LATIN SMALL LETTER E WITH ACUTE}tait tard.\n"
GERMAN = "Die Leute am Ufer sahen dem Schiff noch lange nach und\n\n*\n\ngingen dann mit ihren Netzen nach Hause zu den Kindern.\n"
OLD = "the Men upon the Quay look'd after it, 'till the Smoke,-\n--\nwas loſt; and ſo they went Home with their Nets again.\n"


@pytest.mark.parametrize("text", [POEM, DIALOGUE, SUMS, CODE, LIST, FRENCH, GERMAN, OLD, "~\n", "", ".\n.\n.\n"])
def test_near_misses(text: str) -> None:
    assert clean(text) == text


PIECES = [
    ("said the harbour\n\n,\n.14 Few, \n\nhowever, joined them.", "said the harbour,.14 Few, \nhowever, joined them."),
    ("said the harbour\n,\n. l0  As they left\n\nthe quay.", "said the harbour,. l0  As they left\nthe quay."),
    ("said the harbour \n\n'\n\n, and they left\nthe quay.", "said the harbour', and they left\nthe quay."),
    ("said the harbour\n12\n. They left\nthe quay.", "said the harbour12. They left\nthe quay."),
    ("said the harbour\n'\n12\n. They left\nthe quay.", "said the harbour'12. They left\nthe quay."),
    ("said the harbour\n\n.14 Few, \n\nhowever, joined them.", "said the harbour.14 Few, \nhowever, joined them."),
    ("said the harbour\n\n,\n.14 Few.\n\nThe others left.", "said the harbour,.14 Few.\n\nThe others left."),
]


@pytest.mark.parametrize(("raw", "wanted"), PIECES)
def test_pieces_of_a_line_are_one_line(raw: str, wanted: str) -> None:
    around = f"{LAST}\n{NEXT}\n"
    assert clean(f"{around}{raw}\n{around}") == f"{around}{wanted}\n{around}"
    assert not proposed(f"{around}{wanted}\n{around}")


@pytest.mark.parametrize(
    "text",
    [
        f"{LAST}\n,\n{NEXT}",  # may be dust
        f"{LAST}\n*\n{NEXT}",
        f"{LAST}\n.\n{NEXT.capitalize()}",
    ],
)
def test_what_is_likely_is_held(text: str) -> None:
    text = f"{LAST}\n{NEXT}\n{text}\n"
    assert clean(text) == text
    assert {edit.confidence for edit in proposed(text)} == {0.6}


@pytest.mark.parametrize(
    "text",
    [
        f"{LAST}.\n\n,\n.14 Few,\n\nhowever",  # the sentence is at its end
        f"{LAST}\n,\n.14 Few, but all the others who had been there before them",  # no line is so long
        f"{LAST}\n.14 Few,\nhowever, joined them",  # a figure
        f"{LAST}\n\n. a Moth Minor aircraft\n\nhowever",  # dust before a line
        "said the harbour\n\n,\n\f.14 Few,\n\nhowever",
        "price\n,\n.14\n,\n.15\n",
        "THE QUAY\n'\n12\n. They left\nthe quay",
    ],
)
def test_pieces_that_are_none(text: str) -> None:
    text = f"{LAST}\n{NEXT}\n{text}\n" if text.startswith(LAST) else f"{text}\n"
    assert not [edit for edit in proposed(text) if edit.rule == "furniture.stray" and edit.confidence >= 0.9]


def test_end_to_end() -> None:
    raw = f"{LAST} where they\nhad waited, said the harbour\n\n,\n.14 Few, \n\nhowever, had come that day with nets and salt and all the\n~\n{NEXT}.\n"
    result = clean_whole(raw, language="en")
    assert result.text == (
        f"{LAST} where they had waited, said the harbour,.14 Few, however, had come that day with nets and salt and all the {NEXT}.\n"
    )
    assert result.restore() == raw
    assert clean_whole(result.text, language="en").text == result.text


SIGNS = st.sampled_from(
    [".", ",", "'", "~", "-", "*", "* * *", "---", "12", ".14 Few,", ". As", "\N{SUPERSCRIPT TWO}", "\f"]
)
LINES = st.sampled_from([LAST, NEXT, LAST + ".", NEXT.capitalize(), "harbour", "", " ", "revolu-"]) | SIGNS
TEXTS = st.lists(LINES | st.text(max_size=5), max_size=30).map("\n".join)


@given(TEXTS)
def test_no_letter_or_digit_goes(text: str) -> None:
    edits = proposed(text)
    assert all(one.end <= other.start and one.start < other.start for one, other in pairwise(edits))
    for edit in edits:
        assert edit.before == text[edit.start : edit.end]
        assert edit.after in ("", "\n")
        assert not any(char.isalnum() for char in edit.before)
        if edit.rule == "furniture.stray":
            assert not edit.before.strip()
            assert edit.group is not None


GOOD = "the men on the quay looked after it until the smoke was lost"
BODY = f"{GOOD}\n" * 200
SCRAPS = ("oer", "_", "|", "_ eel te", "", "hels", "xq", "", "ict", "= z", "Pea")


def patch(scraps: tuple[str, ...], good: str = GOOD) -> str:
    return "".join(f"{good} {scrap}".rstrip() + "\n" for scrap in scraps)


def test_scraps_in_a_patch_are_held() -> None:
    text = BODY + patch(SCRAPS) + BODY
    edits = proposed(text)
    assert [edit.before for edit in edits] == [f" {scrap}" for scrap in SCRAPS if scrap]
    assert {edit.confidence for edit in edits} == {0.7}
    assert clean_whole(text, language="en").text.count(" _ eel te") == 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(BODY + patch(("oer",)) + BODY, id="one alone may be a misread word"),
        pytest.param(patch(SCRAPS), id="every word of a short document is rare"),
        pytest.param(BODY + patch(SCRAPS, "the men") + BODY, id="verse, names, a table"),
        pytest.param(BODY + patch(("quay",) * 11) + BODY, id="words of the document"),
        pytest.param(BODY + patch(tuple(f"{scrap}," for scrap in SCRAPS if scrap.isalpha())) + BODY, id="a list"),
        pytest.param(patch(SCRAPS) + f"{GOOD} " * 200, id="a paragraph on one line"),
    ],
)
def test_tails_that_are_none(text: str) -> None:
    assert not [edit for edit in proposed(text) if edit.rule == "furniture.tail"]
