"""Near misses: what looks like page furniture and is text stays, while the furniture around it goes.

Each trap is set into a made-up book of ten pages, in every way in which such a book shows its pages, with form feeds
and without. The lines that go are exactly those that the printer set around the text.
"""

from __future__ import annotations

from itertools import pairwise

import pytest

from cleaner import clean as clean_whole
from tests.made_books import MEASURE, STYLES, bind, bodies, gone, opened, prose, run, set_in

PAGES, TRAPPED = 10, 5  # the trap is on page 86
FIRST = 81
FEEDS = pytest.mark.parametrize("feeds", [True, False], ids=["feeds", "no feeds"])


def trapped(lines, place, seed=1):
    """A book's text with lines put between two paragraphs of a page: at its top, in its middle, or at its foot."""
    text = bodies(PAGES, seed)
    if place == "top":
        text = opened(text, TRAPPED)
        text[TRAPPED][:0] = lines
    elif place == "foot":
        text = opened(text, TRAPPED, whole=True)
        text[TRAPPED] += lines
    else:
        at = next(at for at in range(10, 28) if text[TRAPPED][at].startswith("    "))
        text[TRAPPED][at:at] = lines
    return text


@FEEDS
@pytest.mark.parametrize("gap", [0, 1, 2])
@pytest.mark.parametrize("style", STYLES)
def test_without_traps_all_furniture_goes_and_nothing_else(style: str, gap: int, feeds: bool) -> None:
    """Also where no blank line stands between a head and its text."""
    book = set_in(style, bodies(PAGES, 2), first=FIRST, feeds=feeds, gap=gap)
    assert gone(book.raw) == book.furniture
    assert len(book.furniture) >= PAGES


INDEX = ["Barge, 12, 44, 61, 80, 113, 205, 311, 407,", "408-", "10", "Brandt, Peder, 14, 77", "Buoys, 86"]
NOTES = ["1. See the rolls of the guild, p. 14.", "2. Ibid., pp. 86, 87.", "3. Letter to the dean, 1848."]
MARGIN = [
    "    The tide is out, the boats are in,",
    "    The gulls are loud, the nets are thin,",
    "    And nobody goes down to see              85",
    "    What floats there of the bargeman's tree,",
    "    Or who has sold the ferry's tin.",
    "    O mother, let the lantern be,            88",
]
STANZAS = [
    line for n in (1, 2, 3) for line in (f"{n}", "", "The tide is out, the boats are in,", "The gulls are loud.", "")
]
TABLE = [
    "Year   Barrels   Ferries",
    "1846      85        12",
    "1847      86        14",
    "1848      87",
    "88",
    "1849",
    "",
]

