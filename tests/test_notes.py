"""Notes at a page's foot: the sentence that they interrupt is whole again, and nothing else is moved."""

from __future__ import annotations

import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

import notes as benchmark

from cleaner import clean as clean_whole
from cleaner import edits as algebra
from cleaner.knowledge import Knowledge
from cleaner.language import General
from cleaner.model import Document, Edit, Proposals
from cleaner.pipeline import carry
from cleaner.stages.furniture import feet, propose

STYLES = ("keep", "after", "end")
KNOWLEDGE = {style: Knowledge(general=lambda code: General(code, {}), notes=style) for style in STYLES}
HEAD = "The ferry left at seven, and all who were still upon\nthe quay looked after it until the smoke was lost, "
ABOVE = f"{HEAD}and"
CALLED = ABOVE.replace("smoke", "smoke*")
NOTE = "*It was the last boat of the year."
BELOW = "went back to the nets that hung from one end of the\nyard to the other, as they had done."
NEXT = "Nobody spoke before the bell."
LAST = "It rang at noon."


def run(text: str, style: str = "keep") -> Proposals:
    return propose(Document(text), KNOWLEDGE[style])


def scan(*pages: str) -> str:
    """Pages with folios over them and form feeds between, and two more, since a book has more pages than two."""
    more = ("They went home, all but one of them.", "He stood there, as he always had.")
    return "\f".join(f"{80 + n}\n\n{page}\n\n" for n, page in enumerate((*pages, *more)))


def notes(text: str, least: float = 0.9, style: str = "keep") -> list[Edit]:
    return [edit for edit in run(text, style).edits if edit.rule == "furniture.note" and edit.confidence >= least]


def clean(text: str, style: str = "keep") -> str:
    return algebra.apply(text, algebra.merge(edit for edit in run(text, style).edits if edit.confidence >= 0.9)[0])


def marked(text: str) -> list[str]:
    """What is marked as notes."""
    return [text[mark.start : mark.end] for mark in run(text).marks if mark.kind == "note"]


@pytest.mark.parametrize(
    "note",
    [
        NOTE,
        "* It was the last boat of the year.",
        "**It was the last boat of the year,\nand nobody knew it then.",
        "\N{DAGGER} It was the last boat.",
        "\N{SUPERSCRIPT ONE}It was the last boat.",
        "*\N{LEFT DOUBLE QUOTATION MARK}It was the last boat.\N{RIGHT DOUBLE QUOTATION MARK}",
        "*It was the last boat.\u2014L.T.",
        "*It was the last boat.\n\n**Another came in spring.",
        "*Notes begin on p. 414.",
        "*The last boat",
    ],
)
def test_a_note_follows_the_paragraph_that_it_interrupts(note: str) -> None:
    got = clean(scan(f"{ABOVE}\n\n{note}", f"{BELOW}\n\n{NEXT}", LAST))
    assert got.startswith(f"{ABOVE}\n{BELOW}\n\n{note}\n\n{NEXT}\n{LAST}\n")


@pytest.mark.parametrize("mark", ["1. ", "(1) ", "1 ", "1) "])
def test_figures_are_marks_where_the_text_calls_them(mark: str) -> None:
    note = f"{mark}It was the last boat."
    called = ABOVE.replace("quay", "quay,1")
    assert f"{called}\n{BELOW}\n" in clean(scan(f"{called}\n\n{note}", f"{BELOW}\n\n{NEXT}", LAST))
    text = scan(f"{ABOVE}\n\n{note}", f"{BELOW}\n\n{NEXT}", LAST)
    assert not notes(text)
    assert [edit.confidence for edit in notes(text, 0.3)] == [0.6, 0.6]


def test_a_note_without_a_blank_line_must_be_called() -> None:
    assert f"{CALLED}\n{BELOW}\n{NOTE}\n" in clean(scan(f"{CALLED}\n{NOTE}", f"{BELOW}\n\n{NEXT}", LAST))
    assert [edit.confidence for edit in notes(scan(f"{ABOVE}\n{NOTE}", f"{BELOW}\n\n{NEXT}", LAST), 0.3)] == [0.6, 0.6]


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(f"\n\n{NEXT}", id="blank line"),
        pytest.param(f"\n    {NEXT}\nAnd then it rang.", id="indent"),
        pytest.param(f"\n{NEXT}", id="short last line"),
        pytest.param("", id="end of the page"),
    ],
)
def test_where_the_paragraph_ends(after: str) -> None:
    got = clean(scan(f"{ABOVE}\n\n{NOTE}", f"{BELOW}{after}", LAST))
    assert got.startswith(f"{ABOVE}\n{BELOW}\n\n{NOTE}\n{after.removeprefix(chr(10))}".rstrip("\n"))


