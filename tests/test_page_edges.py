"""What stands at the edges of pages that are known: heads in every shape, folios however damaged, catchwords, marks."""

from __future__ import annotations

import pytest

from cleaner.stages.furniture import catchwords
from cleaner.stages.furniture.pagination import fit_pages, readings, roman
from tests.made_books import bind, bodies, gone, opened, run

FEEDS = pytest.mark.parametrize("feeds", [True, False], ids=["feeds", "no feeds"])
FIRST = 81


def shown(raw: str) -> list[str]:
    """The folio of each page, as it was fitted."""
    return [str(mark.value["folio"]) for mark in run(raw).marks if mark.kind == "page"]


def read(raw: str) -> list[str]:
    return [str(mark.value["read"]) for mark in run(raw).marks if mark.kind == "page"]


def numbered(pages: int, left: str = "A LIFE AFLOAT", right: str = "THE FERRY", first: int = FIRST) -> list[str]:
    return [f"{n} {left}" if n % 2 == 0 else f"{right} {n}" for n in range(first, first + pages)]


# ---- folios ------------------------------------------------------------------------------------------------------------

SHAPES = [
    "{}",
    "[ {} ]",
    "[{}]",
    "( {} )",
    "({})",
    "- {} -",
    "-{}-",
    "\N{EM DASH} {} \N{EM DASH}",
    "{}.",
    ". {} .",
    "* {} *",
]


@FEEDS
@pytest.mark.parametrize("edge", ["top", "foot"])
@pytest.mark.parametrize("shape", SHAPES)
def test_brackets_and_dashes_round_folios(shape: str, edge: str, feeds: bool) -> None:
    shapes = [shape.format(n) for n in range(FIRST, FIRST + 9)]
    book = bind(bodies(9, 31), shapes if edge == "top" else (), shapes if edge == "foot" else (), feeds=feeds)
    assert gone(book.raw) == book.furniture
    assert shown(book.raw)[:9] == [str(n) for n in range(FIRST, FIRST + 9)]


# The fifth folio, as printed and as it was read; where nothing else shows the pages it may stay: "" nowhere, "f" at the
# foot, "tf" at both edges; "*" even with form feeds.
MISREAD = [
    ("41", "4i", ""), ("10", "io", "tf"), ("119", "19 r", "f"), ("266", "2 66", ""), ("259", "209", "f"),
    ("160", "i6o", ""), ("157", "1 57", ""), ("85", "8S", ""), ("90", "go", "tf"), ("105", "IOS", "tf"),
    ("85", "[ ** ]", "f"), ("85", "8", "f"), ("85", "35", "f"), ("85", "[", "tf*"), ("85", "S5.", "tf"),
    ("111", "III", "tf"), ("85", "*85", ""), ("85", "8 5", ""), ("185", "i8s", ""),
    ("89", "8g", ""),
]  # fmt: skip


@FEEDS
@pytest.mark.parametrize("edge", ["top", "foot"])
@pytest.mark.parametrize(("printed", "seen", "stays"), MISREAD)
def test_folios_alone_that_were_misread(printed: str, seen: str, stays: str, edge: str, feeds: bool) -> None:
    first = int(printed) - 4
    wanted = [str(n) for n in range(first, first + 9)]
    lines = [n if n != printed else seen for n in wanted]
    book = bind(bodies(9, 32), lines if edge == "top" else (), lines if edge == "foot" else (), feeds=feeds)
    if "*" in stays or (not feeds and edge[0] in stays):
        assert gone(book.raw) in (book.furniture, [line for line in book.furniture if line != seen])
    else:
        assert gone(book.raw) == book.furniture
        assert shown(book.raw)[:9] == wanted


@FEEDS
@pytest.mark.parametrize(("printed", "seen"), [case[:2] for case in MISREAD])
def test_folios_of_heads_that_were_misread(printed: str, seen: str, feeds: bool) -> None:
    first = int(printed) - 4
    lines = [line.replace(printed, seen) for line in numbered(9, first=first)]
    book = bind(bodies(9, 32), lines, feeds=feeds)
    assert gone(book.raw) == book.furniture
    assert shown(book.raw) == [str(n) for n in range(first, first + 9)]


