"""What tells a line end: indents, the feet of pages, words, quotation marks, dashes, capitals; near misses beside each."""

from __future__ import annotations

import pytest

from cleaner.measure import Rows
from cleaner.model import Mark
from cleaner.stages.paragraphs.shapes import depths_of, indented, margins_of
from tests.test_paragraphs import BOAT, DASH, FLOOD, FULL, PARISH, STORY, clean, placed, wrap

STOPPED = "a line of words that is about as wide as all the."  # as full as some line of those


def composed(paragraphs: list[str], indent: str = "") -> str:
    """Lines as a compositor fills them, not to the same letter."""
    lines: list[str] = []
    for paragraph in paragraphs:
        line = indent
        for word in paragraph.split(" "):
            if len(line) + 1 + len(word) > (60, 57, 61, 58)[len(lines) % 4]:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line.strip() else line + word
        lines.append(line)
    return "\n".join(lines) + "\n"


# --- indents -----------------------------------------------------------------------------------------------------------

TALK = [
    "He had not thought that they would come to the bridge.",
    "All of them heard the water before it was in the barn.",
    "She did not know.",
    "Nobody told the parish that the boat lay in the field.",
    "It was not for want of asking, and the man knew of it.",
]


def test_lines_of_dialogue_are_indented_though_their_neighbours_are() -> None:
    text = [FLOOD, *TALK, BOAT, *TALK, PARISH]
    wrapped = "\n".join("\n".join(wrap(f"   {paragraph}")) for paragraph in text) + "\n"
    assert clean(wrapped) == "\n\n".join(text) + "\n"


def test_a_full_stop_with_some_room_parts_nothing_where_paragraphs_are_indented() -> None:
    text = composed([*STORY, *TALK, *STORY], "   ")
    below = "Then they went home, and the rain went on.\n"
    assert f"{STOPPED} Then" in clean(f"{text}   {FULL}\n{STOPPED}\n{below}{text}")
    assert f"{STOPPED}\n\nThen" in clean(f"{text}   {FULL}\n{STOPPED}\n   {below}{text}")
    assert f"{FULL} for him.\n\nThen" in clean(f"{text}   {FULL}\nfor him.\n{below}{text}")


def test_a_quotation_that_is_set_in_is_no_row_of_paragraphs() -> None:
    block = "\n".join("   " + line for line in wrap(FLOOD))
    rows = Rows("\n".join(wrap(BOAT)) + f"\n{block}\n" + "\n".join(wrap(PARISH)))
    depths = depths_of(rows)
    assert depths[len(wrap(BOAT))] == 3
    assert not any(indented(rows, row, depths, margins_of(depths)) for row in range(1, len(rows)))


# --- the feet of pages -------------------------------------------------------------------------------------------------


def paged(usual: str, last: str) -> str:
    """What became of six pages: ``usual`` stands above the last line of five, ``last`` above that of the sixth."""
    lines = composed([" ".join(STORY * 4)]).split("\n")
    text, marks = "", []
    for page in range(6):
        body = lines[9 * page : 9 * page + 9]
        if page == 5:
            body[7:] = [STOPPED, "Then they went home, and the rain went on without an end."]
        marks.append(Mark(len(text), len(text), "page", {"folio": ""}))
        text += "\n".join(body[:8]) + "\n" + (last if page == 5 else usual) + body[8] + "\n"
    return clean(text, tuple(marks))


def test_blank_lines_above_the_last_line_of_each_page_say_nothing() -> None:
    assert f"{STOPPED} Then" in paged("\n", "\n")


def test_one_blank_line_there_parts() -> None:
    assert f"{STOPPED}\n\nThen" in paged("", "\n")


def turned(folio: str, *, pages: int = 1, bring: int = 0) -> str:
    """The text around the end of page 7: ``pages`` hold no mark of their own there, ``bring`` letters were brought up."""
    lines = composed([" ".join(STORY * 4)]).split("\n")
    text, marks = "", []
    for number, first, end in (("5", 0, 8), ("6", 8, 16), ("7", 16, 16 + 8 * pages), (folio, 40, 48), ("", 48, 52)):
        place = len(text) - (bring if number == folio else 0)
        marks.append(Mark(place, place, "page", {"folio": number}))
        body = lines[first:end]
        if number == "7":
            body[-1] = FULL
        if number == folio:
            body[0] = "and so on until nobody had anything to say of it at all"
        text += "\n".join(body) + "\n"
    out = clean(text, tuple(marks))
    return out[out.index(FULL) + len(FULL) :][:2]