FULL = "yard to the other, where they had been before us"
OPEN = f"{BELOW.splitlines()[0]}\n{FULL}"


@pytest.mark.parametrize(
    ("page", "rest"),
    [
        pytest.param(f"turned to the nets and hung them from the end of\n{FULL}", "", id="the next page goes on"),
        pytest.param(f"turned to the nets and hung them from the end of\n{FULL}\n\nsalt\n\n{NEXT}", "", id="a gap"),
    ],
)
def test_a_cut_word_is_brought_up_where_the_paragraph_has_no_plain_end(page: str, rest: str) -> None:
    got = clean(scan(f"{HEAD}re-\n\n{NOTE}", page, LAST))
    assert got.startswith(f"{HEAD}re-\nturned \n{NOTE}\nto the nets and")
    assert not notes(scan(f"{HEAD}and\n\n{NOTE}", page, LAST))


@pytest.mark.parametrize(
    ("page", "following"),
    [
        pytest.param(f"{HEAD}and went.\n\n{NOTE}", BELOW, id="a whole sentence stands before it"),
        pytest.param(f"{ABOVE}\n\n{NOTE}", BELOW.capitalize(), id="a sentence begins after it"),
        pytest.param(f"{ABOVE}\n\n*It was the last boat of that year, and so nobody", BELOW, id="it runs over"),
        pytest.param(f"{ABOVE}\n\n*it was the last boat of the year.", BELOW, id="a list of small words"),
        pytest.param(f"{ABOVE}\n\n* * *\n\nHe waited.", BELOW, id="a break"),
        pytest.param(f"{HEAD}\nThe Ferry\n\n{NOTE}", BELOW, id="a title above it"),
        pytest.param("Nets:\n\n1. Herring.\n\n2. Cod.", BELOW, id="a list"),
        pytest.param(f"{ABOVE} 1\n\n- He spoke.", BELOW, id="a dash of dialogue"),
        pytest.param("The tide is out,\nThe gulls are loud,\n\n*The nets are thin.", "and all is grey.", id="verse"),
        pytest.param(f"{ABOVE}\n\n" + "\n".join([NOTE] * 9), BELOW, id="longer than the text"),
        pytest.param(f"{ABOVE}\n\n{NOTE}", "7 | 12 | 19\n8 | 13 | 20", id="a table"),
    ],
)
def test_what_is_left_alone(page: str, following: str) -> None:
    assert not notes(scan(page, f"{following}\n\n{NEXT}", LAST), 0.3)


def test_without_pages_nothing_is_moved() -> None:
    assert not run(f"{ABOVE}\n\n{NOTE}\n\n{BELOW}\n\n{NEXT}\n").edits


def test_a_move_is_whole_and_the_page_still_begins_where_it_did() -> None:
    text = scan(f"{ABOVE}\n\n{NOTE}", f"{BELOW}\n\n{NEXT}", LAST)
    proposals = run(text)
    cut, put = notes(text)
    assert put.source == (cut.start, cut.end)
    assert put.group == cut.group is not None
    algebra.check(text, proposals.edits)
    out = algebra.apply(text, proposals.edits)
    marks = carry(proposals.marks, proposals.edits, len(text))
    assert [out[mark.start :].split()[0] for mark in marks if mark.kind == "page"] == [
        "The", "went", "It", "They", "He",
    ]  # fmt: skip
    assert [(out[mark.start : mark.end], dict(mark.value)) for mark in marks if mark.kind == "note"] == [
        (NOTE, {"sign": "*", "leaf": 1})
    ]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("below", [BELOW, f"{BELOW}\n    {NEXT}\n    And then it rang."])
def test_end_to_end(gap: str, below: str) -> None:
    page = f"{HEAD.replace('smoke', 'smoke*')}re-{gap}{NOTE}"
    raw = scan(page, f"turned and {below}", f"{LAST}\n\n{NEXT}")
    whole = page.split("re-", maxsplit=1)[0].replace("\n", " ") + "returned and " + BELOW.replace("\n", " ")
    for style in STYLES:
        result = clean_whole(raw, language="en", notes=style)
        paragraphs = result.text.rstrip().split("\n\n")
        assert paragraphs[0] == whole
        assert paragraphs[-1 if style == "end" else 1] == NOTE
        assert result.restore() == raw
        assert clean_whole(result.text, language="en", notes=style).text == result.text