def test_what_was_read_stands_beside_what_was_fitted() -> None:
    book = bind(bodies(6, 33), ["81", "8z", "83", "", "85", "[ 86 ]"])
    assert shown(book.raw) == [str(n) for n in range(81, 87)]
    assert read(book.raw) == ["81", "8z", "83", "", "85", "[ 86 ]"]


@FEEDS
@pytest.mark.parametrize("heads", [True, False], ids=["heads", "folios"])
def test_roman_front_matter_then_arabic(heads: bool, feeds: bool) -> None:
    folios = [*(roman(n) for n in range(5, 12)), *(str(n) for n in range(1, 10))]
    tops = [
        f"{folio} PREFACE" if heads and at < 7 else f"{folio} THE FERRY" if heads else folio
        for at, folio in enumerate(folios)
    ]
    book = bind(bodies(16, 34), tops, feeds=feeds)
    assert gone(book.raw) == book.furniture
    assert shown(book.raw) == folios


@FEEDS
@pytest.mark.parametrize("jump", [2, 5, 40])
def test_the_count_jumps(jump: int, feeds: bool) -> None:
    """Plates that were counted and not scanned."""
    numbers = [*range(81, 89), *range(88 + jump, 96 + jump)]
    tops = [f"{n} A LIFE AFLOAT" if n % 2 == 0 else f"THE FERRY {n}" for n in numbers]
    book = bind(bodies(16, 35), tops, feeds=feeds)
    assert gone(book.raw) == book.furniture
    assert shown(book.raw) == [str(n) for n in numbers]


def fitted(*folios: str) -> list[int | None]:
    edges = [[(1.0, reading) for reading in readings(folio)] for folio in folios]
    return [folio[0] if folio else None for folio in fit_pages(edges)]


def test_three_pages_are_a_stretch_though_one_was_misread() -> None:
    assert fitted("10", "Il", "12") == [10, 11, 12]


def test_three_pages_with_folios_at_the_foot() -> None:
    book = bind(bodies(3, 31), (), ["81", "82", "83"])
    assert gone(book.raw) == book.furniture


def test_each_stretch_of_a_numbering_needs_three_pages() -> None:
    assert fitted("7", "8", "9", "20", "21", "22") == [7, 8, 9, 20, 21, 22]
    assert fitted("7", "8", "30", "31") == [None] * 4
    assert fitted("7", *["was"] * 23, "31", "32", "33")[0] == 7
    assert fitted("7", *["was"] * 24, "32", "33", "34")[:2] == [None, 8]
    assert fitted("7", "8", "9", *["was"] * 40, "99")[-1] is None
    assert fitted("7", "8", "20", "10", "22", "12", "24", "14") == list(range(7, 15))  # others that fit, one by one
    assert fitted("Io", "Il", "Iz") == [None] * 3  # letters that may be figures: 1.2 readings of 1.8
    assert fitted("7", *["was"] * 20, "28", *["was"] * 20, "49")[0] is None  # three of 43 pages
    assert fitted("7", *["was"] * 5, "13", *["was"] * 5, "19")[0] == 7
    assert fitted("v", "vi", "vii", "1", "2", "3") == [5, 6, 7, 1, 2, 3]


@pytest.mark.parametrize("letter", ["\N{LATIN SMALL LETTER DOTLESS I}", "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}"])
def test_a_letter_that_is_an_i_in_no_numeral(letter: str) -> None:
    assert not readings(letter)
    assert not readings(f"x{letter}")
    assert readings("I")
    assert readings("xi")


# ---- heads -------------------------------------------------------------------------------------------------------------


SECOND = "without form feeds a page is not found by a head that always stands in several lines"


def shapes(*lines: str) -> list[list[str]]:
    """Heads of several lines; over the first page only the folio, since a head there may be a title."""
    pages = [[line.format(n) for line in lines] for n in range(81, 91)]
    return [[line for line in pages[0] if line.isdigit()], *pages[1:]]


SEVERAL = [
    ("the folio above the head", ["{}", "A LIFE AFLOAT"], ""),
    ("the folio below the head", ["A LIFE AFLOAT", "{}"], ""),
    ("torn over two lines", ["A LIFE", "AFLOAT {}"], "no feeds"),
    ("torn over two lines, the folio first", ["{} A LIFE", "AFLOAT"], ""),
    ("torn over three lines", ["A LIFE", "AFLOAT", "{}"], "no feeds"),
    ("torn below the folio", ["{}", "A LIFE", "AFLOAT"], "no feeds"),
    ("two heads and a folio", ["THE FERRY", "A LIFE AFLOAT", "{}"], "no feeds"),
    ("a year in the other corner", ["{}    A LIFE AFLOAT    [1848"], ""),
]


