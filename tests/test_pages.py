"""Pages: their marks in the log and in the clean text, the table of them, where they stand, and furniture that is kept."""

from __future__ import annotations

import functools
import random
import re
import textwrap
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Cleaner, locating, pagetable
from cleaner.settings import PAGE_MARKS, Settings
from cleaner.stages.furniture.pagination import roman
from tests.strategies import texts

WORDS = (
    "the ferry went over to the island before noon and came back with nets rope salt and a letter for nobody in "
    "particular while old women on the quay were counting gulls under heavy clouds that had been hanging there since "
    "harvest so it seemed to those who waited for government committee members and other remarkable travellers"
).split()
FOLIO = re.compile(r"\[p\. \w+\] ")
MEASURE = 58


class Book(NamedTuple):
    """How a made-up book is set: seed of its text, pages, lines of a page, form feeds, first folio, what is printed."""

    seed: int = 1
    pages: int = 6
    lines: int = 24
    feeds: bool = True
    first: int = 81
    heads: bool = True
    roman: bool = False
    talk: float = 0.2  # share of short paragraphs
    blank: int = 0  # a page without text

    def folio(self, page: int) -> str:
        return roman(self.first + page) if self.roman else str(self.first + page)

    def furniture(self, page: int) -> str:
        if not self.heads:
            return self.folio(page)
        return f"{self.folio(page)} A LIFE AFLOAT" if page % 2 else f"THE FERRY {self.folio(page)}"

    def raw(self) -> str:
        """The scan: lines broken anywhere, words cut with a hyphen, also at a page's end."""
        dice = random.Random(self.seed)
        printed: list[str] = []
        while len(printed) < self.pages * self.lines:
            short = dice.random() < self.talk
            words = [dice.choice(WORDS) for _ in range(dice.randint(2, 6) if short else dice.randint(30, 90))]
            text = " ".join(words).capitalize() + "."
            wrapped = textwrap.wrap(text, MEASURE, initial_indent="    ")
            for k in range(len(wrapped) - 1):
                head, _, last = wrapped[k].rpartition(" ")
                if head.strip() and len(last) > 6 and dice.random() < 0.4:
                    wrapped[k], wrapped[k + 1] = f"{head} {last[:3]}-", f"{last[3:]} {wrapped[k + 1]}"
            printed += wrapped
        pages = []
        for page in range(self.pages):
            body = "\n".join(printed[page * self.lines : (page + 1) * self.lines])
            pages.append(f"{self.furniture(page)}\n\n{body}\n" if page != self.blank - 1 else "")
        return ("\n\f" if self.feeds else "\n").join(pages)


def clean(raw: str, **values: object) -> str:
    return Cleaner(Settings(language="en", **values)).clean(raw).text


# Without form feeds the first of lone folios may be overlooked, and stays: whether it is text a second run asks anew.
def _books(heads: bool, feeds: st.SearchStrategy[bool]) -> st.SearchStrategy[Book]:
    return st.builds(
        Book,
        seed=st.integers(0, 10_000),
        pages=st.integers(5, 9),
        lines=st.integers(12, 34),
        feeds=feeds,
        first=st.integers(1, 300),
        heads=st.just(heads),
        roman=st.booleans(),
        talk=st.sampled_from([0.0, 0.2, 0.4]),
        blank=st.sampled_from([0, 0, 3]),
    )


books = _books(True, st.booleans()) | _books(False, st.just(True))
layouts = st.sampled_from(["paragraphs", "lines"])
marks = st.sampled_from(["folio", "formfeed"])


def stripped(text: str, page_marks: str) -> str:
    return FOLIO.sub("", text) if page_marks == "folio" else text.replace("\f", "")


@settings(max_examples=60)
@given(books, layouts, marks)
def test_marks_taken_out_leave_the_text_without_them(book, layout, page_marks):
    marked = clean(book.raw(), layout=layout, page_marks=page_marks)
    assert stripped(marked, page_marks) == clean(book.raw(), layout=layout)


@settings(max_examples=60)
@given(books, layouts, marks, st.booleans())
def test_marked_twice_is_marked_once(book, layout, page_marks, keep):
    values = {"layout": layout, "page_marks": page_marks, "keep_furniture": keep}
    once = clean(book.raw(), **values)
    assert clean(once, **values) == once


@settings(max_examples=40)
@given(books, layouts, marks, st.booleans())
def test_no_mark_stands_inside_a_word_and_the_raw_text_comes_back(book, layout, page_marks, keep):
    values = {"layout": layout, "page_marks": page_marks, "keep_furniture": keep}
    result = Cleaner(Settings(language="en", **values)).clean(book.raw())
    assert result.restore() == book.raw()
    for match in re.finditer(r"\[p\.|\f", result.text):
        assert not result.text[: match.start()][-1:].strip()