# id, where it can stand, the lines
LINES = [
    ("a page range cut at the line end", "middle foot", INDEX),
    ("the number of this page", "middle", ["", "86", ""]),
    ("the number of the next page", "middle", ["", "87", ""]),
    ("the number of the page before, with no blank line", "middle", ["85"]),
    ("a year that opens a line", "top middle foot", ["1848 rising in the islands, and of those who fell in it."]),
    ("a year and a name that open a line", "top middle foot", ["1905 (Brandt), 277, 307, and in the old rolls."]),
    ("a year alone", "middle", ["", "1848", ""]),
    ("a break", "top middle foot", ["", "* * *", ""]),
    ("a break without blanks", "middle", ["***"]),
    ("a rule", "top middle foot", ["", "--------", ""]),
    ("the head as a sentence", "middle", ["A life afloat.", ""]),
    ("the head in its own letters", "middle", ["", "A LIFE AFLOAT", ""]),
    ("the head with a number", "middle", ["The ferry 83 was the last of them all."]),
    ("note numbers", "middle", ["1", "2", "3"]),
    ("notes", "foot", ["", *NOTES]),
    ("notes without a blank line", "foot", NOTES),
    ("a numbered list", "top middle foot", ["", "1. Tar the hull.", "2. Dry it.", "3. Sell it.", ""]),
    ("verse with line numbers", "top middle foot", ["", *MARGIN, ""]),
    ("numbered stanzas", "middle", ["", *STANZAS]),
    ("a table", "top middle foot", ["", *TABLE]),
    ("a Roman numeral over a section", "top middle", ["", "IV", ""]),
    ("a numeral and a title", "top middle", ["", "IV. The Salt Tax", ""]),
    ("a chapter of the head's first word", "top middle", ["", "A Life for a Bargeman", ""]),
    ("a letter's end", "middle foot", ["", "    Yours, as ever,", "        P. BRANDT", ""]),
    ("a date", "top middle", ["", "May 4, 1848", ""]),
    ("a place and a date", "top middle", ["", "Lund, May 4, 1848.", ""]),
    ("a caption", "middle foot", ["", "Fig. 86. The quay at noon.", ""]),
    ("sums", "middle", ["    12", "    74", "    --", "    86"]),
    ("a reference", "foot", ["See above, page 86."]),
    ("a list of names in capitals", "middle", ["", "BRANDT", "HOLM", "LUND", ""]),
    ("an initial", "middle", ["", "B", ""]),
]
CASES = [(name, place, lines) for name, places, lines in LINES for place in places.split()]


@FEEDS
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("place", "lines"), [pytest.param(*case[1:], id=f"{case[0]}-{case[1]}") for case in CASES])
def test_lines_that_stay(place: str, lines: list[str], style: str, feeds: bool) -> None:
    book = set_in(style, trapped(lines, place), first=FIRST, feeds=feeds)
    assert gone(book.raw) == book.furniture


def headed(text, head="A LIFE AFLOAT", *, first=FIRST):
    """Heads with the folio at the outer side."""
    return [f"{n} {head}" if n % 2 == 0 else f"{head} {n}" for n in range(first, first + len(text))]


