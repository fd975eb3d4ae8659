"""Page furniture: what goes, what must stay, and that the edits say exactly what they do."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.knowledge import Knowledge
from cleaner.language import General
from cleaner.model import Document, Proposals
from cleaner.rulebook import Rule
from cleaner.stages.furniture import RULES, propose
from cleaner.stages.furniture.pagination import Reading, alike, fit_pages, numbers, readings, roman, roman_value

KNOWLEDGE = Knowledge(general=lambda code: General(code, {}))
WORDS = (
    "the ferry went over to the island before noon and came back with nets rope salt and a letter for nobody in "
    "particular while old women on the quay were counting gulls under heavy clouds that had been hanging there since "
    "harvest so it seemed to those who waited"
).split()


def run(text: str) -> Proposals:
    return propose(Document(text), KNOWLEDGE)


def clean(text: str, least: float = 0.9) -> str:
    """The text with every edit of at least that confidence applied."""
    out, at = [], 0
    for edit in run(text).edits:
        if edit.confidence >= least:
            out += [text[at : edit.start], edit.after]
            at = edit.end
    return "".join(out) + text[at:]


def prose(lines: int, seed: int) -> list[str]:
    """Lines of one sentence that never ends: lower-case, each with a number of its own in words."""
    dice = random.Random(seed)
    return [" ".join(dice.choice(WORDS) for _ in range(10)) for _ in range(lines)]


def scan(heads: Sequence[str], feet: Sequence[str] = (), *, gap: str = "\n\n", lines: int = 32) -> tuple[str, str]:
    """(raw, clean) of a book without form feeds: head, blank line, text, foot, blank lines."""
    bodies = [prose(lines, n) for n in range(len(heads))]
    pages = [
        "\n".join([*([head, ""] if head else []), *body, *(["", foot] if foot else [])])
        for head, body, foot in zip(heads, bodies, feet or [""] * len(heads), strict=True)
    ]
    return gap.join(pages) + "\n", "\n".join(line for body in bodies for line in body) + "\n"


HEADS = [f"{n} A Life Afloat" if n % 2 == 0 else f"The Ferry {n}" for n in range(80, 92)]


def test_worked_example_of_the_log() -> None:
    heads = [f"The New Course {n}" if n % 2 else f"{n} The New Course" for n in range(80, 88)]
    raw = "\n\n\f".join("\n".join([head, "", *prose(3, n), "party of revolu-"]) for n, head in enumerate(heads))
    edit = run(raw + "\n").edits[3]
    assert edit.before == "\n\fThe New Course 83\n\n"
    assert (edit.after, edit.rule) == ("", "furniture.head")
    assert edit.why == "folio 83 beside 82 and 84"
    mark = run(raw + "\n").marks[3]
    assert (mark.start, mark.end, mark.kind, dict(mark.value)) == (
        edit.end,
        edit.end,
        "page",
        {"folio": "83", "read": "83", "head": "The New Course 83"},
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_of_each_rule(rule: Rule) -> None:
    for raw, wanted in rule.examples:
        assert any(edit.rule == rule.id for edit in run(raw).edits)
        assert clean(raw, 0.9 if rule.apply == "auto" else 0.3) == wanted
        assert not run(wanted).edits
    for text in rule.keep:
        assert not run(text).edits


@pytest.mark.parametrize(
    ("heads", "feet"),
    [
        (HEADS, ()),
        ([head.replace("84", "8q") for head in HEADS], ()),  # a folio that cannot be read, between two that can
        ([f"[ {n} ]" for n in range(5, 17)], ()),
        ([f"- {n} -" for n in range(95, 107)], ()),
        ([roman(n) for n in range(3, 15)], ()),
        (["", *[str(n) for n in range(2, 13)]], ()),
        ([""] * 12, [str(n) for n in range(31, 43)]),
        (["A LIFE AFLOAT"] * 12, [str(n) for n in range(31, 43)]),
    ],
)
def test_pages_without_form_feeds(heads: Sequence[str], feet: Sequence[str]) -> None:
    raw, wanted = scan(heads, feet)
    got = clean(raw)
    # A head over the very first line may be the title that the others repeat.
    assert got in (wanted, f"{heads[0]}\n\n{wanted}")
    assert not run(got).edits


def test_two_furniture_lines_at_one_boundary_are_two_edits() -> None:
    raw, wanted = scan(HEADS, ["", *["-"] * 10, ""])
    assert clean(raw) == wanted
    inner = [edit for edit in run(raw).edits if edit.start > 200]
    assert all(len(edit.before.split("\n")) - edit.before.count("\n\n") <= 3 for edit in inner)


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("one\n\ftwo\n", "one\ntwo\n"),
        ("one\ftwo\n", "one\ntwo\n"),
        ("one\f\n\ntwo\n", "one\ntwo\n"),
        ("one\n\n\f\n\n  two\n", "one\n  two\n"),
        ("\fone\n", "one\n"),
        ("one\n\f\n", "one\n"),
        ("one\r\n\f\r\ntwo\r\n", "one\r\ntwo\r\n"),
        ("one\n\ntwo\n", "one\n\ntwo\n"),
        ("\f", "\f"),
        ("", ""),
    ],
)
def test_form_feeds(raw: str, wanted: str) -> None:
    assert clean(raw) == wanted


def chapter(number: int) -> str:
    return "\n".join(prose(40, number)).capitalize() + ".\n\n"


STANZA = "The tide is out, the boats are in,\nThe gulls are loud, the nets are thin,\n" * 8 + "\n"
SPEECH = "Let nobody go down before the bell.\nThe wind is in the east, and so am I.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("".join(f"CHAPTER {roman(n).upper()}\n\n{chapter(n)}" for n in range(1, 12)), id="chapters"),
        pytest.param("".join(f"{n}\n\n{chapter(n)}" for n in range(1, 12)), id="chapters that are bare numbers"),
        pytest.param("".join(f"{n}\n\n{STANZA}" for n in range(1, 30)), id="stanzas"),
        pytest.param("".join(f"{roman(n).upper()}.\n\n{STANZA}" for n in range(1, 30)), id="Roman stanzas"),
        pytest.param("".join(f"MARTHA.\n\n{SPEECH}PEDER.\n\n{SPEECH}" for _ in range(40)), id="a play"),
        pytest.param("".join(f"Chapter {n}\n\n{20 * n + 3}\n\n" for n in range(1, 30)), id="contents"),
        pytest.param("".join(f"{n}. Tar the hull\nand dry it.\n\n" for n in range(1, 60)), id="a list"),
        pytest.param("".join(f"{n}. {chapter(n)}" for n in range(1, 12)), id="numbered paragraphs"),
        pytest.param("".join(f"{1900 + n}\n\n{chapter(n)}" for n in range(20)), id="annals"),
        pytest.param("".join(f"{chapter(n)}{n}. See above, page {n + 3}.\n\n" for n in range(20)), id="notes"),
        pytest.param("".join(f"Advertisement\n\n{chapter(n)}" for n in range(20)), id="advertisements"),
        pytest.param("".join(f"gull, {n}, {n + 4}\nnet, {n + 1}-{n + 2}\n\n" for n in range(90)), id="an index"),
        pytest.param("".join(f"{n}\t{n * n}\n" for n in range(90)), id="a table"),
        pytest.param("".join(f"def f{n}(x):\n    return x + {n}\n\n" for n in range(90)), id="code"),
        pytest.param("\n".join(chapter(n) for n in range(9)), id="prose"),
    ],
)
def test_silent_without_pages(text: str) -> None:
    assert not run(text).edits
    assert not run(text).marks


def fed(tops: Sequence[str]) -> str:
    return "\n\f".join("\n".join([top, "", *prose(9, n)]) for n, top in enumerate(tops)) + "\n"


def opened(tops: Sequence[str]) -> str:
    """The same, and the first page opens a chapter."""
    return re.sub(r"(?<=\n\n)[a-z]", lambda found: found[0].upper(), fed(tops), count=1)


@pytest.mark.parametrize(
    ("tops", "kept"),
    [
        ([f"CHAPTER {roman(n).upper()}" for n in range(1, 9)], "CHAPTER IV"),
        ([f"Letter {n}" for n in range(1, 9)], "Letter 4"),
        ([f"May {n}, 1848" for n in range(1, 9)], "May 4, 1848"),
        (["1848", "1849", "1712", "1850", "1650", "1900"], "1848"),
        (["THE QUAY", "12 A Life", "The Quay 13", "14 A Life", "The Quay 15", "16 A Life"], "THE QUAY"),
    ],
)
def test_titles_and_dates_over_pages_stay(tops: Sequence[str], kept: str) -> None:
    assert kept in clean(opened(tops))


def test_an_entry_repeated_over_pages_is_held() -> None:
    entries = ["\n".join(line.capitalize() for line in prose(12, n)) for n in range(8)]
    raw = "\n\f".join(f"THE HERRING GULL.\n{entry}." for entry in entries) + "\n"
    assert "THE HERRING GULL." in clean(raw)
    assert {edit.confidence for edit in run(raw).edits if edit.rule == "furniture.head"} == {0.6}


def annals(tops: Sequence[str]) -> str:
    """Sections that end with a whole sentence, each on a page of its own."""
    bodies = ["\n".join(prose(9, n)).capitalize() for n in range(len(tops))]
    return "\n\f".join(f"{top}\n\n{body}." for top, body in zip(tops, bodies, strict=True)) + "\n"


@pytest.mark.parametrize(
    "tops",
    [
        [f"{year}" for year in range(1790, 1798)],
        [f"{year}." for year in range(1640, 1648)],
        ["1203", "1204", "1207", "1208", "1212", "1213", "1214", "1220"],
    ],
)
def test_years_over_the_sections_of_annals_are_held(tops: Sequence[str]) -> None:
    raw = annals(tops)
    assert clean(raw).split("\n")[::11] == [*tops, ""]
    assert {edit.confidence for edit in run(raw).edits if edit.rule == "furniture.folio"} == {0.6}


@pytest.mark.parametrize(
    "raw",
    [
        annals([f"{number}" for number in range(790, 798)]),
        annals([f"{number}" for number in range(995, 1005)]),
        fed([f"{number}" for number in range(1790, 1798)]),  # sentences run on: a late volume
    ],
)
def test_folios_that_could_be_years_go(raw: str) -> None:
    assert not re.search(r"^\d+$", clean(raw), re.MULTILINE)


def test_leaves_are_missing() -> None:
    raw = fed(["7", "9", "12", "13", "20", "22", "31", "40"])
    assert not re.search(r"^\d+$", clean(raw), re.MULTILINE)


def test_marks_carry_fitted_and_read_folios() -> None:
    marks = run(fed(["7", "8", "", "IO", "11", "i2"])).marks
    assert [(mark.value["folio"], mark.value["read"]) for mark in marks] == [
        ("7", "7"),
        ("8", "8"),
        ("9", ""),
        ("10", "IO"),
        ("11", "11"),
        ("12", "i2"),
    ]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("The Ferry 83", (83, "right", "theferry")),
        ("83 The Ferry", (83, "left", "theferry")),
        ("The Ferry 1 57", (157, "right", "theferry")),
        ("[ 156 ]", (156, "lone", "")),
        ("s 160 1", (160, "lone", "")),
        ("xiv", (14, "lone", "")),
    ],
)
def test_readings(line: str, wanted: tuple[int, str, str]) -> None:
    assert wanted in [(found.number, found.side, found.rest) for found in readings(line)]


@pytest.mark.parametrize("line", ["", "was young.", "Plate IX", "CHAPTER IV", "Vol. 2", "x" * 200, "- - -"])
def test_not_a_folio(line: str) -> None:
    assert not [found for found in readings(line) if found.cost < 2]


@given(st.integers(1, 2999))
def test_roman_numerals_come_back(number: int) -> None:
    assert roman_value(roman(number)) == number
    assert (number, True, 0) in numbers(roman(number)) or len(roman(number)) > 9


def test_heads_are_alike_through_damage() -> None:
    assert alike("thelifeofmilton", "thlifeofm1lton")
    assert not alike("thelifeofmilton", "theferryandthequay")


def test_a_jump_in_the_numbering_is_followed() -> None:
    folios = [*range(5, 15), *range(18, 30)]
    pages = [[(1.0, Reading(n, False, 0, "lone", ""))] for n in folios]
    assert fit_pages(pages) == [(n, False) for n in folios]


PIECES = st.sampled_from(
    ["\n", "\n\n", "\f", "\n\f", "\r\n", "12", "[ 13 ]", "xiv", "The Ferry 15", "16 A Life", "A LIFE", "-", "D 5", " "]
)
TEXTS = st.lists(PIECES | st.sampled_from(WORDS) | st.text(max_size=6), max_size=80).map("".join)


def check(text: str) -> None:
    """Edits are sorted, disjoint, match the text, and take out whole lines; nothing is put in but a line end."""
    proposals = run(text)
    assert all(one.end <= other.start and one.start < other.start for one, other in pairwise(proposals.edits))
    known = {rule.id for rule in RULES}
    for edit in proposals.edits:
        assert edit.before == text[edit.start : edit.end] != ""
        assert edit.after in ("", "\n")
        assert edit.rule in known
        assert 0.3 <= edit.confidence < 1
        ends_line = edit.end == len(text) or text[edit.end - 1] in "\n\r\f" or text[edit.end] in "\n\r\f"
        starts_line = edit.start == 0 or text[edit.start - 1] in "\n\r\f" or text[edit.start] in "\n\r\f"
        assert starts_line
        assert ends_line
        if edit.rule == "furniture.feed":
            assert not edit.before.strip()
    assert all(0 <= mark.start == mark.end <= len(text) for mark in proposals.marks)
    assert [mark.start for mark in proposals.marks] == sorted(mark.start for mark in proposals.marks)


@given(TEXTS)
def test_edits_take_whole_lines(text: str) -> None:
    check(text)


@settings(max_examples=30, deadline=None)
@given(
    st.integers(1, 400),
    st.sampled_from(["\n", "\n\n", "\n\n\n", "\n\f", "\n\n\f"]),
    st.integers(18, 44),
    st.sampled_from(
        [("{} A Life Afloat", "The Ferry {}"), ("{}", "{}"), ("[ {} ]", "( {} )"), ("{}. HOME.", "HOME. {}")]
    ),
)
def test_numbered_books_come_back_whole(first: int, gap: str, lines: int, shapes: tuple[str, str]) -> None:
    raw, wanted = scan([shapes[n % 2].format(n) for n in range(first, first + 9)], gap=gap, lines=lines)
    check(raw)
    assert clean(raw) == wanted
