"""Notes at a page's foot: the sentence that they interrupt is whole again, and nothing else is moved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import clean as clean_whole
from cleaner import edits as algebra
from cleaner.knowledge import Knowledge
from cleaner.language import General
from cleaner.model import Document, Edit, Proposals
from cleaner.pipeline import carry
from cleaner.stages.furniture import notes as notes_module
from cleaner.stages.furniture import propose

KNOWLEDGE = Knowledge(general=lambda code: General(code, {}), notes="after")
KEEPING = Knowledge(general=lambda code: General(code, {}))
HEAD = "The ferry left at seven, and all who were still upon\nthe quay looked after it until the smoke was lost, "
ABOVE = f"{HEAD}and"
CALLED = ABOVE.replace("smoke", "smoke*")
NOTE = "*It was the last boat of the year."
BELOW = "went back to the nets that hung from one end of the\nyard to the other, as they had done."
NEXT = "Nobody spoke before the bell."
LAST = "It rang at noon."


def run(text: str) -> Proposals:
    return propose(Document(text), KNOWLEDGE)


def scan(*pages: str) -> str:
    """Pages with folios over them and form feeds between, and two more, since a book has more pages than two."""
    more = ("They went home, all but one of them.", "He stood there, as he always had.")
    return "\f".join(f"{80 + n}\n\n{page}\n\n" for n, page in enumerate((*pages, *more)))


def notes(text: str, least: float = 0.9) -> list[Edit]:
    return [edit for edit in run(text).edits if edit.rule == "furniture.note" and edit.confidence >= least]


def clean(text: str) -> str:
    return algebra.apply(text, [edit for edit in run(text).edits if edit.confidence >= 0.9])


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
    put, cut = notes(text)
    assert put.source == (cut.start, cut.end)
    assert put.group == cut.group is not None
    algebra.check(text, proposals.edits)
    out = algebra.apply(text, proposals.edits)
    marks = carry(proposals.marks, proposals.edits, len(text))
    assert [out[mark.start :].split()[0] for mark in marks if mark.kind == "page"] == [
        "The", "went", "It", "They", "He",
    ]  # fmt: skip
    assert [out[mark.start : mark.end] for mark in marks if mark.kind == "note"] == [NOTE]


def test_notes_that_stay_let_a_cut_word_pass_only() -> None:
    """The second half is brought up, the note stays where it is; a sentence without a cut word stays in two."""
    raw = scan(f"{HEAD.replace('smoke', 'smoke*')}re-\n\n{NOTE}", f"turned and {BELOW}", LAST)
    moves = [edit for edit in propose(Document(raw), KEEPING).edits if edit.rule == "furniture.note"]
    assert [edit.after for edit in moves] == ["turned ", ""]
    result = clean_whole(raw, language="en")
    whole = HEAD.replace("smoke", "smoke*").replace("\n", " ") + "returned"
    assert result.text.split("\n\n")[:3] == [whole, NOTE, "and " + BELOW.replace("\n", " ")]
    assert result.restore() == raw
    raw = scan(f"{CALLED}\n\n{NOTE}", BELOW, LAST)
    proposed = propose(Document(raw), KEEPING)
    assert not [edit for edit in proposed.edits if edit.rule == "furniture.note"]
    assert [raw[mark.start : mark.end] for mark in proposed.marks if mark.kind == "note"] == [NOTE]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("below", [BELOW, f"{BELOW}\n    {NEXT}\n    And then it rang."])
def test_end_to_end(gap: str, below: str) -> None:
    page = f"{HEAD.replace('smoke', 'smoke*')}re-{gap}{NOTE}"
    raw = scan(page, f"turned and {below}", f"{LAST}\n\n{NEXT}")
    result = clean_whole(raw, language="en", notes="after")
    paragraphs = result.text.split("\n\n")
    whole = page.split("re-", maxsplit=1)[0].replace("\n", " ") + "returned and " + BELOW.replace("\n", " ")
    assert paragraphs[:2] == [whole, NOTE]
    assert result.restore() == raw
    assert clean_whole(result.text, language="en", notes="after").text == result.text


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


@given(st.lists(PIECES, max_size=24).map("\n".join))
def test_moves_only_move(text: str) -> None:
    edits = notes(text, 0.3)
    algebra.check(text, edits)
    applied = algebra.merge(edits)[0]
    out = algebra.apply(text, applied)
    assert sorted(out) == sorted(text)
    assert algebra.apply(out, algebra.invert(applied)) == text
    assert not algebra.merge(run(text).edits)[1]


def test_calls_are_not_sought_for_each_item_of_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each search reads the page: a long list without form feeds would take the square of its length."""
    marks: list[str] = []
    monkeypatch.setattr(notes_module, "_is_called", lambda rows, body, mark: marks.append(mark[0]))
    page = "\n".join(f"{n} Barrels of herring from the southern islands, and of salt" for n in range(1, 90))
    propose(Document(f"{page}\nIt was so.\n\fand went.\n\fand so on\n\fand on\n"), KNOWLEDGE)
    assert len(marks) <= 1