@pytest.mark.parametrize(
    ("lines", "feeds"),
    [
        pytest.param(
            lines, feeds == "feeds", id=f"{name}-{feeds}",
            marks=[pytest.mark.xfail(reason=SECOND)] if feeds in faults.split(", ") else [],
        )
        for name, lines, faults in SEVERAL
        for feeds in ("feeds", "no feeds")
    ],
)  # fmt: skip
def test_heads_of_several_lines(lines: list[str], feeds: bool) -> None:
    book = bind(bodies(10, 36), shapes(*lines), feeds=feeds)
    assert gone(book.raw) == book.furniture
    assert shown(book.raw)[:10] == [str(n) for n in range(81, 91)]


@FEEDS
def test_a_folio_in_the_middle_of_its_head(feeds: bool) -> None:
    """The heads return, and go; their numbers are not read."""
    tops = [f"THE FERRY. {n} A LIFE." for n in range(81, 91)]  # the first, too, has a folio: it is no title
    book = bind(bodies(10, 36), tops, feeds=feeds)
    assert gone(book.raw) == book.furniture


def left_and_right(seed: int) -> tuple[list[list[str]], list[str]]:
    text = bodies(13, seed)
    for page in (1, 2):  # a head over a page that begins with a sentence may be the title that the others repeat
        text[page][0] = text[page][0].strip().lower()
    return text, ["", *["A LIFE AFLOAT", "THE FERRY"] * 6]


@FEEDS
def test_left_and_right_heads_without_folios(feeds: bool) -> None:
    book = bind(*left_and_right(46), feeds=feeds)
    assert gone(book.raw) == book.furniture


@FEEDS
@pytest.mark.parametrize("end", ["letter.", "part.", "act.", "book."])
def test_a_head_over_the_last_word_of_a_sentence(end: str, feeds: bool) -> None:
    text, tops = left_and_right(46)
    text[6][0] = end
    book = bind(text, tops, feeds=feeds)
    assert gone(book.raw) == book.furniture


@FEEDS
@pytest.mark.parametrize("size", [2, 3])
def test_heads_of_chapters_of_two_or_three_pages(size: int, feeds: bool) -> None:
    """Their folios prove them, however seldom they come back."""
    titles = "The Ferry|Of Nets|Salt|The Mill|Mrs. Holm|The Ice|The Bell".split("|")
    tops = [
        f"{titles[at // size]} {n}" if n % 2 else f"{n} {titles[at // size]}"
        for at, n in enumerate(range(81, 81 + 7 * size))
    ]
    book = bind(bodies(len(tops), 38), tops, feeds=feeds)
    assert gone(book.raw) == book.furniture


@FEEDS
@pytest.mark.parametrize(
    "seen",
    [
        "86 A LIEE AFLOAT",
        "86 A LIFE AEL0AT",
        "8G A L1FE AFLOAT",
        "86 \N{BULLET} A LIFE AFLOAT.",
        "86 A LIFE",
        "86",
    ],
)
def test_heads_that_were_misread(seen: str, feeds: bool) -> None:
    tops = numbered(10)
    tops[5] = seen
    book = bind(bodies(10, 39), tops, feeds=feeds)
    assert gone(book.raw) == book.furniture


@FEEDS
def test_a_head_without_the_folio_that_all_others_have_is_held(feeds: bool) -> None:
    """It may be the title of a chapter that bears the name of the book; a sentence that runs on below it proves the head."""
    tops = numbered(10)
    tops[5] = "A LIFE AFLOAT"
    text = bodies(10, 39)
    assert gone(bind(text, tops, feeds=feeds).raw) == [top for top in tops if top != "A LIFE AFLOAT"]
    text[5][0] = text[5][0].strip().lower()
    assert gone(bind(text, tops, feeds=feeds).raw) == tops


