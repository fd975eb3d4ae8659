"""Compounds that neither the document nor a person vouches for: what good prints have, and the document's own style."""

import pytest

from cleaner.edits import apply, merge
from cleaner.knowledge import Knowledge
from cleaner.language import Lexicon, compounds, general
from cleaner.model import Document
from cleaner.policy import THRESHOLD
from cleaner.stages import hyphens
from cleaner.wordlists import listed


def mended(text):
    """The text with what is sure enough applied."""
    proposals = hyphens.propose(Document(text), Knowledge(general, lang="en"))
    return apply(text, merge([edit for edit in proposals.edits if edit.confidence >= THRESHOLD])[0])


@pytest.mark.parametrize(
    "halves",
    ["sea|shore", "north|west", "to|night", "back|door", "story|teller", "gold|fields", "deep|rooted", "half|hidden"],
)
def test_an_old_print_keeps_the_hyphens_of_old_prints(halves):
    left, right = halves.split("|")
    text = f"they said to-day that it was the {left}-\n{right} that they had meant\n"
    assert f"{left}-{right}" in mended(text)


@pytest.mark.parametrize("halves", ["wonder|ful", "under|stand", "some|thing", "hand|some", "be|fore", "mis|take"])
def test_words_that_old_prints_write_solid_lose_the_printers_hyphen(halves):
    left, right = halves.split("|")
    text = f"they said to-day that it was the {left}-\n{right} that they had meant\n"
    assert left + right in mended(text)


@pytest.mark.parametrize(
    ("written", "expected"),
    [("to-day and to-morrow", "to-night"), ("today and tomorrow", "tonight"), ("and then", "to-night")],
)
def test_the_style_of_the_document_decides_what_others_write_both_ways(written, expected):
    text = f"they said {written}\n" * 12 + "that he would come to-\nnight for the last time\n"
    assert f" {expected}" in mended(text)


@pytest.mark.parametrize("pair", ["thrice\nrepeated", "well\nknown", "sea\nair", "deep\nred", "half\nburied"])
def test_two_words_at_a_line_end_are_no_compound_that_lost_its_hyphen(pair):
    text = f"it was a {pair} thing to them\n"
    assert mended(text) == text


def test_the_table_of_english():
    table = compounds.compounds("en")
    assert table.size > 10_000_000
    assert table["in", "to"].apart > 100
    assert table["govern", "ment"].apart == table["him", "self"].apart == 0
    assert table["sea", "shore"].hyphened > table["sea", "shore"].solid > 0
    assert compounds.compounds("xx").size == 0


def test_a_word_list_overrules_the_table():
    for mine, better in (("to-night", "tied"), ("tonight", "fused")):
        lexicon = Lexicon(general("en"), {}, listed([mine]))
        odds = lexicon.tied("to", "night") / lexicon.fused("to", "night")
        assert (odds > 9) if better == "tied" else (odds < 1 / 9)