@functools.cache
def cleaner(layout, page_marks, keep):
    return Cleaner(Settings(language="en", layout=layout, page_marks=page_marks, keep_furniture=keep))


pieces = st.one_of(
    texts,
    books.map(Book.raw),
    st.sampled_from(["\f", "\n\f", " \f", "\f\n", "[p. 12] ", "[p. x]", "12\n", "- xiv -\n", "mem-\n", "\n\n", "* "]),
)
pages = st.lists(pieces, max_size=6).map("".join).map(lambda text: text.encode("utf-8", "surrogatepass"))


@settings(max_examples=60)
@given(st.lists(pages, min_size=1, max_size=4), layouts, st.sampled_from(PAGE_MARKS), st.booleans())
def test_any_pages_come_back_and_each_has_a_place(found, layout, page_marks, keep):
    raw = {f"p{number}.txt": data for number, data in enumerate(found)} if len(found) > 1 else found[0]
    result = cleaner(layout, page_marks, keep).clean(raw)
    assert result.restore() == raw
    table = pagetable.pages(result.records)
    places = locating.Places(locating.Opened(Path("x.txt"), result.data, result.records, raw))
    for page in table:
        place = places.of(page)
        assert result.text.split("\n")[place.line - 1][place.column - 1 :] == place.words
        assert not page.folio or page in pagetable.find(table, page.folio)


# ---- marks in the clean text -------------------------------------------------------------------------------------------

PROSE = Book(seed=3, pages=6, talk=0.0)


def scan(
    ends: str = "that was.", begins: str = "Then the ferry", *, feed: str = "\n\n\f", head: str = "THE FERRY {}"
) -> str:
    """Five pages; the third ends and the fourth begins as is said."""
    pages = []
    for page in range(5):
        body = "\n".join(textwrap.wrap(" ".join(random.Random(page).choices(WORDS, k=120)), MEASURE))
        body = f"{begins} {body}" if page == 3 else body
        body = f"{body} {ends}" if page == 2 else body
        pages.append(f"{head.format(81 + page)}\n\n{body}")
    return feed.join(pages) + "\n"


@pytest.mark.parametrize(
    ("ends", "begins", "shown"),
    [
        ("on the", "quay the", "on the [p. 84] quay the"),
        ("by the govern-", "ment at", "by the government [p. 84] at"),
        ("by the govern-", "ment, who at", "by the government, [p. 84] who at"),
        ("nets.", "    The old", "nets.\n\n[p. 84] The old"),
    ],
)
def test_a_folio_is_written_before_the_first_word_of_its_page(ends, begins, shown):
    raw = scan(ends, begins)
    assert shown in clean(raw, page_marks="folio")
    assert clean(raw, page_marks="folio").startswith("[p. 81] ")
    assert shown.replace("[p. 84] ", "\f") in clean(raw, page_marks="formfeed")
    assert shown.replace("[p. 84] ", "") in clean(raw)


def test_lines_that_stay_have_the_mark_at_their_start():
    raw = scan("by the govern-", "ment at")
    assert "government\n[p. 84] at" in clean(raw, page_marks="folio", layout="lines")
    assert "government\n\fat" in clean(raw, page_marks="formfeed", layout="lines")
    raw = scan("nets.", "    The old")
    assert "nets.\n    [p. 84] The old" in clean(raw, page_marks="folio", layout="lines")
    assert "nets.\n\f    The old" in clean(raw, page_marks="formfeed", layout="lines")


def test_roman_folios_and_pages_without_a_number():
    assert "[p. xiv] " in clean(Book(first=11, roman=True).raw(), page_marks="folio")
    raw = scan(head="A LIFE AFLOAT")
    assert clean(raw, page_marks="folio") == clean(raw)
    assert clean(raw, page_marks="formfeed").count("\f") == 4


def test_the_blank_page_shares_the_place_of_the_next_one():
    raw = Book(blank=3).raw()
    assert "[p. 83] [p. 84] " in clean(raw, page_marks="folio")
    assert "\f\f" not in clean(raw, page_marks="formfeed")


@pytest.mark.parametrize("page_marks", ["folio", "formfeed"])
@pytest.mark.parametrize("text", ["The ferry went.\n", "", "1\n\nThe tide is out.\n\n2\n\nThe boats are in.\n"])
def test_a_text_without_pages_gets_no_mark(text, page_marks):
    assert clean(text, page_marks=page_marks) == text


def test_a_mark_makes_way_for_what_must_be_mended():
    raw = scan("on the", "\x81quay the").encode("latin-1")
    result = Cleaner(Settings(language="en", page_marks="folio", thresholds={"encoding": 1.0})).clean(raw)
    assert "\ufffdquay [p. 84] the" in result.text
    assert result.restore() == raw