@pytest.mark.parametrize(
    ("seen", "goes"),
    [
        ("214 PHE LJFE JXF AELOAI", True),  # half like the others
        ("PHE LJFE JXF AELOAI", True),  # the page runs on
        ("THE SALT TAX OF THE ISLANDS", False),
        ("CHAPTER IV", False),
        ("ALIEF 4", True),
        ("s" * 91, False),
    ],
)
def test_heads_hardly_to_be_read(seen: str, goes: bool) -> None:
    tops = ["A LIFE AFLOAT"] * 12
    tops[0], tops[5] = "", seen
    text = bodies(12, 40)
    text[5][0] = text[5][0].strip().lower()
    book = bind(text, tops)
    assert (seen in gone(book.raw)) is goes


def test_a_title_half_like_the_heads_stays() -> None:
    text = opened(bodies(12, 40), 5)
    book = bind(text, ["", *["THE LETTERS"] * 4, "LETTER 4.", *["THE LETTERS"] * 6])
    assert set(gone(book.raw)) == {"THE LETTERS"}


@pytest.mark.parametrize(("heads", "goes"), [(12, True), (5, False)])
def test_a_misread_head_where_few_pages_have_one(heads: int, goes: bool) -> None:
    tops = ["A LIFE AFLOAT"] * heads + [""] * (12 - heads)
    tops[0], tops[3] = "", "214 PHE LJFE JXF AELOAI"
    text = bodies(12, 48)
    for body in text:
        body[0] = body[0].strip().lower()
    assert ("214 PHE LJFE JXF AELOAI" in gone(bind(text, tops).raw)) is goes


def test_a_misread_folio_where_some_pages_have_none() -> None:
    tops = [str(n) if n % 5 else "" for n in range(81, 95)]
    tops[5] = "[ ** ]"
    book = bind(bodies(14, 49), tops)
    assert gone(book.raw) == book.furniture
    tops = [str(n) if n % 5 in (1, 3) else "" for n in range(81, 95)]
    tops[5] = "[ ** ]"
    book = bind(bodies(14, 49), tops)
    assert gone(book.raw) == [line for line in book.furniture if line != "[ ** ]"]


def test_a_head_over_a_plate_is_held() -> None:
    """A plate has the head of the pages, or a title of its own: nothing on it says which."""
    text = bodies(12, 40)
    text[5] = ["The quay at noon,", "from the mill."]
    book = bind(text, ["", *["A LIFE AFLOAT"] * 11])
    held = [edit for edit in run(book.raw).edits if edit.why.endswith("this one is over a plate or a table")]
    assert [(edit.before, edit.confidence) for edit in held] == [("A LIFE AFLOAT\n", 0.6)]
    assert book.raw[held[0].end :].lstrip().startswith("The quay at noon,")


# ---- catchwords --------------------------------------------------------------------------------------------------------


def words_below(text: list[list[str]]) -> list[str]:
    """The catchwords of a book: the first word of each next page."""
    return [body[0].split()[0] for body in text[1:]] + [""]


@FEEDS
@pytest.mark.parametrize("gap", [0, 1])
def test_catchwords(gap: int, feeds: bool) -> None:
    text = bodies(10, 41, indent="")
    book = bind(text, numbered(10), words_below(text), feeds=feeds, gap=gap)
    assert gone(book.raw) == book.furniture


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda word: word[: len(word) - 1] + "x" if len(word) > 3 else word, id="a letter misread"),
        pytest.param(lambda word: f"{word[:3]} {word[3:]}".strip(), id="in two pieces"),
        pytest.param(lambda word: word[:4], id="cut"),
        pytest.param(lambda word: word.upper(), id="capitals"),
        pytest.param(lambda word: f"{word},", id="a comma"),
        pytest.param(lambda word: f"- {word}", id="dust before it"),
        pytest.param(lambda word: f"VOL. I. D {word}", id="volume and mark before it"),
        pytest.param(lambda word: f"B 2 {word}", id="the mark before it"),
    ],
)
def test_catchwords_that_are_damaged(change) -> None:
    text = bodies(10, 41, indent="")
    book = bind(text, numbered(10), [change(word) if word else "" for word in words_below(text)])
    assert gone(book.raw) == book.furniture


def test_a_catchword_on_the_last_page() -> None:
    """The next page was not scanned; every page has one, and this one is under a full line."""
    text = bodies(10, 41, indent="")
    text[-1][-1] = "and went back to the nets that hung in the yard of the mill"
    book = bind(text, numbered(10), [*words_below(text)[:-1], "every"])
    assert gone(book.raw) == book.furniture