def test_a_sentence_does_not_go_on_behind_missing_pages() -> None:
    assert turned("8") == " a"
    assert turned("10") == "\na"


def test_it_does_where_none_seems_missing() -> None:
    assert turned("x") == turned("") == " a"
    assert turned("9", pages=2) == " a"  # the page holds two
    assert turned("10", bring=6) == " a"  # half of its word was brought up


# --- single line ends, in the middle of a text set 60 wide ---------------------------------------------------------------

SPEECH = '"It was late, and we could see nothing of the others."'


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        # a dash leads to a quotation that is set apart
        (f"{FULL[:-4]}:{DASH}\n\n{SPEECH}", f"{FULL[:-4]}:{DASH}\n\n{SPEECH}"),
        (f"{FULL[:-4]}{DASH}\n\n{SPEECH}", f"{FULL[:-4]}{DASH}\n\n{SPEECH}"),
        (f"{FULL[:-4]}:{DASH}\nand goes on.", f"{FULL[:-4]}:{DASH}and goes on."),
        (f"{FULL[:-4]}{DASH}\n{SPEECH}", f"{FULL[:-4]}{DASH}{SPEECH}"),
        (f"{FULL[:-4]}{DASH}\nThe others went on.", f"{FULL[:-4]}{DASH}The others went on."),
        # a title of two lines
        ("THE GUILD OF BARGEMEN AND ITS RIGHTS\nIN THE VALLEY", "THE GUILD OF BARGEMEN AND ITS RIGHTS IN THE VALLEY"),
        ("THE GUILD OF BARGEMEN\nIN THE VALLEY", "THE GUILD OF BARGEMEN\nIN THE VALLEY"),
        ("THE GUILD OF BARGEMEN AND ITS RIGHTS.\nIN THE VALLEY", "THE GUILD OF BARGEMEN AND ITS RIGHTS.\nIN THE VALLEY"),
        ("THE GUILD OF BARGEMEN AND ITS RIGHTS\nWITH A MAP OF THE RIVER AND VALLEYS\nPRINTED FOR THE AUTHOR",
         "THE GUILD OF BARGEMEN AND ITS RIGHTS\nWITH A MAP OF THE RIVER AND VALLEYS\nPRINTED FOR THE AUTHOR"),
    ],
)  # fmt: skip
def test_a_line_end(raw: str, want: str) -> None:
    assert placed(raw) == want


# --- words and quotation marks of the text -------------------------------------------------------------------------------


@pytest.mark.parametrize(("word", "between"), [("Berta", " "), ("Nobody", "\n\n"), ("Then", "\n\n")])
def test_a_name_goes_on_behind_a_blank_line_where_other_words_with_a_capital_do_not(word: str, between: str) -> None:
    text = "\n".join(wrap(" ".join([FLOOD.replace("Martin Holm", "Berta")] * 6)))
    assert f"are{between}{word} went" in clean(f"{text}\n\n{FULL}\n{FULL}\n\n{word} went on.\n")


def test_a_dash_goes_on_whatever_word_follows() -> None:
    text = composed([FLOOD, "Then it rained. Then it cleared up. Then they went. " * 9, *STORY])
    line = f"{FULL[:48]}s{DASH}"
    assert f"{line}Then they" in clean(f"{text}\n{FULL}\n{line}\nThen they went on.\n{text}")


@pytest.mark.parametrize("line", ["and all of them went to see Mr.", "and they all of them went to see V. I."])
def test_an_abbreviation_ends_no_line(line: str) -> None:
    text = composed([FLOOD.replace("Martin Holm", "Mr. Holm"), *STORY])
    assert f"{line} Holm" in clean(
        f"{text}\n{FULL}\n{line}\nHolm about it, and they went down again in the rain.\n{text}"
    )


SAID = [
    '"I have seen nothing of the sheep since the river rose."',
    "Nobody answered him, and so they all went down again in the rain to look for what was left of the carts and of the "
    "sheep on the other bank.",
]


def test_the_quotation_mark_that_ends_a_speech_ends_a_paragraph_where_others_do() -> None:
    brief = ['"I have not seen him."', "Then they were silent."] * 12
    assert clean(composed([*STORY, *brief, *SAID * 6])).count(f"\n\n{SAID[1]}") == 6


def test_it_ends_none_where_sentences_go_on_behind_it() -> None:
    text = composed([*STORY, 'He said "no." They said "yes." Then all of them said "so." He said it. ' * 9])
    above = f'{FULL}\nand they stood there until the last of them was "in."'
    assert '"in." Nobody' in clean(f"{text}{above}\nNobody answered him, and so they went down again.\n")