def test_the_log_says_what_was_put():
    result = Cleaner(Settings(language="en", page_marks="folio")).clean(scan())
    put = [change for change in result.changes if change.rule == "seal.page"]
    assert [(change.before, change.after) for change in put] == [("", f"[p. {n}] ") for n in range(81, 86)]
    for mark in result.records.marks:
        if mark["mark"] == "page":
            assert result.text[: mark["clean"]].endswith(f"[p. {mark['folio']}] ")


# ---- form feeds that come back -----------------------------------------------------------------------------------------


def test_a_blank_and_a_form_feed_at_a_line_end_of_a_scan_are_a_line_end():
    assert "on the quay the" in clean(scan("on the", "quay the", feed=" \f", head=""))
    assert "the government at" in clean(scan("by the govern-", "ment at", feed=" \f", head=""))


def test_form_feeds_in_paragraphs_go_alone():
    page = " ".join(WORDS)
    text = f"{page} \f{page}.\n\n\f{page}:\n\n{page}."
    assert clean(text) == text.replace("\f", "") + "\n"


def test_without_the_furniture_stage_form_feeds_stay():
    raw = "\fthe men on the\n\n\fquay looked\n\f\n"
    assert clean(raw, skip=("furniture",)) == raw


# ---- furniture that is kept ---------------------------------------------------------------------------------------------


@settings(max_examples=30)
@given(books, layouts)
def test_kept_furniture_stands_in_lines_of_its_own(book, layout):
    result = Cleaner(Settings(language="en", layout=layout, keep_furniture=True)).clean(book.raw())
    text = result.text
    lines = text.replace("\f", "").split("\n")
    reported = "".join(change.before for change in result.changes if change.status == "reported")
    for page in range(book.pages):
        # five short pages without form feeds may be too few to tell that a line is a head
        if book.feeds or book.furniture(page) in reported:
            assert lines.count(book.furniture(page)) == (page != book.blank - 1)
    assert text.count("\f") == book.raw().count("\f")
    assert re.sub(r"[\s-]", "", text) == re.sub(r"[\s-]", "", book.raw())


def test_what_would_have_gone_is_reported():
    raw = scan("by the govern-", "ment at")
    result = Cleaner(Settings(language="en", keep_furniture=True)).clean(raw)
    would = [change for change in clean_changes(raw) if change.rule == "furniture.head"]
    found = [change for change in result.changes if change.rule == "furniture.head"]
    assert [(change.page, change.status) for change in would] == [(str(n), "applied") for n in range(81, 86)]
    assert [(change.page, change.status) for change in found] == [(str(n), "reported") for n in range(81, 86)]
    assert all(change.why.startswith("report: folio") for change in found)
    assert "by the govern-\n\n\fTHE FERRY 84\n\nment at" in result.text
    places = [mark["clean"] for mark in result.records.marks if mark["mark"] == "page"]
    assert [result.text[at : at + 12] for at in places] == [f"THE FERRY {n}" for n in range(81, 86)]


def clean_changes(raw: str):
    return Cleaner(Settings(language="en")).clean(raw).changes


@pytest.mark.parametrize("gap", ["\n\f", "\n\n\f"])
def test_no_word_is_joined_to_a_kept_head(gap):
    raw = scan("at Petro-", "burgh at", feed=gap, head="Ferry and Quay {}")
    text = clean(raw, keep_furniture=True)
    assert re.search(r"at Petro-\n+\fFerry and Quay 84\n+burgh at", text)
    assert "and Quay 84" not in clean(raw)  # near miss: the pages are found


def test_stamps_of_digitisers_stay_too():
    stamp = "Digitized by Google\n\n"
    raw = scan().replace("THE FERRY 83", stamp + "THE FERRY 83")
    assert stamp.strip() not in clean(raw)
    assert "\n\f" + stamp in clean(raw, keep_furniture=True)


# ---- furniture that stays because its rule is left out ------------------------------------------------------------------


@pytest.mark.parametrize("values", [{"skip": ("furniture.head",)}, {"thresholds": {"furniture": 1.0}}])
def test_a_line_whose_rule_is_left_out_stands_alone(values):
    raw = scan("by the govern-", "ment at")
    text = clean(raw, **values)
    for page in range(81, 86):
        assert f"THE FERRY {page}" in text.replace("\f", "").split("\n")
    assert re.search(r"govern-\s+THE FERRY 84\s+ment at", text)


def test_a_last_line_that_ends_a_cut_word_is_no_foot():
    raw = "".join(f"{n}\n\nthe men on the quay looked at ferry {n} and com-\nmittee.\n\f" for n in range(1, 7))
    assert clean(raw).count("committee.") == 6


def test_a_foot_below_a_sentence_that_breaks_off_goes():
    foot = "The Ferry and the Quay"
    raw = "\f".join(f"{page.rstrip()}\n\n{foot}\n" for page in scan("by the govern-", "ment at").split("\f"))
    assert "The Ferry and the Quay" not in clean(raw)
    assert "by the government" in clean(raw)