def test_the_last_line_of_a_book_whose_catchwords_stand_under_short_lines() -> None:
    """Then a full line above it proves nothing."""
    text = bodies(10, 41, indent="")
    text = [[*body[:-1], "so they say, and"] for body in text]
    text[-1][-1:] = ["and went back to the nets that hung in the yard of the mill", "every"]
    book = bind(text, numbered(10), words_below(text))
    assert gone(book.raw) == book.furniture


def test_a_year_is_no_catchword() -> None:
    """In the place of one, on a page that has none; and no more than its own word is taken."""
    text = bodies(10, 41, indent="")
    feet = words_below(text)
    feet[4] = "in 1848"
    book = bind(text, numbered(10), feet)
    assert gone(book.raw) == [line for line in book.furniture if line != "in 1848"]
    feet[4] = "in maxcb"
    book = bind(text, numbered(10), feet)
    assert gone(book.raw) == book.furniture


@pytest.mark.parametrize(
    ("last", "under"), [("They went.", "and went back to the nets that hung in the yard of the mill"), ("went", "They")]
)
def test_the_last_line_of_the_book_stays(last: str, under: str) -> None:
    text = bodies(10, 41, indent="")
    text[-1][-2:] = [under, last]
    book = bind(text, numbered(10), words_below(text))
    assert gone(book.raw) == book.furniture


def test_last_words_that_are_no_catchwords() -> None:
    """Two that happen to echo are no habit; a paragraph's last word is not the next page's first."""
    text = bodies(10, 41, indent="")
    feet = ["" if at not in (2, 5) else word for at, word in enumerate(words_below(text))]
    book = bind(text, numbered(10), feet, gap=0)
    assert gone(book.raw) == numbered(10)
    text = bodies(10, 42, indent="")
    for body in text:
        body[-1] = "so."
    book = bind(text, numbered(10))
    assert gone(book.raw) == book.furniture


def test_a_mark_below_a_catchword() -> None:
    """And below that dust: each is found when the other is known."""
    text = bodies(34, 43, indent="")
    feet = [[word, mark] for word, mark in zip(words_below(text), sheets(1, 34), strict=True)]
    book = bind(text, numbered(34, first=1), feet)
    assert gone(book.raw) == book.furniture


@pytest.mark.parametrize(("echoing", "goes"), [(3, True), (2, False)])
def test_catchwords_are_a_habit_of_one_page_in_five(echoing: int, goes: bool) -> None:
    text = bodies(14, 41, indent="")
    feet = [word if at in (3, 7, 11)[:echoing] else "" for at, word in enumerate(words_below(text))]
    book = bind(text, numbered(14), feet)
    assert (gone(book.raw) == book.furniture) is goes


def test_catchwords_are_a_habit_of_short_last_lines() -> None:
    """Fourteen pages in twenty end in a short line, and four of those say what the next page begins with: by chance."""
    text = bodies(20, 41, indent="")
    words = words_below(text)
    short = "harbour window kettle salt mill rope gull letter cellar ledger".split()
    feet = [words[at] if at in (0, 2, 4, 6) else short[at - 10] if at >= 10 else "" for at in range(20)]
    assert gone(bind(text, numbered(20), feet).raw) == numbered(20)


def test_three_catchwords_in_forty_pages_are_chance() -> None:
    text = bodies(40, 41, indent="")
    feet = [word if at in (3, 11, 22) else "" for at, word in enumerate(words_below(text))]
    assert gone(bind(text, numbered(40), feet).raw) == numbered(40)


@pytest.mark.parametrize(
    ("word", "line", "echoes"),
    [
        ("they", "they went", True),
        ("They", "they went", True),
        ("thev", "they went", True),
        ("txxv", "they went", False),
        ("a", "a ferry", True),
        ("a", "all ferries", False),
        ("is", "island", True),
        ("it", "is an island", False),
        ("ment", "ment of the island", True),
        ("went", "they went", False),
        (",", "they went", False),
    ],
)
def test_echoes(word: str, line: str, echoes: bool) -> None:
    assert catchwords._echoes(word, line) is echoes