def entries(page: int, lines: int = 34) -> list[str]:
    """A page of an index: names, their pages, ranges cut at the line end, a number left over for the next line."""
    printed = []
    for at in range(lines // 3):
        name = f"{NAMES[(page + at) % len(NAMES)].capitalize()}, {'abcdefghijklmn'[at]}."
        low = 7 * at + page
        if at % 4 == 1:
            printed += [
                f"{name}, {low}, {low + 3}, {low + 61}, {low + 90}, {low + 140}, {low + 300}-",
                f"{low % 90 + 9}",
            ]
        elif at % 4 == 2:
            printed += [f"{name}, in the winter of the ice, {low}, and in the spring,", f"{low + 8}"]
        else:
            printed += [f"{name}, {low}, {low + 1}-{low + 4}", f"    his widow, {low + 9}, {low + 12}"]
    return printed


NAMES = "adam brandt carlsen dahl ek falk glad holm ibsen juul kron lund moe nord".split()


def index() -> tuple:
    text = [*bodies(8), *(entries(page) for page in range(4))]
    return text, [*headed(text[:8], first=405), *headed(text[8:], "INDEX", first=413)], ()


def contents() -> tuple:
    """Titles first, their numbers behind them, each in a line of its own."""
    titles = [f"{name.capitalize()} and the {other}" for name, other in pairwise(NAMES)]
    page = ["CONTENTS", "", *(line for title in titles for line in (title, ""))]
    figures = [line for at in range(len(titles)) for line in (str(17 * at + 1), "")]
    text = [page + figures, *bodies(PAGES)]
    return text, ["", *headed(text[1:], first=1)], ()


def contents_in_lines() -> tuple:
    titles = [
        f"{roman}. {name.capitalize()} and the Tax {17 * at + 1}"
        for at, (roman, name) in enumerate(zip("I II III IV V VI VII VIII IX X".split(), NAMES, strict=False))
    ]
    text = [["CONTENTS", "", *titles], *bodies(PAGES)]
    return text, ["", *headed(text[1:], first=1)], ()


def columns() -> tuple:
    """Two pages of tables whose figures were read column by column."""
    text = bodies(PAGES)
    column = [line for n in range(60, 92, 2) for line in (str(n), "")]
    text[4] = ["Barrels", "", *column, "Ferries", ""]
    text[5] = ["Year", "", *(str(n) for n in range(1830, 1860)), ""]
    return text, headed(text), ()


def notes_for_a_biographer() -> tuple:
    text = opened(bodies(PAGES), TRAPPED)
    text[TRAPPED][:0] = ["", "Notes for a Biographer", ""]
    return text, headed(text, "Notes"), ()


def acts() -> tuple:
    """A play: each page opens a scene under the folio."""
    speech = ["MARTHA.  Let nobody go down before the bell.", "    The wind is in the east, and so am I.", ""]
    text = [[f"ACT II. SCENE {n}", "", *speech * 3, "PEDER.  " + line] for n, line in enumerate(prose(8, 5), 1)]
    return [*bodies(6), *text], [str(n) for n in range(41, 55)], ()


def letters() -> tuple:
    """Letters: each opens a page, with its place and date."""
    text = bodies(PAGES, 3)
    for page in range(2, PAGES):
        text = opened(text, page)
        text[page][:0] = [f"LETTER {page}", "", f"Lund, May {page + 4}, 1848.", ""]
    return text, headed(text), ()


def dates() -> tuple:
    text = bodies(PAGES, 4)
    for page in range(1, PAGES):
        text = opened(text, page)
        text[page][:0] = [f"May {page + 4}, 1848", ""]
    return text, [str(n) for n in range(61, 61 + PAGES)], ()


def chapters() -> tuple:
    """Short chapters: page after page opens one."""
    text = bodies(PAGES, 5)
    for page in range(1, PAGES):
        text = opened(text, page)
        text[page][:0] = [f"CHAPTER {'I II III IV V VI VII VIII IX X'.split()[page]}", ""]
    return text, [str(n) for n in range(61, 61 + PAGES)], ()


def dictionary() -> tuple:
    """Headwords in capitals open the pages, each in an entry of its own."""
    text = []
    for page, body in enumerate(bodies(PAGES, 6)):
        body[0] = f"{NAMES[page].upper()}, a {body[0].strip()}"
        text.append(body)
    return text, [str(n) for n in range(61, 61 + PAGES)], ()


def hymns() -> tuple:
    """The same title over hymn after hymn, and a prose book before."""
    stanza = ["The tide is out, the boats are in,", "The gulls are loud, the nets are thin.", ""]
    text = [["HYMN OF THE BARGEMEN", "", *stanza * 5, line] for line in prose(6, 18)]
    return [*bodies(6), *text], [str(n) for n in range(31, 43)], ()


def plates() -> tuple:
    """Plates without a folio between the pages; they are not counted."""
    text, tops = bodies(PAGES, 7), headed(range(PAGES))
    for at, numeral in ((3, "XX"), (7, "XXI")):
        text.insert(at, [f"PLATE {numeral}", "", "The quay at noon, from the mill."])
        tops.insert(at, "")
    return text, tops, ()


def a_caption() -> tuple:
    """A picture takes a whole page, which is counted and has no folio."""
    text, tops = bodies(PAGES, 8), headed(range(PAGES))
    text[4], tops[4] = ["The quay at noon, from the mill."], ""
    return text, tops, ()


def guide_words() -> tuple:
    """Guide words without a number differ from page to page."""
    text, words = bodies(PAGES, 9), [f"{name.upper()} {name[:2].upper()}" for name in NAMES]
    return [[f"{words[at]}", "", *body] for at, body in enumerate(text)], [str(n) for n in range(61, 71)], ()


def long_notes() -> tuple:
    """Every page ends with its notes, numbered through the book as the pages are."""
    text = bodies(PAGES, 10)
    for at, body in enumerate(text):
        body += ["", f"{FIRST + at}. See the rolls of the guild, p. {FIRST + at}.", f"{at}. {body[3].strip()[:30]}."]
    return text, headed(text), ()


def annals() -> tuple:
    """Years alone over paragraphs, two or three a page, rising."""
    text = []
    for at, body in enumerate(bodies(PAGES, 11)):
        starts = [row for row, line in enumerate(body) if line.startswith("    ")][:2]
        for n, row in reversed(list(enumerate(starts))):
            body[row:row] = ["", str(1801 + 2 * at + n), ""]
        text.append(body)
    return text, headed(text), ()


def sections() -> tuple:
    """Numbered sections, about one a page."""
    text = []
    for at, body in enumerate(bodies(PAGES, 12)):
        row = next(row for row, line in enumerate(body) if row > 6 and line.startswith("    "))
        body[row:row] = ["", str(at + 1), ""]
        text.append(body)
    return text, headed(text), ()


def marginal_verse() -> tuple:
    """A long poem with every fifth line numbered at its end."""
    lines = [f"    {line.strip().capitalize()[:44]}" for line in prose(200, 13)]
    numbered = [f"{line.ljust(50)}{at}" if at % 5 == 0 else line for at, line in enumerate(lines, 1)]
    text = [*bodies(6), *(numbered[at : at + 25] for at in range(0, 150, 25))]
    return text, headed(text, first=1), ()


RUN_ON = [
    index, contents, contents_in_lines, columns, notes_for_a_biographer, acts, hymns, plates, a_caption, long_notes,
    annals, sections, marginal_verse, letters,
]  # fmt: skip
# Where each page begins a sentence, nothing but a form feed proves that its number alone is no heading.
WHOLE = [dates, chapters, dictionary, guide_words]


@pytest.mark.parametrize(("make", "feeds"), [(make, feeds) for make in RUN_ON for feeds in (True, False)])
def test_books_that_tempt(make, feeds: bool) -> None:
    book = bind(*make(), feeds=feeds)
    assert gone(book.raw) == book.furniture


@pytest.mark.parametrize("make", WHOLE)
def test_pages_that_begin_with_a_sentence(make) -> None:
    book = bind(*make(), feeds=True)
    assert gone(book.raw) == book.furniture
    assert not gone(bind(*make(), feeds=False).raw)


@FEEDS
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("words", ["bridge.", "of the party."])
def test_paragraphs_that_end_alike_at_the_top(words: str, style: str, feeds: bool) -> None:
    """At the foot see below."""
    text = bodies(20, 51)
    for page in (3, 9, 15):
        text = opened(text, page)
        text[page][:0] = [words]
    book = set_in(style, text, first=FIRST, feeds=feeds)
    assert gone(book.raw) == book.furniture


# ---- titles that the running heads repeat ------------------------------------------------------------------------------

HEAD = "A LIFE AFLOAT"


TITLES = pytest.mark.parametrize("title", [HEAD, HEAD.title(), f"II. {HEAD.title()}", f"II. {HEAD}", f"{HEAD}.", "II"])


def chapter(title: str, page: int, heads: list[str], feeds: bool):
    """A chapter opens on a page: its title stands where the other pages have their head."""
    text = opened(bodies(PAGES, 14), page) if page else bodies(PAGES, 14)
    text[page][:0] = [title, ""]
    return bind(text, [*heads[:page], "", *heads[page + 1 :]], feeds=feeds)


@FEEDS
@TITLES
@pytest.mark.parametrize("page", [0, 5])
@pytest.mark.parametrize("numbered", [True, False], ids=["folios", "no folios"])
def test_a_title_stays_at_its_chapter(title: str, page: int, numbered: bool, feeds: bool) -> None:
    """Also at the very start of the file."""
    heads = [HEAD if at > page else "THE FERRY" for at in range(PAGES)]
    if numbered:
        heads = [f"{at + 80} {head}" if at % 2 else f"{head} {at + 80}" for at, head in enumerate(heads)]
    else:
        heads[0] = ""  # a head over the first line of all may be a title
    book = chapter(title, page, heads, feeds)
    assert gone(book.raw) == book.furniture


@FEEDS
@pytest.mark.parametrize("title", [HEAD, HEAD.title(), f"II. {HEAD.title()}"])
def test_a_title_in_mid_page_stays(title: str, feeds: bool) -> None:
    text = trapped(["", title, ""], "middle", 15)
    book = bind(text, headed(text), feeds=feeds)
    assert gone(book.raw) == book.furniture


@pytest.mark.parametrize("title", ["IV", "I.", "1848", "No. 3", "MAY", "* * *", "To P. B."])
def test_a_chapter_that_opens_without_a_folio_or_a_form_feed(title: str) -> None:
    book = chapter(title, 5, [str(n) for n in range(FIRST, FIRST + PAGES)], False)
    assert gone(book.raw) == book.furniture


@FEEDS
def test_chapters_that_open_without_a_folio(feeds: bool) -> None:
    """One in four pages: the line comes back at the distance of pages, and is none of their heads."""
    text, tops = bodies(24, 19), [str(n) for n in range(FIRST, FIRST + 24)]
    for at, page in enumerate(range(2, 24, 4)):
        text = opened(text, page)
        text[page][:0] = [f"CHAPTER {'I II III IV V VI'.split()[at]}", ""]
        tops[page] = ""
    book = bind(text, tops, feeds=feeds)
    assert gone(book.raw) == book.furniture


# ---- a note between the halves of a word -------------------------------------------------------------------------------

NOTE = "* So it stands in the rolls of the guild."


@FEEDS
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("notes", ["keep", "after", "end"])
def test_a_note_between_the_halves_of_a_word(notes: str, style: str, feeds: bool) -> None:
    """The word and the sentence are joined, the note is there, and the furniture between them is gone."""
    text = bodies(PAGES, 16, indent="")
    text[4][-1:] = ["when they were all told that every bargeman* was by birth a proletar-", "", NOTE]
    text[5][0] = "iat, and so was the ferry, and the mill, and the old harbour"
    text[0][3] = "the proletariat of the islands, as the pilot called it, and"
    text[8][3] = "the proletariat of the islands, as the pilot called it, and"
    book = set_in(style, text, first=FIRST, feeds=feeds)
    result = clean_whole(book.raw, language="en", notes=notes)
    assert "by birth a proletariat, and so was" in result.text
    assert f"\n\n{NOTE}\n" in result.text
    assert not [line for line in result.text.split("\n") if line in book.furniture]
    assert result.restore() == book.raw


def test_what_stays_stays_through_all_stages() -> None:
    """No later stage takes what this one leaves: each word of each trap is in the clean text as often as in the raw."""
    for name, place, lines in CASES:
        raw = set_in("heads with folios", trapped(lines, place), first=FIRST).raw
        text = clean_whole(raw, language="en").text
        for line in lines:
            assert line.split() == [] or " ".join(line.split()) in " ".join(text.split()), name


# ---- what still goes, and should not ------------------------------------------------------------------------------------


@FEEDS
@pytest.mark.parametrize("title", [HEAD, HEAD.title(), f"II. {HEAD.title()}"])
def test_a_chapter_of_the_name_of_its_book(title: str, feeds: bool) -> None:
    """The heads have shown the same words before, with their folios."""
    book = chapter(title, 5, headed(range(PAGES)), feeds)
    assert gone(book.raw) == book.furniture


def noted(line: str) -> list[list[str]]:
    """A book with a last line of its own under three pages that end with their paragraph."""
    text = bodies(PAGES, 3)
    for page in (2, 4, 6):
        text = opened(text, page, whole=True)
        text[page] += ["", line.format(3 * page + 5)]
    return text


@FEEDS
@pytest.mark.parametrize(
    "line",
    ["1 Ibid., p. {}.", "* Ibid.", "2. Rolls of the Guild, II, {}.", "Yours, as ever, P. Brandt.", "[Exeunt.", "AMEN."],
)
def test_last_lines_that_come_back(line: str, feeds: bool) -> None:
    book = set_in("heads with folios", noted(line), feeds=feeds)
    assert gone(book.raw) == book.furniture


@FEEDS
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("words", ["bridge.", "of the party."])
def test_paragraphs_that_end_alike_at_the_foot(words: str, style: str, feeds: bool) -> None:
    text = bodies(20, 51)
    for page in (3, 9, 15):
        text = opened(text, page, whole=True)
        text[page] = [*text[page][:-1], text[page][-1].rstrip("."), words]
    book = set_in(style, text, first=FIRST, feeds=feeds)
    assert gone(book.raw) == book.furniture


@FEEDS
def test_a_refrain_at_the_foot(feeds: bool) -> None:
    stanza = ["The tide is out, the boats are in,", "The gulls are loud, the nets are thin.", ""]
    text = [*bodies(6), *([f"{name.capitalize()} sang:", "", *stanza * 6] for name in NAMES[:6])]
    book = bind(text, [str(n) for n in range(31, 43)], feeds=feeds)
    assert gone(book.raw) == book.furniture


@pytest.mark.parametrize("title", ["Sonnet {}", "Fable {}.", "Lesson {}"])
def test_numbered_titles_one_a_page(title: str) -> None:
    text = bodies(8, 17)
    for page in range(1, 8):
        text = opened(text, page)
    book = bind([[title.format(at + 3), "", *body] for at, body in enumerate(text)])
    assert not gone(book.raw)


@FEEDS
def test_a_line_that_ends_in_the_number_of_its_page(feeds: bool) -> None:
    text = trapped(["1905 (Brandt), 277, 307, and in the old rolls 86."], "top")
    book = set_in("folios at the foot", text, first=FIRST, feeds=feeds)
    assert gone(book.raw) == book.furniture


def test_the_number_of_this_page_set_off_in_its_middle() -> None:
    book = set_in("folios at the top", trapped(["", "86", ""], "middle", 27), first=FIRST, feeds=False)
    assert gone(book.raw) == book.furniture


@pytest.mark.xfail(reason="a chain of heads takes the numbers of stanzas that happen to be those of the pages")
@pytest.mark.parametrize("style", STYLES)
def test_stanzas_with_the_numbers_of_the_pages(style: str) -> None:
    stanzas = [line for n in (85, 86, 87) for line in (f"{n}", "", *STANZAS[2:5])]
    book = set_in(style, trapped(["", *stanzas], "middle"), first=FIRST, feeds=False)
    assert gone(book.raw) == book.furniture


# ---- heads of pages that end with a paragraph, and headings like them -----------------------------------------------------

COUNTY = "DIRECTORY OF THE COUNTY."


def closed(pages: int, seed: int, *, begins: int = -1, lines: int = 24) -> list[list[str]]:
    """Pages that begin and end with a paragraph, like the sections of a text; a sentence runs on into page ``begins``."""
    text = bodies(pages, seed, lines, indent="")
    for at, body in enumerate(text):
        if at == begins:
            body[0] = "and so they went to the old ferry in the frozen harbour and"
        else:
            body[0] = f"The ferry {body[0].lower()}"[:MEASURE]
        body[-1] = "so the widow sold the lantern to the men of the old harbour" + ("" if at + 1 == begins else ".")
    return text


def sides(pages: int, left: str, right: str, first: int = 62) -> list[str]:
    return [f"{n} {left}" if n % 2 == 0 else f"{right} {n}" for n in range(first, first + pages)]


def held(raw: str) -> list[str]:
    return [edit.before.strip() for edit in run(raw).edits if edit.confidence < 0.9]


@pytest.mark.parametrize(
    "tops",
    [
        sides(12, COUNTY, "THE WESTERN HUNDREDS."),
        sides(4, COUNTY, "THE WESTERN HUNDREDS."),
        sides(4, COUNTY, COUNTY, first=7),
        sides(6, "Tar", "Salt"),
        [*sides(11, COUNTY, "THE WESTERN HUNDREDS."), "rHE wesrern huNDREDS. 73"],
        [*sides(5, COUNTY, "THE WESTERN HUNDREDS."), "THE WESTERN HUNDREDS. G7", "68 DIRECTORY OF THE COUNTY."],
    ],
)
def test_folios_at_the_outer_side_prove_pages(tops: list[str]) -> None:
    book = bind(closed(len(tops), 61), tops, feeds=False)
    assert gone(book.raw) == book.furniture
    assert not held(book.raw)


@pytest.mark.parametrize("pages", [3, 4, 5])
@pytest.mark.parametrize("right", [COUNTY, "THE WESTERN HUNDREDS."])
@pytest.mark.parametrize("outer", [True, False], ids=["both sides", "one side"])
def test_one_sentence_that_runs_on_proves_a_few_pages(pages: int, right: str, outer: bool) -> None:
    tops = sides(pages, COUNTY, right) if outer else [f"{n} {COUNTY}" for n in range(62, 62 + pages)]
    book = bind(closed(pages, 62, begins=1), tops, feeds=False)
    assert gone(book.raw) == book.furniture
    without = bind(closed(3, 62), tops[:3], feeds=False)
    assert not gone(without.raw)
    assert not held(without.raw)


WHOLE_LINE = "so the widow sold the lantern to the men of the old harbour."
OPEN_LINE = WHOLE_LINE[:-1]
GOES_ON = "and so they went to the old ferry in the frozen harbour and"


@pytest.mark.parametrize(
    ("above", "below", "head", "goes"),
    [
        (OPEN_LINE, GOES_ON, f"{{}} {COUNTY}", True),
        (f"{OPEN_LINE[:-2]}-", GOES_ON, f"{{}} {COUNTY}", True),
        (OPEN_LINE, GOES_ON.capitalize(), f"{{}} {COUNTY}", False),  # a name, or a stop that was not read
        (WHOLE_LINE, GOES_ON, f"{{}} {COUNTY}", False),  # how the entries of a list begin
        (OPEN_LINE[-20:], GOES_ON, f"{{}} {COUNTY}", False),
        (OPEN_LINE, "male, of Lund", f"{{}} {COUNTY}", False),
        (OPEN_LINE, GOES_ON, "CASE {}", False),  # a label
        (OPEN_LINE, GOES_ON, "{} the rolls of the guild", False),
    ],
)
def test_what_is_a_sentence_that_runs_on(above: str, below: str, head: str, goes: bool) -> None:
    text = closed(3, 66)
    text[0][-1], text[1][0] = above, below
    book = bind(text, [head.format(n) for n in range(62, 65)], feeds=False)
    assert gone(book.raw) == (book.furniture if goes else [])
    assert bool(run(book.raw).marks) is goes


def test_one_sentence_proves_neither_many_pages_nor_heads_that_differ() -> None:
    book = bind(closed(12, 67, begins=1), [f"{n} {COUNTY}" for n in range(62, 74)], feeds=False)
    assert not gone(book.raw)
    assert held(book.raw) == book.furniture
    assert not run(book.raw).marks
    names = [f"{n} {name.upper()} THE PILOT'S {name.upper()}" for n, name in enumerate(NAMES[:3], 62)]
    assert not gone(bind(closed(3, 62, begins=1), names, feeds=False).raw)


@pytest.mark.parametrize(
    ("tops", "stay_held"),
    [
        pytest.param([f"{n} {COUNTY}" for n in range(62, 74)], True, id="heads with the folio at the left"),
        pytest.param([f"{n} {COUNTY}" for n in range(62, 67)], True, id="five"),
        pytest.param([f"{n} {COUNTY}" for n in range(62, 66)], False, id="four"),
        pytest.param([f"History of Ormesby {n}" for n in range(62, 70)], True, id="at the right"),
        pytest.param([f"{n}. CASE OF FEVER" for n in range(1, 13)], True, id="cases"),
        pytest.param([f"First Book of Holm {n}" for n in range(1, 9)], True, id="chapters named for a book"),
        pytest.param([f"HYMN {n}" for n in range(62, 74)], False, id="hymns"),
        pytest.param([f"Article {n}." for n in range(1, 13)], False, id="laws"),
        pytest.param([f"CHAPTER {roman}" for roman in "I II III IV V VI VII VIII IX X".split()], False, id="chapters"),
        pytest.param([f"ACT II. SCENE {n}." for n in range(1, 13)], False, id="scenes"),
        pytest.param([f"{n} {name.upper()} OF LUND" for n, name in enumerate(NAMES, 62)], False, id="a catalogue"),
        pytest.param([f"{n}. Of the {name}" for n, name in enumerate(NAMES, 62)], False, id="sections"),
        pytest.param([f"{n} May, 1848" for n in range(1, 13)], False, id="a diary"),
        pytest.param([f"May {n}, 1848" for n in range(1, 13)], False, id="letters"),
        pytest.param([f"{n}. See the rolls above, page {n + 3}." for n in range(1, 13)], False, id="notes"),
        pytest.param([f"{n} the song of the gull" for n in range(1, 13)], False, id="small letters"),
        pytest.param([f"{2 * n} {COUNTY}" for n in range(31, 43)], False, id="every second number"),
        pytest.param([f"{n} {COUNTY}" for n in (62, 63, 64, 65, 67, 68, 69)], False, id="a number is missing"),
        pytest.param([*(f"{n} THE OLD RULE" for n in range(2, 8)), *(f"THE NEW RULE {n}" for n in range(8, 14))], True,
                     id="sides that change once"),
        pytest.param(sides(3, COUNTY, "THE WESTERN HUNDREDS."), False, id="three pages"),
        pytest.param([f"{COUNTY} {n}" if n % 2 == 0 else f"{n} {COUNTY}" for n in range(62, 74)], True, id="inner sides"),
        pytest.param([f"{n} Of {NAMES[n - 62]}" if n % 2 == 0 else f"Of {NAMES[n - 62]} {n}" for n in range(62, 74)],
                     False, id="no head returns"),
        pytest.param([f"- {n} -" for n in range(62, 74)], False, id="numbers"),
        pytest.param(sides(12, "the rolls of the guild", "how the widow sold them"), False, id="small letters, outer sides"),
        pytest.param([f"{n} {NAMES[n - 62].title()}" if n % 2 == 0 else f"{NAMES[n - 62].title()} {n}" for n in range(62, 74)],
                     False, id="names"),
    ],
)  # fmt: skip
def test_headings_that_count_up_stay(tops: list[str], stay_held: bool) -> None:
    """They are set like heads, a page apart, and no sentence runs on across them."""
    book = bind(closed(len(tops), 63), tops, feeds=False)
    assert not gone(book.raw)
    assert held(book.raw) == (book.furniture if stay_held else [])
    assert not [mark for mark in run(book.raw).marks if mark.kind == "page"]


def test_headings_at_uneven_distances_are_not_held() -> None:
    text = [body[: 24 - 8 * (at % 2)] for at, body in enumerate(closed(12, 64))]
    for body in text:
        body[-1] = "so the widow sold the lantern to the men of the old harbour."
    assert not run(bind(text, [f"{n} {COUNTY}" for n in range(62, 74)], feeds=False).raw).edits


def test_headings_on_their_text_are_not_held() -> None:
    assert not run(bind(closed(12, 68), [f"{n} {COUNTY}" for n in range(62, 74)], feeds=False, gap=0).raw).edits