PIECES = st.sampled_from(
    [
        ABOVE,
        CALLED,
        f"{HEAD}re-",
        NOTE,
        "1. It was so.",
        BELOW,
        OPEN,
        NEXT,
        "",
        "",
        "~",
        "    He spoke.",
        "81",
        "\f",
        "\f",
    ]
)


@given(st.lists(PIECES, max_size=24).map("\n".join), st.sampled_from(STYLES))
def test_moves_only_move(text: str, style: str) -> None:
    edits = notes(text, 0.3, style)
    algebra.check(text, edits)
    applied = algebra.merge(edits)[0]
    out = algebra.apply(text, applied)
    assert sorted(out.split()) == sorted(text.split())
    assert algebra.apply(out, algebra.invert(applied)) == text
    assert not algebra.merge(run(text, style).edits)[1]


def test_notes_are_not_sought_for_each_item_of_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each search reads the page: a long list without form feeds would take the square of its length."""
    searched: list[str] = []
    monkeypatch.setattr(feet, "_calls", lambda rows, text, notes: searched.append("") or [None] * len(notes))
    monkeypatch.setattr(feet, "_notes", lambda rows, lines: searched.append("") or [])
    page = "\n".join(f"{n} Barrels of herring from the southern islands, and of salt" for n in range(1, 200))
    propose(Document(f"{page}\nIt was so.\n\fand went.\n\fand so on\n\fand on\n"), KNOWLEDGE["keep"])
    assert not searched


# ---- more than one page --------------------------------------------------------------------------------------------------

SECOND = "*Another came in spring."
WHOLE = "went back to the nets that hung from one end of the yard\nto the other, as they had done, and looked at the sea, and"


def test_a_paragraph_that_the_notes_of_two_pages_interrupt_is_whole() -> None:
    raw = scan(f"{ABOVE}\n\n{NOTE}", f"{WHOLE}\n\n{SECOND}", f"{BELOW}\n\n{NEXT}", LAST)
    assert clean(raw).startswith(f"{ABOVE}\n{WHOLE}\n{BELOW}\n\n{NOTE}\n\n{SECOND}\n\n{NEXT}\n")
    assert clean(raw, "end").startswith(f"{ABOVE}\n{WHOLE}\n{BELOW}\n\n{NEXT}\n{LAST}\n")
    assert clean(raw, "end").rstrip().endswith(f"\n\n{NOTE}\n\n{SECOND}")


OPENED = "*It was the last boat of that year, and nobody who had\nseen it, as my friend the schoolmaster told me when I"
REST = "asked him, knew of it then."
CALLED_TWICE = WHOLE.replace("sea", "sea*")


@pytest.mark.parametrize("own", ["", f"\n{SECOND}", f"\n\n{SECOND}"])
def test_a_note_that_runs_over_is_whole(own: str) -> None:
    raw = scan(f"{CALLED}\n\n{OPENED}", f"{CALLED_TWICE}\n\n{REST}{own}", f"{BELOW}\n\n{NEXT}", LAST)
    assert clean(raw).startswith(f"{CALLED}\n{CALLED_TWICE}\n{BELOW}\n\n{OPENED}\n{REST}{own}\n\n{NEXT}\n")
    result = clean_whole(raw, language="en")
    assert f"{OPENED} {REST}".replace("\n", " ") in result.text.split("\n\n")
    assert result.restore() == raw


def test_a_note_that_interrupts_nothing_is_joined_too() -> None:
    """What is wider than the text is a note, whatever its first letter, and as many paragraphs as it has."""
    text = (
        "They looked at the sea, at the nets and at the sky, and at the men who had come from the boat. " * 5
    ).strip()
    page = "\n".join(re.findall(r".{1,52}(?: |$)", text)).replace(" \n", "\n").rstrip()
    wide = "Herring, which had been so dear in the year before that nobody in the whole of the town would buy.\n" * 3
    rest = f"{wide.strip()}\n\n{wide.strip()}"
    first = f"{page[:-1]}*."
    raw = scan(f"{first}\n\n{OPENED}", f"{page}\n\n{rest}", f"It was so. {BELOW}\n\n{NEXT}", LAST)
    assert clean(raw).startswith(f"{first}\n\n{OPENED}\n{rest}\n{page}\nIt was so.")
    kept = f"{page}\n\n{wide.strip()}".replace("Herring, which had been so dear in the year before that", "For")
    assert not notes(scan(f"{first}\n\n{OPENED}", kept, f"It was so. {BELOW}\n\n{NEXT}", LAST))


def test_a_note_whose_rest_is_not_found_stays() -> None:
    raw = scan(f"{CALLED}\n\n{OPENED}", f"{BELOW}\n\n{NEXT}", LAST)
    assert marked(raw) == [OPENED]
    assert not any(notes(raw, 0.3, style) for style in STYLES)


# ---- calls ---------------------------------------------------------------------------------------------------------------

EARLY = "Herring were dear* in those years, and no one bought them\nbut the dean."
LATE = f"{HEAD}and\nnobody\N{DAGGER} knew of it, although all who came that way"
TWO = f"{NOTE}\n\N{DAGGER}Another came in spring."


def test_each_note_goes_behind_the_paragraph_that_calls_it() -> None:
    raw = scan(f"{EARLY}\n\n{LATE}\n\n{TWO}", f"{BELOW}\n\n{NEXT}", LAST)
    first, second = TWO.split("\n")
    assert clean(raw, "after").startswith(f"{EARLY}\n\n{first}\n\n{LATE}\n{BELOW}\n{second}\n\n{NEXT}\n")
    assert clean(raw).startswith(f"{EARLY}\n\n{LATE}\n{BELOW}\n\n{TWO}\n\n{NEXT}\n")
    uncalled = raw.replace("dear*", "dear")
    assert clean(uncalled, "after") == clean(uncalled)


def test_a_note_that_interrupts_nothing_is_a_paragraph_of_its_own() -> None:
    page = f"{EARLY}\n\n{HEAD}and\nnobody knew of it, although all who came that way were asked."
    raw = scan(f"{page}\n\n{NOTE}", f"{BELOW.capitalize()}\n\n{NEXT}", LAST)
    assert marked(raw) == [NOTE]
    assert not notes(raw, 0.3)
    assert clean(raw, "after").startswith(f"{EARLY}\n\n{NOTE}\n\n{HEAD}")
    assert clean_whole(raw, language="en").text.split("\n\n")[2:4] == [NOTE, BELOW.capitalize().replace("\n", " ")]


FULL_LINE = "They looked at the sea, at the nets and at the sky, and"


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"{HEAD}and went.\n\n{NOTE}", id="not called"),
        pytest.param(f"{HEAD.replace('quay', 'quay *')}and went.\n\n{NOTE}", id="dirt at the margin"),
        pytest.param(f"{FULL_LINE}\n\nWheat*   1,204   988\nBarley   1,170   902\n\n*Estimated by the clerk.", id="a table"),
        pytest.param(f"{CALLED} went.\n{NOTE}", id="nothing sets it apart"),
        pytest.param(f"{CALLED} went* on.\n\n{NOTE}", id="called twice"),
        pytest.param(f"{CALLED} went.\n\n{NOTE}\n\nNobody spoke before the bell, and all who had come\nwent home.", id="text below"),
        pytest.param(f"{HEAD}and went.\n\nNotes\n\n1. It was so.\n2. It was late.\n3. It was cold.", id="endnotes"),
    ],
)  # fmt: skip
def test_what_is_no_note(page: str) -> None:
    raw = scan(page, f"{BELOW.capitalize()}\n\n{NEXT}", LAST)
    assert not marked(raw)
    assert not any(notes(raw, 0.3, style) for style in STYLES)


def test_the_marks_in_the_text_are_read_wherever_the_notes_go() -> None:
    made = benchmark.Book("signs", 3).made()

    def table(style: str) -> list[tuple[int, str]]:
        marks = clean_whole(made.raw, language="en", notes=style).records.marks
        return sorted((mark["raw"][0], mark["number"]) for mark in marks if mark["mark"] == "note" and "number" in mark)

    assert len(table("keep")) > len(made.notes) / 2
    assert table("keep") == table("after") == table("end")


# ---- laws ----------------------------------------------------------------------------------------------------------------


@settings(max_examples=6)
@given(st.integers(100, 10_000), st.sampled_from(benchmark.LAYOUTS), st.sampled_from(["paragraphs", "lines"]))
def test_laws_of_any_book(seed: int, book: str, layout: str) -> None:
    made = benchmark.Book(book, seed).made()
    words = []
    for style in STYLES:
        result = clean_whole(made.raw, language="en", notes=style, layout=layout)
        assert result.restore() == made.raw
        assert clean_whole(result.text, language="en", notes=style, layout=layout).text == result.text
        marks = sorted(mark["clean"] for mark in result.records.marks if "leaf" in mark)
        assert all(one[1] <= other[0] for one, other in pairwise(marks))
        words.append(Counter(re.findall(r"[^\W\d_]+", result.text)))
    assert words[0] == words[1] == words[2]
    found = benchmark.found(clean_whole(made.raw, language="en"))
    assert book != "traps" or not found