# ---- signature marks ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mark", "folio", "lies"),
    [
        ("B", 1, True), ("B 2", 3, True), ("B 4", 7, True), ("B 5", 9, True), ("B 2", 5, False), ("B", 2, False),
        ("C", 9, True), ("C", 17, True), ("C", 25, True), ("C", 13, True), ("C", 11, False), ("C 5", 17, False), ("C 5", 25, True), ("D 3", 37, True),
        ("K", 65, True), ("K", 129, True),  # there is no J
        ("2", 17, True), ("2 *", 19, True), ("2*", 19, True), ("2", 19, False), ("13", 193, True), ("13", 199, False),
        ("A", 1, False), ("J", 65, False), ("V", 145, True), ("U", 145, True), ("V", 153, False), ("W", 1, False), ("Z", 169, True), ("Z", 337, True), ("b", 1, True),
    ],
)  # fmt: skip
def test_the_sheet_that_a_page_lies_on(mark: str, folio: int, lies: bool) -> None:
    """Octavo: B is 1-16, C 17-32; quarto: C begins at 9; the second leaf is two pages on."""
    found, word = catchwords._sign_and_word(mark.split())
    assert found is not None
    assert word == ""
    assert catchwords._on_its_sheet(found, (folio, False)) is lies
    assert not catchwords._on_its_sheet(found, (folio, True))
    assert not catchwords._on_its_sheet(found, None)


@pytest.mark.parametrize(("mark", "folio"), [("Aa", 353), ("Aa 2", 355), ("Bb", 369), ("Bb 3", 373)])
def test_the_second_alphabet(mark: str, folio: int) -> None:
    """Octavo: Z, the 22nd sheet from B on, begins at 337 (16 x 21 + 1), Aa at 353, Bb at 369."""
    found, _ = catchwords._sign_and_word(mark.split())
    assert found is not None
    assert catchwords._on_its_sheet(found, (folio, False))


@pytest.mark.parametrize(
    ("line", "mark", "word"),
    [
        ("D 5", "D 5", ""), ("D5 they", "D5", "they"), ("Aa 2 they", "Aa 2", "they"), ("A a 2", "A a 2", ""),
        ("13 *", "13 *", ""), ("13 * they", "13 *", "they"), ("they", "", "they"), ("Ab", "", "Ab"), ("1848", "", "1848"),
        ("B. they went", "B.", "went"),
    ],
)  # fmt: skip
def test_mark_and_word(line: str, mark: str, word: str) -> None:
    found, seen = catchwords._sign_and_word(line.split())
    assert (found[0] if found else "", seen) == (mark, word)


def sheets(first: int, pages: int) -> list[str]:
    """The marks of an octavo: on the first four leaves of each sheet."""
    feet = []
    for n in range(first, first + pages):
        sheet, page = divmod(n - 1, 16)
        letter = catchwords.ALPHABET[sheet]
        feet.append(letter if page == 0 else f"{letter} {page // 2 + 1}" if page in (2, 4, 6) else "")
    return feet


def test_signature_marks_of_sheets() -> None:
    book = bind(bodies(34, 43), numbered(34, first=1), sheets(1, 34))
    assert gone(book.raw) == book.furniture
    assert [edit.why for edit in run(book.raw).edits if edit.rule == "furniture.signature"] == [
        "the sheet that this page lies on"
    ] * 9


@pytest.mark.parametrize(
    ("foot", "folio", "goes"),
    [("B 3", 5, True), ("B 3", 6, False), ("2", 17, True), ("2", 18, False), ("VOL. I. B", 4, True)],
)
def test_one_mark_alone_goes_where_its_sheet_proves_it(foot: str, folio: int, goes: bool) -> None:
    pages = 20
    feet = [foot if n == folio else "" for n in range(1, pages + 1)]
    book = bind(bodies(pages, 44), numbered(pages, first=1), feet)
    assert (foot in gone(book.raw)) is goes
    assert [line for line in gone(book.raw) if line != foot] == numbered(pages, first=1)


def test_names_at_the_foot_are_no_marks() -> None:
    feet = ["", "P. Holm", "", "B. Lund", "", "D. Krag", "", "E. Moe", ""]
    assert gone(bind(bodies(9, 45), numbered(9), feet).raw) == numbered(9)


def test_marks_that_no_folio_proves_need_a_habit() -> None:
    for count, goes in ((2, False), (3, True)):
        feet = [f"D {at}" if at < count else "" for at in range(9)]
        feet = ["", *feet[1:], "D 9"] if count == 3 else feet
        book = bind(bodies(len(feet), 45), feet=feet)
        assert bool(gone(book.raw)) is goes, count
