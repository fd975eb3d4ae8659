"""Lines of text at the heads and feet of pages, in each kind of book: they stay, while the furniture around them goes."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.made_books import STYLES, Book, bind, bodies, gone, opened, set_in
from tests.test_traps import FEEDS, FIRST, PAGES, TRAPPED, headed, trapped


def lost(book: Book) -> list[str]:
    """The lines of text that go."""
    return list((Counter(gone(book.raw)) - Counter(book.furniture)).elements())


def opening(line: str, text_below: str = "", seed: int = 3) -> list[list[str]]:
    """A book in which four pages open with a line of its own, after a whole sentence."""
    text = bodies(PAGES, seed)
    for page in (2, 4, 5, 7):
        text = opened(text, page)
        below = text[page][0].strip()
        text[page][:1] = [line.format(ROMANS[page]), "", text_below or below[0].lower() + below[1:]]
    return text


ROMANS = "I II III IV V VI VII VIII IX X".split()
STAGE = "(she rises slowly and goes over to the window of the room)"


@FEEDS
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("line", "below"),
    [("Lieber Bruder,", ""), ("Mein lieber Freund!", ""), ("MARTHA.", STAGE)],
    ids=["a brother", "a friend", "a speaker"],
)
def test_lines_that_go_on_in_lower_case_below(line: str, below: str, style: str, feeds: bool) -> None:
    book = set_in(style, opening(line, below), first=FIRST, feeds=feeds)
    assert gone(book.raw) == book.furniture


@FEEDS
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "title",
    [
        "SERMON {}.", "Ode {}", "PSALM {}.", "SC\N{LATIN CAPITAL LETTER E WITH GRAVE}NE {}.", "ACTE PREMIER.",
        "CHAPTER THE FIRST.", "Erstes Kapitel.", "Zweiter Gesang.", "Chapter Two",
    ],
)  # fmt: skip
def test_titles_of_parts(title: str, style: str, feeds: bool) -> None:
    book = set_in(style, opening(title), first=FIRST, feeds=feeds)
    assert not lost(book)
    assert len(gone(book.raw)) >= PAGES - 2


@FEEDS
@pytest.mark.parametrize("line", ["P. BRANDT.", "AMEN.", "[Exeunt.", "(To be continued.)", "Ibid."])
def test_last_lines_of_every_second_page(line: str, feeds: bool) -> None:
    """A numbered head proves nothing for a foot: no sentence runs on past these."""
    text = bodies(PAGES)
    for page in range(0, PAGES, 2):
        text = opened(text, page, whole=True)
        text[page] += ["", line]
    book = bind(text, headed(text), feeds=feeds)
    assert gone(book.raw) == book.furniture


@FEEDS
@pytest.mark.parametrize("style", STYLES)
def test_a_signature_below_a_line_without_a_stop(style: str, feeds: bool) -> None:
    text = bodies(PAGES)
    for page in range(0, PAGES, 2):
        text = opened(text, page, whole=True)
        text[page] += ["and believe me to be, as I have ever been, your obedient", "P. BRANDT."]
    book = set_in(style, text, first=FIRST, feeds=feeds)
    assert not lost(book)
    assert len(gone(book.raw)) >= PAGES - 2


@FEEDS
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("place", ["top", "foot"])
@pytest.mark.parametrize("sign", ["***", "* *", "---", "...", "- -"])
def test_a_break_at_a_page_end(sign: str, place: str, style: str, feeds: bool) -> None:
    book = set_in(style, trapped(["", sign, ""], place), first=FIRST, feeds=feeds)
    assert gone(book.raw) == book.furniture


@FEEDS
@pytest.mark.parametrize("style", STYLES)
def test_the_braces_of_a_listing(style: str, feeds: bool) -> None:
    block = ["int main(void)", "{", "    while (next(line) != end)", "        sum = sum + length(line);", "}"]
    code = [*bodies(6), *(block[at % 3 :] + block * 4 for at in range(8))]
    assert not lost(set_in(style, code, first=FIRST, feeds=feeds))


@FEEDS
@pytest.mark.parametrize("word", ["him.", "us."])
@pytest.mark.parametrize("place", ["top", "foot"])
def test_a_last_word_where_the_folio_is_missing(word: str, place: str, feeds: bool) -> None:
    """The other pages have their folio there; but the word stands elsewhere in the text."""
    text, folios = bodies(PAGES, 4), [str(n) for n in range(FIRST, FIRST + PAGES)]
    folios[TRAPPED] = ""
    text[2][4] = "he spoke to him of us and of the harbour and of the mill"
    last = TRAPPED if place == "foot" else TRAPPED - 1
    text = opened(text, TRAPPED, whole=place == "foot")
    text[last][-1] = "and in the end he went to the harbour and the mill with"
    if place == "foot":
        text[last].append(word)
    else:
        text[TRAPPED][:0] = [word]
    book = bind(text, folios if place == "top" else (), folios if place == "foot" else (), feeds=feeds)
    assert not lost(book)


@FEEDS
@pytest.mark.parametrize("style", STYLES)
def test_a_sorted_list_of_words_has_no_catchwords(style: str, feeds: bool) -> None:
    ends = ("", "s", "ed", "ing", "er", "ers", "ly", "ness", "able", "ment")
    words = sorted(
        a + b + c for a in "bar bel bor dam der dun fal fer".split() for b in "an en in al el il".split() for c in ends
    )
    book = set_in(style, [words[at : at + 30] for at in range(0, 480, 30)], first=FIRST, feeds=feeds)
    assert not set(gone(book.raw)) & set(words)


@pytest.mark.parametrize("number", ["{}", "{}."])
def test_the_numbers_of_hymns_over_pages_that_have_folios(number: str) -> None:
    text = bodies(PAGES)
    for page in range(1, PAGES):
        text = opened(text, page)
    text = [[number.format(12 + at + at // 2), "", *body] for at, body in enumerate(text)]
    book = bind(text, (), [str(n) for n in range(FIRST, FIRST + PAGES)])
    assert gone(book.raw) == book.furniture


def test_the_numbers_of_sections_with_their_sign() -> None:
    text = bodies(PAGES)
    for page in range(1, PAGES):
        text = opened(text, page)
    assert not gone(bind([[f"\N{SECTION SIGN} {12 + at}.", "", *body] for at, body in enumerate(text)]).raw)


def test_a_title_with_a_year_half_like_the_heads() -> None:
    text, heads = opened(bodies(PAGES), TRAPPED), headed(range(PAGES), "HISTORY OF THE ISLANDS")
    text[TRAPPED][:0] = ["HISTORY OF THE FERRY, 1848", ""]
    heads[TRAPPED] = ""
    book = bind(text, heads)
    assert gone(book.raw) == book.furniture


def test_the_letters_of_an_index_whose_entries_begin_in_lower_case() -> None:
    text = [[f"{line.strip().lower()[:44]}, 12, {at}" for at, line in enumerate(body)] for body in bodies(8)]
    text = [[*body, letter] for body, letter in zip(text, "STVWXYZK", strict=True)]
    assert not gone(bind(text).raw)


def test_a_foot_below_a_folio_and_nothing_else() -> None:
    assert gone("7\nthe ferry\n\f8\nthe ferry\n\f9\nthe ferry\n\f10\nthe ferry\n") == ["7", "8", "9", "10"]


@FEEDS
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("letters", ["CCCCC", "CLTXB"])
def test_essays_that_are_signed_with_a_letter(letters: str, style: str, feeds: bool) -> None:
    """As those of the Spectator are."""
    text = bodies(PAGES)
    for page, letter in zip(range(0, PAGES, 2), letters, strict=True):
        text = opened(text, page, whole=True)
        text[page] += ["", f"{letter}."]
    assert not lost(set_in(style, text, first=FIRST, feeds=feeds))


def test_a_mark_that_stands_on_sheet_after_sheet_is_none() -> None:
    text = bodies(PAGES)
    for page in range(0, PAGES, 2):
        text = opened(text, page, whole=True)
        text[page] += ["", "R. 4."]
    assert not gone(bind(text).raw)


def test_a_catalogue_with_one_entry_a_page() -> None:
    """Each description goes on in lower case, and follows a whole sentence."""
    text = bodies(PAGES)
    for page in range(1, PAGES):
        text = opened(text, page)
        text[page][0] = text[page][0].strip().lower()
    assert not gone(bind([[f"{4 + at} BRANDT, Peder", "", *body] for at, body in enumerate(text)]).raw)
